"""The indexes of an edition: made while it is built, or again from an edition that lies there.

`index/` holds `ids` (edition.lookup), lists for browsing (edition.catalogue), `text/` (search) and, last of all,
`manifest.json` with the root it was made for and the checksum of each file. An index without a manifest is unfinished,
one of another root is foreign: neither is ever used. `meaning/` in it is made last, with a manifest of its own
(library.meaning), and outlives a new index of words.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType

from galactica import __version__
from galactica.building.batches import read_gathered, rows_of, with_aliases
from galactica.building.meaning import Note, add_meaning, unheard, wanted_encoder
from galactica.cluster.opened import cluster_place
from galactica.codes.lock import locked
from galactica.codes.merkle import leaf_hash
from galactica.edition import Edition, bag, lookup
from galactica.edition.catalogue import write_catalogue
from galactica.edition.nodes import NODES, Sorted, write_nodes
from galactica.edition.parts import write_parts
from galactica.edition.record import article_record
from galactica.edition.sealing import refresh, verified
from galactica.edition.subjects import write_subjects
from galactica.faults import check_memory
from galactica.model import article_id
from galactica.model.projection import project
from galactica.progress import Report, silent
from galactica.search.build import IndexWriter

PROGRAM = f"galactica {__version__}"

ADDRESSES = 2 * 2**30
"""Bytes of addresses that making an index of words takes at most: of two threads with their buffers and the libraries
that are mapped 1.3 GB (2026-11-28)."""


class Indexer:
    """Makes the index of an edition in `folder` from the gathered batches of its build.

    An article can be indexed when all its names are known. Where sources have no redirects that is as soon as its batch
    is gathered (`early`): then one thread indexes beside the workers that refine and compress, which keeps two cores
    busy to the end and gives one segment, 6 % smaller than two. Else the index is fed when shards are written, by as
    many threads as there are workers.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        self.early = True
        self._folder = folder
        self._index = folder / "index"
        self._report = report
        self._added = 0
        self._sealing: threading.Thread | None = None
        self._failure: BaseException | None = None
        self._stack = contextlib.ExitStack()
        self.restart(threads=1)
        self.early = True

    def __enter__(self) -> Indexer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._sealing is not None and self._sealing.ident is not None:  # None: stopped before it had begun
            self._sealing.join()
        self._stack.close()

    def restart(self, *, threads: int) -> None:
        """Begin anew, to be fed when shards are written.

        Raises:
            LimitError: this process may use less memory than an index takes.
        """
        check_memory(ADDRESSES)
        self._stack.close()
        shutil.rmtree(self._index, ignore_errors=True)  # also of a build that was killed: it cannot be continued
        self._index.mkdir()
        self._writer = self._stack.enter_context(IndexWriter(self._index / "text", threads=threads))
        self._added = 0
        self.early = False

    def add(
        self,
        gathered: Path,
        number: int,
        rows: Sequence[int],
        first: int,
        aliases: Mapping[int, tuple[tuple[str, str], ...]] = MappingProxyType({}),
    ) -> None:
        """Take in the articles of a batch.

        Args:
            gathered: folder of the gathered batches.
            number: of the batch.
            rows: of its articles that are in the edition.
            first: row in the edition of the first of them.
            aliases: row in the batch → names that redirects give.
        """
        if not rows:
            return
        # Bodies are looked at for their links alone.
        linked = any(read_gathered(gathered, number, only=("linked",))["linked"].to_pylist())
        unread = ("starts", "ends") if linked else ("starts", "ends", "body")
        batch = read_gathered(gathered, number, without=unread)
        texts = batch["text"]
        for i, (row, fields) in enumerate(zip(rows, rows_of(batch, rows), strict=True)):
            article = with_aliases(fields, aliases.get(row, ()))
            self._writer.add(first + i, article, texts[row].as_py())
        self._added += len(rows)

    def complete(self, articles: int) -> bool:
        """Whether every article was taken in early; if so, begins to write the index out beside what goes on."""
        if not self.early or self._added != articles:
            return False
        self._sealing = threading.Thread(target=self._seal, name="index")
        self._sealing.start()
        return True

    def finish(self, leaves: Iterable[tuple[bytes, bytes]]) -> None:
        """Write the indexes out; the tables must be complete by now.

        Args:
            leaves: (id, leaf hash) of the articles, by id.
        """
        with Edition.open(self._folder) as edition:
            self._report("index", 0, len(edition), "articles")
            if self._sealing is None:
                self._writer.finish()
            else:
                self._sealing.join()
                if self._failure is not None:
                    raise self._failure
            write_lookup(edition, self._index, leaves)
            bag.write_index_manifest(self._index, edition.root, PROGRAM)
            self._report("index", len(edition), len(edition), "articles")

    def _seal(self) -> None:
        try:
            self._writer.finish()
        except BaseException as error:  # raised again by `finish`, in the thread that waits for it
            self._failure = error


