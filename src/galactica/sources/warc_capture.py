"""What a record of a web archive is to a library: a page, a text, a file, another name of a page, or none of them.

`capture_of` looks at a record once and says so, with the reason where it is nothing to read. Which capture of an
address counts is settled when all are known (`warc_index`).
Standards: WARC 1.1 §6 (record types, revisits), RFC 9110 §15 (status), RFC 9309 (robots.txt).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from galactica.sources import html, html_refresh, signatures, web_walls
from galactica.sources.contract import MAX_DOCUMENT, Format
from galactica.sources.http_message import HttpAnswer
from galactica.sources.warc_digests import payload_digest
from galactica.sources.warc_payload import WarcPayload, file_name, page_text, payload_of
from galactica.sources.warc_records import WarcRecord
from galactica.sources.web_address import web_path, whole_address

PAGES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
TEXTS = frozenset({"text/plain", "text/markdown", "text/x-markdown"})

_UNSAID = frozenset(
    "application/octet-stream application/unknown unknown/unknown httpd/unix-directory application/x-unknown"
    " text/xml application/xml application/force-download text/plain".split()
)
"""Types that servers tell when they do not know better: the bytes are looked at."""

_NOT_READ = re.compile(
    r"text/(?:css|javascript|ecmascript|xml|x-component|event-stream|calendar|x-json|json)|(?:application|text)/(?:x-)?"
    r"(?:javascript|json|ecmascript|shockwave-flash|font.*|protobuf|wasm|amf|opensearchdescription\+xml|manifest)"
    r"|application/(?:[\w.+-]+\+(?:json|xml)|xml|x-font.*|vnd\.ms-fontobject|font.*|ocsp-response|dns-message|grpc.*)"
    r"|font/.*|multipart/.*|message/.*|binary/.*|application/warc-fields"
)
_MADE_OF = re.compile(r"urn:[A-Za-z]{1,40}:https?:", re.IGNORECASE)
"""Addresses of what crawlers make of pages (`urn:text:https://…`, `urn:thumbnail:…`, `urn:pageinfo:…`)."""

_CONTENT_RANGE = re.compile(r"bytes\s+0-(\d{1,15})/(\d{1,15})", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-?(\d\d)?-?(\d\d)?[T ]?(\d\d)?:?(\d\d)?:?(\d\d)?")
_STATUS = {401: "forbidden", 403: "forbidden", 404: "not-found", 407: "forbidden", 410: "not-found", 451: "forbidden"}
_CUT = frozenset({"web:record-length", "web:record-truncated", "web:truncated", "web:packing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What a record is.

    Attributes:
        kind: "page", "text", "conversion" (a text made of a page elsewhere), "file", "redirect", "revisit", "out".
        path: in the source; "" where it has none.
        address: whole, as it was captured.
        when: fourteen digits, fewer where less is said, "" where nothing.
        reason, detail: of what is "out".
        target: path that a redirect leads to, or that a revisit says it is the same as.
        same_as: record that a revisit says it is the same as, "".
        same_when: when that was captured, "".
        digest: of the payload, as the record says it or computed.
        identity: of the record, "".
        mime: of a file, as it will be served.
        size: of the content.
        reader: name of the format whose reader a file is given to; "" for none.
    """

    kind: str
    path: str = ""
    address: str = ""
    when: str = ""
    reason: str = ""
    detail: str = ""
    target: str = ""
    same_as: str = ""
    same_when: str = ""
    digest: str = ""
    identity: str = ""
    mime: str = ""
    size: int = 0
    reader: str = ""


Readers = Sequence[Format]
"""Formats of documents that a site may hold as files."""


