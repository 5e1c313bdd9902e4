"""Target of the fuzzer: any bytes as a CSV table."""

from __future__ import annotations

from fuzz import reading
from galactica.sources import csv

SEEDS = (
    b"title,text\nMoon,Round.\nSun,Bright.\n",
    b'sep=;\r\nid;title;text\r\n1;"a;b";"x ""y""\r\nz"\r\n',
    "\ufefftitle\ttext\tlang\rMöwe\tEin Vogel.\tde\r".encode(),
    "title,text\nMöwe,Ein Vogel.\n".encode("utf-16"),
    "title,text\n月球,月球是地球的卫星。\n".encode("gb18030"),
    b'title,text\na,"b\nc,"d\n',
)
PIECES = (
    ",",
    '"',
    '""',
    "\n",
    "\r",
    "\r\n",
    ";",
    "\t",
    "|",
    "text",
    "a",
    ",,",
    '",',
    ',"',
    '"\n"',
    "\x00",
    "\xff",
    " ",
)
FRAME = b"title,text\n%b"


def one(data: bytes) -> None:
    """Read `data` as a table."""
    reading.read(csv.LEAF, data, "t.csv")
