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
from dataclasses import dataclass

from galactica.errors import EditionError
from galactica.train.loading.mixing import Mixture

LANES = 64
"""Sequences between two of the same document; also what bounds a state: 64 places, a kilobyte and a half of JSON."""

Stretch = tuple[int, int, int]
"""(document, tokens of it before, tokens): a stretch of a document in a sequence."""


@dataclass(slots=True, kw_only=True)
class PackingLane:
    """What is left of a document: `offset` tokens were given, `left` were not. Without one, left is 0."""

    document: int = -1
    offset: int = 0
    left: int = 0


class Packer:
    """Fills sequences; see the module's rule.

    Args:
        mixture: gives documents.
        count: document → its tokens, the one of its end among them; 0 where it was left out.
        seq_len: tokens of a sequence.
    """

    def __init__(self, mixture: Mixture, count: Callable[[int], int], seq_len: int) -> None:
        self.mixture = mixture
        self.seq_len = seq_len
        self.lanes = [PackingLane() for _ in range(LANES)]
        self.turn = 0
        self._count = count
        self._ended = False

    def sequence(self) -> list[Stretch] | None:
        """The stretches of the next sequence; None where everything was given."""
        for _ in range(len(self.lanes)):
            lane = self.lanes[self.turn]
            self.turn = (self.turn + 1) % len(self.lanes)
            found = self._filled(lane)
            if found:
                return found
        return None

    def _filled(self, lane: PackingLane) -> list[Stretch]:
        found: list[Stretch] = []
        room = self.seq_len
        while room:
            left = lane.left
            if not left:
                if not self._take(lane):
                    break
                left = lane.left
            given = left if left < room else room
            found.append((lane.document, lane.offset, given))
            lane.offset += given
            lane.left = left - given
            room -= given
        return found

    def _take(self, lane: PackingLane) -> bool:
        """Put the next document that has tokens into a lane; whether there was one."""
        if self._ended:
            return False
        empty = 0
        while (document := self.mixture.take()) is not None:
            tokens = self._count(document)
            self.mixture.charge(tokens)
            if tokens:
                lane.document, lane.offset, lane.left = document, 0, tokens
                return True
            empty += 1
            if empty > 2 * self.mixture.documents:
                raise EditionError("No document of the view can be read.", "Repair its editions: galactica repair.")
        self._ended = True
        return False
