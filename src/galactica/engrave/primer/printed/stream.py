"""Part 5: blocks and records. docs/formats/page.md, "Stream"; docs/formats/edition.md."""

import zlib

from galactica.engrave.primer.printed.arithmetic import big_endian

MOST = 1 << 26  # bytes of a block


# ---- Blocks ----
def whole_blocks(sheets):
    """(kind, number) to content, of every block that is whole."""
    pieces, found = {}, {}
    for payload in sheets:
        at = 0
        while at + 18 <= len(payload) and payload[at]:
            head = payload[at : at + 18]
            size = big_endian(head[10:14])
            part = payload[at + 18 : at + 18 + size]
            at += 18 + size
            key = (chr(head[0]), big_endian(head[6:10]))
            own = pieces.setdefault((key, head[1], head[4:6], head[14:]), {})
            own[big_endian(head[2:4])] = part
            if key in found or len(own) < big_endian(head[4:6]):
                continue
            packed = b"".join(own[each] for each in sorted(own))
            try:
                content = zlib.decompressobj(-15).decompress(packed, MOST) if head[1] else packed
            except zlib.error:
                continue
            if zlib.crc32(content) == big_endian(head[14:]):
                found[key] = content
    return found


def item(raw, at, depth=0):
    """One item of a record (CBOR), and where it ends."""
    kind, small = raw[at] >> 5, raw[at] & 31
    size = 1 << small - 24 if 24 <= small < 28 else 0
    value = big_endian(raw[at + 1 : at + 1 + size]) if size else small
    at += 1 + size
    if small > 27 or depth > 8 or kind not in (0, 2, 3, 4, 5):
        raise ValueError("no record")
    if kind in (2, 3):
        part = raw[at : at + value]
        return (part if kind == 2 else part.decode("utf-8")), at + value
    if kind in (4, 5):
        found = []
        for _ in range(value * (kind - 3)):
            each, at = item(raw, at, depth + 1)
            found.append(each)
        return (found if kind == 4 else dict(zip(found[::2], found[1::2]))), at
    return value, at


def record_of(raw):
    """A record as a map; an empty one where it is none."""
    try:
        record = item(raw, 0)[0]
    except (ValueError, IndexError, TypeError):
        return {}
    return record if isinstance(record, dict) else {}
