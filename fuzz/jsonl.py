"""Target of the fuzzer: any bytes as JSON."""

from __future__ import annotations

from fuzz import reading
from galactica.sources import jsonl

SEEDS = (
    b'{"title":"Moon","text":"Round."}\n{"title":"Sun","text":"Bright."}\n',
    b'[{"title":"Moon","text":"Round."},{"title":"Sun","text":["a","b"]}]',
    b'{"data":[{"id":1,"text":"x","tags":["a"]}]}',
    b'{"moon":{"text":"Round."},"sun":{"text":"Bright."}}',
    b'{"text":"\\ud800 x","url":"http://a.example/","date":"2020-01-02"}\n{broken\n',
)
PIECES = (
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "\\",
    "\n",
    '"text":',
    '{"text":"a"}',
    '{"a":',
    "[1,",
    "9",
    "null",
    "-",
    "e",
)


def one(data: bytes) -> None:
    """Read `data` as JSON lines and as whatever else JSON may be."""
    reading.read(jsonl.LEAF, data, "t.jsonl")
