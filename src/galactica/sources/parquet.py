"""Parquet tables: a document for each row, by a mapping of columns (see `columns`).

Only the columns that are needed are read, in batches of `BATCH_ROWS` rows, so that memory follows the largest row
group page and not the file. Encrypted files and files whose metadata is broken are refused; where a page is damaged,
the rows before it stay and one `Rejected` tells of the rest.
Source: Apache Parquet format 2.10, through pyarrow, which checks page checksums where a file has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from galactica.errors import InputError
from galactica.sources import columns
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.trees import Entry, rejected

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

BATCH_ROWS = 64
"""Rows that are held at a time."""

MAX_FOOTER = 64 * 2**20
"""Bytes of one text in a file's metadata, and most entries of one of its lists."""


def recognise(name: str, head: bytes) -> int:
    """95 for Parquet's mark, also that of a file with an encrypted footer."""
    return 95 if head[:4] in (b"PAR1", b"PARE") else 0


def read(entry: Entry, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield a document for each row."""
    import pyarrow as pa  # here, because recognising a text file must not load it

    assert entry.local is not None, "leaves that jump are only given files on disk"
    prefix = f"{entry.path}/" if "/" in entry.path else ""
    number = 0
    try:
        table = _opened(entry)
        names = _text_like(table.schema_arrow)
        mapped = columns.choose(names, options, entry.path)
        batches = table.iter_batches(batch_size=BATCH_ROWS, columns=list(mapped.names), use_threads=False)
        for batch in batches:
            for row in batch.to_pylist():
                number += 1
                values = {name: _value(cell) for name, cell in row.items()}
                where = f"{entry.path}:{number}"
                yield columns.document(values, mapped, key=key, number=number, where=where, prefix=prefix)
    except (pa.ArrowException, OSError, ValueError, TypeError, MemoryError, OverflowError) as error:
        if not number:
            raise InputError(
                f"{entry.path} cannot be read as Parquet: {_first_line(error)}",
                "Check that the file is whole and not encrypted.",
            ) from error
        yield rejected(key, f"{entry.path}:{number + 1}", "truncated", f"damaged from here on: {_first_line(error)}")


def _opened(entry: Entry) -> pq.ParquetFile:
    import pyarrow.parquet as pq

    assert entry.local is not None
    with entry.local.open("rb") as stream:
        if stream.read(4) == b"PARE":
            raise InputError(f"{entry.path} is an encrypted Parquet file", "Decrypt it first.")
    return pq.ParquetFile(
        entry.local,
        page_checksum_verification=True,
        thrift_string_size_limit=MAX_FOOTER,
        thrift_container_size_limit=MAX_FOOTER,
    )


def _text_like(schema: pa.Schema) -> list[str]:
    """The columns that can hold what a document is made of: texts, numbers, dates, lists of texts."""
    import pyarrow.types as t

    def usable(kind: pa.DataType) -> bool:
        if t.is_dictionary(kind):
            return usable(kind.value_type)
        if t.is_list(kind) or t.is_large_list(kind):
            return usable(kind.value_type) and not t.is_nested(kind.value_type)
        return bool(
            t.is_string(kind)
            or t.is_large_string(kind)
            or t.is_binary(kind)
            or t.is_large_binary(kind)
            or t.is_integer(kind)
            or t.is_timestamp(kind)
            or t.is_date(kind)
        )

    return [field.name for field in schema if usable(field.type)]


def _value(cell: object) -> columns.Value:
    """A cell as `columns` knows it; bytes are text where they are UTF-8, times are written in ISO 8601."""
    if cell is None or isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, bytes):
        try:
            return cell.decode()
        except UnicodeDecodeError:
            return {}  # no text: the row is rejected for it, or the field left empty
    if isinstance(cell, list):
        return [_value(part) for part in cell]
    shown = getattr(cell, "isoformat", None)
    return str(shown()) if shown else {}


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).partition("\n")[0][:300]


LEAF = Leaf(name="parquet", suffixes=(".parquet",), recognise=recognise, read=read, jumps=True, own=True)
FORMAT = file_format(LEAF)
