"""A network small enough to be made and taught in a test, and the pieces that it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from galactica.encode.pieces import SPACE, SPECIAL
from galactica.train.reading.beginning import BLOCK, Beginning

if TYPE_CHECKING:
    from galactica.train.reading.network import Network

WORDS = (
    "who what when where which year how many painted built in the a of was is by river harbour town amber birch "
    "cedar delta 1901 1902 1903 1904 1905 1906 boats twelve seven nine it he did paint build"
).split()
LETTERS = [*"abcdefghijklmnopqrstuvwxyz0123456789.,?()'-äéöü华沙是首都的"]
PIECES = (*SPECIAL, *(f"{SPACE}{word}" for word in WORDS), SPACE, *LETTERS)
SCORES = tuple(-2.0 if len(piece) > 2 else -9.0 for piece in PIECES)
"""A whole word is likelier than its letters."""

VOCABULARY = (PIECES, SCORES)
WIDTH, INNER, PLACES = 96, 128, 512


def beginning(layers: int = 2, seed: int = 0) -> Beginning:
    """Random numbers in the form of those that training begins from."""
    chance = np.random.default_rng(seed)

    def drawn(*shape: int) -> NDArray[np.float32]:
        return chance.normal(0, 0.1, shape).astype(np.float32)

    weights = {"places": drawn(PLACES, WIDTH)}
    for number in range(layers):
        of = f"layers.{number}."
        for name, rows, columns in (
            ("qkv", 3 * WIDTH, WIDTH),
            ("out", WIDTH, WIDTH),
            ("up", INNER, WIDTH),
            ("down", WIDTH, INNER),
        ):
            weights[f"{of}{name}.weight"] = drawn(rows, columns)
            weights[f"{of}{name}.bias"] = np.zeros(rows, np.float32)
    for name in ("norm", *(f"layers.{n}.{norm}" for n in range(layers) for norm in ("norm", "last"))):
        weights[f"{name}.weight"] = np.ones(WIDTH, np.float32)
        weights[f"{name}.bias"] = np.zeros(WIDTH, np.float32)
    return Beginning(
        pieces=PIECES,
        scores=SCORES,
        halves=chance.integers(0, 256, (len(PIECES), WIDTH // BLOCK, BLOCK // 2), np.uint8),
        scales=np.full((len(PIECES), WIDTH // BLOCK), 0.02, np.float16),
        weights=weights,
    )


def network(layers: int = 2, seed: int = 0) -> Network:
    """A network of so many layers, its heads drawn by the seed too."""
    import torch

    from galactica.train.reading.network import Network

    torch.manual_seed(seed)
    begun = beginning(layers, seed)
    return Network(begun.weights, begun.halves, begun.scales, layers)
