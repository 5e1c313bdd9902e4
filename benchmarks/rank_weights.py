"""What should search count beside the reader where passages are ranked, and below what is a passage irrelevant?

    python -m benchmarks.rank_weights FILE… [--questions N] [--keep FILE.npz]

FILEs are questions in SQuAD's form that measure nothing else (the `*.train.json` of `benchmarks.qa_parts` that the
network was not taught, or held back from it). Each file's paragraphs are an edition, every question is asked of it as a
person would (`ask.ranking.RANKED` passages by words and meaning), and the reader that ships, or that GALACTICA_READER
names, ranks all of them, however long that takes. Right is a passage of the question's own paragraph.

Printed are, for each weight of search (`ask.ranking.SEARCHED_COUNTS`), how often a right passage is first and among
the five and `READ` first, with the mean reciprocal rank; then, for each logit (`ask.ranking.IRRELEVANT`), which share
of the right passages and of the others is not below it; and how long ranking takes, with what `SECONDS` is enough for.
The weight with the best reciprocal rank on one half of the questions is measured on the other, and the other way round.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.question_sets import build, paragraphs_of, questions_of, titles_of
from galactica import library
from galactica.ask.contract import Given, Reader
from galactica.ask.finding import READ
from galactica.ask.ranking import RANKED, SEARCHED_COUNTS, SECONDS, behind_best, promise, told_titles
from galactica.ask.trained import open_reader
from galactica.evaluate.question import Question, sample
from galactica.languages import guess
from galactica.library import Library

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0, 4.0, math.inf)
"""Of search, beside 1 of the reader; the last is search alone."""

THRESHOLDS = (-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was found for a question.

    Attributes:
        relevant, less: of each passage, as `promise` takes them, in search's order: `float32 [passages]`.
        right: whether it is of the question's paragraph: `bool [passages]`.
        seconds: that all of them took to rank.
        in_time: how many are ranked in `SECONDS`.
    """

    relevant: NDArray[np.float32]
    less: NDArray[np.float32]
    right: NDArray[np.bool_]
    seconds: float = 0.0
    in_time: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--questions", type=int, default=300, help="of each file, at most; 0: all")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--keep", type=Path, help="keep what was found there, or take it from there")
    given = results.arguments(parser).parse_args()
    if given.keep is not None and given.keep.exists():
        drawn = loaded(given.keep)
    else:
        drawn = [each for file in given.files for each in gathered(file, given.questions, given.seed)]
        if given.keep is not None:
            saved(given.keep, drawn)
    if not drawn:
        sys.exit("name files of questions")
    results.keep(__file__, given, report(drawn))


def gathered(file: Path, most: int, seed: int) -> Iterator[Drawn]:
    """What is found for the questions of a file."""
    reader = open_reader()
    everything = questions_of(str(file.absolute()))
    texts = paragraphs_of(everything)
    language = guess(" ".join(texts[:20])) or "und"
    with tempfile.TemporaryDirectory(prefix="rank-weights-") as folder:
        edition = build(Path(folder) / "asked.edition", texts, language=language, titles=titles_of(everything))
        with library.open_library([edition]) as opened:
            for question in sample(everything, most, seed):
                yield found_for(opened, reader, question)
    print(f"{file.name} ({language}): {len(texts):,} paragraphs", file=sys.stderr, flush=True)


def found_for(opened: Library, reader: Reader, question: Question) -> Drawn:
    """What is found for one question."""
    hits = opened.passages(question.text, limit=RANKED)
    titles = told_titles(hits)
    given = [Given(text=hit.text, title=titles[hit.title], language=hit.language) for hit in hits]
    in_time = len(reader.rank(question.text, given, seconds=SECONDS))
    begun = time.perf_counter()
    read = reader.rank(question.text, given, seconds=math.inf)
    seconds = time.perf_counter() - begun
    return Drawn(
        relevant=np.array([each.begun.relevant for each in read if each.begun is not None], np.float32),
        less=np.array(behind_best(hits), np.float32),
        right=np.array([hit.path == question.relevant[0][0] for hit in hits], bool),
        seconds=seconds,
        in_time=in_time,
    )


