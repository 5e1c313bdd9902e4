"""A Chinese interview, built as anybody would, asked for its twenty facts in Chinese and in English.

    python -m benchmarks.ask_interview [--beside EDITION…] [--group] [--fast] [--show] [--json]
        [--language zh] [--text FILE --questions FILE.toml]

`benchmarks/interview/interview.txt` is the text (written for this, nobody and no place in it exists), `questions.toml`
the facts: a question in each language, acceptable answers, and the words of the text that say it. `hut.txt` and
`hut.toml` beside it are an English talk that was asked only when everything was built. With `--beside` the edition is
asked together with others.

Of each language: answered or probably, rightly and wrongly; of those not found, how many are right in what is shown as
nearest first, or somewhere in what is shown; in how many the passage that says it is first in search, and first as the
reader ranks what was found. Right is an answer that contains an acceptable one (`ask_cases.contains`) in at most
`LONGEST` characters.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import results
from benchmarks.ask_cases import contains
from galactica import library
from galactica.ask.contract import Reader
from galactica.ask.ranking import RANKED, rank_passages
from galactica.collection.asking import reader_for
from galactica.library import Library
from galactica.model import Answer, Citation, PassageHit, Verdict

FOLDER = Path(__file__).parent / "interview"

LONGEST = 80
"""Characters of an answer: two sentences of the interview."""

PLENTY = 60.0
"""Seconds for ranking, so that the figure does not depend on the machine's speed."""

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that the interview says.

    Attributes:
        shape: what is asked for: "who", "why", "list".
        asked: the question, by language.
        answers: acceptable ones.
        stands: the words that say it.
    """

    shape: str
    asked: Mapping[str, str]
    answers: tuple[str, ...]
    stands: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, default=FOLDER / "interview.txt")
    parser.add_argument("--questions", type=Path, default=FOLDER / "questions.toml")
    parser.add_argument("--language", default="", help="of the text, told to the build; a user may not")
    parser.add_argument("--beside", type=Path, nargs="*", default=[], help="editions that are asked too")
    parser.add_argument("--reader", choices=("auto", "trained", "rules"), default="trained")
    parser.add_argument("--encoder", default="", help="a trained file in place of the one that ships")
    parser.add_argument("--group", action="store_true")
    parser.add_argument("--fast", action="store_true", help="do not rank passages by the reader")
    parser.add_argument("--show", action="store_true", help="print every answer")
    parser.add_argument("--json", action="store_true", help="also print all figures as JSON, last")
    given = results.arguments(parser).parse_args()
    facts = facts_of(given.questions)
    figures: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory(prefix="ask-interview-") as folder:
        edition = Path(folder) / "interview.edition"
        library.build(edition, [given.text], language=given.language, encoder=given.encoder)
        with library.open_library([edition, *given.beside]) as opened:
            for language in LANGUAGES:
                figures[language] = asked_in(language, opened, facts, given)
    table(figures)
    if given.json:
        print(json.dumps(figures, indent=1, ensure_ascii=False))
    results.keep(__file__, given, figures)


def facts_of(path: Path) -> list[Fact]:
    """The facts of a file of questions."""
    return [
        Fact(
            shape=each["shape"],
            asked={language: each[language] for language in LANGUAGES},
            answers=tuple(each["answers"]),
            stands=each["stands"],
        )
        for each in tomllib.loads(path.read_text(encoding="utf-8"))["fact"]
    ]


def asked_in(language: str, opened: Library, facts: Sequence[Fact], given: argparse.Namespace) -> dict[str, object]:
    """Figures of all facts asked in a language."""
    reader = reader_for(given.reader)
    counts: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    times = []
    opened.ask(facts[0].asked[language], reader=given.reader)  # files are mapped, caches made
    for fact in facts:
        question = fact.asked[language]
        begun = time.perf_counter()
        answer = opened.ask(question, reader=given.reader, group=given.group, fast=given.fast)
        times.append(time.perf_counter() - begun)
        said = judged(answer, fact)
        counts[said] += 1
        shapes[fact.shape] += said.endswith("rightly")
        hits = list(opened.passages(question, limit=RANKED))
        searched, ranked = firsts(reader, question, hits, fact.stands)
        counts["right passage first in search"] += searched
        counts["right passage first as ranked"] += ranked
        if given.show:
            told = " ".join((answer.text or shown(answer.near[:1])).split())[:60]
            print(f"{answer.verdict.value:10} {answer.confidence:.2f} {said:24} {'✓' if ranked else '·'} "
                  f"{question} → {told}", flush=True)  # fmt: skip
    counts["rightly"] = counts["answered rightly"] + counts["probably rightly"]
    return {
        "facts": len(facts),
        **{name: counts[name] for name in COLUMNS},
        "rightly, by shape": {shape: shapes[shape] for shape in sorted({fact.shape for fact in facts})},
        "median ms": round(1000 * sorted(times)[len(times) // 2]),
    }


COLUMNS = (
    "rightly", "answered rightly", "probably rightly", "wrongly", "nearest right", "shown", "nothing right",
    "right passage first in search", "right passage first as ranked",
)  # fmt: skip


def judged(answer: Answer, fact: Fact) -> str:
    """What came of a question: the name of a column."""
    if answer.verdict is not Verdict.NOT_FOUND:
        said = [each.value for each in answer.positions] or [answer.text]
        if not any(len(each) <= LONGEST and contains(each, fact.answers) for each in said):
            return "wrongly"
        return "answered rightly" if answer.verdict is Verdict.ANSWERED else "probably rightly"
    if answer.near and contains(shown(answer.near[:1]), fact.answers):
        return "nearest right"
    return "shown" if any(fact.stands in each.quote for each in answer.near) else "nothing right"


def shown(near: Sequence[Citation]) -> str:
    """What is marked in the first quotation."""
    return "".join(each.quote[slice(*each.mark)] for each in near[:1])


def firsts(reader: Reader, question: str, hits: Sequence[PassageHit], stands: str) -> tuple[bool, bool]:
    """Whether the passage that says it is first in search, and as the reader ranks what was found."""
    ranked = rank_passages(reader, question, hits, seconds=PLENTY).hits
    return tuple(bool(some) and stands in some[0].text for some in (hits, ranked))  # type: ignore[return-value]


def table(figures: Mapping[str, Mapping[str, object]]) -> None:
    """Print a column for each language."""
    print(f"\n{'':32}" + "".join(f"{language:>8}" for language in figures))
    for name in ("facts", *COLUMNS, "median ms"):
        print(f"{name:32}" + "".join(f"{own[name]!s:>8}" for own in figures.values()))
    for language, own in figures.items():
        print(f"{language}: {own['rightly, by shape']}")


if __name__ == "__main__":
    main()
