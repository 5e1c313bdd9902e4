"""Texts in TEI (.tei, .xml): letters, plays, poems, editions of books, dictionaries.

What a reader is to read is told: of a choice the corrected, regularised or expanded form, of an apparatus its lemma,
what was deleted not at all; the others are counted. Lines of verse stay lines, pages keep their numbers, notes stand
behind their section. Of the header, what says who wrote it, when and under which terms is the article's or the work's;
the rest is counted, like facsimiles and annotations that stand apart from the text.

Standard: TEI P5 Guidelines; P4 as far as its names are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from galactica.languages import tag
from galactica.model import Work
from galactica.sources import imprint, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import file_format, title_line
from galactica.sources.retelling import Content, Retelling, has_text, html_tag, id_of, kept_attributes
from galactica.sources.retold_tables import retold_cell
from galactica.sources.trees import TreeFile
from galactica.sources.xml_pages import Retold, retold_items, xml_leaf, xml_root
from galactica.sources.xml_tree import XmlNode

_RENDER = {
    **dict.fromkeys(("italic", "italics", "it", "i", "slant", "oblique"), "em"),
    **dict.fromkeys(("bold", "b", "bf"), "strong"),
    **dict.fromkeys(("sup", "superscript", "super"), "sup"),
    **dict.fromkeys(("sub", "subscript"), "sub"),
    **dict.fromkeys(("u", "underline", "underlined"), "u"),
    **dict.fromkeys(("tt", "typewriter", "monospace"), "code"),
}
_STRUCK = frozenset(("strikethrough", "line-through", "struck", "strike"))
_QUOTES = "\"'“”‘’«»„‹›「『"


class TeiRetelling(Retelling):
    """A text that is being told."""

    def __init__(self) -> None:
        super().__init__("tei")
        self._running = 0

    def special(self, node: XmlNode, depth: int, alone: bool) -> Content | None:
        """What the table alone does not tell."""
        match node.name:
            case name if name in self.sections:
                return self._section(node, depth)
            case "head":
                return [self.heading(self.inside(node, depth))]
            case "lg" | "l":
                return self._verse(node, depth)
            case "note":
                return self._note(node, depth, alone)
            case "choice":
                return self._chosen(node, depth, ("corr", "reg", "expan", "sic", "orig", "abbr"))
            case "app":
                return self._chosen(node, depth, ("lem", "rdg"))
            case "subst":
                return self.inside(node, depth)
            case "gap":
                return [" […] "]
            case "pb":
                return [html_tag("span", id_=id_of(node), epub__type="pagebreak", title=node.attributes.get("n", ""))]
            case "lb":
                return [] if node.attributes.get("break") == "no" else [" "]
            case "hi" | "title" | "q" | "quote" | "said" | "stage":
                return self._inline(node, depth, alone)
            case "list":
                return self._list(node, depth)
            case "listBibl":
                items = [html_tag("li", self.told(each, depth + 1), id_=id_of(each)) for each in _rest(node)]
                return [*self._head(node, depth), html_tag("ul", items)]
            case "table":
                return self._table(node, depth)
            case "figure":
                return [html_tag("figure", self.inside(node, depth), id_=id_of(node))]
            case "graphic":
                return self.picture(node.attributes.get("url", ""))
            case "ref" | "ptr":
                target = node.attributes.get("target", "").split()
                inside = self.inside(node, depth)
                return [html_tag("a", inside or [target[0].removeprefix("#")], href=target[0])] if target else inside
            case "formula":
                inside = self.inside(node, depth)
                return inside if any(isinstance(each, XmlNode) for each in inside) else self.tex(node.text())
            case "biblStruct" | "persName" | "person" if not has_text(node):
                return [html_tag("span" if node.name == "persName" else "div", _spaced(self.inside(node, depth)))]
        return None

    def inside(self, node: XmlNode, depth: int) -> Content:
        """What stands in a node; words that are tags each and stand close are parted."""
        out: Content = []
        alone, last = not has_text(node), ""
        for each in node.content:
            if isinstance(each, str):
                out.append(each)
                last = ""
            else:
                if each.name == "w" and last == "w":
                    out.append(" ")
                out.extend(self.told(each, depth + 1, alone=alone))
                last = each.name
        return out

    def _section(self, node: XmlNode, depth: int) -> Content:
        if node.name.startswith("TEI"):  # one of a corpus
            named = _title_of(node)
            return self.section(node, depth, title=[named] if named else None, more=node.children("teiHeader"))
        if any(node.children("head")):
            return self.section(node, depth)
        return [XmlNode("div", kept_attributes(node), self.inside(node, depth))]

    def _head(self, node: XmlNode, depth: int) -> Content:
        return [html_tag("p", [html_tag("b", self.inside(each, depth + 1))]) for each in node.children("head")]

    def _verse(self, node: XmlNode, depth: int) -> Content:
        """Lines of verse: a stanza is a paragraph of lines."""
        if node.name == "l":
            return [html_tag("p", self.inside(node, depth), id_=id_of(node))]
        if any(each.name == "lg" for each in node.children()):
            return [*self._head(node, depth), html_tag("div", self._lines(node, depth), id_=id_of(node))]
        lines = self._lines(node, depth)
        return [*self._head(node, depth), html_tag("p", lines, id_=id_of(node))] if lines else self._head(node, depth)

    def _lines(self, node: XmlNode, depth: int) -> Content:
        out: Content = []
        for each in node.children():
            if each.name == "head":
                continue
            if each.name != "l":
                out.extend(self.told(each, depth + 1, alone=True))
                continue
            if out and not (isinstance(out[-1], XmlNode) and out[-1].name in ("p", "div")):
                out.append(html_tag("br"))
            out.extend([html_tag("span", self.inside(each, depth + 1), id_=id_of(each))])
        return out

    def _note(self, node: XmlNode, depth: int, alone: bool) -> Content:
        inside = self.inside(node, depth)
        shown = node.attributes.get("n", "")
        if alone:
            content: Content = [f"{shown} ", *inside] if shown else inside
            return [html_tag("aside", content, id_=id_of(node), epub__type="footnote")]
        return self.note(inside, mark=id_of(node), shown=shown)

    def _chosen(self, node: XmlNode, depth: int, names: tuple[str, ...]) -> Content:
        """Of several forms the one that is read; the others are counted."""
        found = node.children(*names)
        if not found:
            return self.inside(node, depth)
        best = min(found, key=lambda each: names.index(each.name))
        self.dropped.update(f"tei:{each.name}" for each in found if each is not best)
        return self.inside(best, depth + 1)

    def _inline(self, node: XmlNode, depth: int, alone: bool) -> Content:
        inside = self.inside(node, depth)
        how = (node.attributes.get("rend") or node.attributes.get("rendition") or "").lower().replace("#", "").split()
        if node.name == "hi":
            if not _STRUCK.isdisjoint(how):
                self.dropped["struck"] += 1
                return []
            out = next((_RENDER[each] for each in how if each in _RENDER), "")
            return [html_tag(out, inside)] if out else inside
        if node.name in ("title", "stage"):
            return [html_tag("p" if alone and node.name == "stage" else "em", inside)]
        blocks = any(isinstance(each, XmlNode) and each.name in ("p", "div", "ul") for each in inside)
        if blocks or (alone and node.name == "quote"):
            return [html_tag("blockquote", inside, id_=id_of(node))]
        text = node.text()
        return inside if text[:1] in _QUOTES or node.attributes.get("rend") else [html_tag("q", inside)]

    def _list(self, node: XmlNode, depth: int) -> Content:
        kind = node.attributes.get("type", "") or node.attributes.get("rend", "")
        labels = node.children("label")
        if labels:
            pairs = (each for each in node.children("label", "item"))
            told = [
                html_tag("dt" if each.name == "label" else "dd", self.inside(each, depth + 1), id_=id_of(each))
                for each in pairs
            ]
            return [*self._head(node, depth), html_tag("dl", told)]
        items = [piece for each in _rest(node) for piece in self.told(each, depth + 1, alone=True)]
        return [*self._head(node, depth), html_tag("ol" if kind in ("ordered", "numbered") else "ul", items)]

    def _table(self, node: XmlNode, depth: int) -> Content:
        rows: Content = []
        for row in node.children("row"):
            cells: Content = []
            for each in row.children("cell"):
                each.attributes.update(
                    {
                        to: each.attributes[of]
                        for of, to in (("cols", "colspan"), ("rows", "rowspan"))
                        if of in each.attributes
                    }
                )
                head = "label" in (each.attributes.get("role"), row.attributes.get("role"))
                cells.append(retold_cell("th" if head else "td", each, self.inside(each, depth + 2)))
            rows.append(html_tag("tr", cells))
        caption = [html_tag("caption", self.inside(each, depth + 1)) for each in node.children("head")]
        return [html_tag("table", [*caption, *rows], id_=id_of(node))]


def _rest(node: XmlNode) -> list[XmlNode]:
    return [each for each in node.children() if each.name != "head"]


def _spaced(content: Content) -> Content:
    out: Content = []
    for each in content:
        out.extend([each, " "])
    return out


def _title_of(node: XmlNode) -> str:
    header = next(iter(node.children("teiHeader")), None)
    statement = header.first("titleStmt") if header else None
    titles = statement.children("title") if statement else []
    main = [each for each in titles if each.attributes.get("type", "main") in ("main", "a", "m")] or titles
    return title_line(" ".join(each.text() for each in main[:1]))


def _about(header: XmlNode, telling: TeiRetelling) -> tuple[Work, tuple[str, ...]]:
    """What the header says of a text, and its keywords."""
    statement = header.first("titleStmt") or XmlNode("", {})
    publication = header.first("publicationStmt") or XmlNode("", {})
    origin = header.first("sourceDesc") or XmlNode("", {})
    profile = header.first("profileDesc") or XmlNode("", {})
    people = [title_line(each.text()) for each in (*statement.children("author"), *origin.walk("author"))]
    telling.dropped.update(f"tei:{each.name}" for each in header.walk("encodingDesc", "revisionDesc"))
    numbers = set()
    for each in publication.walk("idno"):
        if told := imprint.identifier_told(each.text(), each.attributes.get("type", "")):
            numbers.add(told)
    days = [
        day
        for place in (origin, profile.first("creation") or XmlNode("", {}), publication)
        for each in place.walk("date")
        if (day := imprint.edtf(each.attributes.get("when", "")) or imprint.edtf(each.text()))
    ]
    languages = [each.attributes.get("ident", "") for each in profile.walk("language")]
    terms = publication.first("licence") or publication.first("availability")
    target = terms.attributes.get("target", "") if terms else ""
    work = Work(
        source="",
        path="",
        title=_title_of(XmlNode("", {}, [header])),
        kind="book",
        language=(tag(languages[0]) if len(languages) == 1 else "") or "und",
        creators=tuple(dict.fromkeys(name for name in people if name)),
        publisher=title_line(next((each.text() for each in publication.children("publisher")), "")),
        published=next(iter(days), ""),
        identifiers=tuple(sorted(numbers)),
        licence=imprint.licence_told(target or (terms.text() if terms else "")),
    )
    return work, tuple(dict.fromkeys(title_line(each.text()) for each in profile.walk("term", "item") if each.text()))


def retell(tree: XmlNode) -> Retold:
    """Tell a text, or all of a corpus."""
    top = tree.first("TEI", "TEI.2", "teiCorpus") or tree
    telling = TeiRetelling()
    header = next(iter(top.children("teiHeader")), XmlNode("teiHeader", {}))
    work, words = _about(header, telling)
    body: Content = []
    if work.title and work.creators:
        body.append(html_tag("p", ["; ".join(work.creators)]))
    for each in top.children():
        if each is not header:
            body.extend(telling.told(each, 1, alone=True))
    body.extend(telling.notes)
    language = tag(top.attributes.get("xml:lang", "")) or next(
        (tag(each.attributes.get("xml:lang", "")) for each in top.children("text")), ""
    )
    if work.language == "und" and language:
        work = replace(work, language=language)
    return Retold(body=body, work=work, dropped=telling.dropped, categories=words)


def recognise(name: str, head: bytes) -> int:
    """95 for what begins with a root of TEI."""
    start = leaf.text_head(head)
    return 95 if start.startswith("<") and xml_root(start)[0] in ("TEI", "TEI.2", "teiCorpus") else 0


def read_tei(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the text."""
    yield from retold_items(entry, key, options, retell, "tei", whole=False)


LEAF = xml_leaf("tei", (".tei",), recognise, read_tei)
FORMAT = file_format(LEAF)
