"""The place of an edition that is received: a part of it stands there, and gives way to the next, and to the whole.

Nothing else is ever replaced. The part before lies aside while the next takes its name; whoever is ended in between
finds it there and gives its name back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from galactica.edition import Edition
from galactica.edition.partial import PartialHeader, read_partial
from galactica.errors import EditionError, GalacticaError, UsageError

RECEIVING = ".receiving"
"""How the folder ends that the work is done in, beside the edition."""

RECEIVED = ".received"
"""How it ends when the edition is whole, and it is being taken away."""

RECORDS = "records"
"""The folder in it that has a store of records for each release that was taken."""

PREVIOUS = "previous"
"""Where the part before lies while the next takes its name."""


def put_in_place(made: Path, out: Path, work: Path) -> None:
    """Put an edition in the place of the part before it.

    Args:
        work: a folder on the same disk.
    """
    previous = work / PREVIOUS
    shutil.rmtree(previous, ignore_errors=True)
    out.rename(previous)
    made.rename(out)
    shutil.rmtree(previous, ignore_errors=True)


def is_being_replaced(work: Path) -> bool:
    """Whether an earlier run was ended while it replaced a part."""
    return (work / PREVIOUS).is_dir()


def put_back(out: Path, work: Path) -> None:
    """Give a part its name again that was being replaced when the work was ended."""
    if (work / PREVIOUS).is_dir() and not os.path.lexists(out):
        (work / PREVIOUS).rename(out)
    shutil.rmtree(work / PREVIOUS, ignore_errors=True)


def part_at(out: Path) -> PartialHeader | None:
    """What the part that stands at `out` says of itself; None where something else stands there, or nothing."""
    try:
        return read_partial(out) if out.is_dir() and not out.is_symlink() else None
    except EditionError:
        return None


def root_at(out: Path) -> str:
    """The root of the whole edition that stands at `out`; "" where there is none."""
    if part_at(out) is not None:
        return ""
    try:
        with Edition.open(out) as edition:
            return edition.root
    except GalacticaError:
        return ""


def check_out(out: Path, root: str = "", received: Path | None = None) -> None:
    """See that what stands at `out` may stay or be replaced.

    That is nothing, the whole edition with this root, or a part of it or of one that was received here until a better
    one was announced.

    Args:
        root: of the release; "": not known yet.
        received: folder with one for each release that was received here.

    Raises:
        UsageError: it may not.
    """
    if not os.path.lexists(out):
        return
    part = part_at(out)
    if part is None:
        there = root_at(out)
        if there and (there == root or not root or (received is not None and _is_of(there, received))):
            return  # received before, and it is all there
        raise UsageError(f"{out} exists already.", "Name another place; what is there is never replaced.")
    if root and part.root != root and (received is None or not _is_of(part.root, received)):
        raise UsageError(
            f"{out} has a part of the edition {part.root}, and this is {root}.", "Name another place for this one."
        )


def _is_of(root: str, received: Path) -> bool:
    """Whether there is a folder for the release of this edition."""
    return bool(root) and any(received.glob(f"*-{root[:16]}"))


def check_receiving(out: Path) -> None:
    """See that an edition may be received to `out`: nothing stands there, a part of one, or a whole one, which stays.

    Raises:
        UsageError: something else does.
    """
    out = out.absolute()
    work = out.with_name(out.name + RECEIVING)
    if not is_being_replaced(work):
        check_out(out, received=work / RECORDS)


def clear_received(out: Path, work: Path) -> None:
    """Take away the folder of the work, in one step for whoever comes after: the edition is whole."""
    done = work.with_name(out.name + RECEIVED)
    shutil.rmtree(done, ignore_errors=True)
    work.rename(done)
    shutil.rmtree(done)


@contextmanager
def cleared_if_refused(work: Path) -> Iterator[None]:
    """Take away the folder of the work where what was asked is refused before anything of a release is kept in it."""
    try:
        yield
    except UsageError:
        if not (work / RECORDS).exists():
            shutil.rmtree(work, ignore_errors=True)
        raise
