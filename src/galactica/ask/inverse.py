"""Which thing has this value? "Which element has the atomic number 79?", "Ottawa is the capital of which country?"

The other way round than `stated`: a question has a property's name and a value of it. Of the articles that were found,
the one whose own row of that property holds just this value is the answer, by its title; the beginning of the article
is quoted, as far as it names both. Where two articles have the value nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.ask.asked import Asked
from galactica.ask.evidence import sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.pieces import cut_pieces
from galactica.ask.properties import AskedProperty, as_compared, left_letters, properties, quiet_keys, sorts
from galactica.ask.question import ReadQuestion
from galactica.ask.stated_value import Stated, made
from galactica.ask.tabled import table_rows
from galactica.ask.wishes import LONGEST_QUESTION
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import PassageHit

MOST_PAGES = 10
"""Articles whose rows are looked at."""

MOST_WAYS = 6
"""Readings of one question that are tried."""

LONGEST_LEAD = 500
"""Characters of the beginning of an article that are quoted."""

_KINDS = frozenset((Kind.NAME, Kind.PLACE, Kind.OTHER, Kind.DEFINITION, Kind.LIST, Kind.NUMBER))


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAsked:
    """A value and the property that it is asked to be of; `sort`: words for what sort of thing has it, as compared."""

    property: AskedProperty
    value: str
    sort: frozenset[str] | str


def inverse(asked: Asked, hits: Sequence[PassageHit]) -> list[Stated]:
    """The thing whose property has the value that a question names; mostly none."""
    question = asked.question.plain
    if not question.text or len(question.text) > LONGEST_QUESTION or question.kind not in _KINDS:
        return []
    for wanted in list(values_asked(question))[:MOST_WAYS]:
        found = [one for page in _pages(asked, hits, wanted.value) if (one := _holder(page, wanted)) is not None]
        own = [one for one in found if primary(one.hit.language) == primary(question.language)] or found
        if own and len({one.hit.id for one in own}) == 1:
            return own[:1]
    return []


def values_asked(question: ReadQuestion) -> Iterator[ValueAsked]:
    """The ways in which a question may name a property and a value of it, the longest name first."""
    language = primary(question.language)
    if unspaced(question.text):
        yield from _in_letters(question.text, language)
        return
    pieces = question.pieces
    quiet = quiet_keys(language)
    rows = zip(pieces.keys, pieces.starts, pieces.ends, pieces.common, strict=True)
    said = [(key, start, end) for key, start, end, common in rows if not common and key not in quiet]
    keys = frozenset(key for key, _, _ in said)
    sort = keys & sorts(language)
    for way, each in _ways(language):
        if not isinstance(way, frozenset) or not way <= keys:
            continue
        rest = [(start, end) for key, start, end in said if key not in way and key not in sort]
        if rest and rest[-1][1] - rest[0][0] <= 60:
            value = question.text[rest[0][0] : rest[-1][1]]
            if sort or way in each.inverse.get(language, ()):
                yield ValueAsked(property=each, value=value.removesuffix("'s"), sort=sort - way)


def _in_letters(question: str, language: str) -> Iterator[ValueAsked]:
    letters = left_letters(question, language)
    for way, each in _ways(language):
        at = letters.find(way) if isinstance(way, str) and len(way) > 1 else -1
        if at < 0:
            continue
        rest = letters[:at] + letters[at + len(way) :]
        sort = next((word for word in sorted(sorts(language), key=len, reverse=True) if word and word in rest), "")
        value = rest.replace(sort, "", 1) if sort else rest
        if value and len(value) <= 20 and (sort or way in each.inverse.get(language, ())):
            yield ValueAsked(property=each, value=value, sort=sort)


def _ways(language: str) -> list[tuple[frozenset[str] | str, AskedProperty]]:
    """Every phrase for a property, the longest first."""
    found = [
        (way, each)
        for each in properties()
        for way in (*each.inverse.get(language, ()), *each.phrases.get(language, ()))
        if way
    ]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _pages(asked: Asked, hits: Sequence[PassageHit], value: str) -> Iterator[Page]:
    places = dict.fromkeys((hit.edition, hit.id) for hit in hits)
    place = asked.holdings.titled(value)
    if place is not None:
        places = {place: None} | places
    for edition, identity in list(places)[:MOST_PAGES]:
        page = asked.holdings.page(edition, identity)
        if page is not None and page.starts and asked.allows(page.article):
            yield page


def _holder(page: Page, wanted: ValueAsked) -> Stated | None:
    """The title of an article whose own row holds the value, quoted with the beginning that names both."""
    language = primary(page.article.language)
    if not _of_sort(page, wanted.sort, language):
        return None
    ways = wanted.property.phrases.get(language, ())
    plain = _plain(wanted.value)
    for row in table_rows(page):
        if as_compared(row.label[:80], language) not in ways or not _holds(page.text[row.starts : row.ends], plain):
            continue
        title = re.sub(r"\s*[(（][^()（）]*[)）]\Z", "", page.article.title)
        at = folded(page.text[:LONGEST_LEAD]).find(folded(title))
        last = 0
        for start, end in sentence_spans(page.text, 0, min(len(page.text), LONGEST_LEAD)):
            if at >= 0 and start <= at + len(title) and plain in _plain(page.text[start:end]):
                last = end
                break
            if at >= 0 and plain in _plain(page.text[start:end]):
                last = end
                break
        if at >= 0 and last:
            return made(page, at, at + len(title), 0, last, 1.0)
    return None


def _of_sort(page: Page, sort: frozenset[str] | str, language: str) -> bool:
    """Whether an article is of the sort that was asked for, as far as its categories say."""
    names = page.article.categories
    if not sort or not names:
        return True
    if isinstance(sort, str):
        return not unspaced(names[0]) or any(sort in folded(fold_han(name)) for name in names)
    keys = {key for name in names for key in cut_pieces(name[:100], language).keys}
    return language != "en" or bool(sort & keys)


def _holds(cell: str, plain: str) -> bool:
    """Whether a cell is a value, or a list that has it."""
    return _plain(cell) == plain or plain in map(_plain, re.split(r"[,;、，；]", cell[:300]))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+|\.[a-z]+", folded(fold_han(text))))
