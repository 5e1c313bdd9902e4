"""What stands in every volume beside its shard, so that it can be understood, checked and restored by itself.

The same in all volumes: set.json, pieces.bin, articles.tsv.gz, footers.json.gz, head/, FORMAT.txt, restore.py. Its
own: README.txt, volume.json, ro-crate-metadata.json, and, written last of all, SHA256SUMS. Nothing here holds the time
of day or a path of the machine: the same edition gives the same volumes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from galactica.edition import Edition
from galactica.model.said import counted
from galactica.preserve import restore
from galactica.preserve.crate import CRATE, crate_text
from galactica.preserve.described import ProtectedSet
from galactica.preserve.table import SET, TABLE, PieceTable
from galactica.preserve.texts import format_text, readme_of_parity, readme_of_volume

SUMS = "SHA256SUMS"
VOLUME = "volume.json"
CATALOGUE = "articles.tsv.gz"
FOOTERS = "footers.json.gz"
HEAD = "head"
"""Folder of the copies of what says what the edition is."""

COMMON = (SET, TABLE, CATALOGUE, FOOTERS, "FORMAT.txt", "restore.py")
_HEADS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "data/edition.json")
_MOST_HEAD = 1 << 20
"""Bytes of a file that is copied into every volume."""

_MOST_FOOTER = 1 << 20


def write_volume(
    work: Path,
    edition: Edition,
    made: ProtectedSet,
    table: PieceTable,
    shard: int,
    sums: Mapping[Path, str],
    day: str,
    like: Path | None = None,
) -> None:
    """Write all that stands in a volume beside its shard.

    Args:
        work: folder of the volume, in which its shard lies.
        sums: SHA-256 of the files of the shard.
        like: another volume of the set that is finished, to take from it what is the same.
    """
    if like is None:
        _write_common(work, edition, made, table)
    else:
        for name in COMMON:
            shutil.copyfile(like / name, work / name)
        shutil.copytree(like / HEAD, work / HEAD, dirs_exist_ok=True)
    _text(work / VOLUME, json.dumps({"set": made.name, "shard": shard, "volume": 1}, indent=1) + "\n")
    _text(work / "README.txt", readme_of_volume(made, shard))
    about = (
        f"Volume {shard + 1} of {made.shards} of the encyclopedia {made.title!r}, edition {made.number}, "
        f"{counted(made.articles, 'article')}. Any {made.data} volumes restore all of it; README.txt says how."
    )
    _text(work / CRATE, crate_text(edition, made, _sizes(work), about=about, day=day))
    write_sums(work, {path.relative_to(work).as_posix(): digest for path, digest in sums.items()})


def write_parity_folder(
    work: Path, edition: Edition, made: ProtectedSet, table: PieceTable, sums: Mapping[Path, str], copies: int
) -> None:
    """Write all that stands beside the parity of one copy: set.json and pieces.bin several times, for they rot too."""
    _write_common(work, edition, made, table)
    for number in range(2, copies + 1):
        for name in (SET, TABLE):
            shutil.copyfile(work / name, work / f"{name}.{number}")
    _text(work / "README.txt", readme_of_parity(made))
    write_sums(work, {path.relative_to(work).as_posix(): digest for path, digest in sums.items()})


def _write_common(work: Path, edition: Edition, made: ProtectedSet, table: PieceTable) -> None:
    (work / SET).write_bytes(made.to_bytes())
    (work / TABLE).write_bytes(table.to_bytes())
    _text(work / "FORMAT.txt", format_text(made))
    shutil.copyfile(restore.__file__, work / "restore.py")
    write_lists(work, edition, made)
    for path in heads_of(made):
        target = work / HEAD / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(edition.path / path, target)


def write_lists(work: Path, edition: Edition, made: ProtectedSet) -> None:
    """Write the list of articles, and the ends of the files of articles."""
    _gzipped(work / CATALOGUE, _lines(edition))
    _gzipped(work / FOOTERS, iter([json.dumps(_footers(edition, made), indent=1, sort_keys=True) + "\n"]))


def heads_of(made: ProtectedSet) -> dict[str, str]:
    """Path → SHA-256 of the files that every volume has a copy of."""
    return {
        file.path: file.sha256
        for file in made.files
        if (file.path in _HEADS or file.path.startswith("data/sources/")) and file.size <= _MOST_HEAD
    }


def _lines(edition: Edition) -> Iterator[str]:
    for row, article in edition.scan(body=False):
        fields = (article.language, article.source, article.path, article.title)
        yield "\t".join((str(row), *map(tabbed, fields))) + "\n"


def tabbed(text: str) -> str:
    """A field of a line of tabs, without tabs and line feeds."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def untabbed(text: str) -> str:
    """What `tabbed` was given."""
    if "\\" not in text:
        return text
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r") for part in parts)


def _footers(edition: Edition, made: ProtectedSet) -> dict[str, str]:
    """The ends of the files of articles, without which no Parquet file can be read."""
    found: dict[str, str] = {}
    for file in made.files:
        if file.path.startswith("data/articles/") and file.path.endswith(".parquet"):
            with (edition.path / file.path).open("rb") as opened:
                opened.seek(max(0, file.size - 8))
                length = int.from_bytes(opened.read(4), "little") + 8
                if length <= min(file.size, _MOST_FOOTER):
                    opened.seek(file.size - length)
                    found[file.path] = opened.read(length).hex()
    return found


def _gzipped(path: Path, lines: Iterator[str]) -> None:
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as file:
        for line in lines:
            file.write(line.encode())


def _sizes(work: Path) -> dict[str, int]:
    return {
        path.relative_to(work).as_posix(): path.stat().st_size
        for path in sorted(work.rglob("*"))
        if path.is_file() and not is_working(path.name)
    }


def is_working(name: str) -> bool:
    """Whether a file is there only while its folder is made."""
    return name in (SUMS, CRATE, "plan.json", "pieces.work") or name.endswith((".lock", ".part"))


def write_sums(work: Path, known: Mapping[str, str]) -> None:
    """SHA256SUMS, whole or not at all: its being there says that the folder is finished."""
    names = [*_sizes(work), *([CRATE] if (work / CRATE).exists() else [])]
    lines = []
    for name in sorted(names):
        digest = known.get(name)
        if digest is None:
            with (work / name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f"{digest}  {name}\n")
    part = work / f"{SUMS}.part"
    with part.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
    part.rename(work / SUMS)


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
