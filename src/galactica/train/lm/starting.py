"""Where a training begins or goes on: its tokenizer, its state, its place in the text, what it is looked at with."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from galactica.codes.files import whole
from galactica.errors import MissingError, UsageError
from galactica.progress import Report
from galactica.train.lm.held_back import TwoParts, ViewPart
from galactica.train.lm.keeping import KeptState, kept_state
from galactica.train.lm.plan import SIZES, LanguagePlan
from galactica.train.lm.ranks import Ranks
from galactica.train.lm.rates import Fall, RateClock
from galactica.train.lm.scoring import Scorer, bits_of, token_costs
from galactica.train.lm.wish import TrainingWish
from galactica.train.loading.loader import Loader
from galactica.train.loading.making import view_vocabulary
from galactica.train.loading.vocabulary import Vocabulary
from galactica.train.views.view import View

if TYPE_CHECKING:
    from galactica.train.lm.ahead import BatchesAhead
    from galactica.train.lm.learning import LanguageLearner
    from galactica.train.lm.running import TrainingRun

LOOKED_AT = 48_000
"""Bytes of held-back text that are looked at on the way: some seconds of a processor."""

LONGEST_LOOKED_AT = 16_000
"""Bytes of a document among them, so that they are several."""


@dataclass(slots=True, kw_only=True)
class LmMaking:
    """Everything that one training is made with.

    Attributes:
        out, work: the folder to make, and the one beside it for what is not done.
        wish, plan: what was asked for, and every setting that came of it.
        view, parts: the view, open, and its two parts.
        vocabulary: its tokens.
        device, threads, ranks: where it is computed.
        report, tell: who is told.
        loader: the place in the text, once training has begun.
    """

    out: Path
    work: Path
    wish: TrainingWish
    plan: LanguagePlan
    view: View
    parts: TwoParts
    vocabulary: Vocabulary
    device: str
    threads: int
    ranks: Ranks
    report: Report
    tell: Callable[[str], None]
    loader: Loader | BatchesAhead | None = field(default=None)

    def close(self) -> None:
        """Let go of the loader."""
        if self.loader is not None:
            self.loader.close()


def check_model_place(out: Path) -> None:
    """Raise UsageError where something stands at `out`, MissingError where nothing can be put there."""
    if out.name in ("", ".."):
        raise UsageError(f"{out} is not the name of a folder.", "Name the folder to make.")
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already.", "Name another folder, or move that one away.")
    if not out.parent.is_dir():
        raise MissingError(f"There is no folder {out.parent} to write in.", "Make it, or name another place.")


def torch_there() -> None:
    """Raise MissingError where PyTorch is not installed."""
    if importlib.util.find_spec("torch") is None:
        raise MissingError("Training needs PyTorch.", 'Install it: pip install "galactica[train,ask]"')


def own_vocabulary(work: Path, wish: TrainingWish, part: ViewPart, ranks: Ranks, report: Report) -> Vocabulary:
    """The tokenizer that was given, or one that the first rank trains on what is learned from, and keeps."""
    if wish.tokenizer is not None:
        return Vocabulary.open(wish.tokenizer)
    named = SIZES[wish.size]
    file = work / f"tokenizer-{part.hash[:16]}-{named.shape.vocabulary}.json"
    if ranks.first and not file.exists():
        raw = view_vocabulary(part, size=named.shape.vocabulary, sample=named.sample, report=report)
        with whole(file) as made:
            made.write_bytes(raw)
    ranks.wait()
    return Vocabulary.open(file)


def begun(making: LmMaking) -> TrainingRun:
    """A training from where it stands.

    Raises:
        UsageError: a state of another training is kept, or none where one must be.
        InputError: what is kept is damaged.
    """
    from galactica.train.lm.ahead import BatchesAhead
    from galactica.train.lm.devices import compiling_of
    from galactica.train.lm.learning import LanguageLearner
    from galactica.train.lm.running import TrainingRun

    wish, plan, ranks = making.wish, making.plan, making.ranks
    folder = making.work / "state"
    learner = LanguageLearner(plan, making.device, ranks)
    state = _taken_up(making, folder, learner.take_up)
    making.loader = _place(making, state)
    if making.device != "cpu":
        making.loader = BatchesAhead(making.loader)
        learner.prepare(making.tell, compiling_of(making.device))
    steps = wish.steps or (None if wish.minutes else SIZES[wish.size].steps)
    clock = RateClock(
        warm=plan.warm,
        cool=plan.cool,
        steps=steps,
        seconds=None if wish.minutes is None else 60 * wish.minutes,
        fall=wish.fall or _kept_fall(state, steps, wish.minutes),
    )
    ranks.wait()  # nobody writes a state while another still reads it
    return TrainingRun(
        learner=learner,
        loader=making.loader,
        clock=clock,
        ranks=ranks,
        state=state,
        folder=folder,
        report=making.report,
        tell=making.tell,
        look=_look(making, learner) if ranks.first and len(making.parts.held) else None,
    )


def _place(making: LmMaking, state: KeptState) -> Loader:
    """The place in the text where a state stands, or its beginning."""
    part, plan, ranks = making.parts.learned, making.plan, making.ranks
    if state.loader:
        return Loader.resume(
            part,
            state.loader,
            tokenizer=making.vocabulary,
            batch=plan.batch,
            rank=ranks.rank,
            world_size=ranks.world,
        )
    return Loader(
        part,
        batch=plan.batch,
        seq_len=plan.shape.context + 1,
        seed=plan.seed,
        tokenizer=making.vocabulary,
        rank=ranks.rank,
        world_size=ranks.world,
    )


def _taken_up(making: LmMaking, folder: Path, take_up: Callable[..., None]) -> KeptState:
    mark = making.plan.mark(making.view.hash, making.vocabulary.hash)
    kept = kept_state(folder)
    if kept is None:
        if making.wish.resume:
            raise UsageError(
                f"No state is kept in {making.work} to go on from.", "Leave --resume out, and training begins."
            )
        return KeptState(mark=mark)
    state, arrays = kept
    if state.mark != mark:
        raise UsageError(
            f"{making.work} holds the state of another training: of another view, tokenizer, size or setting, or by "
            "another version of this program.",
            "Give the command that began it, name another folder, or begin anew with --anew.",
        )
    take_up(arrays, state.steps)
    making.tell(f"Goes on after {state.steps:,} steps.")
    return state


def _kept_fall(state: KeptState, steps: int | None, seconds: float | None) -> Fall | None:
    """The fall that was kept, unless another number of steps is asked for and it has not begun."""
    if state.fall is None or (steps is not None and state.steps <= state.fall.corners[0][0]):
        return None
    if steps not in (None, state.fall.steps) and seconds is None:
        raise UsageError(
            f"Its rate falls already: this training ends after {state.fall.steps:,} steps, not {steps:,}.",
            f"Go on with --steps {state.fall.steps}, or begin anew with --anew.",
        )
    return state.fall


def _look(making: LmMaking, learner: LanguageLearner) -> Callable[[], float]:
    from galactica.train.lm.torch_scoring import TorchScorer

    numbers = sampled_numbers(making.parts.held, LOOKED_AT, LONGEST_LOOKED_AT)
    texts = making.parts.held.read(numbers)
    tokens = [each.tolist() for each in making.vocabulary.encode([text.decode() for text in texts])]
    scorer: Scorer = TorchScorer(learner.decoder, making.vocabulary.end, making.plan.exact)

    def look() -> float:
        return bits_of(token_costs(scorer, tokens), list(map(len, texts))).bits

    return look


def sampled_numbers(part: ViewPart, most: int, longest: int | None = None) -> list[int]:
    """Documents of a part, by the order of their hashes, until their texts have `most` bytes; at least one.

    Args:
        longest: bytes of a document that is taken; None: any.
    """
    order = np.argsort(part.digests[:, :8].copy().view(">u8").reshape(-1), kind="stable")
    if longest is not None and (part.sizes <= longest).any():
        order = order[part.sizes[order] <= longest]
    behind = np.cumsum(part.sizes[order].astype(np.int64))
    count = int(np.searchsorted(behind, most, side="right"))
    return [int(number) for number in order[: max(1, count)]]
