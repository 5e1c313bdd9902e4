"""The sheets in a file of scans: PNG, TIFF of many pages, JPEG, PGM, PBM, WebP, BMP, PDF; read in a process of its own.

A page that crashes or silences that process is left out and told, and a new one goes on behind it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from galactica.codes.child import child_command
from galactica.engrave.scans.child import unpacked_found
from galactica.engrave.scans.reading import SheetFound
from galactica.errors import MissingError
from galactica.sources.child_guard import ChildFailedError, ChildTerms, GuardedReading

_TERMS = ChildTerms(
    command=child_command("galactica.engrave.scans.child"),
    called="what reads scans",
    part=("page", ""),
    silence=600.0,  # A3 at 1200 dpi takes some two minutes on a slow machine
    crashes=5,
)


def sheets_in(path: Path) -> Iterator[SheetFound]:
    """What is found on each page of a file, in their order: each page once.

    A file that cannot be opened gives one `SheetFound` with the reason.

    Raises:
        MissingError: Pillow, or for a PDF pypdfium2, is needed and not installed.
    """
    try:
        reading = GuardedReading(_TERMS, str(path.resolve()))
    except ChildFailedError as error:
        if error.reason == "missing":
            problem, remedy = json.loads(str(error))
            raise MissingError(problem, remedy) from error
        yield SheetFound(reason=str(error) or "the file cannot be read")
        return
    try:
        for message in reading.messages():
            if message.kind == "page":
                try:
                    yield unpacked_found(message.content)
                except (ValueError, KeyError, TypeError):
                    yield SheetFound(reason="what reads scans said what cannot be")
            elif message.kind == "bad":
                yield SheetFound(reason=message.detail or "the page cannot be read")
    finally:
        reading.close()
