"""Years that are counted by eras ("清乾隆三十六年", "昭和40年", "民国10年3月") as dates of our calendar, in EDTF.

A year of the moon's calendar begins in January or February: what is told of its last two months may lie in our next
year, and then both are said. Where an era's name was used twice, the state before it or the number must tell which.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from galactica.codes.han import fold_han
from galactica.values.dates import Date
from galactica.values.days import possible

_FILE = Path(__file__).with_name("eras.toml")

_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}

_LAST_MONTHS = frozenset(("11", "12", "十一", "十二", "冬", "腊"))
_SOLAR_FROM = 1873
"""Japan's calendar is ours from this year on."""


@dataclass(frozen=True, slots=True)
class Era:
    """Years that are counted together: the first, the last, the state before the name, and whether by our months."""

    first: int
    last: int
    state: str
    solar: bool


@cache
def known_eras() -> dict[str, tuple[Era, ...]]:
    """Name, as `fold_han` has it ("干隆"), → the eras of that name."""
    found: dict[str, tuple[Era, ...]] = {}
    for part, names in tomllib.loads(_FILE.read_text("utf-8")).items():
        for name, text in names.items():
            rows = [each.split() for each in text.split(",")]
            spans = [(*map(int, years.split("-")), state) for years, state in rows]
            found[fold_han(name)] = tuple(Era(first, last, state, part == "solar") for first, last, state in spans)
    return found


@cache
def _said() -> re.Pattern[str]:
    names = "|".join(sorted(known_eras(), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?P<before>[\u4e00-\u9fff]{{0,8}}?)(?P<era>{names})"
        r"(?P<year>元|[一二三四五六七八九十廿卅]{1,4}|\d{1,3})年"
        r"(?:闰?(?P<month>\d{1,2}|[正一二三四五六七八九十冬腊]{1,2})月(?:(?P<day>\d{1,2})[日号])?)?"
    )


def era_date(text: str) -> str:
    """The date that a text says by an era, in EDTF: "1771", "1921-03", "1660/1661"; "" where it says none, or one of
    several.

    Args:
        text: nothing but the date with the state or the ruler before it, in traditional or simplified characters.
    """
    said = _said().match(fold_han(text).strip())
    if said is None:
        return ""
    number = 1 if said["year"] == "元" else _number(said["year"])
    eras = [e for e in known_eras().get(said["era"], ()) if 1 <= number <= e.last - e.first + 1]
    if len(eras) > 1:
        eras = [each for each in eras if each.state in said["before"]]
    if len(eras) != 1:
        return ""
    year = eras[0].first + number - 1
    if eras[0].solar and year >= _SOLAR_FROM:
        return _solar(year, said["month"] or "", said["day"] or "")
    return f"{year:04d}/{year + 1:04d}" if said["month"] in _LAST_MONTHS else f"{year:04d}"


def _solar(year: int, month: str, day: str) -> str:
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return f"{year:04d}"
    if day and not possible(Date(year=year, month=int(month), day=int(day))):
        return ""
    return "-".join((f"{year:04d}", f"{int(month):02d}", *([f"{int(day):02d}"] if day else [])))


def _number(text: str) -> int:
    """A number below a thousand in digits or Chinese numerals: "三十六", "廿二"; 0 where it is none."""
    if text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
