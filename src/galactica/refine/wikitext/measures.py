"""Ways of doing for measures, places and dates: values with units, coordinates, dates in words, formulas.

As in `makers`: arguments in, wikitext out; what cannot be understood comes out as it was given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext import dates, units
from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import Page

if TYPE_CHECKING:
    from galactica.refine.wikitext.templates import Rule

_JOINERS = {"-": "–", "–": "–", "to": "to", "to(-)": "to", "and": "and", "and(-)": "and", "or": "or", "x": "×",
            "by": "by", "×": "×", "xx": "×", "*": "×", "+/-": "±", "±": "±", "-to": "to"}  # fmt: skip


def convert(page: Page, given: Given, rule: Rule) -> str:
    """`{{convert|5|km|mi}}` → "5 km (3.1 mi)"; ranges too; an unknown unit keeps the value."""
    words = positional(given)
    values: list[str] = []
    while words:
        values.append(words.pop(0))
        if words and words[0] in _JOINERS:
            values.append(words.pop(0))
        else:
            break
    if not values:
        return ""
    unit = words.pop(0) if words else ""
    wanted = words.pop(0) if words and units.number(words[0]) is None else ""
    digits = int(words[0]) if words and re.fullmatch(r"-?\d", words[0]) else None
    shown = f"{_range(values)}{_gap(unit)}{units.sign_of(unit)}".rstrip()
    if given.get("disp") == "out" or given.get("disp") == "output only":
        other = _converted(values, unit, wanted, digits)
        return other or shown
    others = [_converted(values, unit, one, digits) for one in (wanted.split() or [""])]
    other = "; ".join(one for one in others if one)
    return f"{shown} ({other})" if other else shown


def _gap(unit: str) -> str:
    return "" if unit.startswith("/") else "\xa0"


def _range(values: list[str]) -> str:
    out = values[0]
    for index in range(1, len(values) - 1, 2):
        joiner = _JOINERS[values[index]]
        out += (joiner if joiner == "–" else f" {joiner} ") + values[index + 1]
    return out


def _converted(values: list[str], unit: str, wanted: str, digits: int | None) -> str:
    numbers = [units.converted(value, unit, wanted, digits) for value in values[::2]]
    if not all(numbers) or not numbers:
        return ""
    sign = numbers[-1].partition(" ")[2]
    plain = [one.partition(" ")[0] for one in numbers]
    mixed = [plain[0]]
    for index, one in enumerate(plain[1:]):
        mixed += [values[2 * index + 1], one]
    return f"{_range(mixed)}{_gap(sign)}{sign}"


def coordinates(page: Page, given: Given, rule: Rule) -> str:
    """`{{coord|52|13|N|21|01|E}}` → "52°13′N 21°01′E"; decimal degrees get their letters."""
    display = given.get("display", "inline").lower()
    if display in ("title", "t") and not page.lead:
        return ""
    parts = [part for part in positional(given) if ":" not in part]
    angles: list[list[str]] = [[]]
    for part in parts[:8]:
        if part.upper() in ("N", "S", "E", "W", "O"):
            angles[-1].append("W" if part.upper() == "W" else "E" if part.upper() == "O" else part.upper())
            angles.append([])
        elif re.fullmatch(r"[-−]?\d{1,3}(\.\d+)?", part):
            angles[-1].append(part)
    found = [angle for angle in angles if angle]
    if len(found) == 2 and all(angle[-1].isalpha() and len(angle) > 1 for angle in found):
        return " ".join("".join(v + s for v, s in zip(angle[:-1], "°′″", strict=False)) + angle[-1] for angle in found)
    if len(found) == 1 and len(found[0]) == 2:
        out = []
        for value, letters in zip(found[0], ("NS", "EW"), strict=True):
            negative = value[0] in "-−"
            out.append(f"{value.lstrip('-−')}°{letters[negative]}")
        return " ".join(out)
    return ""


def _day_first(page: Page, given: Given) -> bool:
    return given.get("df", "").lower() in ("y", "yes") or (bool(given.get("mf")) and given["mf"] in ("n", "no"))


def _date_of(values: list[str]) -> tuple[int, int, int] | None:
    """(year, month, day) from numbers in that order, or from one written date."""
    if not values:
        return None
    year = dates.number(values[0])
    if year and len(values[0].strip()) >= 3 and values[0].strip().isdecimal():
        rest = [dates.number(value) for value in values[1:3]] + [0, 0]
        return year, rest[0], rest[1]
    parsed = dates.parsed(values[0])
    if parsed is None and len(values) >= 3 and dates.number(values[2]) > 31:  # day, month, year
        return dates.number(values[2]), dates.number(values[1]), dates.number(values[0])
    return parsed


def date_in_words(page: Page, given: Given, rule: Rule) -> str:
    """The (first) date in words; what is no date as it was given."""
    values = [value for value in positional(given) if value]
    when = _date_of(values)
    if when is None:
        return values[0] if values else next((v for k, v in given.items() if v and k not in ("df", "mf")), "")
    return dates.in_words(*when, page.language, day_first=_day_first(page, given))


def date_span(page: Page, given: Given, rule: Rule) -> str:
    """`{{death date and age|1970|1|2|1900|3|4}}` → the first date and the age between the two."""
    values = [value for value in positional(given) if value]
    first = date_in_words(page, {str(i + 1): v for i, v in enumerate(values[:3])} | _named(given), rule)
    if len(values) < 6:
        one = dates.parsed(values[0]) if values else None
        two = dates.parsed(values[1]) if len(values) > 1 else None
    else:
        one, two = _date_of(values[:3]), _date_of(values[3:6])
    if one is None or two is None:
        return first
    years = dates.years_between(two, one)
    if years is None:
        return first
    code = page.language.partition("-")[0]
    aged = {"en": f"aged\xa0{years}", "ja": f"{years}歳没", "vi": f"{years}\xa0tuổi", "zh": f"{years}歲"}
    return f"{first} ({aged.get(code, years)})"


def _named(given: Given) -> Given:
    return {key: value for key, value in given.items() if not key.isdecimal()}


def age(page: Page, given: Given, rule: Rule) -> str:
    """Whole years between two stated dates; nothing where the second is "today"."""
    values = [value for value in positional(given) if value]
    if len(values) < 6:
        return ""
    one, two = _date_of(values[:3]), _date_of(values[3:6])
    years = dates.years_between(one, two) if one and two else None
    return "" if years is None else str(years)


def value(page: Page, given: Given, rule: Rule) -> str:
    """`{{val|1.5|0.2|e=3|u=kg}}` → "1.5±0.2×10³ kg"."""
    words = positional(given)
    if not words:
        return ""
    out = words[0]
    if len(words) > 2 and words[2]:
        out += f"+{words[1]}−{words[2]}"
    elif len(words) > 1 and words[1]:
        out += f"±{words[1]}" if not words[1].startswith("(") else words[1]
    if given.get("e"):
        out += f"×10<sup>{given['e'].replace('-', '−')}</sup>"
    unit = given.get("u") or given.get("ul") or given.get("upl") or given.get("up") or ""
    return f"{out}\xa0{unit}".rstrip("\xa0")


def fraction(page: Page, given: Given, rule: Rule) -> str:
    """`{{frac|3|1|2}}` → "3+1⁄2"."""
    words = [word for word in positional(given) if word]
    if len(words) == 1:
        return f"1⁄{words[0]}"
    if len(words) == 2:
        return f"{words[0]}⁄{words[1]}"
    return f"{words[0]}+{words[1]}⁄{words[2]}" if len(words) == 3 else ""


def chemistry(page: Page, given: Given, rule: Rule) -> str:
    """`{{chem|H|2|O}}`, `{{chem2|H2O}}`: digits are counts."""
    words = positional(given)
    out = ""
    for index, word in enumerate(words):
        if index % 2 and word and not re.fullmatch(r"\d*[+−-]", word):
            out += f"<sub>{word}</sub>"
        elif re.fullmatch(r"\d*[+−-]", word) and out:
            out += f"<sup>{word.replace('-', '−')}</sup>"
        else:
            out += re.sub(r"(?<=[A-Za-z)\]])(\d+)", r"<sub>\1</sub>", word)
    return out
