"""Articles of journals in JATS and its parent, the NLM journal archiving format (.nxml, .xml).

Each file is one article: title, authors with their places of work, abstract, text, back matter, and what floats. What
it says of itself becomes the article's (authors, date, DOI and numbers, keywords, licence); where it appeared is its
first line. References keep their numbers and words; where they are kept as fields they are put together. History,
funding in fields and what only machines read are counted.

Standard: ANSI/NISO Z39.96-2021 (JATS 1.3); NLM Journal Archiving and Interchange Tag Suite 1 to 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from galactica.languages import tag
from galactica.model import Work
from galactica.sources import imprint, jats_front, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.jats_cited import jats_reference
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

_PARTS = ("body", "back", "floats-group", "floats-wrap", "sub-article", "response")


class JatsRetelling(Retelling):
    """An article that is being told."""

    gone = frozenset(("history", "processing-meta", "counts", "custom-meta-group", "related-article", "related-object"))
    quiet = frozenset(("col", "colgroup", "index-term", "index-term-range-end", "target", "alt-text", "long-desc"))
    sections = frozenset("sec app ack bio glossary notes app-group abstract trans-abstract".split())

    def __init__(self) -> None:
        super().__init__("jats")

    def special(self, node: XmlNode, depth: int, alone: bool) -> Content | None:
        """What the table alone does not tell."""
        match node.name:
            case name if name in self.sections or name in ("sub-article", "response", "ref-list", "fn-group"):
                return self._section(node, depth)
            case "list":
                ordered = node.attributes.get("list-type", "") in ("order", "alpha-lower", "alpha-upper", "roman-lower")
                items = (each for each in node.children() if each.name != "title")
                told = [piece for each in items for piece in self.told(each, depth + 1, alone=True)]
                return [*self._title(node, depth), html_tag("ol" if ordered else "ul", told, id_=id_of(node))]
            case "list-item":
                label = node.first("label") if node.children("label") else None
                inside = [
                    piece for each in node.children() if each is not label for piece in self.told(each, depth + 1)
                ]
                return [html_tag("li", inside, id_=id_of(node))]
            case "xref":
                return self._lead(node, depth)
            case "fn":
                return self._note(node, depth)
            case "ext-link" | "uri" | "self-uri":
                href = node.attributes.get("xlink:href", "") or node.text()
                return [html_tag("a", self.inside(node, depth) or [href], href=href)]
            case "email":
                return [html_tag("a", self.inside(node, depth), href=f"mailto:{node.text()}")]
            case "inline-formula" | "disp-formula":
                return self._formula(node, depth)
            case "tex-math":
                return self.tex(node.text())
            case "alternatives":
                return self._chosen(node, depth)
            case "graphic" | "inline-graphic":
                alt = node.first("alt-text")
                return self.picture(node.attributes.get("xlink:href", ""), alt.text() if alt else "")
            case "media" | "supplementary-material" | "inline-supplementary-material":
                self.dropped["jats:media"] += 1
                return [html_tag("p", self.inside(node, depth), id_=id_of(node))] if alone else self.inside(node, depth)
            case "fig" | "table-wrap" | "boxed-text" | "table-wrap-group" | "fig-group":
                return self._floating(node, depth)
            case "table":
                groups = node.children("tgroup")
                inside = [each for group in groups for each in cals_table(group, self, depth + 1)]
                return [XmlNode("table", kept_attributes(node), inside or self.inside(node, depth))]
            case "td" | "th":
                return [retold_cell(node.name, node, self.inside(node, depth))]
            case "name" | "string-name" if not has_text(node):
                return [jats_front.person(node)]
            case "ref":
                return [html_tag("li", self._reference(node, depth), id_=id_of(node))]
            case "element-citation" | "mixed-citation" | "citation" | "nlm-citation" | "product":
                return jats_reference(node, self, depth)
            case "front" | "front-stub":
                return []  # told before
            case "permissions":
                return self._rights(node, depth)
            case "funding-group":
                return self._funding(node, depth)
        return None

    def title_of(self, node: XmlNode, depth: int) -> Content:
        """The heading of a section, with its number."""
        title = next(iter(node.children("title")), None)
        label = next((each.text() for each in node.children("label")), "")
        if title is None:
            return [label] if label else []
        return joined_pieces(([label], self.inside(title, depth + 1)))

    def _section(self, node: XmlNode, depth: int) -> Content:
        used = [*node.children("title"), *node.children("label"), *node.children("sec-meta")]
        title = self.title_of(node, depth)
        if node.name in ("sub-article", "response"):
            front = next(iter(node.children("front-stub", "front")), None)
            named = front.first("article-title") if front else None
            title = self.inside(named, depth) if named else title
        if node.name == "ref-list":
            node = _with_list(node)
        return self.section(node, depth, title=title, more=used)

    def _title(self, node: XmlNode, depth: int) -> Content:
        title = self.title_of(node, depth)
        return [html_tag("p", [html_tag("b", title)])] if title else []

    def _lead(self, node: XmlNode, depth: int) -> Content:
        """A place of the article that is led to; the mark of a note where it is one."""
        target = node.attributes.get("rid", "").split()
        inside = self.inside(node, depth)
        if not target:
            return inside
        if node.attributes.get("ref-type") in ("fn", "table-fn") and node.text():
            return [self.noted(target[0], node.text())]
        return [html_tag("a", inside or [target[0]], href=f"#{target[0]}")]

    def _note(self, node: XmlNode, depth: int) -> Content:
        """A note: where it stands, if that is among notes; else behind its section."""
        label = next((each.text() for each in node.children("label")), "")
        inside = [piece for each in node.children() if each.name != "label" for piece in self.told(each, depth + 1)]
        if id_of(node) and not label:
            return [html_tag("div", inside, id_=id_of(node))]
        shown = html_tag("p", [f"{label} "]) if label else None
        content = inside if shown is None else _led(inside, label)
        return [html_tag("aside", content, id_=id_of(node), epub__type="footnote")]

    def _formula(self, node: XmlNode, depth: int) -> Content:
        label = next((each.text() for each in node.children("label")), "")
        parts = [[each] if isinstance(each, str) else self.told(each, depth + 1) for each in _unlabelled(node)]
        inside = [piece for part in parts for piece in part]
        if node.name == "inline-formula":
            return inside
        return [html_tag("div", [*inside, f" {label}"] if label else inside, id_=id_of(node))]

    def _chosen(self, node: XmlNode, depth: int) -> Content:
        """Of several forms of one thing the one that says most as text."""
        names = ("math", "tex-math", "table", "textual-form", "graphic", "inline-graphic", "media")
        found = min(node.children(), key=lambda each: names.index(each.name) if each.name in names else 9, default=None)
        return self.told(found, depth + 1) if found is not None else []

    def _floating(self, node: XmlNode, depth: int) -> Content:
        """A figure or table with what is written under it."""
        label = next((each.text() for each in node.children("label")), "")
        named = next(iter(node.children("caption")), None)
        said = [self.inside(each, depth + 2) for each in (named.children() if named is not None else ())]
        if named is not None and has_text(named):
            said = [self.inside(named, depth + 1)]
        caption = joined_pieces(([label], *said))
        out: Content = []
        for each in node.children():
            if each.name not in ("label", "caption", "alt-text", "long-desc"):
                out.extend(self.told(each, depth + 1, alone=True))
        tables = [each for each in out if isinstance(each, XmlNode) and each.name == "table"]
        mark = id_of(node)
        if len(tables) == 1:
            made = with_caption(tables[0], caption)
            made.attributes.setdefault("id", mark)
            return [made if each is tables[0] else each for each in out]
        if node.name == "fig" and any(isinstance(each, XmlNode) and each.name == "img" for each in out):
            return [html_tag("figure", [*out, html_tag("figcaption", caption)], id_=mark)]
        return [html_tag("div", [html_tag("p", caption), *out], id_=mark)]

    def _reference(self, node: XmlNode, depth: int) -> Content:
        label = next((each.text() for each in node.children("label")), "")
        return joined_pieces(
            ([label], *(self.told(each, depth + 1) for each in node.children() if each.name != "label"))
        )

    def _funding(self, node: XmlNode, depth: int) -> Content:
        """Who paid: in the article's words, else by name."""
        said = [each for each in node.walk("funding-statement") if each.text()]
        if said:
            return [html_tag("p", self.inside(each, depth + 1)) for each in said]
        names = (each.first("institution") or each for each in node.walk("funding-source"))
        told = "; ".join(dict.fromkeys(text for each in names if (text := each.text())))
        return [html_tag("p", [told])] if told else []

    def _rights(self, node: XmlNode, depth: int) -> Content:
        said = [each for each in node.walk("copyright-statement", "license-p", "p") if each.text()]
        return [html_tag("p", self.inside(each, depth + 1)) for each in said]


