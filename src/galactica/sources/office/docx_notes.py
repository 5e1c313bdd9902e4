"""Footnotes, endnotes and comments of Word documents, read when their marks are met (§17.11, §17.13.4)."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from galactica.sources.office.docx_numbers import number_written
from galactica.sources.office.drawing import Relations
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import Remark, TextFlow, signed
from galactica.sources.office.inline import Line
from galactica.sources.office.package import OfficePackage

_MARKS: dict[str, Callable[[int], str]] = {
    "footnote": str,
    "endnote": lambda count: number_written(count, "lowerRoman"),  # as Word writes them
    "comment": lambda count: f"c{count}",
}
_PARTS = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}


class DocxNotes:
    """The notes of one document.

    Args:
        inner: reads what is in a note: (its element, flow, relations of its part) → HTML.
    """

    def __init__(
        self, package: OfficePackage, relations: Relations, inner: Callable[[Element, TextFlow, Relations], str]
    ) -> None:
        self._package = package
        self._relations = relations
        self._inner = inner
        self._found: dict[str, dict[str, Element]] = {}
        self._of: dict[str, Relations] = {}
        self._counts: dict[str, int] = {}

    def mark(self, kind: str, identifier: str, custom: str, flow: TextFlow, line: Line) -> None:
        """Put the mark of a note into the line and read the note; each note once."""
        name = f"{kind}-{identifier}"
        if name not in flow.notes:
            element = self._elements(kind, flow).get(identifier)
            if element is None:
                flow.dropped[f"office:missing-{kind}"] += 1
                return
            self._counts[kind] = count = self._counts.get(kind, 0) + 1
            mark = custom.strip() or _MARKS[kind](count)
            flow.notes[name] = Remark(mark=mark, html="")  # a note that has its own mark in it ends here
            html = signed(element.get("w:author", ""), self._inner(element, flow, self._of[kind]))
            flow.notes[name] = Remark(mark=mark, html=html)
        if flow.notes[name].html:
            flow.note(name, flow.notes[name].mark, line)

    def _elements(self, kind: str, flow: TextFlow) -> dict[str, Element]:
        if kind not in self._found:
            self._found[kind], self._of[kind] = self._read(kind, flow)
        return self._found[kind]

    def _read(self, kind: str, flow: TextFlow) -> tuple[dict[str, Element], Relations]:
        part = _PARTS[kind]
        relation = next((each for each in self._relations.values() if each.kind == part and not each.outside), None)
        if relation is None:
            return {}, {}
        try:
            root = self._package.xml(relation.target)
        except PartError:
            flow.dropped[f"office:damaged-{part}"] += 1
            return {}, {}
        found = {each.get("w:id", ""): each for each in root.iter(f"w:{kind}")}
        return found, self._package.relations(relation.target)
