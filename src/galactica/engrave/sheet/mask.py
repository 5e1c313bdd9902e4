"""The mask: a row of bits that a person can go on with by pencil, so that no content makes large black areas.

m[n] = m[n - 23] xor m[n - 18], beginning with 23 ones: a maximal sequence, which repeats after 2^23 - 1 bits, more
than a sheet has cells. (ITU-T O.150 names the same polynomial, x^23 + x^18 + 1, for testing.)
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.uint8]

FAR, NEAR = 23, 18
"""How far back the two bits lie whose exclusive or is the next one."""


@functools.lru_cache(maxsize=4)
def mask(count: int) -> Cells:
    """The first bits of the mask.

    Squaring a polynomial over two elements doubles its exponents, so that the same rule holds with both distances
    doubled, once as many bits are known: each step makes as many bits as the nearer of the two.

    Returns:
        uint8 [count], 0 or 1; read only.
    """
    bits = np.ones(max(count, FAR), dtype=np.uint8)
    known, scale = FAR, 1
    while known < count:
        while 2 * scale * FAR <= known:
            scale *= 2
        end = min(count, known + NEAR * scale)
        far, near = known - FAR * scale, known - NEAR * scale
        bits[known:end] = bits[far : far + end - known] ^ bits[near : near + end - known]
        known = end
    bits = bits[:count]
    bits.flags.writeable = False
    return bits
