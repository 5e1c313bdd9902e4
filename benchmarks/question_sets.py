"""Questions that know their paragraphs, the editions they are asked of, and the ways of searching that are compared.

Shared by the benchmarks of search. A *system* is a way of searching an edition; questions are asked of it in processes
of their own, one core each, so that a machine of two cores asks two at a time (no times are taken here).
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import real
from galactica import library
from galactica.ask.contract import Reader
from galactica.ask.ranking import RANKED, rank_passages
from galactica.ask.trained import open_reader
from galactica.building import meaning
from galactica.edition import Edition
from galactica.encode import Encoder, open_encoder
from galactica.errors import GalacticaError, MissingError
from galactica.evaluate.forms import read_questions
from galactica.evaluate.judge import Judgement, JudgingRule, judge
from galactica.evaluate.measures import measure_names, measured
from galactica.evaluate.question import Question
from galactica.evaluate.report import Compared, EvaluationSettings, Outcome, Run, compared, evaluated
from galactica.languages import guess
from galactica.model import PassageHit
from galactica.model.projection import project
from galactica.search import Searcher, TextIndex
from galactica.search.meaning import EncoderFacts, MeaningIndex, passage_text
from galactica.search.meant import MeaningRetriever
from galactica.search.ranker import load

SQUAD = "squad/split/dev-v1.1.A.json"

TITLE = "Paragraph"
"""Title of every paragraph. A number in it would tell something: "Super Bowl 50" would find "Paragraph 50"."""

SOURCE = "paragraphs"
"""Key of the source that they are of."""

DEPTHS = (RANKED, 50)
"""How many passages are ranked: as many as where a person asks, and what more would bring."""

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Find = Callable[[int], Sequence[PassageHit]]
"""How many passages are wanted → passages for one question, best first."""

Judging = Callable[[Question, Find], Mapping[str, Judgement]]
"""Asks, and says what is right under which rule; must be a value that another process can be sent."""


def use(encoder: str) -> None:
    """Search with this static encoder from now on: "static" for the one that is shipped, or a trained file."""
    meaning.ENCODER = encoder if encoder == "static" else str(Path(encoder).absolute())


def galactica(encoder: str) -> list[str]:
    """The command, with this static encoder in place of the one that is shipped."""
    if encoder == "static":
        return [sys.executable, "-m", "galactica"]
    code = f"from galactica.library import meaning; meaning.ENCODER = {str(Path(encoder).absolute())!r}\n"
    return [sys.executable, "-c", code + "from galactica.cli import main; main()"]


def questions_of(name: str) -> tuple[Question, ...]:
    """All questions of a file of real data; each has the number of its paragraph as the document that is relevant."""
    questions = read_questions(real(name)).questions
    number = {text: str(place) for place, text in enumerate(paragraphs_of(questions))}
    return tuple(replace(question, relevant=((number[question.context], 1),)) for question in questions)


def paragraphs_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """The paragraphs of questions, in their order; that is their number."""
    return tuple(dict.fromkeys(question.context for question in questions))


def titles_of(questions: Sequence[Question]) -> tuple[str, ...]:
    """The titles of the articles that the paragraphs of questions are of, in the order of `paragraphs_of`."""
    found = {question.context: question.title.replace("_", " ") for question in questions}
    return tuple(found[text] for text in paragraphs_of(questions))


def build(
    out: Path,
    paragraphs: Sequence[str],
    *,
    language: str = "en",
    more: Sequence[Path] = (),
    meant: bool = True,
    titles: Sequence[str] = (),
) -> Path:
    """An edition in which each paragraph is an article, its path its number; with further sources.

    Args:
        titles: of the paragraphs; none: all are called `TITLE`.
        meant: whether the index of meaning is made.
    """
    file = out.with_name(out.name + ".sources") / f"{SOURCE}.jsonl"
    file.parent.mkdir()
    with file.open("w", encoding="utf-8") as lines:
        for number, text in enumerate(paragraphs):
            title = titles[number] if titles else TITLE
            row = {"path": str(number), "title": title, "text": text, "language": language}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    library.build(out, [file, *more], language=language, meaning=False)
    if meant:
        meaning.add_meaning(out, workers=os.cpu_count() or 1, note=said)
    return out


def said(text: str) -> None:
    """Tell on standard error; what an index of meaning cannot do would make the figures wrong, and ends the program."""
    sys.exit(text)


def weights(*names: str) -> str:
    """The first of these that there are weights for, else the last."""
    for name in names[:-1]:
        with suppress(MissingError):
            load(name)
            return name
    return names[-1]


class Floats(MeaningIndex):
    """An edition's index in which passages are compared by the vectors themselves, of any encoder: nothing is rounded.

    Vectors that a file does not hold are made when they are asked for.

    Attributes:
        only: numbers of the passages that may be found (a pool); None: all of the file.
    """

    def __init__(self, edition: Edition, file: Path) -> None:
        super().__init__(edition, edition.meaning_dir())
        with np.load(file) as held:
            self._name = str(held["encoder"])
            self._vectors = dict(zip(held["numbers"].tolist(), held["vectors"], strict=True))
            self._pools = dict(zip(held["ids"].tolist(), np.split(held["pools"], held["ends"]), strict=False))
        encoder = open_encoder(self._name)
        self.encoder = EncoderFacts(name=self._name, digest=encoder.digest, dimensions=encoder.dimensions)
        self.only: NDArray[np.int64] | None = None

    def choose(self, question: Question) -> None:
        """Restrict to the pool of a question, where the file has pools."""
        self.only = self._pools.get(question.id) if self._pools else None

    def find(
        self, query: NDArray[np.float32], k: int, *, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """As `MeaningIndex.find`."""
        numbers = np.array(sorted(self._vectors), np.int64) if self.only is None else np.sort(self.only)
        if allowed is not None:
            numbers = numbers[allowed[numbers]]
        found = self.scores(query, numbers)
        order = np.lexsort((numbers, -found))[:k]
        return numbers[order], found[order]

    def scores(self, query: NDArray[np.float32], numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """As `MeaningIndex.scores`."""
        missing = [number for number in numbers.tolist() if number not in self._vectors]
        if missing:
            made = open_encoder(self._name).passages([text_of(self.edition, self, number) for number in missing])
            self._vectors.update(zip(missing, made, strict=True))
        rows = [self._vectors[number] for number in numbers.tolist()]
        return np.stack(rows) @ query if rows else np.zeros(0, np.float32)


def text_of(edition: Edition, index: MeaningIndex, number: int) -> str:
    """What an encoder is given of a passage."""
    row, passage = index.place(number)
    article = edition.article(row)
    starts, ends = edition.spans(row)
    return passage_text(article.title, project(article.body)[starts[passage] : ends[passage]])


def write_floats(edition: Path, encoder: str, file: Path, pools: Mapping[str, NDArray[np.int64]] | None = None) -> int:
    """Encode passages for `Floats`: all, or those of pools (id of a question → numbers); returns how many."""
    pools = pools or {}
    with Edition.open(edition) as opened, MeaningIndex.open(opened, opened.meaning_dir()) as index:
        numbers = np.unique(np.concatenate(list(pools.values()))) if pools else np.arange(index.total)
        texts = [text_of(opened, index, int(number)) for number in numbers]
    lengths = [len(pool) for pool in pools.values()]
    np.savez(
        file,
        encoder=np.array(encoder),
        numbers=numbers,
        vectors=open_encoder(encoder).passages(texts),
        ids=np.array(list(pools), dtype=str),
        pools=np.concatenate([*pools.values(), np.zeros(0, np.int64)]),
        ends=np.cumsum(lengths).astype(np.int64),
    )
    return len(numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A way of searching.

    Attributes:
        name: what a table calls it.
        edition: where is searched.
        by, weighed: as for `Searcher.passages`.
        floats: a file of `write_floats` that is used in the place of the edition's index of meaning.
        ranked: how many of the first are put in order by the network; 0: none.
    """

    name: str
    edition: Path
    by: str
    weighed: str = "ranker"
    floats: Path | None = None
    ranked: int = 0


