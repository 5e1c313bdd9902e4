"""Made-up entities, in the forms that Wikidata writes."""

from __future__ import annotations

import json
from typing import Any

WIKIDATA = "http://www.wikidata.org/entity/"


def snak(number: str, kind: str, value: object, datatype: str = "") -> dict[str, Any]:
    return {
        "snaktype": "value",
        "property": number,
        "datavalue": {"type": kind, "value": value},
        **({"datatype": datatype} if datatype else {}),
    }


def item(number: str) -> dict[str, Any]:
    return {"entity-type": "item", "id": number}


def time(written: str, precision: int = 11, calendar: str = "Q1985727", **more: int) -> dict[str, Any]:
    return {"time": written, "precision": precision, "calendarmodel": WIKIDATA + calendar, **more}


def amount(number: str, unit: str = "1", low: str = "", high: str = "") -> dict[str, Any]:
    bounds = {"lowerBound": low, "upperBound": high} if low else {}
    return {"amount": number, "unit": unit if unit == "1" else WIKIDATA + unit, **bounds}


def claim(main: dict[str, Any], name: str = "", rank: str = "normal", **more: object) -> dict[str, Any]:
    return {"type": "statement", "mainsnak": main, "rank": rank, **({"id": name} if name else {}), **more}


def texts(**by_language: str) -> dict[str, Any]:
    return {code: {"language": code, "value": text} for code, text in by_language.items()}


ADA: dict[str, Any] = {
    "type": "item",
    "id": "Q70001",
    "lastrevid": 77,
    "modified": "2024-05-06T07:08:09Z",
    "labels": texts(en="Ada Brook", de="Ada Bach", ja="エイダ"),
    "descriptions": texts(en="surveyor of rivers", fr="géomètre"),
    "aliases": {"en": [{"language": "en", "value": "A. Brook"}]},
    "claims": {
        "P31": [claim(snak("P31", "wikibase-entityid", item("Q5"), "wikibase-item"), "q70001$AA-1")],
        "P569": [claim(snak("P569", "time", time("+1852-03-11T00:00:00Z"), "time"), "Q70001$AA-2", "preferred")],
        "P2048": [
            claim(
                snak("P2048", "quantity", amount("+1.70", "Q11573", "+1.69", "+1.71"), "quantity"),
                "Q70001$AA-3",
                qualifiers={"P585": [snak("P585", "time", time("+1880-00-00T00:00:00Z", 9))]},
                references=[{"snaks": {"P854": [snak("P854", "string", "https://example.org/a", "url")]}}],
            )
        ],
        "P26": [
            claim({"snaktype": "novalue", "property": "P26"}, "Q70001$AA-4"),
            claim({"snaktype": "somevalue", "property": "P26"}, "Q70001$AA-5", "deprecated"),
        ],
    },
    "sitelinks": {"enwiki": {"site": "enwiki", "title": "Ada Brook", "badges": ["Q17437796"]}},
}
HUMAN: dict[str, Any] = {"type": "item", "id": "Q5", "labels": texts(en="human"), "claims": {}}
BORN: dict[str, Any] = {
    "type": "property",
    "id": "P569",
    "datatype": "time",
    "labels": texts(en="date of birth"),
    "claims": {},
}
WORD: dict[str, Any] = {
    "type": "lexeme",
    "id": "L7",
    "lemmas": texts(en="brook"),
    "language": "Q1860",
    "lexicalCategory": "Q1084",
    "claims": [],
    "forms": [{"id": "L7-F1", "representations": texts(en="brooks"), "grammaticalFeatures": ["Q146786"], "claims": []}],
    "senses": [
        {
            "id": "L7-S1",
            "glosses": texts(en="small river", de="Bach"),
            "claims": {"P5137": [claim(snak("P5137", "wikibase-entityid", {"entity-type": "item", "numeric-id": 9}))]},
        }
    ],
}


def dump(*entities: object) -> str:
    """A dump as Wikidata writes it: an array, an entity a line."""
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in entities) + "\n]\n"
