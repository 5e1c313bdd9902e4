"""Documents of an XML vocabulary told as pages of HTML: a tree of its tags becomes a tree of HTML's (`Retelling`).

What all vocabularies have in common stands here. A tag becomes one of HTML, or its text runs on, or it is left out and
counted; one that is not known keeps its text and is counted ("unknown-tag"): it stands by itself where what is around
it has tags alone, else it runs on. Sections get their headings by how deep they stand. A note is shown behind its
section, with its mark where it stood. Formulas are MathML as they stand, or TeX.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from galactica.sources.epub_contents import MAX_ENTRIES, MAX_LEVELS, ContentsEntry
from galactica.sources.leaf import title_line
from galactica.sources.xml_stream import XmlEvents
from galactica.sources.xml_tree import XmlNode

MAX_DEPTH = 100
"""Tags inside each other that are told apart; of what is deeper the text alone is kept, and that is counted."""

Content = list[XmlNode | str]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KEPT = ("xml:lang", "lang", "dir")


def html_tag(name: str, content: Sequence[XmlNode | str] = (), **attributes: str) -> XmlNode:
    """A tag of HTML; attributes without a value are left out, "_" at the end of a name too."""
    told = {key.rstrip("_").replace("__", ":"): value for key, value in attributes.items() if value}
    return XmlNode(name, told, list(content))


def tell_nodes(nodes: Iterable[XmlNode | str], listener: XmlEvents) -> None:
    """Tell a listener of nodes, whatever their depth."""
    waiting: list[XmlNode | str | tuple[str]] = []
    waiting.extend(reversed([*nodes]))
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            listener.text(node)
        elif isinstance(node, tuple):
            listener.end(node[0])
        else:
            listener.start(node.name, node.attributes)
            waiting.append((node.name,))
            waiting.extend(reversed(node.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlVocabulary:
    """What the tags of a vocabulary become, as `xml_vocabularies.toml` has it.

    Attributes:
        becomes: tag → tag of HTML, "" for one whose text runs on.
        gone: tags that are left out with all in them.
        quiet: likewise, and not counted: there is nothing to read in them.
        sections: tags that are sections.
    """

    becomes: Mapping[str, str]
    gone: frozenset[str]
    quiet: frozenset[str]
    sections: frozenset[str]


def xml_vocabulary(kind: str) -> XmlVocabulary:
    """A vocabulary by its name."""
    return _vocabularies()[kind]


@cache
def _vocabularies() -> dict[str, XmlVocabulary]:
    tables = tomllib.loads((resources.files("galactica.sources") / "xml_vocabularies.toml").read_text(encoding="utf-8"))
    return {kind: _vocabulary(table) for kind, table in tables.items()}


def _vocabulary(table: dict[str, Any]) -> XmlVocabulary:
    words = {name: frozenset(str(table[name]).split()) for name in ("gone", "quiet", "sections")}
    lists = {"runs_on": "", "blocks": "div", "code": "code"}
    plain = {tag: out for name, out in lists.items() for tag in str(table[name]).split()}
    return XmlVocabulary(becomes={**plain, **table["becomes"]}, **words)


class Retelling:
    """A document that is being told.

    Args:
        kind: the vocabulary's name, for what is counted.

    Attributes:
        becomes, gone, quiet, sections: as of its `XmlVocabulary`.
        dropped: what was left out.
        notes: of the innermost section, told but not yet shown.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        table = xml_vocabulary(kind)
        self.becomes = table.becomes
        self.gone = table.gone
        self.quiet = table.quiet
        self.sections = table.sections
        self.dropped: Counter[str] = Counter()
        self.notes: Content = []
        self._level = 0
        self._sections = 0
        self._notes = 0

    def inside(self, node: XmlNode, depth: int) -> Content:
        """What stands in a node, told."""
        out: Content = []
        alone = not has_text(node)
        for each in node.content:
            if isinstance(each, str):
                out.append(each)
            else:
                out.extend(self.told(each, depth + 1, alone=alone))
        return out

    def told(self, node: XmlNode, depth: int, *, alone: bool = False) -> Content:
        """A node, told.

        Args:
            depth: tags around it.
            alone: whether there is no text beside it.
        """
        name = node.name
        if depth > MAX_DEPTH:
            self.dropped[f"{self.kind}:too-deep"] += 1
            return [node.text()]
        if name in self.quiet:
            return []
        if name in self.gone:
            self.dropped[f"{self.kind}:{name}"] += 1
            return []
        if name == "math":
            return [node]
        special = self.special(node, depth, alone)
        if special is not None:
            return special
        if name in self.sections:
            return self.section(node, depth)
        out = self.becomes.get(name)
        if out is None:
            self.dropped[f"{self.kind}:unknown-tag"] += 1
            out = "div" if alone else ""
        return self.as_tag(out, node, depth)

    def special(self, node: XmlNode, depth: int, alone: bool) -> Content | None:
        """A node that the table alone does not tell; None for all others."""
        return None

    def as_tag(self, out: str, node: XmlNode, depth: int) -> Content:
        """A node as a tag of HTML; its text alone for ""."""
        inside = self.inside(node, depth)
        if not out:
            mark = id_of(node)
            return [html_tag("span", id_=mark), *inside] if mark else inside
        return [XmlNode(out, kept_attributes(node), inside)]

    def section(
        self, node: XmlNode, depth: int, *, title: Content | None = None, more: Iterable[XmlNode] = ()
    ) -> Content:
        """A section: its heading, what is in it, its notes.

        Args:
            title: its heading where none of its tags is one.
            more: tags of it that are not told.
        """
        around, self.notes = self.notes, []
        self._level += 1
        self._sections += 1
        left = {id(each) for each in more}
        out: Content = [self.heading(title)] if title else []
        for each in node.content:
            if isinstance(each, str):
                out.append(each)
            elif id(each) not in left:
                out.extend(self.told(each, depth + 1, alone=True))
        out.extend(self.notes)
        self.notes = around
        self._level -= 1
        attributes = kept_attributes(node)
        attributes.setdefault("id", f"section-{self._sections}")
        return [XmlNode("section", attributes, out)]

    def heading(self, content: Content, *, below: int = 0) -> XmlNode:
        """A heading of the section that is open."""
        return html_tag(f"h{min(6, max(1, self._level + below))}", content)

    def note(self, content: Content, *, mark: str = "", shown: str = "", **attributes: str) -> Content:
        """A note that stands in running text: its mark; the note itself waits for the section's end."""
        self._notes += 1
        place = mark or f"note-{self._notes}"
        shown = title_line(shown) or str(self._notes)
        self.notes.append(html_tag("aside", content, id_=place, epub__type="footnote", **attributes))
        return [self.noted(place, shown)]

    def noted(self, place: str, shown: str) -> XmlNode:
        """The mark of a note."""
        return html_tag("a", [html_tag("sup", [shown])], href=f"#{place}", epub__type="noteref")

    def tex(self, text: str) -> Content:
        """A formula in TeX."""
        text = bare_tex(text)
        return [html_tag("math", [html_tag("mtext", [text])], alttext=text)] if text else []

    def picture(self, src: str, alt: str = "") -> Content:
        """A picture; one that no file can be told of is counted."""
        if "." not in src.rpartition("/")[2]:
            self.dropped[f"{self.kind}:picture"] += 1
            return [alt] if alt else []
        return [html_tag("img", src=src, alt=alt or " ")]


