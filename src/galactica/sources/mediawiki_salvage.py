"""Reads on in a damaged dump, page by page: one odd byte costs one page at most, never what comes after it.

A dump that is well-formed is read as one stream (`mediawiki_xml`). From the first damage on, it is cut at its `<page>`
and `</page>` tags instead, and each page is read by itself: as it stands, else put right where it is plain what is
meant (`mediawiki_repair`), else given up alone. Nothing is looked for beyond a page, so time stays linear however much
is damaged. Rules:
1. A page ends at its end tag or where the next begins; a text that never ends cannot swallow its neighbours.
2. What stands between pages is passed over where it is the head of the same wiki's dump once more (dumps that were
   joined); another wiki's head ends the reading; anything else is told.
3. A page over the bound is given up and passed over without being held.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Callable, Generator, Iterator

from galactica.sources import encoding, mediawiki_repair
from galactica.sources.mediawiki_events import BrokenDump, DumpPage, Event, SiteInfo
from galactica.sources.mediawiki_xml import ExportParser

MAX_HEAD = 2**20
"""Bytes before the first page, or between two; a wiki's head has 10 kB."""

PAGE_SLACK = 16 * 2**20
"""Bytes of a page besides its text: a long history without texts, escaped characters."""

_MARK = re.compile(rb"<(/?)(?:[\w.-]{1,40}:)?(page|logitem|mediawiki)(?=[\s/>])")
_MARK_BYTES = 64
"""How much of the end of what has come is looked at again: the beginning of a mark may stand there."""

_HEAD_PART = re.compile(
    rb"\s+|</(?:[\w.-]{1,40}:)?(?:page|logitem)\s*>|<\?xml[^<>]{0,400}\?>|</?(?:[\w.-]{1,40}:)?mediawiki(?:\s[^<>]{0,4000})?>|\xef\xbb\xbf"
)
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?mediawiki(?=[\s>])")
_TITLE = re.compile(rb"<title>([^<]{0,4000})")


