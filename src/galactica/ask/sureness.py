"""How sure is an answer? The probability that it is right, from all that is known once its quotation was checked.

The best of what was marked is always worth showing; it is *the* answer only where it is more than likely right. What a
value (`weighing`) does not say, and what is added here: whether another answer comes close, how much of what is asked
the quotation speaks of, how many passages agree, and whether the quotation alone leads back to the answer.

Source: `benchmarks/ask_sureness.py`, 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.ask.asked import Asked
from galactica.ask.bearing import bearing
from galactica.ask.check import UNREAD
from galactica.ask.marking import Same
from galactica.ask.proving import Proved
from galactica.ask.weighing import chance

NAMES = (
    "value",  # over the threshold of `weighing`
    "ahead",  # of the best answer that is another one
    "bearing",  # share of what is asked that the best quotation speaks of
    "agreeing",  # passages beyond the first that give it, at most `MOST_AGREEING`
    "unread",  # 1 where the quotation alone is read otherwise
    "bias",
)

MOST_AHEAD = 6.0
MOST_AGREEING = 3

WEIGHTS = {"trained": (1.0, 0.0, 0.0, 0.0, 0.0, -2.5), "rules": (1.0, 0.0, 0.0, 0.0, 0.0, -2.5)}
"""What each counts, in the order of `NAMES`, by the name of the reader."""

UNKNOWN = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""The same for any other reader: its own threshold is even odds."""

ENOUGH = 0.5
"""The probability from which an answer is given."""


def sureness(asked: Asked, proved: Proved, groups: Sequence[Same], sides: Collection[str] = ()) -> float:
    """How sure an answer is: 0 to 1.

    Args:
        groups: all answers that were marked, it among them.
        sides: keys of those that stand beside it, not against it: the other sides of a dispute.
    """
    weights = WEIGHTS.get(asked.reader.name, UNKNOWN)
    return chance(float(signals(asked, proved, groups, sides) @ np.array(weights, np.float32)))


def signals(asked: Asked, proved: Proved, groups: Sequence[Same], sides: Collection[str] = ()) -> NDArray[np.float32]:
    """What speaks for an answer: `float32 [len(NAMES)]`; see `sureness`."""
    key = proved.group.key
    rival = max((group.value for group in groups if group.key != key and group.key not in sides), default=-np.inf)
    first = proved.citations[0]
    passages = {(m.hit.edition, m.hit.id, m.hit.passage) for m in proved.group.marked if m.value >= 0}
    row = (
        proved.value,
        min(MOST_AHEAD, max(-MOST_AHEAD, proved.value - rival)),
        bearing(asked.question, asked.tongue, first.quote, first.title, first.language),
        min(MOST_AGREEING, max(0, len(passages) - 1)),
        float(proved.checked.support <= UNREAD),
        1.0,
    )
    return np.array(row, np.float32)
