"""Triples of a Wikibase → entities as its JSON has them, so that one code makes articles and statements of both.

Rules:
1. Triples are held until an entity's statements, values and references have come: in a dump they follow at once.
   Beyond `MAX_HELD` triples the older half of the entities is let go; what comes later of a statement is its own still.
2. A value that is given in full (`psv:`: precision, unit, bounds) is taken so. Where only the simple one is there, what
   it does not say is not made up: of a date on the first of January the year is taken, an amount is a text.
3. Items that are only named (what an entity speaks of) lend their names and are rejected as "not-an-article".
4. What belongs to no entity is counted, by its property, in the closing `Rejected`.

Standard: mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format. Its years have a nought, its days are Gregorian.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from galactica.languages import primary
from galactica.model import Rejected
from galactica.sources.contract import Item
from galactica.sources.rdf_snaks import OWNER, Node, Snaks
from galactica.sources.rdf_values import Term
from galactica.sources.trees import rejected
from galactica.sources.wikibase_entities import Entities
from galactica.sources.wikibase_names import EntityNames
from galactica.sources.wikibase_values import ENTITY_ID

MAX_HELD = 400_000
"""Triples that are held: some 200 MB. An entity has some hundreds, the largest 30,000."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "http://schema.org/"
ONTOLOGY = "http://wikiba.se/ontology"

_ENTITY = re.compile(rf"https?://[^/]+/(?:entity/)?({ENTITY_ID.pattern})")
_STATEMENT = re.compile(r"https?://[^/]+/entity/statement/((?:[QPLMqplm]\d{1,15}(?:-[FSfs]\d{1,9})?)-\S{1,100})")
_PROPERTY = re.compile(r"https?://[^/]+/prop/((?:[a-z-]+/){0,3})(P[1-9]\d{0,14})")
_START = re.compile(r"wikiba\.se/ontology|/prop/direct/P\d|/entity/statement/[QPL]\d|/prop/P\d", re.IGNORECASE)
_TYPES = {"Item": "item", "Property": "property", "Lexeme": "lexeme"}
_DATATYPES = {
    "Url": "url", "ExternalId": "external-id", "CommonsMedia": "commonsMedia", "Math": "math", "Time": "time",
    "Quantity": "quantity", "GlobeCoordinate": "globe-coordinate", "String": "string", "WikibaseItem": "wikibase-item",
}  # fmt: skip
_PASSED_OVER = ("direct-normalized/", "statement/value-normalized/", "qualifier/value-normalized/")
"""Values over again, in other units or as addresses of other sites."""


def is_wikibase(start: str) -> bool:
    """Whether the beginning of a file speaks the vocabulary of a Wikibase."""
    return _START.search(start) is not None


