"""Every row that is given to the writer is in the table and in the root, however many there are."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from galactica.edition import layout
from galactica.edition.parquet import write_rows
from galactica.edition.table import TABLES, row_of, statement_of, table, truths
from galactica.edition.write import Whole
from galactica.model import Qualifier, SourceStatement


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 12])
def test_no_row_is_lost_between_what_is_written_at_a_time(tmp_path: Path, count: int) -> None:
    rows = [{"source": "s", "rule": f"rule {n}", "count": n} for n in range(count)]
    write_rows(tmp_path / "a.parquet", table("dropped"), iter(rows), size=3)
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == rows


def test_where_there_are_none_there_is_no_file(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.parquet", table("dropped"), iter(()))
    assert list(tmp_path.iterdir()) == []


def test_a_statement_is_the_same_after_it_was_a_row() -> None:
    plain = SourceStatement(source="s", path="p", subject="wikidata:Q1", property="name", kind="none")
    full = SourceStatement(
        source="s",
        path="q",
        subject="wikidata:Q1",
        property="depth",
        kind="quantity",
        value="17",
        unit="m",
        bounds=("16", "18"),
        qualifiers=(Qualifier(property="at", kind="time", value="1843"), Qualifier(property="by", kind="unknown")),
        references=((Qualifier(property="in", kind="text", value="a log"),), ()),
    )
    for each in (plain, full):
        assert statement_of(row_of(each, layout.STATEMENTS)) == each


def test_the_root_lists_the_tables_of_its_version() -> None:
    assert truths(1) == ("articles", "edition", "files", "media", "sources")
    assert truths(2) == ("articles", "edition", "files", "media", "sources", "statements", "works")
    assert len({each.name for each in TABLES}) == len(TABLES)


def test_a_file_that_was_not_finished_has_no_name(tmp_path: Path) -> None:
    def half() -> None:
        with Whole(tmp_path / "a") as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert list(tmp_path.iterdir()) == []
    with Whole(tmp_path / "a") as part:
        part.write_text("whole")
    assert (tmp_path / "a").read_text() == "whole"
