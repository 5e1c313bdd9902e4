"""How were the weights of `ask.weighing` made, and the threshold from which something is found?

    python -m benchmarks.ask_weights FILE… [--reader trained|rules] [--edition ENCYCLOPEDIA] [--keep FILE.npz]
        [--write MOVED]

Questions in SQuAD's form that measure nothing else and that the reader was not taught (the `*.test.json` of
`benchmarks.qa_parts`) are asked openly: those of each file of all its paragraphs, under the titles of their articles,
and, where an edition is named, those of curated-trec/large2470-train.tsv of that edition, which answers few of them:
where no right answer is among what the reader marks, nothing is right. What is learned is a choice among all that the
reader marked in the first `READ` passages (ranked, where the reader can), or nothing: right is what matches.
Unanswerable are the same questions with the article that answers them taken out of what was found.

`--write` puts the weights of the reader into `ask/data/weighing.json`, with the threshold moved by so much: one of
those that are printed (trained: -3.5, rules: -2.5).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import real
from benchmarks.question_sets import build, paragraphs_of, questions_of, titles_of
from galactica import library
from galactica.ask import weighing
from galactica.ask.answering import READ, SEARCHED, SPANS
from galactica.ask.comparing import Readings
from galactica.ask.contract import Given
from galactica.ask.holdings import place_of
from galactica.ask.ranking import RANKED, rank_passages
from galactica.ask.weighing import NAMES, behind, signals
from galactica.collection.asking import reader_for
from galactica.evaluate.answers import scored
from galactica.evaluate.forms import read_questions
from galactica.evaluate.question import Question
from galactica.languages import guess
from galactica.library import Library
from galactica.model import PassageHit

TREC = "curated-trec/large2470-train.tsv"


@dataclass
class Choice:
    """One question with what was marked for it; `right`: how right each is, 0 to 1."""

    answerable: bool
    features: NDArray[np.float32]
    right: NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=("trained", "rules"), default="trained")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--edition", type=Path)
    parser.add_argument("--questions", type=int, default=400, help="of each set, at most")
    parser.add_argument("--keep", type=Path, help="keep what was marked there, or take it from there")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--write", type=float, metavar="MOVED", help="write the weights, the threshold moved by this")
    given = results.arguments(parser).parse_args()
    if given.keep is not None and given.keep.exists():
        choices = loaded(given.keep)
    else:
        choices = list(gathered(given))
        if given.keep is not None:
            saved(given.keep, choices)
    results.keep(__file__, given, report(choices))
    if given.write is not None:
        written(given.reader, fitted([c for c in choices if len(c.right)], range(len(NAMES))), given.write)


def gathered(given: argparse.Namespace) -> Iterator[Choice]:
    draw = random.Random(given.seed)
    for file in given.files:
        everything = questions_of(str(file.absolute()))
        texts = paragraphs_of(everything)
        language = guess(" ".join(texts[:20])) or "und"
        asked = draw.sample(list(everything), min(given.questions, len(everything)))
        own = {q.id: {p.relevant[0][0] for p in everything if p.title == q.title} for q in asked}
        with tempfile.TemporaryDirectory(prefix="ask-weights-") as folder:
            edition = build(Path(folder) / "asked.edition", texts, language=language, titles=titles_of(everything))
            with library.open_library([edition]) as opened:
                for question in asked:
                    yield choice(opened, given.reader, question, frozenset())
                    yield choice(opened, given.reader, question, frozenset(own[question.id]))
        print(f"{file.name} ({language}): {len(asked):,} questions", file=sys.stderr, flush=True)
    if given.edition is not None:
        several = read_questions(real(TREC)).questions
        several = tuple(draw.sample(list(several), min(given.questions, len(several))))
        with library.open_library([given.edition]) as opened:
            for question in several:
                found = choice(opened, given.reader, question, frozenset())
                found.answerable = bool(found.right.any())
                yield found


def choice(opened: Library, name: str, question: Question, without: frozenset[str]) -> Choice:
    """What a reader marks for a question, articles with these paths left out."""
    reader = reader_for(name)
    most = RANKED if reader.ranks else SEARCHED
    found = opened.passages(question.text, limit=most + (60 if without else 0))
    hits = tuple(hit for hit in found if hit.path not in without)[:most]
    ranked = rank_passages(reader, question.text, hits, seconds=math.inf)
    hits = ranked.hits[:READ]
    best = max((hit.score for hit in hits), default=0.0)
    rows, right = [], []
    given = [
        ranked.begun.get(place_of(hit)) or Given(text=hit.text, title=hit.title, language=hit.language) for hit in hits
    ]
    spans = reader.read(question.text, given, most=SPANS)
    for place, hit in enumerate(hits):
        own = [span for span in spans if span.passage == place]
        rows.append(signals(Readings(question.text), given[place], own, less=behind(best, hit.score), reader=reader))
        right += [0.0 if without else rightness(question, span.text, hit) for span in own]
    features = np.concatenate(rows) if rows else np.zeros((0, len(NAMES)), np.float32)
    return Choice(not without, features, np.array(right, np.float32))


def rightness(question: Question, text: str, hit: PassageHit) -> float:
    if question.pattern:
        match = re.search(question.pattern, text, re.IGNORECASE)
        return float(match is not None and 2 * len(match[0]) >= len(text))
    return scored(text, question.answers, hit.language).f1


def report(choices: Sequence[Choice]) -> dict[str, dict[str, float]]:
    """Fit on half, measure on the other, then all; returns what was measured, by the features that were fitted."""
    told_of: dict[str, dict[str, float]] = {}
    able = [c for c in choices if len(c.right)]
    halves = [able[0::4] + able[1::4], able[2::4] + able[3::4]]  # a question stays with its unanswerable twin
    for names in (("margin",), ("margin", "behind"), NAMES):
        columns = [NAMES.index(name) for name in (*names, "bias") if name in NAMES]
        columns = list(dict.fromkeys(columns))
        figures = [measured(other, columns, fitted(half, columns)) for half, other in (halves, halves[::-1])]
        means = {key: float(np.mean([each[key] for each in figures])) for key in figures[0]}
        print(f"{', '.join(names)}: " + "; ".join(f"{key} {value:.1f}" for key, value in means.items()))
        told_of[", ".join(names)] = means
    columns = list(range(len(NAMES)))
    weights = fitted(able, columns)
    print("weights:", {name: round(float(w), 3) for name, w in zip(NAMES, weights, strict=True)})
    for threshold in np.arange(-4.0, 2.1, 0.5):
        moved = np.append(weights[:-1], weights[-1] - threshold).astype(np.float32)
        told = ", ".join(f"{key} {value:.1f}" for key, value in measured(able, columns, moved).items())
        print(f"  threshold {threshold:+.1f}: {told}")
    return told_of


def written(reader: str, weights: NDArray[np.float32], moved: float) -> None:
    """Put the weights of a reader into the file that ships, its threshold moved."""
    path = Path(weighing.__file__).parent / "data" / weighing.FILE
    known = json.loads(path.read_text(encoding="utf-8"))
    own = dict(zip(NAMES, weights.tolist(), strict=True))
    own["bias"] -= moved
    known[reader] = {name: round(value, 3) for name, value in own.items()}
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def fitted(choices: Sequence[Choice], columns: Sequence[int], rounds: int = 400) -> NDArray[np.float32]:
    """Weights with which what is right beats all else and nothing; by gradient."""
    weights = np.zeros(len(columns), np.float32)
    moment, square = np.zeros_like(weights), np.zeros_like(weights)
    scale = np.concatenate([c.features for c in choices])[:, columns].std(0) + 0.1
    for step in range(1, rounds + 1):
        slope = 0.002 * weights
        for each in choices:
            x = each.features[:, columns] / scale
            logits = x @ weights
            top = max(0.0, float(logits.max()))
            power = np.exp(logits - top)
            total = power.sum() + np.exp(-top)
            good = each.right * each.right * power
            target = good / good.sum() if each.answerable and good.sum() > 0 else np.zeros_like(power)
            slope += ((power / total - target) @ x) / len(choices)
        moment, square = 0.9 * moment + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= 0.05 * moment / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return np.asarray(weights / scale, np.float32)


def measured(choices: Sequence[Choice], columns: Sequence[int], weights: NDArray[np.float32]) -> dict[str, float]:
    """F1 of whatever comes first, best possible F1, and what the threshold 0 does."""
    first, best, kept, refused, able = 0.0, 0.0, 0.0, 0, 0
    for each in choices:
        values = each.features[:, columns] @ weights
        at = int(values.argmax())
        if each.answerable:
            able += 1
            first += float(each.right[at])
            best += float(each.right.max())
            kept += float(each.right[at]) if values[at] >= 0 else 0.0
        else:
            refused += values[at] < 0
    unable = max(1, len(choices) - able)
    shares = {"F1": first / able, "F1 at 0": kept / able, "best": best / able, "refused": refused / unable}
    return {key: 100 * value for key, value in shares.items()}


def saved(file: Path, choices: Sequence[Choice]) -> None:
    np.savez(
        file,
        features=np.concatenate([c.features for c in choices]),
        right=np.concatenate([c.right for c in choices]),
        sizes=np.array([len(c.right) for c in choices]),
        answerable=np.array([c.answerable for c in choices]),
    )


def loaded(file: Path) -> list[Choice]:
    with np.load(file) as held:
        ends = np.cumsum(held["sizes"])[:-1]
        return [
            Choice(bool(able), features, right)
            for able, features, right in zip(
                held["answerable"], np.split(held["features"], ends), np.split(held["right"], ends), strict=True
            )
        ]


if __name__ == "__main__":
    main()
