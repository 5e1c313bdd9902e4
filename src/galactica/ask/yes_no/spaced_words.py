"""The words by which questions for yes or no and sentences are read in scripts with spaces: `spaced.toml`, read once.

Of languages that it or `worded.toml` lacks nothing is told.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from galactica.ask.wording_words import WordingWords, wording_words
from galactica.ask.words_asked import compared_word
from galactica.codes.letters import folded

HAVING = "have"
"""What all verbs for having are compared by."""

IS = "is"
"""What all forms of the verb for being are compared by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpacedWords:
    """The words of one language; what they are says `spaced.toml`. `wording`: those of `worded.toml`."""

    wording: WordingWords
    having: frozenset[str]
    verbs: dict[str, str]
    got: frozenset[str]
    past: frozenset[str]
    there: str
    opens: frozenset[str]
    manner: frozenset[str]
    setting: frozenset[str]
    used: str
    persons: frozenset[str]
    to: str
    narrowing: frozenset[str]
    any: frozenset[str]
    whose: frozenset[str]
    member: frozenset[str]
    behind: frozenset[str]
    relative: frozenset[str]
    such: tuple[tuple[str, ...], ...]
    other: str
    of: str
    by: str
    none: str
    plain_no: frozenset[str]
    joint: str
    apart: frozenset[str]
    made: frozenset[str]
    but: frozenset[str]
    between: frozenset[str]
    alike: dict[str, str]
    into: frozenset[str]
    on: str

    def asks(self, question: Sequence[str]) -> bool:
        """Whether the words of a question ask for yes or no, and deny nothing."""
        return question[0] in self.wording.helping and self.wording.denying.isdisjoint(question)

    def verb_compared(self, key: str, word: str) -> str:
        """What a verb is compared by."""
        if word in self.having or word in self.wording.being:
            return HAVING if word in self.having else IS
        return self.verbs.get(word) or compared_word(key, word, self.wording)

    def denies(self, word: str) -> bool:
        """Whether a word denies what stands behind it; "hardly" makes it less and no more."""
        return (word in self.wording.denying and word not in self.narrowing) or word.endswith(("n't", "n’t"))


@cache
def spaced_words(language: str) -> SpacedWords | None:
    """The words of a language; None where it has none."""
    entry = tomllib.loads(files(__package__).joinpath("spaced.toml").read_text("utf-8")).get(language)
    wording = wording_words(language)
    if entry is None or wording is None:
        return None
    read: dict[Any, Callable[[str], object]] = {
        "str": str,
        "tuple[tuple[str, ...], ...]": lambda phrases: tuple(tuple(each.split()) for each in phrases.split("|")),
        "frozenset[str]": lambda words: frozenset(map(folded, words.split())),
        "dict[str, str]": lambda lists: {
            folded(word): line.split()[0] for line in lists.split("|") for word in line.split()
        },
    }
    lists = {each.name: read[each.type](entry[each.name]) for each in fields(SpacedWords) if each.name != "wording"}
    return SpacedWords(wording=wording, **lists)  # type: ignore[arg-type]  # each is of the type of its field
