"""A text is cut the same way wherever it stands."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from galactica.train.tracing.pieces import ENDS, WIDEST, piece_masks, piece_sizes, traced_pieces

TEXTS = st.text(st.sampled_from("ab Zéжあ灯1,.\n\0"), max_size=40).map(str.encode)


def pieces_of(raw: bytes) -> list[bytes]:
    starts, pieces = traced_pieces(np.frombuffer(raw, np.uint8))
    ends = [*starts[1:].tolist(), len(raw)] if len(starts) else []
    found = [raw[start:end] for start, end in zip(starts.tolist(), ends, strict=True)]
    assert [int.from_bytes(each.ljust(WIDEST, b"\0"), "big") for each in found] == pieces.tolist()
    return found


def test_a_space_stays_with_the_word_after_it_and_marks_and_digits_stand_alone() -> None:
    found = pieces_of("In 1843, “keepers”  of Мая né".encode())
    assert [each.decode() for each in found] == [
        *("In", " 1", "8", "4", "3", ",", " “", "keepers", "”", " ", " of", " М", "а", "я", " né"),
    ]


def test_long_words_are_cut_after_every_eight_bytes() -> None:
    assert pieces_of(b" internationalisation") == [b" interna", b"tionalis", b"ation"]


def test_every_chinese_character_stands_alone() -> None:
    assert [each.decode() for each in pieces_of("灯塔 建于".encode())] == ["灯", "塔", " 建", "于"]


@given(st.one_of(TEXTS, st.binary(max_size=40)))
@example(b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\xe7\xc3")
@example(b"\xff\xff \xff")
def test_pieces_are_the_text_in_order_and_none_is_empty_or_too_wide(raw: bytes) -> None:
    found = pieces_of(raw)
    assert b"".join(found) == raw
    assert all(1 <= len(each) <= WIDEST for each in found)


@given(TEXTS, TEXTS, TEXTS)
def test_what_stands_before_and_after_changes_the_first_word_and_the_last_alone(a: bytes, b: bytes, c: bytes) -> None:
    alone = pieces_of(b)
    inside = pieces_of(a + b + c)
    starts = np.cumsum([0, *map(len, inside)]).tolist()
    begins = np.cumsum([0, *map(len, alone)]).tolist()
    letters = [each.strip(b" ")[:1].isalpha() or each[-1:] >= b"\x80" for each in alone]
    first = next((n for n, letter in enumerate(letters) if not letter), len(alone))  # behind the word it may be inside
    for number in range(first + 1, len(alone) - 1):
        assert len(a) + begins[number] in starts


@given(TEXTS)
def test_the_sizes_of_pieces_are_known_from_their_numbers(raw: bytes) -> None:
    _, pieces = traced_pieces(np.frombuffer(raw, np.uint8))
    sizes = [len(each) for each in pieces_of(raw)]
    assert piece_sizes(pieces).tolist() == sizes
    assert [bin(each).count("1") for each in piece_masks(pieces).tolist()] == [8 * size for size in sizes]


def test_what_ends_a_document_is_a_piece_of_its_own() -> None:
    starts, pieces = traced_pieces(np.frombuffer(b"a \xffb", np.uint8))
    assert starts.tolist() == [0, 1, 2, 3]
    assert pieces[2] == ENDS
