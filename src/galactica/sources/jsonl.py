"""JSON: objects that are documents, by a mapping of keys (see `columns`), however the file holds them.

One object a line (jsonlines.org); an array of objects; objects one behind the other; an object of which one member is
such an array ({"data": […]}), or all members are objects (their keys are paths then); or one object that is a document
itself. Where several members could be meant, the file is refused with their names. The mapping is chosen from the keys
of the first objects. What is no object, or broken, is rejected with its number, and the others stay. Nothing is held
but one object. Standard: RFC 8259.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources import columns, encoding, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.json_values import BrokenValue, Values
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import clean_path
from galactica.sources.trees import TreeFile, rejected

SAMPLE_ROWS, SAMPLE_CHARS = 100, 8 * 2**20
"""The objects that the mapping is chosen from: this many, or as many as hold this much."""

MAX_MEMBERS = 1_000_000
"""Members of an object whose kinds are remembered, to tell what the file holds."""

_OBJECT = re.compile(r'\{\s*"(?:[^"\\]|\\.){1,200}"\s*:')
_ARRAY = re.compile(r'\[\s*\{\s*"(?:[^"\\]|\\.){1,200}"\s*:')

_SURE = ("text", "content", "body", "article", "body_html", "html", "markdown", "md", "wikitext", "article_text",
         "article_body", "page_content")  # fmt: skip
"""Keys that say of a single object that it is a document: settings of programs have a "description", too."""

_IN_LINES = (".jsonl", ".ndjson")
"""Endings of files that hold rows, be it only one."""

_Numbered = tuple[int, Mapping[str, columns.Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLayout:
    """How a file holds its documents.

    Attributes:
        kind: "lines", "array", "several" (values one behind the other), "member" (an array in the object), "members"
            (all members are objects), "page" (the object is a document).
        member: the key of the array.
    """

    kind: str
    member: str = ""


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
    whole = isinstance(_parse(first), dict)
    if end and whole:
        return 90
    return 70 if named or whole else 0


def read_jsonl(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield a document for each object."""
    prefix = f"{entry.path}/" if "/" in entry.path else ""
    form = form_of(entry, options)
    with entry.open() as stream:
        name = leaf.encoding_of(stream, entry.path)
        if form.kind == "lines":
            rows = _rows(encoding.lines(stream, name), entry.path, key)
        else:
            rows = _values(Values(stream, name), form, entry.path, key)
        sample, waiting = _sample(rows)
        mapped = _mapping(sample, options, entry.path)
        for row in chain(waiting, rows):
            if isinstance(row, Rejected):
                yield row
            else:
                number, value = row
                where = f"{entry.path}:{number}"
                yield columns.row_document(value, mapped, key=key, number=number, where=where, prefix=prefix)


def page(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item] | None:
    """What is in a file that is one document and so a page of its folder, under its path there; None for any other."""
    if leaf.suffix_of(entry.path) in _IN_LINES:
        return None
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


def form_of(entry: TreeFile, options: SourceOptions) -> JsonLayout:
    """How a file holds its documents; reads as much of it as that takes, without holding it.

    Raises:
        InputError: it holds several lists, or none.
    """
    with entry.open() as stream:
        head = leaf.head_bytes(stream)
        lines = [line for line in leaf.text_head(head).split("\n", 64) if line.strip()]
        if len(lines) > 1 and lines[0].startswith("{") and isinstance(_parse(lines[0]), dict):
            return JsonLayout(kind="lines")
        if len(lines) > 1 and lines[1].startswith("{") and isinstance(_parse(lines[1]), dict):
            return JsonLayout(kind="lines")
        values = Values(stream, leaf.encoding_of(stream, entry.path))
        if values.peek() == "[":
            return JsonLayout(kind="array")
        if values.peek() != "{":
            return JsonLayout(kind="lines")
        form = _form_of_object(values, entry.path, dict(options.columns).get("text", ""))
        single = form.kind == "other"
        if single and leaf.suffix_of(entry.path) not in _IN_LINES:
            raise InputError(
                f"{entry.path} is JSON that holds no document and no list of objects",
                "Make objects of it with keys such as title and text, or name the text's with --column text=NAME.",
            )
        return JsonLayout(kind="lines") if single else form


def _form_of_object(values: Values, path: str, text: str) -> JsonLayout:
    """The form of a file that begins with an object; "other" where that holds no document and no list."""
    kinds: dict[str, str] = {}
    for name in values.members():
        start = values.peek()
        kinds[name[:200]] = _kind(values, start)
        if len(kinds) > MAX_MEMBERS:
            break
    if values.peek() in ("{", "["):
        return JsonLayout(kind="several")
    plain = {re.sub(r"[\s.-]+", "_", name.strip().lower()): kind for name, kind in kinds.items()}
    if text in kinds or any(plain.get(name) in ("text", "texts") for name in _SURE):
        return JsonLayout(kind="page")
    lists = [name for name, kind in kinds.items() if kind == "objects"]
    if len(lists) == 1:
        return JsonLayout(kind="member", member=lists[0])
    if len(lists) > 1:
        shown = ", ".join(lists[:10])
        raise InputError(
            f"{path} holds several lists of objects: {shown}",
            f"Take out the one that is meant, as in: jq -c '.[\"{lists[0]}\"][]' FILE > NAME.jsonl",
        )
    if kinds and all(kind == "object" for kind in kinds.values()):
        return JsonLayout(kind="members")
    return JsonLayout(kind="other")


def _kind(values: Values, start: str) -> str:
    """What a member's value is: "text", "objects" (an array of them), "texts", "object" or "other"; passed over."""
    if start == "[":
        values.take("[")
        first = values.peek()
        found = {"{": "objects", '"': "texts"}.get(first, "other")
        while values.peek() not in ("]", ""):
            values.skip()
            if not values.take(","):
                break
        values.take("]")
        return found
    values.skip()
    return {"{": "object", '"': "text"}.get(start, "other")


def _values(values: Values, form: JsonLayout, path: str, key: str) -> Iterator[_Numbered | Rejected]:
    """The objects of a file that is not written in lines."""
    for number, (name, value) in enumerate(_objects(values, form), 1):
        if isinstance(value, dict):
            row = {"key": name, **value} if name else value
            yield number, cast(Mapping[str, columns.Value], row)
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


def _rows(lines: Iterator[encoding.TextLine], path: str, key: str) -> Iterator[_Numbered | Rejected]:
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
            f"{path} holds no JSON object",
            "Give objects with keys such as title and text: one a line, or in one array.",
        )
    found = [name for row in sample for name in row]
    mapped = columns.choose_columns(found, options, path)
    column = columns.text_column(mapped)
    texts = [value for row in sample[:20] if isinstance(value := row.get(column), str)]
    return columns.choose_columns(found, options, path, texts)


def _parse(text: str) -> object:
    """The value of a line, None where it is no JSON."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):  # ValueError also for numbers of more digits than Python turns into text
        return None


LEAF = Leaf(
    name="jsonl", suffixes=(".jsonl", ".ndjson", ".json"), recognise=recognise, read=read_jsonl, own=True, page=page
)
FORMAT = file_format(LEAF)
