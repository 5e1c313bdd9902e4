"""The shape of a decoder: what it counts, what it writes, and what it refuses of a config from anywhere."""

from __future__ import annotations

import json
import math

import pytest

from galactica.errors import InputError
from galactica.train.lm.shape import DecoderShape, shape_of

SHAPE = DecoderShape(vocabulary=100, width=16, layers=3, heads=4, groups=2, inner=40, context=64)
HOSTILE = (
    b"",
    b"[]",
    b"null",
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"model_type": "llama"}',
    b'{"model_type": "gpt2"}',
)


def written(**changes: object) -> bytes:
    return json.dumps({**SHAPE.config(begin=0, end=0), **changes}).encode()


def test_what_is_written_is_read_again() -> None:
    assert shape_of(written(), "x")[0] == SHAPE


def test_parameters_are_those_of_the_tensors_and_of_llama() -> None:
    layer = 2 * 16 * 16 + 2 * 8 * 16 + 3 * 16 * 40 + 2 * 16
    assert SHAPE.parameters == 100 * 16 + 3 * layer + 16
    untied = shape_of(written(tie_word_embeddings=False), "x")[0]
    assert untied.parameters == SHAPE.parameters + 1600


def test_work_is_six_for_each_number_of_a_matrix_and_attention_besides() -> None:
    norms = 7 * 16
    assert SHAPE.work(64) == 6 * (SHAPE.parameters - norms) + 12 * 3 * 16 * 64


@pytest.mark.parametrize("raw", HOSTILE)
def test_what_is_no_config_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match=r"conf does not describe|is no JSON|cannot be read"):
        shape_of(raw, "conf")


@pytest.mark.parametrize(
    "changes",
    [
        {"vocab_size": 10**12},
        {"vocab_size": True},
        {"vocab_size": 1.5},
        {"hidden_size": 2**40},
        {"num_hidden_layers": 10**9},
        {"num_hidden_layers": 0},
        {"hidden_size": -16},
        {"num_attention_heads": 5},
        {"num_key_value_heads": 3},
        {"num_attention_heads": 16, "num_key_value_heads": 16, "head_dim": 1},
        {"head_dim": 64},
        {"rope_theta": "10000"},
        {"rope_theta": 0},
        {"rope_scaling": {"rope_type": "llama3", "factor": 8}},
        {"rope_scaling": 7},
        {"rms_norm_eps": -1},
        {"attention_bias": True},
        {"hidden_act": "gelu"},
        {"rope_parameters": [1]},
    ],
)
def test_numbers_out_of_bounds_and_parts_that_are_not_computed_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        shape_of(written(**changes), "conf")


def test_a_theta_that_is_no_number_is_refused() -> None:
    raw = written().replace(b"10000.0", b"NaN")
    assert math.isnan(json.loads(raw)["rope_theta"])
    with pytest.raises(InputError):
        shape_of(raw, "conf")


def test_theta_is_found_where_a_later_version_of_transformers_puts_it() -> None:
    given = json.loads(written())
    del given["rope_theta"], given["rope_scaling"]
    given["rope_parameters"] = {"rope_theta": 500_000.0, "rope_type": "default"}
    assert shape_of(json.dumps(given).encode(), "x")[0].theta == 500_000.0