def bare_tex(text: str) -> str:
    """TeX without what tells where it stands: dollars, brackets, the frame of a document."""
    begun, ended = text.find("\\begin{document}"), text.find("\\end{document}")
    if begun >= 0:
        text = text[begun + len("\\begin{document}") : ended if ended > begun else None]
    text = " ".join(text.split())
    for opens, closes in (("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)")):
        if text.startswith(opens) and text.endswith(closes) and len(text) > len(opens) + len(closes):
            return text[len(opens) : -len(closes)].strip()
    return text


def kept_attributes(node: XmlNode) -> dict[str, str]:
    """The attributes that any tag of HTML may take over."""
    told = {key: node.attributes[key] for key in _KEPT if key in node.attributes}
    mark = id_of(node)
    return {**told, "id": mark} if mark else told


def id_of(node: XmlNode) -> str:
    """The id of a node, "" for none."""
    return node.attributes.get("xml:id") or node.attributes.get("id", "")


def has_text(node: XmlNode) -> bool:
    """Whether text stands in a node beside its tags."""
    return any(isinstance(each, str) and not each.isspace() for each in node.content)


def joined_pieces(parts: Iterable[Content], between: str = " ") -> Content:
    """Pieces behind each other with something between them; empty ones are none."""
    out: Content = []
    for part in parts:
        if not any(not isinstance(each, str) or each.strip() for each in part):
            continue
        out.extend([between, *part] if out else part)
    return out


def contents_of(nodes: Iterable[XmlNode | str], path: str) -> list[ContentsEntry]:
    """The sections that have a heading, as contents of a book: entries, one inside the other."""
    entries: list[ContentsEntry] = []
    left = MAX_ENTRIES
    waiting: list[tuple[XmlNode, list[ContentsEntry], int]] = [
        (each, entries, 0) for each in reversed(list(nodes)) if isinstance(each, XmlNode)
    ]
    while waiting:
        node, into, level = waiting.pop()
        if node.name == "section" and left > 0 and level < MAX_LEVELS:
            label = next((title_line(each.text()) for each in node.children() if each.name in _HEADINGS), "")
            if label:
                entry = ContentsEntry(label=label, path=path, fragment=node.attributes.get("id", ""))
                into.append(entry)
                into, level, left = entry.entries, level + 1, left - 1
        if node.name in ("section", "div"):
            waiting.extend((each, into, level) for each in reversed(node.children()))
    return entries
