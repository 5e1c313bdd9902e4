"""Answers as values that can be compared: amounts with their units, dates, names; each only as exact as it is written.

Rules:
1. An amount is a range: "260" is 255 to 265, "1.7 million" 1.65 to 1.75 million, "about 300" a tenth more and less,
   "over 500" has no end. Numbers below a hundred and those that end in no zero are exact.
2. A date has what is said of it: "1990" has no month, "June 5" no year, "the 1990s" only a decade.
3. A name is its words; "J. Smith" fits "John Smith", "UN" fits "United Nations", "Paris" fits "Paris, France".
Nothing that can be written raises; what is not understood has no value.
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from galactica.ask.kinds import common_words
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.search.numerals import months, number_words, ordinals

if TYPE_CHECKING:
    import pint

LONGEST = 400
"""Characters of a text that are looked at."""

MOST = 12
"""Amounts, and dates, that are taken from one text."""

ABOUT = 0.1
"""How much "about" allows on both sides, as a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with its unit: from `low` to `high`; `unit` is pint's name, or a word as written, or ""."""

    low: float
    high: float
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """What is said of a time; 0 for what is not. `year` is negative before Christ; `span` is 1, 10 or 100 years."""

    year: int = 0
    month: int = 0
    day: int = 0
    span: int = 1


def amounts(text: str) -> list[Amount]:
    """The amounts in a text, in order; those that are parts of dates among them."""
    plain = _plain(text)
    found: list[Amount] = []
    last = 0
    for match in _NUMBER.finditer(plain):
        if match.start() < last or len(found) >= MOST:
            continue
        amount, last = _amount(plain, match)
        if amount is not None:
            found.append(amount)
    return found or [Amount(low=n, high=n) for n in _in_words(plain)][:MOST]


def dates(text: str) -> list[Date]:
    """The dates in a text, in order, the most exact reading of each."""
    plain = _plain(text)
    taken = [False] * (len(plain) + 1)
    found: list[tuple[int, Date]] = []
    for pattern in _date_patterns():
        for match in pattern.finditer(plain):
            if len(found) >= MOST or any(taken[match.start() : match.end()]):
                continue
            date = _date(match)
            if date is not None:
                found.append((match.start(), date))
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    return [date for _, date in sorted(found, key=lambda pair: pair[0])]


def numbers(text: str) -> list[float]:
    """Every number in a text as it is written, without its scale and unit: what a checker looks for."""
    plain = _plain(text)
    found = [number for match in _NUMBER.finditer(plain) if (number := _value(match[0])) is not None]
    return [*found, *_in_words(plain)]


def same_amount(one: Amount, other: Amount) -> bool | None:
    """Whether two amounts can both be right; None where their units cannot be compared."""
    if one.unit != other.unit and one.unit and other.unit:
        factor = _factor(other.unit, one.unit)
        if factor is None:
            return None
        scale, shift = factor
        other = Amount(low=other.low * scale + shift, high=other.high * scale + shift, unit=one.unit)
        slack = 0.01 * max(abs(one.low), abs(one.high))  # a conversion is rounded once more
        one = Amount(low=one.low - slack, high=one.high + slack, unit=one.unit)
    if one.low == one.high or other.low == other.high:
        return one.low <= other.high and other.low <= one.high
    return one.low < other.high and other.low < one.high


def same_date(one: Date, other: Date) -> bool:
    """Whether two dates can be the same; a coarser one is the same as any finer one in it."""
    if one.year and other.year:
        span = max(one.span, other.span)
        if _start(one.year, span) != _start(other.year, span):
            return False
    for mine, others in ((one.month, other.month), (one.day, other.day)):
        if mine and others and mine != others:
            return False
    return True


