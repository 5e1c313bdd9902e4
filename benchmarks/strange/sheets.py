"""Workbooks: dates, signs, shares, hidden rows, formulas, errors, in new and old forms and in OpenDocument."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from tests.sources.office.made import X, odf, relations, row, xlsx

from benchmarks.strange.case import StrangeFile, strange


def _styled(value: float | str, style: int) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def numbers() -> Iterator[StrangeFile]:
    """What numbers look like."""
    yield strange(
        "dates.xlsx", "dates and times, some before 1900-03-01, one of more than 24 hours",
        xlsx({"Log": row(1, "Day", "Slept", "Clock", "Old") + row(2, _styled(45292, 1), _styled(1.5208333333333333, 2),
                                                                   _styled(0.5, 3), _styled(59, 1))},
             formats={1: "dd/mm/yyyy", 2: "[h]:mm", 3: "h:mm AM/PM"}),
        "01/01/2024\t36:30\t12:00 PM\t28/02/1900",
    )  # fmt: skip
    yield strange(
        "mac.xlsx", "days that are counted from 1904",
        xlsx({"Log": row(1, "Day", "N") + row(2, _styled(43830, 1), 3)}, formats={1: "yyyy-mm-dd"}, date1904=True),
        "2024-01-01\t3",
    )  # fmt: skip
    yield strange(
        "german.xlsx", "a date with the code of a country and words",
        xlsx({"Log": row(1, "Tag", "Uhr") + row(2, _styled(45356, 1), _styled(45356.75, 2))},
             formats={1: "[$-407]d\\.\\ mmmm\\ yyyy;@", 2: "[$-F400]h:mm:ss\\ AM/PM"}),
        "2024",
    )  # fmt: skip
    yield strange(
        "amounts.xlsx", "shares, money, thousands, negative numbers in brackets and red",
        xlsx({"Till": row(1, "Share", "Price", "Loss", "Euro", "Mio") + row(
            2, _styled(0.125, 1), _styled(1234.5, 2), _styled(-42, 3), _styled(-3.5, 4), _styled(12500000, 5))},
             formats={1: "0.0%", 2: "[$₹-4009]\\ #,##0.00", 3: "#,##0;[Red](#,##0)", 4: "#,##0.00\\ [$€-407];[Red]-#,##0.00\\ [$€-407]",
                      5: "0.0,,\\ &quot;M&quot;"}),
        "12.5%\t₹ 1,234.50\t(42)\t-3.50 €\t12.5 M",
    )  # fmt: skip
    yield strange(
        "redonly.xlsx", "negative numbers that only their colour shows",
        xlsx({"Till": row(1, "Item", "Balance") + row(2, "Diesel", _styled(-42.5, 1))}, formats={1: "0.00;[Red]0.00"}),
        "Diesel\t-42.50",
    )  # fmt: skip
    yield strange(
        "zeros.xlsx", "leading zeros by a format, long numbers, telephone numbers",
        xlsx({"Staff": row(1, "No", "Card", "Phone", "Zip") + row(2, _styled(42, 1), 1234567890123456, "004915112345678",
                                                                  _styled(1067, 2))},
             formats={1: "00000", 2: "00000"}),
        "00042\t1234567890123456\t004915112345678\t01067",
    )  # fmt: skip
    yield strange(
        "rounded.xlsx", "a number of which the cell shows fewer digits",
        xlsx({"Lab": row(1, "Sample", "pH") + row(2, "A", _styled(7.4499, 1)) + row(3, "B", 0.1 + 0.2)},
             formats={1: "0.0"}),
        "A\t7.4", "B\t0.3",
    )  # fmt: skip
    yield strange(
        "small.xlsx", "very small and very large numbers",
        xlsx({"Lab": row(1, "Sample", "M") + row(2, "A", 1.5e-9) + row(3, "B", 6.022e23) + row(4, "C", _styled(1.5e-9, 1))},
             formats={1: "0.0E+00"}),
        "A\t0.0000000015", "B\t6.022E+23", "C\t1.5E-09",
    )  # fmt: skip
    yield strange(
        "fractions.xlsx", "fractions, also negative",
        xlsx({"Wood": row(1, "Board", "Inch") + row(2, "A", _styled(2.25, 1)) + row(3, "B", _styled(-0.5, 1))},
             formats={1: "# ?/?"}),
        "A\t2 1/4", "B\t-1/2",
    )  # fmt: skip
    yield strange(
        "errors.xlsx", "cells with errors, truth values, formulas without values",
        xlsx({"Calc": row(1, "Name", "Value") + row(2, "A", '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>')
             + row(3, "B", '<c t="b"><v>1</v></c>') + row(4, "C", "<c><f>SUM(B1:B3)</f></c>")
             + row(5, "D", '<c t="str"><f>"x"&amp;"y"</f><v>xy</v></c>')}),
        "A\t#DIV/0!", "B\tTRUE", "C\t=SUM(B1:B3)", "D\txy",
    )  # fmt: skip
    yield strange(
        "units.xlsx", "units in the format, and a text section",
        xlsx({"Lab": row(1, "Sample", "Dose", "Temp") + row(2, "A", _styled(5, 1), _styled(-3.5, 2))},
             formats={1: "0.0 &quot;mg/kg&quot;", 2: "0.0&quot; °C&quot;"}),
        "A\t5.0 mg/kg\t-3.5 °C",
    )  # fmt: skip
    yield strange(
        "skipped.xlsx", "a format that hides zero and one that hides all",
        xlsx({"Lab": row(1, "Sample", "N", "Pin") + row(2, "A", _styled(0, 1), _styled(1234, 2)) + row(3, "B", 5, 6)},
             formats={1: "0;-0;;@", 2: ";;;"}),
        "B\t5\t6",
    )  # fmt: skip
    yield strange(
        "iso.xlsx", "dates as ISO 8601 and dates in strings",
        xlsx({"Log": row(1, "Day", "Text") + row(2, '<c t="d"><v>2024-02-29T00:00:00</v></c>', "03/04/05")}),
        "2024-02-29", "03/04/05",
    )  # fmt: skip


def shapes() -> Iterator[StrangeFile]:
    """How sheets are laid out."""
    yield strange(
        "hiddensheet.xlsx", "a hidden sheet, hidden rows and columns",
        xlsx({"Shown": row(1, "Name", "Beds", "Cost") + row(2, "North", 5, 70)
              + row(3, "South", 6, 80).replace("<row ", '<row hidden="1" '), "Secret": row(1, "Salary", "999")},
             hidden=("Secret",)),
        "North\t5\t70", never=("Salary",), counted=("hidden",),
    )  # fmt: skip
    yield strange(
        "merged.xlsx", "merged cells of the head, two rows of head",
        xlsx({"Tide": row(1, "Port", "High water", "", "Low") + row(2, "", "time", "metres", "time")
              + row(3, "Kiel", "06:12", 1.5, "12:20")
              + '|<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'}),
        "Kiel\t06:12\t1.5\t12:20",
    )  # fmt: skip
    yield strange(
        "titlerow.xlsx", "a title and an empty row above the head of the table",
        xlsx({"Stock": row(1, "Stock of the clinic, 3 May 2024") + row(3, "Drug", "Boxes") + row(4, "Zinc", 40)
              + row(5, "ORS", 112)}),
        "Stock of the clinic, 3 May 2024", "Zinc\t40", "ORS\t112",
    )  # fmt: skip
    yield strange(
        "yearhead.xlsx", "a head of years and no words",
        xlsx({"Catch": row(1, "Species", 2019, 2020, 2021) + row(2, "Cod", 12, 9, 7)}),
        "Species\t2019\t2020\t2021", "Cod\t12\t9\t7",
    )  # fmt: skip
    wide = [f"Q{number}" for number in range(400)]
    cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in wide)
    yield strange(
        "wide.xlsx", "four hundred columns",
        xlsx({"Survey": f'<row r="1">{cells}</row><row r="2">{"".join(f"<c><v>{n}</v></c>" for n in range(400))}</row>'}),
        "Q398\tQ399", "398\t399",
    )  # fmt: skip
    yield strange(
        "gap.xlsx", "cells far apart",
        xlsx({"Plan": row(1, "A", "B", "C") + '<row r="5"><c r="C5"><v>7</v></c></row>'}), "A\tB\tC", "7",
    )  # fmt: skip
    rich = f"""<sst {X}><si><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>3</t></r><r><t xml:space="preserve"> CFU</t></r></si>
    <si><r><t>CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></si>
    <si><r><rPr><strike/></rPr><t>Anna </t></r><r><t>Bea</t></r></si></sst>"""
    yield strange(
        "rich.xlsx", "raised, lowered and struck letters in a cell",
        _with_strings({"Lab": row(1, "Count", "Gas", "Duty") + row(2, '<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>',
                                                                  '<c t="s"><v>2</v></c>')}, rich),
        "10^3 CFU\tCO2\tBea", never=("Anna",),
    )  # fmt: skip
    yield strange(
        "struckcell.xlsx", "a cell and a row that are struck through by their format",
        _with_styles({"Lab": row(1, "Drug", "Dose") + row(2, "Zinc", '<c s="1"><v>50</v></c>') + row(3, "Salt", 7)},
                     f'<styleSheet {X}><fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/>'
                     "</cellXfs></styleSheet>"),
        "Salt\t7", never=("50",),
    )  # fmt: skip
    yield strange(
        "supcell.xlsx", "a cell that is raised by its format stands alone",
        xlsx({"Lab": row(1, "Phone", "N") + row(2, "  spaced  text  ", 7)}), "spaced text\t7",
    )  # fmt: skip
    yield strange(
        "linebreak.xlsx", "line feeds in a cell",
        xlsx({"Ship": row(1, "Berth", "Note") + row(2, "5", "Diesel&#10;Water")}), "Diesel\nWater",
    )  # fmt: skip
    comments = f'<comments {X}><commentList><comment ref="B2"><text><t>guess only</t></text></comment></commentList></comments>'
    yield strange(
        "remark.xlsx", "a remark on a cell",
        xlsx({"Ship": row(1, "Berth", "Depth") + row(2, "5", 8.5)},
             parts={"xl/worksheets/_rels/sheet1.xml.rels": relations({"c": ("comments", "../comments1.xml")}),
                    "xl/comments1.xml": comments}),
        "5\t8.5", "guess only",
    )  # fmt: skip
    yield strange(
        "two.xlsx", "two tables in one sheet",
        xlsx({"Mess": row(1, "Meal", "Price") + row(2, "Soup", 3.5) + row(5, "Drink", "Litre") + row(6, "Milk", 0.5)}),
        "Soup\t3.5", "Drink\tLitre\nMilk\t0.5",
    )  # fmt: skip


def _replaced(sheets: dict[str, str], name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(sheets))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(zipfile.ZipInfo(each), content if each == name else old.read(each))
    return out.getvalue()


def _with_strings(sheets: dict[str, str], strings: str) -> bytes:
    return _replaced(sheets, "xl/sharedStrings.xml", strings)


def _with_styles(sheets: dict[str, str], styles: str) -> bytes:
    return _replaced(sheets, "xl/styles.xml", styles)


def open_sheets() -> Iterator[StrangeFile]:
    """Spreadsheets of OpenDocument."""

    def cell(text: str, about: str = "") -> str:
        return f"<table:table-cell {about}><text:p>{text}</text:p></table:table-cell>"

    def table(*rows: str, name: str = "Sheet") -> str:
        return f'<table:table table:name="{name}">{"".join(f"<table:table-row>{each}</table:table-row>" for each in rows)}</table:table>'

    yield strange(
        "values.ods", "values with types, repeated cells and rows, merged cells",
        odf("spreadsheet", table(cell("Day") + cell("Share") + cell("Sum"),
                                 cell("01.02.24", 'office:value-type="date" office:date-value="2024-02-01"')
                                 + cell("12,5 %", 'office:value-type="percentage" office:value="0.125"')
                                 + cell("-3,50 €", 'office:value-type="currency" office:value="-3.5"'),
                                 cell("x", 'table:number-columns-repeated="3"'))),
        "12,5 %\t-3,50 €", "x\tx\tx",
    )  # fmt: skip
    yield strange(
        "covered.ods", "merged cells",
        odf("spreadsheet", table(cell("Port", 'table:number-rows-spanned="2"') + cell("High", 'table:number-columns-spanned="2"')
                                 + "<table:covered-table-cell/>", "<table:covered-table-cell/>" + cell("time") + cell("m"),
                                 cell("Kiel") + cell("06:12") + cell("1,5"))),
        "Kiel\t06:12\t1,5",
    )  # fmt: skip
    yield strange(
        "hours.ods", "hours beyond a day",
        odf("spreadsheet", table(cell("Crew") + cell("Hours"),
                                 cell("Ole") + cell("36:30", 'office:value-type="time" office:time-value="PT36H30M00S"'))),
        "Ole\t36:30",
    )  # fmt: skip
    hidden = '<table:table-row table:visibility="collapse">' + cell("Hidden") + cell("66") + "</table:table-row>"
    yield strange(
        "hidden.ods", "a hidden row and a hidden sheet",
        odf("spreadsheet", table(cell("Crew") + cell("N"), cell("Ole") + cell("3")).replace("</table:table>", hidden + "</table:table>")
            + '<table:table table:name="Secret" table:style-name="ta2"><table:table-row>' + cell("Salary") + "</table:table-row></table:table>",
            automatic='<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'),
        "Ole\t3", never=("Salary",),
    )  # fmt: skip
    yield strange(
        "changes.ods", "a comment and a deleted value in the record of changes",
        odf("spreadsheet", "<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell>"
            "<text:p>77</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>"
            + table(cell("Crew") + cell("N"), cell("Ole") + cell("3"))),
        "Ole\t3", never=("77",),
    )  # fmt: skip


def sheet_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from numbers()
    yield from shapes()
    yield from open_sheets()
