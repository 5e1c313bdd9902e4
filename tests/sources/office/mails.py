"""Mails of Outlook as small as they can be, made of what a test wants in them ([MS-OXMSG])."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from galactica.sources.office.lzfu import unpacked_rtf
from tests.sources.office.containers import compound_of

SUBJECT, SENDER, SENDER_MAIL, BODY, RTF, PAGE, CLASS, HEADERS = 0x37, 0xC1A, 0x5D01, 0x1000, 0x1009, 0x1013, 0x1A, 0x7D
NAME, MAIL, SMTP, CONTENT, FILE_NAME, TYPE, CONTENT_ID = 0x3001, 0x3003, 0x39FE, 0x3701, 0x3707, 0x370E, 0x3712
SENT, TO, HOW, CODE_PAGE = 0x39, 0xC15, 0x3705, 0x3FFD
MEETING = bytes.fromhex("0220060000000000c000000000000046")


@dataclass
class Mail:
    """A mail: its properties, of texts and bytes, numbers, times (of 100 ns since 1601); receivers; what is attached.

    Attributes:
        narrow: the encoding of its texts; "" for letters of two bytes.
        named: (family, number in it) of properties from 0x8000 on.
    """

    said: Mapping[int, str | bytes] = field(default_factory=dict)
    numbers: Mapping[int, int] = field(default_factory=dict)
    times: Mapping[int, int] = field(default_factory=dict)
    to: Sequence[Mail] = ()
    attached: Sequence[Mail] = ()
    inside: Mail | None = None
    narrow: str = ""
    named: Sequence[tuple[bytes, int]] = ()


def msg(mail: Mail) -> bytes:
    streams = _streams(mail, "", 32)
    if mail.named:
        families = b"".join(family for family, _ in mail.named)
        names = b"".join(struct.pack("<IHH", name, (3 + n) << 1, n) for n, (_, name) in enumerate(mail.named))
        streams["__nameid_version1.0/__substg1.0_00020102"] = families
        streams["__nameid_version1.0/__substg1.0_00030102"] = names
    return compound_of(streams)


def _streams(mail: Mail, folder: str, head: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    rows = b""
    for name, value in mail.said.items():
        kind = 0x0102 if isinstance(value, bytes) else 0x001E if mail.narrow else 0x001F
        raw = value if isinstance(value, bytes) else value.encode(mail.narrow or "utf-16-le")
        found[f"{folder}__substg1.0_{name:04X}{kind:04X}"] = raw
        rows += struct.pack("<HHIQ", kind, name, 6, len(raw))
    rows += b"".join(struct.pack("<HHIQ", 0x0003, name, 6, value) for name, value in mail.numbers.items())
    rows += b"".join(struct.pack("<HHIQ", 0x0040, name, 6, value) for name, value in mail.times.items())
    found[f"{folder}__properties_version1.0"] = bytes(head) + rows
    for number, each in enumerate(mail.to):
        found |= _streams(each, f"{folder}__recip_version1.0_#{number:08X}/", 8)
    for number, each in enumerate(mail.attached):
        place = f"{folder}__attach_version1.0_#{number:08X}/"
        found |= _streams(each, place, 8)
        if each.inside is not None:
            found |= _streams(each.inside, f"{place}__substg1.0_3701000D/", 24)
    return found


def receiver(name: str, address: str, kind: int = 1) -> Mail:
    return Mail({NAME: name, SMTP: address}, numbers={TO: kind})


def packed_rtf(rtf: bytes) -> bytes:
    """RTF in the packed form, letter for letter: every eight follow a byte of which no bit is set."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    raw = struct.pack("<II4sI", len(body) + 12, len(rtf), b"LZFu", 0) + body
    assert unpacked_rtf(raw) == rtf
    return raw