_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""How a dump in UTF-16 begins, with a mark or without."""


class Salvage:
    """Bytes in (UTF-8 but for damage), events out: feed it from a page's start, or from the dump's.

    Args:
        limit: UTF-8 bytes of a page's text above which it is not kept.
        site: what the dump has said of itself, None where it has not yet.
        offset: where in the dump the first byte to come stands, for messages.
    """

    def __init__(self, limit: int, site: SiteInfo | None, offset: int) -> None:
        self._limit = limit
        self._site = site
        self._base = offset
        self._buffer = bytearray()
        self._scanned = 0
        self._page = -1  # where in the buffer the open page begins; -1 between pages
        self._passing = False  # what comes up to the next page belongs to one that was given up
        self._closed = False  # the root element has ended
        self.ended = False  # nothing more is to be fed

    def feed(self, piece: bytes) -> Iterator[Event]:
        """Yield what `piece` completes."""
        self._buffer += piece
        while not self.ended and (mark := _MARK.search(self._buffer, self._scanned)):
            done = yield from self._settle(mark)
            if not done:
                break
        else:
            self._scanned = max(self._scanned, len(self._buffer) - _MARK_BYTES)
        yield from self._bound()

    def pass_over(self, where: str, reason: str, detail: str) -> Iterator[Event]:
        """Give up the page that what is fed next begins in the middle of."""
        yield BrokenDump(reason=reason, where=where or self._place(), detail=detail)
        self._passing = True

    def gap(self, reason: str, detail: str) -> Iterator[Event]:
        """Bytes are missing here: give up the page that they cut."""
        if self._site is None:
            yield self._give_up("too-large" if reason == "too-large" else "malformed", detail, final=True)
            return
        where = self._title(bytes(self._buffer[self._page :])) if self._page >= 0 else ""
        inside = f", inside page {where!r}" if where else ""
        yield BrokenDump(reason=reason, where=where or self._place(), detail=f"{detail}{inside}")
        self._cut(len(self._buffer))
        self._page, self._passing = -1, True

    def finish(self) -> Iterator[Event]:
        """Yield what the end of the bytes means: a page without an end, a root element without one."""
        if self.ended:
            return
        if self._page >= 0:
            title = self._title(bytes(self._buffer[self._page :]))
            yield BrokenDump(reason="truncated", where=title or self._place(), detail="the dump ends inside the page")
            return
        yield from self._between(bytes(self._buffer))
        if not self._closed and not self.ended:
            yield self._give_up("truncated", "the dump ends before its root element")

    # -- cutting ----------------------------------------------------------------------------------------------------

    def _settle(self, mark: re.Match[bytes]) -> Generator[Event, None, bool]:
        """Deal with a tag that begins or ends a page or the dump; returns whether enough bytes were there for it."""
        start, closing, root = mark.start(), mark[1] == b"/", mark[2] == b"mediawiki"
        if self._page < 0:
            self._scanned = mark.end()
            if root:
                self._closed = closing
            elif not closing:
                yield from self._between(bytes(self._buffer[:start]))
                self._cut(start)
                self._page, self._scanned, self._passing = 0, mark.end() - start, False
            return True
        if closing and not root:
            end = self._buffer.find(b">", start, start + _MARK_BYTES) + 1
            if not end and len(self._buffer) - start < _MARK_BYTES:
                self._scanned = start  # the rest of the tag is still to come
                return False
            end = end or mark.end()
            yield from self._read(bytes(self._buffer[self._page : end]))
            self._cut(end)
            self._page, self._scanned = -1, 0
            return True
        yield from self._read(bytes(self._buffer[self._page : start]))  # its end is missing
        self._cut(start)
        self._page, self._scanned = (-1, 0) if root else (0, mark.end() - start)
        return True

    def _bound(self) -> Iterator[Event]:
        """Hold no more than a page, or a head, may have."""
        if self._page >= 0:
            if len(self._buffer) > self._limit + PAGE_SLACK:
                yield BrokenDump(
                    reason="too-large",
                    where=self._title(bytes(self._buffer[:8192])) or self._place(),
                    detail=f"more than {self._limit + PAGE_SLACK} bytes in a damaged dump",
                )
                self._page, self._passing = -1, True
                self._cut(max(0, len(self._buffer) - _MARK_BYTES))
        elif len(self._buffer) > MAX_HEAD:
            yield from self._between(bytes(self._buffer))
            self._cut(max(0, len(self._buffer) - _MARK_BYTES))
            self._passing = True

    def _cut(self, end: int) -> None:
        del self._buffer[:end]
        self._base += end
        self._scanned = max(0, self._scanned - end)

    # -- reading ----------------------------------------------------------------------------------------------------

    def _read(self, raw: bytes) -> Iterator[Event]:
        """The page that these bytes are, or that it is given up."""
        if b"</" not in raw or b"title" not in raw:  # not worth a parser, of which there may be very many
            yield BrokenDump(
                reason="malformed", where=self._place(), detail="it has no title, or nothing in it has an end"
            )
            return
        page, why = self._parse(raw)
        if page is None and (better := mediawiki_repair.repaired(raw)) is not None:
            page, _ = self._parse(better[0])
            if page is not None and page.title and page.revision is not None:
                page.repairs = better[1]
            else:  # what was put right is no page
                page = None
        if page is None:
            yield BrokenDump(reason="malformed", where=self._title(raw) or self._place(), detail=why)
        else:
            page.offset = self._base
            yield page

    def _parse(self, raw: bytes) -> tuple[DumpPage | None, str]:
        parser = ExportParser(self._limit)
        why = "the page has no end"
        for piece in (b"<mediawiki>", raw):
            for event in parser.feed(piece):
                if isinstance(event, DumpPage):
                    return event, ""
                if isinstance(event, BrokenDump):
                    why = event.detail
        return None, why

    def _between(self, raw: bytes) -> Iterator[Event]:
        """What stands before the first page, or between two."""
        if self._site is None:
            yield from self._head(raw)
            return
        start, end = raw.find(b"<siteinfo"), raw.find(b"</siteinfo>") + len(b"</siteinfo>")
        if 0 <= start < end:
            other = _site_of(b"<mediawiki>" + raw[start:end])
            raw = raw[:start] + raw[end:]
            if (other.dbname, other.base) != (self._site.dbname, self._site.base):
                detail = "the dump of another wiki begins here: build it from a file of its own"
                yield self._give_up("unsupported", detail, final=True)
                return
        rest = _HEAD_PART.sub(b"", raw)
        if rest and not self._passing:
            shown = rest[:60].decode("utf-8", "replace")
            yield self._give_up("malformed", f"{len(rest)} bytes that belong to no page: {shown}")

    def _head(self, raw: bytes) -> Iterator[Event]:
        root = _ROOT.search(raw)
        if root is None or b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or len(raw) > MAX_HEAD:
            yield self._give_up("malformed", "it has no head of a dump that can be read", final=True)
            return
        self._site = _site_of(raw[root.start() :])
        yield self._site

    def _give_up(self, reason: str, detail: str, *, final: bool = False) -> BrokenDump:
        self.ended = self.ended or final
        return BrokenDump(reason=reason, where=self._place(), detail=detail, final=final)

    def _place(self) -> str:
        return f"byte {self._base}"

    @staticmethod
    def _title(raw: bytes) -> str:
        found = _TITLE.search(raw, 0, 65536)
        return found[1].decode("utf-8", "replace").strip() if found else ""


def _site_of(head: bytes) -> SiteInfo:
    """What the head of a dump, from its root element on, says of the wiki."""
    better = mediawiki_repair.repaired(head, mediawiki_repair.HEAD_PARENTS)
    parser = ExportParser(0)
    for event in parser.feed(better[0] if better else b"<mediawiki></mediawiki>"):
        if isinstance(event, SiteInfo):
            return event
    return SiteInfo()


class PageBuffer:
    """The bytes of the page that is being read, as they came, so that it can be read again where it is damaged.

    Args:
        bound: bytes that are held at most, but for the last piece.

    Attributes:
        start: where in the dump the first of them stands.
        first: the dump's first bytes: they say how it is encoded.
    """

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._parts: deque[bytes] = deque()
        self._size = 0
        self.start = 0
        self.first = b""

    def add(self, part: bytes) -> None:
        """Hold these too; of a page over the bound only the end is held, which is no page any more."""
        self.first = self.first or part[:400]
        self._parts.append(part)
        self._size += len(part)
        while self._size > self._bound and len(self._parts) > 1:
            self._forget()

    def drop(self, place: int) -> None:
        """Forget the parts that end before this byte of the dump."""
        while self._parts and self.start + len(self._parts[0]) <= place:
            self._forget()

    def taken(self, place: int) -> Iterator[bytes]:
        """Hand out what is held from this byte of the dump on, and forget it."""
        self.drop(place)
        while self._parts:
            part = self._parts[0][max(0, place - self.start) :]
            self._forget()
            yield part

    def _forget(self) -> None:
        part = self._parts.popleft()
        self._size -= len(part)
        self.start += len(part)


def to_utf8(first: bytes) -> Callable[[bytes], bytes] | None:
    """What turns the pieces of a dump that begins so into UTF-8, broken as they may be; None for no known encoding."""
    name = next((name for mark, name in _WIDE if first.startswith(mark)), "")
    if not name:
        declared = _DECLARED.match(first.removeprefix(codecs.BOM_UTF8))
        label = declared[1].decode("ascii").lower() if declared else "utf-8"
        if label in ("utf-8", "utf8"):
            return bytes
        name = encoding.codec_of(label)
        if not name:
            return None
    decoder = codecs.getincrementaldecoder(name)("replace")
    return lambda part: decoder.decode(part).encode()
