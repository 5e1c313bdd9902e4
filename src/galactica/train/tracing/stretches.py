"""Stretches of a text that stand in the view: from pieces that match to bytes, each seen in a document itself.

A stretch is kept where no other one holds it. What matches in fewer than `DEEPEST` pieces in a row ends there, to the
piece; what matches in more is followed in its documents. In both, the documents that are read say how many bytes
further it goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from galactica.train.tracing.index import Longs, TraceIndex
from galactica.train.tracing.matching import DEEPEST, UNFOLLOWED, PieceMatches
from galactica.train.tracing.pieces import WIDEST, piece_sizes
from galactica.train.tracing.worth import SureWindow

MOST_ROWS = 16
"""Places of a stretch that are looked up: those of the first parts, in the order of what follows them."""

LONGEST_BACK = 1024
"""Pieces that are looked back from the end of a stretch that stands in more than `MOST_ROWS` places: after so many the
first places are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedStretch:
    """Pieces of a text that stand in the view in a row.

    Attributes:
        first, last: numbers of its pieces, [first, last).
        count: places where it stands.
        documents, offsets: `int64 [n]`, up to `MOST_ROWS` of these places.
        after: `int64 [n]`, of a short stretch: bytes behind it that are the same at each of them.
    """

    first: int
    last: int
    count: int
    documents: Longs = field(repr=False)
    offsets: Longs = field(repr=False)
    after: Longs = field(repr=False, default_factory=lambda: np.zeros(0, np.int64))


def short_ends(matches: PieceMatches) -> Longs:
    """Pieces at which a stretch of fewer than `DEEPEST` pieces ends that no other one holds, ascending."""
    deepest, firsts = matches.deepest, matches.firsts
    held = np.append(firsts[1:] == firsts[:-1], [False])
    return np.flatnonzero(~held & (deepest > 0) & (deepest < DEEPEST) & (matches.followed == UNFOLLOWED))


