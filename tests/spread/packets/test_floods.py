"""Announcements that are false, endless, invented or repeated, and releases that nobody vouches for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from galactica.errors import LimitError, ProofError
from galactica.spread.packets import announcement as announcements
from galactica.spread.packets import receiver as receivers
from galactica.spread.packets import strangers
from galactica.spread.packets.announcement import Announcement, read_announcement
from galactica.spread.packets.events import Announced, Refused
from galactica.spread.packets.packet import ANNOUNCEMENT, BLOCK, Packet
from tests.spread.packets.sending import (
    Release,
    announcement_packets,
    arrived,
    judged,
    kind_of,
    of_kind,
    packets,
    receiver,
    release,
    taken,
)


def test_an_unsigned_release_is_refused_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    what = release()
    bad = Release(what.name, what.contents, b"signed by somebody else")
    into = receiver(tmp_path)
    events = taken(into, packets(bad.carousel(), 1.5))
    assert {type(each) for each in events} == {Refused}
    assert isinstance(events[0].why, ProofError)
    assert not list(into.objects.folder.iterdir())
    assert not list((tmp_path / "channels").iterdir())


def test_the_true_announcement_is_taken_after_one_of_the_same_document_without_signatures(tmp_path: Path) -> None:
    what = release()
    bare = Announcement(document=what.announcement.document)
    same = Announcement(document=what.announcement.document, files=(("release.json.minisig", b"forged by a friend"),))
    assert bare.release == what.announcement.release
    into = receiver(tmp_path)
    lies = [packet for each in (bare, same) for packet in announcement_packets(each.to_bytes(), each.release)]
    events = taken(into, [*lies, *lies, *packets(what.carousel(), 1.2)])
    assert len(of_kind(events, Refused)) == 2  # each once, however often it comes
    assert arrived(into, what)


def test_an_announcement_under_another_releases_name_is_none(tmp_path: Path) -> None:
    what, other = release("a"), release("b")
    lies = announcement_packets(other.announcement.to_bytes(), what.announcement.release)
    into = receiver(tmp_path)
    events = taken(into, [*lies, *packets(what.carousel(), 1.2)])
    assert {each.release for each in of_kind(events, Announced)} == {what.announcement.release}
    assert arrived(into, what)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 100,
        b"\x0crelease.json\xff\xff\xff\xff",
        b"\x0crelease.json\x00\x00\x00\x02{}\x0crelease.json\x00\x00\x00\x00",
        b"\x0crelease.json\x00\x00\x00\x02{}\x05../ab\x00\x00\x00\x00",
        b"\x0crelease.json\x00\x00\x00\x02{}\x01.\x00\x00\x00\x00",
        b"\x01a\x00\x00\x00\x00",
        b"\x0crelease.json\x00\x00\x00\x02{}" + b"".join(b"\x03%03d\x00\x00\x00\x00" % i for i in range(255)),
    ],
)
def test_what_is_no_announcement_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):
        read_announcement(zlib.compress(raw))


def test_an_announcement_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "MAX_UNPACKED", 1000)
    with pytest.raises(ValueError, match="too large"):
        read_announcement(zlib.compress(b"\x0crelease.json\x00\x01\x00\x00" + bytes(1 << 16)))


@pytest.mark.parametrize("cut", [0, 1, 10, -1, -3])
def test_an_announcement_that_is_cut_or_goes_on_is_refused(cut: int) -> None:
    packed = release().announcement.to_bytes()
    with pytest.raises(ValueError):
        read_announcement(packed[:cut])
    with pytest.raises(ValueError):
        read_announcement(packed + b"x")


def test_invented_releases_are_forgotten_and_the_true_one_is_found(tmp_path: Path) -> None:
    what = release()
    random = Random(4)

    def flooded() -> Iterator[bytes]:
        for each in packets(what.carousel(), 2):
            yield each
            for _ in range(5):
                yield Packet(
                    kind=random.choice((ANNOUNCEMENT, BLOCK)),
                    release=random.randbytes(6),
                    place=random.randrange(1 << 24),
                    point=random.randrange(1 << 16),
                    symbol=bytes(384),
                ).to_bytes()

    into = receiver(tmp_path)
    most = 0
    for each in flooded():
        list(into.receive(each))
        most = max(most, len(list((tmp_path / "strangers").iterdir())))
    assert most <= strangers.MAX_STRANGERS
    assert arrived(into, what)


def test_invented_lengths_of_the_announcement_do_not_keep_the_true_one_out(tmp_path: Path) -> None:
    what = release()
    named = what.announcement.release
    lies = iter(range(1 << 20, 1, -1))

    def flooded() -> Iterator[bytes]:
        for each in packets(what.carousel(announcements=20), 2):
            yield each
            if kind_of(each) == ANNOUNCEMENT:
                for _ in range(3):
                    yield Packet(
                        kind=ANNOUNCEMENT, release=named, place=next(lies), point=0, symbol=bytes(384)
                    ).to_bytes()

    into = receiver(tmp_path)
    taken(into, flooded())
    assert arrived(into, what)


def test_what_is_kept_before_the_announcement_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receivers, "MAX_KEPT", 10_000)
    what = release(count=100)
    into = receiver(tmp_path)
    taken(into, (each for each in packets(what.carousel()) if kind_of(each) == BLOCK))
    kept = list((tmp_path / "strangers").iterdir())
    assert len(kept) == 1
    assert 9_000 < kept[0].stat().st_size <= 10_000


def test_a_release_that_names_no_objects_or_endless_ones_is_refused(tmp_path: Path) -> None:
    for number, sizes in enumerate(([], [1 << 41], [1 << 40] * 100)):
        listed = [[f"{i:064x}", size] for i, size in enumerate(sizes)]
        bad = Announcement(
            document=json.dumps({"objects": listed}).encode(), files=(("release.json.minisig", b"signed by a friend"),)
        )
        assert len(judged(bad)) == len(sizes)
        into = receiver(tmp_path / str(number))
        events = taken(into, announcement_packets(bad.to_bytes(), bad.release))
        assert isinstance(of_kind(events, Refused)[0].why, LimitError)


def test_no_more_than_four_releases_are_received_at_once_and_those_with_most_packets_stay(tmp_path: Path) -> None:
    into = receiver(tmp_path)
    true = release("true")
    carousel = true.carousel()
    taken(into, list(packets(carousel))[: carousel.schedule.packets // 4])
    for number in range(12):
        what = release(str(number))
        events = taken(into, announcement_packets(what.announcement.to_bytes(), what.announcement.release))
        assert of_kind(events, Announced)
        assert len(into.channels) <= receivers.MAX_CHANNELS
        assert len(list((tmp_path / "channels").iterdir())) <= receivers.MAX_CHANNELS
    taken(into, list(packets(carousel))[carousel.schedule.packets // 4 :])
    assert arrived(into, true)


def test_a_true_announcement_in_packets_of_other_lengths_does_not_keep_the_release_out(tmp_path: Path) -> None:
    what = release()
    packed, named = what.announcement.to_bytes(), what.announcement.release
    into = receiver(tmp_path)
    sent = list(packets(what.carousel(), 1.2))
    for start in range(0, len(sent), 20):
        for length in range(64, 84, 2):
            taken(into, announcement_packets(packed, named, length))
        taken(into, sent[start : start + 20])
    assert arrived(into, what)
