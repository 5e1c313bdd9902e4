"""Objects of JSON that have a name and no text are articles of their fields; a map's features among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.model.projection import project
from galactica.sources import json_fields
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source

PLANETS = [
    {"name": "Mars", "moons": ["Phobos", "Deimos"], "orbit": {"days": 687, "tilt": {"degrees": 25.2}}, "ringed": False},
    {"name": "Saturn", "moons": [], "orbit": {"days": 10759}, "ringed": True},
]
FEATURES = {
    "type": "FeatureCollection",
    "name": "places",
    "features": [
        {
            "type": "Feature",
            "id": "w",
            "properties": {"name": "Well", "depth": 12},
            "geometry": {"type": "Point", "coordinates": [21.01, 52.23, 90.5]},
        },
        {
            "type": "Feature",
            "properties": {"name": "Lake", "depth": None},
            "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 2], [3, 4], [1, 2]]]},
        },
        {"type": "Feature", "properties": {"name": "Nowhere"}, "geometry": None},
    ],
}


def read(path: Path, value: object, **said: str) -> list[Item]:
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    with open_source(path, SourceOptions(**said)) as source:  # type: ignore[arg-type]  # names of options
        return list(source.read())


def documents(items: list[Item]) -> list[Document]:
    assert not [each for each in items if isinstance(each, Rejected)]
    return [each for each in items if isinstance(each, Document)]


@pytest.mark.parametrize(
    "value",
    [PLANETS, {"planets": PLANETS}, {each["name"]: each for each in PLANETS}, "\n".join(map(json.dumps, PLANETS))],
    ids=["list", "list inside", "mapping", "lines"],
)
def test_each_object_is_an_article_of_its_fields(value: object, tmp_path: Path) -> None:
    mars, saturn = documents(read(tmp_path / "planets.json", value))
    assert (mars.title, saturn.title) == ("Mars", "Saturn")
    rows = project(mars.content).split("\n")
    assert [row for row in rows if not row.startswith("key\t")] == [
        *("moons\tPhobos, Deimos", "orbit: days\t687", "orbit: tilt: degrees\t25.2", "ringed\tno"),
    ]


def test_a_mapping_without_names_is_called_by_its_keys(tmp_path: Path) -> None:
    value = {"France": {"capital": "Paris", "area": 551500}, "Chad": {"capital": "N'Djamena", "area": 1284000}}
    found = documents(read(tmp_path / "capitals.json", value))
    assert [(each.path, each.title) for each in found] == [("France", "France"), ("Chad", "Chad")]
    assert project(found[1].content) == "capital\tN'Djamena\narea\t1284000"


@pytest.mark.parametrize("name", ["places.geojson", "places.json"])
def test_the_features_of_a_map_are_articles_with_their_place(name: str, tmp_path: Path) -> None:
    well, lake, nowhere = documents(read(tmp_path / name, json.dumps(FEATURES, indent=1)))
    assert (well.path, well.title) == ("w", "Well")
    assert "coordinates\t52.23, 21.01\naltitude\t90.5" in project(well.content)
    assert "geometry\tPolygon, 4 points, from 2.0, 1.0 to 4.0, 3.0" in project(lake.content)
    assert lake.dropped == (("geojson:points", 4),)
    assert nowhere.title == "Nowhere"


def test_a_nested_text_is_written_out(tmp_path: Path) -> None:
    rows = [
        {"title": "A", "text": {"en": "One.", "parts": [{"head": "H", "body": "B"}]}},
        {"title": "B", "text": "Two."},
    ]
    first, second = documents(read(tmp_path / "rows.json", rows))
    assert first.content == "en: One.\n\nparts 1: head: H\n\nparts 1: body: B"
    assert second.content == "Two."


@pytest.mark.parametrize(
    "value",
    [
        {"error": {"code": "x", "info": "y"}},
        {"scripts": {"build": "make"}, "dependencies": {"left": "1.0", "right": "2.0"}, "author": {"name": "A"}},
        [{"a": 1, "b": 2}, {"a": 2, "b": 3}],
        [{"name": "A"}, {"other": 1, "several": 2}, {"name": "B", "more": 1, "kinds": 2, "of": 3}],
    ],
)
def test_what_is_no_list_of_named_things_is_one_article_of_its_fields(value: object, tmp_path: Path) -> None:
    (made,) = documents(read(tmp_path / "x.json", value))
    assert (made.path, made.title) == ("x.json", "x")
    assert made.content.startswith('<table><tbody><tr><th scope="row">')


def test_a_list_of_which_too_much_would_be_left_out_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read(tmp_path / "x.json", [{"a": number, "b": 2} for number in range(json_fields.MAX_FIELDS)])


def test_what_goes_beyond_the_bounds_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_fields, "MAX_FIELDS", 2)
    monkeypatch.setattr(json_fields, "MAX_DEPTH", 2)
    deep = {"name": "A", "b": 1, "c": {"d": {"e": {"f": 1}}}, "g": 2, "h": 3}
    (made,) = documents(read(tmp_path / "deep.json", [deep]))
    assert made.dropped == (("json:fields", 2),)
    assert project(made.content) == "b\t1\ng\t2"


def test_what_the_person_says_is_the_text_stays_the_text(tmp_path: Path) -> None:
    rows = [{"name": "A", "words": "One."}]
    (made,) = documents(read(tmp_path / "rows.json", rows, columns=(("text", "words"),)))  # type: ignore[arg-type]
    assert made.content == "One."


def test_places_are_told_as_they_are_written_and_a_second_height_with_them(tmp_path: Path) -> None:
    one = '{"name":"A","altitude":3},"geometry":{"type":"Point","coordinates":[10.10,20,5]}}'
    two = '{"name":"B","altitude":NaN},"geometry":{"type":"Point","coordinates":[1,2.50]}}'
    features = ",".join(f'{{"type":"Feature","properties":{each}' for each in (one, two))
    text = f'{{"type":"FeatureCollection","features":[{features}]}}'
    first, second = documents(read(tmp_path / "a.json", text))
    assert project(first.content) == "altitude\t3\ncoordinates\t20, 10.10, 5"
    assert project(second.content) == "altitude\tNaN\ncoordinates\t2.50, 1"
