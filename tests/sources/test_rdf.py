"""Triples become statements: a Wikibase's as its JSON does, any others each for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyoxigraph")

from galactica.model import Document, Redirect, Rejected, SourceStatement
from galactica.sources import rdf_entities
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.rdf import recognise
from galactica.sources.rdf_values import Term, term_value

PREFIXES = """@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix wdv: <http://www.wikidata.org/value/> .
@prefix wdref: <http://www.wikidata.org/reference/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix psv: <http://www.wikidata.org/prop/statement/value/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> .
@prefix wdno: <http://www.wikidata.org/prop/novalue/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix schema: <http://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
"""
ADA = """
<https://www.wikidata.org/wiki/Special:EntityData/Q70001> schema:about wd:Q70001 ; schema:version "7"^^xsd:integer .
wd:Q70001 a wikibase:Item ; rdfs:label "Ada Brook"@en , "Ada Bach"@de ; schema:description "surveyor"@en ;
  skos:altLabel "A. Brook"@en ; wdt:P31 wd:Q5 ;
  p:P31 wds:Q70001-AA-1 ; p:P569 wds:Q70001-AA-2 ; p:P2048 wds:q70001-AA-3 ; p:P26 wds:Q70001-AA-4 , wds:Q70001-AA-5 ;
  p:P625 wds:Q70001-AA-6 .
wds:Q70001-AA-1 a wikibase:Statement , wikibase:BestRank ; wikibase:rank wikibase:NormalRank ; ps:P31 wd:Q5 .
wds:Q70001-AA-2 wikibase:rank wikibase:PreferredRank ; ps:P569 "-0043-03-13T00:00:00Z"^^xsd:dateTime ; psv:P569 wdv:t1 .
wds:q70001-AA-3 wikibase:rank wikibase:NormalRank ; ps:P2048 "+1.70"^^xsd:decimal ; psv:P2048 wdv:q1 ;
  pq:P585 "1880-01-01T00:00:00Z"^^xsd:dateTime ; pqv:P585 wdv:t2 ; prov:wasDerivedFrom wdref:r1 .
wds:Q70001-AA-4 a wdno:P26 ; wikibase:rank wikibase:NormalRank .
wds:Q70001-AA-5 ps:P26 <http://www.wikidata.org/.well-known/genid/0a1b> ; wikibase:rank wikibase:DeprecatedRank .
wds:Q70001-AA-6 ps:P625 "Point(21.01 52.23)"^^geo:wktLiteral ; wikibase:rank wikibase:NormalRank .
wdv:t1 wikibase:timeValue "-0043-03-13T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision "11"^^xsd:integer ;
  wikibase:timeCalendarModel wd:Q1985786 .
wdv:t2 wikibase:timeValue "1880-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision "9"^^xsd:integer .
wdv:q1 wikibase:quantityAmount "+1.70"^^xsd:decimal ; wikibase:quantityUnit wd:Q11573 ;
  wikibase:quantityLowerBound "+1.69"^^xsd:decimal ; wikibase:quantityUpperBound "+1.71"^^xsd:decimal .
wdref:r1 pr:P854 <https://example.org/a> .
<https://en.wikipedia.org/wiki/Ada_Brook> a schema:Article ; schema:about wd:Q70001 ; schema:name "Ada Brook"@en .
wd:Q5 a wikibase:Item ; rdfs:label "human"@en .
wd:Q9 owl:sameAs wd:Q70001 .
"""
TRUTHY = """
wd:Q7 rdfs:label "Seven"@en ; wdt:P571 "1952-01-01T00:00:00Z"^^xsd:dateTime , "1952-03-01T00:00:00Z"^^xsd:dateTime ,
  "1952-03-11T00:00:00Z"^^xsd:dateTime ; wdt:P2048 "1.70"^^xsd:decimal ; wdt:P31 wd:Q5 .
