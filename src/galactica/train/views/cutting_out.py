"""Passages that are cut out of a document: how far they reach, what is left, and what it is called in the whole."""

from __future__ import annotations

from collections.abc import Sequence

from galactica.codes.segment import sentences
from galactica.train.views.decisions import CutOut

LONG = 2_000
"""Characters of a paragraph above which its sentences are cut out one by one."""


def widened_cut(text: str, passage: CutOut, body: int) -> CutOut:
    """A passage widened to its paragraphs, with the line break behind; of long ones to the sentences."""
    start = max(body, text.rfind("\n", 0, max(passage.start, body)) + 1)
    end = text.find("\n", passage.end)
    end = len(text) if end < 0 else end + 1
    if end - start > LONG:
        touched = [(a, b) for a, b in sentences(text, start, end) if b > passage.start and a < passage.end]
        if touched:
            start, end = touched[0][0], touched[-1][1]
    return CutOut(start=start, end=end, file=passage.file, item=passage.item, shared=passage.shared)


def whole_document(text: str, passage: CutOut) -> CutOut:
    """The whole document as one passage, for the reason of another."""
    return CutOut(start=0, end=len(text), file=passage.file, item=passage.item, shared=passage.shared)


def kept_parts(length: int, passages: Sequence[CutOut]) -> list[tuple[int, int]]:
    """What is left of a text of some length beside passages that are in order and apart."""
    starts = [0, *(each.end for each in passages)]
    ends = [*(each.start for each in passages), length]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def as_of_the_whole(passage: CutOut, kept: Sequence[tuple[int, int]]) -> CutOut:
    """A passage of what was kept as a passage of the whole text: it takes in what lies between."""
    before = 0
    start = end = -1
    for a, b in kept:
        if start < 0 and passage.start < before + b - a:
            start = a + passage.start - before
        if passage.end <= before + b - a:
            end = a + passage.end - before
            break
        before += b - a
    return CutOut(start=start, end=end, file=passage.file, item=passage.item, shared=passage.shared)


def cuts_together(text: str, passages: Sequence[CutOut]) -> list[CutOut]:
    """Passages in order, those that touch or overlap as one, which has the facts of the first."""
    found: list[CutOut] = []
    for each in sorted(passages, key=lambda each: (each.start, -each.end)):
        if found and each.start <= found[-1].end:
            last = found.pop()
            end = max(last.end, each.end)
            each = CutOut(start=last.start, end=end, file=last.file, item=last.item, shared=last.shared)
        found.append(each)
    return found
