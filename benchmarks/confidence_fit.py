"""Fits the probability that an answer is right to what was gathered, says how well it keeps what it promises, draws it.

Used by `benchmarks.ask_confidence`, which see.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.picture import BLUE, GREY, ORANGE, Chart
from galactica.ask.confidence import NAMES, calibration
from galactica.search.ranker import Ranker

Row = Mapping[str, Any]
Array = NDArray[np.float64]

PLACE = Path(__file__).parent.parent / "src" / "galactica" / "ask" / "data" / "confidence.json"

FEATURES = {
    "trained": (
        "value", "margin", "ahead", "bearing", "relevant", "agreeing", "rules", "again", "supported", "asked",
        "length", "repeated", "reason", "definition", "yes_no", "spoken", "talk",
    ),
    "rules": (
        "value", "ahead", "bearing", "searched", "rules", "asked", "length", "foreign",
    ),
}  # fmt: skip
"""What the probability looks at, by the reader. Where a passage stands in its article would tell much here and nothing
elsewhere: the sets' paragraphs are articles of one passage. The others were left out because they moved nothing."""

DECAY = {"trained": 5.0, "rules": 20.0}
"""Of the weights of standardised signals: the more, the fewer answers there are to learn from."""

SHY = {"trained": 0.0, "rules": 0.7}
"""What is taken off the logit. Of what rules read in seven languages few answers are likely enough to be one, and of
those from 0.6 on 60 of 100 were right where 68 were promised: so much less that a probable one is right in 75."""

WEIGHTS = {"squadshifts-reddit": 0.5}
ADVERSARIAL = 0.3
"""What a question of a set counts, and one that people made to look answerable and that is not: few ask those."""

TALKS = ("talk-bakery", "talk-depot", "talk-ferry", "talk-orchard")
"""Sets that are one text each."""

KEPT = {"answered": 0.94, "probably": 0.6}
"""The least probability of each verdict: so that of those held back at least 95 (75) of 100 of each are right."""

BINS = 10

FAMILIES = {
    "English": ("en",),
    "European": ("nb", "es", "pt", "fr", "fi", "ru"),
    "Chinese": ("zh", "zh-Hant"),
    "Japanese and Korean": ("ja", "ko"),
    "Arabic and Hebrew": ("ar", "he"),
    "Turkish and Kazakh": ("tr", "kk"),
    "of South Asia and Africa": ("th", "id", "te", "sw"),
}
"""Languages of what is read, by family: for each, what was promised is compared with what was kept."""


def fit(rows: Sequence[Row], *, write: bool, picture: Path | None) -> None:
    """Fit, report, and where wanted write the weights and draw the picture."""
    readers = dict(json.loads(PLACE.read_text(encoding="utf-8"))["readers"])
    promised: list[tuple[str, float, bool]] = []
    for name in ("trained", "rules"):
        able = [row for row in rows if row["proved"] and row["by"] == name]
        if not able:
            print(f"\n{name}: was not asked, and stays as it is")
            continue
        held = np.array([_held(row) for row in able])
        x = np.array([_told(row) for row in able], np.float64)
        right = np.array([row["right"] for row in able], np.float64)
        weights = np.array([_weight(row) for row in able])
        print(f"\n{name}: {len(able)} answers, {right.mean():.1%} right; {held.sum()} held back")
        for features in (("value", "ahead"), FEATURES[name]):
            ranker = fitted(x[~held], right[~held], weights[~held], name, features)
            print(f"  {len(features)} signals: −log likelihood {_loss(ranker, x[held], right[held]):.4f} held back")
        # each fold by the weights of the other four: the whole list is reported as if all of it were held back
        fold = np.array([_fold(row) for row in able])
        sure = np.zeros(len(able))
        for number in range(5):
            ranker = fitted(x[fold != number], right[fold != number], weights[fold != number], name)
            sure[fold == number] = chances(ranker, x[fold == number])
        bins(sure, right, weights)
        verdicts(able, sure, right, weights, [row for row in rows if _reads(row) == name])
        if name == "trained":
            families(able, sure, right)
            of = [family_of(row) for row in able]
            promised = list(zip(of, sure.tolist(), right.astype(bool).tolist(), strict=True))
        readers[name] = ranker_as_json(fitted(x, right, weights, name))
    if write:
        PLACE.write_text(json.dumps({**KEPT, "readers": readers}, indent=1) + "\n", encoding="utf-8")
        print(f"written: {PLACE}")
    if picture is not None:
        draw([each[1:] for each in promised], picture)
        for name in FAMILIES:
            own = [each[1:] for each in promised if each[0] == name]
            draw(own, picture.with_stem(f"{picture.stem}-{name.split()[-1 if name.startswith('of') else 0].lower()}"))


