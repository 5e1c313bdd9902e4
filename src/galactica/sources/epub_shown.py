"""What a book's pages show that is no text: pictures, drawings in SVG, sound and film, other files.

A picture is shown by its file in the book; where the book does not hold it, its alternative text stands for it, as in a
browser. A drawing that stands in the page becomes a file of its own; one that only frames a picture is that picture.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from galactica.sources.xml_stream import SVG

MAX_DRAWING = 8 * 2**20
"""Characters of a drawing inside a page; a map of the world has some hundred thousand."""

_DATA = re.compile(r"data:([a-z]+/[a-z0-9.+-]+)((?:;[^;,]{0,100})*),", re.I)
_PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".jxl", ".bmp")
_SPACE = re.compile(r"\s+")


class Files(Protocol):
    """The files of the book around a page; addresses are for HTML but not escaped."""

    def link(self, href: str) -> str:
        """Where a link leads; "" for nowhere."""

    def shown(self, src: str) -> str:
        """The address of a file that is shown; "" where the book has none such."""

    def drawn(self, mime: str, content: bytes) -> str:
        """The address of a file that stood in the page itself."""

    def style(self, href: str) -> tuple[str, bool]:
        """(the text of a style sheet, "" where there is none; whether it is asked for the first time)."""


def picture_tag(attributes: Mapping[str, str], files: Files, dropped: Counter[str]) -> str:
    """An <img> as HTML, or its alternative text."""
    src = attributes.get("src") or attributes.get("xlink:href") or attributes.get("href", "")
    if not src and attributes.get("srcset"):
        src = attributes["srcset"].split()[0].rstrip(",")
    alt = _SPACE.sub(" ", attributes.get("alt", "")).strip()
    address = _data(src, files) if src[:5].lower() == "data:" else files.shown(src) if src else ""
    if not address:
        dropped["epub:picture-missing"] += 1
        return html.escape(alt, quote=False)
    sizes = "".join(f' {key}="{html.escape(attributes[key])}"' for key in ("width", "height") if key in attributes)
    return f'<img src="{html.escape(address)}" alt="{html.escape(alt)}"{sizes}>'


def film_tag(name: str, attributes: Mapping[str, str], files: Files, dropped: Counter[str]) -> str:
    """The start tag of an <audio>, <video>, <source> or <track>; "" for a source that the book does not hold."""
    src = attributes.get("src", "")
    address = files.shown(src) if src else ""
    if src and not address:
        dropped["epub:media-missing"] += 1
        if name in ("source", "track"):
            return ""
    told = f' src="{html.escape(address)}"' if address else ""
    if name in ("audio", "video"):
        return f"<{name} controls{told}>"
    kept = ("type",) if name == "source" else ("kind", "srclang")
    return f"<{name}{told}" + "".join(f' {k}="{html.escape(attributes[k])}"' for k in kept if k in attributes) + ">"


def embedded_tag(name: str, attributes: Mapping[str, str], files: Files, dropped: Counter[str]) -> str:
    """An <object>, <embed> or <iframe> as HTML: a picture, else a link to what it shows; "" where that is not there."""
    src = attributes.get("data") or attributes.get("src", "")
    kind = attributes.get("type", "").lower()
    if not src:
        return ""
    if kind.startswith("image/") or src.partition("#")[0].lower().endswith(_PICTURE_NAMES):
        address = files.shown(src)
        alt = attributes.get("title") or attributes.get("alt", "")
        return f'<img src="{html.escape(address)}" alt="{html.escape(alt)}">' if address else ""
    if kind.startswith(("audio/", "video/")):
        address = files.shown(src)
        film = "video" if kind.startswith("video/") else "audio"
        return f'<{film} controls src="{html.escape(address)}"></{film}>' if address else ""
    address = files.link(src)
    if not address:
        dropped[f"epub:{name}"] += 1
        return ""
    called = attributes.get("title") or src.partition("#")[0].rpartition("/")[2]
    return f'<a href="{html.escape(address)}">{html.escape(called, quote=False)}</a>'


class Drawing:
    """An <svg> that is being read: what it says, which pictures it frames, itself as a file."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self.words: list[str] = []
        self.frames: list[Mapping[str, str]] = []
        self.others = 0
        self.title = ""
        self._pieces: list[str] = []
        self._names: list[str] = []
        self._size = 0
        self.start("svg", dict(attributes))

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A tag inside."""
        self._names.append(name)
        if name == "image":
            self.frames.append(attributes)
        elif name not in ("svg", "g", "title", "desc", "defs", "metadata", "a", ""):
            self.others += 1
        if name:
            told = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items() if key != "xmlns")
            space = f' xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink"' if len(self._names) == 1 else ""
            self._add(f"<{name}{space}{told}>")

    def end(self, name: str) -> bool:
        """An end tag; returns whether it was that of the drawing."""
        if name not in self._names:
            return False
        while self._names:
            last = self._names.pop()
            if last:
                self._add(f"</{last}>")
            if last == name:
                break
        return not self._names

    def text(self, text: str) -> None:
        """Text inside."""
        if not self._names or self._names[-1] in ("style", "script"):
            return
        if self._names[-1] in ("title", "desc"):
            self.title += text
        elif text.strip():
            self.words.append(text)
        self._add(html.escape(text, quote=False))

    @property
    def content(self) -> bytes:
        """The drawing as a file; b"" of one that is too large."""
        return "".join(self._pieces).encode("utf-8", "replace") if self._size <= MAX_DRAWING else b""

    def _add(self, piece: str) -> None:
        self._size += len(piece)
        if self._size <= MAX_DRAWING:
            self._pieces.append(piece)


def drawing_tag(found: Drawing, files: Files, dropped: Counter[str]) -> str:
    """A drawing as HTML: the picture that it frames, or a picture of its own, with its words as what stands for it."""
    said = _SPACE.sub(" ", f"{found.title} {' '.join(found.words)}").strip()
    if found.frames and not found.others:
        return "".join(picture_tag({"alt": said, **frame}, files, dropped) for frame in found.frames)
    content = found.content
    if not content:
        dropped["epub:svg"] += 1
        return html.escape(said, quote=False)
    address = files.drawn("image/svg+xml", content)
    if not address:
        dropped["epub:svg"] += 1
        return html.escape(said, quote=False)
    return f'<img src="{html.escape(address)}" alt="{html.escape(said[:4_000])}">'


def _data(src: str, files: Files) -> str:
    """The address of a picture that stands in its own address (RFC 2397); "" where it is none."""
    found = _DATA.match(src)
    if found is None or not found[1].lower().startswith("image/"):
        return ""
    written = src[found.end() :]
    try:
        if "base64" in found[2].lower():
            content = base64.b64decode(_SPACE.sub("", written) + "===", validate=False)
        else:
            from urllib.parse import unquote_to_bytes

            content = unquote_to_bytes(written)
    except (binascii.Error, ValueError):
        return ""
    return files.drawn(found[1].lower(), content) if content else ""
