"""Links in virtual time."""

from __future__ import annotations

import math

import pytest

from galactica.errors import UsageError
from galactica.spread.late.simulated import Mischief, SimulatedLink, Simulation, read_contacts
from galactica.spread.plan import LinkProfile, Stretch, Windows


class Talker:
    """Sends numbers as long as there are any, and notes what comes."""

    def __init__(self, count: int = 0, size: int = 72) -> None:
        self.left, self.size = count, size
        self.came: list[tuple[float, bytes]] = []

    def receive(self, now: float, sender: str, raw: bytes) -> None:
        self.came.append((now, raw))

    def send(self, now: float, receiver: str) -> bytes | None:
        if not self.left:
            return None
        self.left -= 1
        return self.left.to_bytes(self.size, "big")

    def wakes(self, now: float) -> float:
        return math.inf


def run(link: LinkProfile, count: int = 1000, *, mischief: Mischief | None = None, seed: int = 0) -> Talker:
    one, other = Talker(count), Talker()
    simulation = Simulation(seed)
    simulation.party("one", one)
    simulation.party("other", other)
    simulation.connect("one", "other", link, mischief)
    simulation.run(1e7)
    return other


def test_what_is_sent_arrives_in_order_and_as_late_as_rate_and_light_make_it() -> None:
    came = run(LinkProfile(rate=800, delay=1200)).came
    assert [time for time, _ in came] == pytest.approx([1200 + each for each in range(1, 1001)])
    assert [int.from_bytes(raw, "big") for _, raw in came] == list(reversed(range(1000)))


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    link, mischief = LinkProfile(rate=800, loss=0.3, burst=5), Mischief(late=9, doubled=0.1, damaged=1e-4)
    assert run(link, mischief=mischief).came == run(link, mischief=mischief).came
    assert run(link, mischief=mischief).came != run(link, mischief=mischief, seed=1).came


@pytest.mark.parametrize("burst", [1, 10])
def test_losses_are_as_many_and_in_runs_as_long_as_they_should_be(burst: float) -> None:
    link = SimulatedLink(LinkProfile(rate=1e9, loss=0.2, burst=burst), 3)
    lost = [not link.send(0, b"x") for _ in range(60_000)]
    runs = sum(now and not before for before, now in zip([False, *lost], lost, strict=False))
    assert sum(lost) / len(lost) == pytest.approx(0.2, abs=0.02)
    assert sum(lost) / runs == pytest.approx(max(burst, 1.25), rel=0.06)


def test_nothing_is_sent_in_silence_and_what_is_sent_in_an_outage_is_lost() -> None:
    link = LinkProfile(
        rate=800,
        windows=Windows(every=100, open=50),
        silences=(Stretch(begin=200, end=300),),
        outages=(Stretch(begin=100, end=120),),
    )
    times = [time for time, _ in run(link, 200).came]
    assert not any(51 < time % 100 < 100 for time in times)
    assert not any(202 < time < 300 or 102 < time < 120 for time in times)
    assert len(times) == 180


def test_packets_are_doubled_overtake_and_are_damaged() -> None:
    came = run(LinkProfile(rate=8000), 2000, mischief=Mischief(late=5, doubled=0.25, damaged=1e-3)).came
    assert len(came) == pytest.approx(2500, abs=120)
    sound = [int.from_bytes(raw, "big") for _, raw in came if int.from_bytes(raw, "big") < 2000]
    assert sound != sorted(sound, reverse=True)
    assert 1 - len(sound) / len(came) == pytest.approx(1 - 0.999**576, abs=0.05)


def test_all_bits_wrong_come_to_an_end() -> None:
    link = SimulatedLink(LinkProfile(rate=1e6), 0, Mischief(damaged=1.0))
    assert link.send(0, b"\x00\xff")[0][1] == b"\xff\x00"


def test_a_contact_plan_is_read_line_by_line() -> None:
    contacts = read_contacts("""
        # who to whom, when, how
        earth orbiter 0 8h 2M 20min 5%
        orbiter camp 9h 10min 500k 5ms 0   # as it comes over
        earth orbiter 24h 8h 4M 20min 5%
    """)
    assert [(each.sender, each.receiver, each.link.rate) for each in contacts] == [
        ("earth", "orbiter", 2e6),
        ("orbiter", "camp", 5e5),
        ("earth", "orbiter", 4e6),
    ]
    link = SimulatedLink(contacts[1].link, 0)
    assert link.free(0) == 9 * 3600
    assert link.free(9 * 3600 + 601) == math.inf


class Relay(Talker):
    """Hands on what it takes in."""

    def send(self, now: float, receiver: str) -> bytes | None:
        return self.came.pop(0)[1] if self.came else None


def test_somebody_on_the_way_keeps_and_hands_on() -> None:
    earth, orbiter, camp = Talker(100), Relay(), Talker()
    simulation = Simulation()
    for name, each in (("earth", earth), ("orbiter", orbiter), ("camp", camp)):
        simulation.party(name, each)
    simulation.plan(read_contacts("earth orbiter 0 1h 800 20min 0\norbiter camp 2h 1h 800 1s 0"))
    simulation.run(1.9 * 3600)
    assert not camp.came
    simulation.run(4 * 3600)
    assert len(camp.came) == 100
    assert camp.came[0][0] == pytest.approx(7200 + 1 + 1)


@pytest.mark.parametrize("text", ["earth mars", "a b 0 0 2M 1s 0", "a b 0 1h fast 1s 0", "a b 0 1h 2M 1s 100%"])
def test_what_is_no_contact_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_contacts(text)
