"""Names in characters beside names in Latin words, as numbers: which characters, which words, which letters in a row.

What `transliteration` learns of. Of one side any script is taken character by character, of the other what
`romanising` makes of a name; neither has what stands in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from galactica.codes.han import fold_han
from galactica.joining.topics.name_readings import other_readings, reading_of
from galactica.joining.topics.name_units import without_bracket
from galactica.joining.topics.romanising import LONGEST, romanised
from galactica.joining.topics.unit_rows import Floats, Ints, places_of_rows

CHARACTERS, LETTERS, WORDS = 12, 14, 6
"""Characters of the one name, letters of a word and words of the other name that are looked at."""

RUN, LEARNED_RUN = 6, 4
"""Letters that a character brings at the most: by its reading, and otherwise."""

READ, SHORTENED = 0.5, 0.15
"""Before anything is learned: how likely a character is spelt as it is read, and that without its last letter."""

UNHEARD = 13.0
"""Bits that a letter says which no word has."""

_APART = re.compile(r"[\W_]+")


class TransliteratedNames:
    """Names of one side in characters, those of the other in Latin words.

    Attributes:
        characters: those of the one side. runs: letters in a row, the first of them none.
        places: int64 [names, CHARACTERS], of each name its characters. lengths: how many these are.
        words: of the other side, each once. starts, of: of each name of the other side, its words.
        sizes: letters of each word. endings: int64 [words, LETTERS, RUN], the run of so many letters that ends there;
            0 where there is none.
        spells, informs: of each word, how many bits its letters say, and how many at the most as a word that so many
            names have.
        chance: of each run, how likely its letters are by chance. run_sizes: its letters.
        read: of each character, the number of its reading. readings: how many there are.
        before, others: what is known beforehand, as keys (ascending) and probabilities: of `reading * runs + run`, and
            of `character * runs + run`.
    """

    def __init__(self, ours: Sequence[str], theirs: Sequence[str]) -> None:
        several = [_characters(name) for name in ours]
        self.characters = sorted({each for name in several for each in name})
        place = {each: at for at, each in enumerate(self.characters)}
        self.lengths = np.array([len(name) for name in several], np.int64)
        self.places = np.zeros((len(ours), CHARACTERS), np.int64)
        for at, name in enumerate(several):
            self.places[at, : len(name)] = [place[each] for each in name]
        self._take_words([_words(name) for name in theirs])
        self._take_readings()

    def _take_words(self, several: list[list[str]]) -> None:
        self.words = sorted({word for name in several for word in name})
        place = {word: at for at, word in enumerate(self.words)}
        self.starts = np.append(0, np.cumsum([len(name) for name in several])).astype(np.int64)
        self.of = np.array([place[word] for name in several for word in name], np.int64)
        self.sizes = np.array([len(word) for word in self.words], np.int64)
        letters = Counter("".join(self.words))
        self._rare = {each: float(np.log2(letters.total() / count)) for each, count in letters.items()}
        self.spells = np.array([sum(map(self._rare.__getitem__, word)) for word in self.words], np.float64)
        having = np.bincount(self.of, minlength=len(self.words))
        self.informs = np.minimum(self.spells, np.log2(len(self.of) / having) if len(self.of) else self.spells)

    def _take_readings(self) -> None:
        read = [reading_of(each)[:RUN] for each in self.characters]
        others = [
            (at, other[:RUN], chance)
            for at, each in enumerate(self.characters)
            for other, chance in other_readings(each).items()
        ]
        self._take_runs({*read, *(other for _, other, _ in others)})
        readings = sorted(set(read))
        self.readings = len(readings)
        self.read = np.searchsorted(readings, read) if read else np.zeros(0, np.int64)
        self.others = self._known({(at, other): chance for at, other, chance in others})
        shortened = {(at, each[:-1]): SHORTENED for at, each in enumerate(readings) if each[:-1] in self._place}
        self.before = self._known(shortened | dict.fromkeys(enumerate(readings), READ))

    def _take_runs(self, readings: set[str]) -> None:
        """Letters in a row that characters may bring: those that words have more than once, and readings."""
        counts = Counter(run for word in self.words for _, size, run in _runs_of(word) if size <= LEARNED_RUN)
        self.runs = ["", *sorted(({run for run, count in counts.items() if count > 1} | readings) - {""})]
        self._place = {run: at for at, run in enumerate(self.runs)}
        self.run_sizes = np.array([len(run) for run in self.runs], np.int64)
        self.chance = np.array([2.0 ** -sum(self._rare.get(each, UNHEARD) for each in run) for run in self.runs])
        self.endings = np.zeros((len(self.words), LETTERS, RUN), np.int64)
        for at, word in enumerate(self.words):
            for end, size, run in _runs_of(word):
                self.endings[at, end - 1, size - 1] = self._place.get(run, 0)

    def _known(self, chances: Mapping[tuple[int, str], float]) -> tuple[Ints, Floats]:
        keys = {at * len(self.runs) + self._place[run]: chance for (at, run), chance in chances.items() if run}
        ascending = sorted(keys)
        return np.array(ascending, np.int64), np.array([keys[each] for each in ascending], np.float64)

    def tried(self, ours: Ints, theirs: Ints) -> tuple[Ints, Ints, Ints]:
        """Each name with each word of its partner: which pair it is of, the name, the word."""
        at, place = places_of_rows(self.starts, theirs)
        return at, ours[at], self.of[place]

    def alike(self, names: Ints, words: Ints, cells: int) -> Iterator[tuple[int, int, Ints]]:
        """Names beside words in groups of as many characters and letters, which are not none: how many characters and
        letters, which of them; so many that their divisions are `cells` numbers at the most."""
        key = self.lengths[names] * (LETTERS + 1) + self.sizes[words]
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.r_[True, np.diff(key[order]) > 0][: len(key)])
        for first, stop in zip(starts.tolist(), np.append(starts, len(key))[1:].tolist(), strict=True):
            length, size = divmod(int(key[order[first]]), LETTERS + 1)
            most = max(cells // max(length * size * RUN, 1), 1)
            for at in range(first, stop if length and size else first, most):
                yield length, size, order[at : min(at + most, stop)]


def _runs_of(word: str) -> Iterator[tuple[int, int, str]]:
    """Letters in a row: where they end, how many they are, which."""
    for end in range(1, len(word) + 1):
        for size in range(1, min(RUN, end) + 1):
            yield end, size, word[end - size : end]


def _characters(name: str) -> str:
    text = fold_han(unicodedata.normalize("NFKC", without_bracket(name[:LONGEST])).lower())
    return _APART.sub("", text)[:CHARACTERS]


def _words(name: str) -> list[str]:
    return [word[:LETTERS] for word in romanised(without_bracket(name[:LONGEST])).split()[:WORDS]]