def static_systems(edition: Path) -> tuple[System, ...]:
    """The four ways that need nothing but the project itself."""
    return (
        System(name="words", edition=edition, by="words"),
        System(name="static", edition=edition, by="meaning"),
        System(name="hybrid, fusion", edition=edition, by="hybrid", weighed="fusion"),
        System(name="hybrid, ranker", edition=edition, by="hybrid", weighed="ranker"),
    )


def ranked_systems(edition: Path, depths: Sequence[int] = DEPTHS) -> tuple[System, ...]:
    """Search by both, the first passages of which are put in order by the network, with as much time as it takes; none,
    and that is said, where there is no file of it."""
    try:
        _network()
    except GalacticaError as error:
        print(f"ranked: left out. {error.problem}", file=sys.stderr)
        return ()
    return tuple(System(name=f"ranked {depth}", edition=edition, by="hybrid", ranked=depth) for depth in depths)


def minilm_systems(edition: Path, floats: Path | None = None, called: str = "MiniLM") -> tuple[System, ...]:
    """The same three with MiniLM in the place of the static encoder."""
    fusion, ranker = weights("fusion-minilm", "fusion"), weights("ranker-minilm", "ranker")
    return (
        System(name=called, edition=edition, by="meaning", floats=floats),
        System(name=f"words + {called}, fusion", edition=edition, by="hybrid", weighed=fusion, floats=floats),
        System(name=f"words + {called}, ranker", edition=edition, by="hybrid", weighed=ranker, floats=floats),
    )


