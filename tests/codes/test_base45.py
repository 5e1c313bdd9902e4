"""Base45 as RFC 9285 has it: its examples, the way back, and what is no such text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.base45 import ALPHABET, base45, from_base45

EXAMPLES = ((b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0"), (b"", ""))
"""RFC 9285 §4.3 and §4.4."""


@pytest.mark.parametrize(("plain", "text"), EXAMPLES)
def test_the_standards_own_examples(plain: bytes, text: str) -> None:
    assert base45(plain) == text
    assert from_base45(text) == plain
    assert from_base45(text.encode()) == plain


@given(st.binary(max_size=300))
def test_what_was_encoded_comes_back(plain: bytes) -> None:
    text = base45(plain)
    assert from_base45(text) == plain
    assert set(text.encode()) <= set(ALPHABET)
    assert len(text) == (3 * len(plain) + 1) // 2


@given(st.binary(max_size=40))
def test_whatever_is_taken_is_the_only_text_for_its_bytes(raw: bytes) -> None:
    try:
        plain = from_base45(raw)
    except ValueError:
        return
    assert base45(plain).encode() == raw


@pytest.mark.parametrize("text", ["A", "GGW", "ZZZ", ":::", "::", "abc", "BB8\n", "BB8A", "ÄBC", "AB\0"])
def test_what_is_no_base45_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_base45(text)
