"""A view of editions: what making, opening and reading it costs, and that it shares nothing with an evaluation set.

    python -m benchmarks.views EDITION... --exclude FILE --work FOLDER

The view is made with the evaluation set and without. That nothing is shared afterwards is shown by a search that knows
nothing of the code under test: words by a regular expression, runs of 13 as tuples in a set, and each shorter text
of eight words or more as a whole; it is run over every document of both views. Reading is measured beside pyarrow,
which reads the same texts out of an export in which they stand as plain columns. Times are seconds of the processor.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks import results
from galactica.train.views.exports.exporting import export_view
from galactica.train.views.filtering import ViewFilter
from galactica.train.views.making import make_view
from galactica.train.views.view import View

RUN, LEAST = 13, 8
WORD = re.compile(r"[^\W_]+")
READ = 500
"""Documents that are read one by one, spread evenly."""

Tuples = dict[tuple[str, ...], set[tuple[str, ...]]]


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("editions", nargs="+", type=Path)
    parser.add_argument("--exclude", required=True, type=Path, help="SQuAD-style JSON")
    parser.add_argument("--work", required=True, type=Path)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    plain, clean = given.work / "plain.view", given.work / "clean.view"
    for each in (plain, clean, given.work / "plain.parquet"):
        shutil.rmtree(each, ignore_errors=True)
    figures: dict[str, Any] = {}
    made, figures["seconds to make"] = timed(lambda: make_view(plain, given.editions, ViewFilter()))
    counts = made.header.counts
    figures |= {"documents": counts.documents, "MB of text": counts.bytes / 1e6, "left out": dict(made.left_out)}
    figures["bytes of the view a document"] = sum(f.stat().st_size for f in plain.iterdir()) / counts.documents
    asked = ViewFilter(exclude=(given.exclude,))
    made, figures["seconds to make, with exclusion"] = timed(lambda: make_view(clean, given.editions, asked))
    (excluded,) = made.excluded
    figures["exclusion"] = {
        "texts looked for": excluded.items,
        "too short": excluded.short,
        "found": excluded.found,
        "passages cut out of documents that stay": made.passages,
        "documents left out": dict(made.left_out).get("evaluation", 0),
        "MB less": (counts.bytes - made.header.counts.bytes) / 1e6,
    }
    figures["reading"] = reading(plain, given.work / "plain.parquet")
    looked_for = texts_of(given.exclude)
    figures["documents that share a run, by another search"] = {
        "before": shared(plain, looked_for),
        "after": shared(clean, looked_for),
    }
    figures["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps(figures, indent=1))
    results.keep(__file__, given, figures)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What work gives, and the seconds of the processor that it took."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def reading(path: Path, out: Path) -> dict[str, float]:
    """Rates of reading in MB of text a second, ours and pyarrow's."""
    view, opened = timed(lambda: View.open(path))
    with view:
        size, scanned = timed(lambda: sum(len(text) for _, text in view.scan()))
        step = max(1, len(view) // READ)
        some, singly = timed(lambda: [view.read([number])[0] for number in range(0, len(view), step)])
        assert size == view.counts.bytes
    export_view(path, out, format="parquet")
    told, columns = timed(lambda: sum(len(text.encode()) for text in column(out)))
    assert told == size
    return {
        "seconds to open": opened,
        "scan, MB/s": size / 1e6 / scanned,
        "one document, ms": 1e3 * singly / len(some),
        "pyarrow, texts as plain columns, MB/s": size / 1e6 / columns,
    }


def column(folder: Path) -> Iterator[str]:
    """The texts of an export, row group after row group."""
    for file in sorted(folder.iterdir()):
        with pq.ParquetFile(file) as opened:
            for group in range(opened.num_row_groups):
                yield from opened.read_row_group(group, columns=["text"], use_threads=False)["text"].to_pylist()


def texts_of(path: Path) -> Tuples:
    """Runs of words that must not be in a document: by their first eight words, what follows."""
    found: Tuples = {}
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for text in (paragraph["context"], *(asked["question"] for asked in paragraph["qas"])):
                words = tuple(WORD.findall(text.casefold()))
                length = min(RUN, len(words))
                for at in range(len(words) - length + 1) if length >= LEAST else ():
                    run = words[at : at + length]
                    found.setdefault(run[:LEAST], set()).add(run)
    return found


def shared(path: Path, looked_for: Tuples) -> int:
    """How many documents of a view have one of the runs."""
    count = 0
    with View.open(path) as view:
        for _, text in view.scan():
            words = WORD.findall(text.decode().casefold())
            count += any(
                tuple(words[at : at + len(run)]) == run
                for at in range(len(words) - LEAST + 1)
                for run in looked_for.get(tuple(words[at : at + LEAST]), ())
            )
    return count


if __name__ == "__main__":
    main()
