"""Each attempt to get out of the sandbox, or to break what it is given, and each question that must work."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from galactica.errors import EditionError, GalacticaError, LimitError, UsageError
from galactica.model import article_id
from galactica.query import EditionTables, SqlLimits, parquet_tables, run_sql, sql

from .forked import Sandboxes

QUICK = SqlLimits(seconds=20.0)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> EditionTables:
    """An edition's tables in a folder with a name that would mean something to a shell, a glob and to SQL."""
    edition = tmp_path_factory.mktemp("room") / "it's [a] *star* 星?.edition"
    for name, columns in {
        "articles": {
            "digest": [b"\x01\xff", b"\x02\xff"],
            "title": ["Rain", "雨"],
            "modified": ["2020-01-01", ""],
            "source": ["weather", "weather"],
            "path": ["Rain", "雨"],
        },
        "passages": {"article": [0, 0, 1], "start": [0, 10, 0], "end": [10, 20, 5]},
    }.items():
        (edition / "data" / name).mkdir(parents=True)
        pq.write_table(pa.table(columns), edition / "data" / name / "00000.parquet")
    (edition / "data" / "articles" / "secret.txt").write_text("not a table")
    (edition / "data" / "edition.json").write_text("{}")
    facts = (("title", "Weather"), ("articles", 2), ("licences", ("CC0-1.0", "CC-BY-4.0")))
    return EditionTables(label="weather", tables=parquet_tables(edition), facts=facts)


def test_one_select_is_answered_with_plain_values(tables: EditionTables) -> None:
    result = run_sql("SELECT digest, title FROM articles ORDER BY title", [tables], limits=QUICK)
    assert result.columns == ("digest", "title")
    assert result.types == ("BLOB", "VARCHAR")
    assert result.rows == (("01ff", "Rain"), ("02ff", "雨"))
    assert not result.truncated


def test_articles_have_the_row_that_passages_name_and_the_id_of_the_format(tables: EditionTables) -> None:
    query = "SELECT title, id, count(*) FROM articles JOIN passages ON article = row GROUP BY ALL ORDER BY title"
    result = run_sql(query, [tables], limits=QUICK)
    ids = [article_id("weather", path).hex() for path in ("Rain", "雨")]
    assert result.rows == (("Rain", ids[0], 2), ("雨", ids[1], 1))


def test_every_kind_of_value_becomes_plain(tables: EditionTables) -> None:
    query = """SELECT 1.5, 7::HUGEINT, 'inf'::DOUBLE, DATE '2020-02-03', TIMESTAMP '2020-02-03 04:05:06', [1, NULL],
               {'a': 'b'}, MAP {'k': 1}, NULL, true, INTERVAL 1 DAY, '\\xAA'::BLOB, uuid() IS NOT NULL,
               12345678901234567890.123456789"""
    row = run_sql(query, [tables], limits=QUICK).rows[0]
    assert row[:10] == (
        1.5,
        7,
        "inf",
        "2020-02-03",
        "2020-02-03T04:05:06",
        [1, None],
        {"a": "b"},
        {"k": 1},
        None,
        True,
    )
    assert row[11:] == ("aa", True, "12345678901234567890.123456789")


def test_the_tables_of_several_editions_are_united_and_named(tables: EditionTables) -> None:
    other = EditionTables(label="other", tables=tables.tables[:1], facts=tables.facts)
    counted = "SELECT edition, count(*) FROM articles GROUP BY ALL ORDER BY ALL"
    assert run_sql(counted, [tables, other], limits=QUICK).rows == (("other", 2), ("weather", 2))
    facts = run_sql("SELECT * FROM edition ORDER BY edition", [tables, other], limits=QUICK)
    assert facts.columns == ("edition", "title", "articles", "licences")
    assert facts.types[-1] == "VARCHAR[]"
    assert facts.rows[1] == ("weather", "Weather", 2, ["CC0-1.0", "CC-BY-4.0"])


@pytest.mark.usefixtures("quick_sandboxes")
@pytest.mark.parametrize(
    "query",
    [
        "FROM articles",
        "VALUES (1)",
        "DESCRIBE articles",
        "SUMMARIZE articles",
        "SHOW TABLES",
        "SELECT table_name FROM information_schema.tables",
        "WITH RECURSIVE Up AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM up WHERE n < 3) FROM UP",
        "SELECT * FROM main.Articles",
        "WITH a AS (SELECT title FROM articles) SELECT * FROM a",
        "SELECT * FROM range(3), generate_series(1, 2)",
        "SELECT unnest([1, 2]);",
        "SELECT * FROM articles JOIN passages ON true -- and a comment",
    ],
)
def test_what_only_reads_the_tables_is_answered(tables: EditionTables, query: str) -> None:
    assert run_sql(query, [tables], limits=QUICK).rows


