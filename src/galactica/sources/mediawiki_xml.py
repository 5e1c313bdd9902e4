"""MediaWiki's export XML as a stream of events: first what it says of the site, then one event a page.

Standard: MediaWiki export schema 0.3 to 0.11 (export-0.N.xsd), all of whose elements that matter here carry the same
names. Expat reads the XML, with the encodings it knows (UTF-8, UTF-16 with and without a mark, ISO-8859-1, ASCII).

Hardened (rules an attacker meets):
1. No declarations: an entity or element declaration stops the reading, so nothing expands and nothing outside loads.
2. Depth over `MAX_DEPTH`, or a single tag or comment over `MAX_TOKEN` bytes, stops the reading.
3. A page's text over the limit is counted, not kept; every other field keeps its first `MAX_FIELD` characters.
4. Of several revisions one is held besides the one being read: the latest by time, the later where times are equal.
5. A page inside a page, or a tag inside a field, stops the reading: taken as they stand they would glue words together.

What stops the reading here is where `mediawiki_salvage` takes over, but for rule 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from galactica.sources.mediawiki_events import BrokenDump, DumpPage, Event, Revision, SiteInfo

MAX_DEPTH = 24
"""Elements inside each other; the schema needs 6."""

MAX_TOKEN = 4 * 2**20
"""Bytes of one tag or comment."""

MAX_FIELD = 65_536
"""Characters kept of a field other than a page's text."""

MAX_NAMESPACES = 4096
"""Namespaces kept of a site; the largest wiki has about 60."""

FEED = 128 * 1024
"""Bytes given to expat at a time, so that few pages wait in the queue."""


class _RefusedError(Exception):
    """Raised inside expat's callbacks to stop it; `args[0]` says why, `args[1]` whether for good."""


# Where a field's text goes: (element, its parent) → attribute. Contributors are not taken.
_SITE = {"sitename", "dbname", "base", "case"}
_PAGE = {"title", "ns", "id"}
_REVISION = {"id", "timestamp", "model", "comment"}


