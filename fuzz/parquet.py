"""Target of the fuzzer: any bytes as a Parquet table."""

from __future__ import annotations

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fuzz import reading
from galactica.sources import parquet


def _made(rows: dict[str, Any], **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(rows), out, **options)
    return out.getvalue()


_ROWS = {"id": [1, 2, 3], "title": ["a", "b", "c"], "text": ["x", "y" * 50, "z"], "tags": [["p"], [], ["q", "r"]]}
SEEDS = (
    _made(_ROWS),
    _made(_ROWS, compression="none", use_dictionary=False),
    _made(_ROWS, compression="zstd", row_group_size=1, write_page_checksum=True, data_page_version="2.0"),
    _made({"text": [b"a", b"b"]}, column_encoding={"text": "DELTA_BYTE_ARRAY"}, use_dictionary=False),
)
PIECES = (
    b"PAR1",
    b"\x15\x00",
    b"\x15\x04",
    b"\x2c",
    b"\x4c",
    b"\x00",
    b"\xff\xff\xff\xff",
    b"\x80\x80\x80\x80\x08",
    b"text",
    b"\x19",
)
FRAME = b"PAR1%b"


def one(data: bytes) -> None:
    """Read `data` as a table."""
    reading.read(parquet.LEAF, data, "t.parquet")
