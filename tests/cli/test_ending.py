"""However a verb ends: the right exit code, words to act on, never a traceback."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.errors import EditionError, GalacticaError, InputError, LimitError, MissingError, UsageError

from .conftest import Made, call


def raising(error: BaseException) -> Callable[..., None]:
    def function(*args: object, **kwargs: object) -> None:
        raise error

    return function


@pytest.mark.parametrize("kind", [UsageError, InputError, EditionError, MissingError, LimitError])
def test_our_errors_give_problem_remedy_and_their_exit_code(
    made: Made, edition: str, kind: type[GalacticaError]
) -> None:
    made.module.info = raising(kind("It rains\x1b[2J.", "Take an umbrella."))  # type: ignore[attr-defined]
    said = call("info", edition)
    assert said.code == kind.exit_code
    assert said.out == ""
    assert said.err == "It rains\ufffd[2J.\nTake an umbrella.\n"
    said = call("info", edition, "--json")
    assert json.loads(said.out)["error"] == {
        "problem": "It rains\x1b[2J.",
        "remedy": "Take an umbrella.",
        "code": kind.exit_code,
    }


def test_a_bug_is_named_as_one_and_its_details_are_saved(
    made: Made, edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", lambda *a, **k: tmp_path)
    made.module.info = raising(ZeroDivisionError("by zero"))  # type: ignore[attr-defined]
    said = call("info", edition)
    assert said.code == 70
    assert "This is a bug in galactica: ZeroDivisionError: by zero" in said.err
    assert "Traceback" not in said.err
    saved = next(tmp_path.glob("bug-*.txt"))
    assert str(saved) in said.err
    assert "Traceback" in saved.read_text()


def test_a_bug_is_told_even_where_nothing_can_be_saved(
    made: Made, edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", raising(OSError(errno.EACCES, "no")))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made.module.info = raising(ZeroDivisionError("by zero"))  # type: ignore[attr-defined]
    assert call("info", edition).code == 70
    assert list(tmp_path.glob("galactica-*bug*"))


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 5, "disk is full"),
        (MemoryError(), 6, "memory"),
        (PermissionError(errno.EACCES, "Permission denied", "x.zim"), 3, "Permission denied: x.zim"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe", "standard output"), 0, ""),
    ],
)
def test_what_the_system_refuses_is_told_plainly(
    made: Made, edition: str, error: Exception, code: int, word: str
) -> None:
    made.module.info = raising(error)  # type: ignore[attr-defined]
    said = call("info", edition)
    assert said.code == code
    assert word in said.err


def test_ctrl_c_ends_with_130_and_says_that_the_work_goes_on(made: Made) -> None:
    made.module.build = raising(KeyboardInterrupt())  # type: ignore[attr-defined]
    said = call("build", "x.edition", "notes.txt")
    assert said.code == 130
    assert "goes on" in said.err


def test_a_work_that_was_stopped_and_says_how_it_stands_is_not_contradicted(made: Made) -> None:
    stop = KeyboardInterrupt()
    stop.add_note("x.edition is whole; `galactica index x.edition --only meaning` adds the rest.")
    made.module.build = raising(stop)  # type: ignore[attr-defined]
    said = call("build", "x.edition", "notes.txt")
    assert said.code == 130
    assert said.err == "Stopped. x.edition is whole; `galactica index x.edition --only meaning` adds the rest.\n"


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["info", "--nonsense"],
        ["search"],
        ["build"],
        ["ls", "--limit", "many"],
        ["ls", "--limit", "0"],
        ["shelf", "burn"],
        ["read", "x", "--format", "pdf"],
        ["sql"],
    ],
)
def test_a_wrong_command_line_ends_with_2_and_the_way_to_help(made: Made, words: list[str]) -> None:
    said = call(*words)
    assert said.code == 2
    assert "--help" in said.err
    assert said.out == ""


def test_nothing_at_all_shows_the_help(made: Made) -> None:
    said = call()
    assert said.code in (0, 2)
    assert "Usage" in said.out + said.err


@pytest.mark.skipif(os.name == "nt", reason="pipes end differently on Windows")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    program = "import sys; sys.argv[1:] = ['version']; from galactica.cli import main; main()"
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [sys.executable, "-c", program], stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_terminal_that_knows_only_ascii_ends_nothing() -> None:
    program = "import sys; sys.argv[1:] = ['read', 'x', '-e', '雨 no such']; from galactica.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert ended.returncode == 4
    assert "Traceback" not in ended.stderr
