"""The records of a web archive, WARC or ARC, one after the other, whatever has happened to the file.

A record is a header and a block of as many bytes as the header says. Whether it says so truly is seen by what follows:
a blank line and the next header, or the end of the file or of the packed member (`warc_flow`). Where that is not so,
1. a header that stands inside the block begins the next record there: the length was too great, or bytes are missing;
2. else the block goes on to the next header, where no blank line ends it: the length was too small;
3. else it is whole, and what lies before the next header is a damaged record, told by its number of bytes.
So what comes after damage is found, and every byte is in a record or in a gap that is told.

Standards: WARC 1.0 and 1.1 (ISO 28500:2017) §4 to 6; the ARC format of the Internet Archive, versions 1 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from galactica.sources.warc_fields import arc_fields, warc_fields
from galactica.sources.warc_flow import Flow
from galactica.sources.warc_marks import ARC_LINE, ARC_LOOSE, HEADER_END, WARC_LINE, begins_header, next_header

MAX_HEADER = 2**18
"""Bytes of a record's own header; a URL has at most a few thousand, and there are some ten lines."""

LOOKED_FOR = 2**16
"""Bytes that are looked through at a time for the next header."""

STEP = 4096
"""Bytes that are looked at first of a header."""

_LINE_END = re.compile(rb"\r?\n")
_BLANK = re.compile(rb"[ \t]*\r?\n[ \t]*\r?\n")
_OVERLAP = 9000
"""Bytes of a piece that are looked at again with the next: a header may begin at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A record, or a gap between records that was none.

    Attributes:
        number: its place in the file, from 0; gaps count.
        form: "warc", "arc" or "gap".
        fields: of its header, names in lower case; the first of several. Of an ARC those that a WARC would have.
        block: its bytes, or their beginning where more were not asked for.
        length: bytes that it has.
        fault: what is wrong with it: "", "length" (it has other than stated), "truncated", "checksum", "too-large",
            "damaged" (a gap).
        stated: bytes that it should have; -1 where no number is stated.
    """

    number: int
    form: str
    fields: dict[str, str]
    block: bytes = field(repr=False)
    length: int
    fault: str = ""
    stated: int = -1


HeldBytes = Callable[[int, dict[str, str]], int]
"""(number, fields) → how many bytes of a record's block are wanted."""


