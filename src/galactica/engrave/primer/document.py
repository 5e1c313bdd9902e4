"""What the primer says, as pieces: one source for the pages that are printed and for the plain text.

A chapter is a list of pieces in reading order. `plain.primer_text` writes them as text, `typesetting` draws them.
Measures of figures are millimetres on a page that is 210 mm wide; a page of another width scales everything with it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

COLUMNS = 108
"""Characters of a line of a listing at the most: a page is as wide as that."""

TEXT_MM = 178.0
"""Width of what stands on a page; the rest is margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimerHeading:
    """The beginning of a chapter (level 1, on a new page), or of a part of it (level 2)."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimerParagraph:
    """A paragraph. `language` is the tag of the language it is in, where that is not the primer's own."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Things to do one after another, numbered from 1; or, with `numbered` false, a list."""

    items: tuple[str, ...]
    numbered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Lines in letters of one width, shown as they are: a table of numbers, a program, a computation.

    Raises:
        ValueError: a line is longer than `COLUMNS`: it would be cut off on the page.
    """

    lines: tuple[str, ...]
    caption: str = ""
    together: bool = False  # on one page, where it fits on one

    def __post_init__(self) -> None:
        for line in self.lines:
            if len(line) > COLUMNS:
                raise ValueError(f"longer than {COLUMNS} characters: {line}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle, black (`filled`) or its outline."""

    x: float
    y: float
    width: float
    height: float
    filled: bool = False
    thick: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A straight line; with an arrow's head at its end where `arrow`."""

    x1: float
    y1: float
    x2: float
    y2: float
    thick: float = 0.3
    arrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A black disc."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLabel:
    """A few words in a figure. (x, y) is the middle of their height; `anchor` is left, middle or right."""

    x: float
    y: float
    text: str
    size: float = 3.6
    anchor: str = "middle"
    mono: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A picture of squares: a string of 1 (black) and 0 (white) for each row, `cell` millimetres wide each."""

    x: float
    y: float
    cell: float
    rows: tuple[str, ...]
    lines: bool = False  # thin lines between the squares


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbols:
    """A QR code: rows of 1 and 0, drawn with squares of a whole number of dots, at least `SQUARE_DOTS` of them."""

    rows: tuple[str, ...]
    x: float
    y: float
    module: float


SQUARE_DOTS = 4
"""Of a QR code's square each way: what any printer and any camera keep apart."""

Shape = Box | Stroke | Dot | FigureLabel | Cells | Symbols


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimerFigure:
    """A drawing, and what stands in its place in plain text.

    Attributes:
        told: lines for the plain text: the same facts as the drawing shows.
    """

    shapes: tuple[Shape, ...]
    height: float
    caption: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """What follows begins on a new page."""

    reason: str = field(default="")


Piece = PrimerHeading | PrimerParagraph | Steps | Listing | PrimerFigure | NewPage


def h1(text: str) -> PrimerHeading:
    """The heading of a chapter."""
    return PrimerHeading(level=1, text=text)


def h2(text: str) -> PrimerHeading:
    """The heading of a part of a chapter."""
    return PrimerHeading(level=2, text=text)


def p(text: str) -> PrimerParagraph:
    """A paragraph; line breaks and repeated spaces of the source count as one space."""
    return PrimerParagraph(text=" ".join(text.split()))


def steps(*items: str) -> Steps:
    """Numbered steps."""
    return Steps(items=tuple(" ".join(each.split()) for each in items))


def dashed(*items: str) -> Steps:
    """A list without numbers."""
    return Steps(items=tuple(" ".join(each.split()) for each in items), numbered=False)


def listing(*lines: str, caption: str = "", together: bool = False) -> Listing:
    """Lines in letters of one width."""
    return Listing(lines=lines, caption=caption, together=together)


def ruled_table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> Listing:
    """A table in letters of one width: columns as wide as their widest cell, the last one broken where the page ends,
    a line under the head."""
    width = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    before = sum(width[:-1]) + 2 * (len(width) - 1)
    width[-1] = min(width[-1], COLUMNS - before)
    lines = [_row(head, width), "  ".join("-" * size for size in width)]
    for row in rows:
        first, *more = textwrap.wrap(row[-1], width[-1]) or [""]
        lines.append(_row([*row[:-1], first], width))
        lines += [" " * before + each for each in more]
    return Listing(lines=tuple(lines), caption=caption)


def _row(cells: Sequence[str], width: Sequence[int]) -> str:
    return "  ".join(cell.ljust(size) for cell, size in zip(cells, width, strict=True)).rstrip()


def hexed(raw: bytes, most: int = 0) -> str:
    """Bytes as pairs of hexadecimal digits with spaces; where there are more than `most` (not 0), the first and "…"."""
    if most and len(raw) > most:
        return raw[:most].hex(" ") + " ..."
    return raw.hex(" ")


def hex_rows(raw: bytes, width: int = 16) -> tuple[str, ...]:
    """Bytes in rows, each with the number of its first byte in front."""
    return tuple(f"{at:5d}: {raw[at : at + width].hex(' ')}" for at in range(0, len(raw), width))
