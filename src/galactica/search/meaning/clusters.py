"""Groups of codes that are like each other: spherical k-means on signs, in two levels.

A centre is a vector of small whole numbers (`int8`), in the direction of the mean of its codes' signs. Signs times
whole numbers add up exactly in 32-bit floats, whatever order a matrix product adds them in, so that groups are the same
on every machine. Two levels, because comparing each of 40 million codes with each of 12,000 centres would take hours: a
code is compared with about a hundred groups of centres, and then with those in the nearest few.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.search.meaning.codes import Rows, signs

ROUNDS = 8
"""Of k-means; more move hardly any code."""

TRIED = 3
"""Groups whose centres a code is compared with."""

BLOCK = 8_192
"""Codes whose signs are unpacked at once: 15 MB."""

Centres = NDArray[np.int8]
"""`int8 [n, dimensions]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Centres in groups.

    Attributes:
        groups: `int8 [groups, dimensions]`.
        centres: `int8 [n, dimensions]`, those of the first group, then those of the second …
        ends: `int64 [groups]`: number of the centre behind each group's last.
    """

    groups: Centres
    centres: Centres
    ends: NDArray[np.int64]

    def nearest(self, rows: Rows) -> NDArray[np.int64]:
        """Number of the centre that each code belongs to: `int64 [n]`."""
        found = [self._nearest(signs(block)) for block in _blocks(rows)]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def _nearest(self, unpacked: NDArray[np.float32]) -> NDArray[np.int64]:
        near = _best(unpacked @ self.groups.T.astype(np.float32), TRIED)
        score = np.full(len(unpacked), -np.inf, dtype=np.float32)
        label = np.zeros(len(unpacked), dtype=np.int64)
        for group in np.unique(near):
            inside = np.flatnonzero((near == group).any(axis=1))
            low, high = int(self.ends[group - 1]) if group else 0, int(self.ends[group])
            scores = unpacked[inside] @ self.centres[low:high].T.astype(np.float32)
            best = scores.argmax(axis=1)
            found = scores[np.arange(len(inside)), best]
            better = found > score[inside]
            score[inside[better]] = found[better]
            label[inside[better]] = low + best[better]
        return label


def cluster(sample: Rows, count: int) -> Clusters:
    """Find about `count` centres for codes of which `sample` is one.

    Args:
        sample: at least one code; a few dozen for each centre.
        count: of centres wanted; there are never more than codes in the sample.
    """
    count = max(1, min(count, len(sample)))
    groups, owner = _k_means(sample, max(1, round(count**0.5)))
    centres: list[Centres] = []
    for group in range(len(groups)):
        own = sample[owner == group]
        share = round(count * len(own) / len(sample))
        centres.append(_k_means(own, max(1, share))[0] if len(own) else groups[group : group + 1])
    ends = np.cumsum([len(each) for each in centres])
    return Clusters(groups=groups, centres=np.concatenate(centres), ends=ends)


def _k_means(rows: Rows, count: int) -> tuple[Centres, NDArray[np.int64]]:
    """Centres, and the one that each code belongs to."""
    count = min(count, len(rows))
    first = signs(rows[np.arange(count) * len(rows) // count])
    centres = _centres(first.astype(np.int64))
    owner = _owner(rows, centres)
    for _ in range(ROUNDS):
        sums, members = _sums(rows, owner, count)
        moved = np.where(members[:, None] > 0, _centres(sums), centres)  # one that lost all its codes stays
        if (moved == centres).all():
            break
        centres, owner = moved, _owner(rows, moved)
    return centres, owner


def _owner(rows: Rows, centres: Centres) -> NDArray[np.int64]:
    turned = centres.T.astype(np.float32)
    return np.concatenate([(signs(block) @ turned).argmax(axis=1) for block in _blocks(rows)])


def _sums(rows: Rows, owner: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The sum of the signs of each centre's codes, and how many those are."""
    sums = np.zeros((count, 64 * rows.shape[1]), dtype=np.int64)
    order = np.argsort(owner, kind="stable")
    for low in range(0, len(order), BLOCK):
        part = order[low : low + BLOCK]
        owners = owner[part]
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        sums[owners[starts]] += np.add.reduceat(signs(rows[part]).astype(np.int64), starts, axis=0)
    return sums, np.bincount(owner, minlength=count)


def _centres(sums: NDArray[np.int64]) -> Centres:
    """Sums of signs as centres, all of about one length.

    127 stands for four times the mean size of a dimension: rounding moves a centre by less than a hundredth, and what
    is cut off is next to nothing.
    """
    length = np.sqrt((sums * sums).sum(axis=1, keepdims=True).astype(np.float64))
    scaled = sums * (127 / 4 * sums.shape[1] ** 0.5) / np.maximum(length, 1)
    centres: Centres = np.clip(np.rint(scaled), -127, 127).astype(np.int8)
    return centres


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The columns of the `count` best scores of each row, among equals the first: `int64 [n, count]`."""
    found = []
    each = np.arange(len(scores))
    for _ in range(min(count, scores.shape[1])):
        best = scores.argmax(axis=1)
        found.append(best)
        scores[each, best] = -np.inf
    return np.stack(found, axis=1)


def _blocks(rows: Rows) -> Iterator[Rows]:
    for low in range(0, len(rows), BLOCK):
        yield rows[low : low + BLOCK]
