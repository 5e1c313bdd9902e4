"""Pages that a browser saved as one file with what they show (MHTML: .mht, .mhtml).

A file is one page: its root part is the document, its address the one it was saved from; links and pictures are found
by the parts' addresses and ids, and pictures that the page shows are kept below its path. Frames, styles are counted.
Standards: RFC 2557 (MHTML), RFC 2045 and 2046 (parts, their encodings).
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from datetime import UTC
from email.errors import HeaderParseError
from email.header import decode_header
from email.parser import BytesHeaderParser

from galactica.model import Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.http_message import charset_told, media_type_told
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.saved_parts import PAGE_TYPES, SavedPart, SavedTold, saved_items
from galactica.sources.trees import TreeFile
from galactica.values.moments import mail_moment

MAX_PARTS = 10_000
"""Parts of a file; pages that were seen have up to 400."""

MAX_HEADER = 2**16
"""Bytes of a part's header."""

MAX_DEPTH = 4
"""Multiparts inside each other."""

_FIELD = re.compile(r"[A-Za-z][\w-]{0,60}:")
_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_BOUNDARY = re.compile(r"\bboundary\s*=\s*(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_START = re.compile(r"\bstart\s*=\s*(?:\"([^\"]{1,500})\"|([^\s;\"]{1,500}))", re.IGNORECASE)


def recognise(name: str, head: bytes) -> int:
    """94 for what begins with fields of a mail and holds a page with its parts, or is called so."""
    start = leaf.text_head(head)
    if not _FIELD.match(start):
        return 0
    fields = start.partition("\n\n")[0].replace("\r\n", "\n").partition("\n\n")[0].lower()
    named = leaf.suffix_of(name) in LEAF.suffixes
    related = "multipart/related" in fields and ("text/html" in fields or "snapshot-content-location" in fields)
    whole = "mime-version:" in fields and "content-type:" in fields
    return 94 if related or (named and whole) else 0


def read_mhtml(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the page and what it shows, or why there is none."""
    raw = leaf.whole_file(entry, key)
    if isinstance(raw, Rejected):
        yield raw
        return
    fields, start = _fields(raw)
    parts = list(_parts(fields, raw[start:], 0))
    root = _root(fields, parts)
    told = SavedTold(
        address=fields.get("snapshot-content-location", "") or (root.at if root else ""),
        title=_subject(fields),
        when=_moment(fields.get("date", "")),
    )
    yield from saved_items(entry, key, options, root, parts, told)


def _fields(raw: bytes) -> tuple[dict[str, str], int]:
    """(the fields that a message or part begins with, names in lower case; the byte at which its body begins)."""
    raw_start = raw[: MAX_HEADER + 4]
    end = _END.search(raw_start)
    head = raw_start[: end.start()] if end else raw_start
    message = BytesHeaderParser().parsebytes(head)
    fields: dict[str, str] = {}
    for name, value in list(message.items())[:200]:
        fields.setdefault(name.lower(), " ".join(str(value).split()))
    return fields, end.end() if end else len(raw_start)


def _parts(fields: dict[str, str], body: bytes, depth: int) -> Iterator[SavedPart]:
    """The parts of a body, those of multiparts in it among them."""
    kind = media_type_told(fields.get("content-type", ""))
    boundary = _BOUNDARY.search(fields.get("content-type", ""))
    if not kind.startswith("multipart/") or boundary is None or depth >= MAX_DEPTH:
        yield SavedPart(
            kind=kind,
            charset=charset_told(fields.get("content-type", "")),
            at=fields.get("content-location", ""),
            identity=fields.get("content-id", "").strip("<> "),
            content=_decoded(fields.get("content-transfer-encoding", "").lower(), body),
        )
        return
    mark = b"--" + (boundary[1] or boundary[2]).encode("latin-1", "replace")
    for count, piece in enumerate(_pieces(body, mark)):
        if count >= MAX_PARTS:
            yield SavedPart(kind="", charset="", at="", identity="", content=b"")  # the rest, counted as one
            return
        inner, start = _fields(piece)
        yield from _parts(inner, piece[start:], depth + 1)


def _pieces(body: bytes, mark: bytes) -> Iterator[bytes]:
    """What stands between the lines that begin with a boundary."""
    at = body.find(mark)
    while at >= 0:
        start = at + len(mark)
        if body.startswith(b"--", start):
            return
        line = body.find(b"\n", start)
        at = body.find(b"\n" + mark, start)
        if line < 0:
            return
        end = len(body) if at < 0 else at
        yield body[line + 1 : end].removesuffix(b"\r") if end > line else b""
        at = at + 1 if at >= 0 else -1


def _decoded(how: str, body: bytes) -> bytes:
    if how == "base64":
        packed = b"".join(body.split()).rstrip(b"=")
        try:
            return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
        except binascii.Error:
            return b""
    return quopri.decodestring(body) if how == "quoted-printable" else body


def _root(fields: dict[str, str], parts: list[SavedPart]) -> SavedPart | None:
    """The part that is the page."""
    start = _START.search(fields.get("content-type", ""))
    named = (start[1] or start[2]).strip("<>") if start else ""
    pages = [part for part in parts if part.kind in PAGE_TYPES]
    return next((part for part in pages if named and part.identity == named), pages[0] if pages else None)


def _moment(date: str) -> str:
    """A Date field as fourteen digits in UTC; "" for none."""
    found = mail_moment(date)
    return found.astimezone(UTC).strftime("%Y%m%d%H%M%S") if found else ""


def _subject(fields: dict[str, str]) -> str:
    try:
        pieces = decode_header(fields.get("subject", "")[:4000])
        said = "".join(p if isinstance(p, str) else p.decode(code or "ascii", "replace") for p, code in pieces)
    except (ValueError, LookupError, HeaderParseError):
        return ""
    return leaf.title_line(said)


LEAF = Leaf(name="mhtml", suffixes=(".mht", ".mhtml"), recognise=recognise, read=read_mhtml, whole=True)
FORMAT = file_format(LEAF)
