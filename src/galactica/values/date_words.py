"""Dates in words, in a language: 1950, 3, 12 → "March 12, 1950", "12 марта 1950", "1950年3月12日".

A language whose months are not known here gets the ISO form. Names and patterns stand in the languages' files, under
`dates`.
"""

from __future__ import annotations

from galactica.languages import facts
from galactica.values.dates import Date
from galactica.values.months import dates_of, months_of
from galactica.values.numerals import in_digits


def in_words(date: Date, language: str, *, day_first: bool = False) -> str:
    """A date in words: "March 12, 1950"; "March 1950" and "1950" where its day and month are not known, "July 14",
    "14 juillet", "7月14日" where its year is not.

    Args:
        date: a year from 1 on, or none and a day of a month; `span` is not told.
        day_first: "12 March 1950" also in English, whose own order is the American one here.
    """
    if not 1 <= date.month <= 12:
        return in_digits(str(date.year), language)
    code = dates_of(language)
    if not date.year:
        pattern = _pattern(code, "day") or ("{d} {m}" if months_of(code) else "{n2}-{d2}")
    elif code == "en":
        day_first = day_first or not date.day
        pattern = ("{d} {m} {y}" if day_first else "{m} {d}, {y}") if date.day else "{m} {y}"
    elif own := _pattern(code, "whole" if date.day else "month_year"):
        pattern = own
    elif months_of(code):
        pattern = "{d} {m} {y}" if date.day else "{m} {y}"
    else:
        pattern = "{y4}-{n2}-{d2}" if date.day else "{y4}-{n2}"
    return _filled(pattern, date, language)


def _pattern(code: str, key: str) -> str:
    return str(facts(code).get("dates", {}).get(key, ""))


def _filled(pattern: str, date: Date, language: str) -> str:
    code, names = dates_of(language), months_of(language)
    text = pattern.format(
        d="1er" if date.day == 1 and code == "fr" else str(date.day),
        m=names[date.month - 1] if names else "",
        y=date.year,
        n=date.month,
        n2=f"{date.month:02}",
        d2=f"{date.day:02}",
        y4=f"{date.year:04}",
    )
    return in_digits(text, language)
