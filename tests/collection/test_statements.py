"""What a source states about an item is told beside the article that names the item."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.edition.subjects import SUBJECTS, rows_about, write_subjects
from galactica.errors import EditionError
from galactica.library import build
from galactica.web import create_app
from tests.cli.conftest import call
from tests.sources.entities import ADA, BORN, HUMAN, dump
from tests.web.visitor import Visitor


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("met")
    article = {"id": "ada", "title": "Brook, Ada", "text": "She mapped rivers.", "identifiers": ["wikidata:Q70001"]}
    (folder / "people.jsonl").write_text(
        json.dumps(article) + "\n" + json.dumps(article | {"id": "b", "identifiers": []})
    )
    (folder / "entities.json").write_text(dump(ADA, HUMAN, BORN), encoding="utf-8")
    out = folder / "met.edition"
    build(out, [str(folder / "people.jsonl"), str(folder / "entities.json")], workers=1, meaning=False)
    return out


def test_statements_are_told_in_words_with_the_names_that_the_edition_has(edition: Path) -> None:
    with library.open_library([edition]) as opened:
        row = opened.find("Brook, Ada")
        assert row is not None
        stated = opened.stated(*row)
    told = {each.property: each for each in stated.told}
    assert (told["instance of"].value, told["instance of"].path) == ("human", "Q5")
    assert (told["date of birth"].value, told["date of birth"].rank) == ("1852-03-11", "preferred")
    assert told["height"].value == "1.70 m"
    assert told["height"].qualifiers == (("point in time", "1880"),)
    assert told["height"].references == 1
    assert [each.value for each in stated.told if each.property == "spouse"] == ["–", "?"]
    assert "sitelink" not in told
    assert {each.source for each in stated.told} == {"Wikidata"}


def test_what_the_articles_own_source_states_is_not_told_again(edition: Path) -> None:
    with library.open_library([edition]) as opened:
        for name in ("Q70001", "b"):
            found = opened.find(name)
            if found is not None:
                assert opened.stated(*found).told == ()


def test_a_terminal_and_a_program_are_told(edition: Path) -> None:
    done = call("read", "-e", str(edition), "Brook, Ada").out
    assert "Stated by Wikidata:" in done
    assert "  height: 1.70 m (point in time: 1880)" in done
    made = json.loads(call("read", "-e", str(edition), "Brook, Ada", "--json").out)
    kind = next(each for each in made["statements"] if each["property"] == "instance of")
    assert kind["value"] == "human"
    assert kind["page"].endswith("/wikidata/Q5")


def test_the_reading_room_shows_them_with_a_way_to_what_they_name(edition: Path) -> None:
    with library.open_library([edition]) as opened:
        room = Visitor(create_app(opened))
        document = room.get("/api/v1/article", params={"title": "Brook, Ada"}).json()
        text = room.get(document["page"]).text
    assert '<dt dir="auto">instance of</dt><dd dir="auto"><a href="/' in text
    assert ">human</a>" in text
    assert "1.70 m" in text
    assert "<s>?</s>" in text


def test_a_broken_list_of_subjects_is_a_damaged_edition(edition: Path, tmp_path: Path) -> None:
    write_subjects(["a", "b", "a"], tmp_path)
    assert rows_about(tmp_path, "a") == [0, 2]
    assert rows_about(tmp_path, "c") == []
    assert rows_about(tmp_path / "nowhere", "a") == []
    (tmp_path / SUBJECTS).write_bytes(b"123")
    with pytest.raises(ValueError, match="length"):
        rows_about(tmp_path, "a")
    with Edition.open(edition) as opened:
        assert [each.kind for each in opened.statements_about("wikidata:Q70001")].count("none") == 1
        assert issubclass(EditionError, Exception)
