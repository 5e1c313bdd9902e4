"""Only addresses that nobody else can reach are this machine."""

from __future__ import annotations

import pytest

from galactica.codes.loopback import is_loopback

OWN = ("127.0.0.1", "127.8.9.1", "::1", "[::1]", "LocalHost.")
OTHERS = ("0.0.0.0", "::", "192.168.0.7", "localhost.example.org", "")


@pytest.mark.parametrize(("host", "own"), [*((host, True) for host in OWN), *((host, False) for host in OTHERS)])
def test_only_a_loopback_address_is_this_machine_alone(host: str, own: bool) -> None:
    assert is_loopback(host) is own
