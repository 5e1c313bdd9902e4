"""Answers over the things that a question names, taken from their claims: which of two has more, how old one became.

They need the claims of nothing else, so that an edition need not be joined for them (`articles`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from galactica.ask.asked import Asked
from galactica.ask.claimed.ages import age_asked, age_at_death
from galactica.ask.claimed.articles import surname_of
from galactica.ask.claimed.quoting import position
from galactica.ask.claimed.telling import Reckoned, by_property
from galactica.ask.claimed.told import LIKELIEST, likely, topics_of
from galactica.ask.claimed.valued import position_of, valued
from galactica.ask.claimed.words import compared_in, reckoning_words
from galactica.ask.evidence import cite
from galactica.ask.holdings import ClaimedThings
from galactica.ask.kinds import Kind
from galactica.ask.phrased import phrase_told
from galactica.claims.property_table import known_properties
from galactica.codes.han import fold_han
from galactica.codes.letters import folded, title_key
from galactica.languages import primary
from galactica.model import Position
from galactica.model.said import said
from galactica.values.amounts import amounts
from galactica.values.units import in_other_unit


def compared_two(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Which of two things has more, or whether the first has."""
    question = asked.question.plain
    pair = [(each.stands or each.name, each.name) for each in asked.names]
    if len(pair) == 1:
        pair += _sharing(asked, *pair[0])
    if len(pair) < 2:
        pair += [(name, name) for name in _last_names(asked, [name for _, name in pair])]
    pair.sort(key=lambda each: question.text.find(each[0]))
    if len(pair) != 2:
        return None
    stands, names = [stood for stood, _ in pair], [name for _, name in pair]
    wanted = compared_in(question.text, stands, question.language)
    words = reckoning_words(question.language)
    if wanted is None or words is None or title_key(names[0]) == title_key(names[1]):
        return None
    for name in wanted.properties:
        both = [_amount_of(asked, things, each, name, counted=wanted.counted) for each in names]
        if both[0] is None and both[1] is None:
            continue
        one, other = both
        if one is None or other is None or (one.low <= other.high and other.low <= one.high):
            return None
        first = (one.value > other.value) == wanted.most
        asks_yes = question.kind is Kind.YES_NO
        return Reckoned(
            text=(words.yes if first else words.no) if asks_yes else stands[0 if first else 1],
            values=(one.said, other.said),
            confidence=min(LIKELIEST, one.said.support * other.said.support),
            notes=(by_property(name),),
        )
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedAmount:
    """What one of two things has of a property: from `low` to `high`, in its usual unit, and who says so."""

    low: float
    high: float
    value: float
    said: Position


def _amount_of(asked: Asked, things: ClaimedThings, name: str, each: str, *, counted: bool) -> ComparedAmount | None:
    """What a thing has of a property: by its claims, where its name is the last one of a person by theirs, else by a
    sentence of its article (`phrased`)."""
    language = primary(asked.question.plain.language)
    persons = [
        page.article.title for place in surname_of(asked.holdings, name) if (page := asked.holdings.page(*place))
    ]
    for called in (name, *persons):
        for topic in topics_of(things, called)[:1]:
            found = valued(things, each, counted=counted, topic=topic).get(topic)
            quoted = found.quoted(things, language) if found is not None else []
            if found is not None and quoted:
                said_so = replace(position_of(quoted, called, found, counted), support=likely(quoted, called))
                return ComparedAmount(low=found.low, high=found.high, value=found.value, said=said_so)
    unit, told = known_properties()[each].unit, phrase_told(asked, name, _MEASURED.get(each, ""))
    if told is None or not unit or told.claimed is None:
        return None
    page = asked.holdings.page(told.hit.edition, told.hit.id)
    text = told.hit.text[told.start - told.hit.start : told.end - told.hit.start]
    first = next(iter(amounts(text)), None)
    ends = [_in_unit(end, first.unit, unit) for end in (first.low, first.high)] if first is not None else []
    if page is None or len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    quoted_so = cite(page, told.first, told.last, (told.start - told.first, told.end - told.first))
    said_so = Position(
        value=" ".join(text.split()), citations=(quoted_so,), support=told.claimed.confidence, of=page.article.title
    )
    return ComparedAmount(low=ends[0], high=ends[1], value=(ends[0] + ends[1]) / 2, said=said_so)


def _in_unit(value: float, unit: str, other: str) -> float | None:
    return value if unit == other else in_other_unit(value, unit, other)


_MEASURED = {
    "area": "area",
    "length": "length",
    "depth": "depth",
    "height": "height",
    "elevation": "height",
    "mass": "weight",
}
"""What `phrased` calls the properties that things are compared by."""


def _sharing(asked: Asked, stands: str, name: str) -> list[tuple[str, str]]:
    """The one other thing of a question that shares a word with the one that it names whole: "the Pacific or the
    Atlantic Ocean", "Lake Erie or Ontario"."""
    question = asked.question.plain
    first, last = stands.split(" ")[0], stands.rpartition(" ")[2]
    if first == last:
        return []
    rows = zip(question.pieces.starts, question.pieces.ends, question.pieces.common, strict=True)
    words = [question.text[start:end] for start, end, common in rows if not common]
    found = [
        (word, called)
        for word in words
        if word not in stands.split(" ")
        for way in (f"{word} {last}", f"{first} {word}")
        if (called := asked.called(way)) and title_key(called) != title_key(name)
    ]
    return found[:1]


def _last_names(asked: Asked, names: Sequence[str]) -> list[str]:
    """The first words of a question that are last names of people, and no part of a name that is known."""
    question, found = asked.question.plain, list[str]()
    words = reckoning_words(question.language)
    if words is None or words.pattern.search(folded(fold_han(question.text))) is None:
        return []
    rows = zip(question.pieces.starts, question.pieces.ends, question.pieces.common, strict=True)
    for word in (question.text[start:end] for start, end, common in rows if not common):
        if len(names) + len(found) < 2 and not any(word in name for name in names) and folded(word) not in words.quiet:
            found += [word] if surname_of(asked.holdings, word) else []
    return found


def age_told(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """How old somebody became."""
    question = asked.question.plain
    name = age_asked(question)
    found = age_at_death(things, name, question.language) if name else None
    if found is None:
        return None
    return Reckoned(
        text=str(found.years),
        values=(position(found.born, of=name), position(found.died, of=name)),
        confidence=min(LIKELIEST, likely(found.born, name) * likely(found.died, name)),
        notes=(said("reckoned-days", "Reckoned from the day of birth and the day of death."),),
    )
