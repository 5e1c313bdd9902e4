"""How were the weights of `ask.sureness` made, and the probability from which an answer is given?

    python -m benchmarks.ask_sureness -e ENCYCLOPEDIA [--reader trained|rules] [--articles TITLE…] [--questions N]
        [--folder FOLDER] [--keep FILE.npz]

Training questions are asked openly of the encyclopedia and all paragraphs of squad/train-v1.1.partial.json together:
those of that file (`--articles`: of these articles only, which the reader was not trained on), once as they are and
once with the article that answers them out of sight; WebQuestions' training part; curated-trec/large2470-train.tsv. Of
each the best answer that stood the check is taken, with what is known of it (`sureness.signals`) and whether it is
right: an F1 of `RIGHT` or more, or an expression that matches most of it. A logistic regression says how likely that
is.

It prints, for each probability from which an answer would be given, how many are answered, how many of those are right,
and what F1 is left of the questions that have an answer.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import real
from benchmarks.question_sets import build, paragraphs_of, questions_of
from galactica import library
from galactica.ask.asked import Asked
from galactica.ask.marking import READ, read, searched_for, together
from galactica.ask.proving import prove
from galactica.ask.sureness import NAMES, signals
from galactica.evaluate.answers import scored
from galactica.evaluate.forms import read_questions
from galactica.evaluate.question import Question
from galactica.library import Library
from galactica.library.asking import Room, reader_for
from galactica.model import PassageHit

TRAIN = "squad/train-v1.1.partial.json"
OPEN = ("webquestions/main/trainmodel.json", "curated-trec/large2470-train.tsv")

RIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best answer to a question.

    Attributes:
        kind: which questions it is of.
        signals: `float32 [len(NAMES)]`; None where nothing stood the check.
        right: how right it is, 0 to 1.
    """

    kind: str
    signals: NDArray[np.float32] | None
    right: float


class Without(Room):
    """A library in which some articles are out of sight."""

    def __init__(self, opened: Library, paths: Collection[str]) -> None:
        super().__init__(opened)
        self._paths = paths

    def passages(
        self, query: str, *, limit: int, by: str = "hybrid", language: str = "", source: str = ""
    ) -> Sequence[PassageHit]:
        found = super().passages(query, limit=limit + 60, by=by, language=language, source=source)
        return [hit for hit in found if hit.path not in self._paths][:limit]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", "-e", type=Path, action="append", required=True)
    parser.add_argument("--reader", choices=("trained", "rules"), default="trained")
    parser.add_argument("--articles", nargs="*", default=())
    parser.add_argument("--questions", type=int, default=400, help="of each set, at most")
    parser.add_argument("--folder", type=Path, help="where the paragraphs' edition is kept")
    parser.add_argument("--keep", type=Path, help="keep what was found there, or take it from there")
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    if given.keep is not None and given.keep.exists():
        found = loaded(given.keep)
    else:
        found = list(gathered(given))
        if given.keep is not None:
            saved(given.keep, found)
    report(found)


def gathered(given: argparse.Namespace) -> Iterator[Found]:
    draw = random.Random(given.seed)
    everything = questions_of(TRAIN)
    titled = [q for q in everything if not given.articles or q.title in given.articles]
    titled = draw.sample(titled, min(given.questions, len(titled)))
    with tempfile.TemporaryDirectory() as made:
        edition = (given.folder or Path(made)) / "train.edition"
        if not edition.exists():
            build(edition, paragraphs_of(everything))
        with library.open_library([edition, *given.edition]) as opened:
            seen = Room(opened)
            for number, question in enumerate(titled, 1):
                own = {p.relevant[0][0] for p in everything if p.title == question.title}
                yield best(seen, given.reader, question, "squad")
                yield best(Without(opened, own), given.reader, question, "squad, out of sight")
                told(number, len(titled), "squad")
            for name in OPEN:
                several = list(read_questions(real(name)).questions)
                for number, question in enumerate(draw.sample(several, min(given.questions, len(several))), 1):
                    yield best(seen, given.reader, question, Path(name).stem)
                    told(number, given.questions, name)


def told(number: int, count: int, name: str) -> None:
    if number % 50 == 0:
        print(f"  {name}: {number} of {count}", file=sys.stderr, flush=True)