ESCAPES = [
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_blob('0-0-0.parquet')",
    "SELECT * FROM read_parquet('0-0-0.parquet')",
    "SELECT * FROM '0-0-0.parquet'",
    'SELECT * FROM "0-0-0.parquet"',
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_csv_auto('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM read_ndjson_objects('/etc/passwd')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('0-0-0.parquet')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM glob('*')",
    "SELECT (SELECT count(*) FROM glob('/*'))",
    "WITH x AS (FROM read_text('/etc/hostname')) SELECT 1",
    "SELECT 1 LIMIT (SELECT count(*) FROM read_text('/etc/hostname'))",
    "SELECT * FROM articles WHERE title IN (SELECT content FROM read_text('/etc/hostname'))",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('articles')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "SELECT * FROM arrow_scan(1, 2, 3)",
    "SELECT * FROM pandas_scan(1)",
    "SELECT * FROM python_map_function(1)",
    "SELECT * FROM enable_logging()",
    "SELECT * FROM enable_profiling()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM which_secret('a', 's3')",
    "SELECT * FROM checkpoint()",
    "SELECT * FROM 'https://localhost/x.parquet'",
    "SELECT * FROM os",
    "SELECT * FROM request",
    "SELECT * FROM pg_settings",
    "SELECT * FROM pg_catalog.pg_settings",
    "WITH pg_settings AS (SELECT 1) SELECT * FROM pg_catalog.pg_settings",
    "DESCRIBE pg_settings",
    "SUMMARIZE pg_settings",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM main.duckdb_views",
    "SELECT current_setting('allowed_paths')",
    "SELECT \"CURRENT_SETTING\"('allowed_paths')",
    "SELECT title FROM articles WHERE current_setting('allowed_paths')[1] = title",
    "SELECT getenv('HOME')",
    "SELECT getvariable('x') FROM nothing",
    "COPY signals TO 'out.csv'",
    "COPY articles TO '0-0-0.parquet'",
    "COPY (SELECT 1) TO '/dev/stdout'",
    "COPY articles FROM '/etc/passwd'",
    "EXPORT DATABASE 'out'",
    "IMPORT DATABASE 'out'",
    "ATTACH 'x.db'",
    "ATTACH ':memory:' AS other",
    "DETACH memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD 'evil.duckdb_extension'",
    "FORCE INSTALL json",
    "PRAGMA version",
    "PRAGMA database_list",
    "PRAGMA enable_profiling",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "SET lock_configuration = false",
    "RESET enable_external_access",
    "SET VARIABLE x = 1",
    "CALL pragma_version()",
    "CALL enable_logging()",
    "CREATE TABLE x AS SELECT 1",
    "CREATE OR REPLACE VIEW articles AS SELECT 1",
    "CREATE MACRO m() AS TABLE SELECT * FROM read_text('/etc/hostname')",
    "CREATE SECRET s (TYPE s3)",
    "DROP VIEW articles",
    "INSERT INTO edition SELECT * FROM edition",
    "UPDATE edition SET title = 'x'",
    "DELETE FROM edition",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "EXPLAIN ANALYZE SELECT 1",
    "BEGIN",
    "VACUUM",
    "CHECKPOINT",
    "USE other",
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY signals TO 'out.csv'",
    "SELECT 1; ATTACH 'x.db'",
    "",
    "   ",
    ";",
    "-- nothing",
    "/* nothing",
    "SELECT",
    "SELECT $1",
    "SELECT * FROM nowhere",
    "SELECT '\x00'; COPY signals TO 'out.csv'",
    "not sql at all",
]


@pytest.mark.usefixtures("quick_sandboxes")
@pytest.mark.parametrize("query", ESCAPES)
def test_everything_else_is_refused_with_a_remedy(tables: EditionTables, query: str) -> None:
    with pytest.raises(UsageError) as caught:
        run_sql(query, [tables], limits=QUICK)
    assert caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize("query", ["SELECT * FROM read_text('/etc/hostname')", "COPY articles TO '0-0-0.parquet'"])
def test_a_room_that_starts_with_nothing_refuses_as_one_that_is_opened_quickly(
    tables: EditionTables, sandboxes: Sandboxes | None, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    refused = []
    for ask in (sql._ask, sandboxes.ask if sandboxes is not None else sql._ask):
        monkeypatch.setattr(sql, "_ask", ask)
        with pytest.raises(UsageError) as caught:
            run_sql(query, [tables], limits=QUICK)
        refused.append((caught.value.problem, caught.value.remedy))
    assert refused[0] == refused[1]


def test_a_refusal_names_no_path_of_this_machine(tables: EditionTables, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        run_sql("SELECT * FROM nowhere", [tables], limits=QUICK)
    assert "star" not in caught.value.problem
    assert "articles" in caught.value.remedy


def test_a_view_shows_no_path_of_this_machine(tables: EditionTables) -> None:
    result = run_sql("SELECT * FROM information_schema.tables", [tables], limits=QUICK)
    assert "star" not in str(result.rows)


def test_rows_over_the_limit_are_cut_off_and_it_says_so(tables: EditionTables) -> None:
    result = run_sql("SELECT * FROM range(1000000000000)", [tables], limits=SqlLimits(rows=5))
    assert [row[0] for row in result.rows] == [0, 1, 2, 3, 4]
    assert result.truncated
    assert not run_sql("SELECT * FROM range(5)", [tables], limits=SqlLimits(rows=5)).truncated


def test_bytes_over_the_limit_are_cut_off_and_it_says_so(tables: EditionTables) -> None:
    result = run_sql("SELECT repeat('x', 1000) FROM range(100)", [tables], limits=SqlLimits(result=10_000))
    assert len(result.rows) == 9
    assert result.truncated


@pytest.mark.parametrize(
    ("query", "limits"),
    [
        ("SELECT count(*) FROM range(100000000000) a, range(1000) b", SqlLimits(seconds=1.0)),
        ("WITH RECURSIVE r AS (SELECT 1 x UNION ALL SELECT x FROM r) SELECT count(*) FROM r", SqlLimits(seconds=1.0)),
        ("SELECT list(range) FROM range(1000000000)", SqlLimits(memory=64 * 2**20)),
        ("SELECT repeat('x', 2000000000), repeat('y', 2000000000)", SqlLimits(memory=64 * 2**20)),
        ("SELECT repeat('x', 1000000)", SqlLimits(result=1000)),
        ("SELECT " + "1+" * 60_000 + "1", SqlLimits()),
    ],
)
def test_a_question_that_takes_too_much_ends_as_a_limit(tables: EditionTables, query: str, limits: SqlLimits) -> None:
    with pytest.raises(LimitError):
        run_sql(query, [tables], limits=limits)


@pytest.mark.parametrize("depth", [50, 900, 20_000])
def test_a_deeply_nested_question_is_answered_or_refused(tables: EditionTables, depth: int) -> None:
    with contextlib.suppress(GalacticaError):
        assert run_sql("SELECT " + "(" * depth + "1" + ")" * depth, [tables], limits=QUICK).rows == ((1,),)


def test_the_worker_knows_nothing_of_the_environment(tables: EditionTables, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, str]] = []
    start = subprocess.Popen

    def seen(*arguments: Any, **named: Any) -> Any:
        given.append(named["env"])
        return start(*arguments, **named)

    monkeypatch.setenv("GALACTICA_TEST_SECRET", "hunter2")
    monkeypatch.setattr(subprocess, "Popen", seen)
    assert run_sql("SELECT 1", [tables], limits=QUICK).rows == ((1,),)
    assert [set(known) <= {"PYTHONPATH", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH"} for known in given] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_system_lets_the_worker_write_no_file(tmp_path: Path) -> None:
    program = "from galactica.query.worker import confine; confine(5, 2**28, 1); open('x', 'wb', 0).write(b'1')"
    ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert ended.returncode != 0
    assert (tmp_path / "x").read_bytes() == b""


INSIDE = """
import duckdb, json, sys
from galactica.query.worker import furnish
connection = duckdb.connect(":memory:")
furnish(connection, [{"label": "x", "tables": [("signals", ["0.parquet"])], "facts": []}], 2**28, 1)
assert connection.execute("FROM signals").fetchall() == [(1, "x")]
for query in json.loads(sys.argv[1]):
    try:
        connection.execute(query).fetchall()
        print("not refused:", query)
    except duckdb.Error:
        pass
print("done")
"""


def test_duckdb_itself_is_locked_even_without_the_walls_around_it(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), tmp_path / "0.parquet")
    (tmp_path / "other.txt").write_text("secret")
    escapes = [
        "FROM read_text('/etc/hostname')",
        "FROM read_text('other.txt')",
        "FROM glob('*')",
        "COPY signals TO 'out.csv'",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "EXPORT DATABASE 'out'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
    ]
    command = [sys.executable, "-c", INSIDE, json.dumps(escapes)]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.stdout == "done\n", ended.stderr


def test_a_damaged_table_is_an_edition_error(tmp_path: Path) -> None:
    (tmp_path / "data" / "articles").mkdir(parents=True)
    (tmp_path / "data" / "articles" / "0.parquet").write_bytes(b"PAR1 this is no table PAR1")
    with pytest.raises(EditionError):
        run_sql(
            "SELECT 1 FROM articles",
            [EditionTables(label="x", tables=parquet_tables(tmp_path))],
            limits=QUICK,
        )


def test_without_editions_there_are_no_tables() -> None:
    assert run_sql("SELECT 1", [], limits=QUICK).rows == ((1,),)
