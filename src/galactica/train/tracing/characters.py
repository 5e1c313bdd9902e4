"""Bytes of UTF-8 and code points: a span in the one told in the other, in a text and in an article's own text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from galactica.train.tracing.document_texts import Octets


def in_article(start: int, end: int, title: int, cuts: Sequence[int]) -> tuple[int, int]:
    """Code points of a document → of its article's text, what was cut out counted again.

    Args:
        title: code points of the title and the blank line after it.
        cuts: as `View.cuts`.
    """
    for cut_start, cut_end in zip(cuts[::2], cuts[1::2], strict=True):
        size = cut_end - cut_start
        start += size if start >= cut_start else 0
        end += size if end > cut_start else 0
    start, end = max(start - title, 0), max(end - title, 0)
    return (start, end) if start < end else (0, 0)


def code_points(text: Octets) -> npt.NDArray[np.int64]:
    """`int64 [bytes + 1]`: code points before each byte."""
    begins = (text & 0xC0) != 0x80
    found = np.zeros(len(text) + 1, np.int64)
    np.cumsum(begins, out=found[1:])
    return found


def at_characters(text: Octets, start: int, end: int) -> tuple[int, int]:
    """A span made smaller, so that it begins and ends between characters."""
    while start < end and text[start] & 0xC0 == 0x80:
        start += 1
    while end > start and end < len(text) and text[end] & 0xC0 == 0x80:
        end -= 1
    return start, end
