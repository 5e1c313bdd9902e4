"""A delta made from two editions, or from a chain of deltas and the edition that it begins at."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from galactica.edition import Edition
from galactica.errors import MissingError, UsageError
from galactica.progress import Report, silent
from galactica.spread.delta.changes import Changes, Spool
from galactica.spread.delta.comparing import compare_records
from galactica.spread.delta.document import DeltaIndex, read_index
from galactica.spread.delta.numbered import EditionRecords, NumberedRecords
from galactica.spread.delta.overlay import Overlay, changes_in_all
from galactica.spread.delta.reading import read_changes
from galactica.spread.delta.similar import SearchedRecords, SimilarArticles, SimilarFiles
from galactica.spread.delta.writing import write_delta


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaMade:
    """A delta that was written.

    Attributes:
        origin, root: of the old and of the new edition, 64 hex digits.
        bytes: of the file.
        changes: (table, removed, changed, added) of the tables of which something is changed.
    """

    origin: str
    root: str
    bytes: int
    changes: tuple[tuple[str, int, int, int], ...]


def make_delta(old: Path, new: Path, out: IO[bytes], *, report: Report = silent) -> DeltaMade:
    """Write what leads from the edition at `old` to that at `new`. The same editions give the same bytes.

    Args:
        out: open for writing, at its beginning.
        report: stage "delta", in records.

    Raises:
        EditionError: one of them is damaged.
        UsageError: both are the same, or the newer one is of an older format.
        LimitError: a record is too large for a delta.
        MissingError: the package zstandard is not installed.
    """
    with ExitStack() as stack:
        before = EditionRecords(stack.enter_context(Edition.open(old)))
        after = EditionRecords(stack.enter_context(Edition.open(new)))
        if before.root == after.root:
            raise UsageError("Both editions are the same.", "Name an older edition and a newer one.")
        changes = compare_records(before, after, stack.enter_context(Spool()), stack.enter_context(Spool()))
        return _written(changes, before, out, report)


def merge_deltas(first: Path, deltas: Sequence[Path], out: IO[bytes], *, report: Report = silent) -> DeltaMade:
    """Write one delta that leads where a chain of them does. The editions in between are not needed; the first is.

    Args:
        first: the edition that the first delta is for.
        deltas: in their order.

    Raises:
        As `chain`, and UsageError where the chain leads back to where it began.
    """
    with chain(first, deltas, report=report) as (before, changes):
        if before.root == changes.root:
            raise UsageError("The deltas lead back to the same edition.", "There is nothing to merge.")
        return _written(changes, before, out, report)


@contextmanager
def chain(first: Path, deltas: Sequence[Path], *, report: Report = silent) -> Iterator[tuple[EditionRecords, Changes]]:
    """The records of an edition, and what a chain of deltas changes in it, as long as the block is open.

    Args:
        deltas: at least one, in their order.
        report: stage "unpack", in records.

    Raises:
        UsageError: one of the deltas is not for what those before lead to.
        ProofError: one of them is damaged.
        EditionError: the edition is damaged.
        OSError: the machine's refusals.
    """
    with ExitStack() as stack:
        edition = stack.enter_context(Edition.open(first))
        records, contents = stack.enter_context(Spool()), stack.enter_context(Spool())
        before = EditionRecords(edition)
        layers: list[Overlay] = []
        known = _Files(edition, contents, {})
        for path in deltas:
            file = stack.enter_context(path.open("rb"))
            below: NumberedRecords = layers[-1] if layers else before
            index = read_index(file)
            check_room(index)

            changes = read_changes(file, index, below, records, contents, old_file=known.file, report=report)
            known.files.update(changes.files)
            layers.append(Overlay(below, changes))
        yield before, changes_in_all(before, layers)


def check_room(index: DeltaIndex) -> None:
    """See that what a delta unpacks to fits on the disk, before it is unpacked.

    Raises:
        MissingError: it does not.
    """
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if index.unpacked > free:
        raise MissingError(
            f"The delta unpacks to {index.unpacked:,} bytes; {free:,} are free for temporary files.",
            "Make room, or name another folder in the environment variable TMPDIR.",
        )


@dataclass(frozen=True, slots=True)
class _Files:
    """The media files of an edition, and those that deltas brought."""

    edition: Edition
    contents: Spool
    files: dict[bytes, int]

    def file(self, digest: bytes) -> bytes:
        """One of them, by its SHA-256."""
        if digest in self.files:
            return self.contents.get(self.files[digest])
        return next(content for item, content in self.edition.media.items() if item.hash == digest)


def write_likened(changes: Changes, before: SearchedRecords, out: IO[bytes], report: Report) -> int:
    """Write a delta whose new articles and files are packed with old ones that are like them; returns its size."""
    similar, files = SimilarArticles(before, changes), SimilarFiles(before, changes)
    return write_delta(changes, before, out, similar=similar.chosen, like_file=files.of, report=report)


def _written(changes: Changes, before: EditionRecords, out: IO[bytes], report: Report) -> DeltaMade:
    size = write_likened(changes, before, out, report)
    return DeltaMade(
        origin=changes.origin,
        root=changes.root,
        bytes=size,
        changes=tuple(
            (name, len(each.removed), len(each.changed), len(each.added)) for name, each in changes.tables.items()
        ),
    )
