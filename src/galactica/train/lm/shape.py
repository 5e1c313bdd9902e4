"""How large a language model is, and what its config.json says: width, layers, heads, vocabulary, context.

The arithmetic is Llama's, to the letter, so that what is written opens wherever a `LlamaForCausalLM` does: RMSNorm
before each half of a layer, rotary places by halves, grouped-query attention, SwiGLU, one table for words in and out.

What comes from a file is checked against bounds before anything is made of it: a config may say anything.

Source: transformers, `LlamaConfig` (4.x); Touvron et al. 2023 (arXiv:2302.13971), section 2.2.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from galactica.errors import InputError

ROPE_THETA = 10_000.0
"""Base of the rotary places: Llama's own for contexts of some thousands."""

EPSILON = 1e-5

MOST_VOCABULARY = 1 << 20
"""Tokens; the largest vocabularies in use have a quarter of a million."""

MOST_WIDTH = 16_384
"""Of a token's vector: Llama 3 405B has as many. More is no model that this program could hold."""

MOST_INNER = 65_536
MOST_LAYERS = 256
MOST_HEADS = 256
MOST_CONTEXT = 1 << 20
"""Tokens."""

_REMEDY = "Name the folder of a model that galactica train lm made, or another LlamaForCausalLM without special parts."


@dataclass(frozen=True, slots=True, kw_only=True)
class DecoderShape:
    """How large a decoder is.

    Attributes:
        vocabulary: tokens.
        width: of a token's vector.
        layers, heads, groups: layers; heads of each that ask; heads that are asked (keys and values), a divisor of
            `heads`.
        inner: width between the two halves of SwiGLU.
        context: tokens that it sees at once.
        theta: base of rotary places.
        epsilon: of RMSNorm.
        tied: whether words come out by the table that they went in by.
    """

    vocabulary: int
    width: int
    layers: int
    heads: int
    groups: int
    inner: int
    context: int
    theta: float = ROPE_THETA
    epsilon: float = EPSILON
    tied: bool = True

    @property
    def head(self) -> int:
        """Width of a head."""
        return self.width // self.heads

    @property
    def table(self) -> int:
        """Numbers in the table of tokens."""
        return self.vocabulary * self.width

    @property
    def parameters(self) -> int:
        """Numbers that are learned, the table counted once where it is tied."""
        return sum(math.prod(shape) for shape in self.tensors.values())

    @property
    def tensors(self) -> dict[str, tuple[int, ...]]:
        """Name in the file → shape, of every tensor there is."""
        w, inner, keys = self.width, self.inner, self.groups * self.head
        found: dict[str, tuple[int, ...]] = {"model.embed_tokens.weight": (self.vocabulary, w)}
        for number in range(self.layers):
            layer = f"model.layers.{number}."
            found |= {
                f"{layer}input_layernorm.weight": (w,),
                f"{layer}self_attn.q_proj.weight": (w, w),
                f"{layer}self_attn.k_proj.weight": (keys, w),
                f"{layer}self_attn.v_proj.weight": (keys, w),
                f"{layer}self_attn.o_proj.weight": (w, w),
                f"{layer}post_attention_layernorm.weight": (w,),
                f"{layer}mlp.gate_proj.weight": (inner, w),
                f"{layer}mlp.up_proj.weight": (inner, w),
                f"{layer}mlp.down_proj.weight": (w, inner),
            }
        found["model.norm.weight"] = (w,)
        if not self.tied:
            found["lm_head.weight"] = (self.vocabulary, w)
        return found

    def work(self, length: int) -> float:
        """Floating-point operations of training on a token, forwards and backwards, in windows of `length` tokens.

        Six for each number of a matrix, the table as it comes out among them, and twelve for each number of attention.
        Source: Chowdhery et al. 2022 (arXiv:2204.02311), appendix B.
        """
        matrices = sum(math.prod(shape) for name, shape in self.tensors.items() if len(shape) == 2)
        matrices -= 0 if self.tied else self.table  # looked up on the way in, multiplied on the way out
        return 6.0 * matrices + 12.0 * self.layers * self.width * length

    def config(self, *, begin: int, end: int) -> dict[str, object]:
        """What config.json says.

        Args:
            begin, end: tokens that stand before and after a document.
        """
        return {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "vocab_size": self.vocabulary,
            "hidden_size": self.width,
            "intermediate_size": self.inner,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.groups,
            "head_dim": self.head,
            "max_position_embeddings": self.context,
            "rope_theta": self.theta,
            "rope_scaling": None,
            "rms_norm_eps": self.epsilon,
            "hidden_act": "silu",
            "attention_bias": False,
            "mlp_bias": False,
            "attention_dropout": 0.0,
            "tie_word_embeddings": self.tied,
            "bos_token_id": begin,
            "eos_token_id": end,
            "initializer_range": 0.02,
            "torch_dtype": "float32",
            "use_cache": True,
        }


