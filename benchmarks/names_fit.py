"""Fit `joining/topics/sounding.toml`: which letters stand for which in names of one thing in two languages.

    python -m benchmarks.names_fit [--write]

Learned from the half `develop` (`benchmarks.names_across.half`) of the names of two languages' same articles in DBP15K
(zh–en, ja–en, fr–en) and of the cities and territories of CLDR, as Babel brings them. What is learned is a table
for each way of writing: with which letter of the other name a letter stands side by side in the best alignments of
all pairs, beside how often each of them stands anywhere (expectation maximisation over best alignments; pairs that
are likelier by chance are left out in each round, because many names are translated). Without `--write` the tables
are printed.

Data: GALACTICA_DATA (default ../shared/data), `dbp15k`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.names_across import LATIN, NON_LATIN, cldr_names, dbp15k, half, unglossed_name
from galactica.joining.topics import sounding
from galactica.joining.topics.sounding import LETTERS, LONGEST_SOUND, sounds, table_for

TABLE = Path(sounding.__file__).with_suffix(".toml")

ROUNDS = 6
MOST_PAIRS = 5_000
SELDOM = 0.02
"""How often beside chance two sounds are taken to stand together that never did."""

LEAST = -2.5
"""What stands side by side more rarely than e to this power times by chance is not written down."""

HEAD = """# With which sound of one name a sound of the other stands, "_" for none: natural logarithms of how much
# likelier they stand side by side in names of one thing than by chance. Fitted by benchmarks/names_fit.py; see
# sounding.py.
"""

Pair = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table")
    given = results.arguments(parser).parse_args()
    told, figures = [HEAD], {}
    for name, pairs in samples().items():
        table, used = fitted(pairs)
        figures[f"{name}, pairs"], figures[f"{name}, alike"] = len(pairs), used
        told.append(f"\n[{name}]\n" + "".join(f'{key} = "{row}"\n' for key, row in table.items()))
    text = "".join(told)
    if given.write:
        TABLE.write_text(text, encoding="utf-8")
    else:
        print(text)
    results.keep(__file__, given, figures)


def samples() -> dict[str, list[Pair]]:
    """Table → pairs of sounds of the half that is learned from, the first `MOST_PAIRS` in an order of their own."""
    every = [(tag, *pair) for tag in ("zh", "ja", "fr") for pair in dbp15k(tag)]
    every += [(tag, *pair) for tag in (*NON_LATIN, *LATIN) for pair in cldr_names(tag)]
    found: dict[str, list[Pair]] = {}
    for tag, name, english in every:
        if half(english) != "develop":
            continue
        name, english = unglossed_name(name), unglossed_name(english)
        table = table_for(name, tag)
        pair = sounds(name), sounds(english)
        if any(letter.isdigit() for letter in "".join(pair)):
            continue
        if all(0 < len(each) <= LONGEST_SOUND for each in pair) and not (
            table == "latin" and tag not in (*LATIN, "fr")
        ):
            found.setdefault(table, []).append(pair)
    return {
        table: sorted(pairs, key=lambda pair: half("".join(pair)) + pair[1][::-1])[:MOST_PAIRS]
        for table, pairs in found.items()
    }


def fitted(pairs: Sequence[Pair]) -> tuple[dict[str, str], int]:
    """(sound of the first → the sounds of the second that stand with it, each with its logarithm; pairs used)."""
    size = len(LETTERS) + 1
    first, second = (_shares(pair[side] for pair in pairs) for side in (0, 1))
    joint = np.outer(first, second) * np.where(np.eye(size, dtype=bool), 30.0, 1.0)
    joint[1:, 0], joint[0, 1:], joint[0, 0] = first[1:] * 0.2, second[1:] * 0.2, 0.0
    odds, used = np.zeros_like(joint), 0
    coded = [tuple(np.array([LETTERS.index(letter) + 1 for letter in each]) for each in pair) for pair in pairs]
    for _ in range(ROUNDS):
        odds = _against_chance(joint / joint.sum(), first, second)
        joint, used = SELDOM * sum(map(len, (pair[0] for pair in pairs))) * np.outer(beside(first), beside(second)), 0
        for one, other in coded:
            score, steps = aligned(one, other, odds)
            if score > 0:
                used += 1
                for a, b in steps:
                    joint[a, b] += 1
        joint[0, 0] = 0.0
    names = "_" + LETTERS
    table = {}
    for a, letter in enumerate(names):
        kept = [f"{names[b]}{odds[a, b]:.1f}" for b in range(size) if (a or b) and odds[a, b] >= LEAST and first[a] > 0]
        if kept:
            table[letter] = " ".join(kept)
    return table, used


def _shares(texts: Iterable[str]) -> NDArray[np.float64]:
    counts = Counter(letter for text in texts for letter in text)
    found = np.array([0.0, *(counts[letter] for letter in LETTERS)], dtype=np.float64)
    shares: NDArray[np.float64] = found / found.sum()
    return shares


def beside(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """How often each sound stands anywhere; that none stands beside one, may be anywhere."""
    return np.concatenate(([1.0], shares[1:]))


def _against_chance(
    joint: NDArray[np.float64], first: NDArray[np.float64], second: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Logarithms of how much likelier two sounds stand together than by chance; of none beside one, than anywhere."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(joint) - np.log(np.outer(beside(first), beside(second)))
    found[~np.isfinite(found)] = -9.0
    floored: NDArray[np.float64] = np.maximum(found, -9.0)
    return floored


def aligned(
    one: NDArray[np.int64], other: NDArray[np.int64], odds: NDArray[np.float64]
) -> tuple[float, list[tuple[int, int]]]:
    """(score of the best alignment, its steps as pairs of sounds; 0 for none)."""
    rows, columns = len(one), len(other)
    best = np.zeros((rows + 1, columns + 1))
    best[1:, 0] = np.cumsum(odds[one, 0])
    best[0, 1:] = np.cumsum(odds[0, other])
    both, left, right = odds[np.ix_(one, other)].tolist(), odds[one, 0].tolist(), odds[0, other].tolist()
    table = best.tolist()
    for i in range(1, rows + 1):
        above, row = table[i - 1], table[i]
        for j in range(1, columns + 1):
            row[j] = max(above[j - 1] + both[i - 1][j - 1], above[j] + left[i - 1], row[j - 1] + right[j - 1])
    i, j, steps = rows, columns, []
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + both[i - 1][j - 1]:
            i, j = i - 1, j - 1
            steps.append((int(one[i]), int(other[j])))
        elif i and (not j or table[i][j] == table[i - 1][j] + left[i - 1]):
            i -= 1
            steps.append((int(one[i]), 0))
        else:
            j -= 1
            steps.append((0, int(other[j])))
    return table[rows][columns], steps


if __name__ == "__main__":
    main()
