"""A text of RTF as it is put together: the document, a note, a box; its paragraphs, lists and tables."""

from __future__ import annotations

import re

from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line, place_id
from galactica.sources.office.rtf_state import Paragraph
from galactica.sources.office.rtf_tables import RtfTable

_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*(?:"([^"]*)"|([^\s\\"]+))?', re.IGNORECASE)
_PLACE = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_REFERENCE = re.compile(r"\s*(?:PAGE)?REF\s+(\S+).*\\h\b", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|rubrik|nadpis|kop) ?([1-9])", re.IGNORECASE)
_COUNTED = re.compile(r"\(?([0-9]{1,6})[.)]?")


class RtfText:
    """A text that is being read: the document, a note, a cell."""

    def __init__(self, flow: TextFlow) -> None:
        self.flow = flow
        self.line = Line()
        self.paragraph = Paragraph()
        self.table = RtfTable()
        self.cell: TextFlow | None = None
        self.after: list[str] = []

    def target(self) -> TextFlow:
        """Where a paragraph goes that ends now."""
        if not self.paragraph.in_table:
            if self.table.rows and self.cell is None and not self.table.cells:
                self.flow.block(self.table.html())
            return self.flow
        if self.cell is None:
            self.cell = self.flow.inner()
        return self.cell

    def finish(self) -> None:
        """Nothing comes any more."""
        if self.cell is not None or self.table.cells:
            self.end_cell()
        if self.table.rows or self.table.cells:
            self.flow.block(self.table.html())

    def end_cell(self) -> None:
        """A cell of a table is over."""
        self.table.cells.append(self.flow.close(self.cell) if self.cell is not None else "")
        self.cell = None

    def end_paragraph(self, styles: dict[int, str], document: TextFlow) -> None:
        """A paragraph is over; headings and the title are those of the document and not of what stands in it."""
        line, about = self.line, self.paragraph
        self.line = Line()
        flow = self.target()
        style = styles.get(about.style, "")
        named = _HEADING.match(style)
        level = int(named[1]) if named else about.outline
        label, about.label = " ".join(about.label.split()), ""
        if not line.held:
            flow.paragraph(line)
        elif style.lower() == "title" and not document.title and not document.blocks and flow is document:
            document.title = line.plain
        elif level and flow is document:
            flow.heading(level, line.labelled(label) if any(map(str.isalnum, label)) else line)
        elif label and not any(map(str.isalnum, label)):
            flow.item(about.level, "", 0, line)
        elif counted := _COUNTED.fullmatch(label):
            flow.item(about.level, "1", int(counted[1]), line)
        else:
            flow.paragraph(line.labelled(label))
        for html in self.after:
            flow.block(html)
        self.after = []

    def end_row_cell(self, styles: dict[int, str], document: TextFlow) -> None:
        """A cell is over, with the paragraph in it."""
        self.paragraph.in_table = True
        if self.line.held or self.after:
            self.end_paragraph(styles, document)
        else:
            self.line = Line()
        self.end_cell()

    def layout(self, word: str, number: int | None, styles: dict[int, str], document: TextFlow) -> bool:
        """Take in a word on paragraphs and tables; whether it was one."""
        match word:
            case "par" | "sect":
                self.end_paragraph(styles, document)
            case "line" | "lbr":
                self.line.br()
            case "page" | "column":
                if self.line.held:
                    self.end_paragraph(styles, document)
            case "pard":
                self.paragraph = Paragraph(label=self.paragraph.label)
            case "intbl":
                self.paragraph.in_table = True
            case "s":
                self.paragraph.style = number or 0
            case "outlinelevel":
                self.paragraph.outline = (number or 0) + 1 if 0 <= (number or 0) < 9 else 0
            case "ilvl":
                self.paragraph.level = number or 0
            case "trowd":
                self.table.define()
            case "cellx":
                self.table.edge(number or 0)
            case "clmrg":
                self.table.new.beside = True
            case "clvmrg":
                self.table.new.below = True
            case "trhdr":
                self.table.head = True
            case "cell":
                self.end_row_cell(styles, document)
            case "nestcell":
                self.end_paragraph(styles, document)
            case "row":
                self.table.row()
            case _:
                return False
        return True


def led(instruction: str) -> str:
    """Where a field leads."""
    address = _LINK.match(instruction)
    if not address:
        reference = _REFERENCE.match(instruction)
        return f"#{place_id(reference[1])}" if reference else ""
    place = _PLACE.search(instruction)
    inside = (place[1] or place[2] or "") if place else ""
    where = address[1] or address[2] or ""
    if where and not where.startswith("\\"):
        return where + (f"#{inside}" if inside else "")
    return f"#{place_id(inside)}" if inside else ""
