"""What is sent: files of packets, datagrams at a rate, and a sender that goes on where it was."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from itertools import islice
from pathlib import Path

import pytest

from galactica import library
from galactica.errors import EditionError, LimitError, MissingError, UsageError
from galactica.library import BroadcastOptions
from galactica.library.settings import Settings
from galactica.spread.packets import broadcasting, datagrams
from galactica.spread.packets.broadcasting import packet_files, write_packets
from galactica.spread.packets.carousel import Sent
from galactica.spread.packets.container import packets_in
from galactica.spread.packets.datagrams import received_datagrams, send_datagrams, udp_address
from galactica.spread.packets.sender_place import SenderPlace
from tests.spread.packets.test_editions import on_air, received, root_of, sent


def test_files_are_written_whole_and_a_sender_that_was_killed_goes_on(
    published_many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcasting, "FILE_BYTES", 20_000)
    air = on_air(published_many)
    made = write_packets(air.carousel, tmp_path / "p", cycles=2)
    names = [each.name for each in packet_files(tmp_path / "p")]
    assert len(names) == made.files > 5
    assert [raw for file in packet_files(tmp_path / "p") for raw in packets_in(file)] == list(sent(air, 2))
    (tmp_path / "q").mkdir()
    for name in ("broadcast.json", names[0], names[3]):
        shutil.copy(tmp_path / "p" / name, tmp_path / "q" / name)
    (tmp_path / "q" / "000001.packets.7.part").write_bytes(b"torn")
    write_packets(air.carousel, tmp_path / "q", cycles=2)
    for name in names:
        assert (tmp_path / "q" / name).read_bytes() == (tmp_path / "p" / name).read_bytes()


def test_a_folder_with_something_else_takes_no_packets(published_many: Path, tmp_path: Path) -> None:
    air = on_air(published_many)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(UsageError, match="is not empty"):
        write_packets(air.carousel, tmp_path / "full", cycles=1)
    write_packets(air.carousel, tmp_path / "p", cycles=1)
    with pytest.raises(UsageError, match="packets of another broadcast"):
        write_packets(on_air(published_many, 200).carousel, tmp_path / "p", cycles=1)
    with pytest.raises(UsageError, match="no files of packets"):
        list(packet_files(tmp_path / "full"))


def test_a_damaged_object_is_never_sent(published_many: Path, tmp_path: Path) -> None:
    bad = tmp_path / "pub"
    shutil.copytree(published_many, bad)
    file = max((bad / "objects").glob("??/*"), key=lambda each: each.stat().st_size)
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(bytes(raw))
    with pytest.raises(EditionError, match="missing or damaged"):
        on_air(bad)
    file.unlink()
    with pytest.raises(EditionError, match="missing or damaged"):
        on_air(bad)
    with pytest.raises(EditionError, match="Nothing is published"):
        on_air(tmp_path)
    with pytest.raises(LimitError, match="cannot be sent in packets"):
        on_air(published_many, 79)


def test_a_sender_goes_on_from_the_place_it_kept(published_many: Path, tmp_path: Path) -> None:
    air = on_air(published_many)
    path = tmp_path / "state" / "x.json"
    one = SenderPlace(path, air.carousel)
    for number, each in enumerate(islice(air.carousel.packets(), 700)):
        one.after(each, float(number))
    one.save()
    two = SenderPlace(path, air.carousel)
    assert (two.cycle, two.index) == (0, 700)
    assert next(air.carousel.packets(two.cycle, two.index)).index == 700
    assert SenderPlace(path, on_air(published_many, 200).carousel).index == 0
    for text in ("", "{}", "[1]", "x" * 5000, json.dumps({**json.loads(path.read_text()), "index": 10**9})):
        path.write_text(text)
        assert SenderPlace(path, air.carousel).index == 0


def test_datagrams_carry_an_edition(many: Path, published_many: Path, tmp_path: Path) -> None:
    air = on_air(published_many, 1400)
    listening = received_datagrams(udp_address(f"127.0.0.1:{free_port()}"), wait=0.05)
    assert next(listening) is None
    address = udp_address(f"127.0.0.1:{PORT[0]}")
    naps: list[float] = []
    sender = threading.Thread(
        target=send_datagrams,
        args=(islice(air.carousel.packets(), 3 * air.carousel.schedule.packets), address),
        kwargs={
            "rate": 40_000_000,
            "hops": 1,
            "clock": time.monotonic,
            "sleep": lambda seconds: (naps.append(seconds), time.sleep(seconds)),
            "sent": lambda each: None,
        },
    )
    sender.start()
    found = received(tmp_path / "out.edition", listening)  # type: ignore[arg-type]
    sender.join()
    assert found.whole
    assert naps
    assert root_of(tmp_path / "out.edition") == root_of(many)


PORT = [0]


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        PORT[0] = found.getsockname()[1]
    return PORT[0]


def test_sending_is_paced_to_the_rate_headers_included() -> None:
    now = 0.0
    times: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    packets = [Sent(cycle=0, index=i, packet=bytes(972)) for i in range(1001)]
    send_datagrams(
        packets,
        udp_address(f"127.0.0.1:{free_port()}"),
        rate=800_000,
        hops=1,
        clock=lambda: now,
        sleep=sleep,
        sent=lambda each: times.append(now),
    )
    assert times[-1] == pytest.approx(1000 * 1000 * 8 / 800_000, abs=datagrams.AHEAD * 2)


@pytest.mark.parametrize("text", ["", "host", ":5", "host:", "host:0", "host:65536", "host:x", "[::1:5", "1.2.3.4:٣"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no HOST:PORT"):
        udp_address(text)


def test_groups_are_told_from_machines() -> None:
    assert udp_address("239.1.2.3:4").group
    assert not udp_address("127.0.0.1:4").group
    assert udp_address("[ff05::7]:4").headers == 48


def test_an_address_of_another_machine_cannot_be_listened_at() -> None:
    with pytest.raises(MissingError, match="Nothing can be received"):
        next(received_datagrams(udp_address("192.0.2.1:4567"), wait=0.1))


def test_sending_goes_on_over_udp_in_the_next_run(many: Path, published_many: Path, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "conf")
    options = BroadcastOptions(packet=1000, cycles=1, rate=10**9)
    there = f"127.0.0.1:{free_port()}"
    one = library.broadcast(published_many, udp=there, options=options, settings=settings)
    two = library.broadcast(published_many, udp=there, options=options, settings=settings)
    length = one.on_air.carousel.schedule.packets
    assert (one.cycle, one.index, two.cycle, two.index) == (0, length, 1, length)
