"""QALD-10's questions (given part), asked of what is at hand: how many rightly, how many wrongly, how many withheld?

    python -m benchmarks.ask_qald EDITION… [--languages en de ru zh] [--every 4] [--reader auto] [--show]

An edition is built of `factbook` or its snapshots, `wikidata` and `wikidata-more` and joined (`galactica join`);
another one of English Wikipedia. Few of the 229 questions can be answered from these: those of `qald.toml` are counted
whose statement stands in the editions, which is looked up there. An answer is right that names all gold answers, partly
right that names some (F1 over its parts), else wrong; "withheld" is one that is called not found. Of the other
questions every n-th is asked, too: what is answered there is printed, for a person to judge, because nothing here can
prove it.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.data import real
from benchmarks.rightness import names
from galactica.library import Library, open_library
from galactica.model import Answer, Verdict

LANGUAGES = ("en", "de", "ru", "zh")
YES, NO = ("yes", "ja", "да", "是"), ("no", "nein", "нет", "不是")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """A question that can be answered.

    Attributes:
        gold: its gold answers, each with names that it goes by.
        stands: places where that stands: each some pairs of a title and words, all of which have to.
    """

    gold: tuple[tuple[str, ...], ...]
    stands: tuple[tuple[tuple[str, str], ...], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("editions", type=Path, nargs="+")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--every", type=int, default=4, help="of the other questions, each n-th; 0: none")
    parser.add_argument("--reader", choices=("auto", "trained", "rules"), default="auto")
    parser.add_argument("--show", action="store_true", help="print every answer")
    given = results.arguments(parser).parse_args()
    questions = json.loads(real("qald-10/qald_10.json").read_text("utf-8"))["questions"]
    figures: dict[str, object] = {}
    with open_library(given.editions) as library:
        known = {number: each for number, each in answerable().items() if stands(library, each)}
        print(f"{len(known)} of {len(questions)} can be answered: {' '.join(known)}")
        for language in given.languages:
            figures[language] = told = asked_in(library, questions, known, language, given)
            print(language, told)
    results.keep(__file__, given, {"answerable": len(known), "questions": len(questions), **figures})


def asked_in(
    library: Library,
    questions: list[dict[str, Any]],
    known: dict[str, Answerable],
    language: str,
    given: argparse.Namespace,
) -> dict[str, object]:
    """The counts of one language."""
    counts: Counter[str] = Counter(asked=0, right=0, partly=0, wrong=0, withheld=0)
    others: Counter[str] = Counter()
    scores: list[float] = []
    for place, question in enumerate(questions):
        one = known.get(str(question["id"]))
        text = in_language(question, language)
        if not text or (one is None and (not given.every or place % given.every)):
            continue
        answer = library.ask(text, reader=given.reader, fast=True)
        score = f1(answer, one.gold) if one is not None and answer.verdict is not Verdict.NOT_FOUND else 0.0
        if one is None:
            others[answer.verdict.value] += 1
        else:
            counts["asked"] += 1
            counts[judged(answer, score)] += 1
            scores.append(score)
        if given.show or (one is None and answer.verdict is not Verdict.NOT_FOUND):
            kind = "other" if one is None else judged(answer, score)
            print(f"{language} {question['id']:>4} {kind:8} {answer.verdict:9} {text[:70]} → {answer.text[:60]}")
    return {**counts, "macro F1": sum(scores) / max(1, len(scores)), "others": dict(others)}


def judged(answer: Answer, score: float) -> str:
    """What an answer counts as."""
    if answer.verdict is Verdict.NOT_FOUND:
        return "withheld"
    return "right" if score == 1 else "partly" if score else "wrong"


def answerable() -> dict[str, Answerable]:
    """Number of a question → what is right, and where that stands."""
    table = tomllib.loads(Path(__file__).with_name("qald.toml").read_text("utf-8"))
    return {
        number: Answerable(
            gold=((YES if entry["yes"] else NO),)
            if "yes" in entry
            else tuple(tuple(each.strip() for each in names.split("|")) for names in entry["gold"]),
            stands=tuple(tuple(map(_pair, each.split("&"))) for each in entry["stands"]),
        )
        for number, entry in table.items()
    }


def _pair(text: str) -> tuple[str, str]:
    title, _, words = text.partition("|")
    return title.strip(), words.strip()


def stands(library: Library, each: Answerable) -> bool:
    """Whether the statement that answers a question stands in one of the editions."""
    return any(
        all(_has(library, number, title, words) for title, words in place)
        for place in each.stands
        for number in range(len(library.editions))
    )


def _has(library: Library, number: int, title: str, words: str) -> bool:
    edition = library.editions[number]
    holdings = library.holdings
    found = library.namesakes(title, among=(edition,))
    pages = (holdings.page(own.root, own.head(row).id) for own, row in found)
    return any(page is not None and words.casefold() in " ".join(page.text.split()).casefold() for page in pages)


def in_language(question: dict[str, Any], language: str) -> str:
    """Its words; "" where it has none in a language."""
    return next((str(each["string"]) for each in question["question"] if each["language"] == language), "")


def f1(answer: Answer, gold: tuple[tuple[str, ...], ...]) -> float:
    """Of the parts that an answer gives and the gold answers."""
    said = [each.value for each in answer.positions] or [answer.text]
    parts = [
        part for text in said for part in (text.split(";") if ";" in text else text.replace("、", ", ").split(", "))
    ]
    right = sum(any(names(part, name) for name in called for part in parts) for called in gold)
    if not right:
        return 0.0
    precision, recall = min(1.0, right / len(parts)), right / len(gold)
    return 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
