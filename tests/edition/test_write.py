"""Every row that is given to the writer is in the table and in the root, however many there are."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.merkle import leaf_hash, tree_head
from galactica.edition import Edition, layout
from galactica.edition.nodes import Sorted, read_nodes, write_nodes
from galactica.edition.parquet import write_rows
from galactica.edition.table import TABLES, row_of, statement_of, table, truths
from galactica.edition.verify import verify_edition
from galactica.edition.write import row_groups
from galactica.library import build
from galactica.model import Qualifier, SourceStatement


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 12])
def test_no_row_is_lost_between_what_is_written_at_a_time(tmp_path: Path, count: int) -> None:
    rows = [{"source": "s", "rule": f"rule {n}", "count": n} for n in range(count)]
    write_rows(tmp_path / "a.parquet", table("dropped"), iter(rows), size=3)
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == rows


def test_a_group_is_closed_by_its_bytes_or_by_its_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galactica.edition.write.GROUP_BYTES", 100)
    monkeypatch.setattr("galactica.edition.write.GROUP_ROWS", 3)
    assert list(row_groups([])) == []
    assert list(row_groups([1] * 7)) == [(0, 3), (3, 6), (6, 7)]
    assert list(row_groups([60, 40, 1, 1, 98, 1])) == [(0, 2), (2, 5), (5, 6)]
    assert list(row_groups([500, 500])) == [(0, 1), (1, 2)]


@pytest.mark.parametrize("rows", [1, 3, 1_000])
def test_how_articles_are_grouped_changes_neither_the_root_nor_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    source = tmp_path / "notes"
    source.mkdir()
    for number in range(10):
        (source / f"{number}.md").write_text(f"# Note {number}\n\nOf the number {number}.\n\n" * 2, encoding="utf-8")
    monkeypatch.setattr("galactica.edition.write.GROUP_ROWS", rows)
    build(tmp_path / "a.edition", [source], workers=0)
    with pq.ParquetFile(next((tmp_path / "a.edition" / "data" / "articles").iterdir())) as file:
        assert file.num_row_groups == -(-10 // rows)
    monkeypatch.undo()
    build(tmp_path / "b.edition", [source], workers=0)
    with Edition.open(tmp_path / "a.edition") as one, Edition.open(tmp_path / "b.edition") as other:
        assert one.root == other.root
        assert [one.article(row) for row in range(10)] == [other.article(row) for row in range(10)]
        assert [one.spans(row) for row in range(10)] == [other.spans(row) for row in range(10)]
    assert verify_edition(tmp_path / "a.edition").problems == ()


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


@given(st.integers(1, 300))
def test_the_nodes_of_a_table_are_those_of_its_tree(count: int) -> None:
    leaves = [(n.to_bytes(16, "big"), leaf_hash(bytes([n % 251]))) for n in range(count)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "nodes"
        write_nodes(path, iter(leaves))
        nodes = read_nodes(path, count)
        with pytest.raises(ValueError, match="length"):
            read_nodes(path, count + 64)
    assert [identity for identity, _ in nodes] == [identity for identity, _ in leaves[::64]]
    assert tree_head([head for _, head in nodes]) == tree_head([leaf for _, leaf in leaves])


def test_leaf_hashes_go_in_the_order_of_their_ids_and_of_several_of_one_the_last(tmp_path: Path) -> None:
    with Sorted(tmp_path) as leaves:
        for identity, leaf in ((b"c", b"1"), (b"a", b"2"), (b"c", b"3"), (b"b", b"4"), (b"c", b"5")):
            leaves.add(identity, leaf)
        assert list(leaves) == [(b"a", b"2"), (b"b", b"4"), (b"c", b"5")]
    with Sorted(tmp_path) as leaves:
        assert list(leaves) == []
    assert list(tmp_path.iterdir()) == []


def test_sorting_leaf_hashes_moves_each_a_few_times_and_not_a_page_for_each(tmp_path: Path) -> None:
    told = Path("/proc/self/io")
    if not told.exists():
        pytest.skip("this system does not count what a process moves")
    before = _moved(told)
    with Sorted(tmp_path) as leaves:
        for number in range(60_000):  # 3 MB; put in order one by one 100 MB are moved and more
            digest = sha256(b"%d" % number).digest()
            leaves.add(digest[:16], digest)
        assert sum(1 for _ in leaves) == 60_000
    assert _moved(told) - before < 30_000_000


def _moved(told: Path) -> int:
    read, written = told.read_text().split("\n")[:2]
    return int(read.split()[1]) + int(written.split()[1])
