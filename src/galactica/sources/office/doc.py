"""Word documents of 97 to 2003 (.doc, .dot): what a reader sees of them, in its order.

Kept: headings by their styles, lists as they are numbered, tables, footnotes, endnotes and comments, text boxes, links,
pictures that browsers show, heads and feet of pages (once, at the end). Tracked changes are taken as accepted. What is
counted: deleted and hidden text, other pictures, what is drawn, letters that are missing. Pages are not told. Standard:
[MS-DOC] Word (.doc) Binary File Format §2.3, §2.4.3, §2.4.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from galactica.sources.contract import Item
from galactica.sources.office import doc_file, metadata, parts, property_set
from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.doc_file import DocFile
from galactica.sources.office.doc_formats import DocFormats
from galactica.sources.office.doc_letters import DocLetters
from galactica.sources.office.doc_notes import MAX_TEXTS, DocNotes, TextBoxes, bookmarks
from galactica.sources.office.doc_pictures import DocPictures
from galactica.sources.office.doc_sprms import ParagraphLook
from galactica.sources.office.doc_styles import DocStyles, font_names, list_numbering
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow, as_block
from galactica.sources.office.inline import Line
from galactica.sources.office.rtf_tables import RtfTable

MAX_PARAGRAPHS = 1_000_000
"""Paragraphs and cells of a document: some 20,000 pages."""

_ENDS = re.compile("[\r\x07\x0c]")
_MARGINS_BEFORE = 6
"""Texts before the heads and feet of pages: lines that part notes from the text."""

_TEXT, _HEADS = 0, 2


def read(file: CompoundFile, path: str, key: str) -> Iterator[Item]:
    """Yield what a document holds.

    Raises:
        PartError: it is under a password, of an older form, or its text cannot be found.
    """
    reader = _Doc(file, TextFlow(path=path, key=key))
    about = reader.read()
    yield from parts.documents(reader.flow, about, "document")


@dataclass(slots=True)
class _Table:
    """A table that is being read: its rows, and the cell that is open."""

    rows: RtfTable = field(default_factory=RtfTable)
    cell: TextFlow | None = None


class _Doc:
    def __init__(self, file: CompoundFile, flow: TextFlow) -> None:
        self.flow = flow
        self._file = DocFile(file)
        self._formats = DocFormats(self._file)
        self._styles = DocStyles(self._file)
        self._numbering = list_numbering(self._file)
        self._notes = DocNotes(self._file, self._inner)
        self._boxes = TextBoxes(self._file)
        self._sections = {end for _, end, _ in self._file.places(doc_file.SECTIONS, 12)}
        self._pictures = DocPictures(self._file, flow)
        self._letters = DocLetters(
            self._file,
            self._formats,
            self._styles,
            font_names(self._file),
            bookmarks(self._file),
            self._notes,
            self._pictures,
        )
        self._depth = 0
        self._left = MAX_PARAGRAPHS

    def read(self) -> metadata.Described:
        """Everything into the flow; says what the file says of itself, with a title."""
        self._story(*self._file.part(_TEXT), self.flow)
        self._letters.ended(self.flow)
        for begin, end in self._boxes.left(margins=False):
            self.flow.block(self._inner(begin, end, self.flow))
        self._margins()
        if self._file.lost:
            self.flow.dropped["office:cut-off"] += 1
        if self._file.compound.damaged:
            self.flow.dropped["office:damaged-part"] += len(self._file.compound.damaged)
        about = property_set.of_compound(self._file.compound)
        heading = next((block.words for block in self.flow.blocks if block.kind == "heading"), "")
        return replace(about, title=metadata.titled(about, self.flow.path, self.flow.title, heading))

    def _story(self, begin: int, end: int, flow: TextFlow) -> None:
        tables: list[_Table] = []
        carried: Line | None = None
        for start, stop, mark in self._paragraphs(begin, end):
            look = self._formats.paragraph(mark)
            while len(tables) > look.depth:
                self._end_table(tables, flow)
            while len(tables) < look.depth:
                tables.append(_Table())
            if look.ends_row and tables:
                self._end_row(tables[-1], look, mark, flow)
                continue
            target = self._target(tables, flow)
            line, carried = carried or Line(), None
            style = self._styles.get(look.style)
            self._letters.read(start, stop, line, target, style)
            ends_cell = self._file.text[mark : mark + 1] == "\x07" or look.ends_cell
            if not ends_cell and self._letters.deleted(mark):
                carried = line  # the end of this paragraph was deleted: the next one goes on with it
            else:
                self._put(look, line, target)
            self._drawn(target)
            if ends_cell and tables:
                tables[-1].rows.cells.append(flow.close(target))
                tables[-1].cell = None
        if carried is not None:
            self._target(tables, flow).paragraph(carried)
        while tables:
            self._end_table(tables, flow)

    def _paragraphs(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(first letter, first after the last, mark) of each paragraph; a break of pages ends none."""
        at = begin
        for found in _ENDS.finditer(self._file.text, begin, end):
            self._left -= 1
            if self._left < 0:
                raise PartError("too-large", f"more than {MAX_PARAGRAPHS:,} paragraphs")
            mark = found.start()
            if found[0] == "\x0c" and mark + 1 not in self._sections and mark + 1 < end:
                continue
            yield at, mark, mark
            at = mark + 1
        if at < end:
            yield at, end, end - 1

    def _target(self, tables: list[_Table], flow: TextFlow) -> TextFlow:
        """Where a paragraph goes: the cell that is open, else the flow."""
        if not tables:
            return flow
        if tables[-1].cell is None:
            tables[-1].cell = flow.inner()
        return tables[-1].cell

    def _end_row(self, table: _Table, look: ParagraphLook, mark: int, flow: TextFlow) -> None:
        if table.cell is not None and table.cell.blocks:
            table.rows.cells.append(flow.close(table.cell))
        table.cell = None
        if self._letters.deleted(mark):
            flow.dropped["office:deleted-row"] += 1
            table.rows.cells = []
            return
        table.rows.define()
        table.rows.bounds, table.rows.head = look.bounds, look.head
        table.rows.row()

    def _end_table(self, tables: list[_Table], flow: TextFlow) -> None:
        table = tables.pop()
        if table.cell is not None and table.cell.blocks:
            table.rows.cells.append(flow.close(table.cell))
        if table.rows.rows or table.rows.cells:
            self._target(tables, flow).block(table.rows.html())

    def _put(self, look: ParagraphLook, line: Line, flow: TextFlow) -> None:
        """A paragraph that was read, as what its style makes of it."""
        style = self._styles.get(look.style)
        level = style.heading if look.outline < 0 else (min(look.outline, 9) + 1) % 10
        list_id = style.list_id if look.list_number < 0 else str(look.list_number)
        if not line.held:
            flow.paragraph(line)
            return
        if style.title and flow is self.flow and not flow.title and not flow.blocks:
            flow.title = line.plain
            return
        label = ""
        if list_id and self._numbering.known(list_id):
            item = self._numbering.next(list_id, look.level if look.level >= 0 else max(style.list_level, 0))
            if not level and item.plain:
                flow.item(item.level, item.form, item.count, line)
                return
            label = item.label
        line = line.labelled(label)
        if level:
            flow.heading(level, line)
        elif style.quote:
            flow.block(f"<blockquote><p>{line.html()}</p></blockquote>")
        else:
            flow.paragraph(line)

    def _inner(self, begin: int, end: int, flow: TextFlow) -> str:
        """What is in a note, a box or a head of pages, as HTML."""
        if self._depth >= MAX_TEXTS:
            flow.dropped["office:too-deep"] += 1
            return ""
        inner = flow.inner()
        fields, shapes = self._letters.put_away(), self._letters.shapes
        self._letters.shapes = []
        self._depth += 1
        self._story(begin, end, inner)
        self._letters.ended(inner)
        self._depth -= 1
        self._letters.goes_on(fields)
        self._letters.shapes = shapes
        return flow.close(inner)

    def _drawn(self, flow: TextFlow) -> None:
        """What is drawn at the letters that were read: boxes and pictures stand after their paragraph, the rest is
        counted."""
        shapes, self._letters.shapes = self._letters.shapes, []
        for place in shapes:
            line = Line()
            shown = self._pictures.put_drawn(self._boxes.shape(place), line)
            flow.paragraph(line)
            found = self._boxes.at(place)
            if found is not None:
                flow.block(self._inner(*found, flow))
            elif not shown:
                flow.dropped["office:drawing"] += 1

    def _margins(self) -> None:
        """What stands at the head and foot of the pages, each text once."""
        said: dict[str, None] = {}
        for start, end in self._file.texts(_HEADS, doc_file.MARGINS)[_MARGINS_BEFORE:]:
            said.update(self._margin(start, end))
        for start, end in self._boxes.left(margins=True):
            said.update(self._margin(start, end))
        for html in said:
            self.flow.block(f'<aside role="note">{html}</aside>')

    def _margin(self, begin: int, end: int) -> dict[str, None]:
        """A head or foot of pages; nothing where it says nothing, such as the number of the page."""
        html = self._inner(begin, end, self.flow) if begin < end else ""
        says = any(each.isalpha() for each in re.sub("<[^>]*>", "", html)) or "<img" in html
        return {as_block(html): None} if says else {}
