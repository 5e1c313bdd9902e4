"""What a reader's training refuses at once: places that cannot be written, plans that cannot be gone through."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path

from galactica.errors import MissingError, UsageError
from galactica.train.reading.lesson import ReaderPlan
from galactica.train.trained_file import card_of, check_places, training_work


def check_plan(
    out: Path,
    editions: Sequence[Path],
    questions: Sequence[Path],
    plan: ReaderPlan,
    state: Path | None,
    begin: Path | None,
) -> None:
    """Raise where it can be known at once that training is impossible."""
    check_places(out, ".safetensors")
    resumed = training_work(
        out
    ).exists()  # a state that the same call has written before it was stopped is written again
    if state is not None and (
        (os.path.lexists(state) and not (resumed and state.is_file() and not state.is_symlink()))
        or state in (out, card_of(out))
        or not state.parent.is_dir()
    ):
        raise UsageError(f"{state} cannot be made.", "Name a file that does not exist, in a folder that does.")
    if not editions and (plan.made or plan.mined):
        raise UsageError("No edition was named.", "Name one or more with -e: lessons are made from their text.")
    if not questions:
        raise UsageError("No questions were named.", "Name files of questions with --questions.")
    least = 0 if begin is not None else 1
    if not (2 <= plan.layers <= 12 and 0 <= plan.frozen < plan.layers and plan.epochs >= least and plan.made >= 0):
        raise UsageError(
            "The plan is impossible.",
            "Keep 2 to 12 layers, and go through the questions at least once; with --begin, it may be never.",
        )
    if not 0 < plan.average <= 1 or (plan.average < 1 and begin is None):
        raise UsageError(
            "The plan is impossible.", "Weights are averaged with those of --begin, which count less than everything."
        )
    if plan.dropout and importlib.util.find_spec("torch") is not None and not _wide():
        raise UsageError(
            "Dropout needs a graphics processor: on a processor two threads share one source of chance.",
            "Leave --dropout out.",
        )
    if not (64 <= plan.longest <= 512 and 256 <= plan.tokens <= 65_536):
        raise UsageError("The plan is impossible.", "Windows have 64 to 512 pieces, half batches 256 to 65,536.")
    for module, extra in (("torch", "train"), ("onnx", "train"), ("onnxruntime", "ask"), ("tokenizers", "ask")):
        if importlib.util.find_spec(module) is None:
            raise MissingError(f"Training needs the package {module}.", f"pip install 'galactica[{extra}]'")


def _wide() -> bool:
    from galactica.train.reading import learning

    return learning.device() != "cpu"
