"""Words of an edition's articles, gathered: article by article in, each stem's articles with their levels out.

Local search computes, for a word of a query and an article, idf × (what the word counts in the body + 0.8 × in titles)
× the article's prominence (`search.rank`; BM25 with k1 = 1.2, b = 0.75, Robertson and Zaragoza 2009). All but idf is
known when the edition is laid out, so it is put into one number, the level. Readers add up idf × level's value.

Memory: what is known of each article is 30 bytes, of each different word some 500; postings wait on disk.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from galactica.model import Article
from galactica.search.analysis import analyser_for
from galactica.search.build import LONGEST_TEXT, names_in_other_scripts
from galactica.search.prominence import LinkCounter
from galactica.search.rank import LENGTH, LINKS, TITLE
from galactica.spread.static.coding import Numbers, levels_of
from galactica.spread.static.folding import form, stem_in, words_in

K1 = 1.2
B = 0.75

BUCKETS = 128
"""Files that postings wait in, by their stem: each is sorted in memory by itself."""

SPILL = 3_000_000
"""Postings that are held at most before they are written out: 36 MB."""

_POSTING = np.dtype([("stem", "<u4"), ("article", "<u4"), ("body", "<u2"), ("title", "<u2")])


class Gatherer:
    """Takes articles in, in any order; gives the stems' lists back.

    Args:
        folder: for what waits; emptied by whoever owns it.
        articles: how many the edition has.

    Attributes:
        lanes: names of the analysers in use, in the order in which they came.
        stem_lane: lane of each stem, by its number.
        forms: (form, number of the stem, whether it is a stop word), each once.
    """

    def __init__(self, folder: Path, articles: int) -> None:
        self._folder = folder
        self._articles = articles
        self.lanes: list[str] = []
        self.stem_lane = array("B")
        self.forms: dict[tuple[str, int, bool], None] = {}
        self._stems: dict[tuple[int, str], int] = {}
        self._words: list[dict[str, tuple[int, bool]]] = []
        self._held: list[array[int]] = [array("I"), array("I"), array("H"), array("H")]
        self._lane = np.zeros(articles, np.uint8)
        self._lengths = np.zeros((articles, 2), np.int64)
        self._links = LinkCounter()

    def add(self, number: int, article: Article, text: str) -> None:
        """Take in one article.

        Args:
            number: its place in the order of ids; every one once.
            text: the projection of its body.
        """
        name = analyser_for(article.language, text)
        lane = self._number_of(name)
        titles = dict.fromkeys([article.title, *(alias.title for alias in article.aliases)])
        besides = names_in_other_scripts(article)
        body = words_in(text[:LONGEST_TEXT], name)
        body += [word for title in titles if title in besides for word in words_in(title, name)]
        named = [word for title in titles if title not in besides for word in words_in(title, name)]
        counted, length = self._counted(lane, body, stop=False)
        in_title, title_length = self._counted(lane, named, stop=True)
        self._lane[number] = lane
        self._lengths[number] = length, title_length
        self._links.add(number, article, len(text))
        stem, where, tf_body, tf_title = self._held
        both = counted.keys() | in_title.keys()
        for each in sorted(both):
            stem.append(each)
            where.append(number)
            tf_body.append(min(65_535, counted.get(each, 0)))
            tf_title.append(min(65_535, in_title.get(each, 0)))
        if len(stem) >= SPILL:
            self._spill()

    def lists(self) -> Iterator[tuple[int, Numbers, Numbers]]:
        """Yield (number of the stem, articles ascending, levels) of every stem, bucket by bucket."""
        self._spill()
        factors = self._factors()
        norms = self._norms()
        for bucket in range(BUCKETS):
            file = self._folder / f"postings-{bucket}"
            if not file.exists():
                continue
            found = np.fromfile(file, _POSTING)
            file.unlink()
            found = found[np.lexsort((found["article"], found["stem"]))]
            where = found["article"].astype(np.int64)
            counts = _saturated(found["body"], norms[where, 0]) + TITLE * _saturated(found["title"], norms[where, 1])
            levels = levels_of(counts * factors[where])
            starts = np.flatnonzero(np.diff(found["stem"], prepend=np.int64(-1)))
            ends = np.append(starts[1:], len(found))
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
                yield int(found["stem"][start]), where[start:end], levels[start:end]

    def stop_forms(self) -> list[str]:
        """The forms that are stop words in every lane that has them, in order."""
        stops = {form for form, _, stop in self.forms if stop}
        return sorted(stops - {form for form, _, stop in self.forms if not stop})

    def lane_counts(self) -> list[int]:
        """How many articles each lane has."""
        return [int((self._lane == lane).sum()) if self._articles else 0 for lane in range(len(self.lanes))]

    def weights(self) -> list[int]:
        """How prominent each article is: 0 to 510 (`search.layout.title_rank`)."""
        return [int(each) for each in self._prominence().astype(int).sum(axis=1)]

    def _number_of(self, name: str) -> int:
        if name not in self.lanes:
            self.lanes.append(name)
            self._words.append({})
        return self.lanes.index(name)

    def _counted(self, lane: int, found: list[str], *, stop: bool) -> tuple[dict[int, int], int]:
        """Stem → how often it stands in a text, and how many words that has; without stop words unless `stop`."""
        known = self._words[lane]
        counts: dict[int, int] = {}
        length = 0
        for word, count in Counter(found).items():
            entry = known.get(word)
            if entry is None:
                entry = known[word] = self._word(lane, word)
            stem, kept = entry
            if kept or stop:
                counts[stem] = counts.get(stem, 0) + count
                length += count
        return counts, length

    def _word(self, lane: int, word: str) -> tuple[int, bool]:
        stem, kept = stem_in(word, self.lanes[lane])
        number = self._stems.setdefault((lane, stem), len(self._stems))
        if number == len(self.stem_lane):
            self.stem_lane.append(lane)
        self.forms[(form(word), number, not kept)] = None
        return number, kept

    def _spill(self) -> None:
        """Write out what is held, each posting to the file of its bucket."""
        held = np.empty(len(self._held[0]), _POSTING)
        for name, values in zip(_POSTING.names or (), self._held, strict=True):
            held[name] = np.array(values, copy=False)
            del values[:]
        buckets = held["stem"] % BUCKETS
        order = np.argsort(buckets, kind="stable")
        held, buckets = held[order], buckets[order]
        borders = np.searchsorted(buckets, np.arange(BUCKETS + 1))
        for bucket in range(BUCKETS):
            if borders[bucket] < borders[bucket + 1]:
                with (self._folder / f"postings-{bucket}").open("ab") as file:
                    held[borders[bucket] : borders[bucket + 1]].tofile(file)

    def _prominence(self) -> npt.NDArray[np.uint8]:
        return self._links.prominence(self._articles)

    def _factors(self) -> npt.NDArray[np.float64]:
        steps = self._prominence().astype(np.float64) / 255
        factors: npt.NDArray[np.float64] = 1.0 + LINKS * steps[:, 0] + LENGTH * steps[:, 1]
        return factors

    def _norms(self) -> npt.NDArray[np.float64]:
        """k1 × (1 − b + b × length ÷ mean length) of body and titles, means by lane: `float64 [articles, 2]`."""
        norms = np.empty((self._articles, 2))
        for lane in range(len(self.lanes)):
            own = self._lane == lane
            means = np.maximum(1.0, self._lengths[own].sum(axis=0) / max(1, int(own.sum())))
            norms[own] = K1 * (1 - B + B * self._lengths[own] / means)
        return norms


def _saturated(counts: npt.NDArray[np.uint16], norms: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    many = counts.astype(np.float64)
    result: npt.NDArray[np.float64] = many * (K1 + 1) / (many + norms)
    return result
