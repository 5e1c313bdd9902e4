"""Making volumes of an edition, and parity beside one copy.

Everything is made in folders beside their place (`NAME.protecting`) and gets its name when it is whole; a run that was
killed goes on. What stands at a place already is never replaced.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from galactica.codes.cauchy.matrix import MOST_SHARDS
from galactica.codes.lock import locked
from galactica.edition import Edition
from galactica.edition.info import read_statement
from galactica.errors import EditionError, UsageError
from galactica.faults import stopped
from galactica.preserve.chosen import parity_folder, protected_files
from galactica.preserve.described import COPIES, ProtectedSet, parse_set, planned
from galactica.preserve.encoding import JOURNAL, PLAN, made_parity
from galactica.preserve.kept import SUMS, write_parity_folder, write_volume
from galactica.preserve.places import edition_place, parity_place, volume_place
from galactica.preserve.table import SET
from galactica.preserve.written import ShardWriter
from galactica.progress import Report, silent

WORKING = ".protecting"
"""What is put behind the name of a folder that is being made."""

DATA_BESIDE = 200
"""Data shards of parity beside one copy: at 10 % there are 20 of parity, and any 20 two-hundredths may be lost."""

MOST_PERCENT = 25
"""Parity beside one copy: 200 and 50 shards are near to the most that the code has."""

_LOCK = "protect.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What was made.

    Attributes:
        set: its name, 64 hex digits.
        root: of the edition.
        folders: of the volumes, in the order of their shards; or the one of the parity.
        data, parity: shards: as many as `parity` may be lost.
        bytes: of the edition's files.
        stored: bytes that the folders take; beside one copy, the parity alone.
        again: it was there already, whole, and nothing was made.
    """

    set: str
    root: str
    folders: tuple[Path, ...]
    data: int
    parity: int
    bytes: int
    stored: int
    again: bool


def protect_over_volumes(
    edition: Path,
    places: Sequence[Path],
    *,
    survive: int,
    index: bool = False,
    day: str = "",
    report: Report = silent,
) -> Protection:
    """Spread an edition over volumes of which any `survive` may be lost.

    Args:
        places: folders to make, one for each volume.
        index: the indexes are protected too.
        day: ISO 8601, for the metadata of an edition whose sources have no date.
        report: stages "check" and "protect", bytes.

    Raises:
        UsageError: numbers that make no code; something else stands at a place.
        EditionError: the edition is damaged.
        MissingError: a place cannot be written to.
    """
    volumes = len(places)
    if not 1 <= survive < volumes:
        raise UsageError(
            f"Of {volumes} volumes {survive} cannot be lost.", "Let at least one be lost, and fewer than there are."
        )
    if volumes > MOST_SHARDS:
        raise UsageError(f"There can be {MOST_SHARDS} volumes at most.", "Make fewer; each may be of any size.")
    if len({place.resolve() for place in places}) < volumes:
        raise UsageError("Two volumes would lie in one folder.", "Name a folder of its own for each.")
    plan = _plan(edition, "volumes", volumes - survive, survive, index, report)
    try:
        return _over_volumes(edition, plan, tuple(places), day, report)
    except OSError as error:
        raise stopped("Protecting", error, places[0]) from error


def _over_volumes(edition: Path, plan: ProtectedSet, places: tuple[Path, ...], day: str, report: Report) -> Protection:
    works = [place.with_name(f"{place.name}{WORKING}") for place in places]
    states = [_state(place, work, plan) for place, work in zip(places, works, strict=True)]
    whole = [state for state in states if state is not None]
    if len(whole) == len(places):
        named = all(place.exists() for place in places)
        for place, work in zip(places, works, strict=True):
            if not place.exists():
                _name(work, place)
        return _protection(whole[0], places, again=named)
    for work in works:
        work.mkdir(parents=True, exist_ok=True)
    with locked(works[0] / _LOCK, f"Another process makes {places[0]}."):

        def writers(at: int) -> Mapping[int, ShardWriter]:
            return {
                shard: ShardWriter(volume_place(work, plan, shard).stretches(shard), at)
                for shard, work in enumerate(works)
            }

        with edition_place(edition, plan) as source:
            made, table, outs = made_parity(plan, source, writers, works[0], report)
        with Edition.open(edition) as opened:
            for shard, work in enumerate(works):
                like = works[0] if shard else None
                write_volume(work, opened, made, table, shard, outs[shard].sums, day, like)
    for place, work in zip(places, works, strict=True):
        _name(work, place)
    return _protection(made, places, again=False)


