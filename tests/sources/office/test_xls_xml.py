"""Workbooks of Excel 2003 in XML."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model.projection import project
from tests.sources.office.reading import body, documents, items, single, work

EXCEL = "urn:schemas-microsoft-com:office:excel"
HTML = "http://www.w3.org/TR/REC-html40"
STYLES = (
    '<Styles><Style ss:ID="Default" ss:Name="Normal"/><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="m"><NumberFormat ss:Format="[$-409]d\\-mmm\\-yy;@"/></Style><Style ss:ID="p"><NumberFormat '
    'ss:Format="Percent"/></Style><Style ss:ID="x" ss:Parent="p"><Font ss:StrikeThrough="1"/></Style></Styles>'
)


def sheet(rows: str, name: str = "Stock", after: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{after}</Worksheet>'


def book(*sheets: str, before: str = "") -> bytes:
    spaces = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    text = (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {spaces} '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{before}{STYLES}{"".join(sheets)}</Workbook>'
    )
    return text.encode()


def cell(value: object, kind: str = "String", **said: object) -> str:
    attributes = "".join(f' ss:{name}="{text}"' for name, text in said.items())
    return f'<Cell{attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def told(folder: Path, rows: str, name: str = "a.xls") -> list[str]:
    return project(single(folder, name, book(sheet(rows))).content).split("\n")


@pytest.mark.parametrize("name", ["a.xls", "a.xml", "a.xlsx"])
def test_cells_are_shown_as_their_formats_say(tmp_path: Path, name: str):
    row = "".join(
        [
            cell("Köln &amp; Bonn"),
            *(cell(7, "Number"), cell("0.25", "Number", StyleID="p"), cell("0.5", "Number", StyleID="x")),
            *(cell("2024-05-03T00:00:00.000", "DateTime", StyleID=style) for style in ("d", "m")),
            *(cell("2024-05-03T10:30:00.000", "DateTime"), cell("1899-12-31T12:00:00.000", "DateTime")),
            *(cell(1, "Boolean"), cell("#N/A", "Error"), cell("1234567890123456", "Number")),
        ]
    )
    assert told(tmp_path, f"<Row>{row}</Row>", name) == [
        "Köln & Bonn\t7\t25.00%\t50.00%\t2024-05-03\t3-May-24\t2024-05-03 10:30:00\t1899-12-31 12:00:00\tTRUE\t#N/A"
        "\t1234567890123456"
    ]


def test_what_is_struck_through_is_left_out_and_counted(tmp_path: Path):
    made = single(tmp_path, "a.xls", book(sheet(f"<Row>{cell(0.5, 'Number', StyleID='x')}</Row>")))
    assert "<s>50.00%</s>" in made.content


def test_rows_and_cells_stand_where_they_say_and_merged_ones_span(tmp_path: Path):
    rows = (
        f"<Row>{cell('Head', MergeAcross='1')}{cell('C')}</Row>"
        f'<Row ss:Index="4" ss:Hidden="1">{cell("B4", Index="2")}{cell("C4")}</Row>'
        f"<Row>{cell('A5', MergeDown='1')}{cell('B5')}</Row>"
        f'<Row>{cell("B6", Index="2")}</Row><Row ss:Index="2">{cell("late")}</Row>'
    )
    assert body(single(tmp_path, "a.xls", book(sheet(rows)))) == (
        '<table id="sheet:Stock"><thead><tr id="row:1"><th scope="col" colspan="2">Head</th><th scope="col">C</th></tr>'
        '</thead><tbody><tr id="row:4"><td></td><td>B4</td><td>C4</td></tr>'
        '<tr id="row:5"><td rowspan="2">A5</td><td>B5</td><td></td></tr><tr id="row:6"><td>B6</td><td></td></tr>'
        '<tr id="row:7"><td>late</td><td></td><td></td></tr></tbody></table>'
    )


def test_formulas_show_what_they_came_to_links_lead_and_remarks_are_notes(tmp_path: Path):
    remark = f'<Comment ss:Author="Ole"><ss:Data xmlns="{HTML}"><B>Ole:</B>&#10;Check.</ss:Data></Comment>'
    rows = (
        '<Row><Cell ss:Formula="=RC[-1]*2"><Data ss:Type="Number">14</Data></Cell><Cell ss:Formula="=NOW()"/>'
        f'<Cell ss:HRef="https://x.example/"><Data ss:Type="String">Site</Data>{remark}</Cell></Row>'
    )
    made = single(tmp_path, "a.xls", book(sheet(rows)))
    assert made.dropped == (("office:formula-without-value", 1),)
    assert '<a href="https://x.example/">Site</a>' in made.content
    assert "<b>Ole:</b> Check." in made.content
    assert "<code>=NOW()</code>" in made.content
    assert project(made.content).startswith("14\t=NOW()\tSite")


def test_letters_that_are_raised_lowered_or_struck_keep_their_marks(tmp_path: Path):
    letters = "10<Sup>6</Sup> H<Sub>2</Sub>O <S>5</S><B>6</B>&#10;x"
    rich = f'<Cell><ss:Data ss:Type="String" xmlns="{HTML}">{letters}</ss:Data></Cell>'
    made = single(tmp_path, "a.xls", book(sheet(f"<Row>{rich}</Row>")))
    assert "<td>10<sup>6</sup> H<sub>2</sub>O <s>5</s><b>6</b><br>x</td>" in made.content


def test_sheets_are_parts_hidden_ones_are_counted_and_margins_told(tmp_path: Path):
    gone = f'<WorksheetOptions xmlns="{EXCEL}"><Visible>SheetHidden</Visible></WorksheetOptions>'
    margin = '<PageSetup><Header x:Data="&amp;CDraft &amp;P"/></PageSetup>'
    head = f'<WorksheetOptions xmlns="{EXCEL}">{margin}</WorksheetOptions>'
    about = (
        '<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Title>Stores</Title>'
        "<Author>Ada Lind</Author><Created>2004-05-03T10:00:00Z</Created></DocumentProperties>"
    )
    row = f"<Row>{cell('x')}</Row>"
    found = items(
        tmp_path, "a.xls", book(sheet(row, "One", head), sheet(row, "Gone", gone), sheet(row, "Two"), before=about)
    )
    one, two = documents(found)
    assert (work(found).title, work(found).creators, work(found).published) == ("Stores", ("Ada Lind",), "2004-05-03")
    assert [each.title for each in (one, two)] == ["One", "Two"]
    assert project(one.content) == "x\nDraft"
    assert two.dropped == (("office:hidden-sheet", 1),)


def test_one_that_breaks_off_keeps_what_came_before(tmp_path: Path):
    whole = book(sheet(f"<Row>{cell('a')}{cell('b')}</Row><Row>{cell('c')}{cell('d')}</Row>"))
    made = single(tmp_path, "a.xls", whole[: whole.index(b"d</Data>")])
    assert project(made.content) == "a\tb\nc"
    assert made.dropped == (("office:broken-xml", 1),)


def test_styles_of_rows_and_columns_hold_for_cells_without_one(tmp_path: Path):
    half = cell(0.5, "Number")
    rows = (
        f'<Column ss:StyleID="p" ss:Span="1"/><Row>{half * 3}</Row>'
        f'<Row ss:StyleID="d">{cell("2024-05-03T00:00:00.000", "DateTime")}</Row>'
    )
    assert told(tmp_path, rows) == ["50.00%\t50.00%\t0.5", "2024-05-03"]


@pytest.mark.parametrize("written", ["utf-16", "cp1251"])
def test_it_may_be_in_another_encoding(tmp_path: Path, written: str):
    text = (
        book(sheet(f"<Row>{cell('Насос')}</Row>"))
        .decode()
        .replace('"1.0"', f'"1.0" encoding="{written.replace("cp", "windows-")}"')
    )
    assert project(single(tmp_path, "a.xls", text.encode(written)).content) == "Насос"


def test_entities_are_refused(tmp_path: Path):
    text = book(sheet(f"<Row>{cell('&a;')}</Row>")).replace(
        b"<Workbook", b'<!DOCTYPE Workbook [<!ENTITY a "b">]><Workbook', 1
    )
    with pytest.raises(InputError, match="declares entities"):
        items(tmp_path, "a.xls", text)


def test_hostile_places_stay_within_bounds(tmp_path: Path):
    rows = (
        f'<Column ss:Index="99999999" ss:Span="99999999"/><Row ss:Index="99999999">'
        f"{cell('far', Index='99999999')}{cell('near', MergeDown='-5')}</Row>"
        f"<Row>{cell('a', MergeAcross='99999999')}{cell('b')}</Row>"
    )
    made = single(tmp_path, "a.xls", book(sheet(rows)))
    assert project(made.content) == "a"
    assert made.dropped == (("office:bad-place", 3),)


@pytest.mark.parametrize(
    ("said", "codec", "town"),
    [
        ("GB2312", "gb18030", "北京"),
        ("Shift_JIS", "shift_jis", "東京"),
        ("windows-1251", "cp1251", "Москва"),
        ("", "cp1252", "Köln am Rhein"),
    ],
)
def test_a_workbook_may_be_in_any_encoding(said: str, codec: str, town: str, tmp_path: Path):
    text = book(sheet(f"<Row>{cell(town)}</Row><Row>{cell('after')}</Row>")).decode()
    declared = f'<?xml version="1.0" encoding="{said}"?>' if said else '<?xml version="1.0"?>'
    raw = text.replace('<?xml version="1.0"?>', declared).encode(codec)
    assert project(single(tmp_path, "a.xls", raw).content) == f"{town}\nafter"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Fish & Chips", "Fish & Chips"),
        ("1 < 2", "1 < 2"),
        ("a&nbsp;b&eacute;", "a bé"),
        ("x&#1;y\x0bz", "x\ufffdyz"),
        ("&#xD83D;&#xDE00;", "😀"),
        ("<![CDATA[R&D < &eacute;]]>", "R&D < &eacute;"),
    ],
)
def test_signs_that_should_have_been_references_cost_nothing(written: str, told: str, tmp_path: Path):
    page = single(tmp_path, "a.xls", b"\n" + book(sheet(f"<Row>{cell(written)}</Row><Row>{cell('after')}</Row>")))
    assert project(page.content).replace("\xa0", " ") == f"{told}\nafter"
    assert page.dropped == ()


def test_empty_rows_that_stand_for_several_are_counted_where_cells_span_them(tmp_path: Path):
    rows = f'<Row>{cell("high", MergeDown=4)}{cell("b1")}</Row><Row ss:Span="3"/><Row>{cell("a6")}{cell("b6")}</Row>'
    page = single(tmp_path, "a.xls", book(sheet(rows)))
    assert project(page.content) == "high\tb1\na6\tb6"
    assert 'id="row:6"' in page.content


def test_a_cell_that_holds_something_is_not_covered_by_another(tmp_path: Path):
    rows = f"<Row>{cell('high', MergeDown=2)}{cell('b1')}</Row><Row><Cell ss:Index='2'><Data ss:Type='String'>b2</Data>"
    rows += f"</Cell></Row><Row>{cell('a3')}{cell('b3')}</Row>"
    page = single(tmp_path, "a.xls", book(sheet(rows)))
    assert project(page.content) == "high\tb1\nb2\na3\tb3"
    assert 'rowspan="2"' in page.content
