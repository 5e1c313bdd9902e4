"""Search by meaning at 10,000, 100,000 and a million passages: how fast, how large, and what the codes lose.

    python -m benchmarks.meaning_scale [--sizes 10000 100000 1000000] [--questions 500] [--json]

Each size is an edition of the 1,065 paragraphs of SQuAD dev A among English Wikipedia text (AA and AB). The real text
has about 292,000 passages; beyond that it is repeated under new ids and titles, and each size says how often. "Real"
is the whole of it, once.

* indexing: passages a second of `add_meaning`, two processes; bytes a passage on disk;
* queries: milliseconds of `Library.passages` (20 passages) by words, meaning and both, and of a page of `search`, one
  question after another, each way with questions of its own so that none finds another's texts in memory;
* memory: proportional set size (PSS) of `galactica serve` on it, before and after 200 searches;
* codes: the first 100 by codes beside the first 100 by the vectors themselves (float16, all of them compared): the
  share of right paragraphs found, one divided by the other, and how many of the 100 are the same. Repeated passages
  are nearly alike, so that which copies are among the 100 is partly chance;
* lists: the same with an inverted file, which is otherwise made beyond 4 million passages, forced and looked at as it
  would be there: 10 % of the passages and not, as for so few, all.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import DOC, wikipedia
from benchmarks.memory_curve import HEAD, descendants, resident
from benchmarks.question_sets import (
    SOURCE,
    SQUAD,
    arguments,
    build,
    galactica,
    one_thread,
    paragraphs_of,
    questions_of,
    said,
    use,
)
from galactica.building import meaning
from galactica.building.workers import pool
from galactica.edition import Edition
from galactica.encode import open_encoder
from galactica.evaluate.question import Question, sample
from galactica.library import open_library
from galactica.model import article_id
from galactica.model.projection import project
from galactica.progress import silent
from galactica.search.meaning import MeaningIndex, lists, passage_text
from galactica.search.meaning.build import build_meaning as build_index
from galactica.search.meaning.encoding import identify

SHOWN = 20
"""Passages that a query asks for."""

DEEP = 100
WARM = 50
"""Questions that are asked before the time is taken."""

VISITS = 200
"""Searches of the server before its memory is looked at again."""

AT_ONCE = 16_384

Found = NDArray[np.int64]
"""`int64 [questions, DEEP]`, numbers of passages, best first; -1 where there are no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """An edition of some size.

    Attributes:
        passages: of all.
        repeated: how often the real text was used.
    """

    path: Path
    passages: int
    repeated: float


def main() -> None:
    parser = arguments(__doc__, questions=500, limit=SHOWN)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], help="passages")
    parser.add_argument("--skip", choices=("queries", "memory", "codes", "lists"), nargs="*", default=())
    parser.add_argument("--articles", type=int, default=0, help="take so many articles for real text; 0 is all")
    given = parser.parse_args()
    use(given.encoder)
    questions = questions_of(SQUAD)
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="meaning-scale-") as name:
        folder = Path(name)
        source, size = wikipedia(folder / "real", articles=given.articles)
        whole = build(folder / "real.edition", paragraphs_of(questions), more=[source], meant=False)
        with Edition.open(whole) as edition:
            passages = edition.statement.count("passages")
        figures["real"] = indexing(Scale(path=whole, passages=passages, repeated=1.0))
        shutil.rmtree(whole)
        for wanted in given.sizes:
            scale = scaled(folder, source, wanted, size / passages, paragraphs_of(questions))
            figures[f"{wanted}"] = measured(folder, scale, questions, given)
            shutil.rmtree(scale.path)
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def scaled(folder: Path, source: Path, wanted: int, bytes_each: float, paragraphs: Sequence[str]) -> Scale:
    """An edition of about so many passages."""
    text = folder / "text"
    repeated = grown(source, text, max(0, wanted - len(paragraphs)) * bytes_each)
    path = build(folder / f"{wanted}.edition", paragraphs, more=[text], meant=False)
    shutil.rmtree(text)
    with Edition.open(path) as edition:
        return Scale(path=path, passages=edition.statement.count("passages"), repeated=repeated)


def grown(source: Path, into: Path, size: float) -> float:
    """Fill a folder with so many bytes of real articles; returns how often all of them were used."""
    into.mkdir()
    files = sorted(file for file in source.rglob("*") if file.is_file())
    left, total, used = size, sum(file.stat().st_size for file in files), 0
    while left > 0:
        turn, number = divmod(used, len(files))
        docs = DOC.findall(files[number].read_text(encoding="utf-8"))
        if turn:
            mark = rf'<doc id="{turn}0000000\1" url="\g<2>{turn}0000000\3" title="\4 ({turn})">'
            docs = [HEAD.sub(mark, doc, count=1) for doc in docs]
        with (into / f"wiki_{used:05d}").open("wb") as file:
            for doc in docs:
                if left > 0:
                    left -= file.write(doc.encode())
        used += 1
    return (size - left) / total


