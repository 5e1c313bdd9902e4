"""Books and articles in DocBook 4 and 5 (.dbk, .docbook, .xml).

A book is a work, its chapters and sections are the parts. Links to a place are called by its title; footnotes stand
behind their section. What readers are not shown (remarks among authors, marks for an index) is counted. Files that
others are made of (XInclude, external entities) are not fetched: where they stood is counted.

Standard: DocBook 5.1 (OASIS), and the names that DocBook 4 has besides.
"""

from __future__ import annotations

from collections.abc import Iterator

from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.docbook_front import docbook_work, info_of, title_of_section
from galactica.sources.leaf import file_format, title_line
from galactica.sources.retelling import (
    Content,
    Retelling,
    has_text,
    html_tag,
    id_of,
    joined_pieces,
    kept_attributes,
)
from galactica.sources.retold_tables import cals_table, retold_cell, with_caption
from galactica.sources.trees import TreeFile
from galactica.sources.xml_pages import Retold, retold_items, xml_leaf, xml_root
from galactica.sources.xml_tree import XmlNode

_DOCBOOK_ROOTS = frozenset(
    "book article set part chapter appendix preface section sect1 refentry reference glossary bibliography".split()
)


class DocBookRetelling(Retelling):
    """A book or article that is being told.

    Args:
        titles: id → what the place is called.
    """

    def __init__(self, titles: dict[str, str]) -> None:
        super().__init__("docbook")
        self._titles = titles

    def special(self, node: XmlNode, depth: int, alone: bool) -> Content | None:
        """What the table alone does not tell."""
        match node.name:
            case name if name in self.sections:
                return self._section(node, depth)
            case name if name.endswith("info") and any(node.children("title", "author", "date", "authorgroup")):
                return []  # told with what it is of
            case "emphasis":
                return self._emphasis(node, depth)
            case "footnote":
                return self.note(self.inside(node, depth), mark=id_of(node), shown=node.attributes.get("label", ""))
            case "footnoteref":
                place = node.attributes.get("linkend", "")
                return [self.noted(place, node.attributes.get("label", "") or "*")] if place else []
            case "xref" | "link" | "ulink" | "olink":
                return self._link(node, depth)
            case "email":
                return [html_tag("a", self.inside(node, depth), href=f"mailto:{node.text()}")]
            case "term" | "glossterm" if alone:
                return [html_tag("dt", self.inside(node, depth), id_=id_of(node))]
            case "varlistentry":
                return [self._entry(each, depth + 1) for each in node.children()]
            case "formalpara":
                return [
                    html_tag(
                        "p", joined_pieces(self._run_in(each, depth + 1) for each in node.children()), id_=id_of(node)
                    )
                ]
            case "beginpage":
                return [html_tag("span", epub__type="pagebreak", title=node.attributes.get("pagenum", ""))]
            case "mediaobject" | "inlinemediaobject" | "graphic" | "inlinegraphic" | "imagedata" | "imageobject":
                return self._picture(node, depth)
            case "equation" | "informalequation" | "inlineequation" | "mathphrase" | "alt":
                return self._formula(node, depth)
            case "table" | "informaltable" | "figure" | "informalfigure" | "example":
                return self._floating(node, depth)
            case "td" | "th":
                return [retold_cell(node.name, node, self.inside(node, depth))]
            case (
                "itemizedlist"
                | "orderedlist"
                | "variablelist"
                | "procedure"
                | "simplelist"
                | "segmentedlist"
                | "calloutlist"
            ):
                return self._list(node, depth)
            case "keycombo" | "menuchoice":
                return joined_pieces(
                    (self.told(each, depth + 1) for each in node.children()), "+" if node.name == "keycombo" else " → "
                )
            case "refnamediv":
                names = ", ".join(each.text() for each in node.children("refname"))
                said = [self.inside(each, depth + 1) for each in node.children("refpurpose")]
                return [html_tag("p", joined_pieces(([names], *said), " – "))]
            case "personname" | "author" | "editor" | "biblioentry" | "authorgroup" | "copyright" | "biblioset" if (
                not has_text(node)
            ):
                between = ". " if node.name == "biblioentry" else " "
                told = joined_pieces((self.told(each, depth + 1) for each in node.children()), between)
                return [html_tag("p", told, id_=id_of(node))] if node.name == "biblioentry" else told
            case "funcprototype" | "cmdsynopsis":
                return [
                    html_tag(
                        "p", [html_tag("code", joined_pieces(self.told(each, depth + 1) for each in node.children()))]
                    )
                ]
        return None

    def _entry(self, node: XmlNode, depth: int) -> XmlNode:
        """A term of a list, or what is said of it."""
        return html_tag("dd" if node.name == "listitem" else "dt", self.inside(node, depth), id_=id_of(node))

    def _run_in(self, node: XmlNode, depth: int) -> Content:
        """A piece of a paragraph that begins with its title."""
        inside = self.inside(node, depth)
        return [html_tag("b", inside)] if node.name == "title" else inside

    def told_of_head(self, node: XmlNode, depth: int) -> Content:
        """What stands before a section's text and is read: subtitle, abstract, legal notice."""
        info = info_of(node)
        out: Content = []
        for each in (*info.children("subtitle"), *info.children("abstract", "legalnotice", "epigraph")):
            out.extend(self.told(each, depth + 1, alone=True))
        return out

    def _section(self, node: XmlNode, depth: int) -> Content:
        title = title_of_section(node)
        used = [*node.children("title", "titleabbrev")]
        if title is None:
            names = ", ".join(each.text() for each in node.walk("refname"))[:200] if node.name == "refentry" else ""
            made = self.section(node, depth, title=[names] if names else None, more=used)
        else:
            made = self.section(node, depth, title=self.inside(title, depth + 1), more=used)
        if isinstance(made[0], XmlNode):
            at = (
                1
                if made[0].content and isinstance(made[0].content[0], XmlNode) and made[0].content[0].name[:1] == "h"
                else 0
            )
            made[0].content[at:at] = self.told_of_head(node, depth)
        return made

    def _emphasis(self, node: XmlNode, depth: int) -> Content:
        role = (node.attributes.get("role") or node.attributes.get("remap") or "").lower()
        if role in ("strikethrough", "strike", "line-through"):
            self.dropped["struck"] += 1
            return []
        return [
            html_tag(
                "strong" if role in ("bold", "strong", "b") else "u" if role == "underline" else "em",
                self.inside(node, depth),
            )
        ]

    def _link(self, node: XmlNode, depth: int) -> Content:
        place = node.attributes.get("linkend", "")
        href = node.attributes.get("xlink:href") or node.attributes.get("url") or (f"#{place}" if place else "")
        place = place or href.removeprefix("#")
        inside = self.inside(node, depth) or [node.attributes.get("xreflabel", "") or self._titles.get(place) or place]
        return [html_tag("a", inside, href=href)] if href else inside

    def _picture(self, node: XmlNode, depth: int) -> Content:
        """Of the forms of a picture the first that can be shown; its words stand for it."""
        data = [node] if node.name in ("graphic", "inlinegraphic", "imagedata") else list(node.walk("imagedata"))
        said = next((each.text() for each in node.walk("textobject", "alt")), "")
        out: Content = []
        for each in data[:1]:
            inner = [piece for math in each.children("math") for piece in self.told(math, depth + 1)]
            out.extend(inner or self.picture(each.attributes.get("fileref", ""), said))
        films = list(node.walk("videodata", "audiodata"))
        self.dropped["docbook:media"] += len(films)
        captions = [html_tag("p", self.inside(each, depth + 1)) for each in node.children("caption")]
        return [*(out or [said]), *captions]

    def _formula(self, node: XmlNode, depth: int) -> Content:
        tex = next(
            (each for each in node.walk("alt", "phrase", "textobject") if "tex" in each.attributes.get("role", "")),
            None,
        )
        maths = list(node.walk("math"))
        phrase = next(iter(node.walk("mathphrase")), node if node.name == "mathphrase" else None)
        made: Content = [maths[0]] if maths else self.tex(tex.text()) if tex is not None else []
        if not made:
            rest = [each for each in node.content if isinstance(each, str) or each.name not in ("title", "alt")]
            made = self.inside(phrase if phrase is not None else XmlNode("", {}, rest), depth)
        if node.name in ("inlineequation", "mathphrase", "alt"):
            return made
        title = title_of_section(node)
        return [
            html_tag(
                "div", joined_pieces((made, self.inside(title, depth) if title is not None else [])), id_=id_of(node)
            )
        ]

    def _floating(self, node: XmlNode, depth: int) -> Content:
        title = title_of_section(node)
        caption = self.inside(title, depth + 1) if title is not None else []
        if node.name in ("table", "informaltable"):
            groups = [piece for each in node.children("tgroup") for piece in cals_table(each, self, depth + 1)]
            rest = XmlNode(
                "",
                {},
                [each for each in node.content if isinstance(each, str) or each.name not in ("title", "caption")],
            )
            caption = caption or [piece for each in node.children("caption") for piece in self.inside(each, depth + 1)]
            return [with_caption(XmlNode("table", kept_attributes(node), groups or self.inside(rest, depth)), caption)]
        inside = [
            piece for each in node.children() if each is not title for piece in self.told(each, depth + 1, alone=True)
        ]
        if "figure" in node.name:
            return [
                html_tag("figure", [*inside, html_tag("figcaption", caption)] if caption else inside, id_=id_of(node))
            ]
        return [
            html_tag("div", [html_tag("p", [html_tag("b", caption)]), *inside] if caption else inside, id_=id_of(node))
        ]

    def _list(self, node: XmlNode, depth: int) -> Content:
        title = title_of_section(node)
        rest = XmlNode(
            node.name,
            node.attributes,
            [e for e in node.content if isinstance(e, str) or e.name not in ("title", "info")],
        )
        made = self.as_tag(self.becomes[node.name], rest, depth)
        return [html_tag("p", [html_tag("b", self.inside(title, depth + 1))]), *made] if title is not None else made


