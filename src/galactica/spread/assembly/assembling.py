"""Putting a release together: the whole edition with the root that it has, or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from galactica.building.meaning import Note, add_meaning, unheard
from galactica.codes import merkle
from galactica.codes.files import put_on_disk
from galactica.edition.sealing import forget
from galactica.edition.table import truths
from galactica.errors import EditionError, UsageError
from galactica.faults import is_machines, stopped
from galactica.progress import Report, silent
from galactica.spread.assembly.store import RecordStore
from galactica.spread.assembly.writing import Taken, write_edition
from galactica.spread.release.document import Release
from galactica.spread.release.publication import RELEASE

BESIDE = "release"
"""The folder of an edition that has its release and what vouches for that, so that it can be passed on."""

_AGAIN = "Fetch it again; if that gives the same, ask whoever published it to publish the edition again."


def missing_records(store: RecordStore, release: Release) -> int:
    """How many records and media files of a release are not in the store yet."""
    tables = [name for name in truths(release.format) if name != "edition"]
    records = sum(max(0, release.count(name) - store.count(name)) for name in tables)
    return records + sum(store.content_size(key) is None for key, _ in store.keyed_leaves("media"))


def check_records(store: RecordStore, release: Release) -> None:
    """See that what is in the store gives the root of a release, before anything is made of it.

    Raises:
        EditionError: records are missing, or are others.
    """
    for name in truths(release.format):
        if name == "edition":
            continue
        if store.count(name) != release.count(name):
            raise EditionError(
                f"Of the table {name!r} {store.count(name):,} records arrived where the release has "
                f"{release.count(name):,}.",
                _AGAIN,
            )
        if merkle.tree_head(store.leaf_hashes(name)) != release.head(name):
            raise EditionError(f"The records of {name!r} that arrived do not give the root of the release.", _AGAIN)
    for key, _ in store.keyed_leaves("media"):
        if store.content_size(key) is None:
            raise EditionError(f"The media file {key.hex()[:16]}… did not arrive.", _AGAIN)


def assemble(
    store: RecordStore,
    release: Release,
    out: Path,
    *,
    work: Path,
    beside: Mapping[str, bytes] | None = None,
    workers: int = 0,
    replace: Callable[[Path, Path], None] | None = None,
    report: Report = silent,
) -> None:
    """Put together the whole edition of a release, and give it its name; its root is the release's, or there is none.

    Args:
        store: has all its records.
        out: the folder to make; must not exist, unless `replace` is named.
        work: a folder to work in, on the same disk; what an earlier run left there is taken away.
        beside: name → content of what stands in `release/` besides `release.json`: what vouches for it.
        workers: processes that write shards, and threads that index words; 0: this one alone.
        replace: puts the edition, its first argument, in the place of what stands at `out`.
        report: stages "write" and "index" (articles).

    Raises:
        EditionError: the records do not give the root.
        UsageError: something stands at `out`.
        LimitError, MissingError: the machine's refusals.
    """
    if replace is None and os.path.lexists(out):
        raise UsageError(f"{out} exists already.", "Name another place, or update what is there: galactica update.")
    with assembling(out):
        check_records(store, release)
        taken = Taken(
            title=release.title,
            number=release.number,
            parent=release.parent,
            licences=release.licences,
            articles=release.count("articles"),
            takes=_everything,
        )
        made, root = write_edition(store, taken, work, workers=workers, report=report)
        if root != release.root:
            shutil.rmtree(made)
            raise EditionError(f"What arrived gives the root {root}, not the {release.root} of the release.", _AGAIN)
        keep_beside(made, {RELEASE: release.to_bytes(), **(beside or {})})
        place_edition(made, out, root, replace)


def add_codes(out: Path, *, encoder: str, workers: int, report: Report, note: Note = unheard) -> None:
    """Make the index of meaning of an edition that was put together, which can be read and searched meanwhile."""
    add_meaning(out, encoder=encoder, workers=workers, report=report, note=note)


def keep_beside(made: Path, files: Mapping[str, bytes]) -> None:
    """Write the folder `release/` of an edition: its release, and what vouches for it."""
    folder = made / BESIDE
    folder.mkdir(exist_ok=True)
    for name, raw in files.items():
        if Path(name).name != name or name in ("", ".", ".."):
            raise EditionError(f"{name!r} is not the name of a file that stands beside a release.", _AGAIN)
        (folder / name).write_bytes(raw)


def place_edition(made: Path, out: Path, root: str, replace: Callable[[Path, Path], None] | None) -> None:
    """Give an edition that is whole its name, so that it has it after a loss of power too."""
    for folder, _, files in os.walk(made):
        for place in (*(Path(folder) / name for name in files), Path(folder)):
            put_on_disk(place)
    if replace is None:
        made.rename(out)
    else:
        replace(made, out)
        shutil.rmtree(made, ignore_errors=True)  # what stood there, where the two were exchanged
    forget(out, root)
    put_on_disk(out.absolute().parent)


def _everything(table: str, key: bytes, raw: bytes) -> bool:
    return True


@contextmanager
def assembling(out: Path) -> Iterator[None]:
    """Turn what records that are none end in into an error that says so, and the machine's refusals into theirs."""
    try:
        yield
    except (pa.ArrowException, OverflowError, ValueError, LookupError) as error:
        if is_machines(error):
            raise stopped("Putting the edition together", error, out) from error
        raise EditionError(f"What arrived cannot be put together: {error}.", _AGAIN) from error
    except OSError as error:
        raise stopped("Putting the edition together", error, out) from error
