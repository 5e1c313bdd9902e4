"""The files that lie around one in a folder on disk: beside it, in the folders beside it, above it, and beside that.

Nothing outside the folder that was named is looked at, no link is followed, no hidden name is told.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, cast

from galactica.sources.paths import clean_path

MAX_AROUND = 20_000
"""Files that are looked at; where there are more, those that come first by name."""

MAX_FOLDERS = 200
"""Folders in and beside the file's own that are looked into, of each."""

MAX_REMEMBERED = 64
"""Folders whose surroundings are remembered: files of one folder come one after the other."""

T = TypeVar("T")


class Surroundings:
    """The folder that is being read, for readers of a file that have to know what else is in it. Looked at once.

    Args:
        root: the folder on disk.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._around: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, object] = {}

    def around(self, path: str) -> tuple[str, ...]:
        """Paths of the files in the folder of the file at `path`, in the folders in it, in the one above, and in the
        folders beside its own."""
        folder = path.rpartition("/")[0]
        if folder not in self._around:
            if len(self._around) >= MAX_REMEMBERED:
                self._around.clear()
            self._around[folder] = _around(folder, self._root / folder)
        return self._around[folder]

    def once(self, name: str, find: Callable[[Path], T]) -> T:
        """What `find` says of the folder, asked once."""
        if name not in self._known:
            self._known[name] = find(self._root)
        return cast(T, self._known[name])


def _around(folder: str, local: Path) -> tuple[str, ...]:
    found: list[str] = []
    for path, place in _folders(folder, local):
        for name in _names(place, folders=False):
            whole = clean_path(f"{path}/{name}" if path else name)
            if whole is not None:
                found.append(whole)
            if len(found) >= MAX_AROUND:
                return tuple(found)
    return tuple(found)


def _folders(folder: str, local: Path) -> Iterator[tuple[str, Path]]:
    yield folder, local
    for name in _names(local, folders=True)[:MAX_FOLDERS]:
        yield f"{folder}/{name}" if folder else name, local / name
    if not folder:
        return
    above = folder.rpartition("/")[0]
    yield above, local.parent
    for name in _names(local.parent, folders=True)[:MAX_FOLDERS]:
        if name != local.name:
            yield f"{above}/{name}" if above else name, local.parent / name


def _names(place: Path, *, folders: bool) -> list[str]:
    try:
        with os.scandir(place) as listing:
            return sorted(
                entry.name
                for entry in listing
                if not entry.name.startswith(".")
                and (entry.is_dir(follow_symlinks=False) if folders else entry.is_file(follow_symlinks=False))
            )
    except OSError:
        return []
