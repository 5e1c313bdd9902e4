"""Parquet tables: a document for each row, by a mapping of columns (see `columns`).

Only the columns that are needed are read, a few rows at a time, so that memory follows the largest page and not the
file. What that takes is told from the page headers first (`parquet_cost`), and a row group that would take more than
`MAX_HELD` is refused before it is unpacked; a cell over `MAX_CELL` costs its row, and a table that unpacks to far more
than any text does is cut off. A damaged row group costs the rest of itself, never the others; encrypted files and files
whose footer is broken are refused.
Source: Apache Parquet format 2.10, through pyarrow, which checks page checksums where a file has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from galactica.codes.footer import DELTA_BYTE_ARRAY, chunks_of
from galactica.codes.thrift import MalformedError
from galactica.errors import InputError
from galactica.model import Rejected
from galactica.sources import columns
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.parquet_cells import cell_value, sizes, text_like
from galactica.sources.parquet_cost import Cost, cost_of, longest_value
from galactica.sources.trees import TreeFile, rejected

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

BATCH_ROWS = 64
"""Rows that are held at a time, at most."""

BATCH_BYTES = 64 * 2**20
"""Bytes of the rows that are held at a time: so many fewer rows where they are long."""

MAX_CELL = 16 * 2**20
"""Longest cell in bytes; as for the other tables."""

MAX_HELD = 128 * 2**20
"""Bytes that the largest pages and dictionaries of the columns may unpack to, together. Writers make pages of 1 MB; one
that is in use, of up to 100 MB."""

MAX_ENTRIES = 4_000_000
"""Values of a dictionary: each costs 16 bytes besides its text."""

LONG_VALUE = 2**20
"""Bytes of a dictionary's longest value up to which rows are read as if there were no dictionary, though all of a batch
may name that value. One with longer values is kept as such, which takes longer."""

FREE_BYTES, MAX_RATIO, ROW_BYTES = 16 * 2**20, 100, 512
"""A table is cut off where its rows, each counted as its text and `ROW_BYTES` more, come to more than `FREE_BYTES` and
more than `MAX_RATIO` times the file; text packs 3 to 20 fold, and the shortest row that says anything takes six bytes.
Millions of rows can stand in a few kilobytes, and each costs some ten microseconds however little it says."""

MAX_FOOTER = 16 * 2**20
"""Bytes of one text in a file's metadata."""

MAX_PARTS = 1_000_000
"""Entries of one list of the metadata: columns, row groups."""


def recognise(name: str, head: bytes) -> int:
    """95 for Parquet's mark, also that of a file with an encrypted footer."""
    return 95 if head[:4] in (b"PAR1", b"PARE") else 0


