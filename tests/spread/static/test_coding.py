from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.spread.static.blocks import deflated, inflated
from galactica.spread.static.coding import Bytes, decode_list, encode_list, leb128, levels_of, values_of_levels


@given(st.integers(0, 2**48))
def test_a_varint_is_read_as_it_was_written(value: int) -> None:
    reader = Bytes(leb128(value))
    assert reader.number() == value
    assert reader.ended


@given(
    st.integers(1, 70_000).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1), min_size=1, max_size=80))
    )
)
def test_a_list_is_read_as_it_was_written(given_: tuple[int, set[int]]) -> None:
    articles, several = given_
    numbers = np.array(sorted(several), np.int64)
    levels = 1 + numbers * 7 % 255
    found, counts = decode_list(encode_list(numbers, levels, articles), articles)
    assert found.tolist() == numbers.tolist()
    assert counts.tolist() == levels.tolist()


@given(st.binary(max_size=60), st.integers(1, 2**31 - 1))
def test_any_bytes_are_a_list_or_refused(raw: bytes, articles: int) -> None:
    try:
        numbers, levels = decode_list(raw, articles)
    except ValueError:
        return
    assert len(numbers) == len(levels) <= 8 * len(raw)
    assert numbers.max() < articles
    assert (np.diff(numbers) > 0).all()


def test_a_list_that_counts_a_billion_articles_takes_no_memory() -> None:
    with pytest.raises(ValueError, match="counts"):
        decode_list(leb128(10**9) + b"\x01\x00", 2**31 - 1)


def test_levels_are_a_sixteenth_of_a_doubling_apart() -> None:
    values = np.array([2.0**-9, 1.0, 2.0, 2.0 ** (1 / 16), 2.0**9])
    assert levels_of(values).tolist() == [1, 128, 144, 129, 255]
    assert values_of_levels(levels_of(np.array([3.0])))[0] == pytest.approx(3.0, rel=0.023)


def test_what_unpacks_to_more_than_it_may_is_refused() -> None:
    bomb = deflated(bytes(10_000_000))
    assert len(bomb) < 11_000
    with pytest.raises(ValueError, match="more than it may"):
        inflated(bomb, 4096)


@pytest.mark.parametrize("spoil", [lambda raw: raw[:-1], lambda raw: raw + b"x", lambda raw: b"\xff" + raw[1:]])
def test_what_is_cut_off_or_goes_on_is_not_unpacked(spoil) -> None:
    with pytest.raises(ValueError, match="unpack"):
        inflated(spoil(deflated(b"water " * 40)))
