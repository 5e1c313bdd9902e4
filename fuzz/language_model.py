"""Target of the fuzzer: any bytes are what a language model's files say of it, or are refused."""

from __future__ import annotations

import json
from contextlib import suppress

from galactica.errors import InputError
from galactica.train.lm.rates import read_fall
from galactica.train.lm.shape import DecoderShape, shape_of
from galactica.wire.training import model_training

_SHAPE = DecoderShape(vocabulary=9, width=8, layers=1, heads=2, groups=1, inner=4, context=8)
SEEDS = (
    json.dumps(_SHAPE.config(begin=0, end=0)).encode(),
    b'{"fall": [[3, 1.0], [6, 0.0]]}',
    b'{"name": "a", "curve": [{"steps": 1, "tokens": 1, "seconds": 0.5, "loss": 1.5, "held": null}]}',
    b"{}",
)
PIECES = ('{"', '":', "[", "]", "}", ",", '"', "1", "-1", "1e999", "NaN", "true", "null", '"llama"', '"model_type"',
          '"hidden_size"', '"vocab_size"', '"num_attention_heads"', '"rope_theta"', '"fall"', "[[0, 1], [2, 0]]", "0.0",
          '"samples"', '"spans"', '"view"', "99999999999999999999", "\\ud800", " ")  # fmt: skip


def one(data: bytes) -> None:
    """Take `data` for a config, a fall and a training.

    Raises:
        AssertionError: a shape was taken that is not written as it was read.
    """
    with suppress(InputError):
        shape, _ = shape_of(data, "config.json")
        assert shape_of(json.dumps(shape.config(begin=0, end=0)).encode(), "config.json")[0] == shape
        assert shape.parameters >= shape.table
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(given, dict):
        with suppress(InputError):
            fall = read_fall(given.get("fall"))
            assert fall is None or 0 <= fall.share(fall.steps // 2) <= 1
        with suppress(InputError):
            model_training(given, "a model")
