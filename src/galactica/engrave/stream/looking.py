"""Looking at scans one by one, and keeping the sheets on them; one that was looked at is not looked at again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from galactica.engrave.sheet.header import SheetHeader
from galactica.engrave.stream.kept import SheetStore
from galactica.progress import Report

_LINE: Final = 2**20
"""Bytes of a line of what is kept of scans."""


class ReadSheet(Protocol):
    """What reading a picture of a page gives."""

    @property
    def header(self) -> SheetHeader | None:
        """Of the sheet on it; None where there is none, or it cannot be read."""

    @property
    def payload(self) -> bytes | None:
        """Of the sheet; None where it cannot be read."""

    @property
    def wrong(self) -> float:
        """Share of the symbols that were wrong."""

    @property
    def reason(self) -> str:
        """Why there is no payload, for people."""


Scanner = Callable[[Path], Iterable[ReadSheet]]
"""File → what is found on each of its pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPage:
    """A page of a scan on which no sheet could be read.

    Attributes:
        file: its name; page: from 1.
        reason: for people.
        sheet: number of the sheet, from 0, where at least that could be read; else -1.
    """

    file: str
    page: int
    reason: str
    sheet: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedScans:
    """What is known of the scans.

    Attributes:
        files: that have pages; pages: of all of them.
        unread: pages on which no sheet could be read.
        sheets: (set, number of the sheet) of each page that has one.
    """

    files: int
    pages: int
    unread: tuple[UnreadPage, ...]
    sheets: tuple[tuple[str, int], ...]


def look_at_scans(folder: Path, kept: Path, store: SheetStore, scanner: Scanner, report: Report) -> LookedScans:
    """Look at each scan that was not looked at before, and keep its sheets.

    Args:
        folder: of scans, in any order; what no reader takes for a picture gives no pages.
        kept: file of what was found, a line of JSON for each scan, added when all its sheets are kept.
        store: keeps the sheets.
        report: stages "scans" (files), "pages" (of a file).
    """
    files = sorted(each for each in folder.iterdir() if each.is_file())
    known = {_stamp_of(line): line for line in _lines(kept)}
    found: list[dict[str, Any]] = []
    for done, file in enumerate(files):
        report("scans", done, len(files), "files")
        seen = file.stat()
        stamp = (file.name, seen.st_size, seen.st_mtime_ns)
        line = known.get(stamp)
        if line is None:
            line = {"file": file.name, "size": seen.st_size, "time": seen.st_mtime_ns, "pages": []}
            for page in scanner(file):
                line["pages"].append(_kept(page, store))
                report("pages", len(line["pages"]), None, "pages")
            with kept.open("a", encoding="ascii") as log:
                log.write("\n" + json.dumps(line) + "\n")  # behind a line that a killed run did not finish
        found.append(line)
    report("scans", len(files), len(files), "files")
    unread, sheets = [], []
    for line in found:
        for number, page in enumerate(line["pages"], 1):
            if page["reason"]:
                unread.append(
                    UnreadPage(file=line["file"], page=number, reason=page["reason"], sheet=int(page["sheet"]))
                )
            else:
                sheets.append((str(page["set"]), int(page["sheet"])))
    return LookedScans(
        files=sum(bool(line["pages"]) for line in found),
        pages=len(unread) + len(sheets),
        unread=tuple(unread),
        sheets=tuple(sheets),
    )


def _kept(page: ReadSheet, store: SheetStore) -> dict[str, object]:
    """Keep the sheet of a page; what is written down of it."""
    header = page.header
    if header is None or page.payload is None:
        number = -1 if header is None else header.sheet
        return {"set": "", "sheet": number, "reason": page.reason or "no sheet"}
    store.put(header, page.payload)
    return {"set": header.set_id.hex(), "sheet": header.sheet, "reason": ""}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """What is known of scans from an earlier run; a line that was not finished is as good as none."""
    try:
        with path.open("rb") as file:
            while raw := file.readline(_LINE):
                try:
                    line = json.loads(raw)
                    pages = [
                        {"set": str(p["set"]), "sheet": int(p["sheet"]), "reason": str(p["reason"])}
                        for p in line["pages"]
                    ]
                    yield {
                        "file": str(line["file"]),
                        "size": int(line["size"]),
                        "time": int(line["time"]),
                        "pages": pages,
                    }
                except (ValueError, KeyError, TypeError, RecursionError):
                    continue
    except FileNotFoundError:
        return


def _stamp_of(line: dict[str, Any]) -> tuple[str, int, int]:
    return line["file"], line["size"], line["time"]
