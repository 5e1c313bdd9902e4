"""What the targets that read files have in common: bytes go through a reader, and its contract is checked."""

from __future__ import annotations

import functools
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, guarded_items
from galactica.sources.paths import clean_path
from galactica.sources.trees import TreeFile


@functools.cache
def scratch() -> Path:
    """A folder for files that a reader has to jump about in; in memory where the system has such a place."""
    place = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="galactica-fuzz-", dir=place if place.is_dir() else None))


def kept(data: bytes, name: str) -> Path:
    """The bytes as a file."""
    path = scratch() / name
    path.write_bytes(data)
    return path


def read(kind: Leaf, data: bytes, name: str) -> None:
    """Read bytes as a file of a kind.

    Raises:
        AssertionError: the reader breaks its contract.
    """
    local = kept(data, name) if kind.jumps else None
    kind.recognise(name, data[:8192])
    entry = TreeFile(
        path=name, open=lambda: cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, io.BytesIO(data)))), local=local
    )
    check(guarded_items(kind, entry, "fuzz", SourceOptions()))


def check(items: Iterable[Item]) -> None:
    """Go through what a reader yields; an `InputError` may only be the first thing there is."""
    count = 0
    try:
        for item in items:
            count += 1
            if isinstance(item, Document):
                assert clean_path(item.path) == item.path, item.path
                assert item.title or item.markup == "webpage", "a document without a title"
                for text in (item.path, item.title, item.content, item.url, *item.aliases, *item.categories):
                    text.encode()
            elif isinstance(item, Rejected):
                assert item.reason, "no reason"
                assert len(item.detail) <= 500, item.detail
                (item.where + item.detail).encode()
    except InputError as error:
        assert count == 0, f"after {count} items: {error.problem}"
        assert error.remedy, error.problem