def _name(work: Path, place: Path) -> None:
    """Give a finished folder its name, without what was there only while it was made."""
    for name in (PLAN, JOURNAL, _LOCK):
        (work / name).unlink(missing_ok=True)
    work.rename(place)


def protect_beside(
    edition: Path, percent: int, *, out: Path | None = None, index: bool = False, report: Report = silent
) -> Protection:
    """Make parity for one copy of an edition, to stand beside it, outside of the bag.

    Args:
        percent: how much parity, of the edition's size; any stretch of that length can be lost.
        out: the folder to make; default: the edition's name with `.parity` behind it.
        index: the indexes are protected too.
        report: stages "check" and "protect", bytes.

    Raises:
        UsageError: more parity than the code has; something else stands at `out`.
        EditionError: the edition is damaged.
        MissingError: `out` cannot be written to.
    """
    if not 1 <= percent <= MOST_PERCENT:
        raise UsageError(
            f"Parity beside one copy is 1 to {MOST_PERCENT} %, not {percent}.",
            "For more, keep a second copy, or volumes: --volumes N --survive M.",
        )
    place = out or parity_folder(edition)
    parity = -(-DATA_BESIDE * percent // 100)
    plan = _plan(edition, "beside", DATA_BESIDE, parity, index, report)
    work = place.with_name(f"{place.name}{WORKING}")
    try:
        state = _state(place, work, plan)
        if state is not None:
            again = place.exists()
            if not again:
                _name(work, place)
            return _protection(state, (place,), again=again)
        work.mkdir(parents=True, exist_ok=True)
        with locked(work / _LOCK, f"Another process makes {place}."):

            def writers(at: int) -> Mapping[int, ShardWriter]:
                spare = parity_place(work, plan)
                return {shard: ShardWriter(spare.stretches(shard), at) for shard in spare.shards}

            with edition_place(edition, plan) as source:
                made, table, outs = made_parity(plan, source, writers, work, report)
            sums = {path: digest for each in outs.values() for path, digest in each.sums.items()}
            with Edition.open(edition) as opened:
                write_parity_folder(work, opened, made, table, sums, COPIES)
        _name(work, place)
    except OSError as error:
        raise stopped("Protecting", error, place) from error
    return _protection(made, (place,), again=False)


def _plan(edition: Path, kind: str, data: int, parity: int, index: bool, report: Report) -> ProtectedSet:
    statement = read_statement(edition)
    return planned(
        kind=kind,
        root=statement.root,
        title=statement.title,
        number=statement.number,
        articles=statement.count("articles"),
        data=data,
        parity=parity,
        files=protected_files(edition, index=index, report=report),
    )


def _state(place: Path, work: Path, plan: ProtectedSet) -> ProtectedSet | None:
    """The finished set of which a volume lies at `place`, or waits in `work` for its name; None where there is none.

    Raises:
        UsageError: something else stands at `place`.
    """
    there = os.path.lexists(place)
    folder = place if there else work
    if not there and not (work / SUMS).is_file():
        return None
    try:
        found = parse_set((folder / SET).read_bytes())
    except (OSError, EditionError):
        found = None
    if found is not None and _same_plan(found, plan):
        return found
    if not there:
        shutil.rmtree(work)
        return None
    raise UsageError(f"{place} is there already.", "Name a folder that is not there; nothing is ever replaced.")


def _same_plan(made: ProtectedSet, plan: ProtectedSet) -> bool:
    """Whether a finished set is what the plan would make."""
    return replace(made, table=plan.table) == plan


def _protection(made: ProtectedSet, folders: tuple[Path, ...], *, again: bool) -> Protection:
    return Protection(
        set=made.name,
        root=made.root,
        folders=folders,
        data=made.data,
        parity=made.parity,
        bytes=made.size,
        stored=sum(file.stat().st_size for folder in folders for file in folder.rglob("*") if file.is_file()),
        again=again,
    )
