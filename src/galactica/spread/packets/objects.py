"""Whole objects, each under its hash: `ab/abcdef…`, as a publication has them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from galactica.codes.files import whole
from galactica.spread.packets.layout import SentObject


class ObjectFolder:
    """A folder of objects; made if missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, digest: bytes) -> Path:
        """Where an object lies, or would."""
        name = digest.hex()
        return self.folder / name[:2] / name

    def has(self, sent: SentObject) -> bool:
        """Whether it is there. It was checked when it was put there; whoever reads it checks it again."""
        try:
            return self.path(sent.hash).stat().st_size == sent.size
        except OSError:
            return False

    def put(self, sent: SentObject, chunks: Iterable[bytes | memoryview]) -> bool:
        """Keep these bytes, if they are the object; whether they are. They outlast a loss of power.

        Raises:
            OSError: they cannot be written.
        """
        target = self.path(sent.hash)
        target.parent.mkdir(exist_ok=True)
        digest = hashlib.sha256()
        with suppress(_OtherBytesError), whole(target, durable=True) as part:
            with part.open("wb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    file.write(chunk)
            if digest.digest() != sent.hash:
                raise _OtherBytesError
        return digest.digest() == sent.hash


class _OtherBytesError(Exception):
    """The bytes are not those of the object."""
