"""The statements of a Wikibase in RDF → claims as its JSON has them: value, rank, qualifiers and references.

A value stands in full at a node of its own (`psv:` → wdv:…), and simply beside it (`ps:`). The full one is taken; where
there is only the simple one, what it does not say is not made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from galactica.sources.rdf_values import WKT, XSD, Term, point_of
from galactica.sources.wikibase_values import ENTITY_ID

Node = dict[tuple[str, Term], None]
"""What is said of a statement, a value or a reference: (property, value) in the order of the file, each once: dumps say
what is true of a value with each entity that has it."""

_PROP = re.compile(r"https?://[^/]+/prop/((?:[a-z-]+/){1,3})(P[1-9]\d{0,14})")
_ENTITY = re.compile(rf"https?://[^/]+/(?:entity/)?({ENTITY_ID.pattern})")
_SOME_VALUE = re.compile(r"https?://[^/]+/\.well-known/genid/\S+|[^/]*genid\S*", re.IGNORECASE)
OWNER = re.compile(r"([QPLMqplm]\d{1,15}(?:-[FSfs]\d{1,9}(?=-))?)-")
"""What the name of a statement begins with: the entity that it is of."""

_FILE = "/wiki/Special:FilePath/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
_RANK = re.compile(r"https?://wikiba\.se/ontology(?:-beta)?#rank")
_RANKS = {"PreferredRank": "preferred", "DeprecatedRank": "deprecated", "NormalRank": "normal"}
_DAY = re.compile(r"([+-]?\d{4,16})-(\d\d)-(\d\d)T.*")

Snak = dict[str, Any]


class Snaks:
    """Makes claims.

    Args:
        nodes: of values and references, by address.
        datatypes: of properties, where the file says them.

    Attributes:
        used: the nodes that claims were made of.
    """

    def __init__(self, nodes: Mapping[str, Node], datatypes: Mapping[str, str]) -> None:
        self._nodes, self._datatypes = nodes, datatypes
        self.used: set[str] = set()

    def claim(self, name: str, node: Node, property_: str) -> tuple[str, dict[str, Any] | None]:
        """(property, claim) of a statement; the claim is None where it has no value.

        Args:
            property_: that its entity names it by; "" where that did not come.
        """
        main, qualifiers = self._sorted(node)
        ranks = [held.value.rpartition("#")[2] for name_, held in node if _RANK.fullmatch(name_)]
        sources = [held.value for name_, held in node if name_ == _DERIVED]
        self.used.update(sources)
        snak = main.get(property_) if property_ else next(iter(main.values()), None)
        snak = snak or next(iter(main.values()), None)
        if snak is None:
            return property_, None
        owner = OWNER.match(name)
        claim = {
            "id": f"{owner[1]}${name[owner.end() :]}" if owner else name,
            "mainsnak": snak,
            "rank": _RANKS.get(ranks[0], ranks[0]) if ranks else "normal",
            "qualifiers": qualifiers,
            "references": [{"snaks": self._sorted(self._nodes.get(each, {}))[1]} for each in sources],
        }
        return snak["property"], claim

    def direct(self, entity: dict[str, Any]) -> None:
        """Add the claims that an entity has only as simple values (dumps of "truthy" statements)."""
        for property_, values in (entity.pop("direct", None) or {}).items():
            if property_ not in entity["claims"]:
                entity["claims"][property_] = [
                    {"mainsnak": self._simple(property_, held), "rank": "normal"} for held in values
                ]

    def _sorted(self, node: Node) -> tuple[dict[str, Snak], list[Snak]]:
        """(main snak by property, snaks of qualifiers or of a reference in their order)."""
        main: dict[str, Snak] = {}
        others: list[Snak] = []
        full: dict[tuple[str, str], list[Snak]] = {}
        for name, held in node:
            match = _PROP.fullmatch(name)
            if match and match[1] in ("statement/value/", "qualifier/value/", "reference/value/"):
                self.used.add(held.value)
                value = self._full(match[2], self._nodes.get(held.value))
                if value is not None:
                    full.setdefault((match[1].partition("/")[0], match[2]), []).append(value)
        for name, held in node:
            if name == _TYPE:
                none = _PROP.fullmatch(held.value)
                if none and none[1] == "novalue/":
                    main.setdefault(none[2], {"snaktype": "novalue", "property": none[2]})
                continue
            match = _PROP.fullmatch(name)
            if match is None or match[1] not in ("statement/", "qualifier/", "reference/"):
                continue
            kind, property_ = match[1].removesuffix("/"), match[2]
            known = full.get((kind, property_))
            snak = known.pop(0) if known else self._simple(property_, held)
            if kind == "statement":
                main[property_] = snak
            else:
                others.append(snak)
        for (kind, property_), left in full.items():
            for snak in left:
                if kind == "statement":
                    main.setdefault(property_, snak)
                else:
                    others.append(snak)
        return main, others

    def _full(self, property_: str, node: Node | None) -> Snak | None:
        """A value of which all is said."""
        if not node:
            return None
        said = {name.rpartition("#")[2]: held.value for name, held in node}
        if "timeValue" in said:
            time = said["timeValue"]
            value: dict[str, Any] = {
                "time": time if time[:1] in "+-" else f"+{time}",
                "precision": _whole(said.get("timePrecision"), 11),
                "calendarmodel": said.get("timeCalendarModel", ""),
                "gregorian": True,
            }
            return _snak(property_, "time", value)
        if "quantityAmount" in said:
            value = {
                "amount": said["quantityAmount"],
                "unit": _unit(said.get("quantityUnit", "1")),
                "lowerBound": said.get("quantityLowerBound"),
                "upperBound": said.get("quantityUpperBound"),
            }
            return _snak(property_, "quantity", value)
        if "geoLatitude" in said:
            value = {
                "latitude": said["geoLatitude"],
                "longitude": said.get("geoLongitude"),
                "precision": _number(said.get("geoPrecision")),
                "globe": said.get("geoGlobe"),
            }
            return _snak(property_, "globecoordinate", value)
        return None

    def _simple(self, property_: str, held: Term) -> Snak:
        """A value as far as its simple form says it."""
        datatype = self._datatypes.get(property_, "")
        if held.kind == "blank" or _SOME_VALUE.fullmatch(held.value):
            return {"snaktype": "somevalue", "property": property_}
        if held.kind == "iri":
            if entity := _ENTITY.fullmatch(held.value):
                return _snak(property_, "wikibase-entityid", {"id": entity[1]})
            _, mark, name = held.value.partition(_FILE)
            if mark:
                return _snak(property_, "string", unquote(name).replace("_", " "), "commonsMedia")
            return _snak(property_, "string", held.value, "url")
        if held.language:
            return _snak(property_, "monolingualtext", {"text": held.value, "language": held.language})
        if held.datatype == f"{XSD}dateTime" and (day := _DAY.fullmatch(held.value)):
            precision = 9 if day[2] == day[3] == "01" else 10 if day[3] == "01" else 11
            time = held.value if held.value[:1] in "+-" else f"+{held.value}"
            return _snak(property_, "time", {"time": time, "precision": precision, "gregorian": True})
        if held.datatype == WKT and (point := point_of(held.value)) is not None:
            latitude, longitude = point.value.partition(";")[0].split(",")[:2]
            globe = point.value.partition("crs=")[2]
            return _snak(
                property_, "globecoordinate", {"latitude": latitude, "longitude": longitude, "globe": f"/{globe}"}
            )
        return _snak(property_, "string", held.value, datatype if datatype in ("external-id", "math") else "")


def _snak(property_: str, kind: str, value: object, datatype: str = "") -> Snak:
    made: Snak = {"snaktype": "value", "property": property_, "datavalue": {"type": kind, "value": value}}
    return made | {"datatype": datatype} if datatype else made


def _unit(address: str) -> str:
    """The unit of a quantity; Q199 is the number one, by which RDF says that there is none."""
    return "1" if address.endswith("/entity/Q199") else address


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 4 else otherwise


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None