class WikibaseTriples:
    """Puts the triples of one file together.

    Args:
        source: key of the `Source`.
        language: that entities are titled in; "" for English.
    """

    def __init__(self, source: str, language: str) -> None:
        self._source = source
        self._names = EntityNames(primary(language or "en"))
        self._made = Entities(source=source, names=self._names, language=language)
        self._entities: dict[str, dict[str, Any]] = {}
        self._own: set[str] = set()  # entities that the file is about, and not only named in it
        self._nodes: dict[str, Node] = {}
        self._links: dict[str, dict[str, Any]] = {}
        self._owners: dict[str, tuple[str, str]] = {}  # statement → entity, property
        self._held = 0
        self._used: set[str] = set()
        self._strays: Counter[str] = Counter()

    def items(self, triples: Iterator[tuple[Term, str, Term] | Rejected]) -> Iterator[Item]:
        """Yield the items of each entity, when it is whole."""
        for triple in triples:
            if isinstance(triple, Rejected):
                yield triple
                continue
            self._take(*triple)
            if self._held > MAX_HELD:
                yield from self._let_go(len(self._entities) // 2 + 1)
        yield from self._let_go(len(self._entities) + len(self._nodes))
        for property_, count in sorted(self._strays.items()):
            detail = f"{count:,} triples that belong to no entity: {property_}"
            yield rejected(self._source, property_, "unsupported", detail)

    def _take(self, subject: Term, property_: str, held: Term) -> None:
        if entity := _ENTITY.fullmatch(subject.value):
            self._of_entity(entity[1], property_, held)
        elif statement := _STATEMENT.fullmatch(subject.value):
            self._of_node(statement[1], property_, held)
        elif "/reference/" in subject.value or "/value/" in subject.value:
            self._of_node(subject.value, property_, held)
        elif property_ == f"{SCHEMA}about" and (about := _ENTITY.fullmatch(held.value)):
            if "/wiki/Special:EntityData/" in subject.value or "/entity/" not in subject.value:
                self._own.add(about[1])
            self._links.setdefault(subject.value, {})["about"] = about[1]
        elif property_ in _OF_LINKS:
            self._links.setdefault(subject.value, {}).setdefault(_OF_LINKS[property_], []).append(held)
        else:
            self._strays[property_] += 1

    def _of_entity(self, number: str, property_: str, held: Term) -> None:
        entity = self._entities.setdefault(number, {"id": number, "claims": {}})
        self._held += 1
        if match := _PROPERTY.fullmatch(property_):
            kind, name = match.groups()
            if kind == "":
                self._own.add(number)
                statement = _STATEMENT.fullmatch(held.value)
                if statement is not None:
                    self._owners[statement[1]] = (number, name)
            elif kind == "direct/":
                self._own.add(number)
                entity.setdefault("direct", {}).setdefault(name, []).append(held)
            elif kind not in _PASSED_OVER:
                self._strays[property_] += 1
        elif property_ in (RDFS_LABEL, f"{SKOS}prefLabel", f"{SCHEMA}name") and held.kind == "literal":
            entity.setdefault("labels", {})[held.language] = held.value
            if primary(held.language) == self._names.language:
                self._names.add(number, held.value)
        elif property_ == f"{SCHEMA}description" and held.kind == "literal":
            entity.setdefault("descriptions", {})[held.language] = held.value
        elif property_ == f"{SKOS}altLabel" and held.kind == "literal":
            entity.setdefault("aliases", {}).setdefault(held.language, []).append(held.value)
        elif property_ == f"{ONTOLOGY}#propertyType":
            entity["datatype"] = _DATATYPES.get(held.value.rpartition("#")[2], held.value.rpartition("#")[2])
        elif property_ == "http://www.w3.org/2002/07/owl#sameAs" and (into := _ENTITY.fullmatch(held.value)):
            self._own.add(number)
            entity["redirect"] = into[1]
        elif property_ == f"{RDF}type":
            entity["type"] = _TYPES.get(held.value.rpartition("#")[2], "item")
        elif not property_.startswith((f"{ONTOLOGY}#", f"{ONTOLOGY}-beta#", SCHEMA)):
            self._strays[property_] += 1

    def _of_node(self, name: str, property_: str, held: Term) -> None:
        node = self._nodes.setdefault(name, {})
        before = len(node)
        node[property_, held] = None
        self._held += len(node) - before

    def _let_go(self, count: int) -> Iterator[Item]:
        """Make items of the entities that came first, and forget them."""
        snaks = Snaks(self._nodes, {n: e["datatype"] for n, e in self._entities.items() if "datatype" in e})
        taken = list(self._entities)[:count]
        going = set(taken)
        last = count >= len(self._entities)
        for name in [name for name in self._nodes if last or self._owner(name) in going]:
            if not _is_statement(name):
                continue
            owner = self._owner(name)
            entity = self._entities.setdefault(owner, {"id": owner, "claims": {}})
            going.add(owner)
            if owner not in taken:
                taken.append(owner)
            self._own.add(owner)
            property_, claim = snaks.claim(name, self._nodes[name], self._owners.pop(name, ("", ""))[1])
            if claim is None:
                self._strays[f"statement {name}"] += 1
            else:
                entity["claims"].setdefault(property_, []).append(claim)
        self._sitelinks(going)
        for number in taken:
            entity = self._entities.pop(number)
            if number not in self._own:
                yield rejected(self._source, number, "not-an-article", "only named in this file")
                continue
            self._own.discard(number)
            snaks.direct(entity)
            yield from self._made.items(entity, number)
        for name in [name for name in self._nodes if _is_statement(name) and (last or self._owner(name) in going)]:
            del self._nodes[name]
        self._used |= snaks.used
        if last or self._weight() > MAX_HELD // 2:
            self._forget(last=last)
        self._held = self._weight()

    def _weight(self) -> int:
        """Triples that are held, about."""
        return sum(map(len, self._nodes.values())) + 20 * len(self._entities) + 5 * len(self._links)

    def _forget(self, *, last: bool) -> None:
        """Let go of values and references, and in the end of all links; count what was of no use."""
        for name in [name for name in self._nodes if last or not _is_statement(name)]:
            node = self._nodes.pop(name)
            if name not in self._used:
                self._strays.update(property_ for property_, _ in node)
        self._used.clear()
        for address in [each for each, link in self._links.items() if last or "about" not in link]:
            for name, held in self._links.pop(address).items():
                stray = next((each for each, called in _OF_LINKS.items() if called == name), f"{SCHEMA}about")
                self._strays[stray] += len(held) if isinstance(held, list) else 1

    def _owner(self, statement: str) -> str:
        """The number of the entity that a statement is of."""
        owner = self._owners.get(statement)
        if owner is not None:
            return owner[0]
        match = OWNER.match(statement)
        return match[1].upper() if match else ""

    def _sitelinks(self, going: set[str]) -> None:
        for address, link in list(self._links.items()):
            number = link.get("about")
            if number not in going or number not in self._entities:
                continue
            del self._links[address]
            host, _, title = address.partition("://")[2].partition("/wiki/")
            if not title or "Special:EntityData" in address:
                continue  # what is said of the file itself
            names = [held.value for held in link.get("name", ())]
            badges = [held.value.rpartition("/")[2] for held in link.get("badges", ())]
            shown = names[0] if names else unquote(title).replace("_", " ")
            sites = self._entities[number].setdefault("sitelinks", {})
            sites[_site(host)] = {"title": shown, "badges": badges}


_OF_LINKS = {
    f"{SCHEMA}name": "name",
    f"{ONTOLOGY}#badge": "badges",
    f"{SCHEMA}inLanguage": "language",
    f"{SCHEMA}isPartOf": "site",
    f"{RDF}type": "type",
    f"{ONTOLOGY}#wikiGroup": "group",
    f"{SCHEMA}version": "version",
    f"{SCHEMA}dateModified": "modified",
    f"{SCHEMA}softwareVersion": "software",
    "http://creativecommons.org/ns#license": "licence",
    f"{ONTOLOGY}#statements": "statements",
    f"{ONTOLOGY}#sitelinks": "sitelinks",
    f"{ONTOLOGY}#identifiers": "identifiers",
}
_PROJECTS = {"wikipedia": "wiki"}


def _is_statement(name: str) -> bool:
    return "://" not in name


def _site(host: str) -> str:
    """The database name of a wiki by its host: "en.wikipedia.org" → "enwiki"; the host where that is not known."""
    parts = host.removeprefix("www.").split(".")
    if len(parts) == 3 and parts[2] == "org":
        if parts[1] == "wikimedia":
            return f"{parts[0]}wiki"
        return f"{parts[0].replace('-', '_')}{_PROJECTS.get(parts[1], parts[1])}"
    return host
