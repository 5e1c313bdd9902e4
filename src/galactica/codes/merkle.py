"""Merkle trees over the records of a table, hashed as Certificate Transparency does.

Standard: RFC 9162 §2.1 (Merkle tree head, inclusion proofs). Leaf: SHA-256(0x00 ‖ record); node:
SHA-256(0x01 ‖ left ‖ right); the empty tree: SHA-256 of nothing. A tree head is computed from leaf hashes in one pass
with memory of the tree's height.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32


def leaf_hash(record: bytes) -> bytes:
    """SHA-256(0x00 ‖ record), 32 bytes. Source: RFC 9162 §2.1.1."""
    digest = hashlib.sha256(b"\0")
    digest.update(record)
    return digest.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right), 32 bytes. Source: RFC 9162 §2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf, with memory of its height.

    Attributes:
        size: leaves so far.

    Source: RFC 9162 §2.1.1; the running form is §2.1.2's, one pending hash a level.
    """

    def __init__(self) -> None:
        self.size = 0
        self._pending: list[tuple[int, bytes]] = []  # (height, hash), heights strictly falling

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash, 32 bytes."""
        height, current = 0, leaf
        while self._pending and self._pending[-1][0] == height:
            current = node_hash(self._pending.pop()[1], current)
            height += 1
        self._pending.append((height, current))
        self.size += 1

    def head(self) -> bytes:
        """The head of the tree as it stands, 32 bytes; more leaves may follow."""
        if not self._pending:
            return hashlib.sha256(b"").digest()
        _, head = self._pending[-1]
        for _, left in reversed(self._pending[:-1]):
            head = node_hash(left, head)
        return head


def tree_head(leaves: Iterable[bytes]) -> bytes:
    """The head of the tree whose leaf hashes are `leaves`, in order: 32 bytes; they are read once, never held."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.head()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf `index` to the head, nearest first.

    Args:
        leaves: all 32-byte leaf hashes of the tree, in order.
        index: 0-based position of the leaf to prove.

    Raises:
        IndexError: `index` is outside the tree.

    Source: RFC 9162 §2.1.3.1.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    proof: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(tree_head(leaves[middle:high]))
            high = middle
        else:
            proof.append(tree_head(leaves[low:middle]))
            low = middle
    proof.reverse()
    return proof


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Whether `proof` shows that `leaf` stands at `index` of the tree of `size` leaves with this `head`.

    Source: RFC 9162 §2.1.3.2; the numbered steps are the standard's.
    """
    if not 0 <= index < size:  # 1
        return False
    fn, sn, current = index, size - 1, leaf  # 2, 3
    for step in proof:  # 4
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            current = node_hash(step, current)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            current = node_hash(current, step)
        fn >>= 1
        sn >>= 1
    return sn == 0 and current == head  # 5


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (size ≥ 2)."""
    return 1 << (size - 1).bit_length() - 1
