"""What was told of an XML document (`retelling`) as documents: one article, or a work whose sections are its parts.

A book is cut at its sections as a page of a book in EPUB is (`epub_plan`); what is shorter than `DIVIDED`, or says that
it is one article, is one. Links to places of the document lead to the part that holds them; pictures are those that lie
beside the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from galactica.model import Document, Rejected, Work
from galactica.sources import epub_marks, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.epub_contents import Contents
from galactica.sources.epub_links import part_path
from galactica.sources.epub_parts import article_html, heading_of
from galactica.sources.epub_plan import ContentsPlan, Scan, Sheet
from galactica.sources.epub_text import PageText
from galactica.sources.html import declared
from galactica.sources.leaf import Leaf
from galactica.sources.paths import stem
from galactica.sources.retelling import Content, contents_of, tell_nodes
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.xml_stream import TooMuchError
from galactica.sources.xml_tree import GrownTree, XmlNode, grown_tree

DIVIDED = 12_000
"""Characters of text above which a document with sections is a work with parts: some five pages of a book."""

SAFE = "/:@!$()*+,;=~'"
"""Characters that need no escape in an address inside of a source."""

_ROOT_FRAME = (
    r"(?>\s*(?:<\?[^>]{0,2000}\?>|<!--(?>.{0,8000}?-->)|<!DOCTYPE\b[^<>\[]{0,1000}(?:\[[^\]]{0,6000}\]\s*)?>)\s*)*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """A document that was told.

    Attributes:
        body: nodes of HTML.
        work: what it says of itself; its key and path are not looked at.
        dropped: what was left out.
        divided: whether its sections may be parts.
        aliases, categories: as of a `Document`.
    """

    body: Content
    work: Work
    dropped: Counter[str]
    divided: bool = True
    aliases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class PagePlaces:
    """The places of a document that is cut into parts, as its text asks for them (`epub_shown.Files`)."""

    path: str
    sheet: Sheet
    wanted: set[str] = field(default_factory=set)

    def link(self, href: str) -> str:
        """Where a link leads; "" for nowhere."""
        href = href.strip()
        if href.lower().startswith(("http:", "https:", "mailto:")):
            return href
        if not href.startswith("#"):
            return self.beside(href)
        mark = href.removeprefix("#")
        place = f"#{quote(epub_marks.kept_id(mark), safe=SAFE)}" if mark else ""
        if mark not in self.sheet.part_of:
            return place
        return f"/{quote(part_path(self.path, self.sheet, self.sheet.part_of[mark]), safe=SAFE)}{place}"

    def beside(self, href: str) -> str:
        """Where a link to another file leads."""
        return href if "://" not in href and "." in href else ""

    def shown(self, src: str) -> str:
        """The address of a picture that lies beside the file."""
        return "" if "://" in src or src.startswith(("/", "data:")) else src

    def drawn(self, mime: str, content: bytes) -> str:
        """No picture stands in the text itself."""
        return ""

    def style(self, href: str) -> tuple[str, bool]:
        """Style sheets of such documents are not read."""
        return "", False


def xml_root(start: str) -> tuple[str, str]:
    """(name without prefix, attributes as they are written) of the outermost tag of a text that begins as XML does;
    ("", "") of any other."""
    found = re.match(rf"{_ROOT_FRAME}<(?:[\w.-]{{1,40}}:)?([\w.-]{{1,60}})\b([^>]{{0,8000}})", start, re.S | re.I)
    return (found[1], found[2]) if found else ("", "")


def document_parts(
    page: PageText, sheet: Sheet, work: Work, path: str, dropped: tuple[tuple[str, int], ...], alone: str = ""
) -> Iterator[Document]:
    """The parts of a page that hold anything, as parts of a work.

    Args:
        alone: what a part is called that is the only one; "" as any other.
    """
    found = [part for part in page.parts if part.size or part.shown]
    for number, part in enumerate(found, 1):
        place = sheet.cuts[part.cut] if part.cut < len(sheet.cuts) else None
        title = (place.title if place else "") or heading_of(part) or work.title
        if alone and len(found) == 1:
            title = alone
        yield Document(
            source=work.source,
            path=part_path(path, sheet, part.cut),
            title=title,
            markup="html",
            content=article_html(part, title),
            language=work.language,
            dropped=dropped if number == 1 else (),
            work=work.path,
            part=number,
            headings=place.headings if place else (),
        )


def retold_items(
    entry: TreeFile, key: str, options: SourceOptions, retell: Callable[[XmlNode], Retold], kind: str, *, whole: bool
) -> Iterator[Item]:
    """Yield what an XML document is.

    Args:
        retell: tells the tree of it.
        kind: name of the format, for what is counted.
        whole: whether it is one article however long it is.
    """
    text = leaf.decoded(entry, key, declared)
    if isinstance(text, Rejected):
        yield text
        return
    yield from tree_items(grown_tree(text), entry.path, key, options, retell, kind, whole=whole)


def tree_items(
    tree: GrownTree, path: str, key: str, options: SourceOptions, retell: Callable[[XmlNode], Retold], kind: str, *,
    whole: bool,
) -> Iterator[Item]:  # fmt: skip
    """Yield what an XML document is that has been read; arguments as for `retold_items`."""
    told = retell(tree.root)
    work = replace(told.work, source=key, path=path, title=told.work.title or stem(path))
    work = replace(work, language=options.language or work.language)
    try:
        page, sheet = _paged(told.body, path, divided=told.divided and not whole)
    except TooMuchError:
        yield rejected(key, path, "too-large", "more tags and texts than any book has")
        return
    counted = Counter({_rule(rule, kind): count for rule, count in page.dropped.items()}) + told.dropped
    counted[f"{kind}:not-well-formed"] += not tree.sound
    dropped = tuple(sorted((rule, count) for rule, count in counted.items() if count))
    found = list(document_parts(page, sheet, work, path, dropped, told.work.title))
    if len(found) > 1:
        yield work
    if len(found) == 1:
        found = [_whole(found[0], told, work)]
    yield from found
    if not found:
        yield rejected(key, path, "empty", "nothing in it that is text")
    if not tree.whole:
        yield rejected(key, path, "too-large", "more tags than are kept apart; what comes after them was left out")


def one_page(
    entry: TreeFile, key: str, read: Callable[[TreeFile, str, SourceOptions], Iterator[Item]], options: SourceOptions
) -> Iterator[Item] | None:
    """What is in a file of an own kind if it is one article, and so a page of its folder; None for others."""
    items = list(read(entry, key, options))
    return None if any(isinstance(each, Work) for each in items) else iter(items)


def xml_leaf(
    name: str,
    suffixes: tuple[str, ...],
    recognise: Callable[[str, bytes], int],
    read: Callable[[TreeFile, str, SourceOptions], Iterator[Item]],
) -> Leaf:
    """A kind of file that is one article, or a work where it is long."""
    return Leaf(
        name=name,
        suffixes=suffixes,
        recognise=recognise,
        read=read,
        whole=True,
        own=True,
        page=lambda entry, key, options: one_page(entry, key, read, options),
    )


def _whole(document: Document, told: Retold, work: Work) -> Document:
    """The only part of a work as an article of its own."""
    return replace(
        document,
        work="",
        part=0,
        headings=(),
        aliases=tuple(dict.fromkeys(each for each in told.aliases if each and each != document.title)),
        categories=told.categories,
        creators=work.creators,
        published=work.published,
        identifiers=work.identifiers,
        url=work.url,
        licence=work.licence,
    )


def _paged(body: Sequence[XmlNode | str], path: str, *, divided: bool) -> tuple[PageText, Sheet]:
    """The pieces of a document's pages, and where it is cut.

    Raises:
        TooMuchError: it has more tags than are kept apart.
    """
    scanned = Scan()
    tell_nodes(body, scanned)
    sheet = Sheet()
    if divided and scanned.size > DIVIDED:
        sheet = ContentsPlan(Contents(entries=contents_of(body, path))).sheet(path, scanned)
    else:
        sheet.pages.update({mark: label for mark, label in scanned.pages.items() if label})
    page = PageText(
        PagePlaces(path=path, sheet=sheet), tuple(place.fragment for place in sheet.cuts[1:]), sheet.pages, soup=True
    )
    tell_nodes(body, page)
    page.finish()
    return page, sheet


def _rule(rule: str, kind: str) -> str:
    """What is counted in the pages of books, by the name of this format."""
    return f"{kind}:{rule.removeprefix('epub:')}" if rule.startswith("epub:") else rule
