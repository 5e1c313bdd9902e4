"""Filling sheets with blocks: articles in their order, as many as a sheet holds; the list again now and then.

Each block lies whole on one sheet, so that a sheet is read by itself. Where the next article does not fit into what is
left, a block of fewer articles is tried, and then shorter articles from behind, up to `AHEAD`; so that about 1 % of a
sheet stays empty. Only a block that a whole sheet is too small for is cut. Memory: one sheet and the articles ahead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from galactica.engrave.stream.blocks import HEAD_BYTES, MAX_PIECES, PROOFS, RECORDS, SheetBlock, packed_block
from galactica.engrave.stream.contents import EngravedRecord, proofs_content, proofs_size, records_content
from galactica.errors import LimitError

TARGET: Final = 256 * 1024
"""Bytes of records in a block. Blocks of 64 KiB would take 3.6 % more room (English articles, 2026-11-29); larger ones
hardly less, for DEFLATE looks back 32 KiB."""

AHEAD: Final = 64
"""Articles that are looked at for one that fills what is left of a sheet."""

AHEAD_BYTES: Final = 4 * 2**20
"""Bytes of records of these."""

AGAIN: Final = 32
"""What is repeated takes at most one byte in so many, but for the second copy."""

_LEAST_COPIES: Final = 2
"""Of what is repeated, in a set of several data sheets: on the first and at the latest on the last."""

_LEAST_PIECE: Final = 64
"""Bytes of a piece that is worth its head."""

MIN_CAPACITY: Final = 512
"""Bytes of a sheet: less would be heads of blocks."""

_HOPE: Final = 1.1
"""Times what is left: a block that is expected to be larger is not tried whole."""

_TRIES: Final = 4
"""Numbers of articles that are tried for the last block of a sheet: each is packed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngravedArticle:
    """An article that goes onto a page.

    Attributes:
        record: its own.
        named: the records of its source and its work.
        title: for the line of text on the page.
    """

    record: EngravedRecord
    named: tuple[EngravedRecord, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSheet:
    """A sheet's payload, and what its line of text tells.

    Attributes:
        articles: that begin on it.
        first, last: titles of the first and the last of them; "" where there is none.
    """

    payload: bytes
    articles: int
    first: str
    last: str


class SheetFiller:
    """Fills sheets and hands each to `sink` when it is full.

    Args:
        capacity: bytes of a sheet.
        edition: block E.
        repeated: the blocks of list and nodes, which begin on the first sheet and come again on others.
        sink: takes the sheets in order.
        quick: only to see about how many sheets it takes.

    Raises:
        LimitError: such sheets are too small.
    """

    def __init__(
        self,
        capacity: int,
        edition: SheetBlock,
        repeated: Sequence[SheetBlock],
        sink: Callable[[FilledSheet], None],
        *,
        quick: bool = False,
    ) -> None:
        if capacity < MIN_CAPACITY:
            raise LimitError(f"A sheet of {capacity} bytes is too small.", "Choose larger pages or smaller cells.")
        self._capacity, self._edition, self._repeated, self._sink = capacity, edition, repeated, sink
        self._quick = quick
        self._sheet = bytearray()
        self._titles: list[str] = []
        self._here: set[tuple[str, int]] = set()
        self._waiting: deque[SheetBlock] = deque()
        self._since = {"edition": 1 << 62, "repeated": 1 << 62}
        self._sizes = {"edition": edition.size, "repeated": sum(block.size for block in repeated)}
        self._blocks = self._sheets = self._copies = 0
        self._ratio = 0.4
        self._begin()

    def fill(self, articles: Iterable[EngravedArticle]) -> None:
        """Put all articles, in nearly their order, and end with the last sheet.

        Raises:
            LimitError: an article is too large for any sheet.
        """
        source = iter(articles)
        queue: deque[EngravedArticle] = deque()
        while self._ahead(queue, source):
            self._put_waiting()
            self._put_some(queue)
        self._put_waiting()
        if self._sheets and self._copies < _LEAST_COPIES:
            self._waiting.extend([self._edition, *self._repeated])
            self._put_waiting()
        self._close()

    def _ahead(self, queue: deque[EngravedArticle], source: Iterator[EngravedArticle]) -> bool:
        held = sum(len(each.record.raw) for each in queue)
        while len(queue) < AHEAD and held < AHEAD_BYTES:
            more = next(source, None)
            if more is None:
                break
            queue.append(more)
            held += len(more.record.raw)
        return bool(queue)

    def _put_some(self, queue: deque[EngravedArticle]) -> None:
        """Put a block of the articles that come next; where none fits, close the sheet, or cut what no sheet holds."""
        count = size = 0
        for each in queue:
            size += len(each.record.raw)
            if count and size > TARGET:
                break
            count += 1
        several = list(queue)[:count]
        if size * self._ratio < _HOPE * self._room:
            block, proofs = self._packed(several, quick=self._quick)
            fitting = (several, block, proofs) if self._fits(block, proofs) else self._fewer(several)
        else:
            fitting = self._fewer(several)
        if fitting is None:
            self._put_behind(queue)
            return
        for _ in fitting[0]:
            queue.popleft()
        self._put(*fitting)

    def _fewer(self, several: list[EngravedArticle]) -> tuple[list[EngravedArticle], SheetBlock, bytes] | None:
        """As many of the first articles as fit into what is left, and their block."""
        low, high, ratio = 0, len(several) + 1, self._ratio
        for _ in range(_TRIES):
            room, guess = float(self._room), 0
            while guess < len(several) and room >= 0:
                record = several[guess].record
                room -= len(record.raw) * ratio + proofs_size([record])
                guess += 1
            guess = min(max(guess if room >= 0 else guess - 1, low + 1), high - 1)
            if guess == low:
                break
            block, proofs = self._packed(several[:guess], quick=True)
            ratio = len(block.packed) / max(1, sum(len(each.record.raw) for each in several[:guess]))
            if self._fits(block, proofs):
                low = guess
            else:
                high = guess
        while low:
            block, proofs = self._packed(several[:low], quick=self._quick)
            if self._fits(block, proofs):
                return several[:low], block, proofs
            low -= 1
        return None

    def _put_behind(self, queue: deque[EngravedArticle]) -> None:
        """The first article does not fit into what is left: cut it, if it fits nowhere; else one from behind goes."""
        first = queue[0]
        block, proofs = self._packed([first], quick=self._quick)
        if block.size + HEAD_BYTES + len(proofs) > self._empty:
            queue.popleft()
            self._put([first], block, proofs)
            return
        tries = _TRIES
        for each in list(queue)[1:]:
            if len(each.record.raw) * self._ratio <= self._room and tries:
                tries -= 1
                block, proofs = self._packed([each], quick=self._quick)
                if self._fits(block, proofs):
                    queue.remove(each)
                    self._put([each], block, proofs)
                    return
        self._close()
        self._begin()

    def _packed(self, several: Sequence[EngravedArticle], *, quick: bool) -> tuple[SheetBlock, bytes]:
        records = self._with_named(several)
        block = packed_block(RECORDS, self._blocks, records_content(records), quick=quick)
        return block, proofs_content(records)

    def _with_named(self, several: Sequence[EngravedArticle]) -> list[EngravedRecord]:
        """The records of articles, behind those that they name and that this sheet does not have yet."""
        named: dict[tuple[str, int], EngravedRecord] = {}
        for article in several:
            for each in article.named:
                if (each.table, each.index) not in self._here:
                    named.setdefault((each.table, each.index), each)
        return [*named.values(), *(article.record for article in several)]

    def _put(self, several: Sequence[EngravedArticle], block: SheetBlock, proofs: bytes) -> None:
        self._here.update((each.table, each.index) for article in several for each in article.named)
        self._titles += [article.title for article in several]
        size = sum(len(article.record.raw) for article in several)
        if size > TARGET // 8:
            self._ratio = len(block.packed) / size
        self._add(block)
        self._add(packed_block(PROOFS, self._blocks, proofs, plain=True))
        self._blocks += 1
        for name in self._since:
            self._since[name] += block.size + HEAD_BYTES + len(proofs)

    def _put_waiting(self) -> None:
        """Put what is repeated, as far as it is due: it may take several sheets."""
        while self._waiting:
            block = self._waiting[0]
            if block.size > self._room and block.size <= self._empty:
                self._close()
                self._begin()
            self._waiting.popleft()
            self._add(block)
            if not self._waiting:
                self._since["repeated"] = 0
                self._copies += 1

    def _fits(self, block: SheetBlock, proofs: bytes) -> bool:
        return block.size + HEAD_BYTES + len(proofs) <= self._room

    @property
    def _room(self) -> int:
        return self._capacity - len(self._sheet)

    @property
    def _empty(self) -> int:
        """Bytes of a sheet that has nothing but the block E."""
        return self._capacity - self._edition.size

    def _add(self, block: SheetBlock) -> None:
        """Put a block, cut where it does not fit."""
        if block.size <= self._room:
            self._write(block.whole())
            return
        first, each = self._room - HEAD_BYTES, self._capacity - HEAD_BYTES
        if first < _LEAST_PIECE:
            self._close()
            first = each
        sizes = [first, *[each] * -(-(len(block.packed) - first) // each)]
        if len(sizes) > MAX_PIECES:
            raise LimitError("An article is too large for pages of this size.", "Choose larger pages or smaller cells.")
        at = 0
        for number, size in enumerate(sizes):
            if number:
                self._close()
            self._write(block.piece(number, len(sizes), block.packed[at : at + size]))
            at += size

    def _write(self, raw: bytes) -> None:
        self._sheet += raw

    def _begin(self) -> None:
        """What stands at the beginning of a sheet: the block E, and from time to time list and nodes."""
        if self._since["edition"] >= AGAIN * self._sizes["edition"]:
            self._add(self._edition)
            self._since["edition"] = 0
        if not self._waiting and self._since["repeated"] >= AGAIN * self._sizes["repeated"]:
            self._waiting.extend(self._repeated)

    def _close(self) -> None:
        titles = self._titles or [""]
        self._sink(
            FilledSheet(payload=bytes(self._sheet), articles=len(self._titles), first=titles[0], last=titles[-1])
        )
        self._sheets += 1
        self._sheet.clear()
        self._titles.clear()
        self._here.clear()
