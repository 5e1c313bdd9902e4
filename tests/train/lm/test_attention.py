"""Attention step by step: what the fused one gives, with its gradient, and nothing of what comes later."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")
attention = pytest.importorskip("galactica.train.lm.attention")


def drawn(length: int, kind: Any = None, seed: int = 1) -> list[Any]:
    chance = torch.Generator().manual_seed(seed)
    made = [torch.randn(2, 3, length, 8, generator=chance).to(kind or torch.float32) for _ in range(4)]
    return [each.requires_grad_() for each in made[:3]] + made[3:]


def fused(q: Any, k: Any, v: Any, scale: float) -> Any:
    return torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True, scale=scale)


def both(length: int, kind: Any) -> list[list[Any]]:
    found = []
    for function in (attention.short_attention, fused):
        q, k, v, back = drawn(length, kind)
        seen = function(q, k, v, 0.5)
        seen.backward(back)
        found.append([seen.detach(), q.grad, k.grad, v.grad])
    return found


@pytest.mark.parametrize("length", [1, 7, 128, 129, 256])
def test_it_is_the_fused_one_and_so_is_its_gradient(length: int) -> None:
    for kind, near in ((torch.float32, 1e-5), (torch.bfloat16, 3e-2)):
        for one, other in zip(*both(length, kind), strict=True):
            assert one.dtype == other.dtype
            assert float((one - other).float().norm()) <= near * float(other.float().norm()) + 1e-6


def test_nothing_of_what_comes_later_is_seen() -> None:
    q, k, v, _ = drawn(200)
    seen = attention.short_attention(q, k, v, 0.5)
    with torch.no_grad():
        k[:, :, 150:] = 7.0
        v[:, :, 150:] = -9.0
    again = attention.short_attention(q, k, v, 0.5)
    assert torch.equal(seen[:, :, :150], again[:, :, :150])
    assert not torch.equal(seen[:, :, 150:], again[:, :, 150:])


def test_it_is_for_short_rows_that_a_processor_learns_from_with_bfloat16() -> None:
    q = torch.zeros(1, 1, attention.SHORT, 2, dtype=torch.bfloat16)
    assert attention.is_short(q)
    assert not attention.is_short(q.float())
    assert not attention.is_short(torch.zeros(1, 1, attention.SHORT + 1, 2, dtype=torch.bfloat16))
    assert not attention.is_short(q.to("meta"))
    with torch.no_grad():
        assert not attention.is_short(q)
