"""Truth discovery: which list of authors of a book is right, when shops differ? Beside the list that most shops give.

    python -m benchmarks.book_authors [--rounds N] [--json]

Book authors (Dong and others 2009): the author lists that shops give of books, and gold lists of some. Scored as the
set's own scorer does: lower case, marks become blanks, words as sets, mean of what both have over what either has.

* most: the list that most shops give, as it is written; the first by letters where several do.
* record: each shop counts by how often others confirm it (`disagreements.record`, `trust.weight_of_share`), lists
  that share words support each other by what they share; repeated, each time with records against the lists chosen.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from benchmarks import results
from benchmarks.data import real
from galactica.joining.disagreements.record import tally
from galactica.joining.disagreements.trust import weight_of_share

NOTHING = frozenset(("not available", "", "unknown", "n/a", "na", "none", "various"))
LEAST = 0.05
"""What a shop counts of which nothing is known."""

Books = dict[str, dict[str, frozenset[str]]]
"""ISBN → shop → the words of its list."""


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    given = results.arguments(parser).parse_args()
    folder = real("book-authors")
    books: Books = defaultdict(dict)
    for line in (folder / "book.txt").read_text("utf-8", "replace").splitlines():
        parts = line.split("\t")
        if len(parts) >= 4 and parts[3].strip().lower() not in NOTHING:
            books[parts[1]][parts[0]] = _words(parts[3])
    gold = {}
    for line in (folder / "book_golden.txt").read_text("utf-8", "replace").splitlines():
        isbn, _, authors = line.partition("\t")
        gold[isbn] = _words(authors)
    most = {isbn: _most(told) for isbn, told in books.items() if told}
    chosen = most
    for _ in range(given.rounds):
        chosen = _weighed(books, chosen)
    figures = {
        "books": len(gold),
        "Jaccard, most shops": round(_score(most, gold), 3),
        "Jaccard, by record": round(_score(chosen, gold), 3),
    }
    for name, value in figures.items():
        print(f"{name:25} {value}")
    results.keep(__file__, given, figures)


def _words(authors: str) -> frozenset[str]:
    plain = authors.lower()
    for mark in (";", ",", ".", ":", "&", "/", "'", "(author)", "(joint author)"):
        plain = plain.replace(mark, " ")
    return frozenset(re.split(r"\s+", plain)) - {""}


def _most(told: Mapping[str, frozenset[str]]) -> frozenset[str]:
    counts = Counter(told.values())
    return min(counts, key=lambda words: (-counts[words], sorted(words)))


def _weighed(books: Books, chosen: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The list of each book that has most support, by the records of shops against the lists that are chosen now."""
    right, of = Counter[str](), Counter[str]()
    for isbn, told in books.items():
        for shop, words in told.items():
            if len(told) > 1:
                of[shop] += 1
                right[shop] += _shared(words, chosen[isbn]) > 0.5
    weights = {shop: LEAST + weight_of_share(tally(right[shop], of[shop]).low) for shop in of}
    found = {}
    for isbn, told in books.items():
        support = {
            words: sum(weights.get(shop, LEAST) * _shared(words, other) for shop, other in told.items())
            for words in set(told.values())
        }
        if support:
            found[isbn] = min(support, key=lambda words: (-support[words], sorted(words)))
    return found


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _score(chosen: Mapping[str, frozenset[str]], gold: Mapping[str, frozenset[str]]) -> float:
    return sum(_shared(chosen.get(isbn, frozenset()), words) for isbn, words in gold.items()) / len(gold)


if __name__ == "__main__":
    main()