def sure_stretches(index: TraceIndex, windows: Sequence[SureWindow]) -> list[MatchedStretch]:
    """Windows that stand in one place, with their places."""
    documents, offsets = index.places(
        np.array([window.part for window in windows]), np.array([window.row for window in windows])
    )
    return [
        MatchedStretch(
            first=window.first,
            last=window.end + 1,
            count=1,
            documents=documents[number : number + 1],
            offsets=offsets[number : number + 1],
        )
        for number, window in enumerate(windows)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """How long a short stretch must be, and of what.

    Attributes:
        starts, pieces: `int64 [n]`, `uint64 [n]`, of the text, as `pieces.traced_pieces` makes them.
        begins: `int64 [n]`, where the word begins that each piece is in.
        size: bytes of the text.
        least: bytes.
    """

    starts: Longs
    pieces: npt.NDArray[np.uint64]
    begins: Longs
    size: int
    least: int

    def without_right(self, end: int, first: int) -> int:
        """Bytes of pieces [first, end], with all that may be the same of the word before them."""
        behind = int(self.starts[end + 1]) if end + 1 < len(self.starts) else self.size
        return behind - (int(self.begins[first - 1]) if first else 0)


def short_stretches(index: TraceIndex, matches: PieceMatches, ends: Longs, needed: Needed) -> list[MatchedStretch]:
    """The stretches that end with these pieces, in the order of the text, with the first of their places; those alone
    that may be long enough with what is the same on both sides, of which the index says the right one."""
    deepest = matches.deepest
    counts, owners, parts, rows = [], [], [], []
    for number, end in enumerate(ends):
        count, part, row = _rows(matches.depth[:, end] == deepest[end], matches.low[:, end], matches.high[:, end])
        counts.append(count)
        owners.append(np.full(len(row), number))
        parts.append(part)
        rows.append(row)
    if not rows:
        return []
    owner, part, row = np.concatenate(owners), np.concatenate(parts), np.concatenate(rows)
    first = ends + 1 - deepest[ends]
    known = np.array([needed.without_right(int(end), int(begin)) for end, begin in zip(ends, first, strict=True)])
    after = _same_after(index, part, row, ends[owner], deepest[ends[owner]], needed.pieces)
    kept = np.flatnonzero(known[owner] + after >= needed.least)
    if not len(kept):
        return []
    kept = kept[np.lexsort((kept, -after[kept], owner[kept]))]
    owner, after = owner[kept], after[kept]
    documents, offsets = index.places(part[kept], row[kept])
    borders = np.searchsorted(owner, np.arange(len(ends) + 1))
    return [
        MatchedStretch(
            first=int(first[number]),
            last=int(ends[number]) + 1,
            count=counts[number],
            documents=documents[borders[number] : borders[number + 1]],
            offsets=offsets[borders[number] : borders[number + 1]],
            after=after[borders[number] : borders[number + 1]],
        )
        for number in np.unique(owner).tolist()
    ]


def _same_after(
    index: TraceIndex, part: Longs, row: Longs, end: Longs, pieces: Longs, text: npt.NDArray[np.uint64]
) -> Longs:
    """`int64 [n]`: how many bytes of the piece behind each end are the same behind the same pieces at each row.

    Args:
        pieces: how many pieces up to the end stand at the row.
        text: all pieces of the text.
    """
    last, behind = index.pieces_ahead(part, row, pieces)
    following = text[np.minimum(end + 1, len(text) - 1)]
    same = np.minimum(_common_bytes(behind, following), piece_sizes(following))
    return np.where((last == text[end]) & (end + 1 < len(text)), same, 0)


def _common_bytes(left: npt.NDArray[np.uint64], right: npt.NDArray[np.uint64]) -> Longs:
    """How many bytes two pieces have in common from their beginning; zeros that fill them up among them."""
    other = (left ^ right).astype(">u8").view(np.uint8).reshape(-1, WIDEST) != 0
    return np.where(other.any(axis=1), other.argmax(axis=1), WIDEST)


class DeepWindows:
    """The windows of `DEEPEST` pieces that stand in the view, taken from right to left.

    Whoever takes one follows it in its documents, and says how far to the left what it found goes: windows between
    that and the next to the left need no look, for whatever holds them is held by what was found.
    """

    def __init__(self, index: TraceIndex, matches: PieceMatches, pieces: npt.NDArray[np.uint64]) -> None:
        self._index = index
        self._matches = matches
        self._pieces = pieces
        self._ends = np.flatnonzero(matches.deepest == DEEPEST)  # none of them is followed
        self._left = len(self._ends)

    def __iter__(self) -> Iterator[MatchedStretch]:
        """Each window to be looked at; `skip` may be called between two."""
        while self._left:
            self._left -= 1
            yield self._at(int(self._ends[self._left]))

    def skip(self, piece: int) -> None:
        """Go on with the window that begins at `piece`. Where that one needed no search, one behind it tells as much:
        what begins before `piece` and ends behind what was followed holds it, too."""
        self._left = min(self._left, int(np.searchsorted(self._ends, piece + DEEPEST - 1)) + 1)

    def _at(self, end: int) -> MatchedStretch:
        """The window that ends with this piece; what stands in more than `MOST_ROWS` places is looked back further."""
        first = end + 1 - DEEPEST
        part = np.flatnonzero(self._matches.depth[:, end] == DEEPEST)
        low, high = self._matches.low[part, end], self._matches.high[part, end]
        last_first = max(0, first - LONGEST_BACK)
        while int((high - low).sum()) > MOST_ROWS and first > last_first:
            word = self._index.words_of(self._pieces[first - 1 : first])[part, 0]
            known = word >= 0
            new_low, new_high = self._index.before(part[known], word[known], low[known], high[known])
            there = new_low < new_high
            if not there.any():
                break
            part, low, high = part[known][there], new_low[there], new_high[there]
            first -= 1
        count, parts, rows = _rows(np.ones(len(part), np.bool_), low, high, part)
        documents, offsets = self._index.places(parts, rows)
        return MatchedStretch(first=first, last=end + 1, count=count, documents=documents, offsets=offsets)


def _rows(
    chosen: npt.NDArray[np.bool_], low: Longs, high: Longs, parts: Longs | None = None
) -> tuple[int, Longs, Longs]:
    """(how many rows there are, part and row of the first `MOST_ROWS` of them)."""
    found_parts: list[int] = []
    rows: list[int] = []
    count = 0
    for number in np.flatnonzero(chosen):
        begin, end = int(low[number]), int(high[number])
        count += end - begin
        taken = range(begin, min(end, begin + MOST_ROWS - len(rows)))
        rows += taken
        found_parts += [int(number if parts is None else parts[number])] * len(taken)
    return count, np.array(found_parts, np.int64), np.array(rows, np.int64)


def common(left: npt.NDArray[np.uint8], right: npt.NDArray[np.uint8]) -> int:
    """How many bytes two texts have in common from their beginning."""
    size = min(len(left), len(right))
    step = 256
    done = 0
    while done < size:
        here = slice(done, min(done + step, size))
        other = np.flatnonzero(left[here] != right[here])
        if len(other):
            return done + int(other[0])
        done = here.stop
        step *= 4
    return size


def grown(
    text: npt.NDArray[np.uint8], span: tuple[int, int], document: npt.NDArray[np.uint8], offset: int
) -> tuple[int, int] | None:
    """A span of a text that stands at `offset` of a document, as far as it goes on the same there to both sides; None
    where it does not stand there."""
    start, end = span
    if offset < 0 or not np.array_equal(text[start:end], document[offset : offset + end - start]):
        return None
    before = common(text[:start][::-1], document[:offset][::-1])
    after = common(text[end:], document[offset + end - start :])
    return start - before, end + after


def not_held(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Numbers of the spans that no other one holds, in the order of the text; of equal ones, the first."""
    order = sorted(range(len(spans)), key=lambda number: (spans[number][0], -spans[number][1], number))
    kept: list[int] = []
    furthest = -1
    for number in order:
        if spans[number][1] > furthest:
            kept.append(number)
            furthest = spans[number][1]
    return kept
