"""Taking things out of editions: facts about one, answers in SQL, files in other formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from galactica.edition import Edition, EditionInfo
from galactica.errors import UsageError
from galactica.library.meaning import described
from galactica.progress import Report, silent

if TYPE_CHECKING:  # what exports or asks tables is loaded where that is done
    from galactica.export.summary import ExportSummary
    from galactica.query.sql import EditionTables, SqlLimits, SqlResult

__all__ = ["export", "info", "sql"]


def info(path: Path | str) -> EditionInfo:
    """The edition in the folder `path` at a glance.

    Raises:
        EditionError: there is none.
    """
    with Edition.open(path) as edition:
        return described(edition)


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


def export(
    path: Path | str, out: Path | str | IO[bytes], *, format: str, replace: bool = False, report: Report = silent
) -> ExportSummary:
    """Write an edition as a ZIM file ("zim") or as JSON lines ("jsonl").

    Args:
        path: the edition's folder.
        out: the file to make. Lines may also go to a pipe, a device or an open stream.
        format: "zim" or "jsonl".
        replace: whether a regular file at `out` may be replaced; nothing else ever is.
        report: stage "export", unit "articles".

    Raises:
        UsageError: another format, or something stands at `out` that is not replaced.
        EditionError, MissingError: the edition cannot be read, the file cannot be written.
        BrokenPipeError: who reads the stream has left.
    """
    from galactica.export.jsonl import export_jsonl
    from galactica.export.zim import export_zim
    from galactica.refine.clean import sanitise
    from galactica.refine.passive import passive

    if format not in ("zim", "jsonl"):
        raise UsageError(f"There is no export format {format!r}.", "Use zim or jsonl.")
    if isinstance(out, str):
        out = Path(out)
    with Edition.open(path) as edition:
        if format == "jsonl":
            return export_jsonl(edition, out, replace=replace, report=report)
        if not isinstance(out, Path):
            raise UsageError("A ZIM cannot be written to a stream: its beginning is written last.", "Name a file.")
        return export_zim(edition, out, report=report, clean=sanitise, passive=passive, replace=replace)


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
    return EditionTables(label=path.name.removesuffix(".edition"), tables=parquet_tables(path), facts=facts)
