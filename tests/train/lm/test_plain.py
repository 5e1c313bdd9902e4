"""The decoder in numpy: the same numbers as in torch and in transformers, whole or token by token."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from galactica.encode.tensors import write_tensors
from galactica.train.lm.plain import PIECE, PlainDecoder
from galactica.train.lm.shape import DecoderShape

from .conftest import drawn

SHAPE = DecoderShape(vocabulary=61, width=32, layers=3, heads=4, groups=2, inner=48, context=2 * PIECE + 9)
TOKENS = np.random.Generator(np.random.PCG64(5)).integers(0, 61, SHAPE.context).tolist()


@pytest.fixture
def decoder() -> PlainDecoder:
    return PlainDecoder(SHAPE, drawn(SHAPE))


def test_read_token_by_token_it_says_what_it_says_of_all_at_once(decoder: PlainDecoder) -> None:
    whole = decoder.read(TOKENS)
    assert whole.shape == (len(TOKENS), 61)
    assert whole.dtype == np.float32
    decoder.forget()
    parts = [decoder.read(TOKENS[:3]), decoder.read(TOKENS[3:70]), *(decoder.read([each]) for each in TOKENS[70:90])]
    assert np.abs(np.concatenate(parts) - whole[:90]).max() < 1e-5
    decoder.forget()
    assert np.abs(decoder.read(TOKENS, last=True) - whole[-1:]).max() < 1e-5


def test_what_comes_later_changes_nothing_of_what_was_said(decoder: PlainDecoder) -> None:
    whole = decoder.read(TOKENS[:50])
    decoder.forget()
    other = decoder.read([*TOKENS[:30], *[0] * 20])
    assert np.abs(other[:30] - whole[:30]).max() < 1e-6
    assert np.abs(other[30:] - whole[30:]).max() > 1e-3


@pytest.mark.parametrize("tokens", [[], [61], [-1], [*TOKENS, 0]])
def test_tokens_that_there_are_not_and_too_many_are_refused(decoder: PlainDecoder, tokens: list[int]) -> None:
    with pytest.raises(ValueError, match=r"token|context"):
        decoder.read(tokens)


@pytest.mark.parametrize("tied", [True, False])
def test_torch_says_the_same(tied: bool) -> None:
    torch = pytest.importorskip("torch")
    from galactica.train.lm.torch_scoring import loaded_decoder

    shape = DecoderShape(**{name: getattr(SHAPE, name) for name in SHAPE.__slots__} | {"tied": tied})
    tensors = drawn(shape, 3)
    ours = PlainDecoder(shape, tensors).read(TOKENS[:300])
    with torch.no_grad():
        theirs = loaded_decoder(shape, tensors, "cpu")(torch.tensor([TOKENS[:300]]))[0].numpy()
    assert np.abs(ours - theirs).max() < 1e-4


def test_transformers_says_the_same_and_writes_the_same_tokens(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tensors = drawn(SHAPE, 9)
    write_tensors(tmp_path / "model.safetensors", tensors, {"format": "pt"})
    (tmp_path / "config.json").write_text(json.dumps(SHAPE.config(begin=0, end=0)))
    theirs = transformers.LlamaForCausalLM.from_pretrained(tmp_path)
    ours = PlainDecoder(SHAPE, tensors)
    with torch.no_grad():
        logits = theirs(torch.tensor([TOKENS[:80]])).logits[0].numpy()
    assert np.abs(ours.read(TOKENS[:80]) - logits).max() < 1e-4
    ours.forget()
    given = torch.tensor([TOKENS[:8]])
    written = theirs.generate(
        given,
        attention_mask=torch.ones_like(given),
        max_new_tokens=60,
        do_sample=False,
        eos_token_id=None,
        pad_token_id=0,
    )[0, 8:].tolist()
    last = ours.read(TOKENS[:8], last=True)[0]
    found = []
    for _ in range(60):
        found.append(int(last.argmax()))
        last = ours.read([found[-1]], last=True)[0]
    assert found == written
