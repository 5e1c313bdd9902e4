"""How well are the passages of SQuAD dev A found? By words, by meaning, by both, by both and then ranked by the network
that reads, and with MiniLM in its place.

    python -m benchmarks.search_squad [--only alone|hidden|speed] [--questions N] [--pool-questions 300] [--json]

Alone: the 1,065 paragraphs are an edition, each an article whose title tells nothing. Right is the question's own
paragraph; one that was cut into several passages counts once, at the first of them.

Hidden: the same paragraphs as articles of one edition with all of enwiki-2015-core AA+AB (one and not two, so that
words are weighed by how rare they are in all of it). Right is a passage in which an answer stands, of the question's
paragraph, of the encyclopedia's article of the same title, or of a twin: an article that shares 20 or more runs of 8
words with the paragraphs of that SQuAD article. "Without twins": passages of both are taken out of the ranking before
places are counted; where that leaves fewer than 20, more are asked for.

Every question asks for 100 passages (--limit), as `galactica eval search` does. MiniLM stands twice: as `galactica`
uses it (one bit a dimension), and exact, compared by its vectors themselves. Among the 292,000 passages MiniLM is only
a reranker of a pool: for a sample of questions it sees the first 100 passages by words and the first 100 by the static
encoder, and what search looks at besides. What a full index would take is said, from the speed measured in this run.

"ranked 24", "ranked 50": what search by both finds first, so many of it put in order by the network that ships, or
that the environment variable GALACTICA_READER names (`ask.ranking`), as long as that takes: some 19 ms a passage.
`--systems words hybrid ranked` leaves out the rest.

Speed: SQuAD's paragraphs, over and over, in processes that start together; threads as said; nothing else may run.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import tempfile
import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import wikipedia
from benchmarks.question_sets import (
    DEPTHS,
    SOURCE,
    SQUAD,
    THREADS,
    Asking,
    Find,
    OwnParagraph,
    System,
    arguments,
    build,
    chosen,
    differences,
    finder,
    minilm_systems,
    paragraphs_of,
    questions_of,
    ranked_systems,
    static_systems,
    table,
    use,
    write_floats,
)
from galactica.building import meaning
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.encode import open_encoder
from galactica.evaluate.judge import Judgement, JudgingRule, judge
from galactica.evaluate.question import Question, sample
from galactica.evaluate.report import Run
from galactica.model import PassageHit
from galactica.model.projection import project
from galactica.search.meaning import MeaningIndex
from galactica.train.cutting import cut_texts
from galactica.train.held_out import HeldOut, Numbers

SHALLOW, DEEPEST = 20, 1_000
"""Places that are looked at by recall; passages that can be asked for."""

EXACT = "MiniLM exact"
RANKED_ROWS = tuple(f"ranked {depth}" for depth in DEPTHS)
PAIRS = (
    *(
        (ours, other)
        for ours in ("hybrid, fusion", "hybrid, ranker", *RANKED_ROWS)
        for other in ("words", "words + MiniLM, fusion", f"words + {EXACT}, fusion")
    ),
    *((ranked, "hybrid, ranker") for ranked in RANKED_ROWS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Right is an answer in the question's paragraph, or in an article that has the same text; see the module.

    Attributes:
        twins: title of a SQuAD article → ids of articles that share text with it.
    """

    limit: int
    twins: Mapping[str, frozenset[bytes]]

    def __call__(self, question: Question, find: Find) -> Mapping[str, Judgement]:
        wanted = self.limit
        hits = find(wanted)
        found = {"with twins": self._verdict(question, hits)}
        alone = [hit for hit in hits if not self._twin(question, hit)]
        while len(alone) < SHALLOW and len(hits) >= wanted and wanted < DEEPEST:
            wanted = min(DEEPEST, 3 * wanted)
            hits = find(wanted)
            alone = [hit for hit in hits if not self._twin(question, hit)]
        found["without twins"] = self._verdict(question, alone)
        return found

    def _verdict(self, question: Question, hits: Sequence[PassageHit]) -> Judgement:
        own = [replace(hit, title=question.title if self._right(question, hit) else "") for hit in hits[: self.limit]]
        return judge(question, JudgingRule.ARTICLE, own)

    def _right(self, question: Question, hit: PassageHit) -> bool:
        own = hit.source == SOURCE and hit.path == question.relevant[0][0]
        return own or self._twin(question, hit)

    def _twin(self, question: Question, hit: PassageHit) -> bool:
        same = title_key(hit.title) == title_key(question.title)
        return hit.source != SOURCE and (same or hit.id in self.twins[question.title])


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=("alone", "hidden", "speed"), nargs="*", default=("speed", "alone", "hidden"))
    parser.add_argument("--articles", type=int, default=0, help="hide among so many articles only; 0 is all")
    parser.add_argument("--pool-questions", type=int, default=300, help="asked of MiniLM's pool; 0 leaves MiniLM out")
    parser.add_argument("--seconds", type=float, default=20.0, help="that each speed is measured for")
    given = parser.parse_args()
    use(given.encoder)
    everything = questions_of(SQUAD)
    questions = sample(everything, given.questions, given.seed)
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="search-squad-") as folder:
        if "speed" in given.only:
            figures["speed"] = speeds(paragraphs_of(everything), given)
        if "alone" in given.only:
            figures["alone"] = alone(Path(folder), everything, questions, given)
        if "hidden" in given.only:
            figures["hidden"] = hidden(Path(folder), everything, questions, given)
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def alone(folder: Path, everything: Sequence[Question], questions: Sequence[Question], given: Namespace) -> object:
    """The paragraphs by themselves."""
    paragraphs = paragraphs_of(everything)
    edition = build(folder / "alone.edition", paragraphs)
    systems = [*static_systems(edition), *ranked_systems(edition)]
    if given.pool_questions:
        other = folder / "alone-minilm.edition"
        shutil.copytree(edition, other, ignore=shutil.ignore_patterns("meaning"))
        meaning.add_meaning(other, workers=0, encoder="minilm")
        floats = folder / "alone.npz"
        write_floats(edition, "minilm", floats)
        systems += [*minilm_systems(other), *minilm_systems(edition, floats, EXACT)]
    with Asking(given.encoder, limit=given.limit, processes=given.processes) as asking:
        right = OwnParagraph(limit=given.limit)
        found = {s.name: asking.ask(s, questions, right)[""] for s in chosen(systems, given.systems)}
    means = table(f"SQuAD dev A, its {len(paragraphs):,} paragraphs alone", found)
    return {"means": means, "differences": differences(found, PAIRS)}


