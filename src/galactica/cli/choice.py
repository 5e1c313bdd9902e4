"""Which editions a person means: paths, names on the shelf, or the whole shelf; and which settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.cli.terminal import tell
from galactica.errors import EditionError, UsageError
from galactica.hints import word
from galactica.model.said import said

if TYPE_CHECKING:
    from galactica.library import Settings, Shelf, Verified

SUFFIX = ".edition"


def open_shelf(folder: Path | None) -> Shelf:
    """The shelf at `folder` (from --shelf or GALACTICA_SHELF), else the person's own."""
    from galactica.library import Shelf

    return Shelf.default() if folder is None else Shelf(folder)


def open_settings(folder: Path | None) -> Settings:
    """The settings in `folder` (from --config or GALACTICA_CONFIG), else the person's own."""
    from galactica.library import Settings

    return Settings.default() if folder is None else Settings(folder)


def chosen(
    named: Sequence[str] | None, shelf: Path | None, *, heed: bool = True, older: bool = False
) -> tuple[Path, ...]:
    """The editions meant by `-e` and arguments; without any, those on the shelf.

    Args:
        named: paths, or names on the shelf.
        shelf: the folder of the shelf; None is the person's own.
        heed: tell the person where an edition was found damaged, or has changed since it was verified.
        older: without any, also those on the shelf of which a newer one stands there.

    Raises:
        EditionError: a name that is neither a path nor on the shelf.
        UsageError: nothing named and nothing on the shelf.
    """
    if named:
        found = tuple(_one(name, shelf) for name in named)
    else:
        found = tuple(open_shelf(shelf).editions() if older else open_shelf(shelf).current())
    if not found:
        raise UsageError(
            said("no-edition-named", "No edition is named, and your shelf is empty."),
            said("name-edition", "Name one with -e PATH, or put one on the shelf: galactica shelf add PATH."),
        )
    if heed:
        for path in found:
            warn(path)
    return found


def one_chosen(named: str, shelf: Path | None) -> Path:
    """The edition meant by one argument."""
    path = _one(named, shelf)
    warn(path)
    return path


def warn(path: Path) -> None:
    """Tell the person where what is known of an edition on this machine is not good."""
    from galactica import library

    known = library.known(path)
    if known is not None and not known.ok:
        tell(f"{path}: {unsure(known)} Check it: galactica verify {word(path)}")


def unsure(known: Verified) -> str:
    """What is known of an edition that was not found whole, or may not be any more."""
    if known.state == "damaged":
        return f"it was found DAMAGED on {known.day}."
    return f"it has CHANGED since it was verified on {known.day}; whether it is whole is not known."


def _one(name: str, shelf: Path | None) -> Path:
    path = Path(name)
    if path.exists():
        return path
    editions = tuple(open_shelf(shelf).editions())
    for edition in editions:
        if name in (edition.name, edition.name.removesuffix(SUFFIX)):
            return edition
    _check_begun(path)
    names = ", ".join(edition.name.removesuffix(SUFFIX) for edition in editions[:20])
    raise EditionError(
        said("no-edition", "There is no edition {name}: neither a path nor a name on the shelf.", name=name),
        said("on-shelf", "On the shelf: {names}.", names=names)
        if names
        else said("name-built", "Name a folder that galactica build made."),
    )


def _check_begun(path: Path) -> None:
    """Raise EditionError where an edition was meant that is being built or fetched, and is not finished."""
    from galactica.building.ground import BUILDING
    from galactica.spread.fetching.fetching import FETCHING

    for wanted in (path, path.with_name(path.name + SUFFIX)) if path.name else ():
        for ending, what, command in ((BUILDING, "build", "galactica build"), (FETCHING, "fetch", "galactica fetch")):
            if wanted.with_name(wanted.name + ending).is_dir():
                raise EditionError(
                    f"There is no edition {path} yet: a {what} of it was begun and is not finished.",
                    f"Unless it is still running, give the same {command} again: it goes on where it was stopped.",
                )
