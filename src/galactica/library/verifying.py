"""Verifying, and remembering on this machine what came of it, so that every interface can say so (`sealing`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from galactica.edition import verify as checking
from galactica.edition.derived import JOINED
from galactica.edition.sealing import Verified, remember, stamps, verified
from galactica.edition.verify import Verification
from galactica.progress import Report, silent

__all__ = ["Verification", "Verified", "verified", "verify"]


def verify(
    path: Path | str, *, report: Report = silent, state: Path | None = None, now: datetime | None = None
) -> Verification:
    """Check an edition, byte for byte and record for record; see `edition.verify.verify_edition`.

    Args:
        state: where the result is remembered; default: the platform's state directory.
        now: the time that is remembered; default: the clock's.

    Raises:
        EditionError: there is no edition at `path`, or it is of a version that this program does not know.
        MemoryError, OSError: the machine is too short of something to look; nothing is said of the edition then.
    """
    path = Path(path)
    before = stamps(path)
    found = checking.verify_edition(path, report=report)
    # What is joined is no part of what an edition says, and is made anew without another look at it.
    whole = all(problem.where.startswith(f"{JOINED}/") for problem in found.problems)
    remember(path, found.stated, before, ok=whole, state=state, now=now)
    return found