def check(rows: Sequence[Row]) -> None:
    """Report what the weights that ship promise of these rows, and what they keep."""
    for name, ranker in calibration().readers.items():
        able = [row for row in rows if row["proved"] and row["by"] == name]
        if not able:
            continue
        right = np.array([row["right"] for row in able], np.float64)
        weights = np.array([_weight(row) for row in able])
        sure = chances(ranker, np.array([_told(row) for row in able], np.float64))
        print(f"\n{name}: {len(able)} answers, {right.mean():.1%} right")
        bins(sure, right, weights)
        verdicts(able, sure, right, weights, [row for row in rows if _reads(row) == name])
        families(able, sure, right)


def fitted(x: Array, right: Array, weights: Array, name: str, features: Sequence[str] = ()) -> Ranker:
    """Logistic regression with decay, by Newton's steps."""
    features = features or FEATURES[name]
    columns = [NAMES.index(each) for each in features]
    x = x[:, columns]
    mean, scale = np.nanmean(x, 0), np.nanstd(x, 0) + 0.05
    z = np.c_[np.nan_to_num((x - mean) / scale), np.ones(len(x))]
    found = np.zeros(z.shape[1])
    decay = np.diag([*[DECAY[name]] * len(columns), 1e-6])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-np.clip(z @ found, -30, 30)))
        slope = z.T @ ((likely - right) * weights) + decay @ found
        bend = (z * (likely * (1 - likely) * weights)[:, None]).T @ z + decay
        found = found - np.linalg.solve(bend, slope)
    found[-1] -= SHY[name]
    return Ranker.of(
        {
            "features": list(features),
            "mean": mean.tolist(),
            "scale": scale.tolist(),
            "layers": [[found[:-1, None].tolist(), found[-1:].tolist()]],
            "direct": [0.0] * len(columns),
        },
        NAMES,
    )


def chances(ranker: Ranker, x: Array) -> Array:
    """Probabilities."""
    return np.asarray(1 / (1 + np.exp(-ranker.scores(x.astype(np.float32)).astype(np.float64))))


def bins(sure: Array, right: Array, weights: Array) -> None:
    """What was promised and kept, in ten bins."""
    print("  promised   kept  answers")
    for low in np.arange(BINS) / BINS:
        here = (sure >= low) & (sure < low + 1 / BINS)
        if here.any():
            print(f"  {_mean(sure, here, weights):8.3f} {_mean(right, here, weights):6.3f} {here.sum():8}")


def verdicts(able: Sequence[Row], sure: Array, right: Array, weights: Array, asked: Sequence[Row]) -> None:
    """What thresholds give, over all, and by set and mix."""
    count = sum(_weight(row) for row in asked)
    for low in np.arange(0.5, 1.0, 0.025):
        here, above = sure >= low, sure >= KEPT["answered"]
        if here.any():
            between = here & ~above
            told = f"{_mean(right, between, weights):6.1%} below {KEPT['answered']}" if between.any() else ""
            share = weights[here].sum() / count
            print(f"  from {low:.3f}: {share:6.1%} of what was asked, {_mean(right, here, weights):6.1%} right; {told}")
    lines = ((KEPT["answered"], 1.1), (KEPT["probably"], KEPT["answered"]))
    print(f"  {'':42}{'asked':>7}{'answd.':>7}{'right':>7}{'prob.':>7}{'right':>7}")
    for of, mix in sorted({(row["of"], row["mix"]) for row in asked}):
        own = np.array([row["of"] == of and row["mix"] == mix for row in able], bool)
        total = sum(row["of"] == of and row["mix"] == mix for row in asked)
        told = ""
        for low, high in lines:
            here = own & (sure >= low) & (sure < high)
            told += f"{here.sum() / total:7.0%}" + (f"{right[here].mean():7.0%}" if here.any() else f"{'·':>7}")
        print(f"  {of + ', ' + mix:42}{total:7}{told}")


