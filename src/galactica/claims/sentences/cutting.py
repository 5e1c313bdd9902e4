"""Sentences of a language: those of `codes.segment`, joined again where they were cut at an abbreviation of its own."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.claims.sentences.lexicon import Lexicon
from galactica.codes.segment import sentences

LOOKED_BACK = 12
"""Code points before a full stop in which an abbreviation may begin."""


def sentences_in(text: str, start: int, end: int, words: Lexicon) -> Iterator[tuple[int, int]]:
    """(start, end) of a line's sentences; those that were cut at an abbreviation of the language, or a day's number,
    in one."""
    begin = -1
    for a, b in sentences(text, start, end):
        begin = a if begin < 0 else begin
        if b < end and text[b - 1] == "." and words.patterns["no_end"].search(text, max(a, b - LOOKED_BACK), b):
            continue
        yield begin, b
        begin = -1
    if begin >= 0:
        yield begin, end


def without_opening(text: str, words: Lexicon) -> str:
    """A sentence's beginning without what opens it: "In 1990, ", "However, "."""
    for _ in range(2):
        match = words.patterns["opening"].match(text)
        if match is None:
            break
        text = text[match.end() :].lstrip()
    return text
