"""What a sheet says of itself: 64 bytes, written in several places. Source: docs/formats/page.md, "Header"."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass
from typing import Final, Literal

from galactica.engrave.sheet.layout import SheetGrid

HEADER_BYTES: Final = 64

FORMAT: Final = 1
"""The version of the format that is written."""

ROOT_BYTES, SET_BYTES, DIGEST_BYTES = 16, 8, 12

_FORM: Final = struct.Struct(">2sBB16s8sIIHBBBBBBI12s")
_MAGIC: Final = b"GS"
_KINDS: Final = ("data", "parity")
_BOUNDS: Final = {
    "sheet": 2**32 - 1,
    "sheets": 2**32 - 1,
    "group": 2**16 - 1,
    "place": 255,
    "data_sheets": 255,
    "parity_sheets": 255,
    "used": 2**32 - 1,
}


class NoHeaderError(ValueError):
    """Bytes are no header of a sheet, or of a version that this program does not know."""


def sheet_digest(payload: bytes) -> bytes:
    """What a header says of its payload: the first 12 bytes of its SHA-256."""
    return hashlib.sha256(payload).digest()[:DIGEST_BYTES]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHeader:
    """What is said of a sheet, but for its geometry, which `SheetLayout` has.

    Attributes:
        root: the first 16 bytes of the edition's root.
        set_id: 8 bytes, equal on all sheets that belong together.
        kind: data or parity.
        sheet, sheets: number of the sheet, from 0, and how many there are.
        group: group of the sheet, from 0.
        place: its place in the group, from 0, data sheets first.
        data_sheets, parity_sheets: of the group.
        used: bytes of the payload.
        digest: `sheet_digest` of it.
        version: of the format.

    Raises:
        ValueError: a field does not fit into its place.
    """

    root: bytes
    set_id: bytes
    kind: Literal["data", "parity"]
    sheet: int
    sheets: int
    group: int
    place: int
    data_sheets: int
    parity_sheets: int
    used: int
    digest: bytes
    version: int = FORMAT

    def __post_init__(self) -> None:
        for name, size in (("root", ROOT_BYTES), ("set_id", SET_BYTES), ("digest", DIGEST_BYTES)):
            if len(getattr(self, name)) != size:
                raise ValueError(f"{name} of a sheet's header has {len(getattr(self, name))} bytes, not {size}")
        for name, most in _BOUNDS.items():
            if not 0 <= getattr(self, name) <= most:
                raise ValueError(f"{name} of a sheet's header is {getattr(self, name)}, not 0 to {most}")
        if self.kind not in _KINDS:
            raise ValueError(f"a sheet of the kind {self.kind!r}")
        if self.version != FORMAT:
            raise ValueError(f"a sheet of version {self.version}")


def pack_header(header: SheetHeader, grid: SheetGrid) -> bytes:
    """The 64 bytes of a header."""
    said = _FORM.pack(
        _MAGIC,
        header.version,
        _KINDS.index(header.kind),
        header.root,
        header.set_id,
        header.sheet,
        header.sheets,
        header.group,
        header.place,
        header.data_sheets,
        header.parity_sheets,
        grid.across,
        grid.down,
        grid.check_bytes,
        header.used,
        header.digest,
    )
    return said + zlib.crc32(said).to_bytes(4, "big")


def unpack_header(packed: bytes) -> tuple[SheetHeader, SheetGrid]:
    """A header and the sheet's cells.

    Raises:
        NoHeaderError: the bytes are none, or say what no sheet can have.
    """
    if len(packed) != HEADER_BYTES or packed[:2] != _MAGIC:
        raise NoHeaderError("no header of a sheet")
    if zlib.crc32(packed[:-4]) != int.from_bytes(packed[-4:], "big"):
        raise NoHeaderError("the header's checksum fails")
    if packed[2] != FORMAT:
        raise NoHeaderError(f"a sheet of version {packed[2]}, which this program does not know")
    _, _, kind, root, set_id, sheet, sheets, group, place, data, parity, across, down, check, used, digest = (
        _FORM.unpack(packed[:-4])
    )
    if kind >= len(_KINDS):
        raise NoHeaderError(f"a sheet of kind {kind}, which this program does not know")
    try:
        grid = SheetGrid(across, down, check)
        header = SheetHeader(
            root=root,
            set_id=set_id,
            kind="parity" if kind else "data",
            sheet=sheet,
            sheets=sheets,
            group=group,
            place=place,
            data_sheets=data,
            parity_sheets=parity,
            used=used,
            digest=digest,
        )
    except ValueError as error:
        raise NoHeaderError(str(error)) from error
    if used > grid.capacity:
        raise NoHeaderError(f"the header says {used:,} bytes, more than the {grid.capacity:,} of its sheet")
    return header, grid
