"""A server listens where it is told to, and only where this machine can be reached."""

from __future__ import annotations

import socket

import pytest

from galactica.errors import UsageError
from galactica.serve.listening import in_address, listen


def test_the_usual_port_gives_way_to_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with listen("127.0.0.1", None, usual=taken.getsockname()[1]) as free:
            assert free.getsockname()[1] not in (0, taken.getsockname()[1])


def test_ports_out_of_range_are_refused() -> None:
    for port in (-1, 65536):
        with pytest.raises(UsageError):
            listen("127.0.0.1", port, usual=8765)


def test_an_address_of_version_six_stands_in_brackets() -> None:
    assert [in_address(host) for host in ("::1", "[::1]", "127.0.0.1", "box")] == ["[::1]", "[::1]", "127.0.0.1", "box"]
