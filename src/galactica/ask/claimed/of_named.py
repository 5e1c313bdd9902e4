"""Answers over the things that a question names, taken from their claims: which of two has more, how old one became.

They need the claims of nothing else, so that an edition need not be joined for them (`articles`).
"""

from __future__ import annotations

from collections.abc import Sequence

from galactica.ask.asked import Asked
from galactica.ask.claimed.ages import age_asked, age_at_death
from galactica.ask.claimed.articles import surname_of
from galactica.ask.claimed.quoting import position
from galactica.ask.claimed.telling import Reckoned, by_property
from galactica.ask.claimed.told import LIKELIEST, likely, topics_of
from galactica.ask.claimed.valued import position_of, valued
from galactica.ask.claimed.words import compared_in, reckoning_words
from galactica.ask.holdings import ClaimedThings
from galactica.ask.kinds import Kind
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model.said import said


def compared_two(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Which of two things has more, or whether the first has."""
    question = asked.question.plain
    pair = [(each.stands or each.name, each.name) for each in asked.names]
    if len(pair) < 2:
        pair += [(name, name) for name in _last_names(asked, [name for _, name in pair])]
    pair.sort(key=lambda each: question.text.find(each[0]))
    if len(pair) != 2:
        return None
    stands, names = [stood for stood, _ in pair], [name for _, name in pair]
    wanted = compared_in(question.text, stands, question.language)
    words = reckoning_words(question.language)
    topics = [topics_of(things, name)[:1] for name in names]
    if wanted is None or words is None or not all(topics) or topics[0] == topics[1]:
        return None
    for name in wanted.properties:
        one, other = (valued(things, name, counted=wanted.counted, topic=topic).get(topic) for (topic,) in topics)
        if one is None and other is None:
            continue
        if one is None or other is None:
            return None
        quoted = [each.quoted(things, primary(question.language)) for each in (one, other)]
        if not all(quoted) or (one.low <= other.high and other.low <= one.high):
            return None
        first = (one.value > other.value) == wanted.most
        asks_yes = question.kind is Kind.YES_NO
        return Reckoned(
            text=(words.yes if first else words.no) if asks_yes else stands[0 if first else 1],
            values=tuple(
                position_of(said_by, title, each, wanted.counted)
                for said_by, title, each in zip(quoted, names, (one, other), strict=True)
            ),
            confidence=min(LIKELIEST, likely(quoted[0], names[0]) * likely(quoted[1], names[1])),
            notes=(by_property(name),),
        )
    return None


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
