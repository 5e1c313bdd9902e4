"""A way that packets go, in numbers: rate, loss, bursts, light time, when it is open; four ways that have a name.

Rules:

1. Time is in seconds since the sender began; `loss` is of packets; whoever knows bit errors uses `loss_of_bits`.
2. Losses come in runs as in the model of Gilbert (1960): a good state that loses nothing, a bad one that loses all.
   `burst` is the mean length of a run of lost packets; chance alone gives 1/(1 − loss), and nothing below it is taken.
3. The sender is silent outside of `windows` and within `silences`: a conjunction, an antenna that is needed elsewhere.
   It goes on sending within `outages`, and all of it is lost: rain, a receiver that is switched off.

Distances: mean distance of the Moon 384,400 km (NASA, Moon Fact Sheet); of Mars 54.6 to 401.4 million km (NASA, Mars
Fact Sheet, minimum and maximum distance from Earth); the speed of light 299,792.458 km/s is exact (SI). Moratorium of
commands around a conjunction: about two weeks (NASA/JPL, "Mars Solar Conjunction").
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from galactica.errors import UsageError

LIGHT = 299_792_458.0
"""Metres a second (SI, exact)."""
MOON = 384_400_000.0 / LIGHT
"""Seconds, one way, at the mean distance: 1.28."""
MARS_NEAR, MARS_FAR = 54.6e9 / LIGHT, 401.4e9 / LIGHT
"""Seconds, one way: 182 (3.0 minutes) and 1,339 (22.3 minutes)."""
CONJUNCTION = 14 * 86_400.0
"""Seconds for which the Sun stands between the Earth and Mars, once in 780 days."""

DAY = 86_400.0
LONGEST = 100 * 366 * DAY
"""Seconds that a plan looks ahead; beyond it, there is none."""
MOST_STRETCHES = 10_000
"""Silences, outages or windows that one channel may have."""
FASTEST = 1e13
"""Bit/s: above what any link has, and numbers stay exact."""
LONGEST_BURST = 1e7
"""Packets in a run that is lost: hours on a fast link; longer ones are outages."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stretch:
    """From `begin` until before `end`, in seconds; refused where it is empty."""

    begin: float
    end: float

    def __post_init__(self) -> None:
        if not 0 <= self.begin < self.end <= LONGEST:
            raise UsageError(
                f"No time runs from {self.begin:g} to {self.end:g} s.",
                "Give when it begins, and a length, within 100 years.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Open for so long, every so often: a satellite that comes over, an antenna that is lent for eight hours a day."""

    every: float
    open: float
    first: float = 0.0

    def __post_init__(self) -> None:
        if not (0 < self.open <= self.every <= LONGEST and 0 <= self.first <= LONGEST and self.every >= 1):
            raise UsageError(
                f"A window cannot be open for {self.open:g} s in every {self.every:g} s.",
                "Give how long it is open and how often, from one second up: 8h/24h.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkProfile:
    """A way that packets go.

    Attributes:
        rate: bit/s while it is open.
        loss: share of packets that do not arrive whole, [0, 1).
        burst: mean packets in a run of lost ones.
        delay: seconds from sender to receiver.
        windows: when it is open; None: always.
        silences: when the sender knows that nothing gets through, and sends nothing.
        outages: when nothing gets through, and the sender does not know.
        back: whether anything comes back, ever so late.
    """

    rate: float
    loss: float = 0.0
    burst: float = 1.0
    delay: float = 0.0
    windows: Windows | None = None
    silences: tuple[Stretch, ...] = ()
    outages: tuple[Stretch, ...] = ()
    back: bool = True

    def __post_init__(self) -> None:
        checks = (
            (0 < self.rate <= FASTEST, f"A rate of {self.rate:g} bit/s", "Give bits a second, above 0."),
            (0 <= self.loss < 1, f"A loss of {self.loss:g}", "Give a share below 1: 5% or 0.05."),
            (1 <= self.burst <= LONGEST_BURST, f"A burst of {self.burst:g}", "Give packets, 1 or more."),
            (0 <= self.delay <= LONGEST, f"A light time of {self.delay:g} s", "Give a time, not negative."),
            (len(self.silences) + len(self.outages) <= MOST_STRETCHES, "So many outages", "Name fewer."),
        )
        for holds, what, remedy in checks:
            if not holds:  # NaN holds nowhere
                raise UsageError(f"{what} is none that a link has.", remedy)

    @property
    def run(self) -> float:
        """Mean packets in a run of lost ones: `burst`, or what chance gives where that is more."""
        return max(self.burst, 1 / (1 - self.loss))

    @property
    def together(self) -> float:
        """Correlation of the losses of one packet and the next, [0, 1): 0 is chance alone.

        Source: E. N. Gilbert, Capacity of a burst-noise channel, Bell System Technical Journal 39 (1960): of a chain
        with P(bad → good) = 1/run and a share `loss` of bad, the second eigenvalue.
        """
        return max(0.0, 1 - 1 / (self.run * (1 - self.loss))) if self.loss else 0.0


def loss_of_bits(error: float, size: int) -> float:
    """Share of packets of `size` bytes that arrive damaged where each bit is wrong by itself with chance `error`."""
    return -math.expm1(8 * size * math.log1p(-error)) if error < 1 else 1.0


PROFILES = {
    "moon": LinkProfile(rate=10e6, loss=0.02, burst=20, delay=MOON),
    "mars": LinkProfile(
        rate=2e6,
        loss=0.05,
        burst=20,
        delay=20 * 60.0,
        windows=Windows(every=DAY, open=8 * 3600.0),
        silences=(Stretch(begin=10 * DAY, end=10 * DAY + CONJUNCTION),),
    ),
    "datacast": LinkProfile(rate=20e3, loss=0.03, burst=50, delay=0.25, back=False),
    "sneakernet": LinkProfile(rate=200e6, loss=0.0, delay=7 * DAY),
}
"""Ways by name. Round numbers to begin from, not measurements: the Moon by a relay; Mars by a shared antenna for eight
hours a day, a conjunction after ten days; a broadcast satellite at the 20 kbit/s that Othernet's had (2018), 0.25 s
over a geostationary orbit; a stick that a traveller carries for a week and that is read at 25 MB/s."""


def profile_named(name: str) -> LinkProfile:
    """A channel of `PROFILES`.

    Raises:
        UsageError: there is none of that name.
    """
    found = PROFILES.get(name)
    if found is None:
        raise UsageError(f"No link is called {name}.", f"Those with a name: {', '.join(PROFILES)}.")
    return found
