"""A file of JSON without documents and rows is one article of its fields; settings with comments too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.sources import json_page
from tests.sources.retold import told


def test_one_object_is_an_article_called_by_its_name(tmp_path: Path) -> None:
    ship = {"name": "MV Astrid", "imo": "0912345", "crew": ["Ole", "Li"], "hull": {"draught": 7.25, "steel": True}}
    found = told(tmp_path, "ship.json", json.dumps(ship))
    assert (found.document.title, found.document.path) == ("MV Astrid", "ship.json")
    assert found.text == "imo\t0912345\ncrew\tOle, Li\nhull: draught\t7.25\nhull: steel\tyes"


def test_numbers_are_told_as_they_are_written(tmp_path: Path) -> None:
    found = told(tmp_path, "n.json", '{"a": 12345678901234567890123, "b": 1.10, "c": 1E400, "d": null, "e": NaN}')
    assert found.text == "a\t12345678901234567890123\nb\t1.10\nc\t1E400\ne\tNaN"


def test_comments_and_commas_too_much_are_passed_over_and_counted(tmp_path: Path) -> None:
    text = '{\n // the pump\n "name": "Pump // 3", /* of\n old */ "bar": [1.5, 2,],\n "url": "a,}", }\n'
    found = told(tmp_path, "c.json", text)
    assert found.document.title == "Pump // 3"
    assert found.text == "bar\t1.5, 2\nurl\ta,}"
    assert found.dropped == {"json:comment": 2}


def test_several_lists_of_things_are_one_article_and_of_documents_are_refused(tmp_path: Path) -> None:
    assert told(tmp_path, "a.json", '{"a": [{"x": 1}], "b": [{"y": 2}]}').text == "a 1: x\t1\nb 1: y\t2"
    with pytest.raises(InputError, match="several lists"):
        told(tmp_path, "b.json", '{"a": [{"text": "One."}], "b": [{"text": "Two."}]}')


def test_a_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_page, "MAX_PAGE", 20)
    with pytest.raises(InputError, match="no document"):
        told(tmp_path, "a.json", '{"a": "some more than that"}')


@pytest.mark.parametrize("text", ['{"a": 1 /* no end', '{"a": 1} "', '{"a":' * 50_000, "{}"])
def test_what_is_broken_is_one_clear_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        told(tmp_path, "a.json", text)


def test_what_is_said_twice_is_kept_twice(tmp_path: Path) -> None:
    assert told(tmp_path, "a.json", '{"a": "one", "a": "two", "a": "one"}').text == "a\tone\na (2)\ttwo"


def test_a_name_is_text_and_no_markup(tmp_path: Path) -> None:
    assert told(tmp_path, "a.json", '{"title": "a < b & <c>", "x": null}').text == "a < b & <c>"


def test_of_objects_of_which_some_have_a_text_none_is_lost(tmp_path: Path) -> None:
    text = '{"unit": {"description": "A pump."}, "service": {"start": "/bin/x", "type": "simple"}}'
    assert (
        told(tmp_path, "a.json", text).text
        == "unit: description\tA pump.\nservice: start\t/bin/x\nservice: type\tsimple"
    )


def test_thousands_of_fields_are_all_told(tmp_path: Path) -> None:
    found = told(tmp_path, "a.json", json.dumps({f"key {n}": f"text {n}" for n in range(3_000)}))
    assert found.text.count("\n") == 2_999
    assert found.dropped == {}