class Records:
    """Read a flow as records.

    Args:
        wanted: how much of each block is held; the rest is read and let go.
        number: of the first record; then of the one after the last.
    """

    def __init__(self, flow: Flow, wanted: HeldBytes, number: int = 0) -> None:
        self._flow = flow
        self._wanted = wanted
        self.number = number
        self._form = ""
        self._pending = ""  # fault of the member that ended last

    def read(self) -> Iterator[WarcRecord]:
        """Yield every record, in order; every byte but blank lines between them is in one."""
        fault = ""  # of the member before, where no record is left to tell it of
        while True:
            edge = self._flow.edge()
            fault = (edge.fault if edge else "") or fault
            if not self._blank():
                break
            head = self._header()
            self._form = head[0] if head else self._form
            record = self._record(*head) if head else self._gap(fault)
            fault = ""
            if record:
                yield record
                self.number += 1
        if fault:
            yield WarcRecord(number=self.number, form="gap", fields={}, block=b"", length=0, fault=fault)
            self.number += 1

    def _blank(self) -> bool:
        """Skip blank lines; False at the end."""
        flow = self._flow
        while start := flow.peek(STEP):
            blank = len(start) - len(start.lstrip(b"\r\n \t\0"))
            if not blank:
                return True
            flow.piece(blank)
        return False

    def _header(self) -> tuple[str, dict[str, str], int] | None:
        """Take a record's header: (form, fields, stated length); None where none stands here."""
        start = self._flow.peek(STEP)
        stop = next((far for far, edge in self._flow.edges(STEP) if edge.fault or WARC_LINE.match(start, far)), STEP)
        if begins_header(start[:stop]):
            size = self._header_size()
            return None if size == 0 else ("warc", *warc_fields(self._take(size)))
        if b":" in start[:20]:
            line = self._flow.peek(LOOKED_FOR) if b"\n" not in start else start
            found = ARC_LINE.match(line) or (ARC_LOOSE.match(line) if self._form == "arc" else None)
            if found:
                fields, stated = arc_fields(self._take(found.end()))
                self._flow.peek(1)
                return ("arc", fields, stated) if fields else None
        return None

    def _header_size(self) -> int:
        """Bytes of the header that stands here, with the blank line behind it; 0 where it has no end."""
        size = STEP
        while True:
            start = self._flow.peek(size)
            stop = next((far for far, edge in self._flow.edges(size) if edge.fault or WARC_LINE.match(start, far)), 0)
            found = HEADER_END.search(start, 0, stop or len(start))
            if found:
                return found.end()
            if stop or len(start) < size:
                return stop or len(start)  # the member or the file ends in it
            if size >= MAX_HEADER:
                return 0
            size *= 2

    def _take(self, size: int) -> bytes:
        pieces = []
        while size and (piece := self._flow.piece(size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _record(self, form: str, fields: dict[str, str], stated: int) -> WarcRecord:
        flow, want = self._flow, self._wanted(self.number, fields)
        start = flow.position
        if stated > flow.rest:  # it breaks off, or its length is a lie: then there is no need to read on to the end
            inside = self._inside(start, flow.rest)
            flow.back(start)
            held, length, fault = self._block(inside - start if inside >= 0 else stated, want)
            fault = fault or ("length" if inside >= 0 else "truncated")
        else:
            held, length, fault = self._block(max(0, stated), want)
            if not fault and (length < stated or stated < 0 or not self._follows(form)):
                held, length, fault = self._mended(form, start, held, length, stated, want)
        if fault == "length" and len(held) == length:
            held = _trimmed(held)
        fault = self._ended() or fault
        return WarcRecord(
            number=self.number, form=form, fields=fields, block=held, length=length, fault=fault, stated=stated
        )

    def _mended(
        self, form: str, start: int, held: bytes, length: int, stated: int, want: int
    ) -> tuple[bytes, int, str]:
        """A block that is not followed by what it should be: (what is held of it, bytes, fault)."""
        inside = self._inside(start, length) if stated > 0 else -1
        if inside >= 0:
            return held[: inside - start], inside - start, "length"
        if length < stated:
            return held, length, "truncated"
        blank = _BLANK if form == "warc" else _LINE_END
        if stated >= 0 and blank.match(self._flow.peek(64)):
            return held, length, ""
        more, added = self._until_header(max(0, want - len(held)))
        return held + more, length + added, "length" if added or stated < 0 else ""

    def _ended(self) -> str:
        """Skip what is left behind a block; returns what is wrong with the member if that ends there."""
        flow = self._flow
        fault, self._pending = self._pending, ""
        while not fault:
            edge = flow.edge()
            if edge:
                return edge.fault
            start = flow.peek(STEP)
            if start[:1] in (b"\r", b"\n"):
                flow.piece(1)
                continue
            tail = next(((far, end.fault) for far, end in flow.edges(STEP) if end.fault), None)
            if tail is None or begins_header(start[: tail[0]]) or ARC_LINE.match(start[: tail[0]]):
                return ""
            self._take(tail[0])  # of a damaged member what its record does not count as its own
            fault = tail[1]
        flow.edge()
        return fault

    def _block(self, size: int, want: int) -> tuple[bytes, int, str]:
        """Read so many bytes: (what is held of them, how many there were, fault)."""
        flow = self._flow
        pieces: list[bytes] = []
        held = length = 0
        while length < size:
            edge = flow.edge()
            if edge and (edge.fault or WARC_LINE.match(flow.peek(STEP)) or ARC_LINE.match(flow.peek(STEP))):
                return b"".join(pieces), length, edge.fault or "truncated"
            piece = flow.piece(size - length)
            if not piece:
                break
            length += len(piece)
            if held < want:
                pieces.append(piece[: want - held])
                held += len(pieces[-1])
        edge = flow.edge()
        return b"".join(pieces), length, edge.fault if edge else ""

    def _follows(self, form: str) -> bool:
        """Whether what stands behind a block is as it should be: a header, after blank lines or none."""
        start = self._flow.peek(STEP)
        rest = start.lstrip(b"\r\n")
        if not rest:
            return True
        if form == "arc":
            line = rest if b"\n" in rest else self._flow.peek(LOOKED_FOR).lstrip(b"\r\n")
            return bool(ARC_LINE.match(line) or ARC_LOOSE.match(line))
        return begins_header(rest)

    def _inside(self, start: int, length: int) -> int:
        """The position of the first header inside a block, -1 for none; reading then goes on there, else behind it."""
        flow, end = self._flow, start + length
        if not flow.back(start):
            return -1
        size = STEP
        while flow.position < end:
            window = flow.peek(size + _OVERLAP)[: end - flow.position]
            found = next_header(window)
            if found is not None and (found < size or len(window) <= size):
                self._take(found)
                return flow.position
            self._take(min(size, len(window)))
            size = min(2 * size, LOOKED_FOR)
        return -1

    def _until_header(self, want: int) -> tuple[bytes, int]:
        """Take what lies before the next header or the end of the member: (as much of it as is wanted, bytes)."""
        flow = self._flow
        pieces: list[bytes] = []
        held = length = 0
        size = STEP
        while window := flow.peek(size + _OVERLAP):
            edge = flow.edge() if length else None
            if edge:
                self._pending = edge.fault
                break
            # One byte earlier: a header may stand at the very beginning, and a line's end must be before it.
            found = next_header(b"\n" + window)
            piece = flow.piece(size if found is None else max(0, found - 1))
            if not piece:
                break
            length += len(piece)
            if held < want:
                pieces.append(piece[: want - held])
                held += len(pieces[-1])
            size = min(2 * size, LOOKED_FOR)
        return b"".join(pieces), length

    def _gap(self, fault: str) -> WarcRecord | None:
        """What stands where a header should: all before the next one."""
        begun = self._flow.peek(5) == b"WARC/"
        first = self._take(1)
        _, length = self._until_header(0)
        reason = fault or self._ended() or ("truncated" if begun and not self._flow.peek(1) else "damaged")
        return WarcRecord(
            number=self.number, form="gap", fields={}, block=first, length=length + len(first), fault=reason
        )


def _trimmed(block: bytes) -> bytes:
    """A block without the blank line that ends a record."""
    for end in (b"\r\n\r\n", b"\n\n", b"\n"):
        if block.endswith(end):
            return block[: -len(end)]
    return block
