"""How letters look in workbooks of before 2007: xlrd says it by fonts, here stood in for."""

from __future__ import annotations

from types import SimpleNamespace

from galactica.sources.office.xls import _cell

PLAIN, RAISED, STRUCK = (SimpleNamespace(escapement=e, struck_out=s) for e, s in ((0, 0), (1, 0), (0, 1)))
BOOK = SimpleNamespace(
    font_list=[PLAIN, RAISED, STRUCK],
    xf_list=[SimpleNamespace(font_index=0, format_key=0), SimpleNamespace(font_index=2, format_key=0)],
    format_map={0: SimpleNamespace(format_str="General")},
    datemode=0,
)


def test_a_run_that_is_raised_is_marked():
    cell = SimpleNamespace(ctype=1, value="10 to 3 L", xf_index=0)
    assert _cell(BOOK, cell, {}, [(6, 1), (7, 0)]) == ("10 to <sup>3</sup> L", True)


def test_a_cell_that_is_struck_is_marked():
    cell = SimpleNamespace(ctype=2, value=50.0, xf_index=1)
    assert _cell(BOOK, cell, {}, None) == ("<s>50</s>", False)


def test_what_was_written_behind_the_struck_text_of_a_struck_cell_is_not_struck():
    cell = SimpleNamespace(ctype=1, value="50 5", xf_index=1)
    assert _cell(BOOK, cell, {}, [(2, 0)]) == ("<s>50</s> 5", True)
