"""The pairs of an edition's things: which are compared, how each compares, what all of them teach, and what each
is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.blocking import MOST_SHARING, SharedKeys, shared_key
from galactica.joining.topics.deciding import NEVER, field_bits, forbids, name_rarity, needed
from galactica.joining.topics.evidence import BEGUN, pattern_of, regime_of
from galactica.joining.topics.gathering import SLOTS, GatheredThings, slot_of
from galactica.joining.topics.learning import Pattern, Weights, learned_weights
from galactica.joining.topics.nearest import nearest_pairs
from galactica.joining.topics.romanising import romanised, sound_of
from galactica.joining.topics.thing import Thing
from galactica.progress import Report

RAREST = 6
"""Of a thing's rarest words, those that are keys; and pairs of words and crowded names."""

MOST_MARKED = 128
"""Articles in which the rarest words together may stand that are keys by themselves: else the pairs of a thing grow
with the edition. Of 100,000 paragraphs 10.0 each and not 13.8; of 1,208 pairs of DBP15K that were joined 1 shares no
key any more; with 64 articles 8.3 and 3 (2026-11-30, docs/scale.md)."""

BY_CHANCE = 20_000
"""Pairs that are drawn by chance, to learn how those of two things are."""

ONE_IN = 500
"""Of so many pairs that there are, one is learned from: in a small edition chance meets pairs of one thing."""

MOST_KEPT = 200_000
"""Sums that are kept, so that none is added up for every pair that has it."""

_ROW = np.dtype([("low", "<u4"), ("high", "<u4"), ("regime", "u1"), ("pattern", "<u4"), ("rarity", "<i4")])


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsCompared:
    """What was compared.

    Attributes:
        weights: learned, by regime.
        pairs: how many pairs were compared; `drawn`: by chance.
        crowded: keys that too many things had.
    """

    weights: tuple[Weights, ...]
    pairs: int
    drawn: int
    crowded: int


class ThingPairs:
    """Compares the things of an edition.

    Args:
        found: the things.
        folder: for files that are needed while this is.
    """

    def __init__(self, found: GatheredThings, folder: Path) -> None:
        self._found = found
        self._folder = folder
        self._patterns: dict[Pattern, int] = {}
        self._known: list[Pattern] = []
        self.groups = group_numbers(found)

    def compare(self, report: Report) -> PairsCompared:
        """Compare every pair that shares a key or lies near, and learn what the levels are worth."""
        blocks = self._blocked(report)
        seen: list[Counter[Pattern]] = [Counter() for _ in BEGUN]
        by_chance, regimes = self._drawn()
        done = compared = 0
        with (self._folder / "compared").open("wb") as file:
            for part in blocks.pairs():
                rows = []
                for low, high in zip(part["low"].tolist(), part["high"].tolist(), strict=True):
                    if self.groups[low] >= 0 and self.groups[low] == self.groups[high]:
                        continue
                    one, other = self._found.things[low], self._found.things[high]
                    regime, pattern = regime_of(one, other), pattern_of(one, other)
                    if needed(one, other, pattern) < NEVER and not forbids(one, other):
                        seen[regime][pattern] += 1  # what cannot be one thing teaches nothing of what is
                    rarity = name_rarity(one, other, self._found.names, len(self.groups))
                    rows.append((low, high, regime, self._number(pattern), rarity))
                compared += len(rows)
                file.write(np.array(rows, _ROW).tobytes())
                done += len(part)
                report("compare", done, None, "pairs")
        count, drawn = len(self.groups), max(min(BY_CHANCE, len(self.groups) ** 2), 1)
        every = count * (count - 1) / 2
        weights = tuple(
            learned_weights(here, chance, every * share / drawn, begun)
            for here, chance, share, begun in zip(seen, by_chance, regimes, BEGUN, strict=True)
        )
        return PairsCompared(
            weights=weights,
            pairs=compared,
            drawn=drawn,
            crowded=blocks.crowded,
        )

    def weighed(self, weights: tuple[Weights, ...]) -> Iterator[tuple[int, int, Pattern, int]]:
        """(low, high, pattern, what all of it is worth) of every pair of two sources, in order."""
        worth: dict[tuple[int, int, int], int] = {}
        with (self._folder / "compared").open("rb") as file:
            while data := file.read(_ROW.itemsize << 14):
                for low, high, regime, number, rarity in np.frombuffer(data, _ROW).tolist():
                    key = (regime, number, rarity)
                    if key not in worth:
                        if len(worth) > MOST_KEPT:
                            worth.clear()
                        here = weights[regime]
                        worth[key] = here.before + sum(field_bits(here, self._known[number], rarity))
                    yield low, high, self._known[number], worth[key]

    def _drawn(self) -> tuple[list[Counter[Pattern]], list[int]]:
        """The patterns of pairs drawn by chance, of two sources, by regime; how many pairs are of each regime."""
        found: list[Counter[Pattern]] = [Counter() for _ in BEGUN]
        count = len(self.groups)
        regimes = [0] * len(BEGUN)
        if count < 2:
            return found, regimes
        state = 88_172_645_463_325_252  # xorshift (Marsaglia, Journal of Statistical Software 8, 2003)
        for number in range(min(BY_CHANCE, count * count)):
            state ^= (state << 13) & 0xFFFFFFFFFFFFFFFF
            state ^= state >> 7
            state ^= (state << 17) & 0xFFFFFFFFFFFFFFFF
            low, high = (state >> 32) % count, (state & 0xFFFFFFFF) % count
            if low == high or (self.groups[low] >= 0 and self.groups[low] == self.groups[high]):
                continue
            one, other = self._found.things[low], self._found.things[high]
            regime = regime_of(one, other)
            regimes[regime] += 1
            if number < count * count // ONE_IN:
                found[regime][pattern_of(one, other)] += 1
        return found, regimes

    def _number(self, pattern: Pattern) -> int:
        if pattern not in self._patterns:
            self._patterns[pattern] = len(self._known)
            self._known.append(pattern)
        return self._patterns[pattern]

    def _blocked(self, report: Report) -> SharedKeys:
        folder = self._folder / "blocks"
        folder.mkdir()
        blocks = SharedKeys(folder)
        for row, thing in enumerate(self._found.things):
            blocks.add(row, keys_of_thing(thing, self._found.names, self._found.words))
        report("near", 0, None, "articles")
        if self._found.vectors.size:
            sides = np.where(self.groups >= 0, self.groups, -1 - np.arange(len(self.groups)))
            for pairs in nearest_pairs(self._found.vectors, sides):
                blocks.add_pairs(pairs)
        return blocks


