"""Objects lie in blocks as the format says: whole, in order, small blocks first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.spread.packets import layout
from galactica.spread.packets.layout import Layout, SentObject, lay_out


def objects(*sizes: int) -> list[SentObject]:
    return [SentObject(hash=i.to_bytes(32, "big"), size=size) for i, size in enumerate(sizes)]


def stretches(found: Layout) -> list[tuple[int, int, int]]:
    return [(piece.object, piece.start, piece.size) for block in found.blocks for piece in block.pieces]


@given(
    st.lists(st.one_of(st.integers(1, 300), st.integers(1, 300_000)), min_size=1, max_size=60),
    st.integers(32, 100).map(lambda half: 2 * half),
)
def test_every_byte_lies_in_one_place(sizes: list[int], symbol: int) -> None:
    found = lay_out(objects(*sizes), symbol)
    at = dict.fromkeys(range(len(sizes)), 0)
    for place, start, size in stretches(found):
        assert start == at[place]
        at[place] += size
    assert list(at.values()) == sizes
    for number, block in enumerate(found.blocks):
        assert block.number == number
        assert [piece.offset for piece in block.pieces] == [
            sum(piece.size for piece in block.pieces[:i]) for i in range(len(block.pieces))
        ]
        assert block.size == sum(piece.size for piece in block.pieces)
        assert block.symbols == -(-block.size // symbol) <= layout.MAX_BLOCK_SYMBOLS
    for place in range(len(sizes)):
        assert list(found.blocks_of(place)) == [
            block.number for block in found.blocks if any(piece.object == place for piece in block.pieces)
        ]


def test_blocks_grow_with_what_stands_before_them() -> None:
    found = lay_out(objects(*[6400] * 200), 64)
    counts = [block.symbols for block in found.blocks]
    assert counts == [100] * 5 + [
        200,
        200,
        300,
        300,
        400,
        500,
        600,
        800,
        1000,
        1200,
        1500,
        1900,
        2400,
        3000,
        3700,
        1500,
    ]


def test_an_object_longer_than_a_block_is_cut_and_has_its_blocks_alone_but_for_the_last() -> None:
    most = layout.MAX_BLOCK_SYMBOLS * 64
    found = lay_out(objects(100, 2 * most + 5, 10_000), 64)
    assert stretches(found) == [(0, 0, 100), (1, 0, most), (1, most, most), (1, 2 * most, 5), (2, 0, 10_000)]
    assert [block.symbols for block in found.blocks] == [2, 16384, 16384, 157]
    assert [list(found.blocks_of(place)) for place in range(3)] == [[0], [1, 2, 3], [3]]


def test_a_block_is_never_larger_than_32_mib() -> None:
    found = lay_out(objects(*[2**20] * 200), 8176)
    assert max(block.symbols for block in found.blocks) * 8176 <= 32 * 2**20


@pytest.mark.parametrize("sizes", [[], [0], [-1], [1 << 41], [5, 0]])
def test_what_cannot_be_laid_out_is_refused(sizes: list[int]) -> None:
    with pytest.raises(ValueError, match="there are no objects"):
        lay_out(objects(*sizes), 64)


def test_more_blocks_than_a_packet_can_name_are_refused() -> None:
    with pytest.raises(ValueError, match="too large for symbols"):
        lay_out(objects(*[1 << 40] * 16), 64)
