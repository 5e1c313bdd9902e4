"""What a book, article or section in DocBook says of itself before its text: title, authors, dates, numbers."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.languages import tag
from galactica.model import Work
from galactica.sources import imprint
from galactica.sources.leaf import title_line
from galactica.sources.xml_tree import XmlNode


def info_of(node: XmlNode) -> XmlNode:
    """What a section says of itself before its text."""
    found = next((each for each in node.children() if each.name == "info" or each.name.endswith("info")), None)
    return found if found is not None else XmlNode("info", {})


def title_of_section(node: XmlNode) -> XmlNode | None:
    """The tag that holds the title of a section."""
    return next(iter((*node.children("title"), *info_of(node).children("title"))), None)


def _people(info: XmlNode) -> Iterator[str]:
    for each in info.walk("author", "corpauthor"):
        first = next((n.text() for n in each.walk("firstname", "givenname")), "")
        last = next((n.text() for n in each.walk("surname")), "")
        named = each.first("personname", "orgname")
        yield title_line(f"{first} {last}" if first or last else (named or each).text())


def docbook_work(top: XmlNode) -> Work:
    """What a book or article says of itself."""
    info = info_of(top)
    title = title_of_section(top)
    subtitle = next((each.text() for each in (*info.children("subtitle"), *top.children("subtitle"))), "")
    name = title_line(title.text() if title is not None else "")
    numbers = set()
    for each in info.walk("isbn", "biblioid", "issn"):
        scheme = each.attributes.get("class", "") or each.name
        if told := imprint.identifier_told(each.text(), scheme if scheme != "biblioid" else ""):
            numbers.add(told)
    days = (imprint.edtf(each.text()) for each in info.children("pubdate", "date", "copyright"))
    abstract = info.first("abstract")
    return Work(
        source="",
        path="",
        title=f"{name}: {title_line(subtitle)}" if name and subtitle else name,
        kind="article" if top.name == "article" else "book",
        language=tag(top.attributes.get("xml:lang") or top.attributes.get("lang", "")) or "und",
        creators=tuple(dict.fromkeys(name for name in _people(info) if name)),
        publisher=title_line(next((each.text() for each in info.walk("publishername")), "")),
        published=next((day for day in days if day), ""),
        identifiers=tuple(sorted(numbers)),
        description=imprint.plain_description(abstract.text()) if abstract is not None else "",
    )
