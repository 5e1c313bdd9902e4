"""One SELECT over the tables of editions, asked in a sandbox: a process that reads those tables, nothing else.

The walls, from the outside in; each stands alone, tests/query/test_sandbox.py leans on every one:
1. A fresh process with an empty environment, in a folder that holds only links to the tables' files, killed when the
   time is over. It hears the question on its standard input and answers with one JSON document.
2. Limits of the operating system on processor time, memory and file size (no file can be written); where the system
   has none (Windows), walls 1, 3, 4 and 5 remain.
3. DuckDB without external access, extensions, Python variables or spilling to disk; only the tables' files may be
   opened, and the configuration is locked before the question is read.
4. DuckDB's own parser must find exactly one statement, and it must be a SELECT (which cannot write).
5. In its syntax tree only harmless table functions may stand, and no file may be named: the tables are reached
   through views.

Every table has one more column, `edition`, the label of the edition a row comes from; the tables of several editions
are united by column name.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.codes.child import child_command, child_environment
from galactica.edition.bag import index_root
from galactica.edition.derived import JOINED
from galactica.errors import EditionError, GalacticaError, LimitError, MissingError, UsageError

if TYPE_CHECKING:
    from galactica.query.worker import Request, TablesGiven

SqlValue = None | bool | int | float | str | list["SqlValue"] | dict[str, "SqlValue"]
"""A cell of a result: what JSON can hold. Bytes are hexadecimal, times ISO 8601, numbers beyond a float are strings."""

Fact = str | int | tuple[str, ...]

MAX_QUERY = 100_000
"""Characters of a question; DuckDB's parser needs much memory for long ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionTables:
    """What may be asked about one edition.

    Attributes:
        label: stands in the column `edition` of every row.
        tables: (name, Parquet files) pairs.
        facts: (column, value) pairs: the edition's row in the table `edition`; every edition has the same columns.
    """

    label: str
    tables: tuple[tuple[str, tuple[Path, ...]], ...]
    facts: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlLimits:
    """Bounds on one question.

    Attributes:
        seconds: wall time; processor time is bounded by as much for each thread.
        memory: bytes DuckDB may hold; the whole process may address `memory` and 2 GiB more.
        rows: rows given back; the rest is cut off and `SqlResult.truncated` says so.
        result: bytes of JSON given back, likewise; one row over this is a `LimitError`.
        threads: DuckDB's own.
    """

    seconds: float = 30.0
    memory: int = 1024 * 2**20
    rows: int = 10_000
    result: int = 32 * 2**20
    threads: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlResult:
    """The answer.

    Attributes:
        columns: names, in the question's order; may repeat.
        types: DuckDB's name of each column's type.
        rows: one tuple a row, as long as `columns`.
        truncated: True where `SqlLimits.rows` or `.result` cut rows off.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[SqlValue, ...], ...]
    truncated: bool


def parquet_tables(edition: Path, root: str = "") -> tuple[tuple[str, tuple[Path, ...]], ...]:
    """The tables of the edition at `edition`: each folder of `data` that holds Parquet files, by name, files sorted;
    and those of what is joined, where it is of the edition with this root: `joined/NAME/TABLE` is called NAME_TABLE, or
    NAME where both are the same."""
    folders = {folder.name: folder for folder in sorted((edition / "data").iterdir())}
    for joined in sorted((edition / JOINED).iterdir()) if root and (edition / JOINED).is_dir() else ():
        if joined.is_dir() and index_root(joined) == root:
            for folder in sorted(joined.iterdir()):
                name = joined.name if folder.name == joined.name else f"{joined.name}_{folder.name}"
                folders.setdefault(name, folder)
    found = []
    for name, folder in sorted(folders.items()):
        files = tuple(sorted(folder.glob("*.parquet"))) if folder.is_dir() else ()
        if files:
            found.append((name, files))
    return tuple(found)


def run_sql(query: str, editions: Sequence[EditionTables], *, limits: SqlLimits | None = None) -> SqlResult:
    """Ask `query`, one SELECT in DuckDB's dialect, over the tables of `editions`.

    Raises:
        UsageError: not one SELECT, a mistake in it, or something that the sandbox forbids.
        LimitError: out of time or memory, or the question or one row of the answer is too large.
        MissingError: the extra `sql` is not installed.
        EditionError: a table cannot be read.
    """
    if find_spec("duckdb") is None:
        raise MissingError("Asking in SQL needs DuckDB, which is not installed.", 'Run: pip install "galactica[sql]"')
    if len(query) > MAX_QUERY:
        raise LimitError(
            f"The question has {len(query):,} characters; {MAX_QUERY:,} are allowed.", "Ask a shorter one."
        )
    bounds = limits or SqlLimits()
    with tempfile.TemporaryDirectory(prefix="galactica-sql-", ignore_cleanup_errors=True) as folder:
        request: Request = {
            "query": query,
            "editions": [_link(Path(folder), number, edition) for number, edition in enumerate(editions)],
            "seconds": bounds.seconds,
            "memory": bounds.memory,
            "rows": bounds.rows,
            "result": bounds.result,
            "threads": bounds.threads,
        }
        return _answer(_ask(folder, json.dumps(request).encode(), bounds), bounds)


def _link(folder: Path, number: int, edition: EditionTables) -> TablesGiven:
    """Link the files of an edition into the folder under plain names, so that no host path and no odd name gets in."""
    tables: list[tuple[str, list[str]]] = []
    for index, (name, files) in enumerate(edition.tables):
        links = []
        for part, file in enumerate(files):
            link = f"{number}-{index}-{part}.parquet"
            try:
                (folder / link).symlink_to(file.absolute())
            except OSError:  # a system that lets only administrators make symbolic links
                (folder / link).hardlink_to(file.absolute())
            links.append(link)
        tables.append((name, links))
    return {
        "label": edition.label,
        "tables": tables,
        "facts": [(column, list(fact) if isinstance(fact, tuple) else fact) for column, fact in edition.facts],
    }


def _ask(folder: str, request: bytes, limits: SqlLimits) -> bytes:
    """Start the worker, give it the request, take its answer; kill it when the time is over.

    Returns:
        What it wrote, cut off one byte over what it may write.
    """
    with subprocess.Popen(
        child_command("galactica.query.worker", "-s", "-B"),
        cwd=folder,
        env=child_environment(bare=True),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as worker:
        over = threading.Event()

        def stop() -> None:
            over.set()
            worker.kill()

        clock = threading.Timer(limits.seconds, stop)
        clock.start()
        try:
            assert worker.stdin is not None
            assert worker.stdout is not None
            try:
                worker.stdin.write(request)
                worker.stdin.close()
            except BrokenPipeError:
                pass  # it died before it read the request; its exit status tells
            answer = worker.stdout.read(limits.result + 2**20 + 1)
        finally:
            clock.cancel()
            worker.kill()
        worker.wait()
    if over.is_set():
        raise LimitError(
            f"The question was not answered within {limits.seconds:g} seconds.",
            "Ask for less (a LIMIT, a WHERE), or allow more time.",
        )
    return answer


def _answer(text: bytes, limits: SqlLimits) -> SqlResult:
    """Read the worker's document; whatever it is, nothing but a result or an error of our tree comes out."""
    try:
        document = json.loads(text)
        if "kind" in document:
            raise _ERRORS[document["kind"]](document["problem"], document["remedy"])
        return SqlResult(
            columns=tuple(document["columns"]),
            types=tuple(document["types"]),
            rows=tuple(tuple(row) for row in document["rows"]),
            truncated=bool(document["truncated"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        # No answer, or half of one: the system ended the worker, and only its limits do that.
        raise LimitError(
            f"The question needed more memory or time than allowed ({limits.memory // 2**20} MiB).",
            "Ask for less at once, or allow more memory.",
        ) from None


_ERRORS: dict[str, type[GalacticaError]] = {
    "usage": UsageError,
    "limit": LimitError,
    "edition": EditionError,
    "missing": MissingError,
}
