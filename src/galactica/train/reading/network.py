"""The network that reads, as it is trained: layers over a question and a text, and six heads.

A transformer encoder (Vaswani et al. 2017, BERT's form). Each window is a question and a stretch of a passage, or a
claim and a quotation. The heads say

* `mark`: how well each piece begins and ends the answer; the first piece of a window stands for "it is not here";
* `answerable`: whether the passage answers at all;
* `near`: how near the passage is to the question, as multilingual-e5-small's vectors of both say, from the last layer:
  only there are languages alike;
* `relevant`: whether this is a passage for the question, from the layer in the middle (`HALFWAY`), so that many
  passages can be put in order for half of what reading them costs;
* `supported`: whether a quotation supports a claim;
* `unsupported`: which pieces of the claim it does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from galactica.encode.pieces import PAD
from galactica.train.reading.beginning import unpacked
from galactica.train.reading.piece_table import as_it_ships

HEADS = 12
EPSILON = 1e-12
FAR = -1e4
"""Logit of a place that cannot be the answer, and of a piece that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the heads say of windows, `float32` logits.

    Attributes:
        marks: `[batch, length, 2]`, that a piece begins the answer and that it ends it.
        answerable, near, relevant, supported: `[batch]`.
        unsupported: `[batch, length]`.
    """

    marks: torch.Tensor
    answerable: torch.Tensor
    near: torch.Tensor
    relevant: torch.Tensor
    supported: torch.Tensor
    unsupported: torch.Tensor


class Layer(nn.Module):  # type: ignore[misc]
    """Attention of each piece to all, then two fully connected layers; each added to what came in, then levelled."""

    def __init__(self, width: int, inner: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.last = nn.LayerNorm(width, eps=EPSILON)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """`[batch, length, width]` → the same; `mask` is added to the likeness of pieces."""
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        dropped = self.dropout if torch.is_grad_enabled() else 0.0
        if torch.is_grad_enabled() and not x.is_cuda:
            # Written out: the fused form takes 130 ms of a core forwards and backwards, this 81 (24 windows of 192
            # pieces, bfloat16, 2026-11-29).
            alike = torch.matmul(q * (width // HEADS) ** -0.5, k.transpose(-1, -2)) + mask
            seen = torch.matmul(nn.functional.softmax(alike, -1), v)
        else:
            seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=dropped)
        more = self.out(seen.transpose(1, 2).reshape(batch, length, width))
        x = self.norm(x + nn.functional.dropout(more, dropped))
        more = self.down(nn.functional.gelu(self.up(x)))
        return self.last(x + nn.functional.dropout(more, dropped))


class Judge(nn.Module):  # type: ignore[misc]
    """One logit of a window, from its first piece."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.turn = nn.Linear(width, width)
        self.weigh = nn.Linear(width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`[batch, length, width]` → `[batch]`."""
        return self.weigh(torch.tanh(self.turn(x[:, 0])))[:, 0].float()


class Network(nn.Module):  # type: ignore[misc]
    """Windows → what the heads say.

    Args:
        weights: what it begins with, by the names of its own parameters (`beginning.Beginning.weights`); heads are
            drawn.
        halves, scales: the table of its pieces, as in `beginning.Beginning`; it is not trained.
        layers: how many layers are kept, from the first.
        still: how many of these, from the first, are not trained.
        dropout: share of what layers add that is left out at random while they learn (Srivastava et al. 2014).
        shipped: whether it computes with the table as it ships, in three bits, in place of that which it is given.

    Attributes:
        still: how many layers, from the first, are not trained.
    """

    def __init__(
        self,
        weights: Mapping[str, NDArray[np.float32]],
        halves: NDArray[np.uint8],
        scales: NDArray[np.float16],
        layers: int,
        still: int = 0,
        *,
        dropout: float = 0.0,
        shipped: bool = False,
    ) -> None:
        super().__init__()
        width = weights["places"].shape[1]
        inner = weights["layers.0.up.weight"].shape[0]
        self.register_buffer("halves", torch.from_numpy(halves.copy()))
        self.register_buffer("scales", torch.from_numpy(scales.copy()))
        table = unpacked(halves, scales).reshape(len(halves), width)
        if shipped:
            table = as_it_ships(table)
        self.register_buffer("words", torch.from_numpy(table), persistent=False)
        self.places = nn.Parameter(torch.zeros(weights["places"].shape))
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(width, inner, dropout) for _ in range(layers))
        self.mark = nn.Linear(width, 2)
        self.unsupported = nn.Linear(width, 1)
        self.answerable, self.relevant, self.supported = Judge(width), Judge(width), Judge(width)
        self.near = Judge(width)
        self.still = still
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                if name in weights:
                    parameter.copy_(torch.from_numpy(weights[name]))
                elif name.endswith("bias"):
                    parameter.zero_()
                else:
                    parameter.normal_(std=0.02)
        for module in (self.norm, *self.layers[:still]):
            for parameter in module.parameters():
                parameter.requires_grad_(False)
        self.places.requires_grad_(False)

    @property
    def halfway(self) -> int:
        """Layers below the head that puts passages in order."""
        return halfway(len(self.layers))

    def forward(self, ids: torch.Tensor) -> Read:
        """What the heads say of windows, `int64 [batch, length]`, the shorter ones filled up with `PAD`."""
        with torch.no_grad():
            x = self.norm((self.words[ids] + self.places[: ids.shape[1]]).to(self.norm.weight.dtype))
            mask = x.new_zeros(ids.shape).masked_fill_(ids == PAD, FAR)[:, None, None, :]
            for layer in self.layers[: self.still]:
                x = layer(x, mask)
        middle = x
        for number, layer in enumerate(self.layers[self.still :], self.still + 1):
            x = layer(x, mask)
            if number == self.halfway:
                middle = x
        return Read(
            marks=self.mark(x).float(),
            answerable=self.answerable(x),
            near=self.near(x),
            relevant=self.relevant(middle),
            supported=self.supported(x),
            unsupported=self.unsupported(x)[..., 0].float(),
        )


def halfway(layers: int) -> int:
    """Of so many layers, how many lie below the head that puts passages in order."""
    return (layers + 1) // 2


def padded(rows: Sequence[Sequence[int]], pad: int, multiple: int = 1) -> torch.Tensor:
    """`int64 [rows, longest]`, the longest rounded up to a multiple: each length costs a plan of its own."""
    longest = -(-max(map(len, rows)) // multiple) * multiple
    return torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows], dtype=torch.int64)


def largest(network: Network, windows: Sequence[Sequence[int]]) -> dict[str, NDArray[np.float32]]:
    """The largest size of each column of what comes into each product, by the product's name, over some windows."""
    found: dict[str, torch.Tensor] = {}

    def seen(name: str, x: torch.Tensor) -> None:
        now = x.detach().abs().amax(tuple(range(x.ndim - 1)))
        found[name] = torch.maximum(found[name], now) if name in found else now

    hooks = [
        module.register_forward_hook(lambda _module, inputs, _output, name=name: seen(name, inputs[0]))
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear) and name.startswith("layers.")
    ]
    with torch.no_grad():
        for ids in windows:
            network(torch.tensor([list(ids)]))
    for hook in hooks:
        hook.remove()
    return {name: each.numpy() for name, each in found.items()}
