"""Chapter: the header of a sheet, field by field; CRC-32; the line of text on a page."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from galactica.engrave.primer.document import Piece, dashed, h1, h2, hexed, listing, p, ruled_table, steps
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.sheet.header import pack_header


def header_chapter(number: int, facts: PrimerFacts) -> Iterator[Piece]:
    """The 64 bytes, with the header of the first sheet of this printing taken apart; CRC-32 with test vectors."""
    raw = pack_header(facts.header, facts.grid)
    yield h1(f"{number}. The header of a sheet")
    yield p(
        """The first 64 bytes of a header's codeword say what the sheet is. Numbers of several bytes are big-endian.
        The last column shows the header of the first sheet of this printing."""
    )
    yield ruled_table(["bytes", "what it is", "in this printing"], list(_fields(raw)))
    yield listing(*(f"{at:3d}: {hexed(raw[at : at + 16])}" for at in range(0, 64, 16)), caption="All of it")
    yield p(
        """If the first three bytes are others, or the CRC-32 fails, it is no header, or was read wrongly: try
        another copy on the same sheet. When the payload of the sheet was read, cut it to the number of bytes that
        the header says; its SHA-256 must begin with the 12 bytes in the header. If you do not want to compute
        SHA-256, leave this out: the blocks inside have checks of their own."""
    )
    yield h2("The checksum CRC-32")
    yield p(
        "CRC-32 makes 4 bytes of any number of bytes; if some of these change, it nearly always becomes another one."
    )
    yield steps(
        "Set c = ffffffff (32 bits, all 1).",
        """For each byte, in order: c = c ^ byte. Then eight times: if bit 0 of c is 1, c = (c >> 1) ^ edb88320,
        else c = c >> 1.""",
        "At the end: CRC = c ^ ffffffff. It is written big-endian here.",
    )
    yield listing(
        f"CRC-32 of no bytes:               {zlib.crc32(b''):08x}",
        f"CRC-32 of the byte 00:            {zlib.crc32(bytes(1)):08x}",
        f'CRC-32 of the bytes "123456789":  {zlib.crc32(b"123456789"):08x}',
        f"CRC-32 of the header's first 60:  {zlib.crc32(raw[:60]):08x}",
        caption="Test vectors (hexadecimal)",
    )
    yield h2("Which sheets belong together")
    yield dashed(
        "Sheets with the same number of the set (bytes 20 to 27) and the same root (bytes 4 to 19) belong together.",
        """Two sheets with the same number (bytes 28 to 31) are copies: use the one that can be read. The sheets may
        be read in any order.""",
        f"""This printing has {facts.sheets:,} sheets: {facts.data_sheets:,} with data,
        {facts.sheets - facts.data_sheets:,} with parity, in {facts.groups:,} groups with {facts.parity} parity
        sheets each.""",
    )


def _fields(raw: bytes) -> Iterator[list[str]]:
    def whole(low: int, high: int) -> str:
        return f"{hexed(raw[low:high])} = {int.from_bytes(raw[low:high], 'big'):,}"

    yield ["0-1", 'the letters "GS", always', hexed(raw[0:2])]
    yield ["2", "version of this way of printing: 1", hexed(raw[2:3])]
    yield ["3", "0: a data sheet; 1: a parity sheet", hexed(raw[3:4])]
    yield ["4-19", "the first 16 bytes of the root", hexed(raw[4:12])]
    yield ["", "", hexed(raw[12:20])]
    yield ["20-27", "number of the set: equal on all sheets that belong together", hexed(raw[20:28])]
    yield ["28-31", "number of the sheet in the set, from 0", whole(28, 32)]
    yield ["32-35", "how many sheets the set has", whole(32, 36)]
    yield ["36-37", "number of the group of the sheet, from 0", whole(36, 38)]
    yield ["38", "its place in the group, from 0", whole(38, 39)]
    yield ["39", "how many data sheets the group has (d)", whole(39, 40)]
    yield ["40", "how many parity sheets the group has (M)", whole(40, 41)]
    yield ["41", "C, tiles across", whole(41, 42)]
    yield ["42", "R, tiles down", whole(42, 43)]
    yield ["43", "e, check bytes of each codeword of the free cells", whole(43, 44)]
    yield ["44-47", "how many bytes of the payload are used", whole(44, 48)]
    yield ["48-59", "the first 12 bytes of the SHA-256 of the payload", hexed(raw[48:54])]
    yield ["", "", hexed(raw[54:60])]
    yield ["60-63", "CRC-32 of bytes 0 to 59 (below)", hexed(raw[60:64])]
