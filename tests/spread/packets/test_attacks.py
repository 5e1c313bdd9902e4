"""What somebody who sends packets of his own can do to a receiver, and what it costs the receiver."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.spread.packets.events import AllArrived, Announced, BlockSpoiled, FalseSymbols, ObjectArrived
from galactica.spread.packets.packet import ANNOUNCEMENT, BLOCK, Packet, read_packet
from tests.properties import examples
from tests.spread.packets.sending import (
    Release,
    announcement_packets,
    arrived,
    forged,
    kind_of,
    lossy,
    of_kind,
    packets,
    receiver,
    release,
    some_bytes,
    taken,
    with_false,
)


def test_one_forged_symbol_is_found_and_the_block_restored_without_it(tmp_path: Path) -> None:
    what = release()
    sent = list(packets(what.carousel(redundancy=2000)))
    first = next(i for i, each in enumerate(sent) if kind_of(each) == BLOCK)
    into = receiver(tmp_path)
    events = taken(into, [*sent[:first], forged(sent[first]), *lossy(sent[first:], 0.05)])
    assert arrived(into, what)
    assert sum(each.count for each in of_kind(events, FalseSymbols)) == 1


@pytest.mark.parametrize("share", [0.02, 0.1])
@pytest.mark.parametrize("plainly", [False, True])
def test_a_share_of_forged_symbols_costs_two_true_ones_each(tmp_path: Path, share: float, plainly: bool) -> None:
    what = release(count=60)
    into = receiver(tmp_path, plainly=plainly)
    sent = packets(what.carousel(redundancy=int(20_000 * share) + 2500))
    events = taken(into, with_false(sent, share, BLOCK))
    assert arrived(into, what)
    assert of_kind(events, FalseSymbols)
    assert not of_kind(events, BlockSpoiled)


def test_a_block_of_nothing_but_forged_symbols_begins_anew_and_arrives_when_the_attack_ends(tmp_path: Path) -> None:
    what = release()
    into = receiver(tmp_path)
    carousel = what.carousel(rounds=0, redundancy=40_000)
    attacked = [forged(each) if kind_of(each) == BLOCK else each for each in packets(carousel)]
    events = taken(into, attacked)
    assert of_kind(events, BlockSpoiled)
    assert not of_kind(events, ObjectArrived)
    taken(into, packets(carousel, 2))
    assert arrived(into, what)


def test_forged_symbols_that_agree_among_themselves_are_no_object(tmp_path: Path) -> None:
    true, false = release("a"), release("a")
    false = Release("a", tuple(some_bytes("evil" + str(i), len(each)) for i, each in enumerate(true.contents)))
    named = true.announcement.release
    lies = [
        Packet(kind=BLOCK, release=named, place=p.place, point=p.point, symbol=p.symbol).to_bytes()
        for each in packets(false.carousel(redundancy=20_000), 1)
        if (p := read_packet(each)) is not None and p.kind == BLOCK
    ]
    into = receiver(tmp_path)
    events = taken(into, [*announcement_packets(true.announcement.to_bytes(), named), *lies])
    assert of_kind(events, BlockSpoiled)
    assert not of_kind(events, ObjectArrived)
    taken(into, packets(true.carousel(), 2))
    assert arrived(into, true)


def test_an_object_of_several_blocks_with_a_forged_symbol_in_one_of_them_arrives(tmp_path: Path) -> None:
    what = Release("long", (some_bytes("long", 20_000 * 64),))
    sent = list(packets(what.carousel(80, redundancy=500)))
    random = Random(2)
    blocks = [i for i, each in enumerate(sent) if kind_of(each) == BLOCK]
    for i in random.sample(blocks, 5):
        sent[i] = forged(sent[i])
    into = receiver(tmp_path)
    events = taken(into, sent)
    assert arrived(into, what)
    assert sum(each.count for each in of_kind(events, FalseSymbols)) == 5


def test_forged_symbols_of_the_announcement_are_found(tmp_path: Path) -> None:
    what = release(count=300)
    into = receiver(tmp_path)
    events = taken(into, with_false(packets(what.carousel(announcements=100)), 0.2, ANNOUNCEMENT))
    assert of_kind(events, Announced)
    assert arrived(into, what)
    assert of_kind(events, FalseSymbols)[0].block == -1


def test_blocks_and_points_that_the_release_does_not_have_take_no_place(tmp_path: Path) -> None:
    what = release()
    carousel = what.carousel()
    into = receiver(tmp_path)
    taken(into, list(packets(carousel))[: carousel.schedule.packets // 20])
    before = sorted((path, path.stat().st_size) for path in tmp_path.rglob("*") if path.is_file())
    blocks = carousel.layout.blocks
    never = blocks[0].symbols  # between the source symbols and the first repair symbol
    lies = [(len(blocks), 0), ((1 << 24) - 1, 5), (0, never)]
    for place, point in lies:
        symbol = bytes(carousel.layout.symbol)
        raw = Packet(kind=BLOCK, release=what.announcement.release, place=place, point=point, symbol=symbol)
        taken(into, [raw.to_bytes()])
    assert sorted((path, path.stat().st_size) for path in tmp_path.rglob("*") if path.is_file()) == before


def test_garbage_and_damaged_packets_change_nothing(tmp_path: Path) -> None:
    what = release()
    random = Random(6)

    def noisy() -> Iterator[bytes]:
        for each in packets(what.carousel()):
            damaged = bytearray(each)
            damaged[random.randrange(len(each))] ^= 1 << random.randrange(8)
            yield bytes(damaged)
            yield random.randbytes(random.randrange(9000))
            yield each

    into = receiver(tmp_path)
    events = taken(into, noisy())
    assert arrived(into, what)
    assert into.dropped >= 2 * what.carousel().schedule.packets - 10
    assert not of_kind(events, FalseSymbols)


def test_when_all_is_there_further_packets_cost_nothing(tmp_path: Path) -> None:
    what = release()
    into = receiver(tmp_path)
    events = taken(into, packets(what.carousel(), 3))
    assert len(of_kind(events, AllArrived)) == 1
    assert not list((tmp_path / "channels").glob("*/*.symbols"))


@examples(10)
@given(st.data())
def test_no_packets_whatever_end_a_receiver_or_make_it_keep_what_is_false(data: st.DataObject) -> None:
    what = release("small", count=4, size=700)
    true = list(packets(what.carousel(80), 1))
    named = what.announcement.release
    field = st.one_of(st.sampled_from([0, 1, len(what.announcement.to_bytes())]), st.integers(0, (1 << 24) - 1))
    made = st.builds(
        lambda kind, release, place, point, symbol: Packet(
            kind=kind, release=release, place=place, point=point, symbol=symbol
        ).to_bytes(),
        st.sampled_from([ANNOUNCEMENT, BLOCK]),
        st.sampled_from([named, b"others"]),
        field,
        st.one_of(st.integers(0, 40), st.integers(0, (1 << 16) - 1)),
        st.binary(min_size=64, max_size=64),
    )
    one = st.one_of(st.sampled_from(true), st.sampled_from(true).map(forged), made, st.binary(max_size=100))
    came = data.draw(st.lists(one, max_size=60))
    with TemporaryDirectory() as folder:
        into = receiver(Path(folder))
        taken(into, came)
        again = receiver(Path(folder))
        list(again.resume())
        for path in (each for each in again.objects.folder.rglob("*") if each.is_file()):
            assert path.read_bytes() in what.contents
        taken(again, packets(what.carousel(80), 6))
        assert arrived(again, what)
