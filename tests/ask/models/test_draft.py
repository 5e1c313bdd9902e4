"""What is taken of a model's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.models import drafted


@pytest.mark.parametrize(
    ("reply", "taken"),
    [
        ("Warsaw lies on the Vistula. [1]", [("Warsaw lies on the Vistula.", (1,))]),
        ("Warsaw lies on the Vistula [1].", [("Warsaw lies on the Vistula.", (1,))]),
        ("Warsaw lies on the Vistula [1, 2].", [("Warsaw lies on the Vistula.", (1, 2))]),
        ("Warsaw lies on the Vistula. [1][2]", [("Warsaw lies on the Vistula.", (1, 2))]),
        ("It is old. [2] It is large. [1]", [("It is old.", (2,)), ("It is large.", (1,))]),
        ("It is old [2]. It is large [1].", [("It is old.", (2,)), ("It is large.", (1,))]),
        ("- It is old. [2]\n- It is large. [1]", [("It is old.", (2,)), ("It is large.", (1,))]),
        ("1. It is **old**. [2]", [("It is old.", (2,))]),
        ("华沙位于维斯瓦河畔。[1]", [("华沙位于维斯瓦河畔。", (1,))]),
        ("It measures 3.5 km. [3]", [("It measures 3.5 km.", (3,))]),
        ("Same. [1]\nSame. [1]", [("Same.", (1,))]),
    ],
)
def test_sentences_with_their_numbers(reply, taken):
    assert list(drafted(reply, 3).sentences) == taken


@pytest.mark.parametrize(
    "reply",
    [
        "Warsaw lies on the Seine.",
        "Warsaw lies on the Seine. [4]",
        "Warsaw lies on the Seine. [0]",
        "Warsaw lies on the Seine. [1][99]",
        "Warsaw lies on the Seine. [one]",
        "Warsaw lies on the Seine. (1)",
        "See https://evil.example/x for more. [1]",
        "See evil.com for more. [1]",
        "See www.evil for more. [1]",
        "Go to [the page](//evil/x). [1]",
        "![picture](x) [1]",
        "Write to me@evil.example. [1]",
        "The host 10.0.0.1 answers. [1]",
        "<script>alert(1)</script> Warsaw. [1]",
        "{'tool': 'sql'} [1]",
        "```sql [1]",
        "[1]",
        "... [1]",
        "a" * 600 + ". [1]",
        "",
    ],
)
def test_what_is_not_taken(reply):
    assert drafted(reply, 3).sentences == ()


def test_what_was_not_taken_is_counted():
    found = drafted("Good. [1]\nBad.\nWorse. [9]", 3)
    assert found.sentences == (("Good.", (1,)),)
    assert found.refused == 2


def test_none_is_none():
    assert drafted("NONE", 3).none
    assert drafted("NONE.", 3).none
    assert not drafted("None of the rivers is long. [1]", 3).none


def test_signs_that_turn_the_writing_are_taken_out():
    assert drafted("Warsaw\u202e lies\u200b on\x1b[31m it. [1]", 3).sentences == (("Warsaw lies on[31m it.", (1,)),)


@given(st.text(max_size=300), st.integers(0, 5))
def test_nothing_raises_and_no_number_is_invented(reply, given_):
    found = drafted(reply, given_)
    assert all(1 <= number <= given_ for _, numbers in found.sentences for number in numbers)
    assert all(numbers and text for text, numbers in found.sentences)


def test_much_is_read_only_so_far():
    assert len(drafted("So it is said. [1]\n" * 100_000, 1).sentences) == 1
    assert len(drafted("\n".join(f"Number {n} it is. [1]" for n in range(100)), 1).sentences) == 6
