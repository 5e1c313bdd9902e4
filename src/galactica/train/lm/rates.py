"""How fast a model learns at each step, and when it ends: after so many steps, or when its time is over.

The rate rises in a straight line, stays, and falls in a straight line to 0 at the last step. With a number of steps all
of that is known before. With a time, training goes on at the full rate until what is left is what falling takes; from
there on the number of steps is known, and a run of so many steps makes the same model again. Where steps take longer
than they did, the fall is made steeper so that it ends in time: then its corners are written down, and only they make
it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from galactica.errors import InputError

Corner = tuple[int, float]
"""(step, share of the highest rate)."""

MOST_CORNERS = 10_000

LATE = 1.02
"""Steps that will take so many times the time that is left make the fall steeper."""

_REMEDY = "Train it anew (--anew)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """The rate from where it begins to fall: corners, the last with the rate 0 at the number of all steps.

    Attributes:
        corners: in order of steps; between two the rate goes in a straight line.
    """

    corners: tuple[Corner, ...]

    @property
    def steps(self) -> int:
        """Of the whole training."""
        return self.corners[-1][0]

    def share(self, step: int) -> float:
        """Of the highest rate, at a step counted from 0."""
        if step <= self.corners[0][0]:
            return self.corners[0][1]
        for (at, high), (then, low) in pairwise(self.corners):
            if step <= then:
                return high + (low - high) * (step - at) / (then - at)
        return 0.0

    def steeper(self, step: int, left: int) -> Fall:
        """The same up to `step`, then straight to 0 in `left` steps."""
        before = [corner for corner in self.corners if corner[0] < step]
        return Fall(corners=(*before, (step, self.share(step)), (step + max(1, left), 0.0)))


def fall_of(steps: int, cool: float) -> Fall:
    """The fall of a training of so many steps, of which the last share is for falling."""
    return Fall(corners=((steps - max(1, round(steps * cool)), 1.0), (steps, 0.0)))


def fall_from(step: int, cool: float) -> Fall:
    """The fall that begins after so many steps: that of `fall_of` for a number of steps with which it begins there."""
    steps = max(step + 1, round(step / (1 - cool))) if cool < 1 else step + 1
    for near in (0, 1, -1, 2, -2):
        if steps + near > step and fall_of(steps + near, cool).corners[0][0] == step:
            return fall_of(steps + near, cool)
    return Fall(corners=((step, 1.0), (steps, 0.0)))


def read_fall(given: object) -> Fall | None:
    """What a state has written down of a fall; None where none had begun.

    Raises:
        InputError: it is none.
    """
    if given is None:
        return None
    try:
        if not isinstance(given, Sequence) or not 2 <= len(given) <= MOST_CORNERS:
            raise ValueError
        corners = tuple((int(step), float(share)) for step, share in given)
    except (ValueError, TypeError, OverflowError):
        raise InputError("What was kept of the rate is none.", _REMEDY) from None
    steps, shares = [step for step, _ in corners], [share for _, share in corners]
    ordered = all(a < b for a, b in pairwise(steps)) and steps[0] >= 0
    if not ordered or not all(0 <= share <= 1 for share in shares) or shares[-1] != 0:
        raise InputError("What was kept of the rate is none.", _REMEDY)
    return Fall(corners=corners)


class RateClock:
    """Says the rate of each step and when to end.

    Args:
        warm: steps in which the rate rises.
        cool: share of the steps in which it falls.
        steps: of the whole training; None where time decides.
        seconds: that it may take; None where steps decide.
        fall: what was kept of an earlier part of the same training.
    """

    def __init__(
        self, *, warm: int, cool: float, steps: int | None, seconds: float | None, fall: Fall | None = None
    ) -> None:
        self._warm, self._cool, self._seconds = warm, cool, seconds
        self.fall = fall if fall is not None or steps is None else fall_of(steps, cool)

    def rate(self, step: int) -> float:
        """Share of the highest rate at a step, counted from 0."""
        return min(1.0, (step + 1) / max(1, self._warm)) * (self.fall.share(step) if self.fall else 1.0)

    def over(self, done: int) -> bool:
        """Whether training ends after so many steps."""
        return self.fall is not None and done >= self.fall.steps

    def look(self, done: int, spent: float, each: float) -> None:
        """See whether it is time to let the rate fall, or to let it fall faster.

        Args:
            done: steps, at least 1.
            spent: seconds of them all.
            each: seconds of one of the last steps.
        """
        if self._seconds is None:
            return
        if self.fall is None:
            if spent >= (1 - self._cool) * self._seconds:
                self.fall = fall_from(done, self._cool)
            return
        left = self.fall.steps - done
        able = int(max(0.0, self._seconds - spent) / max(each, 1e-9))
        if left > 1 and left > LATE * max(1, able):
            self.fall = self.fall.steeper(done, able)

    def expected(self, done: int, spent: float) -> int | None:
        """Steps of the whole training, as far as can be told; None where nothing can be."""
        if self.fall is not None:
            return self.fall.steps
        if self._seconds is None or not done or spent <= 0:
            return None
        return max(done, round(self._seconds * done / spent))
