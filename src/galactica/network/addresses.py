"""Which addresses may be fetched, and how they are written. Knows no network.

Rules: http and https alone, without a name and password in it. An address on the public net is one whose numbers are
globally reachable (IANA's registries, as `ipaddress` has them); numbers of IPv6 that carry one of IPv4 inside are told
by that. Everything else (this machine, its network, link-local services of clouds) is local.
Standards: RFC 3986; RFC 6890; RFC 6052 (NAT64); WHATWG URL Standard for what is forgiven.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

LONGEST = 2000
"""Characters of an address."""

_ALLOWED = "/%:@!$&'()*+,;=-._~?[]|"
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")  # RFC 6890; a cloud's own service is at 192.0.0.192
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_OWN_NAMES = ("localhost", "local", "home.arpa", "internal")
_BAD = re.compile(r"[\x00-\x20\x7f]")


class AddressError(ValueError):
    """An address that is not fetched; its text says why, for people."""


def checked_address(written: str, base: str = "") -> str:
    """An address in one form: whole, encoded, without fragment.

    Args:
        written: as a person, a feed or a server gives it.
        base: what it is relative to.

    Raises:
        AddressError: it is none that is fetched.
    """
    text = written.strip()
    if _BAD.search(text) or len(text) > LONGEST:
        raise AddressError("it has spaces, control characters, or more than 2,000 characters")
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower().rstrip(".")
    except (ValueError, UnicodeError):
        raise AddressError("it is no address") from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise AddressError(f"only http and https are fetched, not {scheme or 'this'}")
    if not host:
        raise AddressError("it names no host")
    if parts.username is not None or parts.password is not None:
        raise AddressError("it holds a user's name or password")
    named = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[scheme]
    place = named if port in (None, usual) else f"{named}:{port}"
    path = quote(parts.path or "/", safe=_ALLOWED)
    return urlunsplit((scheme, place, path, quote(parts.query, safe=_ALLOWED), ""))


def server_of(address: str) -> str:
    """Host and port of an address that was checked."""
    return urlsplit(address).netloc


def is_public(number: str) -> bool:
    """Whether an IP address is one that anybody on the net reaches, and nothing of one's own."""
    try:
        found = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inside is None and found in _NAT64:
            inside = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inside is not None:
            found = inside
    if isinstance(found, ipaddress.IPv6Address) and found.is_site_local:  # RFC 3879: a network's own, once
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved and found not in _PROTOCOLS


def is_named_local(address: str) -> bool:
    """Whether an address says by itself that it is of this machine or its network, so that whoever named it means that.

    Numbers that are not public; names that lead to nothing on the public net (RFC 6761 §6.3 `localhost`; RFC 6762
    `local`; RFC 8375 `home.arpa`; ICANN 2024-07-29 `internal`). Any other name may lead anywhere, whoever named it.

    Args:
        address: one that was checked.
    """
    host = urlsplit(address).hostname or ""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return any(host == each or host.endswith(f".{each}") for each in _OWN_NAMES)
    return not is_public(host)


def redirected(source: str, target: str) -> str:
    """Where a server sends its reader on to.

    Raises:
        AddressError: nowhere that is fetched; from https never to http.
    """
    found = checked_address(target, source)
    if source.startswith("https:") and found.startswith("http:"):
        raise AddressError("it leads from https to http")
    return found


def source_key(address: str) -> str:
    """The name of what is followed at an address: host and path, as long as they say something."""
    parts = urlsplit(address)
    host = parts.netloc.removeprefix("www.")
    path = re.sub(r"\.(?:xml|rss|atom|json|txt)(?:\.gz)?\Z", "", parts.path.strip("/"), flags=re.IGNORECASE)
    words = "-".join(each for each in (host, path, parts.query) if each)
    name = re.sub(r"[^\w.-]+", "-", words).strip("-.")
    return name[:120] or "source"
