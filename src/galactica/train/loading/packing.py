"""How documents become sequences of one length, with nothing cut away and nothing padded in between.

The rule. There are `LANES` lanes; sequence n is filled from the lanes in turn. A lane gives what is left of its
document; where that is too short, it takes the next document (`mixing`), and so on until the sequence is full. What
is left of the last one stays in the lane for its next turn. So

* documents that stand side by side in a sequence have nothing to do with each other (each ends with its own token of
  the end), and the sequences of one long document are `LANES` apart: neighbours of a batch are strangers;
* a document is read from its beginning to its end, and its parts come in order;
* where a run stands is said by what the lanes hold and how far the groups are: nothing of the past need be known.

At the very end (`epochs`) lanes that are empty are passed over, and a sequence that cannot be filled is padded.
"""

from __future__ import annotations

from collections.abc import Callable

from galactica.errors import EditionError, InputError
from galactica.train.loading.mixing import Mixture

LANES = 64
"""Sequences between two of the same document; also what bounds a state: 64 places, a kilobyte and a half of JSON."""

Stretch = tuple[int, int, int, int]
"""(document, tokens of it before, tokens, where they begin in the store): a stretch of a document in a sequence."""


class Packer:
    """Fills sequences; see the module's rule. What the lanes hold lies in lists beside each other, for speed.

    Args:
        mixture: gives documents.
        find: document → (where its tokens begin in the store, how many it has, the one of its end among them; 0 where
            it was left out).
        seq_len: tokens of a sequence.

    Attributes:
        turn: the lane that the next sequence is filled from first.
        documents, offsets, lefts: what each lane holds: a document, how many of its tokens were given, and how many
            were not; 0 where it holds none.
    """

    def __init__(self, mixture: Mixture, find: Callable[[int], tuple[int, int]], seq_len: int) -> None:
        self.mixture = mixture
        self.seq_len = seq_len
        self.turn = 0
        self.documents, self.offsets, self.lefts = [-1] * LANES, [0] * LANES, [0] * LANES
        self._places = [UNKNOWN] * LANES
        self._find = find
        self._ended = False

    def sequences(self, most: int) -> list[tuple[Stretch, ...]]:
        """The stretches of the next sequences; fewer than `most` only where everything was given."""
        found: list[tuple[Stretch, ...]] = []
        documents, offsets, lefts, places, length = self.documents, self.offsets, self.lefts, self._places, self.seq_len
        passed = 0
        while len(found) < most and passed < LANES:
            lane = self.turn
            self.turn = lane + 1 if lane + 1 < LANES else 0
            left = lefts[lane]
            if left >= length and places[lane] >= 0:
                offset, place = offsets[lane], places[lane]
                found.append(((documents[lane], offset, length, place),))
                offsets[lane], lefts[lane], places[lane] = offset + length, left - length, place + length
                passed = 0
                continue
            filled = self._filled(lane)
            if filled:
                found.append(filled)
                passed = 0
            else:
                passed += 1
        return found

    def _filled(self, lane: int) -> tuple[Stretch, ...]:
        found: list[Stretch] = []
        documents, offsets, lefts, places = self.documents, self.offsets, self.lefts, self._places
        room = self.seq_len
        while room and (lefts[lane] or self._take(lane)):
            if places[lane] < 0:
                self._resolve(lane)
            left, offset, place = lefts[lane], offsets[lane], places[lane]
            given = left if left < room else room
            found.append((documents[lane], offset, given, place))
            offsets[lane], places[lane], lefts[lane] = offset + given, place + given, left - given
            room -= given
        return tuple(found)

    def _take(self, lane: int) -> bool:
        """Put the next document that has tokens into a lane; whether there was one."""
        if self._ended:
            return False
        empty = 0
        while (document := self.mixture.take()) is not None:
            place, tokens = self._find(document)
            self.mixture.charge(tokens)
            if tokens:
                self.documents[lane], self.offsets[lane], self.lefts[lane], self._places[lane] = (
                    document,
                    0,
                    tokens,
                    place,
                )
                return True
            empty += 1
            if empty > 2 * self.mixture.documents:
                raise EditionError("No document of the view can be read.", "Repair its editions: galactica repair.")
        self._ended = True
        return False

    def _resolve(self, lane: int) -> None:
        """Find what a state says that a lane holds."""
        place, tokens = self._find(self.documents[lane])
        if tokens != self.offsets[lane] + self.lefts[lane]:
            raise InputError(
                f"The state of the loader is damaged: document {self.documents[lane]} has {tokens:,} tokens,"
                f" and not {self.offsets[lane] + self.lefts[lane]:,}.",
                "Use the state as the loader gave it; or begin anew, without a state.",
            )
        self._places[lane] = place + self.offsets[lane]


UNKNOWN = -1
"""The place of what a lane holds by a state, until its turn comes."""
