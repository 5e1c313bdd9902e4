"""PDFium, asked for what a file is and says of itself. With `native_page` all that knows it; in the child process only.

Nothing here is trusted to be sensible: counts are bounded, and whatever PDFium says of one mark may be wrong.
PDFium's functions are those of its public headers (fpdf_text.h, fpdf_edit.h, fpdf_structtree.h, fpdf_doc.h).
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from galactica.sources.pdf.page import OutlineEntry

MAX_PAGES = 20_000
"""Pages of a file; the largest books have some thousands."""

MAX_ENTRIES = 20_000
"""Bookmarks of a file, elements of a page's structure, links of a page: of each."""

MAX_DEPTH = 48
"""Elements and bookmarks inside each other."""

ENCRYPTED = 4
"""FPDF_ERR_PASSWORD."""

_SHORT = 2_048
"""Bytes of a name or title that are looked at."""


Handle = Any
"""What PDFium hands out, or takes: a pointer, a number, a name."""


class UnreadableError(Exception):
    """PDFium cannot open it; `code` is its error."""

    def __init__(self, code: int, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def text_of(ask: Callable[..., int], *asked: Handle, limit: int = _SHORT) -> str:
    """A string of PDFium's: `ask(*asked, buffer, size)` gives its size in bytes and fills the buffer (UTF-16LE)."""
    size = min(ask(*asked, None, 0), limit)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(*asked, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - size % 2].decode("utf-16-le", "replace").rstrip("\0").replace("\0", "")


class NativeDocument:
    """An open file.

    Attributes:
        stated: pages that it says it has.
        pages: those that are read.
        tagged: whether it says what its text is.

    Raises:
        UnreadableError: PDFium cannot open it.
    """

    def __init__(self, path: Path) -> None:
        pdfium.FPDF_InitLibrary()
        self.handle = pdfium.FPDF_LoadDocument(os.fsencode(path), None)
        if not self.handle:
            code = pdfium.FPDF_GetLastError()
            raise UnreadableError(code, {2: "it cannot be opened", 3: "it is damaged or no PDF"}.get(code, "unknown"))
        self.stated = max(0, pdfium.FPDF_GetPageCount(self.handle))
        self.pages = min(self.stated, MAX_PAGES)
        self.tagged = bool(pdfium.FPDFCatalog_IsTagged(self.handle))

    def info(self, name: str) -> str:
        """A value of the information dictionary."""
        return text_of(pdfium.FPDF_GetMetaText, self.handle, name.encode(), limit=8_192)

    def language(self) -> str:
        """What the catalogue says."""
        return text_of(pdfium.FPDFCatalog_GetLanguage, self.handle, limit=256)

    def label(self, number: int) -> str:
        """The label of a page, "" for none."""
        return text_of(pdfium.FPDF_GetPageLabel, self.handle, number, limit=256)

    def attached(self) -> list[str]:
        """Names of the files that are attached."""
        count = min(max(0, pdfium.FPDFDoc_GetAttachmentCount(self.handle)), MAX_ENTRIES)
        files = (pdfium.FPDFDoc_GetAttachment(self.handle, number) for number in range(count))
        return [text_of(pdfium.FPDFAttachment_GetName, file) for file in files if file]

    def outline(self) -> Iterator[OutlineEntry]:
        """The bookmarks in their order; one that comes again ends its branch."""
        seen: set[int] = set()

        def below(parent: Handle, level: int) -> Iterator[OutlineEntry]:
            mark = pdfium.FPDFBookmark_GetFirstChild(self.handle, parent)
            while mark and len(seen) < MAX_ENTRIES:
                place = ctypes.cast(mark, ctypes.c_void_p).value or 0
                if place in seen:
                    return
                seen.add(place)
                title = text_of(pdfium.FPDFBookmark_GetTitle, mark)
                page, top = self._destination(mark)
                yield OutlineEntry(level=level, title=" ".join(title.split())[:500], page=page, top=top)
                if level < MAX_DEPTH:
                    yield from below(mark, level + 1)
                mark = pdfium.FPDFBookmark_GetNextSibling(self.handle, mark)

        yield from below(None, 0)

    def _destination(self, mark: Handle) -> tuple[int, float]:
        to = pdfium.FPDFBookmark_GetDest(self.handle, mark)
        if not to:
            action = pdfium.FPDFBookmark_GetAction(mark)
            to = pdfium.FPDFAction_GetDest(self.handle, action) if action else None
        if not to:
            return -1, -1.0
        page = pdfium.FPDFDest_GetDestPageIndex(self.handle, to)
        has = [pdfium.FPDF_BOOL() for _ in range(3)]
        at = [pdfium.FS_FLOAT() for _ in range(3)]
        pdfium.FPDFDest_GetLocationInPage(to, *has, *at)
        return (page, float(at[1].value) if has[1].value else -1.0) if 0 <= page < self.pages else (-1, -1.0)
