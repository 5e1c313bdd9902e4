"""Verifying, and remembering on this machine what came of it, so that the reading room can say so.

What is remembered lies outside the edition (which is never written to), in the platform's state directory: one small
file for each root, with the day, the result, and the size and time of change of the tag manifest that was checked. A
folder whose manifest has changed since counts as not verified.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from galactica.edition import verify as checking
from galactica.edition.verify import Verification
from galactica.progress import Report, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The last verification of an edition on this machine: its day (ISO 8601) and whether it was whole."""

    day: str
    ok: bool


def verify(
    path: Path, *, report: Report = silent, state: Path | None = None, now: datetime | None = None
) -> Verification:
    """Check an edition, byte for byte and record for record; see `edition.verify.verify`.

    Args:
        state: where the result is remembered; default: the platform's state directory.
        now: the time that is remembered; default: the clock's.

    Raises:
        EditionError: there is no edition at `path`, or it is of a version that this program does not know.
    """
    found = checking.verify(path, report=report)
    note = {
        "day": (now or datetime.now(UTC)).date().isoformat(),
        "ok": found.ok,
        "manifest": _stamp(path),
    }
    file = _file(state, found.stated)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(note), encoding="utf-8")
    except OSError:
        return found  # a machine that cannot remember still verifies
    return found


def verified(path: Path, root: str, *, state: Path | None = None) -> Verified | None:
    """What the last verification of the edition at `path` found; None where there was none, or it has changed since."""
    try:
        note = json.loads(_file(state, root).read_text(encoding="utf-8"))
        if note["manifest"] != _stamp(path):
            return None
        return Verified(day=str(note["day"]), ok=bool(note["ok"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _stamp(path: Path) -> list[int]:
    try:
        stat = (path / "tagmanifest-sha256.txt").stat()
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns]


def _file(state: Path | None, root: str) -> Path:
    folder = state or Path(platformdirs.user_state_dir("galactica", appauthor=False))
    return folder / "verified" / f"{root}.json"
