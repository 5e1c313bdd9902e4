"""How many of the near copies in a collection are proposed, and what that costs, beside datasketch and rensa?

    python -m benchmarks.duplicates_found EDITION [--texts N] [--copies N] [--seed S]

N beginnings of articles of the edition, of 120 to 500 words, and copies of some of them in which up to 18 of 100 words
were left out, replaced or followed by another. How much two texts share is counted for every pair that shares a run of
four words (Jaccard): nothing is estimated there. Then each way proposes pairs: ours as `galactica duplicates` does (the
rules on facts, and the limits for each text, come after it and are off), datasketch and rensa where they are installed
(`pip install datasketch rensa`). The peers are given the runs of words; ours cuts the texts, which its time includes.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks import results
from galactica.edition import Edition
from galactica.joining.duplicates.signatures import BANDS, band_keys, shingle_set
from galactica.joining.tokens import tokens_of
from galactica.model.projection import project

Pair = tuple[int, int]
Runs = Sequence[set[str]]

LEAST, WORDS = 100, (120, 500)
"""Words of a text, and how many of an article's first are taken."""

SPOILED = 0.18
"""The largest share of a copy's words that are changed."""

NEAR = 0.7
"""Jaccard from which on two texts are copies."""

TOGETHER, BANDS_SHARED = 4, 2
"""Neighbours in a bucket that a text is paired with, and buckets that a pair must share, as the program has them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--texts", type=int, default=3_000)
    parser.add_argument("--copies", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    given = results.arguments(parser).parse_args()
    texts = drawn(given.edition, given.texts, given.copies, random.Random(given.seed))
    runs = [{" ".join(run) for run in _runs(text)} for text in texts]
    true = shared_by_all(runs)
    copies = {pair for pair, share in true.items() if share >= NEAR}
    print(f"{len(texts):,} texts, {len(copies):,} pairs that share {NEAR} of their runs of four words")
    figures: dict[str, object] = {"texts": len(texts), "pairs": len(copies)}
    ways: dict[str, Callable[[], set[Pair]]] = {
        "galactica": lambda: ours(texts),
        "datasketch, 32 bands of 4": lambda: by_datasketch(runs, {"params": (32, 4)}),
        "datasketch, threshold 0.7": lambda: by_datasketch(runs, {"threshold": 0.7}),
        "rensa, 32 bands": lambda: by_rensa(runs),
    }
    for name, way in ways.items():
        begun = time.process_time()
        try:
            pairs = way()
        except ImportError:
            print(f"{name}: not installed")
            continue
        seconds = time.process_time() - begun
        found = len(copies & pairs)
        print(f"{name}: {found:,} found, {len(pairs):,} proposed, {seconds:.2f} s of CPU")
        figures[name] = {"found": found, "proposed": len(pairs), "CPU seconds": seconds}
    results.keep(__file__, given, figures)


def drawn(edition: Path, count: int, copies: int, chance: random.Random) -> list[str]:
    """Beginnings of articles, and behind them the copies of the first."""
    found: list[list[str]] = []
    with Edition.open(edition) as opened:
        for _, article in opened.scan():
            words = project(article.body).split()[: chance.randint(*WORDS)]
            if len(words) >= LEAST:
                found.append(words)
            if len(found) == count:
                break
    others = [word for words in found[:200] for word in words]
    spoiled = [copy(words, others, chance.uniform(0, SPOILED), chance) for words in found[:copies]]
    return [" ".join(words) for words in (*found, *spoiled)]


def copy(words: Iterable[str], others: Sequence[str], share: float, chance: random.Random) -> list[str]:
    """A text of which a share of the words are left out, replaced, or followed by another."""
    made = []
    for word in words:
        drawn_now = chance.random()
        if drawn_now < share / 3:
            continue
        made.append(chance.choice(others) if drawn_now < 2 * share / 3 else word)
        if 2 * share / 3 <= drawn_now < share:
            made.append(chance.choice(others))
    return made


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    words = tokens_of(text).words()
    return zip(*(words[start:] for start in range(4)), strict=False)


def shared_by_all(runs: Runs) -> dict[Pair, float]:
    """Jaccard of every pair that has a run in common."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(runs):
        for run in own:
            holders[run].append(number)
    common: Counter[Pair] = Counter()
    for several in holders.values():
        for place, high in enumerate(several):
            common.update((low, high) for low in several[:place])
    return {(low, high): count / (len(runs[low]) + len(runs[high]) - count) for (low, high), count in common.items()}


def ours(texts: Sequence[str]) -> set[Pair]:
    """The pairs that the program would compare."""
    keys = np.array([band_keys(shingle_set(tokens_of(text).hashes)) for text in texts])
    shared: Counter[Pair] = Counter()
    for band in range(BANDS):
        buckets: defaultdict[int, list[int]] = defaultdict(list)
        for number, key in enumerate(keys[:, band].tolist()):
            buckets[key].append(number)
        for several in buckets.values():
            for step in range(1, TOGETHER + 1):
                shared.update(zip(several, several[step:], strict=False))
    return {pair for pair, count in shared.items() if count >= BANDS_SHARED}


def by_datasketch(runs: Runs, settings: dict[str, object]) -> set[Pair]:
    """The pairs that datasketch proposes."""
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(num_perm=128, **settings), set()
    for number, own in enumerate(runs):
        signature = MinHash(num_perm=128)
        signature.update_batch([run.encode() for run in own])
        found |= {(other, number) for other in index.query(signature)}
        index.insert(number, signature)
    return found


def by_rensa(runs: Runs) -> set[Pair]:
    """The pairs that rensa proposes."""
    import rensa

    index, found = rensa.RMinHashLSH(threshold=NEAR, num_perm=128, num_bands=32), set()
    for number, own in enumerate(runs):
        signature = rensa.RMinHash(num_perm=128, seed=1)
        signature.update(sorted(own))
        found |= {(other, number) for other in index.query(signature)}
        index.insert(number, signature)
    return found


if __name__ == "__main__":
    main()