class ExportParser:
    """Bytes in, events out: feed it pieces, then `finish()`. No input, no output, no clock.

    Args:
        limit: UTF-8 bytes of a page's text above which it is not kept.

    Attributes:
        root: name of the root element.
        sound: whether the end of the bytes was the end of the XML; known after `finish`.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._events: list[Event] = []
        self._path: list[str] = []
        self._site: SiteInfo | None = SiteInfo()
        self._page: DumpPage | None = None
        self._revision: Revision | None = None
        self._into: str = ""
        self._buffer: list[str] = []
        self._size = 0
        self._key = ""
        self._fed = 0
        self._settled = 0
        self.root = ""
        self.sound = False
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 65536
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ElementDeclHandler = self._refuse
        parser.AttlistDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        self._parser = parser

    @property
    def page(self) -> DumpPage | None:
        """The page that has begun and not ended."""
        return self._page

    @property
    def settled(self) -> int:
        """Bytes of the dump that are done with: up to the page that is being read, or the end tag of the last one."""
        return self._settled if self._page is None else self._page.offset

    def feed(self, piece: bytes) -> Iterator[Event]:
        """Yield what `piece` completes; a `BrokenDump` is the last event there is."""
        for start in range(0, len(piece), FEED):
            broken = self._parse(piece[start : start + FEED], False)
            yield from self._drain()
            if broken is not None:
                yield broken
                return

    def finish(self) -> Iterator[Event]:
        """Yield what the end of the bytes completes: a `BrokenDump` where the root element is still open."""
        broken = self._parse(b"", True)
        self.sound = broken is None
        yield from self._drain()
        if broken is not None:
            yield broken

    def _drain(self) -> list[Event]:
        events, self._events = self._events, []
        return events

    def _parse(self, data: bytes, last: bool) -> BrokenDump | None:
        self._fed += len(data)
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            return self._broken("malformed", f"line {error.lineno}: {expat.ErrorString(error.code)}")
        except _RefusedError as error:
            return self._broken("malformed", str(error.args[0]), final=len(error.args) > 1)
        except (ValueError, LookupError) as error:
            return self._broken("malformed", f"encoding: {error}"[:300])
        if self._fed - self._parser.CurrentByteIndex > MAX_TOKEN and self._parser.CurrentByteIndex >= 0:
            return self._broken("too-large", f"a tag or comment of over {MAX_TOKEN} bytes")
        return None

    def _broken(self, reason: str, detail: str, *, final: bool = False) -> BrokenDump:
        return BrokenDump(
            reason=reason, where=f"byte {max(0, self._parser.CurrentByteIndex)}", detail=detail, final=final
        )

    def _refuse(self, *_: object) -> int:
        raise _RefusedError("declares entities or elements, or names a document type, which a dump never does", "final")

    # expat calls the three below

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        path = self._path
        if len(path) >= MAX_DEPTH:
            raise _RefusedError(f"over {MAX_DEPTH} elements inside each other")
        name = name.rpartition(":")[2]
        parent = path[-1] if path else ""
        path.append(name)
        if self._into:
            raise _RefusedError(f"a tag inside the field {self._into!r}")
        if not parent:
            self._start_root(name, attributes)
        elif name in ("page", "logitem"):
            if parent != "mediawiki" or self._page is not None:
                raise _RefusedError("a page begins before what stands before it has ended")
            self._tell_site()
            self._page = DumpPage(kind=name, offset=self._parser.CurrentByteIndex)
        elif self._page is None:
            self._start_site(name, parent, attributes)
        elif parent in ("page", "logitem"):
            self._start_in_page(name, attributes)
        elif parent == "revision" and self._revision is not None:
            if name == "text":
                self._revision.deleted = "deleted" in attributes
                self._take("text")
            elif name in _REVISION:
                self._take(name)

    def _start_root(self, name: str, attributes: dict[str, str]) -> None:
        self.root = name
        if name != "mediawiki":
            raise _RefusedError(f"the root element is <{name[:40]}>, not <mediawiki>", "final")
        assert self._site is not None
        self._site.language = attributes.get("xml:lang", "")[:64]

    def _start_site(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if parent == "siteinfo" and name in _SITE:
            self._take(name)
        elif parent == "namespaces" and name == "namespace":
            self._key = attributes.get("key", "")
            self._take(name)

    def _start_in_page(self, name: str, attributes: dict[str, str]) -> None:
        assert self._page is not None
        if name == "revision":
            self._revision = Revision()
        elif name == "redirect":
            self._page.redirect = attributes.get("title", "")[:MAX_FIELD]
        elif name in _PAGE:
            self._take(name)

    def _take(self, name: str) -> None:
        self._into, self._buffer, self._size = name, [], 0
        self._parser.CharacterDataHandler = self._characters

    def _characters(self, data: str) -> None:
        self._size += len(data) if data.isascii() else len(data.encode("utf-8", "replace"))
        if self._size <= (self._limit if self._into == "text" else MAX_FIELD):
            self._buffer.append(data)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self._path.pop()
        parent = self._path[-1] if self._path else ""
        if self._into:
            if name == self._into:
                self._parser.CharacterDataHandler = None
                self._keep(name, parent, "".join(self._buffer))
                self._into, self._buffer = "", []
        elif name == "revision" and self._revision is not None and parent in ("page", "logitem"):
            self._end_revision()
        elif name == "siteinfo":
            self._tell_site()
        elif name in ("page", "logitem") and parent == "mediawiki" and self._page is not None:
            self._events.append(self._page)
            self._page = None
            self._settled = self._parser.CurrentByteIndex
        elif not parent:
            self._tell_site()

    def _keep(self, name: str, parent: str, value: str) -> None:
        if self._page is None:
            self._keep_site(name, value)
        elif parent == "revision" and self._revision is not None:
            if name == "text":
                self._revision.size = self._size
                self._revision.text = value if self._size <= self._limit else None
            else:
                setattr(self._revision, name, value.strip())
        elif name == "ns":
            number = value.strip()
            self._page.ns = int(number) if number.lstrip("-").isdecimal() and len(number) < 9 else None
        elif parent in ("page", "logitem"):
            setattr(self._page, name, value.strip())

    def _keep_site(self, name: str, value: str) -> None:
        if self._site is None:
            return
        value = value.strip()
        if name == "namespace":
            if self._key.lstrip("-").isdecimal() and len(self._site.namespaces) < MAX_NAMESPACES:
                self._site.namespaces.append((value, int(self._key[:9])))
        elif name == "case":
            self._site.first_letter = value != "case-sensitive"
        else:
            setattr(self._site, name, value)

    def _end_revision(self) -> None:
        assert self._page is not None
        held = self._page.revision
        if held is None or self._revision is None or self._revision.timestamp >= held.timestamp:
            self._page.revision = self._revision
        self._revision = None

    def _tell_site(self) -> None:
        if self._site is not None:
            self._events.append(self._site)
            self._site = None
