"""A number as it is written, with its scale and its unit: read by one hand, in cells and in sentences.

What the two know differs, and is given as `AmountWords`: cells read the words and signs of every language, a sentence
those of its own. What a number says is the same in both: digit for digit where it has no word for a large number,
else with bounds as wide as its last digit.

"1亿2000万" is one number in two parts, each smaller than the one before. A single digit behind the last word ("3万5")
may be short for 35,000, and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal

from galactica.codes.han import unspaced
from galactica.languages import primary
from galactica.values.numerals import style_of

MOST_DIGITS = 30
"""Digits on each side of the decimal mark; with more it is no number that anybody counted."""

MOST_POWER = 60
"""Powers of ten of a number that is read; the universe weighs 10^53 kg."""

MOST_PARTS = 3
"""Numbers, each with a word for a large one, that are one number together."""

LONG_SCALE = frozenset("ca cs da de eo es eu fi fr gl hr hu it la lb nb nl nn no pl pt sk sl sr sv".split())
"""Languages in which a word like "billion" is a million millions: English's words from there on are none of theirs."""

_SHORT = frozenset("billion billions bn trillion trillions".split())

_EXACT = Context(prec=2 * MOST_DIGITS + 2 * MOST_POWER)
"""Wide enough for the longest number that is read: nothing is rounded, and nothing overflows."""

_DIGITS = (
    r"\d{1,3}(?:(?P<mark>[,.' ’])\d{3})(?:(?P=mark)\d{3})*(?:[.,]\d+)?(?![\d]|[.,]\d)|\d+(?:[.,]\d+)?(?![\d]|[.,]\d)"
)
NUMBER_SIGNS = re.compile(
    rf"(?P<sign>[+-]?)(?P<number>{_DIGITS})(?:\s?[×x·*]\s?10\^?(?P<power>[-⁻]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}))?"
)
"""A number in the style of any language, in a text as `cell_words.as_read` gives it; perhaps with a power of ten."""