"""


def read(path: Path, text: str, **said: str) -> list[Item]:
    path.write_text(text, encoding="utf-8")
    with open_source(path, SourceOptions(**said)) as source:  # type: ignore[arg-type]  # names of options
        assert source.source.format == "rdf"
        return list(source.read())


def statements(items: list[Item]) -> dict[str, SourceStatement]:
    return {each.path: each for each in items if isinstance(each, SourceStatement)}


def test_a_wikibases_triples_say_what_its_json_says(tmp_path: Path) -> None:
    items = read(tmp_path / "Q70001.ttl", PREFIXES + ADA)
    made = statements(items)
    assert {each.source for each in made.values()} == {"wikidata"}
    born, height = made["Q70001$AA-2"], made["Q70001$AA-3"]
    assert (born.kind, born.value, born.rank) == ("time", "-0043-03-13", "preferred")
    assert (height.value, height.unit, height.bounds) == ("1.70", "wikidata:Q11573", ("1.69", "1.71"))
    assert [(each.property, each.value) for each in height.qualifiers] == [("wikidata:P585", "1880")]
    assert height.references[0][0].value == "https://example.org/a"
    assert [made[f"Q70001$AA-{n}"].kind for n in (1, 4, 5, 6)] == ["item", "none", "unknown", "place"]
    assert made["Q70001$AA-6"].value == "52.23,21.01"
    assert made["Q70001$AA-5"].rank == "deprecated"
    assert made["Q70001/sitelink/enwiki"].value == "Ada Brook"
    assert len(made) == 7
    (page,) = [each for each in items if isinstance(each, Document)]
    assert (page.path, page.title, page.aliases) == ("Q70001", "Ada Brook", ("Q70001", "Ada Bach", "A. Brook"))
    assert ">human</a>" in page.content
    assert [(each.path, each.target) for each in items if isinstance(each, Redirect)] == [("Q9", "Q70001")]
    assert [(each.where, each.reason) for each in items if isinstance(each, Rejected)] == [("Q5", "not-an-article")]


def test_simple_values_are_not_made_more_exact_than_they_say(tmp_path: Path) -> None:
    items = read(tmp_path / "truthy.ttl", PREFIXES + TRUTHY)
    values = [(each.property, each.kind, each.value) for each in statements(items).values()]
    assert values == [
        ("wikidata:P571", "time", "1952"),
        ("wikidata:P571", "time", "1952-03"),
        ("wikidata:P571", "time", "1952-03-11"),
        ("wikidata:P2048", "text", "1.70"),
        ("wikidata:P31", "item", "wikidata:Q5"),
    ]


def test_triples_in_any_order_are_put_together(tmp_path: Path) -> None:
    parts = ADA.strip().split(" .\n")
    shuffled = " .\n".join([each.rstrip(" .") for each in reversed(parts)]) + " .\n"
    one = statements(read(tmp_path / "a.ttl", PREFIXES + ADA))
    other = statements(read(tmp_path / "b.ttl", PREFIXES + shuffled))
    assert one == other


def test_what_is_held_is_bounded_and_nothing_is_lost_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(ADA.replace("Q70001", f"Q{n}").replace("q70001", f"q{n}") for n in range(101, 121))
    one = statements(read(tmp_path / "a.ttl", PREFIXES + body))
    monkeypatch.setattr(rdf_entities, "MAX_HELD", 300)
    items = read(tmp_path / "b.ttl", PREFIXES + body)
    assert statements(items) == one
    assert len(one) == 20 * 6 + 1  # they share a page of Wikipedia
    paths = [each.path for each in items if isinstance(each, Document)]
    assert paths == [f"Q{n}" for n in range(101, 121)]


def test_what_belongs_to_no_entity_is_counted(tmp_path: Path) -> None:
    items = read(tmp_path / "x.ttl", PREFIXES + 'wdv:t9 wikibase:timePrecision "9" . wd:Q5 rdfs:label "human"@en .')
    refused = [(each.where, each.reason) for each in items if isinstance(each, Rejected)]
    assert refused == [("Q5", "not-an-article"), ("http://wikiba.se/ontology#timePrecision", "unsupported")]


LINES = """# made up
<http://x.example/Berlin> <http://www.w3.org/2000/01/rdf-schema#label> "Berlin"@en .
<http://x.example/Berlin> <http://www.w3.org/2000/01/rdf-schema#label> "Berlín"@es .
<http://x.example/Berlin> <http://x.example/population> "3769495"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://x.example/Berlin> <http://x.example/founded> "1237-10-28"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://x.example/Berlin> <http://x.example/country> <http://www.wikidata.org/entity/Q183> .
<http://x.example/Berlin> <http://x.example/size> "big"^^<http://x.example/words> .
broken
_:b0 <http://x.example/p> "c" .
"""


@pytest.mark.parametrize("name", ["city.nt", "city.nq"])
def test_each_triple_is_a_statement_and_each_broken_line_a_refusal(name: str, tmp_path: Path) -> None:
    items = read(tmp_path / name, LINES)
    made = list(statements(items).values())
    assert [(each.kind, each.value) for each in made] == [
        *(("text", "Berlin"), ("text", "Berlín"), ("quantity", "3769495"), ("time", "1237-10-28")),
        *(("item", "wikidata:Q183"), ("text", "big"), ("text", "c")),
    ]
    assert made[0].subject == "http://x.example/Berlin"
    assert made[1].language == "es"
    assert made[5].text == '"big"^^<http://x.example/words>'
    assert made[6].subject.startswith("bnode:")
    assert [(each.where, each.reason) for each in items if isinstance(each, Rejected)] == [(f"{name}:8", "bad-row")]
    (page,) = [each for each in items if isinstance(each, Document)]
    assert (page.path, page.title, page.language, page.aliases) == ("x.example/Berlin", "Berlin", "en", ("Berlín",))
    assert '<th scope="row">population</th><td>3769495</td>' in page.content


def test_nodes_without_a_name_are_numbered_as_they_come(tmp_path: Path) -> None:
    turtle = "@prefix x: <http://x.example/> .\nx:a x:p [ x:q [ x:r 1 ] ] . _:n x:p [] ."
    one, other = (list(statements(read(tmp_path / "a.ttl", turtle)).values()) for _ in range(2))
    assert one == other
    assert {each.subject for each in one} == {"http://x.example/a", "bnode:b1", "bnode:b2", "bnode:b3"}


def test_turtle_says_the_same_as_lines(tmp_path: Path) -> None:
    turtle = '@prefix x: <http://x.example/> .\nx:Berlin x:population 3769495 ; x:motto "a; b . c"@en .'
    made = list(statements(read(tmp_path / "city.ttl", turtle)).values())
    assert [(each.property, each.kind, each.value) for each in made] == [
        *(("http://x.example/population", "quantity", "3769495"), ("http://x.example/motto", "text", "a; b . c")),
    ]


@pytest.mark.parametrize(
    ("term", "kind", "value"),
    [
        (Term("literal", "-0043", "", "http://www.w3.org/2001/XMLSchema#gYear"), "time", "-0043"),
        (Term("literal", "2001-02-30", "", "http://www.w3.org/2001/XMLSchema#date"), "text", "2001-02-30"),
        (Term("literal", "1.5E3", "", "http://www.w3.org/2001/XMLSchema#double"), "quantity", "1500"),
        (Term("literal", "x", "", "http://www.w3.org/2001/XMLSchema#integer"), "text", "x"),
        (
            Term("literal", "https://a.example/", "", "http://www.w3.org/2001/XMLSchema#anyURI"),
            "url",
            "https://a.example/",
        ),
        (Term("iri", "http://www.wikidata.org/entity/P31"), "item", "wikidata:P31"),
        (Term("iri", "rel ative"), "item", "urn:relative"),
    ],
)
def test_a_literal_is_what_its_datatype_says_where_it_is_of_that_form(term: Term, kind: str, value: str) -> None:
    found = term_value(term)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize("text", ["<html><p>x</p>", "<a:b>", "# heading\n\ntext", "prefix", "<http://a> text"])
def test_other_text_is_left_to_others(text: str) -> None:
    assert recognise("x", text.encode()) == 0


def test_a_term_without_end_is_one_refusal(tmp_path: Path) -> None:
    items = read(
        tmp_path / "long.nt",
        '<http://a.example/a> <http://a.example/b> "c" .\n<http://a.example/a> <http://a.example/b> "'
        + "x" * 17_000_000,
    )
    assert [each.reason for each in items if isinstance(each, Rejected)] == ["too-large"]
