"""Which hosts are this machine, so that nobody else can be spoken to or listen there."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a host, a name or an address without port, is this machine alone.

    "localhost", 127.0.0.0/8 or ::1 (RFC 6761 §6.3, RFC 6890), an IPv6 address in brackets or without.
    """
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
