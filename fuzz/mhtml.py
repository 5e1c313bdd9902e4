"""Target of the fuzzer: any bytes as a page that a browser saved as MHTML."""

from __future__ import annotations

from fuzz import reading
from galactica.sources import mhtml

_HEAD = b'From: a\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="B"\n\n'
_PAGE = (
    b"--B\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\nContent-Location: http://a.org/\n\n"
)
_PAGE += b"<title>A</title><img src=3Dcid:x><a href=3Db>c</a>\n"
_PICTURE = b"--B\nContent-Type: image/png\nContent-ID: <x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
SEEDS = (
    _HEAD + _PAGE + _PICTURE + b"--B--",
    _HEAD.replace(b"\n", b"\r\n") + _PICTURE + _PAGE,
    _HEAD + b"--B\n" + _HEAD + _PAGE,
    b"MIME-Version: 1.0\nContent-Type: text/html\nSubject: =?utf-8?Q?a=20b?=\nDate: Fri, 1 Jan 2021 10:20:30 +0100\n\n<p>a",
)
PIECES = ("--B\n", "--B--", "\n\n", "Content-Type: text/html\n", 'Content-Type: multipart/x; boundary="B"\n', "=3D", "=\n", "<img src=cid:x>",
          "Content-Location: ", "Content-ID: <x>\n", "base64", ":", "\n", "\r", "\xff", "\x00", "=?utf-8?Q?", "boundary=", '"', "a: b\n", "From: ")  # fmt: skip
FRAME = _HEAD + _PAGE + b"%b"


def one(data: bytes) -> None:
    """Read `data` as MHTML."""
    reading.read(mhtml.LEAF, data, "t.mht")
