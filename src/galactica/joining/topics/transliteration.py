"""Transliteration: how names in other characters are spelt in Latin letters, as pairs of names teach it.

Of the one name characters in a row bring a word of the other, each some letters in a row, or none now and then: so
秋田 brings "akita", and 汤普森 "thompson". Which characters bring which letters is learned by expectation and
maximisation over all ways to divide a word among characters beside each other, wherever in the name they stand, so that
given and family names may be exchanged (joint-sequence models: for transliteration Li, Zhang and Su, ACL 2004;
Jiampojamarn, Kondrak and Sherif, NAACL 2007). Rules:

1. A word that characters do not explain is of another making, translated or added; it teaches little.
2. What a character was never seen to bring, those of its reading do, then the readings themselves (`name_readings`).
3. Letters count by how rare they are, and a word that many names have counts less.
4. What a pair teaches is never asked of that pair: it is for who calls to keep them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.transliterated_names import RUN, TransliteratedNames
from galactica.joining.topics.unit_rows import Floats, Ints, places_of_rows

NONE = 0.1
"""How likely a character within a word brings nothing."""

BY_CHANCE, BEYOND = 0.02 / RUN, 0.002 / RUN
"""How likely it brings letters that are there by chance; those of a run that is none of `TransliteratedNames.runs`."""

ANYTHING = 0.3 / RUN
"""How likely, before anything is learned, a reading brings letters that are there by chance."""

LENGTHS = np.array([1.0, 1.0, 1.0, 1.0, 0.6, 0.15, 0.05])
"""How likely, by chance, a character brings none, one letter, two, and so on, beside one letter."""

SEEN = 1.0
"""Times that a character, and a reading, was seen beforehand."""

EXPLAINED = 0.5
"""How many words, beforehand, characters explain."""

ROUNDS, ROUNDS_AGAIN = 5, 2
"""Of learning; where it goes on from what was learned before."""

LEAST, LEAST_READ = 0.01, 0.02
"""The probability from which on letters that a character, or a reading, brings are kept."""

LEAST_SEEN = 0.05
"""Times that a character must have brought letters, to be known by more than its reading."""

CELLS = 1 << 21
"""Ways to divide words that are looked at together: 8 MiB."""

NOTHING = 1e-30
"""What is taken for no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransliterationTable:
    """What characters bring.

    Attributes:
        keys: int64, `character * runs + run`, ascending. chances: of each, its probability.
    """

    keys: Ints
    chances: Floats


def learn_transliteration(
    names: TransliteratedNames, pairs: Ints, sure: Floats, before: TransliterationTable | None = None
) -> TransliterationTable:
    """What pairs of names teach.

    Args:
        pairs: int64 [n, 2], a name in characters and one in words, taken for one thing.
        sure: how likely each is.
        before: what was learned of about the same pairs; learning goes on from there.
    """
    at, ours, words = names.tried(pairs[:, 0], pairs[:, 1])
    width = len(names.runs)
    ways = [(some, _keys(names, ours[some], words[some], *shape)) for *shape, some in names.alike(ours, words, CELLS)]
    keys = np.unique(np.concatenate([np.zeros(0, np.int64), *(np.unique(each) for _, each in ways)]))
    keys = keys[keys >= 0]
    places = [
        (some, np.where(each < 0, len(keys), np.searchsorted(keys, each)).astype(np.int32)) for some, each in ways
    ]
    smoothed = _Smoothed(names, keys)
    counts = np.zeros(len(keys))
    chances = smoothed.chances(counts)
    if before is not None:
        chances = np.maximum(chances, _looked_up(before.keys, before.chances, keys))
    by_chance = BY_CHANCE * LENGTHS[names.run_sizes[keys % width]]
    for _ in range(ROUNDS if before is None else ROUNDS_AGAIN):
        ratios = np.append(chances / names.chance[keys % width] + by_chance, BEYOND)
        counts = np.zeros(len(keys) + 1)
        for some, each in places:
            shares = _shares(ratios[each], sure[at[some]])
            counts += np.bincount(each.ravel(), shares.ravel(), len(counts))
        counts = counts[:-1]
        chances = smoothed.chances(counts)
    return smoothed.kept(counts)


def explained_words(names: TransliteratedNames, learned: TransliterationTable, ours: Ints, theirs: Ints) -> Floats:
    """How much of each name in words the characters of the other explain: bits, over the root of all bits that it says.

    Args:
        ours, theirs: names in characters and in words, side by side.
    """
    at, one, words = names.tried(ours, theirs)
    ratios, column = _table(names, learned)
    width = ratios.shape[1]
    found = np.zeros(len(at))
    for length, size, some in names.alike(one, words, CELLS):
        endings = column[names.endings[words[some], :size, : min(RUN, size)]]
        here = np.take(ratios.ravel(), names.places[one[some], :length, None, None] * width + endings[:, None])
        found[some] = np.log2(np.maximum(_followed(here)[1] * 2 / (length * (length + 1)), NOTHING))
    bits = np.maximum(found, 0) * (names.informs / np.maximum(names.spells, 1))[words]
    says = np.bincount(at, names.informs[words], len(ours))
    return np.asarray(np.bincount(at, bits, len(ours)) / np.sqrt(np.maximum(says, 1)), np.float64)


def _table(names: TransliteratedNames, learned: TransliterationTable) -> tuple[NDArray[np.float32], Ints]:
    """How much likelier a character, a row, brings a run, a column, than chance; the column of each run, 0 of one that
    no character brings."""
    characters, run = np.divmod(learned.keys, len(names.runs))
    runs, columns = np.unique(run, return_inverse=True)
    ratios = np.full((len(names.characters), len(runs) + 1), BY_CHANCE, np.float32)
    ratios[characters, columns + 1] += (learned.chances / names.chance[run]).astype(np.float32)
    column = np.zeros(len(names.runs), np.int64)
    column[runs] = np.arange(1, len(runs) + 1)
    return ratios, column


