"""A reference of an article in JATS as it is read: what is kept as fields is put together."""

from __future__ import annotations

from galactica.sources.jats_front import person
from galactica.sources.retelling import Content, Retelling, has_text, html_tag, joined_pieces
from galactica.sources.xml_tree import XmlNode

MAX_AUTHORS = 100
"""Names of one reference that are told."""

_PEOPLE = ("person-group", "name", "string-name", "collab", "etal")
_IN_FRONT = ("article-title", "part-title", "chapter-title", "data-title", "trans-title")
_PLACED = ("volume", "issue", "fpage", "lpage", "elocation-id", "year", "pub-id", *_IN_FRONT, *_PEOPLE)


def jats_reference(node: XmlNode, telling: Retelling, depth: int) -> Content:
    """A reference, told: as it is written, or put together from its fields."""
    if has_text(node):
        return telling.inside(node, depth)
    names = [name for each in node.children(*_PEOPLE) for name in _names(each)]
    people: Content = [", ".join(names[:MAX_AUTHORS])] if names else []
    if len(names) > MAX_AUTHORS:
        telling.dropped["jats:author"] += len(names) - MAX_AUTHORS
    titles = [telling.inside(each, depth + 1) for each in node.children(*_IN_FRONT)]
    year, volume, issue = (_first(node, name) for name in ("year", "volume", "issue"))
    first, last = _first(node, "fpage"), _first(node, "lpage")
    pages = f"{first}–{last}" if first and last and last != first else first or _first(node, "elocation-id")
    where = f"{volume}({issue})" if issue else volume
    where = f"{where}:{pages}" if where and pages else where or pages
    rest = [telling.told(each, depth + 1) for each in node.children() if each.name not in _PLACED]
    numbers = [_number(each) for each in node.children("pub-id")]
    dated = [part for part in (year, where) if part]
    return joined_pieces((people, *titles, *rest, ["; ".join(dated)] if dated else [], *numbers), ". ")


def _number(node: XmlNode) -> Content:
    """An identifier; a DOI leads there."""
    text, scheme = node.text(), node.attributes.get("pub-id-type", "")
    if scheme == "doi":
        bare = text.removeprefix("https://doi.org/").removeprefix("http://dx.doi.org/")
        return [html_tag("a", [f"doi:{bare}"], href=f"https://doi.org/{bare}")]
    return [f"{scheme}:{text}" if scheme else text]


def _names(node: XmlNode) -> list[str]:
    group = [_named(each) for each in node.children(*_PEOPLE)] if node.name == "person-group" else []
    return group or [_named(node)]


def _named(node: XmlNode) -> str:
    if node.name == "etal":
        return node.text() or "et al."
    return node.text() if has_text(node) or node.name == "person-group" else person(node)


def _first(node: XmlNode, name: str) -> str:
    return next((each.text() for each in node.children(name)), "")
