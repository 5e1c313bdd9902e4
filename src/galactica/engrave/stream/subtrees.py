"""Proofs that share what they have in common: the tree of a table cut at a height, its upper part written once.

The heads of subtrees of 2^height records are the nodes; a record's own proof leads to its node, the nodes lead to the
head. docs/formats/page.md, "N: nodes"; the tree is that of RFC 9162 §2.1.1, of which such heads are nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from galactica.codes import merkle
from galactica.engrave.stream.contents import MAX_STEPS

NODE_COPIES = 2
"""How often nodes are reckoned when a height is chosen: they are repeated, the hashes beside records are not."""


def best_height(records: int, chosen: int) -> int:
    """The height at which the proofs of `chosen` of `records` records take the fewest bytes, 0 to `MAX_STEPS`."""
    most = max(0, records - 1).bit_length()
    costs = [NODE_COPIES * -(-records // 2**height) + chosen * height for height in range(min(most, MAX_STEPS) + 1)]
    return costs.index(min(costs))


class Subtrees:
    """The tree of a table, cut at a height.

    Args:
        leaves: leaf hashes of all its records, 32 bytes each, in its order.

    Attributes:
        nodes: heads of the subtrees, in order.
    """

    def __init__(self, leaves: Sequence[bytes], height: int) -> None:
        self._leaves, self.height = leaves, height
        step = 2**height
        self.nodes = [merkle.tree_head(leaves[at : at + step]) for at in range(0, len(leaves), step)]

    def steps(self, index: int) -> tuple[bytes, ...]:
        """The hashes that lead from a record to its node, nearest first."""
        first = index >> self.height << self.height
        return tuple(merkle.inclusion_proof(self._leaves[first : first + 2**self.height], index - first))


class KnownNodes:
    """The nodes of a table that were read, to prove records by.

    Args:
        count, head: of the table, as the edition's root says them.
    """

    def __init__(self, count: int, head: bytes) -> None:
        self._count, self._head = count, head
        self._height: int | None = None
        self._nodes: dict[int, bytes] = {}
        self._known: list[bytes] = []

    def add(self, height: int, first: int, nodes: Sequence[bytes]) -> None:
        """Take in nodes; those of another height than the first that came, or beyond the last, are none."""
        most = -(-self._count // 2**height)
        if self._known or (self._height is not None and self._height != height) or first + len(nodes) > most:
            return
        self._height = height
        for at, node in enumerate(nodes, first):
            self._nodes.setdefault(at, node)
        if len(self._nodes) == most:
            found = [self._nodes[at] for at in range(most)]
            if merkle.tree_head(found) == self._head:
                self._known = found
            else:  # one of them was false: begin anew with what comes
                self._nodes.clear()
                self._height = None

    @property
    def complete(self) -> bool:
        """Whether all are there, and lead to the head."""
        return bool(self._known)

    def proves(self, raw: bytes, index: int, steps: Sequence[bytes]) -> bool:
        """Whether a record is the one at `index` of the table."""
        if not self._known or self._height is None or not 0 <= index < self._count:
            return False
        chunk = index >> self._height
        first = chunk << self._height
        size = min(2**self._height, self._count - first)
        return merkle.verify_inclusion(merkle.leaf_hash(raw), index - first, size, steps, self._known[chunk])
