"""join and claims in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.test_kept import ROWS, changed
from tests.worked import build_works

from .conftest import call
from .test_json import check


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    old = str(build_works(tmp_path_factory.mktemp("old"), ROWS))
    new = str(build_works(tmp_path_factory.mktemp("new"), changed()))
    assert call("join", old, "--only", "claims", "-q", "-j", "1").code == 0
    return old, new


def test_join_tells_what_was_made_and_what_became_of_an_older_edition(land: tuple[str, str]) -> None:
    old, new = land
    said = call("join", new, "--only", "claims", "--parent", old, "-q", "-j", "1")
    assert "Of the older edition's claims: 2 kept, 1 moved, 1 changed, 2 gone." in said.out
    document = call("join", new, "--only", "claims", "--json").json
    check("join", document)
    assert document["stages"] == [{"name": "claims", "made": False}]
    listed = call("claims", new, "--against", old).out.splitlines()
    assert "changed: a: population = 12,000 (2011) → 13,000 (2021)" in listed
    assert len(listed) == 4
    check("claims", call("claims", new, "--against", old, "--json").json)


def test_claims_are_shown_by_article_and_property(land: tuple[str, str]) -> None:
    old, _ = land
    assert call("claims", old, "Aland").out.splitlines()[:2] == ["Aland: capital = Ham", "    “Capital Ham”"]
    assert "Towns: Ham: population = 9" in call("claims", old, "--property", "population").out
    assert call("claims", old, "--property", "spouse").err.strip() == "No claims."
    assert "more than 1" in call("claims", old, "-n", "1").err
    check("claims", call("claims", old, "--json").json)


def test_mistakes_are_told_in_words(land: tuple[str, str], tmp_path: Path) -> None:
    old, _ = land
    assert call("join", old, "--only", "cooking").code == 2
    assert call("claims", old, "Nowhere land").code == 1
    assert call("claims", old, "Aland", "--against", old).code == 2
    assert call("claims", str(tmp_path / "none.edition")).code != 0


def test_claims_of_all_articles_of_a_name_are_shown(tmp_path: Path) -> None:
    for name, capital in (("east", "Ham"), ("west", "Bor")):
        (tmp_path / name).mkdir()
        text = (
            f"<html lang='en'><title>Aland</title><p>Aland is a country. The capital of Aland is {capital}.</p></html>"
        )
        (tmp_path / name / "aland.html").write_text(text)
    made = str(tmp_path / "lands.edition")
    assert call("build", made, str(tmp_path / "east"), str(tmp_path / "west"), "-q").code == 0
    assert call("join", made, "--only", "claims", "-q", "-j", "1").code == 0
    shown = call("claims", made, "Aland", "--property", "capital").out
    assert "Aland: capital = Ham" in shown
    assert "Aland: capital = Bor" in shown
