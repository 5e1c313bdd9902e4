"""Does a single everyday word of one language find the article of a library in another?

    python -m benchmarks.search_nouns NAME.edition [--interface] [--show]

`benchmarks/everyday/nouns.tsv` has thirty things of which the English Wikipedia of 2015 has an article under that very
title (drawn from the titles of one common word, with a fixed seed), and what they are called in nineteen languages,
written before any of these words had been looked for, by who had not seen the tables of `languages.lexicon`. Each word
is typed into a search of that edition as it ships; with `--interface` as in a reading room that is read in the word's
language. Right is the article; first, and among the first five.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from benchmarks import results
from galactica.library import open_library

NOUNS = Path(__file__).parent / "everyday" / "nouns.tsv"
SHOWN = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--interface", action="store_true", help="the words' language is that of the reader's pages")
    parser.add_argument("--show", action="store_true", help="print what is not first")
    given = results.arguments(parser).parse_args()
    titles, *columns = columns_of(NOUNS)
    figures: dict[str, Mapping[str, int]] = {}
    with open_library([given.edition]) as library:
        for language, words in columns:
            first = among = 0
            for title, word in zip(titles[1], words, strict=True):
                found = [
                    hit.title
                    for hit in library.search(word, limit=SHOWN, interface=language if given.interface else "").hits
                ]
                first += found[:1] == [title]
                among += title in found
                if given.show and found[:1] != [title]:
                    print(f"  {language} {word}: {title}, found {', '.join(found[:3])}")
            figures[language] = {"asked": len(words), "first": first, f"among {SHOWN}": among}
            print(f"{language}: {figures[language]}", flush=True)
    total = {key: sum(row[key] for row in figures.values()) for key in ("asked", "first", f"among {SHOWN}")}
    print(f"all: {total}")
    results.keep(__file__, given, figures | {"all": total})


def columns_of(path: Path) -> list[tuple[str, list[str]]]:
    """(head, cells) of each column of a table."""
    head, *rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(name, [row[number] for row in rows]) for number, name in enumerate(head)]


if __name__ == "__main__":
    main()
