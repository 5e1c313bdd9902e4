"""Where everything stands in a Word document of 97 to 2003: the block at its beginning, and the text by its pieces.

A document that was saved quickly has its text in many pieces, of one or of two bytes a letter, which a table puts in
order; notes, heads of pages and boxes follow the text in the same row of letters. Standard: [MS-DOC] Word (.doc) Binary
File Format §2.4.1, §2.5, §2.9.38.
"""

from __future__ import annotations

import itertools
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.faults import PartError

MAX_STREAM = 128 * 2**20
"""Bytes of a stream; the file itself has no more."""

MAX_LETTERS = 32 * 2**20
"""Letters of a document; Word itself writes no more."""

MAX_PIECES = 200_000
"""Pieces of one text. Word saves anew before it comes to a few thousand."""

STYLES, NOTE_MARKS, NOTE_TEXTS, COMMENT_MARKS, COMMENT_TEXTS, SECTIONS = 1, 2, 3, 4, 5, 6
MARGINS, LETTER_PAGES, PARAGRAPH_PAGES, FONTS, BOOKMARK_NAMES, BOOKMARKS = 11, 12, 13, 15, 21, 22
PIECES, AUTHORS, SHAPES, MARGIN_SHAPES, ENDNOTE_MARKS, ENDNOTE_TEXTS = 33, 36, 40, 41, 46, 47
DRAWINGS, BOXES, MARGIN_BOXES, LISTS, OVERRIDES = 50, 56, 58, 73, 74
"""Numbers of what the beginning of a document says the places of (`FibRgFcLcb97`, §2.5.6)."""

