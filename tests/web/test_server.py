"""The room opens where it may, tells its address, and closes when told."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import urllib.request

import pytest

from galactica.errors import MissingError, UsageError
from galactica.web import serve
from tests.web.shelf import FakeLibrary


def test_an_address_that_others_reach_needs_a_word_from_the_caller():
    for host in ("0.0.0.0", "::", "192.168.1.2"):
        with pytest.raises(UsageError, match="other machines"):
            serve(FakeLibrary(), host=host)


def test_a_port_that_was_asked_for_and_is_taken_is_an_error():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(MissingError, match="Address already in use"):
            serve(FakeLibrary(), port=taken.getsockname()[1])


def test_the_room_tells_its_address_when_it_answers_and_stops_when_told():
    seen: list[bytes] = []

    def visit(address: str) -> None:
        def look() -> None:
            with urllib.request.urlopen(address, timeout=5) as answer:
                seen.append(answer.read())
            os.kill(os.getpid(), signal.SIGINT)

        threading.Thread(target=look).start()

    with contextlib.suppress(KeyboardInterrupt):
        serve(FakeLibrary(), port=0, announce=visit)
    assert b"The library of tests" in seen[0]
