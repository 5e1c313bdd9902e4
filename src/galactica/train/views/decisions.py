"""What becomes of every article of a view's editions: taken, or left out for one reason, written to excluded.parquet.

What is cut out of a document that stays has a row there too, with its place; the others have start and end 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.edition import Edition, layout
from galactica.edition.damage import readable, reading

REASONS = (
    *("", "source", "language", "licence", "quality", "duplicate", "empty", "copy", "near", "evaluation"),
    *("mix", "max-tokens"),
)
"""Why an article is not in the view, in the order in which it is asked; "" is in it. A further row "passage" of what is
cut out of one that is has the reason "evaluation" too."""

EXCLUDED_SCHEMA = pa.schema(
    [
        pa.field("edition", pa.uint16(), nullable=False),
        pa.field("row", pa.uint32(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        pa.field("start", pa.uint32(), nullable=False),
        pa.field("end", pa.uint32(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("detail", pa.string(), nullable=False),
        pa.field("file", pa.string(), nullable=False),
        pa.field("item", pa.string(), nullable=False),
        pa.field("shared", pa.string(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOut:
    """A passage that shares text with an evaluation set.

    Attributes:
        start, end: code points of the document's text before anything is cut out; 0, 0 of a whole document.
        file: name of the evaluation file.
        item: id of the question or paragraph there.
        shared: the n-gram that both have, as the document writes it.
    """

    start: int
    end: int
    file: str
    item: str
    shared: str


@dataclass(slots=True, kw_only=True)
class Decisions:
    """What becomes of the articles of one edition.

    Attributes:
        reason: `uint8 [articles]`, numbers in `REASONS`.
        details: row → what is said beside the reason.
        cut_out: row → passages that are cut out, or for which the whole document is left out.
    """

    reason: npt.NDArray[np.uint8]
    details: dict[int, str] = field(default_factory=dict)
    cut_out: dict[int, tuple[CutOut, ...]] = field(default_factory=dict)

    def leave_out(self, row: int, reason: str, detail: str = "") -> None:
        """Leave an article out."""
        self.reason[row] = REASONS.index(reason)
        if detail:
            self.details[row] = detail

    @property
    def taken(self) -> list[int]:
        """Rows of the articles that are in the view, in order."""
        rows: list[int] = np.flatnonzero(self.reason == 0).tolist()
        return rows


def counted_reasons(every: Sequence[Decisions]) -> Mapping[str, int]:
    """How many articles are left out for each reason, in the order of `REASONS`."""
    counts: Counter[str] = Counter()
    for each in every:
        for number, count in enumerate(np.bincount(each.reason, minlength=len(REASONS)).tolist()):
            counts[REASONS[number]] += count
    return {reason: counts[reason] for reason in REASONS[1:] if counts[reason]}


def write_excluded(path: Path, editions: Sequence[Edition], every: Sequence[Decisions]) -> None:
    """Write `excluded.parquet`, shard after shard."""
    with pq.ParquetWriter(
        path,
        EXCLUDED_SCHEMA,
        compression="ZSTD",
        use_dictionary=["reason", "file", "detail", "edition"],
        write_statistics=False,
        store_schema=False,
    ) as writer:
        for number, (edition, decisions) in enumerate(zip(editions, every, strict=True)):
            for shard, (first, count) in enumerate(edition.shard_rows()):
                rows = list(_rows(number, edition, shard, first, count, decisions))
                if rows:
                    writer.write_table(pa.Table.from_pylist(rows, EXCLUDED_SCHEMA))


def _rows(
    number: int, edition: Edition, shard: int, first: int, count: int, decisions: Decisions
) -> Iterator[dict[str, Any]]:
    here = decisions.reason[first : first + count]
    rows = {first + inside for inside in np.flatnonzero(here).tolist()}
    rows.update(row for row in range(first, first + count) if row in decisions.cut_out)
    if not rows:
        return
    titles = _titles(edition, shard)
    for row in sorted(rows):
        reason = REASONS[int(decisions.reason[row])]
        plain = {
            "edition": number,
            "row": row,
            "title": titles[row - first].as_py(),
            "start": 0,
            "end": 0,
            "reason": reason,
            "detail": decisions.details.get(row, ""),
            "file": "",
            "item": "",
            "shared": "",
        }
        passages = decisions.cut_out.get(row, ())
        if reason and reason != "evaluation":
            yield plain
        elif reason:
            yield plain | ({} if not passages else _told(passages[0]) | {"start": 0, "end": 0})
        else:
            for each in passages:
                yield plain | _told(each) | {"reason": "passage"}


def _told(passage: CutOut) -> dict[str, Any]:
    return {
        "start": passage.start,
        "end": passage.end,
        "file": passage.file,
        "item": passage.item,
        "shared": passage.shared,
    }


def _titles(edition: Edition, shard: int) -> Any:  # noqa: ANN401  # pyarrow is untyped
    name = layout.shard_name(shard)
    with (
        readable(edition.path),
        reading(f"data/articles/{name}"),
        pq.ParquetFile(edition.path / "data" / "articles" / name) as file,
    ):
        return file.read(columns=["title"], use_threads=False)["title"].combine_chunks()
