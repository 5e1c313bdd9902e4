"""What the child tells of a page and of a file: values, and how they go through the pipe.

Coordinates are points from the page's upper left corner as it is shown, y downwards. What comes out of the pipe is not
trusted: it is decoded into these types or refused.
Standard: ISO 32000-1 (PDF 1.7).
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSpan:
    """A stretch of a line that looks the same.

    Attributes:
        text: as it is read, in logical order.
        mark: "sup", "sub", "b", "i" or "".
        href: where it leads; "" for nowhere.
    """

    text: str
    mark: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLine:
    """A line of text.

    Attributes:
        spans: what stands in it.
        left, top, right, bottom: its box; of text that is turned, in a frame turned with it.
        base: its baseline.
        size: of most of its letters, in points.
        bold: all of it.
        column: number of the column or strip of the page that it stands in; columns are numbered in reading order.
        turned: quarter turns clockwise of the text against the page; `view.SKEW` and degrees where it is none.
        tag: what the file says it is: "H1", "P", "LI", "Artifact", "" where it says nothing.
        element: number of that element on the page, -1 for none.
        rtl: it is read from right to left.
        gaps: how many gaps wider than between words are in it.
        split: its last word ends in a hyphen that PDFium took for one of a broken word, or in a soft hyphen.
    """

    spans: tuple[PdfSpan, ...]
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    column: int = 0
    turned: int = 0
    tag: str = ""
    element: int = -1
    rtl: bool = False
    split: bool = False
    gaps: int = 0

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfCell:
    """A cell of a table; `lines` are its lines, `across` and `down` how many columns and rows it takes."""

    lines: tuple[PdfLine, ...] = ()
    across: int = 1
    down: int = 1
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfTable:
    """A table: rows of cells, and its box as of a line."""

    rows: tuple[tuple[PdfCell, ...], ...]
    left: float
    top: float
    right: float
    bottom: float
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """A page.

    Attributes:
        width, height: as it is shown, in points.
        lines, tables: each in reading order; `order` interleaves them: ("l" or "t", index).
        letters: how many characters stand on it.
        unknown: how many of them the file gives no letter for.
        garbled: they are so many that its text is none; it has no lines then.
        pictures: how many it shows.
        marks: how many things are drawn on it besides text.
        dropped: (rule, how often) of what was left out.
    """

    width: float
    height: float
    lines: tuple[PdfLine, ...] = ()
    tables: tuple[PdfTable, ...] = ()
    order: tuple[tuple[str, int], ...] = ()
    letters: int = 0
    unknown: int = 0
    garbled: bool = False
    pictures: int = 0
    marks: int = 0
    dropped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """A bookmark: how deep, what it is called, the page (from 0; -1 for none) and how far down, -1 where not said."""

    level: int
    title: str
    page: int
    top: float = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What a file says of itself.

    Attributes:
        info: (name, value) of the information dictionary: Title, Author, CreationDate, …
        xmp: its XMP packet, "" for none.
        language: of the catalogue.
        labels: of each page, "" where it has none.
        outline: its bookmarks.
        attached: names of files that are attached.
    """

    info: tuple[tuple[str, str], ...] = ()
    xmp: str = ""
    language: str = ""
    labels: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    attached: tuple[str, ...] = ()


def packed_value(value: PdfPage | PdfFacts) -> bytes:
    """A value as it goes through the pipe."""
    return msgspec.json.encode(value)


def page_from(content: bytes) -> PdfPage:
    """A page out of the pipe.

    Raises:
        ValueError: it is none.
    """
    return msgspec.json.decode(content, type=PdfPage)


def facts_from(content: bytes) -> PdfFacts:
    """Facts out of the pipe.

    Raises:
        ValueError: they are none.
    """
    return msgspec.json.decode(content, type=PdfFacts)