def capture_of(record: WarcRecord, limit: int = MAX_DOCUMENT, readers: Readers = ()) -> Capture:
    """What a record is; nothing of it is kept. What unpacks to more than `limit` bytes is "too-large".

    Args:
        readers: what files may be read by.
    """
    fields = record.fields
    if record.form == "gap":
        return Capture(kind="out", reason=_gap_reason(record), detail=f"{record.length:,} bytes that are no record")
    kind = fields.get("warc-type", "").lower()
    address = fields.get("warc-target-uri", "").strip("<> ")
    path = web_path(address)
    about = Capture(
        kind="out",
        path=path,
        address=address.partition("#")[0],
        when=moment(fields.get("warc-date", "")),
        digest=fields.get("warc-payload-digest", "").lower(),
        identity=fields.get("warc-record-id", ""),
    )
    if kind not in ("response", "resource", "conversion", "revisit"):
        return _out(about, "archive-record", f"a record of type {kind or '(none)'}")
    if record.fault in ("checksum", "too-large"):
        return _out(about, record.fault, "the record is damaged")
    if "warc-segment-number" in fields and (fields["warc-segment-number"] != "1" or record.length < record.stated):
        return _out(about, "unsupported", "a record in several segments")
    if _MADE_OF.match(address):
        return _out(about, "archive-record", "what a crawler made of a page: its text, a picture of it")
    if not path:
        reason = "bad-path" if address.lower().startswith(("http:", "https:")) else "archive-record"
        return _out(about, reason, f"an answer from {address[:200] or 'nowhere'}")
    payload = payload_of(record, limit)
    if kind == "revisit":
        return _revisit(about, fields, payload.answer)
    if payload.answer and (found := _by_status(about, payload.answer, record)):
        return found
    if web_walls.is_robots_rules(about.address):
        return _out(about, "robots-txt", "a site's rules for robots")
    return _by_content(about, record, payload, kind, readers)


def moment(written: str) -> str:
    """A date of a record as up to fourteen digits; "" for none."""
    found = _DATE.match(written.strip())
    if found is None:
        return ""
    digits = ""
    bounds = ((0, 9999), (1, 12), (1, 31), (0, 23), (0, 59), (0, 60))
    for part, (least, most) in zip(found.groups(), bounds, strict=True):
        if part is None or not least <= int(part) <= most:
            break
        digits += part
    return digits if len(digits) >= 4 else ""


def _out(about: Capture, reason: str, detail: str) -> Capture:
    return replace(about, kind="out", reason=reason, detail=detail)


def _gap_reason(record: WarcRecord) -> str:
    return record.fault if record.fault in ("truncated", "checksum", "too-large", "empty") else "damaged"


def _revisit(about: Capture, fields: dict[str, str], answer: HttpAnswer | None) -> Capture:
    if answer and 300 <= answer.status < 400 and answer.status != 304:
        return _redirect(about, answer)
    if answer and answer.status >= 400:
        return _out(about, _STATUS.get(answer.status, "http-error"), f"{answer.status} {answer.reason}, as before")
    return replace(
        about,
        kind="revisit",
        target=web_path(fields.get("warc-refers-to-target-uri", "").strip("<> ")),
        same_as=fields.get("warc-refers-to", ""),
        same_when=moment(fields.get("warc-refers-to-date", "")),
    )


def _by_status(about: Capture, answer: HttpAnswer, record: WarcRecord) -> Capture | None:
    """What an answer is by its status; None for one that holds what was asked for."""
    status = answer.status
    told = f"{status} {answer.reason}".strip()
    if status in (200, 203, 226):
        return None
    if status == 206:
        whole = _CONTENT_RANGE.match(answer.fields.get("content-range", ""))
        if whole and int(whole[1]) + 1 == int(whole[2]):
            return None
        return _out(about, "partial", told)
    if status == 304:
        return _out(about, "not-modified", told)
    if 300 <= status < 400:
        return _redirect(about, answer)
    if status in (204, 205):
        return _out(about, "empty", told)
    return _out(about, _STATUS.get(status, "server-error" if status >= 500 else "http-error"), told)


