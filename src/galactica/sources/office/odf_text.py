"""Text of OpenDocument files: paragraphs, headings, lists, notes and what stands in them (part 3 §5, §6, §7).

The same in texts, in the boxes and notes of presentations, and in the cells of sheets. Of tracked changes what was
deleted lies apart from the text and is counted; hidden text is counted.
"""

from __future__ import annotations

from typing import Protocol
from xml.etree.ElementTree import Element

from galactica.sources.office.flow import Remark, TextFlow, signed
from galactica.sources.office.inline import Line, anchor, place_id, place_mark
from galactica.sources.office.odf_styles import ListLevel, OdfStyle, OdfStyles, list_label
from galactica.sources.office.xmltree import first, number, text_of

MAX_SPACES = 100
"""Spaces that one tag stands for."""

MAX_LIST_DEPTH = 10
"""Levels of a list."""

_SILENT = frozenset(
    "text:tracked-changes text:sequence-decls text:variable-decls text:user-field-decls text:dde-connection-decls "
    "text:alphabetical-index-auto-mark-file office:forms text:bookmark-end text:reference-mark-end text:change "
    "text:change-start text:change-end text:note-citation text:script text:hidden-paragraph office:event-listeners "
    "svg:title svg:desc draw:glue-point table:shapes office:annotation-end dc:creator dc:date meta:creator-initials "
    "text:table-of-content-source text:illustration-index-source text:table-index-source text:object-index-source "
    "text:user-index-source text:alphabetical-index-source text:bibliography-source draw:enhanced-geometry "
    "office:dde-source table:table-source".split()
)


class Drawn(Protocol):
    """Reads what is drawn in a text."""

    def read(self, element: Element, flow: TextFlow, line: Line) -> list[str]:
        """Put pictures and formulas into the line; what stands as a block of its own comes back."""


class Tables(Protocol):
    """Reads tables in a text."""

    def __call__(self, element: Element, flow: TextFlow) -> str:
        """A table as HTML."""