_SUPERSCRIPTS = {ord(sign): str(digit) for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {ord("⁻"): "-"}

UnitAt = Callable[[int], tuple[str, int]]
"""Where a number with its scale ends → the name of the unit behind it, or "", and where that ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountWords:
    """What amounts are read with.

    Attributes:
        language: whose style of numbers is taken.
        scales: finds a word for a large number, its first group, behind a number.
        sizes: such a word → the number.
        points: whether a point before three digits parts thousands in every language with a decimal comma, also where
            blanks are the rule (Spanish, Russian): what stands in a rule's slot was found as a number of the language.
    """

    language: str
    scales: re.Pattern[str]
    sizes: dict[str, int]
    points: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAmount:
    """An amount that was read.

    Attributes:
        value: in the form of statements.
        number: the same.
        unit: a name of `values.units`; "" where none stands behind it.
        start, end: with its sign and its unit.
        bounds: how exact it is, where a word for a large number says so.
    """

    value: str
    number: Decimal
    unit: str
    start: int
    end: int
    bounds: tuple[str, ...] = ()


def amount_at(plain: str, at: int, words: AmountWords, unit_at: UnitAt) -> tuple[WrittenAmount | None, str]:
    """The amount that begins at a place, and "" or why there is none.

    Args:
        plain: a text as `cell_words.as_read` gives it.
        unit_at: finds its unit.
    """
    match = NUMBER_SIGNS.match(plain, at)
    if match is None:
        return None, "no-number"
    start, sign = at, -1 if match["sign"] == "-" else 1
    total, before, bounds = Decimal(0), Decimal(0), (Decimal(0), Decimal(0))
    parts, scaled = 0, False
    while match is not None and parts < MOST_PARTS:
        number = decimal_of(match["number"], words.language, points=words.points)
        if number is None or (parts and (match["sign"] or match["power"])):
            return None, "number"
        scale, end = _scale(plain, match, words)
        if scale is None:
            return None, "scale"
        value = _EXACT.multiply(number, scale)
        if parts and (value >= before or (scale == 1 and len(match["number"]) == 1)):
            return None, "number"
        half = _EXACT.multiply(Decimal("0.5").scaleb(_exponent(number)), scale)
        total = _EXACT.add(total, value)
        bounds = _EXACT.subtract(total, half), _EXACT.add(total, half)
        scaled = scale != 1 and not match["power"]
        before, parts = scale, parts + 1
        powered = match["power"] is not None
        match = NUMBER_SIGNS.match(plain, end) if scaled and unspaced(plain[end - 1]) else None
    unit, end = unit_at(end)
    number = _EXACT.multiply(total, Decimal(sign))
    ends = sorted(_EXACT.multiply(each, Decimal(sign)) for each in bounds) if scaled else []
    return WrittenAmount(
        value=_written(number) if scaled or powered or parts > 1 else written_decimal(number),
        number=number,
        unit=unit,
        start=start,
        end=end,
        bounds=tuple(map(_written, ends)),
    ), ""


def decimal_of(written: str, language: str, *, points: bool = False) -> Decimal | None:
    """A written number in the style of a language; None where it is none, or may be two.

    Args:
        points: as `AmountWords` has it.
    """
    style = style_of(language)
    plain = written.replace("’", "'").replace(" ", "_")
    groups = {"_", "'", style.group.replace("\xa0", "_").replace("\u202f", "_").replace("٬", ",")}
    marks = set(re.findall(r"[^\d]", plain))
    if language in ("", "und") and len(marks) == 1 and re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):
        return None
    mark = "." if style.decimal == "٫" else style.decimal
    groups |= {"."} if points and mark == "," else set()
    if marks <= {".", ","} and mark == "," and re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.\d{1,2}", plain):
        mark, groups = ".", {","}  # English figures in a text that is not
    whole, _, fine = plain.rpartition(mark) if plain.count(mark) == 1 else (plain, "", "")
    if not whole:
        whole, fine = plain, ""
    if set(re.findall(r"[^\d]", whole)) - groups or (fine and not fine.isdecimal()):
        return None
    if re.search(r"[^\d]", whole) and not re.fullmatch(r"\d{1,3}(?:([^\d])\d{3})(?:\1\d{3})*", whole):
        return None
    digits = re.sub(r"[^\d]", "", whole)
    if len(digits) > MOST_DIGITS or len(fine) > MOST_DIGITS:
        return None
    return Decimal(f"{digits}.{fine}" if fine else digits)


def scale_finder(words: dict[str, int]) -> re.Pattern[str]:
    """Any of some words for a large number behind a number, as its first group; the longest first."""
    each = [
        re.escape(word) + ("" if unspaced(word) or not word[-1].isalnum() else r"(?!\w)")
        for word in sorted(words, key=lambda word: (-len(word), word))
    ]
    return re.compile(rf"\s?({'|'.join(each)})") if each else re.compile(r"(?!)()")


def _scale(plain: str, match: re.Match[str], words: AmountWords) -> tuple[Decimal | None, int]:
    """What a number is to be multiplied by, and where the words for that end; None where it is too large."""
    scale, end = Decimal(1), match.end()
    if match["power"]:
        power = int(match["power"].translate(_SUPERSCRIPTS))
        if abs(power) > MOST_POWER:
            return None, end
        scale = Decimal(1).scaleb(power)
    while found := words.scales.match(plain, end):
        if found[1] in _SHORT and primary(words.language) in LONG_SCALE:
            return None, end
        scale *= words.sizes[found[1]]
        end = found.end()
        if scale > Decimal(10) ** MOST_POWER:
            return None, end
    return scale, end


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def written_decimal(number: Decimal) -> str:
    """A number in the form of statements: no exponent, no zeros in front."""
    return f"{number:f}" if number else "0"


def _written(number: Decimal) -> str:
    """One that was multiplied, without the zeros behind that nobody wrote."""
    text = written_decimal(number)
    return text.rstrip("0").rstrip(".") if "." in text else text
