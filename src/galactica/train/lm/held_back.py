"""Which documents are learned from and which are held back to measure with: by the hash of their text, for good.

A document whose SHA-256 begins with a number below the share that was asked for is held back. So a text is on the same
side in every view, whatever else is in it, and two documents that say the same are never on two sides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from galactica.errors import UsageError

if TYPE_CHECKING:
    from galactica.train.views.view import DocumentFacts

SHARE = 0.01
"""Of all documents, held back unless another share is asked for."""

MOST_SHARE = 0.5

AT_ONCE = 512
"""Documents that are read at once in a scan."""


class Documents(Protocol):
    """What of a view is trained on: a view, or a part of one. See `views.view.View`."""

    hash: str
    path: Path
    sizes: npt.NDArray[np.uint32]
    groups: npt.NDArray[np.uint16]
    group_names: tuple[str, ...]
    weights: tuple[float, ...]

    @property
    def text_digests(self) -> npt.NDArray[np.uint8]:
        """`uint8 [documents, 16]`, the beginning of the SHA-256 of each text."""

    def __len__(self) -> int: ...

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        """Texts by number."""

    def scan(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        """(number, text), in order."""

    def about(self, number: int) -> DocumentFacts:
        """Where a document is from."""


class ViewPart:
    """Some documents of a view, numbered anew from 0, as a view of its own.

    Args:
        whole: the view.
        numbers: `int64 [documents]`, of its documents, ascending.
        name: what tells this part from others of the same view.
    """

    def __init__(self, whole: Documents, numbers: npt.NDArray[np.int64], name: str) -> None:
        self.whole = whole
        self.path = whole.path
        self.numbers = numbers
        self.hash = hashlib.sha256(f"{whole.hash} {name}".encode()).hexdigest()
        self.sizes: npt.NDArray[np.uint32] = whole.sizes[numbers]
        self.groups: npt.NDArray[np.uint16] = whole.groups[numbers]
        self.group_names = whole.group_names
        self.weights = whole.weights
        self.digests: npt.NDArray[np.uint8] = whole.text_digests[numbers]

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def length(self) -> int:
        """Of UTF-8, of all its documents."""
        return int(self.sizes.sum(dtype=np.uint64))

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        """Texts by number, as `View.read`."""
        return self.whole.read([int(self.numbers[number]) for number in numbers])

    def scan(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        """(number, text) in order, as `View.scan`; what is not in this part is passed over."""
        end = len(self) if stop is None else min(stop, len(self))
        if end <= start:
            return
        wanted = {int(number): at for at, number in enumerate(self.numbers[start:end].tolist(), start)}
        if 4 * len(wanted) >= int(self.numbers[end - 1] - self.numbers[start]) + 1:
            for number, text in self.whole.scan(int(self.numbers[start]), int(self.numbers[end - 1]) + 1):
                if number in wanted:
                    yield wanted[number], text
            return
        for at in range(start, end, AT_ONCE):
            several = range(at, min(at + AT_ONCE, end))
            yield from zip(several, self.read(several), strict=True)

    def about(self, number: int) -> DocumentFacts:
        """Where a document is from, as `View.about`."""
        return self.whole.about(int(self.numbers[number]))


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoParts:
    """A view in two.

    Attributes:
        learned: what is trained on.
        held: what is only measured with.
        share: of the documents, that was asked to be held back.
    """

    learned: ViewPart
    held: ViewPart
    share: float


def split_view(view: Documents, share: float = SHARE) -> TwoParts:
    """Split a view by the hashes of its texts.

    Where the share is above 0 and no hash falls below it, the documents with the lowest hash are held back: there is
    always something to measure with.

    Args:
        share: of the documents, 0 to `MOST_SHARE`.

    Raises:
        UsageError: a share out of range, or a view too small for it: nothing would be left on one side.
    """
    if not 0 <= share <= MOST_SHARE:
        raise UsageError(f"A share of {share:g} cannot be held back.", f"Give one from 0 to {MOST_SHARE:g}.")
    if not len(view):
        raise UsageError("The view has no documents.", "Make one with a wider filter: galactica dataset.")
    places = view.text_digests[:, :8].copy().view(">u8").reshape(-1).astype(np.uint64)
    held = places < np.uint64(round(share * 2**63) * 2)
    if share > 0 and not held.any():
        held = places == places.min()
    if held.all():
        raise UsageError(
            "Nothing would be left to train on: all documents of the view say the same.",
            "Make a view of more documents, or hold nothing back (--held-back 0).",
        )
    return TwoParts(
        learned=ViewPart(view, np.flatnonzero(~held), f"learned {share!r}"),
        held=ViewPart(view, np.flatnonzero(held), f"held back {share!r}"),
        share=share,
    )
