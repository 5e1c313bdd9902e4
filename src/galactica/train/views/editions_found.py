"""Where the editions of a view lie: those that are named, else where they lay when it was made; each with its root."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from galactica.edition import Edition
from galactica.edition.info import read_bounded
from galactica.errors import EditionError
from galactica.train.views.header import PLACES, ViewHeader, broken_view

MAX_PLACES = 4 * 2**20
"""Bytes of `places.json`."""


def opened_editions(path: Path, header: ViewHeader, editions: Sequence[Path]) -> list[Edition]:
    """The editions of a view in its order, each with the root that is named."""
    given: dict[str, Edition] = {}
    for each in editions:
        edition = Edition.open(each)
        given.setdefault(edition.root, edition)
    places = _places(path)
    opened = []
    for number, (root, title) in enumerate(header.editions):
        if root in given:
            opened.append(given[root])
            continue
        if number >= len(places):
            raise _missing(path, root, title, editions)
        try:
            edition = Edition.open(path / places[number])
        except EditionError as error:
            if (path / places[number] / "data" / "edition.json").is_file():
                raise  # it is there, and damaged
            raise _missing(path, root, title, editions) from error
        if edition.root != root:
            raise EditionError(
                f"{edition.path} is another edition ({edition.root[:16]}…) than the one that the view {path} is of"
                f" ({root[:16]}…).",
                "Name the folder of the right one, or make the view again: galactica dataset.",
            )
        opened.append(edition)
    return opened


def _missing(path: Path, root: str, title: str, editions: Sequence[Path]) -> EditionError:
    among = " among those named" if editions else ""
    return EditionError(
        f"The edition “{title}” ({root[:16]}…) of the view {path} is not found{among}.",
        "Name its folder with -e, or put it where it was when the view was made.",
    )


def _places(folder: Path) -> list[str]:
    """Where the editions lay when the view was made, as paths from the view's folder; none where that is not known."""
    try:
        raw = json.loads(read_bounded(folder / PLACES, MAX_PLACES))
        places = raw["editions"]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise broken_view(folder, PLACES) from error
    if not isinstance(places, list) or not all(isinstance(each, str) and each and "\0" not in each for each in places):
        raise broken_view(folder, PLACES)
    return places


def relative_place(view: Path, edition: Path) -> str:
    """An edition's place as it is written into a view: from the view's folder, with forward slashes."""
    try:
        return Path(os.path.relpath(edition.resolve(), view.parent.resolve() / view.name)).as_posix()
    except ValueError:  # another drive of Windows
        return edition.resolve().as_posix()
