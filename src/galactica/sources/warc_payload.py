"""The content of a record of a web archive, and the text of one that is a page.

Encoding, as browsers find it: byte order mark, the server's word, the page's own, then what the bytes look like
(`encoding`). Digests that the record carries are compared with its bytes: one that does not fit is counted, because
harmless tools change bytes, too. Standards: WARC 1.1 §6, HTML Standard §13.2.3.
"""

from __future__ import annotations

from dataclasses import dataclass

from galactica.sources import encoding, html, http_message
from galactica.sources.contract import MAX_DOCUMENT
from galactica.sources.http_message import HttpAnswer
from galactica.sources.warc_digests import digest_faults
from galactica.sources.warc_records import WarcRecord

HEAD_ROOM = 2**20
"""Bytes of a block that are held besides the largest document: the answer's fields, chunks."""

HELD = MAX_DOCUMENT + HEAD_ROOM
"""Bytes of a block that are looked at."""

_ENDINGS = {
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif",
    "image/svg+xml": ".svg", "audio/mpeg": ".mp3", "audio/ogg": ".ogg", "audio/wav": ".wav", "audio/mp4": ".m4a",
    "audio/flac": ".flac", "video/mp4": ".mp4", "video/webm": ".webm", "video/ogg": ".ogv", "text/vtt": ".vtt",
    "application/pdf": ".pdf", "application/epub+zip": ".epub", "application/zip": ".zip", "text/csv": ".csv",
    "application/ogg": ".ogg", "video/quicktime": ".mov", "application/msword": ".doc",
}  # fmt: skip
"""What a file of a type would be called, where its address does not call it so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcPayload:
    """The content of a record, unpacked.

    Attributes:
        told: media type that the server told, "".
        charset: encoding that it told, "".
        answer: the server's answer; None where the record holds the content itself.
        plain: as in `http_message.HttpContent`.
        faults: names of what was wrong with it, for `Document.dropped`.
    """

    content: bytes
    told: str
    charset: str
    answer: HttpAnswer | None
    plain: bytes
    faults: tuple[str, ...]


def payload_of(record: WarcRecord, limit: int = MAX_DOCUMENT) -> WarcPayload:
    """The content of a record, as far as it was held; of what is packed at most `limit` bytes, and one more."""
    answer = None
    if record.fields.get("warc-type") in ("response", "revisit") or record.block[:5] == b"HTTP/":
        answer = http_message.parse_answer(record.block)
    written = record.fields.get("content-type", "")
    faults = [f"record-{record.fault}"] if record.fault else []
    if "warc-truncated" in record.fields:
        faults.append("record-truncated")
    if answer is None:
        told = http_message.media_type_told(written)
        told = "" if told == "application/http" else told
        charset = http_message.charset_told(written)
        content = plain = record.block
    else:
        found = http_message.content_of(answer, record.block, limit + 1)
        told, charset, content, plain = answer.content_type, answer.charset, found.content, found.plain
        faults += found.faults
    faults += digest_faults(record, answer.start if answer else 0, plain)
    names = tuple(f"web:{name}" for name in dict.fromkeys(faults))
    return WarcPayload(content=content, told=told, charset=charset, answer=answer, plain=plain, faults=names)


def page_text(payload: WarcPayload) -> str | None:
    """The text of a page, None where it is none in any encoding known here."""
    raw = payload.content
    own = html.declared(raw)
    for label in (payload.charset, own):
        codec = encoding.codec_of(label) if label else ""
        if codec.startswith("utf-16") or (codec == "iso-2022-jp" and b"\x1b" in raw):
            try:  # what a reader that begins with UTF-8 would take for something else
                text = raw.decode(codec)
            except (UnicodeDecodeError, LookupError):
                continue
            if text.count("<") * 200 > len(text):
                return text.lstrip("\ufeff")
    told = encoding.codec_of(payload.charset)
    # UTF-8 is tried first whatever is told; where a server says so in vain, the page may know better.
    return encoding.decode(raw, own if not told or (own and told.startswith("utf")) else payload.charset)


def file_name(path: str, told: str) -> str:
    """What a file at a path is called, with the ending of its type where it has none of a file."""
    name = path.partition("?")[0].rpartition("/")[2] or "file"
    ending = _ENDINGS.get(told, "")
    return name if not ending or name.lower().endswith(ending) or ending in (".jpg",) else f"{name}{ending}"
