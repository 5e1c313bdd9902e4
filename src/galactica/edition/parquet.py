"""Writing the Parquet files of an edition.

The bytes are the writer's business (another writer may make others); the values are the edition's. Chosen by
measurement (13,000 English articles, 208 MB, 2026-11-23): zstd level 7 in pages of 512 kB gives 70.7 MB in 3.2 s and
0.42 ms to unpack one; level 9 saves 0.9 % for 25 % more time, level 12 1.5 % for 75 %; 1 MB pages save 2 % and take
twice the time a fetch. Articles of 1 kB, of which there is less to pack, get level 12. Row groups of about
8 MB spread the cost of the columns' headers (pages are what is unpacked, see `pages`); a checksum a page lets
`verify` say where a file is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.edition.table import Table

PAGE_BYTES = 512 * 1024
LEVEL = 7
LEVEL_SHORT = 12
SHORT = 4096
"""Bytes of a typical row below which a file is packed at `LEVEL_SHORT`."""

GROUP_BYTES = 8 * 2**20
"""Bytes of bodies at which a row group of articles is closed."""

GROUP_ROWS = 2_000
"""Articles at which a row group is closed that has fewer bytes: its heads are decoded together for one of them, 0.8 ms.
A million paragraphs in groups of 9,000 to 17,000 took 74 ms of CPU to be searched for a title and 500 for a phrase
(p50), in groups of 4,000, 2,000 and 1,000 43, 44 and 46, and 270, 254 and 230; articles and passages take 1.7, 2.7 and
3.8 % more. Articles of 4 kB and more fill a group by their bytes (2026-11-30)."""

_PACKED = {"article": "DELTA_BINARY_PACKED", "start": "DELTA_BINARY_PACKED", "end": "DELTA_BINARY_PACKED"}
_UNPACKED = {"content": "NONE", "leaf": "NONE", "input": "NONE", "hash": "NONE"}


class TableFile:
    """One Parquet file being written; closing it completes it, leaving its block by an error removes it.

    Args:
        path: where it goes; its folder exists.
        table: its descriptor.
        typical: about how many bytes a row of the widest column has; sets how often the page size is looked at.
    """

    def __init__(self, path: Path, table: Table, *, typical: int = 1024) -> None:
        schema = table.schema
        self._path = path
        packed = {name: way for name, way in _PACKED.items() if name in schema.names}
        level = LEVEL_SHORT if typical < SHORT else LEVEL
        codecs = {name: _UNPACKED.get(name, "ZSTD") for name in _leaves(schema)}
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression=codecs,
            compression_level={name: level for name, codec in codecs.items() if codec == "ZSTD"},
            use_dictionary=list(table.repeating),
            column_encoding=packed or None,
            write_statistics=False,
            store_schema=False,
            data_page_size=PAGE_BYTES,
            write_batch_size=max(1, min(1024, PAGE_BYTES // (8 * max(1, typical)))),
            write_page_checksum=True,
        )

    def write(self, batch: pa.Table) -> None:
        """Write rows as one row group."""
        self._writer.write_table(batch, row_group_size=max(1, batch.num_rows))

    def __enter__(self) -> TableFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._writer.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)


def _leaves(schema: pa.Schema) -> list[str]:
    """Column paths as Parquet names them."""
    return [path for field in schema for path in _paths(field.name, field.type)]


def _paths(name: str, kind: pa.DataType) -> list[str]:
    if pa.types.is_list(kind):
        return _paths(f"{name}.list.element", kind.value_type)
    if pa.types.is_struct(kind):
        return [path for part in kind for path in _paths(f"{name}.{part.name}", part.type)]
    return [name]


def write_rows(path: Path, table: Table, rows: Iterable[Mapping[str, object]], *, size: int = 20_000) -> None:
    """Write the rows of a table as they come, `size` a row group; no file where there are none."""
    rows = iter(rows)
    chunk = list(islice(rows, size))
    if not chunk:
        return
    with TableFile(path, table) as file:
        while chunk:
            file.write(pa.Table.from_pylist(chunk, schema=table.schema))
            chunk = list(islice(rows, size))
