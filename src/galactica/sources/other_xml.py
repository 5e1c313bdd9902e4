"""XML of a vocabulary that has no reader of its own: read so that what is said in it is not lost.

What holds data (many short values, each under a name) is told as JSON is: objects with a text are documents, alike ones
with a name are articles of their fields, all others are one article of fields. What holds prose is told as a page, in
the order of the document: tags that are called as those of books and pages are become these (`xml_vocabularies.toml`),
any other is counted and keeps its text, which stands by itself where there are tags alone around it.

XML for programs (site maps, styles, schemas, packages) is not read. RDF in XML is data. Standard: XML 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from galactica.errors import InputError
from galactica.model import Document, Rejected, Work
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.html import declared
from galactica.sources.json_page import MAX_PAGE
from galactica.sources.leaf import Leaf, file_format, title_line
from galactica.sources.other_xml_values import XmlValues, is_data
from galactica.sources.retelling import Content, Retelling, has_text, html_tag
from galactica.sources.retold_tables import retold_cell
from galactica.sources.trees import TreeFile
from galactica.sources.value_items import value_items
from galactica.sources.xml_pages import Retold, tree_items, xml_root
from galactica.sources.xml_tree import XmlNode, grown_tree

_FOR_PROGRAMS = frozenset(
    "svg html stylesheet transform schema urlset sitemapindex opensearchdescription browserconfig assembly project "
    "manifest relationships types container package ncx encryption plist xmpmeta configuration wsdl definitions "
    "grammar interface ui glade score-partwise score-timewise".split()
)
"""Outermost tags of what is written for programs, in small letters."""

_ENDINGS = frozenset((".svg", ".svgz", ".html", ".htm", ".xhtml", ".opf", ".ncx", ".xsl", ".xslt", ".xsd", ".rng"))
_TITLES = ("title", "head", "heading", "headline")
_LINKS = ("href", "url", "target")
_KNOWN = frozenset(("id", "lang", "xml:lang", "xml:id", "dir", "class", "src", "alt", "colspan", "rowspan", *_LINKS))


def recognise(name: str, head: bytes) -> int:
    """20 for what begins with a tag and is called .xml, 18 for what says that it is XML, whatever it is called."""
    start = leaf.text_head(head)
    suffix = leaf.suffix_of(name)
    if not start.startswith("<") or suffix in _ENDINGS or xml_root(start)[0].lower() in ("", *_FOR_PROGRAMS):
        return 0
    if suffix in (".xml", ".rdf", ".owl"):
        return 20
    return 18 if start.startswith("<?xml") else 0


class _OtherRetelling(Retelling):
    """A document that is being told."""

    def __init__(self) -> None:
        super().__init__("xml")
        self.title = ""
        self._begun = False  # a title that comes later is of what follows it

    def told(self, node: XmlNode, depth: int, *, alone: bool = False) -> Content:
        """A node, told; what its attributes say is counted."""
        self._count(node)
        name = node.name.lower()
        self._begun = self._begun or name in self.sections or (self.becomes.get(name) == "p" and bool(node.text()))
        return super().told(node, depth, alone=alone)

    def inside_of_top(self, top: XmlNode) -> Content:
        """What stands in the outermost tag, told."""
        self._count(top)
        return self.inside(top, 1)

    def _count(self, node: XmlNode) -> None:
        lost = sum(name.rpartition(":")[2] not in _KNOWN and not name.startswith("xmlns") for name in node.attributes)
        if lost:
            self.dropped["xml:attribute"] += lost

    def special(self, node: XmlNode, depth: int, alone: bool) -> Content | None:
        """What the table alone does not tell: headings, links, pictures."""
        name = node.name.lower()
        if name in _TITLES and alone and not any(has_text(each) for each in node.walk("p", "para")):
            inside = self.inside(node, depth)
            if not self.title and not self._begun and (title := title_line(node.text())):
                self.title = title
                return []
            return [self.heading(inside, below=1)] if inside else []
        if name in ("a", "link", "ref", "ulink", "xref"):
            href = next((node.attributes[each] for each in _LINKS if node.attributes.get(each)), "")
            inside = self.inside(node, depth) or [href]
            return [html_tag("a", inside, href=href)] if href else inside
        if name in ("img", "image", "graphic") and (src := node.attributes.get("src") or node.attributes.get("href")):
            return [*self.picture(src, node.attributes.get("alt", "")), *self.inside(node, depth)]
        return None

    def as_tag(self, out: str, node: XmlNode, depth: int) -> Content:
        """A node as a tag of HTML; cells keep what they span."""
        if out in ("td", "th"):
            return [retold_cell(out, node, self.inside(node, depth))]
        return super().as_tag(out, node, depth)


def _retell(tree: XmlNode) -> Retold:
    """Tell a document of prose."""
    top = next(iter(tree.children()), tree)
    telling = _OtherRetelling()
    waiting = [top]
    while waiting:
        node = waiting.pop()
        node.name = node.name.lower()
        waiting.extend(node.children())
    body = telling.inside_of_top(top)
    body.extend(telling.notes)
    title = telling.title or title_line(next((top.attributes[n] for n in ("title", "name") if n in top.attributes), ""))
    work = Work(source="", path="", title=title, kind="book", language=top.attributes.get("xml:lang", ""))
    return Retold(body=body, work=work, dropped=telling.dropped)


def read_other_xml(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield what the document holds."""
    text = leaf.decoded(entry, key, declared)
    if isinstance(text, Rejected):
        yield text
        return
    tree = grown_tree(text, every=True)
    if tree.whole and len(text) <= MAX_PAGE and is_data(tree.root):
        values = XmlValues()
        try:
            value = values.of(next(iter(tree.root.children()), tree.root))
            items = value_items(value, entry, key, options)
        except (InputError, RecursionError, ValueError):
            pass  # a page, as what is no data is
        else:
            left = {**values.dropped, "xml:not-well-formed": int(not tree.sound)}
            yield from _with_counts(items, tuple((rule, count) for rule, count in sorted(left.items()) if count))
            return
    yield from tree_items(tree, entry.path, key, options, _retell, "xml", whole=False)


def _with_counts(items: Iterator[Item], left: tuple[tuple[str, int], ...]) -> Iterator[Item]:
    for item in items:
        if left and isinstance(item, Document):
            item, left = replace(item, dropped=(*item.dropped, *left)), ()
        yield item


def page(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item] | None:
    """What is in a file that is one article, and so a page of its folder; None for others."""
    items = list(read_other_xml(entry, key, options))
    documents = [each for each in items if isinstance(each, Document)]
    return iter(items) if len(documents) == 1 and documents[0].path == entry.path else None


LEAF = Leaf(
    name="xml",
    suffixes=(".xml", ".rdf", ".owl"),
    recognise=recognise,
    read=read_other_xml,
    whole=True,
    own=True,
    page=page,
)
FORMAT = file_format(LEAF)
