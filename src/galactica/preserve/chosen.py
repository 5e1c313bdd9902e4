"""Which files of an edition are protected, and that they are what the edition says before they are.

Protected are the bag (its tag files and `data/`) and whatever else lies there, as `release/`. Indexes and what is
joined are made again from it, and stay out unless they are asked for.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from galactica.errors import EditionError, LimitError
from galactica.hints import word
from galactica.preserve.described import MOST_FILES, StoredFile
from galactica.progress import Report

DERIVED = ("index", "joined")
"""Folders of an edition that are made again from the rest."""

_CHUNK = 1 << 20


def protected_files(edition: Path, *, index: bool, report: Report) -> list[StoredFile]:
    """Every file that is protected, hashed and compared with the manifests of the bag.

    Args:
        index: the indexes are protected too.
        report: stage "check", bytes.

    Raises:
        EditionError: a file is not what a manifest says, is missing, or is none (a link): what is protected must be
        right. LimitError: there are more files than a set may have.
    """
    stated = stated_sums(edition)
    paths = sorted(_walk(edition, "", DERIVED if not index else ()))
    if len(paths) > MOST_FILES:
        raise LimitError(f"{edition} has more than {MOST_FILES:,} files.", "Protect it without its indexes.")
    total, done = sum((edition / path).stat().st_size for path in paths), 0
    files = []
    for path in paths:
        digest, size = sum_of(edition / path)
        if stated.get(path, digest) != digest:
            raise _wrong(edition, f"{path} is not what the manifest says")
        files.append(StoredFile(path=path, size=size, sha256=digest))
        done += size
        report("check", done, total, "B")
    missing = sorted(set(stated) - set(paths))
    if missing:
        raise _wrong(edition, f"{missing[0]} is missing")
    return files


def stated_sums(edition: Path) -> Mapping[str, str]:
    """SHA-256 (hex) by path, as the manifests of the bag state them; what is no line of theirs is left out."""
    found: dict[str, str] = {}
    for name in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        try:
            text = (edition / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        for line in text.splitlines():
            digest, _, path = line.partition("  ")
            path = unquote(path)
            if len(digest) == 64 and path and "\0" not in path:
                found[path] = digest
    return found


def sum_of(path: Path) -> tuple[str, int]:
    """(SHA-256 as hex, bytes) of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _walk(folder: Path, inside: str, without: tuple[str, ...]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            name = f"{inside}{entry.name}"
            if entry.is_symlink():
                raise _wrong(folder, f"{entry.name} is a link")
            if entry.is_dir():
                if name not in without and name not in OWN:
                    yield from _walk(folder / entry.name, f"{name}/", ())
            elif entry.is_file() and not entry.name.endswith((".lock", ".part")):
                yield name


OWN = ("parity",)
"""Folders in an edition that this package makes there."""

PARITY = ".parity"
"""What is put behind the name of an edition for the folder of its parity."""


def parity_folder(edition: Path) -> Path:
    """Where the parity of an edition stands: beside it, or in it (`parity/`) where that is there."""
    inside = edition / OWN[0]
    return inside if inside.is_dir() else edition.resolve().with_name(f"{edition.resolve().name}{PARITY}")


def _wrong(edition: Path, what: str) -> EditionError:
    return EditionError(
        f"{edition} is damaged: {what}.",
        f"Run `galactica verify {word(edition)}` to see all; `galactica repair {word(edition)}` may put it right.",
    )
