"""A film as one HTML page, which plays it with nothing but a browser: speed, size, pause, the whole screen.

The page holds the modules of each frame as bits; its script, which the page's own policy names by its hash, puts them
onto a canvas. Nothing is loaded from anywhere, and the page can be opened from a disk or a stick.

Source: docs/formats/film.md; Content Security Policy Level 3.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from galactica.spread.film.frames import Film

RATES = (1, 30)
"""Frames a second, least and most: a screen shows sixty, a camera takes thirty."""

_HERE = Path(__file__).parent / "data"


def film_page(film: Film, *, title: str, rate: int) -> Iterator[bytes]:
    """The pieces of the page, a frame each in the middle.

    Args:
        title: what is shown, for a person.
        rate: frames a second at the beginning.
    """
    script = (_HERE / "film.js").read_text("utf-8")
    style = (_HERE / "film.css").read_text("utf-8")
    height, width = film.shape
    told = {
        "TITLE": html.escape(title),
        "SCRIPT-HASH": _hash(script),
        "STYLE-HASH": _hash(style),
        "STYLE": style,
        "RATE": str(rate),
        "MOST": str(RATES[1]),
        "WIDTH": str(width),
        "HEIGHT": str(height),
        "COUNT": str(film.count),
    }
    before, after = (_HERE / "film.html").read_text("utf-8").split("{FRAMES}")
    yield _filled(before, told)
    for modules in film.frames():
        yield base64.b64encode(np.packbits(modules.reshape(-1)).tobytes()) + b"\n"
    yield _filled(after, {**told, "SCRIPT": script})


def _filled(text: str, told: dict[str, str]) -> bytes:
    """Each name is looked for in the template alone, never in what was filled in."""
    parts = text.split("{")
    made = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        made.append(told[name] + rest if closed and name in told else "{" + part)
    return "".join(made).encode("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
