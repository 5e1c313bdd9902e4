"""One rendition of a book in EPUB being read: its pages in order, cut as the contents say, and the files they show.

Parts are numbered through. The first part of a page has the page's path, further ones that with "#" and the id where
they begin. A page that the contents do not name goes on with what came before; pages that the manifest lists beside the
reading order come after it. What a page shows or links to comes right after the page that does so first.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator

from galactica.languages import tag
from galactica.model import Document, MediaFile, Rejected, Work
from galactica.sources import encoding, epub_about, packed, signatures
from galactica.sources.contract import Item
from galactica.sources.epub_aloud import Aloud, aloud
from galactica.sources.epub_cfi import CfiEvents
from galactica.sources.epub_contents import contents_of
from galactica.sources.epub_flow import PagePart
from galactica.sources.epub_links import BookFiles, part_path
from galactica.sources.epub_locks import Locks
from galactica.sources.epub_package import ManifestItem, Package
from galactica.sources.epub_parts import article_html, heading_of, same_words
from galactica.sources.epub_plan import HUGE, ContentsPlan, Place, Scan, Sheet, scan
from galactica.sources.epub_text import PageText
from galactica.sources.html import declared
from galactica.sources.leaf import title_line
from galactica.sources.paths import stem
from galactica.sources.trees import rejected
from galactica.sources.xml_stream import TooMuchError, read_soup, read_xml
from galactica.sources.xml_tree import xml_tree
from galactica.sources.zipped import Zipped

_BREAKS = (b"pagebreak", b"pagenum", b'"page', b"'page", b'"pg', b"'pg", b'"seite', b"'seite", b'"pagina', b"'pagina")
"""What stands in a page where printed pages may begin in it."""

_SHOWN = ("image/", "audio/", "video/")
_KINDS = {
    **{"cover": "Cover", "titlepage": "Title page", "halftitlepage": "Half title", "copyrightpage": "Copyright"},
    **{"dedication": "Dedication", "epigraph": "Epigraph", "toc": "Contents", "colophon": "Colophon"},
}
"""What a page is called that says what it is, and nothing else."""


class Rendition:
    """One package of a book.

    Args:
        given: paths of what has been given already; added to.
    """

    def __init__(self, archive: Zipped, package: Package, work: Work, locks: Locks, given: set[str]) -> None:
        self._archive = archive
        self._package = package
        self._work = work
        self._locks = locks
        self._given = given
        self._contents = contents_of(archive, package)
        self._plan = ContentsPlan(self._contents, package.order)
        self._sheets: dict[str, Sheet] = {}
        self._files = BookFiles(archive, work.source, self._sheets, locks.paths)
        self._number = 0
        self._last = Place(fragment="", title="", headings=())
        self._again = 1
        self._counted: Counter[str] = Counter()

    def read(self) -> Iterator[Item]:
        """Yield the work, its parts, and the files that they show."""
        key = self._work.source
        for where, what in self._package.lost:
            yield rejected(key, where, "broken-link", what)
        pages = [item for item in self._items() if item.path not in self._given]
        for item in pages:
            self._sheets[item.path] = self._sheet(item)
        self._given.update((self._package.path, *self._contents.read))
        self._counted["epub:contents-lead-nowhere"] = self._contents.lost + self._plan.unplaced
        self._counted["epub:contents-mended"] = self._contents.mended
        self._counted["epub:about"] = epub_about.unused(self._package)
        if pages:
            yield self._work
        if self._package.cover:
            self._files.want(self._package.cover)
        in_order = {item.path for item in self._package.spine}
        for item in pages:
            if item.path not in in_order:
                self._last = Place(fragment="", title="", headings=())
            if item.is_page or item.path in self._locks.paths:
                self._given.add(item.path)
            self._files.turn(item.path)
            yield from self._page(item)
            yield from self._shown()

    def _items(self) -> list[ManifestItem]:
        """The pages, each once: the reading order, then those that only the manifest lists."""
        found = {item.path: item for item in self._package.spine}
        for item in self._package.items.values():
            if item.path and item.is_page and item.path not in self._contents.read:
                found.setdefault(item.path, item)
        return list(found.values())

    def _sheet(self, item: ManifestItem) -> Sheet:
        """How a page is cut; it is looked through only where that has to be known."""
        found: Scan | None = None
        if item.is_page and item.path not in self._locks.paths:
            raw = self._raw(item.path)
            if isinstance(raw, bytes) and (self._plan.asks(item.path) or len(raw) > HUGE or _may_break(raw)):
                found = scan(encoding.decode(raw, declared(raw)) or "")
        return self._plan.sheet(item.path, found)

    def _raw(self, path: str) -> bytes | Rejected:
        """The bytes of a part, or why there are none; what is wrong but does not hide them is counted."""
        key = self._work.source
        if path in self._locks.paths:
            return rejected(key, path, "encrypted", self._locks.detail)
        try:
            part = self._archive.read(path)
        except packed.PackedError as error:
            return rejected(key, path, error.reason, str(error))
        if part.fault and path == self._files.here:
            self._counted[f"zip:{part.fault.reason}"] += 1
        return part.content if part.content.strip() else rejected(key, path, "empty")

    # -- pages -------------------------------------------------------------------------------------------------------

    def _page(self, item: ManifestItem) -> Iterator[Document | Rejected]:
        raw = self._raw(item.path)
        if isinstance(raw, Rejected):
            yield raw
        elif item.is_page:
            yield from self._text(item, raw)
        else:
            yield self._other(item, raw)

    def _text(self, item: ManifestItem, raw: bytes) -> Iterator[Document | Rejected]:
        """A page as its parts."""
        key, sheet = self._work.source, self._sheets[item.path]
        document = encoding.decode(raw, declared(raw))
        if document is None:
            yield rejected(key, item.path, "bad-encoding", "no text in UTF-8, UTF-16 or a declared encoding")
            return
        read_aloud = aloud(self._archive, self._overlay(item), item.path)
        page = self._listened(document, sheet, read_aloud)
        if page is None:
            yield rejected(key, item.path, "too-large", "more tags and texts than any page has")
            return
        self._counted.update(page.dropped)  # what is counted 0 times is left out later
        self._counted["epub:media-overlay"] += read_aloud.left_out
        for part in page.parts:
            place = self._place(page, part, sheet)
            content = article_html(part, place.title)
            path = part_path(item.path, sheet, part.cut)
            yield self._document(path, place, content, tag(page.language) if page.language else "")

    def _overlay(self, item: ManifestItem) -> str:
        """The path of what says how a page is read aloud; "" where nothing does."""
        found = self._package.items.get(item.overlay) if item.overlay else None
        if found is None or not found.path:
            return ""
        self._given.add(found.path)
        return found.path

    def _listened(self, document: str, sheet: Sheet, read_aloud: Aloud) -> PageText | None:
        """Read a page; None where there is no end of it."""
        cuts = tuple(place.fragment for place in sheet.cuts[1:])
        page = PageText(self._files, cuts, sheet.pages, read_aloud.clips)
        try:
            try:
                counted = CfiEvents(page, sheet.places) if sheet.places else None
                read_xml(document, counted or page)
                page.dropped["epub:page-not-found"] += len(sheet.places) - counted.found if counted else 0
            except ValueError:
                self._files.turn(self._files.here)
                page = PageText(self._files, cuts, sheet.pages, read_aloud.clips, soup=True)
                read_soup(document, page)
                page.dropped["epub:not-well-formed"] += 1
                page.dropped["epub:page-not-found"] += len(sheet.places)
        except TooMuchError:
            return None
        page.finish()
        return page

    def _place(self, page: PageText, part: PagePart, sheet: Sheet) -> Place:
        """What a part is called, and what it stands below."""
        named = sheet.cuts[part.cut] if part.cut < len(sheet.cuts) else None
        if named is not None and named.title:
            self._last, self._again = named, 1
            return named
        headings = (*self._last.headings, self._last.title) if self._last.title else self._last.headings
        title = heading_of(part) or self._called(page)
        if not title and self._last.title:
            self._again += 1
            title = f"{self._last.title} ({self._again})"
        return Place(fragment="", title=title or stem(self._files.here), headings=headings)

    def _called(self, page: PageText) -> str:
        """What a page without a heading is called by itself or by the book; "" for nothing."""
        kinds = {kind.replace("-", "") for kind in page.kinds}
        kind = self._contents.kinds.get(self._files.here, "").replace("-", "")
        known = next((_KINDS[each] for each in (*sorted(kinds), kind) if each in _KINDS), "")
        own = title_line(page.title)
        if own and not same_words(own, self._work.title) and not same_words(own, self._last.title):
            return known or own
        return known

    def _other(self, item: ManifestItem, raw: bytes) -> Document | Rejected:
        """An item of the reading order that is no page: a picture, a recording, a text."""
        key, path = self._work.source, item.path
        kind = signatures.served_as(path, raw[: signatures.LOOKED_AT])
        named = self._sheets[path].cuts
        place = named[0] if named and named[0].title else Place(fragment="", title=stem(path), headings=())
        title = html.escape(place.title, quote=False)
        address = html.escape(self._files.want_shown(path)) if kind.startswith(_SHOWN) else ""
        if not address:
            self._given.add(path)
        if kind.startswith("image/"):
            text = xml_tree(encoding.decode(raw) or "") if kind == "image/svg+xml" else None
            words = (
                [node.text() for node in text.walk("text", "title", "desc", "foreignObject")]
                if text is not None
                else []
            )
            said = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in words if line)
            content = f'<p><img src="{address}" alt="{title}"></p>{said}'
        elif kind.startswith(("audio/", "video/")):
            film = kind.partition("/")[0]
            content = f'<p>{title}</p><{film} controls src="{address}"></{film}>'
        elif item.mime == "text/plain" and (text_ := encoding.decode(raw)) is not None:
            content = f"<pre>{html.escape(text_, quote=False)}</pre>"
        else:
            return rejected(key, path, "unsupported", f"{signatures.called(path, raw[:4096])} in the reading order")
        return self._document(path, place, content, "")

    def _document(self, path: str, place: Place, content: str, language: str) -> Document:
        self._number += 1
        dropped = tuple(sorted((rule, count) for rule, count in self._counted.items() if count))
        self._counted.clear()
        return Document(
            source=self._work.source,
            path=path,
            title=place.title,
            markup="html",
            content=content,
            language=language or self._work.language,
            dropped=dropped,
            work=self._work.path,
            part=self._number,
            headings=place.headings,
        )

    def _shown(self) -> Iterator[MediaFile | Rejected]:
        """The files that were asked for."""
        yield from self._files.drawings
        self._files.drawings = []
        for path in self._files.wanted:
            if path in self._given:
                continue
            self._given.add(path)
            raw = self._raw(path)
            if isinstance(raw, Rejected):
                yield raw
            else:
                mime = signatures.served_as(path, raw[: signatures.LOOKED_AT])
                yield MediaFile(source=self._work.source, path=path, mime=mime, content=raw)
        self._files.wanted.clear()


def _may_break(raw: bytes) -> bool:
    lower = raw.lower()
    return any(word in lower for word in _BREAKS)
