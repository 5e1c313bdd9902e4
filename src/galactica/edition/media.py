"""The media files of an open edition: by the places they lay at in their sources, or all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.edition import record
from galactica.edition.damage import readable, reading
from galactica.edition.info import EditionHeader
from galactica.edition.trust import check_head, check_media
from galactica.model import MediaItem

_Place = tuple[Path, int, int, str, int]
"""File, row group, row in it, media type and bytes of a media file."""


class Media:
    """The media files of the edition in the folder `path`. What is looked up is read when it is first asked for.

    Every method raises EditionError where a table is missing or damaged.
    """

    def __init__(self, path: Path, header: EditionHeader) -> None:
        self._path = path
        self._header = header
        self._hashes: dict[tuple[str, str], bytes] | None = None
        self._places: dict[bytes, _Place] | None = None

    def has(self, source: str, path: str) -> bool:
        """Whether a media file lies at `path` of `source`."""
        with readable(self._path):
            return (source, path) in self._by_place()

    def read(self, source: str, path: str) -> tuple[MediaItem, bytes] | None:
        """The media file that lies at `path` of `source`, and its bytes; None where there is none."""
        item = self.item(source, path)
        if item is None:
            return None
        with readable(self._path):
            file, group, inside, _, _ = self._by_hash()[item.hash]
            with reading(f"data/media/{file.name}"):
                table = pq.ParquetFile(file, memory_map=True).read_row_group(group, columns=["content"])
                return item, table["content"][inside].as_py()

    def item(self, source: str, path: str) -> MediaItem | None:
        """What is known of the media file at `path` of `source`, without its bytes; None where there is none."""
        with readable(self._path):
            digest = self._by_place().get((source, path))
            place = self._by_hash().get(digest) if digest is not None else None
        if digest is None or place is None:
            return None
        return MediaItem(hash=digest, mime=place[3], size=place[4], names=((source, path),))

    def sizes(self) -> Iterator[tuple[bytes, tuple[str, str], int]]:
        """(hash, a (source, path) that it lies at, bytes) of every media file that has a place, by its first place."""
        with readable(self._path):
            hashes = self._by_hash()
            seen: set[bytes] = set()
            for place, digest in sorted(self._by_place().items()):
                if digest in hashes and digest not in seen:
                    seen.add(digest)
                    yield digest, place, hashes[digest][4]

    def items(self) -> Iterator[tuple[MediaItem, bytes]]:
        """Every media file with all its names, in the order of the table."""
        names: dict[bytes, list[tuple[str, str]]] = {}
        with readable(self._path):
            for place, digest in self._by_place().items():
                names.setdefault(digest, []).append(place)
        for file in self._files("media"):
            here = f"data/media/{file.name}"
            with readable(self._path), reading(here), pq.ParquetFile(file, memory_map=True) as table:
                for group in range(table.num_row_groups):
                    for row in table.read_row_group(group).to_pylist():
                        check_media(row["hash"], row["content"], row["hash"].hex())
                        item = MediaItem(
                            hash=row["hash"],
                            mime=row["mime"],
                            size=row["size"],
                            names=tuple(sorted(names.get(row["hash"], ()))),
                        )
                        yield item, row["content"]

    def _by_place(self) -> dict[tuple[str, str], bytes]:
        if self._hashes is None:
            found: dict[tuple[str, str], bytes] = {}
            for file in self._files("files"):
                with reading(f"data/files/{file.name}"):
                    for row in pq.read_table(file).to_pylist():
                        found[row["source"], row["path"]] = row["hash"]
            leaves = (merkle.leaf_hash(record.file_record(*place, found[place])) for place in sorted(found))
            check_head(self._header, "files", leaves)
            self._hashes = found
        return self._hashes

    def _by_hash(self) -> dict[bytes, _Place]:
        if self._places is None:
            found: dict[bytes, _Place] = {}
            for file in self._files("media"):
                with reading(f"data/media/{file.name}"), pq.ParquetFile(file) as table:
                    for group in range(table.num_row_groups):
                        rows = table.read_row_group(group, columns=["hash", "mime", "size"]).to_pylist()
                        for i, row in enumerate(rows):
                            found[row["hash"]] = (file, group, i, row["mime"], row["size"])
            self._places = found
        return self._places

    def _files(self, table: str) -> list[Path]:
        return sorted((self._path / "data" / table).glob("*.parquet"))
