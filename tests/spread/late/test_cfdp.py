"""Objects as CFDP file transfers: they arrive, and what a stranger sends harms nothing."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

if importlib.util.find_spec("cfdppy") is None:
    pytest.skip("cfdp-py is not installed", allow_module_level=True)

from spacepackets import countdown

from galactica.spread.late.cfdp import CfdpReceiving, CfdpSending, CfdpTimes, pdus
from galactica.spread.late.simulated import Mischief, Simulation
from galactica.spread.plan import LinkProfile
from tests.spread.packets.sending import some_bytes

LIGHT = 1200.0
TIMES = CfdpTimes(answer=2 * LIGHT + 60)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Arrived(dict[str, Path]):
    def __call__(self, name: str, place: Path) -> None:
        self[name] = place


def sending(folder: Path, content: bytes, number: int, *, acknowledged: bool) -> CfdpSending:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{number}"
    file.write_bytes(content)
    return CfdpSending(file, hashlib.sha256(content).hexdigest(), number, acknowledged=acknowledged, times=TIMES)


def sent(folder: Path, content: bytes, number: int = 1) -> list[bytes]:
    one = sending(folder, content, number, acknowledged=False)
    return list(iter(one.send, None))


def test_class_1_brings_an_object_and_a_file_of_pdus_is_as_good(tmp_path: Path) -> None:
    content = some_bytes("a", 40_000)
    stream = b"".join(sent(tmp_path / "out", content))
    found = Arrived()
    receiving = CfdpReceiving(tmp_path / "in", found)
    for raw in pdus(stream):
        receiving.receive(raw)
    name = hashlib.sha256(content).hexdigest()
    assert found[name].read_bytes() == content
    assert receiving.dropped == 0


class Sender:
    def __init__(self, *under_way: CfdpSending) -> None:
        self.under_way = list(under_way)

    def receive(self, now: float, sender: str, raw: bytes) -> None:
        for each in self.under_way:
            each.receive(raw)

    def send(self, now: float, receiver: str) -> bytes | None:
        return next((raw for each in self.under_way if (raw := each.send()) is not None), None)

    def wakes(self, now: float) -> float:
        return now + 60


class Receiver(CfdpReceiving):
    def receive(self, now: float, sender: str, raw: bytes) -> None:  # type: ignore[override]
        super().receive(raw)

    def send(self, now: float, receiver: str) -> bytes | None:  # type: ignore[override]
        return super().send()

    def wakes(self, now: float) -> float:
        return now + 60


@pytest.mark.parametrize("loss", [0.0, 0.2])
def test_class_2_brings_it_over_a_link_to_mars_that_loses(
    tmp_path: Path, loss: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = [some_bytes(f"{number}", 20_000) for number in range(3)]
    simulation = Simulation(3)
    monkeypatch.setattr(countdown, "time_ms", lambda: round(simulation.now * 1000))
    found = Arrived()
    earth = Sender(*(sending(tmp_path / "o", one, at, acknowledged=True) for at, one in enumerate(contents)))
    mars = Receiver(tmp_path / "in", found, TIMES)
    simulation.party("earth", earth)
    simulation.party("mars", mars)
    link = LinkProfile(rate=10_000, loss=loss, delay=LIGHT)
    simulation.connect("earth", "mars", link)
    simulation.connect("mars", "earth", link)
    simulation.run(40 * LIGHT)
    assert {path.read_bytes() for path in found.values()} == set(contents)


def test_a_file_that_is_not_what_its_name_says_is_not_kept(tmp_path: Path) -> None:
    content = some_bytes("a", 5000)
    file = tmp_path / "file"
    file.write_bytes(content)
    one = CfdpSending(file, "0" * 64, 4, acknowledged=False)
    found = Arrived()
    receiving = CfdpReceiving(tmp_path / "in", found)
    for raw in iter(one.send, None):
        receiving.receive(raw)
    assert not found
    assert receiving.dropped == 1
    assert not list((tmp_path / "in").iterdir())


@pytest.mark.parametrize("name", ["../../escaped", "/tmp/escaped", "..", "", "a" * 63, "A" * 64, "x/" + "a" * 62])
def test_a_name_that_is_a_path_leads_nowhere(tmp_path: Path, name: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(some_bytes("a", 3000))
    one = CfdpSending(file, name or ".", 4, acknowledged=False)
    found = Arrived()
    receiving = CfdpReceiving(tmp_path / "deep" / "in", found)
    for raw in iter(one.send, None):
        receiving.receive(raw)
    assert not found
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".part") == ["file"]
    assert all(path.parent == tmp_path / "deep" / "in" for path in tmp_path.rglob("*.part"))


def test_hostile_bytes_and_damaged_pdus_are_dropped_without_a_fault(tmp_path: Path) -> None:
    random = Random(2)
    stream = sent(tmp_path / "out", some_bytes("a", 9000))
    found = Arrived()
    receiving = CfdpReceiving(tmp_path / "in", found)
    for _ in range(400):
        raw = bytearray(random.choice(stream))
        for _ in range(random.randrange(1, 4)):
            raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
        receiving.receive(bytes(raw))
        receiving.receive(random.randbytes(random.randrange(60)))
    assert receiving.dropped > 400
    for pdu in sent(tmp_path / "out", some_bytes("b", 9000), number=77):
        receiving.receive(pdu)
    assert len(found) == 1


def test_an_offset_far_away_makes_no_file_of_that_size(tmp_path: Path) -> None:
    from spacepackets.cfdp import PduConfig, TransmissionMode
    from spacepackets.cfdp.pdu import FileDataPdu
    from spacepackets.cfdp.pdu.file_data import FileDataParams
    from spacepackets.util import ByteFieldU16

    stream = sent(tmp_path / "out", some_bytes("a", 9000), number=5)
    receiving = CfdpReceiving(tmp_path / "in", Arrived())
    receiving.receive(stream[0])
    conf = PduConfig(ByteFieldU16(1), ByteFieldU16(2), ByteFieldU16(5), TransmissionMode.UNACKNOWLEDGED, crc_flag=True)
    receiving.receive(bytes(FileDataPdu(conf, FileDataParams(b"x", 4_000_000_000)).pack()))
    assert all(path.stat().st_size < 10_000 for path in (tmp_path / "in").iterdir())
    assert receiving.dropped == 1


@pytest.mark.parametrize("null", [False, True])
def test_a_few_hundred_bytes_do_not_unpack_to_a_large_file(tmp_path: Path, null: bool) -> None:
    from spacepackets.cfdp import ChecksumType, PduConfig, TransmissionMode
    from spacepackets.cfdp.pdu import EofPdu, FileDataPdu, MetadataParams, MetadataPdu
    from spacepackets.cfdp.pdu.file_data import FileDataParams
    from spacepackets.util import ByteFieldU16

    content = bytes(4_000_000)
    name = hashlib.sha256(content).hexdigest()
    kind = ChecksumType.NULL_CHECKSUM if null else ChecksumType.CRC_32
    conf = PduConfig(ByteFieldU16(1), ByteFieldU16(2), ByteFieldU16(5), TransmissionMode.UNACKNOWLEDGED, crc_flag=True)
    bomb = [
        MetadataPdu(conf, MetadataParams(False, kind, len(content), name, name)),
        FileDataPdu(conf, FileDataParams(b"\0", len(content) - 1)),
        EofPdu(conf, bytes(4) if null else zlib.crc32(content).to_bytes(4, "big"), len(content)),
    ]
    found = Arrived()
    receiving = CfdpReceiving(tmp_path / "in", found)
    for each in bomb:
        receiving.receive(bytes(each.pack()))
    assert not found
    assert not list((tmp_path / "in").glob("[0-9a-f]" * 64))


def test_a_flood_of_transfers_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galactica.spread.late.cfdp.MOST_TRANSACTIONS", 8)
    receiving = CfdpReceiving(tmp_path / "in", Arrived())
    for number in range(40):
        receiving.receive(sent(tmp_path / "out", b"some", number)[0])
    assert len(receiving._under_way) == 8
    assert receiving.dropped == 32


@pytest.mark.parametrize("cut", [0, 1, 3, 5, 30, 100])
def test_a_file_of_pdus_that_is_cut_off_gives_those_before(tmp_path: Path, cut: int) -> None:
    stream = b"".join(sent(tmp_path, some_bytes("a", 3000)))
    assert b"".join(pdus(stream)) == stream
    assert stream.startswith(b"".join(pdus(stream[:-cut] if cut else stream)))


def test_mischief_of_the_link_is_survived_in_class_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = some_bytes("late", 15_000)
    simulation = Simulation(9)
    monkeypatch.setattr(countdown, "time_ms", lambda: round(simulation.now * 1000))
    found = Arrived()
    simulation.party("earth", Sender(sending(tmp_path / "o", content, 6, acknowledged=True)))
    simulation.party("mars", Receiver(tmp_path / "in", found, TIMES))
    link, mischief = LinkProfile(rate=10_000, loss=0.1, delay=LIGHT), Mischief(doubled=0.2, damaged=1e-5)
    simulation.connect("earth", "mars", link, mischief)
    simulation.connect("mars", "earth", link, mischief)
    simulation.run(30 * LIGHT)
    assert [path.read_bytes() for path in found.values()] == [content]
