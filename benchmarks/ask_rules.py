"""How were the weights of the rule reader made? Fits them, or says how well they read.

    python -m benchmarks.ask_rules [--fit OUT.json] [--questions N] [--folds 4]

Every training question (squad/train-v1.1.partial.json) is read with its own paragraph and `--others` paragraphs of the
same article that do not have its answer. Learned are weights with which the right stretch beats all others and nothing
(margin 0) together, and nothing beats all stretches of the other paragraphs: a logistic choice, one row of weights for
all kinds of questions and a small difference for each. Folds are over articles; what is printed is of articles that
were left out. The final weights are of all.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import real
from galactica.ask.comparing import Readings
from galactica.ask.contract import Given
from galactica.ask.describing import NAMES
from galactica.ask.kinds import Kind
from galactica.ask.rules import RuleReader, RuleWeights, described_sentences
from galactica.ask.sought import sought
from galactica.evaluate.answers import normal, scored

TRAIN = "squad/train-v1.1.partial.json"
KINDS = tuple(Kind)
OWN = 0.06
"""How strongly a kind's difference from the shared weights is held back; the shared ones a tenth of it."""


@dataclass
class Read:
    """One question with one passage: its stretches, and which of them are right (none in another's paragraph)."""

    article: str
    kind: int
    features: NDArray[np.float16]
    right: NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", type=Path, help="write the weights there")
    parser.add_argument("--questions", type=int, default=0, help="draw so many; 0 takes all")
    parser.add_argument("--others", type=int, default=2, help="paragraphs of others that each question is read with")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--measured", type=int, default=0, help="folds that are measured; 0 is all")
    parser.add_argument("--seed", type=int, default=2026)
    given = results.arguments(parser).parse_args()
    rows = questions(given.seed, given.others)
    if given.questions:
        rows = random.Random(given.seed).sample(rows, given.questions)
    if given.fit is None:
        _, figures = measured("shipped", RuleReader(), rows)
        results.keep(__file__, given, figures)
        return
    reads = [read for row in rows for read in reads_of(row)]
    print(f"{len(rows):,} questions, {len(reads):,} readings, {sum(len(r.right) for r in reads):,} stretches")
    able = [bool(r.right.any()) for r in reads if len(r.right)]
    print(f"right stretch among them: {100 * sum(able) * (1 + given.others) / len(reads):.1f} %")
    articles = sorted({row.article for row in rows})
    margins: list[tuple[float, bool]] = []
    for fold in range(given.measured or given.folds):
        held = set(articles[fold :: given.folds])
        weights = fitted([r for r in reads if r.article not in held])
        reader = RuleReader(RuleWeights(rows=weights, threshold=0.0))
        margins += measured(f"fold {fold}", reader, [row for row in rows if row.article in held])[0]
    threshold = chosen(margins)
    final = fitted(reads)
    table: dict[str, object] = {"threshold": round(threshold, 3)}
    table["weights"] = {
        kind.value: {name: round(float(w), 3) for name, w in zip(NAMES, final[kind], strict=True)} for kind in KINDS
    }
    given.fit.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    for kind in (Kind.PERSON, Kind.DATE, Kind.NAME):
        print(kind, {name: round(float(w), 2) for name, w in zip(NAMES, final[kind], strict=True)})


@dataclass
class Row:
    article: str
    question: str
    answers: tuple[str, ...]
    own: str
    others: tuple[str, ...]


def questions(seed: int, others: int) -> list[Row]:
    """Training questions with their paragraphs."""
    draw = random.Random(seed)
    found = []
    for article in json.loads(real(TRAIN).read_text(encoding="utf-8"))["data"]:
        paragraphs = [p["context"] for p in article["paragraphs"]]
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                answers = tuple(dict.fromkeys(a["text"] for a in qa["answers"]))
                rest = [p for p in paragraphs if not any(a.lower() in p.lower() for a in answers)]
                row = Row(article["title"], qa["question"], answers, paragraph["context"], ())
                row.others = tuple(draw.sample(rest, min(others, len(rest))))
                found.append(row)
    return found


def reads_of(row: Row) -> list[Read]:
    wanted = {normal(answer) for answer in row.answers}
    kind = KINDS.index(sought(row.question, "en").kind)
    out = []
    for text in (row.own, *row.others):
        parts, right = [], []
        title = row.article.replace("_", " ") if len(row.question) % 2 else ""
        for _, found in described_sentences(Readings(row.question, "en"), Given(text=text, title=title, language="en")):
            parts.append(found.features.astype(np.float16))
            spans = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
            right += [float(text == row.own and normal(text[a:b]) in wanted) for a, b in spans]
        features = np.concatenate(parts) if parts else np.zeros((0, len(NAMES)), np.float16)
        out.append(Read(row.article, kind, features, np.array(right, np.float32)))
    return out


