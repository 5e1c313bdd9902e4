"""JSON: objects that are documents, by a mapping of keys (see `columns`), however the file holds them.

One object a line (jsonlines.org); an array of objects; objects one behind the other; an object of which one member is
such an array ({"data": […]}; what stands beside it is counted), or all members are objects (their keys are paths then)
that mostly have a text, if any has; or one object that is a document itself (`json_forms`). A file that holds neither
documents nor rows, or several lists of them, is one article of its fields (`json_page`), and refused with the names of
its lists where it is large. The mapping is chosen from the keys of the first objects; objects without a text that have
a name have their fields for one (`json_fields`). What is no object, or broken, is rejected with its number, and the
others stay. Nothing is held but one object. Standard: RFC 8259.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import BinaryIO, cast

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources import columns, json_fields, leaf
from galactica.sources.columns_left import row_article
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.encoding_lines import TextLine, text_lines
from galactica.sources.json_forms import IN_LINES, JsonLayout, form_of, line_value
from galactica.sources.json_page import fields_page
from galactica.sources.json_values import BrokenValue, Values
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import clean_path
from galactica.sources.trees import TreeFile, rejected

SAMPLE_ROWS, SAMPLE_CHARS = 100, 8 * 2**20
"""The objects that the mapping is chosen from: this many, or as many as hold this much."""

MOST_WITH_TEXT = 0.75
"""Share of the members of an object that have a text, at least, for each of them to be a document."""

_OBJECT = re.compile(r'\{\s*"(?:[^"\\]|\\.){1,200}"\s*:')
_ARRAY = re.compile(r'\[\s*\{\s*"(?:[^"\\]|\\.){1,200}"\s*:')

_Numbered = tuple[int, Mapping[str, columns.Value]]


def recognise(name: str, head: bytes) -> int:
    """90 where the first line is a JSON object or an array of objects begins, 70 where an object goes on beyond what
    was looked at, 40 for the name."""
    start = leaf.text_head(head)
    named = leaf.suffix_of(name) in LEAF.suffixes
    if _ARRAY.match(start):
        return 90
    first, end, _ = start.partition("\n")
    if not _OBJECT.match(first):
        if named and _OBJECT.match(start):
            return 70
        return 40 if named and start else 0
    whole = isinstance(line_value(first), dict)
    if end and whole:
        return 90
    return 70 if named or whole else 0


def read_jsonl(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield a document for each object."""
    prefix = f"{entry.path}/" if "/" in entry.path else ""
    if page_of_fields := _fields_instead(entry, key, options):
        yield page_of_fields
        return
    form = form_of(entry, options)
    with entry.open() as stream:
        rows = _read(stream, form, entry.path, key)
        sample, waiting = _sample(rows)
        mapped, title = _mapping(sample, options, entry.path)
        beside = form.beside
        for row in chain(waiting, rows):
            if isinstance(row, Rejected):
                yield row
            else:
                number, value = row
                dropped = _dropped(value)
                value, lost = _with_text(value, columns.text_column(mapped), title)
                where = f"{entry.path}:{number}"
                whole = columns.text_column(mapped) == json_fields.FIELDS
                if whole:
                    made = columns.row_document(value, mapped, key=key, number=number, where=where, prefix=prefix)
                else:
                    made = row_article(value, mapped, options, key=key, number=number, where=where, prefix=prefix)
                if isinstance(made, Document):
                    left = (("json:fields", lost), ("json:beside-list", beside))
                    made = replace(made, dropped=(*made.dropped, *dropped, *(each for each in left if each[1])))
                    beside = 0
                yield made


def _read(stream: BinaryIO, form: JsonLayout, path: str, key: str) -> Iterator[_Numbered | Rejected]:
    """The objects of a file."""
    name = leaf.encoding_of(stream, path)
    if form.kind == "lines":
        return _rows(text_lines(stream, name), path, key)
    return _values(Values(stream, name), form, path, key)


def _fields_instead(entry: TreeFile, key: str, options: SourceOptions) -> Document | None:
    """The one article that a file is which holds neither documents nor rows; None for others, and for large ones."""
    if leaf.suffix_of(entry.path) in IN_LINES or "text" in dict(options.columns):
        return None
    try:
        form = form_of(entry, options)
        if form.kind in ("lines", "page"):
            return None
        with entry.open() as stream:
            sample = _sample(_read(stream, form, entry.path, key))[0]
            column = columns.text_column(_mapping(sample, options, entry.path)[0])
    except InputError:
        return fields_page(entry, key)
    texts = sum(bool(row.get(column)) for row in sample)
    if form.kind == "members" and column != json_fields.FIELDS and texts < MOST_WITH_TEXT * len(sample):
        return fields_page(entry, key)  # parts of one thing, some of them described
    return None


def page(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item] | None:
    """What is in a file that is one document and so a page of its folder, under its path there; None for any other."""
    if leaf.suffix_of(entry.path) in IN_LINES:
        return None
    if found := _fields_instead(entry, key, options):
        return iter((found,))
    try:
        if form_of(entry, options).kind != "page":
            return None
    except InputError:
        return None
    return _placed(read_jsonl(entry, key, options), entry.path)


