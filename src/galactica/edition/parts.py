"""The parts of works in their order: `index/works.parquet`, derived.

A row for each work, in the order of the works: `work` (its number there) and `rows` (of its articles, by part, then
path).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
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
        self._numbers = {(work.source, work.path): number for number, work in enumerate(works)}
        self._rows = np.empty(0, dtype=np.int32)
        self._borders = np.zeros(len(works) + 1, dtype=np.int64)
        if works:
            column = pq.read_table(edition.index_dir() / WORKS, use_threads=False)["rows"].combine_chunks()
            self._rows = column.flatten().to_numpy()
            self._borders[1:] = np.cumsum(column.value_lengths().fill_null(0).to_numpy())
            if self._borders[-1] != len(self._rows) or not _within(self._rows, len(edition)):
                raise ValueError(f"{WORKS} is of another edition")

    def of(self, work: Work) -> list[int]:
        """Rows of the articles that are parts of a work, in their order."""
        number = self._numbers.get((work.source, work.path))
        if number is None:
            return []
        found: list[int] = self._rows[self._borders[number] : self._borders[number + 1]].tolist()
        return found


def _within(rows: npt.NDArray[np.int32], articles: int) -> bool:
    return not len(rows) or (int(rows.min()) >= 0 and int(rows.max()) < articles)
