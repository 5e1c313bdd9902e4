"""What a book in EPUB says of itself, as a `Work`: the forms of EPUB 2 (attributes) and of EPUB 3 (`refines`).

Rules: the title is the main one with its subtitle; creators are those that `dc:creator` names, in the order that the
book gives them, else contributors that wrote or edited; the date is that of publication where the book says which,
never that of its conversion; a licence is told by its address where there is one. What was not used is counted.
Standards: EPUB 3.3, 5.5 and appendix D (metadata); OPF 2.0.1, 2.2; Dublin Core Metadata Element Set 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable

from galactica.languages import tag
from galactica.model import Work
from galactica.sources import imprint
from galactica.sources.epub_package import Package
from galactica.sources.leaf import title_line
from galactica.sources.xml_tree import XmlNode

MAX_NAMES = 100
"""Creators, and identifiers, that are kept of one book; a dictionary had 60 authors."""

_USED = frozenset("title creator publisher date language identifier rights description modified license issued".split())
_WRITERS = frozenset({"aut", "edt", "com", "ctb", "trl"})
_NO_TITLE = ("edition", "collection", "expanded", "short")


class _Facts:
    """The metadata of a package: elements by name, and what refines each."""

    def __init__(self, package: Package) -> None:
        names = (*_USED, "meta", "link", "contributor", "subject", "source", "coverage")
        self.nodes = list(package.metadata.walk(*names, *(name.capitalize() for name in names)))
        for node in self.nodes:
            node.name = node.name.lower()  # before EPUB 2 they had capitals
        self._refined: dict[tuple[str, str], list[str]] = {}
        for node in self.nodes:
            about, name = node.attributes.get("refines", "").removeprefix("#"), _property(node)
            if node.name == "meta" and about:
                self._refined.setdefault((about, name), []).append(node.text())

    def all(self, *names: str) -> list[XmlNode]:
        """Elements of Dublin Core by name; `<meta property="dcterms:…">` too, where there is none."""
        found = [node for node in self.nodes if node.name in names and node.text()]
        if found:
            return found
        metas = (node for node in self.nodes if node.name == "meta" and not node.attributes.get("refines"))
        return [node for node in metas if _property(node) in names and node.text()]

    def of(self, node: XmlNode, name: str) -> str:
        """What is said of an element: an attribute of EPUB 2 or a refinement of EPUB 3; "" for nothing."""
        said = node.attributes.get(f"opf:{name}") or node.attributes.get(name, "")
        return said or next(iter(self._refined.get((node.attributes.get("id", "-"), name), ())), "").strip()


def _property(node: XmlNode) -> str:
    return node.attributes.get("property", "").rpartition(":")[2]


def work_of(package: Package, key: str, fallback: str) -> Work:
    """The book.

    Args:
        fallback: its title where it gives none.
    """
    facts = _Facts(package)
    identifiers, url = _identifiers(facts, package)
    descriptions = (imprint.plain_description(node.text()) for node in facts.all("description"))
    return Work(
        source=key,
        path=package.path,
        title=_title(facts) or fallback,
        kind="periodical" if _is_periodical(facts) else "book",
        language=_language(facts),
        creators=_creators(facts),
        publisher=title_line(next((node.text() for node in facts.all("publisher")), "")),
        published=_published(facts),
        identifiers=identifiers,
        licence=_licence(facts),
        url=url,
        description=next((text for text in descriptions if text), ""),
    )


def unused(package: Package) -> int:
    """How many of its statements about itself have no place in a `Work` (subjects, contributors, series …)."""
    used = {*_USED, "meta", "link"}
    return sum(1 for node in _Facts(package).nodes if node.name not in used and node.text())


def modified(package: Package) -> str:
    """The day of its last change, "" where it does not say."""
    told = next((imprint.edtf(node.text()) for node in _Facts(package).all("modified")), "")
    return told if len(told) == 10 and told[0] != "-" else ""


def _title(facts: _Facts) -> str:
    titles = facts.all("title")
    kinds = [facts.of(node, "title-type") for node in titles]
    main = next((node for node, kind in zip(titles, kinds, strict=True) if kind == "main"), None)
    plain = [node for node, kind in zip(titles, kinds, strict=True) if kind not in (*_NO_TITLE, "subtitle")]
    first = main or next(iter(plain or titles), None)
    if first is None:
        return ""
    title = title_line(first.text())
    for node, kind in zip(titles, kinds, strict=True):
        if kind == "subtitle" and node is not first and (more := title_line(node.text())) not in title:
            title = title_line(f"{title}: {more}")
    return title


def _creators(facts: _Facts) -> tuple[str, ...]:
    found = [node for node in facts.nodes if node.name == "creator" and node.text()] or facts.all("creator")
    if not found:
        found = [node for node in facts.nodes if node.name == "contributor" and facts.of(node, "role") in _WRITERS]
    places = {id(node): facts.of(node, "display-seq") for node in found}
    if all(place.isdecimal() for place in places.values()):
        found.sort(key=lambda node: int(places[id(node)][:9]))
    return tuple(dict.fromkeys(name for node in found[:MAX_NAMES] if (name := title_line(node.text()))))


def _language(facts: _Facts) -> str:
    said = [tag(node.text()) for node in facts.all("language")]
    tags = list(dict.fromkeys(each for each in said if each and each != "und"))
    return tags[0] if len(tags) == 1 else "mul" if tags else "und"


def _published(facts: _Facts) -> str:
    dates = facts.all("date")
    events = [(facts.of(node, "event").lower(), imprint.edtf(node.text())) for node in dates]
    for wanted in (("publication", "original-publication", "issued"), ("",)):
        for event, told in events:
            if event in wanted and told:
                return told
    return next((told for node in facts.all("issued") if (told := imprint.edtf(node.text()))), "")


def _identifiers(facts: _Facts, package: Package) -> tuple[tuple[str, ...], str]:
    """The identifiers in our form, and the first that is an address."""
    own = next((node.attributes.get("unique-identifier", "") for node in package.root.walk("package")), "")
    found: set[str] = set()
    url = ""
    for node in facts.all("identifier")[:MAX_NAMES]:
        written = node.text()
        told = imprint.identifier_told(written, facts.of(node, "scheme") or facts.of(node, "identifier-type"))
        if told:
            found.add(told)
        elif written.lower().startswith(("http://", "https://")) and " " not in written:
            url = url or written[:2_000]
        elif node.attributes.get("id") == own and own and " " not in written:
            found.add(f"epub:{written[:300]}")
    return tuple(sorted(found)), url


def _licence(facts: _Facts) -> str:
    links = (node for node in facts.nodes if node.name == "link" and "licen" in _rel(node))
    addresses = [node.attributes.get("href", "") for node in links]
    texts = [node.text() for node in (*facts.all("license"), *facts.all("rights"))]
    said = [told for written in (*addresses, *texts) if (told := imprint.licence_told(written))]
    return next((told for told in said if told.startswith("CC")), next(iter(_reversed(said, len(addresses))), ""))


def _reversed(said: list[str], addresses: int) -> Iterable[str]:
    """Words before addresses that no identifier of SPDX is known for."""
    return [*said[addresses:], *said[:addresses]]


def _rel(node: XmlNode) -> str:
    return node.attributes.get("rel", "").lower()


def _is_periodical(facts: _Facts) -> bool:
    return any(
        node.name in ("type", "meta")
        and node.text().strip().lower() in ("periodical", "magazine", "journal", "newspaper")
        for node in facts.nodes
        if node.name != "meta" or _property(node) == "type"
    )
