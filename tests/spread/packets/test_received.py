"""What is sent arrives: with loss, bursts, outages, late joining, any order; nothing else does."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest

from galactica.spread.packets.carousel import Carousel
from galactica.spread.packets.events import AllArrived, Announced, ObjectArrived
from galactica.spread.packets.layout import MAX_BLOCK_SYMBOLS
from tests.spread.packets.sending import Release, arrived, lossy, of_kind, packets, receiver, release, some_bytes, taken


@pytest.mark.parametrize("plainly", [False, True])
@pytest.mark.parametrize("loss", [0, 0.01, 0.1, 0.3])
def test_a_release_arrives_whatever_share_of_packets_is_lost(tmp_path: Path, loss: float, plainly: bool) -> None:
    what = release()
    into = receiver(tmp_path, plainly=plainly)
    events = taken(into, lossy(packets(what.carousel(), 4), loss))
    assert arrived(into, what)
    assert len(of_kind(events, Announced)) == len(of_kind(events, AllArrived)) == 1
    assert sorted(event.place for event in of_kind(events, ObjectArrived)) == list(range(len(what.contents)))


def test_with_the_redundancy_of_its_loss_a_release_arrives_in_one_cycle(tmp_path: Path) -> None:
    what = release(count=300)
    into = receiver(tmp_path)
    taken(into, lossy(packets(what.carousel(redundancy=1112)), 0.1))
    assert arrived(into, what)


@pytest.mark.parametrize("size", [80, 200, 1400, 2000, 8192])
def test_packets_of_any_length_carry_it(tmp_path: Path, size: int) -> None:
    what = release()
    into = receiver(tmp_path)
    sent = list(packets(what.carousel(size), 2))
    assert max(map(len, sent)) <= size
    taken(into, lossy(sent, 0.05))
    assert arrived(into, what)


def test_any_order_and_any_number_of_times(tmp_path: Path) -> None:
    what = release()
    into = receiver(tmp_path)
    sent = list(packets(what.carousel())) * 3
    Random(5).shuffle(sent)
    events = taken(into, sent)
    assert arrived(into, what)
    assert len(of_kind(events, ObjectArrived)) == len(what.contents)


def test_a_receiver_that_joins_anywhere_receives_it_within_a_cycle_and_a_bit(tmp_path: Path) -> None:
    what = release()
    carousel = what.carousel()
    for i, part in enumerate((0.1, 0.5, 0.9)):
        into = receiver(tmp_path / str(i))
        start = int(part * carousel.schedule.packets)
        events = taken(into, lossy(packets(carousel, 1.3, 0, start), 0.02, seed=i))
        assert arrived(into, what)
        assert of_kind(events, Announced)


def test_an_outage_of_half_a_cycle_costs_what_was_lost_and_no_more_than_a_cycle(tmp_path: Path) -> None:
    what = release(count=200)
    carousel = what.carousel(redundancy=500)
    sent = list(packets(carousel, 2.2))
    cycle = carousel.schedule.packets
    into = receiver(tmp_path)
    taken(into, sent[: cycle // 4] + sent[3 * cycle // 4 :])
    assert arrived(into, what)


def test_bursts_are_survived_in_one_cycle(tmp_path: Path) -> None:
    what = release(count=1000)
    random = Random(3)
    lost = good = 0
    kept = []
    for each in packets(what.carousel(redundancy=2500)):
        lost = lost - 1 if lost else (random.randint(10, 30) if random.random() < 0.005 else 0)
        if not lost:
            kept.append(each)
            good += 1
    into = receiver(tmp_path)
    taken(into, kept)
    assert arrived(into, what)


def test_what_came_first_is_of_use_first(tmp_path: Path) -> None:
    what = release(count=2000)
    carousel = what.carousel(redundancy=1112)
    into = receiver(tmp_path)
    sent = list(lossy(packets(carousel), 0.1))
    total = sum(map(len, what.contents))
    have, events = 0, taken(into, islice(sent, len(sent) // 20))
    have = sum(event.object.size for event in of_kind(events, ObjectArrived))
    assert have > 0.02 * total
    places = [event.place for event in of_kind(events, ObjectArrived)]
    assert max(places) < 1.3 * len(places)


def test_an_object_of_several_blocks_arrives(tmp_path: Path) -> None:
    long = some_bytes("long", 2 * MAX_BLOCK_SYMBOLS * 64 + 1000)
    what = Release("long", (some_bytes("x", 500), long, some_bytes("y", 700)))
    into = receiver(tmp_path)
    taken(into, lossy(packets(what.carousel(80, redundancy=800)), 0.02))
    assert arrived(into, what)
    assert not list((tmp_path / "channels").glob("*/*.data"))


def test_two_releases_on_one_channel_do_not_disturb_each_other(tmp_path: Path) -> None:
    one, two = release("one"), release("two")
    into = receiver(tmp_path)
    both = [each for pair in zip(packets(one.carousel(), 2), packets(two.carousel(), 2), strict=False) for each in pair]
    taken(into, lossy(both, 0.1))
    assert arrived(into, one)
    assert arrived(into, two)


def test_packets_of_two_lengths_of_one_release_both_count(tmp_path: Path) -> None:
    what = release(count=60)
    into = receiver(tmp_path)
    short, long = what.carousel(200), what.carousel(1000)
    half = list(packets(short))[: short.schedule.packets // 2]
    taken(into, half + list(packets(long)))
    assert arrived(into, what)


def test_only_whole_objects_are_kept(tmp_path: Path) -> None:
    what = release(count=200)
    into = receiver(tmp_path)
    taken(into, islice(packets(what.carousel()), 900))
    kept = [path for path in into.objects.folder.rglob("*") if path.is_file()]
    names = {each.hash.hex() for each in what.objects}
    assert kept
    assert {path.name for path in kept} <= names


def test_a_receiver_goes_on_where_the_one_before_was_ended(tmp_path: Path) -> None:
    what = release(count=100)
    sent = list(lossy(packets(what.carousel(redundancy=1200)), 0.08))
    for start in range(0, len(sent), 150):
        into = receiver(tmp_path)
        list(into.resume())
        taken(into, sent[start : start + 150])
    assert arrived(into, what)
    assert not [*(tmp_path / "channels").glob("*/*.symbols"), *(tmp_path / "strangers").iterdir()]


def test_repair_symbols_put_aside_are_the_same(tmp_path: Path) -> None:
    what = release(count=60)
    carousel = what.carousel(rounds=10_000)
    aside = Carousel(
        what.announcement,
        what.objects,
        lambda place, start, size: what.contents[place][start : start + size],
        packet_bytes=400,
        plan=carousel.plan,
        scratch=tmp_path,
    )
    assert list(packets(aside, 3)) == list(packets(carousel, 3))
    assert len(list(tmp_path.iterdir())) == len(carousel.layout.blocks) + 1
