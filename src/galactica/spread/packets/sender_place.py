"""Where a sender is, in a file, so that one that lost power goes on there: a schedule makes the same packets again."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from galactica.codes.files import whole
from galactica.edition.info import read_bounded
from galactica.spread.packets.carousel import Carousel, Sent

SAVED = 1.0
"""Seconds after which a sender keeps where it is: so much is sent again after a loss of power."""

MAX_STATE = 4096
"""Bytes of the file in which it keeps that."""


class SenderPlace:
    """Where a sender is: of this release, in packets of this length, by this plan.

    Args:
        path: of the file. What it says of another sender, or in another form, counts for nothing.

    Attributes:
        cycle, index: what is sent next.
        packets, bytes: that were sent by this run.
    """

    def __init__(self, path: Path, carousel: Carousel) -> None:
        self._path = path
        self._about = {"release": carousel.release.hex(), "symbol": carousel.layout.symbol, **asdict(carousel.plan)}
        self._saved = 0.0
        self.cycle = self.index = self.packets = self.bytes = 0
        self._length = carousel.schedule.packets
        try:
            kept = json.loads(read_bounded(path, MAX_STATE))
            if {name: kept[name] for name in self._about} == self._about:
                cycle, index = int(kept["cycle"]), int(kept["index"])
                if cycle >= 0 and 0 <= index <= self._length:
                    self.cycle, self.index = cycle, index
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return  # it begins at the beginning, which costs time and nothing else

    def after(self, sent: Sent, now: float) -> None:
        """A packet is on its way."""
        self.cycle, self.index = sent.cycle, sent.index + 1
        self.packets += 1
        self.bytes += len(sent.packet)
        if now - self._saved > SAVED:
            self._saved = now
            self.save()

    def save(self) -> None:
        """Keep where it is."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with whole(self._path, durable=True) as part:
            part.write_text(json.dumps({**self._about, "cycle": self.cycle, "index": self.index}), encoding="ascii")
