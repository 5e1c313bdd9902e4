"""At which page of a Word document something stands, where the file tells it and tells it right.

Word leaves a mark where a page began when it last drew the document. The marks and the breaks that a person set are
counted; only where they come to the number of pages that the file itself states is the count believed. Pages are called
by their labels: where a section begins with a number of its own or counts in Roman numerals, so do its anchors.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from galactica.sources.office.docx_numbers import number_written
from galactica.sources.office.xmltree import child_value, first, number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    start: int = 0
    form: str = "decimal"
    continuous: bool = False


class Pages:
    """Counts pages while a document is read from its beginning to its end.

    Args:
        body: the document's body.
        stated: how many pages it has, as its properties say; 0 where they do not.
    """

    def __init__(self, body: Element, stated: int) -> None:
        sections = [_section(each) for each in body.iter("w:sectPr")]
        self._sections = sections or [_Section()]
        self._at = 0
        self._explicit = False
        self._turned = False
        self.page = 1
        self._label = self._sections[0].start or 1
        counted = _count(body)
        oddly = any(each.continuous and each.start for each in self._sections[1:])
        self.known = stated > 1 and counted == stated and not oddly

    def label(self) -> str:
        """The label of the page that is being read."""
        return number_written(self._label, self._sections[self._at].form)

    def text(self) -> None:
        """Something that a reader sees was read."""
        self._explicit = False

    def broken(self, *, drawn: bool) -> bool:
        """A page ends here; whether it had not been told before.

        Args:
            drawn: Word's own mark of where it drew the next page; else a break that somebody set.
        """
        if drawn and self._explicit:
            self._explicit = False
            return False
        self._explicit = not drawn
        self.page += 1
        self._label += 1
        if self._turned and self._sections[self._at].start:
            self._label = self._sections[self._at].start
        self._turned = False
        return True

    def section(self) -> None:
        """A section ends here: what comes next is of the following one."""
        if self._at + 1 < len(self._sections):
            self._at += 1
            self._turned = not self._sections[self._at].continuous


def _section(properties: Element) -> _Section:
    pages = first(properties, "w:pgNumType")
    return _Section(
        start=number(pages.get("w:start")) if pages is not None else 0,
        form=pages.get("w:fmt", "decimal") if pages is not None else "decimal",
        continuous=child_value(properties, "w:type") == "continuous",
    )


def _count(body: Element) -> int:
    """How many pages the breaks and marks come to."""
    pages, explicit = 1, False
    for each in body.iter():
        if each.tag == "w:lastRenderedPageBreak":
            pages += not explicit
            explicit = False
        elif each.tag == "w:br" and each.get("w:type") == "page":
            pages += 1
            explicit = True
        elif each.tag == "w:t" and each.text:
            explicit = False
    return pages
