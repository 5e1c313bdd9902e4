"""PDFium, asked for what stands on a page. Runs in the child process only.

Nothing here is trusted to be sensible: counts are bounded, and whatever PDFium says of one mark may be wrong.
PDFium's functions are those of its public headers (fpdf_text.h, fpdf_edit.h, fpdf_structtree.h, fpdf_annot.h).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from galactica.sources.pdf.native import MAX_DEPTH, MAX_ENTRIES, Handle, NativeDocument, UnreadableError, text_of

MAX_OBJECTS = 60_000
"""Things drawn on a page that are looked at; a map has more, and no table."""

MAX_LETTERS = 400_000
"""Characters of a page; a dense newspaper page has 40,000."""


@dataclass(frozen=True, slots=True)
class TextObject:
    """What all letters of one text object share: transformed size, direction, look, marked content."""

    size: float
    direction: tuple[float, float]
    bold: bool
    italic: bool
    font: str
    mark: int
    artifact: bool


@dataclass(frozen=True, slots=True)
class PdfLetter:
    """A character: code point (0 for a space), box (left, bottom, right, top), baseline point, whether PDFium found no
    letter for it, whether it ends a broken word, and its text object."""

    code: int
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    unknown: bool
    hyphen: bool
    object: TextObject | None


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure: what it is, its children and the marked content that it holds, in order."""

    kind: str
    children: tuple[Element | int, ...]


