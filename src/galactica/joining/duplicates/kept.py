"""Reading `joined/duplicates`: which articles are the same, around the one that is kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from galactica.edition import Edition
from galactica.edition.damage import readable
from galactica.edition.derived import derived
from galactica.edition.info import read_bounded
from galactica.joining.duplicates.layout import DUPLICATES, KINDS, NAME, SUMMARY, VERSION

_MOST_SUMMARY = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SameText:
    """What an article is to the one that is kept.

    Attributes:
        article, kept: rows.
        kind: one of `layout.KINDS`.
        jaccard: shingles that both have, of those that either has.
        contained: of the article's shingles, those that the kept one has.
        containing: of the kept one's shingles, those that the article has.
    """

    article: int
    kept: int
    kind: str
    jaccard: float
    contained: float
    containing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """An article that is kept, and those that are the same, by their rows."""

    kept: int
    copies: tuple[SameText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedParagraph:
    """A paragraph that several articles have.

    Attributes:
        article: row of the first that has it.
        start, end: where it stands there, code points of the projection.
        articles: how many have it.
        leads: of these, how many begin with it.
    """

    article: int
    start: int
    end: int
    articles: int
    leads: int


class Duplicates:
    """The duplicates of an edition; `Duplicates.of` opens them.

    At 1 M articles that are all copies it holds 50 MB.
    """

    def __init__(self, folder: Path, articles: int) -> None:
        self._folder = folder
        path = folder / NAME / "00000.parquet"
        columns = pq.read_table(path, schema=DUPLICATES) if path.exists() else DUPLICATES.empty_table()
        self._columns = {name: columns[name].to_numpy() for name in columns.column_names if name != "kind"}
        self._columns["kind"] = pc.index_in(columns["kind"], value_set=pa.array(KINDS)).fill_null(-1).to_numpy()
        rows, kept = self._columns["article"], self._columns["kept"]
        if len(rows) and (min(rows.min(), kept.min(), self._columns["kind"].min()) < 0 or kept.max() >= articles):
            raise ValueError("a row that is none")
        if len(rows) and (rows.max() >= articles or np.any(np.diff(rows) <= 0)):
            raise ValueError("rows out of order")
        self._order = np.lexsort((rows, kept))

    @classmethod
    def of(cls, edition: Edition) -> Duplicates | None:
        """Those of an edition; None where they were not made, or by another version.

        Raises:
            EditionError: they are damaged.
        """
        folder = derived(edition, NAME, VERSION)
        if folder is None:
            return None
        with readable(folder):
            return cls(folder, len(edition))

    def summary(self) -> Mapping[str, object]:
        """What was looked at, found and passed over, in numbers."""
        with readable(self._folder):
            return cast("Mapping[str, object]", json.loads(read_bounded(self._folder / SUMMARY, _MOST_SUMMARY)))

    def copy(self, row: int) -> SameText | None:
        """What an article is a copy or a stretch of; None where of nothing."""
        rows = self._columns["article"]
        place = int(np.searchsorted(rows, row))
        return self._at(place) if place < len(rows) and rows[place] == row else None

    def clusters(self, kinds: Collection[str] = KINDS) -> Iterator[Cluster]:
        """Articles that are kept and their copies of these kinds, by the row of the one that is kept."""
        kept = self._columns["kept"][self._order]
        begins = np.flatnonzero(np.diff(kept, prepend=-1))
        for begin, end in zip(begins.tolist(), [*begins.tolist()[1:], len(kept)], strict=False):
            copies = (self._at(int(place)) for place in self._order[begin:end])
            if several := tuple(copy for copy in copies if copy.kind in kinds):
                yield Cluster(kept=several[0].kept, copies=several)

    def paragraphs(self) -> list[RepeatedParagraph]:
        """The paragraphs that several articles have: those that most have first, then in the order of the articles."""
        path = self._folder / "paragraphs" / "00000.parquet"
        if not path.exists():
            return []
        with readable(self._folder):
            table = pq.read_table(path)
        columns = {name: table[name].to_numpy() for name in table.column_names}
        _, firsts, inverse = np.unique(columns["same"], return_index=True, return_inverse=True)
        leads = np.bincount(inverse, weights=columns["lead"])
        order = np.lexsort((firsts, -columns["articles"][firsts]))
        return [
            RepeatedParagraph(
                article=int(columns["article"][first]),
                start=int(columns["start"][first]),
                end=int(columns["end"][first]),
                articles=int(columns["articles"][first]),
                leads=int(leads[group]),
            )
            for group, first in zip(order.tolist(), firsts[order].tolist(), strict=True)
        ]

    def _at(self, place: int) -> SameText:
        at = {name: column[place].item() for name, column in self._columns.items()}
        return SameText(**{**at, "kind": KINDS[at["kind"]]})
