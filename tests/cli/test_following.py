"""galactica follow, as a person and a program meet it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.follow.server import HostileServer, Wait, item, reply, rss, serving

from .conftest import call
from .test_json import check

FAST = ("--allow-local", "--no-meaning", "--workers", "1", "-q")


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with serving() as found:
        found.pages["/feed"] = [reply(rss(item("1"), item("2"))), reply(rss(item("2", "Otherwise."), item("3")))]
        found.pages["/gone"] = reply("", "404 Not Found")
        yield found


def test_a_round_is_told_in_lines_and_the_edition_can_be_read(server: HostileServer, tmp_path: Path) -> None:
    said = call("follow", str(tmp_path / "news"), server.url("/feed"), *FAST)
    assert said.code == 0, said.err
    assert "News" in said.out
    assert "2 new" in said.out
    assert "news-0001.edition" in said.out
    assert "Item 1" in call("ls", "-e", str(tmp_path / "news" / "latest.edition")).out
    again = call("follow", str(tmp_path / "news"), *FAST)
    assert "1 new, 1 changed" in again.out
    assert "number 2" in again.out
    assert "nothing new" in call("follow", str(tmp_path / "news"), *FAST).out


def test_of_a_source_that_cannot_be_had_nothing_is_said_to_be_unchanged(server: HostileServer, tmp_path: Path) -> None:
    said = call("follow", str(tmp_path / "news"), server.url("/gone"), *FAST)
    assert said.code == 3
    assert "not known whether there is anything new" in said.out
    assert "nothing new" not in said.out


def test_a_round_is_one_document_of_its_schema(server: HostileServer, tmp_path: Path) -> None:
    words = ["follow", str(tmp_path / "news"), server.url("/feed"), server.url("/gone"), *FAST, "--json"]
    said = call(*words)
    check("follow", said.json)
    assert said.code == 9
    sources = json.loads(said.out)["sources"]
    assert [each["new"] for each in sources] == [2, 0]
    assert said.json["edition"]["articles"] == 2
    assert call(*words, "--no-build").json["edition"] is None


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (["file:///etc/passwd"], 2, "only http and https"),
        ([], 2, "Nothing is followed"),
        (["https://example.org/feed", "--once", "--every", "5"], 2, "two things"),
        (["https://example.org/feed", "--json", "--every", "5"], 2, "one round"),
        (["https://example.org/feed", "--contact", "é"], 2, "contact"),
        (["https://example.org/feed", "--every", "0"], 2, "every"),
    ],
)
def test_what_cannot_be_asked_ends_with_a_problem_and_a_remedy(
    tmp_path: Path, words: list[str], code: int, problem: str
) -> None:
    said = call("follow", str(tmp_path / "news"), *words)
    assert said.code == code
    assert problem in said.err
    assert not (tmp_path / "news").exists()


def test_this_machine_is_not_asked_without_a_word(server: HostileServer, tmp_path: Path) -> None:
    said = call("follow", str(tmp_path / "news"), server.url("/feed"), "-q")
    assert said.code == 3
    assert "--allow-local" in said.err
    assert server.asked == []


def test_nothing_that_could_be_asked_is_exit_code_three(server: HostileServer, tmp_path: Path) -> None:
    said = call("follow", str(tmp_path / "news"), server.url("/gone"), *FAST)
    assert said.code == 3
    assert "HTTP 404" in said.err
    assert "--forget" in said.err


def test_with_every_it_asks_again_until_it_is_stopped(
    server: HostileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("galactica.cli.following.time.sleep", sleep)
    words = ["follow", str(tmp_path / "news"), server.url("/feed"), "--allow-local", "--no-build", "--every", "10"]
    said = call(*words)
    assert said.code == 130
    assert slept == [600, 600]
    assert "1 new, 1 changed" in said.out
    assert "Next in 10 min" in said.err


def test_stopped_while_a_server_stalls_it_says_how_things_stand(server: HostileServer, tmp_path: Path) -> None:
    server.pages["/slow"] = lambda asked: [Wait()]
    command = [sys.executable, "-m", "galactica", "follow", str(tmp_path / "news"), server.url("/slow"), *FAST]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ})
    while not server.asked:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on" in said
    assert "Traceback" not in said
