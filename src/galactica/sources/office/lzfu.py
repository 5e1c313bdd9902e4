"""RTF as Outlook packs it, unpacked: a dictionary of 4,096 bytes that begins with what most RTF begins with.

Standard: [MS-OXRTFCP] Rich Text Format (RTF) Compression Algorithm.
"""

from __future__ import annotations

import struct

from galactica.sources.office.faults import PartError

MAX_UNPACKED = 32 * 2**20
"""Bytes of RTF that are unpacked."""

_PACKED, _PLAIN = b"LZFu", b"MELA"
_BEGIN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the dictionary begins with (§2.1.2.1)."""

_SIZE = 4_096


def unpacked_rtf(raw: bytes) -> bytes:
    """The RTF in a packed stream; of one that breaks off as much as there is.

    Raises:
        PartError: it is packed otherwise, or unpacks to more than `MAX_UNPACKED`.
    """
    if len(raw) < 16:
        raise PartError("truncated", "packed RTF that breaks off in its header")
    size, _, kind = struct.unpack_from("<II4s", raw)
    end = min(size + 4, len(raw))
    if kind == _PLAIN:
        return raw[16:end]
    if kind != _PACKED:
        raise PartError("unsupported", "RTF that is packed in a way that is not known")
    out = bytearray(_BEGIN)  # all that was written; the dictionary is its last 4,096 bytes
    at = 16
    while at < end:
        control = raw[at]
        at += 1
        for bit in range(8):
            if at >= end:
                break
            if not control >> bit & 1:
                out.append(raw[at])
                at += 1
                continue
            word = raw[at] << 8 | (raw[at + 1] if at + 1 < end else 0)
            at += 2
            place, length = word >> 4, (word & 15) + 2
            back = (len(out) - place) % _SIZE
            if back == 0:  # the place that is written to next: the end
                return bytes(out[len(_BEGIN) :])
            begin = len(out) - back
            if begin < 0:
                raise PartError("truncated", "packed RTF that leads before its beginning")
            for step in range(length):
                out.append(out[begin + step])
        if len(out) > MAX_UNPACKED:
            raise PartError("too-large", f"RTF that unpacks to more than {MAX_UNPACKED:,} bytes")
    return bytes(out[len(_BEGIN) :])
