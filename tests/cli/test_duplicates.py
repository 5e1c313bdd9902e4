"""duplicates in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.joining.making import built, made_text, paragraphs

from .conftest import call
from .test_json import check

LONG = made_text(240, 1)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copied")
    near = paragraphs(" ".join([*LONG.split()[:100], *LONG.split()[110:]]))
    one = [("a", "Alpha", paragraphs(LONG)), ("p", "Pi", paragraphs(made_text(60, 3), made_text(20, 4)))]
    two = [
        ("b", "Beta", paragraphs(LONG)),
        ("c", "Gamma", near),
        ("q", "Q", paragraphs(made_text(90, 5), made_text(20, 4))),
    ]
    return built(folder / "made", one=one, two=two).path


def test_clusters_are_told_around_the_one_that_is_kept(copied: Path) -> None:
    said = call("duplicates", str(copied), "-q")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Of 5 articles: 1 the same, 1 nearly the same"
    assert lines[2:] == [
        "Alpha  [one, a]",
        "  the same: Beta  [two, b]",
        "  nearly the same, 93% of both: Gamma  [two, c]",
    ]


def test_what_is_exactly_the_same_is_left_out_where_that_is_asked_for(copied: Path) -> None:
    assert "Beta" not in call("duplicates", str(copied), "--near", "-q").out


def test_paragraphs_of_several_articles_are_shown_with_their_text(copied: Path) -> None:
    said = call("duplicates", str(copied), "--paragraphs", "-q").out
    assert "2 articles, 0 of them begin with it; first in Pi" in said
    assert made_text(20, 4) in said


def test_a_program_is_given_a_document_of_its_schema(copied: Path) -> None:
    document = call("duplicates", str(copied), "--paragraphs", "--json").json
    check("duplicates", document)
    assert document["total"] == 1
    assert [copy["kind"] for copy in document["clusters"][0]["copies"]] == ["exact", "near"]
