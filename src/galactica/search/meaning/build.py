"""Making the index of meaning of an edition: texts of passages in, codes out, a file for each shard.

The order that must hold: the record of what is made comes before the first file of codes, a file gets its name when it
is whole, the manifest comes last. Stopped at any moment, the same call goes on from the files that are there. Where the
record is another (another edition, another encoder) all is made anew; where the manifest finds files changed, those.
Shards are worked on by any number of processes; that number, and whether anything was interrupted or taken over from a
parent, change no byte.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from galactica import __version__
from galactica.codes.files import PART
from galactica.edition import Edition, bag
from galactica.errors import EditionError
from galactica.progress import Report
from galactica.search.meaning import layout, lists
from galactica.search.meaning.encoding import OpenEncoder, ShardTask, encode_shard
from galactica.search.meaning.layout import EncoderFacts, MeaningIndexRecord

AHEAD = 2
"""Shards that are given out for each worker, so that none is ever idle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did.

    Attributes:
        passages: of the edition.
        kept: of these, how many codes were there before.
        taken: how many were taken over from the parent; the rest was encoded.
        unused: why the parent could not be used; "" where it was, or none was named.
    """

    passages: int
    kept: int
    taken: int
    unused: str = ""


def build_meaning(
    edition: Edition,
    directory: Path,
    *,
    encoder: EncoderFacts,
    opener: OpenEncoder,
    pool: Executor,
    workers: int,
    report: Report,
    parent: Edition | None = None,
    exact_most: int = lists.EXACT_MOST,
) -> Built:
    """Make the index, or what is missing of it.

    Args:
        edition: finished, under its final name.
        directory: `edition.meaning_dir()`; created.
        encoder: as `encoding.identify` gives it.
        opener: opens the encoder in each process of `pool`.
        pool: where shards are encoded.
        workers: processes of `pool`.
        report: stages "meaning" and, where there are lists, "lists"; in passages.
        parent: an edition whose finished index of the same encoder is used again.
        exact_most: passages beyond which lists are made.

    Raises:
        EditionError: the edition is damaged.
        OSError: the disk is full, or cannot be written.
    """
    shards = range(len(edition.statement.shards))
    passages = tuple(int(edition.passage_counts(shard).sum()) for shard in shards)
    record = MeaningIndexRecord(root=edition.root, encoder=encoder, passages=passages)
    record.check(edition)
    if _prepare(directory, record):
        report("meaning", record.total, record.total, "passages")
        return Built(passages=record.total, kept=record.total, taken=0)
    unused = _unusable(parent, encoder) if parent is not None else ""
    tasks = [
        ShardTask(
            edition=edition.path.absolute(),
            root=edition.root,
            shard=shard,
            passages=passages[shard],
            directory=directory.absolute(),
            encoder=encoder,
            opener=opener,
            parent=parent.path.absolute() if parent is not None and not unused else None,
        )
        for shard in shards
        if not layout.fits(directory, shard, record)
    ]
    kept = record.total - sum(task.passages for task in tasks)
    taken = _encode(tasks, pool, workers, (kept, record.total), report)
    _seal(directory, record, exact_most, report)
    return Built(passages=record.total, kept=kept, taken=taken, unused=unused)


def _prepare(directory: Path, record: MeaningIndexRecord) -> bool:
    """Keep earlier work that fits and remove what does not; returns whether all is there, else the record is."""
    directory.mkdir(parents=True, exist_ok=True)
    manifest = directory / bag.INDEX_MANIFEST
    if _recorded(directory) != record:
        manifest.unlink(missing_ok=True)  # first: what is half removed must not be taken for finished
        for folder in (layout.CODES, layout.LISTS):
            shutil.rmtree(directory / folder, ignore_errors=True)
        record.write(directory)
    for part in directory.rglob(f"*{PART}"):
        part.unlink()
    if manifest.exists():
        damaged = {damage.where for damage in bag.check_index(directory, record.root, called="")}
        for shard in range(len(record.passages)):
            path = layout.codes_path(directory, shard)
            if f"/{layout.CODES}/{path.name}" in damaged:
                path.unlink(missing_ok=True)
        if not damaged and _there(directory, record):
            _clean(directory)
            return True
        manifest.unlink()
    (directory / layout.CODES).mkdir(exist_ok=True)
    return False


def _recorded(directory: Path) -> MeaningIndexRecord | None:
    try:
        return MeaningIndexRecord.read(directory)
    except EditionError:
        return None


def _there(directory: Path, record: MeaningIndexRecord) -> bool:
    """Whether every passage has its code, in one form or the other."""
    if (directory / layout.LISTS).is_dir():
        return True
    return all(layout.fits(directory, shard, record) for shard in range(len(record.passages)))


def _unusable(parent: Edition, encoder: EncoderFacts) -> str:
    """Why nothing can be taken over from an edition; "" where it can."""
    directory = parent.meaning_dir()
    try:
        record = MeaningIndexRecord.read(directory)
        record.check(parent)
    except EditionError as error:
        return error.problem
    if record.encoder.digest != encoder.digest:
        return f"The index of meaning of {parent.path} was made with another encoder."
    if not layout.finished(directory, parent.root):
        return f"The index of meaning of {parent.path} is unfinished."
    damage = next(bag.check_index(directory, parent.root, called=directory.name), None)
    return f"The index of meaning of {parent.path} is damaged: {damage.where} {damage.what}." if damage else ""


def _encode(tasks: Iterable[ShardTask], pool: Executor, workers: int, progress: tuple[int, int], report: Report) -> int:
    """Encode shards; returns how many passages were taken from the parent."""
    waiting: deque[tuple[int, Future[int]]] = deque()
    (done, total), taken = progress, 0
    report("meaning", done, total, "passages")
    for task in (*tasks, None):
        if task is not None:
            waiting.append((task.passages, pool.submit(encode_shard, task)))
        while waiting and (task is None or len(waiting) > AHEAD * workers):
            passages, future = waiting.popleft()
            taken += future.result()
            done += passages
            report("meaning", done, total, "passages")
    return taken


def _seal(directory: Path, record: MeaningIndexRecord, exact_most: int, report: Report) -> None:
    """Make lists where there are many passages, and write the manifest."""
    shutil.rmtree(directory / layout.LISTS, ignore_errors=True)
    if record.total > exact_most:
        paths = tuple(layout.codes_path(directory, shard) for shard in range(len(record.passages)))
        lists.make(directory, lists.ShardFiles(paths=paths, passages=record.passages, words=record.words), report)
        bag.write_index_manifest(directory, record.root, f"galactica {__version__}", but=layout.CODES)
    else:
        bag.write_index_manifest(directory, record.root, f"galactica {__version__}")
    _clean(directory)


def _clean(directory: Path) -> None:
    """Remove the files of shards where lists have replaced them."""
    if (directory / layout.LISTS).exists():
        shutil.rmtree(directory / layout.CODES, ignore_errors=True)
