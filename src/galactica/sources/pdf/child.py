"""The process that opens a PDF and tells what stands on its pages, so that nothing the file does can hurt its reader.

Run by `source`: `python -P -m galactica.sources.pdf.child FILE FIRST_PAGE`. The facts come first, then each page once.
"""

from __future__ import annotations

from pathlib import Path

from galactica.sources.child_frame import tell_to_pipe
from galactica.sources.child_message import MAX_CONTENT, ChildMessage, Teller
from galactica.sources.pdf.page import PdfFacts, packed_value
from galactica.sources.pdf.xmp import packet_in

DATA_LIMIT = 700 * 2**20
"""Bytes of memory this process may take for itself, against pages that unpack to more than a machine has. The largest
page of a scanned newspaper takes some 200 MB to look at."""

INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
"""Of the information dictionary."""


def tell_all(path: Path, start: int, teller: Teller) -> None:
    """Open the file and tell everything from page `start` (counted from 0) on."""
    from galactica.sources.pdf.laying import laid_out
    from galactica.sources.pdf.native import ENCRYPTED, NativeDocument, UnreadableError
    from galactica.sources.pdf.native_page import NativePage

    try:
        document = NativeDocument(path)
    except UnreadableError as error:
        reason = "encrypted" if error.code == ENCRYPTED else ""
        teller.tell(ChildMessage(kind="failed", reason=reason, detail=str(error)))
        return
    facts = PdfFacts(
        info=tuple((name, document.info(name)) for name in INFO),
        xmp=packet_in(path, document.info("Producer"), document.info("CreationDate")),
        language=document.language(),
        labels=tuple(document.label(number) for number in range(document.pages)),
        outline=tuple(document.outline()),
        attached=tuple(document.attached()),
    )
    teller.tell(ChildMessage(kind="metadata", path="facts", content=packed_value(facts)))
    teller.tell(ChildMessage(kind="ready", number=document.pages, size=path.stat().st_size))
    for number in range(start, document.pages):
        try:
            page = NativePage(document, number)
        except UnreadableError as error:
            teller.tell(_bad(number, "unreadable", str(error)))
            continue
        content = packed_value(laid_out(page))
        page.close()
        if len(content) > MAX_CONTENT:
            teller.tell(_bad(number, "too-large", "more text than a page can have"))
        else:
            teller.tell(ChildMessage(kind="page", number=number, content=content))
    if document.stated > document.pages:
        rest = f"{document.stated:,} pages; those after {document.pages:,} are not read"
        teller.tell(_bad(document.pages, "too-many", rest))
    teller.tell(ChildMessage(kind="end"))


def _bad(number: int, reason: str, detail: str) -> ChildMessage:
    return ChildMessage(kind="bad", number=number, reason=reason, detail=detail)


if __name__ == "__main__":
    tell_to_pipe(tell_all, DATA_LIMIT)
