"""JSON Lines: one JSON object a line, each a document, by a mapping of keys (see `columns`).

The mapping is chosen from the keys of the first objects. A line that is no object is rejected with its number. A
file that is one JSON array is told apart and refused with the way to turn it into lines.
Standards: RFC 8259 (JSON); jsonlines.org.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import cast

from galactica.errors import InputError
from galactica.model import Rejected
from galactica.sources import columns, encoding, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.trees import Entry, rejected

SAMPLE_ROWS, SAMPLE_CHARS = 100, 8 * 2**20
"""The objects that the mapping is chosen from: this many, or as many as hold this much."""

_OBJECT = re.compile(r'\{\s*"(?:[^"\\]|\\.){1,200}"\s*:')

_Numbered = tuple[int, Mapping[str, columns.Value]]


def recognise(name: str, head: bytes) -> int:
    """90 where the first line is a JSON object, 70 where it begins as one and goes on beyond what was looked at."""
    start = leaf.text_head(head)
    first, end, _ = start.partition("\n")
    if not _OBJECT.match(first):
        return 40 if leaf.suffix_of(name) in LEAF.suffixes and start else 0
    if end:
        return 90 if isinstance(_parse(first), dict) else 0
    return 70 if leaf.suffix_of(name) in LEAF.suffixes or isinstance(_parse(first), dict) else 0


def read(entry: Entry, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield a document for each line."""
    prefix = f"{entry.path}/" if "/" in entry.path else ""
    with entry.open() as stream:
        rows = _rows(encoding.lines(stream, leaf.encoding_of(stream, entry.path)), entry.path, key)
        sample, waiting = _sample(rows)
        mapped = _mapping(sample, options, entry.path)
        for row in chain(waiting, rows):
            if isinstance(row, Rejected):
                yield row
            else:
                number, value = row
                where = f"{entry.path}:{number}"
                yield columns.document(value, mapped, key=key, number=number, where=where, prefix=prefix)


def _rows(lines: Iterator[encoding.Line], path: str, key: str) -> Iterator[_Numbered | Rejected]:
    for line in lines:
        where = f"{path}:{line.number}"
        if line.fault:
            yield rejected(key, where, line.fault)
        elif line.text.strip():
            value = _parse(line.text)
            if isinstance(value, dict):
                yield line.number, cast(Mapping[str, columns.Value], value)
            else:
                yield rejected(key, where, "bad-row", "the line is not a JSON object")


def _sample(
    rows: Iterator[_Numbered | Rejected],
) -> tuple[list[Mapping[str, columns.Value]], list[_Numbered | Rejected]]:
    """The first objects, and all that was read to get them."""
    sample: list[Mapping[str, columns.Value]] = []
    waiting: list[_Numbered | Rejected] = []
    size = 0
    for row in rows:
        waiting.append(row)
        if not isinstance(row, Rejected):
            sample.append(row[1])
            size += sum(len(value) for value in row[1].values() if isinstance(value, str))
        if len(waiting) >= SAMPLE_ROWS or size >= SAMPLE_CHARS:
            break
    return sample, waiting


def _mapping(sample: list[Mapping[str, columns.Value]], options: SourceOptions, path: str) -> columns.Mapped:
    if not sample:
        raise InputError(
            f"{path} holds no line that is a JSON object",
            "Give one object a line; a JSON array becomes lines with: jq -c '.[]' FILE.",
        )
    found = [name for row in sample for name in row]
    mapped = columns.choose(found, options, path)
    column = columns.text_column(mapped)
    texts = [value for row in sample[:20] if isinstance(value := row.get(column), str)]
    return columns.choose(found, options, path, texts)


def _parse(text: str) -> object:
    """The value of a line, None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # ValueError also for numbers of more digits than Python turns into text
        return None


LEAF = Leaf(name="jsonl", suffixes=(".jsonl", ".ndjson"), recognise=recognise, read=read, own=True)
FORMAT = file_format(LEAF)
