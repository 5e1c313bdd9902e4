"""request and respond in a terminal: a stick that carries packets one way and a report the other."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from pathlib import Path
from random import Random

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.library import BroadcastOptions, Responded
from galactica.spread.late.report import read_report
from galactica.spread.packets.container import packets_in
from galactica.spread.packets.packet import BLOCK, read_packet
from tests.spread.packets.conftest import many, published_many

from .conftest import call
from .test_json import check

__all__ = ["many", "published_many"]


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALACTICA_CONFIG", str(tmp_path / "config"))


def sent(publication: Path, out: Path, size: str, *more: str) -> Path:
    said = call("respond", str(publication), "--out", str(out), "--bytes", size, "--packet", "400", "-q", *more)
    assert said.code == 0, said.err
    return out


def received(out: Path, *places: Path) -> int:
    froms = [word for place in places for word in ("--from", str(place))]
    return call("receive", str(out), *froms, "--no-meaning", "-q").code


def test_a_stick_brings_a_part_a_report_goes_back_and_the_next_stick_brings_what_was_asked_for(
    published_many: Path, tmp_path: Path
) -> None:
    part = sent(published_many, tmp_path / "first", "450kB")
    out = tmp_path / "mars.edition"
    assert received(out, part) in (3, 9)
    said = call("request", str(out), "Thing 170", "--out", str(tmp_path / "a.report"), "--json")
    check("request", said.json)
    assert said.json["wishes"] == ["Thing 170"]
    assert 0 < said.json["done"] < said.json["blocks"]  # type: ignore[operator]
    post = tmp_path / "post"
    post.mkdir()
    shutil.copy(tmp_path / "a.report", post)
    told = call(
        "respond", str(published_many), "--out", str(tmp_path / "second"), "--bytes", "450kB", "--packet", "400",
        "--reports", str(post), "--for-all", "0", "--json", "-q",
    )  # fmt: skip
    check("respond", told.json)
    assert told.json["reports"] == 1
    assert "“Thing 170” is in" in told.err
    files = sorted((tmp_path / "second").iterdir())
    blocks = [
        packet.place
        for file in files
        for raw in packets_in(file)
        if (packet := read_packet(raw)) and packet.kind == BLOCK
    ]
    plain = [
        packet.place
        for file in sorted(part.iterdir())
        for raw in packets_in(file)
        if (packet := read_packet(raw)) and packet.kind == BLOCK
    ]
    assert blocks[0] > max(plain[: len(plain) // 2])  # not where a carousel would go on
    assert received(out, tmp_path / "second") == 9
    with Edition.open(out) as edition:
        assert any(edition.head(row).title == "Thing 170" for row in range(len(edition)))
        assert len(edition) < 180


def test_reports_over_udp_are_heeded_while_packets_are_sent(published_many: Path, tmp_path: Path) -> None:
    out = tmp_path / "mars.edition"
    received(out, sent(published_many, tmp_path / "first", "150kB"))
    found: list[Responded] = []

    def respond() -> None:
        options = BroadcastOptions(packet=400, rate=2_000_000)
        found.append(
            library.respond(
                published_many, udp="127.0.0.1:45991", listen="127.0.0.1:45992", options=options, most=900_000
            )
        )

    thread = threading.Thread(target=respond)
    thread.start()
    while thread.is_alive():
        library.request(out, ["Thing 3"], udp="127.0.0.1:45992")
        time.sleep(0.2)
    assert found[0].taken >= 1
    assert found[0].bytes >= 900_000


def test_each_report_has_a_higher_number_and_one_reporter(published_many: Path, tmp_path: Path) -> None:
    out = tmp_path / "mars.edition"
    received(out, sent(published_many, tmp_path / "first", "100kB"))
    for name in ("a", "b"):
        assert call("request", str(out), "--out", str(tmp_path / f"{name}.report")).code == 0
    one, other = (read_report((tmp_path / f"{name}.report").read_bytes()) for name in ("a", "b"))
    assert one.reporter == other.reporter
    assert one.number < other.number
    again = call("request", str(out), "--out", str(tmp_path / "a.report"))
    assert again.code == 2


def test_with_a_key_only_who_has_it_is_heard(published_many: Path, tmp_path: Path) -> None:
    out, post = tmp_path / "mars.edition", tmp_path / "post"
    post.mkdir()
    received(out, sent(published_many, tmp_path / "first", "100kB"))
    (tmp_path / "ours").write_text("between us\n")
    (tmp_path / "theirs").write_text("others")
    call("request", str(out), "--out", str(post / "a.report"), "--key", str(tmp_path / "theirs"))
    call("request", str(out), "--out", str(post / "b.report"), "--key", str(tmp_path / "ours"))
    (post / "c.report").write_bytes(bytes(5000))
    (post / "d.report").symlink_to(post / "b.report")
    told = call(
        "respond", str(published_many), "--out", str(tmp_path / "second"), "--bytes", "50kB", "--packet", "400",
        "--reports", str(post), "--key", str(tmp_path / "ours"), "--json", "-q",
    ).json  # fmt: skip
    assert (told["reports"], told["ignored"]) == (1, 1)


@pytest.mark.parametrize(
    "words",
    [
        ["request", "OUT"],
        ["request", "OUT", "--out", "x.report", "--udp", "127.0.0.1:9"],
        ["request", "OUT", "x" * 300, "--out", "x.report"],
        ["request", "OUT", *map(str, range(20)), "--out", "x.report"],
        ["respond", "OUT"],
        ["respond", "OUT", "--out", "new"],
        ["respond", "OUT", "--out", "new", "--bytes", "1MB", "--reports", "no-such-folder"],
        ["respond", "OUT", "--udp", "nowhere"],
        ["request", "OUT", "--out", "x.report", "--key", "no-such-file"],
        ["request", "OUT", "--out", "x.report"],
    ],
)
def test_what_cannot_be_asked_for_or_sent_ends_with_its_reason(words: list[str], tmp_path: Path) -> None:
    said = call(*[str(tmp_path / "nothing") if word == "OUT" else word for word in words])
    assert said.code in (2, 3, 4)
    assert "Traceback" not in said.err
    assert not (Path.cwd() / "x.report").exists()


def test_a_flood_of_reports_does_not_keep_the_sender_from_sending(published_many: Path, tmp_path: Path) -> None:
    flooding = threading.Event()

    def flood() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            while not flooding.is_set():
                for _ in range(200):
                    out.sendto(random.randbytes(100), ("127.0.0.1", 45994))

    random = Random(1)
    threads = [threading.Thread(target=flood) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        options = BroadcastOptions(packet=400, rate=4_000_000)
        sent = library.respond(
            published_many, udp="127.0.0.1:45993", listen="127.0.0.1:45994", options=options, most=300_000
        )
    finally:
        flooding.set()
        for thread in threads:
            thread.join()
    assert sent.bytes >= 300_000
    assert sent.taken == 0
