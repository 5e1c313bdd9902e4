"""The package of a book in EPUB: where its container leads, what its manifest lists, in which order it is read.

Rules: addresses are resolved as reading systems do, percent-encoding and all, and never lead out of the archive; a part
is found under another case or form of Unicode too (`Zipped.find`). An item of the spine that is no page (a picture, a
foreign document) is read as its fallback where that is one. What leads nowhere is told (`Package.lost`).
Standards: EPUB 3.3, sections 3 (resources), 4 (container), 5 (package document); OPF 2.0.1; OEBPS 1.2.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote

from galactica.sources import encoding, packed
from galactica.sources.html import declared
from galactica.sources.xml_tree import XmlNode, xml_tree
from galactica.sources.zipped import Zipped

CONTAINER = "META-INF/container.xml"

MAX_PACKAGE = 16 * 2**20
"""Bytes of a package document, list of contents or other part that tells of the rest; real ones have up to 2 MB."""

MAX_ITEMS = 50_000
"""Items of a manifest or a spine that are looked at."""

MAX_RENDITIONS = 8
"""Packages of one container that are read."""

PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
"""Media types of what is read as text."""

_PAGE_NAMES = (".xhtml", ".html", ".htm", ".xht")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestItem:
    """A part that the manifest lists; `path` is where it lies in the archive, "" where it does not."""

    id: str
    href: str
    path: str
    mime: str
    properties: frozenset[str] = frozenset()
    fallback: str = ""
    overlay: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is read as text: by its type, or by its name where the type says nothing."""
        if self.mime in PAGES:
            return True
        vague = self.mime in ("", "text/plain", "application/xml", "text/xml", "application/octet-stream")
        return vague and self.path.lower().endswith(_PAGE_NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One rendition of a book.

    Attributes:
        path: of the package document.
        root: its tree.
        items: id → item of the manifest.
        spine: what is read, in order, each once.
        order: path of each item that the reading order names, "" for one that is not there.
        lost: (where, what) of references that lead nowhere.
        ncx: path of the NCX, "" for none.
        cover: path of the picture of its cover, "" for none.
    """

    path: str
    root: XmlNode
    items: dict[str, ManifestItem]
    spine: tuple[ManifestItem, ...]
    lost: tuple[tuple[str, str], ...]
    ncx: str
    cover: str
    order: tuple[str, ...] = ()

    @property
    def metadata(self) -> XmlNode:
        """What the book says of itself."""
        return self.root.first("metadata") or XmlNode("metadata", {})


def lead(base: str, href: str) -> tuple[str, str] | None:
    """Where an address in the document at `base` leads: a path from the archive's root and a decoded fragment.

    None for an address elsewhere. The path is as written, percent-encoded or not; "" is the document itself.
    """
    href = href.strip()
    if _SCHEME.match(href) or href.startswith("//"):
        return None
    path, _, fragment = href.partition("#")
    fragment = unquote(fragment)
    path = path.partition("?")[0]
    if not path:
        return "", fragment
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
    steps: list[str] = []
    for step in joined.replace("\\", "/").split("/"):
        if step == "..":
            del steps[-1:]  # a browser stays at the root, too
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps), fragment


def document_of(archive: Zipped, path: str, limit: int = MAX_PACKAGE) -> str:
    """A part as text; "" where it is none or cannot be had."""
    try:
        raw = archive.read(path, limit).content
    except (KeyError, packed.PackedError):
        return ""
    return encoding.decode(raw, declared(raw)) or ""


def packages(archive: Zipped) -> list[Package]:
    """The renditions of a book, the default first; of an archive without a container what looks like a package."""
    found: list[str] = []
    tree = xml_tree(document_of(archive, archive.find(CONTAINER)))
    for root in tree.walk("rootfile"):
        path = archive.find(root.attributes.get("full-path", ""))
        mime = root.attributes.get("media-type", "")
        if path and path not in found and (not mime or "oebps" in mime or path.lower().endswith(".opf")):
            found.append(path)
    if not found:
        named = [name for name in archive.names if name.lower().endswith(".opf") and "__macosx" not in name.lower()]
        found = sorted(named, key=lambda name: (name.count("/"), name))[:1]
    read = [_package(archive, path) for path in found[:MAX_RENDITIONS]]
    return [package for package in read if package.spine or package.items]


def _package(archive: Zipped, path: str) -> Package:
    root = xml_tree(document_of(archive, path))
    lost: list[tuple[str, str]] = []
    items: dict[str, ManifestItem] = {}
    manifest = root.first("manifest")
    for number, node in enumerate(manifest.walk("item") if manifest else ()):
        if number >= MAX_ITEMS:
            lost.append((path, f"more than {MAX_ITEMS:,} items; the rest was left out"))
            break
        item = _item(archive, path, node)
        items.setdefault(item.id, item)
        target = lead(path, item.href) if item.href else ("", "")
        if not item.path and target is not None and not archive.fault_of(target[0]):
            lost.append((item.href or item.id, "the book lists a file that it does not hold"))
    spine: dict[str, ManifestItem] = {}
    paths: list[str] = []
    order = root.first("spine")
    for ref in order.walk("itemref") if order else ():
        name = ref.attributes.get("idref", "")
        found = _read_as(archive, path, items, name)
        if len(paths) < MAX_ITEMS:
            paths.append(found.path if found else "")
        if found is None:
            lost.append((name or "itemref", "the reading order names a part that is not there"))
        elif found.path in spine:
            lost.append((found.path, "the reading order names it more than once"))
        elif len(spine) < MAX_ITEMS:
            spine[found.path] = found
    return Package(
        path=path,
        root=root,
        items=items,
        spine=tuple(spine.values()),
        lost=tuple(lost),
        ncx=_ncx(order.attributes.get("toc", "") if order else "", items),
        cover=_cover(archive, path, root, items),
        order=tuple(paths),
    )


def _item(archive: Zipped, package: str, node: XmlNode) -> ManifestItem:
    href = node.attributes.get("href", "")
    target = lead(package, href)
    return ManifestItem(
        id=node.attributes.get("id", ""),
        href=href,
        path=archive.find(target[0]) if target and target[0] else "",
        mime=node.attributes.get("media-type", "").partition(";")[0].strip().lower(),
        properties=frozenset(node.attributes.get("properties", "").split()),
        fallback=node.attributes.get("fallback", ""),
        overlay=node.attributes.get("media-overlay", ""),
    )


def _read_as(archive: Zipped, package: str, items: dict[str, ManifestItem], name: str) -> ManifestItem | None:
    """The item that the reading order means: itself, or where that is no page, its fallback that is one."""
    item = items.get(name)
    if item is None:  # writers that name the file and not the item
        path = archive.find(posixpath.join(posixpath.dirname(package), name)) if name else ""
        return ManifestItem(id=name, href=name, path=path, mime="") if path.lower().endswith(_PAGE_NAMES) else None
    seen = {item.id}
    step: ManifestItem | None = item
    while step is not None and not (step.is_page and step.path):
        step = items.get(step.fallback) if step.fallback not in seen else None
        seen.add(step.id if step else "")
    found = step or item
    return found if found.path else None


def _ncx(name: str, items: dict[str, ManifestItem]) -> str:
    named = items.get(name)
    if named and named.path:
        return named.path
    found = (item for item in items.values() if item.path)
    return next(
        (item.path for item in found if item.mime == "application/x-dtbncx+xml" or item.path.lower().endswith(".ncx")),
        "",
    )


def _cover(archive: Zipped, package: str, root: XmlNode, items: dict[str, ManifestItem]) -> str:
    for item in items.values():
        if "cover-image" in item.properties and item.path:
            return item.path
    for meta in root.walk("meta"):
        if meta.attributes.get("name") == "cover":
            named = items.get(meta.attributes.get("content", ""))
            if named and named.path and named.mime.startswith("image/"):
                return named.path
            target = lead(package, meta.attributes.get("content", ""))
            path = archive.find(target[0]) if target and target[0] else ""
            if path.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg")):
                return path
    return ""
