"""What matched pairs teach of how the names of one side are spelt, asked of all candidates, and names looked for by it.

Rules:
1. The side whose names are in other scripts is taken character by character, the other in Latin words
   (`transliteration`); where neither is, there is nothing to learn.
2. What a pair teaches is never asked of that pair, as with words (`translating`).
3. Names are looked for by letters that are likely to stand beside each other (`nearest_rows`), and of those that are
   found the ones that are explained best are taken: the division of words is for few pairs, not for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from galactica.joining.topics.candidates import Candidates, best_of_each, over_general
from galactica.joining.topics.translating import FOLDS, asked_apart
from galactica.joining.topics.transliterated_names import TransliteratedNames
from galactica.joining.topics.transliteration import TransliterationTable, explained_words, learn_transliteration
from galactica.joining.topics.unit_rows import Floats, Ints, nearest_rows, unit_tables

OTHER_SCRIPTS = 0.1
"""The share of names that must have letters of another script than Latin, for a side to be learned of."""

LOOKED_AT, TAKEN = 20, 12
"""Of each name, those that are nearest by letters beside each other; those of them that are taken."""

LIKELY, MOST = 0.03, 4
"""Runs of letters of a character that are looked for: how likely the least is, how many at the most."""

RUNS = 2, 3
"""Letters beside each other."""

LITTLE = -1.0
"""What a name says against a pair at the most, beside its nearest, as `explained_words`: it may be a translation."""


class TaughtTransliteration:
    """What is known of how names of two sides are spelt.

    Args:
        names: of both sides.
    """

    def __init__(self, names: tuple[Sequence[str], Sequence[str]]) -> None:
        other = [sum(map(_in_other_script, each)) / max(len(each), 1) for each in names]
        self._side = int(other[1] > other[0])
        self.is_used = max(other) >= OTHER_SCRIPTS
        if self.is_used:
            self._names = TransliteratedNames(names[self._side], names[1 - self._side])
        self._letters: list[TransliterationTable | None] = [None] * (FOLDS + 1)
        self._asked: Ints = np.zeros(0, np.int64)

    def teach(self, pairs: Ints, sure: Floats, folds: Sequence[Ints]) -> None:
        """Learn of pairs, int64 [n, 2]; `folds` of the records of each side (`translating.fold_numbers`)."""
        pairs = pairs if not self._side else pairs[:, ::-1]
        self._asked = asked_apart(folds[self._side], pairs)
        for fold in range(FOLDS + 1):
            teaches = self._asked[pairs[:, 0]] != fold
            self._letters[fold] = learn_transliteration(self._names, pairs[teaches], sure[teaches], self._letters[fold])

    def said(self, rows: Candidates) -> Floats:
        """How much of each pair's names is explained (`explained_words`), less what is of its nearest in general."""
        return np.maximum(over_general(rows, self._explained(rows)), LITTLE)

    def nearest(self, left: Ints, right: Ints, sizes: tuple[int, int]) -> Ints:
        """Pairs of records whose names are near as they are spelt, int64 [n, 2], of some of the left and right."""
        ours, theirs = (left, right) if not self._side else (right, left)
        grams = [dict(_beside(self._names.words[at])) for at in range(len(self._names.words))]
        starts, of = self._names.starts, self._names.of
        written = [
            {run: 1.0 for at in of[starts[row] : starts[row + 1]] for run in grams[at]} for row in theirs.tolist()
        ]
        one, other = unit_tables([self._expected(ours), written])
        rare = np.sqrt(other.rarity())
        one, other = one.of_length_one(rare), other.of_length_one(rare)
        found = np.concatenate([nearest_rows(one, other, LOOKED_AT), nearest_rows(other, one, LOOKED_AT)[:, ::-1]])
        pairs = np.stack([ours[found[:, 0]], theirs[found[:, 1]]], axis=1)
        pairs = pairs if not self._side else pairs[:, ::-1]
        rows = Candidates(np.unique(pairs[:, 0] * sizes[1] + pairs[:, 1]), sizes)
        best = best_of_each(rows, over_general(rows, self._explained(rows)), TAKEN)
        return np.stack([rows.left[best], rows.right[best]], axis=1)

    def _explained(self, rows: Candidates) -> Floats:
        ours, theirs = (rows.left, rows.right) if not self._side else (rows.right, rows.left)
        found = np.zeros(len(rows))
        for fold, letters in enumerate(self._letters):
            if letters is not None:
                some = np.flatnonzero(self._asked[ours] == fold)
                found[some] = explained_words(self._names, letters, ours[some], theirs[some])
        return found

    def _expected(self, ours: Ints) -> list[dict[str, float]]:
        """Letters that are likely to stand beside each other in the words of some names, with how likely."""
        found: list[dict[str, float]] = [{} for _ in ours]
        for fold, letters in enumerate(self._letters):
            if letters is not None:
                brought = self._brought(letters)
                known: dict[tuple[int, int], dict[str, float]] = {}
                for at in np.flatnonzero(self._asked[ours] == fold).tolist():
                    places = self._names.places[ours[at], : self._names.lengths[ours[at]]].tolist()
                    for two in zip(places, [*places[1:], -1], strict=False):
                        if two not in known:
                            known[two] = _expected_of(brought.get(two[0], []), brought.get(two[1], []))
                        for run, chance in known[two].items():
                            found[at][run] = max(found[at].get(run, 0.0), chance)
        return found

    def _brought(self, letters: TransliterationTable) -> dict[int, list[tuple[str, float]]]:
        """The likeliest runs of letters of each character."""
        width = len(self._names.runs)
        found: dict[int, list[tuple[str, float]]] = {}
        for at in np.lexsort((-letters.chances, letters.keys // width)).tolist():
            of = found.setdefault(int(letters.keys[at] // width), [])
            if len(of) < MOST and letters.chances[at] >= LIKELY:
                of.append((self._names.runs[letters.keys[at] % width], float(letters.chances[at])))
        return found


def _expected_of(one: list[tuple[str, float]], next_one: list[tuple[str, float]]) -> dict[str, float]:
    """Letters beside each other within what a character brings, and across what it and the next one bring."""
    found: dict[str, float] = {}
    for letters, chance in one:
        for run, _ in _beside(letters):
            found[run] = max(found.get(run, 0.0), chance)
        for following, chance_too in next_one:
            end = letters[1 - max(RUNS) :]
            for run, at in _beside(end + following[: max(RUNS) - 1]):
                if at < len(end) < at + len(run):
                    found[run] = max(found.get(run, 0.0), chance * chance_too)
    return found


def _beside(letters: str) -> Iterator[tuple[str, int]]:
    """Letters beside each other, and where they begin."""
    for size in RUNS:
        for at in range(len(letters) - size + 1):
            yield letters[at : at + size], at


def _in_other_script(name: str) -> bool:
    """Whether a name has a letter that is not Latin."""
    return any(letter.isalpha() and ord(letter) > 0x24F and not 0x1E00 <= ord(letter) < 0x1F00 for letter in name)
