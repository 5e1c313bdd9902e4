"""What people say to each other, asked for what it tells and for what it does not: labels for `ask_confidence`.

    python -m benchmarks.talks [--gather FILE.jsonl] [--only NAME…]

`benchmarks/talk` holds two interviews, a broadcast and the minutes of a meeting, written for this (nobody and no place
in them exists), each with a TOML of questions in Chinese and in English, in other words than the text's; of some
nothing is told (`answers = []`). The interview that `ask_interview` asks is none of them, so that it can be fitted to
these and measured there.

Each text is built as anybody would and asked every question. Printed is for each text and language how many of what
is told are given rightly (answered or probably), how many answers are wrong, those to what is not told among them, and
how many stand first in what came nearest. Right is what `ask_interview` takes for right. `--folder` names others, such
as `benchmarks/interview/develop`. With `--gather` the lines are kept as `ask_confidence --judge --keep` keeps its own:
what speaks for the answer where exchanges are not read (`ask.spoken`), which is so where it is asked in haste.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks import results
from benchmarks.ask_cases import contains
from benchmarks.ask_confidence import Drawn, asked, lean
from benchmarks.ask_interview import LANGUAGES, LONGEST, Fact, facts_of, judged
from galactica import library
from galactica.evaluate.question import Question

FOLDER = Path(__file__).parent / "talk"

READER = "trained"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gather", type=Path, help="the list to write")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", nargs="*", default=(), help="names of texts")
    given = results.arguments(parser).parse_args()
    rows: list[Mapping[str, object]] = []
    for text in sorted(given.folder.glob("*.txt")):
        if not given.only or text.stem in given.only:
            rows += asked_of(text, line if given.gather else said)
    if given.gather:
        given.gather.write_text("".join(map(lean, rows)), encoding="utf-8")
    else:
        results.keep(__file__, given, report(rows))


def asked_of(text: Path, ask: Callable[..., Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    """Every question to a text, as `said` or `line` asks it."""
    facts = facts_of(text.with_suffix(".toml"))
    language = "zh" if "问" in text.read_text(encoding="utf-8") or text.stem == "depot" else "en"
    with tempfile.TemporaryDirectory(prefix="talks-") as folder:
        edition = Path(folder) / f"{text.stem}.edition"
        library.build(edition, [text])
        with library.open_library([edition]) as opened:
            for number, fact in enumerate(facts):
                for tongue in LANGUAGES:
                    yield ask(opened, fact, text.stem, number, language, tongue)


def said(
    opened: library.Library, fact: Fact, name: str, number: int, language: str, tongue: str
) -> Mapping[str, object]:
    """What is said to one question."""
    found = judged(opened.ask(fact.asked[tongue], reader=READER), fact)
    return {"of": name, "language": language, "asked in": tongue, "number": number, "said": found, "told": fact.answers}


def line(
    opened: library.Library, fact: Fact, name: str, number: int, language: str, tongue: str
) -> Mapping[str, object]:
    """What came of one question."""
    question = Question(
        id=f"{name}-{number}-{tongue}", text=fact.asked[tongue], answers=fact.answers, title=f"talk-{name}"
    )
    drawn = Drawn(of=f"talk-{name}", mix="talk", language=language, question=question)
    found = dict(asked(opened, drawn, READER))
    told = str(found["answer"])
    found["right"] = bool(fact.answers) and len(told) <= LONGEST and contains(told, fact.answers)
    return found | {"unanswerable": not fact.answers, "asked in": tongue}


def report(rows: list[Mapping[str, object]]) -> dict[str, dict[str, int]]:
    """Print a line for each text and language; returns the figures."""
    figures: dict[str, Counter[str]] = {}
    for row in rows:
        counts = figures.setdefault(f"{row['of']} in {row['asked in']}", Counter())
        counts["told"] += bool(row["told"])
        counts["not told"] += not row["told"]
        counts["rightly"] += str(row["said"]).endswith("rightly")
        counts["wrongly"] += row["said"] == "wrongly"
        counts["of these not told"] += row["said"] == "wrongly" and not row["told"]
        counts["nearest right"] += row["said"] == "nearest right"
    names = ("told", "not told", "rightly", "wrongly", "of these not told", "nearest right")
    print(f"{'':24}" + "".join(f"{name:>18}" for name in names))
    for name, counts in figures.items():
        print(f"{name:24}" + "".join(f"{counts[each]:18}" for each in names))
    return {name: dict(counts) for name, counts in figures.items()}


if __name__ == "__main__":
    main()
