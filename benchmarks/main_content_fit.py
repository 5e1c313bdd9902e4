"""How were the trees that tell main content from what is around it made?

    python -m benchmarks.main_content_fit [--data FOLDER] [--write]

needs LightGBM (`pip install lightgbm`). Learned from are the pages of the half that is not measured
(`benchmarks.main_content_pages`): blocks whose words stand in the text that is known of the page are content, those
that hold a string that the text must not hold are none. Blocks of which nothing is known (most of `strings`) count with
the likelihood that trees give them which were learned without their page. It prints what the trees are worth on the
pages that they were not learned from, a quarter of that half at a time, and with `--write` puts those that were
learned from all of it into `refine/main_content/data/blocks.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import html as escaping
import importlib
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.main_content_pages import GoldPage, by_shingles, by_strings, gold_pages, one_line, shingles
from galactica.refine import main_content
from galactica.refine.main_content.features import NAMES, described_blocks
from galactica.refine.main_content.keeping import clear_blocks, outstanding_blocks
from galactica.refine.main_content.outline import PageOutline
from galactica.refine.main_content.seen import seen_page
from galactica.refine.main_content.trees import FILE, THOUSAND, BlockTrees

DEPTH = 5
ROUNDS = 150
FOLDS = 4
SETTINGS = {
    "objective": "binary",
    "max_depth": DEPTH,
    "num_leaves": 24,
    "learning_rate": 0.08,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
SEEDS = (2026, 2027, 2028)
"""The trees are learned so many times, and what they say is averaged: a single time differs by .003 from the next."""

SAID = 60.0
"""How much a block counts that holds a string of `strings`; others count by the root of their length."""

GUESSED = 0.5
"""How much less a block counts of which nothing is known."""

BY_KIND = {"article": 1.0, "strings": 1.0, "readable": 0.5}
"""How much a page of a set counts."""

_WORD = re.compile(r"\w+")


class BoostedTrees(Protocol):
    """What is used of LightGBM's model."""

    def predict(self, data: NDArray[np.float32], raw_score: bool = ...) -> NDArray[np.float64]:
        """Likelihoods, or log odds, of rows."""

    def dump_model(self) -> dict[str, Any]:
        """The trees as JSON."""

    def feature_importance(self, importance_type: str) -> NDArray[np.float64]:
        """How much each feature told apart."""


