"""QALD-10's questions (given part), asked of the Wikidata entities and the Factbook at hand: how many rightly?

    python -m benchmarks.ask_qald EDITION [--language en] [--every 4] [--half all|even|odd] [--reader auto] [--show]

EDITION is built from `factbook` or its snapshots, `wikidata` and `wikidata-more`; once joined (`galactica join`), once
not, is before and after. Few of the 229 questions can be answered from that: those of `ANSWERABLE`, whose gold entities
are called there by their names. Of these the macro F1 over what is answered, and over all; what is not answered is
counted apart. Of the others every n-th is asked, too: what is answered there is told as it is called, because nothing
here can prove it. Questions whose number is even were looked at.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.data import real
from benchmarks.rightness import names
from galactica.library import open_library
from galactica.model import Answer, Verdict

ANSWERABLE: dict[str, tuple[tuple[str, ...], ...]] = {
    "59": (("12",),),
    "161": (("0",),),
    "188": (("steinmeier",), ("macron",)),
    "216": (("persian", "farsi"),),
    "299": (("south africa",),),
}
"""Number of the question → its gold answers, each with names that it goes by. Left out: those whose gold is the 0 of an
endpoint without statement nodes ("How many official languages has Pakistan?")."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--language", choices=("en", "de", "ru", "zh"), default="en")
    parser.add_argument("--every", type=int, default=4, help="of the questions that cannot be answered, each n-th")
    parser.add_argument("--half", choices=("all", "even", "odd"), default="all")
    parser.add_argument("--reader", choices=("auto", "trained", "rules"), default="auto")
    parser.add_argument("--show", action="store_true", help="print every answer")
    given = results.arguments(parser).parse_args()
    questions = json.loads(real("qald-10/qald_10.json").read_text("utf-8"))["questions"]
    verdicts: Counter[str] = Counter()
    scores: list[float] = []
    unanswered = 0
    with open_library([given.edition]) as library:
        for place, question in enumerate(questions):
            gold = ANSWERABLE.get(str(question["id"]))
            text = in_language(question, given.language)
            if not text or not asked(str(question["id"]), given.half) or (gold is None and place % given.every):
                continue
            answer = library.ask(text, reader=given.reader, fast=True)
            if given.show or gold is not None:
                print(f"{question['id']:>4} {answer.verdict:10} {text[:70]} → {answer.text[:60]}")
            if gold is None:
                verdicts[answer.verdict] += 1
            elif answer.verdict is Verdict.NOT_FOUND:
                unanswered += 1
            else:
                scores.append(f1(answer, gold))
    figures = {
        "answerable": len(scores) + unanswered,
        "do not know": unanswered,
        "macro F1 of what is answered": sum(scores) / max(1, len(scores)),
        "macro F1 of all": sum(scores) / max(1, len(scores) + unanswered),
        **{f"others, {verdict.value}": verdicts[verdict] for verdict in Verdict},
    }
    print(figures)
    results.keep(__file__, given, figures)


def in_language(question: dict[str, Any], language: str) -> str:
    """Its words; "" where it has none in a language."""
    return next((str(each["string"]) for each in question["question"] if each["language"] == language), "")


def asked(number: str, half: str) -> bool:
    """Whether a question is of a half."""
    return half == "all" or (half == "even") == (int(number) % 2 == 0)


def f1(answer: Answer, gold: tuple[tuple[str, ...], ...]) -> float:
    """Of the parts that an answer gives and the gold answers."""
    parts = answer.text.split(";") if ";" in answer.text else answer.text.split(", ")
    right = sum(any(names(part, name) for name in called for part in parts) for called in gold)
    if not right:
        return 0.0
    precision, recall = min(1.0, right / len(parts)), right / len(gold)
    return 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
