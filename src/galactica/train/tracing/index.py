"""An index, open: which rows of which part begin with a stretch of pieces, and where a row stands in the text.

Files are mapped, not read: beside them memory holds 24 bytes for each `BLOCK` links and 8 for each different piece of a
part. What is mapped is believed only within bounds: `open` looks at every array but the gaps, and whatever the gaps
hold, a link stays within its part. Several threads may ask at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from galactica.train.tracing.checks import PartNumbers, Stored, wrong_files
from galactica.train.tracing.gaps import BLOCK, GROUPS, TAIL, WIDEST_GAP, rows_below, unpack_links
from galactica.train.tracing.layout import FILES, MARKED, TraceManifest, read_trace_manifest, unusable_index
from galactica.train.tracing.pieces import ENDS, piece_masks, piece_sizes

_AT_ONCE = 8192
"""Blocks that are unpacked at a time: 2 MB of links, which a processor's cache holds."""

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bases:
    """Where the numbers of each part begin in each file: `int64 [parts + 1]`."""

    documents: Longs
    words: Longs
    rows: Longs
    blocks: Longs
    marks: Longs
    gaps: Longs


class TraceIndex:
    """An index of a view. Open it with `TraceIndex.open`.

    Attributes:
        path: its folder.
        manifest: what it says of itself.
        pieces: `int64 [parts]`, rows of each part.
    """

    def __init__(self, path: Path, manifest: TraceManifest, files: dict[str, Stored]) -> None:
        self.path = path
        self.manifest = manifest
        parts = manifest.parts
        self.pieces: Longs = np.array([part.pieces for part in parts], np.int64)
        self._bytes: Longs = np.array([part.bytes for part in parts], np.int64)
        self._at = _Bases(
            documents=_ends([part.documents + 1 for part in parts]),
            words=_ends([part.words for part in parts]),
            rows=_ends([part.words + 1 for part in parts]),
            blocks=_ends([part.blocks for part in parts]),
            marks=_ends([part.marks for part in parts]),
            gaps=_ends([part.gaps for part in parts]),
        )
        self._words, self._rows = files["words.bin"], files["rows.bin"]
        self._firsts = files["firsts.bin"]
        self._widths = files["widths.bin"].reshape(-1, GROUPS).view(np.uint8)
        gaps = files["gaps.bin"]
        self._gaps: npt.NDArray[np.uint64] = np.ndarray((len(gaps) - TAIL + 1,), "<u8", gaps.data, strides=(1,))
        self._marks, self._places, self._documents = files["marks.bin"], files["places.bin"], files["documents.bin"]
        self._check()
        self._begins = _ends(self._widths.sum(axis=1, dtype=np.int64))[:-1]
        self._keys = self._block_keys()

    @classmethod
    def open(cls, path: Path | str) -> TraceIndex:
        """Open the index in the folder `path`.

        Raises:
            InputError: there is none, or it is damaged, as far as is seen without reading its gaps.
        """
        path = Path(path)
        manifest = read_trace_manifest(path)
        try:
            files = {name: np.memmap(path / name, f"<u{size}", "r") for name, size in FILES.items()}
        except (OSError, ValueError) as error:
            raise unusable_index(path, str(error)) from error
        return cls(path, manifest, {name: np.asarray(each) for name, each in files.items()})

    @property
    def bytes(self) -> int:
        """Bytes of all its files but the manifest."""
        return sum(self.manifest.sizes().values())

    def words_of(self, pieces: npt.NDArray[np.uint64]) -> Longs:
        """The number of each piece in each part: `int64 [parts, n]`, -1 where a part has none of it."""
        found = np.full((len(self.pieces), len(pieces)), -1, np.int64)
        for part, (low, high) in enumerate(zip(self._at.words[:-1], self._at.words[1:], strict=True)):
            words = self._words[low:high]
            at = np.searchsorted(words, pieces)
            at[at == len(words)] = 0
            here = (words[at] == pieces) & (pieces < np.uint64(ENDS))
            found[part, here] = at[here]
        return found

    def rows_of(self, part: Longs, word: Longs) -> tuple[Longs, Longs]:
        """The rows [low, high) whose first piece is this one."""
        at = self._at.rows[part] + word
        return self._rows[at].astype(np.int64), self._rows[at + 1].astype(np.int64)

    def rows_beginning(self, pieces: npt.NDArray[np.uint64]) -> tuple[Longs, Longs]:
        """The rows [low, high) of each part whose first piece begins with the bytes of this one: `int64 [parts, n]`."""
        low = np.zeros((len(self.pieces), len(pieces)), np.int64)
        high = np.zeros_like(low)
        behind = pieces | ~piece_masks(pieces)
        known = pieces < np.uint64(ENDS)
        for part, (begin, end) in enumerate(zip(self._at.words[:-1], self._at.words[1:], strict=True)):
            words, rows = self._words[begin:end], self._at.rows[part]
            low[part] = self._rows[rows + np.searchsorted(words, pieces)]
            high[part] = self._rows[rows + np.searchsorted(words, behind, side="right")]
        return low, np.where(known, high, low)

    def before(self, part: Longs, word: Longs, low: Longs, high: Longs) -> tuple[Longs, Longs]:
        """The rows that begin with a piece and go on as rows [low, high) do: one step of backward search.

        All are `int64 [n]`; where low is not below high nothing begins so.
        """
        first, last = self.rows_of(part, word)
        new_low = np.empty_like(low)
        new_high = np.empty_like(high)
        for begin in range(0, len(low), _AT_ONCE):
            at = slice(begin, begin + _AT_ONCE)
            new_low[at], new_high[at] = self._bounds(part[at], word[at], (first[at], last[at]), low[at], high[at])
        return new_low, new_high

    def _bounds(
        self, part: Longs, word: Longs, rows: tuple[Longs, Longs], low: Longs, high: Longs
    ) -> tuple[Longs, Longs]:
        block = self._block(part, word, low)
        links = self._unpack(block, part)
        row = (block - self._at.blocks[part]) * BLOCK
        new_low = row + rows_below(links, row, rows, low)
        last = self._block_from(block, part, word, high)
        new_high = row + rows_below(links, row, rows, high)
        other = np.flatnonzero(last != block)
        if len(other):
            part, last = part[other], last[other]
            row = (last - self._at.blocks[part]) * BLOCK
            there = rows[0][other], rows[1][other]
            new_high[other] = row + rows_below(self._unpack(last, part), row, there, high[other])
        return new_low, new_high

    def _block(self, part: Longs, word: Longs, link: Longs) -> Longs:
        """The last block that begins with a row before all those of the word with this link or a higher one."""
        key = ((self._at.words[part] + word) << 32 | link).astype(np.uint64)
        return np.maximum(np.searchsorted(self._keys, key) - 1, self._at.blocks[part])

    def _block_from(self, block: Longs, part: Longs, word: Longs, link: Longs) -> Longs:
        """The same, where the block of a lower link of the same word is known: mostly it is that one."""
        key = ((self._at.words[part] + word) << 32 | link).astype(np.uint64)
        later = np.flatnonzero(self._keys[np.minimum(block + 1, len(self._keys) - 1)] < key)
        found = block.copy()
        found[later] = self._block(part[later], word[later], link[later])
        return found

    def _unpack(self, block: Longs, part: Longs) -> Longs:
        return unpack_links(
            self._firsts[block].astype(np.int64),
            self._widths[block],
            self._begins[block],
            self._gaps,
            self.pieces[part],
        )

    def after(self, part: Longs, row: Longs) -> Longs:
        """The row of what begins one piece later."""
        block = self._at.blocks[part] + row // BLOCK
        links: Longs = self._unpack(block, part)[np.arange(len(row)), row % BLOCK]
        return links

    def places(self, part: Longs, row: Longs) -> tuple[Longs, Longs]:
        """Where rows stand: (document of the view, byte of its text), each `int64 [n]`.

        Raises:
            InputError: the index is damaged: no marked place is met within `MARKED` pieces.
        """
        marks = np.zeros(len(row), np.int64)
        trail: list[tuple[Longs, Longs]] = []
        going, here = np.arange(len(row)), row
        for _ in range(MARKED):
            mark, marked = self._marked(part[going], here)
            marks[going[marked]] = self._places[mark[marked]]
            going, here = going[~marked], here[~marked]
            if not len(going):
                return self._in_documents(part, (marks - self._walked(part, trail)) % self._bytes[part])
            trail.append((going, here))
            here = self.after(part[going], here)
        raise unusable_index(self.path, "its links lead nowhere")

    def pieces_ahead(
        self, part: Longs, row: Longs, steps: Longs
    ) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
        """The pieces `steps - 1` and `steps` pieces behind the first one of each row, `uint64 [n]` each.

        Args:
            steps: `int64 [n]`, 1 or more.
        """
        before, here = row.copy(), row.copy()
        for step in range(int(steps.max(initial=0))):
            going = np.flatnonzero(steps > step)
            before[going] = here[going]
            here[going] = self.after(part[going], here[going])
        return self._words[self._word(part, before)], self._words[self._word(part, here)]

    def _walked(self, part: Longs, trail: list[tuple[Longs, Longs]]) -> Longs:
        """Bytes of the pieces that each of the rows was led over: (which of them, rows) again and again."""
        if not trail:
            return np.zeros(len(part), np.int64)
        which, rows = (np.concatenate(each) for each in zip(*trail, strict=True))
        sizes = self._sizes[self._word(part[which], rows)]
        return np.bincount(which, sizes, len(part)).astype(np.int64)

    def _marked(self, part: Longs, row: Longs) -> tuple[Longs, npt.NDArray[np.bool_]]:
        keys = self._mark_keys
        wanted = (part << 32 | row).astype(np.uint64)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return at, keys[at] == wanted

    def _word(self, part: Longs, row: Longs) -> Longs:
        """The piece at each row, as a number in `words.bin`."""
        at = np.searchsorted(self._row_keys, (part << 32 | row).astype(np.uint64), side="right") - 1
        found: Longs = np.clip(at - part, 0, len(self._words) - 1)  # `rows.bin` has one number more for each part
        return found

    def _in_documents(self, part: Longs, place: Longs) -> tuple[Longs, Longs]:
        keys = self._document_keys
        at = np.searchsorted(keys, (part << 32 | place).astype(np.uint64), side="right") - 1
        return at - part, place - self._documents[at].astype(np.int64)

    @cached_property
    def _mark_keys(self) -> npt.NDArray[np.uint64]:
        return self._by_part(self._marks, self._at.marks)

    @cached_property
    def _row_keys(self) -> npt.NDArray[np.uint64]:
        return self._by_part(self._rows, self._at.rows)

    @cached_property
    def _document_keys(self) -> npt.NDArray[np.uint64]:
        return self._by_part(self._documents, self._at.documents)

    @cached_property
    def _sizes(self) -> Longs:
        return piece_sizes(self._words.astype(np.uint64))

    def _by_part(self, numbers: Stored, at: Longs) -> npt.NDArray[np.uint64]:
        part = np.repeat(np.arange(len(self.pieces), dtype=np.uint64), np.diff(at))
        return part << np.uint64(32) | numbers.astype(np.uint64)

    def _block_keys(self) -> npt.NDArray[np.uint64]:
        """`uint64 [blocks]`: number of the piece at the first row of each block, and its link; ascending."""
        keys = np.empty(len(self._firsts), np.uint64)
        for part, counts in enumerate(self.manifest.parts):
            rows = self._rows[self._at.rows[part] : self._at.rows[part + 1]]
            word = np.searchsorted(rows, np.arange(counts.blocks, dtype=np.int64) * BLOCK, side="right") - 1
            keys[self._at.blocks[part] : self._at.blocks[part + 1]] = (word + self._at.words[part]) << 32
        keys |= self._firsts.astype(np.uint64)
        return keys

    def _check(self) -> None:
        """See that every number of every file but the gaps is one that can be.

        Raises:
            InputError: one is not.
        """
        if int(self._widths.max()) > WIDEST_GAP:
            raise unusable_index(self.path, "widths.bin has a width that no gap has")
        for part, counts in enumerate(self.manifest.parts):
            for wrong in wrong_files(self._of_part(part), counts):
                raise unusable_index(self.path, f"{wrong} of part {part} has numbers that cannot be")

    def _of_part(self, part: int) -> PartNumbers:
        at = self._at
        marks = slice(at.marks[part], at.marks[part + 1])
        blocks = slice(at.blocks[part], at.blocks[part + 1])
        return PartNumbers(
            words=self._words[at.words[part] : at.words[part + 1]],
            rows=self._rows[at.rows[part] : at.rows[part + 1]],
            firsts=self._firsts[blocks],
            widths=self._widths[blocks],
            marks=self._marks[marks],
            places=self._places[marks],
            documents=self._documents[at.documents[part] : at.documents[part + 1]],
        )


def _ends(sizes: list[int] | Longs) -> Longs:
    found = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=found[1:])
    return found
