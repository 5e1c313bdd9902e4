"""A release as bundles or CFDP file transfers in files, and back: wrap, unwrap."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from galactica.errors import InputError, UsageError
from galactica.faults import stopped
from galactica.progress import Report, silent
from galactica.spread.late.wrapping import Unwrapped, Wrapping, unwrap_release, wrap_release

DTN_EPOCH = 946_684_800
"""Seconds from 1970 to 2000-01-01 00:00 UTC: bundles count from there (RFC 9171, 4.2.6)."""


def wrap(
    publication: Path,
    out: Path,
    into: Wrapping,
    *,
    to: str = "dtn:none",
    source: str = "dtn:none",
    report: Report = silent,
) -> int:
    """Write the newest release of a publication as wrapped files into a new folder; how many.

    Args:
        publication: a folder.
        out: made; nothing may be there.
        into: bundles or CFDP.
        to, source: endpoints of bundles.
        report: stage "wrap" (objects).

    Raises:
        EditionError: nothing is published there.
        UsageError: something stands at `out`, or an endpoint is none.
        MissingError: CFDP without cfdp-py; the machine's refusals.
    """
    if os.path.lexists(out):
        raise UsageError(f"{out} exists already.", "Name a new folder.")
    created = max(0, round((time.time() - DTN_EPOCH) * 1000))
    try:
        return wrap_release(publication, out, into, to=to, source=source, created=created, report=report)
    except OSError as error:
        raise stopped("Wrapping", error, out) from error


def unwrap(places: Sequence[Path], out: Path, *, report: Report = silent) -> Unwrapped:
    """Put what wrapped files hold into a publication, made if missing; nothing is trusted by that.

    Args:
        places: files, or folders of them.
        out: the publication.
        report: stage "unwrap" (files).

    Raises:
        InputError: nothing in them is whole.
        MissingError: CFDP without cfdp-py; the machine's refusals.
    """
    missing = next((place for place in places if not place.exists()), None)
    if missing is not None:
        raise InputError(f"There is no {missing}.", "Name files that galactica wrap made, or folders of them.")
    try:
        found = unwrap_release(places, out, report=report)
    except OSError as error:
        raise stopped("Unwrapping", error, out) from error
    if not found.objects + found.releases:
        raise InputError(
            f"Nothing whole is in {found.refused:,} files.", "Name files that galactica wrap made, or folders of them."
        )
    return found
