"""How long a stretch may be that is the same by chance: what is shorter says nothing of where a text is from.

Two texts of n and m pieces, drawn from the same source, have n·m·S_k pairs of places with the same k pieces, where S_k
is the probability that k pieces in a row are the same in two places. Up to three pieces S_k is counted in the view;
each piece more multiplies it by S_3 / S_2. A stretch is beyond chance from the k on for which less than `EXPECTED` are
expected.

Source: Arratia and Waterman, "An Erdős-Rényi law with shifts", Advances in Mathematics 55 (1985): the longest common
stretch of two random sequences is log(n·m) / log(1/S_1) long; here with a memory of two pieces in place of none.
"""

from __future__ import annotations

import math

from galactica.train.tracing.layout import TraceManifest

EXPECTED = 0.01
"""Stretches by chance that are expected in a whole text: one text in a hundred has one."""

FEWEST = 4
"""Pieces below which nothing is reported by default, however small the view is: three are counted, not reckoned."""


def chance_bytes(manifest: TraceManifest, pieces: int) -> int:
    """Bytes from which on a stretch is beyond chance in a text of so many `pieces`: as many as the pieces have in the
    view on average. What has as many pieces and fewer bytes (digits and marks) is more alike than the average."""
    parts = manifest.parts
    mean = sum(part.bytes for part in parts) / sum(part.pieces for part in parts)
    return math.ceil(chance_pieces(manifest, pieces) * mean)


def chance_pieces(manifest: TraceManifest, pieces: int, expected: float = EXPECTED) -> int:
    """The least number of pieces in a row that are beyond chance in a text of so many `pieces`."""
    held = sum(part.pieces for part in manifest.parts)
    two, three = (sum(part.alike[number] / part.pieces for part in manifest.parts) / held for number in (1, 2))
    further = min(three / two, 0.5)  # where a view is one text again and again, each further piece is sure to be alike
    pairs = float(held) * max(pieces, 1)
    return max(FEWEST, 3 + math.ceil(math.log(max(pairs * three / expected, 1.0)) / -math.log(further)))
