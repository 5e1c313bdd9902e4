"""Which kind of office file a file is, by its first bytes, its name and, where it lies on disk, its list of members.

Zip archives say it in their first member (OpenDocument: `mimetype`, uncompressed) or in `[Content_Types].xml`, which
most programs write first; else the names of the members do.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of a compound file [MS-CFB]: old Office documents, and new ones under a password."""

_STREAMS = (
    ("Workbook", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
"""How the directory of a compound file names the stream that says what it is → format."""

_WORD_FIRST = b"\xec\xa5"
"""First bytes of the stream of a Word document, which programs put first into the file."""

MAX_TYPES = 2**16
"""Bytes of `[Content_Types].xml` that are unpacked to tell the kind of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeKind:
    """A kind of office file.

    Attributes:
        name: of the format.
        suffixes: of its files, of templates and those with macros too.
        called: what a person calls such a file.
    """

    name: str
    suffixes: tuple[str, ...]
    called: str


KINDS = (
    OfficeKind(
        name="docx",
        suffixes=(".docx", ".docm", ".dotx", ".dotm"),
        called="a Word document",
    ),
    OfficeKind(
        name="pptx",
        suffixes=(".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
        called="a PowerPoint presentation",
    ),
    OfficeKind(
        name="xlsx",
        suffixes=(".xlsx", ".xlsm", ".xltx", ".xltm"),
        called="an Excel workbook",
    ),
    OfficeKind(
        name="odt",
        suffixes=(".odt", ".ott", ".odm", ".fodt", ".sxw"),
        called="an OpenDocument text",
    ),
    OfficeKind(
        name="odp",
        suffixes=(".odp", ".otp", ".fodp", ".sxi", ".odg", ".fodg"),
        called="an OpenDocument presentation",
    ),
    OfficeKind(
        name="ods",
        suffixes=(".ods", ".ots", ".fods", ".sxc"),
        called="an OpenDocument spreadsheet",
    ),
    OfficeKind(name="xls", suffixes=(".xls", ".xlt"), called="an old Excel workbook"),
    OfficeKind(name="doc", suffixes=(".doc", ".dot"), called="an old Word document"),
    OfficeKind(name="ppt", suffixes=(".ppt", ".pps", ".pot"), called="an old PowerPoint presentation"),
    OfficeKind(name="msg", suffixes=(".msg",), called="a mail of Outlook"),
    OfficeKind(name="rtf", suffixes=(".rtf",), called="an RTF document"),
)
_OLD = {suffix: kind.name for kind in KINDS if kind.name in ("xls", "doc", "ppt", "msg") for suffix in kind.suffixes}
NEWER = {"doc": "docx", "ppt": "pptx", "xls": "xlsx", "rtf": "docx"}
"""Formats that are no zip archives → what a zip archive under such a name is."""

_SHARED = frozenset((".dot", ".pot", ".msg"))
"""Endings that files of other kinds have too: graphs, translations, messages of programs."""

_MIMES = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/vnd.oasis.opendocument.graphics", "odp"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.sun.xml.writer", "odt"),
    (b"application/vnd.sun.xml.impress", "odp"),
    (b"application/vnd.sun.xml.draw", "odp"),
    (b"application/vnd.sun.xml.calc", "ods"),
)
_BY_SUFFIX = {suffix: kind.name for kind in KINDS for suffix in kind.suffixes}
_MAIN = re.compile(
    rb"(wordprocessingml|presentationml|spreadsheetml)\.(?:document|template|presentation|slideshow|sheet)"
)
_MACRO = re.compile(rb"ms-(word|powerpoint|excel)\.[a-z]+\.macroEnabled", re.IGNORECASE)
_NAMES = {b"wordprocessingml": "docx", b"presentationml": "pptx", b"spreadsheetml": "xlsx", b"word": "docx",
          b"powerpoint": "pptx", b"excel": "xlsx"}  # fmt: skip
_FLAT = re.compile(rb"<office:document\b[^>]{0,8000}?office:mimetype=[\"']([^\"']{1,100})")
_SHEETS = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORKBOOK = re.compile(rb"<(?:\w{1,40}:)?Workbook\b")
_HEADER = 30
"""Bytes of a member's header before its name."""

_PART = re.compile(
    rb"(word|ppt|xl)/(?:_rels/)?(?:document|styles|settings|fontTable|webSettings|presentation|presProps|workbook"
    rb"|sharedStrings|slides/slide\d+|worksheets/sheet\d+|theme/theme\d+)\.xml(?:\.rels)?"
)
_FOLDERS = {b"word": "docx", b"ppt": "pptx", b"xl": "xlsx"}


def office_kind(name: str, head: bytes) -> tuple[str, int]:
    """The kind of a file and how sure that is, as `Format.recognise` says it; ("", 0) for what is no office file."""
    suffix = _suffix(name)
    if head.startswith(b"{\\rtf"):
        return "rtf", 95
    if head.startswith(OLE) and (found := _in_compound(head) or _OLD.get(suffix, "")):
        return found, 92
    if head.startswith(ZIP):
        found = in_package(head)
        if found:
            return found, 95
        found = _BY_SUFFIX.get(suffix, "")
        return (NEWER.get(found, found), 92) if found else ("", 0)
    if b"office:document" in head:
        flat = _FLAT.search(head)
        found = _typed(flat[1]) if flat else ""
        if found:
            return found, 93
    if is_xml_workbook(head):
        return "xls", 93
    if suffix in _BY_SUFFIX and suffix not in _SHARED and head:
        return _BY_SUFFIX[suffix], 40  # not what its name says, or under a password: which is told when it is read
    return "", 0


def is_xml_workbook(head: bytes) -> bool:
    """Whether a file that starts so is a workbook in one piece of XML (Excel 2003)."""
    plain = head.replace(b"\0", b"")  # UTF-16 too
    return _SHEETS in plain and _WORKBOOK.search(plain) is not None


def _in_compound(head: bytes) -> str:
    """The kind of a compound file by the names of its streams, where the first bytes have them."""
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in head:
            return kind
    return "doc" if head.startswith(_WORD_FIRST, 512) else ""


def in_package(head: bytes) -> str:
    """The kind of a zip archive by its first bytes; "" where they do not tell.

    Members are taken one after the other and never looked for, because what is in them may be an archive too.
    """
    if head[30:38] == b"mimetype":
        return _typed(head[38:150])
    at = 0
    while head.startswith(ZIP, at) and at + _HEADER <= len(head):
        flags, method, packed, length, extra = (
            int.from_bytes(head[at + first : at + last], "little")
            for first, last in ((6, 8), (8, 10), (18, 22), (26, 28), (28, 30))
        )
        name = head[at + _HEADER : at + _HEADER + length]
        begin = at + _HEADER + length + extra
        content, end = _unpacked(head, begin, method)
        if name == b"[Content_Types].xml" and (found := _declared(content)):
            return found
        if part := _PART.fullmatch(name):
            return _FOLDERS[part[1]]
        if not flags & 8:
            at = begin + packed
        elif end:  # its size stands behind it, in a record of 12 or 16 bytes
            at = head.find(ZIP, end, end + 20)
            if at < 0:
                break
        else:
            break
    return ""


def _typed(mime: bytes) -> str:
    return next((name for begins, name in _MIMES if mime.startswith(begins)), "")


def _unpacked(head: bytes, begin: int, method: int) -> tuple[bytes, int]:
    """What is in a member that begins there, and where it ends; 0 where that cannot be told."""
    if method != 8:
        return head[begin : begin + MAX_TYPES], 0
    inflater = zlib.decompressobj(-15)
    try:
        content = inflater.decompress(head[begin:], MAX_TYPES)
    except zlib.error:
        return b"", 0
    return content, len(head) - len(inflater.unused_data) if inflater.eof else 0


def _declared(types: bytes) -> str:
    found = _MACRO.search(types) or _MAIN.search(types)
    return _NAMES[found[1].lower()] if found else ""


def _suffix(name: str) -> str:
    base, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and base else ""
