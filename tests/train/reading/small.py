"""A network small enough to be made and taught in a test, and the words it knows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = (
    "who what when where which year how many painted built in the a of was is by river harbour town amber birch "
    "cedar delta "
    "1901 1902 1903 1904 1905 1906 boats twelve seven nine . , ? ( ) ' - s cafe naive zurich it he did paint build"
).split()
LETTERS = [*"abcdefghijklmnopqrstuvwxyz0123456789"]
VOCABULARY = tuple(dict.fromkeys([*SPECIAL, *WORDS, *LETTERS, *(f"##{each}" for each in LETTERS)]))
WIDTH, INNER = 48, 96


def weights(layers: int = 1, seed: int = 0) -> dict[str, NDArray[Any]]:
    """Random numbers under MiniLM's names."""
    chance = np.random.default_rng(seed)

    def drawn(*shape: int) -> NDArray[np.float32]:
        return chance.normal(0, 0.1, shape).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": drawn(len(VOCABULARY), WIDTH),
        "embeddings.position_embeddings.weight": drawn(512, WIDTH),
        "embeddings.token_type_embeddings.weight": drawn(2, WIDTH),
        "embeddings.LayerNorm.weight": np.ones(WIDTH, np.float32),
        "embeddings.LayerNorm.bias": np.zeros(WIDTH, np.float32),
    }
    for number in range(layers):
        of = f"encoder.layer.{number}."
        for name, rows, columns in (
            ("attention.self.query", WIDTH, WIDTH),
            ("attention.self.key", WIDTH, WIDTH),
            ("attention.self.value", WIDTH, WIDTH),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", INNER, WIDTH),
            ("output.dense", WIDTH, INNER),
        ):
            found[f"{of}{name}.weight"] = drawn(rows, columns)
            found[f"{of}{name}.bias"] = np.zeros(rows, np.float32)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            found[f"{of}{name}.weight"] = np.ones(WIDTH, np.float32)
            found[f"{of}{name}.bias"] = np.zeros(WIDTH, np.float32)
    return found
