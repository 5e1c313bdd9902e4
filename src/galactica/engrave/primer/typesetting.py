"""The primer's pieces on pages: where each stands (`laid_out`); `drawing` draws it.

Everything is reckoned in millimetres of a page 210 mm wide and drawn at the resolution of the page, so that a sheet of
A3 has larger letters and a frame of film smaller ones, and line breaks are the same on all. Memory: the text alone.

Letters are measured at one size, `_REFERENCE` dots, whatever the resolution: how lines break does not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from galactica.engrave.primer.document import (
    TEXT_MM,
    Listing,
    NewPage,
    Piece,
    PrimerFigure,
    PrimerHeading,
    PrimerParagraph,
    Steps,
)
from galactica.engrave.primer.fonts import Fonts

PAGE_MM = 210.0
"""Width of a page; all other measures are reckoned by it."""

LEAST_HEIGHT_MM = 220.0
"""Of a page: a wider one has broader margins at its sides."""

_TOP = 14.0
_BOTTOM = 19.0
_TEXT = 4.1
_HEADINGS = {1: 7.5, 2: 5.2}
_MONO_MOST = 3.4
_MONO_LEAST = 2.75
_LEADING = 1.42
_REFERENCE = 100
_BREAK = "\u200b"  # before a piece that may stand on a new line, and has no space before it
LETTERS_WIDE = 0.6
"""Width of a letter of one width, as a share of its height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPiece:
    """A line of text, or a figure, at a place of a page; millimetres from the upper left corner."""

    x: float
    y: float
    size: float = 0.0
    text: str = ""
    mono: bool = False
    heavy: bool = False
    language: str = ""
    figure: PrimerFigure | None = None


@dataclass(slots=True, kw_only=True)
class _Pages:
    height: float
    pages: list[list[PlacedPiece]] = field(default_factory=lambda: [[]])
    at: float = _TOP

    @property
    def left(self) -> float:
        return self.height - _BOTTOM - self.at

    def turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self.at = _TOP

    def put(self, placed: PlacedPiece, high: float) -> None:
        self.pages[-1].append(placed)
        self.at += high


def set_pages(pieces: Iterable[Piece], fonts: Fonts, *, height: float) -> list[list[PlacedPiece]]:
    """What stands where, page by page.

    Args:
        height: of a page, in millimetres where its width is `PAGE_MM`.

    Raises:
        ValueError: a figure is higher than a page.
    """
    pages = _Pages(height=height)
    for piece in pieces:
        _PLACERS[type(piece)](pages, piece, fonts)
    return [page for page in pages.pages if page]


def _heading(pages: _Pages, piece: PrimerHeading, fonts: Fonts) -> None:
    size = _HEADINGS[piece.level]
    if piece.level == 1:
        pages.turn()
    else:
        pages.at += 2.5 if pages.pages[-1] else 0
        if pages.left < 30:
            pages.turn()
    for line in broken_lines(piece.text, fonts, size, TEXT_MM):
        pages.put(PlacedPiece(x=_margin(), y=pages.at, size=size, text=line, heavy=True), size * 1.3)
    pages.at += 2.0


def _words(pages: _Pages, piece: PrimerParagraph, fonts: Fonts) -> None:
    _paragraph(pages, piece.text, fonts, language=piece.language)
    pages.at += 1.9


def _paragraph(
    pages: _Pages, text: str, fonts: Fonts, *, mark: str = "", indent: float = 0.0, language: str = ""
) -> None:
    high = _TEXT * _LEADING
    lines = broken_lines(text, fonts, _TEXT, TEXT_MM - indent, language)
    if len(lines) > 1 and pages.left < 2 * high:
        pages.turn()
    for number, line in enumerate(lines):
        if pages.left < high:
            pages.turn()
        if mark and not number:
            pages.pages[-1].append(PlacedPiece(x=_margin() + 0.5, y=pages.at, size=_TEXT, text=mark))
        pages.put(PlacedPiece(x=_margin() + indent, y=pages.at, size=_TEXT, text=line, language=language), high)


def _steps(pages: _Pages, piece: Steps, fonts: Fonts) -> None:
    for number, item in enumerate(piece.items, 1):
        _paragraph(pages, item, fonts, mark=f"{number}." if piece.numbered else "-", indent=8.0)
        pages.at += 0.8
    pages.at += 1.2


