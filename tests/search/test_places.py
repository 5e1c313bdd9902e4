"""Results say where in its source they stand, of which work, and when that was published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from galactica.model import Hit
from galactica.model.anchors import told
from tests.search.pretended import FILLER, article, searcher

LEDGER = replace(
    article("Harbour ledger"),
    body=(
        '<h2 id="sheet:Ships">Ships</h2>\n<table>\n<tr id="row:1"><th>ship</th><th>cargo</th></tr>\n'
        '<tr id="row:2"><td>Petrel</td><td>saltpetre</td></tr>\n<tr id="row:3"><td>Gannet</td><td>molasses</td></tr>\n'
        "</table>"
    ),
    work="ledger",
    part=1,
)
MEMOIR = replace(
    article("Chapter four"),
    body='<p><span id="page:61"></span>We sailed at dawn. <span id="page:62"></span>The quartermaster was ill.</p>',
    published="1820-03",
)


def found(tmp_path, query: str) -> Hit:
    return searcher(tmp_path / "text", LEDGER, MEMOIR, *FILLER).search(query).hits[0]


@pytest.mark.parametrize(
    ("query", "place", "anchor"),
    [
        ("saltpetre", "sheet Ships, row 2", "row:2"),
        ("molasses", "sheet Ships, row 3", "row:3"),
        ("Harbour ledger", "sheet Ships", "sheet:Ships"),
        ("quartermaster", "page 62", "page:62"),
        ("dawn", "page 61", "page:61"),
        ("amber", "", ""),
    ],
)
def test_a_hit_stands_where_the_first_word_that_matched_stands(tmp_path, query, place, anchor):
    hit = found(tmp_path, query)
    assert (told(hit.place), hit.anchor) == (place, anchor)


def test_a_hit_names_its_work_and_is_dated_by_what_was_published(tmp_path):
    assert [(hit.work, hit.date) for hit in (found(tmp_path, word) for word in ("saltpetre", "dawn", "amber"))] == [
        ("The ledger", "1815"),
        ("", "1820-03"),
        ("", "2020-02-02"),
    ]


def test_a_time_of_change_goes_before_a_date_of_publication(tmp_path):
    changed = replace(MEMOIR, modified="2021-01-01T00:00:00Z")
    assert searcher(tmp_path / "text", changed, *FILLER).search("dawn").hits[0].date == "2021-01-01T00:00:00Z"


def test_a_passage_stands_where_it_begins(tmp_path):
    (passage,) = searcher(tmp_path / "text", LEDGER, MEMOIR, *FILLER).passages("quartermaster", by="words")[:1]
    assert (told(passage.place), passage.work) == ("page 61", "")