def fitted(reads: Sequence[Read], rounds: int = 150, rate: float = 0.08) -> dict[Kind, NDArray[np.float32]]:
    """Weights for each kind, by Adam over everything at once."""
    reads = [r for r in reads if len(r.right)]
    x = np.concatenate([r.features for r in reads]).astype(np.float32)
    right = np.concatenate([r.right for r in reads]) > 0
    sizes = np.array([len(r.right) for r in reads])
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(reads)), sizes)
    kinds = np.array([r.kind for r in reads])
    answerable = np.add.reduceat(right, begins) > 0
    width = x.shape[1]
    shared, own = np.zeros(width, np.float32), np.zeros((len(KINDS), width), np.float32)
    scale = np.maximum(x.std(0), 0.05)
    state = [np.zeros((len(KINDS) + 1, width), np.float32) for _ in range(2)]
    by_kind = [np.flatnonzero(kinds[group] == k) for k in range(len(KINDS))]
    for step in range(1, rounds + 1):
        logits = np.empty(len(x), np.float32)
        for k, at in enumerate(by_kind):
            logits[at] = x[at] @ ((shared + own[k]) / scale)
        top = np.maximum(np.maximum.reduceat(logits, begins), 0.0)
        power = np.exp(logits - top[group])
        nothing = np.exp(-top)
        total = np.add.reduceat(power, begins) + nothing
        good = np.add.reduceat(np.where(right, power, 0.0), begins)
        # Every reading's gradient: probability less target; the target is shared among right stretches by probability.
        gradient = power / total[group]
        target = np.where(right & answerable[group], power / np.maximum(good, 1e-12)[group], 0.0)
        gradient = (gradient - target) / len(reads)
        slopes = np.zeros((len(KINDS) + 1, width), np.float32)
        for k, at in enumerate(by_kind):
            slopes[1 + k] = (gradient[at] @ x[at]) / scale
        slopes[0] = slopes[1:].sum(0)
        slopes[1:] += OWN / 10 * own
        slopes[0] += OWN / 100 * shared
        state[0] = 0.9 * state[0] + 0.1 * slopes
        state[1] = 0.99 * state[1] + 0.01 * slopes**2
        move = (state[0] / (1 - 0.9**step)) / (np.sqrt(state[1] / (1 - 0.99**step)) + 1e-8)
        pace = rate * min(1.0, 1.2 * (1 - step / rounds) + 0.02)
        shared -= pace * move[0]
        own -= pace * move[1:]
        if step % 50 == 0:
            known = answerable
            loss = -np.log(np.maximum(np.where(known, good, nothing) / total, 1e-9)).mean()
            print(f"  round {step}: loss {loss:.4f}", flush=True)
    return {kind: ((shared + own[k]) / scale).astype(np.float32) for k, kind in enumerate(KINDS)}


def measured(name: str, reader: RuleReader, rows: Sequence[Row]) -> tuple[list[tuple[float, bool]], dict[str, float]]:
    """Print how well a reader reads; returns (margin, whether it could be answered) of readings, and the figures."""
    exact = overlap = 0.0
    margins = []
    for row in rows:
        spans = reader.read(row.question, [Given(text=row.own, language="en")], most=1)
        right = scored(spans[0].text if spans else "", row.answers)
        exact += right.exact
        overlap += right.f1
        margins.append((spans[0].margin if spans else -30.0, True))
        for other in row.others[:1]:
            spans = reader.read(row.question, [Given(text=other, language="en")], most=1)
            margins.append((spans[0].margin if spans else -30.0, False))
    figures = {"questions": len(rows), "exact": 100 * exact / len(rows), "F1": 100 * overlap / len(rows)}
    print(f"{name}: {len(rows):,} questions, exact {figures['exact']:.1f}, F1 {figures['F1']:.1f}")
    return margins, figures


def chosen(margins: Sequence[tuple[float, bool]]) -> float:
    """The margin that tells own paragraphs from others' best."""
    ordered = sorted(margins)
    wrong = best = sum(not own for _, own in ordered)
    at = ordered[0][0]
    for margin, own in ordered:
        wrong += 1 if own else -1
        if wrong < best:
            best, at = wrong, margin
    print(f"threshold {at:.2f}: {100 * (1 - best / len(ordered)):.1f} % of paragraphs told apart")
    return at


if __name__ == "__main__":
    main()
