"""An index that is damaged, cut off or made up is refused, or found out; it never leads to a span that is none."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from galactica.errors import InputError
from galactica.train.tracing.index import TraceIndex
from galactica.train.tracing.layout import FILES, LARGEST_MANIFEST, MANIFEST
from galactica.train.tracing.tracing import Tracer
from galactica.train.views.view import View
from tests.properties import examples
from tests.train.tracing.made import MadeView, made_index, some_text, write_index

TEXTS = [some_text(seed, 90).encode() for seed in range(7)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index") / "made.trace"
    write_index(folder, TEXTS)
    return folder


def copy_of(made: Path, out: Path) -> Path:
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(made, out)
    return out


def change_manifest(folder: Path, **changes: object) -> None:
    """Change what the manifest says, with a sum that fits."""
    told = json.loads((folder / MANIFEST).read_text("ascii"))
    told.pop("sum")
    told |= changes
    raw = (json.dumps(told, sort_keys=True, indent=1) + "\n").encode()
    told["sum"] = hashlib.sha256(raw).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(told, sort_keys=True, indent=1) + "\n", encoding="ascii")


def test_an_index_is_smaller_than_its_text_would_need_as_numbers(tmp_path: Path) -> None:
    texts = [some_text(seed, 4000).encode() for seed in range(9)]
    index = made_index(tmp_path / "made.trace", texts)
    assert index.bytes < 0.6 * sum(map(len, texts))
    assert index.manifest.text_bytes == sum(map(len, texts))


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_file_that_is_missing_or_cut_off_is_refused(made: Path, tmp_path: Path, name: str) -> None:
    folder = copy_of(made, tmp_path / "made.trace")
    raw = (folder / name).read_bytes()
    (folder / name).write_bytes(raw[:-1])
    with pytest.raises(InputError):
        TraceIndex.open(folder)
    (folder / name).unlink()
    with pytest.raises(InputError, match="cannot be read"):
        TraceIndex.open(folder)


@pytest.mark.parametrize(
    "name", ["words.bin", "rows.bin", "firsts.bin", "widths.bin", "marks.bin", "places.bin", "documents.bin"]
)
def test_numbers_that_cannot_be_are_refused_when_it_is_opened(made: Path, tmp_path: Path, name: str) -> None:
    folder = copy_of(made, tmp_path / "made.trace")
    raw = bytearray((folder / name).read_bytes())
    raw[: FILES[name]] = b"\xfe" * FILES[name]
    (folder / name).write_bytes(raw)
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        TraceIndex.open(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"view": "x"},
        {"view": 5},
        {"parts": []},
        {"parts": {}},
        {"parts": [{}]},
        {"parts": [5]},
        {"files": {}},
        {"files": []},
        {"files": {"../x": "0" * 64}},
    ],
)
def test_a_manifest_that_says_what_cannot_be_is_refused(made: Path, tmp_path: Path, changes: dict[str, object]) -> None:
    folder = copy_of(made, tmp_path / "made.trace")
    change_manifest(folder, **changes)
    with pytest.raises(InputError):
        TraceIndex.open(folder)


@pytest.mark.parametrize("key", ["documents", "bytes", "pieces", "words", "gaps"])
@pytest.mark.parametrize("value", [-1, 0, 2**31, 2**70, True, 1.5, "7", None])
def test_counts_that_cannot_be_are_refused(made: Path, tmp_path: Path, key: str, value: object) -> None:
    folder = copy_of(made, tmp_path / "made.trace")
    parts = json.loads((folder / MANIFEST).read_text("ascii"))["parts"]
    parts[0][key] = value
    change_manifest(folder, parts=parts)
    with pytest.raises(InputError):
        TraceIndex.open(folder)


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"version": 1}'])
def test_a_manifest_that_is_none_is_refused(made: Path, tmp_path: Path, raw: bytes) -> None:
    folder = copy_of(made, tmp_path / "made.trace")
    (folder / MANIFEST).write_bytes(raw)
    with pytest.raises(InputError):
        TraceIndex.open(folder)


def test_a_manifest_too_large_to_be_one_is_not_read(made: Path, tmp_path: Path) -> None:
    folder = copy_of(made, tmp_path / "made.trace")
    with (folder / MANIFEST).open("r+b") as file:
        file.truncate(LARGEST_MANIFEST + 1)
    with pytest.raises(InputError, match="too large"):
        TraceIndex.open(folder)


def test_nothing_is_an_index_and_neither_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file.trace").write_text("x")
    for name in ("none.trace", "file.trace"):
        with pytest.raises(InputError):
            TraceIndex.open(tmp_path / name)


@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(FILES)), where=st.floats(0, 1, exclude_max=True), value=st.integers(1, 255))
def test_whatever_byte_is_changed_every_span_that_is_told_stands_there(
    made: Path, tmp_path: Path, name: str, where: float, value: int
) -> None:
    folder = copy_of(made, tmp_path / "made.trace")
    raw = bytearray((folder / name).read_bytes())
    raw[int(where * len(raw))] ^= value
    (folder / name).write_bytes(raw)
    asked = (TEXTS[2][100:400] + some_text(50, 40).encode()).decode("utf-8", "ignore")
    try:
        tracer = Tracer(cast("View", MadeView(TEXTS)), TraceIndex.open(folder))
        traced = tracer.trace(asked, least=1)
    except InputError:
        return
    for span in traced.spans:
        for place in span.places:
            assert TEXTS[place.document].decode()[place.start : place.end] == asked[span.start : span.end]


def test_gaps_full_of_noise_lead_nowhere_else(made: Path, tmp_path: Path) -> None:
    for seed in range(5):
        folder = copy_of(made, tmp_path / "made.trace")
        size = (folder / "gaps.bin").stat().st_size
        (folder / "gaps.bin").write_bytes(np.random.default_rng(seed).bytes(size))
        tracer = Tracer(cast("View", MadeView(TEXTS)), TraceIndex.open(folder))
        try:
            traced = tracer.trace(TEXTS[1], least=1)
        except InputError:
            continue
        for span in traced.spans:
            assert all(traced.text[span.start : span.end] in TEXTS[place.document].decode() for place in span.places)
