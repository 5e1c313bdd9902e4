"""Does a single everyday word of one language find the article of a library in another?

    python -m benchmarks.search_nouns NAME.edition [--forms build|held] [--interface] [--show]

`benchmarks/everyday/nouns.tsv` has thirty things of which the English Wikipedia of 2015 has an article under that very
title (drawn from the titles of one common word, with a fixed seed), and what they are called in nineteen languages,
written before any of these words had been looked for, by who had not seen the tables of `languages.lexicon`. Each word
is typed into a search of that edition as it ships; with `--interface` as in a reading room that is read in the word's
language. Right is the article; first, and among the first five.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from benchmarks import results
from galactica.library import open_library

NOUNS = Path(__file__).parent / "everyday" / "nouns.tsv"
FORMS = Path(__file__).parent / "everyday" / "forms.tsv"
SHOWN = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--forms", choices=("build", "held"), help="a half of the nouns as they stand in a sentence")
    parser.add_argument("--interface", action="store_true", help="the words' language is that of the reader's pages")
    parser.add_argument("--show", action="store_true", help="print what is not first")
    given = results.arguments(parser).parse_args()
    figures: dict[str, Counter[str]] = {}
    with open_library([given.edition]) as library:
        for language, kind, word, title in forms(held=given.forms == "held") if given.forms else nouns():
            hits = library.search(word, limit=SHOWN, interface=language if given.interface else "").hits
            found = [hit.title for hit in hits]
            for row in (language, kind, "all"):
                count = figures.setdefault(row, Counter())
                count.update({"asked": 1, "first": int(found[:1] == [title]), f"among {SHOWN}": int(title in found)})
            if given.show and found[:1] != [title]:
                print(f"  {language} {word}: {title}, found {', '.join(found[:3])}")
    for row, count in figures.items():
        print(f"{row}: {dict(count)}")
    results.keep(__file__, given, figures)


def nouns() -> Iterator[tuple[str, str, str, str]]:
    """(language, kind, word, title that is right) of each noun."""
    titles, *columns = columns_of(NOUNS)
    for language, words in columns:
        for title, word in zip(titles[1], words, strict=True):
            yield language, "noun", word, title


def forms(*, held: bool) -> Iterator[tuple[str, str, str, str]]:
    """(language, kind, query, title that is right) of one half of the nouns as they stand in a sentence."""
    columns = (cells for _, cells in columns_of(FORMS))
    for language, kind, query, title in zip(*columns, strict=True):
        if (sha256(query.encode()).digest()[0] % 2 == 1) == held:
            yield language, kind, query, title


def columns_of(path: Path) -> list[tuple[str, list[str]]]:
    """(head, cells) of each column of a table."""
    head, *rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(name, [row[number] for row in rows]) for number, name in enumerate(head)]


if __name__ == "__main__":
    main()
