"""Target of the fuzzer: any bytes as a web archive, plain or packed, read wholly and its files taken out."""

from __future__ import annotations

import gzip

from fuzz import reading
from galactica.errors import InputError
from galactica.sources import warc
from galactica.sources.contract import SourceOptions

_PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>A</title><base href=b><a href=c>d</a><img src=e>"
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n2\r\nhi\r\n0\r\n\r\n"


def _record(kind: bytes, block: bytes, uri: bytes = b"http://a.org/b") -> bytes:
    fields = b"WARC-Type: %b\r\nWARC-Target-URI: %b\r\nWARC-Date: 2020-01-02T03:04:05Z\r\nContent-Length: %d\r\n\r\n"
    return b"WARC/1.0\r\n" + fields % (kind, uri, len(block)) + block + b"\r\n\r\n"


_WARC = _record(b"warcinfo", b"a: b") + _record(b"response", _PAGE) + _record(b"revisit", b"", b"http://a.org/c")
_ARC = b"filedesc://a 0.0.0.0 20200102030405 text/plain 3\n1 0\n\n"
_ARC += b"http://a.org/ 1.2.3.4 20200102030405 text/html %d\n%b\n" % (len(_PAGE), _PAGE)
SEEDS = (
    _WARC,
    _ARC,
    gzip.compress(_WARC),
    b"".join(gzip.compress(_record(b"response", body)) for body in (_PAGE, _CHUNKED)),
    _record(b"response", _PAGE + b"x" * 50) + _record(b"response", _CHUNKED, b"http://a.org/d"),
    _record(b"response", b"HTTP/1.1 301 x\r\nLocation: b\r\n\r\n", b"http://a.org/r") + _WARC,
    _record(b"conversion", b"A text") + _WARC.replace(b"Length: ", b"Length: 9"),
)
PIECES = ("WARC/1.0\r\n", "WARC-Type: response\r\n", "Content-Length: ", "Content-Length: 99999999\r\n\r\n", "\r\n\r\n", "\n", "9",
          "http://a.org/ 1.2.3.4 20200102030405 text/html 5\n", "http:", " 1.2.3.4 ", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "a: b\r\n",
          "<a href='", '<img src="', "<!--", "<script>", "<base href=x>", "\x00", "\xff", " ", "3\r\nabc\r\n", "%41", "WARC/", "<title>404")  # fmt: skip
FRAME = _record(b"response", _PAGE) + b"%b"


def one(data: bytes) -> None:
    """Read `data` as a web archive."""
    path = reading.kept(data, "t.warc")
    warc.sniff("t.warc", data[:8192])
    try:
        source = warc.WarcSource(path, SourceOptions())
    except InputError as error:
        assert error.remedy, error.problem
        return
    with source:
        reading.check(source.read())
        reading.check(source.fetch(lambda path: True, lambda prefix: True, 2**20))
