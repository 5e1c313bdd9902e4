"""A talk between Earth and Mars, in virtual time: nobody waits, and lies harm nobody."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random

import pytest

from galactica.spread.late.held import held_in
from galactica.spread.late.report import LateReport, report_bytes
from galactica.spread.late.sender import ReportIgnored
from galactica.spread.late.simulated import Mischief
from tests.spread.packets.sending import Release, arrived, judged, release

from .playing import LIGHT, Earth, Mars, played


@pytest.fixture(scope="module")
def objects() -> Release:
    return release("mars", count=120, size=6000)


def test_a_person_on_mars_asks_and_is_answered_first(objects: Release, tmp_path: Path) -> None:
    """Asked at 1,300 s; heard on Earth 20 minutes later; there another 20 minutes and its block's length later."""
    plain = Mars(tmp_path / "plain")
    played(Earth(objects, for_all=0), plain)
    asking = Mars(tmp_path / "asking", asks=[(1300, "topic 110")])
    earth = Earth(objects, for_all=0)
    played(earth, asking)
    heard = next(time for time, event in earth.taken if event.found)
    event = next(event for _, event in earth.taken if event.found)
    assert 1300 + LIGHT < heard < 1300 + LIGHT + 120  # a minute after the report before it
    assert event.found == (("topic 110", (110,)),)
    block = earth.sender._carousel.layout.blocks_of(110)[0]
    symbols = earth.sender._carousel.layout.blocks[block].symbols
    sending = symbols * 1.3 * 428 * 8 / 500
    assert asking.arrived[110] < heard + LIGHT + sending
    assert asking.arrived[110] < plain.arrived[110] - 500
    assert arrived(asking.receiver, objects)


def test_reports_bring_the_end_nearer_than_a_carousel_does(objects: Release, tmp_path: Path) -> None:
    deaf, heard = Mars(tmp_path / "deaf"), Mars(tmp_path / "heard")
    played(Earth(objects, deaf=True), deaf, loss=0.3)
    played(Earth(objects, for_all=0), heard, loss=0.3)
    assert heard.all < deaf.all < math.inf


def test_it_works_where_nothing_ever_comes_back(objects: Release, tmp_path: Path) -> None:
    mars = Mars(tmp_path / "mars")
    earth = Earth(objects, deaf=True)
    played(earth, mars)
    assert arrived(mars.receiver, objects)
    assert not earth.heard


def test_reports_that_are_lost_late_doubled_damaged_and_out_of_order_do_no_harm(
    objects: Release, tmp_path: Path
) -> None:
    mars = Mars(tmp_path / "mars", asks=[(1300, "topic 100")])
    earth = Earth(objects)
    mischief = Mischief(late=2500, doubled=0.4, damaged=2e-4)
    _, up = played(earth, mars, loss=0.25, burst=6, mischief=mischief)
    assert arrived(mars.receiver, objects)
    ignored = {event.why for _, event in earth.heard if isinstance(event, ReportIgnored)}
    assert "it came before" in ignored
    assert up.tally.damaged
    assert earth.taken


def test_reports_are_few_and_small(objects: Release, tmp_path: Path) -> None:
    down, up = played(Earth(objects), Mars(tmp_path / "mars"))
    assert up.tally.bytes < down.tally.bytes / 1000
    assert up.tally.bytes / up.tally.sent < 100


class Liar(Mars):
    """Reports made-up things in everybody's name, as fast as the link takes them."""

    random = Random(5)

    def receive(self, now: float, sender: str, raw: bytes) -> None:
        super().receive(now, sender, raw)

    def send(self, now: float, receiver: str) -> bytes | None:
        random = self.random
        held = tuple(random.choice((None, 0, 5, 10**6)) for _ in range(random.randrange(30)))
        lie = LateReport(
            release=self.receiver_release,
            reporter=random.randbytes(8) if random.random() < 0.5 else b"mars0001",
            number=random.randrange(2**32),
            newest=random.choice((None, (0, 1), (5, 60_000), (900_000, 3))),
            held=held,
            wishes=tuple(f"topic {random.randrange(500)}" for _ in range(3)),
        )
        return report_bytes(lie) if random.random() < 0.9 else random.randbytes(200)

    receiver_release = b""


def test_a_flood_of_lies_costs_an_honest_receiver_time_and_nothing_else(objects: Release, tmp_path: Path) -> None:
    liar = Liar(tmp_path / "liar")
    liar.receiver_release = objects.announcement.release
    earth = Earth(objects)
    played(earth, liar)
    plain = Mars(tmp_path / "plain")
    played(Earth(objects, deaf=True), plain)
    assert arrived(liar.receiver, objects)  # what it receives is what every other would
    assert liar.all < 8 * plain.all


def test_with_a_key_no_stranger_is_heard(objects: Release, tmp_path: Path) -> None:
    liar = Liar(tmp_path / "liar")
    liar.receiver_release = objects.announcement.release
    earth = Earth(objects, key=b"between us")
    played(earth, liar)
    assert not earth.taken
    friend, other = Mars(tmp_path / "friend", key=b"between us"), Earth(objects, key=b"between us")
    played(other, friend)
    assert other.taken


def test_a_report_of_another_release_is_told_apart(objects: Release) -> None:
    earth = Earth(objects)
    report = LateReport(release=b"others", reporter=b"reporter", number=1, newest=None, held=())
    event = earth.sender.receive(report_bytes(report))
    assert event == ReportIgnored(why="it is of another release")
    assert earth.sender.receive(b"") == ReportIgnored(why="it is no report, damaged, or of another key")


def test_what_a_folder_holds_is_what_its_receiver_does(objects: Release, tmp_path: Path) -> None:
    mars = Mars(tmp_path / "mars")
    played(Earth(objects), mars, until=2400)
    mars.receiver.flush()
    (held,) = held_in(tmp_path / "mars", judged)
    told = mars.listener.held
    assert held.symbols == told.symbols
    assert held.release == told.release
    assert held.newest is not None
    assert not held.whole
