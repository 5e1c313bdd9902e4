"""One stream for everybody: whatever the ranks, the workers, the batches, and wherever a run was ended."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import EditionError, GalacticaError, InputError, UsageError
from galactica.train.loading import store as store_module
from galactica.train.loading.batch import Batch
from galactica.train.loading.loader import Loader
from galactica.train.loading.vocabulary import Vocabulary
from tests.properties import examples
from tests.train.loading.conftest import FakeView, fake


def loader(view: FakeView, vocabulary: Vocabulary, **more: Any) -> Loader:
    asked = {"batch": 4, "seq_len": 32, "seed": 7, **more}
    return Loader(view, tokenizer=vocabulary, **asked)


def taken(found: Loader, most: int) -> list[Batch]:
    return list(itertools.islice(found, most))


def rows(batches: list[Batch]) -> list[list[int]]:
    return [row.tolist() for each in batches for row in each.tokens]


def alike(one: list[Batch], other: list[Batch]) -> bool:
    names = ("tokens", "documents", "positions", "stretch_numbers")
    return len(one) == len(other) and all(
        np.array_equal(getattr(a, name), getattr(b, name)) and a.sequence == b.sequence
        for a, b in zip(one, other, strict=True)
        for name in names
    )


def test_a_batch_holds_the_texts_it_says(view: FakeView, vocabulary: Vocabulary) -> None:
    texts: dict[int, list[int]] = defaultdict(list)
    for batch in loader(view, vocabulary, epochs=1):
        assert batch.tokens.dtype == np.int32
        assert batch.tokens.shape == (4, 32)
        for token, document, position in zip(
            batch.tokens.ravel().tolist(),
            batch.documents.ravel().tolist(),
            batch.positions.ravel().tolist(),
            strict=True,
        ):
            if document >= 0:
                assert position == len(texts[document])
                texts[document].append(token)
            else:
                assert token == vocabulary.end
    assert sorted(texts) == list(range(len(view.texts)))
    for document, tokens in texts.items():
        assert tokens[-1] == vocabulary.end
        assert vocabulary.decode(tokens[:-1]).encode() == view.texts[document]


@given(st.data())
@examples(40)
def test_whoever_goes_on_from_a_state_goes_on_with_the_same_sequences(data: st.DataObject) -> None:
    """Ended after any batch, gone on with by any number of ranks, of any size of a batch, and ended again."""
    view, vocabulary = _shared()
    seed, seq_len = data.draw(st.integers(0, 3)), data.draw(st.sampled_from([1, 8, 33]))
    epochs = data.draw(st.sampled_from([None, 2]))
    whole = loader(view, vocabulary, batch=1, seed=seed, seq_len=seq_len, epochs=epochs)
    expected = rows(taken(whole, 160))
    assert len(expected) == 160
    state, given_rows = None, 0
    while given_rows < 120:
        world_size = data.draw(st.sampled_from([1, 2, 4]))
        batch = world_size * data.draw(st.integers(1, 2))
        steps = data.draw(st.integers(1, 5))
        ranks = [
            loader(
                view,
                vocabulary,
                batch=batch,
                seed=seed,
                seq_len=seq_len,
                epochs=epochs,
                rank=rank,
                world_size=world_size,
            )
            if state is None
            else Loader.resume(
                view, json.loads(json.dumps(state)), tokenizer=vocabulary, batch=batch, rank=rank, world_size=world_size
            )
            for rank in range(world_size)
        ]
        for _ in range(steps):
            got = rows([next(each) for each in ranks])
            assert got == expected[given_rows : given_rows + batch]
            given_rows += batch
        states = [each.state() for each in ranks]
        assert all(each == states[0] for each in states)
        state = states[0]


_SHARED: list[tuple[FakeView, Vocabulary]] = []


@pytest.fixture(autouse=True)
def _share(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> None:
    if not _SHARED:
        _SHARED.append((fake(tmp_path_factory.mktemp("shared") / "v.view"), vocabulary))


def _shared() -> tuple[FakeView, Vocabulary]:
    return _SHARED[0]


def test_ranks_share_each_batch_without_overlap_or_loss(view: FakeView, vocabulary: Vocabulary) -> None:
    whole = taken(loader(view, vocabulary, batch=8), 20)
    for world_size in (2, 4, 8):
        parts = [
            taken(loader(view, vocabulary, batch=8, rank=rank, world_size=world_size), 20) for rank in range(world_size)
        ]
        for number, batch in enumerate(whole):
            joined = np.concatenate([part[number].tokens for part in parts])
            assert np.array_equal(joined, batch.tokens)
            assert [part[number].sequence for part in parts] == list(
                range(batch.sequence, batch.sequence + 8, 8 // world_size)
            )


def test_a_store_that_is_there_changes_nothing(view: FakeView, vocabulary: Vocabulary, tmp_path: Path) -> None:
    cold = taken(loader(view, vocabulary), 30)
    assert alike(cold, taken(loader(view, vocabulary), 30))
    assert alike(cold, taken(loader(view, vocabulary, kept=tmp_path / "elsewhere"), 30))


def test_another_seed_is_another_stream_and_each_epoch_another_order(view: FakeView, vocabulary: Vocabulary) -> None:
    def order(seed: int, epochs: int) -> list[int]:
        seen = [d for b in loader(view, vocabulary, seed=seed, epochs=epochs) for d, o in zip(
            b.stretch_documents.tolist(), b.stretch_offsets.tolist(), strict=True) if o == 0]  # fmt: skip
        return seen

    documents = len(view.texts)
    twice = order(1, 2)
    assert order(1, 1) == order(1, 1)
    assert order(1, 1) != order(2, 1)
    assert sorted(twice) == sorted([*range(documents)] * 2)


def test_one_row_holds_documents_that_have_nothing_to_do_with_each_other(
    view: FakeView, vocabulary: Vocabulary
) -> None:
    found = taken(loader(view, vocabulary, seq_len=400, batch=1), 300)
    steps = np.concatenate([np.diff(batch.stretch_documents) for batch in found])
    assert len(steps) > 50
    assert int((steps == 1).sum()) < len(steps) / 8


def test_the_end_is_padded_and_said(view: FakeView, vocabulary: Vocabulary) -> None:
    found = loader(view, vocabulary, epochs=1, batch=7)
    batches = list(found)
    assert {batch.tokens.shape for batch in batches} == {(7, 32)}
    assert sum(batch.held for batch in batches) == sum(
        map(len, vocabulary.encode([t.decode() for t in view.texts]))
    ) + len(view.texts)
    assert found.epochs == (1.0,)
    with pytest.raises(StopIteration):
        next(found)
    done = Loader.resume(view, found.state(), tokenizer=vocabulary)
    assert list(done) == []


def test_groups_are_drawn_by_their_weights_and_their_epochs_counted(tmp_path: Path, vocabulary: Vocabulary) -> None:
    groups = np.array([number % 2 for number in range(60)], np.uint16)
    view = fake(tmp_path / "v", groups=groups, weights=(0.75, 0.25))
    found = loader(view, vocabulary, batch=64)
    counted = np.zeros(2)
    for batch in taken(found, 40):
        counted += np.bincount(groups[batch.stretch_documents], weights=batch.lengths, minlength=2)
    assert abs(counted[0] / counted.sum() - 0.75) < 0.03
    assert found.epochs[0] > 2 * found.epochs[1] > 0


def test_the_first_batch_makes_only_what_it_needs(
    tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "CHUNK", 2_000)
    view = fake(tmp_path / "v", 600)
    found = loader(view, vocabulary, batch=2)
    next(found)
    assert found._store.made <= 6
    again = Loader.resume(view, found.state(), tokenizer=vocabulary)
    next(again)
    assert again._store.made <= 6


def test_a_damaged_document_ends_the_run_or_is_left_out_and_counted(view: FakeView, vocabulary: Vocabulary) -> None:
    whole = {d for b in loader(view, vocabulary, epochs=1) for d in b.stretch_documents.tolist()}
    view.broken |= {4, 9}
    shutil.rmtree(view.path / "tokens")
    with pytest.raises(EditionError, match=r"Document [49] of the view"):
        list(loader(view, vocabulary, epochs=1))
    found = loader(view, vocabulary, epochs=1, skip_damaged=True)
    assert {d for b in found for d in b.stretch_documents.tolist()} == whole - {4, 9}
    assert found.skipped == (4, 9)
    assert Loader.resume(view, found.state(), tokenizer=vocabulary)._skip


def test_a_view_of_which_nothing_can_be_read_ends_with_an_error(tmp_path: Path, vocabulary: Vocabulary) -> None:
    view = fake(tmp_path / "v", 5, broken=set(range(5)))
    with pytest.raises(GalacticaError):
        next(loader(view, vocabulary, skip_damaged=True))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"batch": 0}, "batch is 0"),
        ({"batch": 2.5}, "batch is 2.5"),
        ({"batch": 3, "world_size": 2}, "shared evenly"),
        ({"seq_len": 0}, "seq_len is 0"),
        ({"seq_len": True}, "seq_len is True"),
        ({"seq_len": 2**20, "batch": 2**10}, "larger than any machine"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**63}, "seed is"),
        ({"rank": 1}, "rank is 1"),
        ({"rank": -1}, "rank is -1"),
        ({"world_size": 0}, "world_size is 0"),
        ({"workers": -1}, "workers is -1"),
        ({"epochs": 0}, "epochs is 0"),
    ],
)
def test_a_number_out_of_its_range_is_said(
    view: FakeView, vocabulary: Vocabulary, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        loader(view, vocabulary, **wrong)


def test_a_view_shorter_than_a_sequence_is_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    view = fake(tmp_path / "v", 3)
    tokens = sum(map(len, vocabulary.encode([text.decode() for text in view.texts]))) + 3
    assert next(loader(view, vocabulary, seq_len=tokens, epochs=1, batch=1)).held > 0
    for seq_len in (tokens + 1, 10_000):
        with pytest.raises(UsageError, match="less than one sequence"):
            loader(view, vocabulary, seq_len=seq_len)


def test_an_empty_view_is_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError, match="holds no document"):
        loader(FakeView(texts=[], path=tmp_path / "v"), vocabulary)


def test_the_loader_comes_without_pytorch() -> None:
    code = (
        "import sys; from galactica.train import Loader, Batch, Vocabulary; "
        "sys.exit(any(name in sys.modules for name in ('torch', 'tokenizers', 'transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
