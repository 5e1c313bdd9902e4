"""Addresses of the web as paths in a source: `HTTP://Example.com:80/a/../b%20c?utm_id=x&i=3` is `example.com/b c?i=3`.

Two addresses that mean one page have one path: case of the host, default ports, fragments, user names, dot segments and
the ways of percent-encoding are made alike; parameters that only track a reader or a session are dropped (`TRACKING`).
http and https are not told apart, other schemes stand before the path (`ftp:host/file`). The path is readable: what is
percent-encoded UTF-8 is decoded, but for characters that would change what the address means (`/ ? # %`).
Standards: RFC 3986 §6.2, WHATWG URL Standard §4.4; the way of writing is that of Web archives turned into ZIM files.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from galactica.sources.paths import clean_path

MAX_ADDRESS = 8192
"""Characters of an address (RFC 9110 §4.1 asks for 8000)."""

TRACKING = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid igshid mc_cid mc_eid _ga phpsessid jsessionid aspsessionid"
    " cfid cftoken sessionid session_id".split()
)
"""Names of parameters that say who reads, not what is read; and all that begin with "utm_"."""

SCHEMES = frozenset({"http", "https", "ftp", "ftps", "file", "urn", "gemini", "gopher"})
"""What records may be addressed by; anything else is no page's address (dns, screenshot, metadata)."""

_PORTS = {"http": 80, "https": 443, "ftp": 21, "gemini": 1965, "gopher": 70}
_SPACE = re.compile(r"[\t\n\r\x00]+")
_EDGES = "".join(map(chr, range(33)))
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_RESERVED = re.compile(r"[/?#%\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#;]{0,200}", re.IGNORECASE)
_SAFE = "/:@!$()*+,;=~"


@lru_cache(maxsize=1 << 15)
def web_path(address: str) -> str:
    """The path that an address stands for in a source; "" where it is none that a page or file could have."""
    address = _SPACE.sub("", address.strip(_EDGES).strip("<>"))
    if len(address) > MAX_ADDRESS:
        return ""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES or (not host and scheme not in ("file", "urn")):
        return ""
    if scheme == "urn":
        return clean_path(_readable(f"urn:{parts.path}")) or ""
    at = _host(host) + (f":{port}" if port and port != _PORTS.get(scheme, 80) else "")
    path = _SESSION_IN_PATH.sub("", parts.path.replace("\\", "/"))
    place = _without_dots(_readable(path))
    query = "&".join(part for part in parts.query.split("&") if part and not _tracks(part))
    before = "" if scheme in ("http", "https") else f"{scheme}:"
    whole = f"{before}{at}{place}" + (f"?{_readable(query)}" if query else "")
    return clean_path(whole) or ""


@lru_cache(maxsize=1 << 15)
def whole_address(base: str, address: str) -> str:
    """An address on a page of the web as a whole one, its fragment with it; "" where it makes no sense."""
    address = _SPACE.sub("", address.strip(_EDGES))
    if len(address) > MAX_ADDRESS:
        return ""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def rooted_link(path: str, fragment: str = "") -> str:
    """A path as a link from the root of its source, `/example.com/b%20c%3Fid=3`, fit for an attribute."""
    found = "/" + quote(path, safe=_SAFE, errors="replace")
    return f"{found}#{fragment}" if fragment else found


def host_of(path: str) -> str:
    """The host that a path of the web lies at; "" where it is none of http and https."""
    host = path.partition("/")[0]
    return "" if re.match(r"(?:ftps?|file|urn|gemini|gopher):", host) else host


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in TRACKING or name.startswith(("utm_", "aspsessionid"))


def _host(host: str) -> str:
    host = host.lower()
    if not host.isascii():
        try:
            return host.encode("idna").decode()
        except UnicodeError:
            return host
    return host


def _readable(path: str) -> str:
    """Percent-encoding undone where it only hides UTF-8, and written alike where it stays."""
    return _ESCAPED.sub(_decoded, path) if "%" in path else path


def _decoded(found: re.Match[str]) -> str:
    raw = unquote_to_bytes(found[0])
    try:
        return _RESERVED.sub(lambda hit: quote(hit[0], safe=""), raw.decode())
    except UnicodeDecodeError:
        return "".join(chr(b) if 33 <= b < 127 and chr(b) not in "/?#%" else f"%{b:02X}" for b in raw)


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path if path.startswith("/") else f"/{path}"
    place: list[str] = []
    steps = path.lstrip("/").split("/") if path.startswith("/") else path.split("/")
    for step in steps:
        if step == "..":
            del place[-1:]
        elif step != ".":
            place.append(step)
    if steps[-1] in (".", ".."):
        place.append("")
    return "/" + "/".join(place)
