"""The model of CFDP class 2 that `spread_mars` counts with, beside cfdp-py's own state machines, on small files.

Both send the same files over the same link, in virtual time, with other chance each time; compared is when the median
file and the last one have arrived, on average. Nothing of it runs where cfdp-py is not installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from galactica.spread.late.simulated import Simulation
from galactica.spread.plan import LinkProfile

FILES, SEGMENTS, PDU = 30, 40, 1400
Model = Callable[[Sequence[int], LinkProfile, float, Random], NDArray[np.float64]]


class _Earth:
    """Sends files by cfdp-py: those under way first, then the next."""

    def __init__(self, sending: Sequence[object]) -> None:
        self._waiting = list(sending)
        self._under_way: list[object] = []

    def receive(self, now: float, sender: str, raw: bytes) -> None:
        for each in self._under_way:
            each.receive(raw)  # type: ignore[attr-defined]

    def send(self, now: float, receiver: str) -> bytes | None:
        for each in self._under_way:
            raw: bytes | None = each.send()  # type: ignore[attr-defined]
            if raw is not None:
                return raw
        if not self._waiting:
            return None
        self._under_way.append(self._waiting.pop(0))
        return self.send(now, receiver)

    def wakes(self, now: float) -> float:
        return now + 30


def check_model(model: Model, *, runs: int = 4) -> dict[str, object]:
    """Seconds until the median file and the last one have arrived: by the model, by cfdp-py, at two losses."""
    if importlib.util.find_spec("cfdppy") is None:
        return {"cfdp-py": "not installed"}
    figures: dict[str, object] = {}
    for loss in (0.05, 0.2):
        link = LinkProfile(rate=8 * (PDU + 28) * 10, loss=loss, delay=1200)
        made = [model([SEGMENTS] * FILES, link, 10, Random(seed)) for seed in range(40)]
        real = [_played(link, seed) for seed in range(runs)]
        row = {"model": _summed(made), "cfdp-py": _summed(real)}
        figures[f"loss {loss:.0%}"] = row
        said = ", ".join(f"{who} {each['median']:,.0f} and {each['last']:,.0f} s" for who, each in row.items())
        print(f"CFDP at {loss:.0%}, median file and last: {said}")
    return figures


def _summed(runs: Sequence[NDArray[np.float64]]) -> dict[str, float]:
    """Of files that arrived at all; what cfdp-py gives up or is stuck with is counted."""
    whole = [each[np.isfinite(each)] for each in runs]
    return {
        "median": mean(float(np.median(each)) for each in whole),
        "last": mean(float(each.max()) for each in whole),
        "never": 1 - sum(map(len, whole)) / sum(map(len, runs)),
    }


def _played(link: LinkProfile, seed: int) -> NDArray[np.float64]:
    """When each file arrived, by cfdp-py."""
    from spacepackets import countdown

    from galactica.spread.late.cfdp import CfdpReceiving, CfdpSending, CfdpTimes

    logging.disable(logging.CRITICAL)
    simulation = Simulation(seed)
    times = CfdpTimes(answer=2 * link.delay + 60, tries=50)
    done: dict[str, float] = {}

    class Mars(CfdpReceiving):
        def receive(self, now: float, sender: str, raw: bytes) -> None:  # type: ignore[override]
            super().receive(raw)

        def send(self, now: float, receiver: str) -> bytes | None:  # type: ignore[override]
            return super().send()

        def wakes(self, now: float) -> float:
            return now + 30

    real, countdown.time_ms = countdown.time_ms, lambda: round(simulation.now * 1000)
    try:
        with tempfile.TemporaryDirectory() as place:
            sending = []
            for number in range(FILES):
                content = hashlib.shake_128(b"%d" % number).digest(SEGMENTS * 1384 - 100)
                file = Path(place) / str(number)
                file.write_bytes(content)
                name = hashlib.sha256(content).hexdigest()
                sending.append(CfdpSending(file, name, number, acknowledged=True, times=times))

            def arrived(name: str, path: Path) -> None:
                done.setdefault(name, simulation.now)

            mars = Mars(Path(place) / "in", arrived, times)
            simulation.party("earth", _Earth(sending))
            simulation.party("mars", mars)
            simulation.connect("earth", "mars", link)
            simulation.connect("mars", "earth", link)
            for hour in range(1, 40):
                simulation.run(3600.0 * hour)
                if len(done) == FILES:
                    break
    finally:
        countdown.time_ms = real
        logging.disable(logging.NOTSET)
    return np.array([*done.values(), *[float("inf")] * (FILES - len(done))])
