"""Lists for browsing: titles from A to Z, first letters, categories. Derived, in `index/`, made with bounded memory.

titles              rows in the order of their titles (`codes.collation`), 16 or 32 bits each (lookup.row_type)
letters.json        {"order": 2, "letters": [[script, letter, articles] …]} in that order
categories.parquet  category, rows (in title order), sorted by category; absent where there are none
"""

from __future__ import annotations

import bisect
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes.collation import group_key, heading, sort_key
from galactica.edition.head import Head
from galactica.edition.lookup import row_type
from galactica.edition.read import Edition

_CATEGORIES = pa.schema([pa.field("category", pa.string()), pa.field("rows", pa.list_(pa.int32()))])
_CHUNK = 2048

ORDER = 2
"""Version of the order of titles. Lists of another order are shown as they are, without letters to jump to."""


def write_catalogue(edition: Edition, index: Path) -> None:
    """Write the lists of an edition. Sorting is done on disk, by SQLite."""
    with tempfile.TemporaryDirectory(dir=index, prefix="sort-") as folder:
        db = sqlite3.connect(Path(folder) / "sort.sqlite", isolation_level=None)
        try:
            db.execute("PRAGMA synchronous=OFF")
            db.execute("CREATE TABLE t(key BLOB, row INTEGER, part BLOB, script TEXT, letter TEXT)")
            db.execute("CREATE TABLE c(name TEXT, key BLOB, row INTEGER)")
            db.execute("BEGIN")
            for row, article in edition.scan(body=False):
                key, under = sort_key(article.title, article.language), heading(article.title, article.language)
                db.execute("INSERT INTO t VALUES(?,?,?,?,?)", (key, row, group_key(key), under.script, under.letter))
                db.executemany("INSERT INTO c VALUES(?,?,?)", [(name, key, row) for name in article.categories])
            db.execute("COMMIT")
            rows = np.fromiter(
                (r for (r,) in db.execute("SELECT row FROM t ORDER BY key, row")), dtype=row_type(len(edition))
            )
            rows.tofile(index / "titles")
            letters = {"order": ORDER, "letters": list(_letters(db))}
            (index / "letters.json").write_text(json.dumps(letters, ensure_ascii=False) + "\n", encoding="utf-8")
            _write_categories(db, index / "categories.parquet")
        finally:
            db.close()


def _letters(db: sqlite3.Connection) -> Iterator[tuple[str, str, int]]:
    """(script, letter, articles) in the order of the titles; what shares a place stands under its plainest letter."""
    found: list[tuple[str, str, int]] = []
    counted = db.execute("SELECT part, script, letter, count(*) FROM t GROUP BY 1, 2, 3 ORDER BY part")
    for _, shared in groupby(counted, key=lambda row: row[0]):
        rows = [(letter, script, count) for _, script, letter, count in shared]
        letter, script, _ = min(rows)
        number = sum(count for _, _, count in rows)
        if found and found[-1][:2] == (script, letter):
            number += found.pop()[2]
        found.append((script, letter, number))
    yield from found


def _write_categories(db: sqlite3.Connection, path: Path) -> None:
    if not db.execute("SELECT 1 FROM c LIMIT 1").fetchone():
        return
    with pq.ParquetWriter(path, _CATEGORIES, compression="zstd", store_schema=False) as writer:
        names: list[str] = []
        rows: list[list[int]] = []
        for name, row in db.execute("SELECT name, row FROM c ORDER BY name, key, row"):
            if not names or names[-1] != name:
                if len(names) >= _CHUNK:
                    writer.write_table(pa.table({"category": names, "rows": rows}, schema=_CATEGORIES))
                    names, rows = [], []
                names.append(name)
                rows.append([])
            rows[-1].append(row)
        writer.write_table(pa.table({"category": names, "rows": rows}, schema=_CATEGORIES))


class Catalogue:
    """The lists of an open edition; everything is read on first use."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._index = edition.index_dir()
        self._order: npt.NDArray[np.unsignedinteger] | None = None
        self._names: pa.ChunkedArray | None = None
        self._letters: tuple[tuple[str, str, int], ...] | None = None

    def titles(self, start: str = "", limit: int = 100, skip: int = 0) -> Iterator[Head]:
        """Articles from A to Z, from the first whose title is not before `start`, or from the place `skip` on."""
        order = self._titles()
        for i in range(self._first(start) if start else skip, len(order))[:limit]:
            if order[i] < len(self._edition):  # the index may be damaged; it is never trusted
                yield self._edition.head(int(order[i]))

    def letters(self) -> tuple[tuple[str, str, int], ...]:
        """(script, letter, articles) in the order of the titles."""
        if self._letters is None:
            try:
                raw = json.loads((self._index / "letters.json").read_text(encoding="utf-8"))
                rows = raw["letters"] if raw["order"] == ORDER else ()
                self._letters = tuple((str(script), str(letter), int(count)) for script, letter, count in rows)
            except (OSError, ValueError, TypeError, KeyError):
                self._letters = ()
        return self._letters

    def categories(self, start: str = "", limit: int = 100) -> list[tuple[str, int]]:
        """(name, articles) in code point order from `start` on."""
        names = self._categories()
        if names is None:
            return []
        low = _position(names, start)
        chosen = names.slice(low, limit).to_pylist()
        return [(name, len(self._rows_of(low + i))) for i, name in enumerate(chosen)]

    def category(self, name: str, *, limit: int, offset: int = 0) -> list[Head]:
        """Articles of a category, by title."""
        names = self._categories()
        if names is None:
            return []
        low = _position(names, name)
        if low >= len(names) or names[low].as_py() != name:
            return []
        return [self._edition.head(row) for row in self._rows_of(low)[offset : offset + limit]]

    def _titles(self) -> npt.NDArray[np.unsignedinteger]:
        if self._order is None:
            path = self._index / "titles"
            if not path.is_file() or not path.stat().st_size:
                self._order = np.arange(len(self._edition), dtype=np.uint32)  # no index: the edition's own order
            else:
                self._order = np.memmap(path, dtype=row_type(len(self._edition)), mode="r")
        return self._order

    def _first(self, start: str) -> int:
        order, wanted = self._titles(), sort_key(start, "")
        low, high = 0, len(order) if self.letters() else 0
        while low < high:
            middle = (low + high) // 2
            head = self._edition.head(int(order[middle]))
            if sort_key(head.title, head.language) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _categories(self) -> pa.ChunkedArray | None:
        if self._names is None:
            path = self._index / "categories.parquet"
            if not path.is_file():
                return None
            self._names = pq.read_table(path, columns=["category"])["category"].combine_chunks()
        return self._names

    def _rows_of(self, number: int) -> list[int]:
        with pq.ParquetFile(self._index / "categories.parquet") as table:
            group = table.read_row_group(number // _CHUNK, columns=["rows"])["rows"]
            rows: list[int] = group[number % _CHUNK].as_py()
        return rows


def _position(names: pa.ChunkedArray, wanted: str) -> int:
    """Where in the sorted names the first one stands that is not before `wanted`."""
    return bisect.bisect_left(range(len(names)), wanted, key=lambda i: names[i].as_py())
