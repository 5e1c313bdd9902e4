"""The inside of the sandbox: one question in on standard input, one JSON document out on standard output.

Started by `galactica.query.sql`, which describes the walls. The order must hold: limits of the system, request,
DuckDB's settings, the views, the lock, and only then the question. Nothing here trusts the question.
"""

from __future__ import annotations

import datetime
import decimal
import json
import math
import os
import re
import sys
from typing import TYPE_CHECKING, TypedDict

import duckdb

from galactica.query.gate import QueryRefusedError, one_select

if TYPE_CHECKING:
    from galactica.query.sql import SqlValue

DERIVED = {
    "articles": "row_number() OVER () - 1 AS row, substr(sha256(source || chr(0) || path), 1, 32) AS id, ",
}
"""Columns that a table does not store because they follow from it: an article's row (what passages name) and id."""

FETCH = 256
"""Rows taken from DuckDB at a time."""

SETTINGS = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET python_enable_replacements = false",
    "SET temp_directory = ''",
    "SET enable_progress_bar = false",
)
"""Before the views are made; memory, threads and the allowed files are added from the request."""


class TablesGiven(TypedDict):
    """What may be asked about one edition: (table, links to its files) pairs, (column, value) pairs."""

    label: str
    tables: list[tuple[str, list[str]]]
    facts: list[tuple[str, str | int | list[str]]]


class Request(TypedDict):
    """What stands on standard input; the bounds as in `galactica.query.sql.SqlLimits`."""

    query: str
    editions: list[TablesGiven]
    seconds: float
    memory: int
    rows: int
    result: int
    threads: int


class QueryAnswer(TypedDict):
    """An answer; each row is already JSON."""

    columns: list[str]
    types: list[str]
    rows: list[str]
    truncated: bool


