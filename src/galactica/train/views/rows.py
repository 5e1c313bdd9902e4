"""The rows of a view, one for each document: which record of which edition, what its text must be, what is cut out.

The canonical rows, whose SHA-256 stands in `view.json`, are made of runs of `RUN` rows (the last may be shorter): the
number of rows, then column after column in the order of `ROWS_SCHEMA`: of numbers the values, of bytes the bytes, of
text and of lists the length of each (bytes of UTF-8, numbers), then their content. All numbers are little-endian and
of the width of their column, lengths and the number of rows of 32 bits.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from galactica.faults import is_machines
from galactica.train.views.header import MAX_GROUPS, ROWS, ViewHeader, broken_view

RUN = 65_536
"""Rows of a row group, and of what is hashed at once: some 8 MB."""

LEAF_BYTES = 32
TEXT_BYTES = 16
"""Of the SHA-256 of a document's text: enough against accident, and against anyone without 2^64 tries."""

MAX_CUTS = 100_000
"""Numbers in a row's `cuts`: two for each stretch that is cut out of a document."""

LEAST_BOUND, ROW_BOUND = 64 * 2**20, 4_096
"""Bytes that all rows, unpacked, may have: so many, and so many more for each. A row has 100, and 8 for each cut."""

ROWS_SCHEMA = pa.schema(
    [
        pa.field("edition", pa.uint16(), nullable=False),
        pa.field("row", pa.uint32(), nullable=False),
        pa.field("leaf", pa.binary(LEAF_BYTES), nullable=False),
        pa.field("text", pa.binary(TEXT_BYTES), nullable=False),
        pa.field("bytes", pa.uint32(), nullable=False),
        pa.field("tokens", pa.uint32(), nullable=False),
        pa.field("group", pa.uint16(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("licence", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("cuts", pa.list_(pa.field("element", pa.uint32(), nullable=False)), nullable=False),
    ]
)


class RowsWriter:
    """Writes `rows.parquet` run after run; the last table may be shorter than `RUN`."""

    def __init__(self, path: Path) -> None:
        self._digest = hashlib.sha256()
        self._writer = pq.ParquetWriter(
            path,
            ROWS_SCHEMA,
            compression="ZSTD",
            use_dictionary=["language", "licence", "source", "group", "edition"],
            write_statistics=False,
            store_schema=False,
        )

    def write(self, table: pa.Table) -> None:
        """Write at most `RUN` rows; all but the last table have as many."""
        self._digest.update(canonical(table))
        self._writer.write_table(table, row_group_size=RUN)

    def close(self) -> str:
        """Complete the file.

        Returns:
            SHA-256 of the canonical rows, hex.
        """
        self._writer.close()
        return self._digest.hexdigest()


def canonical(table: pa.Table) -> bytes:
    """A run of rows in the form that is hashed."""
    parts = [np.uint32(table.num_rows).astype("<u4").tobytes()]
    for field in ROWS_SCHEMA:
        column = table.column(field.name).combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = column.chunk(0) if column.num_chunks else pa.array([], field.type)
        if column.null_count:
            raise ValueError("a null in a row")
        if pa.types.is_list(field.type):
            parts.append(_plain(pc.list_value_length(column), "<u4"))
            parts.append(_plain(column.flatten(), "<u4"))
        elif pa.types.is_string(field.type):
            parts.append(_plain(pc.binary_length(column), "<u4"))
            parts.append("".join(column.to_pylist()).encode())
        elif pa.types.is_fixed_size_binary(field.type):
            parts.append(b"".join(column.to_pylist()))
        else:
            parts.append(_plain(column, f"<u{field.type.bit_width // 8}"))
    return b"".join(parts)


def _plain(column: Any, kind: str) -> bytes:  # noqa: ANN401  # pyarrow is untyped
    raw: bytes = column.to_numpy(zero_copy_only=False).astype(kind).tobytes()
    return raw


def row_runs(path: Path, most: int) -> Iterator[pa.Table]:
    """The rows of a file, run after run, whatever its row groups are.

    Args:
        most: rows that it may have.
    """
    held: list[Any] = []
    with pq.ParquetFile(path) as file:
        if not file.schema_arrow.equals(ROWS_SCHEMA):
            raise ValueError("other columns")
        told = file.metadata
        size = sum(told.row_group(group).total_byte_size for group in range(told.num_row_groups))
        if told.num_rows > most or size > LEAST_BOUND + ROW_BOUND * most:
            raise ValueError("more than is counted")
        for group in range(file.num_row_groups):
            held.append(file.read_row_group(group, use_threads=False))
            while sum(each.num_rows for each in held) >= RUN:
                several = pa.concat_tables(held)
                yield several.slice(0, RUN)
                held = [several.slice(RUN)]
    rest = pa.concat_tables(held) if held else ROWS_SCHEMA.empty_table()
    if rest.num_rows:
        yield rest


class Rows:
    """The rows of a view in memory: some 30 bytes a document.

    Attributes:
        keys: `int64 [documents]`, ascending: number in `ViewHeader.editions` times 2^32, and the row there.
        texts: `uint8 [documents, 16]`, the beginning of the SHA-256 of each text.
        sizes: `uint32 [documents]`, bytes of UTF-8.
        groups: `uint16 [documents]`, numbers in `ViewHeader.mix`.
        cuts: number of a document → code points [start, end, start, end …] that are cut out of it.
    """

    def __init__(self, runs: Sequence[pa.Table]) -> None:
        def column(name: str, kind: str) -> npt.NDArray[Any]:
            parts = [np.asarray(run.column(name).to_numpy()).astype(kind, copy=False) for run in runs]
            return np.concatenate(parts) if parts else np.zeros(0, kind)

        self.keys: npt.NDArray[np.int64] = row_key(column("edition", "i8"), column("row", "i8"))
        self.sizes: npt.NDArray[np.uint32] = column("bytes", "u4")
        self.groups: npt.NDArray[np.uint16] = column("group", "u2")
        raw = b"".join(b"".join(run.column("text").to_pylist()) for run in runs)
        self.texts: npt.NDArray[np.uint8] = np.frombuffer(raw, np.uint8).reshape(-1, TEXT_BYTES)
        self.cuts: dict[int, tuple[int, ...]] = {}
        before = 0
        for run in runs:
            lengths = pc.list_value_length(run.column("cuts")).to_numpy()
            if lengths.max(initial=0) > MAX_CUTS:
                raise ValueError("too many cuts")
            for at in np.flatnonzero(lengths).tolist():
                self.cuts[before + at] = tuple(run.column("cuts")[at].as_py())
            before += run.num_rows


def row_key(edition: npt.NDArray[np.int64] | int, row: npt.NDArray[np.int64] | int) -> Any:  # noqa: ANN401  # as given
    """Number of an edition and a row in it as one number, which has the order of both."""
    return edition << 32 | row


def read_view_rows(folder: Path, header: ViewHeader) -> Rows:
    """The rows of a view, checked against its `view.json`.

    Raises:
        InputError: they are damaged, or not those of the view.
    """
    digest = hashlib.sha256()
    kept = []
    count = 0
    try:
        for run in row_runs(folder / ROWS, header.counts.documents):
            digest.update(canonical(run))
            count += run.num_rows
            if count > header.counts.documents:
                raise ValueError("more rows than are counted")
            kept.append(run.select(["edition", "row", "text", "bytes", "group", "cuts"]))
        if digest.hexdigest() != header.rows:
            raise ValueError("other rows")
        rows = Rows(kept)
        _check(rows, header)
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError, IndexError) as error:
        if is_machines(error):
            raise
        raise broken_view(folder, ROWS) from error
    return rows


def _check(rows: Rows, header: ViewHeader) -> None:
    """Raise ValueError where rows are not what the header counts; what the header says is hashed, and hostile."""
    if len(rows.keys) != header.counts.documents or int(rows.sizes.sum(dtype=np.uint64)) != header.counts.bytes:
        raise ValueError("other counts")
    if len(rows.keys) and (rows.keys[-1] >= row_key(len(header.editions), 0) or rows.groups.max() >= len(header.mix)):
        raise ValueError("an edition or a group that is none")
    if np.any(np.diff(rows.keys) <= 0):
        raise ValueError("rows out of order")
    for cuts in rows.cuts.values():
        if len(cuts) % 2 or any(b <= a for a, b in itertools.pairwise(cuts)):
            raise ValueError("cuts out of order")


assert MAX_GROUPS <= 2**16
