"""The language model as it is trained: a decoder in plain torch, by Llama's arithmetic and under Llama's names.

What `state_dict` calls its tensors is what the file calls them (`shape.DecoderShape.tensors`), so that nothing is
renamed on the way out. Matrices are drawn by the inverse root of what comes in, those that add to the running sum by
the root of the number of layers less; the table by 0.02 (Radford et al. 2019; Yang et al. 2022, table 8,
arXiv:2203.03466).

What a GPU spends its time with besides products are passes over memory: a layer, and the cost of tokens, can be
compiled (`Decoder.quicken`), which does those passes together. All layers are one function, compiled once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from galactica.train.lm.attention import is_short, short_attention
from galactica.train.lm.cost import mean_cost, mean_cost_by_parts
from galactica.train.lm.shape import DecoderShape

TABLE_SPREAD = 0.02
"""Standard deviation of the table of tokens, drawn."""

HALVES = (torch.bfloat16, torch.float16)
"""Numbers with which a GPU's fused attention takes several heads that ask the same, without copies of what is asked."""

Compiling = Callable[[Callable[..., Any]], Callable[..., Any]]
"""A function → the same, faster."""


class Decoder(nn.Module):  # type: ignore[misc]
    """Tokens → what may come next.

    Args:
        shape: how large it is.
        seed: what its first numbers are drawn by; None: they are left undrawn, to be filled from a file.
    """

    def __init__(self, shape: DecoderShape, seed: int | None = None) -> None:
        super().__init__()
        self.shape = shape
        self.model = _Body(shape)
        if not shape.tied:
            self.lm_head = nn.Linear(shape.width, shape.vocabulary, bias=False)
        if seed is not None:
            self._draw(seed)

        self._cost: Callable[..., Any] | None = None

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """`int64 [batch, length]` → logits `[batch, length, vocabulary]`."""
        return functional.linear(self.model(tokens), self._out)

    def loss(self, tokens: torch.Tensor) -> torch.Tensor:
        """Mean of what each token but the first of `int64 [batch, length + 1]` costs, in nats."""
        learned = torch.is_grad_enabled() and tokens.device.type == "cpu"
        cost = self._cost or (mean_cost_by_parts if learned else mean_cost)
        return cost(self.model(tokens[:, :-1]), self._out, tokens[:, 1:])

    def quicken(self, compiling: Compiling | None) -> None:
        """Have layers and cost compiled where something is learned; None: compute them as they stand."""
        self.model.quick = None if compiling is None else compiling(through)
        self._cost = None if compiling is None else compiling(mean_cost)

    @property
    def _out(self) -> torch.Tensor:
        return self.model.embed_tokens.weight if self.shape.tied else self.lm_head.weight

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def _draw(self, seed: int) -> None:
        """Draw every number, in the order of the file, on the processor: the same on every device."""
        chance = torch.Generator().manual_seed(seed)
        into_sum = (2 * self.shape.layers) ** -0.5
        for name, tensor in self.named_parameters():
            if tensor.ndim == 1:
                tensor.fill_(1.0)
                continue
            spread = TABLE_SPREAD if "embed" in name or "lm_head" in name else tensor.shape[1] ** -0.5
            if name.endswith(("o_proj.weight", "down_proj.weight")):
                spread *= into_sum
            tensor.normal_(0.0, spread, generator=chance)


