"""How much of what a model wrote stands in the view word for word: the report of memorisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from galactica.train.tracing.told import TracedSpan, TracedText
from galactica.train.tracing.tracing import Tracer

LENGTHS = (50, 100, 200, 500, 1000)
"""Bytes of a span from which on shares are told, beside what is beyond chance."""

LONGEST = 10
"""Spans that are told, the longest of all texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorisedSpan:
    """A span, and which of the texts it is in.

    Attributes:
        number: of the text, from 0.
        words: the span itself.
        span: where it stands.
    """

    number: int
    words: str
    span: TracedSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorised:
    """What of some texts is verbatim.

    Attributes:
        texts, bytes: how many, and of how many bytes of UTF-8 together.
        shares: (bytes, share): the part of all bytes that is in a span of so many bytes or more; the first is for spans
            beyond chance, and has 0 bytes.
        texts_with: (bytes, texts) that have such a span.
        longest: the longest spans, one of each place in the texts, longest first.
    """

    texts: int
    bytes: int
    shares: tuple[tuple[int, float], ...]
    texts_with: tuple[tuple[int, int], ...]
    longest: tuple[MemorisedSpan, ...]


def memorised(texts: Iterable[str], tracer: Tracer, *, least: int | None = None) -> Memorised:
    """Trace texts, and add up what of them is verbatim.

    Args:
        least: bytes of the shortest span that counts at all; None: what is beyond chance. What it raises is as
            `Tracer.trace`.
    """
    return memorised_of(tracer.trace(text, least=least, places=1) for text in texts)


def memorised_of(texts: Iterable[TracedText]) -> Memorised:
    """Add up what of texts that were traced is verbatim."""
    lengths = (0, *LENGTHS)
    covered = dict.fromkeys(lengths, 0)
    having = dict.fromkeys(lengths, 0)
    count = size = 0
    longest: list[MemorisedSpan] = []
    for number, traced in enumerate(texts):
        count += 1
        size += traced.bytes
        for length in lengths:
            found = _covered(traced, length)
            covered[length] += found
            having[length] += found > 0
        longest += (
            MemorisedSpan(number=number, words=traced.text[span.start : span.end], span=span) for span in traced.spans
        )
        longest.sort(key=lambda each: (-each.span.bytes, each.number, each.span.start))
        del longest[LONGEST:]
    return Memorised(
        texts=count,
        bytes=size,
        shares=tuple((length, covered[length] / size if size else 0.0) for length in lengths),
        texts_with=tuple(having.items()),
        longest=tuple(longest),
    )


def _covered(traced: TracedText, least: int) -> int:
    """Bytes of a text that are in a span of so many bytes or more."""
    covered = done = 0
    for span in traced.spans:  # in the order of the text, and none holds another
        if span.bytes >= least and span.end > done:
            covered += len(traced.text[max(span.start, done) : span.end].encode("utf-8", "replace"))
            done = span.end
    return covered