def report(drawn: Sequence[Drawn]) -> dict[str, object]:
    """Print what each weight and each threshold gives; returns it."""
    figures: dict[str, object] = {}
    print(
        f"{len(drawn):,} questions; right among the {RANKED} found: {100 * np.mean([d.right.any() for d in drawn]):.1f}"
    )
    for weight in WEIGHTS:
        figures[f"search {weight:g}"] = own = ordered_by(drawn, weight)
        print(f"search counts {weight:4g}: " + ", ".join(f"{key} {value:.1f}" for key, value in own.items()))
    halves = (drawn[0::2], drawn[1::2])
    for half, other in (halves, halves[::-1]):
        best = max(WEIGHTS, key=lambda weight: ordered_by(half, weight)["MRR"])
        told = ", ".join(f"{key} {value:.1f}" for key, value in ordered_by(other, best).items())
        print(f"best of one half: {best:g}; on the other {told}")
    now = ordered_by(drawn, SEARCHED_COUNTS)
    print(f"now {SEARCHED_COUNTS:g}: " + ", ".join(f"{key} {value:.1f}" for key, value in now.items()))
    relevant, right = np.concatenate([d.relevant for d in drawn]), np.concatenate([d.right for d in drawn])
    for threshold in THRESHOLDS:
        kept = {"right": relevant[right] >= threshold, "others": relevant[~right] >= threshold}
        shares = {name: 100 * float(each.mean()) if len(each) else 0.0 for name, each in kept.items()}
        figures[f"relevant from {threshold:g}"] = shares
        print(
            f"relevant from {threshold:4g}: {shares['right']:.1f} of right passages, {shares['others']:.1f} of others"
        )
    times = sorted(1000 * d.seconds for d in drawn)
    p50, p99 = statistics.median(times), times[min(len(times) - 1, int(0.99 * len(times)))]
    in_time = float(np.mean([d.in_time for d in drawn]))
    figures |= {"all ranked, p50 ms": p50, "all ranked, p99 ms": p99, "ranked in time": in_time, "now": now}
    print(f"ranking all: p50 {p50:.0f} ms, p99 {p99:.0f} ms; in {1000 * SECONDS:.0f} ms: {in_time:.1f} passages")
    return figures


def ordered_by(drawn: Sequence[Drawn], weight: float) -> dict[str, float]:
    """How often what is right is first, among the first, and its mean reciprocal rank, in percent."""
    ranks = []
    for each in drawn:
        values = -each.less if math.isinf(weight) else promised(each, weight)
        order = np.argsort(-values, kind="stable")
        places = np.flatnonzero(each.right[order])
        ranks.append(int(places[0]) + 1 if len(places) else 0)
    found = np.array(ranks)
    hits = {f"first {n}" if n > 1 else "first": float(np.mean((found > 0) & (found <= n))) for n in (1, 5, READ)}
    hits["MRR"] = float(np.mean([1 / rank if rank else 0.0 for rank in ranks]))
    return {key: 100 * value for key, value in hits.items()}


def promised(drawn: Drawn, weight: float) -> NDArray[np.float32]:
    """`promise` of each passage, with another weight of search."""
    rows = zip(drawn.relevant.tolist(), drawn.less.tolist(), strict=True)
    return np.array([promise(relevant, less, weight) for relevant, less in rows], np.float32)


def saved(file: Path, drawn: Sequence[Drawn]) -> None:
    np.savez(
        file,
        relevant=np.concatenate([d.relevant for d in drawn]),
        less=np.concatenate([d.less for d in drawn]),
        right=np.concatenate([d.right for d in drawn]),
        sizes=np.array([len(d.right) for d in drawn]),
        seconds=np.array([d.seconds for d in drawn]),
        in_time=np.array([d.in_time for d in drawn]),
    )


def loaded(file: Path) -> list[Drawn]:
    with np.load(file) as held:
        ends = np.cumsum(held["sizes"])[:-1]
        columns = [np.split(held[name], ends) for name in ("relevant", "less", "right")]
        return [
            Drawn(relevant=relevant, less=less, right=right, seconds=float(seconds), in_time=int(in_time))
            for relevant, less, right, seconds, in_time in zip(*columns, held["seconds"], held["in_time"], strict=True)
        ]


if __name__ == "__main__":
    main()
