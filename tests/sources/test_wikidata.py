"""Entities of Wikidata become articles and statements; nothing that they say is lost."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import Edition
from galactica.library import build
from galactica.model import Document, Qualifier, Redirect, Rejected, SourceStatement
from galactica.model.projection import project
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.wikibase_entities import Entities
from galactica.sources.wikibase_names import EntityNames
from galactica.sources.wikidata import recognise
from tests.sources.entities import ADA, BORN, HUMAN, WORD, amount, claim, dump, snak, texts, time


def read(path: Path, text: str | bytes, **said: str) -> list[Item]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with open_source(path, SourceOptions(**said)) as source:  # type: ignore[arg-type]  # names of options
        return list(source.read())


def of(entity: object, **said: Any) -> list[Item]:
    return list(Entities(source="wikidata", names=EntityNames("en"), **said).items(entity, "here"))


def article(items: list[Item]) -> Document:
    (found,) = [each for each in items if isinstance(each, Document)]
    return found


def statements(items: list[Item]) -> dict[str, SourceStatement]:
    return {each.path: each for each in items if isinstance(each, SourceStatement)}


def test_every_claim_is_a_statement_with_its_rank_qualifiers_and_references() -> None:
    made = statements(of(ADA))
    assert list(made) == [*(f"Q70001$AA-{n}" for n in range(1, 6)), "Q70001/sitelink/enwiki"]
    born, height = made["Q70001$AA-2"], made["Q70001$AA-3"]
    assert (born.subject, born.property, born.kind, born.value) == (
        *("wikidata:Q70001", "wikidata:P569", "time", "1852-03-11"),
    )
    assert born.rank == "preferred"
    assert (height.value, height.unit, height.bounds) == ("1.70", "wikidata:Q11573", ("1.69", "1.71"))
    assert height.qualifiers == (Qualifier(property="wikidata:P585", kind="time", value="1880"),)
    assert height.references == ((Qualifier(property="wikidata:P854", kind="url", value="https://example.org/a"),),)
    assert [made[f"Q70001$AA-{n}"].kind for n in (4, 5)] == ["none", "unknown"]
    assert made["Q70001$AA-5"].rank == "deprecated"
    link = made["Q70001/sitelink/enwiki"]
    assert (link.property, link.value) == ("sitelink", "Ada Brook")
    assert [each.value for each in link.qualifiers] == ["enwiki", "wikidata:Q17437796"]


def test_an_entity_is_an_article_under_its_label_with_all_other_names() -> None:
    made = article(of(ADA))
    assert (made.path, made.title, made.language) == ("Q70001", "Ada Brook", "en")
    assert made.identifiers == ("wikidata:Q70001",)
    assert made.aliases == ("Q70001", "Ada Bach", "エイダ", "A. Brook")
    assert (made.revision, made.modified) == ("77", "2024-05-06T07:08:09Z")
    assert made.url == "https://www.wikidata.org/wiki/Q70001"
    text = project(made.content)
    assert "Ada Brook: surveyor of rivers (Item Q70001)" in text
    assert "date of birth\t11 March 1852" in text
    assert "height\t1.70 (1.69 to 1.71) m (point in time: 1880)" in text
    assert "géomètre" in text


def test_the_language_that_the_person_says_is_that_of_titles_where_there_is_one() -> None:
    german = article(of(ADA, language="de"))
    assert (german.title, german.language) == ("Ada Bach", "de")
    assert article(of(HUMAN, language="de")).title == "human"


def test_properties_and_items_have_the_names_that_their_file_gives_them(tmp_path: Path) -> None:
    items = read(tmp_path / "dump.json", dump(ADA, HUMAN, BORN))
    ada = next(each for each in items if isinstance(each, Document) and each.path == "Q70001")
    assert '<a href="./Q5">human</a>' in ada.content
    assert [each.path for each in items if isinstance(each, Document)] == ["Q70001", "Q5", "P569"]


@pytest.mark.parametrize(
    "text",
    [
        dump(ADA, HUMAN, WORD),
        json.dumps([ADA, HUMAN, WORD]),
        json.dumps([ADA, HUMAN, WORD], indent=2),
        "\n".join(json.dumps(each) for each in (ADA, HUMAN, WORD)),
        json.dumps({"entities": {each["id"]: each for each in (ADA, HUMAN, WORD)}, "success": 1}),
        json.dumps({"entities": {each["id"]: each for each in (ADA, HUMAN, WORD)}}, indent=1),
        "\ufeff" + dump(ADA, HUMAN, WORD),
    ],
    ids=["dump", "array", "pretty array", "lines", "entity data", "pretty entity data", "marked"],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_entities_is_read_in_whatever_way_it_is_written(text: str, packed: bool, tmp_path: Path) -> None:
    raw = text.encode()
    items = read(tmp_path / "any.dat", gzip.compress(raw) if packed else raw)
    assert [each.path for each in items if isinstance(each, Document)] == ["Q70001", "Q5", "L7"]
    assert not [each for each in items if isinstance(each, Rejected)]
    assert {each.source for each in items if not isinstance(each, Rejected)} == {"wikidata"}


def test_merged_entities_lead_on_and_missing_ones_are_counted(tmp_path: Path) -> None:
    moved = {
        "entities": {
            "Q9": ADA,
            "Q6": {"id": "Q6", "missing": ""},
            "Q8": HUMAN | {"redirects": {"from": "Q8", "to": "Q5"}},
        }
    }
    items = read(tmp_path / "entities.json", json.dumps(moved))
    leading = [(each.path, each.target) for each in items if isinstance(each, Redirect)]
    assert leading == [("Q9", "Q70001"), ("Q8", "Q5")]
    assert [(each.where, each.reason) for each in items if isinstance(each, Rejected)] == [("Q6", "gone")]
    (line,) = of({"id": "Q1", "redirect": "Q2"})
    assert isinstance(line, Redirect)


def test_a_lexeme_has_its_forms_and_senses_and_what_is_claimed_of_them() -> None:
    items = of(WORD)
    made = {(each.subject, each.property): each for each in statements(items).values()}
    assert made["wikidata:L7", "language"].value == "wikidata:Q1860"
    assert made["wikidata:L7-F1", "grammatical feature"].value == "wikidata:Q146786"
    assert made["wikidata:L7-S1", "wikidata:P5137"].value == "wikidata:Q9"
    assert [each.language for each in statements(items).values() if each.property == "sense"] == ["en", "de"]
    page = article(items)
    assert (page.title, page.language) == ("brook", "en")
    assert 'id="L7-S1"' in page.content
    assert "small river" in project(page.content)


def test_what_of_an_entity_is_not_understood_is_counted() -> None:
    odd = ADA | {
        "labels": [],
        "aliases": "no",
        "sitelinks": {"enwiki": {"title": None}},
        "claims": {
            "P1": [claim(snak("P1", "bad", {"a": 1})), 7, {"mainsnak": None}],
            "P2": {"no": "list"},
            "P3": [claim(snak("P3", "string", "kept"), "", "odd", qualifiers={"P4": [3]}, references=["x"])],
        },
    }
    items = of(odd)
    made = statements(items)
    assert [(each.kind, each.value) for each in made.values()] == [("text", '{"a": 1}'), ("text", "kept")]
    assert dict(article(items).dropped) == {
        **{"wikibase:bad-aliases": 1, "wikibase:bad-claims": 3, "wikibase:bad-qualifiers": 1, "wikibase:bad-rank": 1},
        **{"wikibase:bad-references": 1, "wikibase:bad-sitelinks": 1, "wikibase:bad-value": 1},
    }
    assert article(items).title == "Q70001"


def test_a_broken_line_costs_itself_and_a_cut_one_says_so(tmp_path: Path) -> None:
    whole = dump(HUMAN, ADA, BORN)
    broken = whole.replace('"type": "item", "id": "Q70001"', '"type": "item" "id": "Q70001"')
    items = read(tmp_path / "broken.json", broken)
    assert [each.path for each in items if isinstance(each, Document)] == ["Q5", "P569"]
    assert [(e.where, e.reason) for e in items if isinstance(e, Rejected)] == [("broken.json:3", "bad-row")]
    cut = read(tmp_path / "cut.json", whole[: whole.index("Ada Bach")])
    assert [each.reason for each in cut if isinstance(each, Rejected)] == ["truncated"]


def test_unpaired_surrogates_do_no_harm(tmp_path: Path) -> None:
    text = dump(HUMAN | {"labels": texts(en="half-and-whole")}).replace("half-and-whole", "a\\ud800b")
    (made,) = [each for each in read(tmp_path / "dump.json", text) if isinstance(each, Document)]
    assert made.title == "a\ufffdb"


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"item","labels":["bug"],"title":"x","id":"5"}',
        '[{"id": 1, "title": "A", "text": "B"}]',
        '{"entities": [{"text": "Ada", "label": "PERSON"}]}',
        "{}",
        "",
    ],
)
def test_other_json_is_left_to_others(text: str) -> None:
    assert recognise("x.json", text.encode()) == 0


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5), lambda e: st.lists(e) | st.dictionaries(st.text(max_size=4), e)
    ),
    st.sampled_from([*ADA]),
    st.data(),
)
def test_whatever_stands_in_an_entity_is_one_article_or_one_refusal(
    value: object, member: str, data: st.DataObject
) -> None:
    entity = ADA | {member: value}
    if member == "claims" and data.draw(st.booleans()):
        entity = ADA | {
            "claims": {
                "P31": [
                    claim(
                        snak(
                            "P31",
                            data.draw(
                                st.sampled_from(
                                    [
                                        "time",
                                        "quantity",
                                        "string",
                                        "globecoordinate",
                                        "monolingualtext",
                                        "wikibase-entityid",
                                    ]
                                )
                            ),
                            value,
                        )
                    )
                ]
            }
        }
    items = of(entity)
    assert sum(isinstance(each, Document | Redirect | Rejected) for each in items) == 1


def test_an_edition_of_entities_is_read_found_and_counted(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "Q70001.json").write_text(json.dumps({"entities": {"Q70001": ADA}}), encoding="utf-8")
    (folder / "more.json").write_text(dump(HUMAN, BORN, WORD), encoding="utf-8")
    build(tmp_path / "out.edition", [str(folder)], workers=1, meaning=False)
    with Edition.open(tmp_path / "out.edition") as edition:
        assert len(edition) == 4
        assert {article.source for _, article in edition.scan()} == {"wikidata"}
        subjects = {each.subject for each in edition.statements()}
    assert {"wikidata:Q70001", "wikidata:L7-S1", "wikidata:P569"} <= subjects


def test_what_is_longer_than_any_label_is_cut_and_counted() -> None:
    long = "x" * 200_000
    made = article(of(HUMAN | {"labels": texts(en=long), "claims": {"P1": [claim(snak("P1", "string", long))]}}))
    assert len(made.content) < 500_000
    assert made.dropped == (("wikibase:long-value", 2),)


def test_files_of_single_entities_in_a_folder_name_each_other(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for each in (ADA, BORN, HUMAN):
        (shelf / f"{each['id']}.json").write_text(json.dumps({"entities": {each["id"]: each}}, indent=2))
    (shelf / "Q3.json").write_text('{"quarter": 3}')
    (shelf / "Q9.json.gz").write_bytes(gzip.compress(json.dumps(HUMAN | {"id": "Q9"}).encode())[:-6])
    with open_source(shelf) as source:
        items = list(source.read())
    made = {each.path: each for each in items if isinstance(each, Document)}
    assert set(made) >= {"P569", "Q5", "Q70001"}
    assert '<a href="./Q5">human</a>' in made["Q70001"].content
    assert {each.source for each in made.values()} == {"wikidata"}
    refused = {(each.where, each.reason) for each in items if isinstance(each, Rejected)}
    assert ("Q3.json", "unsupported") in refused
    assert len(made) + len(refused) == 5


def test_what_a_qualifier_has_no_field_for_is_counted() -> None:
    qualifiers = {
        "P580": [snak("P580", "time", time("+1901-00-00T00:00:00Z", 7))],
        "P1107": [snak("P1107", "quantity", amount("+1", "1", "+0.5", "+1.5"))],
        "P1476": [snak("P1476", "monolingualtext", {"text": "Salve", "language": "la"})],
    }
    items = of(HUMAN | {"claims": {"P1": [claim(snak("P1", "string", "x"), qualifiers=qualifiers)]}})
    (made,) = statements(items).values()
    assert [(each.kind, each.value, each.unit) for each in made.qualifiers] == [
        *(("time", "19XX", ""), ("quantity", "1", ""), ("text", "Salve", "la")),
    ]
    assert article(items).dropped == (("wikibase:qualifier-bounds", 1), ("wikibase:qualifier-wording", 1))
