"""Editions as the versions of one object of the Oxford Common File Layout 1.1, as repositories keep what must last.

Each version is an edition: the logical paths are those of its bag. What two versions have in common is stored once,
under the version that had it first; nothing of an earlier version is ever changed. Digests are SHA-512, as the standard
asks; inside are the edition's own manifests (SHA-256). Indexes are left out: they are made again.

Standard: https://ocfl.io/1.1/spec/ (sections 3.2 to 3.7).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from galactica import __version__
from galactica.edition import Edition
from galactica.errors import EditionError, UsageError
from galactica.export.summary import ExportSummary
from galactica.faults import not_written
from galactica.progress import Report, silent

DECLARATION = "0=ocfl_object_1.1"
INVENTORY = "inventory.json"
LEFT_OUT = ("index", "joined", "parity")
"""Folders of an edition that are made again from the rest."""

_CHUNK = 1 << 20


def export_ocfl(editions: Sequence[Path], out: Path, *, day: str, report: Report = silent) -> ExportSummary:
    """Write an object.

    Args:
        editions: folders of editions, the oldest first: one version each.
        out: the folder to make; nothing may be there.
        day: ISO 8601, for versions whose sources have no date.
        report: stage "export", bytes.

    Raises:
        UsageError: something stands at `out`, or the same edition twice.
        EditionError: an edition cannot be read.
        MissingError: it cannot be written.
    """
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already.", "Name a folder that is not there.")
    part = out.with_name(f".{out.name}.partial")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        made = _Object(part)
        for path in editions:
            with Edition.open(path) as edition:
                made.add(edition, day, report)
        size = made.finish()
        articles = made.articles
        part.rename(out)
    except OSError as error:
        raise not_written(out, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return ExportSummary(articles=articles, bytes=size)


class _Object:
    """An object in the making."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._identity = ""
        self._roots: list[str] = []
        self._manifest: dict[str, list[str]] = {}
        self._versions: dict[str, dict[str, object]] = {}
        self.articles = 0

    def add(self, edition: Edition, day: str, report: Report) -> None:
        """Add an edition as the next version."""
        if edition.root in self._roots:
            raise UsageError(f"{edition.path} stands there twice.", "Name each edition once, the oldest first.")
        self._roots.append(edition.root)
        self._identity = self._identity or f"galactica:{edition.root}"
        number = f"v{len(self._versions) + 1}"
        state: dict[str, list[str]] = {}
        names = sorted(_files(edition.path, ""))
        total, done = sum((edition.path / name).stat().st_size for name in names), 0
        for name in names:
            content = f"{number}/content/{name}"
            digest = self._stored(edition.path / name, content)
            state.setdefault(digest, []).append(name)
            done += (edition.path / name).stat().st_size
            report("export", done, total, "B")
        dates = [source.date for source in edition.sources if len(source.date) == 10]
        self._versions[number] = {
            "created": f"{max(dates, default=day)}T00:00:00Z",
            "message": f"Edition {edition.statement.number}: {edition.statement.title} (root {edition.root})",
            "state": state,
            "user": {"name": f"galactica {__version__}", "address": f"galactica:{quote(edition.root)}"},
        }
        self.articles = len(edition)
        self._inventory(self._folder / number)

    def finish(self) -> int:
        """Write the declaration and the inventory; the bytes of all."""
        self._inventory(self._folder)
        (self._folder / DECLARATION).write_bytes(b"ocfl_object_1.1\n")
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def _stored(self, source: Path, content: str) -> str:
        """Keep a file unless an earlier version has it; its SHA-512."""
        target = self._folder / content
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha512()
        with source.open("rb") as file, target.open("xb") as copy:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
        name = digest.hexdigest()
        if name in self._manifest:
            target.unlink()
            _prune(target.parent, self._folder)
        else:
            self._manifest[name] = [content]
        return name

    def _inventory(self, folder: Path) -> None:
        document = {
            "id": self._identity,
            "type": "https://ocfl.io/1.1/spec/#inventory",
            "digestAlgorithm": "sha512",
            "head": f"v{len(self._versions)}",
            "manifest": self._manifest,
            "versions": self._versions,
        }
        raw = (json.dumps(document, indent=1, sort_keys=True) + "\n").encode("ascii")
        folder.mkdir(exist_ok=True)
        (folder / INVENTORY).write_bytes(raw)
        (folder / f"{INVENTORY}.sha512").write_text(f"{hashlib.sha512(raw).hexdigest()}  {INVENTORY}\n", newline="\n")


def _prune(folder: Path, top: Path) -> None:
    """Take away folders that hold nothing: an object has none."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _files(folder: Path, inside: str) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        name = f"{inside}{path.name}"
        if path.is_symlink():
            raise EditionError(f"{path} is a link.", "Put the file itself in its place.")
        if path.is_dir():
            if name not in LEFT_OUT:
                yield from _files(path, f"{name}/")
        elif not name.endswith((".lock", ".part")):
            yield name
