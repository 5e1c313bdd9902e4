"""How likely is an answer right by where it stands? Makes `ask/data/standing.json`, and says what is kept of it.

    python -m benchmarks.ask_standing --gather LIST.jsonl QUESTIONS.jsonl… -e NAME=EDITION… [--part NAME]
    python -m benchmarks.ask_standing --fit LIST.jsonl [--write]

The first asks questions as `benchmarks.ask_cases` has them of editions of whole articles, without a limit of time for
ranking, and keeps of each of the best `MOST` answers that stood the check what `ask.standing` looks at and whether it
is right, without texts. Left out are questions that claims, rows or rules answer before anything is read, and those for
yes or no. `benchmarks/everyday/built.jsonl` holds 128 questions that were written for this, each about an article of
"enwiki", after looking at a part of it; the other files there but `weekly.jsonl` and `yes_no.jsonl` are asked too.
docs/evaluation/standing.jsonl is such a list.

The second fits a logistic regression and reports as if every question had been held back: each sixth of them, by a
hash, by the weights of the others. What is told is the likeliest answer of each question: from which probability on how
many are said, and how many of these are right; by the signals of `ask.confidence` alone, and with what is fitted here.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.ask_cases import contains
from galactica import library
from galactica.ask.answering import marks_worth_reading, prove_answers, put_together
from galactica.ask.asked import Asked, tidy
from galactica.ask.confidence import calibration, signals
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.kinds import Kind
from galactica.ask.marking import stated_marks
from galactica.ask.question import read_question
from galactica.ask.reckoned import reckoned
from galactica.ask.sought import question_language
from galactica.ask.standing import FILE, NAMES, standing_signals
from galactica.ask.typed import as_meant, known_in
from galactica.collection.asking import reader_for

PLACE = Path(__file__).parent.parent / "src" / "galactica" / "ask" / "data" / FILE

MOST = 4
"""Answers of a question that are kept, the best first."""

FOLDS = 6

DECAY = 3.0
"""Of the weights of standardised signals."""

LEAST = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Probabilities from which what is said is counted."""

Array = NDArray[np.float64]
Row = Mapping[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="*")
    parser.add_argument("--gather", type=Path, help="the list to write")
    parser.add_argument("--fit", type=Path, help="a list that was gathered")
    parser.add_argument("--edition", "-e", action="append", default=[], metavar="NAME=EDITION")
    parser.add_argument("--part", default="", help="only these questions of files that have parts")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.fit:
        lines = given.fit.read_text(encoding="utf-8").splitlines()
        fit([json.loads(line) for line in lines], write=given.write)
    elif given.gather:
        gather(given)
    else:
        parser.error("name --gather FILE or --fit FILE")


def gather(given: argparse.Namespace) -> None:
    """Ask, and write the list."""
    places = {name: path for name, _, path in (each.partition("=") for each in given.edition)}
    opened = {name: library.open_library([Path(path)]) for name, path in places.items()}
    with given.gather.open("w", encoding="utf-8") as out:
        for file in given.questions:
            for text in file.read_text(encoding="utf-8").splitlines():
                line = json.loads(text)
                if line["edition"] in opened and given.part in ("", line.get("part", given.part)):
                    for row in answers(opened[line["edition"]], line):
                        out.write(json.dumps({"of": file.stem, **row}) + "\n")
                    out.flush()


def answers(opened: library.Library, line: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """The best answers to a question that were read and stood the check: what is known of each, and if it is right."""
    holdings = opened.holdings_alone[0]
    typed = tidy(line["question"])
    words = as_meant(typed, question_language(typed, holdings.languages), known_in(holdings))
    question = read_question(words, question_language(words, holdings.languages))
    asked = Asked(question=question, holdings=holdings, reader=reader_for("trained"), ranking=math.inf)
    if question.kind is Kind.YES_NO or reckoned(asked) is not None:
        return
    found = searched_for(asked)
    if stated_marks(asked, found):
        return
    groups = put_together(marks_worth_reading(asked, worth_reading(asked, found)))
    proved, _ = prove_answers(asked, groups)
    weights = calibration().readers["trained"]
    for each in proved[:MOST]:
        logit = float(weights.scores(signals(asked, each, groups)[None])[0])
        told = standing_signals(asked, each, groups, logit)
        yield {
            "id": sha256(line["question"].encode()).hexdigest()[:16],
            "shape": line["shape"],
            "right": line["answers"] is not None and contains(each.text, line["answers"]),
            "signals": [round(told[name], 4) for name in NAMES],
        }


def fit(rows: Sequence[Row], *, write: bool) -> None:
    """Fit, report, and where wanted write the weights."""
    x = np.array([row["signals"] for row in rows], np.float64)
    right = np.array([row["right"] for row in rows], np.float64)
    fold = np.array([int(row["id"][:8], 16) % FOLDS for row in rows])
    sure = np.zeros(len(rows))
    for number in range(FOLDS):
        sure[fold == number] = likely(x[fold == number], fitted(x[fold != number], right[fold != number]))
    print(f"{len(rows)} answers to {len({row['id'] for row in rows})} questions, {right.mean():.1%} right")
    report("by the other signals alone", rows, 1 / (1 + np.exp(-x[:, NAMES.index("logit")])))
    report("with where it stands", rows, sure)
    weights = fitted(x, right)
    print({name: round(float(each), 3) for name, each in zip(NAMES, weights, strict=True)})
    if write:
        told = {name: round(float(each), 3) for name, each in zip(NAMES, weights, strict=True)}
        PLACE.write_text(json.dumps({"trained": told}, indent=1) + "\n", encoding="utf-8")
        print(f"written: {PLACE}")


def fitted(x: Array, right: Array) -> Array:
    """What each signal counts: logistic regression with decay, by Newton's steps; the last signal is the bias.

    Args:
        x: `float64 [answers, signals]`.
        right: 0 or 1, `float64 [answers]`.
    """
    scale = np.append(x[:, :-1].std(0) + 0.05, 1.0)
    z = x / scale
    found = np.zeros(z.shape[1])
    decay = np.diag([*[DECAY] * (z.shape[1] - 1), 1e-6])
    for _ in range(30):
        sure = likely(z, found)
        bend = (z * (sure * (1 - sure))[:, None]).T @ z + decay
        found = found - np.linalg.solve(bend, z.T @ (sure - right) + decay @ found)
    return np.asarray(found / scale)


def likely(x: Array, weights: Array) -> Array:
    """Probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ weights, -30, 30))))


def report(name: str, rows: Sequence[Row], sure: Array) -> None:
    """How many of the likeliest answers are said from some probabilities on, and how many of these are right."""
    best: dict[str, tuple[float, bool]] = {}
    for row, chance in zip(rows, sure.tolist(), strict=True):
        best[row["id"]] = max(best.get(row["id"], (-1.0, False)), (chance, bool(row["right"])))
    print(f"  {name}: {sum(right for _, right in best.values())} of {len(best)} likeliest answers are right")
    for least in LEAST:
        said = [right for chance, right in best.values() if chance >= least]
        kept = f"{sum(said) / len(said):.1%}" if said else "·"
        print(f"    from {least:.1f}: {len(said):4} said, {sum(said):4} right ({kept})")


if __name__ == "__main__":
    main()