def _redirect(about: Capture, answer: HttpAnswer) -> Capture:
    location = answer.fields.get("location", "")
    told = f"{answer.status} {answer.reason}".strip()
    if not location:
        return _out(about, "http-error", f"{told}, without saying where to")
    return _leading(about, whole_address(about.address, location), told)


def _leading(about: Capture, whole: str, told: str) -> Capture:
    target = web_path(whole)
    if not target:
        return _out(about, "broken-redirect", f"{told}, to {whole[:300]}")
    if target == about.path:
        return _out(about, "to-itself", f"{told}, to the same page at {whole[:300]}")
    return replace(about, kind="redirect", target=target, detail=told)


def _by_content(about: Capture, record: WarcRecord, payload: WarcPayload, kind: str, readers: Readers) -> Capture:
    content, told = payload.content, payload.told
    if not about.digest:
        about = replace(about, digest=payload_digest(payload.plain))
    about = replace(about, size=len(content))
    if "web:too-large" in payload.faults:
        return _out(about, "too-large", f"unpacks to more than {len(content) - 1:,} bytes")
    if not content.strip():
        return _out(about, "empty", told)
    head = content[: signatures.LOOKED_AT]
    if kind == "conversion":
        return _text(about, payload, "conversion") if told in ("", "text/plain") else _not_read(about, told, head)
    name = file_name(about.path, told)
    picture = signatures.media_type(name, head)
    other = picture or signatures.unread_kind(head, name)  # servers call anything a page
    if not other and (told in PAGES or _looks_like_page(told, head)):
        return _page(about, payload)
    if told in TEXTS and not other:
        return _text(about, payload, "text")
    if not other and (_NOT_READ.fullmatch(told) or name.lower().endswith((".js", ".css", ".json", ".woff", ".woff2"))):
        return _not_read(about, told, head)
    if record.length > len(record.block) or len(content) > MAX_DOCUMENT:
        size = max(record.length, len(content))
        return replace(about, kind="file", mime=signatures.served_as(name, head), size=size)
    if not _CUT.isdisjoint(payload.faults):
        return _out(about, "truncated", f"{told or 'a file'}, of which a part is missing")
    read = max(readers, key=lambda each: each.sniff(name, head), default=None)
    reader = read.name if read and read.sniff(name, head) else ""
    return replace(about, kind="file", mime=signatures.served_as(name, head), reader=reader)


def _not_read(about: Capture, told: str, head: bytes) -> Capture:
    return _out(about, "not-an-article", told or signatures.called(about.path, head))


def _looks_like_page(told: str, head: bytes) -> bool:
    if told and told not in _UNSAID:
        return False
    return html.recognise("", head) >= (60 if not told else 90)


def _page(about: Capture, payload: WarcPayload) -> Capture:
    if len(payload.content) > MAX_DOCUMENT:
        return _out(about, "too-large", f"more than {MAX_DOCUMENT:,} bytes")
    text = page_text(payload)
    if text is None:
        return _out(about, "bad-encoding", "no text in the encoding that is told, UTF-8 or one that it looks like")
    start = text[:2000].lstrip()
    if start[:1] in ("{", "[") and not re.search(r"<[a-zA-Z!?/]", text[:20_000]):
        return _out(about, "not-an-article", "data that is told to be a page")
    base, address = html_refresh.sent_to(text)
    if address:
        whole = whole_address(whole_address(about.address, base) if base else about.address, address)
        if web_path(whole) != about.path:
            return _leading(about, whole, "a page that sends its reader on")
    reason, said = web_walls.wall_of(text, about.address)
    if reason:
        return _out(about, reason, f"a page that calls itself {said}"[:400])
    return replace(about, kind="page")


def _text(about: Capture, payload: WarcPayload, kind: str) -> Capture:
    if len(payload.content) > MAX_DOCUMENT:
        return _out(about, "too-large", f"more than {MAX_DOCUMENT:,} bytes")
    if page_text(payload) is None:
        return _out(about, "bad-encoding", "no text in the encoding that is told, UTF-8 or one that it looks like")
    return replace(about, kind=kind)