def read_parquet(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield a document for each row."""
    import pyarrow as pa  # here, because recognising a text file must not load it

    assert entry.local is not None, "leaves that jump are only given files on disk"
    faults = (pa.ArrowException, OSError, ValueError, TypeError, MemoryError, OverflowError)
    prefix = f"{entry.path}/" if "/" in entry.path else ""
    with entry.local.open("rb") as file:
        try:
            table = _Table(entry, file)
            names = text_like(table.parquet.schema_arrow)
            mapped = columns.choose_columns(names, options, entry.path)
        except faults as error:
            raise _unreadable(entry, error) from error
        failed: list[Rejected] = []  # what was given up before the first row could be read
        number, begun, given = 0, False, 0
        for group in range(table.groups):
            first, rows = number, table.rows(group)
            try:
                for row in table.read(group, mapped.names):
                    number += 1
                    where = f"{entry.path}:{number}"
                    yield from failed
                    failed, begun = [], True
                    given += row.size + ROW_BYTES
                    if given > max(FREE_BYTES, MAX_RATIO * table.size):
                        yield rejected(key, where, "too-large", f"unpacks to more than {MAX_RATIO} times its size")
                        return
                    if row.size > MAX_CELL:
                        yield rejected(key, where, "too-large", f"a cell of more than {MAX_CELL:,} bytes")
                        continue
                    values = {name: cell_value(cell) for name, cell in row.cells.items()}
                    yield columns.row_document(values, mapped, key=key, number=number, where=where, prefix=prefix)
            except faults as error:
                reason = "too-large" if isinstance(error, _TooLargeError) else "truncated"
                number, at = max(number, first + rows), f"{entry.path}:{number + 1}"
                told = rejected(key, at, reason, f"rows {at.rpartition(':')[2]} to {number}: {_first_line(error)}")
                if begun:
                    yield told
                else:
                    failed.append(told)
        if failed:
            raise _unreadable(entry, ValueError(failed[0].detail), failed[0].reason)


class _TooLargeError(ValueError):
    """A row group would take more memory than is given to one."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its cells by column, and how many bytes of text its longest has; no cells where that is too much."""

    cells: dict[str, object]
    size: int


class _Table:
    """An open file."""

    def __init__(self, entry: TreeFile, file: BinaryIO) -> None:
        if file.read(4) == b"PARE":
            raise InputError(f"{entry.path} is an encrypted Parquet file", "Decrypt it first.")
        assert entry.local is not None
        self._file = file
        self._path = entry.local
        self.size = entry.local.stat().st_size
        self.parquet = self._opened([])
        self.groups = int(self.parquet.metadata.num_row_groups)

    def _opened(self, dictionaries: list[str]) -> pq.ParquetFile:
        import pyarrow.parquet as pq

        return pq.ParquetFile(
            self._path,
            page_checksum_verification=True,
            thrift_string_size_limit=MAX_FOOTER,
            thrift_container_size_limit=MAX_PARTS,
            read_dictionary=dictionaries,
            buffer_size=2**20,
        )

    def rows(self, group: int) -> int:
        """How many rows the footer says that a row group has."""
        return max(0, int(self.parquet.metadata.row_group(group).num_rows))

    def read(self, group: int, names: tuple[str, ...]) -> Iterator[_Row]:
        """Yield the rows of a row group.

        Raises:
            MalformedError, _TooLargeError: before anything is unpacked.
        """
        costs = self._costs(group, names)
        held = sum(cost.page + cost.dictionary for _, cost, _ in costs)
        if held > MAX_HELD:
            raise _TooLargeError(f"unpacks to {held:,} bytes at a time; at most {MAX_HELD:,} are read")
        if any(max(cost.mean, cost.longest / 2) > 2 * MAX_CELL for _, cost, _ in costs):
            raise _TooLargeError(f"cells of more than {MAX_CELL:,} bytes")
        if any(cost.entries > MAX_ENTRIES for _, cost, _ in costs):
            raise _TooLargeError(f"a dictionary of more than {MAX_ENTRIES:,} values")
        shared = [path for path, cost, listed in costs if cost.longest > LONG_VALUE or (listed and cost.longest)]
        longest = max((cost.mean + min(cost.longest, LONG_VALUE) for _, cost, _ in costs), default=1)
        size = max(1, min(BATCH_ROWS, int(BATCH_BYTES / max(1, longest))))
        file = self._opened(shared) if shared else self.parquet
        for batch in file.iter_batches(batch_size=size, row_groups=[group], columns=list(names), use_threads=False):
            yield from _rows(batch)

    def _costs(self, group: int, names: tuple[str, ...]) -> list[tuple[str, Cost, bool]]:
        """Of each stored column that is needed: its path, what it takes, and whether it holds lists."""
        schema = self.parquet.metadata.schema
        found = []
        for number in range(self.parquet.metadata.num_columns):
            told = schema.column(number)
            if told.path.partition(".")[0] not in names and told.path not in names:
                continue
            # Not by what pyarrow says of the chunk: it ends the whole program where a footer contradicts itself.
            try:
                chunk = chunks_of(self._at, self.size, number)[group]
            except IndexError:
                raise MalformedError("a row group is missing in the footer") from None
            start = chunk.dictionary if 0 < chunk.dictionary < chunk.offset else chunk.offset
            cost = cost_of(self._at, start, chunk.length, chunk.values)
            if told.physical_type == "BYTE_ARRAY":
                if cost.page + cost.dictionary <= MAX_HELD and cost.entries <= MAX_ENTRIES:
                    cost.longest = self._longest(cost, chunk.codec)
                if DELTA_BYTE_ARRAY in chunk.encodings:
                    cost.mean = cost.page  # each value may repeat the one before it
            found.append((told.path, cost, told.max_repetition_level > 0 and told.physical_type == "BYTE_ARRAY"))
        return found

    def _longest(self, cost: Cost, compression: str) -> int:
        """Bytes of the longest value of a dictionary; all of them where it cannot be unpacked here."""
        import pyarrow as pa

        if cost.dictionary <= LONG_VALUE:
            return cost.dictionary
        page = self._at(*cost.place)
        if compression != "UNCOMPRESSED":
            try:
                page = pa.decompress(page, cost.dictionary, compression.lower(), asbytes=True)
            except (pa.ArrowException, OSError, ValueError):
                return cost.dictionary
        return longest_value(page, cost.entries)

    def _at(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(size)


def _rows(batch: pa.RecordBatch) -> Iterator[_Row]:
    """The rows of a batch, at once where they are short, else one by one."""
    lengths = [sizes(column) for column in batch.columns]
    longest = [max(each) for each in zip(*lengths, strict=True)] if lengths else []
    if sum(map(sum, lengths)) <= MAX_CELL:
        for cells, size in zip(batch.to_pylist(), longest, strict=True):
            yield _Row(cells, size)
        return
    for place, size in enumerate(longest):
        yield _Row(batch.slice(place, 1).to_pylist()[0] if size <= MAX_CELL else {}, size)


def _unreadable(entry: TreeFile, error: BaseException, reason: str = "") -> InputError:
    remedy = "Check that the file is whole and not encrypted."
    if reason == "too-large":
        remedy = "Write it in smaller pages, and leave out what is no text of an article."
    return InputError(f"{entry.path} cannot be read as Parquet: {_first_line(error)}", remedy)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).partition("\n")[0][:300]


LEAF = Leaf(name="parquet", suffixes=(".parquet",), recognise=recognise, read=read_parquet, jumps=True, own=True)
FORMAT = file_format(LEAF)
