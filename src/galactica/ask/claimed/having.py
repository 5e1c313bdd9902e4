"""Which things have a value of a property: "Which country has the capital Canberra?", "Which countries use the euro?"

The question is read as `inverse` reads it: the name of a property, a value, and a sort of things. A value is compared
by all names that what is called so goes by; a number by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from galactica.ask.asked import Asked
from galactica.ask.claimed.choosing import values_now
from galactica.ask.claimed.quoting import QuotedClaim, quoted_claims
from galactica.ask.claimed.sorts import of_sort, sort_called, sort_words
from galactica.ask.holdings import ClaimedThings
from galactica.ask.inverse import values_asked
from galactica.ask.named import called_besides
from galactica.claims.property_table import known_properties
from galactica.codes.letters import loose_key, title_key
from galactica.joining.disagreements.group import ClaimGroup, DatedClaim
from galactica.joining.properties.kept import TopicEntry
from galactica.languages import primary
from galactica.values.amounts import numbers

MOST_WAYS = 6
"""Readings of one question that are tried."""

MOST_CALLED = 12
"""Other names of a value that are looked up."""

MOST_SAYING = 3
"""Sources of one thing that are quoted."""

MOST_HAVING = 200
"""Things with one value; of more, a question asks for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Having:
    """The things that have a value.

    Attributes:
        sort, property: in the question's words; its id.
        topics, told: how many things of the sort there are, and of how many something is said of the property.
        having: the things, each with its claims where they stand.
    """

    sort: str
    property: str
    topics: int
    told: int
    having: tuple[tuple[TopicEntry, list[QuotedClaim]], ...]


def having(asked: Asked, things: ClaimedThings) -> Having | None:
    """The things that have the value that a question names; None where it names none."""
    question = asked.question.plain
    called = sort_words(question.text, question.language)
    for wanted in list(values_asked(question))[:MOST_WAYS]:
        for name in wanted.property.claims:
            keys = _keys(asked, things, wanted.value, name)
            found = _holding(things, name, keys)
            if not found:
                continue
            entries = {group.topic: entry for group, _ in found if (entry := things.topic(group.topic)) is not None}
            if called:
                every = of_sort(things.topics(), sort_called(called, question.language))
                of = {each.topic for each in every}
                found = [(group, claims) for group, claims in found if group.topic in of]
                told = {group.topic for group in things.of(name) if group.topic in of}
            else:
                every, told = list(entries.values()), set(entries)
            if not found or len(found) > MOST_HAVING:
                continue
            return Having(
                sort=called or wanted.property.name,
                property=name,
                topics=len(every),
                told=len(told),
                having=tuple(
                    (entries[group.topic], quoted_claims(things, claims, MOST_SAYING, primary(question.language)))
                    for group, claims in found
                    if group.topic in entries
                ),
            )
    return None


def _keys(asked: Asked, things: ClaimedThings, value: str, name: str) -> frozenset[str]:
    """The keys of all names of a value, those among them that the question's language has for a country."""
    if known_properties()[name].kind == "quantity":
        return frozenset(f"{number:g}" for number in numbers(value)[:1])
    others = called_besides(value, asked.question.language, asked.holdings.languages)
    return frozenset().union(*(things.keys(each) for each in (value, *islice(others, MOST_CALLED))))


def _holding(things: ClaimedThings, name: str, keys: frozenset[str]) -> list[tuple[ClaimGroup, list[DatedClaim]]]:
    """The things of which it is said now, with the claims that say it."""
    found = []
    for group in things.of(name):
        values = values_now(group, 0) if not group.subject else None
        if values is None:
            continue
        sides = (*values.current, *values.uncompared)
        claims = [each for side in sides for each in side.claims if _is(each, keys)]
        if claims:
            found.append((group, claims))
    return found


def _is(each: DatedClaim, keys: frozenset[str]) -> bool:
    claim = each.claim
    if claim.kind == "quantity":
        return not claim.unit and any(f"{number:g}" in keys for number in numbers(claim.value)[:1])
    return claim.value in keys or loose_key(title_key(claim.value)) in keys
