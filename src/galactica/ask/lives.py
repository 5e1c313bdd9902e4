"""When somebody lived, from the brackets behind the name at the beginning of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.values.dates import OF, dates
from galactica.values.months import month_pattern
from galactica.values.written import any_of, words_anywhere

NAMED_WITHIN = 400
"""Characters at the beginning of an article in which the dates of a life stand."""


def told_life(text: str) -> bool:
    """Whether an article begins with somebody's life: two days or years in brackets behind the name, or one "born"."""
    for _, parts in brackets(text):
        if len(parts) == 2 and all(map(days, parts)):
            return True
        if _BORN.search(folded(parts[0])) and days(parts[0]):
            return True
    return False


_BORN = re.compile(r"\b(?:born|geboren|geb\.|nacid[oa]|né|née|nascid[oa]|nat[oa])\b|生")


def brackets(text: str) -> Iterator[tuple[int, list[str]]]:
    """What stands in brackets at the beginning of an article: where it begins, and its parts between dashes."""
    for bracket in _BRACKET.finditer(text, 0, NAMED_WITHIN):
        yield bracket.start(1), UNTIL.split(bracket[1])


_BRACKET = re.compile(r"[(（]([^()（）]{4,200}(?:\([^()]{0,80}\)[^()（）]{0,100})?)[)）]")
UNTIL = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=日)-|(?<=年)-|;?\s*†\s*|\s*－\s*|\s*～\s*")
"""What stands between the two days of a life."""


def days(text: str) -> list[re.Match[str]]:
    """The days and years that a text names, as they stand in it."""
    return list(_day().finditer(folded(fold_han(text))))


def before_christ(text: str) -> bool:
    """Whether a text names a time before Christ."""
    return any(date.year < 0 for date in dates(text))


@cache
def _day() -> re.Pattern[str]:
    """A day of a year, or a year, in the languages whose months are known."""
    month, before = month_pattern(), any_of(words_anywhere("dates", "before_christ"))
    era = rf"(?:\s*(?:{before})(?!\w))?"
    return re.compile(
        rf"(?:公元)?前?\d{{1,4}}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?"
        rf"|\d{{1,2}}(?:/\d{{1,2}})?(?:st|nd|rd|th|\.)?{OF}(?:{month}){OF}\d{{3,4}}(?!\d){era}"
        rf"|(?<!\w)(?:{month})\s+\d{{1,2}},?\s+\d{{3,4}}(?!\d){era}"
        rf"|(?<![\d/])\d{{3,4}}(?![\d/]){era}"
    )
