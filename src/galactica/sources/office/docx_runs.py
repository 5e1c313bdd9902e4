"""What stands in a paragraph of a Word document: text, breaks, links, fields, notes, formulas, drawings (§17.3,
§17.16).

Of a tracked change what was inserted is text and what was deleted is counted; hidden text is counted. A field shows
what it showed when the file was saved, never what its instruction says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from xml.etree.ElementTree import Element

from galactica.sources.office.docx_pages import Pages
from galactica.sources.office.docx_styles import PLAIN_STYLE, Styles, WordStyle, run_marks, set_higher
from galactica.sources.office.drawing import Drawings, Relations
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line, anchor, place_id, place_mark
from galactica.sources.office.omml import office_formula
from galactica.sources.office.symbols import letter, lettered
from galactica.sources.office.xmltree import alternatives, child_value, first, switched, text_of

MAX_FIELDS = 50
"""Fields that are open in each other."""

MAX_INSTRUCTION = 8000
"""Characters of what a field instructs; an address has some 2,000 at most."""

MAX_RAISED = 8
"""Letters of a run that are taken for raised by their place alone: longer ones are headings and labels."""

_ADDRESS = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*(?:"([^"]*)"|([^\s\\"]+))?', re.IGNORECASE)
_PLACE = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_REFERENCE = re.compile(r"\s*(?:PAGE|NOTE)?REF\s+(\S+).*\\h\b", re.IGNORECASE | re.DOTALL)
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote", "w:commentReference": "comment"}
_SILENT = frozenset(
    "w:pPr w:rPr w:instrText w:delText w:delInstrText w:proofErr w:bookmarkEnd w:commentRangeStart w:commentRangeEnd "
    "w:permStart w:permEnd w:annotationRef w:footnoteRef w:endnoteRef w:separator w:continuationSeparator "
    "w:sdtPr w:sdtEndPr w:customXmlPr w:smartTagPr w:fldData w:numberingChange w:softHyphen".split()
)


@dataclass(slots=True, kw_only=True)
class OpenField:
    """A field that has begun: what it instructs, whether its result has begun, where it leads."""

    instruction: str = ""
    shown: bool = False
    address: str = ""

    def instruct(self, text: str) -> None:
        """Add to what it instructs."""
        if len(self.instruction) < MAX_INSTRUCTION:
            self.instruction += text[:2000]


class NoteReader(Protocol):
    """Reads notes when their marks are met."""

    def mark(self, kind: str, identifier: str, custom: str, flow: TextFlow, line: Line) -> None:
        """Put the mark of a note into the line and read the note."""


class Runs:
    """Reads the paragraphs of one document; fields may go on from one to the next."""

    def __init__(self, styles: Styles, drawings: Drawings, notes: NoteReader, pages: Pages | None) -> None:
        self._styles = styles
        self._drawings = drawings
        self._notes = notes
        self._pages = pages
        self._fields: list[OpenField] = []
        self.languages: dict[str, int] = {}

    def read(self, parent: Element, line: Line, flow: TextFlow, relations: Relations, style: WordStyle) -> list[str]:
        """Put what is in a paragraph into a line; what stands as a block of its own comes back."""
        line.link(self._address())
        return list(self._walk(parent, line, flow, relations, style))

    def _walk(
        self, parent: Element, line: Line, flow: TextFlow, relations: Relations, style: WordStyle
    ) -> Iterator[str]:
        for each in alternatives(parent):
            match each.tag:
                case "w:r" | "m:r":
                    yield from self._run(each, line, flow, relations, style)
                case "w:hyperlink":
                    line.link(_hyperlink(each, relations))
                    yield from self._walk(each, line, flow, relations, style)
                    line.link(self._address())
                case "w:del" | "w:moveFrom":
                    flow.dropped["office:deleted-text"] += 1
                case "w:fldSimple":
                    line.link(field_address(each.get("w:instr", "")) or self._address())
                    yield from self._walk(each, line, flow, relations, style)
                    line.link(self._address())
                case "w:bookmarkStart":
                    line.markup(place_mark(each.get("w:name", "")))
                case "m:oMath":
                    self._seen()
                    line.words.append(text_of(each))
                    line.markup(office_formula(each), seen=True)
                case "m:oMathPara":
                    for one in each.iter("m:oMath"):
                        self._seen()
                        line.markup(office_formula(one, block=True), seen=True)
                case "w:ruby":
                    yield from self._ruby(each, line, flow, relations, style)
                case tag if tag in _SILENT:
                    pass
                case _:
                    yield from self._walk(each, line, flow, relations, style)

    def _run(self, run: Element, line: Line, flow: TextFlow, relations: Relations, style: WordStyle) -> Iterator[str]:
        about = first(run, "w:rPr")
        own = self._styles.get(child_value(about, "w:rStyle") or "") if about is not None else PLAIN_STYLE
        hidden = switched(about, "w:vanish")
        if hidden or (hidden is None and (own.hidden or style.hidden)):
            if any(each.text for each in run.iter("w:t")):
                flow.dropped["office:hidden-text"] += 1
            return
        short = sum(len(each.text or "") for each in run.iter("w:t")) <= MAX_RAISED
        marks = _marks(about, own, style, short=short)
        fonts = first(about, "w:rFonts")
        font = fonts.get("w:ascii", "") if fonts is not None else ""
        custom = False
        for each in alternatives(run):
            match each.tag:
                case "w:t":
                    text = lettered(font, each.text or "") if not custom else ""
                    if text.strip() and not self._shown():
                        flow.dropped["office:field-text"] += 1
                    self._text(text, line, marks, about)
                case "w:tab" | "w:ptab":
                    self._text("\t", line, marks, None)
                case "w:br" | "w:cr":
                    self._break(each, line)
                case "w:lastRenderedPageBreak":
                    self._page(line, drawn=True)
                case "w:noBreakHyphen":
                    self._text("\u2011", line, marks, None)
                case "w:sym":
                    self._symbol(each, line, flow, marks)
                case "w:fldChar":
                    self._field(each, line, marks)
                case "w:instrText":
                    if self._fields and not self._fields[-1].shown:
                        self._fields[-1].instruct(each.text or "")
                case "w:footnoteReference" | "w:endnoteReference" | "w:commentReference":
                    custom = each.get("w:customMarkFollows", "") in ("1", "true", "on")
                    mark = "".join(text.text or "" for text in run.iter("w:t")) if custom else ""
                    self._notes.mark(_NOTES[each.tag], each.get("w:id", ""), mark, flow, line)
                case "w:drawing" | "w:pict" | "w:object":
                    if self._shown():
                        yield from self._drawn(each, line, flow, relations)
                case "w:ruby":
                    yield from self._ruby(each, line, flow, relations, style)
                case tag if tag in _SILENT:
                    pass
                case _:
                    yield from self._walk(each, line, flow, relations, style)

    def _drawn(self, root: Element, line: Line, flow: TextFlow, relations: Relations) -> Iterator[str]:
        held = line.held
        for block in self._drawings.read(root, relations, flow, line):
            self._seen()
            yield block
        if line.held and not held:
            self._seen()

    def _text(self, text: str, line: Line, marks: tuple[str, ...], about: Element | None) -> None:
        if not text or not self._shown():
            return
        if not text.isspace():
            self._seen()
        language = child_value(about, "w:lang") if about is not None else None
        if language:
            self.languages[language] = self.languages.get(language, 0) + len(text)
        line.text(text, marks)

    def _symbol(self, element: Element, line: Line, flow: TextFlow, marks: tuple[str, ...]) -> None:
        code = element.get("w:char", "")
        found = letter(element.get("w:font", ""), int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""
        if not found:
            flow.dropped["office:sign-without-letter"] += 1
        self._text(found or "\ufffd", line, marks, None)

    def _break(self, element: Element, line: Line) -> None:
        kind = element.get("w:type", "")
        if not self._shown():
            return
        if kind == "page":
            self._page(line, drawn=False)
        if line.held:
            line.br()

    def _page(self, line: Line, *, drawn: bool) -> None:
        pages = self._pages
        if pages and pages.broken(drawn=drawn) and pages.known:
            line.markup(anchor("page", pages.label()))

    def _seen(self) -> None:
        if self._pages:
            self._pages.text()

    def _ruby(self, root: Element, line: Line, flow: TextFlow, relations: Relations, style: WordStyle) -> Iterator[str]:
        """Words with their reading above them."""
        base, reading = Line(), Line()
        for tag, part in (("w:rubyBase", base), ("w:rt", reading)):
            if (found := first(root, tag)) is not None:
                yield from self._walk(found, part, flow, relations, style)
        line.words.extend(base.words)
        line.markup(f"<ruby>{base.html()}<rt>{reading.html()}</rt></ruby>", seen=base.held)

    def _field(self, element: Element, line: Line, marks: tuple[str, ...]) -> None:
        match element.get("w:fldCharType", ""):
            case "begin":
                if len(self._fields) < MAX_FIELDS:
                    self._fields.append(OpenField())
                box = first(element, "w:ffData", "w:checkBox")
                if box is not None:
                    on = switched(box, "w:checked")
                    on = switched(box, "w:default") if on is None else on
                    line.text("☑" if on else "☐", marks)
            case "separate" if self._fields:
                self._fields[-1].shown = True
                self._fields[-1].address = field_address(self._fields[-1].instruction)
                line.link(self._address())
            case "end" if self._fields:
                self._fields.pop()
                line.link(self._address())
            case _:
                pass

    def _shown(self) -> bool:
        return all(field.shown for field in self._fields)

    def _address(self) -> str:
        return next((field.address for field in reversed(self._fields) if field.address), "")

    def ended(self) -> None:
        """A part of the document is over; a field that did not end there ends now."""
        self._fields.clear()


def _marks(about: Element | None, own: WordStyle, style: WordStyle, *, short: bool) -> tuple[str, ...]:
    """How a run is marked; `short`: it is no longer than what is set above or below others by its place."""
    found = {**dict(style.marks), **dict(own.marks), **run_marks(about)}
    if short and not (found.get("sup") or found.get("sub")) and (by := set_higher(about)):
        found[by] = True
    if own.code:
        found["code"] = True
    if style.heading:
        found.pop("b", None)
    return tuple(mark for mark, on in found.items() if on)


def _hyperlink(element: Element, relations: Relations) -> str:
    relation = relations.get(element.get("r:id", ""))
    place = element.get("w:anchor", "") or element.get("w:docLocation", "")
    if relation is not None and relation.outside:
        return relation.target + (f"#{place}" if place and "#" not in relation.target else "")
    return f"#{place_id(place)}" if place else ""


def field_address(instruction: str) -> str:
    """Where a field leads: HYPERLINK "address" \\l "place", REF place \\h."""
    instruction = instruction.strip()
    if instruction[:9].upper() == "HYPERLINK":
        address = _ADDRESS.match(instruction)
        place = _PLACE.search(instruction)
        where = (address[1] or address[2] or "") if address else ""
        inside = (place[1] or place[2] or "") if place else ""
        if where and not where.startswith("\\"):
            return where + (f"#{inside}" if inside else "")
        return f"#{place_id(inside)}" if inside else ""
    reference = _REFERENCE.match(instruction)
    return f"#{place_id(reference[1])}" if reference else ""
