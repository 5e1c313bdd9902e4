"""A shard of an edition as work for somebody, here or on another machine.

A worker elsewhere has the files that the shard needs and no others. Opened by itself, the folder that holds them is the
same edition: it has its header, its sources, and the rows of that shard; all others are missing there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from galactica.cluster.contract import Travels
from galactica.edition import layout
from galactica.edition.read import Edition
from galactica.errors import EditionError

OF_SHARD = ("articles", "passages", "signals")
"""Tables of which a shard has a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardWork:
    """A shard whose articles are to be read, and a folder into which is written what comes of it.

    Attributes:
        edition: its folder; root: its root.
        shard: which of its shards.
        folder: where to write; places: folders inside of it that must be there.
        tables: small tables that are needed too ("works"); files: further files of the edition, by their paths in it.
    """

    edition: Path
    root: str
    shard: int
    folder: Path
    places: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def travels(self) -> Travels | None:
        """The shard's files go, what is new in the folder comes back."""
        return Travels(
            reads=tuple(
                ("edition", path) for path in (*files_of_shard(self.edition, self.shard, *self.tables), *self.files)
            ),
            writes=("folder",),
            folders=tuple(("folder", place) for place in self.places),
        )

    @contextmanager
    def opened(self) -> Iterator[tuple[Edition, int, int]]:
        """The edition, and the rows of the shard: the first, and the one after the last.

        Raises:
            EditionError: the edition is damaged, or was replaced by another.
        """
        with Edition.open(self.edition) as edition:
            if edition.root != self.root:
                raise EditionError(
                    f"{self.edition} was replaced by another edition meanwhile.", "Run the same command again."
                )
            first, count = edition.shard_rows()[self.shard]
            yield edition, first, first + count


def files_of_shard(edition: Path, shard: int, *tables: str) -> tuple[str, ...]:
    """Paths inside of the edition's folder, with "/".

    Args:
        edition: its folder.
        tables: small tables that are needed too, all of them.
    """
    small = [
        each.relative_to(edition).as_posix()
        for table in ("sources", *tables)
        for each in sorted((edition / "data" / table).glob("*.parquet"))
    ]
    name = layout.shard_name(shard)
    return ("data/edition.json", *small, *(f"data/{table}/{name}" for table in OF_SHARD))
