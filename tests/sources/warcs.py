"""Web archives for tests, written record by record, and pages as browsers save them."""

from __future__ import annotations

import base64
import gzip
import plistlib
from collections import Counter
from pathlib import Path

from galactica.model import Attachment, Document, Redirect, Rejected
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source
from tests.sources.promised import check

HOST = "http://example.com"
DAY = "2020-01-02T03:04:05Z"


def warc(
    kind: str,
    block: bytes | str,
    *,
    uri: str = "http://example.com/",
    date: str = DAY,
    length: int | None = None,
    version: str = "1.0",
    **fields: str,
) -> bytes:
    """A record; names of further fields are written with underscores."""
    block = block.encode() if isinstance(block, str) else block
    lines = [f"WARC/{version}", f"WARC-Type: {kind}", f"WARC-Date: {date}"]
    if uri:
        lines.append(f"WARC-Target-URI: {uri}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    lines.append(f"Content-Length: {len(block) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(body: bytes | str, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **fields: str) -> bytes:
    """An answer of a server."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else [])]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def page(title: str, text: str = "", *, head: str = "") -> str:
    """A page with something to say."""
    said = text or f"<p>{title} is told of here in a sentence of some length, and then in another one.</p>"
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{said}</body></html>"


def response(uri: str, body: bytes | str, *, date: str = DAY, status: str = "200 OK", **fields: str) -> bytes:
    """A record of an answer with a page."""
    return warc("response", http(body, status=status, **fields), uri=uri, date=date)


def packed(*records: bytes) -> bytes:
    """Records packed as they should be, a member each."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def arc(uri: str, block: bytes | str, *, date: str = "20200102030405", kind: str = "text/html") -> bytes:
    """A record of an ARC, version 1."""
    block = block.encode() if isinstance(block, str) else block
    return f"{uri} 93.184.216.34 {date} {kind} {len(block)}\n".encode() + block + b"\n"


ARC_HEAD = arc(
    "filedesc://x.arc", "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n", kind="text/plain"
)
INFO = warc("warcinfo", "software: a test\r\n", uri="")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
SAMPLE = INFO + response("http://example.com/moon", page("Moon")) + response("http://example.com/sun", page("Sun"))
ARC = ARC_HEAD + arc("http://example.com/moon", http(page("Moon")))
_RESOURCE = {"WebResourceMIMEType": "text/html", "WebResourceTextEncodingName": "windows-1251"}
WEBARCHIVE = plistlib.dumps(
    {
        "WebMainResource": {
            **_RESOURCE,
            "WebResourceURL": "https://example.com/d/moon",
            "WebResourceData": page("Луна", "<p>Round.</p><img src='../m.png'>").encode("cp1251"),
        },
        "WebSubresources": [
            {"WebResourceMIMEType": "image/png", "WebResourceURL": "https://example.com/m.png", "WebResourceData": PNG},
            {"WebResourceMIMEType": "text/css", "WebResourceURL": "https://example.com/x", "WebResourceData": b"p {}"},
            "nothing",
        ],
        "WebSubframeArchives": [{"WebMainResource": {**_RESOURCE, "WebResourceData": b"<p>Buy!</p>"}}, 7],
    },
    fmt=plistlib.FMT_BINARY,
)
MHTML = "\r\n".join(
    [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://example.com/d/moon",
        "Subject: =?utf-8?Q?Moon=20=E2=80=93=20Site?=",
        "Date: Fri, 1 Jan 2021 10:20:30 +0100",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="----B"',
        "",
        "",
        "------B",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: https://example.com/d/moon",
        "",
        "<!DOCTYPE html><html lang=3Den><head><title>Moon =E2=80=93 Site</title></head><body><h1>Moon</h1>",
        '<img src=3D"../m.png"><img src=3D"cid:two@x"><a href=3D"sun">Sun</a></body></html>',
        "------B",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://example.com/m.png",
        "",
        base64.encodebytes(PNG).decode().strip(),
        "------B",
        "Content-Type: image/png",
        "Content-ID: <two@x>",
        "Content-Transfer-Encoding: base64",
        "",
        base64.encodebytes(PNG + b"2").decode().strip(),
        "------B",
        "Content-Type: text/css",
        "Content-Location: https://example.com/x.css",
        "",
        "p { color: red }",
        "------B",
        "Content-Type: text/html",
        "Content-Location: https://ads.example.com/",
        "",
        "<p>Buy!</p>",
        "------B--",
        "",
    ]
)


def read(tmp_path: Path, *records: bytes, options: SourceOptions | None = None) -> list[Item]:
    """Read an archive; what goes in comes out."""
    path = tmp_path / "site.warc"
    path.write_bytes(b"".join(records))
    with open_source(path, options) as source:
        items = list(source.read())
    check(items)
    told = sum(isinstance(item, Document | Redirect | Attachment | Rejected) for item in items)
    assert told == len(records)
    return items


def documents(items: list[Item]) -> dict[str, Document]:
    return {item.path: item for item in items if isinstance(item, Document)}


def redirects(items: list[Item]) -> dict[str, str]:
    return {item.path: item.target for item in items if isinstance(item, Redirect)}


def reasons(items: list[Item]) -> dict[str, int]:
    return dict(Counter(item.reason for item in items if isinstance(item, Rejected)))
