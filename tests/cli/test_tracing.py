"""trace in a terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from galactica.train.views.view import View
from tests.train.views.conftest import article, edition, view_of

from .conftest import call
from .test_json import check

TEXT = "He said that the lighthouse of Port 7 was lit in the year 1707 by 10 keepers. Then he left."


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracing")
    rows = [article(number) for number in range(12)]
    rows[7]["title"] = "Port 7\x1b[31m"
    view_of(folder / "mine.view", edition(folder, rows, licence="CC-BY-SA-4.0"))
    return folder / "mine.view"


def test_stretches_are_told_with_where_they_stand(view: Path) -> None:
    said = call("trace", str(view), TEXT, "--least", "30", "-q")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].endswith("stand in the view word for word, in 1 span of 30 bytes or more")
    assert "“he lighthouse of Port 7 was lit in the year 1707 by 10 keepers. ”" in lines[2]
    assert "Port 7" in lines[3]
    assert "CC-BY-SA-4.0" in lines[3]
    assert "\x1b" not in said.out


def test_a_program_is_given_a_document_of_its_schema(view: Path) -> None:
    document = call("trace", str(view), TEXT, "--least", "30", "--json", "-q").json
    check("trace", document)
    texts = document["texts"]
    assert isinstance(texts, list)
    (traced,) = texts
    (span,) = traced["spans"]
    assert TEXT[slice(*span["span"])] == span["words"]
    assert span["places"][0]["path"] == "article-7"
    assert traced["verbatim"] == span["bytes"]


def test_nothing_found_is_said_and_is_no_error(view: Path) -> None:
    said = call("trace", str(view), "全く別の文章である。", "-q")
    assert said.code == 0
    assert said.out.startswith("Nothing of ")
    assert "--least" in said.out


def test_a_text_of_nothing_is_no_text(view: Path) -> None:
    said = call("trace", str(view), "", "-q")
    assert said.code == 2
    assert "no text" in said.err


def test_a_file_and_standard_input_are_read(view: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text").write_text(TEXT, encoding="utf-8")
    told = call("trace", str(view), TEXT, "--least", "30", "-q").out
    assert call("trace", str(view), "--file", str(tmp_path / "text"), "--least", "30", "-q").out == told
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert call("trace", str(view), "--least", "30", "-q").out == told


def test_what_is_no_view_or_no_file_is_said(view: Path, tmp_path: Path) -> None:
    assert call("trace", str(tmp_path / "none.view"), TEXT).code == 3
    assert call("trace", str(view), "--file", str(tmp_path / "none")).code == 3
    assert call("trace", str(view), "x" * 2_000_000).code == 2


def test_a_damaged_index_is_refused_with_what_to_do(view: Path) -> None:
    call("trace", str(view), TEXT, "-q")
    index = view.with_suffix(".trace") / "trace.json"
    raw = index.read_bytes()
    index.write_bytes(raw[:-5])
    said = call("trace", str(view), TEXT)
    assert said.code == 3
    assert "Remove the folder" in said.err
    index.write_bytes(raw)


@pytest.fixture
def model(view: Path, tmp_path: Path) -> Path:
    """The folder of a model that learned from the view, as far as it is looked at."""
    with View.open(view) as opened:
        learned = opened.read([3])[0].decode()
        told = {"view": {"hash": opened.hash, "name": view.name}, "samples": []}
    samples = [{"prompt": "", "text": "全く別の文章である。"}, {"prompt": learned[:12], "text": learned[12:150]}]
    out = tmp_path / "my.model"
    out.mkdir()
    (out / "training.json").write_text(json.dumps({**told, "samples": samples}), encoding="utf-8")
    return out


def test_the_samples_of_a_model_are_traced_in_its_view(view: Path, model: Path) -> None:
    said = call("trace", str(model), "--view", str(view), "--least", "30", "-q").out
    assert said.startswith("1. “全く別の文章である。”\nNothing of 30 bytes")
    assert "2. “Article 3 " in said
    assert "Of all 2 texts " in said
    document = call("trace", str(model), "--view", str(view), "--least", "30", "--json", "-q").json
    check("trace", document)
    texts, memorised = document["texts"], document["memorised"]
    assert isinstance(texts, list)
    assert isinstance(memorised, list)
    assert len(texts) == 2
    assert memorised[0]["share"] > 0.5


def test_a_text_is_traced_in_the_view_of_a_model(view: Path, model: Path) -> None:
    own = call("trace", str(view), TEXT, "--least", "30", "-q").out
    assert call("trace", str(model), TEXT, "--view", str(view), "--least", "30", "-q").out == own


def test_a_model_of_another_view_or_one_that_says_nothing_is_refused(view: Path, model: Path) -> None:
    assert call("trace", str(model)).code == 3  # its view does not lie beside it
    told = json.loads((model / "training.json").read_text("utf-8"))
    told["view"]["hash"] = "0" * 64
    (model / "training.json").write_text(json.dumps(told), encoding="utf-8")
    said = call("trace", str(model), "--view", str(view))
    assert said.code == 2
    assert "did not learn from" in said.err
    for raw in ("", "[]", "{}", '{"view": 5, "samples": [5]}', "[" * 99_999):
        (model / "training.json").write_text(raw)
        assert call("trace", str(model)).code == 3