def hidden(folder: Path, everything: Sequence[Question], questions: Sequence[Question], given: Namespace) -> object:
    """The paragraphs among all passages of an encyclopedia."""
    text, _ = wikipedia(folder / "wikipedia", articles=given.articles)
    edition = build(folder / "hidden.edition", paragraphs_of(everything), more=[text])
    with Edition.open(edition) as opened:
        passages = opened.statement.count("passages")
        twins = twins_of(opened, everything)
    print(f"\nHidden among {passages:,} passages. Twins: ", end="")
    print("; ".join(f"{title} {len(found)}" for title, found in twins.items()))
    right = Hidden(limit=given.limit, twins=twins)
    figures: dict[str, object] = {"passages": passages, "twins": {title: len(found) for title, found in twins.items()}}
    with Asking(given.encoder, limit=given.limit, processes=given.processes) as asking:
        ways = chosen([*static_systems(edition), *ranked_systems(edition)], given.systems)
        found = {s.name: asking.ask(s, questions, right) for s in ways}
        for rule in ("with twins", "without twins"):
            ruled = {name: run[rule] for name, run in found.items()}
            means = table(f"SQuAD dev A hidden among {passages:,} passages, {rule}", ruled)
            figures[rule] = {"means": means, "differences": differences(ruled, PAIRS)}
        if given.pool_questions:
            figures["pool"] = pool(
                folder, edition, sample(questions, given.pool_questions, given.seed), right, asking, found
            )
    return figures


def pool(
    folder: Path,
    edition: Path,
    questions: Sequence[Question],
    right: Hidden,
    asking: Asking,
    found: Mapping[str, Mapping[str, Run]],
) -> object:
    """A sample of the questions, with MiniLM as a reranker of what words and the static encoder find."""
    pools = pools_of(edition, questions)
    file, begun = folder / "pool.npz", time.perf_counter()
    count = write_floats(edition, "minilm", file, pools)
    seconds = time.perf_counter() - begun
    with Edition.open(edition) as opened:
        hours = opened.statement.count("passages") / (count / seconds) / 3600
    size, speed = np.mean([len(numbers) for numbers in pools.values()]), count / seconds
    print(
        f"\nMiniLM here only reranks a pool, about {size:.0f} passages a question; it finds nothing by itself. The"
        f" {count:,} passages took {seconds:.0f} s, {speed:.1f} a second; at that speed an index of all"
        f" would take {hours:.1f} hours."
    )
    figures: dict[str, object] = {"encoded": count, "seconds": seconds, "hours for all": hours}
    several = minilm_systems(edition, file, f"{EXACT}, pool")
    answers = {**found, **{system.name: asking.ask(system, questions, right) for system in several}}
    drawn = {question.id for question in questions}
    pairs = [(ours, f"words + {EXACT}, pool, fusion") for ours in ("hybrid, fusion", "hybrid, ranker")]
    for rule in ("with twins", "without twins"):
        ruled = {
            name: replace(run[rule], outcomes=tuple(each for each in run[rule].outcomes if each.id in drawn))
            for name, run in answers.items()
        }
        means = table(f"The same, a sample with MiniLM as a reranker, {rule}", ruled)
        figures[rule] = {"means": means, "differences": differences(ruled, pairs)}
    return figures


