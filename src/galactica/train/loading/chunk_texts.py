"""The texts of chunks out of a view: those of many chunks with their row groups, those of one as cheaply as few can be.

What cannot be read is an error where it is needed, is left out where that was asked for, and is passed over where it
is only read ahead.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from galactica.errors import EditionError

FEW = 64
"""Documents of a chunk that are read page by page; above it, with their row group."""

_NEAR = 3


class LoadedTexts(Protocol):
    """What is asked of a view (`views.View`)."""

    hash: str
    sizes: npt.NDArray[np.uint32]
    groups: npt.NDArray[np.uint16]
    weights: tuple[float, ...]
    path: Path

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        """Texts of documents."""


class ChunkTexts:
    """The texts of a view by chunk.

    Args:
        firsts, ends: the first document of each chunk, and the one behind its last.
        skip_damaged: leave documents out that cannot be read.
    """

    def __init__(
        self, view: LoadedTexts, firsts: Sequence[int], ends: Sequence[int], *, skip_damaged: bool = False
    ) -> None:
        self._view, self._firsts, self._ends, self._skip = view, firsts, ends, skip_damaged

    def of(self, chunks: Sequence[int], needed: int) -> dict[int, list[bytes | None]]:
        """The texts of chunks.

        Args:
            chunks: ascending.
            needed: the one that must be read.

        Returns:
            chunk → its texts, None for one that is left out; chunks that cannot be read are not among them.

        Raises:
            EditionError: a document of `needed` cannot be read, and such are not left out.
        """
        found: dict[int, list[bytes | None]] = {}
        for run in _runs(chunks):
            if len(run) > 1:
                first, end = self._firsts[run[0]], self._ends[run[-1]]
                with contextlib.suppress(EditionError):
                    raw = self._view.read(range(first, end))
                    found.update((each, [*raw[self._firsts[each] - first : self._ends[each] - first]]) for each in run)
        for chunk in chunks:
            if chunk not in found:
                try:
                    found[chunk] = self._read(self._firsts[chunk], self._ends[chunk])
                except EditionError:
                    if chunk == needed:
                        raise
        return {chunk: found[chunk] for chunk in chunks if chunk in found}

    def _read(self, first: int, end: int) -> list[bytes | None]:
        step = _NEAR if end - first <= FEW else end - first
        raw: list[bytes | None] = []
        for at in range(first, end, step):
            numbers = range(at, min(at + step, end))
            try:
                raw.extend(self._view.read(numbers))
            except EditionError:
                raw.extend(self._one(number) for number in numbers)
        return raw

    def _one(self, number: int) -> bytes | None:
        try:
            return self._view.read([number])[0]
        except EditionError as error:
            if self._skip:
                return None
            raise EditionError(
                f"Document {number} of the view {self._view.path} cannot be read: {error.problem}",
                f"{error.remedy} Or leave such documents out (skip_damaged=True).",
            ) from error


def whole_text(text: bytes) -> bytes:
    """A text in valid UTF-8; what is not becomes U+FFFD."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return text.decode("utf-8", "replace").encode()
    return text


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Ascending numbers in stretches without a gap."""
    found: list[list[int]] = []
    for number in numbers:
        if not found or number != found[-1][-1] + 1:
            found.append([])
        found[-1].append(number)
    return found
