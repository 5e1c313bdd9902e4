"""Which words of a question only ask: "who", "cuándo", "γιατί", "什么".

They are told from `asking.toml`, facts about some languages. The query's own language need not be known: a word that
asks in any of them counts as asking; one that is a name or a common word elsewhere only does beside a second word of
its language. In scripts without spaces what asks stands inside a run of characters, and every n-gram that touches it
goes with it: "兰的" and "是谁" are rarer than any word near them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded, prepare
from galactica.search.query import Question, split

ASKING = 0.2
"""What a word that only asks counts, as a share of what its rarity says. Right paragraph first of 678, by words, on
1,500 training questions (2026-11-26): for 1, 0.5, 0.3, 0.2, 0.1, 0.02 it is 73.2, 74.9, 75.7, 75.7, 75.6, 75.5 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The words of one language that ask; see `asking.toml`."""

    sure: frozenset[str]
    beside: frozenset[str]
    inside: tuple[str, ...]


def asking(question: Question) -> frozenset[str]:
    """The texts of those words of a question that only ask, all of them perhaps."""
    words = {word.text for word in question.words if not (word.negative or word.title_only or word.required)}
    found: set[str] = set()
    for language in languages().values():
        own = words & (language.sure | language.beside)
        found |= own if len(own) > 1 else own & language.sure
    if unspaced(question.plain_text):
        kept = {part for piece in pieces(question.plain_text) for part in split(prepare(piece).lower())}
        found |= {word for word in words - kept if unspaced(word)}
    return frozenset(found)


def pieces(text: str) -> list[str]:
    """What is left of a text in scripts without spaces when what asks is cut out of it, in simplified Han, in order."""
    return [piece for piece in _inside().split(fold_han(text)) if piece.strip()]


@cache
def languages() -> dict[str, Asking]:
    """Language → its words that ask; those of `sure` that have accents are in `beside` without them too."""
    table = tomllib.loads(files(__package__).joinpath("asking.toml").read_text("utf-8"))
    return {name: _read(entry) for name, entry in table.items()}


def _read(entry: dict[str, str]) -> Asking:
    lists = {name: [prepare(word).lower() for word in entry.get(name, "").split()] for name in ("sure", "beside")}
    sure = frozenset(lists["sure"])
    beside = frozenset([*lists["beside"], *map(folded, [*sure, *lists["beside"]])])
    return Asking(sure=sure, beside=beside - sure, inside=tuple(fold_han(entry.get("inside", "")).split()))


@cache
def _inside() -> re.Pattern[str]:
    """Any string that asks in a script without spaces, the longest of those that begin alike."""
    every = {word for language in languages().values() for word in language.inside}
    return re.compile("|".join(sorted(map(re.escape, every), key=lambda word: (-len(word), word))))
