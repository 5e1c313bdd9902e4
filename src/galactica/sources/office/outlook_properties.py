"""The properties of a mail of Outlook, of who it went to, of what is attached: numbers in one stream, texts in streams
of their own, and names that a program gave to numbers.

Standards: [MS-OXMSG] §2.1, §2.2.3, §2.4; code pages of texts: [MS-OXCMSG] §2.2.1.4.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime

from galactica.sources import encoding
from galactica.sources.contract import MAX_DOCUMENT
from galactica.sources.office import rtf_tokens
from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.property_set import filetime

PROPERTIES = "__properties_version1.0"
TEXT, WIDE, BYTES, TIME, NUMBER = 0x001E, 0x001F, 0x0102, 0x0040, 0x0003
"""Types of properties."""

MAX_NAMED = 10_000
"""Names that a file gives to numbers."""

_MAIL_CODE_PAGE, _CODE_PAGE = 0x3FDE, 0x3FFD
_NAMES, _FAMILIES = "__nameid_version1.0/__substg1.0_00030102", "__nameid_version1.0/__substg1.0_00020102"
_PAGES = {
    **{20127: "ascii", 20866: "koi8_r", 21866: "koi8_u", 20936: "gb18030", 50220: "iso2022_jp", 50221: "iso2022_jp"},
    **{50222: "iso2022_jp", 50225: "iso2022_kr", 51932: "euc_jp", 51949: "euc_kr", 52936: "hz", 54936: "gb18030"},
}
"""Code pages that have other numbers than Python's encodings."""


class MailProperties:
    """The properties of a mail, of a receiver, or of what is attached.

    Args:
        folder: where they lie; "" for the mail itself.
        head: bytes before those of fixed size.
        pages: code pages of the mail that they belong to; () where they say it themselves.

    Attributes:
        pages: code page of its texts, code page of the mail that was sent; 0 where it is not said.

    Raises:
        PartError: they are not there.
    """

    def __init__(self, file: CompoundFile, folder: str, head: int, pages: tuple[int, ...] = ()) -> None:
        self._file = file
        self._folder = f"{folder}/" if folder else ""
        raw = file.read(f"{self._folder}{PROPERTIES}", MAX_DOCUMENT)[head:]
        rows = struct.iter_unpack("<IIQ", raw[: len(raw) // 16 * 16])
        self._fixed = {(tag >> 16, tag & 0xFFFF): value for tag, _, value in rows}
        self.pages = pages or tuple(self.number(each) for each in (_CODE_PAGE, _MAIL_CODE_PAGE))

    def number(self, name: int) -> int:
        """A number; 0 where there is none."""
        return int(self._fixed.get((name, NUMBER), 0)) & 0xFFFFFFFF

    def time(self, name: int) -> datetime | None:
        """A time in UTC; None where there is none that makes sense."""
        found = filetime(self._fixed.get((name, TIME), 0))
        return datetime.strptime(found, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) if found else None

    def content(self, name: int, kind: int) -> bytes:
        """The bytes of a property; b"" where there are none."""
        stream = f"{self._folder}__substg1.0_{name:04x}{kind:04x}"
        return self._file.read(stream, MAX_DOCUMENT) if self._file.find(stream) else b""

    def text(self, name: int) -> str:
        """A text; "" where there is none."""
        if wide := self.content(name, WIDE):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        raw = self.content(name, TEXT).rstrip(b"\0")
        return _decoded(raw, self.pages) if raw else ""


def page_encoding(page: int) -> str:
    """The encoding of a code page of Windows, those of mails among them."""
    latin = f"iso8859_{page - 28590}" if 28591 <= page <= 28606 and page != 28602 else ""
    return _PAGES.get(page, latin) or rtf_tokens.page(page)


def _decoded(raw: bytes, pages: tuple[int, ...]) -> str:
    """A text of one byte a letter, in the first code page of a mail that it fits."""
    for page in (*filter(None, pages), 65001):
        try:
            return raw.decode(page_encoding(page))
        except UnicodeDecodeError:
            continue
    return encoding.decode(raw) or raw.decode("cp1252", "replace")


def named_numbers(file: CompoundFile) -> dict[tuple[bytes, int], int]:
    """(family, number in it) of properties without a number of their own → the number that they have in this file."""
    if not (file.find(_NAMES) and file.find(_FAMILIES)):
        return {}
    families = file.read(_FAMILIES, MAX_DOCUMENT)
    raw = file.read(_NAMES, MAX_DOCUMENT)[: 8 * MAX_NAMED]
    found: dict[tuple[bytes, int], int] = {}
    for name, about, place in struct.iter_unpack("<IHH", raw[: len(raw) // 8 * 8]):
        if not about & 1 and about >> 1 >= 3:
            at = 16 * ((about >> 1) - 3)
            found[families[at : at + 16], name] = 0x8000 + place
    return found
