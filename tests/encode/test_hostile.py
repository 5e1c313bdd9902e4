"""A file of an encoder may be anything that somebody put there: it opens and is sound, or it is an EditionError."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from galactica.encode import open_encoder, tensors
from galactica.encode.static import StaticEncoder
from galactica.errors import EditionError, MissingError, UsageError

from .samples import WORDS, Arrays, arrays, written


def use(path: Path) -> None:
    """Open it and use it; what is wrong with it must show here or never."""
    encoder = StaticEncoder.open(path)
    for found in (encoder.passages(["radium curie unknown", ""]), encoder.questions(["who radium"])):
        lengths = np.linalg.norm(found, axis=1)
        assert (np.isclose(lengths, 1, atol=1e-3) | (lengths == 0)).all()


def headed(path: Path, header: object, body: bytes = b"\0" * 64, length: int | None = None) -> Path:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes((len(text) if length is None else length).to_bytes(8, "little") + text + body)
    return path


def test_a_file_reads_back_as_it_was_written(tmp_path: Path) -> None:
    found, about = tensors.read_tensors(written(tmp_path / "a.safetensors"))
    assert about == {"name": "static"}
    assert found.keys() == arrays().keys()
    assert all((found[name] == array).all() and found[name].dtype == array.dtype for name, array in arrays().items())
    with pytest.raises(ValueError, match="read-only"):
        found["levels"][0, 0] = 1
    again = written(tmp_path / "b.safetensors")
    assert again.read_bytes() == (tmp_path / "a.safetensors").read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_the_header_is_that_of_safetensors(tmp_path: Path) -> None:
    raw = written(tmp_path / "a.safetensors").read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    assert (8 + length) % 8 == 0
    assert header["levels"]["dtype"] == "U8"
    begin, end = header["levels"]["data_offsets"]
    assert raw[8 + length + begin : 8 + length + end] == arrays()["levels"].tobytes()
    ends = sorted(entry["data_offsets"] for name, entry in header.items() if name != "__metadata__")
    assert ends[0][0] == 0
    assert all(left[1] == right[0] for left, right in pairwise(ends))
    assert 8 + length + ends[-1][1] == len(raw)


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    raw = written(tmp_path / "a.safetensors").read_bytes()
    for end in [*range(0, 40), *range(40, len(raw), 97), len(raw) - 1]:
        (tmp_path / "cut.safetensors").write_bytes(raw[:end])
        with pytest.raises(EditionError):
            use(tmp_path / "cut.safetensors")


ENTRY = {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]}


@pytest.mark.parametrize(
    "header",
    [
        [],
        7,
        "text",
        None,
        {},
        {"a": 7},
        {"a": {}},
        {"a": {**ENTRY, "dtype": "BF16"}},
        {"a": {**ENTRY, "dtype": ["U8"]}},
        {"a": {**ENTRY, "shape": [5]}},
        {"a": {**ENTRY, "shape": [-4]}},
        {"a": {**ENTRY, "shape": [-2, -2]}},
        {"a": {**ENTRY, "shape": [2**63, 4]}},
        {"a": {**ENTRY, "shape": [2**32, 2**32]}},
        {"a": {**ENTRY, "shape": [2**32, 2**32], "data_offsets": [0, 0]}},
        {"a": {**ENTRY, "shape": [float("inf")]}},
        {"a": {**ENTRY, "shape": "four"}},
        {"a": {**ENTRY, "data_offsets": [0, 5]}},
        {"a": {**ENTRY, "data_offsets": [-4, 0]}},
        {"a": {**ENTRY, "data_offsets": [4, 0]}},
        {"a": {**ENTRY, "data_offsets": [62, 66]}},
        {"a": {**ENTRY, "data_offsets": [2**70, 2**70 + 4]}},
        {"a": {**ENTRY, "data_offsets": [0]}},
        {"a": {**ENTRY, "data_offsets": None}},
        {"__metadata__": 7, "a": ENTRY},
        {"a": ENTRY},
        b"\xff\xfe not JSON",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"",
        b"9" * 5000,
    ],
)
def test_a_lying_header_is_refused(tmp_path: Path, header: object) -> None:
    with pytest.raises(EditionError):
        use(headed(tmp_path / "a.safetensors", header))


@pytest.mark.parametrize("length", [0, 1, 2**20 + 1, 2**63, 2**64 - 1])
def test_an_impossible_length_of_the_header_is_refused(tmp_path: Path, length: int) -> None:
    with pytest.raises(EditionError):
        use(headed(tmp_path / "a.safetensors", {"a": ENTRY}, length=length))


def test_a_huge_header_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="impossible length"):
        use(headed(tmp_path / "a.safetensors", b"{" + b" " * (2 << 20) + b"}"))


def having(name: str, change: Callable[[np.ndarray], Any]) -> Callable[[Arrays], None]:
    def changed(made: Arrays) -> None:
        made[name] = change(made[name])

    return changed


def with_value(value: float) -> Callable[[np.ndarray], np.ndarray]:
    def changed(array: np.ndarray) -> np.ndarray:
        out = array.copy()
        out[-1] = value
        return out

    return changed


def without(name: str) -> Callable[[Arrays], object]:
    return lambda made: made.pop(name)


def wrong() -> list[tuple[str, Callable[[Arrays], object]]]:
    changes: list[tuple[str, Callable[[Arrays], object]]] = []
    for name in arrays():
        changes += [
            (f"{name} missing", without(name)),
            (f"{name} too short", having(name, lambda array: array[:-7])),
            (f"{name} too long", having(name, lambda array: np.concatenate([array, array[-7:]]))),
            (f"{name} with an axis more", having(name, lambda array: array[..., None])),
            (f"{name} as 32-bit numbers", having(name, lambda array: array.astype(np.int32))),
        ]
    for name in ("values", "scales", "asked", "lengths", "shares"):
        for value in (np.nan, np.inf, -np.inf, 30_000.0):
            changes.append((f"{name} with {value}", having(name, with_value(value))))
    changes += [
        ("levels flat", having("levels", lambda array: array.reshape(-1))),
        ("levels of 62 dimensions", having("levels", lambda array: np.ascontiguousarray(array[:, :-1]))),
        ("levels of none", having("levels", lambda array: np.ascontiguousarray(array[:, :0]))),
        ("levels of too many", having("levels", lambda array: np.tile(array, (1, 200)))),
        ("words twice", lambda made: made.update(arrays(words=[*WORDS[:-1], WORDS[0]]))),
        ("words no UTF-8", having("words", lambda array: np.full_like(array, 255))),
        ("words gone", having("words", lambda array: array[:0])),
    ]
    return changes


@pytest.mark.parametrize(("what", "change"), wrong(), ids=[what for what, _ in wrong()])
def test_arrays_that_do_not_fit_are_refused(tmp_path: Path, what: str, change: Callable[[Arrays], object]) -> None:
    with pytest.raises(EditionError):
        use(written(tmp_path / "a.safetensors", change))


def test_a_changed_byte_is_refused_or_does_no_harm(tmp_path: Path) -> None:
    raw = written(tmp_path / "a.safetensors").read_bytes()
    chance = random.Random(4)
    refused = 0
    for at in [*range(600), *chance.sample(range(600, len(raw)), 200)]:  # the header is the first 600 bytes
        changed = bytearray(raw)
        changed[at] ^= chance.randrange(1, 256)
        path = tmp_path / f"{at}.safetensors"
        path.write_bytes(changed)
        try:
            use(path)
        except EditionError:
            refused += 1
    assert refused > 300


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder.safetensors").mkdir()
    (tmp_path / "empty.safetensors").write_bytes(b"")
    with pytest.raises(MissingError):
        open_encoder(str(tmp_path / "none.safetensors"))
    with pytest.raises(MissingError):
        open_encoder(str(tmp_path / "folder.safetensors"))
    with pytest.raises(EditionError):
        open_encoder(str(tmp_path / "empty.safetensors"))
    with pytest.raises(UsageError, match="no encoder called"):
        open_encoder("nonsense")