class Remembering:
    """An encoder that keeps the vectors of the questions it was asked; see `contract.Encoder`."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.digest = encoder.name, encoder.digest
        self.dimensions, self.quick = encoder.dimensions, encoder.quick
        self.passages = encoder.passages
        self._encoder = encoder
        self._known: dict[tuple[str, ...], NDArray[np.float32]] = {}

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._encoder.questions(texts)
        return self._known[key]


@lru_cache(maxsize=4)
def _remembering(name: str) -> Remembering:
    return Remembering(open_encoder(name))


@lru_cache(maxsize=2)
def _searcher(path: Path, floats: Path | None) -> tuple[Searcher, Floats | None]:
    """What searches an edition; open as long as this process."""
    edition = Edition.open(path)
    exact = None if floats is None else Floats(edition, floats)
    index = MeaningIndex.open(edition, edition.meaning_dir()) if exact is None else exact
    searcher = Searcher(
        [(edition, TextIndex.open(edition, edition.index_dir() / "text"))],
        meaning=MeaningRetriever([index], _remembering),
        vectors=meaning.word_vectors(),
    )
    return searcher, exact


def finder(system: System, question: Question) -> Find:
    """What finds passages for a question."""
    searcher, exact = _searcher(system.edition, system.floats)
    if exact is not None:
        exact.choose(question)

    def find(limit: int) -> Sequence[PassageHit]:
        hits = searcher.passages(question.text, limit=limit, by=system.by, weighed=system.weighed)
        if not system.ranked:
            return hits
        language = guess(question.text) or question.language
        first = rank_passages(_network(), question.text, hits[: system.ranked], seconds=math.inf, language=language)
        return (*first.hits, *hits[system.ranked :])

    return find


@lru_cache(maxsize=1)
def _network() -> Reader:
    """The reader that ships or that GALACTICA_READER names; with one thread, for several processes ask at once."""
    return open_reader(threads=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnParagraph:
    """Right is the question's own paragraph, any passage of it; places count paragraphs."""

    limit: int

    def __call__(self, question: Question, find: Find) -> Mapping[str, Judgement]:
        return {"": judge(question, JudgingRule.DOCUMENT, find(self.limit))}


