"""Questions with several right answers, and documents of which some are wrong: RAMDocs. Are all sides shown?

    python -m benchmarks.ramdocs [--half odd|even] [--questions N] [--reader auto] [--unhurried] [--show] [--json]

RAMDocs (Wang and others 2025): questions about namesakes, each with a few documents that give one of the right answers,
a wrong one, or none. Each document is a source of its own here, under a title that tells nothing, and a question is
asked of its own documents alone. Rules were built while questions of even number were looked at; the figure is that of
odd ones. With `--unhurried` passages are ranked without a limit of time, so that it does not depend on the machine.

all given: every right answer is given: as the answer, or a side of a dispute.
all shown: or told besides, as what other sources say, less likely.
all in sight: or stands in a quotation that is shown, or in what came nearest where nothing was found.
wrong alone: one of the wrong answers is the only one that is shown; other alone: one that is none of the known is.
exact match: as in the paper: all right answers are given, and no wrong one.
grouped: of questions that show several documents with the same answer, those that show them as one side.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import results
from benchmarks.ask_cases import UNHURRIED
from benchmarks.asking import citations_of
from benchmarks.data import real
from benchmarks.rightness import right
from galactica import library
from galactica.codes.letters import folded
from galactica.collection import asking
from galactica.evaluate.question import Question
from galactica.library import Library
from galactica.model import Answer, Verdict

TITLE = "Document"
"""Title of every document."""

FEW, SEVERAL = 3, 5
"""Documents of a question, at most, for the first and the second row of the figures by number of documents."""

SHARES = (
    "all given",
    "all shown",
    "all in sight",
    "wrong alone",
    "other alone",
    "exact match",
    "disputed",
    "answered",
    "not found",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question with its documents.

    Attributes:
        number: of its line.
        documents: texts, and the answer that each gives.
        golds, wrongs: right answers and wrong ones.
    """

    number: int
    question: str
    documents: tuple[tuple[str, str], ...]
    golds: tuple[str, ...]
    wrongs: tuple[str, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that its documents are."""
        return tuple(f"q{self.number}d{place}" for place in range(len(self.documents)))

    @property
    def size(self) -> str:
        """The row that it is counted in besides all."""
        several = len(self.documents)
        return f"{FEW} or fewer" if several <= FEW else f"to {SEVERAL}" if several <= SEVERAL else "more"


@dataclass(slots=True)
class Counted:
    """How many questions, and of how many each thing is true."""

    questions: int = 0
    true: Counter[str] = field(default_factory=Counter)

    def add(self, found: Mapping[str, bool]) -> None:
        """Count a question."""
        self.questions += 1
        self.true.update(name for name, holds in found.items() if holds)

    def figures(self) -> dict[str, float]:
        """Shares in percent."""
        rows: dict[str, float] = {"questions": self.questions}
        rows |= {name: round(100 * self.true[name] / max(1, self.questions), 1) for name in SHARES}
        several = self.true["several"]
        return rows | {"several of one answer": several, "grouped": self.true["grouped"]}


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    parser.add_argument("--questions", type=int, default=0, help="only the first so many of the half")
    parser.add_argument("--reader", choices=("auto", "trained", "rules"), default="auto")
    parser.add_argument("--edition", type=Path, help="made there, or used where it is there")
    parser.add_argument("--unhurried", action="store_true", help="rank passages without a limit of time")
    parser.add_argument("--show", action="store_true", help="each question with what is given")
    parser.add_argument("--json", action="store_true")
    given = results.arguments(parser).parse_args()
    if given.unhurried:
        vars(asking)["SECONDS"] = UNHURRIED
    cases = read(real("ramdocs/RAMDocs_test.jsonl"))
    half = [case for case in cases if case.number % 2 == (given.half == "odd")]
    half = half[: given.questions or len(half)]
    counts: dict[str, Counted] = {"all": Counted()}
    with tempfile.TemporaryDirectory(prefix="ramdocs-") as folder:
        edition = given.edition or Path(folder) / "documents.edition"
        if not edition.exists():
            build(edition, Path(folder), half)
        with library.open_library([edition]) as opened:
            for case in half:
                found = asked(opened, case, given.reader, show=given.show)
                for name in ("all", case.size, "one right answer" if len(case.golds) == 1 else "several right answers"):
                    counts.setdefault(name, Counted()).add(found)
    figures = {name: counted.figures() for name, counted in sorted(counts.items())}
    for name, row in figures.items():
        print(f"{name:22}" + "  ".join(f"{key} {value}" for key, value in row.items()))
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def read(file: Path) -> list[Case]:
    """All questions of the file."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        Case(
            number=number,
            question=row["question"],
            documents=tuple((each["text"], each["answer"]) for each in row["documents"]),
            golds=tuple(dict.fromkeys(row["gold_answers"])),
            wrongs=tuple(dict.fromkeys(each for each in row["wrong_answers"] if each not in row["gold_answers"])),
        )
        for number, row in enumerate(rows)
    ]


