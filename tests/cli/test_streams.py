"""Standard streams that are closed, full or left by their reader, and signals: one sentence and a code, never more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from galactica.library import build

pytestmark = pytest.mark.skipif(os.name == "nt", reason="streams and signals are others on Windows")

RUN = f"{sys.executable} -m galactica"


def shell(script: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", script], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", ["version", "version --json", "--help", "shelf ls --json"])
def test_a_standard_output_that_is_full_is_said_once(tmp_path: Path, words: str) -> None:
    ended = shell(f"{RUN} {words} >/dev/full", tmp_path)
    assert ended.returncode == 5
    assert ended.stderr.startswith("The result could not be written to standard output: No space left on device.\n")
    assert len(ended.stderr.splitlines()) == 2


@pytest.mark.parametrize("words", ["version", "version --json", "--help"])
def test_a_standard_output_that_is_closed_is_said_once(tmp_path: Path, words: str) -> None:
    ended = shell(f"{RUN} {words} >&-", tmp_path)
    assert ended.returncode == 5
    assert "standard output: it is closed" in ended.stderr
    assert len(ended.stderr.splitlines()) == 2


def test_what_goes_wrong_is_said_even_where_its_json_cannot_be_written(tmp_path: Path) -> None:
    ended = shell(f"{RUN} info no.edition --json >&-", tmp_path)
    assert ended.returncode == 4
    assert ended.stderr.startswith("There is no edition no.edition")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("words", ["--help", "version", "shelf ls"])
def test_no_stream_at_all_is_no_reason_to_fall_over(tmp_path: Path, words: str) -> None:
    ended = shell(f"{RUN} {words} <&- >&- 2>&-", tmp_path)
    assert ended.returncode in (0, 5)
    assert (ended.stdout, ended.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_a_query_from_a_closed_standard_input_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("A word.")
    build(tmp_path / "one.edition", [tmp_path / "one.txt"], workers=0, meaning=False)
    ended = shell(f"{RUN} sql - -e one.edition <&-", tmp_path)
    assert ended.returncode == 2
    assert "0 statements" in ended.stderr


@pytest.mark.parametrize("words", ["--help", "version --json"])
def test_a_reader_that_leaves_at_once_is_no_error(tmp_path: Path, words: str) -> None:
    ended = shell(f"({RUN} {words}; echo $? >code) | true", tmp_path)
    assert ended.stderr == ""
    assert (tmp_path / "code").read_text().strip() == "0"


FRESH = """
import signal  # as a person's shell starts a program, whatever the tests themselves were started with
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""
VERB = """
import os, signal, sys, time
from galactica.cli import signals, streams
streams.prepare_streams()
signals.heed()
from galactica.cli.ending import verb
import typer

@verb
def wait():
    try:
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))
        time.sleep(30)
    finally:
        print("put away", flush=True)

try:
    wait()
except typer.Exit as left:
    sys.exit(left.exit_code)
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_unwinds_what_is_going_on_and_gives_its_code(name: str) -> None:
    ended = subprocess.run([sys.executable, "-c", FRESH + VERB, name], capture_output=True, text=True, check=False)
    assert ended.returncode == 128 + getattr(signal, name)
    assert ended.stdout == "put away\n"
    assert ended.stderr.startswith("Stopped. Nothing is lost")
    assert "Traceback" not in ended.stderr


def test_a_second_signal_ends_at_once() -> None:
    program = VERB.replace('print("put away", flush=True)', "os.kill(os.getpid(), signal.SIGTERM); time.sleep(30)")
    ended = subprocess.run(
        [sys.executable, "-c", FRESH + program, "SIGINT"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 143
    assert ended.stderr == ""


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    program = VERB.replace("time.sleep(30)", "pass")
    ended = subprocess.run(
        ["sh", "-c", 'trap "" HUP; exec "$0" -c "$1" SIGHUP', sys.executable, program],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0
    assert ended.stdout == "put away\n"


def test_a_signal_before_a_verb_has_begun_is_said_too(tmp_path: Path) -> None:
    program = """
import os, signal, sys
from galactica.cli import entry, signals
import typer
import galactica.cli.app as app
first = typer.Typer()

@first.callback(invoke_without_command=True)
def early() -> None:
    os.kill(os.getpid(), signal.SIGTERM)

app.app = first
sys.argv = ["galactica"]
entry.main()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ended.returncode == 143
    assert ended.stderr.startswith("Stopped.")
