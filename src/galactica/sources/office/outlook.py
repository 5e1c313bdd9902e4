"""Mails as Outlook keeps them (.msg): made into a mail as it is sent, which is then read like any other.

Properties of the mail, of who it went to and of what is attached lie in streams that are called by their numbers. The
body stands there as text, as a page, or as packed RTF that may have been made of a page. What is encrypted is refused;
what was only signed is read. Standards: [MS-OXMSG], [MS-OXPROPS], [MS-OXCMSG].
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser, HeaderParser
from email.utils import format_datetime
from html import escape
from itertools import islice, takewhile

from galactica.sources import encoding, html, leaf
from galactica.sources.contract import Item
from galactica.sources.mail import mail_items
from galactica.sources.office import rtf_page
from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow, blocks_html
from galactica.sources.office.lzfu import unpacked_rtf
from galactica.sources.office.outlook_properties import BYTES, PROPERTIES, MailProperties, named_numbers, page_encoding
from galactica.sources.office.rich_text import RtfReader
from galactica.sources.paths import stem

MAX_MAILS_DEEP = 15
"""Mails in each other."""

MAX_HELD = 2_000
"""Receivers of a mail, and what is attached to it, each."""

_CLASS, _SUBJECT, _SENT, _HEADERS, _FOR, _FOR_MAIL = 0x001A, 0x0037, 0x0039, 0x007D, 0x0042, 0x0065
_SENDER, _SENDER_MAIL, _SENDER_SMTP, _FOR_SMTP = 0x0C1A, 0x0C1F, 0x5D01, 0x5D02
_TO_SHOWN, _CC_SHOWN, _ARRIVED, _BODY, _RTF, _PAGE = 0x0E04, 0x0E03, 0x0E06, 0x1000, 0x1009, 0x1013
_NAME, _MAIL, _SMTP, _RECEIVER = 0x3001, 0x3003, 0x39FE, 0x0C15
_CONTENT, _SHORT_NAME, _LONG_NAME, _TYPE, _CONTENT_ID, _HOW = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712, 0x3705
_MEETING = bytes.fromhex("0220060000000000c000000000000046")
_TASK = bytes.fromhex("0320060000000000c000000000000046")
_TIMES = (("Begins", _MEETING, 0x820D), ("Ends", _MEETING, 0x820E), ("Begins", _TASK, 0x8104), ("Due", _TASK, 0x8105))
_WHERE = 0x8208
"""Properties of meetings and tasks, by the family that they are of ([MS-OXPROPS] §1.3.2)."""

_MAIL_INSIDE = 5
"""How something is attached that is a mail itself."""


def read(file: CompoundFile, path: str, key: str) -> Iterator[Item]:
    """Yield a mail and its pictures, or why there is none.

    Raises:
        PartError: it cannot be read.
    """
    dropped: Counter[str] = Counter()
    mail = _Mail(file, "", 32, 0, dropped)
    message, creators = mail.message(), mail.creators
    if file.damaged:
        dropped["office:damaged-part"] += len(file.damaged)
    yield from mail_items(message, path, key, stem(path), creators=creators, dropped=dropped)


class _Mail:
    """A mail in a file, or in a mail.

    Args:
        folder: where it lies; "" for the file's own.
        head: bytes before its properties of fixed size.
        depth: how many mails it is in.
        dropped: where what cannot be read is counted.
    """

    def __init__(self, file: CompoundFile, folder: str, head: int, depth: int, dropped: Counter[str]) -> None:
        self._file = file
        self._folder = folder
        self._depth = depth
        self._dropped = dropped
        self._said = MailProperties(file, folder, head)

    @property
    def creators(self) -> tuple[str, ...]:
        """Who wrote it."""
        name, address = self._sender()
        said = leaf.title_line(name) or address
        return (said,) if said else ()

    def message(self) -> Message:
        """The mail as it is sent."""
        signed = self._signed()
        found: Message = MIMEMultipart("mixed")
        if signed is not None:
            found.attach(signed)
        else:
            if about := self._appointed():
                found.attach(MIMEText(about, "html", "utf-8"))
            found.attach(self._body())
            for each in self._held("__attach_version1.0_#"):
                if (part := self._attached(each)) is not None:
                    found.attach(part)
        for name, value in self._fields():
            if value:
                found[name] = value
        return found

    def _held(self, begins: str) -> list[str]:
        """The folders of receivers, or of what is attached."""
        prefix = f"{self._folder}/{begins}" if self._folder else begins
        folders = self._file.folders
        at = bisect_left(folders, prefix)
        rest = takewhile(lambda each: each.startswith(prefix), (folders[number] for number in range(at, len(folders))))
        return list(islice((each for each in rest if "/" not in each[len(prefix) :]), MAX_HELD))

    def _fields(self) -> Iterator[tuple[str, str]]:
        said = self._said
        yield "From", _person(*self._sender())
        to: dict[int, list[str]] = {}
        for folder in self._held("__recip_version1.0_#"):
            try:
                one = MailProperties(self._file, folder, 8, said.pages)
            except PartError:
                continue
            person = _person(one.text(_NAME), _mail(one.text(_SMTP)) or _mail(one.text(_MAIL)))
            to.setdefault(one.number(_RECEIVER), []).append(person)
        yield "To", ", ".join(filter(None, to.get(1, []))) or said.text(_TO_SHOWN)
        yield "Cc", ", ".join(filter(None, to.get(2, []))) or said.text(_CC_SHOWN)
        sent = said.time(_SENT) or said.time(_ARRIVED)
        own = str(HeaderParser().parsestr(said.text(_HEADERS)[:100_000]).get("date", "")).strip()
        yield "Date", own or (format_datetime(sent) if sent is not None else "")
        yield "Subject", said.text(_SUBJECT)

    def _sender(self) -> tuple[str, str]:
        """(name, address) of who wrote it, or for whom it was written."""
        said = self._said
        mails = (_FOR_SMTP, _SENDER_SMTP, _FOR_MAIL, _SENDER_MAIL)
        return said.text(_FOR) or said.text(_SENDER), next(
            (mail for each in mails if (mail := _mail(said.text(each)))), ""
        )

    def _appointed(self) -> str:
        """When and where a meeting is, or when a task is due, as HTML; "" for a mail."""
        if self._said.text(_CLASS).lower().startswith("ipm.note"):
            return ""
        numbers = named_numbers(self._file)
        rows = [("Location", self._said.text(numbers.get((_MEETING, _WHERE), 0)))]
        for called, family, name in _TIMES:
            time = self._said.time(numbers.get((family, name), 0))
            rows.append((called, f"{time:%Y-%m-%d %H:%M} UTC" if time is not None else ""))
        shown = "".join(f"<dt>{called}</dt><dd>{escape(text)}</dd>" for called, text in rows if text.strip())
        return f"<dl>{shown}</dl>" if shown else ""

    def _body(self) -> Message:
        """The body in all its forms, the richest last."""
        found: Message = MIMEMultipart("alternative")
        if text := self._said.text(_BODY):
            found.attach(MIMEText(text, "plain", "utf-8"))
        if page := self._page():
            found.attach(MIMEText(page, "html", "utf-8"))
        return found

    def _page(self) -> str:
        said = self._said
        raw = said.content(_PAGE, BYTES)
        page = (
            encoding.decode(raw, html.declared(raw) or page_encoding(said.pages[1] or said.pages[0]))
            if raw
            else said.text(_PAGE)
        )
        if page:
            return page
        packed = said.content(_RTF, BYTES)
        if not packed:
            return ""
        try:
            rich = unpacked_rtf(packed)
            if rtf_page.holds_page(rich):
                return rtf_page.page_in(rich)
            if b"\\fromtext" in rich[:10_000] and said.text(_BODY):
                return ""
            reader = RtfReader(TextFlow(path="", key=""))
            reader.read(rich)
            return blocks_html(reader.flow.blocks)
        except PartError:
            self._dropped["office:damaged-part"] += 1
            return ""

    def _signed(self) -> Message | None:
        """The mail inside of one that was signed, or None; what is encrypted is a part that says so."""
        kind = self._said.text(_CLASS).lower()
        held = self._held("__attach_version1.0_#")
        if not kind.startswith("ipm.note.smime") or len(held) != 1:
            return None
        content = MailProperties(self._file, held[0], 8, self._said.pages).content(_CONTENT, BYTES)
        if kind.endswith("multipartsigned"):
            return BytesParser().parsebytes(content)
        return MIMEBase("application", "pkcs7-mime")

    def _attached(self, folder: str) -> Message | None:
        try:
            said = MailProperties(self._file, folder, 8, self._said.pages)
            name = said.text(_LONG_NAME) or said.text(_SHORT_NAME) or said.text(_NAME)
            inside = f"{folder}/__substg1.0_{_CONTENT:04x}000d"
            if said.number(_HOW) == _MAIL_INSIDE and self._file.find(f"{inside}/{PROPERTIES}"):
                if self._depth < MAX_MAILS_DEEP:
                    return MIMEMessage(_Mail(self._file, inside, 24, self._depth + 1, self._dropped).message())
                return _named("application/vnd.ms-outlook", name)
            kind = said.text(_TYPE).lower()
            picture = kind.startswith("image/") or name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp"))
            part = _named(kind if kind.startswith("image/") or not picture else "image/x", name)
            if picture:
                part.set_payload(said.content(_CONTENT, BYTES))
                identity = said.text(_CONTENT_ID)
                if identity:
                    part["Content-ID"] = f"<{identity.strip('<>')}>"
            return part
        except PartError:
            return _named("", "")


def _named(kind: str, name: str) -> Message:
    """What is attached, without what is in it."""
    major, slash, minor = kind.partition("/")
    fits = slash and major.isalnum() and minor.replace("-", "").replace("+", "").replace(".", "").isalnum()
    found = MIMEBase(major, minor) if fits else MIMEBase("application", "octet-stream")
    found.add_header("Content-Disposition", "attachment", **({"filename": name} if name else {}))
    return found


def _mail(address: str) -> str:
    """An address of the Internet; "" for one of a company's own directory."""
    return address.strip() if "@" in address else ""


def _person(name: str, address: str) -> str:
    """Somebody as a field of a mail has them; a name with signs that part names is put between quotation marks."""
    name = " ".join(name.split()).strip("'\"").replace('"', "")
    if not name or not address or name == address:
        return address or name
    if re.search(r"[,;:()<>@\[\]\\]", name):
        name = f'"{name}"'
    return f"{name} <{address}>"
