"""A step: compiled or not it learns the same; rows without room are halved; no compiler is no obstacle to learning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from galactica.errors import MissingError
from galactica.train.lm.plan import FULL, LanguagePlan, language_plan, usual_at_once
from galactica.train.lm.shape import DecoderShape

torch = pytest.importorskip("torch")
learning = pytest.importorskip("galactica.train.lm.learning")
decoder = pytest.importorskip("galactica.train.lm.decoder")
devices = pytest.importorskip("galactica.train.lm.devices")

SHAPE = DecoderShape(vocabulary=64, width=32, layers=3, heads=4, groups=2, inner=48, context=16)
PLAN = LanguagePlan(size="nano", shape=SHAPE, batch=8, at_once=4)
H200, SMALLEST = 150 * 10**9, 8 * 10**9


def tokens(seed: int = 0) -> Any:
    return np.random.Generator(np.random.PCG64(seed)).integers(0, 64, (8, 17)).astype(np.int32)


def learned(learner: Any, steps: int = 3) -> tuple[list[Any], dict[str, Any]]:
    return [learner.step(tokens(number), 1.0) for number in range(steps)], learner.state()


def same(ours: Any, theirs: Any) -> None:
    assert ours[0] == theirs[0]
    assert all((ours[1][name] == theirs[1][name]).all() for name in theirs[1])


def test_to_prepare_learns_nothing() -> None:
    prepared = learning.LanguageLearner(PLAN)
    prepared.prepare(pytest.fail)
    same(learned(prepared), learned(learning.LanguageLearner(PLAN)))


@pytest.mark.filterwarnings("ignore:The .grad attribute")
def test_a_compiled_model_learns_the_same_from_one_layer_and_one_cost_compiled() -> None:
    graphs: list[Any] = []

    def counted(graph: Any, _: Any) -> Any:
        graphs.append(graph)
        return graph.forward

    quick = learning.LanguageLearner(PLAN)
    quick.prepare(pytest.fail, lambda function: torch.compile(function, backend=counted, dynamic=False))
    plain = learning.LanguageLearner(PLAN)
    plain.prepare(pytest.fail, lambda function: function)
    same(learned(quick), learned(plain))
    assert len(graphs) == 2, "three layers are one function"
    with torch.no_grad():
        quick.decoder(torch.zeros((1, 5), dtype=torch.int64))
    assert len(graphs) == 2, "what is only looked at is not compiled"
    assert set(quick.decoder.state_dict()) == set(SHAPE.tensors)


def test_where_nothing_can_be_compiled_it_is_said_and_learned_as_it_stands() -> None:
    def compiling(function: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*_: Any) -> Any:
            raise RuntimeError("Failed to find C compiler.\nAnd more")

        return failing

    said: list[str] = []
    learner = learning.LanguageLearner(PLAN)
    learner.prepare(said.append, compiling)
    assert said == ["The model cannot be compiled here, and learns more slowly: Failed to find C compiler."]
    same(learned(learner), learned(learning.LanguageLearner(PLAN)))


def test_an_error_that_is_no_compilers_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    learner = learning.LanguageLearner(PLAN)
    monkeypatch.setattr(learner.decoder, "loss", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        learner.prepare(pytest.fail)


@pytest.mark.parametrize(("room", "rows"), [(4, 4), (3, 2), (1, 1)])
def test_rows_are_halved_until_they_have_room(monkeypatch: pytest.MonkeyPatch, room: int, rows: int) -> None:
    learner = learning.LanguageLearner(PLAN)
    loss = learner.decoder.loss

    def crowded(part: Any) -> Any:
        if len(part) > room:
            raise torch.OutOfMemoryError("out of memory")
        return loss(part)

    monkeypatch.setattr(learner.decoder, "loss", crowded)
    said: list[str] = []
    learner.prepare(said.append)
    assert (learner.at_once, len(said)) == (rows, {4: 0, 2: 1, 1: 2}[rows])
    ours, theirs = learned(learner), learned(learning.LanguageLearner(PLAN))
    assert [each.loss for each in ours[0]] == pytest.approx([each.loss for each in theirs[0]], rel=1e-5)


def test_a_device_without_room_for_one_row_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    learner = learning.LanguageLearner(PLAN)

    def full(part: Any) -> Any:
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(learner.decoder, "loss", full)
    with pytest.raises(MissingError, match="no room for one sequence of 16 tokens"):
        learner.prepare([].append)


def test_heads_that_ask_the_same_need_no_copies_of_it() -> None:
    """What a GPU's fused attention is asked for gives what copies give."""
    q, k, v = (torch.randn(2, heads, 5, 8, generator=torch.Generator().manual_seed(1)) for heads in (6, 2, 2))
    grouped = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    copied = torch.nn.functional.scaled_dot_product_attention(
        q, k.repeat_interleave(3, 1), v.repeat_interleave(3, 1), is_causal=True
    )
    assert torch.allclose(grouped, copied, atol=1e-6)


def test_a_gradient_is_shortened_to_what_the_plan_allows_and_no_further() -> None:
    from dataclasses import replace

    whole, short = learning.LanguageLearner(replace(PLAN, clip=1e9)), learning.LanguageLearner(replace(PLAN, clip=0.01))
    found = [each.step(tokens(), 1.0) for each in (whole, short)]
    assert found[0].norm == found[1].norm > 0.01
    lengths = [float(torch.linalg.vector_norm(each._flat[:-3])) for each in (whole, short)]
    assert lengths == [pytest.approx(found[0].norm, rel=1e-5), pytest.approx(0.01, rel=1e-4)]


def test_a_gpu_is_filled_by_its_memory_and_no_further_than_helps() -> None:
    plan = language_plan("small", vocabulary=32_768, memory=H200)
    assert plan.at_once * plan.shape.context == FULL / 2, "twice as many have more logits than 32 bits count"
    assert language_plan("small", vocabulary=16_384, memory=H200).at_once * plan.shape.context == FULL
    assert language_plan("small", vocabulary=32_768).at_once == 4
    least = usual_at_once(plan.shape, plan.batch, SMALLEST)
    assert 1 <= least < 8
    assert plan.batch % least == 0
    assert usual_at_once(plan.shape, plan.batch, 1) == 1
    assert usual_at_once(plan.shape, 30, H200) == 30


def test_a_state_goes_on_on_a_gpu_with_another_memory_and_with_no_other_setting() -> None:
    here, there = (language_plan("small", vocabulary=32_768, memory=memory) for memory in (H200, SMALLEST))
    assert here.at_once != there.at_once
    assert here.mark("view") == there.mark("view") != here.mark("another")
    assert here.mark("view") != language_plan("small", vocabulary=32_768, memory=H200, batch=128).mark("view")


def test_a_processor_has_no_memory_of_its_own_and_compiles_nothing() -> None:
    assert devices.memory_of("cpu") is None
    assert devices.compiling_of("cpu") is None


def test_sums_have_a_fixed_order_on_a_processor_alone() -> None:
    for device, fixed in (("cpu", True), ("cuda:0", False)):
        with devices.settled_torch(1, device):
            assert torch.are_deterministic_algorithms_enabled() is fixed
        assert not torch.are_deterministic_algorithms_enabled()
