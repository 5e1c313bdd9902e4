"""How long an edition takes to be searched, by kind of query; the queries are made of the edition itself.

python -m benchmarks.scale_search EDITION [--each 40]
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import results
from galactica.library import Edition, open_library
from galactica.model import Article
from galactica.model.projection import project

WORD = re.compile(r"[^\W\d_]{3,}")
COMMON = ("city", "war", "university", "government", "music", "river", "world", "king", "music history", "world war")
"""Words of very many articles, which is what search by words is slowest with."""


def queries(edition: Edition, each: int) -> dict[str, list[str]]:
    """Kind → queries."""
    found: dict[str, list[str]] = {
        kind: [] for kind in ("title", "one rare word", "three words", "phrase", "question", "misspelled")
    }
    for article in _spread(edition, 4 * each):
        words = WORD.findall(project(article.body))
        longest = sorted({word for word in words if len(word) < 20}, key=lambda word: (-len(word), word))
        if len(words) < 12 or len(longest) < 3:
            continue
        found["title"].append(article.title)
        found["one rare word"].append(longest[0])
        found["three words"].append(" ".join(longest[1:4]))
        found["phrase"].append(f'"{" ".join(words[4:7])}"')
        found["question"].append(f"What is {article.title.rpartition(',')[0] or article.title} known for?")
        found["misspelled"].append(longest[0][:2] + longest[0][3:])
    return {kind: several[:each] for kind, several in found.items()} | {"common words": list(COMMON)}


def _spread(edition: Edition, count: int) -> Iterator[Article]:
    """Articles from the whole edition, at equal steps."""
    for row in range(0, len(edition), max(1, len(edition) // count)):
        yield edition.article(row)


def timed(path: Path, each: int) -> dict[str, float]:
    """Of each kind of query the median, and the slowest of twenty, in milliseconds of CPU; each was asked once."""
    with Edition.open(path) as edition:
        asked = queries(edition, each)
    told: dict[str, float] = {}
    with open_library(path) as library:
        begin = time.process_time()
        library.search("anything at all")
        told["first search of all, ms"] = (time.process_time() - begin) * 1e3
        for kind, several in asked.items():
            took = []
            for query in several:
                begin = time.process_time()
                library.search(query)
                took.append((time.process_time() - begin) * 1e3)
            told[f"{kind}, p50 ms"] = float(np.median(took))
            told[f"{kind}, p95 ms"] = float(np.quantile(took, 0.95))
    return told


def show(path: str, each: int) -> None:
    """Print the times as JSON."""
    print(json.dumps(timed(Path(path), each)))


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--each", type=int, default=40, help="queries of a kind")
    options = results.arguments(parser).parse_args()
    found = timed(options.edition, options.each)
    for name, value in found.items():
        print(f"{name:32}{value:10.2f}")
    results.keep(__file__, options, found)


if __name__ == "__main__":
    main()
