"""Where sources differ, in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.joining.disagreements.shelf import made_edition

from .conftest import call
from .test_json import check


@pytest.fixture(scope="module")
def norrby(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(made_edition(tmp_path_factory.mktemp("norrby")))


def test_both_sides_are_shown_with_their_words(norrby: str) -> None:
    said = call("disagreements", norrby, "Norrby").out
    assert "2 differ, 1 differ in time" in said
    assert "Norrby · area: differ" in said
    assert "guide (no date): “The town of Norrby covers 12.5 km2.”" in said
    assert "beside: gazette (no date, reported)" in said
    assert "within one article" in said


def test_a_series_stands_in_order(norrby: str) -> None:
    said = call("disagreements", norrby, "Norrby", "--property", "population").out
    assert said.index("4,100") < said.index("4,350")
    assert "area" not in said


def test_trust_decides_and_says_what_it_changes(norrby: str, tmp_path: Path) -> None:
    (tmp_path / "trust.toml").write_text('order = ["gazette"]')
    said = call("disagreements", norrby, "--trust", str(tmp_path / "trust.toml")).out
    assert "14 km²  ← you believe this (order)" in said
    assert "More sources say otherwise." in said
    assert "Your trust decides 1 of 2 that are open, 1 of them against most sources." in said
    assert "believe this" not in call("disagreements", norrby).out


def test_a_source_that_trust_names_and_that_is_not_there_is_said(norrby: str, tmp_path: Path) -> None:
    (tmp_path / "trust.toml").write_text('order = ["gazette", "gazete"]')
    said = call("disagreements", norrby, "--trust", str(tmp_path / "trust.toml"))
    assert said.code == 0
    assert "No source here is called 'gazete', which --trust names" in said.err
    assert "'gazette'" in said.err
    (tmp_path / "trust.toml").write_text('order = ["gazette"]')
    assert "No source" not in call("disagreements", norrby, "--trust", str(tmp_path / "trust.toml")).err


def test_a_file_of_trust_that_is_none_is_refused(norrby: str, tmp_path: Path) -> None:
    assert call("disagreements", norrby, "--trust", str(tmp_path / "none.toml")).code != 0
    (tmp_path / "bad.toml").write_text("order = 1")
    assert call("disagreements", norrby, "--trust", str(tmp_path / "bad.toml")).code == 2


def test_records_come_with_intervals(norrby: str) -> None:
    assert "atlas: 1 of 1 (21% to 100%); area 1/1" in call("disagreements", norrby, "--records").out


def test_json_fits_its_schema(norrby: str) -> None:
    for more in ((), ("Norrby",), ("--records",), ("--kind", "all")):
        check("disagreements", call("disagreements", norrby, *more, "--json").json)


def test_what_was_not_compared_is_said_with_what_to_do(tmp_path: Path, norrby: str) -> None:
    from galactica.library import build

    (tmp_path / "a.md").write_text("# A\n\nText.")
    build(tmp_path / "e", [str(tmp_path / "a.md")], workers=1, meaning=False)
    done = call("disagreements", str(tmp_path / "e"))
    assert done.code != 0
    assert "galactica join" in done.err
    assert call("disagreements", norrby, "Nowhere").code != 0
