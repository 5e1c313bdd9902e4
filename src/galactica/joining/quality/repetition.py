"""How much of a text says again what it said before.

Source: J. Rae and others, "Scaling Language Models: Methods, Analysis & Insights from Training Gopher", 2021, table A1.
Where the paper leaves a choice: fractions are of the letters of words, so that blanks are on neither side; a letter
that several n-grams cover counts once; the first of equal n-grams is no repetition, but for the most frequent one, of
which all count. Of scripts without spaces nothing is said: n letters are no n words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from galactica.joining.tokens import TextTokens, shingles_of

TOP = (2, 3, 4)
"""n of the n-grams of which the most frequent one is looked at."""

DUPLICATE = (5, 6, 7, 8, 9, 10)
"""n of the n-grams of which all that come again are."""


def repeated_lines(lines: Sequence[str]) -> tuple[float, float]:
    """(share of the lines that came before, share of their letters in these)."""
    seen: set[str] = set()
    again = letters = 0
    for line in lines:
        if line in seen:
            again, letters = again + 1, letters + len(line)
        else:
            seen.add(line)
    return share_of(again, len(lines)), share_of(letters, sum(map(len, lines)))


def top_fraction(tokens: TextTokens, size: int) -> float:
    """Share of letters in the n-gram that comes most often; 0 where none comes again."""
    grams = shingles_of(tokens.hashes, size)
    if not len(grams):
        return 0.0
    order = np.argsort(grams, kind="stable")
    same = grams[order[1:]] == grams[order[:-1]]
    if not same.any():
        return 0.0
    begins = np.flatnonzero(np.append(True, ~same))
    counts = np.diff(np.append(begins, len(grams)))
    most = int(counts.max())
    firsts = begins[counts == most]
    begin = int(firsts[np.argmin(order[firsts])])  # of several, the one that comes first
    return _covered(tokens, order[begin : begin + most], size)


def duplicate_fractions(tokens: TextTokens, sizes: Iterable[int] = DUPLICATE) -> list[float]:
    """Share of letters in n-grams that came before, for each n, ascending."""
    found: list[float] = []
    for size in sizes:
        if found and not found[-1]:
            found.append(0.0)  # a longer one that comes again would hold a shorter one that does
            continue
        grams = shingles_of(tokens.hashes, size)
        order = np.argsort(grams, kind="stable")
        again = order[1:][grams[order[1:]] == grams[order[:-1]]]
        found.append(_covered(tokens, again, size))
    return found


def share_of(some: float, whole: float) -> float:
    """A share; of nothing, 0."""
    return some / whole if whole else 0.0


def _covered(tokens: TextTokens, begins: npt.NDArray[np.int64], size: int) -> float:
    """Share of the letters that stand in the n-grams beginning at these tokens."""
    if not len(begins):
        return 0.0
    edges = np.zeros(len(tokens) + 1, dtype=np.int64)
    np.add.at(edges, begins, 1)
    np.add.at(edges, begins + size, -1)
    inside = np.cumsum(edges[:-1]) > 0
    lengths = tokens.ends - tokens.starts
    return share_of(int(lengths[inside].sum()), int(lengths.sum()))
