"""Excel workbooks of before 2007."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.errors import InputError
from tests.sources.office.old import cell, compound, merged, xls
from tests.sources.office.reading import body, documents, items, single, work


def test_cells_are_shown_as_their_formats_say(tmp_path: Path):
    cells = cell(0, 0, "Köln") + cell(0, 1, 7.0) + cell(0, 2, 0.25, 1) + cell(0, 3, 44621.0, 2) + cell(0, 4, True)
    assert body(single(tmp_path, "a.xls", xls({"A": cells}))) == (
        '<table id="sheet:A"><tbody><tr id="row:1"><td>Köln</td><td>7</td><td>25.0%</td>'
        '<td><time datetime="2022-03-01">2022-03-01</time></td><td>TRUE</td></tr></tbody></table>'
    )


def test_sheets_are_parts_hidden_ones_are_counted_and_merged_cells_span(tmp_path: Path):
    first = cell(0, 0, "Town") + cell(0, 1, "Bakers") + cell(4, 0, "Both") + merged(4, 4, 0, 1)
    found = items(tmp_path, "a.xls", xls({"Guild": first, "Gone": cell(0, 0, "x"), "More": cell(2, 0, "y")}, ("Gone",)))
    one, two = documents(found)
    assert work(found).kind == "spreadsheet"
    assert [(each.path, each.title) for each in (one, two)] == [("a.xls", "Guild"), ("a.xls/2", "More")]
    assert '<tr id="row:5"><td colspan="2">Both</td></tr>' in one.content
    assert '<tr id="row:3"><td>y</td></tr>' in two.content
    assert two.dropped == (("office:hidden-sheet", 1),)


def test_what_is_no_workbook_or_broken_is_refused_in_words(tmp_path: Path):
    with pytest.raises(InputError, match="old Excel workbook that cannot be read"):
        items(tmp_path, "a.xls", compound("Workbook", b"\x09\x08"))
    with pytest.raises(InputError, match="a compound file of another kind"):
        items(tmp_path, "b.xls", compound("Thumbs", b"x"))
