"""Wikidata's entities as JSON: a dump (one array, an entity a line), entities a line each, what Special:EntityData and
the API give ({"entities": {…}}), or one entity.

Rule 1, nothing lost: entities in = `Document` + `Redirect` + `Rejected`. A line that is broken costs itself.
Rule 2: one entity at a time is in memory, and the names of what entities refer to (`wikibase_names`). For these a file
is looked through once before it is read, as far as `MAX_LOOKED`. Files of single entities that lie side by side in a
folder, called by their numbers, are read together, so that they name each other.

What an entity becomes: `wikibase_entities`. Where another Wikibase's entities are given, they are taken for Wikidata's:
the JSON does not say whose they are (LIMITS.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from galactica.errors import InputError
from galactica.languages import primary
from galactica.model import Source
from galactica.sources import leaf, packed
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.json_values import MAX_VALUE, BrokenValue
from galactica.sources.json_values import Values as JsonText
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.wikibase_entities import Entities
from galactica.sources.wikibase_names import EntityNames

NAME = "wikidata"

_ENTITIES = re.compile(r'\{\s*"entities"\s*:\s*\{\s*(?:\}|"(?:[QPLM][1-9]\d{0,14}|-\d{1,9})"\s*:)')
_BEGINS = re.compile(
    r'(?:\[[\s,]*)?\{\s*"(?:type|id|pageid|ns|title|lastrevid|modified|labels|aliases|descriptions|claims)"\s*:'
)
_TYPE = re.compile(r'"type"\s*:\s*"(?:item|property|lexeme|mediainfo)"')
_NUMBER = re.compile(r'"id"\s*:\s*"[QPLM][1-9]\d{0,14}"')
_PARTS = re.compile(r'"(?:labels|descriptions|aliases|claims|sitelinks|lemmas|datatype)"\s*:')
_DATED = re.compile(r"(?:\A|[-_])(\d{4})-?(\d{2})-?(\d{2})(?=\D|\Z)")
_SINGLE = re.compile(r"[QPL][1-9]\d{0,14}\.json", re.IGNORECASE)
MAX_SINGLE = 4 * 2**20
"""Bytes of a file in which the names of one entity are looked for, however it is written."""

_DECODER = msgspec.json.Decoder()


def recognise(name: str, head: bytes) -> int:
    """97 where entities of a Wikibase begin."""
    start = leaf.text_head(head)
    if _ENTITIES.match(start):
        return 97
    if not _BEGINS.match(start) or not _TYPE.search(start):
        return 0
    return 97 if len(_PARTS.findall(start, 0, 6000)) > 1 or (_NUMBER.search(start) and _PARTS.search(start)) else 0


def describe(head: bytes, source: Source) -> Source:
    """Wikidata, or Wikimedia Commons where the first entity is of a file there."""
    start = leaf.text_head(head)
    commons = re.search(r'"type"\s*:\s*"mediainfo"|"entities"\s*:\s*\{\s*"M', start) is not None
    dated = _DATED.search(source.key)
    found = Source(
        key="commons" if commons else NAME,
        title="Wikimedia Commons (structured data)" if commons else "Wikidata",
        format=NAME,
        language="mul",
        licence="CC0-1.0",
        publisher="Wikimedia Foundation",
        date="-".join(dated.groups()) if dated else "",
        url="https://commons.wikimedia.org/" if commons else "https://www.wikidata.org/",
    )
    return found


def read_entities(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield what each entity becomes, of a file and of those beside it that are read with it."""
    files = [entry, *map(_beside, options.beside)]
    lined = {file.path: _is_lined(file) for file in files[:1]}
    names = EntityNames(primary(options.language or "en"))
    if lined[entry.path] or len(files) > 1:
        names.look_through(line for file in files for line in _looked(file))
    made = Entities(source=key, names=names, language=options.language)
    yield from _of_file(entry, made, lined=lined[entry.path])
    for file in files[1:]:
        try:
            yield from _of_another(file, made)
        except packed.PackedError as error:
            yield rejected(key, file.path, error.reason, str(error))
        except OSError as error:
            yield rejected(key, file.path, "unreadable", error.strerror or str(error))
        except InputError as error:
            yield rejected(key, file.path, "unsupported", error.told)


def _of_another(file: TreeFile, made: Entities) -> Iterator[Item]:
    """What is in a file that is called like those of entities, where it is one."""
    with file.open() as stream:
        known = recognise(file.path, leaf.head_bytes(stream))
    if known:
        yield from _of_file(file, made, lined=_is_lined(file))
    else:
        yield rejected(made.source, file.path, "unsupported", "no entity of Wikidata, and called as if it were one")


def _of_file(file: TreeFile, made: Entities, *, lined: bool) -> Iterator[Item]:
    with file.open() as stream:
        yield from (_of_lines if lined else _of_values)(stream, file.path, made)


