"""How were the weights of `ask.sureness` made, and the probability from which an answer is given?

    python -m benchmarks.ask_sureness --write LIST.jsonl -e EDITION… [--articles TITLE…] [--questions N]
    python -m benchmarks.ask_sureness --fit LIST.jsonl

The first asks training questions openly of all that is named (an encyclopedia, and an edition of the paragraphs of
squad/train-v1.1.partial.json): those of that file (`--articles`: of these articles only, which the reader was not
trained on), WebQuestions' training part and curated-trec/large2470-train.tsv. Of each the best answer that stood the
check is written with its quotation and with what is known of it (`sureness.signals`), unless it is surely nothing.
Somebody then says of each, from the quotation alone, whether it is supported, as in `ask_supported`.

The second fits a logistic regression to what was said, and prints, for each probability from which an answer would be
given, how many are answered and how many of those are supported; each half by the weights of the other.
`docs/evaluation/sureness.jsonl` is such a list without the texts.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import real
from galactica import library
from galactica.ask.asked import Asked
from galactica.ask.marking import READ, read, searched_for, together
from galactica.ask.proving import prove
from galactica.ask.sureness import NAMES, signals
from galactica.evaluate.forms import read_questions
from galactica.evaluate.question import Question
from galactica.library.asking import Room, reader_for

TRAIN = "squad/train-v1.1.partial.json"
OPEN = ("webquestions/main/trainmodel.json", "curated-trec/large2470-train.tsv")

NOTHING = 1.0
"""What is worth less, over the threshold of `weighing`, is hardly ever right and not judged."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, help="the list to write")
    parser.add_argument("--fit", type=Path, help="a list that was judged")
    parser.add_argument("--edition", "-e", type=Path, action="append", default=[])
    parser.add_argument("--reader", choices=("trained", "rules"), default="trained")
    parser.add_argument("--articles", nargs="*", default=())
    parser.add_argument("--questions", type=int, default=320, help="of each set, at most")
    parser.add_argument("--seed", type=int, default=6)
    given = parser.parse_args()
    if given.fit:
        fit([json.loads(line) for line in given.fit.read_text(encoding="utf-8").splitlines()])
    elif given.write and given.edition:
        write(given)
    else:
        parser.error("name --fit FILE, or --write FILE and -e EDITION")


def write(given: argparse.Namespace) -> None:
    """Ask, and write what was found."""
    reader = reader_for(given.reader, "en")
    with library.open_library(given.edition) as opened, given.write.open("w", encoding="utf-8") as lines:
        room, count = Room(opened), 0
        for asked_of, question in drawn(given):
            asked = Asked(question=question.text, room=room, reader=reader, tongue="en")
            groups = together(read(asked, searched_for(asked)[:READ]))
            proved, _ = prove(asked, groups)
            if not proved or proved[0].value < NOTHING:
                continue
            count += 1
            first = proved[0].citations[0]
            line = {
                "number": count,
                "of": asked_of,
                "id": question.id,
                "question": question.text,
                "answer": " ".join(proved[0].text.split()),
                "title": first.title,
                "quotation": first.quote,
                "signals": [
                    round(float(each), 3)
                    for each in signals(asked, proved[0], groups, [other.group.key for other in proved])
                ],
                "supported": "",
            }
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            print(f"\r{count} written", end="", file=sys.stderr, flush=True)
    print(f"\n{count} to be judged in {given.write}")


def drawn(given: argparse.Namespace) -> Iterator[tuple[str, Question]]:
    """The questions of all sets, in random order."""
    draw = random.Random(given.seed)
    found = []
    for name in (TRAIN, *OPEN):
        questions = list(read_questions(real(name)).questions)
        if name == TRAIN and given.articles:
            questions = [each for each in questions if each.title in given.articles]
        draw.shuffle(questions)
        found += [(Path(name).stem, each) for each in questions[: given.questions]]
    draw.shuffle(found)
    yield from found


def fit(lines: Sequence[dict[str, object]]) -> None:
    """Fit what was judged, and say what each probability would give."""
    judged = [line for line in lines if line["supported"] in ("yes", "no")]
    rows = np.array([line["signals"] for line in judged], np.float64)
    right = np.array([line["supported"] == "yes" for line in judged])
    print(f"{len(judged)} judged, {right.mean():.1%} supported")
    halves = np.arange(len(rows)) % 2
    bias = len(NAMES) - 1
    for columns in ([0, bias], [0, 1, bias], *([0, 1, c, bias] for c in range(2, bias)), list(range(len(NAMES)))):
        loss = np.mean([losses(rows[:, columns], right, halves == half) for half in (0, 1)])
        print(f"{', '.join(NAMES[c] for c in columns)}: −log likelihood {loss:.4f} on the other half")
    print("weights:", tuple(round(float(each), 3) for each in fitted(rows, right)))
    weights = [fitted(rows[halves != half], right[halves != half]) for half in (0, 1)]
    sure = np.array([1 / (1 + np.exp(-row @ weights[half])) for row, half in zip(rows, halves, strict=True)])
    for enough in np.arange(0.0, 1.0, 0.05):
        given = sure >= enough
        if given.any():
            print(f"  {enough:.2f}: {given.sum():5} answered, {right[given].mean():6.1%} of them supported")


def losses(rows: NDArray[np.float64], right: NDArray[np.bool_], held: NDArray[np.bool_]) -> float:
    """Mean −log likelihood of those that are held back by the weights of the others."""
    weights = fitted(rows[~held], right[~held])
    signs = np.where(right[held], 1.0, -1.0)
    return float(np.logaddexp(0, -signs * (rows[held] @ weights)).mean())


def fitted(rows: NDArray[np.float64], right: NDArray[np.bool_], rounds: int = 30) -> NDArray[np.float64]:
    """Logistic regression with a little decay, by Newton's steps: `float64 [columns]`."""
    weights = np.zeros(rows.shape[1])
    decay = 0.5 * np.eye(rows.shape[1])
    for _ in range(rounds):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (likely - right) + decay @ weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + decay
        weights = weights - np.linalg.solve(bend, slope)
    return weights


if __name__ == "__main__":
    main()
