"""Pictures of an article's page: each says what it shows, and opens large.

A dressed body (`web.body`) goes in: well-formed, every attribute value in double quotes. A picture without an
alternative text gets the caption of its figure, else what its file is called; a name of digits and hashes says nothing
and is left out. A picture that is no link itself becomes one to its own file; small signs within lines of text do not.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

MAX_ALT = 250
"""Characters of an alternative text that was made here."""

SMALL = 48
"""Pixels: a picture that says it is narrower is a sign in a line of text."""

_TAG = re.compile(r"<(/?)(a|figure|img)\b([^>]*)>")
_CAPTION = re.compile(r"<figcaption\b[^>]*>(.*?)</figcaption>", re.S)
_MARKUP = re.compile(r"<[^>]*>")
_SOURCE = re.compile(r' src="(/m/[^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_WIDTH = re.compile(r' width="(\d{1,5})"')
_ENDING = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|ico|tiff?)\b", re.I)
_THUMBNAIL = re.compile(r"^(?:lossy-page\d+-|page\d+-)?\d+px[-_]", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}|[\u2e80-\uffdc]")
_HASH = re.compile(r"[0-9a-f]{8,}", re.I)


def pictured(body: str) -> str:
    """A dressed body whose pictures have alternative texts and open large."""
    if "<img" not in body:
        return body
    out: list[str] = []
    copied = inside = 0
    captions: list[str] = []
    for match in _TAG.finditer(body):
        closing, name, attributes = match.groups()
        if name == "a":
            inside = max(0, inside + (-1 if closing else 1))
        elif name == "figure":
            if closing:
                del captions[-1:]
            else:
                captions.append(_caption(body, match.end()))
        elif not closing:
            out += (body[copied : match.start()], _picture(attributes, captions[-1] if captions else "", inside > 0))
            copied = match.end()
    out.append(body[copied:])
    return "".join(out)


def _picture(attributes: str, caption: str, linked: bool) -> str:
    source, alt, width = _SOURCE.search(attributes), _ALT.search(attributes), _WIDTH.search(attributes)
    if source and not (alt and alt[1].strip()):
        attributes = _ALT.sub("", attributes) + f' alt="{html.escape(caption or picture_name(source[1]))}"'
    picture = f"<img{attributes}>"
    if linked or source is None or (width and int(width[1]) < SMALL):
        return picture
    return f'<a class="gx-large" href="{source[1]}">{picture}</a>'


def _caption(body: str, start: int) -> str:
    """The caption of the figure that opens before `start`, as plain text."""
    end = body.find("</figure>", start)
    found = _CAPTION.search(body, start, end if end >= 0 else start)
    if not found:
        return ""
    return " ".join(html.unescape(_MARKUP.sub("", found[1])).split())[:MAX_ALT]


def picture_name(address: str) -> str:
    """What the file of a picture is called, as words; "" where its name says nothing."""
    name = unquote(html.unescape(address)).rpartition("/")[2]
    name = _THUMBNAIL.sub("", _ENDING.split(name, maxsplit=1)[0])
    words = " ".join(re.sub(r"[_+]|(?<=\w)-(?=\w)", " ", name).split())[:MAX_ALT]
    return words if _WORD.search(_HASH.sub("", words)) else ""
