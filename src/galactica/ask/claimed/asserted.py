"""Yes or no, by what claims say: "Does Germany border Poland?", "Is Paris the capital of France?"

The question is read as a property of a thing and a value, and all its words have to be understood so. It is so where a
claim of the property gives that value. It is not so only where every value that claims give is known here as another
thing than the one that is asked about: of what is not known, two names may be those of one thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galactica.ask.asked import Asked
from galactica.ask.claimed.choosing import values_now
from galactica.ask.claimed.quoting import QuotedClaim, position, quoted_claims
from galactica.ask.claimed.several import MARK, marked_names
from galactica.ask.claimed.telling import Reckoned, by_property
from galactica.ask.claimed.told import likely, topics_of
from galactica.ask.claimed.valued import listed_side, whole_list
from galactica.ask.claimed.words import reckoning_words
from galactica.ask.holdings import ClaimedThings
from galactica.ask.kinds import Kind
from galactica.ask.pieces import cut_pieces
from galactica.ask.plain_asked import denied
from galactica.ask.properties import AskedProperty, left_letters, properties, quiet_keys, sorts
from galactica.ask.question import ReadQuestion
from galactica.ask.wishes import LONGEST_QUESTION
from galactica.claims.property_table import known_properties
from galactica.codes.han import unspaced
from galactica.codes.letters import loose_key, title_key
from galactica.joining.disagreements.group import ClaimGroup, DatedClaim
from galactica.languages import primary
from galactica.model.claim import said_outright

MOST_WAYS = 6
"""Readings of one question that are tried."""

MOST_SAYING = 3
"""Sources that are quoted."""

LONGEST_VALUE = 60
"""Characters of a value."""


def is_so(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Whether what a question asks about is so; None where claims do not tell."""
    question = asked.question.plain
    words = reckoning_words(question.language)
    if words is None or not _asks_whether(question) or len(question.text) > LONGEST_QUESTION:
        return None
    for thing, each, value in _readings(asked, question):
        keys = _keys(asked, things, value)
        for name in each.claims:
            if known_properties()[name].kind != "item":
                continue
            for topic in topics_of(things, thing)[:1]:
                found = _told(asked, things, [group for group in things.of(name, topic) if not group.subject], keys)
                if found is not None:
                    so, quoted = found
                    return Reckoned(
                        text=words.yes if so else words.no,
                        values=(position(quoted, of=thing),),
                        confidence=likely(quoted, thing),
                        notes=(by_property(name),),
                    )
    return None


def _asks_whether(question: ReadQuestion) -> bool:
    """Whether a question is one for yes or no: by its words, or because it has none that asks for anything."""
    return question.kind is Kind.YES_NO or (question.kind is Kind.OTHER and question.text.endswith(("?", "？")))


def _readings(asked: Asked, question: ReadQuestion) -> list[tuple[str, AskedProperty, str]]:
    """(thing, property, value) as the question may mean them."""
    found = [
        (name.name, each, value)
        for name in asked.names
        for each, value in _with_value(marked_names(question.text, [name]), question.language)
    ]
    return found[:MOST_WAYS]


def _with_value(text: str, language: str) -> Iterator[tuple[AskedProperty, str]]:
    """The properties that what stands beside a name may ask by, and the value that is all the rest."""
    if unspaced(text):
        yield from _in_letters(text.replace(MARK, ""), primary(language))
        return
    pieces = cut_pieces(text, language)
    quiet = quiet_keys(primary(language)) | sorts(primary(language))
    rows = zip(pieces.keys, pieces.starts, pieces.ends, pieces.common, strict=True)
    said = [(key, start, end) for key, start, end, common in rows if not common and key not in quiet]
    keys = frozenset(key for key, _, _ in said)
    for way, each in _ways(primary(language)):
        if not isinstance(way, frozenset) or not way < keys or denied(text, way, language):
            continue
        rest = [(start, end) for key, start, end in said if key not in way]
        if rest and rest[-1][1] - rest[0][0] <= LONGEST_VALUE and MARK not in text[rest[0][0] : rest[-1][1]]:
            yield each, text[rest[0][0] : rest[-1][1]]


def _in_letters(text: str, language: str) -> Iterator[tuple[AskedProperty, str]]:
    letters = left_letters(text, language)
    for way, each in _ways(language):
        if isinstance(way, str) and len(way) > 1 and way in letters and not denied(text, way, language):
            value = letters.replace(way, "", 1)
            if 0 < len(value) <= LONGEST_VALUE:
                yield each, value


def _ways(language: str) -> list[tuple[frozenset[str] | str, AskedProperty]]:
    """Every phrase for a property that claims tell of, the longest first."""
    found = [(way, each) for each in properties() if each.claims for way in each.phrases.get(language, ()) if way]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _keys(asked: Asked, things: ClaimedThings, value: str) -> frozenset[str]:
    called = asked.called(value)
    return things.keys(value) | (things.keys(called) if called else frozenset())


def _told(
    asked: Asked, things: ClaimedThings, groups: Sequence[ClaimGroup], keys: frozenset[str]
) -> tuple[bool, list[QuotedClaim]] | None:
    """Whether one of the values that are said now has one of some keys, and the claims that tell."""
    language = primary(asked.question.language)
    current = [
        each
        for group in groups
        if (values := values_now(group, 0)) is not None
        for side in (*values.current, *values.uncompared)
        for each in side.claims
        if said_outright(each.claim)
    ]
    having = [each for each in current if _is(each, keys)]
    if having:
        quoted = quoted_claims(things, having, MOST_SAYING, language)
        return (True, quoted) if quoted else None
    own = _topics(things, keys)
    others = [_topics(things, things.keys(each.claim.value)) for each in current]
    if not own or not others or not all(others) or any(own & each for each in others):
        return None
    name = groups[0].property
    if known_properties()[name].many:
        side = listed_side(groups)
        listed = whole_list(things, side) if side is not None else None
        return None if listed is None else (False, [listed[0]])
    quoted = quoted_claims(things, current, MOST_SAYING, language)
    return (False, quoted) if quoted else None


def _topics(things: ClaimedThings, keys: frozenset[str]) -> frozenset[str]:
    """The things that some names are those of."""
    return frozenset(topic for key in keys for topic in things.topics_called(key))


def _is(each: DatedClaim, keys: frozenset[str]) -> bool:
    return each.claim.value in keys or loose_key(title_key(each.claim.value)) in keys
