"""The same batches as tensors, where PyTorch is installed."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from galactica.errors import MissingError
from galactica.train.loading.loader import Loader
from galactica.train.loading.torch_batches import torch_batches
from galactica.train.loading.vocabulary import Vocabulary
from tests.train.loading.conftest import FakeView


def test_tensors_hold_what_the_batches_hold(view: FakeView, vocabulary: Vocabulary) -> None:
    torch = pytest.importorskip("torch")
    asked = Loader(view, batch=4, seq_len=16, seed=1, tokenizer=vocabulary)
    plain = Loader(view, batch=4, seq_len=16, seed=1, tokenizer=vocabulary)
    for _, tensors, batch in zip(range(10), torch_batches(asked), plain, strict=False):
        assert tensors["tokens"].dtype == torch.int64
        assert np.array_equal(tensors["tokens"].numpy(), batch.tokens)
        assert np.array_equal(tensors["documents"].numpy(), batch.documents)
        assert np.array_equal(tensors["positions"].numpy(), batch.positions)
        assert np.array_equal(tensors["stretches"].numpy(), batch.stretch_numbers)
        assert tensors["batch"].sequence == batch.sequence
        assert asked.state() == Loader.resume(view, asked.state(), tokenizer=vocabulary).state()


def test_without_pytorch_the_extra_is_named(
    view: FakeView, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    loader = Loader(view, batch=4, seq_len=16, seed=1, tokenizer=vocabulary)
    with pytest.raises(MissingError) as error:
        next(torch_batches(loader))
    assert "galactica[train]" in error.value.remedy
