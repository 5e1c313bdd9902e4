"""How fast a language model of a size learns on a device: seconds of a step, tokens a second, share of the peak.

    python -m benchmarks.lm_steps --size nano [--device cpu --precision bfloat16 --batch 8 --rounds 6] [--against FILE]
    python -m benchmarks.lm_steps --size small --device cuda --batch 64

The ways to compute a step take turns in one process, on tokens drawn at random (what is timed does not depend on what
they say), and the best of all rounds is told. On a processor they are torch's own cost and attention, the cost by
parts, and both as they are trained; one thread, and its processor time, for what else runs on the machine does not
count there. On a GPU they are the model as it stands and compiled; the clock, with the device waited for. MFU is by
Chowdhery et al. 2022 (arXiv:2204.02311), appendix B, against the peak of `train.lm.devices`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from galactica.train.lm.plan import SIZES, LanguagePlan, language_plan

if TYPE_CHECKING:
    from galactica.train.lm.learning import LanguageLearner

RATE = 1e-9
"""Share of the highest rate: nothing is learned that a later round would feel."""


def main() -> None:
    """Time, print, keep."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--size", default="nano", choices=sorted(SIZES))
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", default="")
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    from galactica.train.lm.devices import chosen_device, memory_of, peak_of, settled_torch, usual_exactness

    device = chosen_device(given.device)
    plan = language_plan(
        given.size,
        vocabulary=SIZES[given.size].shape.vocabulary,
        batch=given.batch,
        exact=given.precision or usual_exactness(device),
        memory=memory_of(device),
    )
    with settled_torch(1 if device == "cpu" else None, device):
        best = _best(plan, device, given.rounds)
    peak = peak_of(device)
    work = plan.shape.work(plan.shape.context) * plan.tokens
    figures: dict[str, Any] = {
        "parameters": plan.shape.parameters,
        "tokens of a step": plan.tokens,
        "sequences at once": plan.at_once,
        "precision": plan.exact,
    }
    for name, seconds in best.items():
        figures[name] = {
            "seconds of a step": seconds,
            "tokens a second": plan.tokens / seconds,
            "operations a second": work / seconds,
            "MFU": None if peak is None else work / seconds / peak,
        }
    first, *_, last = best.values()
    figures["times as fast, last to first"] = first / last
    for name, value in figures.items():
        print(f"{name}: {value}")
    results.keep(__file__, given, figures)


def _best(plan: LanguagePlan, device: str, rounds: int) -> dict[str, float]:
    """Seconds of a step, the least of all rounds, by the name of the way."""
    from galactica.train.lm.learning import LanguageLearner

    learner = LanguageLearner(plan, device)
    shape = (plan.batch, plan.shape.context + 1)
    drawn = np.random.Generator(np.random.PCG64(0)).integers(0, plan.shape.vocabulary, shape).astype(np.int32)
    best: dict[str, float] = {}
    ways = _ways_of_a_processor(learner) if device == "cpu" else _ways_of_a_gpu(learner, device)
    for number in range(rounds + 1):
        for name, take in ways.items():
            take()
            seconds = _timed(learner, drawn, device)
            if number:  # the first round warms up
                best[name] = min(best.get(name, seconds), seconds)
    return best


def _timed(learner: LanguageLearner, tokens: NDArray[np.int32], device: str) -> float:
    now = time.thread_time if device == "cpu" else time.monotonic
    begun = now()
    learner.step(tokens, RATE)  # waits for the device at its end
    return now() - begun


def _ways_of_a_processor(learner: LanguageLearner) -> Mapping[str, Callable[[], None]]:
    from galactica.train.lm import attention, cost

    def way(short: int, counted: Callable[..., Any]) -> Callable[[], None]:
        def take() -> None:
            attention.SHORT = short
            learner.decoder.quicken(lambda function: counted if function is cost.mean_cost else function)

        return take

    return {
        "torch's own cost and attention": way(0, cost.mean_cost),
        "cost by parts": way(0, cost.mean_cost_by_parts),
        "cost by parts, short rows step by step": way(attention.SHORT, cost.mean_cost_by_parts),
    }


def _ways_of_a_gpu(learner: LanguageLearner, device: str) -> Mapping[str, Callable[[], None]]:
    from galactica.train.lm.devices import compiling_of

    learner.prepare(print, compiling_of(device))
    quick, counted = learner.decoder.model.quick, learner.decoder._cost

    def take() -> None:
        learner.decoder.model.quick, learner.decoder._cost = quick, counted

    return {"as it stands": lambda: learner.decoder.quicken(None), "compiled": take}


if __name__ == "__main__":
    main()
