"""What is known on this machine of an edition: whether it was verified, and whether it has changed since.

What is remembered lies outside the edition (which is never written to), in the platform's state directory: one small
file for each root, with an entry for each copy that was verified here: its folder, the day, the result, and of every
file its size, the time of its last change and the time at which anything about it was changed (`st_ctime`, which no
program sets by hand). Opening an edition compares them, a few microseconds a file, without reading any: where one is
different, missing or new, it is not known any more whether the edition is whole, and that is said. What is derived when
asked for (`joined/`) counts for nothing here: it is no part of the edition's truth, and making it changes nothing.

This notices accidents, and whoever may write to the edition but not to the state directory and not to the clock. It
does not notice a disk that forgets by itself; only verifying again does.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import platformdirs

from galactica.codes.files import whole
from galactica.edition.derived import JOINED
from galactica.edition.info import read_bounded, read_statement
from galactica.errors import EditionError, MissingError
from galactica.placing import check_home

MOST_COPIES = 8
"""Copies of one edition that are remembered; the longest forgotten goes first."""

MOST_BYTES = 64 * 2**20
"""Of the file of one root: some hundred bytes for each file of each copy."""

State = Literal["whole", "damaged", "changed"]
Stamps = dict[str, list[int]]
"""Path of a file in the edition → size, time of change of its content and of anything about it, in nanoseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The last verification of an edition on this machine.

    Attributes:
        day: ISO 8601.
        state: "whole" or "damaged", as it was found and still lies there; "changed": some file is not the one that was
            verified, so that nothing is known.
    """

    day: str
    state: State

    @property
    def ok(self) -> bool:
        """Whether it was found whole, and nothing has changed since."""
        return self.state == "whole"


def remember(
    path: Path, root: str, before: Stamps, *, ok: bool, state: Path | None = None, now: datetime | None = None
) -> None:
    """Keep what a verification found.

    Args:
        path: the edition's folder.
        root: that it states.
        before: `stamps` as they were before it was read: what changed meanwhile counts as changed.
        ok: it was found whole.
        state: where it is remembered; default: the platform's state directory.
        now: the time; default: the clock's.
    """
    note: dict[str, object] = {
        "path": str(path.resolve()),
        "day": (now or datetime.now(UTC)).date().isoformat(),
        "ok": ok,
        "files": before,
    }
    _keep(_file(state, root), note["path"], [note])


def forget(path: Path, root: str, *, state: Path | None = None) -> None:
    """Know nothing of the edition at `path` any more: it was made anew, and nobody has looked at it yet."""
    file = _file(state, root)
    if _copies(file):
        _keep(file, str(path.resolve()), [])


def _keep(file: Path, place: object, notes: list[dict[str, object]]) -> None:
    """Remember `notes` in the place of what was known of the copy at `place`."""
    copies = [each for each in _copies(file) if each.get("path") != place]
    with contextlib.suppress(OSError, MissingError):  # a machine that cannot remember still verifies
        check_home(file, "XDG_STATE_HOME")
        file.parent.mkdir(parents=True, exist_ok=True)
        with whole(file) as part:
            part.write_text(json.dumps([*notes, *copies][:MOST_COPIES]), encoding="utf-8")


def refresh(path: Path, root: str, known: Verified, *, state: Path | None = None) -> None:
    """Keep what was found of an edition before its indexes were made anew on this machine: they are not its truth."""
    remember(path, root, stamps(path), ok=known.ok, state=state, now=datetime.fromisoformat(known.day))


def verified(path: Path, root: str, *, state: Path | None = None) -> Verified | None:
    """What the last verification of the edition at `path` found; None where there was none on this machine.

    A copy that was moved is known again by its files. An index that was made anew counts as changed, unless it was made
    here (`refresh`): nobody looked at it.
    """
    copies = _copies(_file(state, root))
    if not copies:
        return None
    there, place = stamps(path), str(path.resolve())
    nearest: Verified | None = None
    for copy in copies:
        same = _lasting(copy.get("files")) == there
        if same or copy.get("path") == place:
            found: State = "changed" if not same else "whole" if copy.get("ok") is True else "damaged"
            verdict = Verified(day=str(copy.get("day", "")), state=found)
            if same:
                return verdict
            nearest = nearest or verdict
    return nearest


def known(path: Path, *, state: Path | None = None) -> Verified | None:
    """As `verified`, of whatever edition lies at `path`; None also where none can be opened, which others say."""
    try:
        return verified(path, read_statement(path).root, state=state)
    except EditionError:
        return None


def stamps(path: Path) -> Stamps:
    """Size and times of every file of the edition at `path`, but what is derived from it; what cannot be looked at is
    left out."""
    return _lasting(dict(_stamps(path, "")))


def _lasting(files: object) -> Stamps:
    """The stamps of what is not derived when asked for; of notes that were kept before this was known, too."""
    if not isinstance(files, dict):
        return {}
    return {name: seen for name, seen in files.items() if not str(name).startswith(f"{JOINED}/")}


def _stamps(folder: Path, inside: str) -> Iterator[tuple[str, list[int]]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = f"{inside}{entry.name}"
        with contextlib.suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps(folder / entry.name, f"{name}/")
            elif entry.name != "index.lock":
                seen = entry.stat()
                yield name.encode("utf-8", "replace").decode(), [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns]


def _copies(file: Path) -> list[dict[str, object]]:
    """The copies that are remembered in a file; none where it cannot be read."""
    try:
        found = json.loads(read_bounded(file, MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _file(state: Path | None, root: str) -> Path:
    folder = state or Path(platformdirs.user_state_dir("galactica", appauthor=False))
    return folder / "verified" / f"{root}.json"
