"""Shards made of others, block by block: a matrix over GF(256) applied by XOR of packets.

A block of a shard is cut into eight packets, one for each bit of a symbol: bit b of byte c of packet i is bit i of
symbol 8·c + b. Multiplying a symbol by an element is eight sums of its bits, so that whole packets are XORed, 64 bits
at a time, and no table is looked into. Memory: inputs, outputs, and what is computed on the way, some megabytes;
packets of 8 KiB stay in the cache of a core.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from itertools import starmap

import numpy as np
import numpy.typing as npt

from galactica.codes.cauchy.field import bit_rows
from galactica.codes.cauchy.schedule import XorPlan, schedule

PACKETS = 8
"""Of a block: one for each bit of a symbol."""

BLOCK_STEP = 64
"""A block is a multiple of so many bytes: eight packets of whole 64-bit words."""

Bytes = npt.NDArray[np.uint8]


class Mixer:
    """Computes rows of a matrix over blocks that lie in `inputs`; the results lie in `outputs`.

    Args:
        matrix: elements of GF(256), a row for each output, a column for each input.
        block: bytes of a block, a multiple of `BLOCK_STEP`.
        batch: blocks that are computed at once: where they are small, a call for each XOR would cost more than the XOR.

    Attributes:
        inputs: uint8 [columns, batch * block], for the caller to fill: blocks of a shard one behind another.
        outputs: uint8 [rows, batch * block], valid until `mix` is called again.

    Raises:
        ValueError: another size of block.
    """

    def __init__(self, matrix: Sequence[Sequence[int]], block: int, batch: int = 1) -> None:
        if block <= 0 or block % BLOCK_STEP:
            raise ValueError(f"a block has a multiple of {BLOCK_STEP} bytes")
        plan = _planned(tuple(tuple(row) for row in matrix))
        columns = plan.inputs // PACKETS
        rows, width = plan.outputs // PACKETS, batch * block // PACKETS
        self.inputs: Bytes = np.zeros((columns, batch * block), dtype=np.uint8)
        self.outputs: Bytes = np.zeros((rows, batch * block), dtype=np.uint8)
        self._shape = (batch, PACKETS, block // PACKETS)
        # One behind another, packets of the same number of all blocks are one packet: fewer and longer XORs.
        self._inputs = self.inputs if batch == 1 else np.zeros_like(self.inputs)
        self._outputs = self.outputs if batch == 1 else np.zeros_like(self.outputs)
        spare = np.zeros((plan.spare, width), dtype=np.uint8)
        packets = [
            *self._inputs.reshape(-1, width).view(np.uint64),
            *self._outputs.reshape(-1, width).view(np.uint64),
            *spare.view(np.uint64),
        ]
        zeros = np.zeros(width // 8, dtype=np.uint64)
        self._xors = [
            (packets[step.left], packets[step.right] if step.right >= 0 else zeros, packets[step.target])
            for step in plan.steps
        ]

    def mix(self) -> Bytes:
        """Compute `outputs` of what lies in `inputs` now."""
        batch, count, width = self._shape
        if batch > 1:
            blocks = self.inputs.reshape(-1, batch, count, width)
            np.copyto(self._inputs.reshape(-1, count, batch, width), blocks.swapaxes(1, 2))
        deque(starmap(np.bitwise_xor, self._xors), maxlen=0)  # the loop in C: a call takes less than half a microsecond
        if batch > 1:
            packets = self._outputs.reshape(-1, count, batch, width)
            np.copyto(self.outputs.reshape(-1, batch, count, width), packets.swapaxes(1, 2))
        return self.outputs


@lru_cache(32)
def _planned(matrix: tuple[tuple[int, ...], ...]) -> XorPlan:
    return schedule(np.block([[bit_rows(element) for element in row] for row in matrix]))
