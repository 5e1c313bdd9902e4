"""How often is a mistyped title put right, and a right but unknown name taken for a mistake?

    python -m benchmarks.search_spelling NAME.edition [--seed 5]

Titles are drawn from the 4,000 most prominent articles and spoiled with one typing mistake in one or two words: a
letter left out, put in, exchanged for another, or two exchanged. Put right: what `search` says was meant has the title
in it; wrongly: it has not. Unknown names are those of two words with capitals in SQuAD's paragraphs of which no article
has one word. By words alone, so that nothing but spelling counts. Real data: GALACTICA_DATA.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from galactica.library import Library, open_library

DRAWN = 80
UNKNOWN = 150
PROMINENT = 4_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    given = results.arguments(parser).parse_args()
    chance = random.Random(given.seed)
    figures: dict[str, dict[str, int]] = {}
    with open_library([given.edition]) as library:
        several, single = titles(library)
        for name, pool, words, frame in (
            ("titles, a word wrong", several, 1, "{}"),
            ("titles, two words wrong", several, 2, "{}"),
            ("titles of one word", single, 1, "{}"),
            ("titles in a question, two words wrong", several, 2, "When was {} first mentioned?"),
        ):
            drawn = chance.sample(pool, min(DRAWN, len(pool)))
            asked = [(frame.format(spoiled(title, words, chance)), title) for title in drawn]
            asked = [(query, title) for query, title in asked if title.lower() not in query.lower()]
            figures[name] = tell(library, name, asked)
        names = unknown(library, chance)
        for frame in ("{}", "Where did {} live?"):
            taken = sum(bool(library.search(frame.format(name), by="words", limit=1).corrected) for name in names)
            print(f"unknown names as {frame!r}: {len(names)}; taken for mistakes {taken}")
            figures[f"unknown names as {frame!r}"] = {"asked": len(names), "taken for mistakes": taken}
    results.keep(__file__, given, figures)


def titles(library: Library) -> tuple[list[str], list[str]]:
    """Prominent titles of two to four words, and of one, in plain letters."""
    index = library._searchers.together._indexes[0]
    order = (-index.prominence.sum(axis=1, dtype=int)).argsort()[:PROMINENT].tolist()
    names = [library.editions[0].head(row).title for row in order]
    several = [name for name in names if re.fullmatch(r"[A-Za-z]{3,}( [A-Za-z]{2,}){1,3}", name)]
    return several, [name for name in names if re.fullmatch(r"[A-Za-z]{6,}", name)]


def spoiled(title: str, several: int, chance: random.Random) -> str:
    """A title with a mistake in some of its words of four letters and more."""
    words = title.split()
    places = [at for at, word in enumerate(words) if len(word) > 3]
    for at in chance.sample(places, min(several, len(places))):
        words[at] = mistyped(words[at], chance)
    return " ".join(words)


def mistyped(word: str, chance: random.Random) -> str:
    """A word with one mistake, not in its first letter."""
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("aeiourstln")
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + letter + word[at + 1 :],
    )
    return chance.choice(ways)


def unknown(library: Library, chance: random.Random) -> list[str]:
    """Names of which the library lacks a word."""
    data = json.loads(real("squad/train-v1.1.partial.json").read_text("utf-8"))["data"]
    text = " ".join(paragraph["context"] for article in data for paragraph in article["paragraphs"])
    names = sorted(set(re.findall(r"(?<=[a-z] )([A-Z][a-z]{3,} [A-Z][a-z]{4,})(?= [a-z])", text)))
    shards = [shard for index in library._searchers.together._indexes for shard in index.shards]

    def known(word: str) -> bool:
        return any(shard.frequency(term) for shard in shards for term in shard.analyser.terms(word.lower()))

    lacking = [name for name in names if not all(map(known, name.split()))]
    return chance.sample(lacking, min(UNKNOWN, len(lacking)))


def tell(library: Library, name: str, asked: Sequence[tuple[str, str]]) -> dict[str, int]:
    right = wrong = first = 0
    for query, title in asked:
        page = library.search(query, by="words", limit=1)
        hit = title.lower() in page.corrected.lower()
        right += hit
        wrong += bool(page.corrected) and not hit
        first += any(each.title == title for each in page.hits)
    print(f"{name}: {len(asked)}; put right {right}, wrongly {wrong}; the article comes first {first}")
    return {"asked": len(asked), "right": right, "wrong": wrong, "article first": first}


if __name__ == "__main__":
    main()
