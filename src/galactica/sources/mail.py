"""Mails (.eml) and mailboxes (.mbox): who wrote what to whom and when; a mail is an article, a mailbox a work of them.

The subject is the title, the sender the creator, the day of the mail its date. Of a text and a page that say the same
the page is read; pictures are kept, other attachments named and counted, mails that were passed on stand in the mail.
What is encrypted is refused. Standards: RFC 5322 (mail), RFC 2045 to 2047 (parts, other alphabets), RFC 4155
(mailboxes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses
from html import escape
from itertools import chain, islice
from types import MappingProxyType
from typing import BinaryIO

from galactica.model import Document, Rejected, Work
from galactica.sources import leaf
from galactica.sources.contract import MAX_DOCUMENT, Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.mail_parts import MailBody, has_encrypted, header
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected
from galactica.values.moments import mail_moment

MAX_MAILS = 1_000_000
"""Mails of one mailbox."""

MAX_LINE = 2**20
"""Bytes of one line of a mailbox that are read at a time; RFC 5322 allows 998."""

_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{0,60}):(?!//)", re.MULTILINE)
_SENT = frozenset(("to", "received", "message-id", "delivered-to", "return-path", "reply-to", "in-reply-to"))
_ENVELOPE = re.compile(rb"From \S.{0,300}\d\d:\d\d.{0,60}\d{4}")
_QUOTED = re.compile(rb">+From ")


def recognise_mail(name: str, head: bytes) -> int:
    """96 for what begins with the fields of a mail that was sent, 40 for fields in a file called .eml."""
    start = leaf.text_head(head)
    if not _FIELD.match(start):
        return 0
    fields = re.split(r"\r?\n\r?\n", start, maxsplit=1)[0]
    names = {found.lower() for found in _FIELD.findall(fields)}
    if "snapshot-content-location" in names:
        return 0
    if "from" in names and names & _SENT and names & {"date", "subject"}:
        return 96
    return 40 if leaf.suffix_of(name) == ".eml" else 0


def recognise_mailbox(name: str, head: bytes) -> int:
    """94 for what begins with the line that parts mails in a mailbox."""
    return 94 if _ENVELOPE.match(head) else 0


def read_mail(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield a mail and its pictures, or why there is none."""
    raw = leaf.whole_file(entry, key)
    if isinstance(raw, Rejected):
        yield raw
        return
    yield from _mail(raw, entry.path, key, stem(entry.path))


def read_mailbox(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the mails of a mailbox in its order, as parts of a work where there are several."""
    title = stem(entry.path)
    with entry.open() as stream:
        mails = _parted(stream)
        start = list(islice(mails, 2))
        if not start:
            yield rejected(key, entry.path, "empty", "no mail in it")
            return
        told = len(start) == 1
        for number, raw in enumerate(chain(start, mails), 1):
            if number > MAX_MAILS:
                yield rejected(key, entry.path, "too-many", f"more than {MAX_MAILS:,} mails; the rest was left out")
                return
            for item in _part(raw, entry.path, key, title, number, several=len(start) > 1):
                if isinstance(item, Document) and not told:
                    told = True  # a work has parts: it is told with the first
                    yield Work(source=key, path=entry.path, title=title, kind="collection")
                yield item


def _part(raw: bytes | None, path: str, key: str, title: str, number: int, *, several: bool) -> Iterator[Item]:
    where = path if number == 1 else f"{path}/{number}"
    if raw is None:
        yield rejected(key, where, "too-large", f"a mail of more than {MAX_DOCUMENT:,} bytes")
        return
    own = f"{title} ({number})" if several else title
    yield from _mail(raw, where, key, own, work=path if several else "", part=number if several else 0)


def _parted(stream: BinaryIO) -> Iterator[bytes | None]:
    """The mails of a mailbox without the lines that part them; None for one above `MAX_DOCUMENT`."""
    lines: list[bytes] = []
    size, after_empty, begun, starts = 0, True, False, True
    while line := stream.readline(MAX_LINE):
        if starts and after_empty and _ENVELOPE.match(line):
            if begun:
                yield b"".join(lines) if size <= MAX_DOCUMENT else None
            lines, size, begun, after_empty = [], 0, True, False
            continue
        after_empty = starts and not line.strip()
        starts = line.endswith(b"\n")
        size += len(line)
        if size <= MAX_DOCUMENT:
            lines.append(line[1:] if _QUOTED.match(line) else line)
    if begun:
        yield b"".join(lines) if size <= MAX_DOCUMENT else None


def _mail(raw: bytes, path: str, key: str, title: str, *, work: str = "", part: int = 0) -> Iterator[Item]:
    try:
        message = BytesParser().parsebytes(raw)
    except RecursionError:
        yield rejected(key, path, "too-deep", "more parts in each other than any mail has")
        return
    yield from mail_items(message, path, key, title, work=work, part=part)


def mail_items(
    message: Message,
    path: str,
    key: str,
    title: str,
    *,
    work: str = "",
    part: int = 0,
    creators: tuple[str, ...] = (),
    dropped: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[Item]:
    """Yield a mail that was parsed and its pictures, or why there is none.

    Args:
        title: of a mail without a subject.
        work, part: the mailbox that it is in, and its number there.
        creators: who wrote it; () where its field says that.
        dropped: what was left out already → how often.
    """
    try:
        body = MailBody(path, key)
        body.dropped.update(dropped)
        content = body.read(message)
    except RecursionError:
        yield rejected(key, path, "too-deep", "more parts in each other than any mail has")
        return
    if not content and not body.media:
        reason = "encrypted" if has_encrypted(message) else "empty"
        yield rejected(key, path, reason, "it is encrypted" if reason == "encrypted" else "no text in it")
        return
    sent = _sent(message)
    yield Document(
        source=key,
        path=path,
        title=leaf.title_line(header(message, "subject")) or title,
        markup="html",
        content=f"<main>\n{fields_html(message, body.attached)}\n{content}\n</main>",
        modified=sent.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if sent else "",
        published=f"{sent:%Y-%m-%d}" if sent else "",
        creators=creators or _persons(message),
        dropped=tuple(sorted(body.dropped.items())),
        work=work,
        part=part,
    )
    yield from body.media.values()


def fields_html(message: Message, attached: list[str]) -> str:
    """What a reader is shown of a mail's fields, as a list of terms; names of attachments after them."""
    rows = [(name, leaf.title_line(header(message, name))) for name in ("From", "To", "Cc", "Date", "Subject")]
    rows.extend(("Attachment", name) for name in attached)
    each = "".join(f"<dt>{name}</dt><dd>{escape(text, quote=False)}</dd>" for name, text in rows if text)
    return f"<dl>{each}</dl>" if each else ""


def _sent(message: Message) -> datetime | None:
    """When a mail was sent, in the zone of whoever sent it; None where that is not said or makes no sense."""
    sent = mail_moment(header(message, "date"))
    return sent if sent is not None and 1970 <= sent.astimezone(UTC).year < 2200 else None


def _persons(message: Message) -> tuple[str, ...]:
    try:
        found = getaddresses([header(message, "from")])
    except RecursionError:  # brackets in each other: the field itself is shown
        return ()
    return tuple(dict.fromkeys(text for name, at in found if (text := leaf.title_line(name or at))))[:10]


MAIL = file_format(
    Leaf(name="mail", suffixes=(".eml",), recognise=recognise_mail, read=read_mail, whole=True, shown=True)
)
MAILBOX = file_format(
    Leaf(name="mailbox", suffixes=(".mbox",), recognise=recognise_mailbox, read=read_mailbox, shown=True)
)
