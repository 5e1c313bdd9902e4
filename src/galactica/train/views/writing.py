"""Writing the rows of a view, and adding them up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from galactica.train.views.filtering import EditionHeads
from galactica.train.views.gathering import ChosenTexts
from galactica.train.views.header import ViewCounts
from galactica.train.views.rows import LEAF_BYTES, ROWS_SCHEMA, RUN, TEXT_BYTES, RowsWriter


def write_gathered(
    path: Path,
    heads: Sequence[EditionHeads],
    gathered: ChosenTexts,
    numbers: Sequence[int],
    groups: Sequence[npt.NDArray[np.int32]],
) -> tuple[str, ViewCounts]:
    """Write `rows.parquet`.

    Args:
        numbers: of the gathered documents that are written, in order.
        groups: of each edition, the group of each article.

    Returns:
        SHA-256 of the canonical rows, hex, and their sums.
    """
    writer = RowsWriter(path)
    counts = _Counts()
    for start in range(0, len(numbers), RUN):
        rows = []
        for number in numbers[start : start + RUN]:
            edition, row = gathered.editions[number], gathered.rows[number]
            terms = heads[edition].terms[int(heads[edition].of[row])]
            size, tokens = gathered.sizes[number], gathered.tokens[number]
            counts.add(size, tokens, terms.language, terms.licence, terms.source)
            rows.append(
                {
                    "edition": edition,
                    "row": row,
                    "leaf": bytes(gathered.leaves[number * LEAF_BYTES : (number + 1) * LEAF_BYTES]),
                    "text": bytes(gathered.texts[number * TEXT_BYTES : (number + 1) * TEXT_BYTES]),
                    "bytes": size,
                    "tokens": tokens,
                    "group": int(groups[edition][row]),
                    "language": terms.language,
                    "licence": terms.licence,
                    "source": terms.source,
                    "cuts": list(gathered.cuts.get(number, ())),
                }
            )
        writer.write(pa.Table.from_pylist(rows, ROWS_SCHEMA))
    return writer.close(), counts.whole()


class _Counts:
    """Adds documents up."""

    def __init__(self) -> None:
        self._all = [0, 0, 0]
        self._by: tuple[dict[str, list[int]], ...] = ({}, {}, {})

    def add(self, size: int, tokens: int, *names: str) -> None:
        """Take in a document: its language, licence and source."""
        for at, more in enumerate((1, size, tokens)):
            self._all[at] += more
        for by, name in zip(self._by, names, strict=True):
            counted = by.setdefault(name, [0, 0])
            counted[0] += 1
            counted[1] += size

    def whole(self) -> ViewCounts:
        """The sums."""
        listed = [tuple((name, d, b) for name, (d, b) in sorted(by.items())) for by in self._by]
        return ViewCounts(
            documents=self._all[0],
            bytes=self._all[1],
            tokens=self._all[2],
            languages=listed[0],
            licences=listed[1],
            sources=listed[2],
        )
