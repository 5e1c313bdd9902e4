"""Footnotes, endnotes and comments, text boxes and named places of a Word document of 97 to 2003.

Their texts lie one after the other behind the text; tables say which letter of the text is the mark of which. Standard:
[MS-DOC] §2.8.17 to §2.8.20, §2.8.11, §2.8.30 to §2.8.38, §2.9.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from galactica.sources.office import doc_file
from galactica.sources.office.doc_file import DocFile, joined_pairs
from galactica.sources.office.docx_numbers import number_written
from galactica.sources.office.flow import Remark, TextFlow, signed
from galactica.sources.office.inline import Line

MAX_TEXTS = 20
"""Notes and boxes in each other."""

MAX_BOOKMARKS = 50_000

_TEXT, _NOTES, _MARGINS, _COMMENTS, _ENDNOTES, _BOXES, _MARGIN_BOXES = 0, 1, 2, 4, 5, 6, 7
"""Parts of the text (`DocFile.counts`)."""


class DocNotes:
    """The notes of one document.

    Args:
        inner: reads what is in a note: (first letter, first after it, flow) → HTML.

    Attributes:
        custom: letters of the text that are marks of notes which somebody chose.
    """

    def __init__(self, file: DocFile, inner: Callable[[int, int, TextFlow], str]) -> None:
        self._file = file
        self._inner = inner
        self._counts: dict[str, int] = {}
        self._found: dict[int, tuple[str, int, int, bytes]] = {}
        tables = (
            ("footnote", _NOTES, doc_file.NOTE_MARKS, 2, doc_file.NOTE_TEXTS),
            ("endnote", _ENDNOTES, doc_file.ENDNOTE_MARKS, 2, doc_file.ENDNOTE_TEXTS),
            ("comment", _COMMENTS, doc_file.COMMENT_MARKS, 30, doc_file.COMMENT_TEXTS),
        )
        for kind, story, marks, size, texts in tables:
            for (mark, _, about), (begin, end) in zip(file.places(marks, size), file.texts(story, texts), strict=False):
                if begin < end:
                    self._found[mark] = kind, begin, end, about
        self.custom = frozenset(
            place for place, (kind, _, _, about) in self._found.items() if kind != "comment" and about[:2] == b"\0\0"
        )
        self._authors = list(_authors(file.structure(doc_file.AUTHORS)))

    def mark(self, place: int, sign: str, flow: TextFlow, line: Line) -> None:
        """Put the mark of the note whose mark is a letter into the line, and read the note."""
        if place not in self._found:
            if place < self._file.counts[0]:
                flow.dropped["office:missing-note"] += 1
            return  # in a note it is the note's own mark
        kind, begin, end, about = self._found.pop(place)  # each is read once, whatever stands in it
        count = self._counts[kind] = self._counts.get(kind, 0) + 1
        name = f"{kind}-{count}"
        mark = {"endnote": number_written(count, "lowerRoman"), "comment": f"c{count}"}.get(kind, str(count))
        if sign >= " ":
            mark = sign
        flow.notes[name] = Remark(mark=mark, html="")
        html = self._inner(begin, end, flow)
        if kind == "comment":
            author = int.from_bytes(about[20:22], "little")
            html = signed(self._authors[author] if author < len(self._authors) else "", html)
        flow.notes[name] = Remark(mark=mark, html=html)
        if html:
            flow.note(name, mark, line)


def _authors(raw: bytes) -> Iterator[str]:
    at = 0
    while at + 2 <= len(raw):
        size = int.from_bytes(raw[at : at + 2], "little")
        yield raw[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
        at += 2 + 2 * size


class TextBoxes:
    """The text boxes of one document, and where in the text, or in the heads and feet of its pages, they stand."""

    def __init__(self, file: DocFile) -> None:
        self._texts: dict[int, tuple[int, int]] = {}
        self._anchors: dict[int, int] = {}
        self._begin = file.part(_MARGIN_BOXES)[0]
        for story, texts, of, shapes in (
            (_BOXES, doc_file.BOXES, _TEXT, doc_file.SHAPES),
            (_MARGIN_BOXES, doc_file.MARGIN_BOXES, _MARGINS, doc_file.MARGIN_SHAPES),
        ):
            begin, last = file.part(story)
            after = begin
            rows = file.places(texts, 22)
            for start, end, about in rows[:-1]:  # the last one stands for the end of them
                shape = int.from_bytes(about[14:18], "little")
                if after <= begin + start < begin + end <= last:
                    after = begin + end
                    named = shape and shape not in self._texts
                    self._texts[shape if named else -1 - begin - start] = (begin + start, after)
            for place, _, about in file.places(shapes, 26):
                self._anchors[file.part(of)[0] + place] = int.from_bytes(about[:4], "little")

    def shape(self, place: int) -> int:
        """The number of the shape that stands at a letter; 0 for none."""
        return self._anchors.get(place, 0)

    def at(self, place: int) -> tuple[int, int] | None:
        """The text of the box that stands at a letter; None where what stands there is none. Each is given once."""
        return self._texts.pop(self.shape(place), None)

    def left(self, *, margins: bool) -> list[tuple[int, int]]:
        """The texts of boxes that were not given: those in groups of shapes.

        Args:
            margins: of the heads and feet of pages.
        """
        found = {shape: text for shape, text in self._texts.items() if (text[0] >= self._begin) == margins}
        for shape in found:
            del self._texts[shape]
        return list(found.values())


def bookmarks(file: DocFile) -> dict[int, list[str]]:
    """Letter of the text → names of the places that begin there."""
    raw = file.structure(doc_file.BOOKMARK_NAMES)
    names: list[str] = []
    at = 6
    while at + 2 <= len(raw) and len(names) < MAX_BOOKMARKS:
        size = int.from_bytes(raw[at : at + 2], "little")
        names.append(joined_pairs(raw[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")))
        at += 2 + 2 * size
    found: dict[int, list[str]] = {}
    for (place, _, _), name in zip(file.places(doc_file.BOOKMARKS, 4), names, strict=False):
        found.setdefault(place, []).append(name)
    return found