def confine(seconds: float, memory: int, threads: int) -> None:
    """Ask the operating system for the limits; no file can be written after this."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    processor = math.ceil(seconds) * threads + 1
    for what, limit in (
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory + 2 * 2**30),
    ):
        hard = resource.getrlimit(what)[1]
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(what, (bound, bound))
        except (OSError, ValueError):  # macOS knows RLIMIT_AS but does not take it
            continue


def sql_string(text: str) -> str:
    """`text` as a string of SQL."""
    return "'" + text.replace("'", "''") + "'"


def sql_name(text: str) -> str:
    """`text` as a name of SQL."""
    return '"' + text.replace('"', '""') + '"'


def furnish(connection: duckdb.DuckDBPyConnection, editions: list[TablesGiven], memory: int, threads: int) -> list[str]:
    """Settings, views over the files, the table `edition`; then turn the key. Returns the names of the tables."""
    by_table: dict[str, list[str]] = {}
    files: list[str] = []
    for edition in editions:
        for name, links in edition["tables"]:
            listed = ", ".join(sql_string(link) for link in links)
            origin = f"read_parquet([{listed}], union_by_name = true)"
            # Tables and labels are ours, and quoted.
            part = f"SELECT {DERIVED.get(name, '')}*, {sql_string(edition['label'])} AS edition FROM {origin}"  # noqa: S608
            by_table.setdefault(name, []).append(part)
            files += links
    for setting in SETTINGS:
        connection.execute(setting)
    connection.execute(f"SET memory_limit = '{memory}B'")
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"SET allowed_paths = [{', '.join(sql_string(file) for file in files)}]")
    connection.execute("SET enable_external_access = false")
    for name, parts in by_table.items():
        connection.execute(f"CREATE VIEW {sql_name(name)} AS {' UNION ALL BY NAME '.join(parts)}")
    facts = [edition for edition in editions if edition["facts"]]
    if facts:
        columns = ", ".join(
            f"{'CAST(? AS VARCHAR[])' if isinstance(value, list) else '?'} AS {sql_name(column)}"
            for column, value in facts[0]["facts"]
        )
        rows = " UNION ALL ".join([f"SELECT ? AS edition, {columns}"] * len(facts))
        values = [v for edition in facts for v in (edition["label"], *(value for _, value in edition["facts"]))]
        connection.execute(f"CREATE TABLE edition AS {rows}", values)
    connection.execute("SET lock_configuration = true")
    return sorted({*by_table, *(("edition",) if facts else ())})


def json_value(value: object) -> SqlValue:
    """A value of DuckDB as JSON can hold it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, decimal.Decimal):
        whole, close = value == value.to_integral_value(), float(value)
        return int(value) if whole else close if decimal.Decimal(repr(close)) == value else str(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [json_value(entry) for entry in value]
    if isinstance(value, dict):
        return {str(json_value(key)): json_value(entry) for key, entry in value.items()}
    return str(value)


def collect(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement, rows: int, size: int) -> QueryAnswer:
    """Run the statement and take what fits."""
    connection.execute(statement)
    columns = [(name, str(kind)) for name, kind, *_ in connection.description]
    taken: list[str] = []
    used = 0
    truncated = False
    while not truncated:
        batch = connection.fetchmany(FETCH)
        if not batch:
            break
        for row in batch:
            line = json.dumps([json_value(value) for value in row], ensure_ascii=False)
            used += len(line.encode())
            if used > size and not taken:
                raise QueryRefusedError(
                    "limit", "One row of the answer is larger than allowed.", "Ask for fewer columns."
                )
            if used > size or len(taken) >= rows:
                truncated = True
                break
            taken.append(line)
    return {
        "columns": [name for name, _ in columns],
        "types": [kind for _, kind in columns],
        "rows": taken,
        "truncated": truncated,
    }


def answer_request(request: Request) -> str:
    """The document for a request."""
    connection = duckdb.connect(":memory:")
    try:
        try:
            tables = furnish(connection, request["editions"], request["memory"], request["threads"])
        except duckdb.Error:
            raise QueryRefusedError(
                "edition", "A table of the edition cannot be read.", "Run galactica verify on the edition."
            ) from None
        try:
            statement = one_select(connection, request["query"], tables)
            found = collect(connection, statement, request["rows"], request["result"])
        except (duckdb.OutOfMemoryException, MemoryError, RecursionError) as error:
            raise QueryRefusedError(
                "limit", f"The question needs too much memory: {error}", "Ask for less at once."
            ) from None
        except duckdb.Error as error:
            raise refusal_of(str(error), tables) from None
    except QueryRefusedError as refusal:
        return json.dumps({"kind": refusal.kind, "problem": refusal.problem, "remedy": refusal.remedy})
    head = {"columns": found["columns"], "types": found["types"], "truncated": found["truncated"]}
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "rows": [{",".join(found["rows"])}]}}'


_BROKEN_FILE = re.compile(
    r"^(?:Invalid Input|IO|Serialization|Internal) Error.*\b\d+-\d+-\d+\.parquet"
    r"|[Dd]ecompression failure|deserialize thrift",
    re.DOTALL,
)
"""What DuckDB says of a table whose file is broken; tables lie in its folder under numbers."""


def refusal_of(message: str, tables: list[str]) -> QueryRefusedError:
    """DuckDB's complaint as ours."""
    if "pytz" in message:
        return QueryRefusedError(
            "usage",
            "A time with a time zone cannot be given back.",
            "Write CAST(… AS VARCHAR) around it, or install the package pytz.",
        )
    if "bad_alloc" in message or "allocation failure" in message.lower():
        return QueryRefusedError("limit", "The question needs more memory than allowed.", "Ask for less at once.")
    if _BROKEN_FILE.search(message):
        return QueryRefusedError(
            "edition", "A table of the edition cannot be read.", "Run galactica verify on the edition."
        )
    return QueryRefusedError("usage", message.strip(), "Tables here: " + ", ".join(tables) + ".")


def answer_and_exit() -> None:
    """Read the request, answer it. Whatever DuckDB prints goes nowhere: the answer has a channel of its own."""
    channel = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    request = json.loads(sys.stdin.buffer.read())
    confine(request["seconds"], request["memory"], request["threads"])
    channel.write(answer_request(request).encode("utf-8", "replace"))
    channel.flush()
    os._exit(0)  # DuckDB's own leaving takes time and has nothing to save


if __name__ == "__main__":
    answer_and_exit()
