"""Word documents (.docx, .docm, .dotx): what a reader sees of them, in its order.

Kept: headings by their styles, lists as they are numbered, tables, footnotes, endnotes and comments, text boxes,
formulas, charts, diagrams, pictures, heads and feet of pages (once, at the end). Tracked changes are taken as accepted.
What is counted: deleted and hidden text, embedded files, pictures that no browser shows, parts that are damaged or
elsewhere. Standard: ECMA-376-1 §17 (WordprocessingML), Strict and Transitional.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from galactica.sources.office import chunks, metadata
from galactica.sources.office.docx_notes import DocxNotes
from galactica.sources.office.docx_numbers import WordNumbering
from galactica.sources.office.docx_pages import Pages
from galactica.sources.office.docx_runs import Runs
from galactica.sources.office.docx_styles import Styles, WordStyle
from galactica.sources.office.docx_tables import word_table
from galactica.sources.office.drawing import Drawings, Relations
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow, as_block
from galactica.sources.office.inline import Line, place_mark
from galactica.sources.office.package import OfficePackage
from galactica.sources.office.xmltree import alternatives, child_value, first, number, text_of

_SILENT = frozenset("w:sdtPr w:sdtEndPr w:customXmlPr w:tcPr w:bookmarkEnd w:proofErr w:permStart w:permEnd".split())


def read_docx(package: OfficePackage, main: str, flow: TextFlow) -> metadata.Described:
    """Read a document into a flow.

    Args:
        main: name of its main part.

    Raises:
        PartError: that part cannot be read.
    """
    reader = _Docx(package, main, flow)
    reader.read()
    return reader.about()


class _Docx:
    def __init__(self, package: OfficePackage, main: str, flow: TextFlow) -> None:
        self._package = package
        self._main = main
        self._flow = flow
        self._root = package.xml(main)
        self._relations = package.relations(main)
        self._styles = Styles(self._part("styles"))
        self._numbering = WordNumbering(self._part("numbering"))
        body = first(self._root, "w:body")
        self._body = self._root if body is None else body
        self._pages = Pages(self._body, _stated_pages(package))
        drawings = Drawings(package, self._boxed)
        notes = DocxNotes(package, self._relations, self._inner)
        self._runs = Runs(self._styles, drawings, notes, self._pages)
        self._aside = Runs(self._styles, drawings, notes, None)
        self._carried: Line | None = None
        self._first_heading = ""

    def read(self) -> None:
        """Everything into the flow."""
        if self._pages.known:
            self._flow.anchor("page", self._pages.label())
        self._blocks(self._body, self._flow, self._relations, self._runs)
        if self._carried is not None:
            self._flow.paragraph(self._carried)
        self._margins()

    def about(self) -> metadata.Described:
        """What the file says of itself, with a title."""
        return metadata.of_package(
            self._package, self._flow.path, self._flow.title, self._first_heading, language=self._language()
        )

    def _language(self) -> str:
        """The language that most of the text is marked with; "" where most of it is not marked."""
        found = self._runs.languages
        best = max(found, key=lambda each: (found[each], each), default="")
        text = sum(len(block.html) for block in self._flow.blocks)
        return best if best and found[best] * 3 > text else ""

    def _part(self, kind: str) -> Element | None:
        found = next((each for each in self._relations.values() if each.kind == kind and not each.outside), None)
        if found is None:
            return None
        try:
            return self._package.xml(found.target)
        except PartError:
            self._flow.dropped[f"office:damaged-{kind}"] += 1
            return None

    def _blocks(self, parent: Element, flow: TextFlow, relations: Relations, runs: Runs) -> None:
        for each in alternatives(parent):
            match each.tag:
                case "w:p":
                    self._paragraph(each, flow, relations, runs)
                case "w:tbl":
                    flow.block(word_table(each, flow, lambda cell: self._inner(cell, flow, relations)))
                case "w:sdt":
                    content = first(each, "w:sdtContent")
                    if content is not None:
                        self._blocks(content, flow, relations, runs)
                case "w:del" | "w:moveFrom":
                    flow.dropped["office:deleted-text"] += 1
                case "w:altChunk":
                    flow.block(chunks.chunk_html(self._package, relations.get(each.get("r:id", "")), flow))
                case "w:subDoc":
                    flow.dropped["office:embedded-file"] += 1
                case "w:bookmarkStart":
                    flow.pending.append(place_mark(each.get("w:name", "")))
                case "w:sectPr" | "w:tblPr" | "w:tblGrid":
                    pass
                case tag if tag in _SILENT:
                    pass
                case "w:r" | "w:hyperlink" | "m:oMathPara" | "m:oMath":
                    line = Line()
                    wrapper = Element("w:p")
                    wrapper.append(each)
                    blocks = runs.read(wrapper, line, flow, relations, self._styles.get(self._styles.default))
                    flow.paragraph(line)
                    for block in blocks:
                        flow.block(block)
                case _:
                    self._blocks(each, flow, relations, runs)

    def _paragraph(self, element: Element, flow: TextFlow, relations: Relations, runs: Runs) -> None:
        about = first(element, "w:pPr")
        style = self._styles.get(child_value(about, "w:pStyle") or self._styles.default)
        line = self._carried or Line()
        self._carried = None
        blocks = runs.read(element, line, flow, relations, style)
        if first(about, "w:rPr", "w:del") is not None and flow is self._flow:
            self._carried = line  # the end of this paragraph was deleted: the next one goes on with it
        else:
            self._put(about, style, line, flow)
        for block in blocks:
            flow.block(block)
        if first(about, "w:sectPr") is not None and runs is self._runs:
            self._pages.section()

    def _put(self, about: Element | None, style: WordStyle, line: Line, flow: TextFlow) -> None:
        """A paragraph that was read, as what its style makes of it."""
        stated = child_value(about, "w:outlineLvl")
        level = style.heading if stated is None else (number(stated, 9) + 1) % 10
        numbered = first(about, "w:numPr")
        list_id = child_value(numbered, "w:numId")
        list_id = style.list_id if list_id is None else list_id
        if not line.held:
            flow.paragraph(line)
            return
        if style.title and not flow.title and not flow.blocks:
            flow.title = line.plain
            return
        label = ""
        if list_id and self._numbering.known(list_id):
            depth = child_value(numbered, "w:ilvl")
            depth_number = number(depth) if depth is not None else max(style.list_level, 0)
            item = self._numbering.next(list_id, depth_number)
            if not level and item.plain:
                flow.item(item.level, item.form, item.count, line)
                return
            label = item.label
        line = line.labelled(label)
        if level:
            self._first_heading = self._first_heading or line.plain
            flow.heading(level, line)
        elif style.quote:
            flow.block(f"<blockquote><p>{line.html()}</p></blockquote>")
        else:
            flow.paragraph(line)

    def _inner(self, parent: Element, flow: TextFlow, relations: Relations) -> str:
        """What is in a cell or a note, as HTML."""
        inner = flow.inner()
        runs = self._runs if relations is self._relations else self._aside
        carried, self._carried = self._carried, None
        self._blocks(parent, inner, relations, runs)
        self._carried = carried
        return flow.close(inner)

    def _boxed(self, box: Element, relations: Relations) -> str:
        return self._inner(box, self._flow, relations)

    def _margins(self) -> None:
        """What stands at the head and foot of the pages, each text once."""
        said: dict[str, None] = {}
        for kind in ("header", "footer"):
            for identifier in sorted(self._relations, key=lambda each: self._relations[each].target):
                relation = self._relations[identifier]
                if relation.kind != kind or relation.outside:
                    continue
                try:
                    root = self._package.xml(relation.target)
                except PartError:
                    self._flow.dropped["office:damaged-margin"] += 1
                    continue
                html = self._inner(root, self._flow, self._package.relations(relation.target))
                self._aside.ended()
                words = text_of(root)
                if any(letter.isalpha() for letter in words) or "<img" in html:
                    said.setdefault(as_block(html))
        for html in said:
            self._flow.block(f'<aside role="note">{html}</aside>')


def _stated_pages(package: OfficePackage) -> int:
    """How many pages the file says it has; 0 where it does not."""
    try:
        return number(text_of(first(package.xml("docProps/app.xml"), "ep:Pages")).strip())
    except PartError:
        return 0
