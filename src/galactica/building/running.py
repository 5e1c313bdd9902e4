"""One run of a build: from an empty folder, or one that a killed run left, to an edition under its name.

    read ─ batches ─▶ gather (workers) ─ in order ─▶ ledger ─ settle ─▶ write (workers) ─▶ index ─▶ bag ─ rename ─▶ OUT

The order that must hold: a batch enters the ledger only when its files are whole; shards are written only when every
redirect is known; the index is made of what was written; the folder gets its final name last, in one step. Killed at
any moment, the build leaves `OUT.building/` beside the place of the edition, and the same command goes on from it.

Memory is bounded by the batches in flight (`gathering`), whatever the size of the sources: each has `BATCH_BYTES` of
content, and at most two for each worker are out at a time.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from galactica import __version__
from galactica.building import ground, indexing
from galactica.building.crew import crew
from galactica.building.finishing import finish
from galactica.building.gathering import Gathering
from galactica.building.ledger import LEDGER_VERSION, Ledger
from galactica.building.links import Bounds
from galactica.building.meaning import Note
from galactica.building.shards import WriteTask, WrittenShard, write_batch
from galactica.cluster.crew import Crew
from galactica.cluster.opened import ClusterPlace, left_in_store
from galactica.codes.files import put_on_disk
from galactica.edition import bag
from galactica.edition.info import EditionHeader
from galactica.edition.sealing import forget
from galactica.edition.write import make_folders
from galactica.errors import InputError
from galactica.progress import Report
from galactica.refine.article import RECIPE
from galactica.sources.contract import SourceOptions

BOUNDS = Bounds(each=64 * 2**20, total=4 * 2**30)
"""Of the files that pages of a folder link to: a film of some minutes, and what a DVD holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What the person said about the edition; see `build`."""

    title: str = ""
    workers: int = 2
    parent: Path | None = None
    encoder: str = ""
    source: SourceOptions = field(default_factory=SourceOptions)
    bounds: Bounds = BOUNDS
    cluster: ClusterPlace | None = None


class BuildRun:
    """One run of a build; its state is the ledger's, this only holds the open ends."""

    def __init__(
        self,
        out: Path,
        folder: Path,
        sources: Sequence[Path | str],
        options: BuildOptions,
        parent: EditionHeader | None,
        report: Report,
        note: Note,
    ) -> None:
        self.out, self.folder, self.options, self.report, self.note = out, folder, options, report, note
        self.sources = [str(s) for s in sources]
        self.parent = parent
        self.gathered = folder / ground.GATHERED
        self.bag = folder / ground.BAG
        self.data = self.bag / "data"

    def run(self) -> None:
        """Make the edition.

        Raises:
            InputError: there is no article in the sources.
        """
        self._prepare()
        ledger = Ledger(self.folder / ground.LEDGER)
        try:
            o = self.options
            at_work = crew(o.workers, o.cluster, self.folder, self.note)
            with at_work as hands, indexing.Indexer(self.bag, self.report) as indexer:
                if not ledger.meta("gathered"):
                    self._gathering(ledger, hands, indexer).run(self.sources)
                ledger.settle()
                if not ledger.count("article"):
                    raise InputError(*_nothing(ledger, self.sources))
                if not indexer.complete(ledger.count("article")):
                    indexer.restart(threads=max(1, self.options.workers))
                shards, passages = self._write(ledger, hands, indexer)
                self.title = self.options.title or ledger.meta("title")
                self.root = finish(
                    ledger, self.bag, title=self.title, parent=self.parent, shards=shards, passages=passages
                )
                indexer.finish(ledger.leaves())
        finally:
            ledger.close()
        if left := left_in_store(self.folder):
            self.note(left)
        bag.write_bag(self.bag, title=self.title, root=self.root)
        self.bag.rename(self.out)
        forget(self.out, self.root)
        put_on_disk(self.out.parent)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _gathering(self, ledger: Ledger, hands: Crew, indexer: indexing.Indexer) -> Gathering:
        scratch = self.folder / ground.SCRATCH
        shutil.rmtree(scratch, ignore_errors=True)  # of a build that was killed
        return Gathering(
            ledger=ledger,
            pool=hands.executor,
            indexer=indexer,
            report=self.report,
            folder=self.gathered,
            options=replace(self.options.source, scratch=scratch),
            bounds=self.options.bounds,
            parent=self.options.parent if self.options.cluster is None else None,
            ahead=2 * hands.hands,
            note=self.note,
        )

    def _prepare(self) -> None:
        """Keep earlier work if it was the same build, else start anew."""
        wanted = self._fingerprint()
        path = self.folder / ground.LEDGER
        if not (path.exists() and _fingerprint_of(path) == wanted):
            ground.clear(self.folder)
        ground.clear_parts(self.folder)
        ledger = Ledger(path)
        ledger.set_meta("fingerprint", wanted)
        ledger.close()
        self.gathered.mkdir(exist_ok=True)
        make_folders(self.data)

    def _fingerprint(self) -> str:
        """What makes two builds the same: program, recipe, options, and the sources as they lie on disk."""
        seen = [ground.stamp(source) for source in self.sources]
        o = self.options
        return json.dumps(
            [
                __version__,
                RECIPE,
                LEDGER_VERSION,
                seen,
                o.title,
                repr(o.source),
                repr(o.bounds),
                str(o.parent),
                self.parent.root if self.parent else "",
            ]
        )

    def _write(self, ledger: Ledger, hands: Crew, indexer: indexing.Indexer) -> tuple[tuple[int, ...], int]:
        """Write every batch as a shard and feed the index; returns articles in each shard, and passages."""
        total = ledger.count("article")
        written = ledger.written()
        waiting: deque[tuple[WriteTask, Future[WrittenShard] | None]] = deque()
        shards: list[int] = []
        passages = 0
        first = media_shard = 0

        def enter(limit: int) -> None:
            nonlocal passages
            while len(waiting) > limit:
                task, future = waiting.popleft()
                if future is None:
                    passages += written[task.number]
                else:
                    result = future.result()
                    ledger.mark_written(task.number, result.leaves, result.passages, result.aliases)
                    passages += result.passages
                if not indexer.early:
                    indexer.add(task.folder, task.number, task.rows, task.first, task.aliases)
                self.report("write", task.first + len(task.rows), total, "articles")

        for number in sorted(ledger.batches()):
            rows, media_rows = tuple(ledger.kept_rows(number)), tuple(ledger.kept_media(number))
            task = WriteTask(
                number=number,
                shard=len(shards),
                rows=rows,
                media_rows=media_rows,
                media_shard=media_shard,
                aliases=ledger.aliases(number),
                first=first,
                folder=self.gathered,
                data=self.data,
            )
            waiting.append((task, None if number in written else hands.executor.submit(write_batch, task)))
            enter(2 * hands.hands)
            if rows:
                shards.append(len(rows))
            first += len(rows)
            media_shard += bool(media_rows)
        enter(0)
        return tuple(shards), passages


def _fingerprint_of(path: Path) -> str:
    """The fingerprint in a ledger; "" where it cannot be read (a disk was full, or the power failed)."""
    try:
        ledger = Ledger(path)
        try:
            return ledger.meta("fingerprint")
        finally:
            ledger.close()
    except sqlite3.DatabaseError:
        return ""


def _nothing(ledger: Ledger, sources: Sequence[str]) -> tuple[str, str]:
    """Problem and remedy where no article came out; names the most frequent reason."""
    reasons: dict[str, int] = {}
    for rejected in ledger.rejected():
        reasons[rejected.reason] = reasons.get(rejected.reason, 0) + 1
    names = ", ".join(Path(s).name or s for s in sources[:3])
    if not reasons:
        return f"{names}: there is no article in it.", "Name a source that holds articles."
    worst = ", ".join(f"{reason}: {n}" for reason, n in sorted(reasons.items(), key=lambda x: (-x[1], x[0]))[:4])
    return f"{names}: nothing in it could be read as an article ({worst}).", "Check that the file is whole."
