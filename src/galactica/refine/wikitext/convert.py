"""{{convert}} and {{cvt}}: one value, a range, or a value in several units, and the same in other units.

How the arguments are read (Module:Convert): value, [range word, value …], unit, [value, smaller unit …], outputs,
digits. The unit's sign is always written, never its full name. What is left over, because a unit is not known or
there is more than the module reads, stands in the text as it was given.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext import conversions
from galactica.refine.wikitext.makers import positional
from galactica.refine.wikitext.page import WikiPage
from galactica.values import numerals

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

Given = dict[str, str]

_JOINERS = {
    "-": "–", "–": "–", "to": "to", "to(-)": "to", "and": "and", "and(-)": "and", "or": "or", "x": "×", "by": "by",
    "×": "×", "xx": "×", "*": "×", "+/-": "±", "±": "±", "-to": "to", "by(x)": "by", "x(": "×", "to about": "to about",
    "til": "til", "through": "through", "&": "&", ",": ",", "+": "+", "/": "/", "upto": "up to", "and(–)": "and",
    "đến": "đến", "và": "và", "hoặc": "hoặc", "a": "a", "bis": "bis", "e": "e", "y": "y", "och": "och", "til og": "til",
    "до": "до", "и": "и", "至": "至", "到": "到", "～": "～", "から": "から", "và(-)": "và", "plus": "plus",
    "minus": "minus",
    "u": "u", "o": "o", "ou": "ou", "oder": "oder", "und": "und", "et": "et", "à": "à",
}  # fmt: skip
MAX_OUTPUTS = 8
"""Units that one value is converted to: the longest table of a real page has four; more is text."""

_CLOSE = frozenset(("–", "/", "～", ","))
_WORDS_BETWEEN = re.compile(r"-\S.{0,60}\Z", re.DOTALL)
_DIGITS = re.compile(r"[-−]?\d{1,2}\Z")


def convert(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{convert|6|ft|2|in|m}}` → "6 ft 2 in (1.88 m)"; `{{convert|10|to|20|ft|m}}` → "10 to 20 ft (3.0 to 6.1 m)"."""
    words = [given.get(str(number), "").strip() for number in range(1, 1 + sum(key.isdecimal() for key in given))]
    values = _values(words)
    if not values or not values[0]:
        return " ".join(word for word in words if word)
    unit = words.pop(0) if words else ""
    parts = _smaller(words, unit, page.language) if len(values) == 1 else []
    digits: int | None = None
    wanted = ""
    if words and not _DIGITS.match(words[0]) and (not words[0] or _is_output(words[0])):
        wanted = words.pop(0)
    if words and _DIGITS.match(words[0]):
        digits = int(words.pop(0).replace("−", "-"))
    extra = [word for word in words if word]
    between = [given.get("disp", "")[1:]] if given.get("disp", "").startswith("x|") else []
    shown = _shown(page, values, unit, parts)
    for word in extra:
        joined = _WORDS_BETWEEN.match(word)
        shown += f" {word[1:]}" if joined else f" {word}"
    outputs = _outputs(page, given, values, unit, parts, wanted, digits)
    if wanted and len(outputs) < len(_targets(wanted)):
        page.drop(f"{given.get('_name', rule.names[0])} to {wanted}"[:60])
    return _arranged(given, shown, outputs + between)


def _values(words: list[str]) -> list[str]:
    """Takes the values and the words between them off the front."""
    values: list[str] = []
    while words:
        values.append(words.pop(0))
        if (
            len(words) > 1
            and words[0] in _JOINERS
            and (numerals.read_value(words[1]) is not None or not conversions.convertible(words[1]))
        ):
            values.append(words.pop(0))
        else:
            break
    return values


def _smaller(words: list[str], unit: str, language: str) -> list[tuple[str, str]]:
    """Takes further values in smaller units off the front: 6 ft | 2 | in."""
    parts: list[tuple[str, str]] = []
    while len(words) > 1 and numerals.read_value(words[0], language) is not None and conversions.ratio(unit, words[1]):
        unit = words[1]
        parts.append((words.pop(0), words.pop(0)))
    return parts


