"""The parts of works in their order: `index/works.parquet`, derived.

A row for each work, in the order of the works: `work` (its number there) and `rows` (of its articles, by part, then
path).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.edition.read import Edition
from galactica.model import Work

WORKS = "works.parquet"

_SCHEMA = pa.schema(
    [pa.field("work", pa.int32(), nullable=False), pa.field("rows", pa.list_(pa.int32()), nullable=False)]
)


def write_parts(edition: Edition, index: Path) -> None:
    """Write the parts of an edition's works; nothing where it has none. Holds some 100 bytes a part in memory."""
    works = edition.works()
    if not works:
        return
    found: dict[tuple[str, str], list[tuple[int, str, int]]] = defaultdict(list)
    for row, article in edition.scan(body=False):
        if article.work:
            found[article.source, article.work].append((article.part, article.path, row))
    rows = [[row for _, _, row in sorted(found[work.source, work.path])] for work in works]
    table = pa.table({"work": range(len(works)), "rows": rows}, schema=_SCHEMA)
    pq.write_table(table, index / WORKS, compression="zstd", store_schema=False)


class Parts:
    """The parts of the works of an open edition.

    Raises:
        OSError, ValueError, pyarrow.ArrowException: the list is missing or no list of these works.
    """

    def __init__(self, edition: Edition) -> None:
        works = edition.works()
        rows: list[list[int]] = []
        if works:
            table = pq.read_table(edition.index_dir() / WORKS, use_threads=False)
            rows = [list(each or ()) for each in table["rows"].to_pylist()]
            if len(rows) != len(works) or any(not 0 <= row < len(edition) for each in rows for row in each):
                raise ValueError(f"{WORKS} is of another edition")
        self._rows = {(work.source, work.path): each for work, each in zip(works, rows, strict=True)}

    def of(self, work: Work) -> list[int]:
        """Rows of the articles that are parts of a work, in their order."""
        return self._rows.get((work.source, work.path), [])
