"""The tables of editions, asked in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.edition import Edition

if TYPE_CHECKING:  # loaded where tables are asked
    from galactica.query.sql import EditionTables, SqlLimits, SqlResult


def sql(query: str, editions: Sequence[Path | str], *, limits: SqlLimits | None = None) -> SqlResult:
    """Ask one SELECT (DuckDB's dialect) over the tables of editions, in a locked process of its own.

    Raises:
        UsageError: not one SELECT, a mistake in it, or something that is forbidden.
        LimitError: out of time or memory.
        EditionError: an edition cannot be opened.
        MissingError: the extra `sql` is not installed.
    """
    from galactica.query.sql import run_sql

    return run_sql(query, [_tables(Path(path)) for path in editions], limits=limits)


def _tables(path: Path) -> EditionTables:
    from galactica.query.sql import EditionTables, parquet_tables

    with Edition.open(path) as edition:
        s = edition.statement
        facts = (
            ("title", s.title),
            ("root", s.root),
            ("parent", s.parent),
            ("format", s.format),
            ("articles", s.count("articles")),
            ("passages", s.count("passages")),
            ("rejected", s.count("rejected")),
            ("aliases", s.count("aliases")),
            ("media", s.count("media")),
            ("languages", tuple(tag for tag, _ in s.languages)),
            ("licences", s.licences),
        )
    return EditionTables(label=path.name.removesuffix(".edition"), tables=parquet_tables(path, s.root), facts=facts)
