"""Which lines are headings, and how deep: by the file's bookmarks, by its tags, else by size and weight.

Rules:
1. A line, or some that follow each other, that says what a bookmark of its page says is a heading of its depth.
2. In a file whose tags name headings, those are headings.
3. A line that is larger than the text, short, with letters in it, is one; its depth follows from its size among those
   that headings of the file have. A bold line in the text's size is one where it stands alone and does not end like a
   sentence, in files that are not mostly bold.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from galactica.sources.pdf.page import OutlineEntry, PdfLine, PdfPage
from galactica.sources.pdf.paragraphs import BULLET
from galactica.sources.pdf.running import commonest, sizes_of

LARGER = 1.12
"""Of the text's size: a heading."""

LONGEST = 220
"""Characters of a heading."""

MAX_LEVELS = 4
"""Depths that sizes tell apart."""

_LETTER = re.compile(r"[^\W\d_]")
_PLAIN = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3}){0,5}|[a-z]|[ivx]{1,5})[.)]?\s+", re.I)
_LISTED = re.compile(r"(?:[.·…]\s?){3,}|^\d.*\s\d{1,4}$")
"""A line of a list of contents."""

_TAGGED = {"Title": 0, "H": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}


@dataclass(frozen=True, slots=True)
class PdfHeading:
    """A heading: how deep (from 0), of how many lines, and the number of its bookmark, -1 for none."""

    level: int
    lines: int = 1
    entry: int = -1


class Looks:
    """What the sizes and weights of a file's lines say: gathered page by page, then asked."""

    def __init__(self) -> None:
        self._sizes: Counter[float] = Counter()
        self._short: Counter[float] = Counter()
        self._bold = self._all = 0
        self.tagged = False

    def learn(self, lines: Iterable[PdfLine]) -> None:
        """Take in the lines of a page."""
        kept = list(lines)
        self._sizes.update(sizes_of(kept))
        for line in kept:
            self._all += len(line.text)
            self._bold += len(line.text) * line.bold
            self.tagged = self.tagged or line.tag in _TAGGED
            if len(line.text) <= LONGEST and _LETTER.search(line.text):
                self._short[round(line.size * 2) / 2] += 1

    @property
    def body(self) -> float:
        """The size of the text."""
        return commonest(self._sizes)

    @property
    def mostly_bold(self) -> bool:
        """Whether bold says nothing."""
        return self._bold > 0.3 * self._all

    def levels(self) -> dict[float, int]:
        """Size of a heading → its depth, from 1; larger ones come first, rare sizes with their neighbours."""
        sizes = sorted((size for size in self._short if size >= LARGER * self.body), reverse=True)
        found: dict[float, int] = {}
        level, last = 0, 0.0
        for size in sizes:
            if not last or size < 0.93 * last:
                level = min(level + 1, MAX_LEVELS)
                last = size
            found[size] = level
        return found


