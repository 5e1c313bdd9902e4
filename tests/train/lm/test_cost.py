"""What tokens cost, some rows at a time: the cost and the gradient that plain steps give."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")
cost = pytest.importorskip("galactica.train.lm.cost")


def found(function: Any, exact: str, *, length: int, scale: float = 1.0) -> tuple[Any, Any, Any]:
    chance = torch.Generator().manual_seed(3)
    x = torch.randn(3, length, 16, generator=chance, requires_grad=True)
    table = (torch.randn(50, 16, generator=chance) * scale).requires_grad_()
    targets = torch.randint(0, 50, (3, length), generator=chance)
    with torch.autocast("cpu", torch.bfloat16, enabled=exact == "bfloat16"):
        mean = function(x, table, targets)
    (mean * 0.25).backward()
    return mean.detach(), x.grad, table.grad


@pytest.mark.parametrize("length", [1, 5, 400])
@pytest.mark.parametrize(("exact", "near"), [("float32", 1e-5), ("bfloat16", 2e-2)])
def test_by_parts_it_is_the_same_with_the_same_gradient(exact: str, near: float, length: int) -> None:
    ours, theirs = (found(each, exact, length=length) for each in (cost.mean_cost_by_parts, cost.mean_cost))
    for one, other in zip(ours, theirs, strict=True):
        assert one.shape == other.shape
        assert one.dtype == other.dtype
        assert float((one - other).norm()) <= near * float(other.norm())


def test_numbers_whose_exponential_is_none_cost_what_they_cost() -> None:
    ours, theirs = (found(each, "float32", length=7, scale=300.0) for each in (cost.mean_cost_by_parts, cost.mean_cost))
    assert torch.isfinite(ours[0])
    assert torch.allclose(ours[0], theirs[0], rtol=1e-5)
    assert torch.allclose(ours[2], theirs[2], atol=1e-5)


def test_the_gradient_is_that_of_the_cost() -> None:
    """Against differences, in numbers of 64 bits: independent of any other way to compute it."""
    chance = torch.Generator().manual_seed(5)
    x = torch.randn(1, 4, 6, generator=chance, dtype=torch.float64, requires_grad=True)
    table = torch.randn(9, 6, generator=chance, dtype=torch.float64)
    targets = torch.randint(0, 9, (1, 4), generator=chance)
    (gradient,) = torch.autograd.grad(cost.mean_cost_by_parts(x.float(), table.float(), targets), x)
    for place in ((0, 0, 0), (0, 2, 3), (0, 3, 5)):
        step = torch.zeros_like(x)
        step[place] = 1e-6
        with torch.no_grad():
            rise = (exactly(x + step, table, targets) - exactly(x - step, table, targets)) / 2e-6
        assert float(gradient[place]) == pytest.approx(float(rise), abs=1e-5)


def exactly(x: Any, table: Any, targets: Any) -> Any:
    return torch.nn.functional.cross_entropy((x @ table.T).flatten(0, 1), targets.flatten())