def _keys(names: TransliteratedNames, ours: Ints, words: Ints, length: int, size: int) -> Ints:
    """Of names beside words, int64 [n, characters, letters, RUN at the most], the key of each character with each run
    that ends at each letter; -1 where there is no such run."""
    runs = names.endings[words, :size, : min(RUN, size)][:, None]
    characters = names.places[ours, :length][:, :, None, None]
    return np.where(runs > 0, characters * len(names.runs) + runs, -1)


def _followed(ratios: Floats) -> tuple[Floats, Floats]:
    """How likely, beside chance, characters in a row have brought the letters up to each, [characters + 1, n, letters +
    1], the last of them in this place; and all of the word, in all places together, [n].

    Args:
        ratios: [n, characters, letters, runs], how much likelier than chance a character brings the run that ends
            there.
    """
    count, length, size, most = ratios.shape
    states = np.zeros((length + 1, count, size + 1), ratios.dtype)
    whole = np.zeros(count, ratios.dtype)
    states[0, :, 0] = 1
    for at in range(length):
        now = states[at + 1]
        for run in range(1, most + 1):
            now[:, run:] += states[at, :, :-run] * ratios[:, at, run - 1 :, run - 1]
        whole += now[:, size]
        now[:, 1:size] += NONE * states[at, :, 1:size]
        now[:, 0], now[:, size] = 1, 0
    return states, whole


def _shares(ratios: Floats, sure: Floats) -> Floats:
    """How often, of words that are brought with some probability, each character brings each run: as `ratios`."""
    count, length, size, most = ratios.shape
    states, whole = _followed(ratios)
    likely = EXPLAINED * whole * 2 / (length * (length + 1))
    weight = sure * likely / (likely + 1 - EXPLAINED) / np.maximum(whole, NOTHING)
    found = np.zeros_like(ratios)
    rest = np.zeros((count, size + 1))
    rest[:, size] = 1
    for at in range(length - 1, -1, -1):
        earlier = np.zeros((count, size + 1))
        earlier[:, size] = 1
        for run in range(1, most + 1):
            onward = ratios[:, at, run - 1 :, run - 1] * rest[:, run:]
            found[:, at, run - 1 :, run - 1] = states[at, :, :-run] * onward * weight[:, None]
            earlier[:, :-run] += onward
        earlier[:, 1:size] += NONE * rest[:, 1:size]
        rest = earlier
    return found


class _Smoothed:
    """How likely characters bring letters, by how often they were seen to, and others of the same reading."""

    def __init__(self, names: TransliteratedNames, keys: Ints) -> None:
        self._names, self._keys, self._width = names, keys, len(names.runs)
        self._of = keys // self._width
        by_reading = names.read[self._of] * self._width + keys % self._width
        self._read, self._place = np.unique(by_reading, return_inverse=True)
        runs = self._read % self._width
        self._before = _looked_up(*names.before, self._read)
        self._before += ANYTHING * names.chance[runs] * LENGTHS[names.run_sizes[runs]]
        self._others = _looked_up(*names.others, keys)

    def chances(self, counts: Floats) -> Floats:
        """Of each key, its probability."""
        by_reading = np.bincount(self._place, counts, len(self._read))
        of_reading = np.bincount(self._read // self._width, by_reading, self._names.readings)
        likely = (by_reading + SEEN * self._before) / (of_reading[self._read // self._width] + SEEN)
        of = np.bincount(self._of, counts, len(self._names.characters))[self._of]
        return np.asarray((counts + SEEN * (likely[self._place] + self._others)) / (of + SEEN), np.float64)

    def kept(self, counts: Floats) -> TransliterationTable:
        """What is likely enough, of all characters."""
        names = self._names
        read, likely = self._readings_bring(counts)
        order = np.argsort(names.read, kind="stable")
        starts = np.searchsorted(names.read[order], np.arange(names.readings + 1))
        at, place = places_of_rows(starts, read // self._width)
        alike = order[place] * self._width + read[at] % self._width
        seen = counts > LEAST_SEEN
        keys = np.unique(np.concatenate([self._keys[seen], alike, names.others[0]]))
        chances = SEEN * _looked_up(*names.others, keys)
        chances[np.searchsorted(keys, alike)] += SEEN * likely[at]
        chances[np.searchsorted(keys, self._keys[seen])] += counts[seen]
        chances /= np.bincount(self._of, counts, len(names.characters))[keys // self._width] + SEEN
        kept = chances >= LEAST
        return TransliterationTable(keys=keys[kept], chances=chances[kept])

    def _readings_bring(self, counts: Floats) -> tuple[Ints, Floats]:
        """What readings bring: `reading * runs + run`, and how likely."""
        by_reading = np.asarray(np.bincount(self._place, counts, len(self._read)), np.float64)
        keys = np.union1d(self._read[by_reading > 0], self._names.before[0])
        seen = _looked_up(self._read, by_reading, keys)
        of_reading = np.bincount(self._read // self._width, by_reading, self._names.readings)
        likely = (seen + SEEN * _looked_up(*self._names.before, keys)) / (of_reading[keys // self._width] + SEEN)
        return keys[likely >= LEAST_READ], likely[likely >= LEAST_READ]


def _looked_up(keys: Ints, values: Floats, wanted: Ints) -> Floats:
    """The value of each wanted key, 0 where it is none of the keys, which ascend."""
    if not len(keys):
        return np.zeros(len(wanted))
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], 0.0)
