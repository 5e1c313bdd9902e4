"""Excel workbooks: cells as they are shown, rows that are led to, sheets as parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.sources.office import sheets
from tests.sources.office.hostile import replaced
from tests.sources.office.made import X, relations, row, xlsx
from tests.sources.office.reading import body, documents, items, single, work


def cells(tmp_path: Path, *found: str | float, **more: object) -> str:
    content = body(single(tmp_path, "a.xlsx", xlsx({"A": row(1, *found)}, **more)))  # type: ignore[arg-type]
    return content.removeprefix('<table id="sheet:A"><tbody><tr id="row:1">').removesuffix("</tr></tbody></table>")


def test_cells_of_every_kind(tmp_path: Path):
    found = cells(
        tmp_path,
        *('<c t="s"><v>1</v></c>', "words", 2.5, '<c t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>'),
        *('<c t="str"><f>A1</f><v>made</v></c>', "<c><f>1+1</f><v>2</v></c>"),
        strings=["no", "shared &amp; kept"],
    )
    assert found == (
        "<td>shared &amp; kept</td><td>words</td><td>2.5</td><td>TRUE</td><td>#N/A</td><td>made</td><td>2</td>"
    )


def test_numbers_are_shown_as_their_formats_say_and_dates_tell_their_day(tmp_path: Path):
    found = cells(
        tmp_path,
        *('<c s="1"><v>0.25</v></c>', '<c s="2"><v>44621</v></c>', '<c s="3"><v>-1234.5</v></c>'),
        formats={1: "0.0%", 2: "d/m/yyyy", 3: "#,##0.00;(#,##0.00)"},
    )
    assert found == '<td>25.0%</td><td><time datetime="2022-03-01">1/3/2022</time></td><td>(1,234.50)</td>'


def test_days_may_be_counted_from_1904(tmp_path: Path):
    found = cells(tmp_path, '<c s="1"><v>0</v></c>', formats={1: "yyyy-mm-dd"}, date1904=True)
    assert "1904-01-01" in found


def test_a_formula_of_which_no_value_was_kept_shows_itself_and_is_counted(tmp_path: Path):
    found = single(tmp_path, "a.xlsx", xlsx({"A": row(1, "<c><f>SUM(B1:B9)</f></c>")}))
    assert "<code>=SUM(B1:B9)</code>" in found.content
    assert found.dropped == (("office:formula-without-value", 1),)


def test_merged_cells_span_and_empty_rows_and_columns_are_left_out(tmp_path: Path):
    data = row(2, "Both", "", "", 1) + row(9, "a", "b", "", "c") + '|<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'
    found = body(single(tmp_path, "a.xlsx", xlsx({"A": data})))
    assert found == (
        '<table id="sheet:A"><tbody><tr id="row:2"><td colspan="2">Both</td><td>1</td></tr>'
        '<tr id="row:9"><td>a</td><td>b</td><td>c</td></tr></tbody></table>'
    )


def test_the_first_row_heads_the_table_where_it_has_words_alone(tmp_path: Path):
    found = body(single(tmp_path, "a.xlsx", xlsx({"A": row(1, "Name", "Age") + row(2, "Bo", 7)})))
    assert found.startswith('<table id="sheet:A"><thead><tr id="row:1"><th scope="col">Name</th>')
    assert "<thead>" not in single(tmp_path, "b.xlsx", xlsx({"A": row(1, "Bo", 7) + row(2, "Al", 8)})).content


def test_sheets_are_parts_and_hidden_ones_are_counted(tmp_path: Path):
    found = items(
        tmp_path,
        "budget.xlsx",
        xlsx({"Income": row(1, "a"), "Lists": row(1, "b"), "Sheet3": row(1, "c")}, hidden=("Lists",)),
    )
    one, two = documents(found)
    assert (work(found).title, work(found).kind) == ("budget", "spreadsheet")
    assert [(each.title, each.path, each.part) for each in (one, two)] == [
        ("Income", "budget.xlsx", 1),
        ("budget: Sheet3", "budget.xlsx/2", 2),
    ]
    assert two.dropped == (("office:hidden-sheet", 1),)


def test_a_long_sheet_is_cut_into_parts_that_have_its_head_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "PART_ROWS", 2)
    data = row(1, "Name", "Age") + "".join(row(number, f"n{number}", number) for number in range(2, 6))
    found = documents(items(tmp_path, "a.xlsx", xlsx({"People": data})))
    assert [each.title for each in found] == ["People (1–2)", "People (3–4)", "People (5–5)"]
    assert (
        '<thead><tr><th scope="col">Name</th><th scope="col">Age</th></tr></thead><tbody><tr id="row:3">'
        in found[1].content
    )
    assert sum(each.content.count("<td>") for each in found) == 8


def test_remarks_are_notes_of_their_cells(tmp_path: Path):
    remarks = f'<comments {X}><authors><author>Ada</author></authors><commentList><comment ref="A1" authorId="0"><text>'
    remarks += "<r><t>Ada:</t></r><r><t>Why?</t></r></text></comment></commentList></comments>"
    links = relations({"rId1": ("comments", "../comments1.xml")})
    parts = {"xl/comments1.xml": remarks, "xl/worksheets/_rels/sheet1.xml.rels": links}
    found = body(single(tmp_path, "a.xlsx", xlsx({"A": row(1, "x")}, parts=parts)))
    assert '<td>x<sup role="doc-noteref"><a href="#comment-1">c1</a></sup></td>' in found
    assert found.endswith('<ul role="doc-endnotes"><li id="comment-1">c1 <b>Ada:</b> Why?</li></ul>')


def test_readings_of_japanese_characters_are_no_text(tmp_path: Path):
    shared = f"<sst {X}><si><t>東京</t><rPh><t>トウキョウ</t></rPh></si></sst>"
    raw = xlsx({"A": row(1, '<c t="s"><v>0</v></c>')}, parts={})
    assert "<td>東京</td>" in single(tmp_path, "a.xlsx", replaced(raw, {"xl/sharedStrings.xml": shared})).content


def test_letters_that_are_raised_lowered_or_struck_in_a_cell_are_marked(tmp_path: Path):
    strings = [
        '<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>3</t></r><r><t xml:space="preserve"> L</t></r>',
        "<r><rPr><strike/></rPr><t>Ann</t></r><r><t>Bea</t></r><rPh><t>x</t></rPh>",
    ]
    shared = f"<sst {X}>{''.join(f'<si>{text}</si>' for text in strings)}</sst>"
    inline = '<c t="inlineStr"><is><r><t>CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></is></c>'
    made = xlsx({"A": row(1, '<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', inline)})
    found = body(single(tmp_path, "a.xlsx", replaced(made, {"xl/sharedStrings.xml": shared.encode()})))
    assert "<td>10<sup>3</sup> L</td><td><s>Ann</s>Bea</td><td>CO<sub>2</sub></td>" in found


def test_a_cell_that_is_struck_by_its_style_is_marked(tmp_path: Path):
    styles = (
        f"<styleSheet {X}><fonts><font/><font><strike/></font></fonts>"
        '<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    )
    made = xlsx({"A": row(1, 5, '<c s="1"><v>50</v></c>')})
    found = body(single(tmp_path, "a.xlsx", replaced(made, {"xl/styles.xml": styles.encode()})))
    assert "<td>5</td><td><s>50</s></td>" in found


def test_what_was_written_behind_the_struck_text_of_a_struck_cell_is_not_struck(tmp_path: Path):
    styles = f'<styleSheet {X}><fonts><font><strike/></font></fonts><cellXfs><xf fontId="0"/></cellXfs></styleSheet>'
    text = '<r><t>50</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 5</t></r>'
    shared = f"<sst {X}><si>{text}</si></sst>"
    made = xlsx({"A": row(1, '<c s="0" t="s"><v>0</v></c>', f'<c s="0" t="inlineStr"><is>{text}</is></c>')})
    made = replaced(made, {"xl/styles.xml": styles.encode(), "xl/sharedStrings.xml": shared.encode()})
    assert body(single(tmp_path, "a.xlsx", made)).count("<td><s>50</s> 5</td>") == 2


def test_lines_of_a_cell_stay_lines_and_signs_by_number_are_signs(tmp_path: Path):
    assert cells(tmp_path, "Diesel&#10;Water", "a_x000D_&#10;b_x0041_") == "<td>Diesel<br>Water</td><td>a<br>bA</td>"
