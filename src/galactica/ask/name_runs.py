"""The runs of a question that may be a name: of its words, or of its letters where words are not separated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.ask.pieces import NUMBER, Pieces
from galactica.codes.han import unspaced
from galactica.codes.letters import folded

LONGEST_NAME = 8
"""Words of a name; twice as many characters where words are not separated."""


def name_runs(text: str, pieces: Pieces, quiet: frozenset[str]) -> list[tuple[int, int]]:
    """(start, end) of all of them, the longest first.

    Args:
        pieces: of the question.
        quiet: common words, folded: a name does not end with one, and is not made of them.
    """
    return _letter_runs(text) if unspaced(text) else _word_runs(text, pieces, quiet)


def _word_runs(question: str, pieces: Pieces, quiet: frozenset[str]) -> list[tuple[int, int]]:
    spans = list(zip(pieces.starts, pieces.ends, strict=True))
    runs: list[tuple[int, int]] = []
    for size in range(min(LONGEST_NAME, len(spans)), 0, -1):
        for first in range(len(spans) - size + 1):
            start, end = spans[first][0], spans[first + size - 1][1]
            end = _without_owner(question, end)
            words = [folded(question[a:b]) for a, b in spans[first : first + size]]
            last = spans[first + size - 1]
            if not _abbreviation(question[slice(*last)]) and (
                words[-1] in quiet or all(map(quiet.__contains__, words))
            ):
                continue
            if size == 1 and pieces.kinds[first] == NUMBER:
                continue
            runs += dict.fromkeys(((start, end), *_within_marks(question, start, end)))
    return runs


def _within_marks(question: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run without what an apostrophe joins to it: "l'Italie", "Japonya'nın"."""
    first = re.match(r"[^\W\d_]{1,5}['’](?=[^\W\d_]{3})", question[start:end])
    if first is not None:
        yield start + first.end(), end
    last = re.search(r"(?<=[^\W\d_]{3})['’][^\W\d_]{1,5}\Z", question[start:end])
    if last is not None:
        yield start, start + last.start()


def _abbreviation(word: str) -> bool:
    """Whether a word is written as an abbreviation: "US" is no "us"."""
    return len(word) > 1 and word.isupper()


def _without_owner(question: str, end: int) -> int:
    """Where a name ends that has "'s" behind it."""
    return end - 2 if question[max(0, end - 2) : end].lower() in ("'s", "’s") else end


def _letter_runs(question: str) -> list[tuple[int, int]]:
    length = min(len(question), 40)
    return [
        (start, start + size)
        for size in range(min(2 * LONGEST_NAME, length), 0, -1)
        for start in range(length - size + 1)
        if not (size < length and _cuts_word(question, start, start + size)) and _solid(question[start : start + size])
    ]


def _solid(text: str) -> bool:
    return all(letter.isalnum() or letter in " ·・.-" for letter in text) and text == text.strip()


def _cuts_word(question: str, start: int, end: int) -> bool:
    """Whether a run begins or ends within a Latin word or a number."""

    def within(at: int) -> bool:
        if not 0 < at < len(question):
            return False
        left, right = question[at - 1], question[at]
        return left.isalnum() and right.isalnum() and not unspaced(left) and not unspaced(right)

    return within(start) or within(end)
