"""Files of one series: what a program wrote in pieces that lie side by side, `a-00000.warc.gz`, `a-00001.warc.gz`.

The first by name that is of their kind is opened, with the later ones beside it. Files in archives stand alone: they
cannot be looked for.
"""

from __future__ import annotations

import os
from pathlib import Path

from galactica.sources.contract import Format
from galactica.sources.trees import TreeFile

MAX_FOLDERS = 64
"""Folders whose files are remembered: a walk goes through them one after the other."""


class Series:
    """The series of a folder that is walked, each folder's files in the order of their names."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, str], dict[str, tuple[Path, ...]]] = {}
        self._read: set[Path] = set()

    def is_read(self, entry: TreeFile) -> bool:
        """Whether a file was read with an earlier one of its series."""
        return entry.local in self._read

    def after(self, kind: Format, entry: TreeFile) -> tuple[Path, ...]:
        """The later files of the series of a file that is about to be read; they are read with it."""
        if entry.local is None or not kind.series(entry.local.name):
            return ()
        folder = entry.local.parent
        if (folder, kind.name) not in self._known:
            if len(self._known) >= MAX_FOLDERS:
                self._known.clear()
            self._known[folder, kind.name] = _series(kind, folder)
        found = self._known[folder, kind.name].get(kind.series(entry.local.name), ())
        later = found[found.index(entry.local) + 1 :] if entry.local in found else ()
        self._read.update(later)
        return later


def _series(kind: Format, folder: Path) -> dict[str, tuple[Path, ...]]:
    """What the series in a folder are called → their files."""
    found: dict[str, list[Path]] = {}
    with os.scandir(folder) as listing:
        names = sorted(each.name for each in listing if each.is_file(follow_symlinks=False) and each.name[:1] != ".")
    for name in names:
        if called := kind.series(name):
            found.setdefault(called, []).append(folder / name)
    return {called: tuple(files) for called, files in found.items()}
