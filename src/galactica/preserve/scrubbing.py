"""Looking at every byte of what is kept, at a rate that disturbs nobody, and going on where it was stopped.

What there is to check is a list in a fixed order: the pieces of each shard of a folder, and the files that a manifest
lists besides. How far it came is kept in a file of its own (`SCRUB.state`), so is what was found; the log gets a line
of JSON for each damage and for the end of each round. Nothing is changed in what is checked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from galactica.codes.files import whole
from galactica.edition.info import read_bounded
from galactica.preserve.checks import ScrubDamage, checks_of
from galactica.preserve.pacing import Pace
from galactica.progress import Report, silent

MAX_STATE = 64 * 2**20
MOST_DAMAGE = 10_000
"""Damages that are kept; what is more damaged than that is not sound anywhere."""

_OFTEN, _OFTENER = 1 << 28, 1 << 24
"""Bytes after which it is kept how far it came: where all is right, and where something is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubbed:
    """What a round found.

    Attributes:
        bytes: that were checked, also by the runs before that this one went on from.
        checks: pieces and files.
        damage: what is wrong, at most `MOST_DAMAGE`.
        resumed: it went on from where a run before was stopped.
        protected: folders that a set's pieces were compared with.
    """

    bytes: int
    checks: int
    damage: tuple[ScrubDamage, ...]
    resumed: bool
    protected: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether all is right."""
        return not self.damage


def scrub_folders(
    folders: Sequence[Path],
    *,
    rate: int = 0,
    state: Path | None = None,
    log: Path | None = None,
    day: Callable[[], str] = str,
    pace: Pace | None = None,
    report: Report = silent,
) -> Scrubbed:
    """Check editions, volumes and folders of parity, byte for byte.

    Args:
        rate: bytes a second at most; 0 for no limit.
        state: where it is kept how far it came; None: it begins anew each time.
        log: a file that lines are added to.
        day: gives the time, ISO 8601, for the log.
        pace: in the place of one of that rate.
        report: stage "scrub", bytes.

    Raises:
        EditionError: there is nothing in a folder that can be checked.
    """
    checks, protected, close = checks_of(folders)
    try:
        plan = hashlib.sha256(json.dumps([str(f.resolve()) for f in folders] + [len(checks), protected]).encode())
        first, size, found = _begun(state, plan.hexdigest())
        resumed = first > 0
        walk = pace or Pace(rate)
        total = sum(each.size for each in checks)
        since = 0
        for number in range(first, len(checks)):
            each = checks[number]
            damage = each.look()
            if damage is not None and len(found) < MOST_DAMAGE:
                found.append(damage)
                _log(log, {"time": day(), **asdict(damage)})
            size += each.size
            since += each.size
            if since >= (_OFTEN if damage is None else _OFTENER):
                _keep(state, plan.hexdigest(), number + 1, size, found)
                since = 0
            report("scrub", size, total, "B")
            walk.took(each.size)
    except KeyboardInterrupt:
        _keep(state, plan.hexdigest(), number, size, found)
        raise
    finally:
        close()
    if state is not None:
        state.unlink(missing_ok=True)
    names = [str(folder) for folder in folders]
    _log(log, {"time": day(), "checked": names, "bytes": size, "checks": len(checks), "damage": len(found)})
    return Scrubbed(
        bytes=size, checks=len(checks), damage=tuple(found), resumed=resumed, protected=tuple(sorted(protected))
    )


def _begun(state: Path | None, plan: str) -> tuple[int, int, list[ScrubDamage]]:
    """Where a run of the same plan was stopped: checks that are done, bytes, what was found."""
    try:
        found = json.loads(read_bounded(state, MAX_STATE)) if state is not None else {}
        if found.get("plan") == plan:
            return int(found["done"]), int(found["bytes"]), [ScrubDamage(**each) for each in found["damage"]]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, 0, []


def _keep(state: Path | None, plan: str, done: int, size: int, found: Sequence[ScrubDamage]) -> None:
    if state is None:
        return
    state.parent.mkdir(parents=True, exist_ok=True)
    with whole(state) as part:
        note = {"plan": plan, "done": done, "bytes": size, "damage": [asdict(each) for each in found]}
        part.write_text(json.dumps(note), encoding="utf-8")


def _log(log: Path | None, line: dict[str, object]) -> None:
    if log is None:
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
