"""The porter: which requests come in at all, and which headers every answer carries.

Rules:
1. GET and HEAD only: the room changes nothing. A question may be too long for an address, so `/api/v1/ask` takes POST
   (and OPTIONS where other origins were let in); `asking` says from whom. What a camera sees comes by POST, too, where
   an edition is received by one; `receiving` says from whom.
2. On a loopback address only requests that name a loopback host are answered. A page elsewhere whose name was pointed
   at 127.0.0.1 (DNS rebinding) sends its own name in `Host` and gets nothing.
3. Addresses and queries are bounded before anyone looks at them.
4. Every answer says what a browser may do with it: nothing from outside, no script but the room's own file, no frames.
   Source: Content Security Policy Level 3, Fetch (nosniff, CORP), Referrer Policy.
"""

from __future__ import annotations

from galactica.codes.loopback import is_loopback

MAX_TARGET = 8192
"""Bytes of path and query together above which a request is refused with 414. Titles are at most 255 bytes in
MediaWiki; three times that when percent-encoded; the rest is room for queries."""

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For the room's own pages. `connect-src` is for typing suggestions."""

CSP_MEDIA = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""For files of an edition: an SVG opened by itself may style itself, run nothing and load nothing."""

_POWERS = (b"microphone=()", b"geolocation=()", b"payment=()", b"usb=()", b"browsing-topics=()", b"interest-cohort=()")

COMMON: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b", ".join((b"camera=()", *_POWERS))),
)
"""On every answer."""

PAGE: tuple[tuple[bytes, bytes], ...] = ((b"content-security-policy", CSP.encode()), *COMMON)
CAMERA_PAGE: tuple[tuple[bytes, bytes], ...] = tuple(
    (name, b", ".join((b"camera=(self)", *_POWERS))) if name == b"permissions-policy" else (name, value)
    for name, value in PAGE
)
"""For the page that receives by the camera, and for no other. What a camera gives is no address: the policy of content
needs nothing for it."""

MEDIA: tuple[tuple[bytes, bytes], ...] = ((b"content-security-policy", CSP_MEDIA.encode()), *COMMON)


def host_is_local(header: str) -> bool:
    """Whether a `Host` header names a loopback host, with or without a port (RFC 9110 §7.2)."""
    name = header.strip()
    if name.startswith("["):
        name, bracket, port = name.partition("]")
        if not bracket or (port and not port.startswith(":")):
            return False
        name = name[1:]
    else:
        name = name.partition(":")[0]
    return is_loopback(name)


def safe_link(url: str) -> str:
    """`url` where a browser may follow it (http and https only), else "". For addresses that sources state."""
    return url if url[:8].lower().startswith(("http://", "https://")) and "\\" not in url[:12] else ""