def same_name(one: str, other: str) -> bool:
    """Whether two names can be of the same: parts, initials, or nearly the same letters."""
    left, right = _name(one), _name(other)
    if not left or not right:
        return True
    if set(left) <= set(right) or set(right) <= set(left):
        return True
    if unspaced("".join(left + right)):
        a, b = "".join(left), "".join(right)
        return a in b or b in a
    short, long = sorted((left, right), key=lambda words: (len(words), len("".join(words))))
    if len(short) == 1 and short[0] == "".join(word[0] for word in long):
        return True
    if short[-1] == long[-1] and _initials_fit(short[:-1], long[:-1]):
        return True
    return _alike(" ".join(left), " ".join(right))


def items(text: str) -> list[str]:
    """The members of a list: what stands between commas and "and"."""
    parts = re.split(r"[,;、，；/]|\s(?:and|or|und|y|e|și|и|και|ve|và|और|και)\s|(?:和|与|以及|及)", text[:LONGEST])
    return [part.strip() for part in parts if part and part.strip()]


@cache
def month_names() -> frozenset[str]:
    """Months in the languages that are known, folded."""
    return frozenset(_month_numbers())


@cache
def unit_names() -> frozenset[str]:
    """Units and words for large numbers, folded; single letters are left out."""
    return frozenset(word for word in (*_units(), *_scales()) if len(word) > 1 or unspaced(word))


def _plain(text: str) -> str:
    """Half as wide, in lower case, simplified, with plain digits and Western marks for minus and space."""
    text = folded(fold_han(unicodedata.normalize("NFKC", text[:LONGEST])))
    digits = {ord(c): str(unicodedata.digit(c)) for c in set(text) if not c.isascii() and c.isdecimal()}
    text = _han_numbers(text.translate(digits))
    return re.sub("[\u00a0\u2009\u202f]", " ", text.replace("−", "-").replace("–", "-").replace("—", "-"))


_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d+)?(?![\d])|(?<![\d.,])\d+(?:[.,]\d+)?|(?<![\d.,])\.\d+"
)
_GROUPS = re.compile(r"\d{1,3}(?:([ ,.'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")


def _value(written: str) -> float | None:
    """A number as written: 1,234.5 or 1.234,5 or 1 234; a single mark before three digits is between thousands."""
    grouped = _GROUPS.fullmatch(written)
    if grouped is not None:
        mark = grouped[1]
        whole, rest = written, ""
        for decimal in (".", ","):
            if decimal != mark and decimal in written:
                whole, _, rest = written.rpartition(decimal)
        digits = re.sub(r"\D", "", whole)
    else:
        digits, _, rest = written.replace(",", ".").partition(".")
        rest = rest.replace(".", "")
    if len(digits) > 30 or len(rest) > 30:
        return None
    return float(f"{digits or 0}.{rest or 0}")


def _amount(plain: str, match: re.Match[str]) -> tuple[Amount | None, int]:
    """The amount that a number begins, and where it ends."""
    value = _value(match[0])
    end = match.end()
    if value is None:
        return None, end
    fine = match[0].rpartition(".")[2] if "." in match[0] and _GROUPS.fullmatch(match[0]) is None else ""
    fine = match[0].rpartition(",")[2] if "," in match[0] and not fine and _GROUPS.fullmatch(match[0]) is None else fine
    step = 10.0 ** -len(fine) if fine else _step(value)
    scale = 1.0
    for _ in range(2):
        found = _scale_pattern().match(plain, end)
        if found is None:
            break
        scale *= _scales()[found[1]]
        end = found.end()
    low, high = (value - step / 2) * scale, (value + step / 2) * scale
    if step == 1.0 and scale == 1.0:
        low = high = value
    before = plain[max(0, match.start() - 24) : match.start()].strip()
    unit = ""
    units = _unit_pattern().match(plain, end)
    if units is not None:
        unit, end = _units()[units[1].replace(" ", "_")], units.end()
    elif before.endswith("百分之"):
        unit = "percent"
    low, high = _loosened(before, plain[end : end + 3], low, high)
    return Amount(low=low, high=high, unit=unit), end


def _step(value: float) -> float:
    """How exact a whole number is: its last digit that is no zero, from a hundred on."""
    step = 1.0
    if value < 100:
        return step
    while value % (10 * step) == 0 and 10 * step <= value:
        step *= 10
    return step


