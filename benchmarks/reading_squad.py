"""Reading alone: how well a reader marks the answer when it is given the right paragraph, and knows when there is none.

SQuAD dev A, v1.1 (5,665 questions): exact match and F1, all answered and at the reader's own threshold. v2.0 (5,303,
half without an answer): what share of those is abstained at each threshold, and what it costs the others; as a picture
with --picture (blue: unanswerable questions abstained; orange: F1 of answerable ones; across: how far over the
reader's own threshold).

Run it from the repository: python -m benchmarks.reading_squad [--reader FILE | --rules] [--every N]
[--picture FILE.png] [--questions FILE]
"""

from __future__ import annotations

import argparse
import json
import lzma
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks import results
from benchmarks.data import real
from benchmarks.picture import BLACK, BLUE, ORANGE, Chart
from galactica.ask.contract import Given, Reader
from galactica.ask.trained import open_reader
from galactica.evaluate.answers import Attempt, Threshold, curve
from galactica.evaluate.forms import read_questions

MAY_LOSE = 0.05
"""Of F1 that answerable questions may lose by abstaining."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", type=Path, help="a trained file; without it the one that ships")
    parser.add_argument("--rules", action="store_true", help="the reader by rules instead")
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth question")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--untitled", action="store_true", help="do not tell the reader the article's title")
    parser.add_argument("--picture", type=Path, help="where the curve is drawn")
    parser.add_argument("--questions", type=Path, help="other questions in SQuAD's form (.json or .json.xz) alone")
    arguments = results.arguments(parser).parse_args()
    reader = read_with(arguments)
    titled = not arguments.untitled
    if arguments.questions:
        alone, kept = others(reader, arguments.questions, arguments.every, titled=titled)
        results.keep(__file__, arguments, {"all answered": asdict(alone), "at the threshold": asdict(kept)})
        return
    first, times = attempts(reader, real("squad/split/dev-v1.1.A.json"), arguments.every, titled=titled)
    alone, kept = curve(first, [-np.inf, 0.0])
    print(f"v1.1, {len(first):,} questions, each with its paragraph:")
    print(f"  all answered      F1 {alone.f1:.1%}  exact {alone.exact:.1%}")
    print(f"  at the threshold  F1 {kept.answered_f1:.1%}  exact {kept.answered_exact:.1%}")
    cuts = statistics.quantiles(times, n=100)
    print(f"  a question and its paragraph: p50 {cuts[49] * 1e3:.1f} ms, p99 {cuts[98] * 1e3:.1f} ms")
    ten(reader, real("squad/split/dev-v1.1.A.json"))
    second, _ = attempts(reader, real("squad/split/dev-v2.0.A.json"), arguments.every, titled=titled)
    own = report(second, arguments.picture)
    figures = {"all answered": asdict(alone), "at the threshold": asdict(kept)}
    times_taken = {"p50, ms": cuts[49] * 1e3, "p99, ms": cuts[98] * 1e3}
    results.keep(__file__, arguments, {"v1.1": {**figures, **times_taken}, "v2.0, at the threshold": asdict(own)})


def others(reader: Reader, path: Path, every: int, *, titled: bool) -> tuple[Threshold, Threshold]:
    """What the reader makes of questions of another file, and what its threshold costs there."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / path.name.removesuffix(".xz")
        plain.write_bytes(lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes())
        found, _ = attempts(reader, plain, every, titled=titled)
    able = [each for each in found if each.right]
    alone, kept = curve(able, [-np.inf, 0.0])
    print(f"{path.name}, {len(able):,} questions, each with its paragraph:")
    print(f"  all answered      F1 {alone.f1:.1%}  exact {alone.exact:.1%}")
    print(f"  at the threshold  F1 {kept.answered_f1:.1%}  exact {kept.answered_exact:.1%}")
    print(f"  the threshold costs {100 * (alone.f1 - kept.answered_f1):.1f} points of F1")
    return alone, kept


def read_with(arguments: argparse.Namespace) -> Reader:
    """The reader that is measured."""
    if arguments.rules:
        from galactica.ask.rules import RuleReader

        return RuleReader()
    return open_reader(arguments.reader, threads=arguments.threads)


def attempts(reader: Reader, path: Path, every: int, *, titled: bool) -> tuple[list[Attempt], list[float]]:
    """(what the reader makes of each question, how far over its threshold; how long it took)."""
    file = read_questions(path)
    found, times = [], []
    for question in (*file.questions, *file.unanswerable)[::every]:
        given = Given(text=question.context, title=question.title if titled else "", language="en")
        began = time.perf_counter()
        spans = reader.read(question.text, [given], most=1)
        times.append(time.perf_counter() - began)
        best = spans[0] if spans else None
        margin = best.margin - reader.threshold if best else -np.inf
        found.append(Attempt(answer=best.text if best else "", margin=margin, right=question.answers))
    return found, times


def ten(reader: Reader, path: Path) -> None:
    """How long ten paragraphs take, as asking openly gives them."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    times = []
    for article in articles:
        some = [Given(text=each["context"], language="en") for each in article["paragraphs"][:10]]
        question = article["paragraphs"][0]["qas"][0]["question"]
        began = time.perf_counter()
        reader.read(question, some)
        times.append(time.perf_counter() - began)
    print(f"  ten paragraphs: p50 {statistics.median(times) * 1e3:.0f} ms, most {max(times) * 1e3:.0f} ms")


def report(found: Sequence[Attempt], picture: Path | None) -> Threshold:
    """Print the curve; returns the point of the reader's own threshold."""
    margins = sorted({round(float(each.margin), 3) for each in found if np.isfinite(each.margin)})
    grid = margins[:: max(1, len(margins) // 400)]
    points = curve(found, [-np.inf, *grid])
    full = points[0].answered_f1
    unanswerable = sum(not each.right for each in found)
    print(f"v2.0, {len(found):,} questions, {unanswerable:,} of them without an answer:")
    print("  threshold  abstained  F1 of answerable  loses   F1 of all  exact of all")

    def told(name: str, point: Threshold) -> None:
        print(
            f"  {point.margin:9.2f}  {point.abstained:9.1%}  {point.answered_f1:16.1%}  {full - point.answered_f1:5.1%}"
            f"  {point.f1:10.1%}  {point.exact:12.1%}   {name}"
        )

    told("all answered", points[0])
    for loss in (0.01, 0.02, 0.03, 0.05, 0.07, 0.10, 0.15, 0.20):
        able = [point for point in points if full - point.answered_f1 <= loss]
        told(f"answerable lose {loss:.0%}", max(able, key=lambda point: point.abstained))
    own = curve(found, [0.0])[0]
    told("the reader's own", own)
    told("the best F1 of all", max(points, key=lambda point: point.f1))
    if picture is not None:
        draw(points[1:], full, picture)
    return own


def draw(points: Sequence[Threshold], full: float, path: Path) -> None:
    low, high = points[0].margin, points[-1].margin
    tick = next(each for each in (0.5, 1, 2, 5, 10, 20) if (high - low) / each <= 14)
    chart = Chart((low, high), (0, 100), ticks=(tick, 10))
    chart.line([(point.margin, 100 * point.abstained) for point in points], BLUE)
    chart.line([(point.margin, 100 * point.answered_f1) for point in points], ORANGE)
    chart.line([(low, 100 * (full - MAY_LOSE)), (high, 100 * (full - MAY_LOSE))], ORANGE, 1)
    if low <= 0 <= high:
        chart.line([(0, 0), (0, 100)], BLACK, 1)
    chart.write(path)
    print(f"  {path} shows it")


if __name__ == "__main__":
    main()
