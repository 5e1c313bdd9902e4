"""What an encoder is: texts in, vectors out, near to each other where the texts mean the same.

Rules:
1. Deterministic: the same text gives the same vector on any machine, alone or among others, in any order.
2. Every vector has length 1, or is all zeros where a text has nothing that the encoder knows (empty, punctuation).
3. Nothing raises for any text: empty, long, binary, lone surrogates.
4. Vectors of two encoders can be compared only where their `digest` is the same; an index names the digest it was made
   with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""`float32 [n, dimensions]`, rows of length 1 or 0."""


class Encoder(Protocol):
    """Turns questions and passages into vectors; thread-safe.

    Attributes:
        name: what a person calls it ("static", "minilm").
        digest: 64 hex digits that change whenever any vector would.
        dimensions: of a vector.
        quick: whether dozens of passages can be encoded while a person waits for the answer.
    """

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    @property
    def digest(self) -> str:
        """Changes whenever any vector would."""
        ...

    @property
    def dimensions(self) -> int:
        """Of a vector."""
        ...

    @property
    def quick(self) -> bool:
        """Whether dozens of passages can be encoded while a person waits."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that may answer: `float32 [len(texts), dimensions]`."""
        ...

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is asked: `float32 [len(texts), dimensions]`; near those of the passages that answer."""
        ...
