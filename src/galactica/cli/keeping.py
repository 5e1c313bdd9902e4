"""Verbs of the shelf (add, rm, ls), and version."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica import __version__
from galactica.cli.choice import open_shelf
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ShelfFolder
from galactica.cli.terminal import size, tell, write, write_json
from galactica.errors import GalacticaError
from galactica.hints import word
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import Shelf


@verb
def add_to_shelf(
    editions: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Editions to put on the shelf.")],
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Put editions on the shelf."""
    kept = open_shelf(shelf)
    for edition in editions:
        kept.add(edition)
    _say(kept, as_json)


@verb
def rm(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names as galactica shelf ls shows them.")],
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Take editions off the shelf. One that only stands there by a link stays where it is."""
    kept = open_shelf(shelf)
    for name in names:
        kept.remove(name)
    _say(kept, as_json)


def _say(kept: Shelf, as_json: bool) -> None:
    """What stands on the shelf now."""
    editions = tuple(kept.editions())
    if as_json:
        from galactica.wire.program import ShelfDocument

        write_json(ShelfDocument(editions=[str(path) for path in editions]))
        return
    tell(f"On the shelf: {counted(len(editions), 'edition')}.")
    _tell_older(kept)


def _tell_older(kept: Shelf) -> None:
    """Which editions on the shelf are not read any more unless they are named."""
    for old, new in sorted(kept.replaced().items()):
        tell(
            f"{new.name} is a newer edition of {old.name}, which is no longer asked unless it is named: -e {word(old)}"
        )


@verb
def ls(shelf: ShelfFolder = None, as_json: AsJson = False) -> None:
    """Show what stands on the shelf."""
    from galactica import library

    found, broken = [], []
    for path in open_shelf(shelf).editions():
        try:
            found.append((path, library.info(path)))
        except GalacticaError as error:
            broken.append((path, error))
    for path, fault in broken:
        tell(f"{path.name}: {fault.problem} {fault.remedy}")
    if as_json:
        from galactica.wire.edition import info_document

        write_json(info_document([(path, value, library.known(path)) for path, value in found]))
        return
    for path, value in found:
        write(f"{path.name}  {counted(value.articles, 'article')}  {size(value.bytes)}  {value.title}")
    _tell_older(open_shelf(shelf))
    if not found and not broken:
        tell("The shelf is empty. Put an edition on it: galactica shelf add PATH.")


@verb
def version(as_json: AsJson = False) -> None:
    """Say which version this is."""
    if as_json:
        from galactica.wire.program import VersionDocument

        write_json(VersionDocument(version=__version__, python=platform.python_version(), platform=platform.platform()))
        return
    write(f"galactica {__version__} (Python {platform.python_version()}, {platform.platform()})")