def _placed(items: Iterator[Item], path: str) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Document):
            own = clean_path(path)
            assert own is not None, "paths of entries are clean"
            # A title that was only the path of the row is none.
            title = (
                item.title if item.title != item.path else leaf.title_line(path.rpartition("/")[2].partition(".")[0])
            )
            item = _at(item, own, title or own)
        yield item


def _at(document: Document, path: str, title: str) -> Document:
    return replace(document, path=path, title=title)


def _values(values: Values, form: JsonLayout, path: str, key: str) -> Iterator[_Numbered | Rejected]:
    """The objects of a file that is not written in lines."""
    for number, (name, value) in enumerate(_objects(values, form), 1):
        if isinstance(value, dict):
            yield number, _row({"key": name, **value} if name else value)
        elif isinstance(value, BrokenValue):
            yield rejected(key, f"{path}:{number}", value.reason, value.detail)
        else:
            yield rejected(key, f"{path}:{number}", "bad-row", "the value is not a JSON object")
    if values.replaced:
        detail = f"{values.replaced:,} characters of it cannot be read and stand as U+FFFD"
        yield rejected(key, path, "bad-encoding", detail)


def _objects(values: Values, form: JsonLayout) -> Iterator[tuple[str, object]]:
    """(key, value) of each; key "" where it has none."""
    if form.kind == "array":
        yield from (("", value) for value in values.elements())
        while values.peek():  # arrays one behind the other
            if values.peek() == "[":
                yield from (("", value) for value in values.elements())
            else:
                yield "", values.value()
    elif form.kind in ("page", "several"):
        while values.peek():
            yield "", values.value()
    elif form.kind == "members":
        for name in values.members():
            yield name, values.value()
    else:
        for name in values.members():
            if name[:200] == form.member and values.peek() == "[":
                yield from (("", value) for value in values.elements())
            else:
                values.skip()


def _rows(lines: Iterator[TextLine], path: str, key: str) -> Iterator[_Numbered | Rejected]:
    for line in lines:
        where = f"{path}:{line.number}"
        if line.fault:
            yield rejected(key, where, line.fault)
        elif line.text.strip():
            value = line_value(line.text)
            if isinstance(value, dict):
                yield line.number, _row(value)
            else:
                yield rejected(key, where, "bad-row", "the line is not a JSON object")


def _row(value: dict[str, object]) -> Mapping[str, columns.Value]:
    """An object as a row; a feature of GeoJSON as its properties."""
    row, points = json_fields.feature(cast(Mapping[str, columns.Value], value))
    return {**row, json_fields.POINTS: points} if points else row


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


def _dropped(value: Mapping[str, columns.Value]) -> tuple[tuple[str, int], ...]:
    points = value.get(json_fields.POINTS)
    return (("geojson:points", points),) if isinstance(points, int) and points else ()


def _with_text(value: Mapping[str, columns.Value], column: str, title: str) -> tuple[Mapping[str, columns.Value], int]:
    """An object with a text: its fields where it has none, and nested values written out; how many fields were lost."""
    if column == json_fields.FIELDS:
        html, lost = json_fields.fields_html({k: v for k, v in value.items() if k != json_fields.POINTS}, title)
        return {**value, column: html}, lost
    text = value.get(column)
    nested = isinstance(text, Mapping) or (isinstance(text, list) and not all(isinstance(each, str) for each in text))
    return ({**value, column: json_fields.fields_text(text)} if nested else value), 0


def _mapping(
    sample: list[Mapping[str, columns.Value]], options: SourceOptions, path: str
) -> tuple[columns.Mapped, str]:
    """Which member holds what; and the one that names the objects, where their fields are their text, else ""."""
    if not sample:
        raise InputError(
            f"{path} holds no JSON object",
            "Give objects with keys such as title and text: one a line, or in one array.",
        )
    found = [name for row in sample for name in row if name != json_fields.POINTS]
    try:
        mapped = columns.choose_columns(found, options, path)
    except InputError:
        title = json_fields.title_column(sample)
        if not title or "text" in dict(options.columns):
            raise
        own = (("text", json_fields.FIELDS), *(() if "title" in dict(options.columns) else (("title", title),)))
        if title == "key":
            own = (*own, ("path", title))
        fields = replace(options, columns=(*options.columns, *own))
        return replace(columns.choose_columns([*found, json_fields.FIELDS], fields, path), markup="html"), title
    column = columns.text_column(mapped)
    texts = [value for row in sample[:20] if isinstance(value := row.get(column), str)]
    return columns.choose_columns(found, options, path, texts), ""


LEAF = Leaf(
    name="jsonl",
    suffixes=(".jsonl", ".ndjson", ".json", ".geojson", ".geojsonl"),
    recognise=recognise,
    read=read_jsonl,
    own=True,
    page=page,
)
FORMAT = file_format(LEAF)
