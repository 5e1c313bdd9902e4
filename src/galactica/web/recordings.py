"""A transcript beside its recording: each paragraph shows its time, which leads to the second.

Without scripts the time opens the recording there (Media Fragments URI 1.0: "#t=12.5"); the room's script seeks in the
player of the page instead. A recording that the edition does not hold (it was too large) is told by its name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from galactica.errors import GalacticaError
from galactica.model.anchors import clock
from galactica.web.exchange import percent_decoded

MAX_TIMES = 5_000
"""Times that one page shows; a day of speech has some 3,000 paragraphs."""

_PLAYED = re.compile(
    r"(?:<figure>)?<(?P<kind>audio|video)\b(?P<about>[^<>]*)>(?P<inside>(?:<(?:source|track)\b[^<>]*>)*)</(?P=kind)>"
    r'|(?P<before><p\b[^<>]*>(?:<mark\b[^<>]*>)?)(?=<span id="time:(?P<time>[0-9]{1,9}(?:\.[0-9]{1,3})?)")'
)
_SRC = re.compile(r' src="([^"]+)"')


def timed(body: str, media: str, held: Callable[[str], bool]) -> str:
    """The HTML of a page with times before the paragraphs behind each recording; bodies without one stay as they are.

    Args:
        body: as `dress` made it.
        media: what the addresses of files begin with.
        held: whether the edition has a file at this (decoded) path.
    """
    if "<audio" not in body and "<video" not in body:
        return body
    playing, left = "", MAX_TIMES

    def told(match: re.Match[str]) -> str:
        nonlocal playing, left
        if match["kind"]:
            found = _SRC.search(match["about"]) or _SRC.search(match["inside"])
            playing = found[1] if found else ""
            path = _path(playing, media)
            if not playing or held(path):
                figure = '<figure class="gx-player">' if match[0].startswith("<figure>") else ""
                return figure + match[0].removeprefix("<figure>")
            playing = ""
            opening = "<figure>" if match[0].startswith("<figure>") else ""
            return f'{opening}<span class="gx-missing">{html.escape(path)}</span>'
        if not playing or left <= 0:
            return match[0]
        left -= 1
        seconds = match["time"]
        shown = clock(seconds).removeprefix("00:")
        return f'{match["before"]}<a class="gx-time" href="{playing}#t={seconds}">{shown}</a>'

    return _PLAYED.sub(told, body)


def _path(address: str, media: str) -> str:
    try:
        return percent_decoded(html.unescape(address.removeprefix(media)))
    except GalacticaError:
        return ""