def _beside(path: Path) -> TreeFile:
    """A file of the same folder, packed or not."""

    def unpacked() -> BinaryIO:
        stream = cast(BinaryIO, path.open("rb"))
        return packed.unpack(stream) if packed.packing(leaf.head_bytes(stream)) else stream

    return TreeFile(path=packed.unpacked_name(path.name), open=unpacked, local=path)


def series(name: str) -> str:
    """What the files of single entities are called alike ("Q42.json", "P31.json.gz"); "" for other files."""
    return "entities" if _SINGLE.fullmatch(packed.unpacked_name(name)) else ""


def _is_lined(entry: TreeFile) -> bool:
    """Whether each line holds an entity: told by the first that begins with a brace."""
    with entry.open() as stream:
        first = stream.readline(MAX_VALUE).strip(b"\xef\xbb\xbf \t\r\n,")
        if first in (b"[", b""):
            first = stream.readline(MAX_VALUE).strip(b" \t\r\n,")
    if not first.startswith(b"{") or not first.endswith(b"}"):
        return False
    value = _decoded(first)
    return isinstance(value, dict) and "entities" not in value


def _looked(file: TreeFile) -> Iterator[bytes]:
    """The lines of a file, as far as there are any, a short file as one: what ends them is told when they are read."""
    try:
        with file.open() as stream:
            whole = stream.read(MAX_SINGLE)
            if len(whole) < MAX_SINGLE and whole.count(b'"labels"') < 2:
                yield whole
                return
        with file.open() as stream:
            while line := stream.readline(MAX_VALUE):
                yield line
    except (packed.PackedError, OSError):
        return


def _of_lines(stream: BinaryIO, path: str, made: Entities) -> Iterator[Item]:
    number = 0
    closed = False
    while raw := stream.readline(MAX_VALUE + 1):
        number += 1
        where = f"{path}:{number}"
        if len(raw) > MAX_VALUE:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MAX_VALUE)
            yield rejected(made.source, where, "too-large", f"more than {MAX_VALUE:,} bytes")
            continue
        line = raw.strip(b"\xef\xbb\xbf \t\r\n,") if number == 1 else raw.strip(b" \t\r\n,")
        if line in (b"", b"[", b"]"):
            closed = line == b"]" or closed
            continue
        value = _decoded(line)
        if value is None and (line[:1] == b"[" or line[-1:] == b"]"):
            line = line.removeprefix(b"[").removesuffix(b"]").strip(b" ,")
            value = _decoded(line)
        if value is not None:
            yield from made.items(value, where)
        elif not raw.endswith(b"\n") and not closed:
            yield rejected(made.source, where, "truncated", "the file breaks off inside an entity")
        else:
            yield rejected(made.source, where, "bad-row", "the line is no JSON")


def _of_values(stream: BinaryIO, path: str, made: Entities) -> Iterator[Item]:
    """Entities in a file that is written in another way."""
    values = JsonText(stream, leaf.encoding_of(stream, path))
    count = 0
    while values.peek():
        if values.peek() == "[":
            found: Iterator[tuple[str, object]] = (("", each) for each in values.elements())
        else:
            found = _of_object(values)
        for number, value in found:
            count += 1
            where = number or f"{path}:{count}"
            if isinstance(value, BrokenValue):
                yield rejected(made.source, where, value.reason, value.detail)
            else:
                yield from made.items(_readable(value), where, number)
    if values.replaced:
        detail = f"{values.replaced:,} characters of it cannot be read and stand as U+FFFD"
        yield rejected(made.source, path, "bad-encoding", detail)


def _of_object(values: JsonText) -> Iterator[tuple[str, object]]:
    """(number that it was asked for by, entity) of an object: those in its member "entities", or itself."""
    if values.looking_at(_ENTITIES):
        for name in values.members():
            if name == "entities" and values.peek() == "{":
                for number in values.members():
                    yield number, values.value()
            else:
                values.skip()
        if values.peek() == "}":
            values.value()
    else:
        yield "", values.value()


def _decoded(line: bytes) -> object:
    """The value of a line, None where it is no JSON; what only Python's own reader takes is taken."""
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        try:
            return _readable(json.loads(line.decode("utf-8", "replace"), strict=False))
        except (ValueError, RecursionError):
            return None


def _readable(value: object) -> object:
    """A value whose texts hold no unpaired surrogates, which JSON can write and UTF-8 cannot."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_readable(each) for each in value]
    if isinstance(value, dict):
        return {_readable(key): _readable(each) for key, each in value.items()}
    return value


LEAF = Leaf(name=NAME, suffixes=(".json",), recognise=recognise, read=read_entities, describe=describe, own=True)
FORMAT = replace(file_format(LEAF), parts=True, redirects=True, series=series)
