"""Ways of doing for measures and numbers: coordinates, values with units and errors, fractions, formulas, percentages.

As in `makers`: arguments in, wikitext out; what cannot be understood comes out as it was given.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext import conversions
from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage
from galactica.values import numerals
from galactica.values.number_words import ordinal_ending, roman

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

_SLASHES = re.compile(r"-?\d[\d.]*(?:/[\d.]*){0,2}/[NSEWO]?", re.IGNORECASE)
_LEADING = re.compile(r"([-−+]?\d[\d.,]*(?:e[-+]?\d+)?)((?:\s|&nbsp;).*)?\Z", re.DOTALL | re.IGNORECASE)
_BETWEEN = {"-": "–", "–": "–", "±": "±", "×": " × ", "x": " × ", "to": " to ", "à": " à ", "et": " et "}
"""Words between two numbers, as they are written; also as arguments of their own."""

_RANGE_WORDS = ("à", "et", "ou", "a", "i", "o", "x", "×", "to", "–", "par", "/", "-", "±")


def coordinates(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{coord|52|13|N|21|01|E}}` → "52°13′N 21°01′E"; decimal degrees get their letters."""
    display = given.get("display", "inline").lower()
    if display in ("title", "t") and not page.lead:
        return ""
    parts = [part for part in _angles(given) if ":" not in part]
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
    return " ".join(part for part in parts if part)


def _angles(given: Given) -> list[str]:
    """Numbered arguments, or latitude and longitude with bars or slashes inside: `NS=52/31/12/N`, `48/51/N`."""
    words = [given[name] for name in ("NS", "EW") if given.get(name)] or positional(given)
    parts: list[str] = []
    for word in words:
        if not _SLASHES.fullmatch(word.strip()):
            parts.append(word)
            continue
        angle, _, letter = word.strip().rpartition("/")
        parts += [part or "0" for part in angle.rstrip("/").split("/")] + ([letter] if letter else [])
    return parts


def unit_text(name: str) -> str:
    """A unit as it is written: exponents raised ("m/s2" → "m/s²" as markup)."""
    if not re.fullmatch(r"[A-Za-zµμΩ°%/·⋅.²³0-9−-]{1,24}", name):
        return name
    return re.sub(r"(?<=[A-Za-zµμΩ])([-−]?\d{1,2})(?!\d)", lambda m: f"<sup>{m[1].replace('-', '−')}</sup>", name)


def value(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{val|1.5|0.2|e=3|u=kg}}` → "1.5±0.2×10³ kg"; what does not begin with a number is words."""
    words = positional(given)
    if words and re.match(r"[-−+]?[\d.]", words[0]):
        out, rest = words[0].replace("-", "−", 1) if words[0][0] == "-" else words[0], words[1:]
    else:
        out, rest = " ".join(word for word in words if word), []
    if len(rest) > 1 and rest[1] and _is_number(rest[0]) and _is_number(rest[1]):
        out += f"+{rest[0].lstrip('+')}−{rest[1].lstrip('-−')}"
        rest = rest[2:]
    elif rest and (rest[0].startswith("(") or _is_number(rest[0])):
        out += rest[0] if rest[0].startswith("(") else f"±{rest[0]}"
        rest = rest[1:]
    for word in rest:
        out += f" {word}" if word else ""
    out += given.get("errend", "") + given.get("end", "")
    if given.get("e"):
        out += f"{'×' if out else ''}10<sup>{given['e'].replace('-', '−')}</sup>"
    unit = given.get("u") or given.get("ul") or ""
    per = given.get("upl") or given.get("up") or ""
    unit = unit_text(unit) + (f"/{unit_text(per)}" if per else "") + given.get("s", "")
    return given.get("p", "") + (f"{out}\xa0{unit}".rstrip("\xa0") if unit != "%" else f"{out}%")


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-−+]?[\d.,]{1,40}(?:\(\d+\))?", text))


def quantity(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{unité|15|km|2}}` → "15 km²": a number in the wiki's style, then units, each with an exponent or none."""
    words = positional(given)
    if not words:
        return ""
    out = _number_first(words[0], page.language)
    rest = words[1:]
    while len(rest) > 1 and rest[0] in _BETWEEN and _is_number(rest[1]):
        out += _BETWEEN[rest[0]] + _number_first(rest[1], page.language)
        rest = rest[2:]
    for name in _RANGE_WORDS:
        if given.get(name):
            out += _BETWEEN.get(name, f" {name} ") + _number_first(given[name], page.language)
    if given.get("e"):
        out += f"×10<sup>{given['e'].replace('-', '−')}</sup>"
    pieces: list[str] = []
    rest += (given[key] for key in ("u", "ul", "unit") if given.get(key))
    while rest:
        name = rest.pop(0)
        if rest and re.fullmatch(r"[-−+]?\d{1,2}|", rest[0]):
            power = rest.pop(0)
            name = f"{name}<sup>{power.replace('-', '−')}</sup>" if power else unit_text(name)
        else:
            name = unit_text(name)
        if name:
            pieces.append(name)
    unit = "⋅".join(pieces) if all(len(re.sub("<[^<>]*>", "", piece)) < 5 for piece in pieces) else " ".join(pieces)
    return f"{out}\xa0{unit}" if unit else out


def _number_first(text: str, language: str) -> str:
    """Text whose number at the front is written in the language's style."""
    match = _LEADING.match(text.strip())
    if match is None:
        return text.strip()
    number = match[1]
    size = numerals.read_number(number, language)
    plain = (
        number.replace(",", ".") if number.count(",") == 1 and numerals.style_of(language).decimal == "," else number
    )
    if size is not None and re.fullmatch(r"[-+]?\d+(\.\d+)?", plain) and float(plain) == size:
        number = numerals.write_number(plain, language)
    return number + (match[2] or "").rstrip()


