"""How likely a block is content, by decision trees whose sum was learned (gradient boosting).

`data/blocks.json`, made by `python -m benchmarks.main_content_fit --write`; `data/README.md` is its card. A tree asks
`depth` times whether a feature is above a threshold and ends at a number; the numbers of all trees together are the log
odds, in thousandths, because whole numbers have the same sum on every machine. Every tree is written out to the same
depth, so that all blocks go through all trees at once.

Source: Friedman 2001, doi:10.1214/aos/1013203451; learned with LightGBM (Ke et al. 2017).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from galactica.errors import MissingError
from galactica.refine.main_content.features import NAMES

FILE = "blocks.json"

THOUSAND = 1000
"""Log odds of 1."""

CERTAIN = 3 * THOUSAND
"""Log odds at which, after the first trees, the others are not asked: of 30,000 blocks none turned (2026-11-29)."""

FIRST = 120
"""How many trees are asked about every block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTrees:
    """Decision trees.

    Attributes:
        depth: questions of a tree.
        features: `int64 [trees, 2^depth - 1]`, columns of what is asked; after node n come 2n+1 (not above) and 2n+2.
        thresholds: `float32 [trees, 2^depth - 1]`.
        leaves: `int64 [trees, 2^depth]`, thousandths.
        start: log odds before any tree, thousandths.
    """

    depth: int
    features: NDArray[np.int64]
    thresholds: NDArray[np.float32]
    leaves: NDArray[np.int64]
    start: int

    def odds(self, table: NDArray[np.float32]) -> NDArray[np.int64]:
        """The log odds, in thousandths, that each block is content: `int64 [blocks]`; 0 is as likely as not.

        Args:
            table: `float32 [blocks, features]`, columns in the order of `features.NAMES`.
        """
        odds = self.start + self._sums(table, 0, FIRST)
        open_ones = np.flatnonzero(np.abs(odds) < CERTAIN)
        if len(open_ones) and len(self.leaves) > FIRST:
            odds[open_ones] += self._sums(table[open_ones], FIRST, len(self.leaves))
        return odds

    def _sums(self, table: NDArray[np.float32], first: int, last: int) -> NDArray[np.int64]:
        features, thresholds, leaves = self.features[first:last], self.thresholds[first:last], self.leaves[first:last]
        nodes = features.shape[1]
        trees = np.arange(len(features))
        rows = np.arange(len(table))[:, None] * table.shape[1]
        values, asked, bars = table.ravel(), features.ravel(), thresholds.ravel()
        at = np.zeros((len(table), len(features)), np.int64)
        for _ in range(self.depth):
            place = at + trees * nodes
            at = 2 * at + 1 + (values[rows + asked[place]] > bars[place])
        return np.asarray(leaves.ravel()[at - nodes + trees * leaves.shape[1]].sum(axis=1), np.int64)

    @classmethod
    def of(cls, found: Mapping[str, object]) -> BlockTrees:
        """From what JSON holds; `ValueError`, `KeyError` or `TypeError` where that is no trees."""
        names, depth, start = found["features"], found["depth"], found["start"]
        if not isinstance(names, list) or not isinstance(depth, int) or not isinstance(start, int):
            raise TypeError("its features are no list, or its depth or start no number")
        asks, above, gives = (np.array(found[name]) for name in ("asks", "above", "gives"))
        if asks.shape != above.shape or asks.shape[1:] != (2**depth - 1,) or gives.shape != (len(asks), 2**depth):
            raise ValueError("its trees do not have the same depth")
        columns = np.array([NAMES.index(name) for name in names], np.int64)
        return cls(
            depth=depth,
            features=columns[asks],
            thresholds=above.astype(np.float32),
            leaves=gives.astype(np.int64),
            start=start,
        )


@cache
def block_trees() -> BlockTrees:
    """The trees that ship with the program.

    Raises:
        MissingError: the file is not there, or is none of this version.
    """
    path = resources.files("galactica.refine.main_content") / "data" / FILE
    try:
        return BlockTrees.of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise MissingError(f"{path} holds no trees ({error}).", "Install Galactica again.") from error
