"""Missing data sheets of a set made good, group by group, where enough sheets of the group are there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from galactica.engrave.stream.grouped import missing_rows
from galactica.engrave.stream.kept import FoundSet
from galactica.progress import Report, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedSet:
    """The data sheets of a set that can be had.

    Attributes:
        found: what was read.
        made: numbers of the data sheets that were made good.
        lost: numbers of the data sheets that cannot be had.
    """

    found: FoundSet
    made: tuple[int, ...]
    lost: tuple[int, ...]

    def payload(self, sheet: int) -> bytes | None:
        """The payload of a data sheet that was read or made good; None where it is lost. One that was made good may
        have zeros behind its end."""
        if sheet in self.found.headers:
            return self.found.payload(sheet)
        try:
            return _made_path(self.found.folder, sheet).read_bytes()
        except FileNotFoundError:
            return None


def mend_set(found: FoundSet, report: Report = silent) -> MendedSet:
    """Make good what can be made good of a set.

    Args:
        report: stage "mend", sheets.
    """
    plan = found.plan
    there = {number for number in found.headers if found.payload(number) is not None}
    made: list[int] = []
    lost: list[int] = []
    absent = sum(number not in there for number in range(plan.data))
    done = 0
    for group in range(plan.groups):
        data = plan.data_of(group)
        numbers = [plan.sheet_at(group, place) for place in range(data + plan.parity)]
        want = [place for place in range(data) if numbers[place] not in there]
        if not want:
            continue
        have = [place for place, number in enumerate(numbers) if number in there][:data]
        if len(have) == data:
            _make(found, numbers, have, want)
            made += [numbers[place] for place in want]
        else:
            lost += [numbers[place] for place in want]
        done += len(want)
        report("mend", done, absent, "sheets")
    kept = {number: header for number, header in found.headers.items() if number in there}
    whole_ones = FoundSet(folder=found.folder, root=found.root, set_id=found.set_id, plan=found.plan, headers=kept)
    return MendedSet(found=whole_ones, made=tuple(sorted(made)), lost=tuple(sorted(lost)))


def _make(found: FoundSet, numbers: list[int], have: list[int], want: list[int]) -> None:
    """Write the payloads of the missing data sheets of a group."""
    plan = found.plan
    data = len(numbers) - plan.parity
    size = max(found.headers[numbers[place]].used for place in have)
    folder = found.folder
    parts = [_made_path(folder, numbers[place]).with_suffix(".part") for place in want]
    files = [part.open("wb") for part in parts]

    def read(place: int, low: int, count: int) -> bytes:
        return found.stretch(numbers[place], low, count)

    try:
        for rows in missing_rows(data, plan.parity, have, want, size, read):
            for file, row in zip(files, rows, strict=True):
                file.write(row.tobytes())
    finally:
        for file in files:
            file.close()
    for part, place in zip(parts, want, strict=True):
        part.replace(_made_path(folder, numbers[place]))


def _made_path(folder: Path, sheet: int) -> Path:
    return folder / f"{sheet:07d}.made"
