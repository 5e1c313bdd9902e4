"""plan in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.library.planning import LinkWords, what_size

from .conftest import call
from .test_json import check

LINK = ("--rate", "2M", "--loss", "10%", "-q")


def test_a_person_is_told_when_what_can_be_read() -> None:
    said = call("plan", "3MB", *LINK, "--light-time", "20min")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "3 MB at 2 Mbit/s, 10% of packets lost, 20 min one way"
    assert [line[2:17].strip() for line in lines[1:]] == [
        "redundancy", "something", "1%", "10%", "50%", "all", "at the least", "without a code",
    ]  # fmt: skip
    assert "all            after 20." in said.out


def test_a_program_is_given_the_curve_of_its_schema() -> None:
    document = call("plan", "3MB", *LINK, "--json").json
    check("plan", document)
    assert document["bytes"] == 3_000_000
    curve = document["curve"]
    assert curve[0]["mean"] == 0
    assert curve[-1]["all"] > 0.98


def test_a_named_link_is_changed_in_what_is_said() -> None:
    document = call("plan", "100kB", "--link", "mars", "--rate", "20M", "-q", "--json").json
    assert document["light_time"] == 1200
    assert document["rate"] == 20e6


def test_the_curve_is_drawn_and_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    file = tmp_path / "curve.png"
    assert call("plan", "1MB", *LINK, "--png", str(file)).code == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    again = call("plan", "1MB", *LINK, "--png", str(file))
    assert again.code == 2
    assert "--force" in again.err
    assert call("plan", "1MB", *LINK, "--png", str(file), "--force").code == 0


def test_a_given_redundancy_is_kept() -> None:
    document = call("plan", "1MB", *LINK, "--redundancy", "50%", "--json").json
    assert document["redundancy"] == 0.5
    assert document["aim"] == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["plan", "lots"], 3),
        (["plan", "no/such/folder"], 3),
        (["plan", "5apples"], 2),
        (["plan", "1MB", "--loss", "120%"], 2),
        (["plan", "1MB", "--loss", "much"], 2),
        (["plan", "1MB", "--burst", "nan"], 2),
        (["plan", "1MB", "--burst", "long"], 2),
        (["plan", "1MB", "--link", "pluto"], 2),
        (["plan", "1MB", "--outage", "5h"], 2),
        (["plan", "1MB", "--chance", "100%"], 2),
        (["plan", "1GB", "--rate", "1"], 6),
        (["plan", "1MB", "--loss", "99.9%"], 6),
    ],
)
def test_what_cannot_be_planned_ends_with_its_reason(words: list[str], code: int) -> None:
    said = call(*words, "-q")
    assert said.code == code
    assert said.err.count("\n") >= 1
    assert "Traceback" not in said.err


def test_an_edition_weighs_what_its_files_do_and_a_file_its_bytes(tmp_path: Path) -> None:
    data = tmp_path / "x.edition" / "data"
    data.mkdir(parents=True)
    (data / "edition.json").write_bytes(b"{}")
    (data / "more").write_bytes(bytes(998))
    assert what_size(str(tmp_path / "x.edition")) >= 1000
    assert what_size(str(data / "more")) == 998
    assert LinkWords().redundancy == "best"
