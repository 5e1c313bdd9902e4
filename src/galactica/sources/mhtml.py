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
from dataclasses import dataclass, field
from datetime import UTC
from email.errors import HeaderParseError
from email.header import decode_header
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from galactica.model import Document, MediaFile, Rejected
from galactica.sources import encoding, html, leaf, signatures
from galactica.sources.captured import captured_at
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.http_message import charset_told, media_type_told
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.web_links import with_places

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Attributes: `kind` media type in lower case; `at` and `identity` its address and id, "" for none."""

    kind: str
    charset: str
    at: str
    identity: str
    content: bytes = field(repr=False)


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
    text = encoding.decode(root.content, root.charset or html.declared(root.content)) if root else None
    if root is None or not text or not text.strip():
        why = "no page in it" if root is None else "no text in an encoding that is known"
        yield rejected(key, entry.path, "unsupported" if root is None else "bad-encoding", why)
        return
    address = fields.get("snapshot-content-location", "") or root.at
    shown = _Shown(key, entry.path, parts)
    when = _moment(fields.get("date", ""))
    content = with_places(text, address or "http://localhost/", shown.place)
    title = html.page_title(text[: html.HEAD_CHARS])
    yield Document(
        source=key,
        path=entry.path,
        title="" if title and not options.whole_pages else title or _subject(fields) or stem(entry.path),
        markup="html" if options.whole_pages else "webpage",
        content=content,
        language=html.page_language(text),
        url=address if address.startswith(("http://", "https://")) else "",
        revision=when,
        dropped=shown.left(root),
    )
    yield from shown.files()
    if when:
        yield captured_at(key, entry.path, when)


class _Shown:
    """The parts that a page shows, given paths below its own."""

    def __init__(self, key: str, path: str, parts: list[_Part]) -> None:
        self._key = key
        self._path = path
        self._parts = parts
        self._by_name: dict[str, int] = {}
        for number, part in enumerate(parts):
            for name in (part.at.partition("#")[0], f"cid:{part.identity}" if part.identity else ""):
                if name:
                    self._by_name.setdefault(name, number)
        self._found: dict[int, MediaFile] = {}

    def place(self, address: str) -> str:
        number = self._by_name.get(address, -1)
        if number < 0:
            return ""
        if number not in self._found:
            part = self._parts[number]
            ending = _ending(part)
            mime = signatures.media_type(f"x{ending}", part.content[: signatures.LOOKED_AT])
            if not mime:
                return ""
            path = f"{self._path}/{len(self._found) + 1}{ending}"
            self._found[number] = MediaFile(source=self._key, path=path, mime=mime, content=part.content)
        return self._found[number].path

    def files(self) -> Iterator[MediaFile]:
        yield from self._found.values()

    def left(self, root: _Part) -> tuple[tuple[str, int], ...]:
        """(rule, how often) of the parts that are neither the page nor shown."""
        others = [p for number, p in enumerate(self._parts) if number not in self._found and p is not root]
        frames = sum(part.kind in ("text/html", "application/xhtml+xml") for part in others)
        counts = (("mhtml:frame", frames), ("mhtml:not-shown", len(others) - frames))
        return tuple((rule, count) for rule, count in counts if count)


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


def _parts(fields: dict[str, str], body: bytes, depth: int) -> Iterator[_Part]:
    """The parts of a body, those of multiparts in it among them."""
    kind = media_type_told(fields.get("content-type", ""))
    boundary = _BOUNDARY.search(fields.get("content-type", ""))
    if not kind.startswith("multipart/") or boundary is None or depth >= MAX_DEPTH:
        yield _Part(
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
            yield _Part(kind="", charset="", at="", identity="", content=b"")  # the rest, counted as one
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


def _root(fields: dict[str, str], parts: list[_Part]) -> _Part | None:
    """The part that is the page."""
    start = _START.search(fields.get("content-type", ""))
    named = (start[1] or start[2]).strip("<>") if start else ""
    pages = [part for part in parts if part.kind in ("text/html", "application/xhtml+xml")]
    return next((part for part in pages if named and part.identity == named), pages[0] if pages else None)


def _ending(part: _Part) -> str:
    known = {"jpeg": "jpg", "svg+xml": "svg", "mpeg": "mp3", "x-wav": "wav", "quicktime": "mov"}
    name = part.kind.partition("/")[2]
    return f".{known.get(name, name)}" if re.fullmatch(r"[a-z0-9+]{1,12}", name) else ".bin"


def _moment(date: str) -> str:
    """A Date field as fourteen digits in UTC; "" for none."""
    try:
        return parsedate_to_datetime(date[:100]).astimezone(UTC).strftime("%Y%m%d%H%M%S")
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _subject(fields: dict[str, str]) -> str:
    try:
        pieces = decode_header(fields.get("subject", "")[:4000])
        said = "".join(p if isinstance(p, str) else p.decode(code or "ascii", "replace") for p, code in pieces)
    except (ValueError, LookupError, HeaderParseError):
        return ""
    return leaf.title_line(said)


LEAF = Leaf(name="mhtml", suffixes=(".mht", ".mhtml"), recognise=recognise, read=read_mhtml, whole=True)
FORMAT = file_format(LEAF)