_WORD, _OLDEST = 0xA5EC, 0xC0
_PLACES = 154
_COUNTS = 76
"""Where the places and the numbers of letters stand at the beginning (§2.5.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocPiece:
    """Letters that lie together: from which letter of the text to which, where, how many bytes each, what holds for
    all of them (`Prm`)."""

    begin: int
    end: int
    place: int
    width: int
    said: int


class DocFile:
    """An open Word document.

    Attributes:
        text: all letters, one for each code unit of UTF-16, so that numbers of letters are those of the file.
        counts: how many letters the text, the notes, the heads and feet, macros, comments, endnotes, boxes, and the
            boxes in heads have, in this order.
        pieces: of the text, in order.
        extra: properties that pieces name by their numbers.
        lost: letters that the file says it has and has not.

    Raises:
        PartError: it is under a password, older than Word 97, or its text cannot be found.
    """

    def __init__(self, file: CompoundFile) -> None:
        self.compound = file
        self.main = file.read("WordDocument", MAX_STREAM)
        if len(self.main) < _PLACES:
            raise PartError("truncated", "a Word document that breaks off in its first bytes")
        kind, version = struct.unpack_from("<HH", self.main)
        flags = int.from_bytes(self.main[10:12], "little")
        if flags & 0x8100:
            raise PartError("encrypted", "it is under a password")
        if kind != _WORD or version < _OLDEST:
            raise PartError(
                "unsupported",
                "it is of Word 95 or older, which is not read: open it with LibreOffice and save it as .docx",
            )
        self._table = file.read("1Table" if flags & 0x0200 else "0Table", MAX_STREAM)
        self._data: bytes | None = None
        self.counts = tuple(max(count, 0) for count in struct.unpack_from("<8i", self.main, _COUNTS))
        self.pieces: list[DocPiece] = []
        self.extra: list[bytes] = []
        self._read_pieces(self.structure(PIECES))
        self._begins = [piece.begin for piece in self.pieces]
        self.text = self._letters()
        self.lost = max(sum(self.counts) - sum(piece.end - piece.begin for piece in self.pieces), 0)

    @property
    def data(self) -> bytes:
        """The stream of pictures and of long properties; b"" where there is none."""
        if self._data is None:
            self._data = self.compound.read("Data", MAX_STREAM) if self.compound.find("Data") else b""
        return self._data

    def structure(self, number: int) -> bytes:
        """What the beginning says the place of, by its number; b"" where it says none."""
        at, size = self._lies(number)
        return self._table[at : at + size] if size else b""

    def beyond(self, number: int) -> bytes:
        """The same, with all that follows it."""
        at, size = self._lies(number)
        return self._table[at:] if size else b""

    def _lies(self, number: int) -> tuple[int, int]:
        at = _PLACES + 8 * number
        many = int.from_bytes(self.main[152:154], "little")
        if number >= many or at + 8 > len(self.main):
            return 0, 0
        place, size = struct.unpack_from("<II", self.main, at)
        return place, size

    def places(self, number: int, size: int) -> list[tuple[int, int, bytes]]:
        """(first letter, first letter after it, what is said of it) of each row of a table of places (§2.2.2).

        Args:
            size: bytes that are said of each.
        """
        return list(place_rows(self.structure(number), size))

    def texts(self, story: int, number: int) -> list[tuple[int, int]]:
        """(first letter, first after it) of each text in a part, as a table of places says; an empty one for what lies
        over another, or outside.

        Args:
            story: the part, by its place in `counts`.
            number: of the table.
        """
        begin, last = self.part(story)
        found: list[tuple[int, int]] = []
        after = begin
        starts = [begin + start for start, _, _ in self.places(number, 0)]
        for start, end in itertools.pairwise(starts):
            whole = after <= start < end <= last
            found.append((start, end) if whole else (begin, begin))
            after = end if whole else after
        return found

    def part(self, story: int) -> tuple[int, int]:
        """The first letter of a part of the text by its place in `counts`, and the first after it."""
        begin = sum(self.counts[:story])
        return begin, min(begin + self.counts[story], len(self.text))

    def piece(self, letter: int) -> DocPiece | None:
        """The piece that a letter lies in."""
        found = bisect_right(self._begins, letter) - 1
        piece = self.pieces[found] if found >= 0 else None
        return piece if piece is not None and piece.begin <= letter < piece.end else None

    def _read_pieces(self, raw: bytes) -> None:
        at = 0
        while at + 3 <= len(raw) and raw[at] == 1:
            size = int.from_bytes(raw[at + 1 : at + 3], "little")
            self.extra.append(raw[at + 3 : at + 3 + size])
            at += 3 + size
        if at + 5 > len(raw) or raw[at] != 2:
            raise PartError("truncated", "a Word document whose table of pieces cannot be read")
        size = int.from_bytes(raw[at + 1 : at + 5], "little")
        left = 2 * len(self.main)
        last = 0
        for begin, end, about in place_rows(raw[at + 5 : at + 5 + size], 8):
            place, said = struct.unpack_from("<IH", about, 2)
            narrow = bool(place & 0x40000000)
            place &= 0x3FFFFFFF
            width, place = (1, place // 2) if narrow else (2, place)
            if begin != last or end <= begin:
                raise PartError("truncated", "a Word document whose table of pieces is broken")
            left -= (end - begin) * width
            if end > MAX_LETTERS and left >= 0:
                raise PartError("too-large", f"more than {MAX_LETTERS:,} letters")
            if left < 0 or len(self.pieces) >= MAX_PIECES:  # they lie over each other, or beyond the end
                break
            last = end
            end = min(end, begin + max(len(self.main) - place, 0) // width)
            self.pieces.append(DocPiece(begin=begin, end=end, place=place, width=width, said=said))
        if not any(piece.begin < piece.end for piece in self.pieces):
            raise PartError("truncated", "a Word document without text")

    def _letters(self) -> str:
        found: list[str] = []
        at = 0
        for piece in self.pieces:
            found.append("\0" * (piece.begin - at))  # letters that are beyond the end of the file
            raw = self.main[piece.place : piece.place + (piece.end - piece.begin) * piece.width]
            found.append(raw.decode("cp1252", "replace") if piece.width == 1 else code_units(raw))
            at = piece.end
        return "".join(found)


def place_rows(raw: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """The rows of a table of places: n+1 numbers of letters, then n times `size` bytes."""
    count = (len(raw) - 4) // (4 + size) if len(raw) >= 4 else 0
    if count <= 0:
        return
    letters = struct.unpack_from(f"<{count + 1}I", raw)
    at = 4 * (count + 1)
    for number in range(count):
        yield letters[number], letters[number + 1], raw[at + number * size : at + (number + 1) * size]


def code_units(raw: bytes) -> str:
    """Code units of UTF-16 as one letter each, so that pairs of them are two letters."""
    wide = bytearray(len(raw) // 2 * 4)
    wide[0::4], wide[1::4] = raw[: len(wide) // 2 : 2], raw[1 : len(wide) // 2 : 2]
    return wide.decode("utf-32-le", "surrogatepass")


def joined_pairs(text: str) -> str:
    """A text whose pairs of code units are letters again; half a pair is U+FFFD."""
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
