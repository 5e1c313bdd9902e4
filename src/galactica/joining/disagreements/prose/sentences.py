"""A text as it is compared: its sentences, and of each its words, what they say in their stems, and its years."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from galactica.claims.sentences.cutting import sentences_in
from galactica.claims.sentences.lexicon import lexicon

LONGEST_TEXT = 20_000
"""Characters of a text that are compared: an article's most important part; what follows is not looked at."""

MOST_SENTENCES = 120
"""Sentences of a text that are compared with those of another: fourteen thousand pairs."""

LONGEST_SENTENCE = 1_000
"""Characters of a sentence; a longer one is a list, and is cut."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_YEAR = re.compile(r"(?<![\d.,/-])(1[0-9]\d\d|20\d\d)(?![\d%]|[.,]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StemmedWord:
    """A word or a number of a sentence.

    Attributes:
        stem: what its forms have in common; "" for words that say nothing by themselves.
        start, end: in the text.
    """

    text: str
    stem: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written as names are."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a text.

    Attributes:
        start, end: in the text.
        stems: of its words that say something.
        years: that it names.
        hedged: whether it reports, supposes or plans, as a whole.
    """

    text: str
    start: int
    end: int
    words: tuple[StemmedWord, ...]
    stems: frozenset[str]
    years: frozenset[int]
    hedged: bool


def sentences_of_text(text: str) -> list[Sentence]:
    """The sentences of a text, each ready to be compared."""
    return list(_sentences(text[:LONGEST_TEXT]))[:MOST_SENTENCES]


def _sentences(text: str) -> Iterator[Sentence]:
    english = lexicon("en")
    if english is None:
        return
    begin = 0
    for line in text.split("\n"):
        for start, end in sentences_in(line, 0, len(line), english):
            piece = line[start : min(end, start + LONGEST_SENTENCE)]
            words = tuple(
                StemmedWord(
                    text=match[0],
                    stem=stem_of_word(match[0]),
                    start=begin + start + match.start(),
                    end=begin + start + match.end(),
                )
                for match in _TOKEN.finditer(piece)
            )
            if words:
                yield Sentence(
                    text=piece,
                    start=begin + start,
                    end=begin + start + len(piece),
                    words=words,
                    stems=frozenset(word.stem for word in words if word.stem),
                    years=frozenset(int(each) for each in _YEAR.findall(piece)),
                    hedged=_hedged(piece, words),
                )
        begin += len(line) + 1


_SAID = re.compile(r"\b(?:said|says?|argue[sd]?) (?:that|to)\b")


def _hedged(piece: str, words: tuple[StemmedWord, ...]) -> bool:
    told = any(word.text.lower() in words_listed("hedges") and word.text != "May" for word in words)
    return told or _SAID.search(piece) is not None


@cache
def english_lists() -> dict[str, Any]:
    """The words of English, by name."""
    found: dict[str, Any] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))["en"]
    return found


@cache
def words_listed(name: str) -> frozenset[str]:
    """The words of a list, as they are written."""
    return frozenset(str(english_lists()[name]).split())


@cache
def stems_of(name: str) -> frozenset[str]:
    """The stems of a list's words."""
    return frozenset(stem_of_word(word) for word in words_listed(name))


@cache
def event_rows() -> dict[str, int]:
    """Stem of a word for what happens once → number of its row."""
    return {stem_of_word(word): number for number, row in enumerate(english_lists()["once"]) for word in row.split()}


@lru_cache(maxsize=50_000)
def stem_of_word(word: str) -> str:
    """What forms of a word have in common; "" for one that says nothing, or for a number."""
    if word[:1].isdigit():
        return ""
    plain = word.lower().replace("’", "'").partition("'")[0]
    if plain in _quiet() or len(plain) < 2:
        return ""
    if len(plain) > 3 and not plain.endswith("eed"):
        for ending, instead in _ENDINGS:
            if plain.endswith(ending) and len(plain) - len(ending) >= 3:
                plain = plain[: -len(ending)] + instead
                break
    if len(plain) > 4 and plain[-1] == plain[-2] and plain[-1] not in "ls":
        plain = plain[:-1]
    return plain[:-1] if len(plain) > 4 and plain.endswith("e") else plain


_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ers", ""),
    ("or", ""),
    ("ors", ""),
    ("er", ""),
    ("ed", ""),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("ss", "ss"),
    ("us", "us"),
    ("s", ""),
    ("ly", ""),
)


@cache
def _quiet() -> frozenset[str]:
    return words_listed("quiet")
