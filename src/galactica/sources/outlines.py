"""Outlines in OPML (.opml): lists inside lists, as outliners and feed readers write them; one article each.

What an outline says of itself (owner, dates) and notes are told, addresses of feeds and pages become links, other
attributes are counted. Standard: OPML 1.0 and 2.0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from galactica.model import Document, Rejected
from galactica.sources import imprint, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.html import declared
from galactica.sources.leaf import Leaf, file_format, title_line
from galactica.sources.paths import stem
from galactica.sources.retelling import MAX_DEPTH
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.xml_pages import xml_root
from galactica.sources.xml_tree import XmlNode, grown_tree

_TOLD = frozenset(("text", "title", "_note", "htmlUrl", "xmlUrl", "url", "type"))
_QUIET = frozenset(("isComment", "isBreakpoint", "created", "_status"))


def recognise(name: str, head: bytes) -> int:
    """95 for what begins with the root of an outline."""
    start = leaf.text_head(head)
    return 95 if start.startswith("<") and xml_root(start)[0] == "opml" else 0


def read_outline(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the article."""
    text = leaf.decoded(entry, key, declared)
    if isinstance(text, Rejected):
        yield text
        return
    tree = grown_tree(text)
    head = tree.root.first("head") or XmlNode("head", {})
    body = tree.root.first("body") or tree.root
    dropped: Counter[str] = Counter()
    content = _listed(body, dropped, 0)
    if not content:
        yield rejected(key, entry.path, "empty", "an outline without lines")
        return
    dropped["opml:not-well-formed"] += not tree.sound
    owner = title_line(next((each.text() for each in head.children("ownerName")), ""))
    yield Document(
        source=key,
        path=entry.path,
        title=title_line(next((each.text() for each in head.children("title")), "")) or stem(entry.path),
        markup="html",
        content=content,
        creators=(owner,) if owner else (),
        dropped=tuple(sorted((rule, count) for rule, count in dropped.items() if count)),
    )
    if not tree.whole:
        yield rejected(key, entry.path, "too-large", "more lines than are kept apart")


def _listed(node: XmlNode, dropped: Counter[str], depth: int) -> str:
    """The lines below a line, as a list; those that are too deep run on as one text."""
    lines = node.children("outline")
    if depth > MAX_DEPTH:
        deep = [each.attributes.get("text", "") for each in node.walk("outline")]
        dropped["opml:too-deep"] += len(deep)
        return f"<p>{escape(' '.join(deep), quote=False)}</p>" if deep else ""
    items = "".join(f"<li>{_line(each, dropped)}{_listed(each, dropped, depth + 1)}</li>" for each in lines)
    return f"<ul>{items}</ul>" if items else ""


def _line(node: XmlNode, dropped: Counter[str]) -> str:
    said = node.attributes
    text = imprint.plain_description(said.get("text") or said.get("title", ""), 20_000)
    told = escape(text, quote=False)
    page, feed = said.get("htmlUrl") or said.get("url", ""), said.get("xmlUrl", "")
    if page.startswith(("http://", "https://")):
        told = f'<a href="{escape(page)}">{told or escape(page)}</a>'
    if feed.startswith(("http://", "https://")):
        told += f' (<a href="{escape(feed)}">{escape(feed, quote=False)}</a>)'
    if note := said.get("_note", "").strip():
        told += f"<br>{escape(note, quote=False)}"
    dropped["opml:attribute"] += sum(1 for name in said if name not in _TOLD | _QUIET)
    return told


LEAF = Leaf(name="outline", suffixes=(".opml",), recognise=recognise, read=read_outline, whole=True)
FORMAT = file_format(LEAF)