class Asking:
    """Asks questions in processes of their own; use it in a `with` block.

    Args:
        encoder: as for `use`.
    """

    def __init__(self, encoder: str, *, limit: int, processes: int | None = None) -> None:
        self.limit = limit
        self._processes = processes or os.cpu_count() or 1
        self._encoder = encoder

    def __enter__(self) -> Asking:
        with one_thread():
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._processes, context, initializer=use, initargs=(self._encoder,))
            list(self._pool.map(abs, range(self._processes)))
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def ask(self, system: System, questions: Sequence[Question], judging: Judging) -> dict[str, Run]:
        """A run for each rule of `judging`; raises MissingError where there are no weights for the system."""
        if system.by == "hybrid":
            load("ranker")  # without these, search by both is search by words
            load(system.weighed)
        begun = time.monotonic()
        size = max(1, -(-len(questions) // (8 * self._processes)))
        parts = [questions[at : at + size] for at in range(0, len(questions), size)]
        names = measure_names(self.limit, judged=False)
        waiting = [self._pool.submit(_ask, system, part, judging, names) for part in parts]
        found = [each for future in waiting for each in future.result()]
        print(
            f"{system.name}: {len(questions):,} questions, {time.monotonic() - begun:.0f} s",
            file=sys.stderr,
            flush=True,
        )
        return {
            rule: Run(
                settings=EvaluationSettings(by=system.name, limit=self.limit),
                measures=names,
                outcomes=tuple(each[rule] for each in found),
                asked=len(questions),
            )
            for rule in found[0]
        }


def _ask(
    system: System, questions: Sequence[Question], judging: Judging, names: Sequence[str]
) -> list[dict[str, Outcome]]:
    return [
        {
            rule: Outcome(
                id=question.id,
                language=question.language,
                text=question.text,
                rule=rule,
                rank=verdict.right[0][0] if verdict.right else 0,
                milliseconds=0.0,
                values=measured(names, verdict),
            )
            for rule, verdict in judging(question, finder(system, question)).items()
        }
        for question in questions
    ]


@contextmanager
def one_thread() -> Iterator[None]:
    """Processes that are started in this block calculate with one thread."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def joined(runs: Iterable[Run]) -> Run:
    """Runs of one system over several collections as one."""
    several = list(runs)
    outcomes = tuple(outcome for run in several for outcome in run.outcomes)
    return replace(several[0], outcomes=outcomes, asked=len(outcomes))


def table(title: str, runs: Mapping[str, Run], language: str = "") -> dict[str, dict[str, float]]:
    """Print the means of systems (of the questions in one language); returns them by system and measure."""
    found: dict[str, dict[str, float]] = {}
    for name, run in runs.items():
        group = next(each for each in evaluated(run).groups if each.language == language)
        found[name] = {"questions": group.questions} | {each.name: each.value for each in group.measures}
        if len(found) == 1:
            heads = "".join(f"{each.name:>11}" for each in group.measures)
            print(f"\n{title}: {group.questions:,} questions\n{'':34}{heads}")
        print(f"{name:34}" + "".join(f"{100 * each.value:11.1f}" for each in group.measures), flush=True)
    return found


def beside(now: Run, earlier: Run) -> list[Compared]:
    """Differences of two systems that were asked the same, measure by measure; see `report.compared`."""
    return list(compared(now, earlier).measures)


def differences(runs: Mapping[str, Run], pairs: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
    """Print how far the first of each pair is from the second, and how surely (paired bootstrap); returns the same."""
    found: list[dict[str, object]] = []
    pairs = [pair for pair in pairs if runs.keys() >= set(pair)]
    if pairs:
        print("\nDifference in points, 95 % interval, p (paired bootstrap over questions, 1,000 draws):")
    for one, other in pairs:
        print(f"  {one} less {other}")
        for each in beside(runs[one], runs[other]):
            if each.language:
                continue
            verdict = {"now": "ahead", "earlier": "BEHIND", "neither": "no sure difference"}[each.ahead]
            points = [100 * value for value in (each.difference, each.low, each.high)]
            print("    {:10} {:+6.1f} ({:+.1f} to {:+.1f})".format(each.name, *points) + f"  p {each.p:.3f}  {verdict}")
            found.append({"system": one, "beside": other} | asdict(each))
    return found


def arguments(text: str | None, *, questions: int = 0, limit: int = 100) -> argparse.ArgumentParser:
    """The options that the benchmarks of search share."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=questions, help="draw so many; 0 asks all")
    parser.add_argument("--seed", type=int, default=2026, help="of every draw")
    parser.add_argument("--limit", type=int, default=limit, help="passages asked for; more are read for more")
    parser.add_argument("--encoder", default="static", help="the static encoder: a trained file in place of ours")
    parser.add_argument("--systems", nargs="*", default=(), help="only systems whose names begin with one of these")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true", help="also print all figures as JSON, last")
    return results.arguments(parser)


def chosen(systems: Iterable[System], wanted: Sequence[str]) -> list[System]:
    """The systems that were asked for."""
    return [system for system in systems if not wanted or system.name.startswith(tuple(wanted))]
