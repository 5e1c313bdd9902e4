"""Merkle trees against RFC 9162 and an independent recursive computation."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes import merkle

# Leaves and heads of the test vectors that accompany RFC 6962/9162 implementations, derived from the definition alone.
LEAVES = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43"]


def by_definition(records: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word."""
    if not records:
        return hashlib.sha256().digest()
    if len(records) == 1:
        return hashlib.sha256(b"\x00" + records[0]).digest()
    k = 1
    while k * 2 < len(records):
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(records[:k]) + by_definition(records[k:])).digest()


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert merkle.tree_head([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_single_empty_record_has_the_published_head() -> None:
    head = merkle.tree_head([merkle.leaf_hash(b"")])
    assert head.hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_heads_follow_the_definition(records: list[bytes]) -> None:
    assert merkle.tree_head(merkle.leaf_hash(r) for r in records) == by_definition(records)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_every_record_is_proved_part_of_its_tree(records: list[bytes], data: st.DataObject) -> None:
    leaves = [merkle.leaf_hash(r) for r in records]
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = merkle.inclusion_proof(leaves, index)
    head = merkle.tree_head(leaves)
    assert merkle.verify_inclusion(leaves[index], index, len(leaves), proof, head)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"forged" + records[index]), index, len(leaves), proof, head)


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=40), st.data())
def test_a_changed_proof_proves_nothing(records: list[bytes], data: st.DataObject) -> None:
    leaves = [merkle.leaf_hash(r) for r in records]
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = merkle.inclusion_proof(leaves, index)
    at = data.draw(st.integers(0, len(proof) - 1))
    bad = [*proof[:at], hashlib.sha256(proof[at]).digest(), *proof[at + 1 :]]
    head = merkle.tree_head(leaves)
    assert not merkle.verify_inclusion(leaves[index], index, len(leaves), bad, head)
    assert not merkle.verify_inclusion(leaves[index], index, len(leaves), proof[:-1], head)


def test_a_proof_for_a_leaf_outside_the_tree_is_refused() -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof([merkle.leaf_hash(r) for r in LEAVES], len(LEAVES))
    assert not merkle.verify_inclusion(b"\0" * 32, 6, 6, [], b"\0" * 32)
