"""Encoders made here: small files, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from galactica.encode import tensors
from galactica.encode.static import LENGTHS
from galactica.encode.tensors import Array

WORDS = "the of who discovered radium marie curie water river 北京 京大 polonium 1867 naïve".replace("ï", "i").split()
DIMENSIONS = 64

Arrays = dict[str, Array]


def arrays(words: list[str] = WORDS, dimensions: int = DIMENSIONS, seed: int = 1) -> Arrays:
    """What a file of these words holds: random rows, each word longer than the one before."""
    chance = np.random.default_rng(seed)
    count = len(words)
    return {
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "levels": chance.integers(0, 256, (count, dimensions // 2)).astype(np.uint8),
        "values": np.linspace(-2, 2, 16).astype(np.float16),
        "scales": np.linspace(0.05, 0.2, count).astype(np.float16),
        "asked": np.linspace(0.5, 2, count).astype(np.float16),
        "lengths": np.full(LENGTHS, 0.5, np.float16),
        "shares": np.array([1.0, 0.6, 0.6], np.float16),
    }


def written(path: Path, change: Callable[[Arrays], object] = lambda made: None, **options: int) -> Path:
    """A file of a static encoder, as it should be but for what `change` does to it."""
    made = arrays(**options)  # type: ignore[arg-type]
    change(made)
    tensors.write_tensors(path, made, {"name": "static"})
    return path
