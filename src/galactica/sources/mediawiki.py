"""A wiki's dump, as MediaWiki exports it: every page becomes an article, another name for one, or a stated refusal.

Rule 1, nothing lost: pages in = `Document` + `Redirect` + `Rejected`, one value a page. A page that the dump breaks
off in is the closing `Rejected("truncated")`. Damage costs one page at most, or one packed stream: reading goes on
behind it (`mediawiki_salvage`), and a page that could be put right says so in `Document.dropped`.
Rule 2: articles are the pages of namespace 0 in the wikitext model, and entities; of several revisions
the latest, once.
Rule 3: what the person says (key, language, licence) comes before what the dump says.

Standard: MediaWiki export schema 0.3 to 0.11, as plain XML or packed by gzip, bzip2 or xz (`mediawiki_streams`,
`mediawiki_xml`). Pages of Wikidata hold entities, in any namespace (`mediawiki_entities`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from galactica.codes.casing import first_capital
from galactica.errors import InputError
from galactica.model import Document, Redirect, Rejected, Source
from galactica.sources.contract import HEAD_BYTES, MAX_DOCUMENT, Format, Item, SourceOptions
from galactica.sources.mediawiki_entities import DumpEntities, holds_entity, item_of_comment
from galactica.sources.mediawiki_events import BrokenDump, DumpPage, Event, SiteInfo
from galactica.sources.mediawiki_redirects import redirect_target
from galactica.sources.mediawiki_salvage import PAGE_SLACK, PageBuffer, Salvage, to_utf8
from galactica.sources.mediawiki_site import NAME, describe_site, describe_source
from galactica.sources.mediawiki_streams import Fault, Unpacked, packing
from galactica.sources.mediawiki_xml import ExportParser
from galactica.sources.paths import MAX_PATH, clean_path

SUFFIXES = (".xml", ".xml.bz2", ".xml.gz", ".xml.xz", ".bz2", ".gz", ".xz")

SNIFF_PACKED = 1024 * 1024
"""Bytes of a packed file that recognising may take: a bzip2 block unpacks only once it is whole, up to 900 kB."""

REPAIRED = "damaged-xml"
"""What counts, among what was dropped, the damage in pages that could be read in spite of it."""

_WIKITEXT = ("", "wikitext")

# What is atomic here keeps time linear: a comment ends at its first "-->", whatever follows.
_ROOT = re.compile(
    r"\s*+(?>(?:<\?xml[^>]*\?>\s*+)*)(?>(?:<!--(?>.*?-->)\s*+)*)<(?:\w{1,40}:)?mediawiki[\s>]", re.DOTALL
)


def _text(head: bytes) -> str:
    """The first bytes as text, in the encodings a dump may have."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    if head[:2] == b"<\0":
        return head.decode("utf-16-le", "replace")
    if head[:2] == b"\0<":
        return head.decode("utf-16-be", "replace")
    return head.decode("utf-8-sig", "replace")


def recognise(path: Path, head: bytes) -> int:
    """95 where the (unpacked) bytes begin with a `<mediawiki>` element, else 0. A packed file is opened for it."""
    if packing(head):
        try:
            with path.open("rb") as file:
                head = _first_unpacked(file)
        except OSError:
            return 0
    return 95 if _ROOT.match(_text(head[:HEAD_BYTES])) else 0


def _first_unpacked(file: BinaryIO) -> bytes:
    stream = Unpacked(file)
    head = b""
    for piece in stream.pieces():
        head += piece[:HEAD_BYTES]
        if len(head) >= HEAD_BYTES or stream.taken >= SNIFF_PACKED:
            break
    return head


