"""Batches of examples as tensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray

from galactica.train.reading.example_table import ExampleTable

Exchanged = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.int64]]
"""(ids of windows `[windows, length]`, filled up with `PAD`; numbers of the examples) → the ids with some exchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleBatch:
    """Some examples as tensors, `[examples, …]`: `ids int64 [examples, length]`, the others as in `ExampleTable`.

    `twin` are the same windows once more, with some words exchanged, where they are to be marked alike.
    """

    ids: torch.Tensor
    first: torch.Tensor
    count: torch.Tensor
    claimed: torch.Tensor
    doubted: torch.Tensor
    answers: torch.Tensor
    weight: torch.Tensor
    relevant: torch.Tensor
    near: torch.Tensor
    supported: torch.Tensor
    twin: torch.Tensor | None = None

    def __len__(self) -> int:
        return len(self.ids)


def batch_of(
    table: ExampleTable,
    numbers: NDArray[np.int64],
    device: str = "cpu",
    exchanged: Exchanged | None = None,
    *,
    twins: bool = False,
) -> ExampleBatch:
    """Some examples of a table as a batch, on a device.

    Args:
        exchanged: what exchanges pieces for others.
        twins: whether each window comes twice, as it is and with pieces exchanged.
    """
    ids = table.padded(numbers)
    other = ids if exchanged is None else exchanged(ids, numbers)
    columns = {"ids": ids, "twin": other} if twins else {"ids": other}
    for name in (each.name for each in fields(ExampleTable) if each.name not in ("ids", "starts")):
        column = getattr(table, name)[numbers]
        columns[name] = column.astype(np.int64) if column.dtype == np.int32 else column
    tensors = {name: torch.from_numpy(column) for name, column in columns.items()}
    if device != "cpu":
        tensors = {name: each.to(device) for name, each in tensors.items()}
    return ExampleBatch(**tensors)
