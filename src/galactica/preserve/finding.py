"""What a folder is (a volume, parity beside one copy, an edition), and which set it belongs to.

Nothing in a folder is trusted alone: set.json and pieces.bin are taken from whichever copies fit together, and where
volume.json does not say which shard a volume has, its pieces do, and README.txt where it has none that is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from galactica.errors import EditionError, UsageError
from galactica.preserve.chosen import OWN, PARITY, parity_folder
from galactica.preserve.described import COPIES, MAX_SET, ProtectedSet
from galactica.preserve.kept import VOLUME
from galactica.preserve.places import (
    PARITY_FILE,
    ShardPlace,
    close_all,
    edition_place,
    parity_file,
    parity_place,
    volume_place,
)
from galactica.preserve.table import SET, TABLE, PieceTable, sets_among

_NAMED = re.compile(r"\b[0-9a-f]{64}\b")
_NUMBERED = re.compile(r"This volume: +shard ([0-9]{1,3}) of ")
_MOST_NAMING = 1 << 16
"""Bytes of a file that names a set."""

_TRIED = 8
"""Pieces that are looked at to find out which shard a volume has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSet:
    """A set, its table, and the folders among those that were named which belong to it."""

    described: ProtectedSet
    table: PieceTable
    places: tuple[ShardPlace, ...]

    def close(self) -> None:
        """Let go of the files."""
        close_all(self.places)


def is_edition(folder: Path) -> bool:
    """Whether a folder is an edition, or was one."""
    return (folder / "data").is_dir() and not is_volume(folder)


def is_volume(folder: Path) -> bool:
    """Whether a folder is a volume of a set, damaged or not."""
    return (folder / VOLUME).exists() or ((folder / SET).exists() and not is_parity(folder))


def is_parity(folder: Path) -> bool:
    """Whether a folder has parity for one copy."""
    return parity_file(folder, 0).exists() or (folder / f"{SET}.2").exists()


def known_sets(folders: Sequence[Path]) -> list[KnownSet]:
    """The sets that folders belong to, in the order of the folders; editions belong to those of the others.

    Of an edition the parity that stands beside it is looked at too.
    """
    folders = list(dict.fromkeys([*folders, *_beside(folders)]))
    copies = [copy for folder in folders for copy in _copies(folder)]
    named = [name for folder in folders for name in _names(folder)]
    found = []
    for described, table in sets_among(copies, named):
        places = [place for folder in folders if (place := _place(folder, described, table)) is not None]
        found.append(KnownSet(described=described, table=table, places=tuple(places)))
    return found


def the_set(folders: Sequence[Path]) -> KnownSet:
    """The one set that volumes belong to.

    Raises:
        EditionError: none of the folders says what it is.
        UsageError: they are of several sets.
    """
    found = known_sets(folders)
    if not found:
        raise EditionError(
            "None of these folders has a set.json and a pieces.bin that are whole.",
            "Name volumes that `galactica protect` made; each has a copy of both.",
        )
    if len(found) > 1:
        told = "; ".join(
            f"{', '.join(str(place.folder) for place in each.places) or 'none'} of {each.described.name[:16]} "
            f"({each.described.title}, root {each.described.root[:16]})"
            for each in found
        )
        for each in found:
            each.close()
        raise UsageError(f"These are volumes of several sets: {told}.", "Name volumes of one set.")
    return found[0]


def _beside(folders: Iterable[Path]) -> list[Path]:
    """The parity that stands beside editions, and the editions that parity stands beside."""
    found = []
    for folder in folders:
        if is_edition(folder) and is_parity(parity := parity_folder(folder)):
            found.append(parity)
        elif is_parity(folder):
            place = folder.resolve()
            copy = place.parent if place.name == OWN[0] else place.with_name(place.name.removesuffix(PARITY))
            if copy != place and is_edition(copy) and parity_folder(copy).resolve() == place:
                found.append(copy)
    return found


def _copies(folder: Path) -> list[tuple[bytes, bytes]]:
    numbers = ["", *(f".{number}" for number in range(2, COPIES + 1))]
    sets = [_read(folder / f"{SET}{number}", MAX_SET) for number in numbers]
    tables = [_read(folder / f"{TABLE}{number}", MAX_SET) for number in numbers]
    return [(one, other) for one, other in zip(sets, tables, strict=True) if one or other]


def _names(folder: Path) -> list[str]:
    return [
        name
        for file in (VOLUME, "README.txt")
        for name in _NAMED.findall(_read(folder / file, _MOST_NAMING).decode("ascii", "replace"))
    ]


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError:
        return b""


def _place(folder: Path, described: ProtectedSet, table: PieceTable) -> ShardPlace | None:
    """What a folder has of a set; None where it belongs to another."""
    if is_edition(folder):
        return edition_place(folder, described)
    if is_parity(folder):
        place = parity_place(folder, described)
        own = {each.table for each, _ in sets_among(_copies(folder), _names(folder))}
        ours = described.table in own or _fits(place, described, table)
        return place if described.kind == "beside" and ours else None
    try:
        stated = json.loads(_read(folder / VOLUME, _MOST_NAMING))
        if stated["set"] == described.name and type(stated["shard"]) is int and 0 <= stated["shard"] < described.shards:
            return volume_place(folder, described, stated["shard"])
    except (ValueError, KeyError, TypeError):
        pass
    first = described.data if (folder / PARITY_FILE).exists() else 0
    for shard in (*range(first, described.shards), *range(first)):
        place = volume_place(folder, described, shard)
        if _fits(place, described, table):
            return place
        place.close()
    readme = _read(folder / "README.txt", _MOST_NAMING).decode("ascii", "replace")
    number = _NUMBERED.search(readme)
    if number and described.name in readme and 1 <= int(number[1]) <= described.shards:
        return volume_place(folder, described, int(number[1]) - 1)
    return None


def _fits(place: ShardPlace, described: ProtectedSet, table: PieceTable) -> bool:
    """Whether any of the first pieces is one of the set."""
    for shard in place.shards:
        for index in range(min(_TRIED, described.pieces)):
            piece = np.zeros(described.piece_bytes(index), dtype=np.uint8)
            place.read(shard, index * described.piece, piece)
            if piece.any() and table.is_right(shard, index, piece):
                return True
    return False