def number_list(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{formatnum|1234}}`, `{{num|1234567|km}}`: each argument in the wiki's style."""
    words = [numerals.all_written(word, page.language) for word in positional(given) if word]
    return "\xa0".join(words)


def gaps(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{gaps|299|792|458}}` → "299792458": the groups of one number, without a sign that would cut it in search."""
    words = [word for word in positional(given) if word]
    power, base = given.get("e", ""), given.get("base", "")
    out = given.get("lhs", "") + ("=" if given.get("lhs") else "") + "".join(words)
    out += f"×10<sup>{power.replace('-', '−')}</sup>" if power else ""
    out += f"<sub>{base}</sub>" if base else ""
    return f"{out}\xa0{given['u']}" if given.get("u") else out


def fraction(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{frac|3|1|2}}` → "3+1⁄2"."""
    words = [word for word in positional(given) if word]
    if len(words) == 1:
        return f"1⁄{words[0]}"
    if len(words) == 2:
        return f"{words[0]}⁄{words[1]}"
    return f"{words[0]}+{words[1]}⁄{words[2]}" if len(words) == 3 else " ".join(words)


def chemistry(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{chem|H|2|O}}`, `{{chem2|SO4(2-)}}`: digits are counts, what ends in a sign is a charge."""
    words = positional(given)
    out = ""
    for index, word in enumerate(words):
        if index % 2 and word and not re.fullmatch(r"\d*[+−-]|[A-Z].*", word):
            out += f"<sub>{word}</sub>"
        elif re.fullmatch(r"\d*[+−-]", word) and out:
            out += f"<sup>{word.replace('-', '−')}</sup>"
        else:
            charged = re.sub(r"\((\d*[+−-])\)|\^(\d*[+−-])", r"<sup>\1\2</sup>", word)
            counted = re.sub(r"(?<=[A-Za-z)\]])(\d+)", r"<sub>\1</sub>", charged)
            out += re.sub(r"<sup>(\d*)-</sup>", r"<sup>\1−</sup>", counted)
    return out


def percentage(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{percentage|1|3|1}}` → "33.3%"."""
    words = positional(given)
    one = numerals.read_number(words[0], page.language) if words else None
    two = numerals.read_number(words[1], page.language) if len(words) > 1 else None
    if one is None or not two:
        return " ".join(word for word in words if word)
    places = int(words[2]) if len(words) > 2 and re.fullmatch(r"\d", words[2]) else 0
    return f"{conversions.rounded(100 * one / two, places, page.language)}{given.get('pad', '')}%"


def total(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{sum|1|2|3}}` → "6"; as given where one is no number."""
    words = [word for word in positional(given) if word]
    numbers = [numerals.read_number(word, page.language) for word in words]
    if not words or any(number is None for number in numbers):
        return " ".join(words)
    result = math.fsum(number for number in numbers if number is not None)
    return f"{result:.10g}"


def ordinal(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{ordinal|3}}` → "3rd" in English; elsewhere the number."""
    words = positional(given)
    text = words[0] if words else ""
    if not re.fullmatch(r"\d{1,9}", text) or not page.language.startswith("en"):
        return text
    ending = ordinal_ending(int(text))
    return text + ("d" if len(words) > 1 and words[1] == "d" and ending in ("nd", "rd") else ending)


def roman_number(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{roman|14}}` → "XIV"."""
    words = positional(given)
    text = words[0] if words else ""
    return roman(int(text)).upper() if re.fullmatch(r"[1-9]\d{0,3}", text) and int(text) < 4000 else text


def height(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{height|ft=6|in=2}}` → "6 ft 2 in (1.88 m)"; `{{height|m=1.88}}` → "1.88 m (6 ft 2 in)"."""
    if given.get("m") or given.get("cm"):
        name = "m" if given.get("m") else "cm"
        size = numerals.read_value(given[name], page.language)
        other = "" if size is None else conversions.in_several(size, name, "ftin", page.language)
        first = f"{given[name]}\xa0{name}"
        return f"{first} ({other})" if other else first
    feet, inches = given.get("ft", ""), given.get("in", "")
    if not feet and not inches:
        return " ".join(word for word in positional(given) if word)
    first = " ".join(part for part in (f"{feet}\xa0ft" if feet else "", f"{inches}\xa0in" if inches else "") if part)
    one, two = numerals.read_value(feet or "0", page.language), numerals.read_value(inches or "0", page.language)
    if one is None or two is None:
        return first
    return f"{first} ({conversions.rounded((12 * one + two) * 0.0254, 2, page.language)}\xa0m)"


def duration(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{duration|1|30|15}}`, `{{duration|m=3|s=5}}` → "1:30:15", "3:05"."""
    words = positional(given)
    hours, minutes, seconds = (
        given.get(name, "") or (words[index] if index < len(words) else "") for index, name in enumerate("hms")
    )
    if all(re.fullmatch(r"\d{0,4}(\.\d+)?", part) for part in (hours, minutes, seconds)) and (minutes or seconds):
        whole = seconds.partition(".")[0]
        seconds = whole.zfill(2) + seconds[len(whole) :]
        return f"{hours}:{minutes.zfill(2)}:{seconds}" if hours else f"{minutes or '0'}:{seconds}"
    return " ".join(part for part in (hours, minutes, seconds) if part)
