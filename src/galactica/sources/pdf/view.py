"""From a page's own space to what is seen: points from the upper left corner, y downwards, the page turned as it says.

Text that is turned against the page is laid out in a frame turned with it, in which it runs to the right and its lines
follow each other downwards; so does vertical text, as if it were turned by a quarter.
"""

from __future__ import annotations

import math

SKEW = 1_000
"""Added to degrees in the place of a number of quarter turns."""

Box = tuple[float, float, float, float]
"""left, top, right, bottom; y downwards."""


class PageView:
    """A page as it is shown.

    Args:
        bounds: left, bottom, right, top of what is shown, in the page's space.
        rotation: quarter turns clockwise.
    """

    __slots__ = ("_bounds", "_rotation", "height", "width")

    def __init__(self, bounds: tuple[float, float, float, float], rotation: int) -> None:
        self._bounds = bounds
        self._rotation = rotation
        across, down = abs(bounds[2] - bounds[0]), abs(bounds[3] - bounds[1])
        self.width, self.height = (down, across) if rotation % 2 else (across, down)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's space as it is shown."""
        left, bottom, right, top = self._bounds
        match self._rotation:
            case 0:
                return x - left, top - y
            case 1:
                return y - bottom, x - left
            case 2:
                return right - x, y - bottom
            case _:
                return top - y, right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's space as it is shown."""
        x, y = self.point(left, bottom)
        u, v = self.point(right, top)
        return (x if x < u else u), (y if y < v else v), (u if x < u else x), (v if y < v else y)

    def turn(self, direction: tuple[float, float]) -> int:
        """Quarter turns clockwise of text that runs so in the page's space, against the page as it is shown; `SKEW` and
        the degrees clockwise where it is none."""
        across, up = direction
        skew = math.degrees(math.atan2(-up, across)) + 90 * self._rotation
        if 3 < skew % 90 < 87:
            return SKEW + round(skew) % 360
        if abs(across) >= abs(up):
            own = 0 if across >= 0 else 2
        else:
            own = 3 if up > 0 else 1
        return (own + self._rotation) % 4


def skewed(x: float, y: float, box: Box, size: float, turn: int) -> tuple[float, float, float]:
    """(left, right, base) of a letter at a point as it is shown, in the frame of text turned by no quarter.

    Args:
        box: the box around the letter as it is shown, from which its width is reckoned.
    """
    across, down = math.cos(math.radians(turn - SKEW)), math.sin(math.radians(turn - SKEW))
    wide, high = box[2] - box[0], box[3] - box[1]
    if abs(across) >= abs(down):
        width = (wide - 1.1 * size * abs(down)) / abs(across)
    else:
        width = (high - 1.1 * size * abs(across)) / abs(down)
    left = x * across + y * down
    return left, left + min(1.2 * size, max(0.2 * size, width)), y * across - x * down


def turned_box(box: Box, turn: int) -> Box:
    """A box as it is shown, in the frame of text turned by `turn` quarters clockwise."""
    left, top, right, bottom = box
    match turn:
        case 0:
            return box
        case 1:
            return top, -right, bottom, -left
        case 2:
            return -right, -bottom, -left, -top
        case _:
            return -bottom, left, -top, right


def turned_point(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point in the frame of turned text."""
    match turn:
        case 0:
            return x, y
        case 1:
            return y, -x
        case 2:
            return -x, -y
        case _:
            return -y, x
