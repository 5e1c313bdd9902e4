"""PowerPoint presentations (.pptx, .pptm, .ppsx, .potx): a heading and an anchor for each slide, in the order of
showing.

Kept: text by its levels, tables, charts, diagrams, pictures, formulas, speakers' notes and remarks after their slide.
What stands on masters and layouts is decoration, and numbers, dates and feet say the same on every slide: both are not
read. Standard: ECMA-376-1 §19 (PresentationML).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from galactica.sources.office import metadata, slides
from galactica.sources.office.drawing import Drawings, Relations, described_as
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line, text_html
from galactica.sources.office.package import OfficePackage
from galactica.sources.office.pptx_text import line_of, paragraphs, slide_table
from galactica.sources.office.xmltree import alternatives, first, text_of

_TITLES = ("title", "ctrTitle")
_NO_TEXT = ("sldNum", "dt", "ftr", "hdr", "sldImg")
_LISTED = ("body", "obj", "")


def read_pptx(package: OfficePackage, main: str, flow: TextFlow) -> metadata.Described:
    """Read the slides into a flow.

    Raises:
        PartError: the main part cannot be read.
    """
    return _Pptx(package, main, flow).read()


class _Pptx:
    def __init__(self, package: OfficePackage, main: str, flow: TextFlow) -> None:
        self._package = package
        self._flow = flow
        root = package.xml(main)
        self._relations = package.relations(main)
        order = first(root, "p:sldIdLst")
        self._slides: list[str] = []
        for each in order if order is not None else ():
            relation = self._relations.get(each.get("r:id", ""))
            self._slides.append(relation.target if relation else "")
        self._numbers = {name: number for number, name in enumerate(self._slides, 1)}
        self._drawings = Drawings(package, lambda element, relations: "")
        self._authors = self._people()

    def read(self) -> metadata.Described:
        first_title = ""
        for number, name in enumerate(self._slides, 1):
            try:
                root = self._package.xml(name)
            except PartError:
                self._flow.dropped["office:damaged-slide"] += 1
                continue
            relations = self._package.relations(name)
            tree = first(root, "p:cSld", "p:spTree")
            title = self._title(tree, relations)
            first_title = first_title or title.plain
            slides.begin_slide(self._flow, number, title)
            if tree is not None:
                self._shapes(tree, relations)
            self._told(relations)
        return metadata.of_package(self._package, self._flow.path, heading=first_title)

    def _title(self, tree: Element | None, relations: Relations) -> Line:
        line = Line()
        shape = next((each for each in tree.iter("p:sp") if _kind(each) in _TITLES), None) if tree is not None else None
        body = first(shape, "p:txBody")
        for each in body if body is not None else ():
            if each.tag == "a:p":
                one = line_of(each, relations, self._target)
                if one.held:
                    if line.held:
                        line.br()
                    line.markup(one.html(), seen=True)
                    line.words.extend(one.words)
        return line

    def _shapes(self, tree: Element, relations: Relations) -> None:
        titled = False
        for each in alternatives(tree):
            match each.tag:
                case "p:sp":
                    kind = _kind(each)
                    if kind in _TITLES and not titled:
                        titled = True
                    elif kind not in _NO_TEXT:
                        self._text(each, relations, listed=kind in _LISTED)
                case "p:grpSp":
                    self._shapes(each, relations)
                case "p:graphicFrame":
                    self._frame(each, relations)
                case "p:pic":
                    self._picture(each, relations)
                case "p:contentPart":
                    self._flow.dropped["office:ink"] += 1
                case _:
                    pass

    def _text(self, shape: Element, relations: Relations, *, listed: bool) -> None:
        body = first(shape, "p:txBody")
        if body is not None:
            paragraphs(body, self._flow, relations, self._target, listed=listed)
        if (fill := first(shape, "p:spPr", "a:blipFill")) is not None:
            self._drawn(fill, relations, "")

    def _picture(self, shape: Element, relations: Relations) -> None:
        about = first(shape, "p:nvPicPr", "p:nvPr")
        if any(
            first(about, tag) is not None for tag in ("a:videoFile", "a:audioFile", "a:wavAudioFile", "a:quickTimeFile")
        ):
            self._flow.dropped["office:film-or-sound"] += 1
        self._drawn(shape, relations, described_as(shape))

    def _frame(self, frame: Element, relations: Relations) -> None:
        table = next(frame.iter("a:tbl"), None)
        if table is not None:
            self._flow.block(slide_table(table, self._flow, relations, self._target))
            return
        if next(frame.iter("p:oleObj"), None) is not None:
            self._flow.dropped["office:embedded-file"] += 1
        self._drawn(frame, relations, described_as(frame))

    def _drawn(self, root: Element, relations: Relations, told: str) -> None:
        line = Line()
        blocks = list(self._drawings.read(root, relations, self._flow, line, told))
        self._flow.paragraph(line)
        for block in blocks:
            self._flow.block(block)

    def _target(self, link: Element, relations: Relations) -> str:
        relation = relations.get(link.get("r:id", ""))
        if relation is None:
            return ""
        if relation.outside:
            return relation.target
        number = self._numbers.get(relation.target)
        return f"#slide:{number}" if number else ""

    def _told(self, relations: Relations) -> None:
        """Speakers' notes and remarks."""
        for relation in relations.values():
            if relation.outside or relation.kind not in ("notesSlide", "comments"):
                continue
            try:
                root = self._package.xml(relation.target)
            except PartError:
                self._flow.dropped["office:damaged-notes"] += 1
                continue
            if relation.kind == "notesSlide":
                self._notes(root, self._package.relations(relation.target))
            else:
                self._remarks(root)

    def _notes(self, root: Element, relations: Relations) -> None:
        inner = self._flow.inner()
        for shape in root.iter("p:sp"):
            body = first(shape, "p:txBody")
            if body is not None and _kind(shape) not in _NO_TEXT:
                paragraphs(body, inner, relations, self._target, listed=False)
        slides.slide_note(self._flow, self._flow.close(inner))

    def _remarks(self, root: Element) -> None:
        for each in root.iter():
            if each.tag == "p:cm":
                words = text_of(first(each, "p:text"))
            elif each.tag in ("p188:cm", "p188:reply"):
                words = text_of(first(each, "p188:txBody"))
            else:
                continue
            if words.strip():
                slides.slide_note(
                    self._flow, f"<p>{text_html(words)}</p>", self._authors.get(each.get("authorId", ""), "")
                )

    def _people(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for relation in self._relations.values():
            if relation.kind in ("commentAuthors", "authors") and not relation.outside:
                try:
                    root = self._package.xml(relation.target)
                except PartError:
                    continue
                found.update({each.get("id", ""): each.get("name", "") for each in root})
        return found


def _kind(shape: Element) -> str | None:
    """The kind of placeholder that a shape is; "" where it says none, None where it is no placeholder."""
    holder = first(shape, "p:nvSpPr", "p:nvPr", "p:ph")
    return None if holder is None else holder.get("type", "")
