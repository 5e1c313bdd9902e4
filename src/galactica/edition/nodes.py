"""The tree of articles at the height of 64, so that one article is proved by reading the 64 that it is among.

`index/nodes` holds of every 64 leaves, in the order of ids, the id of the first and the head of their subtree: three
quarters of a byte an article. Derived like the rest of the index: whoever proves with it compares the head that it
gives with the stated one.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import TracebackType

from galactica.codes.merkle import HASH_BYTES, Tree
from galactica.model.identity import ID_BYTES

NODES = "nodes"

LEAVES = 64
"""Of a subtree. Reading 64 articles takes 80 to 210 ms (`proving`); half as many would cost twice the bytes."""


def write_nodes(path: Path, leaves: Iterable[tuple[bytes, bytes]]) -> None:
    """Write the nodes of a table of articles.

    Args:
        leaves: (id, leaf hash) of all of them, sorted by id.
    """
    with path.open("wb") as file:
        tree = Tree()
        for identity, leaf in leaves:
            if not tree.size:
                file.write(identity)
            tree.add(leaf)
            if tree.size == LEAVES:
                file.write(tree.head())
                tree = Tree()
        if tree.size:
            file.write(tree.head())


def read_nodes(path: Path, articles: int) -> list[tuple[bytes, bytes]]:
    """(id of the first article, head) of each subtree of an edition of so many articles.

    Raises:
        OSError: the file is missing.
        ValueError: it has another length, or the ids are not in order.
    """
    raw = path.read_bytes()
    if len(raw) != _ENTRY * -(-articles // LEAVES):
        raise ValueError(f"{path.name} has a broken length")
    found = [(raw[at : at + ID_BYTES], raw[at + ID_BYTES : at + _ENTRY]) for at in range(0, len(raw), _ENTRY)]
    if any(one >= other for (one, _), (other, _) in pairwise(found)):
        raise ValueError(f"{path.name} is out of order")
    return found


_ENTRY = ID_BYTES + HASH_BYTES


class Sorted:
    """Leaf hashes that come in any order and go in the order of their ids; sorted on disk, in the folder given."""

    def __init__(self, folder: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=folder, prefix="sort-")
        self._db = sqlite3.connect(Path(self._folder.name) / "leaves.sqlite", isolation_level=None)
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA journal_mode=OFF")
        # No index: ids come in no order, so that each would have its page of one read and written by itself.
        self._db.execute("CREATE TABLE leaf(id BLOB, hash BLOB)")
        self._db.execute("BEGIN")

    def add(self, identity: bytes, leaf: bytes) -> None:
        """Take one in; of several of one id the last counts."""
        self._db.execute("INSERT INTO leaf VALUES(?,?)", (identity, leaf))

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        last: tuple[bytes, bytes] | None = None
        for each in self._db.execute("SELECT id, hash FROM leaf ORDER BY id, rowid"):
            if last is not None and last[0] != each[0]:
                yield last
            last = each
        if last is not None:
            yield last

    def __enter__(self) -> Sorted:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()
        self._folder.cleanup()
