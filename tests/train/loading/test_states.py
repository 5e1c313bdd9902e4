"""A state is small, and what is wrong with one is said."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import GalacticaError, InputError, UsageError
from galactica.train.loading import states
from galactica.train.loading.loader import Loader
from galactica.train.loading.vocabulary import Vocabulary
from tests.train.loading.conftest import FakeView, fake, small_tokenizer


@pytest.fixture
def state(view: FakeView, vocabulary: Vocabulary) -> dict[str, Any]:
    loader = Loader(view, batch=4, seq_len=16, seed=1, tokenizer=vocabulary)
    for _ in range(20):
        next(loader)
    return loader.state()


def test_it_is_small_and_survives_json(view: FakeView, vocabulary: Vocabulary, state: dict[str, Any]) -> None:
    assert len(json.dumps(state)) < 4_000
    again = Loader.resume(view, json.loads(json.dumps(state)), tokenizer=vocabulary)
    assert again.state() == state


def test_it_names_no_place_of_the_machine(view: FakeView, state: dict[str, Any]) -> None:
    assert str(view.path.parent) not in json.dumps(state)


def test_one_of_another_view_tokenizer_or_stream_is_refused(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary, state: dict[str, Any]
) -> None:
    with pytest.raises(UsageError, match="another view"):
        Loader.resume(fake(tmp_path / "other", 61), state, tokenizer=vocabulary)
    with pytest.raises(UsageError, match="another tokenizer"):
        Loader.resume(view, state, tokenizer=Vocabulary.of(small_tokenizer(390)))
    for name, said in {
        "seed": "another seed",
        "seq_len": "another length",
        "epochs": "another number of epochs",
    }.items():
        asked = {"batch": 4, "seq_len": 16, "seed": 1, name: 3}
        with pytest.raises(UsageError, match=said):
            Loader(view, **asked, tokenizer=vocabulary, _state=state)  # type: ignore[arg-type]


def test_one_of_an_unknown_version_is_refused(view: FakeView, vocabulary: Vocabulary, state: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="unknown version"):
        Loader.resume(view, {**state, "version": 2}, tokenizer=vocabulary)


@pytest.mark.parametrize("wrong", [{}, None, [], "x", {"version": 1}])
def test_what_is_no_state_is_refused(view: FakeView, vocabulary: Vocabulary, wrong: Any) -> None:
    with pytest.raises(InputError, match="damaged"):
        Loader.resume(view, wrong, tokenizer=vocabulary)


def test_every_changed_number_is_found(view: FakeView, vocabulary: Vocabulary, state: dict[str, Any]) -> None:
    for name, value in state.items():
        if name in ("version", "check"):
            continue
        changed = copy.deepcopy(state)
        changed[name] = value + 1 if isinstance(value, int) else [[9, 9, 9]]
        with pytest.raises(GalacticaError):
            Loader.resume(view, changed, tokenizer=vocabulary)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**70) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(["sequence", "batch", "turn", "groups", "lanes", "seq_len", "epochs", "seed"]), JSON)
def test_a_forged_state_never_ends_in_anything_but_an_error_of_ours(name: str, value: Any) -> None:
    """Its checksum is right: whoever can write a state can reckon that."""
    view, vocabulary, right = _SHARED[0]
    forged = {**right, name: value}
    del forged["check"]
    try:
        forged["check"] = states._check(forged)
    except ValueError:
        forged["check"] = ""
    _go_on(view, vocabulary, forged)


@given(st.integers(0, 63), st.integers(0, 70), st.integers(0, 3_000), st.integers(0, 3_000))
def test_a_lane_that_says_more_than_its_document_has_is_found(lane: int, document: int, offset: int, left: int) -> None:
    view, vocabulary, right = _SHARED[0]
    forged = copy.deepcopy(right)
    forged["lanes"][lane] = [document, offset, left]
    del forged["check"]
    forged["check"] = states._check(forged)
    _go_on(view, vocabulary, forged)


def _go_on(view: FakeView, vocabulary: Vocabulary, forged: dict[str, Any]) -> None:
    try:
        loader = Loader.resume(view, forged, tokenizer=vocabulary)
        for _ in range(20):
            next(loader)
    except (GalacticaError, StopIteration):
        pass


_SHARED: list[tuple[FakeView, Vocabulary, dict[str, Any]]] = []


@pytest.fixture(autouse=True)
def _share(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> None:
    if not _SHARED:
        view = fake(tmp_path_factory.mktemp("shared") / "v.view")
        loader = Loader(view, batch=4, seq_len=16, seed=1, tokenizer=vocabulary)
        for _ in range(20):
            next(loader)
        _SHARED.append((view, vocabulary, loader.state()))
