"""What is told of a text that was traced: its verbatim spans, and the places where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.train.views.view import DocumentFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedPlace:
    """Where a span stands.

    Attributes:
        document: number in the view.
        start, end: code points of the document's text.
        passage: [start, end) in code points of the article's own text (its projection); empty where the span is in the
            title.
        path: of the article in its source.
        before, after: some of the text on both sides.
        facts: where the document is from.
    """

    document: int
    start: int
    end: int
    passage: tuple[int, int]
    path: str
    before: str
    after: str
    facts: DocumentFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedSpan:
    """A stretch of a text that stands in the view word for word, and in no longer one that does.

    Attributes:
        start, end: code points of the text, [start, end).
        bytes: of it in UTF-8.
        count: places in the view where its whole pieces stand.
        places: those that were read and are the same to the byte, at least one.
    """

    start: int
    end: int
    bytes: int
    count: int
    places: tuple[TracedPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedText:
    """What was found of a text.

    Attributes:
        text: what was traced.
        spans: in the order of the text; none holds another; they may overlap.
        verbatim: bytes that are in one span at least, told or not.
        untold: short spans beside these, too many to be read.
        bytes: of the text in UTF-8.
        least: bytes of the shortest span that was looked for.
    """

    text: str
    spans: tuple[TracedSpan, ...]
    verbatim: int
    bytes: int
    least: int
    untold: int

    @property
    def share(self) -> float:
        """The part of the text that is verbatim, 0 to 1."""
        return self.verbatim / self.bytes if self.bytes else 0.0