def measured(folder: Path, scale: Scale, questions: Sequence[Question], given: Namespace) -> dict[str, object]:
    """All of one size."""
    figures: dict[str, object] = {"indexing": indexing(scale)}
    drawn = sample(questions, 4 * given.questions + WARM, given.seed)
    if "queries" not in given.skip:
        figures["milliseconds"] = queries(scale.path, drawn, given.limit)
    if "memory" not in given.skip:
        figures["memory"] = memory(scale.path, drawn[:VISITS], given.encoder)
    if "codes" not in given.skip:
        asked = sample(questions, given.questions, given.seed)
        figures["codes"] = codes(folder, scale, asked, with_lists="lists" not in given.skip)
    return figures


def indexing(scale: Scale) -> dict[str, float]:
    """Make the index of meaning."""
    begun = time.perf_counter()
    meaning.add_meaning(scale.path, workers=os.cpu_count() or 1, note=said)
    seconds = time.perf_counter() - begun
    with Edition.open(scale.path) as edition:
        held = sum(file.stat().st_size for file in edition.meaning_dir().rglob("*") if file.is_file())
    rate = scale.passages / seconds
    print(
        f"\n{scale.passages:,} passages, the real text {scale.repeated:.2f} times\n"
        f"  indexed in {seconds:.1f} s on {os.cpu_count()} cores: {rate:,.0f} passages a second,"
        f" {held / scale.passages:.1f} bytes each",
        flush=True,
    )
    return {
        "passages": scale.passages,
        "real text used": scale.repeated,
        "seconds": seconds,
        "passages a second": rate,
        "bytes a passage": held / scale.passages,
    }


def queries(path: Path, questions: Sequence[Question], limit: int) -> dict[str, dict[str, float]]:
    """Times of one question after another."""
    with open_library([path]) as library:
        ways: dict[str, Callable[[str], object]] = {
            "words": lambda text: library.passages(text, limit=limit, by="words"),
            "meaning": lambda text: library.passages(text, limit=limit, by="meaning"),
            "hybrid": lambda text: library.passages(text, limit=limit, by="hybrid"),
            "page of 10": lambda text: library.search(text, limit=10),
        }
        figures = {}
        for number, (name, ask) in enumerate(ways.items()):
            for question in questions[:WARM]:
                ask(question.text)
            figures[name] = timed([question.text for question in questions[WARM + number :: len(ways)]], ask)
            say(name, figures[name])
    return figures


def timed(asked: Iterable[Any], ask: Callable[..., object]) -> dict[str, float]:
    """Milliseconds of one after another."""
    times = []
    for each in asked:
        begun = time.perf_counter()
        ask(each)
        times.append(1000 * (time.perf_counter() - begun))
    p50, p99 = np.quantile(times, (0.5, 0.99))
    return {"asked": len(times), "p50": float(p50), "p99": float(p99), "max": max(times)}


def say(name: str, times: dict[str, float]) -> None:
    print("  {:28} p50 {:8.2f}  p99 {:8.2f}  max {:8.2f} ms".format(name, *list(times.values())[1:]), flush=True)