def family_of(row: Row) -> str:
    """The family of languages that an answer was read in."""
    return next((name for name, several in FAMILIES.items() if row["language"] in several), "")


def families(able: Sequence[Row], sure: Array, right: Array) -> None:
    """How far each family of languages is from what it is promised."""
    print(f"  {'':28}{'answers':>8}{'promised':>9}{'kept':>7}{'answered':>9}{'right':>7}{'probably':>9}{'right':>7}")
    for name in FAMILIES:
        own = np.array([family_of(row) == name for row in able], bool)
        if not own.any():
            continue
        told = f"{own.sum():8}{sure[own].mean():9.3f}{right[own].mean():7.3f}"
        for low, high in ((KEPT["answered"], 1.1), (KEPT["probably"], KEPT["answered"])):
            here = own & (sure >= low) & (sure < high)
            told += f"{here.sum():9}" + (f"{right[here].mean():7.1%}" if here.any() else f"{'·':>7}")
        print(f"  {name:28}{told}")


def draw(promised: Sequence[tuple[float, bool]], file: Path) -> None:
    """The reliability picture: for each bin a point at what was promised and kept; on the line, both are the same."""
    chart = Chart((0.0, 1.0), (0.0, 1.0), ticks=(0.1, 0.1))
    chart.line([(0, 0), (1, 1)], GREY, 2)
    points = []
    for low in np.arange(BINS) / BINS:
        own = [(p, r) for p, r in promised if low <= p < low + 1 / BINS]
        if not own:
            continue
        p, kept = float(np.mean([a for a, _ in own])), float(np.mean([b for _, b in own]))
        spread = 1.96 * (kept * (1 - kept) / len(own)) ** 0.5
        chart.line([(p, max(0.0, kept - spread)), (p, min(1.0, kept + spread))], ORANGE, 2)
        points.append((p, kept))
    chart.line(points, BLUE, 3)
    chart.write(file)


def _loss(ranker: Ranker, x: Array, right: Array) -> float:
    sure = np.clip(chances(ranker, x), 1e-6, 1 - 1e-6)
    return float(-(right * np.log(sure) + (1 - right) * np.log(1 - sure)).mean())


def _mean(values: Array, here: NDArray[np.bool_], weights: Array) -> float:
    return float(np.average(values[here], weights=weights[here]))


def _weight(row: Row) -> float:
    tricked = row["unanswerable"] and row["of"] not in TALKS
    return WEIGHTS.get(row["of"], 1.0) * (ADVERSARIAL if tricked else 1.0)


def _fold(row: Row) -> int:
    """Questions to one article are of one fold; of the few texts of `benchmarks.talks` each is of its own."""
    if row["of"] in TALKS:
        return TALKS.index(row["of"])
    return sha256((row["article"] or row["id"]).encode()).digest()[0] % 5


def _held(row: Row) -> bool:
    return _fold(row) == 0


def _reads(row: Row) -> str:
    """Who reads for this question where nothing was proved."""
    return str(row["by"])


def _told(row: Row) -> list[float | None]:
    """The signals of a row; those that came later than it are none: no set that was asked before has talk."""
    return [*row["signals"], *[0.0] * (len(NAMES) - len(row["signals"]))]


def ranker_as_json(ranker: Ranker) -> dict[str, object]:
    """A ranker as JSON has it."""

    def rounded(values: NDArray[np.float32]) -> object:
        return np.round(values.astype(np.float64), 4).tolist()

    return {
        "features": list(ranker.features),
        "mean": rounded(ranker.mean),
        "scale": rounded(ranker.scale),
        "layers": [[rounded(w), rounded(b)] for w, b in ranker.layers],
        "direct": rounded(ranker.direct),
    }
