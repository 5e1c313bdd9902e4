"""Sentences of a language: those of `codes.segment`, joined again where they were cut at an abbreviation of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.claims.sentences.lexicon import Lexicon
from galactica.codes.segment import sentences

LOOKED_BACK = 12
"""Code points before a full stop in which an abbreviation may begin."""

CLOSES_WITHIN = 400
"""Code points behind a full stop in which a round bracket that is open there must close."""


def sentences_in(text: str, start: int, end: int, words: Lexicon) -> Iterator[tuple[int, int]]:
    """(start, end) of a line's sentences; those that were cut at an abbreviation of the language, a day's number, or
    inside a round bracket ("(ca. 1106 – 1198)"), in one."""
    begin = -1
    for a, b in sentences(text, start, end):
        begin = a if begin < 0 else begin
        if b < end and text[b - 1] == "." and words.patterns["no_end"].search(text, max(a, b - LOOKED_BACK), b):
            continue
        if b < end and words.spaced and _inside_bracket(text, begin, b, end):
            continue
        yield from _at_stops(text, begin, b, words)
        begin = -1
    if begin >= 0:
        yield from _at_stops(text, begin, end, words)


def without_opening(text: str, words: Lexicon) -> str:
    """A sentence's beginning without what opens it: "In 1990, ", "However, "."""
    for _ in range(2):
        match = words.patterns["opening"].match(text)
        if match is None:
            break
        text = text[match.end() :].lstrip()
    return text


def _inside_bracket(text: str, begin: int, cut: int, end: int) -> bool:
    """Whether a round bracket that was opened in `text[begin:cut]` is closed soon behind it, in the same line."""
    if text.count("(", begin, cut) <= text.count(")", begin, cut):
        return False
    closed = text.find(")", cut, min(end, cut + CLOSES_WITHIN))
    return closed >= 0 and text.count("(", cut, closed) == 0


_BEARING = re.compile(r"\d\s?[°′'\"″]\s?[NSEW]\.(?=\s+[A-Z])")
"""A latitude or a longitude at a sentence's end: its letter is no initial."""


def _at_stops(text: str, start: int, end: int, words: Lexicon) -> Iterator[tuple[int, int]]:
    """A sentence, cut where it holds another's end behind a bearing ("and 19° E. To the north"), or behind a unit, a
    number or an abbreviation and before a word that begins sentences ("at 629 m. The highest point")."""
    if words.spaced and text.find(". ", start, end) >= 0:
        ends = {match.end() for match in words.patterns["sentence_ends"].finditer(text, start, end)}
        ends |= {match.end() for match in _BEARING.finditer(text, start, end)}
        for at in sorted(ends):
            yield start, at
            start = at + len(text[at:end]) - len(text[at:end].lstrip())
    yield start, end
