"""A training that is done again to the letter: what a model's training.json says of how it was made, as a wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from galactica.errors import InputError
from galactica.train.lm.model import TOKENIZER, TRAINING, read_training
from galactica.train.lm.rates import read_fall
from galactica.train.lm.wish import TrainingWish


def wish_again(model: Path, device: str = "auto") -> TrainingWish:
    """What was asked for when a model was trained, with its tokenizer and the corners of its rate.

    Raises:
        InputError: it is no model that this program trained, or its training.json is damaged.
    """
    told = read_training(model)
    try:
        plan: Mapping[str, Any] = told["plan"]
        wish = TrainingWish(
            size=str(plan["size"]),
            steps=int(told["steps"]),
            seed=int(plan["seed"]),
            batch=int(plan["batch"]),
            context=int(plan["shape"]["context"]),
            rate=float(plan["rate"]),
            held=float(plan["held"]),
            precision=str(plan["exact"]),
            threads=int(told["threads"]),
            tokenizer=model / TOKENIZER,
            device=device,
        )
        fall = read_fall(told["corners"])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise InputError(
            f"{model / TRAINING} does not say how the model was trained.", "Name a model of galactica train lm."
        ) from None
    return replace(wish, fall=fall)
