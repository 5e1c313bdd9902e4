"""The numbers of lists and headings in a Word document, counted as Word counts them (ECMA-376-1 §17.9).

Files hold no numbers: a paragraph names a list and a level, the list says how each level is written ("%1.%2"), and
whoever shows the text counts. A level begins anew after one above it, unless it says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from galactica.sources.office.xmltree import child_value, first, number

LEVELS = 9
"""Levels of a list."""

_FORMS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile(r"%([1-9])")
_SIMPLE = re.compile(r"\(?%([1-9])[.)]?\s*")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_HAN_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """What stands before a paragraph.

    Attributes:
        level: from 0.
        form: how it is counted, as `ol` has it; "" for a bullet, and for a number that a list of HTML cannot show.
        count: the number.
        label: the number as it is written, "" for a bullet.
        plain: whether a list of HTML shows the same.
    """

    level: int
    form: str
    count: int
    label: str
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedLevel:
    """How a level of a list is numbered: first number, how it is counted, how it is written ("%1.%2"), above which
    level it begins anew (-1: above any, 0: never), whether all numbers are in digits."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    restart: int = -1
    legal: bool = False


class WordNumbering:
    """The lists of one document, and how far each has counted.

    Args:
        root: of `numbering.xml`; None where there is none.
    """

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, NumberedLevel]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._starts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        abstract = {each.get("w:abstractNumId", ""): each for each in root.iter("w:abstractNum")}
        by_style = {child_value(each, "w:styleLink"): each for each in abstract.values()}
        for each in root.iter("w:num"):
            identifier = each.get("w:numId", "")
            named = child_value(each, "w:abstractNumId") or ""
            element = abstract.get(named)
            linked = child_value(element, "w:numStyleLink")
            element = by_style.get(linked, element) if linked else element
            levels = {number(level.get("w:ilvl")): _read(level) for level in element or () if level.tag == "w:lvl"}
            for override in each:
                if override.tag != "w:lvlOverride":
                    continue
                at = number(override.get("w:ilvl"))
                if (own := first(override, "w:lvl")) is not None:
                    levels[at] = _read(own)
                start = child_value(override, "w:startOverride")
                if start is not None:
                    self._starts[identifier, at] = number(start, 1)
            self._levels[identifier] = levels
            self._abstract[identifier] = element.get("w:abstractNumId", named) if element is not None else identifier

    @classmethod
    def of_levels(
        cls, levels: dict[str, dict[int, NumberedLevel]], abstract: dict[str, str], starts: dict[tuple[str, int], int]
    ) -> WordNumbering:
        """The lists of a document that says them otherwise than in XML.

        Args:
            levels: by the name of a list, then by level.
            abstract: name of a list → what it counts together with.
            starts: (name of a list, level) → the number that it begins with there.
        """
        found = cls(None)
        found._levels, found._abstract, found._starts = levels, abstract, starts
        return found

    def known(self, list_id: str) -> bool:
        """Whether there is such a list; "0" takes a paragraph out of any."""
        return list_id != "0" and list_id in self._levels

    def next(self, list_id: str, level: int) -> Numbered:
        """Count one further paragraph of a list."""
        level = min(max(level, 0), LEVELS - 1)
        levels = self._levels[list_id]
        how = levels.get(level, NumberedLevel(text=f"%{level + 1}."))
        counts = self._counts.setdefault(self._abstract[list_id], [-1] * LEVELS)
        start = self._starts.get((list_id, level))
        if start is not None and (list_id, level) not in self._begun:
            counts[level] = start - 1
        elif counts[level] < 0:
            counts[level] = how.start - 1
        self._begun.add((list_id, level))
        counts[level] += 1
        for below in range(level + 1, LEVELS):
            restart = levels.get(below, NumberedLevel()).restart
            if restart < 0 or (restart > 0 and level < restart):
                counts[below] = -1
        if how.form in ("bullet", "none") and not _PLACE.search(how.text):
            label = how.text if how.form == "none" and how.text.strip() else ""
            return Numbered(level=level, form="", count=0, label=label.strip(), plain=not label.strip())
        for above in range(level):
            if counts[above] < 0:
                counts[above] = levels.get(above, NumberedLevel()).start
        label = _PLACE.sub(lambda match: self._written(levels, counts, int(match[1]) - 1, how.legal), how.text).strip()
        simple = _SIMPLE.fullmatch(how.text)
        form = _FORMS.get(how.form, "") if simple and int(simple[1]) - 1 == level and counts[level] > 0 else ""
        return Numbered(level=level, form=form, count=counts[level], label=label, plain=bool(form))

    def _written(self, levels: dict[int, NumberedLevel], counts: list[int], level: int, legal: bool) -> str:
        form = levels.get(level, NumberedLevel()).form
        return number_written(max(counts[level], 0), "decimal" if legal else form)


def _read(level: Element) -> NumberedLevel:
    text = child_value(level, "w:lvlText")
    form = child_value(level, "w:numFmt")
    return NumberedLevel(
        start=number(child_value(level, "w:start"), 1) if child_value(level, "w:start") is not None else 0,
        form="decimal" if form is None else form,
        text="" if text is None else text,
        restart=-1 if child_value(level, "w:lvlRestart") is None else number(child_value(level, "w:lvlRestart")),
        legal=first(level, "w:isLgl") is not None,
    )


def number_written(count: int, form: str) -> str:
    """A number as a list writes it; in digits where the form is not known here."""
    match form:
        case "lowerLetter" | "a":
            return _letters(count)
        case "upperLetter" | "A":
            return _letters(count).upper()
        case "lowerRoman" | "i":
            return _roman(count)
        case "upperRoman" | "I":
            return _roman(count).upper()
        case "decimalZero":
            return f"{count:02}"
        case "none":
            return ""
        case "decimalEnclosedCircle" if 1 <= count <= 20:
            return chr(0x2460 + count - 1)
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "ideographDigital" if count < 100:
            return _han(count)
        case _:
            return str(count)


def _letters(count: int) -> str:
    """1 → a, 26 → z, 27 → aa, as Word counts."""
    return chr(97 + (count - 1) % 26) * min((count - 1) // 26 + 1, 20) if count > 0 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    pieces: list[str] = []
    for size, letters in _ROMAN:
        times, count = divmod(count, size)
        pieces.append(letters * times)
    return "".join(pieces)


def _han(count: int) -> str:
    tens, ones = divmod(count, 10)
    if not tens:
        return _HAN_DIGITS[ones]
    return (_HAN_DIGITS[tens] if tens > 1 else "") + "十" + (_HAN_DIGITS[ones] if ones else "")