def open_dump(path: Path, options: SourceOptions) -> Dump:
    """Open a dump and read as far as its first page, so that its `source` is known."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be opened: {error.strerror}.", "Check the path and its permissions."
        ) from error
    try:
        return Dump(path, file, options)
    except BaseException:
        file.close()
        raise


class Dump:
    """An open dump; an `OpenSource`."""

    def __init__(self, path: Path, file: BinaryIO, options: SourceOptions) -> None:
        self._file = file
        self._stream = Unpacked(file)
        self._parser = ExportParser(MAX_DOCUMENT)
        self._held = PageBuffer(MAX_DOCUMENT + PAGE_SLACK)
        self._told: SiteInfo | None = None
        self._events = self._parse()
        self._size = path.stat().st_size
        first = next(self._events, None)
        if not isinstance(first, SiteInfo):
            reason = first.detail if isinstance(first, BrokenDump) else "it is empty"
            raise InputError(
                f"{path.name} is not a MediaWiki dump that can be read: {reason}.",
                "Download it again, or check that it is a pages-articles XML dump.",
            )
        self._language = options.language
        self.site = describe_site(first, options)
        self._source = describe_source(first, self.site, path.name, options)
        self._prefixes = {
            name.casefold().replace("_", " "): number for name, number in first.namespaces if name and number
        }

    @property
    def source(self) -> Source:
        """The wiki; known before the first page is read."""
        return self._source

    @property
    def size(self) -> int | None:
        """Bytes of the file, packed as it is."""
        return self._size

    @property
    def position(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.taken

    def __enter__(self) -> Dump:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def read(self) -> Iterator[Item]:
        """Yield one value a page, in the dump's order, and a `Rejected` for what could not be read."""
        entities = DumpEntities(self._source.key, self.site, self._language)
        for event in self._events:
            if isinstance(event, DumpPage):
                if event.kind == "page" and event.title and holds_entity(event):
                    yield from entities.items(event)
                else:
                    yield self._settle(event)
            elif isinstance(event, BrokenDump):
                yield self._reject(event.where, event.reason, event.detail)

    def _parse(self) -> Iterator[Event]:
        """The whole dump as one stream of XML; from the first damage on, page by page."""
        parts = self._stream.parts()
        for part in parts:
            if isinstance(part, Fault):
                yield from self._salvage(parts, part)
                return
            self._held.add(part)
            for event in self._parser.feed(part):
                if isinstance(event, BrokenDump):
                    yield from ([event] if event.final else self._salvage(parts, None))
                    return
                if isinstance(event, SiteInfo):
                    self._told = event
                yield event
            self._held.drop(self._parser.settled)
        if self._stream.fault is None:
            for event in self._parser.finish():
                if not isinstance(event, BrokenDump):
                    yield event
        if self._stream.fault is not None or not self._parser.sound:
            # What follows the last whole piece is missing: to expat any early end is "no element found".
            yield from self._salvage(parts, None)

    def _salvage(self, parts: Iterator[bytes | Fault], gap: Fault | None) -> Iterator[Event]:
        """Go on behind damage, from the page that it stands in; `gap` where bytes are missing there."""
        decode = to_utf8(self._held.first)
        if decode is None:
            yield BrokenDump(reason="bad-encoding", where="byte 0", detail="an encoding that is not known", final=True)
            return
        salvage = Salvage(MAX_DOCUMENT, self._told, self._parser.settled)
        if self._held.start > self._parser.settled:
            title = self._parser.page.title if self._parser.page else ""
            yield from salvage.pass_over(title, "malformed", "damaged, and too long to be read again")
        yield from self._fed(salvage, decode, self._held.taken(self._parser.settled))
        if gap is not None:
            yield from salvage.gap(gap.reason, gap.detail)
        for part in parts:
            if isinstance(part, Fault):
                yield from salvage.gap(part.reason, part.detail)
            else:
                yield from self._fed(salvage, decode, [part])
            if salvage.ended:
                return
        fault = self._stream.fault
        if fault is not None:
            reason = "truncated" if fault.reason == "checksum" else fault.reason
            yield from salvage.gap(reason, fault.detail)
        else:
            yield from salvage.finish()

    @staticmethod
    def _fed(salvage: Salvage, decode: Callable[[bytes], bytes], parts: Iterable[bytes]) -> Iterator[Event]:
        for part in parts:
            yield from salvage.feed(decode(part))

    def _reject(self, where: str, reason: str, detail: str) -> Rejected:
        return Rejected(source=self._source.key, where=where[:500], stage="read", reason=reason, detail=detail[:500])

    def _namespace(self, page: DumpPage) -> int:
        """Its number; schemas before 0.6 do not give it, then the title's prefix says."""
        if page.ns is not None:
            return page.ns
        prefix, colon, _ = page.title.partition(":")
        return self._prefixes.get(prefix.strip().casefold().replace("_", " "), 0) if colon else 0

    def _settle(self, page: DumpPage) -> Item:
        """Rule 1: exactly one value for a page."""
        where = page.title or f"page {page.id or f'at byte {page.offset}'}"
        if page.kind != "page":
            return self._reject(where, "not-an-article", "an entry of a log")
        namespace = self._namespace(page)
        revision = page.revision
        if namespace != 0:
            return self._reject(where, "not-an-article", f"namespace {namespace}")
        if not page.title:
            return self._reject(where, "bad-path", "the page has no title")
        path = page.title.replace(" ", "_")
        problem = _bad_path(path)
        if problem:
            return self._reject(where, "bad-path", problem)
        if revision is None:
            return self._reject(where, "empty", "the page has no revision")
        if revision.text is None:
            return self._reject(where, "too-large", f"{revision.size} bytes of text")
        if revision.model not in _WIKITEXT:
            return self._reject(where, "unsupported-model", f"content model {revision.model}")
        target = redirect_target(revision.text) or page.redirect
        if target is not None or page.redirect is not None:
            return self._redirect(page.title, path, page.redirect or target or "")
        if not revision.text.strip():
            return self._reject(
                where, "empty", "the text was deleted" if revision.deleted else "the dump holds no text for it"
            )
        return Document(
            source=self._source.key,
            path=path,
            title=page.title,
            markup="wikitext",
            content=revision.text,
            url=self.site.base + quote(path, safe="/:@!$()*,;~") if self.site.base else "",
            revision=revision.id,
            modified=revision.timestamp,
            site=self.site,
            dropped=((REPAIRED, page.repairs),) if page.repairs else (),
            identifiers=item_of_comment(revision.comment),
        )

    def _redirect(self, title: str, path: str, target: str) -> Item:
        target = target.partition("#")[0].strip(" _:").replace(" ", "_")
        if target and self.site.first_letter:
            target = first_capital(target, self.site.language)
        if not target or _bad_path(target):
            return self._reject(title, "broken-redirect", f"leads to {target!r}")
        return Redirect(source=self._source.key, path=path, title=title, target=target)


def _bad_path(path: str) -> str:
    """Why a path breaks the source contract, or ""."""
    if path.startswith("/"):
        return "begins with a slash"
    if any(part in (".", "..") for part in path.split("/")):
        return "has a dot segment"
    if "\0" in path:
        return "holds a NUL"
    return "" if clean_path(path) else f"holds control characters, or more than {MAX_PATH:,} bytes"


__all__ = ["FORMAT", "Dump", "Fault", "open_dump", "recognise"]


def _sniff(name: str, head: bytes) -> int:
    return 95 if _ROOT.match(_text(head[:HEAD_BYTES])) else 0


FORMAT = Format(
    name=NAME,
    suffixes=SUFFIXES,
    recognise=recognise,
    open=open_dump,
    sniff=_sniff,
    own=True,
    parts=True,
    redirects=True,
)
