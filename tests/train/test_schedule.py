"""How any training goes: how large its steps are, what is kept on the way, and what is gone on from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from galactica.progress import silent
from galactica.train.schedule import Schedule, train_on


def schedule(steps: int = 100, **changes: Any) -> Schedule:
    return Schedule(**{"steps": steps, "every": 10, "warm": 5, "cool": 0.4, **changes})


def test_the_rate_rises_stays_and_falls_to_the_least() -> None:
    rates = [schedule(least=0.2).rate(step) for step in range(100)]
    assert rates[:5] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert set(rates[4:61]) == {1.0}
    assert rates[60:] == sorted(rates[60:], reverse=True)
    assert rates[80] == pytest.approx(0.6)
    assert rates[99] == pytest.approx(0.22)


def test_a_rate_that_falls_from_the_first_step_rises_too() -> None:
    falling = schedule(cool=1.0, least=0.1)
    assert falling.rate(0) == pytest.approx(0.2)
    assert falling.rate(50) == pytest.approx(1 - 0.9 * 0.5)
    assert falling.cooling(1)


def test_the_state_is_kept_now_and_then_and_at_the_end() -> None:
    assert [done for done in range(1, 26) if schedule(25).keeps(done)] == [10, 20, 25]


class Adder:
    """A learner whose one number says which steps it took with which rates."""

    def __init__(self) -> None:
        self.sum = 0.0
        self.taken: list[int] = []

    def step(self, number: int, rate: float) -> float:
        self.taken.append(number)
        self.sum += rate * (number + 1)
        return float(number)

    def state(self) -> dict[str, Any]:
        return {"sum": self.sum}

    def take_up(self, state: Mapping[str, Any]) -> None:
        self.sum = state["sum"]


class TestKept:
    """What needs PyTorch, which keeps the state."""

    @pytest.fixture(autouse=True)
    @staticmethod
    def torch() -> None:
        pytest.importorskip("torch", reason="training needs PyTorch: pip install 'galactica[train]'")

    @staticmethod
    def trained(kept: Path, plan: Schedule, mark: str = "one", stop: int = 0) -> tuple[Adder, list[tuple[int, float]]]:
        """A learner that was stopped after so many steps, or not, and what was seen of it."""
        adder, seen = Adder(), []

        def reported(stage: str, done: int, total: int | None, unit: str) -> None:
            if stop and done == stop:
                raise KeyboardInterrupt

        def looked(done: int, loss: float) -> None:
            seen.append((done, loss))

        if stop:
            with pytest.raises(KeyboardInterrupt):
                train_on(adder, plan, kept=kept, mark=mark, report=reported, seen=looked)
        else:
            train_on(adder, plan, kept=kept, mark=mark, report=silent, seen=looked)
        return adder, seen

    def test_stopped_it_goes_on_as_if_it_had_not_been(self, tmp_path: Path) -> None:
        whole, seen = self.trained(tmp_path / "whole", schedule(30))
        assert seen == [(10, 4.5), (20, 14.5), (30, 24.5)]
        _, before = self.trained(tmp_path / "state", schedule(30), stop=17)
        assert before == [(10, 4.5)]
        again, after = self.trained(tmp_path / "state", schedule(30))
        assert after == [(20, 14.5), (30, 24.5)]
        assert (again.taken, again.sum) == (list(range(10, 30)), whole.sum)
        assert self.trained(tmp_path / "state", schedule(30))[0].taken == []

    @pytest.mark.parametrize("damage", ["mark", "cut", "other", "none"])
    def test_what_is_no_state_of_this_training_is_not_gone_on_from(self, tmp_path: Path, damage: str) -> None:
        import torch

        kept = tmp_path / "state"
        self.trained(kept, schedule(30), stop=25)
        if damage == "cut":
            kept.write_bytes(kept.read_bytes()[:200])
        elif damage == "other":
            torch.save({"mark": "one", "sum": 1.0}, kept)
        elif damage == "none":
            kept.unlink()
        assert len(self.trained(kept, schedule(30), "two" if damage == "mark" else "one")[0].taken) == 30

    @pytest.mark.parametrize(("stop", "steps", "left"), [(25, 200, 180), (75, 200, 200), (25, 30, 30)])
    def test_a_longer_or_shorter_training_goes_on_until_the_rate_falls_in_either(
        self, tmp_path: Path, stop: int, steps: int, left: int
    ) -> None:
        self.trained(tmp_path / "state", schedule(100), stop=stop)
        assert len(self.trained(tmp_path / "state", schedule(steps))[0].taken) == left
