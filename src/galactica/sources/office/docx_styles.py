"""What the styles of a Word document mean: which are headings, titles, lists, bold; which are on which list.

A style has what the one that it is based on has (ECMA-376-1 §17.7). Headings are told by their outline level, else by
the name that Word gives its own styles in every language's file ("heading 1"; the ids are translated, the names are
not). Programs that write no styles name Word's by their ids ("Heading1", "Title"): where a file does not say what such
a style is, it is Word's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from galactica.sources.office.inline import RAISED
from galactica.sources.office.xmltree import child_value, first, number, switched

MAX_BASED = 20
"""Styles that are based on each other, at most: Word allows eleven."""

_HEADING = re.compile(r"(?:heading|überschrift|titre|título|rubrik|overskrift) ?([1-9])")
_MARKS = {"b": ("w:b",), "i": ("w:i",), "s": ("w:strike", "w:dstrike")}
_VERTICAL = {"superscript": "sup", "subscript": "sub"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStyle:
    """A style of paragraphs or characters, with what it has from those that it is based on.

    Attributes:
        heading: level from 1; 0 where it is none.
        title: whether it is the document's title.
        list_id, list_level: the list that its paragraphs are in; "" and -1 where it says nothing.
        marks: (mark, on or off) of what it says itself.
        code: whether it is for program text.
        quote: whether it is for quotations.
        hidden: whether its text is hidden.
    """

    heading: int = 0
    title: bool = False
    list_id: str = ""
    list_level: int = -1
    marks: tuple[tuple[str, bool], ...] = ()
    code: bool = False
    quote: bool = False
    hidden: bool = False
    contents: bool = False


PLAIN_STYLE = WordStyle()


class Styles:
    """The styles of one document by their ids.

    Args:
        root: of `styles.xml`; None where there is none.
    """

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._made: dict[str, WordStyle] = {}
        self.default = ""
        if root is None:
            return
        for each in root.iter("w:style"):
            identifier = each.get("w:styleId", "")
            self._elements.setdefault(identifier, each)
            if each.get("w:type") == "paragraph" and each.get("w:default", "") in ("1", "true", "on"):
                self.default = self.default or identifier

    def get(self, identifier: str) -> WordStyle:
        """A style; where there is none of that id, Word's own of that id, else a plain one."""
        if identifier not in self._made:
            known = identifier in self._elements
            self._made[identifier] = self._make(identifier) if known else _built_in(identifier)
        return self._made[identifier]

    def _make(self, identifier: str) -> WordStyle:
        chain: list[Element] = []
        seen: set[str] = set()
        while identifier in self._elements and identifier not in seen and len(chain) < MAX_BASED:
            seen.add(identifier)
            element = self._elements[identifier]
            chain.append(element)
            identifier = child_value(element, "w:basedOn") or ""
        heading, list_id, list_level = 0, "", -1
        marks: dict[str, bool] = {}
        hidden = False
        for element in reversed(chain):  # what is nearer counts
            paragraph = first(element, "w:pPr")
            heading = _level(element, paragraph, heading)
            list_id = child_value(first(paragraph, "w:numPr"), "w:numId") or list_id
            level = child_value(first(paragraph, "w:numPr"), "w:ilvl")
            list_level = number(level) if level is not None else list_level
            run = first(element, "w:rPr")
            marks.update(run_marks(run))
            on = switched(run, "w:vanish")
            hidden = hidden if on is None else on
        names = [(child_value(element, "w:name") or "").lower() for element in chain]
        if heading:
            marks = {mark: on for mark, on in marks.items() if mark not in ("b", "i")}  # a heading is bold by itself
        return WordStyle(
            heading=heading,
            title="title" in names[:1],
            list_id=list_id,
            list_level=list_level,
            marks=tuple(marks.items()),
            code=any(name in ("html preformatted", "source code", "macro text", "html code") for name in names),
            quote=any(name in ("quote", "intense quote", "block text", "block quote") for name in names),
            hidden=hidden,
            contents=any(name.startswith("toc ") for name in names[:1]),
        )


def run_marks(about: Element | None) -> dict[str, bool]:
    """How letters are marked by their properties (`w:rPr`): mark → on or off, where something is said of it."""
    found: dict[str, bool] = {}
    for mark, names in _MARKS.items():
        said = [on for name in names if (on := switched(about, name)) is not None]
        if said:
            found[mark] = any(said)
    vertical = child_value(about, "w:vertAlign")
    if vertical is not None:
        found.update({mark: _VERTICAL.get(vertical) == mark for mark in _VERTICAL.values()})
    return found


def set_higher(about: Element | None) -> str:
    """Whether letters stand higher or lower by a distance: "sup", "sub" or ""."""
    by = number(child_value(about, "w:position"))
    return "" if abs(by) < RAISED else "sup" if by > 0 else "sub"


def _level(style: Element, paragraph: Element | None, based: int) -> int:
    """The level of heading that a style says; that of the style it is based on where it says nothing."""
    stated = child_value(paragraph, "w:outlineLvl")
    if stated is not None:
        level = number(stated, 9) + 1
        return level if 1 <= level <= 9 else 0
    return named_heading(child_value(style, "w:name") or "") or based


def _built_in(identifier: str) -> WordStyle:
    """What a style is of which a file says nothing but Word's id."""
    return WordStyle(heading=named_heading(identifier), title=identifier.lower() == "title")


def named_heading(name: str) -> int:
    """The level of heading that the name of a style says; 0 for none."""
    named = _HEADING.fullmatch(name.lower())
    return int(named[1]) if named else 0
