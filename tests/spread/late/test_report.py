"""Reports, and what hostile ones come to."""

from __future__ import annotations

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.spread.late.report import MOST_BYTES, TAG, LateReport, read_report, report_bytes

wishes = st.lists(st.text("aäб月 -", min_size=1, max_size=40), max_size=5)
reports = st.builds(
    LateReport,
    release=st.binary(min_size=6, max_size=6),
    reporter=st.binary(min_size=8, max_size=8),
    number=st.integers(0, 2**32 - 1),
    newest=st.none() | st.tuples(st.integers(0, 2**24 - 2), st.integers(0, 65_535)),
    held=st.lists(st.none() | st.integers(0, 65_535), max_size=100).map(tuple),
    wishes=wishes.map(tuple),
)


def some(**more: object) -> LateReport:
    fields = {
        "release": b"abcdef",
        "reporter": b"reporter",
        "number": 7,
        "newest": (3, 99),
        "held": (None, None, 17, 0, None, 300),
        "wishes": ("the Moon", "月"),
    }
    return LateReport(**{**fields, **more})  # type: ignore[arg-type]


@given(reports)
def test_what_is_told_is_what_is_read(report: LateReport) -> None:
    raw = report_bytes(report)
    assert len(raw) <= MOST_BYTES
    assert read_report(raw) == report


def test_a_report_is_small() -> None:
    assert len(report_bytes(some(held=(None,) * 900 + (5, 6, 7), wishes=()))) < 60


def test_a_report_of_too_many_blocks_tells_of_the_first_ones() -> None:
    raw = report_bytes(some(held=(5000,) * 10_000))
    read = read_report(raw)
    assert MOST_BYTES - 8 < len(raw) <= MOST_BYTES
    assert read.held == (5000,) * len(read.held)
    assert 500 < len(read.held) < 10_000


@pytest.mark.parametrize("at", range(len(report_bytes(some()))))
def test_every_flipped_bit_makes_it_no_report(at: int) -> None:
    raw = bytearray(report_bytes(some()))
    for bit in range(8):
        raw[at] ^= 1 << bit
        assert read_report(bytes(raw)) is None
        raw[at] ^= 1 << bit


def test_every_length_it_is_cut_off_at_makes_it_no_report() -> None:
    raw = report_bytes(some())
    assert all(read_report(raw[:size]) is None for size in range(len(raw)))
    assert read_report(raw + b"\0") is None


def test_a_report_of_another_key_is_none() -> None:
    raw = report_bytes(some(), key=b"ours")
    assert read_report(raw, key=b"ours") == some()
    assert read_report(raw) is None
    assert read_report(raw, key=b"theirs") is None


def sealed(body: bytes) -> bytes:
    return body + hashlib.blake2b(body, digest_size=TAG).digest()


HEAD = report_bytes(some())[:24]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xff\xff\xff\xff\xff",  # a number that does not end
        b"\x01\xff\xff\xff\x7f",  # a run of a quarter of a billion blocks
        b"\x02\x00\xff\xff\xff\x7f\x00",  # as many that are done
        b"\x80\x00\x00",  # a number with a nought too many
        b"\x00\xff\x01",  # more wishes than there may be
        b"\x00\x01\x05ab",  # a wish that is cut off
        b"\x00\x01\x02\xff\xfe",  # a wish that is no text
        b"\x00\x01\x00",  # a wish of nothing
        b"\x00\x00\x00",  # something behind the end
        b"\x02\x01\x01\x05\x00\x00",  # the same, behind runs
        b"\x03\x01\x00\x01\x01\x01\x00",  # a run of none, which nobody writes
    ],
)
def test_numbers_that_promise_too_much_are_refused_at_once(body: bytes) -> None:
    assert read_report(sealed(HEAD + body)) is None


def test_any_bytes_are_read_without_a_fault() -> None:
    random = Random(4)
    for _ in range(3000):
        body = bytes([0xB1]) + random.randbytes(random.randrange(0, 80))
        found = read_report(sealed(body))
        assert found is None or report_bytes(found) == sealed(body)


def test_a_wish_that_is_too_long_is_not_written() -> None:
    with pytest.raises(ValueError, match="wishes"):
        report_bytes(some(wishes=("x" * 201,)))
    with pytest.raises(ValueError, match="wishes"):
        report_bytes(some(wishes=("x",) * 17))
