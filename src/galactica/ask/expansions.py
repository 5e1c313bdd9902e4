"""What do letters stand for? The words at the beginning of an article whose first letters spell its title.

"ASCII, abbreviated from American Standard Code for Information Interchange": each letter of the title in turn is the
first of a word, small words may stand between. That the letters fit is proof enough: which words introduce it does not
matter. Where they spell it in two ways nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.ask.evidence import sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.kinds import common_words
from galactica.ask.stated_value import Stated, made
from galactica.codes.letters import folded

LEAD = 1_200
"""Characters at the beginning of an article that are looked through."""

FEWEST, MOST = 3, 12
"""Letters: of two, words fit by accident."""

_BRACKETED = re.compile(r"\s*\([^()]*\)\Z")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BETWEEN = re.compile(r"[ \u00a0,/-]{1,2}|, (?:and )?")


def expansion(page: Page) -> Iterator[Stated]:
    """What the letters of an article's title stand for, by its first sentences; mostly nothing."""
    name = _BRACKETED.sub("", page.article.title)
    letters = [letter for letter in folded(name) if letter.isalpha()]
    if not FEWEST <= len(letters) <= MOST or any(mark in name for mark in " \t"):
        return
    text = page.text[:LEAD]
    found = list(_spelt(text, letters, common_words(page.article.language)))
    if len({folded(text[start:end]) for start, end in found}) != 1:
        return
    start, end = found[0]
    first, last = next((span for span in sentence_spans(text) if span[0] <= start < span[1]), (start, end))
    yield made(page, start, end, first, max(last, end), 1.0)


def _spelt(text: str, letters: list[str], small: frozenset[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of the runs of words that spell some letters."""
    words = [(folded(match[0]), *match.span()) for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        last = _run(text, words, at, letters, small) if words[at][0][:1] == letters[0] else -1
        if last > at:
            yield words[at][1], words[last][2]
            at = last
        at += 1


def _run(text: str, words: list[tuple[str, int, int]], first: int, letters: list[str], small: frozenset[str]) -> int:
    """Number of the word that gives the last letter, where the words from `first` on give them all; -1."""
    at, given = first, 1
    while given < len(letters):
        at += 1
        if at >= len(words) or not _BETWEEN.fullmatch(text[words[at - 1][2] : words[at][1]]):
            return -1
        word = words[at][0]
        if word[:1] == letters[given] and not (word in small and _follows(words, at, letters[given])):
            given += 1
        elif word not in small:
            return -1
    return at


def _follows(words: list[tuple[str, int, int]], at: int, letter: str) -> bool:
    """Whether the next word gives a letter that a small word begins with, too: "Instruction" behind "in"."""
    return at + 1 < len(words) and words[at + 1][0][:1] == letter
