"""States: what is kept is found again, and nothing that is damaged or made up is gone on from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import InputError
from galactica.train.lm.keeping import KeptState, LossPoint, keep_state, kept_state
from galactica.train.lm.rates import fall_of

POINT = LossPoint(steps=3, tokens=96, seconds=1.5, loss=2.25, rate=0.001, norm=0.5)
ARRAYS = {"weights.a": np.arange(6, dtype=np.float32).reshape(2, 3), "weights.b": np.ones(2, np.float32)}


def state(steps: int, **more: object) -> KeptState:
    return KeptState(mark="ab" * 32, steps=steps, seconds=1.25 * steps, loader={"at": steps}, **more)  # type: ignore[arg-type]


def kept(folder: Path) -> KeptState:
    found = kept_state(folder)
    assert found is not None
    return found[0]


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    given = state(3, fall=fall_of(8, 0.5), curve=[POINT, LossPoint(**{n: getattr(POINT, n) for n in POINT.__slots__})])
    keep_state(tmp_path, given, ARRAYS)
    found = kept_state(tmp_path)
    assert found is not None
    assert found[0] == given
    assert {name: array.tolist() for name, array in found[1].items()} == {n: a.tolist() for n, a in ARRAYS.items()}


def test_where_nothing_was_kept_there_is_none(tmp_path: Path) -> None:
    assert kept_state(tmp_path) is None


def test_the_newest_and_the_one_before_stay(tmp_path: Path) -> None:
    for steps in (1, 2, 3, 4):
        keep_state(tmp_path, state(steps), ARRAYS)
    assert kept(tmp_path).steps == 4
    assert sorted(each.name for each in tmp_path.glob("step-*")) == ["step-3.safetensors", "step-4.safetensors"]


@pytest.mark.parametrize("keep", [0, 100, -1])
def test_where_the_newest_does_not_hold_the_one_before_is_taken(tmp_path: Path, keep: int) -> None:
    for steps in (1, 2):
        keep_state(tmp_path, state(steps), ARRAYS)
    newest = tmp_path / "step-2.safetensors"
    newest.write_bytes(newest.read_bytes()[:keep])
    assert kept(tmp_path).steps == 1


def test_what_a_killed_run_left_is_not_in_the_way(tmp_path: Path) -> None:
    keep_state(tmp_path, state(1), ARRAYS)
    (tmp_path / "step-2.safetensors").write_bytes(b"half")
    (tmp_path / "step-2.safetensors.99.part").write_bytes(b"half")
    assert kept(tmp_path).steps == 1
    keep_state(tmp_path, state(2), ARRAYS)
    keep_state(tmp_path, state(3), ARRAYS)
    assert not list(tmp_path.glob("*.part"))


def test_every_byte_that_is_turned_is_found_or_changes_nothing(tmp_path: Path) -> None:
    keep_state(tmp_path, state(1), ARRAYS)
    file = tmp_path / "step-1.safetensors"
    raw = file.read_bytes()
    for at in range(0, len(raw), 7):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with pytest.raises(InputError, match="damaged"):
            kept_state(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"tensors": "../../etc/passwd"},
        {"tensors": "/etc/passwd"},
        {"tensors": 7},
        {"steps": -1},
        {"steps": "1"},
        {"seconds": "never"},
        {"seconds": float("nan")},
        {"sha256": "00" * 32},
        {"mark": "cd" * 32},
        {"mark": "short"},
        {"loader": []},
        {"fall": [[0, 1]]},
        {"curve": [[1, 2]]},
        {"curve": 3},
    ],
)
def test_a_page_that_says_something_else_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    keep_state(tmp_path, state(1), ARRAYS)
    page = tmp_path / "state.json"
    page.write_text(json.dumps(json.loads(page.read_text()) | changes))
    with pytest.raises(InputError, match="damaged"):
        kept_state(tmp_path)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_a_page_that_is_none_is_refused(tmp_path: Path, raw: bytes) -> None:
    keep_state(tmp_path, state(1), ARRAYS)
    (tmp_path / "state.json").write_bytes(raw)
    with pytest.raises(InputError, match="damaged"):
        kept_state(tmp_path)
