"""The contents of a book in EPUB: nested entries, the places of printed pages, what kinds of pages there are.

Rules: the navigation document (EPUB 3) goes before the NCX (EPUB 2) where it has entries; the NCX's list of pages is
used where the other has none. An entry without an address is a heading above those inside it.
Standards: EPUB 3.3, section 7 (navigation); DAISY/NISO Z39.86-2005, 8 (NCX), as OPF 2.0.1 takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from galactica.sources.epub_package import Package, document_of, lead
from galactica.sources.leaf import title_line
from galactica.sources.xml_tree import XmlNode, xml_tree
from galactica.sources.zipped import Zipped

MAX_ENTRIES = 50_000
"""Entries of a list of contents; of a Bible with every verse there were 31,000."""

MAX_LEVELS = 24
"""Levels of contents; deeper ones stand at the last."""


@dataclass(slots=True, kw_only=True)
class ContentsEntry:
    """A line of the contents: `path` and `fragment` are where it leads, "" for nowhere."""

    label: str
    path: str = ""
    fragment: str = ""
    entries: list[ContentsEntry] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Contents:
    """What the lists of a book say.

    Attributes:
        entries: of the table of contents.
        pages: (label, path, fragment) of printed pages.
        kinds: path → "cover", "titlepage", … of its landmarks or guide.
        read: paths of the documents that were read for it.
        lost: how many addresses lead nowhere.
        mended: how many lead to a page that lies in another folder than they say.
    """

    entries: list[ContentsEntry] = field(default_factory=list)
    pages: list[tuple[str, str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    lost: int = 0
    mended: int = 0


def contents_of(archive: Zipped, package: Package) -> Contents:
    """Read the lists of a book, whichever it has."""
    found = Contents()
    nav = next((item.path for item in package.items.values() if "nav" in item.properties and item.path), "")
    if nav:
        _Lists(archive, package, nav, found).navigation()
    if package.ncx:
        _Lists(archive, package, package.ncx, found).ncx()
    for node in package.root.walk("reference"):
        target = lead(package.path, node.attributes.get("href", ""))
        path = archive.find(target[0]) if target and target[0] else ""
        if path:
            found.kinds.setdefault(path, node.attributes.get("type", "").lower().replace("-", ""))
    return found


class _Lists:
    """One document with lists."""

    def __init__(self, archive: Zipped, package: Package, path: str, found: Contents) -> None:
        self._archive = archive
        self._path = path
        self._found = found
        self._tree = xml_tree(document_of(archive, path))
        self._left = MAX_ENTRIES
        self._pages = [item.path for item in package.spine]
        self._names: dict[str, list[str]] | None = None
        found.read.append(path)

    def navigation(self) -> None:
        """The lists of a navigation document."""
        for nav in self._tree.walk("nav"):
            kinds = (nav.attributes.get("epub:type") or nav.attributes.get("type") or _role(nav)).split()
            listed = nav.first("ol", "ul")
            if listed is None:
                continue
            if "toc" in kinds and not self._found.entries:
                self._found.entries = self._nested(listed, "li", self._line)
            elif "page-list" in kinds and not self._found.pages:
                self._found.pages = [
                    (entry.label, entry.path, entry.fragment) for entry in self._nested(listed, "li", self._line)
                ]
            elif "landmarks" in kinds:
                self._landmarks(listed)

    def ncx(self) -> None:
        """The lists of an NCX."""
        points = self._tree.first("navMap")
        if points is not None and not self._found.entries:
            self._found.entries = self._nested(points, "navPoint", self._point)
        pages = self._tree.first("pageList")
        if pages is not None and not self._found.pages:
            for target in pages.walk("pageTarget"):
                entry, _ = self._point(target)
                label = entry.label or target.attributes.get("value", "")
                self._found.pages.append((label, entry.path, entry.fragment))

    def _landmarks(self, listed: XmlNode) -> None:
        for link in listed.walk("a"):
            path, _ = self._target(link.attributes.get("href", ""))
            kind = (link.attributes.get("epub:type") or link.attributes.get("type", "")).split()
            if path and kind:
                self._found.kinds.setdefault(path, kind[0])

    def _nested(
        self, node: XmlNode, name: str, read: Callable[[XmlNode], tuple[ContentsEntry, XmlNode | None]], level: int = 1
    ) -> list[ContentsEntry]:
        found: list[ContentsEntry] = []
        for child in node.children(name):
            self._left -= 1
            if self._left < 0:
                break
            entry, inner = read(child)
            below = self._nested(inner, name, read, level + 1) if inner is not None and level < 10 * MAX_LEVELS else []
            if level >= MAX_LEVELS:
                found.extend([entry, *below])
                continue
            entry.entries = below
            if entry.label or entry.path or below:
                found.append(entry)
        return found

    def _line(self, node: XmlNode) -> tuple[ContentsEntry, XmlNode | None]:
        """A line of a navigation document, and the list inside it."""
        inner = next(iter(node.children("ol", "ul")), None)
        shown = next(iter(node.children("a", "span")), None) or node.first("a", "span")
        link = shown if shown is not None and shown.name == "a" else node.first("a") if inner is None else None
        path, fragment = self._target(link.attributes.get("href", "")) if link is not None else ("", "")
        return ContentsEntry(label=_label(shown), path=path, fragment=fragment), inner

    def _point(self, node: XmlNode) -> tuple[ContentsEntry, XmlNode | None]:
        """A point of an NCX; those inside it stand in itself."""
        label = next(iter(node.children("navLabel")), None)
        content = next(iter(node.children("content")), None)
        path, fragment = self._target(content.attributes.get("src", "")) if content is not None else ("", "")
        return ContentsEntry(label=_label(label), path=path, fragment=fragment), node

    def _target(self, href: str) -> tuple[str, str]:
        target = lead(self._path, href) if href else None
        if target is None:
            return "", ""
        path = self._archive.find(target[0]) if target[0] else self._path
        if not path and (path := self._by_name(target[0])):
            self._found.mended += 1
        if not path:
            self._found.lost += 1
        return path, target[1] if path else ""

    def _by_name(self, path: str) -> str:
        """The page that lies in another folder than the list says; "" unless exactly one has its name."""
        if self._names is None:
            self._names = {}
            for page in self._pages:
                self._names.setdefault(page.rpartition("/")[2].casefold(), []).append(page)
        found = self._names.get(unquote(path).rpartition("/")[2].casefold(), [])
        return found[0] if len(found) == 1 else ""


def _label(node: XmlNode | None) -> str:
    """The text of a line, or what stands for a picture in it."""
    if node is None:
        return ""
    told = node.text() or node.attributes.get("title", "")
    picture = node.first("img") if not told else None
    return title_line(told or (picture.attributes.get("alt", "") if picture is not None else ""))


def _role(nav: XmlNode) -> str:
    return {"doc-toc": "toc", "doc-pagelist": "page-list"}.get(nav.attributes.get("role", ""), "")
