"""The curve of a training as a picture: what a token costs as it learns, and what held-back text costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from galactica.codes.curves import Axis, PlottedLine, draw_curves, even_ticks
from galactica.train.lm.keeping import LossPoint

_POWERS = ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""))


def loss_png(name: str, curve: Sequence[LossPoint]) -> bytes:
    """A PNG: bits a token, and bits a byte held back, over tokens learned from.

    Args:
        name: of the model; letters of ASCII are shown.
        curve: at least one point, in order of steps.
    """
    bits = [(float(each.tokens), each.loss / math.log(2)) for each in curve]
    held = [(float(each.tokens), each.held) for each in curve if each.held is not None]
    lines = [PlottedLine(name="bits a token, learned from", points=bits)]
    if held:
        lines.append(PlottedLine(name="bits a byte, held back", points=held))
    most = max(value for _, value in [*bits, *held])
    end = float(max(each.tokens for each in curve))
    high = max(1.0, math.ceil(most))
    power, sign = next(each for each in _POWERS if end >= each[0] or each[0] == 1.0)
    across = Axis(
        low=0.0,
        high=end,
        ticks=[(value * power, f"{said}{sign}") for value, said in even_ticks(0, end / power, 8)],
        name="tokens learned from",
    )
    up = Axis(low=0.0, high=high, ticks=even_ticks(0, high, 8), name="bits")
    return draw_curves(f"{name[:40]}: {end / power:.3g}{sign} tokens", lines, across=across, up=up)
