"""Asking questions whose answers are known: shared by the benchmarks of `ask`."""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.rightness import right as correct
from galactica.collection.asking import reader_for
from galactica.edition import Edition
from galactica.errors import MissingError
from galactica.evaluate.answers import scored
from galactica.evaluate.question import Question
from galactica.library import Library
from galactica.model import Answer, Citation, Verdict
from galactica.model.projection import project

WARM = 3
"""Questions that are asked before any is timed: files are mapped, caches made."""


@dataclass(kw_only=True)
class Tally:
    """What came of some questions.

    Attributes:
        exact, overlap: of each question, 0 to 1; 0 where nothing was found.
        nearest: as `overlap`, but where nothing was found, of what came nearest.
        seconds: of each question.
        verdicts, right: how many of each, and how many of those are right (`benchmarks.rightness`).
        citations, broken: how many were shown, and how many of them do not resolve.
    """

    exact: list[float] = field(default_factory=list)
    overlap: list[float] = field(default_factory=list)
    nearest: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    citations: int = 0
    broken: int = 0

    def figures(self) -> dict[str, float]:
        """All of it as numbers, shares in percent, times in milliseconds."""
        count = max(1, len(self.exact))
        told = [i for i in range(len(self.exact)) if self.seconds[i] >= 0]
        times = sorted(self.seconds[i] for i in told) or [0.0]
        answered = count - self.verdicts[Verdict.NOT_FOUND]
        return {
            "questions": len(self.exact),
            "exact": 100 * sum(self.exact) / count,
            "F1": 100 * sum(self.overlap) / count,
            "F1 of answered": 100 * sum(self.overlap) / max(1, answered),
            "F1, nearest too": 100 * sum(self.nearest) / count,
            "p50 ms": 1000 * statistics.median(times),
            "p99 ms": 1000 * times[min(len(times) - 1, int(0.99 * len(times)))],
            "answered": self.verdicts[Verdict.ANSWERED],
            "right of these %": self._kept(Verdict.ANSWERED),
            "probably": self.verdicts[Verdict.PROBABLY],
            "right of those %": self._kept(Verdict.PROBABLY),
            "disputed": self.verdicts[Verdict.DISPUTED],
            "not found": self.verdicts[Verdict.NOT_FOUND],
            "citations": self.citations,
            "broken": self.broken,
        }

    def _kept(self, verdict: Verdict) -> float:
        return 100 * self.right[verdict] / max(1, self.verdicts[verdict])


def readers_there(wanted: Sequence[str]) -> list[str]:
    """Those of some readers that are on this machine; says which are not."""
    found = []
    for name in wanted:
        try:
            reader = reader_for(name)
        except MissingError as error:
            print(f"{name}: {error.problem}", file=sys.stderr)
            continue
        if reader.name == name:
            found.append(name)
    return found


def ask_all(
    library: Library, questions: Sequence[Question], *, reader: str, group: bool = False, tally: Tally | None = None
) -> Tally:
    """Ask questions one after the other, and add what came of them to a tally."""
    editions = {edition.root: edition for edition in library.editions}
    tally = tally or Tally()
    for question in questions[:WARM]:
        library.ask(question.text, reader=reader, group=group)
    for number, question in enumerate(questions, 1):
        begun = time.perf_counter()
        answer = library.ask(question.text, reader=reader, group=group)
        tally.seconds.append(time.perf_counter() - begun)
        add(tally, question, answer, editions)
        if number % 500 == 0:
            print(f"  {number:,} of {len(questions):,}", file=sys.stderr, flush=True)
    return tally


def add(tally: Tally, question: Question, answer: Answer, editions: Mapping[str, Edition]) -> None:
    """Count one answer."""
    language = question.language
    right = scored(answer.text, question.answers, language)
    tally.exact.append(right.exact)
    tally.overlap.append(right.f1)
    near = answer.near[0].quote[slice(*answer.near[0].mark)] if answer.near else answer.text
    tally.nearest.append(scored(near, question.answers, language).f1)
    tally.verdicts[answer.verdict] += 1
    tally.right[answer.verdict] += correct(question, answer.text)
    for citation in citations_of(answer):
        tally.citations += 1
        tally.broken += not stands(citation, editions)


def citations_of(answer: Answer) -> Iterable[Citation]:
    """Every quotation that an answer shows."""
    for statement in answer.statements:
        yield from statement.citations
    for position in answer.positions:
        yield from position.citations
    for other in answer.others:
        yield from other.citations
    yield from answer.near


def stands(citation: Citation, editions: Mapping[str, Edition]) -> bool:
    """Whether a quotation is in its article, byte for byte; looked up in the edition itself."""
    edition = editions.get(citation.edition)
    row = None if edition is None else edition.row_of(citation.id)
    if edition is None or row is None:
        return False
    text = project(edition.article(row).body)
    return text[citation.start : citation.end].encode("utf-8", "surrogatepass") == citation.quote.encode(
        "utf-8", "surrogatepass"
    )


def table(title: str, rows: Mapping[str, Mapping[str, float]]) -> None:
    """Print figures, a line for each name."""
    names = list(next(iter(rows.values()), {}))
    width = max([len(name) for name in rows] + [10])
    print(f"\n{title}\n{'':{width}}" + "".join(f"{name:>16}" for name in names))
    for name, figures in rows.items():
        print(f"{name:{width}}" + "".join(f"{figures[each]:16,.1f}" for each in names), flush=True)