def retell(tree: XmlNode) -> Retold:
    """Tell a book or article."""
    top = next(iter(tree.children()), tree)
    titles: dict[str, str] = {}
    telling = DocBookRetelling(titles)
    for each in (
        top,
        *top.walk(*telling.sections, "figure", "table", "example", "equation", "procedure", "glossentry"),
    ):
        title = title_of_section(each) if each.name != "glossentry" else next(iter(each.children("glossterm")), None)
        if id_of(each) and title is not None:
            titles[id_of(each)] = title_line(title.text())
    work = docbook_work(top)
    body: Content = [html_tag("p", ["; ".join(work.creators)])] if work.creators else []
    body.extend(telling.told_of_head(top, 1))
    for each in top.children():
        if each.name not in ("title", "subtitle", "titleabbrev") and not each.name.endswith("info"):
            body.extend(telling.told(each, 1, alone=True))
    body.extend(telling.notes)
    words = (title_line(each.text()) for each in info_of(top).walk("keyword", "subjectterm"))
    return Retold(body=body, work=work, dropped=telling.dropped, categories=tuple(dict.fromkeys(w for w in words if w)))


def recognise(name: str, head: bytes) -> int:
    """95 for what begins with a root of DocBook and says so, 60 where only its name does."""
    start = leaf.text_head(head)
    root, written = xml_root(start) if start.startswith("<") else ("", "")
    if root not in _DOCBOOK_ROOTS:
        return 0
    said = "docbook.org/ns/docbook" in written or "docbook" in start[:2_000].lower()
    return 95 if said else 60 if leaf.suffix_of(name) in (".dbk", ".docbook") else 0


def read_docbook(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the book, or the article that it is."""
    yield from retold_items(entry, key, options, retell, "docbook", whole=False)


LEAF = xml_leaf("docbook", (".dbk", ".docbook"), recognise, read_docbook)
FORMAT = file_format(LEAF)
