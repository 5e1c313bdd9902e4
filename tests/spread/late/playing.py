"""Two ends of a link in virtual time, Earth and Mars, with a release of made-up objects."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from galactica.spread.late.listener import LateListener, Reporting
from galactica.spread.late.sender import LateSender, ReportIgnored, ReportTaken
from galactica.spread.late.simulated import Mischief, SimulatedLink, Simulation
from galactica.spread.packets.events import AllArrived, ObjectArrived
from galactica.spread.plan import LinkProfile
from tests.spread.packets.sending import Release, receiver

LIGHT = 1200.0


class Earth:
    """Sends, and heeds what is reported."""

    def __init__(self, release: Release, *, deaf: bool = False, for_all: int = 4, key: bytes = b"") -> None:
        self.sender = LateSender(release.carousel(), self.find, key=key, for_all=for_all)
        self.heard: list[tuple[float, ReportTaken | ReportIgnored]] = []
        self.deaf = deaf

    @staticmethod
    def find(wish: str) -> Sequence[int]:
        return [int(wish.removeprefix("topic "))] if wish.startswith("topic ") else []

    def receive(self, now: float, sender: str, raw: bytes) -> None:
        if not self.deaf:
            self.heard.append((now, self.sender.receive(raw)))

    def send(self, now: float, receiver: str) -> bytes | None:
        return self.sender.send()

    def wakes(self, now: float) -> float:
        return math.inf

    @property
    def taken(self) -> list[tuple[float, ReportTaken]]:
        return [(time, event) for time, event in self.heard if isinstance(event, ReportTaken)]


class Mars:
    """Receives, and reports now and then; asks at certain times."""

    def __init__(self, folder: Path, *, asks: Sequence[tuple[float, str]] = (), key: bytes = b"") -> None:
        folder.mkdir(parents=True)
        self.receiver = receiver(folder)
        self.listener = LateListener(self.receiver, Reporting(reporter=b"mars0001", every=1800, key=key))
        self.asks = list(asks)
        self.arrived: dict[int, float] = {}
        self.all = math.inf

    def receive(self, now: float, sender: str, raw: bytes) -> None:
        for event in self.listener.receive(raw):
            if isinstance(event, ObjectArrived):
                self.arrived[event.place] = now
                self.listener.fulfilled(f"topic {event.place}")
            elif isinstance(event, AllArrived):
                self.all = now

    def send(self, now: float, receiver: str) -> bytes | None:
        while self.asks and self.asks[0][0] <= now:
            self.listener.wish(self.asks.pop(0)[1])
        return self.listener.report(now)

    def wakes(self, now: float) -> float:
        return min([self.listener.due(), *(time for time, _ in self.asks)])


def played(
    earth: Earth,
    mars: Mars,
    *,
    rate: float = 500,
    loss: float = 0.1,
    burst: float = 1,
    mischief: Mischief | None = None,
    seed: int = 1,
    until: float = 100_000,
) -> tuple[SimulatedLink, SimulatedLink]:
    """Let them talk until all is there; the links down and up."""
    simulation = Simulation(seed)
    simulation.party("earth", earth)
    simulation.party("mars", mars)
    down = simulation.connect("earth", "mars", LinkProfile(rate=rate, loss=loss, burst=burst, delay=LIGHT), mischief)
    up = simulation.connect("mars", "earth", LinkProfile(rate=1000, loss=loss, delay=LIGHT), mischief)
    time = 0.0
    while math.isinf(mars.all) and time < until:
        time += 300
        simulation.run(time)
    return down, up
