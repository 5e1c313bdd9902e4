"""Works and places over the Model Context Protocol."""

from __future__ import annotations

import pytest

from galactica import library
from tests.mcp.test_tools import call
from tests.worked import build_works


@pytest.fixture(scope="module")
def bog(tmp_path_factory):
    with library.open_library([build_works(tmp_path_factory.mktemp("mcp-works"))]) as one:
        yield one


def test_results_say_their_work_and_place(bog):
    told = call(bog, "search", query="sledge")
    (hit, *_) = told.document["hits"]
    assert (hit["work"], [each["value"] for each in hit["place"]]) == ("Stock", ["Store A", "3"])
    assert "Stock list · Stock · sheet Store A, row 3 · en" in told.words


def test_a_part_leads_to_the_parts_beside_it(bog):
    told = call(bog, "read", article="First chapter")
    work = told.document["work"]
    assert (work["title"], work["number"], work["parts"]) == ("The Peat Cutters", 2, 3)
    assert call(bog, "read", article=work["next"]["address"]).document["title"] == "Second chapter"
    assert call(bog, "read", article=work["previous"]["address"]).document["work"]["previous"] is None
    assert "The Peat Cutters (collection), part 2 of 3 › Part One: The bog" in told.words
    assert f"Next part: “Second chapter”, {work['next']['address']}" in told.words
    assert told.document["date"] == "1868"


def test_what_is_no_part_has_no_work(bog):
    told = call(bog, "read", article="A talk about turf")
    assert told.document["work"] is None
    assert (told.document["published"], told.document["headings"]) == ("2019-04", [])


def test_a_piece_says_the_place_at_which_it_begins(bog):
    page = call(bog, "read", article="A talk about turf")
    offset = page.document["text"].index("Turf")
    assert " · 00:12:05 · " in call(bog, "read", article="A talk about turf", offset=offset).words
