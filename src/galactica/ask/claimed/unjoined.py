"""What the article of a thing that a question names claims of it, where the edition is not joined.

In the same form as what claims of a joined edition say (`told`); besides, what a thing is, where nothing else is asked.
A last name is taken for a person's where something of people is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import ClaimsOfArticles, surname_of
from galactica.ask.claimed.told import WantedClaims, claims_wanted, first_told, wanted_claims
from galactica.ask.defining import defined, names_defined
from galactica.ask.holdings import ClaimedThings
from galactica.ask.properties import AskedProperty
from galactica.ask.stated_value import Stated
from galactica.ask.wishes import Wish, wishes

DEFINITION = AskedProperty(name="definition", form="", phrases={}, counted={}, inverse={}, claims=("instance_of",))
"""What a thing is."""

OF_PEOPLE = frozenset("date_of_birth place_of_birth date_of_death place_of_death spouse child father mother".split())
"""Properties by which a last name is told to be one."""

SHORTEST_DEFINITION, LONGEST_DEFINITION = 40, 180
"""Characters of a definition: a longer one is cut where it may be, but not so short."""

MOST_WORDS = 12
"""Words of a question that are tried as last names, each in a third of a millisecond."""


def told_by_articles(asked: Asked) -> list[Stated]:
    """What the articles of the named things claim of what a question asks for, best first; nothing where the edition is
    joined."""
    if asked.holdings.claimed is not None:
        return []
    things = ClaimsOfArticles(asked.holdings)
    found = list(map(_shortened, first_told(_defined(asked, things)) or defined(asked)))
    found = found or first_told(wanted_claims(asked, things, asked.wishes))
    return found or first_told(wanted_claims(asked, things, _of_people(asked)))


def _shortened(one: Stated) -> Stated:
    """A definition up to the last comma or bracket within `LONGEST_DEFINITION`, where it is longer."""
    told = one.hit.text[one.start - one.hit.start : one.end - one.hit.start]
    if len(told) <= LONGEST_DEFINITION:
        return one
    ends = [
        match.start() for match in _BREAK.finditer(told[:LONGEST_DEFINITION]) if match.start() >= SHORTEST_DEFINITION
    ]
    return replace(one, end=one.start + ends[-1]) if ends else one


_BREAK = re.compile(r"\s*[,;(，；（]")


def _of_people(asked: Asked) -> Iterator[Wish]:
    """What a question may ask for of a person whose last name it has alone."""
    question = asked.question.plain
    rows = zip(question.pieces.starts, question.pieces.ends, question.pieces.common, strict=True)
    words = dict.fromkeys(question.text[start:end] for start, end, common in rows if not common)
    for word in list(words)[:MOST_WORDS]:
        for wish in wishes(question, word.__eq__):
            known = wish.property is not None and OF_PEOPLE.intersection(wish.property.claims)
            if known and surname_of(asked.holdings, word):
                yield wish


def _defined(asked: Asked, things: ClaimedThings) -> Iterator[WantedClaims]:
    """What a thing is, where a question asks for nothing else."""
    for name in names_defined(asked):
        yield claims_wanted(asked, things, name, DEFINITION, 0)
