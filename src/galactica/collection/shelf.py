"""A person's shelf: a folder in which editions stand, so that reading needs no path.

An edition stands there as a link (or, where the system has no links, as a file `NAME.edition.path` that holds the
path); taking it off the shelf removes what stands there, never the edition itself, unless the edition was moved into
the shelf folder by hand: then it is left alone and said so.

Where a newer edition stands beside the one that it was made from, the older is kept and no longer read unless it is
named: what the two say differently is what has changed, and not what sources disagree about.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from galactica.edition import Edition
from galactica.edition.info import read_statement
from galactica.errors import EditionError, UsageError
from galactica.hints import word
from galactica.placing import check_home

_POINTER = ".path"


class Shelf:
    """The shelf in `folder`; made when something is put on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def default(cls, environment: Mapping[str, str] | None = None) -> Shelf:
        """The person's own: GALACTICA_SHELF, else `shelf` in the platform's data directory."""
        named = (os.environ if environment is None else environment).get("GALACTICA_SHELF")
        return cls(Path(named) if named else Path(platformdirs.user_data_dir("galactica", appauthor=False)) / "shelf")

    def editions(self) -> tuple[Path, ...]:
        """Folders of the editions on the shelf, by name; what is no edition is passed over."""
        if not self.folder.is_dir():
            return ()
        found = (self._target(entry) for entry in sorted(self.folder.iterdir()))
        return tuple(path for path in found if path is not None and _holds_edition(path))

    def replaced(self) -> dict[Path, Path]:
        """Editions of which a newer one stands on the shelf → the newest of those.

        A newer one names the root of the older as its parent, or that of one on the shelf that does, and has all of its
        sources: what was made of others is no newer state of the same.
        """
        found = {path: stated for path in self.editions() if (stated := _stated(path)) is not None}
        places = {root: path for path, (root, _) in found.items()}
        child = {  # root → root
            parent: root
            for root, parent in found.values()
            if parent in places and _has_sources(places[root], of=places[parent])
        }
        newest: dict[Path, Path] = {}
        for path, (root, _) in found.items():
            end, seen = root, set[str]()
            while end in child and end not in seen:  # no honest file names a ring, and a hostile one ends too
                seen.add(end)
                end = child[end]
            if seen and end not in seen:
                newest[path] = places[end]
        return newest

    def current(self) -> tuple[Path, ...]:
        """The editions that are read where none is named: all but those of which there is a newer one."""
        older = self.replaced()
        return tuple(path for path in self.editions() if path not in older)

    def add(self, path: Path) -> Path:
        """Put the edition in `path` on the shelf; returns what stands there now.

        Raises:
            EditionError: there is no edition at `path`.
            UsageError: another edition stands there under that name.
        """
        statement = read_statement(path)
        check_home(self.folder, "GALACTICA_SHELF")
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / path.resolve().name
        if place.exists() or place.is_symlink():
            there = self._target(place)
            if there is not None and there.exists() and there.resolve() == path.resolve():
                return place
            raise UsageError(
                f"Something called {place.name} stands on the shelf already.",
                f"Rename the folder of {statement.title!r}, or take that off: galactica shelf rm {word(place.name)}",
            )
        try:
            place.symlink_to(path.resolve(), target_is_directory=True)
        except (OSError, NotImplementedError):  # Windows without the right to make links
            place = place.with_name(place.name + _POINTER)
            place.write_text(str(path.resolve()), encoding="utf-8")
        return place

    def remove(self, name: str) -> None:
        """Take an edition off the shelf: its name with or without ".edition".

        Raises:
            EditionError: nothing of that name stands there.
            UsageError: the edition itself lies in the shelf's folder; it is not removed.
        """
        for candidate in (name, f"{name}.edition"):
            if Path(candidate).name != candidate:
                continue
            place, pointer = self.folder / candidate, self.folder / (candidate + _POINTER)
            if place.is_symlink():
                place.unlink()
                return
            if pointer.is_file():
                pointer.unlink()
                return
            if place.is_dir():
                raise UsageError(
                    f"{place} is the edition itself, not a link to it; it was not removed.",
                    "Delete the folder yourself if you no longer want the edition.",
                )
        names = ", ".join(path.name for path in self.editions()) or "nothing"
        raise EditionError(f"{name} is not on the shelf.", f"On the shelf: {names}.")

    def _target(self, entry: Path) -> Path | None:
        try:
            if entry.is_dir():
                return entry
            if entry.name.endswith(_POINTER) and entry.is_file():
                return Path(entry.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError):  # one entry that cannot be read does not hide the others
            return None
        return None


def _holds_edition(path: Path) -> bool:
    try:
        return (path / "data" / "edition.json").is_file()
    except OSError:
        return False


def _stated(path: Path) -> tuple[str, str] | None:
    """(root, root of the parent or "") of an edition; None where it cannot be read, which is said when it is opened."""
    try:
        statement = read_statement(path)
    except EditionError:
        return None
    return statement.root, statement.parent


def _has_sources(newer: Path, *, of: Path) -> bool:
    """Whether an edition has every source that another has; False where one cannot be read."""
    try:
        with Edition.open(newer) as one, Edition.open(of) as other:
            return {each.key for each in other.sources} <= {each.key for each in one.sources}
    except EditionError:
        return False
