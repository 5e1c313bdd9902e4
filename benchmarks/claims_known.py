"""What infoboxes say of things, from sets of real data: what benchmarks of claims hold what prose says beside.

InfoTabS has infoboxes as tables; DBP15K has links of infoboxes as DBpedia extracted them, whose relations stand there
by number only: those named here were told by looking at their pairs (2026-11-29).
"""

from __future__ import annotations

import html
import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks import data
from galactica.claims.reading import article_claims
from galactica.claims.tagging.candidates import value_key
from galactica.codes.letters import title_key
from galactica.model import Article
from galactica.model.claim import Claim

Value = tuple[str, str]
"""A value as `value_key` has it."""

RELATIONS = {
    "zh_en": {
        1: {
            "party": "21 471",
            "educated_at": "388",
            "label": "59 1567",
            "performer": "260",
            "manufacturer": "697 739",
        },
        2: {
            "place_of_birth": "2141",
            "place_of_death": "2199",
            "educated_at": "2180",
            "spouse": "2137",
            "party": "2160",
            "official_language": "2256",
            "capital": "2247",
            "currency": "2260",
            "genre": "2174",
            "child": "2277 2184",
            "parent": "2217",
            "country": "2143",
        },
    },
    "ja_en": {
        2: {
            "place_of_birth": "1891",
            "place_of_death": "1888",
            "label": "1887",
            "genre": "1883",
            "official_language": "2028",
            "party": "1903",
            "capital": "1912",
            "child": "1341",
            "spouse": "1917",
            "currency": "2008",
        }
    },
    "fr_en": {
        2: {
            "place_of_birth": "942 1755",
            "genre": "2036",
            "capital": "2056",
            "educated_at": "1136",
            "party": "1741",
            "official_language": "1357",
            "child": "2051",
            "spouse": "1760",
            "place_of_death": "1628",
        }
    },
}
"""Pair of languages → side → property → numbers of relations, of those of which most links say it."""


def infotabs_pairs() -> Iterator[tuple[str, str, Value]]:
    """(title, property, value) of the infoboxes of InfoTabS, each read as a box of an article."""
    with tarfile.open(data.real("infotabs/tables.tar.xz")) as archive:
        for member in sorted((m for m in archive if m.name.endswith(".json")), key=lambda m: m.name):
            file = archive.extractfile(member)
            table: dict[str, list[str]] = json.load(file) if file is not None else {}
            title = table.get("title", [""])[0]
            rows = "".join(_row(name, values) for name, values in table.items() if name != "title")
            body = f'<table class="infobox"><tbody>{rows}</tbody></table><p>{html.escape(title)}.</p>'
            for claim in _claims_of_box(title, body):
                yield title_key(title), claim.property, value_key(claim)


def dbp15k_pairs() -> Iterator[tuple[str, str, Value]]:
    """(title, property, value) of the links of DBP15K whose relation is known; a value is the name of what is linked,
    without what a bracket, a comma, "language" or "music" adds to it."""
    for pair, sides in RELATIONS.items():
        with tarfile.open(data.real(f"dbp15k/{pair}.tar.xz")) as archive:
            for side, properties in sides.items():
                names = {number: _name(address) for number, address in _lines(archive, f"{pair}/ent_ids_{side}")}
                told = {number: name for name, numbers in properties.items() for number in numbers.split()}
                for head, relation, tail in _lines(archive, f"{pair}/triples_{side}"):
                    if relation in told and head in names and tail in names:
                        value = _ADDED.sub("", names[tail]) or names[tail]
                        yield title_key(names[head]), told[relation], (title_key(value), "")


_ADDED = re.compile(r"(?: language| music)$|(?: \([^()]*\)|, .+)$")


def _lines(archive: tarfile.TarFile, name: str) -> list[list[str]]:
    file = archive.extractfile(name)
    return [line.split("\t") for line in file.read().decode("utf-8").splitlines()] if file is not None else []


def _name(address: str) -> str:
    return address.rpartition("/resource/")[2].replace("_", " ")


def _row(name: str, values: Sequence[str]) -> str:
    cell = "<br>".join(html.escape(value) for value in values)
    return f"<tr><th>{html.escape(name)}</th><td>{cell}</td></tr>"


def _claims_of_box(title: str, body: str) -> list[Claim]:
    article = replace(EMPTY, title=title, path=title, body=body)
    return [c for c in article_claims(article).claims if c.origin == "infobox" and not c.subject]


EMPTY = Article(id=bytes(16), source="infotabs", path="", title="", language="en", body="", aliases=(), categories=())
