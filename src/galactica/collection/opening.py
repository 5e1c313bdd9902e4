"""Open editions, to be read and searched as one library.

An edition whose index is missing, unfinished or of another root is not searched with it: `open_library` says so and
names the command that makes the index again. An index of meaning is opened where there is one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.building.meaning import open_meaning
from galactica.collection.opened import Library
from galactica.edition import Edition, bag
from galactica.errors import EditionError, UsageError
from galactica.hints import word
from galactica.search.store import TextIndex

if TYPE_CHECKING:
    from galactica.search.meaning import MeaningIndex


def open_library(editions: Sequence[Path | str] | Path | str) -> Library:
    """Open editions to be read and searched together; the same root is opened once.

    Args:
        editions: their folders; one alone need not stand in a list.

    Raises:
        UsageError: no edition was named.
        EditionError: one of them cannot be opened, or has no index that fits.
    """
    if isinstance(editions, Path | str):
        editions = [editions]
    if not editions:
        raise UsageError("No edition was named.", "Name one with -e, or put one on the shelf.")
    with contextlib.ExitStack() as stack:
        opened: dict[str, Edition] = {}
        indexes: list[TextIndex] = []
        meanings: list[MeaningIndex | None] = []
        for path in map(Path, editions):
            edition = stack.enter_context(Edition.open(path))
            if edition.root in opened:
                continue
            if bag.index_root(edition.index_dir()) != edition.root:
                raise EditionError(
                    f"The index of {path} is missing, unfinished or of another edition.",
                    f"Make it again with: galactica index {word(path)}",
                )
            opened[edition.root] = edition
            indexes.append(stack.enter_context(_open_index(edition)))
            meaning = open_meaning(edition)
            meanings.append(stack.enter_context(meaning) if meaning is not None else None)
        return Library(tuple(opened.values()), indexes, meanings, stack.pop_all())


def _open_index(edition: Edition) -> TextIndex:
    """The index of words of an edition; its remedy names the edition, so that it can be pasted."""
    try:
        return TextIndex.open(edition, edition.index_dir() / "text")
    except EditionError as error:
        raise EditionError(error.problem, f"Make it again with: galactica index {word(edition.path)}") from error
