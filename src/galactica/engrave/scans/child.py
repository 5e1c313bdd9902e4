"""The process that opens scans and reads the sheets on them, so that no file can hurt its reader.

Run by `files`: `python -P -m galactica.engrave.scans.child FILE FIRST_PAGE`. Each page is told once, as a message whose
content is what `packed_found` makes; "bad" with a reason where it cannot be looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from galactica.engrave.scans.pdf_pages import pdf_pages
from galactica.engrave.scans.pictures import MOST_PAGES, NoPagesError, picture_pages
from galactica.engrave.scans.pixels import Grey
from galactica.engrave.scans.reading import SheetFound, read_sheet
from galactica.engrave.sheet.header import HEADER_BYTES, NoHeaderError, pack_header, unpack_header
from galactica.errors import MissingError
from galactica.sources.child_frame import tell_to_pipe
from galactica.sources.child_message import ChildMessage, Teller

DATA_LIMIT: Final = 3 * 2**30
"""Bytes of memory this process may take for itself: A4 at 1200 dpi takes 1.3 GB to read."""


def tell_scans(path: Path, start: int, teller: Teller) -> None:
    """Open the file and tell every page from number `start` on."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
        opened: Iterator[Grey | NoPagesError] = (
            pdf_pages(path, start) if b"%PDF-" in head else picture_pages(path, start)
        )
        page = next(opened, None)
    except MissingError as error:
        teller.tell(ChildMessage(kind="failed", reason="missing", detail=json.dumps([error.problem, error.remedy])))
        return
    except (NoPagesError, OSError, MemoryError) as error:
        teller.tell(ChildMessage(kind="failed", detail=str(error) or type(error).__name__))
        return
    teller.tell(ChildMessage(kind="ready", number=MOST_PAGES))
    number = start
    while page is not None:
        if isinstance(page, NoPagesError):
            teller.tell(ChildMessage(kind="bad", number=number, detail=str(page)))
        else:
            try:
                teller.tell(ChildMessage(kind="page", number=number, content=packed_found(read_sheet(page))))
            except MemoryError:
                teller.tell(ChildMessage(kind="bad", number=number, detail="it takes more memory than a scan may"))
        try:
            page = next(opened, None)
        except (NoPagesError, OSError, MemoryError) as error:
            teller.tell(ChildMessage(kind="bad", number=number + 1, detail=str(error) or type(error).__name__))
            break
        number += 1
    teller.tell(ChildMessage(kind="end"))


def packed_found(found: SheetFound) -> bytes:
    """What was found on a page, for the pipe: a line of JSON, the header, the payload."""
    said = {"wrong": found.wrong, "right": found.right, "reason": found.reason, "payload": found.payload is not None}
    header = b"" if found.header is None or found.grid is None else pack_header(found.header, found.grid)
    return json.dumps(said).encode("ascii") + b"\n" + header + (found.payload or b"")


def unpacked_found(packed: bytes) -> SheetFound:
    """What `packed_found` packed.

    Raises:
        ValueError: it packed nothing of the kind.
    """
    line, _, rest = packed.partition(b"\n")
    said = json.loads(line)
    header = grid = payload = None
    if rest:
        try:
            header, grid = unpack_header(rest[:HEADER_BYTES])
        except NoHeaderError as error:
            raise ValueError(str(error)) from error
        if said["payload"]:
            payload = rest[HEADER_BYTES:]
    return SheetFound(
        header=header,
        grid=grid,
        payload=payload,
        wrong=float(said["wrong"]),
        right=float(said["right"]),
        reason=str(said["reason"]),
    )


if __name__ == "__main__":
    tell_to_pipe(tell_scans, DATA_LIMIT)
