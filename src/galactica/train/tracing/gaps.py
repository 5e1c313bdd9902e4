"""Ascending rows, as gaps in few bits: the links of an index, packed in blocks and unpacked many at a time.

`links[row]` is the row of the suffix that begins one piece later. Within the rows of one piece links ascend, so a block
of `BLOCK` links is kept as its first and the gaps to each next (modulo the number of rows: where another piece begins,
links fall), in groups of `GROUP` that have one width. A group of eight gaps of w bits is w bytes.

Source: links, and search over them: Sadakane, "New text indexing functionalities of the compressed suffix arrays"
(2003).
Width by groups: measured 2026-11-29 on 64 MB of English and 18 MB of Chinese articles, bits for each link: blocks of 64
in one width 12.3 and 11.9; groups of 16 in blocks of 32 11.8 and 11.3; groups of 8 in blocks of 32 11.5 and 10.8.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BLOCK = 32
GROUP = 8
GROUPS = BLOCK // GROUP
WIDEST_GAP = 32
"""Bits of a gap: rows are below 2³¹ (`ordering.MOST_PIECES`)."""

_AT_ONCE = 2**20
"""Links that are packed at a time; whole blocks."""

TAIL = 8
"""Bytes of zero behind the last group: gaps are read as 64-bit numbers."""


def pack_links(
    links: npt.NDArray[np.int32],
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Links → (first of each block: `uint32 [blocks]`, widths: `uint8 [blocks, GROUPS]`, gaps: `uint8 [bytes]`).

    The last block is filled up with its last link. Gaps have no tail.
    """
    rows = len(links)
    packed = [_pack_blocks(links[start : start + _AT_ONCE], rows) for start in range(0, rows, _AT_ONCE)]
    firsts, widths, gaps = (np.concatenate([each[number] for each in packed]) for number in range(3))
    return firsts.astype(np.uint32), widths.astype(np.uint8), gaps.astype(np.uint8)


def _pack_blocks(
    links: npt.NDArray[np.int32], rows: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The same of some blocks."""
    blocks = -(-len(links) // BLOCK)
    filled = np.empty(blocks * BLOCK, np.int64)
    filled[: len(links)] = links
    filled[len(links) :] = links[-1]
    gaps = np.zeros((blocks, BLOCK), np.int64)
    lines = filled.reshape(blocks, BLOCK)
    np.subtract(lines[:, 1:], lines[:, :-1], out=gaps[:, 1:])
    gaps[gaps < 0] += rows
    groups = gaps.reshape(-1, GROUP)
    widths = np.frexp(groups.max(axis=1).astype(np.float64))[1].astype(np.uint8)  # 0 for 0, else bits of the number
    ends = np.cumsum(widths, dtype=np.int64)
    out = np.zeros(int(ends[-1]), np.uint8)
    for width in np.unique(widths):
        if width:
            chosen = np.flatnonzero(widths == width)
            out[(ends[chosen] - width)[:, None] + np.arange(width)] = _packed(groups[chosen], int(width))
    return lines[:, 0].astype(np.uint32), widths.reshape(blocks, GROUPS), out


def _packed(groups: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.uint8]:
    """`int64 [n, GROUP]` → `uint8 [n, width]`, the first gap in the lowest bits."""
    out = np.zeros((len(groups), width), np.uint8)
    for number in range(GROUP):
        low = number * width
        for byte in range(low // 8, -(-(low + width) // 8)):
            shift = 8 * byte - low
            value = groups[:, number] >> shift if shift >= 0 else groups[:, number] << -shift
            out[:, byte] |= (value & 255).astype(np.uint8)
    return out


_NUMBERS = np.arange(GROUP, dtype=np.int64)
_LOW = _NUMBERS[None, :] * np.arange(WIDEST_GAP + 1, dtype=np.int64)[:, None]
_BYTE, _SHIFT = _LOW >> 3, (_LOW & 7).astype(np.uint64)
_MASK = np.array([(1 << w) - 1 for w in range(WIDEST_GAP + 1)], np.uint64)


def unpack_links(
    first: npt.NDArray[np.int64],
    widths: npt.NDArray[np.uint8],
    begins: npt.NDArray[np.int64],
    gaps: npt.NDArray[np.uint64],
    rows: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """The links of some blocks.

    Args:
        first: `int64 [n]`, the first link of each block.
        widths: `uint8 [n, GROUPS]`, at most `WIDEST_GAP`.
        begins: `int64 [n]`, where the gaps of each block begin.
        gaps: of the whole index as overlapping 64-bit numbers, one for each byte.
        rows: `int64 [n]`, rows of the part that each block is in.

    Returns:
        `int64 [n, BLOCK]`, each from 0 to its rows - 1.
    """
    where = np.cumsum(widths, axis=1, dtype=np.int64)
    where += begins[:, None] - widths
    values = gaps[where[:, :, None] + _BYTE[widths]]
    values >>= _SHIFT[widths]
    values &= _MASK[widths][:, :, None]
    links = np.cumsum(values.reshape(len(first), BLOCK), axis=1, dtype=np.uint64).view(np.int64)
    links += first[:, None]
    over = np.flatnonzero(links[:, -1] >= rows)  # a division for each link would be a third of the time
    links[over] %= rows[over, None]
    return links


_INSIDE = np.arange(BLOCK, dtype=np.int64)


def rows_below(
    links: npt.NDArray[np.int64],
    row: npt.NDArray[np.int64],
    rows: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    link: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """How many rows of each block come before the first of the rows [low, high) whose link is `link` or higher.

    Args:
        links: `int64 [n, BLOCK]`, as `unpack_links`.
        row: `int64 [n]`, the first row of each block.
        rows: `int64 [n]` each, low and high.
        link: `int64 [n]`.
    """
    before = rows[0] - row
    inside = (links < link[:, None]) & ((rows[1] - row)[:, None] > _INSIDE)
    inside |= before[:, None] > _INSIDE
    found: npt.NDArray[np.int64] = inside.sum(axis=1, dtype=np.int64)
    return found
