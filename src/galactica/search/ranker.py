"""How much each thing that speaks for a passage counts: weights that were learned from questions, never set by hand.

`ranker.json`, made by `galactica train ranker`: for each kind of search the features it looks at, their means and
scales, one or two layers of weights (`tanh` between them), and weights that count directly beside them. "articles" says
which articles are read (`choosing`); of their passages, "fusion" adds up words and cosine, and "ranker" weighs all
features, which is what search uses. `across.json`, made by `python -m benchmarks.search_across`, holds "across": the
same for passages in another language than the question.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.errors import MissingError
from galactica.search.features import NAMES

FUSED = ("words", "share", "cosine")
"""Features of the plain fusion of scores."""

FILE = "ranker.json"
ACROSS = "across.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Weighs features.

    Attributes:
        features: names of those it looks at.
        mean, scale: `float32 [features]`.
        layers: (`float32 [in, out]`, `float32 [out]`) one after the other; the last gives one number.
        direct: `float32 [features]`, added to that number.
        known: names of the columns of what it is given.
    """

    features: tuple[str, ...]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    layers: tuple[tuple[NDArray[np.float32], NDArray[np.float32]], ...]
    direct: NDArray[np.float32]
    known: tuple[str, ...] = NAMES

    def scores(self, described: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scores of what is described, higher is better: `float32 [n]`.

        Args:
            described: `float32 [n, len(known)]`; what is not a number counts as the mean.
        """
        values = (described[:, [self.known.index(name) for name in self.features]] - self.mean) / self.scale
        values = np.nan_to_num(values)
        added = values @ self.direct
        for number, (weights, bias) in enumerate(self.layers):
            values = values @ weights + bias
            if number + 1 < len(self.layers):
                values = np.tanh(values)
        return np.asarray(values[:, 0] + added, np.float32)

    @classmethod
    def of(cls, found: Mapping[str, object], known: tuple[str, ...] = NAMES) -> Ranker:
        """From what JSON holds; `ValueError`, `KeyError` or `TypeError` where that is no ranker."""
        features = tuple(map(str, _list(found["features"])))
        if not set(features) <= set(known):
            raise ValueError("it looks at features that there are not")
        layers = []
        width = len(features)
        for layer in _list(found["layers"]):
            weights, bias = (np.array(part, np.float32) for part in _list(layer))
            if weights.shape != (width, len(bias)):
                raise ValueError("its layers do not fit each other")
            layers.append((weights, bias))
            width = len(bias)
        mean, scale, direct = (np.array(found[name], np.float32) for name in ("mean", "scale", "direct"))
        if width != 1 or any(each.shape != (len(features),) for each in (mean, scale, direct)) or not (scale > 0).all():
            raise ValueError("its arrays have the wrong shapes")
        return cls(features=features, mean=mean, scale=scale, layers=tuple(layers), direct=direct, known=known)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankerWeights:
    """What chooses articles to read, what puts their passages in order, and what those in another language than the
    question; None: the same."""

    articles: Ranker
    passages: Ranker
    across: Ranker | None = None


@lru_cache(maxsize=4)
def load(name: str = "ranker", path: Path | None = None, known: tuple[str, ...] = NAMES) -> Ranker:
    """The ranker of that name in the file that ships with the program, or in `path`.

    Args:
        name: "ranker", "fusion" or "articles"; "across", of the other file.
        known: names of the columns of what it will be given.

    Raises:
        MissingError: there is none.
    """
    path = path or Path(str(resources.files("galactica.search"))) / "data" / (ACROSS if name == "across" else FILE)
    try:
        return Ranker.of(json.loads(path.read_text(encoding="utf-8"))[name], known)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingError(f"{path} holds no weights for {name} ({error}).", "Install Galactica again.") from error


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
