"""Sheets that were read so far, kept in a folder: in any order, of any sets, doubles once; it survives being killed.

A file for each sheet, in a folder for each set: a line of JSON (the header), then the payload. It has its name when
it is whole. What lies there is looked at like anything else: a file that is not what its name says is as good as
none.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from galactica.codes.files import whole
from galactica.engrave.sheet.header import SheetHeader, sheet_digest
from galactica.engrave.stream.engraving import MAX_SHEETS
from galactica.engrave.stream.grouped import MAX_GROUP, SetPlan

_LINE: Final = 4096
"""Bytes of the line before a payload, at the most."""

_NAME: Final = re.compile("([0-9]{7})[.]sheet")
_SET: Final = re.compile("[0-9a-f]{32}-[0-9a-f]{16}")

_MOST_PLANS: Final = 10_000
"""Numbers of groups that are tried where no sheet says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSet:
    """A set of which sheets were read.

    Attributes:
        folder: where they are kept.
        root: the first 16 bytes of the edition's root.
        set_id: its number.
        plan: of the set, as most sheets say it.
        headers: number → header of the sheets that were read and that agree with the plan.
    """

    folder: Path
    root: bytes
    set_id: bytes
    plan: SetPlan
    headers: dict[int, SheetHeader]

    def payload(self, sheet: int) -> bytes | None:
        """The payload of a sheet that was read; None where it is not there, or was damaged meanwhile."""
        header = self.headers.get(sheet)
        found = _read(self.folder / _file_name(sheet)) if header is not None else None
        return found[1] if found is not None and found[0] == header else None

    def stretch(self, sheet: int, low: int, count: int) -> bytes:
        """Some bytes of the payload of a sheet that was read; fewer behind its end."""
        with (self.folder / _file_name(sheet)).open("rb") as file:
            start = len(file.readline(_LINE))
            file.seek(start + low)
            return file.read(max(0, min(count, self.headers[sheet].used - low)))


class SheetStore:
    """The sheets in the folder `folder`, which is made where it is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, header: SheetHeader, payload: bytes) -> bool:
        """Keep a sheet that was read.

        Returns:
            Whether it was not there yet.
        """
        place = self._folder / f"{header.root.hex()}-{header.set_id.hex()}" / _file_name(header.sheet)
        if _read(place) is not None:
            return False
        place.parent.mkdir(exist_ok=True)
        fields = {name: value.hex() if isinstance(value, bytes) else value for name, value in asdict(header).items()}
        line = json.dumps(fields, sort_keys=True).encode() + b"\n"
        with whole(place) as part:
            part.write_bytes(line + payload)
        return True

    def sets(self) -> list[FoundSet]:
        """The sets that sheets were read of, those with the most sheets first."""
        found = [each for folder in sorted(self._folder.iterdir()) if (each := _found(folder)) is not None]
        return sorted(found, key=lambda each: -len(each.headers))


def _file_name(sheet: int) -> str:
    return f"{sheet:07d}.sheet"


def _found(folder: Path) -> FoundSet | None:
    if not _SET.fullmatch(folder.name):
        return None
    headers = {header.sheet: header for header in _headers(folder)}
    plan = _plan(list(headers.values()))
    if plan is None:
        return None
    root, _, set_id = folder.name.partition("-")
    return FoundSet(
        folder=folder,
        root=bytes.fromhex(root),
        set_id=bytes.fromhex(set_id),
        plan=plan,
        headers={number: header for number, header in headers.items() if agrees(header, plan)},
    )


def _headers(folder: Path) -> Iterator[SheetHeader]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        named = _NAME.fullmatch(entry.name)
        header = _header(Path(entry.path)) if named else None
        if named and header is not None and header.sheet == int(named[1]):
            root, _, set_id = folder.name.partition("-")
            if (header.root.hex(), header.set_id.hex()) == (root, set_id):
                yield header


def _header(path: Path) -> SheetHeader | None:
    try:
        with path.open("rb") as file:
            line = file.readline(_LINE)
        raw: dict[str, Any] = json.loads(line)
        fields: dict[str, Any] = {
            name: bytes.fromhex(value) if name in ("root", "set_id", "digest") else value for name, value in raw.items()
        }
        return SheetHeader(**fields)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _read(path: Path) -> tuple[SheetHeader, bytes] | None:
    """Header and payload of a file; None where it is none, or the payload is another than the header says."""
    header = _header(path)
    if header is None:
        return None
    with path.open("rb") as file:
        file.readline(_LINE)
        payload = file.read(header.used + 1)
    return (header, payload) if len(payload) == header.used and sheet_digest(payload) == header.digest else None


def _plan(headers: list[SheetHeader]) -> SetPlan | None:
    """The plan that most headers agree with; None where no header has one."""
    plans = Counter(plan for header in headers if (plan := plan_of(header)) is not None)
    if plans:
        return max(plans, key=lambda plan: (sum(agrees(header, plan) for header in headers), plan.data))
    for header in headers:  # all of them first in their groups: as many groups as agree with all
        parity = max(1, header.parity_sheets)
        most = min(header.sheets // (1 + parity), header.group + _MOST_PLANS)
        for groups in range(max(each.group for each in headers) + 1, most + 1):
            plan = SetPlan(data=header.sheets - groups * parity, groups=groups, parity=parity)
            if all(agrees(each, plan) for each in headers):
                return plan
    return None


def plan_of(header: SheetHeader) -> SetPlan | None:
    """The plan that a header tells; None where it cannot be told from this one, or there is no such set."""
    if not header.place or (header.sheet - header.group) % header.place:
        return None
    groups = (header.sheet - header.group) // header.place
    if groups < 1:
        return None
    plan = SetPlan(data=header.sheets - groups * header.parity_sheets, groups=groups, parity=header.parity_sheets)
    return plan if agrees(header, plan) else None


def agrees(header: SheetHeader, plan: SetPlan) -> bool:
    """Whether a header says what a plan says."""
    if plan.groups < 1 or plan.parity < 1 or plan.data < plan.groups or not plan.sheets <= MAX_SHEETS:
        return False
    if header.sheets != plan.sheets or not 0 <= header.sheet < header.sheets:
        return False
    data = plan.data_of(header.group % plan.groups)
    return (
        plan.place_of(header.sheet) == (header.group, header.place)
        and header.data_sheets == data
        and header.parity_sheets == plan.parity
        and data + plan.parity <= MAX_GROUP
        and header.kind == ("data" if header.place < data else "parity")
    )