def _is_output(word: str) -> bool:
    """True for what can be units to convert to, known or not; words and sentences are none."""
    targets = _targets(word)
    return len(targets) == 1 or (bool(targets) and all(map(_convertible, targets)))


def _convertible(unit: str) -> bool:
    return conversions.convertible(unit) or unit in conversions.COMPOSITE


def _targets(word: str) -> list[str]:
    if _convertible(word):
        return [word]
    targets = word.replace("+", " ").replace(";", " ").split(maxsplit=MAX_OUTPUTS) if len(word) < 100 else []
    return targets if len(targets) <= MAX_OUTPUTS else []


def _gap(sign: str) -> str:
    return "" if sign.startswith(("/", "×")) or sign in ("°", "′", "″", "%") else "\xa0"


def _written(page: WikiPage, text: str) -> str:
    plain = text.replace("−", "-")
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        style = numerals.style_of(page.language)
        if not (style.group == "." and re.fullmatch(r"-?\d{1,3}\.\d{3}", plain)):
            return numerals.write_number(plain, page.language).replace("-", "−")
    match = re.fullmatch(r"([-−]?)(?:(\d+)\+)?(\d+)/{1,2}(\d+)", plain)
    if match:
        return f"{match[1]}{match[2] + '+' if match[2] else ''}{match[3]}⁄{match[4]}"
    power = re.fullmatch(r"(-?\d+(?:\.\d+)?)e([-+]?\d+)", plain, re.IGNORECASE)
    if power:
        return f"{numerals.write_number(power[1], page.language)}×10<sup>{power[2].lstrip('+').replace('-', '−')}</sup>"
    return text


def _shown(page: WikiPage, values: list[str], unit: str, parts: list[tuple[str, str]]) -> str:
    texts = [_written(page, value) if index % 2 == 0 else value for index, value in enumerate(values)]
    sign = conversions.sign_of(unit, single=values == ["1"])
    out = f"{_range(texts)}{_gap(sign)}{sign}".rstrip("\xa0")
    for value, name in parts:
        out += f" {_written(page, value)}\xa0{conversions.sign_of(name, single=value == '1')}"
    return out


def _range(values: list[str]) -> str:
    out = values[0]
    for index in range(1, len(values) - 1, 2):
        joiner = _JOINERS[values[index]]
        between = f"{joiner} " if joiner == "," else joiner if joiner in _CLOSE else f" {joiner} "
        out += between + values[index + 1]
    return out


def _outputs(
    page: WikiPage,
    given: Given,
    values: list[str],
    unit: str,
    parts: list[tuple[str, str]],
    wanted: str,
    digits: int | None,
) -> list[str]:
    texts, finer = values, 0
    if parts:
        total = numerals.read_value(values[0], page.language)
        name = unit
        for value, smaller in parts:
            size = numerals.read_value(value, page.language)
            factor = conversions.ratio(name, smaller)
            if total is None or size is None or factor is None:
                return []
            total, name = total * factor + (size if total >= 0 else -size), smaller
        if total is None:
            return []
        places = len(parts[-1][0].partition(".")[2])
        texts, finer = [f"{total:.{places}f}"], 2 if name == "in" else 1
        wanted = wanted or ("m" if unit == "ft" else conversions.usual(unit))
        unit = name
    out = []
    for target in _targets(wanted) or [conversions.usual(unit)]:
        one = _converted(page, given, texts, unit, target, digits, finer)
        if one:
            out.append(one)
    return out


def _converted(
    page: WikiPage, given: Given, values: list[str], unit: str, wanted: str, digits: int | None, finer: int
) -> str:
    if not wanted:
        return ""
    numbers: list[str] = []
    for value in values[::2]:
        plain = numerals.read_value(value, page.language)
        if plain is None:
            return ""
        if wanted in conversions.COMPOSITE:
            numbers.append(conversions.in_several(plain, unit, wanted, page.language))
        else:
            places = _places(given, plain, unit, wanted, digits)
            written = conversions.converted(value, unit, wanted, places, language=page.language, finer=finer)
            numbers.append(_rounded(page, given, plain, unit, wanted) or written)
    if not all(numbers):
        return ""
    if wanted in conversions.COMPOSITE:
        return _range(_mixed(numbers, values))
    sign = numbers[-1].partition(" ")[2]
    return f"{_range(_mixed([one.partition(' ')[0] for one in numbers], values))}{_gap(sign)}{sign}"


