"""galactica broadcast and galactica receive, as a person and a program meet them."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.cli.broadcasting import rate_of
from galactica.cli.receiving import root_named, shares_of
from galactica.errors import UsageError
from galactica.spread.release.publishing import publish_edition

from .conftest import call
from .test_json import check

KEPT = Path(__file__).parent.parent / "compat" / "edition-v2"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALACTICA_CONFIG", str(tmp_path / "conf"))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    publish_edition(KEPT, tmp_path / "pub", workers=0)
    said = call("broadcast", str(tmp_path / "pub"), "--out", str(tmp_path / "p"), "--packet", "200", "-q")
    assert said.code == 0, said.err
    assert "packets a cycle" in said.out
    return tmp_path / "p"


def test_what_was_sent_and_received_is_one_document_of_its_schema(sent: Path, tmp_path: Path) -> None:
    again = call("broadcast", str(tmp_path / "pub"), "--out", str(sent), "--packet", "200", "-q", "--json")
    check("broadcast", again.json)
    assert again.json["packet_bytes"] == 200
    assert again.json["packets"] == again.json["cycle_packets"]
    out = str(tmp_path / "o.edition")
    said = call("receive", out, "--from", str(sent), "--no-meaning", "-q", "--json")
    assert said.code == 0, said.err
    check("receive", said.json)
    assert said.json["whole"]
    assert said.json["vouched"] == "nobody"
    assert "NOTHING VOUCHES" in said.err
    assert call("verify", out, "--json").json["ok"]
    again = call("receive", out, "--from", str(sent), "--no-meaning", "-q")
    assert (again.code, "whole" in again.out) == (0, True)


def test_a_place_without_packets_is_said_before_anything_is_made(tmp_path: Path) -> None:
    said = call("receive", str(tmp_path / "o.edition"), "--from", str(tmp_path / "nothing"), "-q")
    assert (said.code, list(tmp_path.glob("o.*"))) == (2, [])


def test_where_nothing_can_be_read_yet_the_code_is_3(sent: Path, tmp_path: Path) -> None:
    file = next(sent.glob("*.packets"))
    file.write_bytes(file.read_bytes()[:1500])
    said = call("receive", str(tmp_path / "o.edition"), "--from", str(sent), "-q", "--json")
    assert said.code == 3
    check("receive", said.json)
    assert said.json["articles"] == 0
    file.write_bytes(b"noise" * 100)
    said = call("receive", str(tmp_path / "n.edition"), "--from", str(file), "-q")
    assert said.code == 3
    assert "no announcement" in said.out
    assert "the same command goes on" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("broadcast", "NOWHERE", "--out", "OUT"),
        ("broadcast", "PUB"),
        ("broadcast", "PUB", "--out", "OUT", "--packet", "10"),
        ("broadcast", "PUB", "--udp", "nobody"),
        ("broadcast", "PUB", "--udp", "127.0.0.1:9", "--rate", "fast"),
        ("receive", "OUT", "--from", "NOWHERE"),
        ("receive", "OUT", "--from", "PUB", "--udp", "127.0.0.1:9"),
        ("receive", "OUT", "--from", "P", "--root", "abc"),
        ("receive", "PUB", "--from", "P"),
    ],
)
def test_what_makes_no_sense_is_said(words: tuple[str, ...], sent: Path, tmp_path: Path) -> None:
    places = {"PUB": "pub", "P": "p", "OUT": "out", "NOWHERE": "nowhere"}
    said = call(*(str(tmp_path / places[word]) if word in places else word for word in words), "-q")
    assert said.code in (2, 4)
    assert "Traceback" not in said.err


def test_a_rate_is_written_as_people_do() -> None:
    assert [rate_of(text) for text in ("9600", "64k", "2.5M", "1G")] == [9600, 64_000, 2_500_000, 10**9]
    for text in ("", "k", "1 M", "-1", "1e6", "99", "1000G", "٣k"):
        with pytest.raises(UsageError):
            rate_of(text)


def test_shares_and_roots_are_read_strictly() -> None:
    assert shares_of("1,5,20") == (1, 5, 20)
    assert root_named(f" {'AB' * 32} ") == "ab" * 32
    for text in ("x", "1,,2", "101", "-1"):
        with pytest.raises(UsageError):
            shares_of(text)
    with pytest.raises(UsageError):
        root_named("ab" * 31)
