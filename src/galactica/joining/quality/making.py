"""Making `joined/quality`: a file of rows for each shard of articles, and how many articles each heuristic refuses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.derived import derived, deriving
from galactica.edition.parquet import write_rows
from galactica.joining.quality.layout import HEURISTICS, NAME, SUMMARY, TABLE, VERSION
from galactica.joining.quality.measures import figures_of
from galactica.model.projection import project
from galactica.progress import Report, silent


def quality_kept(edition: Edition) -> Path | None:
    """The folder of what is said of an edition's quality; None where it is to be made."""
    return derived(edition, NAME, VERSION)


def make_quality(edition: Edition, *, workers: int = 1, report: Report = silent) -> None:
    """Make `joined/quality` of an edition anew; nothing is left out of the edition by it.

    Args:
        workers: of no effect yet: one process does it.
        report: stage "quality".

    Raises:
        EditionError: the edition is damaged.
        OSError: the machine's refusals.
        UsageError: another process is at it.
    """
    with deriving(edition, NAME, VERSION) as folder:
        place = folder / TABLE.name
        place.mkdir(exist_ok=True)
        refused: Counter[str] = Counter()
        for number, (first, count) in enumerate(edition.shard_rows()):
            path = place / f"{number:05}.parquet"
            if count and not path.exists():
                with whole(path) as part:
                    write_rows(part, TABLE, _rows(edition, first, first + count, report))
            if count:
                refused.update(_refused(path))
            report("quality", first + count, len(edition), "articles")
        summary = {"articles": len(edition), "refused_by": {each.name: refused[each.name] for each in HEURISTICS}}
        (folder / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


def _rows(edition: Edition, first: int, stop: int, report: Report) -> Iterator[dict[str, object]]:
    for row, article in edition.scan(first, stop):
        yield {"article": row, **figures_of(article.body, project(article.body), article.language)}
        if row % 100 == 0:
            report("quality", row, len(edition), "articles")


def _refused(path: Path) -> Iterator[str]:
    file = pq.ParquetFile(path)
    for batch in file.iter_batches(columns=["refused_by"]):
        for names in batch.column(0).to_pylist():
            yield from names or ()
