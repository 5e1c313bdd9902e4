"""Whoever holds something before the camera: what they show is refused, or costs no more than its look."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from galactica.edition import Edition
from galactica.spread.film.envelope import wrapped
from galactica.spread.film.frames import film_of
from galactica.spread.film.png import png
from galactica.spread.film.receiving import FilmTally, filmed_packets
from galactica.spread.packets.broadcasting import release_on_air
from galactica.spread.packets.packet import BLOCK, Packet, read_packet
from galactica.spread.packets.receiving import ReceivedEdition, receive_edition
from galactica.spread.packets.schedule import CarouselPlan
from galactica.spread.release.publishing import publish_edition
from galactica.spread.trust.deciding import decide
from galactica.spread.trust.store import TrustStore

pytest.importorskip("segno", reason="segno is not installed")
pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
pytest.importorskip("PIL", reason="Pillow is not installed")

KEPT = Path(__file__).parent.parent.parent / "compat" / "edition-v2"


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    place = tmp_path_factory.mktemp("published") / "pub"
    publish_edition(KEPT, place, workers=0)
    carousel = release_on_air(place, packet_bytes=300, plan=CarouselPlan()).carousel
    return [sent.packet for sent in islice(carousel.packets(), 2 * carousel.schedule.packets)]


def filmed(folder: Path, packets: list[bytes]) -> None:
    folder.mkdir(exist_ok=True)
    begun = len([*folder.iterdir()])
    for number, frame in enumerate(film_of(packets).frames(), begun):
        (folder / f"{number:04d}.png").write_bytes(png(frame, scale=3))


def received(folder: Path, out: Path, tally: FilmTally | None = None) -> ReceivedEdition:
    return taken(filmed_packets(folder, tally or FilmTally()), out)


def taken(packets: Iterable[bytes], out: Path) -> ReceivedEdition:
    with Edition.open(KEPT) as edition:
        root = edition.root
    store = TrustStore(out.parent / "trust")
    return receive_edition(
        out,
        packets,
        lambda raw, signatures, roots: decide(raw, signatures, roots, store=store, named_root=root),
        seed=bytes(32),
        clock=time.monotonic,
        shares=(),
    )


def test_packets_with_a_flipped_bit_are_dropped_and_the_true_ones_taken(packets: list[bytes], tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    spoilt = []
    for packet in packets:
        raw = bytearray(packet)
        raw[int(rng.integers(len(raw)))] ^= 1 << int(rng.integers(8))
        spoilt.append(bytes(raw))
    assert all(read_packet(each) is None for each in spoilt)
    filmed(tmp_path / "film", spoilt)
    filmed(tmp_path / "film", packets)
    found = received(tmp_path / "film", tmp_path / "o.edition")
    assert found.whole
    assert found.dropped == len(set(spoilt))


def test_codes_that_say_they_are_packets_of_a_release_that_nobody_announces_lead_nowhere(
    packets: list[bytes], tmp_path: Path
) -> None:
    rng = np.random.default_rng(1)
    posing = [
        Packet(kind=BLOCK, release=rng.bytes(6), place=0, point=number, symbol=rng.bytes(284)).to_bytes()
        for number in range(40)
    ]
    filmed(tmp_path / "film", posing)
    filmed(tmp_path / "film", packets)
    assert received(tmp_path / "film", tmp_path / "o.edition").whole


def test_false_symbols_under_the_true_name_are_found_out(packets: list[bytes], tmp_path: Path) -> None:
    """Two false symbols of the very release, with a true check, shown before the true ones."""
    rng = np.random.default_rng(2)
    true = [read for each in packets if (read := read_packet(each)) is not None and read.kind == BLOCK]
    false = [
        Packet(kind=BLOCK, release=each.release, place=each.place, point=each.point, symbol=rng.bytes(284)).to_bytes()
        for each in true[3:5]
    ]
    filmed(tmp_path / "film", [*packets[:2], *false, *packets])
    found = received(tmp_path / "film", tmp_path / "o.edition")
    assert found.whole
    assert found.false > 0
    with Edition.open(KEPT) as kept, Edition.open(tmp_path / "o.edition") as got:
        assert got.root == kept.root


def test_a_film_of_another_root_than_the_one_named_makes_nothing(packets: list[bytes], tmp_path: Path) -> None:
    store = TrustStore(tmp_path / "trust")
    found = receive_edition(
        tmp_path / "o.edition",
        packets,
        lambda raw, signatures, roots: decide(raw, signatures, roots, store=store, named_root="0" * 64),
        seed=bytes(32),
        clock=time.monotonic,
        shares=(),
    )
    assert (found.whole, found.chosen) == (False, None)
    assert not (tmp_path / "o.edition").exists()


def test_the_same_code_a_thousand_times_is_taken_once(packets: list[bytes], tmp_path: Path) -> None:
    filmed(tmp_path / "film", packets[:2])
    raw = (tmp_path / "film" / "0000.png").read_bytes()
    for number in range(1, 100):
        (tmp_path / "film" / f"{number:04d}.png").write_bytes(raw)
    tally = FilmTally()
    assert len([*filmed_packets(tmp_path / "film", tally)]) == 2
    assert (tally.pictures, tally.codes, tally.packets) == (100, 200, 2)
    assert len(wrapped(packets[0])) == 3 + 450
