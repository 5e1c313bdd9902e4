"""Borders that are told from bytes at once are those of the rule, and units are pieces or parts of pieces."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.train.loading.borders import END, PADDING, Joints, unit_starts
from galactica.train.loading.words import cut_pieces
from tests.properties import examples

ALL_JOINED = Joints.of([b"\x80\xe4"])
"""Of a token that begins and ends inside of a sign: any two may be joined."""

RUNS = st.builds(
    lambda sign, times: sign * times,
    st.sampled_from(["a", "ß", "ท", "1", ".", "、", " ", "\n", "\u3000", "中", "か", "𠀀", "'", "’", "😀"]),
    st.sampled_from([1, 2, 3, 4, 7, 12, 13, 16, 17, 25, 64, 65, 130]),
)
JOINTS = st.sampled_from([" ", "'s", "'re", "'ve", "’ll", "'t ", "d", "'", " '", "1999", " 20150", "é's", "x", "中文"])
TEXTS = st.lists(RUNS | JOINTS | st.text(max_size=5), max_size=12).map("".join)


def units(texts: list[str], joints: Joints) -> list[list[str]]:
    """The units of texts."""
    mark = bytes((END,))
    raw = mark + mark.join(text.encode() for text in texts) + mark
    data = np.frombuffer(raw + bytes(PADDING), np.uint8)
    starts = unit_starts(data, len(raw), joints).tolist()
    found: list[list[str]] = []
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        if raw[start] == END:
            assert end == start + 1
            found.append([])
        else:
            found[-1].append(raw[start:end].decode())
    assert found.pop() == []
    return found


@given(st.lists(TEXTS, min_size=1, max_size=4))
@examples(300)
def test_borders_are_those_of_the_rule(texts: list[str]) -> None:
    assert units(texts, ALL_JOINED) == [cut_pieces(text) for text in texts]


@pytest.mark.parametrize("joint", ["", " ", "a", "1", "中", "'s", "\u0301"])
def test_borders_are_those_of_the_rule_at_every_code_point(joint: str) -> None:
    every = [chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000]
    text = joint.join(every[:: 3 if joint else 1])
    assert units([text], ALL_JOINED) == [cut_pieces(text)]


@given(TEXTS)
@examples(100)
def test_units_are_pieces_or_parts_of_pieces(text: str) -> None:
    pieces, found = cut_pieces(text), units([text], Joints.of(["灯塔".encode(), "中文".encode()]))[0]
    ends = set(np.cumsum([len(piece) for piece in found]).tolist())
    assert "".join(found) == text
    assert ends.issuperset(np.cumsum([len(piece) for piece in pieces]).tolist())


def test_han_is_parted_where_no_token_lies_across() -> None:
    joints = Joints.of(["灯塔".encode(), "在港".encode(), b" light"])
    assert units(["灯塔在港口的灯塔"], joints) == [["灯塔", "在港", "口", "的", "灯塔"]]


def test_a_token_that_ends_inside_of_a_sign_may_lie_across_to_any() -> None:
    whole, part = "塔".encode(), "在".encode()[:1]
    assert units(["灯塔在港口"], Joints.of([whole + part])) == [["灯", "塔在", "港", "口"]]
    assert units(["灯塔在港口"], Joints.of([whole[-1:] + "港".encode()])) == [["灯", "塔", "在港", "口"]]
    assert units(["灯塔在港口"], Joints.of([whole[-1:] + part])) == [["灯塔在港口"]]
