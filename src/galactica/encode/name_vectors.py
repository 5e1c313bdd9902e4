"""The vectors of names: a few words whose meaning, or sound, another language has other letters for.

Two halves, of length 1 each before both are put together: the encoder's vector, which knows words, and the mean of what
the network that reads (`cross`) makes of the pieces of a name halfway, which knows more of foreign names; its later
layers know less of a name by itself, as they were taught to answer. Each half is less the mean of all names: those of
one language lie around a point of their own. What was read is rounded to half precision:
machines add in different orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from galactica.encode.contract import Encoder, Vectors
from galactica.encode.cross import Halfway
from galactica.encode.pieces import BEGIN, PART, Tokens, Window, shortened

LONGEST_NAME = 30
"""Pieces of a name that are read."""

TOGETHER = 1_024
"""Names that are read at a time: their states are 50 MB at the most."""


class Cuts(Protocol):
    """What cuts texts into pieces (`pieces.Tokenizer`)."""

    def cut(self, texts: Sequence[str]) -> list[Tokens]:
        """The pieces of each text."""
        ...


class ReadsHalfway(Protocol):
    """What reads windows by its lower layers (`cross.CrossEncoder`)."""

    @property
    def tokenizer(self) -> Cuts:
        """What cuts for it."""
        ...

    def halfway(self, windows: Sequence[Window]) -> list[Halfway]:
        """Windows as the lower layers read them, in their order."""
        ...


def name_vectors(names: Sequence[str], encoder: Encoder, network: ReadsHalfway) -> Vectors:
    """The vectors of names, float32 [names, dimensions of both], of length 1; a name of nothing has none, or half.

    Args:
        names: of one language.
    """
    if not names:
        return np.zeros((0, 0), np.float32)
    halves = encoder.passages(names).astype(np.float32), _read(names, network)
    around = [_of_length_one(half - half.mean(axis=0)) for half in halves]
    return _of_length_one(np.concatenate(around, axis=1))


def _read(names: Sequence[str], network: ReadsHalfway) -> Vectors:
    found = []
    for at in range(0, len(names), TOGETHER):
        cut = [shortened(each, LONGEST_NAME) for each in network.tokenizer.cut(names[at : at + TOGETHER])]
        windows = [Window(ids=(BEGIN, *each.ids, PART), first=1, piece=0, count=len(each)) for each in cut]
        for read in network.halfway(windows):
            state = read.state[0]
            found.append((state[1:-1] if len(state) > 2 else state).mean(axis=0).astype(np.float16))
    return np.stack(found).astype(np.float32)


def _of_length_one(values: Vectors) -> Vectors:
    return np.asarray(values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9), np.float32)
