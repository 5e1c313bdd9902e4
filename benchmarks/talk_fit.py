"""Fits what chooses among the sentences of a talk, and how likely the chosen one is right (`benchmarks.talk_signs`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.confidence_fit import ranker_as_json
from galactica.ask.confidence import calibration
from galactica.ask.spoken.choosing import SURE, among
from galactica.ask.spoken.signs import SIGNS
from galactica.search.ranker import Ranker

Row = Mapping[str, Any]
Array = NDArray[np.float64]

PLACE = Path(__file__).parent.parent / "src" / "galactica" / "ask" / "data" / "spoken.json"

CHOICE = ("passage", "exchange", "alone", "relevant", "near", "asked_alike", "words_asked", "numbered")
LIKELY = ("passage", "exchange", "alone", "length", "among", "own")
"""Signs that are looked at."""

DECAY = {"choice": 10.0, "sure": 10.0}
"""Of the weights of standardised signs: the more, the fewer questions there are to learn from."""

MADE = 0.5
"""What a question to a talk that is made counts, beside one that was written: its words are those of articles."""

FOLDS = 4
"""Parts of the talks that are made; each written one is a part by itself."""

STEPS = 40


def fold_of(row: Row) -> str:
    """The part that a question is of."""
    name = str(row["of"])
    return str(sha256(name.encode()).digest()[0] % FOLDS) if name.startswith("made ") else name


def weight_of(row: Row) -> float:
    """What a question counts."""
    return MADE if str(row["of"]).startswith("made ") else 1.0


def fit(rows: Sequence[Row], *, write: bool) -> dict[str, object]:
    """Fit, report what those say of each part that were fitted to the others, and where wanted write the weights."""
    rows = [row for row in rows if row["signs"]]
    folds = [fold_of(row) for row in rows]
    scores: list[Array] = [np.zeros(0)] * len(rows)
    for fold in sorted(set(folds)):
        choice = chosen_by([row for row, own in zip(rows, folds, strict=True) if own != fold])
        for number, (row, own) in enumerate(zip(rows, folds, strict=True)):
            if own == fold:
                scores[number] = choice.scores(np.array(row["signs"], np.float32)).astype(np.float64)
    told = np.array([sure_row(row, own) for row, own in zip(rows, scores, strict=True)])
    right = np.array([row["right"][int(np.argmax(own))] for row, own in zip(rows, scores, strict=True)], np.float64)
    counts = np.array([weight_of(row) for row in rows])
    likely = np.zeros(len(rows))
    for fold in sorted(set(folds)):
        here = np.array([own == fold for own in folds])
        likely[here] = chances(logistic(told[~here], right[~here], counts[~here]), told[here])
    figures = report(rows, likely, right)
    if write:
        found = {"choice": ranker_as_json(chosen_by(rows)), "sure": ranker_as_json(logistic(told, right, counts))}
        PLACE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(f"written: {PLACE}")
    return figures


def chosen_by(rows: Sequence[Row]) -> Ranker:
    """A conditional logit: of the sentences of a question, those that hold an answer are likelier than the others."""
    able = [row for row in rows if any(row["right"])]
    columns = [SIGNS.index(name) for name in CHOICE]
    several = [np.array(row["signs"], np.float64)[:, columns] for row in able]
    every = np.concatenate(several)
    mean, scale = every.mean(0), every.std(0) + 0.05
    told = [
        ((x - mean) / scale, np.array(row["right"], bool), weight_of(row)) for x, row in zip(several, able, strict=True)
    ]

    def bends(found: Array) -> tuple[Array, Array]:
        slope, bend = DECAY["choice"] * found, DECAY["choice"] * np.eye(len(found))
        for x, right, counts in told:
            likely = np.exp(x @ found - (x @ found).max())
            likely /= likely.sum()
            among = likely * right / (likely * right).sum()
            slope -= counts * x.T @ (among - likely)
            mean_of = x.T @ likely
            bend += counts * ((x * likely[:, None]).T @ x - np.outer(mean_of, mean_of))
        return slope, bend

    return _ranker(CHOICE, SIGNS, mean, scale, _newton(bends, len(CHOICE)), 0.0)


def logistic(told: Array, right: Array, counts: Array) -> Ranker:
    """How likely the chosen sentence holds an answer."""
    columns = [SURE.index(name) for name in LIKELY]
    x = told[:, columns]
    mean, scale = x.mean(0), x.std(0) + 0.05
    z = np.c_[(x - mean) / scale, np.ones(len(x))]
    decay = np.diag([*[DECAY["sure"]] * len(columns), 1e-6])

    def bends(found: Array) -> tuple[Array, Array]:
        likely = 1 / (1 + np.exp(-np.clip(z @ found, -30, 30)))
        slope = z.T @ ((likely - right) * counts) + decay @ found
        return slope, (z * (likely * (1 - likely) * counts)[:, None]).T @ z + decay

    found = _newton(bends, z.shape[1])
    return _ranker(LIKELY, SURE, mean, scale, found[:-1], float(found[-1]))


def sure_row(row: Row, scores: Array) -> Array:
    """What tells how likely the best sentence of a question is right, as `spoken.choosing.sure_signs` has it."""
    best = int(np.argmax(scores))
    own = str(row["language"]).partition("-")[0] == str(row["asked in"]).partition("-")[0]
    return np.array([*row["signs"][best], among(scores, best), float(own)], np.float64)


def chances(ranker: Ranker, told: Array) -> Array:
    """Probabilities."""
    return np.asarray(1 / (1 + np.exp(-ranker.scores(told.astype(np.float32)).astype(np.float64))))


def report(rows: Sequence[Row], likely: Array, right: Array) -> dict[str, object]:
    """Print what was promised and kept, and what is said of each talk."""
    least = calibration().probably
    print("promised   kept  answers")
    for low in np.arange(10) / 10:
        here = (likely >= low) & (likely < low + 0.1)
        if here.any():
            print(f"{likely[here].mean():8.3f} {right[here].mean():6.3f} {here.sum():8}")
    figures: dict[str, dict[str, int]] = {}
    for row, sure, good in zip(rows, likely, right, strict=True):
        own = str(row["language"]).partition("-")[0] == str(row["asked in"]).partition("-")[0]
        name = "made" if str(row["of"]).startswith("made ") else str(row["of"])
        for group in (
            f"{name}, {'its' if own else 'another'} language",
            f"all {'made' if name == 'made' else 'written'}",
        ):
            counts = figures.setdefault(
                group, dict.fromkeys(("told", "best right", "rightly", "wrongly", "not told"), 0)
            )
            counts["told"] += bool(row["told"])
            counts["best right"] += bool(good)
            counts["rightly"] += bool(sure >= least and good)
            counts["wrongly"] += bool(sure >= least and not good)
            counts["not told"] += bool(sure >= least and not row["told"])
    print(f"\n{'':40}" + "".join(f"{name:>12}" for name in next(iter(figures.values()))))
    for name, counts in sorted(figures.items()):
        print(f"{name:40}" + "".join(f"{each:12}" for each in counts.values()))
    return dict(figures)


def _newton(bends: Callable[[Array], tuple[Array, Array]], size: int) -> Array:
    found = np.zeros(size)
    for _ in range(STEPS):
        slope, bend = bends(found)
        found = found - np.linalg.solve(bend + 1e-9 * np.eye(size), slope)
    return found


def _ranker(
    names: Sequence[str], known: tuple[str, ...], mean: Array, scale: Array, found: Array, bias: float
) -> Ranker:
    return Ranker.of(
        {
            "features": list(names),
            "mean": mean.tolist(),
            "scale": scale.tolist(),
            "layers": [[found[:, None].tolist(), [bias]]],
            "direct": [0.0] * len(names),
        },
        known,
    )
