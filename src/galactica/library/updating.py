"""Deltas and updates: what a person does with `spread.delta`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from galactica.building.meaning import Note, unheard
from galactica.edition.info import read_statement
from galactica.errors import MissingError, UsageError
from galactica.library.settings import Settings
from galactica.library.trusting import root_as_typed, trust_store
from galactica.placing import check_place, placed
from galactica.progress import Report, silent
from galactica.spread.delta.making import DeltaMade, make_delta, merge_deltas
from galactica.spread.delta.updating import UpdatedEdition, at_work, update_by_deltas
from galactica.spread.fetching.choosing import ReleaseWish
from galactica.spread.fetching.mirrors import Opener
from galactica.spread.fetching.updating import update_edition

__all__ = ["DeltaMade", "UpdatedEdition", "delta", "update"]


def delta(old: Path | str, to: Sequence[Path | str], out: Path | str, *, report: Report = silent) -> DeltaMade:
    """Write the file that leads from an edition to a newer one.

    Args:
        old: folder of the older edition.
        to: the folder of the newer one; or deltas in their order, which are merged into one that leads where they do.
        out: the file to write; must not exist.
        report: stages "unpack" and "delta", in records.

    Raises:
        EditionError: an edition is missing or damaged.
        UsageError: both are the same; a delta is not for what is before it; `out` exists.
        ProofError: a delta is damaged.
        LimitError: a record is too large for a delta.
        MissingError: the package zstandard is not installed; the machine's refusals.
    """
    old, out, goals = Path(old), Path(out), [Path(each) for each in to]
    read_statement(old)
    if len(goals) == 1 and goals[0].is_dir():
        read_statement(goals[0])
    elif not goals or any(each.is_dir() for each in goals):
        raise UsageError("Name one newer edition, or deltas in their order.", "See: galactica delta --help")
    check_place(out)
    with placed(out) as file:
        if goals[0].is_dir():
            return make_delta(old, goals[0], file, report=report)
        return merge_deltas(old, goals, file, report=report)


def update(
    path: Path | str,
    sources: Sequence[str],
    *,
    root: str = "",
    number: int = 0,
    older: bool = False,
    offline: bool = False,
    allow_local: bool = False,
    settings: Settings | None = None,
    meaning: bool = True,
    workers: int | None = None,
    opener: Opener | None = None,
    now: datetime | None = None,
    clock: Callable[[], float] = time.monotonic,
    report: Report = silent,
    note: Note = unheard,
) -> UpdatedEdition:
    """Bring an edition up to date in its place; it is the old one until it is the new one, whole.

    Args:
        path: its folder.
        sources: addresses and folders of one publication; or files of deltas in their order.
        root: of the newer edition as the person knows it, 64 hexadecimal digits; "": whom this machine trusts decides.
        number: of the edition that is wanted, of a publication; 0: the newest.
        older: it may become an older edition than it is.
        offline: what mirrors on the net say of what is newest may be out of date.
        allow_local: addresses may be on this machine or its network.
        settings: beside which it is kept whom this machine trusts; default: the person's.
        meaning: whether codes of meaning, where it has any, are carried over.
        workers: processes that encode passages; default: one a core.
        opener, now, clock: for tests.
        report: stages "fetch" (bytes), "unpack" (records), "write" and "index" (articles), "meaning" (passages).
        note: told what vouches for the newer edition, and what is not carried over.

    Raises:
        UsageError: a delta is for another edition; a source or the root is none; another process is at it.
        ProofError: what is offered is refused: forged, damaged, older, of another publication.
        InputError: it cannot be had; what was fetched is kept.
        EditionError: the edition is damaged, or what arrived does not give the root.
        MissingError, LimitError: the machine's refusals.
    """
    root = root_as_typed(root)
    if not sources:
        raise UsageError("Nothing was named to update from.", "Name an address, a folder or a delta: --from …")
    path = Path(path).absolute()
    if path.is_symlink():
        raise UsageError(f"{path} is a link.", "Name the folder itself.")
    hands = max(0, workers if workers is not None else os.cpu_count() or 1)
    if not all("://" in each or Path(each).is_dir() for each in sources):
        deltas = [Path(each) for each in sources]
        for each in deltas:
            if not each.is_file():
                raise MissingError(f"There is no file {each}.", "Name a delta, or a publication alone.")
        with at_work(path) as work:
            if not root:
                note(_NOBODY)
            return update_by_deltas(
                path,
                deltas,
                work,
                root=root,
                older=older,
                meaning=meaning,
                workers=hands,
                report=report,
                note=note,
            )
    store = trust_store(settings or Settings.default())
    wish = ReleaseWish(store=store, now=now or datetime.now(UTC), root=root, number=number, offline=offline)
    return update_edition(
        path,
        sources,
        wish,
        **({"opener": opener} if opener is not None else {}),
        clock=clock,
        allow_local=allow_local,
        older=older,
        meaning=meaning,
        workers=hands,
        report=report,
        note=note,
    )


_NOBODY = (
    "NOTHING VOUCHES for what a delta in a file leads to: that it is whole is checked; who made it is not known. Name "
    "the root that you know: --root ROOT."
)
