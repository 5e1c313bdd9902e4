"""From a view to a model in its folder: the one call that trains a language model, goes on where it was killed, writes.

What happens, in this order, in `OUT.training/` until the last step:

1. the view is opened and split; a tokenizer is trained on what is learned from, or the one that was given is taken;
2. the state that was kept goes on, if it is of the same training; else training begins;
3. the model is written, opened as anybody would open it, measured and asked to write;
4. card, curve and figures are written, and the folder gets its name.

Only step 2 may be killed at its cost: each other step is done again whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from galactica.codes.lock import locked
from galactica.progress import Report, silent
from galactica.train.lm.finishing import Traced, finish_training
from galactica.train.lm.held_back import split_view
from galactica.train.lm.model import CARD
from galactica.train.lm.plan import language_plan
from galactica.train.lm.ranks import joined_ranks, torchrun_ranks
from galactica.train.lm.starting import LmMaking, begun, check_model_place, own_vocabulary, torch_there
from galactica.train.lm.wish import TrainingWish
from galactica.train.trained_file import training_work
from galactica.train.views.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedModel:
    """A language model that was trained.

    Attributes:
        path, card: its folder, its card in it.
        training: what training.json says; empty on all ranks but the first.
        editions: where the view's editions lie.
    """

    path: Path
    card: Path
    training: Mapping[str, Any] = field(repr=False)
    editions: tuple[Path, ...] = ()


def train_language_model(
    view: Path,
    out: Path,
    wish: TrainingWish | None = None,
    *,
    editions: Sequence[Path] = (),
    traced: Callable[[View], Traced] | None = None,
    report: Report = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> TrainedModel:
    """Train a language model on a view, alone or, under torchrun, with other ranks.

    Stopped or killed at any moment, the same call goes on from the state that was kept last, in `OUT.training/`.

    Args:
        view: folder of a view.
        out: the folder to make; must not exist.
        wish: how; None: the size nano for its usual steps.
        editions: where the view's editions lie, if not where they lay when it was made.
        traced: what finds where a sample stands in the view, once it is open.
        report: stages "read" (tokenizer), "train" in tokens, "measure".
        tell: told a line now and then.

    Raises:
        UsageError: a setting makes no sense; `out` exists; a state of another training is there.
        InputError: the view or a tokenizer is damaged, or there is too little text.
        EditionError: an edition cannot be opened, is damaged, or another one.
        MissingError: PyTorch or `tokenizers` is not installed, no GPU, no place to write.
        KeyboardInterrupt: it was asked to end; its state is kept.
    """
    wish = wish or TrainingWish()
    wish.check()
    torch_there()
    from galactica.train.lm.devices import chosen_device, memory_of, settled_torch, usual_exactness

    check_model_place(out)
    device = chosen_device(wish.device, torchrun_ranks(os.environ).local)
    with ExitStack() as stack:
        threads = stack.enter_context(settled_torch(wish.threads, device))
        ranks = stack.enter_context(joined_ranks(device))
        work = training_work(out)
        if ranks.first:
            (work / "state").mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(work / "lock", f"{out} is being trained by another process."))
            if wish.anew:
                shutil.rmtree(work / "state")
                (work / "state").mkdir()
        opened = stack.enter_context(View.open(view, editions))
        parts = split_view(opened, wish.held)
        vocabulary = own_vocabulary(work, wish, parts.learned, ranks, report)
        plan = language_plan(
            wish.size,
            vocabulary=vocabulary.size,
            batch=wish.batch,
            context=wish.context,
            rate=wish.rate,
            seed=wish.seed,
            held=wish.held,
            exact=wish.precision or usual_exactness(device),
            memory=memory_of(device),
        )
        making = LmMaking(
            out=out,
            work=work,
            wish=wish,
            plan=plan,
            view=opened,
            parts=parts,
            vocabulary=vocabulary,
            device=device,
            threads=threads,
            ranks=ranks,
            report=report,
            tell=tell,
        )
        run = begun(making)
        try:
            run.go()
            training: Mapping[str, Any] = {}
            if ranks.first:
                training = finish_training(making, run, traced(opened) if traced else None)
        finally:
            making.close()
        if ranks.first:
            shutil.rmtree(work, ignore_errors=True)
        ranks.wait()
    places = tuple(each.path for each in opened.editions)
    return TrainedModel(path=out, card=out / CARD, training=training, editions=places)
