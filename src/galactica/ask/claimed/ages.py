"""How old was somebody at the end? Reckoned from the days of birth and death that claims give.

Only where both days are told, or where the years alone leave one answer: of somebody born in May 1900 who died in 1980
it is not told whether it was at 79 or at 80.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from galactica.ask.claimed.choosing import values_now
from galactica.ask.claimed.quoting import QuotedClaim
from galactica.ask.claimed.told import quoted_side, topics_of
from galactica.ask.claimed.words import reckoning_words
from galactica.ask.holdings import ClaimedThings
from galactica.ask.question import ReadQuestion
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.values.edtf import read_edtf

BORN, DIED = "date_of_birth", "date_of_death"

_DAY = re.compile(r"(\d{1,4})(?:-(\d\d)(?:-(\d\d))?)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeTold:
    """How old somebody became.

    Attributes:
        name: as it stands in the question.
        years: whole ones.
        born, died: who says so, the best first.
    """

    name: str
    years: int
    born: Sequence[QuotedClaim]
    died: Sequence[QuotedClaim]


def age_asked(question: ReadQuestion) -> str:
    """The name of whoever a question asks the age at death of; "" where it asks for something else."""
    words = reckoning_words(question.language)
    if words is None or not words.aged:
        return ""
    text = question.text.strip(" ?？!！.。")
    plain = folded(fold_han(text))
    match = _pattern(words.aged, unspaced(plain)).fullmatch(plain) if len(plain) == len(text) else None
    if match is None:
        return ""
    start, end = next(match.span(number) for number, each in enumerate(match.groups(), 1) if each)
    return text[start:end]


@cache
def _pattern(phrases: tuple[str, ...], dense: bool) -> re.Pattern[str]:
    space = r"\s*" if dense else r"\s+"
    ways = (space.join(_part(each) for each in phrase.split()) for phrase in phrases)
    return re.compile("|".join(f"(?:{way})" for way in ways))


def _part(word: str) -> str:
    before, gap, behind = word.partition("~")
    return re.escape(before) + (r"(\S(?:.{0,60}?\S)?)" if gap else "") + re.escape(behind)


def age_at_death(things: ClaimedThings, name: str, language: str) -> AgeTold | None:
    """How old somebody became; None where it is not told, or not exactly."""
    for topic in topics_of(things, name)[:1]:
        born, died = (_one(things, each, topic, language) for each in (BORN, DIED))
        if not born or not died:
            return None
        years = _years(born[0].dated.claim.value, died[0].dated.claim.value)
        return None if years is None else AgeTold(name=name, years=years, born=born, died=died)
    return None


def _one(things: ClaimedThings, name: str, topic: str, language: str) -> list[QuotedClaim]:
    """The one day that is claimed, by the claim that says it most exactly."""
    for group in things.of(name, topic):
        values = values_now(group, 0) if not group.subject and not group.scope else None
        if values is not None and len(values.current) == 1 and not values.several:
            quoted = quoted_side(things, values.current[0].claims, primary(language))
            return sorted(quoted, key=lambda each: -len(each.dated.claim.value))
    return []


def _years(born: str, died: str) -> int | None:
    first, last = (_DAY.match(each) for each in (born, died))
    if first is None or last is None or read_edtf(born) is None or read_edtf(died) is None:
        return None
    years = int(last[1]) - int(first[1])
    one, other = ((each[2] or "", each[3] or "") for each in (first, last))
    for left, right in zip(one, other, strict=True):
        if not left or not right:
            return None
        if left != right:
            return years - (right < left)
    return years