def memory(path: Path, questions: Sequence[Question], encoder: str) -> dict[str, float]:
    """Megabytes (PSS) of a server."""
    command = [*galactica(encoder), "serve", "-e", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            address = next(part for part in server.stdout.readline().split() if part.startswith("http"))
            _visit(address, "the")
            before = _resident(server.pid)
            for question in questions:
                _visit(address, question.text)
            after = _resident(server.pid)
        finally:
            server.terminate()
    print(f"  server: {before:.0f} MB (PSS), after {len(questions)} searches {after:.0f} MB", flush=True)
    return {"PSS MB": before, "PSS MB after searches": after}


def _visit(address: str, text: str) -> None:
    with urllib.request.urlopen(f"{address.rstrip('/')}/api/v1/search?q={quote(text)}") as answer:
        answer.read()


def _resident(pid: int) -> float:
    return sum(resident(each) for each in descendants(pid)) / 1e6


def codes(folder: Path, scale: Scale, questions: Sequence[Question], *, with_lists: bool) -> dict[str, object]:
    """What is found by codes, and by lists of them, beside what is found by vectors."""
    vectors = open_encoder(meaning.ENCODER).questions([question.text for question in questions])
    floats = folder / "floats"
    encode(scale, floats)
    exact = by_floats(floats, scale.passages, vectors)
    floats.unlink()
    figures: dict[str, object] = {}
    with Edition.open(scale.path) as edition:
        with MeaningIndex.open(edition, edition.meaning_dir()) as index:
            right = [_right(edition, index, question) for question in questions]
            found_exactly = share_found(exact, right)
            print(f"  right paragraph among the first {DEEP} by vectors: {100 * found_exactly:.2f} %")
            figures["found by vectors"] = found_exactly
            figures["all"] = compared("all codes", index, vectors, exact, right)
        if with_lists:
            figures["lists"] = by_lists(folder, edition, vectors, exact, right)
    return figures


def compared(
    name: str, index: MeaningIndex, vectors: NDArray[np.float32], exact: Found, right: Sequence[range]
) -> dict[str, float]:
    """One index beside the exact search."""
    found = np.full(exact.shape, -1, np.int64)
    for number, vector in enumerate(vectors):
        here = index.find(vector, DEEP)[0]
        found[number, : len(here)] = here
    times = timed(vectors, lambda vector: index.find(vector, DEEP))
    share, ratio = share_found(found, right), share_found(found, right) / max(share_found(exact, right), 1e-9)
    same = float(np.mean([len(np.intersect1d(a, b)) / DEEP for a, b in zip(found, exact, strict=True)]))
    say(f"first {DEEP} by {name}", times)
    print(f"    right paragraph {100 * share:.2f} %: {ratio:.4f} of the vectors' share; {100 * same:.1f} % the same")
    return times | {"found": share, "of the vectors": ratio, "the same": same}


def by_lists(
    folder: Path, edition: Edition, vectors: NDArray[np.float32], exact: Found, right: Sequence[range]
) -> dict[str, float]:
    """An index whose inverted file is forced, from the same codes."""
    directory, least = folder / "lists", lists.LEAST
    shutil.copytree(edition.meaning_dir(), directory, ignore=shutil.ignore_patterns("manifest.json"))
    begun = time.perf_counter()
    with pool(0) as here:
        build_index(
            edition,
            directory,
            encoder=identify(meaning.encoder_for, meaning.ENCODER),
            opener=meaning.encoder_for,
            pool=here,
            workers=0,
            report=silent,
            exact_most=0,
        )
    seconds = time.perf_counter() - begun
    print(f"  lists made in {seconds:.1f} s")
    lists.LEAST = 0
    try:
        with MeaningIndex(edition, directory, exact_most=0) as index:
            return {"seconds": seconds} | compared("lists", index, vectors, exact, right)
    finally:
        lists.LEAST = least
        shutil.rmtree(directory)


def _right(edition: Edition, index: MeaningIndex, question: Question) -> range:
    """Numbers of the passages of a question's paragraph."""
    row = edition.row_of(article_id(SOURCE, question.relevant[0][0]))
    assert row is not None, "the edition lacks a paragraph"
    return index.numbers(row)


def share_found(found: Found, right: Sequence[range]) -> float:
    """Of how many questions a right passage is among those found."""
    return float(np.mean([np.isin(row, own).any() for row, own in zip(found, right, strict=True)]))


def encode(scale: Scale, file: Path) -> None:
    """All vectors of an edition, in the order of the index: float16 [passages, dimensions]."""
    with Edition.open(scale.path) as edition:
        shards = edition.shard_rows()
        counts = [int(edition.passage_counts(shard).sum()) for shard in range(len(shards))]
    dimensions = open_encoder(meaning.ENCODER).dimensions
    np.memmap(file, np.float16, "w+", shape=(scale.passages, dimensions)).flush()
    context = multiprocessing.get_context("spawn")
    with one_thread(), ProcessPoolExecutor(os.cpu_count(), context) as workers:
        first, waiting = 0, []
        for rows, count in zip(shards, counts, strict=True):
            waiting.append(workers.submit(_encode, scale, file, rows, first, meaning.ENCODER))
            first += count
        for each in waiting:
            each.result()


def _encode(scale: Scale, file: Path, rows: tuple[int, int], first: int, name: str) -> None:
    encoder, texts = open_encoder(name), []
    with Edition.open(scale.path) as edition:
        for row, article in edition.scan(rows[0], rows[0] + rows[1]):
            text = project(article.body)
            spans = zip(*edition.spans(row), strict=True)
            texts += [passage_text(article.title, text[start:end]) for start, end in spans]
    held = np.memmap(file, np.float16, "r+", shape=(scale.passages, encoder.dimensions))
    held[first : first + len(texts)] = encoder.passages(texts)
    held.flush()


def by_floats(file: Path, passages: int, vectors: NDArray[np.float32]) -> Found:
    """The first 100 of all passages by the vectors themselves."""
    held = np.memmap(file, np.float16, "r", shape=(passages, vectors.shape[1]))
    scores = np.full((len(vectors), DEEP), -np.inf, np.float32)
    numbers = np.full((len(vectors), DEEP), -1, np.int64)
    for start in range(0, passages, AT_ONCE):
        near = vectors @ held[start : start + AT_ONCE].astype(np.float32).T
        all_scores = np.concatenate([scores, near], axis=1)
        here = np.arange(start, start + near.shape[1])
        all_numbers = np.concatenate([numbers, np.broadcast_to(here, near.shape)], axis=1)
        best = np.argpartition(-all_scores, DEEP - 1, axis=1)[:, :DEEP]
        scores = np.take_along_axis(all_scores, best, axis=1)
        numbers = np.take_along_axis(all_numbers, best, axis=1)
    return np.take_along_axis(numbers, np.argsort(-scores, axis=1, kind="stable"), axis=1)


if __name__ == "__main__":
    main()
