"""An Excel workbook of before 2007, as small as it can be: BIFF8 records in a compound file ([MS-XLS], [MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Mapping

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
FORMATS = ("General", "0.0%", "yyyy-mm-dd")
"""Codes of the styles of a workbook that is made here, from 0."""


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def text(words: str, size: str = "H") -> bytes:
    return struct.pack(f"<{size}B", len(words), 1) + words.encode("utf-16-le")


def cell(row: int, column: int, value: str | float | bool, style: int = 0) -> bytes:
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, bool):
        return record(0x205, place + struct.pack("<BB", value, 0))
    return (
        record(0x204, place + text(value))
        if isinstance(value, str)
        else record(0x203, place + struct.pack("<d", value))
    )


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(0xE5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def xls(sheets: Mapping[str, bytes], hidden: tuple[str, ...] = ()) -> bytes:
    """Of records by the sheets' names."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + record(0x42, struct.pack("<H", 1200))
    begin += record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + text("Arial", "B"))
    for number, code in enumerate(FORMATS[1:], 164):
        begin += record(0x41E, struct.pack("<H", number) + text(code))
    for number in (0, 164, 165):
        begin += record(0xE0, struct.pack("<HHH", 0, number, 0) + bytes(14))
    bodies = [
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + each + record(10) for each in sheets.values()
    ]
    named = [bytes((name in hidden, 0)) + text(name, "B") for name in sheets]
    at = len(begin) + sum(len(record(0x85, bytes(4) + each)) for each in named) + 4
    for each, content in zip(named, bodies, strict=True):
        begin += record(0x85, struct.pack("<I", at) + each)
        at += len(content)
    return compound("Workbook", begin + record(10) + b"".join(bodies))


def compound(name: str, content: bytes) -> bytes:
    """A compound file of one stream."""
    content = content.ljust(4096, b"\0")
    content += bytes(-len(content) % 512)
    sectors = len(content) // 512
    chain = [FAT, END, *range(3, sectors + 2), END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    folder = entry("Root Entry", 5, 1, END, 0) + entry(name, 2, FREE, 2, len(content))
    return header + table + folder.ljust(512, b"\0") + content


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    head = coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
