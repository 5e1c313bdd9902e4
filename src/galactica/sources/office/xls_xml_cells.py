"""What a cell of a workbook in XML shows: its text and marks, its number or day by the format of its style.

A time is written in ISO 8601 there, whatever days are counted from; one whose cell has no format for it is shown so.
What depends on the country of the reader ("Short Date", "Currency") is shown as ISO 8601, and without a sign.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter

from galactica.sources.office.inline import MARKS, text_html
from galactica.sources.office.number_format import sections, text_shown
from galactica.sources.office.xlsx_cells import cell_number_html

MAX_STYLES = 100_000
"""Styles of a workbook; Excel allows 64,000."""

_NAMED = {
    "General Number": "General", "General Date": "yyyy-mm-dd h:mm", "Long Date": "yyyy-mm-dd",
    "Short Date": "yyyy-mm-dd", "Medium Date": "d-mmm-yy", "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm", "Currency": "#,##0.00", "Euro Currency": "€#,##0.00", "Fixed": "0.00",
    "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00", "Yes/No": '"Yes";"Yes";"No"',
    "True/False": '"True";"True";"False"', "On/Off": '"On";"On";"Off"',
}  # fmt: skip
"""Formats that have a name instead of a code."""

_TAGS = {"B": "b", "I": "i", "U": "u", "S": "s", "Sup": "sup", "Sub": "sub"}
_RAISED = {"Superscript": "sup", "Subscript": "sub"}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d{1,6})?))?Z?\Z")
_LEAP = datetime.date(1900, 3, 1)
"""From here on days are counted one higher: Excel has a 29 February of 1900."""


class SheetStyles:
    """The styles of a workbook, as they are met.

    Attributes:
        codes: name of a style → code of its format.
        marks: name of a style → how its letters are marked.
    """

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.marks: dict[str, tuple[str, ...]] = {}
        self._open = ""

    def start(self, name: str, said: dict[str, str]) -> None:
        """A tag begins."""
        if name == "Style" and len(self.codes) < MAX_STYLES:
            self._open = said.get("ID", "")
            parent = said.get("Parent", "Default")
            self.codes[self._open] = self.codes.get(parent, "General")
            self.marks[self._open] = self.marks.get(parent, ())
        elif not self._open:
            return
        elif name == "NumberFormat":
            code = said.get("Format", "General")
            self.codes[self._open] = _NAMED.get(code, code) or "General"
        elif name == "Font":
            raised = _RAISED.get(said.get("VerticalAlign", ""), "")
            struck = "s" if said.get("StrikeThrough", "0") in ("1", "true") else ""
            self.marks[self._open] = tuple(filter(None, (raised, struck)))

    def end(self, name: str) -> None:
        """A tag ends."""
        if name == "Style":
            self._open = ""


class CellTexts:
    """What stands in a cell, and in the remark on it.

    Attributes:
        kind: "Number", "String" and so on; "" where the cell holds nothing.
        author: of the remark.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A cell begins."""
        self.kind = self.author = ""
        self._pieces: list[tuple[str, tuple[str, ...]]] = []
        self._remark: list[tuple[str, tuple[str, ...]]] = []
        self._said: list[str] = []
        self._marks: Counter[str] = Counter()
        self._open = self._in_remark = False

    def start(self, name: str, said: dict[str, str]) -> None:
        """A tag begins in it."""
        if name == "Comment":
            self._in_remark, self.author = True, said.get("Author", "")
        elif name == "Data":
            self._open = True
            if not self._in_remark:
                self.kind = said.get("Type", "String")
        elif self._open and name in _TAGS:
            self._put()
            self._marks[_TAGS[name]] += 1

    def text(self, text: str) -> None:
        """Text."""
        if self._open:
            self._said.append(text)

    def end(self, name: str) -> None:
        """A tag ends in it."""
        if name == "Comment":
            self._in_remark = False
        elif name == "Data":
            self._put()
            self._open = False
            self._marks.clear()
        elif self._open and name in _TAGS:
            self._put()
            self._marks[_TAGS[name]] -= 1

    def _put(self) -> None:
        if self._said:
            marks = tuple(mark for mark in MARKS if self._marks[mark] > 0)
            (self._remark if self._in_remark else self._pieces).append(("".join(self._said), marks))
            self._said = []

    def value(self) -> str:
        """The text of the cell without marks."""
        return "".join(text for text, _ in self._pieces) or "".join(self._said)

    def html(self, marks: tuple[str, ...], code: str) -> str:
        """The text of the cell.

        Args:
            marks: of its style, for letters that have none of their own.
            code: of its format.
        """
        if len(self._pieces) == 1:
            pieces = [(text_shown(self._pieces[0][0], code), self._pieces[0][1])]
        else:
            pieces = self._pieces
        return _marked_lines(pieces, marks)

    def remark(self) -> str:
        """What the remark says; without the name of its author, with which programs begin it."""
        said = "".join(text for text, _ in self._remark)
        return _marked_lines([(said.removeprefix(f"{self.author}:") if self.author else said, ())], ())


def _marked_lines(pieces: list[tuple[str, tuple[str, ...]]], marks: tuple[str, ...]) -> str:
    out: list[str] = []
    for text, own in pieces:
        around = own or marks
        begin, end = ("".join(f"<{mark}>" for mark in around), "".join(f"</{mark}>" for mark in reversed(around)))
        out.append(f"{begin}{text_html(text)}{end}")
    return "<br>".join("".join(out).strip().splitlines())


def shown_value(texts: CellTexts, styles: SheetStyles, style: str) -> tuple[str, bool]:
    """(what a cell shows, whether that is words)."""
    code, marks = styles.codes.get(style, "General"), styles.marks.get(style, ())
    value = texts.value().strip()
    if texts.kind in ("", "String"):
        return texts.html(marks, code), True
    html = text_html(value)
    if texts.kind == "Boolean":
        html = {"1": "TRUE", "0": "FALSE"}.get(value, html)
    elif texts.kind == "DateTime":
        html = _moment_html(value, code) or html
    elif texts.kind == "Number":
        try:
            html = cell_number_html(float(value), code, False)
        except ValueError:
            return html, True
    begin, end = ("".join(f"<{mark}>" for mark in marks), "".join(f"</{mark}>" for mark in reversed(marks)))
    return (f"{begin}{html}{end}" if html else ""), False


def _moment_html(written: str, code: str) -> str:
    """A day or time as its format shows it; in ISO 8601 where that is none for days; "" for what is none."""
    found = _MOMENT.match(written)
    if found is None:
        return ""
    try:
        when = datetime.datetime.fromisoformat(f"{found[1]}T{(found[2] or '00:00:00')[:15]}")
    except ValueError:
        return ""
    days = (when - datetime.datetime(1899, 12, 31)) / datetime.timedelta(days=1) + (when.date() >= _LEAP)
    if sections(code)[0].dated and days >= 0:
        return cell_number_html(days, code, False)
    told = found[1] if when.time() == datetime.time() else f"{found[1]} {when.time().isoformat(timespec='seconds')}"
    return f'<time datetime="{told.replace(" ", "T")}">{told}</time>'
