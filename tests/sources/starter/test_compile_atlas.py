"""The atlas's compiler takes figures, and nothing that is not plainly one."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def compiler():
    path = Path(__file__).parents[3] / "tools" / "compile_atlas.py"
    spec = importlib.util.spec_from_file_location("compile_atlas", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["compile_atlas"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["compile_atlas"]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("312,685 sq km", "sq km", "312685"),
        ("1.284 million sq km", "sq km", "1284000"),
        ("$722.912 billion (2024 est.)", "", "722912000000"),
        ("-0.98% (2025 est.)", "%", "-0.98"),
        ("643,801 sq km ; 551,500 sq km (metropolitan France)", "sq km", "643801"),
        ("0 km (landlocked)", "km", "0"),
        ("3 sq km less than", "sq km", ""),
        ("uninhabited", "", ""),
        ("NA", "sq km", ""),
        ("12 nm", "km", ""),
    ],
)
def test_figures(compiler, text, unit, value):
    assert compiler.figure(text, unit) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rysy 2,499 m", ("Rysy", "2499")),
        ("unnamed elevation 675 m; located south of a town", ("", "675")),
        ("K2 (Mt. Godwin-Austen) 8,611 m", ("K2", "8611")),
        ("Mont Blanc 4,810", ("Mont Blanc", "4810")),
        ("near a lake -2.4 m", ("near a lake", "-2.4")),
        ("a glacier more than -3,500 m", ("", "")),
        ("sea level", ("", "")),
    ],
)
def test_elevations(compiler, text, expected):
    assert compiler.elevation(text) == expected


def test_days_of_independence_only_where_plain(compiler):
    assert compiler.independence("5 July 1962 (from France)") == "1962-07-05"
    assert (
        compiler.independence("4 July 1776 (declared independence from Great Britain); 3 September 1783")
        == "1776-07-04"
    )
    assert compiler.independence("1492") == ""
    assert compiler.independence("31 February 1900") == ""
    assert compiler.independence("none (territory of the US)") == ""


def test_coordinates_have_to_be_on_earth(compiler):
    assert compiler.coordinates("52 00 N, 20 00 E") == "52 00 N, 20 00 E"
    assert compiler.coordinates("17 90 N, 62 85 W") == ""


def test_borders_resolve_and_add_up(compiler):
    page = {
        "Geography": {
            "Land boundaries": {
                "border countries": {
                    "text": "Algeria 1,941 km (disputed); Spain (Ceuta) 8 km and Spain (Melilla) 10.5 km; Nowhere 3 km"
                }
            }
        }
    }
    places = [{"gec": "ag", "name": "Algeria", "aliases": ""}, {"gec": "sp", "name": "Spain", "aliases": "Es"}]
    found = list(compiler.borders("mo", page, compiler.resolver(places)))
    assert found == [("mo", "Nowhere", "3"), ("mo", "ag", "1941"), ("mo", "sp", "18.5")]


def test_languages_with_their_share_and_rank(compiler):
    text = "Polish (official) 98.2%, other 1%, Blah, Serbian or Croatian <1%, Greek only 3% (2011 est.); note - more"
    page = {"People and Society": {"Languages": {"Languages": {"text": text}}}}
    known = {name: name for name in ("Polish", "Serbian", "Greek")}
    assert list(compiler.spoken("pl", page, known)) == [
        ("pl", "Polish", "official", "98.2", "2011"),
        ("pl", "Serbian", "", "", "2011"),
    ]


def test_pages_become_sorted_tables(compiler, tmp_path):
    (tmp_path / "europe").mkdir()
    page = {
        "Geography": {"Area": {"total ": {"text": "312,685 sq km"}}, "Coastline": {"text": "440 km"}},
        "Government": {"Country name": {"conventional long form": {"text": "Republic of <b>Poland</b>"}}},
    }
    (tmp_path / "europe" / "pl.json").write_text(json.dumps(page))
    compiled = compiler.compile_tables(tmp_path)
    assert compiled["facts.tsv"] == "gec\tfact\tvalue\tyear\tnote\npl\tarea_total\t312685\t\t\npl\tcoastline\t440\t\t\n"
    assert compiled["names.tsv"] == "gec\tkind\tname\npl\tofficial\tRepublic of Poland\n"