def build(out: Path, folder: Path, cases: Iterable[Case]) -> None:
    """An edition of all documents, each a source of its own."""
    files = []
    for case in cases:
        for key, (text, _) in zip(case.sources, case.documents, strict=True):
            files.append(folder / f"{key}.jsonl")
            row = {"path": key, "title": TITLE, "text": text, "language": "en"}
            files[-1].write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    library.build(out, files, language="en")


def asked(opened: Library, case: Case, reader: str, *, show: bool = False) -> dict[str, bool]:
    """What is true of the answer to a question."""
    answer = opened.ask(case.question, sources=case.sources, reader=reader)
    found = counted(case, answer)
    if show:
        sides = [(side.value, [each.source for each in side.citations]) for side in answer.positions]
        said = sides or [(answer.text, [each.source for each in citations_of(answer)])]
        said += [("besides", [each.value for each in answer.others])]
        marks = " ".join(name for name, holds in found.items() if holds)
        print(f"{case.number} {case.question} [{marks}] {answer.confidence:.2f} {said}")
        print(f"    right {case.golds}  wrong {case.wrongs}  documents {[each for _, each in case.documents]}")
    return found


def counted(case: Case, answer: Answer) -> dict[str, bool]:
    """What is true of an answer, by name."""
    given = [side.value for side in answer.positions] or [answer.text] * bool(answer.text)
    shown = [*given, *(other.value for other in answer.others)]
    seen = [*shown, *(each.quote for each in citations_of(answer))]
    fine = [each for each in given if any(_is(case, gold, each) for gold in case.golds)]
    wrong = [each for each in given if each not in fine and any(_is(case, one, each) for one in case.wrongs)]
    all_given = all(any(_is(case, gold, each) for each in given) for gold in case.golds)
    several = _several(case)
    return {
        "all given": all_given,
        "all shown": all(any(_is(case, gold, each) for each in shown) for gold in case.golds),
        "all in sight": all(any(_is(case, gold, one) or _within(gold, one) for one in seen) for gold in case.golds),
        "wrong alone": len(shown) == 1 and bool(wrong),
        "other alone": len(shown) == 1 and not wrong and not fine,
        "exact match": all_given and not wrong,
        "disputed": answer.verdict is Verdict.DISPUTED,
        "answered": answer.verdict in (Verdict.ANSWERED, Verdict.PROBABLY),
        "not found": answer.verdict is Verdict.NOT_FOUND,
        "several": bool(several) and bool(given),
        "grouped": bool(given) and any(_together(answer, sources) for sources in several),
    }


def _several(case: Case) -> list[frozenset[str]]:
    """The sources that give the same answer, where several do."""
    by: dict[str, set[str]] = {}
    for key, (_, told) in zip(case.sources, case.documents, strict=True):
        if told != "unknown":
            by.setdefault(told, set()).add(key)
    return [frozenset(each) for each in by.values() if len(each) > 1]


def _together(answer: Answer, sources: frozenset[str]) -> bool:
    """Whether several of some sources are quoted for one and the same answer."""
    sides: Sequence[Iterable[str]] = [[each.source for each in side.citations] for side in answer.positions]
    sides = sides or [[each.source for each in told.citations] for told in answer.statements]
    return any(len(sources & set(side)) > 1 for side in sides)


def _is(case: Case, gold: str, said: str) -> bool:
    """Whether what is given is this answer."""
    return right(Question(id=str(case.number), text=case.question, answers=(gold,), language="en"), said)


def _within(gold: str, quotation: str) -> bool:
    return folded(gold) in folded(quotation)


if __name__ == "__main__":
    main()