def _listing(pages: _Pages, piece: Listing, fonts: Fonts) -> None:
    longest = max((len(line) for line in piece.lines), default=1)
    size = max(_MONO_LEAST, min(_MONO_MOST, TEXT_MM / (max(longest, 1) * LETTERS_WIDE)))
    high = size * 1.3
    whole = high * len(piece.lines) + (6.0 if piece.caption else 0)
    if (
        (piece.together or len(piece.lines) <= 12) and pages.left < whole <= pages.height - _TOP - _BOTTOM
    ) or pages.left < min(4, len(piece.lines)) * high + 6.0:
        pages.turn()
    if piece.caption:
        _paragraph(pages, piece.caption + ":", fonts)
    for line in piece.lines:
        if pages.left < high:
            pages.turn()
        pages.put(PlacedPiece(x=_margin(), y=pages.at, size=size, text=line, mono=True), high)
    pages.at += 2.6


def _figure(pages: _Pages, piece: PrimerFigure, fonts: Fonts) -> None:
    room = pages.height - _TOP - _BOTTOM
    if piece.height > room:
        raise ValueError(f"a figure {piece.height} mm high is higher than a page ({room} mm)")
    if pages.left < piece.height + (7.0 if piece.caption else 0):
        pages.turn()
    pages.put(PlacedPiece(x=_margin(), y=pages.at, figure=piece), piece.height + 1.5)
    if piece.caption:
        _paragraph(pages, piece.caption, fonts, indent=8.0)
    pages.at += 2.5


def _new_page(pages: _Pages, piece: NewPage, fonts: Fonts) -> None:
    pages.turn()


_PLACERS: dict[type[Piece], Callable[[_Pages, Any, Fonts], None]] = {
    PrimerHeading: _heading,
    PrimerParagraph: _words,
    Steps: _steps,
    Listing: _listing,
    PrimerFigure: _figure,
    NewPage: _new_page,
}


def footer(left: str, right: str, height: float) -> list[PlacedPiece]:
    """The line at the bottom of a page: what it is, and what it belongs to."""
    return [
        PlacedPiece(x=_margin(), y=height - 15.5, size=3.6, text=left),
        PlacedPiece(x=_margin(), y=height - 10.5, size=2.75, text=right, mono=True),
    ]


def _margin() -> float:
    return (PAGE_MM - TEXT_MM) / 2


def broken_lines(text: str, fonts: Fonts, size: float, width: float, language: str = "") -> list[str]:
    """Lines of the text no wider than `width` millimetres. A word wider than that, or a text in a script without spaces
    between words, is broken between any two characters."""
    font = fonts.for_text(text, _REFERENCE) or fonts.text(_REFERENCE)
    most = width * _REFERENCE / size
    lengths: dict[str, float] = {}

    def length(part: str) -> float:
        if part not in lengths:
            lengths[part] = font.getlength(part)
        return lengths[part]

    lines: list[str] = []
    line, used = "", 0.0
    for word in _words_of(text):
        gap = "" if word.startswith(_BREAK) else " "
        word = word.removeprefix(_BREAK)
        if line and used + length(gap) + length(word) <= most:
            line, used = line + gap + word, used + length(gap) + length(word)
            continue
        if line:
            lines.append(line)
        while length(word) > most and len(word) > 1:
            cut = next(cut for cut in range(len(word) - 1, 0, -1) if cut == 1 or font.getlength(word[:cut]) <= most)
            lines.append(word[:cut])
            word = word[cut:]
        line, used = word, length(word)
    return [*lines, line] if line else lines


def _words_of(text: str) -> Iterator[str]:
    """Words; before a character of a script without spaces stands U+200B: the line may break there, without a space."""
    for word in text.split():
        if any(_unspaced(letter) for letter in word):
            run = ""
            for letter in word:
                closing = letter in "，。、；：！？）」』》"
                if run and not closing and (_unspaced(letter) or _unspaced(run[-1])):
                    yield run
                    run = _BREAK
                run += letter
            yield run
        else:
            yield word


def _unspaced(letter: str) -> bool:
    code = ord(letter)
    return (
        0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or letter in "，。、；：！？「」"
    )
