"""What is read of an edition is compared with what it says of itself; what is broken is told as damage.

`edition.json` and the sources are compared with the root, small tables with their tree heads, files with their hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa

from galactica.codes import merkle
from galactica.edition import record
from galactica.edition.info import EditionHeader
from galactica.errors import EditionError
from galactica.faults import is_machines
from galactica.hints import word
from galactica.model import Source

_BROKEN = (OSError, pa.ArrowException, KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading a file of another shape than the format's ends in: missing columns, other types, nulls, lying counts."""


class readable:  # noqa: N801  # reads as a word: with _readable(path)
    """Turn what pyarrow and the system say of a broken file into an `EditionError`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is not None and error is not None and issubclass(kind, _BROKEN) and not is_machines(error):
            raise EditionError(
                f"{self._path} is damaged: {error}.",
                f"Run `galactica verify {word(self._path)}` to see where, then fetch or build it again.",
            ) from error


def check_named(statement: EditionHeader, sources: Sequence[Source]) -> None:
    """Raise ValueError where `edition.json` or the sources are not what the root is made of."""
    version = statement.format
    about = record.edition_record(
        version=version,
        number=statement.number,
        title=statement.title,
        languages=[tag for tag, _ in statement.languages],
        licences=statement.licences,
        parent=statement.parent,
    )
    check_head(statement, "edition", [merkle.leaf_hash(about)])
    check_head(
        statement,
        "sources",
        [
            merkle.leaf_hash(record.source_record(source, version))
            for source in sorted(sources, key=lambda each: each.key)
        ],
    )
    heads = [(name, count, bytes.fromhex(head)) for name, count, head in statement.tables]
    if record.root_of(heads, version).hex() != statement.root:
        raise ValueError("edition.json does not give the root that it states")


def check_head(statement: EditionHeader, table: str, leaves: Iterable[bytes]) -> None:
    """Raise ValueError where the records of a table are not those that the edition was made with."""
    stated = {name: head for name, _, head in statement.tables}
    if merkle.tree_head(leaves).hex() != stated.get(table):
        raise ValueError(f"the table {table!r} is not what it was when the edition was made")


def check_media(digest: bytes, content: bytes, called: str) -> None:
    """Raise ValueError where a file is not what its hash says."""
    if hashlib.sha256(content).digest() != digest:
        raise ValueError(f"the file {called!r} is not what it was when the edition was made")
