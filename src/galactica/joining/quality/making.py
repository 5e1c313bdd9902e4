"""Making `joined/quality`: a file of rows for each shard of articles, and how many articles each heuristic refuses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from galactica.cluster.crew import Crew, no_crew
from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.carried import ShardWork
from galactica.edition.derived import derived, deriving
from galactica.edition.parquet import write_rows
from galactica.joining.quality.layout import HEURISTICS, NAME, SUMMARY, TABLE, VERSION
from galactica.joining.quality.measures import figures_of
from galactica.model.projection import project
from galactica.progress import Report, silent


def quality_kept(edition: Edition) -> Path | None:
    """The folder of what is said of an edition's quality; None where it is to be made."""
    return derived(edition, NAME, VERSION)


def make_quality(edition: Edition, *, crew: Crew | None = None, report: Report = silent) -> None:
    """Make `joined/quality` of an edition anew; nothing is left out of the edition by it.

    Args:
        crew: who measures the articles, a shard at a time; None: this process.
        report: stage "quality".

    Raises:
        EditionError: the edition is damaged.
        OSError: the machine's refusals.
        UsageError: another process is at it.
    """
    with deriving(edition, NAME, VERSION) as folder:
        place = folder / TABLE.name
        place.mkdir(exist_ok=True)
        shards = edition.shard_rows()
        refused: Counter[str] = Counter()
        missing = [number for number, (_, count) in enumerate(shards) if count and not _file(folder, number).exists()]
        tasks = (
            ShardWork(edition=edition.path, root=edition.root, shard=each, folder=folder, places=(TABLE.name,))
            for each in missing
        )
        done = len(edition) - sum(shards[number][1] for number in missing)
        report("quality", done, len(edition), "articles")
        for count in (crew or no_crew()).results(quality_of_shard, tasks):
            done += count
            report("quality", done, len(edition), "articles")
        for number, (_, count) in enumerate(shards):
            if count:
                refused.update(_refused(_file(folder, number)))
        summary = {"articles": len(edition), "refused_by": {each.name: refused[each.name] for each in HEURISTICS}}
        (folder / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


def quality_of_shard(work: ShardWork) -> int:
    """Write the rows of a shard; returns how many articles it has.

    Raises:
        EditionError: the edition is damaged, or was replaced by another.
    """
    with work.opened() as (edition, first, stop), whole(_file(work.folder, work.shard)) as part:
        write_rows(part, TABLE, _rows(edition, first, stop))
    return stop - first


def _file(folder: Path, shard: int) -> Path:
    return folder / TABLE.name / f"{shard:05}.parquet"


def _rows(edition: Edition, first: int, stop: int) -> Iterator[dict[str, object]]:
    for row, article in edition.scan(first, stop):
        yield {"article": row, **figures_of(article.body, project(article.body), article.language)}


def _refused(path: Path) -> Iterator[str]:
    file = pq.ParquetFile(path)
    for batch in file.iter_batches(columns=["refused_by"]):
        for names in batch.column(0).to_pylist():
            yield from names or ()
