"""Files that pages show or link to, made so that they can only be looked at or saved.

A picture in SVG is sanitised; what a browser would run or lay out as a page is a row of bytes, to be saved.
"""

from __future__ import annotations

from collections import Counter

from galactica.refine.svg import sanitise_svg

SVG = "image/svg+xml"
BYTES = "application/octet-stream"

ACTIVE_TYPES = frozenset(
    "text/html application/xhtml+xml text/xml application/xml text/javascript application/javascript text/css "
    "application/mathml+xml application/xslt+xml multipart/related message/rfc822 application/x-shockwave-flash".split()
)
"""Media types that a browser runs or lays out."""


def passive(mime: str, content: bytes, dropped: Counter[str] | None = None) -> tuple[str, bytes] | None:
    """(media type, content) as a file may be kept and served; None for a picture that cannot be made safe.

    Args:
        dropped: names of the elements that were taken out of an SVG are counted here.
    """
    plain = mime.partition(";")[0].strip().lower()
    if plain in ACTIVE_TYPES:
        return BYTES, content
    if plain not in (SVG, "image/svg"):
        return mime, content
    safe = sanitise_svg(content, dropped)
    return None if safe is None else (SVG, safe)
