"""How far the work is: lines where there is no terminal, bars where there is one, nothing if quiet."""

from __future__ import annotations

import io
import sys

import pytest

from galactica.cli.progress import Forward, Lines, duration_words, progress_described, reporting
from galactica.cli.terminal import size

from .conftest import Made, call


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_lines_come_every_few_seconds_and_at_the_end_of_a_stage() -> None:
    clock, lines = Clock(), []
    report = Lines(lines.append, clock)
    for second in range(12):
        clock.now = float(second)
        report("read", second * 1_000_000, 20_000_000, "B")
    clock.now = 12.0
    report("index", 0, None, "articles")
    clock.now = 13.0
    report("index", 1234, None, "articles")
    report.end()
    assert lines == [
        "read: 5 MB of 20 MB (25 %), 1 MB/s, 15 s left",
        "read: 10 MB of 20 MB (50 %), 1 MB/s, 10 s left",
        "read: 11 MB in 12.0 s",
        "index: 1,234 articles in 1.0 s",
    ]


def test_nothing_is_said_of_a_rate_before_time_has_passed() -> None:
    assert progress_described(0, None, "articles", 0.0) == "0 articles"
    assert progress_described(0, 0, "articles", 1.0) == "0 articles"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59.6, "1 min 0 s"), (61, "1 min 1 s"), (7500, "2 h 5 min")]
)
def test_time_is_told_in_the_units_people_use(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (12345, "12.3 kB"), (4_560_000_000, "4.56 GB")]
)
def test_sizes_are_told_in_powers_of_a_thousand(number: int, words: str) -> None:
    assert size(number) == words


def test_build_tells_its_stages_on_standard_error_unless_quiet(made: Made) -> None:
    said = call("build", "x.edition", "notes.txt")
    assert "read: 1 B" in said.err
    assert "index: 1 article" in said.err
    assert "1 articles" not in said.err
    assert "read: 1 B" not in said.out
    assert call("build", "x.edition", "notes.txt", "--quiet").err == ""


def test_a_terminal_gets_a_bar_for_each_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with reporting(quiet=False) as report:
        report("read", 10, 100, "B")
        report("read", 100, 100, "B")
        report("index", 3, None, "articles")
    drawn = terminal.getvalue()
    assert "read" in drawn
    assert "100 B of 100 B (100 %)" in drawn
    assert "3 articles" in drawn


def test_a_stage_that_begins_again_goes_on_and_never_back() -> None:
    told: list[tuple[int, int | None]] = []
    forward = Forward(lambda stage, done, total, unit: told.append((done, total)))
    for done in (10, 100, 5, 50, 20, 30):  # three sources of 100, 50 and so many bytes
        forward("read", done, 100, "B")
    assert [done for done, _ in told] == [10, 100, 105, 150, 170, 180]
    assert [total for _, total in told] == [100, 100, None, None, None, None]


def test_stages_do_not_add_up_and_more_than_all_is_all() -> None:
    told: list[tuple[str, int, int | None]] = []
    forward = Forward(lambda stage, done, total, unit: told.append((stage, done, total)))
    forward("read", 100, 100, "B")
    forward("index", 0, 7, "articles")
    forward("index", 9, 7, "articles")
    assert told == [("read", 100, 100), ("index", 0, 7), ("index", 9, 9)]


def test_a_bar_without_an_end_shows_the_time_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with reporting(quiet=False) as report:
        report("read", 10, None, "B")
    assert "10 B" in terminal.getvalue()
    assert "0 s" in terminal.getvalue()