def _unlabelled(node: XmlNode) -> list[XmlNode | str]:
    return [each for each in node.content if isinstance(each, str) or each.name != "label"]


def _led(content: Content, label: str) -> Content:
    """A note that begins with its mark."""
    first = next((each for each in content if isinstance(each, XmlNode)), None)
    if first is not None and first.name == "p":
        first.content.insert(0, f"{label} ")
        return content
    return [f"{label} ", *content]


def _with_list(node: XmlNode) -> XmlNode:
    """References as the items of a list."""
    out: list[XmlNode | str] = []
    run = XmlNode("list", {"list-type": "simple"})
    for each in node.content:
        if isinstance(each, XmlNode) and each.name == "ref":
            if not run.content:
                out.append(run)
            run.content.append(each)
        elif not isinstance(each, str):
            out.append(each)
            run = XmlNode("list", {"list-type": "simple"})
    return XmlNode(node.name, node.attributes, out)


def retell(tree: XmlNode) -> Retold:
    """Tell an article."""
    article = tree.first("article") or tree
    telling = JatsRetelling()
    front = next(iter(article.children("front")), XmlNode("front", {}))
    facts = jats_front.front_facts(front)
    body: Content = [html_tag("p", [line]) for line in (facts.appeared, facts.people) if line]
    meta = next(iter(front.children("article-meta")), front)
    for each in meta.children("product", "abstract", "trans-abstract"):
        body.extend(telling.told(each, 1, alone=True))
    telling.dropped.update(f"jats:{each.name}" for each in meta.children(*sorted(telling.gone)))
    behind = meta.children("author-notes", "funding-group", "permissions")
    for each in (*article.children(*_PARTS), *behind):
        body.extend(telling.told(each, 1, alone=True))
    body.extend(telling.notes)
    work = Work(
        source="",
        path="",
        title=title_line(facts.title),
        kind="article",
        language=tag(article.attributes.get("xml:lang", "")) or "und",
        creators=facts.creators,
        publisher=facts.publisher,
        published=facts.published,
        identifiers=facts.identifiers,
        licence=imprint.licence_told(facts.licence) if facts.licence else "",
        url=facts.url,
    )
    return Retold(
        body=body,
        work=work,
        dropped=telling.dropped,
        divided=False,
        aliases=facts.aliases,
        categories=facts.categories,
    )


def recognise(name: str, head: bytes) -> int:
    """95 for an article of JATS, which its outermost tag and one of its first ones tell from other articles; 30 for
    one that only its name tells."""
    start = leaf.text_head(head)
    root, written = xml_root(start) if start.startswith("<") else ("", "")
    if root != "article" or "docbook" in start[:1_000].lower():
        return 0
    known = "article-type" in written or any(f"<{part}" in start for part in ("front>", "front ", "journal-meta"))
    if known or "JATS" in start or "NLM//DTD" in start:
        return 95
    return 30 if leaf.suffix_of(name) == ".nxml" else 0


def read_jats(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the article."""
    yield from retold_items(entry, key, options, retell, "jats", whole=True)


LEAF = xml_leaf("jats", (".nxml",), recognise, read_jats)
FORMAT = file_format(LEAF)
