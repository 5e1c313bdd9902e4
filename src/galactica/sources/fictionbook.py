"""Books in FictionBook 2 (.fb2, packed or not): a source and a `Work` each, its sections the parts.

The file is one document: it is gone through twice, once for its contents and what it says of itself, once for its
text, which is cut at every section with a title, as a page of a book in EPUB is (`epub_plan`). Of the pictures inside
it those that are shown are kept, and the cover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from galactica.languages import tag
from galactica.model import MediaFile, Rejected, Source, Work
from galactica.sources import imprint, leaf, signatures
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.epub_contents import Contents
from galactica.sources.epub_plan import ContentsPlan, Scan
from galactica.sources.epub_text import PageText
from galactica.sources.fictionbook_events import FictionEvents
from galactica.sources.html import declared
from galactica.sources.leaf import Leaf, file_format, title_line
from galactica.sources.paths import clean_path, stem
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.xml_pages import SAFE, PagePlaces, document_parts
from galactica.sources.xml_stream import TooMuchError, read_soup, read_xml
from galactica.sources.xml_tree import XmlNode, xml_tree

_ROOT = re.compile(r"<(?:[\w-]{1,20}:)?FictionBook\b")


class _Fiction(PagePlaces):
    """The places and files of one book, as its text asks for them."""

    def beside(self, href: str) -> str:
        """A book is one file: nothing lies beside it."""
        return ""

    def shown(self, src: str) -> str:
        """The address of a picture inside the book."""
        name = src.strip().removeprefix("#")
        path = clean_path(name)
        if not src.strip().startswith("#") or path is None:
            return ""
        self.wanted.add(name)
        return "/" + quote(path, safe=SAFE)


def recognise(name: str, head: bytes) -> int:
    """95 for what begins with a FictionBook's root, 30 for XML in a file named .fb2."""
    start = leaf.text_head(head)
    if _ROOT.search(start, 0, 4096):
        return 95
    return 30 if leaf.suffix_of(name) == ".fb2" and start.startswith("<") else 0


def describe(head: bytes, source: Source) -> Source:
    """What the beginning of a book says of it."""
    about = xml_tree(leaf.text_head(head))
    told = _work(about, source.key, source.key, source.title)
    return replace(
        source,
        title=told.title,
        language=told.language if source.language == "und" else source.language,
        publisher=told.publisher,
        creators=told.creators,
    )


def read_fictionbook(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the book, its parts and pictures."""
    document = leaf.decoded(entry, key, declared)
    if isinstance(document, Rejected):
        yield document
        return
    path = entry.path
    try:
        first, scanned, sound = _looked_through(document, path)
        sheet = ContentsPlan(Contents(entries=first.entries), long=0).sheet(path, scanned)
        files = _Fiction(path=path, sheet=sheet)
        page = PageText(files, tuple(place.fragment for place in sheet.cuts[1:]), {}, soup=not sound)
        events = FictionEvents(page, path)
        (read_xml if sound else read_soup)(document, events)
        events.finish()
        page.finish()
    except TooMuchError:
        yield rejected(key, path, "too-large", "more tags and texts than any book has")
        return
    work = _work(events.about.root, key, path, stem(path))
    work = replace(work, language=options.language or work.language)
    if any(part.size or part.shown for part in page.parts):
        yield work
    page.dropped["fictionbook:stylesheet"] += events.dropped
    page.dropped["fictionbook:not-well-formed"] += not sound
    dropped = tuple(sorted((rule, count) for rule, count in page.dropped.items() if count))
    yield from document_parts(page, sheet, work, path, dropped)
    if not any(part.size or part.shown for part in page.parts):
        yield rejected(key, path, "empty", "a book without text")
    for picture in events.about.root.walk("image"):  # of the cover
        files.shown(picture.attributes.get("xlink:href", ""))
    yield from _pictures(events, files.wanted, key)


def _looked_through(document: str, path: str) -> tuple[FictionEvents, Scan, bool]:
    """A book's contents, where its ids stand, and whether it is well formed.

    Raises:
        TooMuchError: what it says of itself has no end.
    """
    scanned = Scan()
    events = FictionEvents(scanned, path)
    try:
        read_xml(document, events)
    except ValueError:
        scanned = Scan()
        events = FictionEvents(scanned, path)
        read_soup(document, events)
        events.finish()
        return events, scanned, False
    return events, scanned, True


def _pictures(events: FictionEvents, wanted: set[str], key: str) -> Iterator[MediaFile | Rejected]:
    """The pictures that the text shows, and what the file holds besides."""
    given: set[str] = set()
    for name, mime, content in events.files():
        path = clean_path(name)
        if path is None or path in given:
            yield rejected(key, name or "binary", "bad-path" if path is None else "duplicate")
            continue
        given.add(path)
        if content is None:
            yield rejected(key, path, "empty", "a picture that cannot be unpacked")
        elif name not in wanted:
            called = signatures.called(path, content[: signatures.LOOKED_AT])
            yield rejected(key, path, "not-linked", f"{called}; no part of the book shows it")
        else:
            told = signatures.served_as(path, content[: signatures.LOOKED_AT])
            usual = told != "application/octet-stream" or not mime.startswith("image/")
            yield MediaFile(source=key, path=path, mime=told if usual else mime, content=content)
    for name in sorted(wanted - given):
        yield rejected(key, name, "broken-link", "a picture that the book does not hold")


def _work(about: XmlNode, key: str, path: str, fallback: str) -> Work:
    """What the book says of itself."""
    title = about.first("title-info") or about
    published = about.first("publish-info") or XmlNode("", {})
    of_file = about.first("document-info") or XmlNode("", {})
    number = imprint.isbn(_said(published, "isbn"))
    identifiers = {f"isbn:{number}"} if number else set()
    if told := imprint.identifier_told(_said(of_file, "id")):
        identifiers.add(told)
    dates = [_said(published, "year"), *(each.attributes.get("value", "") for each in title.children("date"))]
    dates.extend(each.text() for each in title.children("date"))
    annotation = title.first("annotation")
    return Work(
        source=key,
        path=path,
        title=title_line(_said(title, "book-title")) or fallback,
        kind="book",
        language=tag(_said(title, "lang")) or "und",
        creators=tuple(dict.fromkeys(name for each in title.children("author") if (name := _name(each)))),
        publisher=title_line(_said(published, "publisher")),
        published=next((day for written in dates if (day := imprint.edtf(written))), ""),
        identifiers=tuple(sorted(identifiers)),
        description=imprint.plain_description(annotation.text()) if annotation is not None else "",
    )


def _said(node: XmlNode, name: str) -> str:
    return next((each.text() for each in node.children(name)), "")


def _name(author: XmlNode) -> str:
    parts = (_said(author, each) for each in ("first-name", "middle-name", "last-name"))
    return title_line(" ".join(part for part in parts if part) or _said(author, "nickname"))


LEAF = Leaf(
    name="fictionbook",
    suffixes=(".fb2",),
    recognise=recognise,
    read=read_fictionbook,
    describe=describe,
    whole=True,
    own=True,
)
FORMAT = file_format(LEAF)
