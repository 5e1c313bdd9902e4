"""What an article in JATS says of itself: title, authors and where they work, where it appeared, its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from galactica.sources import imprint
from galactica.sources.leaf import title_line
from galactica.sources.xml_tree import XmlNode

MAX_NAMES = 2_000
"""Authors of one article; the largest collaborations have some 5,000, of which the first are named."""

MAX_INSIDE = 8
"""Tags inside each other in which a place of work is told."""

_SCHEMES = {"doi": "doi", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "arxiv": "arxiv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontFacts:
    """What stands in front of an article.

    Attributes:
        appeared: journal, volume, pages and date in one line; people: the authors with where they work; others as of a
            `Document`.
    """

    title: str
    aliases: tuple[str, ...]
    creators: tuple[str, ...]
    people: str
    appeared: str
    publisher: str
    published: str
    identifiers: tuple[str, ...]
    categories: tuple[str, ...]
    licence: str
    url: str


def front_facts(front: XmlNode) -> FrontFacts:
    """Read a <front>."""
    meta = next(iter(front.children("article-meta")), front)
    journal = next(iter(front.children("journal-meta")), XmlNode("journal-meta", {}))
    titles = next(iter(meta.children("title-group")), meta)
    title = _said(titles, "article-title")
    subtitle = _said(titles, "subtitle")
    others = [title_line(each.text()) for each in titles.walk("trans-title", "alt-title")]
    numbers = dict(_numbers(meta))
    published = _published(meta)
    authors = list(_contributors(meta))[:MAX_NAMES]
    doi = numbers.get("doi", "")
    permissions = meta.first("permissions")
    licence = permissions.first("license") if permissions else None
    words = [each.text() for each in meta.walk("kwd")]
    subjects = [each.text() for each in meta.walk("subject")]
    return FrontFacts(
        title=f"{title}: {subtitle}" if title and subtitle else title,
        aliases=tuple(others),
        creators=tuple(dict.fromkeys(name for name, _ in authors)),
        people="; ".join(f"{name} ({', '.join(places)})" if places else name for name, places in authors),
        appeared=_appeared(meta, journal, published),
        publisher=title_line(_said(journal, "publisher-name")),
        published=published,
        identifiers=tuple(sorted(f"{scheme}:{value}" for scheme, value in numbers.items())),
        categories=tuple(dict.fromkeys(title_line(each) for each in (*subjects, *words) if each.strip())),
        licence=(licence.attributes.get("xlink:href", "") or licence.text()) if licence else "",
        url=f"https://doi.org/{doi}" if doi else "",
    )


def person(node: XmlNode) -> str:
    """A name as it is spoken, or as the East writes it where that is said."""
    given, family = _said(node, "given-names"), _said(node, "surname")
    order = (family, given) if node.attributes.get("name-style") == "eastern" else (given, family)
    parts = (_said(node, "prefix"), *order, _said(node, "suffix"))
    return title_line(" ".join(part for part in parts if part) or node.text())


def _contributors(meta: XmlNode) -> Iterator[tuple[str, list[str]]]:
    """(name, where they work) of each author."""
    places = {each.attributes.get("id", ""): _place(each) for each in meta.walk("aff")}
    for group in meta.children("contrib-group"):
        around = [_place(each) for each in group.children("aff") if not each.attributes.get("id")]
        for each in group.children("contrib"):
            if each.attributes.get("contrib-type", "author") != "author":
                continue
            named = each.first("name", "string-name", "collab", "anonymous")
            name = person(named) if named is not None else ""
            rids = " ".join(lead.attributes.get("rid", "") for lead in each.walk("xref")).split()
            own = [_place(aff) for aff in each.children("aff")] or [places[rid] for rid in rids if places.get(rid)]
            if name:
                yield name, [place for place in (own or around) if place]


def _place(aff: XmlNode) -> str:
    """Where somebody works, without the marks that lead there and numbers of institutions."""
    loose = any(isinstance(each, str) and not each.isspace() for each in aff.content)
    text = ("" if loose else ", ").join(piece for each in aff.content if (piece := _words(each, loose)))
    return title_line(text).strip(" ,;.")


def _words(node: XmlNode | str, loose: bool, depth: int = 0) -> str:
    """The text of a place, or of a part of it."""
    if isinstance(node, str):
        return node if loose else ""
    if node.name in ("label", "sup", "institution-id"):
        return ""
    if depth > MAX_INSIDE:
        return node.text()
    return " ".join(filter(None, (_words(each, True, depth + 1).strip() for each in node.content)))


def _numbers(meta: XmlNode) -> Iterator[tuple[str, str]]:
    for each in meta.children("article-id"):
        scheme = _SCHEMES.get(each.attributes.get("pub-id-type", ""))
        value = each.text()
        if scheme and value and " " not in value:
            yield scheme, value.removeprefix("https://doi.org/") if scheme == "doi" else value


def _published(meta: XmlNode) -> str:
    """The earliest day that it was published on, told as far as it is."""
    found = []
    for each in meta.children("pub-date"):
        parts = [_said(each, name) for name in ("year", "month", "day")]
        written = each.attributes.get("iso-8601-date", "") or "-".join(part for part in parts if part)
        if told := imprint.edtf(written) or imprint.edtf(parts[0]):
            found.append(told)
    return min(found, key=lambda told: (told[:4], -len(told), told), default="")


def _appeared(meta: XmlNode, journal: XmlNode, published: str) -> str:
    """Journal 12 (3): 45–67, 2019-05-03."""
    named = journal.first("journal-title") or journal.first("abbrev-journal-title")
    volume, issue = _said(meta, "volume"), _said(meta, "issue")
    first, last = _said(meta, "fpage"), _said(meta, "lpage")
    pages = f"{first}–{last}" if first and last and last != first else first or _said(meta, "elocation-id")
    told = " ".join(part for part in (named.text() if named else "", volume, f"({issue})" if issue else "") if part)
    if pages:
        told = f"{told}: {pages}" if told else pages
    return title_line(", ".join(part for part in (told, published) if part)) if named else ""


def _said(node: XmlNode, name: str) -> str:
    return next((each.text() for each in node.children(name)), "")
