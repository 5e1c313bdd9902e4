"""Documents of a view that are nearly the same, across all its editions and within each: found, judged, left out.

What `galactica join` does for one edition is done here for all that a view would take: proposed by MinHash, decided by
the texts themselves, kept apart where they say different things (decision 32). Of several the newest is kept, then the
longest, then the one that comes first. Sources of two editions are two sources, so that a path and title that both have
is one article at two dates. Stretches are found where they share bands with the longer text; those of much longer ones
`galactica join` finds by their paragraphs, within its edition.

Memory holds some 120 bytes for each document, and 150 MB; the bands, 256 bytes each, lie in a file of the work folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.edition import Edition
from galactica.joining.duplicates.candidates import Crowd, find_near, near_pairs, same_place, titles_once
from galactica.joining.duplicates.clusters import CopyClusters, best_order, exact_classes
from galactica.joining.duplicates.compared import ComparedPairs
from galactica.joining.duplicates.found import CopiesFound
from galactica.joining.duplicates.judging import TextJudge
from galactica.joining.duplicates.layout import KINDS
from galactica.joining.duplicates.signatures import BANDS
from galactica.joining.duplicates.sketching import COMPARED, EMPTY, LONG, MOST_SOURCES, TEXTS, text_sketch
from galactica.model import Article
from galactica.progress import Report

_BANDS = "bands.bin"

Rows = npt.NDArray[np.int64]


class DocumentSketches:
    """What is remembered of each document of a view: taken in one after the other, then asked for.

    Args:
        editions: of the view.
        folder: for the bands; empty, and whoever makes this removes it.
    """

    def __init__(self, editions: Sequence[Edition], folder: Path) -> None:
        self.folder = folder
        keys = ((number, source.key) for number, edition in enumerate(editions) for source in edition.sources)
        self._sources = {key: min(at, MOST_SOURCES) for at, key in enumerate(keys)}
        self._texts = bytearray()
        self._file = (folder / _BANDS).open("wb")

    def take(self, edition: Edition, number: int, article: Article, text: str) -> None:
        """Remember a document.

        Args:
            edition, number: the edition that it is in, and which one of the view's that is.
            text: the projection of the article's body.
        """
        sketch, keys = text_sketch(edition, article, text, self._sources[number, article.source])
        self._texts += sketch.tobytes()
        self._file.write((np.zeros(BANDS, np.uint64) if keys is None else keys).astype("<u8").tobytes())

    def texts(self) -> npt.NDArray[np.void]:
        """What was remembered, in the order in which it was taken in (`sketching.TEXTS`)."""
        self._file.flush()
        return np.frombuffer(bytes(self._texts), TEXTS).copy()

    def bands(self, number: int) -> npt.NDArray[np.uint64]:
        """The keys of one band; 0 where a text is not compared."""
        if not self._texts:
            return np.empty(0, np.uint64)
        every = np.memmap(self.folder / _BANDS, "<u8", "r").reshape(-1, BANDS)
        return np.array(every[:, number])

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDocument:
    """A document that is left out.

    Attributes:
        number, kept: of it and of the one that is kept, as they were taken in.
        kind: "exact", "version", "near" or "contained" (`joining.duplicates.layout`).
        shared: Jaccard of their shingles, 0 to 1; of "contained", the part of its shingles that the other has.
    """

    number: int
    kept: int
    kind: str
    shared: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NearReport:
    """What was found, in numbers, for the card.

    Attributes:
        kinds: kind → documents that are left out.
        across: of these, those whose kept one is in another edition.
        compared: pairs that were compared by their texts.
        apart: reason → pairs that are as alike as copies and say different things.
        crowded, passed_over: `candidates.Crowd`; left: `clusters.CopyClusters`.
        long: documents that are too long to be compared but to the letter.
    """

    kinds: Mapping[str, int]
    across: int
    compared: int
    apart: Mapping[str, int]
    crowded: int
    passed_over: int
    left: int
    long: int


class _Documents:
    """Articles of several editions by the numbers of documents."""

    def __init__(self, editions: Sequence[Edition], of: Rows, rows: Rows) -> None:
        self._editions, self._of, self._rows = editions, of, rows

    def article(self, number: int) -> Article:
        """The article of a document."""
        return self._editions[int(self._of[number])].article(int(self._rows[number]))


def find_near_documents(
    sketches: DocumentSketches,
    editions: Sequence[Edition],
    places: tuple[Rows, Rows],
    stays: npt.NDArray[np.bool_],
    report: Report,
) -> tuple[list[NearDocument], NearReport]:
    """Find which documents are nearly the same as one that is kept.

    Args:
        sketches: of all documents.
        editions: of the view.
        places: edition and row of each document, `int64 [n]` each.
        stays: `bool [n]`, which take part.
        report: stages "bands", "compare".

    Returns:
        (those that are left out, by number; the figures). The same documents give the same, whatever the machine.

    Raises:
        EditionError: a record is damaged.
    """
    texts = sketches.texts()
    texts["state"][~stays] = EMPTY
    order = best_order(texts)
    best = exact_classes(texts, order)
    judge = TextJudge(edition=_Documents(editions, *places), texts=texts, once=titles_once(texts))
    alone = best == np.arange(len(texts))
    crowd = find_near(sketches, alone & (texts["state"] == COMPARED), sketches.folder, report)
    pairs = ComparedPairs(judge, best, sketches.folder)
    pairs.compare(_candidates(judge, best, sketches.folder, crowd), report)
    clusters = CopyClusters(pairs=pairs, compare=judge.relation, places=order)
    found = CopiesFound(texts, best)
    for copy in clusters.copies():
        found.take(copy)
    found.settle()
    for first, second, relation in pairs.contained():
        inner, outer, seen = (first, second, relation) if not relation.inner else (second, first, relation.turned())
        found.take_stretch(inner, outer, seen)
    out = list(_left_out(found.rows()))
    across = sum(places[0][each.number] != places[0][each.kept] for each in out)
    counts = Counter(each.kind for each in out)
    return out, NearReport(
        kinds={kind: counts[kind] for kind in KINDS if counts[kind]},
        across=int(across),
        compared=pairs.compared,
        apart={reason: count for reason, count in sorted(pairs.apart.items()) if count},
        crowded=crowd.crowded,
        passed_over=crowd.passed_over,
        left=clusters.left,
        long=int(np.count_nonzero(texts["state"] == LONG)),
    )


def _candidates(judge: TextJudge, best: Rows, folder: Path, crowd: Crowd) -> Iterator[tuple[Rows, Rows]]:
    """The pairs to compare, the smaller number first."""
    state = judge.texts["state"]
    first, second = same_place(judge.texts, judge.once)
    fit = (best[first] != best[second]) & (state[first] != LONG) & (state[second] != LONG)
    yield first[fit], second[fit]
    yield from near_pairs(folder, crowd)


def _left_out(rows: Iterator[dict[str, Any]]) -> Iterator[NearDocument]:
    for row in rows:
        shared = row["contained"] if row["kind"] == "contained" else row["jaccard"]
        yield NearDocument(number=row["article"], kept=row["kept"], kind=row["kind"], shared=shared)


KINDS_TOLD = {
    "exact": "the same but for spaces",
    "version": "at another date or in another source",
    "near": "with parts left out, added or spelled anew",
    "contained": "a stretch of a longer one",
}


def near_told(near: Mapping[str, Any]) -> str:
    """What became of near duplicates, in sentences."""
    kinds = ", ".join(f"{count:,} {KINDS_TOLD[kind]}" for kind, count in near["kinds"].items()) or "none"
    told = f"Near duplicates were looked for in all editions together and left out: {kinds}"
    told += f"; {near['across']:,} of them for a document of another edition." if near["kinds"] else "."
    if near["apart"]:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in near["apart"].items())
        told += f" Pairs that are as alike and say different things, both kept: {reasons}."
    return told
