"""The indexes of an edition: made while it is built, or again from an edition that lies there.

`index/` holds `ids` (edition.lookup), lists for browsing (edition.catalogue), `text/` (search) and, last of all,
`manifest.json` with the root it was made for and the checksum of each file. An index without a manifest is unfinished,
one of another root is foreign: neither is ever used.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from galactica import __version__
from galactica.edition import Edition, bag, lookup
from galactica.edition.catalogue import write_catalogue
from galactica.library import work
from galactica.model import article_id
from galactica.progress import Report, silent
from galactica.search.build import IndexWriter

PROGRAM = f"galactica {__version__}"


class Indexer:
    """Makes the index of an edition in `folder` from the gathered batches of its build, as they are written."""

    def __init__(self, folder: Path, threads: int, report: Report) -> None:
        self._folder = folder
        self._index = folder / "index"
        shutil.rmtree(self._index, ignore_errors=True)  # of a build that was killed: it cannot be continued
        self._index.mkdir()
        self._writer = IndexWriter(self._index / "text", threads=threads)
        self._report = report

    def __enter__(self) -> Indexer:
        self._writer.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._writer.__exit__(kind, error, at)

    def add(self, task: work.WriteTask) -> None:
        """Take in the articles of a batch."""
        if not task.rows:
            return
        batch = work.read_gathered(task.folder, task.number)
        texts = batch["text"]
        for i, (row, fields) in enumerate(zip(task.rows, work.rows_of(batch, task.rows), strict=True)):
            article = work.with_aliases(fields, task.aliases.get(row, ()))
            self._writer.add(task.first + i, article, texts[row].as_py())

    def finish(self) -> None:
        """Write the indexes out; the tables must be complete by now."""
        with Edition.open(self._folder) as edition:
            self._report("index", 0, len(edition), "articles")
            self._writer.finish(edition.root)
            write_lookup(edition, self._index)
            bag.write_index_manifest(self._index, edition.root, PROGRAM)
            self._report("index", len(edition), len(edition), "articles")


def write_lookup(edition: Edition, index: Path) -> None:
    """Write `ids` and the lists for browsing."""
    lookup.write_ids(index / "ids", _ids(edition), len(edition))
    write_catalogue(edition, index)


def reindex(path: Path, *, threads: int, report: Report = silent) -> None:
    """Make the index of the edition in `path` again, from its tables alone.

    The old index stays in place until the new one is whole.

    Raises:
        EditionError: the edition cannot be read.
    """
    new = path / "index.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    with Edition.open(path) as edition:
        write_lookup(edition, new)
        with IndexWriter(new / "text", threads=threads) as writer:
            total = len(edition)
            for row, article in edition.scan():
                writer.add(row, article, work.text_of(article))
                if row % 500 == 0:
                    report("index", row, total, "articles")
            writer.finish(edition.root)
        bag.write_index_manifest(new, edition.root, PROGRAM)
    shutil.rmtree(path / "index", ignore_errors=True)
    new.rename(path / "index")


def _ids(edition: Edition) -> Iterator[tuple[bytes, int]]:
    for row, article in edition.scan(body=False):
        yield article.id, row
        for alias in article.aliases:
            if alias.path:
                yield article_id(article.source, alias.path), row
