"""The parts of a mail as one page: text and pages in their order, pictures where they are shown, what is attached.

A part in an alphabet that is not told is taken for UTF-8, else for Western letters. Lines that answer with ">" are
quotations.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections import Counter
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from html import escape
from urllib.parse import quote

from galactica.model import MediaFile
from galactica.sources import encoding, signatures
from galactica.sources.page_inside import page_inside
from galactica.sources.paths import clean_path, printable

MAX_PARTS = 2_000
"""Parts of one mail."""

MAX_QUOTED = 8
"""Answers in each other that are told apart."""

MAX_FIELD = 20_000
"""Characters of a field that are looked at, ten times what is shown of it: what it takes to decode other alphabets
grows with the square of their number."""

_CID = re.compile(r"""(["'])cid:([^"'<>\s]{1,300})\1""", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


class MailBody:
    """What a mail shows.

    Args:
        path, key: of the mail and its source.

    Attributes:
        media: its pictures by their names.
        attached: names of what is attached besides.
        dropped: what was left out → how often.
    """

    def __init__(self, path: str, key: str) -> None:
        self._path = path
        self._key = key
        self._left = MAX_PARTS
        self._by_id: dict[str, str] = {}
        self._taken: set[int] = set()
        self.media: dict[str, MediaFile] = {}
        self.attached: list[str] = []
        self.dropped: Counter[str] = Counter()

    def read(self, message: Message) -> str:
        """All that is shown, as HTML; "" for nothing."""
        self._pictures(message)
        shown = self._part(message)
        used = set(re.findall(r'src="/([^"]*)"', shown))
        rest = [file for file in self.media.values() if quote(file.path) not in used]
        pictures = "".join(f'<p><img src="/{quote(file.path)}" alt=""></p>' for file in rest)
        return f"{shown}{pictures}"

    def _pictures(self, message: Message) -> None:
        """Take in the pictures, so that pages before them can show them."""
        for number, part in enumerate(message.walk()):
            if number >= MAX_PARTS:
                return
            if part.get_content_maintype() != "image":
                continue
            content = part.get_payload(decode=True)
            name = filename(part) or f"picture{number}"
            if not isinstance(content, bytes) or not content:
                continue
            mime = signatures.media_type(name, content[: signatures.LOOKED_AT])
            path = clean_path(f"{self._path}/{number}-{name.replace('/', '_')}")
            if mime and path:
                self._taken.add(id(part))
                self.media[str(number)] = MediaFile(source=self._key, path=path, mime=mime, content=content)
                identity = header(part, "content-id").strip(" <>")
                if identity:
                    self._by_id[identity] = path

    def _part(self, part: Message) -> str:
        self._left -= 1
        if self._left < 0:
            self.dropped["mail:too-many-parts"] += 1
            return ""
        kind = part.get_content_type()
        if kind == "multipart/alternative":
            return self._alternative(part)
        if part.is_multipart():
            inner = [each for each in part.get_payload() if isinstance(each, Message)]
            if kind == "message/rfc822":
                inner = [_unpacked(part, each) for each in inner]
                return "".join(f"<blockquote>{_fields(each)}{self._part(each)}</blockquote>" for each in inner)
            return "".join(self._part(each) for each in inner)
        attached = part.get_content_disposition() == "attachment"
        if kind in ("text/plain", "text/html") and not attached:
            text = text_of_part(part)
            if str(part.get_param("format", "")).lower() == "flowed":
                text = flowed(text, closed=str(part.get_param("delsp", "")).lower() == "yes")
            return self._page(text) if kind == "text/html" else plain_html(text)
        if id(part) in self._taken:
            return ""
        if kind not in ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"):
            self.dropped["mail:attachment"] += 1
            self.attached.append(filename(part) or kind)
        return ""

    def _alternative(self, part: Message) -> str:
        """The last of several forms that shows anything: they come from the plainest to the richest (RFC 2046
        5.1.4)."""
        inner = part.get_payload()
        for each in reversed(inner if isinstance(inner, list) else []):
            if isinstance(each, Message) and (shown := self._part(each)):
                return shown
        return ""

    def _page(self, text: str) -> str:
        """What stands in a page, its pictures found by their ids."""

        def shown(match: re.Match[str]) -> str:
            path = self._by_id.get(match[2])
            return f'"/{quote(path)}"' if path else '""'

        return _CID.sub(shown, page_inside(text))


def header(message: Message, name: str) -> str:
    """A field of a mail as text, whatever alphabet it is in; "" where it is not there."""
    value = message.get(name)
    if value is None:
        return ""
    text = str(value)[:MAX_FIELD]
    try:
        return printable(_SPACE.sub(" ", str(make_header(decode_header(text)))).strip(), 2_000)
    except (HeaderParseError, LookupError, ValueError):
        return printable(_SPACE.sub(" ", text).strip(), 2_000)


def filename(part: Message) -> str:
    """What an attached file is called; "" where it has no name."""
    try:
        name = (part.get_filename("") or "")[:MAX_FIELD]
        decoded = str(make_header(decode_header(name))) if name else ""
    except (HeaderParseError, LookupError, ValueError, TypeError):
        decoded = ""
    return printable(_SPACE.sub(" ", decoded.replace("\\", "/").rpartition("/")[2]).strip(), 200)


def has_encrypted(message: Message) -> bool:
    """Whether a mail is encrypted (RFC 1847, RFC 8551)."""
    kinds = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
    return any(part.get_content_type() in kinds for part in message.walk())


def text_of_part(part: Message) -> str:
    """The text of a part."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    declared = part.get_content_charset("") or ""
    return encoding.decode(content, declared) or content.decode("utf-8", "replace")


def flowed(text: str, *, closed: bool) -> str:
    """A text whose lines flow on where they end in a space, each paragraph in one line again (RFC 3676).

    Args:
        closed: whether that space is none of the text's (`DelSp=yes`).
    """
    found: list[list[str]] = []
    going, before = False, -1
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        if not going or depth != before:
            found.append([f"{'>' * depth}{' ' if depth else ''}"])
        going, before = words.endswith(" ") and words != "-- ", depth
        found[-1].append(words[:-1] if going and closed else words)
    return "\n".join(map("".join, found))


def plain_html(text: str, depth: int = 0) -> str:
    """A text as paragraphs; what is answered to stands in quotations."""
    pieces: list[str] = []
    lines: list[str] = []
    quoted: list[str] = []

    def put() -> None:
        if lines:
            pieces.append(f"<p>{'<br>'.join(escape(line.rstrip(), quote=False) for line in lines)}</p>")
            lines.clear()
        if quoted:
            pieces.append(f"<blockquote>{plain_html(chr(10).join(quoted), depth + 1)}</blockquote>")
            quoted.clear()

    for line in text.splitlines():
        answer = line.startswith(">") and depth < MAX_QUOTED
        if answer != bool(quoted) and (lines or quoted):
            put()
        if answer:
            quoted.append(line[1:].removeprefix(" "))
        elif line.strip():
            lines.append(line)
        else:
            put()
    put()
    return "\n".join(pieces)


def _unpacked(part: Message, inner: Message) -> Message:
    """A mail that was passed on; one that was packed for that, which no standard allows, unpacked."""
    coding = header(part, "content-transfer-encoding").lower()
    if coding not in ("base64", "quoted-printable"):
        return inner
    raw = inner.as_bytes()
    try:
        unpacked = base64.b64decode(raw) if coding == "base64" else quopri.decodestring(raw)
    except binascii.Error:
        return inner
    return BytesParser().parsebytes(unpacked)


def _fields(message: Message) -> str:
    rows = [(name, header(message, name)) for name in ("From", "To", "Cc", "Date", "Subject")]
    each = "".join(f"<dt>{name}</dt><dd>{escape(text, quote=False)}</dd>" for name, text in rows if text)
    return f"<dl>{each}</dl>" if each else ""