class _Body(nn.Module):  # type: ignore[misc]
    def __init__(self, shape: DecoderShape) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(_Layer(shape) for _ in range(shape.layers))
        self.norm = _Norm(shape)
        self.quick: Callable[..., Any] | None = None
        self._shape = shape
        self._turns: tuple[torch.Tensor, torch.Tensor] | None = None

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        turns = self._turned(tokens.shape[1], tokens.device)
        x = self.embed_tokens(tokens)
        one = self.quick if self.quick is not None and torch.is_grad_enabled() else through
        for layer in self.layers:
            x = one(layer, x, turns)
        return self.norm(x)

    def _turned(self, length: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Cosine and sine of each place, `float32 [length, head]`; made once for the longest that came."""
        if self._turns is None or len(self._turns[0]) < length or self._turns[0].device != device:
            head = self._shape.head
            steps = 1.0 / self._shape.theta ** (torch.arange(0, head, 2, dtype=torch.float32) / head)
            angles = torch.outer(torch.arange(length, dtype=torch.float32), steps).repeat(1, 2)
            self._turns = angles.cos().to(device), angles.sin().to(device)
        cosine, sine = self._turns
        return cosine[:length], sine[:length]


class _Norm(nn.Module):  # type: ignore[misc]
    """RMSNorm (Zhang and Sennrich 2019)."""

    def __init__(self, shape: DecoderShape) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape.width))
        self._epsilon = shape.epsilon

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.rms_norm(x.float(), self.weight.shape, None, self._epsilon).to(x.dtype) * self.weight


class _Layer(nn.Module):  # type: ignore[misc]
    def __init__(self, shape: DecoderShape) -> None:
        super().__init__()
        self.input_layernorm = _Norm(shape)
        self.self_attn = _Attention(shape)
        self.post_attention_layernorm = _Norm(shape)
        self.mlp = _Inner(shape)

    def forward(self, x: torch.Tensor, turns: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        x = x + self.self_attn(self.input_layernorm(x), turns)
        return x + self.mlp(self.post_attention_layernorm(x))


class _Attention(nn.Module):  # type: ignore[misc]
    """Each place asks all before it (Vaswani et al. 2017), several asking the same (Ainslie et al. 2023)."""

    def __init__(self, shape: DecoderShape) -> None:
        super().__init__()
        keys = shape.groups * shape.head
        self.q_proj = nn.Linear(shape.width, shape.width, bias=False)
        self.k_proj = nn.Linear(shape.width, keys, bias=False)
        self.v_proj = nn.Linear(shape.width, keys, bias=False)
        self.o_proj = nn.Linear(shape.width, shape.width, bias=False)
        self._head, self._shared = shape.head, shape.heads // shape.groups

    def forward(self, x: torch.Tensor, turns: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        batch, length, width = x.shape
        q, k, v = (
            each(x).view(batch, length, -1, self._head).transpose(1, 2)
            for each in (self.q_proj, self.k_proj, self.v_proj)
        )
        q, k = turned(q, *turns), turned(k, *turns)
        scale = 1 / math.sqrt(self._head)
        grouped = self._shared > 1 and q.is_cuda and q.dtype in HALVES
        if self._shared > 1 and not grouped:
            k, v = k.repeat_interleave(self._shared, 1), v.repeat_interleave(self._shared, 1)
        if is_short(q):
            seen = short_attention(q, k, v, scale)
        else:
            fused = functional.scaled_dot_product_attention
            seen = fused(q, k, v, is_causal=True, scale=scale, enable_gqa=grouped)
        return self.o_proj(seen.transpose(1, 2).reshape(batch, length, width))


class _Inner(nn.Module):  # type: ignore[misc]
    """SwiGLU (Shazeer 2020)."""

    def __init__(self, shape: DecoderShape) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(shape.width, shape.inner, bias=False)
        self.up_proj = nn.Linear(shape.width, shape.inner, bias=False)
        self.down_proj = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.down_proj(functional.silu(self.gate_proj(x)) * self.up_proj(x))


def through(layer: nn.Module, x: torch.Tensor, turns: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """A layer, as a function: compiled once, it serves all layers of one shape."""
    return layer(x, turns)


def turned(x: torch.Tensor, cosine: torch.Tensor, sine: torch.Tensor) -> torch.Tensor:
    """Rotary places (Su et al. 2021), the halves of a head as pairs: `[batch, heads, length, head]` → the same."""
    left, right = x.chunk(2, -1)
    return (x * cosine + torch.cat((-right, left), -1) * sine).to(x.dtype)