class NativePage:
    """A page that is loaded; `close` it.

    Attributes:
        bounds: left, bottom, right, top of what is shown, in the page's own space.
        rotation: quarter turns clockwise by which it is shown.
        beyond: how many characters it has beyond `MAX_LETTERS`; known when they were read.
    """

    def __init__(self, document: NativeDocument, number: int) -> None:
        self._document = document
        self._page = pdfium.FPDF_LoadPage(document.handle, number)
        if not self._page:
            raise UnreadableError(pdfium.FPDF_GetLastError(), "the page cannot be loaded")
        self._text = pdfium.FPDFText_LoadPage(self._page)
        self.rotation = pdfium.FPDFPage_GetRotation(self._page) % 4
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(self._page, box)
        self.bounds = (box.left, box.bottom, box.right, box.top)
        self.beyond = 0
        self._fonts: dict[int, tuple[str, bool, bool]] = {}

    def close(self) -> None:
        """Let go of it."""
        if self._text:
            pdfium.FPDFText_ClosePage(self._text)
        pdfium.FPDF_ClosePage(self._page)

    def letters(self) -> Iterator[PdfLetter]:
        """The characters in PDFium's order; the first `MAX_LETTERS`."""
        if not self._text:
            return
        text, box, x, y = self._text, pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        known, last, half = TextObject(0, (1, 0), False, False, "", -1, False), 0, 0
        count = pdfium.FPDFText_CountChars(text)
        self.beyond = max(0, count - MAX_LETTERS)
        for number in range(min(count, MAX_LETTERS)):
            code = pdfium.FPDFText_GetUnicode(text, number)
            handle = pdfium.FPDFText_GetTextObject(text, number)
            if not handle or pdfium.FPDFText_IsGenerated(text, number) == 1:
                yield PdfLetter(0, 0, 0, 0, 0, 0, 0, False, False, None)
                continue
            place = ctypes.addressof(handle.contents)
            if place != last:
                known, last = self._object(handle, number), place
            pdfium.FPDFText_GetLooseCharBox(text, number, box)
            pdfium.FPDFText_GetCharOrigin(text, number, x, y)
            unknown = pdfium.FPDFText_HasUnicodeMapError(text, number) == 1
            hyphen = code == 2 and not unknown
            if 0xD800 <= code < 0xDC00:  # PDFium tells such a character in the two halves of UTF-16
                half = code
                continue
            if 0xDC00 <= code < 0xE000 and half:
                code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00
            half = 0
            yield PdfLetter(
                code, box.left, box.bottom, box.right, box.top, x.value, y.value, unknown, hyphen, known
            )  # fmt: skip

    def _object(self, handle: Handle, number: int) -> TextObject:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, number, matrix)
        size = abs(pdfium.FPDFText_GetFontSize(self._text, number))
        height = (matrix.c**2 + matrix.d**2) ** 0.5
        font, bold, italic = self._font(pdfium.FPDFTextObj_GetFont(handle))
        mark, artifact = -1, False
        if self._document.tagged:
            mark = pdfium.FPDFPageObj_GetMarkedContentID(handle)
            artifact = mark < 0 and "Artifact" in self._marks(handle)
        return TextObject(size * height, (matrix.a, matrix.b), bold, italic, font, mark, artifact)

    def _marks(self, handle: Handle) -> list[str]:
        names = []
        for number in range(min(pdfium.FPDFPageObj_CountMarks(handle), 8)):
            mark = pdfium.FPDFPageObj_GetMark(handle, number)
            size = ctypes.c_ulong()
            buffer = (ctypes.c_ushort * 64)()
            if pdfium.FPDFPageObjMark_GetName(mark, buffer, 128, size):
                names.append(bytes(buffer)[: size.value].decode("utf-16-le", "replace").rstrip("\0"))
        return names

    def _font(self, handle: Handle) -> tuple[str, bool, bool]:
        if not handle:
            return "", False, False
        place = ctypes.addressof(handle.contents)
        if place not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            size = pdfium.FPDFFont_GetBaseFontName(handle, buffer, 256)
            name = buffer.raw[: max(0, min(size, 256))].rstrip(b"\0").decode("utf-8", "replace")
            flags = pdfium.FPDFFont_GetFlags(handle)
            bold, italic = bool(flags > 0 and flags & 1 << 18), bool(flags > 0 and flags & 1 << 6)
            self._fonts[place] = (name, bold, italic)
        return self._fonts[place]

    def lines_and_pictures(self) -> tuple[list[tuple[float, float, float, float]], int, int]:
        """(straight lines that are drawn: from x, y, to x, y; pictures; things drawn besides text)."""
        lines: list[tuple[float, float, float, float]] = []
        pictures = marks = 0
        for number in range(min(pdfium.FPDFPage_CountObjects(self._page), MAX_OBJECTS)):
            thing = pdfium.FPDFPage_GetObject(self._page, number)
            kind = pdfium.FPDFPageObj_GetType(thing) if thing else 0
            pictures += kind == pdfium.FPDF_PAGEOBJ_IMAGE
            marks += kind not in (0, pdfium.FPDF_PAGEOBJ_TEXT)
            if kind == pdfium.FPDF_PAGEOBJ_PATH and len(lines) < MAX_OBJECTS:
                lines.extend(_straight(thing))
        return lines, pictures, marks

    def links(self) -> Iterator[tuple[tuple[float, float, float, float], str]]:
        """(box, address) of the links that lead out of the file."""
        position, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        for _ in range(MAX_ENTRIES):
            if not pdfium.FPDFLink_Enumerate(self._page, position, link):
                return
            action = pdfium.FPDFLink_GetAction(link)
            if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_URI:
                size = min(pdfium.FPDFAction_GetURIPath(self._document.handle, action, None, 0), 4_096)
                buffer = ctypes.create_string_buffer(max(1, size))
                pdfium.FPDFAction_GetURIPath(self._document.handle, action, buffer, size)
                if pdfium.FPDFLink_GetAnnotRect(link, box):
                    address = buffer.value.decode("utf-8", "replace").strip()
                    yield (box.left, box.bottom, box.right, box.top), address

    def fields_and_notes(self) -> tuple[list[tuple[tuple[float, float, float, float], str]], int]:
        """((box, text) of what is filled in or written on the page, how many notes are only shown when asked for)."""
        found, notes, box = [], 0, pdfium.FS_RECTF()
        for number in range(min(pdfium.FPDFPage_GetAnnotCount(self._page), MAX_ENTRIES)):
            note = pdfium.FPDFPage_GetAnnot(self._page, number)
            if not note:
                continue
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            hidden = pdfium.FPDFAnnot_GetFlags(note) & 2
            name = {pdfium.FPDF_ANNOT_WIDGET: b"V", pdfium.FPDF_ANNOT_FREETEXT: b"Contents"}.get(kind)
            said = text_of(pdfium.FPDFAnnot_GetStringValue, note, name or b"Contents", limit=16_384)
            button = kind == pdfium.FPDF_ANNOT_WIDGET and pdfium.FPDFAnnot_GetValueType(note, b"V") == 4
            if name and said.strip() and not button and not hidden and pdfium.FPDFAnnot_GetRect(note, box):
                found.append(((box.left, box.bottom, box.right, box.top), said))
            elif not name and said.strip() and kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
                notes += 1
            pdfium.FPDFPage_CloseAnnot(note)
        return found, notes

    def structure(self) -> tuple[Element, ...]:
        """The elements of the page's structure; () where it has none."""
        tree = pdfium.FPDF_StructTree_GetForPage(self._page) if self._document.tagged else None
        if not tree:
            return ()
        left = [MAX_ENTRIES]
        roots = (
            pdfium.FPDF_StructTree_GetChildAtIndex(tree, number)
            for number in range(min(pdfium.FPDF_StructTree_CountChildren(tree), MAX_ENTRIES))
        )
        found = tuple(_element(root, left, 0) for root in roots if root)
        pdfium.FPDF_StructTree_Close(tree)
        return found


def _element(handle: Handle, left: list[int], depth: int) -> Element:
    kind = text_of(pdfium.FPDF_StructElement_GetType, handle, limit=128)
    children: list[Element | int] = []
    for number in range(max(0, pdfium.FPDF_StructElement_CountChildren(handle))):
        if left[0] <= 0 or depth >= MAX_DEPTH:
            break
        left[0] -= 1
        child = pdfium.FPDF_StructElement_GetChildAtIndex(handle, number)
        if child:
            children.append(_element(child, left, depth + 1))
        elif (mark := pdfium.FPDF_StructElement_GetChildMarkedContentID(handle, number)) >= 0:
            children.append(mark)
    return Element(kind, tuple(children))


def _straight(path: Handle) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of a path that is stroked, or of a thin one that is filled; in the page's space."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= 400:
        return
    fill, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    if min(right.value - left.value, top.value - bottom.value) < 3:  # a rule, drawn as a line or as a thin box
        if right.value - left.value > top.value - bottom.value:
            middle = (top.value + bottom.value) / 2
            yield left.value, middle, right.value, middle
        else:
            middle = (left.value + right.value) / 2
            yield middle, bottom.value, middle, top.value
        return
    if not stroke.value:
        return
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    start = last = (0.0, 0.0)
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield *last, *here
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield *last, *start
            last = start
