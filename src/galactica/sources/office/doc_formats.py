"""Which properties each letter and each paragraph of a Word document of 97 to 2003 has.

They lie on pages of 512 bytes, sorted by the places of the letters in the file, not by their numbers in the text: each
letter is looked up at its place. Standard: [MS-DOC] §2.4.6, §2.9.21 to §2.9.23, §2.9.175.
"""

from __future__ import annotations

import functools
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator

from galactica.sources.office import doc_file
from galactica.sources.office.doc_file import DocFile
from galactica.sources.office.doc_sprms import ELSEWHERE, ParagraphLook, apply_paragraph, short_sprm, sprms

_PAGE = 512

Ranges = list[tuple[int, int, bytes]]
"""(first byte, first byte after it, properties), sorted."""


class DocFormats:
    """The properties in one document."""

    def __init__(self, file: DocFile) -> None:
        self._file = file
        self._letters = _ranges(file, doc_file.LETTER_PAGES, _letter_properties)
        self._paragraphs = _ranges(file, doc_file.PARAGRAPH_PAGES, _paragraph_properties)
        self._letter_begins = [begin for begin, _, _ in self._letters]
        self._paragraph_begins = [begin for begin, _, _ in self._paragraphs]
        self._left = 2 * len(file.main) + 2**16
        self._short = functools.lru_cache(maxsize=1_000)(lambda said: short_sprm(said, file.extra))

    def runs(self, begin: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """(first letter, first after it, properties) of letters that look the same, in order."""
        while begin < end:
            piece = self._file.piece(begin)
            if piece is None:
                yield begin, end, b""
                return
            place = piece.place + (begin - piece.begin) * piece.width
            found, until = _at(self._letters, self._letter_begins, place)
            stop = min(end, piece.end)
            if until is not None:
                stop = min(stop, begin + max(1, -(-(until - place) // piece.width)))
            yield begin, stop, found + self._short(piece.said) if piece.said else found
            begin = stop

    def paragraph(self, mark: int) -> ParagraphLook:
        """What is said of the paragraph that a mark ends."""
        piece = self._file.piece(mark)
        look = ParagraphLook()
        if piece is None:
            return look
        found, _ = _at(self._paragraphs, self._paragraph_begins, piece.place + (mark - piece.begin) * piece.width)
        look.style = int.from_bytes(found[:2], "little")
        apply_paragraph(look, self._whole(found[2:]))
        if piece.said:
            apply_paragraph(look, self._short(piece.said))
        return look

    def _whole(self, raw: bytes) -> bytes:
        """Properties, or those elsewhere that they name."""
        if len(raw) != 6 or int.from_bytes(raw[:2], "little") not in ELSEWHERE:
            return raw
        ((_, value),) = sprms(raw)
        at, data = int.from_bytes(value, "little"), self._file.data
        size = int.from_bytes(data[at : at + 2], "little")
        self._left -= size
        return data[at + 2 : at + 2 + size] if self._left > 0 else raw


def _at(ranges: Ranges, begins: list[int], place: int) -> tuple[bytes, int | None]:
    """(properties at a byte, the byte at which others may begin; None for never)."""
    found = bisect_right(begins, place) - 1
    if found >= 0 and place < ranges[found][1]:
        until = ranges[found][1]
        if found + 1 < len(begins):
            until = min(until, begins[found + 1])
        return ranges[found][2], until
    return b"", begins[found + 1] if found + 1 < len(begins) else None


def _ranges(file: DocFile, number: int, properties: Callable[[bytes], Iterator[tuple[int, int, bytes]]]) -> Ranges:
    """The properties on all pages of a kind; each page is read once, however often the table names it."""
    numbers = dict.fromkeys(int.from_bytes(said, "little") & 0x3FFFFF for _, _, said in file.places(number, 4))
    pages = (file.main[each * _PAGE : (each + 1) * _PAGE] for each in numbers)
    found = [each for page in pages if len(page) == _PAGE for each in properties(page)]
    return sorted(found, key=lambda each: each[0])


def _letter_properties(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = min(page[511], 101)
    begins = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + number]
        said = page[at + 1 : at + 1 + page[at]] if at else b""
        if begins[number] < begins[number + 1]:
            yield begins[number], begins[number + 1], said


def _paragraph_properties(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = min(page[511], 29)
    begins = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + 13 * number]
        said = b""
        if at:
            size, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[min(at + 1, 511)], at + 2)
            said = page[at : at + size]
        if begins[number] < begins[number + 1]:
            yield begins[number], begins[number + 1], said
