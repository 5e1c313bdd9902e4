"""Whether two things are one, by what they have in common: what forbids it, how much speaks for it, and how much must.

A fixed part of what is known of namesakes stands here, because no weight is learned surely enough for it: numbers in
titles, brackets, years of life, identifiers of one catalogue.
"""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.claimed import SEVERAL, claims_apart
from galactica.joining.topics.evidence import COMPARISONS, regime_of, schemes_apart
from galactica.joining.topics.gathering import SLOTS, slot_of
from galactica.joining.topics.learning import UNIT, UNKNOWN, Pattern, Weights
from galactica.joining.topics.romanising import mixes_scripts
from galactica.joining.topics.thing import PART, Thing
from galactica.languages import primary

JOINS = 6_630
"""Thousandths of a bit from which on two are one: 99 of 100."""

NEARLY = 0
"""From here on a pair that is not joined is kept as a near miss: as likely one as two."""

MARGIN = 2_500
"""By how much a pair must be likelier than the next of the same source: 5.7 to 1."""

NEVER = 1 << 30
"""More than anything says."""

PART_COSTS = 4_000
"""What is asked of a part of a work beside all else: a chapter may be on anything of its name."""

SEVERAL_OF_ONE = frozenset({"isbn", "issn", "urn", "url", "ark"})
"""Schemes of which one thing may have several identifiers: a book its printings."""

FILE_COSTS = 3_000
"""What is asked where a source may have several articles on a thing, or none on things: the title of a file says
less."""

SHARING = 3
"""Levels of names, the nearest, at which two have a name in common."""

UNSHARED = 3_300
"""Thousandths of a bit that a name says more where only these two bear it: one name in ten is of several things."""

UNSHARED_ONCE = 5_000
"""The same of two sources that each name a thing once: of 131 such names of the Factbook and Wikipedia all were of one
thing (`benchmarks.countries_joined`)."""

MOST_OF_A_NAME = 20_000
"""Thousandths of a bit that a name says at the most: one bearer in a million."""

_NAME, _BRACKET, _WORDS, _TEXT, _IDENTIFIERS, _LIVED, _CLAIMS = range(7)
_NUMBERS = re.compile(r"\d+")


def forbids(one: Thing, other: Thing) -> str:
    """Why two things are not one, whatever speaks for it; "" where nothing is against it."""
    if one.sort != other.sort:
        return "lists namesakes"
    if one.base != other.base and (mixes_scripts(one.base) or mixes_scripts(other.base)):
        identified = set(one.identifiers) & set(other.identifiers) or set(one.pages) & set(other.pages)
        if not identified and not shared_names(one, other):
            return "letters of several scripts"
    apart = schemes_apart(one, other)
    if apart and apart not in SEVERAL_OF_ONE and not set(one.pages) & set(other.pages):
        return "other identifiers"
    numbers = _numbers(one), _numbers(other)
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return "other numbers"
    if primary(one.language) == primary(other.language) and one.bracket and other.bracket:
        ours, theirs = set(one.bracket.split()), set(other.bracket.split())
        begins = one.bracket.startswith(other.bracket) or other.bracket.startswith(one.bracket)
        if not ours & theirs and not begins:
            return "other brackets"
    if any(one.lived) and any(other.lived) and max(abs(a - b) for a, b in zip(one.lived, other.lived, strict=True)) > 1:
        return "other years of life"
    return "other claims" if claims_apart(one, other) else ""


def _numbers(thing: Thing) -> list[str]:
    return sorted(str(int(each)) for each in _NUMBERS.findall(f"{thing.base} {thing.bracket}") if len(each) < 12)


def field_bits(weights: Weights, pattern: Pattern, rarity: int = 0) -> tuple[int, ...]:
    """What each field says of a pair, in thousandths of a bit.

    A name in common says as much as it is rare; a bracket that is the same where the titles are not says nothing:
    "(film)" stands behind many.

    Args:
        rarity: of the name in common, as `name_rarity` has it.
    """
    said = list(weights.of(pattern))
    if 0 <= pattern[_NAME] < SHARING:
        said[_NAME] = min(round(UNIT * math.log2(weights.same[_NAME][pattern[_NAME]])) + rarity, MOST_OF_A_NAME)
    if pattern[_NAME] > 0 and pattern[_BRACKET] == 0:
        said[_BRACKET] = min(said[_BRACKET], 0)
    return tuple(said)


def shared_names(one: Thing, other: Thing) -> set[str]:
    """The names that two things have in common."""
    return {one.base, *one.names} & {other.base, *other.names} - {""}


def bearers(one: Thing, other: Thing, names: NDArray[np.uint32]) -> int:
    """How many things bear the rarest name that two have in common, these two among them; 0 where there is none."""
    shared = shared_names(one, other)
    return max(min(int(names[slot_of(name) % SLOTS]) for name in shared), 2) if shared else 0


def name_rarity(one: Thing, other: Thing, names: NDArray[np.uint32], total: int) -> int:
    """How rarely a thing has a name in common with another by chance, in thousandths of a bit: its other bearers among
    all things, for each name that was tried."""
    several = bearers(one, other, names)
    if not several:
        return 0
    tried = 1 + min(len(one.names), len(other.names))
    alone = 0 if several > 2 else UNSHARED_ONCE if one.once and other.once and one.base == other.base else UNSHARED
    return round(UNIT * math.log2(max(total, 2) / (tried * (several - 1)))) + alone


def _told_apart(one: Thing, other: Thing) -> bool:
    """Whether one of two titles in one language has a bracket: whoever wrote it tells the thing from others of that
    name, and the bare title may be any of them."""
    return primary(one.language) == primary(other.language) and bool(one.bracket) != bool(other.bracket)


UNLIKE_COSTS = (
    (0, 0, 9_000, NEVER, NEVER, NEVER, NEVER),
    (0, 0, 0, 0, 2_000, 4_000, 7_000),
    (0, 0, 0, 0, 1_000, 2_000, 5_000),
)
"""What is asked beside all else by how unlike the names are, by regime. In one language "Economy of Armenia" is not
Armenia, and ampicillin not amoxicillin, however much they share: where neither title is a name of the other, hardly
anything but an identifier joins."""


def needed(one: Thing, other: Thing, pattern: Pattern) -> int:
    """How many thousandths of a bit must speak for a join: more of parts, and never without more than a name."""
    parts = (one.kind == PART) + (other.kind == PART)
    if parts and (pattern[_NAME] > 1 or pattern[_WORDS] == UNKNOWN):
        return NEVER
    if pattern[_IDENTIFIERS] == 0:
        return JOINS
    if pattern[_WORDS] == UNKNOWN and pattern[_TEXT] == UNKNOWN:
        return NEVER
    if _told_apart(one, other) and pattern[_CLAIMS] != SEVERAL:
        return NEVER
    level = len(COMPARISONS[_NAME].levels) - 1 if pattern[_NAME] == UNKNOWN else pattern[_NAME]
    files = 0 if parts or (one.once and other.once) else FILE_COSTS
    return min(JOINS + UNLIKE_COSTS[regime_of(one, other)][level] + parts * PART_COSTS + files, NEVER)