def _mixed(numbers: list[str], values: list[str]) -> list[str]:
    out = [numbers[0]]
    for index, one in enumerate(numbers[1:]):
        out += [values[2 * index + 1], one]
    return out


def _places(given: Given, value: float, unit: str, wanted: str, digits: int | None) -> int | None:
    """Digits after the point: as told, or so many that `sigfig` significant ones stand."""
    figures = given.get("sigfig", "")
    if not re.fullmatch(r"[1-9]\d?", figures):
        return digits
    result = conversions.size_in(value, unit, wanted)
    return digits if not result else int(figures) - 1 - math.floor(math.log10(abs(result)) + 1e-12)


def _rounded(page: WikiPage, given: Given, value: float, unit: str, wanted: str) -> str:
    """To the nearest multiple that `round` names."""
    step = given.get("round", "")
    result = conversions.size_in(value, unit, wanted)
    if result is None or step not in ("0.5", "5", "10", "25", "50", "each"):
        return ""
    if step == "each":
        return ""
    size = float(step)
    near = math.floor(result / size + 0.5) * size
    return f"{conversions.rounded(near, int(step == '0.5'), page.language)} {conversions.sign_of(wanted)}"


def _arranged(given: Given, shown: str, outputs: list[str]) -> str:
    """Input and outputs, in the order and between the signs that `disp` and `order` ask for."""
    disp, other = given.get("disp", "").strip(), "; ".join(outputs)
    if not other:
        return shown
    if disp in ("out", "output only", "output number only", "number"):
        return other
    if disp in ("unit", "unit2"):
        return shown
    if given.get("order") == "flip" or disp in ("flip", "flipdisplay"):
        shown, other = other, shown
    pattern = {
        "or": "{} or {}", "slash": "{} / {}", "/": "{} / {}", "comma": "{}, {}", "sqbr": "{} [{}]", "br": "{}<br>{}",
        "br()": "{}<br>({})", "s": "{} / {}", "semicolon": "{}; {}", "table": "{} || {}", "tablecen": "{} || {}",
    }.get(disp, "{} ({})")  # fmt: skip
    return pattern.format(shown, other)


def convert_named(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{mi to km|5}}`: the units are in the template's name."""
    match = re.fullmatch(r"(\S{1,8}) to (\S{1,8})", given["_name"])
    if match is None:
        return convert(page, given, rule)
    first, second = (_NAMED.get(name, name) for name in match.groups())
    rest = given.get("precision") or given.get("2", "")
    asked = {"1": given.get("1", ""), "2": first, "3": second} | ({"4": rest} if rest else {})
    extra = {key: value for key, value in given.items() if key.isdecimal() and int(key) > 2}
    text = convert(page, asked, rule)
    return " ".join([text, *(value for value in extra.values() if value and value not in text)])


def pairs(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{convinfobox|5|km||mi}}`: values with their units by turns; where one is missing, its unit is converted to."""
    words = positional(given)
    couples = list(zip(words[::2], words[1::2], strict=False))
    stated = [couple for couple in couples if couple[0]]
    if len(words) < 4 or len(words) % 2 or any(numerals.read_value(one[0], page.language) is None for one in stated):
        return convert(page, given, rule)
    if len(stated) == 1:
        others = " ".join(unit for value, unit in couples if not value)
        settings = {key: value for key, value in given.items() if not key.isdecimal()}
        return convert(page, settings | {"1": stated[0][0], "2": stated[0][1], "3": others}, rule)
    shown = [f"{_written(page, value)}\xa0{conversions.sign_of(unit)}" for value, unit in stated]
    return f"{shown[0]} ({', '.join(shown[1:])})" if shown else ""


_NAMED = {"f": "F", "c": "C", "mpg": "mpgUS"}
