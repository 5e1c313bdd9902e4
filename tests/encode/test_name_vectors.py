"""Vectors of names: both halves count, each apart from what all names have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from galactica.encode.cross import Halfway
from galactica.encode.name_vectors import LONGEST_NAME, name_vectors
from galactica.encode.pieces import Tokens, Window

RNG = np.random.default_rng(5)
OF_PIECES = RNG.normal(size=(128, 6)).astype(np.float32)


class Letters:
    """Cuts into letters."""

    def cut(self, texts: Sequence[str]) -> list[Tokens]:
        return [
            Tokens(ids=tuple(ord(each) for each in text), starts=tuple(range(len(text))), ends=tuple(range(len(text))))
            for text in texts
        ]


class Halves:
    """Reads a piece as the same numbers wherever it stands, and keeps the windows that it read."""

    tokenizer = Letters()

    def __init__(self) -> None:
        self.windows: list[Window] = []

    def halfway(self, windows: Sequence[Window]) -> list[Halfway]:
        self.windows += windows
        return [Halfway(window=each, state=OF_PIECES[list(each.ids)][None] + 3, relevant=0.0) for each in windows]


class Lengths:
    """An encoder that knows how long a text is."""

    name, digest, dimensions, quick = "lengths", "0" * 64, 2, True

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([(len(text), 10.0) for text in texts], np.float32).reshape(-1, 2)

    questions = passages


def test_names_of_the_same_pieces_are_nearest_and_what_all_have_in_common_is_gone() -> None:
    names = ["tony", "ytno", "anna", "zebra", "ix"]
    found = name_vectors(names, Lengths(), Halves())
    assert found.shape == (5, 8)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    near = found @ found.T
    assert near[0, 1] > 0.99
    assert near[0, 2:].max() < 0.9
    assert abs(float(found.mean())) < 0.2


def test_a_long_name_is_read_to_its_limit_and_nothing_is_no_fault() -> None:
    network = Halves()
    found = name_vectors(["a" * 90, "", "b"], Lengths(), network)
    assert np.all(np.isfinite(found))
    assert [len(each.ids) for each in network.windows] == [LONGEST_NAME + 2, 2, 3]
    assert len(name_vectors([], Lengths(), network)) == 0
