"""Small editions of several languages, laid out, and servers in memory that lie."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.errors import EditionError
from galactica.spread.static import blocks, layout, lists, titles
from galactica.spread.static.layout import put_manifest, write_static
from galactica.spread.static.ranges import Ranges
from galactica.spread.static.reading import StaticEdition, read_manifest

ROWS: tuple[dict[str, object], ...] = (
    {
        "path": "river",
        "title": "River",
        "language": "en",
        "body": '<p>A river is water that runs downhill to the sea. See <a href="./lake">lakes</a>.</p>\n'
        "<p>Rivers begin at springs.</p>",
        "aliases": ["Rivers", "Stream"],
        "licence": "CC-BY-SA-4.0",
        "url": "https://example.org/river",
    },
    {"path": "lake", "title": "Lake", "language": "en", "body": "<p>A lake lies still between hills.</p>"},
    {"path": "spring", "title": "Spring (water)", "language": "en", "body": "<p>A spring is where a river begins.</p>"},
    {"path": "the-who", "title": "The Who", "language": "en", "body": "<p>A band from London.</p>"},
    {
        "path": "fluss",
        "title": "Fluß",
        "language": "de",
        "body": "<p>Flüsse fließen zum Meer. Städte liegen daran.</p>",
    },
    {"path": "he", "title": "河流", "language": "zh", "body": "<p>河流是在地表流動的水。</p>"},
    {"path": "nadi", "title": "नदी", "language": "hi", "body": "<p>नदी पहाड़ों से निकलती है।</p>"},
    {"path": "nahr", "title": "نهر", "language": "ar", "body": "<p>النهر مجرى مائي يصب في البحر.</p>"},
    {"path": "cpp", "title": "C++", "language": "en", "body": "<p>C++ is a language. The U.S.A. is none.</p>"},
    {
        "path": "bog/1",
        "title": "First chapter",
        "language": "en",
        "work": "The Bog",
        "part": 1,
        "creators": ["Orla Finn"],
        "body": "<p>Peat is cut in May.</p>",
    },
)


def build_edition(folder: Path, rows: Iterable[Mapping[str, object]] = ROWS, name: str = "waters") -> Path:
    """An edition of these articles, built from a file of JSON lines in `folder`."""
    source = folder / f"{name}.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    out = folder / f"{name}.edition"
    library.build(out, [source], workers=0, meaning=False, title="Waters")
    return out


def lay_out_finely(edition: Path, folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """The same with blocks so small that even a few articles have lists in shared cells and in several of their own,
    branches above branches, and pages of the catalogue."""
    with patch.context() as fine:
        fine.setattr(lists, "INLINE", 4)
        fine.setattr(lists, "CELL", 24)
        fine.setattr(lists, "CHUNK", 8)
        for module in (lists, titles):
            fine.setattr(module, "LEAF_BYTES", 200)
        fine.setattr(blocks, "BRANCH_BYTES", 120)
        fine.setattr(titles, "MANY", 5)
        return lay_out(edition, folder)


def lay_out(edition: Path, folder: Path, *, sources_at_once: int = 0) -> Path:
    """The same as a static edition, with the sources in a file of their own unless they have at most so many bytes."""
    with Edition.open(edition) as opened, pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "SOURCES_AT_ONCE", sources_at_once)
        put_manifest(folder, write_static(opened, folder).manifest)
    return folder


class MemoryFiles:
    """A server in memory: its files, which a test may change."""

    where = "memory"

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.asked: list[tuple[str, int, int]] = []

    @classmethod
    def of(cls, folder: Path) -> MemoryFiles:
        """The files of a folder."""
        return cls({path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()})

    def whole(self, name: str, most: int) -> bytes:
        """See `StaticFiles`."""
        name = name.rpartition("/")[2]
        self.asked.append((name, 0, 0))
        if name not in self.files or len(self.files[name]) > most:
            raise EditionError("no such file", "none")
        return self.files[name]

    def part(self, name: str, offset: int, size: int) -> bytes:
        """See `StaticFiles`."""
        name = name.rpartition("/")[2]
        self.asked.append((name, offset, size))
        if name not in self.files:
            raise EditionError("no such file", "none")
        return self.files[name][offset : offset + size]


def opened(files: MemoryFiles) -> StaticEdition:
    """The static edition that such a server has."""
    ranges = Ranges(files)
    return StaticEdition.open(ranges, read_manifest(ranges))
