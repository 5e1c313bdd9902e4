"""Works, places and dates of publication in a terminal."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.worked import ROWS, build_works

from .conftest import call
from .test_json import check


@pytest.fixture(scope="module")
def bog(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(build_works(tmp_path_factory.mktemp("it's works")))


def test_a_part_names_its_work_its_headings_and_who_made_it(bog: str) -> None:
    lines = call("read", "First chapter", "-e", bog).out.splitlines()
    assert lines[:4] == [
        "First chapter",
        "The Peat Cutters (collection), part 2 of 3 › Part One: The bog",
        "by Orla Finn, J. Weir · published 1868",
        "",
    ]
    assert "— bog, 1868" in lines
    assert call("read", "Foreword", "-e", bog).out.splitlines()[2].endswith(" · isbn:9780306406157, wikidata:Q184395")


def test_the_lines_that_lead_to_other_parts_can_be_pasted(bog: str) -> None:
    lines = call("read", "First chapter", "-e", bog).out.splitlines()
    commands = [line.partition("): ")[2] for line in lines if line.startswith(("Previous part (", "Next part ("))]
    titles = [call(*shlex.split(command)[1:]).out.splitlines()[0] for command in commands]
    assert titles == ["Foreword", "Second chapter"]


def test_an_article_that_is_no_part_says_nothing_of_works(bog: str) -> None:
    assert call("read", "Sphagnum", "-e", bog).out == "Sphagnum\n\nSphagnum is a moss.\n\n— bog\n"


def test_markdown_and_html_say_the_same(bog: str) -> None:
    told = "The Peat Cutters (collection), part 2 of 3 › Part One: The bog"
    assert f"# First chapter\n\n{told}\n\n" in call("read", "First chapter", "-e", bog, "-f", "md").out
    assert f"<p>{told}<br>by Orla Finn" in call("read", "First chapter", "-e", bog, "-f", "html").out


def test_json_has_the_work_and_fits_its_schema(bog: str) -> None:
    document = call("read", "First chapter", "-e", bog, "--json").json
    check("read", document)
    work = document["work"]
    assert isinstance(work, dict)
    assert (work["title"], work["number"], work["parts"]) == ("The Peat Cutters", 2, 3)
    assert (work["previous"]["title"], work["next"]["title"]) == ("Foreword", "Second chapter")
    assert (document["headings"], document["published"]) == (["Part One: The bog"], "1868")
    alone = call("read", "Sphagnum", "-e", bog, "--json").json
    check("read", alone)
    assert alone["work"] is None


def test_results_say_where_they_stand(bog: str) -> None:
    said = call("search", "Tarrant", "-e", bog).out
    assert "First chapter  The Peat Cutters · page 2 · en · bog · 1868" in said
    document = call("search", "sledge", "-e", bog, "--json").json
    check("search", document)
    assert document["hits"][0]["place"] == [
        {"kind": "sheet", "value": "Store A"},
        {"kind": "row", "value": "3"},
    ]


def test_info_counts_works_and_tells_the_number_of_the_edition(bog: str, tmp_path: Path) -> None:
    said = call("info", bog).out
    assert "  edition    number 1, format 2\n" in said
    assert "  works      2\n" in said
    assert "statements" not in said
    document = call("info", bog, "--json").json
    check("info", document)
    assert (document["works"], document["statements"]) == (2, 0)
    assert document["editions"][0]["number"] == 1


def test_nothing_that_a_source_says_of_a_work_steers_the_terminal(tmp_path: Path) -> None:
    evil = {**ROWS[1], "headings": ["a\x1b[2Jb"], "creators": ["c\x9b31m"], "work": "d\x07e"}
    path = str(build_works(tmp_path, (evil, *ROWS[2:])))
    for words in (["read", "First chapter"], ["search", "Tarrant"], ["info"]):
        said = call(*words, "-e", path)
        assert not {"\x1b", "\x9b", "\x07"} & set(said.out + said.err)


def test_the_title_of_a_work_leads_to_its_first_part(bog: str) -> None:
    said = call("read", "the peat cutters", "-e", bog)
    assert said.code == 1
    command = said.err.partition("Its first part is Foreword: ")[2].splitlines()[0]
    assert call(*shlex.split(command)[1:]).out.startswith("Foreword\n")
    assert "but a work" not in call("read", "no such thing", "-e", bog).err


def test_a_transcript_shows_the_time_at_which_each_line_begins(bog: str) -> None:
    lines = call("read", "A talk about turf", "-e", bog).out.splitlines()
    assert "[00:00:00] Welcome." in lines
    assert "[00:12:05] Turf burns slowly." in lines
