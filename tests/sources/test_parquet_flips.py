"""A Parquet file whose footer contradicts itself is an error or other rows, never the end of the program."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from galactica.errors import InputError
from galactica.sources.contract import SourceOptions
from galactica.sources.parquet import FORMAT


@pytest.mark.parametrize("mask", [0x04, 0x01])
def test_any_flip_of_a_footer_is_survived(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"title": ["Moon", "Sun"], "text": ["Round.", "Bright."], "tags": [["a"], None]}), path)
    whole = path.read_bytes()
    length = int.from_bytes(whole[-8:-4], "little")
    seen = set()
    for place in range(len(whole) - 8 - length, len(whole) - 8, 2):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
        try:
            with FORMAT.open(path, SourceOptions()) as opened:
                seen.add(len(list(opened.read())))
        except InputError:
            seen.add(-1)
    assert {-1, 2} <= seen
