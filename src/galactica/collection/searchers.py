"""What searches open editions: all of them as one, or one as if no other were open; made when it is first asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from galactica.building.meaning import encoder_for, open_meaning, word_vectors
from galactica.edition import Edition
from galactica.search.store import TextIndex

if TYPE_CHECKING:  # what searches is loaded when it is first searched
    from galactica.search import Searcher
    from galactica.search.meaning import MeaningIndex


class Searchers:
    """The searchers of open editions.

    Args:
        indexes, meanings: of the editions, in their order; None where an edition has no index of meaning (yet).
        stack: closes what is opened later.
    """

    def __init__(
        self,
        editions: Sequence[Edition],
        indexes: Sequence[TextIndex],
        meanings: Sequence[MeaningIndex | None],
        stack: contextlib.ExitStack,
    ) -> None:
        self._editions = tuple(editions)
        self._indexes = tuple(indexes)
        self.meanings = {e.root: meaning for e, meaning in zip(editions, meanings, strict=True)}
        self._alone: dict[str, Searcher] = {}
        self._stack = stack

    @cached_property
    def together(self) -> Searcher:
        """What searches all editions as one."""
        return self._searching(range(len(self._editions)))

    def of(self, root: str) -> Searcher:
        """What searches the edition with this root as if no other were open."""
        if len(self._editions) == 1:
            return self.together
        if root not in self._alone:
            self._alone[root] = self._searching([n for n, edition in enumerate(self._editions) if edition.root == root])
        return self._alone[root]

    def _searching(self, numbers: Sequence[int]) -> Searcher:
        from galactica.search import Searcher
        from galactica.search.meant import MeaningRetriever

        return Searcher(
            tuple((self._editions[number], self._indexes[number]) for number in numbers),
            meaning=MeaningRetriever(
                [self.meanings[self._editions[number].root] for number in numbers],
                encoder_for,
                again=lambda number: self._open_meaning(numbers[number]),
            ),
            vectors=word_vectors(),
        )

    def _open_meaning(self, number: int) -> MeaningIndex | None:
        """The index of meaning of an edition that had none when it was opened."""
        found = open_meaning(self._editions[number])
        if found is not None:
            self.meanings[self._editions[number].root] = self._stack.enter_context(found)
        return found
