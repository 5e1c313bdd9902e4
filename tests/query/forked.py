"""Sandboxes that open quickly: each a fork of one process that has loaded what the worker loads, and done nothing.

A question is still answered by a process of its own, confined before it reads it, in a folder of its own; only Python
and DuckDB are not loaded anew for each. That a real worker starts with nothing is asked in `test_sandbox`.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from galactica.codes.child import child_environment
from galactica.query import sql

OPENING = """
import os, signal, socket, sys
from galactica.query import worker

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
orders = socket.socket(fileno=int(sys.argv[1]))
while True:
    room, streams, _, _ = socket.recv_fds(orders, 65536, 2)
    if not room:
        break
    child = os.fork()
    if not child:
        orders.close()
        os.chdir(os.fsdecode(room))
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        worker.answer_and_exit()
    for stream in streams:
        os.close(stream)
    orders.sendall(b"%20d" % child)
"""


class Sandboxes:
    """The process that is forked."""

    def __init__(self) -> None:
        self._orders, other = socket.socketpair()
        self._turn = threading.Lock()
        with other:
            command = [sys.executable, "-P", "-s", "-c", OPENING, str(other.fileno())]
            self._process = subprocess.Popen(
                command, env=child_environment(bare=True), stdin=subprocess.DEVNULL, pass_fds=[other.fileno()]
            )

    def ask(self, room: str, request: bytes, limits: sql.SqlLimits) -> bytes:
        """What `galactica.query.sql._ask` does."""
        hears, says = os.pipe()
        listens, answers = os.pipe()
        with self._turn:
            socket.send_fds(self._orders, [os.fsencode(room)], [hears, answers])
            worker = int(self._orders.recv(20, socket.MSG_WAITALL))
        os.close(hears)
        os.close(answers)
        clock = threading.Timer(limits.seconds, os.kill, (worker, signal.SIGKILL))
        clock.start()
        try:
            with os.fdopen(listens, "rb") as answer:
                with os.fdopen(says, "wb") as question:
                    question.write(request)
                return answer.read()
        finally:
            clock.cancel()

    def close(self) -> None:
        """End the process."""
        self._orders.close()
        self._process.wait()


@pytest.fixture(scope="session")
def sandboxes() -> Iterator[Sandboxes | None]:
    """The process that is forked; None where the system cannot fork."""
    if not hasattr(os, "fork"):
        yield None
        return
    opened = Sandboxes()
    yield opened
    opened.close()


@pytest.fixture
def quick_sandboxes(sandboxes: Sandboxes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question in SQL is asked in such a room."""
    if sandboxes is not None:
        monkeypatch.setattr(sql, "_ask", sandboxes.ask)
