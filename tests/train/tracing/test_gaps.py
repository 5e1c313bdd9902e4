"""Links come out of their gaps as they went in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from galactica.train.tracing.gaps import BLOCK, TAIL, pack_links, unpack_links


def unpacked(links: npt.NDArray[np.int32], rows: int) -> npt.NDArray[np.int64]:
    firsts, widths, gaps = pack_links(links)
    filled = np.concatenate([gaps, np.zeros(TAIL, np.uint8)])
    numbers = np.ndarray((len(filled) - TAIL + 1,), "<u8", filled.data, strides=(1,))
    ends = np.cumsum(widths.sum(axis=1, dtype=np.int64))
    begins = np.append(0, ends[:-1])
    found = unpack_links(firsts.astype(np.int64), widths, begins, numbers, np.full(len(firsts), rows))
    assert found.shape == (len(firsts), BLOCK)
    return found.ravel()[: len(links)]


@given(st.permutations(range(100)))
def test_a_permutation_comes_back(order: list[int]) -> None:
    links = np.array(order, np.int32)
    assert (unpacked(links, len(links)) == links).all()


def test_gaps_of_every_width_come_back() -> None:
    links = np.cumsum([0, *(1 << width for width in range(30)), *[1] * 40, *[3] * 9]).astype(np.int32)
    assert (unpacked(links, int(links[-1]) + 1) == links).all()


def test_the_widest_fall_there_is_comes_back() -> None:
    rows = 2**31 - 1
    links = np.array([rows - 1, 0, rows - 1, 1, 0] * 20, np.int32)
    firsts, widths, _ = pack_links(links)
    assert len(firsts) == 4
    assert int(widths.max()) <= 32


def test_links_that_ascend_by_one_need_a_bit_each() -> None:
    _, widths, gaps = pack_links(np.arange(1024, dtype=np.int32))
    assert widths.max() == 1
    assert len(gaps) == 1024 // 8