def _loosened(before: str, after: str, low: float, high: float) -> tuple[float, float]:
    """A range as "about", "over" and "under" make it."""
    words = _table()["about"]

    def said(name: str) -> bool:
        return any(
            before.endswith(word.replace("_", " ")) or (unspaced(word) and after.startswith(word))
            for word in words[name].split()
        )

    if said("words"):
        return low - ABOUT * abs(low), high + ABOUT * abs(high)
    if said("least"):
        return low, math.inf
    if said("most"):
        return -math.inf, high
    return low, high


_MOST_MAGNITUDE = {"十": 10, "百": 100, "千": 1000}
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_LONE = frozenset("一零千百")
_HAN_RUN = re.compile("[零〇一二三四五六七八九两兩十百千]+")


def _han_numbers(text: str) -> str:
    """Numbers in Han characters as digits: 一千二百 is 1200, 二〇一五 is 2015; a lone 一 stays."""
    return _HAN_RUN.sub(lambda match: match[0] if match[0] in _LONE else _han(match[0]), text)


def _han(run: str) -> str:
    if all(c in _HAN_DIGITS for c in run):
        return "".join(str(_HAN_DIGITS[c]) for c in run)
    total, digit = 0, 0
    for c in run:
        if c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
        else:
            total += (digit or 1) * _MOST_MAGNITUDE[c]
            digit = 0
    return str(total + digit)


def _in_words(plain: str) -> Iterator[float]:
    """Numbers in English words: "three", "twenty-five", "first"."""
    words = re.findall(r"[a-z]+", plain)
    at = 0
    while at < len(words):
        number = number_words().get(words[at])
        if number is None:
            number = ordinals().get(words[at])
        elif 20 <= number < 100 and at + 1 < len(words) and 1 <= number_words().get(words[at + 1], 0) <= 9:
            number += number_words()[words[at + 1]]
            at += 1
        if number is not None:
            yield float(number)
        at += 1


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, _month_numbers()), key=lambda name: (-len(name), name)))
    before = "|".join(sorted(map(re.escape, _spoken("era", "before")), key=lambda w: (-len(w), w)))
    century = "|".join(sorted(map(re.escape, _spoken("era", "century")), key=lambda w: (-len(w), w)))
    year = rf"(?P<bc>(?:公元前|前)\s*)?(?P<year>\d{{1,4}})(?P<era>\s*(?:{before})(?!\w))?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º|er)?"
    of = r"\s*(?:of|de|del|din|،|,|\.)?\s*"
    named = rf"(?<!\w)(?P<month>{month})\.?"
    sources = (
        r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})(?!\d)",
        rf"{year}\s*年\s*(?P<number>\d{{1,2}})\s*月(?:\s*(?P<day>\d{{1,2}})\s*[日号])?",
        r"ngay\s*(?P<day>\d{1,2})\s*thang\s*(?P<number>\d{1,2})(?:\s*nam\s*(?P<year>\d{1,4}))?",
        rf"(?<!\d){day}{of}{named}{of}(?<!\d)(?P<year>\d{{3,4}})(?!\d)(?P<era>\s*(?:{before})(?!\w))?",
        rf"{named}\s*(?<!\d){day},?\s+(?P<year>\d{{3,4}})(?!\d)(?P<era>\s*(?:{before})(?!\w))?",
        rf"{named}{of}(?<!\d)(?P<year>\d{{3,4}})(?!\d)",
        rf"(?<!\d){day}{of}{named}(?!\w)",
        rf"{named}\s*(?<!\d){day}(?!\d)",
        r"(?<!\d)(?P<number>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?",
        rf"(?<!\d)(?P<century>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:{century})(?P<era>\s*(?:{before})(?!\w))?",
        rf"(?<!\w)(?:{century})\s*(?P<century>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<decade>\d{3}0)['’]?s(?!\w)|(?<!\d)(?P<decade_>\d{3}0)\s*年代",
        rf"{year}\s*年",
        rf"(?<![\d.,])(?P<year>\d{{1,4}})(?P<era>\s*(?:{before})(?!\w))",
        r"(?<![\d.,$£€])(?P<year>1\d{3}|20\d{2})(?![\d]|[.,]\d)",
    )
    return tuple(re.compile(source) for source in sources)


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    sign = -1 if parts.get("era") or parts.get("bc") else 1
    if parts.get("century"):
        number = int(parts["century"])
        return Date(year=sign * (100 * (number - 1) + 1), span=100) if 1 <= number <= 30 else None
    decade = parts.get("decade") or parts.get("decade_")
    if decade:
        return Date(year=int(decade), span=10)
    named = parts.get("month")
    month = _month_numbers()[named] if named else int(parts.get("number") or 0)
    day, year = int(parts.get("day") or 0), sign * int(parts.get("year") or 0)
    if month > 12 or day > 31:
        return None
    return Date(year=year, month=month, day=day)