def shape_of(text: bytes, name: str) -> tuple[DecoderShape, dict[str, object]]:
    """(the shape, all of it) of a config.json.

    Args:
        name: what the file is called in errors.

    Raises:
        InputError: it is no config of a Llama that this program computes, or says numbers out of bounds.
    """
    try:
        given = json.loads(text)
        if not isinstance(given, dict):
            raise ValueError("it is no JSON object")
        return _shape(given), given
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"{name} does not describe a model that can be read: {error}.", _REMEDY) from None


def _shape(given: Mapping[str, Any]) -> DecoderShape:
    if given.get("model_type") != "llama":
        raise ValueError("its model_type is not llama")
    heads = _number(given, "num_attention_heads", MOST_HEADS)
    width = _number(given, "hidden_size", MOST_WIDTH)
    shape = DecoderShape(
        vocabulary=_number(given, "vocab_size", MOST_VOCABULARY),
        width=width,
        layers=_number(given, "num_hidden_layers", MOST_LAYERS),
        heads=heads,
        groups=_number(given, "num_key_value_heads", MOST_HEADS, usual=heads),
        inner=_number(given, "intermediate_size", MOST_INNER),
        context=_number(given, "max_position_embeddings", MOST_CONTEXT),
        theta=_theta(given),
        epsilon=_real(given, "rms_norm_eps", 1e-12, 1.0),
        tied=given.get("tie_word_embeddings", False) is True,
    )
    if width % heads or heads % shape.groups or shape.head % 2:
        raise ValueError(f"{heads} heads, {shape.groups} of them asked, do not go into a width of {width}")
    if given.get("head_dim", shape.head) not in (None, shape.head):
        raise ValueError("its heads are wider or narrower than a share of the width")
    for key in ("attention_bias", "mlp_bias"):
        if given.get(key, False) not in (False, None):
            raise ValueError(f"{key} is not computed here")
    if given.get("hidden_act", "silu") != "silu":
        raise ValueError("its hidden_act is not silu")
    return shape


def _theta(given: Mapping[str, Any]) -> float:
    rope = given.get("rope_parameters") or {}  # where transformers 5 puts it
    scaling = given.get("rope_scaling")
    if scaling is not None and not (isinstance(scaling, dict) and scaling.get("rope_type") == "default"):
        raise ValueError("its places are scaled (rope_scaling), which is not computed here")
    if not isinstance(rope, dict) or rope.get("rope_type", "default") != "default":
        raise ValueError("its places are scaled (rope_parameters), which is not computed here")
    if "rope_theta" in rope and "rope_theta" not in given:
        return _real(rope, "rope_theta", 1.0, 1e12)
    return _real(given, "rope_theta", 1.0, 1e12, usual=ROPE_THETA)


def _number(given: Mapping[str, Any], key: str, most: int, usual: int | None = None) -> int:
    value = given.get(key, usual)
    if value is None and usual is not None:
        value = usual
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise ValueError(f"{key} is not a whole number from 1 to {most:,}")
    return value


def _real(given: Mapping[str, Any], key: str, least: float, most: float, usual: float | None = None) -> float:
    value = given.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError(f"{key} is not a number from {least:g} to {most:g}")
    return float(value)
