"""Compound files as small as they can be ([MS-CFB]): folders, long streams, short ones in the stream of the root."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from tests.sources.office.old import END, FAT, FREE

SECTOR, SHORT = 512, 64
_CUTOFF = 4096


def compound_of(streams: Mapping[str, bytes]) -> bytes:
    """Of streams by their paths ("folder/name")."""
    names = ["", *sorted({"/".join(path.split("/")[:n]) for path in streams for n in range(1, path.count("/") + 1)})]
    entries = names + list(streams)
    number = {path: n for n, path in enumerate(entries)}
    inside = {path: [each for each in entries if each and each.rpartition("/")[0] == path] for path in names}
    short = {path: content for path, content in streams.items() if 0 < len(content) < _CUTOFF}
    mini, mini_next, starts = b"", [], {}
    for path, content in short.items():
        count = -(-len(content) // SHORT)
        starts[path] = len(mini_next)
        mini_next += [*range(len(mini_next) + 1, len(mini_next) + count), END]
        mini += content.ljust(count * SHORT, b"\0")
    table = struct.pack(f"<{len(mini_next)}I", *mini_next)
    parts = {path: content for path, content in streams.items() if path not in short and content}
    chains: dict[str, bytes] = {"": mini, "*table": table, "*directory": bytes(128 * len(entries)), **parts}
    needed = sum(-(-len(each) // SECTOR) for each in chains.values())
    tables = -(-needed // 127) or 1
    follows, places, at = [FAT] * tables, {}, tables
    for path, content in chains.items():
        count = -(-len(content) // SECTOR)
        places[path] = at if count else END
        follows += [*range(at + 1, at + count), END] if count else []
        at += count
    follows += [FREE] * (128 * tables - len(follows))
    directory = b""
    for path in entries:
        siblings = inside[path.rpartition("/")[0]] if path else []
        after = siblings[siblings.index(path) + 1 :] if path else []
        child = number[inside[path][0]] if inside.get(path) else FREE
        kind = 5 if not path else 1 if path in inside else 2
        start = starts.get(path, places.get(path, END)) if kind != 1 else 0
        size = len(mini) if not path else len(streams.get(path, b""))
        coded = (path.rpartition("/")[2] or "Root Entry").encode("utf-16-le") + b"\0\0"
        directory += coded.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(coded), kind, 1, FREE, number[after[0]] if after else FREE, child
        )
        directory += bytes(36) + struct.pack("<IQ", start, size)
    chains["*directory"] = directory
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, places["*directory"], 0, _CUTOFF, places["*table"],
                          -(-len(table) // SECTOR), END, 0)  # fmt: skip
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    body = b"".join(content + bytes(-len(content) % SECTOR) for content in chains.values())
    return header + struct.pack(f"<{len(follows)}I", *follows) + body