def _start(year: int, span: int) -> int:
    """The decade or century that a year is in, as a number of its own; the year 1900 is in the 19th century."""
    if span == 100:
        return (year - 1) // 100 if year > 0 else -((-year - 1) // 100) - 1
    return year // span


@lru_cache(maxsize=4_096)
def _name(text: str) -> tuple[str, ...]:
    lower = folded(fold_han(text[:LONGEST]))
    words = re.findall(r"[^\W_]+", lower)
    kept = [word for word in words if word not in common_words("en") and word not in _TITLES]
    return tuple(kept or words)


_TITLES = frozenset("sir mr mrs ms dr prof st saint lord lady king queen president general city state".split())


def _initials_fit(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the first names of one are the other's, or their initials, in order; either may leave some out."""
    at = 0
    for word in short:
        while at < len(long) and not (long[at] == word or long[at][0] == word or word[0] == long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _alike(one: str, other: str) -> bool:
    """Whether two names differ by no more than spelling."""
    from rapidfuzz.distance import OSA

    most = max(len(one), len(other)) // 6
    return OSA.distance(one, other, score_cutoff=most) <= most if most else one == other


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("values.toml").read_text("utf-8"))


def _spoken(part: str, name: str) -> list[str]:
    return [folded(fold_han(word)).replace("_", " ") for word in _table()[part][name].split()]


@cache
def _month_numbers() -> dict[str, int]:
    lists = list(months().values())
    lists += [tuple(names.split()) for names in _table()["months"].values()]
    return {folded(name).replace("_", " "): at for names in lists for at, name in enumerate(names, 1)}


@cache
def _scales() -> dict[str, float]:
    return {folded(fold_han(word)): float(n) for n, words in _table()["scales"].items() for word in words.split()}


@cache
def _units() -> dict[str, str]:
    return {folded(fold_han(word)): unit for unit, words in _table()["units"].items() for word in words.split()}


@cache
def _scale_pattern() -> re.Pattern[str]:
    return _following(_scales())


@cache
def _unit_pattern() -> re.Pattern[str]:
    return _following([word.replace("_", " ") for word in _units()])


def _following(words: object) -> re.Pattern[str]:
    """Any of some words right behind a number; those in scripts with spaces as whole words."""
    assert isinstance(words, (dict, list))
    each = [
        re.escape(word) + ("" if unspaced(word) or not word[-1].isalnum() else r"(?!\w)")
        for word in sorted(words, key=lambda word: (-len(word), word))
    ]
    return re.compile(rf"\s*-?\s*({'|'.join(each)})")


@lru_cache(maxsize=512)
def _factor(unit: str, into: str) -> tuple[float, float] | None:
    """(factor, shift) from one unit to another; None where that makes no sense, or pint is not there."""
    try:
        registry = _registry()
        zero = float(registry.Quantity(0.0, unit).to(into).magnitude)
        one = float(registry.Quantity(1.0, unit).to(into).magnitude)
    except Exception:  # pint has no base class for what can go wrong, and says nothing of what it imports
        return None
    return one - zero, zero


@cache
def _registry() -> pint.UnitRegistry[Any]:
    import pint  # here, because it takes a third of a second and few answers are compared

    return pint.UnitRegistry()