def best(room: Room, reader: str, question: Question, kind: str) -> Found:
    """What is found for a question."""
    asked = Asked(question=question.text, room=room, reader=reader_for(reader, "en"), tongue="en")
    groups = together(read(asked, searched_for(asked)[:READ]))
    proved, _ = prove(asked, groups)
    if not proved:
        return Found(kind=kind, signals=None, right=0.0)
    keys = [each.group.key for each in proved]
    right = 0.0 if kind.endswith("sight") else rightness(question, proved[0].text)
    return Found(kind=kind, signals=signals(asked, proved[0], groups, keys), right=right)


def rightness(question: Question, text: str) -> float:
    if question.pattern:
        match = re.search(question.pattern, text, re.IGNORECASE)
        return float(match is not None and 2 * len(match[0]) >= len(text))
    return scored(text, question.answers).f1


def report(found: Sequence[Found]) -> None:
    having = [each for each in found if each.signals is not None]
    rows = np.stack([each.signals for each in having if each.signals is not None])
    right = np.array([each.right >= RIGHT for each in having])
    for kind in dict.fromkeys(each.kind for each in found):
        own = [each for each in found if each.kind == kind]
        stood = [each for each in own if each.signals is not None]
        share = np.mean([each.right >= RIGHT for each in own])
        print(f"{kind}: {len(own)} asked, of {len(stood)} an answer stood the check, {share:.1%} of all are right")
    order = np.arange(len(rows)) // 4 % 2  # a question stays with its twin that is out of sight
    for columns in ((0, 5), (0, 1, 5), tuple(range(len(NAMES)))):
        loss = np.mean(
            [losses(rows[order != h], right[order != h], rows[order == h], right[order == h], columns) for h in (0, 1)]
        )
        print(f"{', '.join(NAMES[c] for c in columns)}: −log likelihood {loss:.4f} on the other half")
    weights = fitted(rows, right)
    print("weights:", {name: round(float(w), 3) for name, w in zip(NAMES, weights, strict=True)})
    halves = [fitted(rows[order != h], right[order != h]) for h in (0, 1)]
    sure = np.array([1 / (1 + np.exp(-row @ halves[half])) for row, half in zip(rows, order, strict=True)])
    able = sum(not each.kind.endswith("sight") for each in found if each.kind.startswith("squad"))
    print("each half by the weights of the other; from a probability on:")
    for enough in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        given = sure >= enough
        f1 = sum(e.right for e, g in zip(having, given, strict=True) if g and e.kind == "squad")
        lacking = [g for e, g in zip(having, given, strict=True) if e.kind.endswith("sight")]
        print(
            f"  {enough:.2f}: {given.sum():5} answered, {right[given].mean() if given.any() else 0:6.1%} right, "
            f"F1 of squad {100 * f1 / max(1, able):.1f}, {sum(lacking)} of those out of sight answered"
        )


def losses(
    rows: NDArray[np.float32],
    right: NDArray[np.bool_],
    others: NDArray[np.float32],
    others_right: NDArray[np.bool_],
    columns: Sequence[int],
) -> float:
    weights = fitted(rows[:, columns], right)
    signs = np.where(others_right, 1.0, -1.0)
    return float(np.logaddexp(0, -signs * (others[:, columns] @ weights)).mean())


def fitted(rows: NDArray[np.float32], right: NDArray[np.bool_], rounds: int = 30) -> NDArray[np.float64]:
    """Logistic regression with a little decay, by Newton's steps: `float64 [columns]`."""
    x, y = rows.astype(np.float64), right.astype(np.float64)
    weights = np.zeros(x.shape[1])
    decay = 0.5 * np.eye(x.shape[1])
    for _ in range(rounds):
        likely = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (likely - y) + decay @ weights
        bend = (x * (likely * (1 - likely))[:, None]).T @ x + decay
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def saved(file: Path, found: Sequence[Found]) -> None:
    lacking = np.full(len(NAMES), np.nan, np.float32)
    np.savez(
        file,
        signals=np.stack([lacking if each.signals is None else each.signals for each in found]),
        right=np.array([each.right for each in found]),
        kinds=np.array([each.kind for each in found]),
    )


def loaded(file: Path) -> list[Found]:
    with np.load(file) as held:
        return [
            Found(kind=str(kind), signals=None if np.isnan(row).any() else row, right=float(right))
            for kind, row, right in zip(held["kinds"], held["signals"], held["right"], strict=True)
        ]


if __name__ == "__main__":
    main()
