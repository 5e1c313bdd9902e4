"""The network that reads: MiniLM's layers and, over them, how well each piece begins and ends the answer.

A transformer encoder (Vaswani et al. 2017, BERT's form) of a few layers; the first piece of every window stands for
"the answer is not here". Numbers are bfloat16 while it learns, where the processor has them; weights stay float32.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

HEADS = 12
EPSILON = 1e-12
DROPPED = 0.1
"""Share of the numbers of what comes into the first layer that are left out while learning."""

FAR = -1e4
"""Logit of a place that cannot be the answer."""


class Layer(nn.Module):  # type: ignore[misc]
    """Attention of each piece to all, then two fully connected layers; each added to what came in, then levelled."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.last = nn.LayerNorm(width, eps=EPSILON)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """`[batch, length, width]` → the same; `mask` is added to the likeness of pieces."""
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: the fused form is slower backwards (1,600 against 1,900 pieces a second, one core, 2026-11-26).
        alike = torch.matmul(qkv[0], qkv[1].transpose(-1, -2)) * (width // HEADS) ** -0.5 + mask.to(qkv.dtype)
        seen = torch.matmul(nn.functional.softmax(alike, -1).to(qkv.dtype), qkv[2])
        x = self.norm(x + self.out(seen.transpose(1, 2).reshape(batch, length, width)))
        return self.last(x + self.down(nn.functional.gelu(self.up(x))))


class Network(nn.Module):  # type: ignore[misc]
    """Windows → logits that each piece begins the answer, and that it ends it.

    Args:
        weights: of MiniLM, by their names there.
        layers: how many of its layers are kept, from the first.

    Attributes:
        chance: draws what is left out of the first layer's input; None: nothing is.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], layers: int) -> None:
        super().__init__()
        words = weights["embeddings.word_embeddings.weight"]
        width = words.shape[1]
        inner = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.words = nn.Embedding(*words.shape)
        self.places = nn.Embedding(*weights["embeddings.position_embeddings.weight"].shape)
        self.kinds = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(width, inner) for _ in range(layers))
        self.mark = nn.Linear(width, 2)
        self.chance: torch.Generator | None = None
        nn.init.normal_(self.mark.weight, std=0.02)
        nn.init.zeros_(self.mark.bias)
        self._take(weights)
        self.words.weight.requires_grad_(False)  # most pieces are hardly met: their rows would only be shaken

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """`float32 [batch, length, 2]` of `int64 [batch, length]` pieces and kinds and `int64 [batch]` lengths."""
        at = torch.arange(ids.shape[1], device=ids.device)
        beyond = (at[None, :] >= lengths[:, None]).float() * FAR
        x = self.norm(self.words(ids) + self.places(at)[None] + self.kinds(kinds))
        if self.chance is not None:
            x = x * (torch.empty_like(x).bernoulli_(1 - DROPPED, generator=self.chance) / (1 - DROPPED))
        for layer in self.layers:
            x = layer(x, beyond[:, None, None, :])
        return self.mark(x).float()

    def _take(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        """Put MiniLM's numbers where they belong."""

        def put(parameter: torch.Tensor, *names: str) -> None:
            found = np.concatenate([weights[name] for name in names])
            with torch.no_grad():
                parameter.copy_(torch.from_numpy(np.array(found, np.float32)))

        def both(module: nn.Linear | nn.LayerNorm, *names: str) -> None:
            put(module.weight, *(f"{name}.weight" for name in names))
            put(module.bias, *(f"{name}.bias" for name in names))

        put(self.words.weight, "embeddings.word_embeddings.weight")
        put(self.places.weight, "embeddings.position_embeddings.weight")
        put(self.kinds.weight, "embeddings.token_type_embeddings.weight")
        both(self.norm, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            of = f"encoder.layer.{number}."
            both(layer.qkv, *(f"{of}attention.self.{part}" for part in ("query", "key", "value")))
            both(layer.out, f"{of}attention.output.dense")
            both(layer.norm, f"{of}attention.output.LayerNorm")
            both(layer.up, f"{of}intermediate.dense")
            both(layer.down, f"{of}output.dense")
            both(layer.last, f"{of}output.LayerNorm")


def padded(rows: Sequence[Sequence[int]], pad: int) -> torch.Tensor:
    """`int64 [rows, longest]`."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows], dtype=torch.int64)


def largest(network: Network, windows: Sequence[tuple[Sequence[int], Sequence[int]]]) -> dict[str, NDArray[np.float32]]:
    """The largest size of each column of what comes into each product, by the product's name, over some windows.

    Args:
        windows: (ids, kinds) of each.
    """
    found: dict[str, torch.Tensor] = {}

    def seen(name: str, x: torch.Tensor) -> None:
        now = x.detach().abs().amax((0, 1))
        found[name] = torch.maximum(found[name], now) if name in found else now

    hooks = [
        module.register_forward_hook(lambda _module, inputs, _output, name=name: seen(name, inputs[0]))
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear) and name != "mark"
    ]
    network.eval()
    with torch.no_grad():
        for ids, kinds in windows:
            network(torch.tensor([list(ids)]), torch.tensor([list(kinds)]), torch.tensor([len(ids)]))
    for hook in hooks:
        hook.remove()
    return {name: each.numpy() for name, each in found.items()}
