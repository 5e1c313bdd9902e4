"""Two names of one thing that are written apart: with another word for what it is, or by another spelling.

1. Words that say what bears a name, and not which, are put aside (`spelt.toml`): what is left of "Mount Damavand" and
   "Kuh-e Damavand" is one word. Not where these words are of two kinds of things: Lake Elm is no Mount Elm.
2. Names whose words sound alike may be spellings of one name ("Baekdu", "Paektu") or two names ("Joan", "John"):
   nothing can be said of them.

Names in Latin letters alone; of others False, which leaves them as they were.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from galactica.joining.topics.romanising import romanised
from galactica.joining.topics.sounding import LONGEST_SOUND, sound_odds, sound_rows, sounds, worst_stretch
from galactica.languages import scripts_in

BETWEEN = "between"
"""The line of `spelt.toml` with words that join others."""

LEAST_ODDS = 1.5
"""How much likelier, in logarithms, two words must be one by their sounds than by chance."""

WORST_STRETCH = -4.5
"""What the worst stretch of two words that sound alike may say: one sound that one of them lacks, not two."""

LEAST_SOUNDS = 3
"""Of a word that may be spelt otherwise: what is shorter sounds like too much."""

MOST_WORDS = 8
"""Words of a name that is looked at; a longer one is a description."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """The words of a name, in small Latin letters; the lines of `spelt.toml` that have some of them; what is left."""

    every: tuple[str, ...]
    kinds: frozenset[str]
    left: tuple[str, ...]


def one_but_for_kind(one: str, other: str) -> bool:
    """Whether two names are one, or one a part of the other, once the words that say what they name are put aside."""
    left, right = own_words(one), own_words(other)
    short, long = sorted((set(left.left), set(right.left)), key=len)
    return bool(left.kinds & right.kinds and short) and short <= long


def may_be_spellings(one: str, other: str) -> bool:
    """Whether each word of the shorter of two names sounds like one of the longer."""
    left, right = own_words(one), own_words(other)
    shared = left.kinds & right.kinds
    short, long = sorted((left.left, right.left) if shared else (left.every, right.every), key=len)
    return bool(short) and all(any(_sound_alike(a, b) for b in long) for a in short)


@lru_cache(maxsize=4_096)
def own_words(name: str) -> OwnWords:
    """The words of a name by which it is told; none of one in another script or of more than `MOST_WORDS`."""
    told = romanised(name).split() if scripts_in(name) == {"Latin"} else []
    every = tuple(word for word in told if word not in _lines()[BETWEEN]) if len(told) <= MOST_WORDS else ()
    kinds = {word: kind for word in every for kind, line in _lines().items() if word in line}
    return OwnWords(
        every=every, kinds=frozenset(kinds.values()), left=tuple(word for word in every if word not in kinds)
    )


@lru_cache(maxsize=4_096)
def _sound_alike(one: str, other: str) -> bool:
    return one == other or _may_be_heard_as(one, other) or _may_be_heard_as(other, one)


def _may_be_heard_as(one: str, other: str) -> bool:
    heard, another = sounds(one), sounds(other)
    if min(len(heard), len(another)) < LEAST_SOUNDS or len(another) > LONGEST_SOUND:
        return False
    _, odds = sound_odds(one, "", sound_rows([another]))
    return bool(odds.size) and float(odds[0]) >= LEAST_ODDS and worst_stretch(one, "", another) >= WORST_STRETCH


@cache
def _lines() -> dict[str, frozenset[str]]:
    raw = tomllib.loads(files(__package__).joinpath("spelt.toml").read_text("utf-8"))["kinds"]
    return {kind: frozenset(line.split()) for kind, line in raw.items()}