class OdfText:
    """Reads text into flows.

    Attributes:
        page: number of the page that is read; 0 where pages are not told reliably.
    """

    def __init__(self, styles: OdfStyles, drawn: Drawn, tables: Tables) -> None:
        self._styles = styles
        self._drawn = drawn
        self._tables = tables
        self._counts: dict[str, list[int]] = {}
        self._headings = [0] * (MAX_LIST_DEPTH + 1)
        self._comments = 0
        self.page = 0

    def blocks(self, parent: Element, flow: TextFlow) -> None:
        """Read what stands in a body, a section, a cell, a box."""
        for each in parent:
            match each.tag:
                case "text:p" | "text:h":
                    self._paragraph(each, flow)
                case "text:list":
                    self._list(each, flow, 1, "")
                case "table:table":
                    flow.block(self._tables(each, flow))
                case "text:soft-page-break":
                    self._turned(flow)
                case "text:tracked-changes":
                    gone = sum(1 for _ in each.iter("text:deletion"))
                    if gone:
                        flow.dropped["office:deleted-text"] += gone
                case "text:section" if each.get("text:display") == "none" or each.get("text:is-hidden") == "true":
                    flow.dropped["office:hidden-text"] += 1
                case tag if tag in _SILENT:
                    pass
                case tag if tag.startswith("draw:") or tag == "office:annotation":
                    line = Line()
                    blocks = self._drawing(each, line, flow)
                    flow.paragraph(line)
                    for block in blocks:
                        flow.block(block)
                case _:
                    self.blocks(each, flow)

    def inner(self, parent: Element, flow: TextFlow) -> str:
        """What stands in a cell, a box or a note, as HTML."""
        inside = flow.inner()
        self.blocks(parent, inside)
        return flow.close(inside)

    def _turned(self, flow: TextFlow) -> None:
        if self.page:
            self.page += 1
            flow.anchor("page", str(self.page))

    def _paragraph(self, element: Element, flow: TextFlow) -> None:
        style = self._styles.get("paragraph", element.get("text:style-name", ""))
        if style.breaks and flow.blocks:
            self._turned(flow)
        line = Line()
        blocks = self.line(element, line, flow, style)
        if element.tag == "text:h":
            level = min(max(number(element.get("text:outline-level"), 1), 1), MAX_LIST_DEPTH)
            self._heading(element, level, line, flow)
        elif style.named("title") and not flow.title and not flow.blocks and line.held:
            flow.title = line.plain
        elif style.named("quotations", "quote"):
            flow.block(f"<blockquote><p>{line.html()}</p></blockquote>" if line.held else "")
        else:
            flow.paragraph(line)
        for block in blocks:
            flow.block(block)

    def _heading(self, element: Element, level: int, line: Line, flow: TextFlow) -> None:
        how = self._styles.outline.get(level, ListLevel())
        if how.form and line.held and element.get("text:is-list-header") != "true":
            self._headings[level - 1] = self._headings[level - 1] + 1 if self._headings[level - 1] else how.start
            self._headings[level:] = [0] * len(self._headings[level:])
            line = line.labelled(list_label(self._styles.outline, self._headings, level))
        flow.heading(level, line)

    def line(self, element: Element, line: Line, flow: TextFlow, style: OdfStyle) -> list[str]:
        """Put what is in a paragraph into a line; what stands as a block of its own comes back."""
        blocks: list[str] = []
        if style.hidden:
            flow.dropped["office:hidden-text"] += 1
            return blocks
        marks = () if element.tag == "text:h" else style.marks
        self._inline(element, line, flow, marks, blocks)
        return blocks

    def _inline(self, parent: Element, line: Line, flow: TextFlow, marks: tuple[str, ...], blocks: list[str]) -> None:
        line.text(_spaced(parent.text), marks)
        for each in parent:
            self._one(each, line, flow, marks, blocks)
            line.text(_spaced(each.tail), marks)

    def _one(self, each: Element, line: Line, flow: TextFlow, marks: tuple[str, ...], blocks: list[str]) -> None:
        match each.tag:
            case "text:span":
                style = self._styles.get("text", each.get("text:style-name", ""))
                if style.hidden:
                    flow.dropped["office:hidden-text"] += 1
                else:
                    self._inline(each, line, flow, tuple(dict.fromkeys((*marks, *style.marks))), blocks)
            case "text:s":
                line.text(" " * min(max(number(each.get("text:c"), 1), 1), MAX_SPACES), marks)
            case "text:tab":
                line.text("\t", marks)
            case "text:line-break":
                line.br()
            case "text:a":
                line.link(_address(each.get("xlink:href", "")))
                self._inline(each, line, flow, marks, blocks)
                line.link("")
            case "text:bookmark" | "text:bookmark-start" | "text:reference-mark" | "text:reference-mark-start":
                line.markup(place_mark(each.get("text:name", "")))
            case "text:soft-page-break":
                if self.page:
                    self.page += 1
                    line.markup(anchor("page", str(self.page)))
            case "text:note":
                self._note(each, line, flow)
            case "office:annotation":
                self._comment(each, line, flow)
            case "text:ruby":
                base, reading = Line(), Line()
                for tag, part in (("text:ruby-base", base), ("text:ruby-text", reading)):
                    if (found := first(each, tag)) is not None:
                        self._inline(found, part, flow, (), blocks)
                line.words.extend(base.words)
                line.markup(f"<ruby>{base.html()}<rt>{reading.html()}</rt></ruby>", seen=base.held)
            case "text:hidden-text":
                flow.dropped["office:hidden-text"] += 1
            case "text:p" | "text:h" | "text:list" | "table:table":
                holder = Element("office:text")
                holder.append(each)
                blocks.append(self.inner(holder, flow))
            case tag if tag.startswith("draw:"):
                blocks.extend(self._drawing(each, line, flow))
            case tag if tag in _SILENT:
                pass
            case _:
                self._inline(each, line, flow, marks, blocks)

    def _drawing(self, element: Element, line: Line, flow: TextFlow) -> list[str]:
        if element.tag == "office:annotation":
            self._comment(element, line, flow)
            return []
        return self._drawn.read(element, flow, line)

    def _list(self, element: Element, flow: TextFlow, level: int, style: str) -> None:
        name = element.get("text:style-name", "") or style
        levels = self._styles.lists.get(name, {})
        how = levels.get(level, ListLevel())
        counts = self._counts.setdefault(name, [0] * MAX_LIST_DEPTH)
        goes_on = element.get("text:continue-numbering") == "true" or element.get("text:continue-list") is not None
        if level <= MAX_LIST_DEPTH and not goes_on:
            counts[level - 1] = how.start - 1
        for item in element:
            if item.tag in ("text:list-item", "text:list-header"):
                self._item(item, flow, level, name, how)
            elif item.tag not in _SILENT:
                self.blocks(item, flow)

    def _item(self, item: Element, flow: TextFlow, level: int, name: str, how: ListLevel) -> None:
        at = min(level, MAX_LIST_DEPTH)
        counts, levels = self._counts[name], self._styles.lists.get(name, {})
        inside = flow.inner()
        numbered = False

        def put() -> None:
            """What was gathered, as an item; only the first of one item has its number."""
            nonlocal numbered, inside
            html = flow.close(inside)
            inside = flow.inner()
            if not html:
                return
            line = Line()
            line.markup(html, seen=True)
            if numbered or item.tag == "text:list-header":
                flow.block(html)
                return
            numbered = True
            counts[at - 1] = number(item.get("text:start-value"), counts[at - 1] + 1)
            counts[at:] = [0] * len(counts[at:])
            simple = how.shown <= 1 and how.form in ("1", "a", "A", "i", "I")
            if how.form and not simple:
                line = line.labelled(list_label(levels, counts, at))
                flow.paragraph(line)
            else:
                flow.item(level - 1, how.form, counts[at - 1], line)

        for child in item:
            if child.tag == "text:list":
                put()
                self._list(child, flow, level + 1, name)
            elif child.tag == "text:h":
                put()
                self._paragraph(child, flow)
            elif child.tag != "text:number":
                holder = Element("text:list-item")
                holder.append(child)
                self.blocks(holder, inside)
        put()

    def _note(self, element: Element, line: Line, flow: TextFlow) -> None:
        name = f"note-{len(flow.notes) + 1}"
        mark = text_of(first(element, "text:note-citation")).strip() or str(len(flow.notes) + 1)
        flow.notes[name] = Remark(mark=mark, html="")
        body = first(element, "text:note-body")
        html = self.inner(body, flow) if body is not None else ""
        flow.notes[name] = Remark(mark=mark, html=html)
        if html:
            flow.note(name, mark, line)

    def _comment(self, element: Element, line: Line, flow: TextFlow) -> None:
        name = f"comment-{len(flow.notes) + 1}"
        self._comments += 1
        mark = f"c{self._comments}"
        flow.notes[name] = Remark(mark=mark, html="")
        html = signed(text_of(first(element, "dc:creator")), self.inner(element, flow))
        flow.notes[name] = Remark(mark=mark, html=html)
        if html:
            flow.note(name, mark, line)


def _spaced(text: str | None) -> str:
    """Text as OpenDocument means it: white space is single spaces (part 3 §6.1.2)."""
    return " ".join(text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ")) if text else ""


def _address(written: str) -> str:
    """Where a link leads: an address; "#name" and "#name|outline" in the text itself."""
    if written.startswith("#"):
        return f"#{place_id(written[1:].partition('|')[0])}"
    return written.removeprefix("../") if written.startswith("../") else written
