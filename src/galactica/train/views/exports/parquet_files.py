"""A view as Parquet files: a row a document, the columns of `ExportedDocument`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.train.views.exports.document import COLUMNS, exported_documents
from galactica.train.views.view import View

SCHEMA = pa.schema([pa.field(name, pa.string(), nullable=False) for name in COLUMNS])

GROUP_BYTES = 8 * 2**20
"""Bytes of text in a row group: what is in memory at once."""


class ParquetForm:
    """`00000.parquet` and so on."""

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def settings(self) -> Mapping[str, object]:
        """What the files depend on besides the view."""
        return {"form": "parquet"}

    def name(self, shard: int) -> str:
        """Of a file."""
        return f"{shard:05}.parquet"

    def write(self, path: Path, start: int, stop: int) -> None:
        """Write one file."""
        repeating = ["language", "source", "licence", "edition"]
        with pq.ParquetWriter(
            path, SCHEMA, compression="ZSTD", use_dictionary=repeating, write_statistics=False
        ) as writer:
            rows: list[dict[str, str]] = []
            size = 0
            for _, document in exported_documents(self._view, start, stop):
                rows.append(asdict(document))
                size += len(document.text)
                if size >= GROUP_BYTES:
                    writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
                    rows, size = [], 0
            if rows:
                writer.write_table(pa.Table.from_pylist(rows, SCHEMA))

    def finish(self, folder: Path, borders: Sequence[tuple[int, int]]) -> None:
        """Nothing speaks of all files."""
