"""Numbers and dates as the cells of a spreadsheet show them; what is right is what Excel shows for the same code."""

from __future__ import annotations

import pytest

from galactica.sources.office.date_format import iso
from galactica.sources.office.number_format import number_shown, text_shown

EURO = '_-* #,##0.00 [$€-407]_-;-* #,##0.00 [$€-407]_-;_-* "-"?? [$€-407]_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "meant"),
    [
        *[(1234.5, "General", "1234.5"), (0.1 + 0.2, "General", "0.3"), (1 / 3, "General", "0.333333333")],
        *[(4006381333931, "General", "4006381333931"), (1e20, "General", "1E+20"), (-0.5, "General", "-0.5")],
        *[(0.25, "0%", "25%"), (-0.5, "0%", "-50%"), (99.5, '0"%"', "100%"), (2.5, "0", "3"), (-2.5, "0", "-3")],
        *[(1234567.891, "#,##0.00", "1,234,567.89"), (0, "#,##0", "0"), (0.5, "#.##", ".5"), (5, "#.##", "5.")],
        *[(-5, "0.00", "-5.00"), (-5, "#,##0;(#,##0)", "(5)"), (0, '0;-0;"none"', "none"), (0, "0.00;;", "")],
        *[(123456789, "000-00-0000", "123-45-6789"), (5551234567, "(000) 000-0000", "(555) 123-4567")],
        *[(12345.678, "0.00E+00", "1.23E+04"), (12345.678, "##0.0E+0", "12.3E+3"), (0, "0.0E+0", "0.0E+0")],
        *[(1234567, '0.0,,"M"', "1.2M"), (1500, "#,##0,", "2"), (1 / 3, "# ?/?", "1/3"), (1.25, "# ?/?", "1 1/4")],
        *[(2.5, "# ?/8", "2 4/8"), (0.9999, "# ?/?", "1"), (-1234.5, EURO, "-1,234.50 €"), (0, EURO, "-   €")],
        *[(100, '[>=100]"big";[<100]0', "big"), (50, '[>=100]"big";[<100]0', "50"), (7, '"Q"0', "Q7")],
        *[(3, r"0\ \k\m", "3 km"), (12.3, "@", "12.3"), (-3, "[Red]0;[Blue]-0", "-3"), (0.5, "0.0#", "0.5")],
    ],
)
def test_numbers(value: float, code: str, meant: str):
    assert number_shown(value, code) == meant


@pytest.mark.parametrize(
    ("value", "code", "meant"),
    [
        *[(44621, "yyyy-mm-dd", "2022-03-01"), (44621.75, "d/m/yyyy h:mm", "1/3/2022 18:00")],
        *[(44621.75, "h:mm AM/PM", "6:00 PM"), (44621, "[$-409]mmmm d, yyyy;@", "March 1, 2022")],
        *[(44621, "dddd", "Tuesday"), (44621, "d-mmm-yy", "1-Mar-22"), (44621, 'yyyy"年"m"月"d"日"', "2022年3月1日")],
        *[(1.5, "[h]:mm:ss", "36:00:00"), (45000.5, "mm:ss", "00:00"), (0.0007, "mm:ss.0", "01:00.5")],
        *[(59, "yyyy-mm-dd", "1900-02-28"), (61, "yyyy-mm-dd", "1900-03-01"), (1, "yyyy-mm-dd", "1900-01-01")],
        *[(44621.999999, "hh:mm:ss", "00:00:00"), (-1, "yyyy-mm-dd", "-1"), (1e9, "yyyy-mm-dd", "1000000000")],
    ],
)
def test_dates(value: float, code: str, meant: str):
    assert number_shown(value, code) == meant


def test_a_moment_as_every_program_reads_it():
    assert iso(44621) == "2022-03-01"
    assert iso(44621.75) == "2022-03-01T18:00:00"
    assert iso(0.5) == "12:00:00"
    assert iso(0, since_1904=True) == "1904-01-01"
    assert iso(-1) == iso(1e12) == ""


def test_text_has_what_its_code_puts_around_it():
    assert text_shown("a", '0;-0;0;[Red]"<"@">"') == "<a>"
    assert text_shown("a", "@") == text_shown("a", "General") == text_shown("a", "0.00") == "a"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("0.00;[Red]0.00", "-42.50"),
        ("#,##0;[Red]#,##0", "-43"),
        ("0.0;(0.0)", "(42.5)"),
        ("0.0;-0.0", "-42.5"),
        ('0.0"up";0.0"down"', "42.5down"),
    ],
)
def test_a_negative_number_that_its_colour_alone_tells_keeps_its_sign(code: str, shown: str):
    assert number_shown(-42.5, code) == shown


def test_all_digits_of_a_whole_number_are_shown_while_they_are_exact():
    assert number_shown(1234567890123456, "General") == "1234567890123456"
    assert number_shown(2.0**60, "General") == "1.15292E+18"
