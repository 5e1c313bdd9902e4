"""JSON however it holds its documents: arrays, lists in an object, one object; broken values cost themselves."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources import columns, json_values
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.json_values import BrokenValue, Values
from tests.properties import examples

HILL, SEA = {"title": "Hill", "text": "A hill is high."}, {"title": "Sea", "text": "The sea is deep."}
BOTH = [("Hill", "A hill is high."), ("Sea", "The sea is deep.")]


def read(tmp_path: Path, text: str | bytes, name: str = "a.json", **options: object) -> list[Item]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with open_source(path, SourceOptions(**options)) as source:  # type: ignore[arg-type]
        return list(source.read())


def pages(items: list[Item]) -> list[tuple[str, str]]:
    return [(i.title, i.content) for i in items if isinstance(i, Document)]


def told(items: list[Item]) -> list[str]:
    return [f"{i.where} {i.reason}" for i in items if isinstance(i, Rejected)]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "value",
    [
        [HILL, SEA],
        {"data": [HILL, SEA]},
        {"count": 2, "next": None, "meta": {"list": [{"a": 1}]}, "tags": ["x"], "articles": [HILL, SEA], "end": [1]},
        {"hill": HILL, "sea": SEA},
    ],
)
def test_documents_are_found_wherever_they_can_only_be(tmp_path: Path, value: object, indent: int | None):
    for ending in ("", "\n", "\n\n"):
        assert pages(read(tmp_path, json.dumps(value, indent=indent) + ending)) == BOTH


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_in_other_encodings_too(tmp_path: Path, mark: str):
    assert pages(read(tmp_path, json.dumps([HILL, SEA]).encode(mark))) == BOTH


def test_objects_one_behind_the_other_are_read(tmp_path: Path):
    text = json.dumps(HILL, indent=1) + "\n" + json.dumps(SEA, indent=1)
    assert pages(read(tmp_path, text)) == BOTH
    assert pages(read(tmp_path, json.dumps([HILL]) + json.dumps([SEA]))) == BOTH


def test_keys_of_an_object_of_objects_are_paths(tmp_path: Path):
    items = read(tmp_path, json.dumps({"a/hill": HILL, "sea": SEA}))
    assert [i.path for i in items if isinstance(i, Document)] == ["a/hill", "sea"]


def test_one_object_is_one_article(tmp_path: Path):
    assert pages(read(tmp_path, json.dumps(HILL))) == BOTH[:1]
    text = json.dumps({**HILL, "links": [{"to": "Sea"}], "refs": [{"n": 1}]}, indent=1)
    assert pages(read(tmp_path, text)) == [("Hill", "A hill is high.\n\nlinks 1: to: Sea\n\nrefs 1: n: 1")]


def test_several_lists_are_refused_with_their_names_and_a_way_out(tmp_path: Path):
    with pytest.raises(InputError, match="hills, seas") as error:
        read(tmp_path, json.dumps({"hills": [HILL], "seas": [SEA]}))
    assert "jq" in error.value.remedy
    assert "--markup" not in error.value.remedy


@pytest.mark.parametrize("text", ["{}", "[]", "[1, 2]", "{", "["])
def test_json_without_documents_is_told_as_json(tmp_path: Path, text: str):
    with pytest.raises(InputError) as error:
        read(tmp_path, text)
    assert "--markup" not in error.value.remedy


def test_a_column_can_be_named(tmp_path: Path):
    rows = json.dumps([{"heading": "Hill", "prose": "A hill is high."}], indent=1)
    assert pages(read(tmp_path, rows, columns=(("text", "prose"),))) == BOTH[:1]
    one = json.dumps({"heading": "Hill", "prose": "A hill is high."}, indent=1)
    assert pages(read(tmp_path, one, columns=(("text", "prose"),))) == BOTH[:1]


H, S = json.dumps(HILL), json.dumps(SEA)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'[{H}, {{"text": oops}}, {S}]', ["a.json:2 bad-row"]),
        (f'[{H}, {{"text": "a" "b"}}, {S}]', ["a.json:2 bad-row"]),
        (f'[{H}, {{"text": "unclosed}}, {S}]', None),
        (f"[{H}, 5, [1], null, {S}]", ["a.json:2 bad-row", "a.json:3 bad-row", "a.json:4 bad-row"]),
        (f"[{H}, {S},]", []),
        (f"[{H}\n{S}]", []),
        (f"[{H}, {S}", ["a.json:3 truncated"]),
        (f"[{H}, {S}, {{", ["a.json:3 truncated"]),
        (f'{{"data": [{H}, {S}, {{"te', ["a.json:3 truncated"]),
        (f'[{H}, {{"text": ""}}, {S}]', ["a.json:2 empty"]),
        (f'[{H}, {{"a": {"[" * 5000}{"]" * 5000}}}, {S}]', ["a.json:2 bad-row"]),
    ],
)
def test_what_is_broken_costs_itself(tmp_path: Path, text: str, expected: list[str] | None):
    items = read(tmp_path, text)
    assert pages(items)[0] == BOTH[0]
    if expected is not None:
        assert pages(items) == BOTH
        assert told(items) == expected
    else:
        assert told(items)


def test_odd_bytes_and_control_characters_stay_in_their_strings(tmp_path: Path):
    raw = (
        b'[{"title":"Hill","text":"A h\tigh\x01 hill \xff ' + "é and more ".encode() * 90 + b'."},' + S.encode() + b"]"
    )
    items = read(tmp_path, raw)
    assert [title for title, _ in pages(items)] == ["Hill", "Sea"]
    assert told(items) == ["a.json bad-encoding"]


def test_a_value_over_the_bound_is_rejected_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(json_values, "MAX_VALUE", 2000)
    monkeypatch.setattr(json_values, "PIECE", 100)
    big = json.dumps({"title": "Big", "text": "word " * 2000})
    items = read(tmp_path, f"[{H}, {big}, {S}]")
    assert pages(items) == BOTH
    assert told(items) == ["a.json:2 too-large"]


class Endless(io.RawIOBase):
    """An array of so many objects, made as it is read."""

    def __init__(self, count: int, start: bytes = b"[") -> None:
        self._pieces = self._made(count, start)

    @staticmethod
    def _made(count: int, start: bytes) -> Iterator[bytes]:
        yield start
        for number in range(count):
            yield b'{"text":"%s","id":%d},' % (b"word " * 2000, number)
        yield b"{}]}"

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces, b"")


def test_memory_does_not_grow_with_the_file():
    tracemalloc.start()
    values = Values(cast(BinaryIO, Endless(3000)), "utf-8")
    assert sum(isinstance(value, dict) for value in values.elements()) == 3001
    values = Values(cast(BinaryIO, Endless(3000, b"[")), "utf-8")
    values.skip()
    assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    tracemalloc.stop()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=6), st.integers(1, 40), st.sampled_from([None, 1]))
@examples(150)
def test_elements_are_what_json_says_wherever_the_pieces_are_cut(found: list[object], piece: int, indent: int | None):
    text = json.dumps(found, indent=indent, ensure_ascii=False)
    before, json_values.PIECE = json_values.PIECE, piece
    try:
        assert list(Values(io.BytesIO(text.encode()), "utf-8").elements()) == found
        walked = Values(io.BytesIO(f'{{"a":{text},"b":1}}'.encode()), "utf-8")
        names = []
        for name in walked.members():
            names.append(name)
            walked.skip()
        assert names == ["a", "b"]
    finally:
        json_values.PIECE = before


@given(st.lists(JSON, min_size=1, max_size=4), st.data())
@examples(150)
def test_nonsense_ends(found: list[object], data: st.DataObject):
    text = list(json.dumps(found))
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.sampled_from('{}[]",:\\x1 '))
    values = Values(io.BytesIO("".join(text).encode()), "utf-8")
    seen = 0
    while values.peek() and seen < 1000:
        for value in values.elements() if values.peek() == "[" else [values.value()]:
            assert value is None or isinstance(value, BrokenValue | dict | list | str | int | float)
            seen += 1
        seen += 1
    assert seen < 1000


def test_in_a_folder_one_object_is_a_page_and_a_list_is_a_source(tmp_path: Path):
    root = tmp_path / "shelf"
    (root / "a").mkdir(parents=True)
    (root / "a" / "hill.json").write_text(json.dumps({**HILL, "id": 1}, indent=1))
    (root / "a" / "sea.json").write_text(json.dumps({**SEA, "id": 1}))
    (root / "rows.json").write_text(json.dumps({"data": [HILL, SEA]}))
    (root / "package.json").write_text(json.dumps({"name": "x", "description": "A program."}))
    with open_source(root) as source:
        items = list(source.read())
    assert [(i.source, i.path, i.title) for i in items if isinstance(i, Document)] == [
        ("shelf", "a/hill.json", "Hill"),
        ("shelf", "a/sea.json", "Sea"),
        ("shelf", "package.json", "x"),
        ("rows", "1", "Hill"),
        ("rows", "2", "Sea"),
    ]
    assert told(items) == []


@pytest.mark.parametrize("piece", range(1, 12))
def test_strings_are_passed_over_wherever_the_pieces_are_cut(monkeypatch: pytest.MonkeyPatch, piece: int):
    monkeypatch.setattr(json_values, "PIECE", piece)
    values = Values(io.BytesIO(rb'{"a": {"b": "\\\\\\\"}\\"}, "c": "\\\"", "d": 1}'), "utf-8")
    assert [(name, values.skip()) for name in values.members()] == [("a", True), ("c", True), ("d", True)]


@pytest.mark.parametrize("one", ['{"a":{ x},', '[[{"a"},', '{"a":{"b":[1,]},x{"a":[', '{"a":[{"b":1},'])
@pytest.mark.parametrize("end", ["", "}x]x" * 500])
def test_brackets_of_broken_values_are_not_looked_for_over_and_over(one: str, end: str):
    class Counting(Values):
        looked = 0

        def _closing(self) -> int:
            end = super()._closing()
            if self._vain <= json_values.VAIN * self._read:
                self.looked += len(self._text) if end < 0 else end - self._at
            return end

    text = f'[{one * 1000}{end},{{"title":"a","text":"b"}}]'
    values = Counting(io.BytesIO(text.encode()), "utf-8")
    found = list(values.elements())
    assert any(isinstance(each, BrokenValue) for each in found)
    assert values.looked <= (json_values.VAIN + 2) * len(text)


def test_lines_that_were_exported_are_read_by_their_bodies_unless_a_person_says_otherwise():
    names = sorted(columns.EXPORTED)
    mapped = columns.choose_columns(names, SourceOptions(), "x.jsonl")
    assert (columns.text_column(mapped), mapped.markup) == ("body", "html")
    asked = columns.choose_columns(names, SourceOptions(columns=(("text", "text"),)), "x.jsonl")
    assert (columns.text_column(asked), asked.markup) == ("text", "text")
    assert columns.text_column(columns.choose_columns(["title", "text", "body"], SourceOptions(), "x.jsonl")) == "text"