def group_numbers(found: GatheredThings) -> NDArray[np.int64]:
    """Of each row, the number of the source and language that name each thing once; -1 where they may not."""
    numbers: dict[str, int] = {}
    every = (numbers.setdefault(thing.group, len(numbers)) if thing.group else -1 for thing in found.things)
    return np.fromiter(every, np.int64, len(found.things))


def keys_of_thing(thing: Thing, names: NDArray[np.uint32], words: NDArray[np.uint32]) -> set[int]:
    """The keys by which a thing is brought together with others.

    Args:
        names, words: in how many articles each stands, as `GatheredThings` has them.
    """
    found = {shared_key("identifier", each) for each in thing.identifiers}
    found |= {shared_key("page", each) for each in thing.pages}
    rarest = [mark for mark, _ in sorted(zip(thing.marks, thing.rarity, strict=True), key=lambda m: (-m[1], m[0]))]
    for name in (thing.base, *thing.names):
        found.add(shared_key("name", name))
        if names[slot_of(name) % SLOTS] > MOST_SHARING:
            found |= {shared_key("crowded", name, str(mark)) for mark in rarest[:RAREST]}
            found.add(shared_key("bracket", name, thing.bracket))
    latin = thing.latin or romanised(thing.base)
    if len(latin) > 3:
        found.add(shared_key("latin", " ".join(sorted(latin.split()))))
        found |= {shared_key("word", word) for word in latin.split()[:12] if len(word) > 3}
    sound = thing.sound or sound_of(thing.base)
    if len(sound) > 3:
        found.add(shared_key("sound", sound))
    rarest = rarest[:RAREST]
    standing = accumulate(int(words[mark % SLOTS]) for mark in rarest)
    alone = (mark for mark, several in zip(rarest, standing, strict=True) if several <= MOST_MARKED)
    found |= {shared_key("mark", str(mark)) for mark in alone}
    found |= {shared_key("marks", *map(str, sorted(two))) for two in combinations(rarest, 2)}
    return found
