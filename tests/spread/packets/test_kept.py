"""What is on disk after a loss of power, and files of packets that were cut, joined, damaged."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from galactica.spread.packets import container
from galactica.spread.packets.container import framed, packets_in
from galactica.spread.packets.events import AllArrived, Announced
from galactica.spread.packets.packet import BLOCK, Packet, read_packet
from galactica.spread.packets.symbols import SymbolFile
from tests.spread.packets.sending import arrived, lossy, of_kind, packets, receiver, release, taken


def packet(point: int, place: int = 0) -> Packet:
    return Packet(kind=BLOCK, release=b"abcdef", place=place, point=point, symbol=bytes([point & 255]) * 64)


def file_of(path: Path, *points: int) -> SymbolFile:
    file = SymbolFile(path, 10, 64)
    for point in points:
        assert file.take(packet(point))
    file.flush()
    return file


def test_symbols_are_there_again_in_the_next_run(tmp_path: Path) -> None:
    file_of(tmp_path / "s", 3, 16, 65_535)
    again = SymbolFile(tmp_path / "s", 10, 64)
    assert again.count == 3
    points, symbols = again.read()
    assert points.tolist() == [3, 16, 65_535]
    assert symbols[:, 0].tolist() == [3, 16, 255]
    assert not again.take(packet(16))
    assert again.take(packet(17))


def test_a_point_that_is_never_sent_is_not_taken(tmp_path: Path) -> None:
    file = file_of(tmp_path / "s")
    assert not any(file.take(packet(point)) for point in range(10, 16))
    assert file.count == 0


@pytest.mark.parametrize("cut", range(0, 3 * 80, 7))
def test_a_file_that_was_cut_anywhere_has_its_whole_records(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "s"
    file_of(path, 1, 2, 3)
    path.write_bytes(path.read_bytes()[:cut])
    again = SymbolFile(path, 10, 64)
    assert again.count == cut // 80
    assert again.take(packet(9))
    assert again.read()[0].tolist() == [*range(1, 1 + cut // 80), 9]


def test_records_with_holes_and_repeats_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "s"
    file_of(path, 1, 2, 3)
    raw = bytearray(path.read_bytes())
    raw[80:160] = bytes(80)
    path.write_bytes(bytes(raw) + bytes(raw[:80]) + packet(12).to_bytes() + packet(5).to_bytes())
    again = SymbolFile(path, 10, 64)
    assert sorted(again.read()[0].tolist()) == [1, 3, 5]


def test_a_record_that_went_bad_while_it_was_held_is_left_out_and_may_come_again(tmp_path: Path) -> None:
    path = tmp_path / "s"
    file = file_of(path, 1, 2, 3)
    raw = bytearray(path.read_bytes())
    raw[100] ^= 1
    path.write_bytes(bytes(raw))
    assert file.read()[0].tolist() == [1, 3]
    assert file.take(packet(2))


def test_dropped_symbols_may_come_again(tmp_path: Path) -> None:
    file = file_of(tmp_path / "s", 1, 2, 3)
    file.drop([2])
    assert file.count == 2
    assert file.take(packet(2))
    assert np.array_equal(np.sort(file.read()[0]), [1, 2, 3])


def test_a_receiver_whose_every_file_was_cut_goes_on(tmp_path: Path) -> None:
    what = release(count=60)
    sent = list(lossy(packets(what.carousel(), 3), 0.1))
    random = Random(8)
    into = receiver(tmp_path)
    for start in range(0, len(sent), 120):
        into = receiver(tmp_path)
        list(into.resume())
        taken(into, sent[start : start + 120])
        for path in [*(tmp_path / "channels").glob("*/*.symbols"), *(tmp_path / "strangers").iterdir()]:
            raw = path.read_bytes()
            path.write_bytes(raw[: len(raw) - random.randrange(300)])
    assert arrived(into, what)


def test_a_channel_whose_announcement_is_damaged_is_forgotten(tmp_path: Path) -> None:
    what = release()
    taken(receiver(tmp_path), list(packets(what.carousel()))[:40])
    head = next((tmp_path / "channels").glob("*/announcement"))
    head.write_bytes(head.read_bytes()[:-1])
    (tmp_path / "channels" / "no channel").mkdir()
    again = receiver(tmp_path)
    assert list(again.resume()) == []
    assert not list((tmp_path / "channels").iterdir())
    taken(again, packets(what.carousel()))
    assert arrived(again, what)


def test_what_an_earlier_run_had_whole_is_said_at_once(tmp_path: Path) -> None:
    what = release()
    taken(receiver(tmp_path), packets(what.carousel(), 2))
    events = list(receiver(tmp_path).resume())
    assert [type(each) for each in events] == [Announced, AllArrived]


def test_an_object_that_was_lost_is_received_again(tmp_path: Path) -> None:
    what = release()
    into = receiver(tmp_path)
    taken(into, packets(what.carousel(), 2))
    into.objects.path(what.objects[3].hash).unlink()
    again = receiver(tmp_path)
    assert not of_kind(list(again.resume()), AllArrived)
    assert of_kind(taken(again, packets(what.carousel(), 2)), AllArrived)
    assert arrived(again, what)


def test_a_file_of_packets_is_read_whole_joined_and_cut(tmp_path: Path) -> None:
    sent = [packet(point).to_bytes() for point in (1, 2, 3)]
    path = tmp_path / "x.packets"
    path.write_bytes(b"".join(map(framed, sent)) * 2)
    assert list(packets_in(path)) == sent * 2
    path.write_bytes(path.read_bytes()[:-1])
    assert list(packets_in(path)) == (sent * 2)[:-1]
    assert list(packets_in(path, 165)) == sent[:2]
    path.write_bytes(b"")
    assert list(packets_in(path)) == []


def test_behind_damage_a_file_of_packets_goes_on_with_the_next(tmp_path: Path) -> None:
    sent = [packet(point).to_bytes() for point in range(9)]
    path = tmp_path / "x.packets"
    whole = bytearray(b"".join(map(framed, sent)))
    whole[82 * 3] ^= 1  # a length
    whole[82 * 5 + 40] ^= 1  # a symbol
    path.write_bytes(b"junk" + bytes(whole[:200]) + whole[220:])  # and some are missing
    found = list(packets_in(path))
    assert set(found) == {sent[i] for i in (0, 1, 4, 6, 7, 8)}


def test_packets_behind_a_stretch_longer_than_what_is_read_at_once_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "_WINDOW", 100)
    sent = [packet(point).to_bytes() for point in range(9)]
    path = tmp_path / "x.packets"
    path.write_bytes(framed(sent[0]) + bytes(20_000) + b"".join(map(framed, sent[1:])))
    assert list(packets_in(path)) == sent


def test_a_file_made_to_be_searched_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    def counted(raw: bytes) -> Packet | None:
        nonlocal looked
        looked += len(raw)
        return read_packet(raw)

    monkeypatch.setattr(container, "read_packet", counted)
    path = tmp_path / "x.packets"
    path.write_bytes(b"\xa1\xa1" * 50_000)
    assert list(packets_in(path)) == []
    monkeypatch.setattr(container, "read_packet", counted)
    evil = (8192).to_bytes(2, "big") + b"\xa1"
    path.write_bytes(evil * 40_000)
    assert list(packets_in(path)) == []
    assert looked < 40 * path.stat().st_size
