"""The language model as it is asked to write: Llama's arithmetic in numpy, for a device that has nothing else.

The same numbers as `decoder.Decoder` gives, up to rounding of `float32`. Whatever has been read is kept as keys and
values, so that the next token costs one row of each matrix.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.train.lm.shape import DecoderShape

Floats = NDArray[np.float32]

PIECE = 256
"""Tokens that are read at once: attention to all before them is `heads × PIECE × tokens` numbers."""


class PlainDecoder:
    """Reads tokens one after another and says what may come next.

    Args:
        shape: how large it is.
        tensors: by the names of `DecoderShape.tensors`, of these shapes, in any kind of float; they may be views of a
            mapped file.
    """

    def __init__(self, shape: DecoderShape, tensors: Mapping[str, NDArray[np.generic]]) -> None:
        self.shape = shape
        self._tensors = {name: np.asarray(array, np.float32) for name, array in tensors.items()}
        self._steps = 1 / np.float32(shape.theta) ** (np.arange(0, shape.head, 2, dtype=np.float32) / shape.head)
        self._keys: list[Floats] = []
        self._values: list[Floats] = []
        self.forget()

    def forget(self) -> None:
        """Begin a new text."""
        self.read_so_far = 0
        self._keys = [self._room(0) for _ in range(self.shape.layers)]
        self._values = [self._room(0) for _ in range(self.shape.layers)]

    def read(self, tokens: Sequence[int], *, last: bool = False) -> Floats:
        """Read on.

        Args:
            tokens: that follow those read so far; at least one, and in all at most the context.
            last: whether what may come is wanted behind the last token alone.

        Returns:
            Logits, `float32 [tokens or 1, vocabulary]`: behind each token, what may come next.

        Raises:
            ValueError: there is no token, one that the vocabulary lacks, or more than the context takes.
        """
        ids = np.asarray(tokens, np.int64)
        if not len(ids) or ids.min() < 0 or ids.max() >= self.shape.vocabulary:
            raise ValueError("no token, or one that is none of the vocabulary")
        if self.read_so_far + len(ids) > self.shape.context:
            raise ValueError("more tokens than the context takes")
        table = "model.embed_tokens.weight" if self.shape.tied else "lm_head.weight"
        with np.errstate(over="ignore", invalid="ignore"):  # numbers of a file may be any; whoever chooses looks
            parts = [self._piece(ids[at : at + PIECE]) for at in range(0, len(ids), PIECE)]
            logits: Floats = (parts[-1][-1:] if last else np.concatenate(parts)) @ self._tensors[table].T
        return logits

    def _piece(self, ids: NDArray[np.int64]) -> Floats:
        begin, end = self.read_so_far, self.read_so_far + len(ids)
        angles = np.outer(np.arange(begin, end, dtype=np.float32), self._steps)
        turns = np.cos(angles), np.sin(angles)
        x = self._tensors["model.embed_tokens.weight"][ids]
        for number in range(self.shape.layers):
            layer = f"model.layers.{number}."
            x = x + self._attention(number, self._level(x, f"{layer}input_layernorm.weight"), begin, end, turns)
            x = x + self._inner(f"{layer}mlp.", self._level(x, f"{layer}post_attention_layernorm.weight"))
        self.read_so_far = end
        return self._level(x, "model.norm.weight")

    def _level(self, x: Floats, name: str) -> Floats:
        size = np.sqrt(np.mean(np.square(x), -1, keepdims=True) + np.float32(self.shape.epsilon))
        out: Floats = x / size * self._tensors[name]
        return out

    def _inner(self, name: str, x: Floats) -> Floats:
        gate = x @ self._tensors[f"{name}gate_proj.weight"].T
        gate = gate / (1 + np.exp(-gate))  # far below 0 the exponential is infinite, and what is wanted 0
        up = x @ self._tensors[f"{name}up_proj.weight"].T
        out: Floats = (gate * up) @ self._tensors[f"{name}down_proj.weight"].T
        return out

    def _attention(self, number: int, x: Floats, begin: int, end: int, turns: tuple[Floats, Floats]) -> Floats:
        shape, name = self.shape, f"model.layers.{number}.self_attn."
        q, k, v = (
            (x @ self._tensors[f"{name}{part}_proj.weight"].T).reshape(end - begin, -1, shape.head).swapaxes(0, 1)
            for part in "qkv"
        )
        keys = self._grown(self._keys, number, end)
        values = self._grown(self._values, number, end)
        keys[:, begin:end], values[:, begin:end] = _turned(k, *turns), v
        asked = _turned(q, *turns).reshape(shape.groups, -1, shape.head)  # those that ask the same, one below another
        alike: Floats = asked @ keys[:, :end].swapaxes(1, 2) * np.float32(1 / math.sqrt(shape.head))
        alike = alike.reshape(shape.heads, end - begin, end)
        if end - begin > 1:
            later = np.arange(end) > np.arange(begin, end)[:, None]
            alike[:, later] = -np.inf
        alike -= alike.max(-1, keepdims=True)
        np.exp(alike, out=alike)
        alike /= alike.sum(-1, keepdims=True)
        seen: Floats = alike.reshape(shape.groups, -1, end) @ values[:, :end]
        seen = seen.reshape(shape.heads, end - begin, shape.head).swapaxes(0, 1).reshape(end - begin, shape.width)
        out: Floats = seen @ self._tensors[f"{name}o_proj.weight"].T
        return out

    def _room(self, length: int) -> Floats:
        return np.zeros((self.shape.groups, length, self.shape.head), np.float32)

    def _grown(self, kept: list[Floats], number: int, length: int) -> Floats:
        """What is kept of a layer, with room for so many tokens: twice as much whenever it is full."""
        if kept[number].shape[1] < length:
            room = self._room(min(self.shape.context, max(length, 2 * kept[number].shape[1], 64)))
            room[:, : kept[number].shape[1]] = kept[number]
            kept[number] = room
        return kept[number]


def _turned(x: Floats, cosine: Floats, sine: Floats) -> Floats:
    """Rotary places: `[heads, length, head]` → the same."""
    left, right = np.split(x, 2, -1)
    return np.concatenate((left * cosine - right * sine, right * cosine + left * sine), -1)
