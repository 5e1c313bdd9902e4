"""How the pages of a book become parts of a work: which files are cut at which places, what each part is called.

Rules: a file that the contents name once is one part. One with several entries side by side is cut at each; entries
inside an entry only where that is longer than `LONG`, or is only a heading of theirs; what is `HUGE` and has no
entries inside at its highest headings. A file that the contents do not
name goes on with what came before it: it is a part of its own, below that one's heading. Of entries that lead to the
same place the innermost gives the title; those around it are headings.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from galactica.sources.epub_cfi import CfiPlace, cfi_place
from galactica.sources.epub_contents import Contents, ContentsEntry
from galactica.sources.epub_flow import MAX_PIECES
from galactica.sources.epub_marks import break_kind, break_label, label_of
from galactica.sources.epub_tags import GONE, HEADINGS
from galactica.sources.leaf import title_line
from galactica.sources.xml_stream import TooMuchError, read_soup, read_xml

LONG = 12_000
"""Characters of text above which a chapter is cut at the sections that the contents name: some five pages of a book."""

HUGE = 60_000
"""Characters of text above which a part that the contents cut no further is cut at its highest headings."""

MAX_IDS = 500_000
"""Ids of one page that are looked at."""

BARE = 20
"""Characters of text beyond its own words before the first of several entries inside an entry, where that is only a
heading of theirs."""

PREAMBLE = 400
"""Characters of text that may stand before the first place that the contents name, as a part of what begins there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a part begins: at an id of a file, "" for its beginning; what it is called, and the headings above it."""

    fragment: str
    title: str
    headings: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Sheet:
    """What is known of a file before it is read for good.

    Attributes:
        cuts: places at which it is cut, in the order of its text; the first may be its beginning.
        pages: id → label of the printed page that begins there; "" for the file's beginning.
        part_of: id → number of the cut that it stands behind; of files that are cut.
        named: whether the contents name the file.
        places: (place, label) of printed pages that are told by counting.
    """

    cuts: tuple[Place, ...] = ()
    pages: dict[str, str] = field(default_factory=dict)
    part_of: dict[str, int] = field(default_factory=dict)
    named: bool = False
    places: tuple[tuple[CfiPlace, str], ...] = ()


@dataclass(slots=True)
class _Line:
    """An entry of the contents; `way` leads to it, a number at each level."""

    entry: ContentsEntry
    headings: tuple[str, ...]
    way: tuple[int, ...]


class Scan:
    """A listener that notes where ids stand, in characters of text, and printed pages."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.pages: dict[str, str] = {}
        self.headings: list[tuple[int, int, str, str]] = []  # where, level, id, text
        self.size = 0
        self._page: tuple[str, str, str, str] | None = None  # of a page that begins: how, tag, label, id
        self._inside = 0
        self._marks: list[str] = []
        self._shown = ""
        self._heading = ""
        self._skipping = ""
        self._depth = 0
        self._left = MAX_PIECES

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag."""
        self._left -= 1
        if self._left < 0:
            raise TooMuchError
        if self._skipping:
            self._depth += name == self._skipping
            return
        if name in ("svg", "math", "title", *GONE):
            self._skipping, self._depth = name, 1
        mark = attributes.get("id") or (attributes.get("name", "") if name == "a" else "")
        if mark and (not self._skipping or name == "math") and len(self.ids) < MAX_IDS:
            self.ids.setdefault(mark, self.size)
        if name in HEADINGS and len(self.headings) < MAX_IDS:
            key = mark or f"heading-{len(self.headings) + 1}"
            self.headings.append((self.size, HEADINGS[name], key, ""))
            self._heading = name
        kind = break_kind(name, attributes)
        if self._page is None and kind:
            self._page, self._inside = (kind, name, label_of(attributes, ""), mark), 0
            self._marks, self._shown = [], ""
        if self._page is not None:
            self._inside += name == self._page[1]
            self._marks.extend([mark] if mark else [])

    def end(self, name: str) -> None:
        """An end tag."""
        if self._skipping:
            self._depth -= name == self._skipping
            self._skipping = self._skipping if self._depth else ""
            return
        if name == self._heading:
            self._heading = ""
        if self._page is not None and self._page[1] == name:
            self._inside -= 1
            if not self._inside:
                kind, _, label, mark = self._page
                if label := break_label(kind, label if kind != "named" else "", mark, self._shown):
                    self.pages.update((each, label) for each in self._marks if each not in self.pages)
                self._page = None

    def text(self, text: str) -> None:
        """Text."""
        if self._skipping not in ("", "math"):
            return
        self.size += len(text.strip())
        if self._heading:
            at, level, key, said = self.headings[-1]
            self.headings[-1] = (at, level, key, (said + text)[:1_000])
        if self._page:
            self._shown += text[:100]


def scan(document: str) -> Scan:
    """Where things stand in a page."""
    found = Scan()
    with contextlib.suppress(TooMuchError):  # then it is not read either
        try:
            read_xml(document, found)
        except ValueError:
            found = Scan()
            read_soup(document, found)
    return found


class ContentsPlan:
    """The lines of the contents by file.

    Args:
        contents: the book's.
        order: paths of its reading order, for places that are told by counting.
        long: characters above which an entry is cut at those inside it.
    """

    def __init__(self, contents: Contents, order: Sequence[str] = (), *, long: int = LONG) -> None:
        self._long = long
        self._lines: dict[str, list[_Line]] = {}
        self._pages: dict[str, dict[str, str]] = {}
        self._places: dict[str, list[tuple[CfiPlace, str]]] = {}
        self.unplaced = 0
        for line in _flat(contents.entries, (), ()):
            if line.entry.path:
                self._lines.setdefault(line.entry.path, []).append(line)
        for label, path, fragment in contents.pages:
            told = label_of({}, label) or label
            place = cfi_place(fragment) if fragment.startswith("epubcfi(") else None
            if place is not None and place.order < len(order) and told:
                self._places.setdefault(order[place.order], []).append((place, told))
            elif path and told and not fragment.startswith("epubcfi("):
                self._pages.setdefault(path, {}).setdefault(fragment, told)
            else:
                self.unplaced += 1

    def asks(self, path: str) -> bool:
        """Whether a file has to be looked through: its contents are several, or lead into it."""
        lines = self._lines.get(path, ())
        return len(lines) > 1 or any(line.entry.fragment for line in lines)

    def sheet(self, path: str, found: Scan | None) -> Sheet:
        """What is to be done with a file; `found` where it was looked through."""
        lines = self._lines.get(path, [])
        pages = dict(self._pages.get(path, {}))
        places = tuple(self._places.get(path, ()))
        if found is None:
            return Sheet(cuts=_first(lines), pages=pages, named=bool(lines), places=places)
        for mark, label in found.pages.items():
            if label:
                pages.setdefault(mark, label)
        self.unplaced += sum(1 for line in lines if line.entry.fragment and line.entry.fragment not in found.ids)
        placed = [(found.ids.get(line.entry.fragment, 0), line) for line in lines]
        cuts: list[Place] = []
        starts: list[int] = []
        for at, line in sorted(_chosen(placed, found.size, self._long), key=lambda each: each[0]):
            place = Place(
                fragment=line.entry.fragment if line.entry.fragment in found.ids else "",
                title=line.entry.label,
                headings=line.headings,
            )
            if starts and starts[-1] == at:
                if len(place.headings) > len(cuts[-1].headings) and place.title:
                    cuts[-1] = place
                continue
            cuts.append(place)
            starts.append(at)
        if starts and starts[0] > PREAMBLE:
            cuts.insert(0, Place(fragment="", title="", headings=()))
            starts.insert(0, 0)
        elif cuts:
            cuts[0] = Place(fragment="", title=cuts[0].title, headings=cuts[0].headings)
        cuts, starts = _at_headings(cuts, starts, found)
        part_of = (
            {mark: max(0, bisect_right(starts, at) - 1) for mark, at in found.ids.items()} if len(cuts) > 1 else {}
        )
        return Sheet(cuts=tuple(cuts), pages=pages, part_of=part_of, named=bool(lines), places=places)


def _flat(entries: Iterable[ContentsEntry], headings: tuple[str, ...], way: tuple[int, ...]) -> Iterator[_Line]:
    """The entries in the order of the contents, each after those that it stands in."""
    for number, entry in enumerate(entries):
        here = (*way, number)
        yield _Line(entry, headings, here)
        yield from _flat(entry.entries, (*headings, entry.label) if entry.label else headings, here)


def _first(lines: list[_Line]) -> tuple[Place, ...]:
    return tuple(Place(fragment="", title=line.entry.label, headings=line.headings) for line in lines[:1])


def _chosen(placed: list[tuple[int, _Line]], size: int, long: int) -> Iterator[tuple[int, _Line]]:
    """Of the lines that lead into a file, each with its place, those at which it is cut."""
    ends = [size] * len(placed)
    around = [-1] * len(placed)  # of each line the number of the one it stands in, in this file
    inside = [0] * len(placed)
    open_: list[int] = []
    for number, (at, line) in enumerate(placed):
        while open_ and not _is_inside(line, placed[open_[-1]][1]):
            ends[open_.pop()] = at
        if open_:
            around[number] = open_[-1]
            inside[open_[-1]] += 1
        open_.append(number)
    headed = [
        inside[number] > 1 and placed[number + 1][0] - at <= len(line.entry.label) + BARE
        for number, (at, line) in enumerate(placed)
    ]
    cut = [True] * len(placed)
    for number, (at, line) in enumerate(placed):
        owner = around[number]
        if owner >= 0:
            start = placed[owner][0]
            cut[number] = cut[owner] and (
                headed[owner] or ends[owner] - start > long or (inside[owner] == 1 and at == start)
            )
        if cut[number]:
            yield at, line


def _is_inside(line: _Line, other: _Line) -> bool:
    return line.way[: len(other.way)] == other.way


def _at_headings(cuts: list[Place], starts: list[int], found: Scan) -> tuple[list[Place], list[int]]:
    """Cut what is huge and has no entries of its own at its highest headings, where there are several."""
    if found.size <= HUGE:
        return cuts, starts
    cuts, starts = cuts or [Place(fragment="", title="", headings=())], starts or [0]
    every: list[tuple[int, Place]] = []
    at = [each[0] for each in found.headings]
    for number, (start, place) in enumerate(zip(starts, cuts, strict=True)):
        every.append((start, place))
        end = starts[number + 1] if number + 1 < len(starts) else found.size
        if end - start <= HUGE:
            continue
        inside = [each for each in found.headings[bisect_right(at, start) : bisect_left(at, end)] if each[3].strip()]
        levels = [level for _, level, _, _ in inside]
        several = next((level for level in sorted(set(levels)) if levels.count(level) > 1), 0)
        if not several:
            continue
        above = (*place.headings, place.title) if place.title else place.headings
        every.extend(
            (where, Place(fragment=key, title=title_line(said), headings=above))
            for where, level, key, said in inside
            if level == several
        )
    return [place for _, place in every], [where for where, _ in every]
