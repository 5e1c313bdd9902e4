"""An answer of a web server as an archive keeps it: status, fields, and its content as the server meant it.

Rules: chunks are put together, packing is undone (gzip, deflate, Brotli, Zstandard), each only where the bytes are so:
many archives keep the fields of an answer and its content already unpacked. What breaks off keeps what came
before, and `faults` says so. What unpacks to more than `limit` is cut there and said to be "too-large".
Standards: RFC 9112 (HTTP/1.1: messages, chunks), RFC 9110 §8.4 (content coding), RFC 7932 (Brotli), RFC 8878 (zstd).
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

MAX_FIELD_BYTES = 2**18
"""Bytes of an answer's fields; servers refuse more than some 16 kB."""

MAX_FIELDS = 1000
"""Lines of them."""

MAX_CODINGS = 4
"""Packings inside each other that are undone; one is usual, two are a mistake of a server."""

FED = 8192
"""Packed bytes that are unpacked at a time: what follows a member is copied, and a member may have 20 bytes."""

_STATUS = re.compile(rb"(?:HTTP|ICY)(?:/\d(?:\.\d)?)?[ \t]+(\d{3})(?!\d)[ \t]*([^\r\n]{0,200})", re.IGNORECASE)
_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]{0,4000})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{2,40})", re.IGNORECASE)
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """An answer.

    Attributes:
        status: 200, 404 …
        reason: what the server says of it.
        fields: names in lower case; the first of several.
        start: byte of the block at which the body begins, as it was sent.
    """

    status: int
    reason: str
    fields: dict[str, str]
    start: int

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters; "" where none is told."""
        return media_type_told(self.fields.get("content-type", ""))

    @property
    def charset(self) -> str:
        """The encoding that is told, "" for none."""
        found = _CHARSET.search(self.fields.get("content-type", ""))
        return found[1] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpContent:
    """The content of an answer.

    Attributes:
        content: chunks put together, packing undone.
        plain: the body with its chunks put together and still packed, as digests of payloads are made.
        faults: what was wrong: "chunks", "packing", "truncated", "too-large".
    """

    content: bytes = field(repr=False)
    plain: bytes = field(repr=False)
    faults: tuple[str, ...] = ()


def media_type_told(written: str) -> str:
    """The media type that a Content-Type field tells: lower case, without parameters; "" for none."""
    told = written.partition(";")[0].strip().lower()
    return told if _TYPE.fullmatch(told) else ""


def charset_told(written: str) -> str:
    """The encoding that a Content-Type field tells; "" for none."""
    found = _CHARSET.search(written[:1000])
    return found[1] if found else ""


def parse_answer(block: bytes) -> HttpAnswer | None:
    """The head of an answer; None where the block is none."""
    status = _STATUS.match(block)
    if status is None:
        return None
    end = _END.search(block, status.end(), MAX_FIELD_BYTES)
    stop = end.start() if end else min(len(block), MAX_FIELD_BYTES)
    fields: dict[str, str] = {}
    last = ""
    for line in block[status.end() : stop].split(b"\n")[:MAX_FIELDS]:
        text = _text(line)
        if text[:1] in (" ", "\t") and last:
            fields[last] = f"{fields[last]} {text.strip()}"
            continue
        name, colon, value = text.partition(":")
        last = name.strip().lower()
        if colon and last and last not in fields:
            fields[last] = value.strip()
        else:
            last = ""
    start = end.end() if end else stop
    return HttpAnswer(status=int(status[1]), reason=_text(status[2]).strip(), fields=fields, start=start)


def content_of(answer: HttpAnswer, block: bytes, limit: int) -> HttpContent:
    """The content of an answer that is in a block, at most `limit` bytes of it."""
    body = block[answer.start :]
    faults: list[str] = []
    if "chunked" in answer.fields.get("transfer-encoding", "").lower():
        body, fault = unchunked(body)
        faults += [fault] if fault else []
    plain = body
    codings = [word.strip().lower() for word in answer.fields.get("content-encoding", "").split(",")]
    for coding in list(reversed([word for word in codings if word and word != "identity"]))[:MAX_CODINGS]:
        body, fault = unpacked_body(coding, body, limit)
        faults += [fault] if fault else []
    if len(body) > limit:
        body, faults = body[:limit], [*faults, "too-large"]
    return HttpContent(content=body, plain=plain, faults=tuple(dict.fromkeys(faults)))


def unchunked(body: bytes) -> tuple[bytes, str]:
    """(a chunked body put together, fault); a body that is not chunked as it is, without fault."""
    if not _CHUNK.match(body):
        return body, ""
    pieces: list[bytes] = []
    place = 0
    while found := _CHUNK.match(body, place):
        size = int(found[1], 16)
        start = found.end()
        if size == 0:
            return b"".join(pieces), ""
        pieces.append(body[start : start + size])
        if start + size > len(body):
            return b"".join(pieces), "truncated"
        place = start + size
        if body.startswith(b"\r\n", place):
            place += 2
        elif body.startswith(b"\n", place):
            place += 1
        elif place < len(body):
            break
    if place >= len(body):
        return b"".join(pieces), "truncated"
    if not pieces or (len(pieces) == 1 and len(pieces[0]) < 16):  # a text that begins like a chunk
        return body, "chunks"
    return b"".join(pieces) + body[place:], "chunks"


def unpacked_body(coding: str, body: bytes, limit: int) -> tuple[bytes, str]:
    """(a body with one packing undone, fault); as it is where it is not packed so."""
    if coding in ("gzip", "x-gzip", "deflate"):
        if coding != "deflate" and body[:2] != b"\x1f\x8b":
            return body, ""
        return _inflated(body, coding, limit)
    if coding in ("br", "zstd") and not (coding == "zstd" and body[:4] != b"\x28\xb5\x2f\xfd"):
        return _streamed(body, "brotli" if coding == "br" else "zstd", limit)
    return body, "" if coding in ("none", "utf-8", "binary", "8bit", "zstd", "aws-chunked") else "packing"


def _inflated(body: bytes, coding: str, limit: int) -> tuple[bytes, str]:
    """gzip, of one member or several, and deflate with or without the frame of zlib."""
    pieces: list[bytes] = []
    size = at = 0
    while at < len(body) and size <= limit:
        wbits = 31 if coding != "deflate" else 15 if _is_zlib(body[at : at + 2]) else -15
        try:
            piece, after = _member(body, at, wbits, limit + 1 - size)
        except zlib.error:
            saved = _saved(body[at:], wbits, limit + 1 - size)
            if coding == "deflate" and not saved:
                return body, "" if _looks_plain(body) else "packing"
            return b"".join([*pieces, saved]), "packing"
        pieces.append(piece)
        size += len(piece)
        if after < 0:
            return b"".join(pieces), "too-large" if size > limit else "truncated"
        at = after
        if coding == "deflate" or body[at : at + 2] != b"\x1f\x8b":
            break
    return b"".join(pieces), ""


def _member(body: bytes, at: int, wbits: int, room: int) -> tuple[bytes, int]:
    """(what one member unpacks to, up to `room` bytes; where the next one begins, -1 where this one has no end).

    Raises:
        zlib.error: it is damaged.
    """
    inner = zlib.decompressobj(wbits)
    pieces: list[bytes] = []
    for start in range(at, len(body), FED):
        fed = body[start : start + FED]
        piece = inner.decompress(fed, room)
        pieces.append(piece)
        room -= len(piece)
        if inner.eof:
            return b"".join(pieces), start + len(fed) - len(inner.unused_data)
        if not room:
            break
    return b"".join(pieces), -1


def _saved(body: bytes, wbits: int, limit: int) -> bytes:
    """What comes before the damage, as far as 4 kB of it."""
    inner = zlib.decompressobj(wbits)
    pieces: list[bytes] = []
    size = 0
    for start in range(0, len(body), 4096):
        try:
            pieces.append(inner.decompress(body[start : start + 4096], limit))
        except zlib.error:
            break
        size += len(pieces[-1])
        if inner.eof or size > limit:
            break
    return b"".join(pieces)[:limit]


def _streamed(body: bytes, kind: str, limit: int) -> tuple[bytes, str]:
    """Brotli and Zstandard, through Arrow."""
    import pyarrow as pa  # here, because most archives need none of it

    pieces: list[bytes] = []
    size = 0
    try:
        stream = pa.CompressedInputStream(pa.BufferReader(body), kind)
        while size <= limit and (piece := stream.read(2**18)):
            pieces.append(piece)
            size += len(piece)
    except (OSError, ValueError, MemoryError, pa.ArrowException) as error:
        if not pieces and _looks_plain(body):
            return body, ""
        return b"".join(pieces), "truncated" if pieces or "end" in str(error).lower() else "packing"
    return b"".join(pieces)[:limit], "too-large" if size > limit else ""


def _is_zlib(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0


def _looks_plain(body: bytes) -> bool:
    """Whether a body that should be packed begins like a text instead."""
    start = body[:200].lstrip()
    return start[:1] in (b"<", b"{", b"[") or (
        len(start) > 50 and all(32 <= b < 127 or b in (9, 10, 13) for b in start)
    )


def _text(line: bytes) -> str:
    line = line.strip(b"\r\n")
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("latin-1")
    return text.replace("\0", "")
