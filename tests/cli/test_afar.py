"""The verbs that read, over a static edition."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.cli.entry import run
from galactica.library import lay_out_static
from tests.spread.static.made import build_edition


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("afar")
    lay_out_static(build_edition(folder), folder / "static")
    return folder / "static"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALACTICA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("GALACTICA_CACHE", str(tmp_path / "cache"))


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_a_static_edition_is_searched(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "search", "-e", str(place), "springs")
    assert code == 0
    assert "Spring (water)" in out
    assert "NOTHING VOUCHES" in err
    code, out, _ = said(capsys, "search", "-e", str(place), "--json", "springs")
    hits = json.loads(out)["hits"]
    assert [hit["title"] for hit in hits] == ["Spring (water)", "River"]


def test_titles_are_suggested(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "suggest", "-e", str(place), "str")
    assert (code, out) == (0, "Stream → River\n")


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_an_article_is_read_with_where_it_is_from(place: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    code, out, _ = said(capsys, "read", "-e", str(place), "-f", form, "Stream")
    assert code == 0
    assert "downhill to the sea" in out
    if form != "html":
        assert "CC-BY-SA-4.0" in out


def test_what_is_not_there_is_said_with_what_is_near(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "read", "-e", str(place), "Riv")
    assert code == 1
    assert "Did you mean: River?" in err


def test_it_is_described(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "info", str(place))
    assert code == 0
    assert "articles   10" in out
    code, out, _ = said(capsys, "info", "--json", str(place))
    assert json.loads(out)["articles"] == 10


def test_the_root_that_was_named_is_compared(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = json.loads((place / "manifest.json").read_text())["root"]
    code, _, err = said(capsys, "search", "-e", f"{place}#{root}", "springs")
    assert code == 0
    assert "whose root you named" in err
    code, _, err = said(capsys, "search", "-e", f"{place}#{'0' * 64}", "springs")
    assert code == 4
    assert root in err
    code, _, err = said(capsys, "search", "-e", f"{place}#abc", "springs")
    assert code == 2


def test_it_is_read_by_itself(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "search", "-e", str(place), "-e", str(place), "springs")
    assert code == 2
    assert "by itself" in err


def test_a_question_is_answered_out_of_it(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "ask", "-e", str(place), "--reader", "rules", "Where does a river begin?")
    assert code in (0, 1)
    assert "spring" in out
    assert "articles that search found best" in err
    assert said(capsys, "ask", "-e", str(place), "--group", "Where?")[0] == 2
