"""Do quotations prove the answers that they are shown with? A list for somebody to judge, and what came of it.

    python -m benchmarks.ask_supported --out FILE.jsonl -e EDITION... [--answers 200] [--seed 2026]
    python -m benchmarks.ask_supported --rate FILE.jsonl

The first asks questions of several kinds (SQuAD dev A, WebQuestions validation, curated TREC, XQuAD in other languages
and CMRC, which are asked of the editions that are named) until so many are answered, and writes a line for each: the
question, the answer and its first quotation with the title it stands under, and nothing else. Who judges has not built
what answers, sees nothing but that line, and writes "yes" in `supported` where the quotation with its title says that
the answer answers the question, "no" where it does not; `why` where it is no. Whether the answer is true is not asked.

The second counts, with an interval (Wilson, 95 %).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from galactica import library
from galactica.evaluate.forms import read_questions
from galactica.evaluate.question import Question
from galactica.model import Verdict

KINDS = {
    "squad/split/dev-v1.1.A.json": 8,
    "webquestions/main/val.json": 5,
    "curated-trec/curated-train.tsv": 4,
    "cmrc2018/squad-style-data/cmrc2018_trial.json": 2,
    "xquad/split/xquad.zh.A.json": 1,
    "xquad/split/xquad.de.A.json": 1,
    "xquad/split/xquad.es.A.json": 1,
}
"""Files of questions, and how many of 22 come from each."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="the list to write")
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="lists whose questions are left out")
    parser.add_argument("--rate", type=Path, help="a list that was judged")
    parser.add_argument("--edition", "-e", type=Path, action="append", default=[])
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2026)
    given = results.arguments(parser).parse_args()
    if given.rate:
        results.keep(__file__, given, rate(given.rate))
    elif given.out and given.edition:
        write(given)
    else:
        parser.error("name --rate FILE, or --out FILE and -e EDITION")


def write(given: argparse.Namespace) -> None:
    """Ask until enough is answered."""
    asked = answered = 0
    known = [line for path in given.without for line in path.read_text(encoding="utf-8").splitlines()]
    left_out = {json.loads(line)["question"] for line in known}
    with library.open_library(given.edition) as opened, given.out.open("w", encoding="utf-8") as lines:
        for kind, question in drawn(given.seed):
            if answered >= given.answers:
                break
            if " ".join(question.text.split()) in left_out:
                continue
            asked += 1
            answer = opened.ask(question.text)
            if answer.verdict is Verdict.NOT_FOUND or not answer.statements:
                continue
            answered += 1
            first = answer.statements[0].citations[0]
            line = {
                "number": answered,
                "of": kind,
                "question": answer.question,
                "answer": answer.text,
                "title": first.title,
                "quotation": first.quote,
                "verdict": answer.verdict,
                "supported": "",
                "why": "",
            }
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            print(f"\r{answered} answered of {asked} asked", end="", file=sys.stderr)
    print(f"\n{answered} answered of {asked} asked; {given.out}")


def drawn(seed: int) -> Iterator[tuple[str, Question]]:
    """Questions of all kinds by turns, without end of one before the other."""
    chance = random.Random(seed)
    files = {name: list(read_questions(real(name)).questions) for name in KINDS}
    for questions in files.values():
        chance.shuffle(questions)
    while any(files.values()):
        turn = [name for name, share in KINDS.items() for _ in range(share)]
        chance.shuffle(turn)
        for name in turn:
            if files[name]:
                yield Path(name).stem, files[name].pop()


def rate(path: Path) -> dict[str, dict[str, int]]:
    """Say how many are supported, in all and by kind."""
    figures: dict[str, dict[str, int]] = {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    judged = [row for row in rows if row["supported"] in ("yes", "no")]
    for kind in [*dict.fromkeys(row["of"] for row in judged), ""]:
        own = [row["supported"] == "yes" for row in judged if kind in ("", row["of"])]
        low, high = wilson(sum(own), len(own))
        name = kind or "all"
        figures[name] = {"supported": sum(own), "judged": len(own)}
        print(f"{name:32} {sum(own):4} of {len(own):4}  {100 * sum(own) / len(own):5.1f} %  ({low:.1f} to {high:.1f})")
    print(f"{len(rows) - len(judged)} not judged")
    return figures


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent (Wilson 1927, doi:10.1080/01621459.1927.10502953)."""
    z, share = 1.96, right / count
    middle = share + z * z / (2 * count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 100 / (1 + z * z / count)
    return (middle - half) * scale, (middle + half) * scale


if __name__ == "__main__":
    main()
