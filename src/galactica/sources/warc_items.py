"""What the records of a web archive become, when it is settled which of them count (`warc_index`).

A page is given out with its links and pictures turned to where they lie in the archive, with its address, and with the
moment of its capture as its revision; what it says of itself is left to whoever cleans it. Every moment at which it was
captured is a statement (`captured`) besides. A record of which nothing is shown is a redirect, or rejected with its
reason.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC
from typing import BinaryIO, cast

from galactica.errors import GalacticaError
from galactica.languages import tag
from galactica.model import Attachment, Document, MediaFile, Redirect, Rejected
from galactica.sources import html, signatures, text
from galactica.sources.captured import captured_at
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, guarded_items
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.warc_capture import Capture, Readers
from galactica.sources.warc_index import CaptureIndex, Shown
from galactica.sources.warc_payload import WarcPayload, file_name, page_text, payload_of
from galactica.sources.warc_records import WarcRecord
from galactica.sources.web_address import web_path
from galactica.sources.web_links import with_places
from galactica.values.moments import mail_moment, utc_stamp

MAX_STATEMENTS = 1000
"""Captures of one page whose moments are told, the newest; what is more is counted."""


class WarcItems:
    """Args:
    key: of the source.
    index: of all captures, settled.
    readers: of documents that a site may hold as files.
    place: what a record without an address is called.
    """

    def __init__(
        self,
        key: str,
        options: SourceOptions,
        index: CaptureIndex,
        readers: Readers = (),
        place: Callable[[int], str] = "record {}".format,
    ) -> None:
        self._place = place
        self._readers = {each.name: each.leaf for each in readers if each.leaf}
        self._key = key
        self._options = options
        self._index = index

    def wants(self, number: int) -> bool:
        """Whether the content of a record is needed to say what it is."""
        shown = self._index.shown_by(number)
        reader = self._readers and self._index.capture(number).reader
        return any(at.kind != "file" or reader for at in shown)

    def of(self, record: WarcRecord) -> Iterator[Item]:
        """What one record is, and what it holds the content of."""
        key, index = self._key, self._index
        capture = index.capture(record.number)
        shown = index.shown_by(record.number)
        payload = payload_of(record) if self.wants(record.number) else None
        for at in shown:
            if at.kind == "file":
                reader = self._readers.get(capture.reader)
                yield _attachment(key, at.path, capture, read=reader is not None)
                if reader and payload:
                    yield from self._read(reader, at, payload)
            elif payload:
                yield from self._document(at, payload, capture, record.fields)
        if any(at.path == capture.path for at in shown):
            return
        where = capture.path or self._place(record.number)
        if capture.kind == "out":
            yield rejected(key, where, capture.reason, capture.detail)
        elif capture.kind == "redirect":
            yield self._redirect(capture, record.number)
        else:
            yield from self._not_shown(record.number, capture, where)

    def _not_shown(self, number: int, capture: Capture, where: str) -> Iterator[Rejected]:
        """Why a page, file or revisit is not at its path; nothing where it is, with the content of another record."""
        at = self._index.shown_at(capture.path)
        if at is not None and at.number == number and self._index.capture(at.content).path != capture.path:
            return
        when = capture.when or "at no known time"
        if capture.kind == "revisit":
            yield rejected(self._key, where, "revisit", f"captured {when}, unchanged; that is kept as a date")
        else:
            said = f"the capture of {at.moment} is kept" if at else "another name of a page that is kept"
            yield rejected(self._key, where, "superseded", f"captured {when}; {said}")

    def _read(self, reader: Leaf, at: Shown, payload: WarcPayload) -> Iterator[Item]:
        """What the reader of its format finds in a file."""
        key, address = self._key, self._index.capture(at.number).address
        entry = TreeFile(path=at.path, open=functools.partial(_stream, payload.content))
        try:
            for item in guarded_items(reader, entry, key, self._options):
                if isinstance(item, Document):
                    title = item.title if item.title != stem(at.path) else _name(at.path)
                    item = replace(item, title=title, url=item.url or address, revision=item.revision or at.moment)
                yield item
                if isinstance(item, Document) and item.path == at.path and at.moment:
                    yield captured_at(key, at.path, at.moment)
        except GalacticaError as error:
            yield rejected(key, at.path, "unsupported", error.told)

    def _redirect(self, capture: Capture, number: int) -> Redirect | Rejected:
        key = self._key
        led = self._index.redirect_of(capture.path)
        if led is None or led[1] != number:
            return rejected(key, capture.path, "superseded", f"{capture.detail}; another capture of it is kept")
        place = self._index.placed(capture.path)
        led_to = self._index.shown_at(place) if place != capture.path else None
        if led_to and not (self._readers and self._index.capture(led_to.content).reader):
            return rejected(key, capture.path, "not-an-article", f"{capture.detail}, to the file {place}")
        return Redirect(source=key, path=capture.path, title="", target=capture.target)

    def _document(self, at: Shown, payload: WarcPayload, capture: Capture, fields: dict[str, str]) -> Iterator[Item]:
        content = page_text(payload)
        if content is None:  # the first reading found one; only a file that changes meanwhile comes here
            yield rejected(self._key, at.path, "bad-encoding")
            return
        moments = self._index.moments(at.path)
        untold = max(0, len(moments) - MAX_STATEMENTS)
        document = Document(
            source=self._key,
            path=at.path,
            title="",
            markup="webpage",
            content=content,
            url=self._index.capture(at.number).address,
            revision=at.moment,
            modified=_modified(payload, at.moment),
            work=at.host if at.part else "",
            part=at.part,
            dropped=(*((fault, 1) for fault in payload.faults), *((("web:captures", untold),) if untold else ())),
        )
        if at.kind == "page":
            yield self._page(document, payload, capture)
        else:
            title, rest = text.split_title(content)
            named = replace(document, title=title or _name(at.path), content=rest)
            markdown = payload.told.endswith("markdown")
            said = fields.get("warc-identified-content-language", "") if at.kind == "conversion" else ""
            language = _told_language(payload, said)
            yield replace(named, markup="markdown" if markdown else "text", language=language)
        for when in moments[-MAX_STATEMENTS:]:
            yield captured_at(self._key, at.path, when)

    def _page(self, document: Document, payload: WarcPayload, capture: Capture) -> Document:
        page = document.content
        language = "" if html.page_language(page) else _told_language(payload)
        placed = with_places(page, capture.address, lambda address: self._index.placed(web_path(address)))
        start = page[: html.HEAD_CHARS]
        title = html.page_title(start)
        if not self._options.whole_pages:
            named = "" if title or "title" in start.lower() else _name(document.path)
            return replace(document, title=named, content=placed, language=language)
        title = title or _name(document.path)
        return replace(
            document, markup="html", title=title, content=placed, language=language or html.page_language(page)
        )

    def file(self, at: Shown, record: WarcRecord, limit: int) -> MediaFile | Rejected:
        """A file that a page shows or links to."""
        key = self._key
        payload = payload_of(record)
        if record.length > len(record.block) or len(payload.content) > limit:
            return rejected(key, at.path, "too-large", f"more than {limit:,} bytes")
        name = file_name(at.path, payload.told)
        mime = signatures.served_as(name, payload.content[: signatures.LOOKED_AT])
        return MediaFile(source=key, path=at.path, mime=mime, content=payload.content)


def _name(path: str) -> str:
    """What a page without a title is called: its last step, or its host."""
    place = path.partition("?")[0].rstrip("/")
    return (stem(place) if "/" in place else place) or path


def _stream(content: bytes) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, io.BytesIO(content))))


def _attachment(key: str, path: str, capture: Capture, *, read: bool) -> Attachment:
    """A file that is kept where a page shows it or links to it; one that was read besides is lost to nobody."""
    if read:
        return Attachment(source=key, path=path, mime=capture.mime, size=capture.size)
    called = signatures.called(file_name(path, capture.mime), b"")
    shown = capture.mime.startswith(("image/", "audio/", "video/")) or capture.mime == "text/vtt"
    return Attachment(
        source=key,
        path=path,
        mime=capture.mime,
        size=capture.size,
        reason="not-linked" if shown else "unsupported",
        detail=f"{called}; no page that was read shows it or links to it" if shown else f"{called} is not read",
    )


def _modified(payload: WarcPayload, when: str) -> str:
    """When the server says that the page was changed; "" where that is the moment of the capture, or later."""
    written = payload.answer.fields.get("last-modified", "") if payload.answer else ""
    moment = mail_moment(written)
    if moment is None:
        return ""
    found = moment.astimezone(UTC)
    told = found.strftime("%Y%m%d%H%M%S")
    return utc_stamp(found) if found.year > 1989 and told[:10] < when[:10] else ""


def _told_language(payload: WarcPayload, said: str = "") -> str:
    """The language that the server tells, else what is said of it besides; "" where that is none or several."""
    written = payload.answer.fields.get("content-language", said) if payload.answer else said
    names = [name for name in re.split(r"[\s,;]+", written[:200]) if name]
    return tag(names[0]) if len(names) == 1 else ""
