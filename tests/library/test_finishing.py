"""The small tables of an edition: every row is written, however many there are."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from galactica.library import finishing


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 12])
def test_no_row_is_lost_between_what_is_written_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(finishing, "ROWS", 3)
    rows = [("s", f"rule {n}", n) for n in range(count)]
    finishing.stream(tmp_path / "a.parquet", "dropped", iter(rows))
    found = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert [tuple(row.values()) for row in found] == rows


def test_where_there_are_none_there_is_no_file(tmp_path: Path) -> None:
    finishing.stream(tmp_path / "a.parquet", "dropped", iter(()))
    assert list(tmp_path.iterdir()) == []