def write_lookup(edition: Edition, index: Path, leaves: Iterable[tuple[bytes, bytes]]) -> None:
    """Write `ids`, `nodes` of the leaf hashes by id, the lists for browsing, of parts of works, and of subjects."""
    lookup.write_ids(index / "ids", _ids(edition), len(edition))
    write_nodes(index / NODES, leaves)
    write_catalogue(edition, index)
    write_parts(edition, index)
    write_subjects((each.subject for each in edition.statements()), index)


def reindex(
    path: Path | str,
    *,
    threads: int,
    words: bool = True,
    meaning: bool = True,
    encoder: str = "",
    parent: Path | None = None,
    cluster: str = "",
    store: str = "",
    report: Report = silent,
    note: Note = unheard,
) -> None:
    """Make the indexes of the edition in `path` again, from its tables alone.

    The old index of words stays in place until the new one is whole. The index of meaning goes on from where it was;
    where it is whole already, it stays.

    Args:
        threads: that index words, and processes that encode passages.
        words, meaning: which are made.
        encoder: that the index of meaning is made with; see `library.meaning.add_meaning`.
        parent: an edition whose codes of unchanged articles are used again.
        cluster, store: where passages are encoded instead of in processes here; see `build`.
        note: told what a person should know and is no error.

    Raises:
        EditionError: an edition cannot be read.
        UsageError: another process does the same, or there is no such encoder.
        MissingError, LimitError: as `library.meaning.add_meaning`.
    """
    place = cluster_place(cluster, store)
    encoder = wanted_encoder(encoder) if meaning else ""  # before anything is made that takes long
    path = Path(path).absolute()  # a name like "s3:x" means a place elsewhere to what reads Parquet
    with Edition.open(path) as edition:
        root = edition.root  # what is no edition is not written to
    known = verified(path, root)
    check_memory(ADDRESSES if words else 0)
    with alone(path):
        if words:
            _reindex_words(path, threads, report)
        if meaning:
            add_meaning(path, encoder=encoder, workers=threads, parent=parent, cluster=place, report=report, note=note)
    if known is not None and known.ok:
        refresh(path, root, known)  # what changed is what was made here


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only process that makes indexes of the edition in `path`; raises UsageError where another does."""
    lock = path / "index.lock"
    with locked(lock, f"The index of {path} is being made by another process."):
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # a system that does not remove what is open leaves an empty file
                lock.unlink()


def _reindex_words(path: Path, threads: int, report: Report) -> None:
    index, new = path / "index", path / "index.new"
    if (new / bag.MEANING).is_dir() and not (index / bag.MEANING).exists():
        index.mkdir(exist_ok=True)  # an earlier exchange was cut short in the middle
        (new / bag.MEANING).rename(index / bag.MEANING)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        index_words(path, new, threads, report)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)  # it is begun anew, and the disk may be full of it
        raise
    if (index / bag.MEANING).is_dir():
        (index / bag.MEANING).rename(new / bag.MEANING)
    shutil.rmtree(index, ignore_errors=True)
    new.rename(index)


def index_words(path: Path, new: Path, threads: int, report: Report) -> None:
    """Make the index of words in the folder `new`, whole with its manifest."""
    with Edition.open(path) as edition:
        with IndexWriter(new / "text", threads=threads) as writer, Sorted(new) as leaves:
            total = len(edition)
            for row, article in edition.scan():
                writer.add(row, article, project(article.body))
                leaves.add(article.id, leaf_hash(article_record(article, edition.statement.format)))
                if row % 500 == 0:
                    report("index", row, total, "articles")
            writer.finish(edition.root)
            write_lookup(edition, new, leaves)
        bag.write_index_manifest(new, edition.root, PROGRAM)


def _ids(edition: Edition) -> Iterator[tuple[bytes, int]]:
    for row, article in edition.scan(body=False):
        yield article.id, row
        for alias in article.aliases:
            if alias.path:
                yield article_id(article.source, alias.path), row
