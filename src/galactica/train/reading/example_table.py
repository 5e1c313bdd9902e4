"""Many examples as columns of numbers.

A training on a graphics processor goes through thousands of examples a second; rows of Python numbers are too slow to
be handed from the processes that make them to the one that learns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from galactica.encode.pieces import PAD
from galactica.train.reading.features import MOST_ANSWERS, TrainingExample

MULTIPLE = 16
"""Pieces that the length of a batch is a multiple of: each length costs a plan of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleTable:
    """Examples, as `features.TrainingExample` tells of each; what is not said is NaN.

    Attributes:
        ids: `int32 [pieces]`, the windows one after another.
        starts: `int64 [examples + 1]`, where each begins.
        first, count, claimed: `int32 [examples]`.
        answers: `int32 [examples, 4, 2]`, −1 where there is none.
        doubted: `int32 [examples, 2]`, (0, 0) where it is not said.
        weight, relevant, near, supported: `float32 [examples]`.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]
    first: NDArray[np.int32]
    count: NDArray[np.int32]
    claimed: NDArray[np.int32]
    doubted: NDArray[np.int32]
    answers: NDArray[np.int32]
    weight: NDArray[np.float32]
    relevant: NDArray[np.float32]
    near: NDArray[np.float32]
    supported: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.first)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Pieces of each window, `int64 [examples]`."""
        return np.diff(self.starts)

    def chosen(self, numbers: NDArray[np.int64]) -> ExampleTable:
        """Some of them, in that order."""
        lengths = self.lengths[numbers]
        ends = np.cumsum(lengths)
        at = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths - self.starts[numbers], lengths)
        rest = {
            each.name: getattr(self, each.name)[numbers]
            for each in fields(ExampleTable)
            if each.name not in ("ids", "starts")
        }
        return ExampleTable(ids=self.ids[at], starts=np.concatenate([[0], ends]).astype(np.int64), **rest)

    def window(self, number: int) -> list[int]:
        """The ids of one."""
        return [int(each) for each in self.ids[self.starts[number] : self.starts[number + 1]]]

    def padded(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Windows, `int64 [numbers, longest]`, the shorter ones filled up with `PAD`."""
        lengths = self.lengths[numbers]
        longest = -(-int(lengths.max()) // MULTIPLE) * MULTIPLE
        at = np.arange(longest)
        inside = at < lengths[:, None]
        found = np.full(inside.shape, PAD, np.int64)
        found[inside] = self.ids[(self.starts[numbers, None] + at)[inside]]
        return found


def table_of(examples: Sequence[TrainingExample]) -> ExampleTable:
    """The table of some examples, in order."""
    answers = np.full((len(examples), MOST_ANSWERS, 2), -1, np.int32)
    for row, each in zip(answers, examples, strict=True):
        if each.answers:
            row[: len(each.answers)] = each.answers[:MOST_ANSWERS]

    def whole(name: str) -> NDArray[np.int32]:
        return np.array([getattr(each, name) for each in examples], np.int32)

    def said(name: str) -> NDArray[np.float32]:
        values = (getattr(each, name) for each in examples)
        return np.array([np.nan if value is None else value for value in values], np.float32)

    lengths = [len(each.ids) for each in examples]
    return ExampleTable(
        ids=np.fromiter((number for each in examples for number in each.ids), np.int32, sum(lengths)),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        answers=answers,
        first=whole("first"),
        count=whole("count"),
        claimed=whole("claimed"),
        doubted=np.array([each.doubted for each in examples], np.int32).reshape(-1, 2),
        weight=said("weight"),
        relevant=said("relevant"),
        near=said("near"),
        supported=said("supported"),
    )


def tables_joined(tables: Sequence[ExampleTable]) -> ExampleTable:
    """Tables one after another."""
    if not tables:
        return table_of([])
    sizes = np.cumsum([0, *(len(each.ids) for each in tables)])
    starts = [each.starts[:-1] + size for each, size in zip(tables, sizes[:-1], strict=True)]
    rest = {
        each.name: np.concatenate([getattr(table, each.name) for table in tables])
        for each in fields(ExampleTable)
        if each.name != "starts"
    }
    return ExampleTable(starts=np.concatenate([*starts, sizes[-1:]]), **rest)