def pools_of(edition: Path, questions: Sequence[Question]) -> dict[str, NDArray[np.int64]]:
    """Id of a question → numbers of the first 100 passages by words and the first 100 by the static encoder."""
    ways = [System(name=by, edition=edition, by=by) for by in ("words", "meaning")]
    found: dict[str, NDArray[np.int64]] = {}
    with Edition.open(edition) as opened, MeaningIndex.open(opened, opened.meaning_dir()) as index:
        for question in questions:
            hits = [hit for way in ways for hit in finder(way, question)(100)]
            rows = [(opened.row_of(hit.id), hit.passage) for hit in hits]
            numbers = {index.numbers(row)[passage] for row, passage in rows if row is not None}
            found[question.id] = np.array(sorted(numbers), np.int64)
    return found


def twins_of(edition: Edition, questions: Sequence[Question]) -> dict[str, frozenset[bytes]]:
    """Title of a SQuAD article → ids of the encyclopedia's articles that hold its text (`train.held_out`)."""
    known: dict[str, int] = {}

    def number(words: Sequence[str]) -> Numbers:
        return np.array([known.setdefault(word, len(known)) for word in words], np.int32)

    texts: dict[str, dict[str, None]] = {}
    for question in questions:
        texts.setdefault(question.title, {})[question.context] = None
    own = {title: HeldOut(list(several), number) for title, several in texts.items()}
    all_of_them = HeldOut([text for several in texts.values() for text in several], number)
    found: dict[str, set[bytes]] = {title: set() for title in own}
    for _, article in edition.scan():
        if article.source == SOURCE:
            continue
        numbers = number(cut_texts([project(article.body)]).words)
        if all_of_them.in_article(numbers):
            for title, held in own.items():
                if held.in_article(numbers):
                    found[title].add(article.id)
    return {title: frozenset(ids) for title, ids in found.items()}


def speeds(texts: Sequence[str], given: Namespace) -> object:
    """Passages a second of both encoders."""
    cores = os.cpu_count() or 1
    rates = {
        ("static", 1, 1): 0.0,
        ("static", cores, 1): 0.0,
        ("minilm", 1, 1): 0.0,
        ("minilm", cores, 1): 0.0,
        ("minilm", 1, cores): 0.0,
    }
    print(f"Passages a second ({len(texts):,} paragraphs over and over, {given.seconds:g} s each):")
    for name, processes, threads in rates:
        encoder = given.encoder if name == "static" else name
        rate = rates[name, processes, threads] = measured_rate(encoder, texts, processes, threads, given.seconds)
        print(
            f"  {name:8}{processes} process{'es' if processes > 1 else '  '} of {threads} thread(s) {rate:12,.1f}",
            flush=True,
        )
    one = rates["static", 1, 1] / rates["minilm", 1, 1]
    best = max(rate for (name, *_), rate in rates.items() if name == "minilm")
    both = rates["static", cores, 1] / best
    print(f"  static / MiniLM: {one:,.0f} times on one core; {both:,.0f} times on {cores} (each as it is quickest)")
    named = {
        f"{name}, processes {processes}, threads {threads}": rate for (name, processes, threads), rate in rates.items()
    }
    return named | {"ratio, one core": one, "ratio, all cores": both}


def measured_rate(encoder: str, texts: Sequence[str], processes: int, threads: int, seconds: float) -> float:
    """Passages a second of so many processes together."""
    context = multiprocessing.get_context("spawn")
    barrier, queue = context.Barrier(processes), context.Queue()
    before = dict(os.environ)
    os.environ.update(dict.fromkeys(THREADS, str(threads)))
    try:
        started = [
            context.Process(target=_encode, args=(encoder, texts, seconds, barrier, queue)) for _ in range(processes)
        ]
        for process in started:
            process.start()
        rate = sum(queue.get(timeout=600) for _ in started)
        for process in started:
            process.join()
    finally:
        os.environ.clear()
        os.environ.update(before)
    return float(rate)


def _encode(name: str, texts: Sequence[str], seconds: float, barrier: Barrier, queue: Queue[float]) -> None:
    encoder = open_encoder(name)
    encoder.passages(texts[:64])
    barrier.wait()
    done, begun = 0, time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        start = done % len(texts)
        done += len(encoder.passages(texts[start : start + 256]))
    queue.put(done / passed)


if __name__ == "__main__":
    main()
