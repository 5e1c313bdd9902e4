"""Weights that were learned: read, applied, and refused where they do not fit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import MissingError
from galactica.search.features import NAMES
from galactica.search.ranker import Ranker, load

SUM = {
    "features": ["words", "share"],
    "mean": [1, 0],
    "scale": [2, 1],
    "layers": [[[[3], [1]], [0.5]]],
    "direct": [0, 1],
}


def described(**values: float) -> np.ndarray:
    return np.array([[values.get(name, 0.0) for name in NAMES]], np.float32)


def test_features_are_scaled_weighed_and_added_up() -> None:
    assert Ranker.of(SUM).scores(described(words=3, share=4)).tolist() == [3 * 1 + 1 * 4 + 0.5 + 4]


def test_between_two_layers_stands_a_tangent() -> None:
    two = {**SUM, "layers": [[[[1], [0]], [0]], [[[2]], [0]]], "direct": [0, 0]}
    assert Ranker.of(two).scores(described(words=3))[0] == pytest.approx(2 * np.tanh(1))


@pytest.mark.parametrize("name", ["ranker", "fusion"])
def test_what_ships_gives_more_for_more_words_in_the_passage(name: str) -> None:
    few, many = described(words=0.5, share=0.1, share_best=-0.8), described(words=0.5, share=0.9)
    assert load(name).scores(many)[0] > load(name).scores(few)[0]


@pytest.mark.parametrize(
    "broken",
    [
        {"features": ["no such feature", "share"]},
        {"layers": [[[[3]], [0.5]]]},
        {"layers": [[[[3, 1], [1, 1]], [0.5, 0]]]},
        {"scale": [0, 1]},
        {"mean": [1]},
        {"direct": []},
        {"features": "words"},
    ],
)
def test_what_does_not_fit_is_refused(broken: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "ranker.json"
    path.write_text(json.dumps({"ranker": {**SUM, **broken}}), encoding="utf-8")
    with pytest.raises(MissingError, match="holds no weights"):
        load("ranker", path)
