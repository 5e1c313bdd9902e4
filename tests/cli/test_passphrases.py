"""Passphrases: asked for on a terminal, twice, again, without an echo; and never where there is none."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="needs the extra spread")
pytest.importorskip("tuf", reason="needs the extra spread")

from .test_keys import mine, told

__all__ = ["mine"]

ON_A_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from galactica.cli import run
sys.exit(run(sys.argv[1:]))
"""
"""The program, with its standard input for its terminal."""

PATIENCE = 60
"""Seconds after which a program that shows nothing more has been asked for what it never shows."""


def typed(words: list[str], asked: Sequence[tuple[bytes, bytes]]) -> tuple[int, bytes]:
    """(exit code, all that a terminal showed) of the program on a terminal, where (after what, what) is typed."""
    import pty

    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    shown, seen = b"", 0

    def more() -> bytes:
        if not select.select([master], [], [], PATIENCE)[0]:
            child.kill()
            raise AssertionError(shown)
        return os.read(master, 1_000)

    try:
        for prompt, answer in asked:
            while (at := shown.find(prompt, seen)) < 0:
                shown += more()
            seen = at + len(prompt)
            os.write(master, answer)
        while piece := more():
            shown += piece
    except OSError:  # the terminal is closed with its last user
        pass
    os.close(master)
    return child.wait(), shown


def test_a_passphrase_is_asked_for_twice_and_never_shown(mine: Path) -> None:
    pytest.importorskip("pty", reason="there are no terminals like POSIX's")
    secret = b"typed in secret\n"
    code, shown = typed(["keys", "new", "alice"], [(b"new key: ", secret), (b"again: ", secret)])
    assert code == 0
    assert b"encrypted" in shown
    assert b"typed in secret" not in shown
    assert (mine / "settings" / "keys" / "alice.key").is_file()
    code, shown = typed(["keys", "new", "bob"], [(b"new key: ", secret), (b"again: ", b"another\n")])
    assert code == 2
    assert b"differ" in shown


def test_a_wrong_passphrase_is_asked_for_again(mine: Path) -> None:
    pytest.importorskip("pty", reason="there are no terminals like POSIX's")
    from galactica.library import keys

    keys.new_key("alice", mine / "settings" / "keys", b"right", work=2**15, memory=2**20)
    told("keys", "root", "alice", "-t", "1", "-o", "r.json")
    asked = (b"alice.key: ", b"wrong\n"), (b"is wrong", b""), (b"alice.key: ", b"right\n"), (b"[y/N] ", b"y\n")
    code, shown = typed(["keys", "sign", "r.json", "-k", "alice"], asked)
    assert code == 0
    assert b"Signed: Root 1" in shown
    assert b"wrong\r" not in shown
    code, shown = typed(["keys", "sign", "r.json", "-k", "alice"], [(b"alice.key: ", b"wrong\n")] * 3)
    assert code == 2
    told("keys", "root", "alice", "-t", "1", "-o", "s.json")
    code, shown = typed(["keys", "sign", "s.json", "-k", "alice"], [(b"alice.key: ", b"right\n"), (b"[y/N] ", b"n\n")])
    assert code == 1
    assert b"Signed" not in shown


def test_nobody_is_asked_where_nobody_is(mine: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "galactica", "keys", "new", "alice"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no terminal" in done.stderr
    assert not (mine / "settings").exists()


def test_an_empty_passphrase_is_none(mine: Path) -> None:
    Path("empty").write_text("\n")
    assert "--no-passphrase" in told("keys", "new", "alice", "--passphrase-file", "empty", code=2).err
    told("keys", "new", "alice", "--passphrase-file", "empty", "--no-passphrase", code=2)
