"""Boxes of text beside each other that are no columns: authors under a title, the boxes of a slide.

Rules: lines are cut at gaps wider than between words, and pieces right below each other are one box. Where boxes stand
beside each other, each of some lines, and the file draws one after the other, they are read one after the other. A
table is drawn row by row and stays together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from galactica.sources.pdf.gutters import runs_of, text_rows
from galactica.sources.pdf.words import PdfWord

MAX_PIECES = 400
"""Pieces of lines of one part of a page; a table with more is no group of boxes."""

_BELOW = 1.1
"""Of the size: the largest gap between lines of a box."""


@dataclass(slots=True)
class _Piece:
    words: list[PdfWord]
    left: float
    right: float
    top: float
    bottom: float


@dataclass(slots=True)
class _Box:
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def words(self) -> list[PdfWord]:
        return [word for piece in self.pieces for word in piece.words]

    @property
    def edges(self) -> tuple[float, float, float, float]:
        return (
            min(piece.left for piece in self.pieces),
            min(piece.top for piece in self.pieces),
            max(piece.right for piece in self.pieces),
            max(piece.bottom for piece in self.pieces),
        )


def box_by_box(words: list[PdfWord], size: float, drawn: Mapping[int, int]) -> list[list[PdfWord]]:
    """A part of a page as its boxes in the order in which they are drawn; as one where it has none.

    Args:
        size: of most letters.
        drawn: id of a word → its place in the order of drawing.
    """
    rows = text_rows(words, size)
    pieces = [_piece(run) for row in rows for run in runs_of(sorted(row, key=lambda word: word.left))]
    if len(rows) < 2 or not len(rows) < len(pieces) <= MAX_PIECES:
        return [words]
    boxes = _boxes(pieces, size)
    groups = [box for box in boxes if len(box.pieces) > 1]
    if len(groups) < 2 or not _beside(groups) or not all(_together(box, drawn) for box in boxes):
        return [words]
    return [box.words for box in sorted(boxes, key=lambda box: min(drawn[id(word)] for word in box.words))]


def _piece(run: Sequence[PdfWord]) -> _Piece:
    return _Piece(
        list(run),
        min(word.left for word in run),
        max(word.right for word in run),
        min(word.top for word in run),
        max(word.bottom for word in run),
    )


def _boxes(pieces: Sequence[_Piece], size: float) -> list[_Box]:
    """Pieces right below each other, each with the only one above it that it overlaps."""
    boxes: list[_Box] = []
    for piece in pieces:
        reach = _BELOW * max(size, 0.6 * (piece.bottom - piece.top))
        above = [box for box in boxes if _follows(box.pieces[-1], piece, size, reach)]
        if len(above) == 1:
            above[0].pieces.append(piece)
        else:
            boxes.append(_Box([piece]))
    return boxes


def _follows(one: _Piece, two: _Piece, size: float, reach: float) -> bool:
    """Whether a piece stands right below another."""
    return two.left < one.right and one.left < two.right and -0.5 * size < two.top - one.bottom < reach


def _beside(groups: Sequence[_Box]) -> bool:
    """Whether two boxes stand beside each other over more than half of the lower one."""
    edges = [box.edges for box in groups]
    return any(
        one[2] <= two[0] and min(one[3], two[3]) - max(one[1], two[1]) > 0.5 * min(one[3] - one[1], two[3] - two[1])
        for one in edges
        for two in edges
    )


def _together(box: _Box, drawn: Mapping[int, int]) -> bool:
    """Whether the words of a box are drawn one after the other."""
    places = sorted(drawn[id(word)] for word in box.words)
    return places[-1] - places[0] == len(places) - 1
