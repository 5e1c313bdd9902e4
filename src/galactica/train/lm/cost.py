"""What tokens cost by the vectors in front of the table, and the gradient of that: the end of every decoder.

Behind it stand as many numbers as tokens times vocabulary. On a processor they are made, and made into a gradient, some
rows at a time, while they are in its cache: exponentials are taken once, and nothing of that size is kept for the way
back. On a GPU plain steps are compiled into the same.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.autograd.function import once_differentiable
from torch.nn import functional

ROWS = 256
"""Tokens at a time: with nano's vocabulary four megabytes of logits, and products are still large enough."""


def mean_cost(x: torch.Tensor, table: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Mean of what tokens cost, in nats.

    Args:
        x: `[batch, length, width]`.
        table: `[vocabulary, width]`.
        targets: `int64 [batch, length]`.
    """
    logits = functional.linear(x, table)
    return functional.cross_entropy(logits.flatten(0, 1).float(), targets.flatten())


def mean_cost_by_parts(x: torch.Tensor, table: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """The same on a processor, to be learned from: as `mean_cost`, up to the order of sums."""
    half = torch.is_autocast_enabled(x.device.type)
    return _Cost.apply(x, table, targets, torch.bfloat16 if half else torch.float32)


class _Cost(torch.autograd.Function):  # type: ignore[misc]
    @staticmethod
    def forward(
        ctx: Any,  # noqa: ANN401  # torch's own
        x: torch.Tensor,
        table: torch.Tensor,
        targets: torch.Tensor,
        kind: torch.dtype,
    ) -> torch.Tensor:
        rows, goals = x.flatten(0, 1).to(kind), targets.reshape(-1, 1)
        count, rounded = len(rows), table.to(kind)
        of_x, of_table = torch.empty_like(rows, dtype=x.dtype), torch.zeros_like(table)
        total = torch.zeros(())
        for at in range(0, count, ROWS):
            part, goal = rows[at : at + ROWS], goals[at : at + ROWS]
            logits = (part @ rounded.T).float()
            logits -= logits.amax(1, keepdim=True)
            right = logits.gather(1, goal)
            sums = logits.exp_().sum(1, keepdim=True)
            total += (sums.log() - right).sum()
            logits /= sums * count
            logits.scatter_(1, goal, logits.gather(1, goal) - 1 / count)
            gradient = logits.to(kind)
            of_x[at : at + ROWS] = gradient @ rounded
            of_table += gradient.T @ part
        ctx.save_for_backward(of_x.view_as(x), of_table)
        return total / count

    @staticmethod
    @once_differentiable  # type: ignore[untyped-decorator]
    def backward(ctx: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, None, None]:  # noqa: ANN401
        of_x, of_table = ctx.saved_tensors
        return of_x * gradient, of_table * gradient, None, None