class Headings:
    """Finds the headings of one page after the other.

    Args:
        looks: of the whole file.
        outline: its bookmarks.
    """

    def __init__(self, looks: Looks, outline: Sequence[OutlineEntry]) -> None:
        self._body = looks.body
        self._levels = looks.levels()
        self._tagged = looks.tagged
        self._bold = not looks.mostly_bold
        self._entries: dict[int, list[tuple[int, OutlineEntry]]] = defaultdict(list)
        for number, entry in enumerate(outline):
            self._entries[entry.page].append((number, entry))
        self._deepest = max((entry.level for entry in outline), default=-1)

    def of_page(self, number: int, lines: Sequence[PdfLine]) -> dict[int, PdfHeading]:
        """Number of a line → the heading that begins there."""
        found = self._by_outline(number, lines)
        covered = {at + more for at, heading in found.items() for more in range(heading.lines)}
        at = 0
        while at < len(lines):
            if at in covered:
                at += 1
                continue
            heading = self._by_tag(at, lines) if self._tagged else self._by_look(at, lines, covered)
            if heading:
                found[at] = heading
                covered.update(range(at, at + heading.lines))
            at += heading.lines if heading else 1
        return found

    def _by_outline(self, number: int, lines: Sequence[PdfLine]) -> dict[int, PdfHeading]:
        found: dict[int, PdfHeading] = {}
        start = 0
        for entry_number, entry in self._entries.get(number, ()):
            wanted = _bare(entry.title)
            if not wanted:
                continue
            for at in [*range(start, len(lines)), *range(start)]:
                count = 0 if at in found else _says(lines, at, wanted)
                if count:
                    found[at] = PdfHeading(entry.level + 1, count, entry_number)
                    start = at + count
                    break
        return found

    def _by_tag(self, at: int, lines: Sequence[PdfLine]) -> PdfHeading | None:
        line = lines[at]
        if line.tag not in _TAGGED or not _LETTER.search(line.text):
            return None
        count = 1
        while at + count < len(lines) and lines[at + count].element == line.element and count < 6:
            count += 1
        return PdfHeading(_TAGGED[line.tag], count)

    def _by_look(self, at: int, lines: Sequence[PdfLine], covered: set[int]) -> PdfHeading | None:
        line = lines[at]
        if len(line.text) > LONGEST or not _LETTER.search(line.text) or line.turned or BULLET.match(line.text):
            return None
        size = round(line.size * 2) / 2
        level = self._levels.get(size)
        count = 1
        while (
            at + count < len(lines)
            and at + count not in covered
            and _goes_on(line, lines[at + count - 1], lines[at + count])
        ):
            count += 1
        if level is not None:
            if _LISTED.search(line.text):
                return None
            if count > 4 or sum(len(each.text) for each in lines[at : at + count]) > LONGEST:
                return None
            return PdfHeading(max(level, self._deepest + 2 if self._deepest >= 0 else level), count)
        if not (self._bold and line.bold and size >= 0.95 * self._body and count <= 2):
            return None
        text = " ".join(each.text for each in lines[at : at + count]).strip()
        if len(text) > 120 or text[-1] in ".,;:" or len(_LETTER.findall(text)) < 3 or _LISTED.search(text):
            return None
        if not self._alone(at, count, lines):
            return None
        return PdfHeading(max(len(set(self._levels.values())) + 1, self._deepest + 2), count)

    def _alone(self, at: int, count: int, lines: Sequence[PdfLine]) -> bool:
        """Whether more white than between lines stands above it, or it begins its column."""
        line = lines[at]
        above = lines[at - 1] if at else None
        if above is None or above.column != line.column:
            return True
        return line.base - above.base > 1.45 * line.size or bool(_NUMBERED.match(line.text))


def _goes_on(first: PdfLine, last: PdfLine, line: PdfLine) -> bool:
    return (
        line.column == first.column
        and line.bold == first.bold
        and abs(line.size - first.size) < 0.04 * first.size
        and 0 < line.base - last.base < 1.7 * first.size
    )


def _says(lines: Sequence[PdfLine], at: int, wanted: str) -> int:
    """How many lines from one on say what a bookmark says; 0 where they do not."""
    said = ""
    for count in range(1, 5):
        if at + count > len(lines):
            return 0
        said += _bare(lines[at + count - 1].text)
        if said == wanted or _unnumbered(lines[at].text, said) == wanted or said == _unnumbered(wanted, wanted):
            return count
        if len(said) > len(wanted) + 12:
            return 0
    return 0


def _bare(text: str) -> str:
    return _PLAIN.sub("", text.casefold())


def _unnumbered(first: str, said: str) -> str:
    number = _NUMBERED.match(first.strip())
    return said[len(_bare(number[0])) :] if number else said


def says(one: str, two: str) -> bool:
    """Whether two headings say the same, but for signs and case."""
    return _bare(one) == _bare(two)


def with_lines(page: PdfPage, dropped: dict[int, str]) -> list[PdfLine]:
    """The lines of a page without those that are headers and footers."""
    return [line for at, line in enumerate(page.lines) if at not in dropped]
