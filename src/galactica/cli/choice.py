"""Which editions a person means: paths, names on the shelf, or the whole shelf; and which settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.errors import EditionError, UsageError

if TYPE_CHECKING:
    from galactica.library import Settings, Shelf

SUFFIX = ".edition"


def open_shelf(folder: Path | None) -> Shelf:
    """The shelf at `folder` (from --shelf or GALACTICA_SHELF), else the person's own."""
    from galactica.library import Shelf

    return Shelf.default() if folder is None else Shelf(folder)


def open_settings(folder: Path | None) -> Settings:
    """The settings in `folder` (from --config or GALACTICA_CONFIG), else the person's own."""
    from galactica.library import Settings

    return Settings.default() if folder is None else Settings(folder)


def chosen(named: Sequence[str] | None, shelf: Path | None) -> tuple[Path, ...]:
    """The editions meant by `-e` and arguments; without any, all on the shelf.

    Raises:
        EditionError: a name that is neither a path nor on the shelf.
        UsageError: nothing named and nothing on the shelf.
    """
    if named:
        return tuple(_one(name, shelf) for name in named)
    found = tuple(open_shelf(shelf).editions())
    if not found:
        raise UsageError(
            "No edition is named, and your shelf is empty.",
            "Name one with -e PATH, or put one on the shelf: galactica shelf add PATH.",
        )
    return found


def one_chosen(named: str, shelf: Path | None) -> Path:
    """The edition meant by one argument."""
    return _one(named, shelf)


def _one(name: str, shelf: Path | None) -> Path:
    path = Path(name)
    if path.exists():
        return path
    editions = tuple(open_shelf(shelf).editions())
    for edition in editions:
        if name in (edition.name, edition.name.removesuffix(SUFFIX)):
            return edition
    names = ", ".join(edition.name.removesuffix(SUFFIX) for edition in editions[:20])
    raise EditionError(
        f"There is no edition {name}: neither a path nor a name on the shelf.",
        f"On the shelf: {names}." if names else "Name a folder that galactica build made.",
    )