@dataclass
class Lesson:
    """A page, its blocks described, and how much of each is content (-1: not known)."""

    page: GoldPage
    outline: PageOutline
    texts: list[str]
    table: NDArray[np.float32]
    known: NDArray[np.float64]

    @property
    def fold(self) -> int:
        """Which part of the half it is in."""
        return hashlib.sha256(f"fold {self.page.name}".encode()).digest()[-1] % FOLDS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("GALACTICA_DATA", "../shared/data")))
    parser.add_argument("--write", action="store_true", help="put the trees into the package")
    options = results.arguments(parser).parse_args()
    lessons = [lesson for page in gold_pages(options.data) if not page.measured if (lesson := _lesson(page)).texts]
    if not lessons:
        print(f"skipped: no pages below {options.data} (set GALACTICA_DATA)")
        return 0
    guessed: dict[str, NDArray[np.float64]] = {}
    for turn in ("what is known", "and what these say of the rest"):
        guessed = _held_out(lessons, guessed)
        print(turn, _worth(lessons, guessed), flush=True)
    models = [_learned(lessons, guessed, seed) for seed in SEEDS]
    written = _written(models, lessons)
    print(f"{len(lessons)} pages, {sum(len(lesson.texts) for lesson in lessons)} blocks, {len(written['asks'])} trees")
    print("told apart by", ", ".join(_telling(models[0])))
    if options.write:
        path = Path(main_content.__file__).parent / "data" / FILE
        path.write_text(json.dumps(written, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"wrote {path.name}")
    results.keep(__file__, options, {"held_out": _worth(lessons, guessed)})
    return 0


def _lesson(page: GoldPage) -> Lesson:
    seen = seen_page(page.html)
    texts = [escaping.unescape(text) for text in seen.outline.texts]
    none = np.zeros((0, len(NAMES)), np.float32)
    table = described_blocks(seen.outline, seen.facts.title, seen.description, seen.stated) if texts else none
    known = _by_text(texts, page.text) if page.text else _by_strings(texts, page)
    return Lesson(page=page, outline=seen.outline, texts=texts, table=table, known=known)


def _by_text(texts: Sequence[str], gold: str) -> NDArray[np.float64]:
    """The share of each block's shingles that stand in the text; short ones stand where their neighbours do."""
    line = f" {' '.join(_WORD.findall(gold))} "
    wanted = shingles(gold)
    known = np.full(len(texts), -1.0)
    places: list[tuple[int, int] | None] = [None] * len(texts)
    words = [_WORD.findall(text) for text in texts]
    for at, own in enumerate(words):
        if len(own) < 4:
            continue
        own_shingles = shingles(" ".join(own))
        known[at] = sum(count for one, count in own_shingles.items() if one in wanted) / sum(own_shingles.values())
        if known[at] > 0.5:
            found = line.find(f" {' '.join(own[:6])} ")
            found = found if found >= 0 else line.find(f" {' '.join(own[-6:])} ")
            places[at] = (found, found + len(" ".join(own))) if found >= 0 else None
    for at, own in enumerate(words):
        if not 0 < len(own) < 4:
            continue
        before = next((place[1] for place in reversed(places[max(at - 7, 0) : at]) if place), None)
        after = next((place[0] for place in places[at + 1 : at + 8] if place), None)
        if before is None and after is None:
            known[at] = 0
            continue
        low = max((before if before is not None else (after or 0) - 200) - 3, 0)
        high = (after if after is not None else (before or 0) + 200) + 3
        known[at] = f" {' '.join(own)} " in line[low:high]
    return known


def _by_strings(texts: Sequence[str], page: GoldPage) -> NDArray[np.float64]:
    known = np.full(len(texts), -1.0)
    for at, text in enumerate(map(one_line, texts)):
        if any(each in text or (len(text) > 15 and text in each) for each in page.wanted):
            known[at] = 1
        elif any(each in text or (len(text) > 8 and text in each) for each in page.unwanted):
            known[at] = 0
    return known


# -- learning ---------------------------------------------------------------------------------------------------------


def _held_out(lessons: Sequence[Lesson], guessed: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """How likely each block of each page is content, as trees say that were learned without that page's part."""
    found = {}
    for fold in range(FOLDS):
        model = _learned([lesson for lesson in lessons if lesson.fold != fold], guessed, SEEDS[0])
        for lesson in lessons:
            if lesson.fold == fold:
                found[lesson.page.name] = np.asarray(model.predict(lesson.table))
    return found


def _learned(lessons: Sequence[Lesson], guessed: Mapping[str, NDArray[np.float64]], seed: int) -> BoostedTrees:
    lightgbm: Any = importlib.import_module("lightgbm")

    tables, targets, weights = [], [], []
    for lesson in lessons:
        target, weight = _counted(lesson, guessed.get(lesson.page.name))
        for right, share in ((1, target), (0, 1 - target)):  # what is known in part counts on both sides
            some = weight * share > 0
            tables.append(lesson.table[some])
            targets.append(np.full(int(some.sum()), right))
            weights.append((weight * share)[some])
    data = lightgbm.Dataset(np.concatenate(tables), np.concatenate(targets), weight=np.concatenate(weights))
    model: BoostedTrees = lightgbm.train({**SETTINGS, "seed": seed}, data, ROUNDS)
    return model


def _counted(lesson: Lesson, guess: NDArray[np.float64] | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(how much of each block is content, how much it counts); all blocks of a page count 100 together."""
    lengths = np.array([len(text) for text in lesson.texts], np.float64)
    by_length = np.sqrt(np.minimum(lengths, 1500) + 20)
    known = lesson.known >= 0
    target = lesson.known.copy()
    weight = np.where(known, SAID if lesson.page.kind == "strings" else by_length, 0.0)
    if lesson.page.kind == "strings" and guess is not None:
        target[~known] = guess[~known]
        weight[~known] = GUESSED * by_length[~known]
    return np.clip(target, 0, 1), weight / max(weight.sum(), 1.0) * 100 * BY_KIND[lesson.page.kind]


# -- what came of it --------------------------------------------------------------------------------------------------


def _worth(lessons: Sequence[Lesson], guessed: Mapping[str, NDArray[np.float64]]) -> dict[str, float]:
    """F1 of both sets, of what stays of pages; as in a build, but that figures count as text."""
    found = [(lesson.page, _stays(lesson, guessed[lesson.page.name])) for lesson in lessons]
    articles = by_shingles((page.text, text) for page, text in found if page.kind == "article")
    strings = by_strings((page, text) for page, text in found if page.kind == "strings")
    return {"article": round(articles["f1"], 4), "strings": round(strings["f1"], 4)}


def _stays(lesson: Lesson, likelihood: NDArray[np.float64]) -> str:
    sure = np.clip(likelihood, 1e-6, 1 - 1e-6)
    odds = (THOUSAND * np.log(sure / (1 - sure))).astype(np.int64)
    for choose in (clear_blocks, outstanding_blocks):
        kept = choose(lesson.outline, odds)
        if kept.any():
            return "\n".join(text for text, stays in zip(lesson.texts, kept, strict=True) if stays)
    return "\n".join(lesson.texts)


def _written(models: Sequence[BoostedTrees], lessons: Sequence[Lesson]) -> dict[str, Any]:
    """The trees as `BlockTrees` reads them, in turn of the models, after a check that they say what the models say."""
    asks, above, gives = [], [], []
    every = [model.dump_model()["tree_info"] for model in models]
    for tree in (tree for several in zip(*every, strict=True) for tree in several):
        nodes, leaves = _written_out(tree["tree_structure"], DEPTH)
        asks.append([feature for feature, _ in nodes])
        above.append([threshold for _, threshold in nodes])
        gives.append([round(THOUSAND * value / len(models)) for value in leaves])
    used = sorted({feature for tree in asks for feature in tree})
    written = {
        "features": [NAMES[feature] for feature in used],
        "depth": DEPTH,
        "start": 0,
        "asks": [[used.index(feature) for feature in tree] for tree in asks],
        "above": above,
        "gives": gives,
    }
    trees = BlockTrees.of(written)
    turned = 0
    for lesson in lessons[:50]:
        raw = np.mean([model.predict(lesson.table, raw_score=True) for model in models], axis=0)
        turned += int(((raw > 0) != (trees.odds(lesson.table) >= 0)).sum())
    print(f"{turned} blocks of 50 pages are judged otherwise than by the models themselves")
    return written


def _written_out(node: Mapping[str, Any], depth: int) -> tuple[list[tuple[int, float]], list[float]]:
    """(feature, threshold) of all nodes, level by level, and what the leaves give; what ends early is repeated."""
    levels: list[list[Mapping[str, Any]]] = [[node]]
    nodes: list[tuple[int, float]] = []
    for _ in range(depth):
        below: list[Mapping[str, Any]] = []
        for one in levels[-1]:
            if "split_feature" in one:
                if one["decision_type"] != "<=":
                    raise ValueError("a question that is no threshold")
                nodes.append((one["split_feature"], float(f"{one['threshold']:.6g}")))
                below += [one["left_child"], one["right_child"]]
            else:
                nodes.append((0, 1e30))
                below += [one, one]
        levels.append(below)
    return nodes, [one["leaf_value"] for one in levels[-1]]


def _telling(model: BoostedTrees) -> list[str]:
    """The features that tell most apart."""
    gains = np.asarray(model.feature_importance("gain"))
    return [NAMES[at] for at in np.argsort(-gains)[:20].tolist()]


if __name__ == "__main__":
    sys.exit(main())
