"""Books that are read aloud: which second of which recording says the text at an id (media overlays).

Rules: the recording stands before the text that it says first, each place in the text that has a second of its own gets
an anchor (`time:12.5`), no two of them nearer than `APART`: an overlay may name every word. What a voice of the machine
is to say, and what names no text, is counted.
Standards: EPUB 3.3, section 9 (media overlays); SMIL 3.0, 5.4.3 (clock values).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from galactica.sources.epub_package import document_of, lead
from galactica.sources.xml_tree import xml_tree
from galactica.sources.zipped import Zipped

APART = 2.0
"""Seconds between two anchors."""

MAX_CLIPS = 200_000
"""Places of one overlay; a novel has some 100,000 words."""

_CLOCK = re.compile(r"(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)")
_COUNT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(h|min|s|ms)?")
_UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aloud:
    """What one overlay says: id → (path of the recording, second) of the text of one page; clips that say nothing."""

    clips: dict[str, tuple[str, float]] = field(default_factory=dict)
    left_out: int = 0


def aloud(archive: Zipped, overlay: str, page: str) -> Aloud:
    """How a page is read aloud.

    Args:
        overlay: path of its SMIL.
    """
    clips: dict[str, tuple[str, float]] = {}
    left_out = 0
    tree = xml_tree(document_of(archive, overlay))
    for number, each in enumerate(tree.walk("par")):
        text, sound = each.first("text"), each.first("audio")
        target = lead(overlay, text.attributes.get("src", "")) if text is not None else None
        heard = lead(overlay, sound.attributes.get("src", "")) if sound is not None else None
        path = archive.find(heard[0]) if heard and heard[0] else ""
        if number >= MAX_CLIPS or target is None or not target[1] or not path:
            left_out += 1
        elif archive.find(target[0]) == page and sound is not None:
            clips.setdefault(target[1], (path, seconds(sound.attributes.get("clipBegin", "0"))))
    return Aloud(clips=clips, left_out=left_out)


def seconds(clock: str) -> float:
    """A clock value of SMIL in seconds; 0 for what is none.

    Example:
        >>> seconds("0:01:02.5"), seconds("02:03"), seconds("1.5min"), seconds("500ms"), seconds("7")
        (62.5, 123.0, 90.0, 0.5, 7.0)
    """
    text = clock.strip()
    if found := _CLOCK.fullmatch(text):
        return int(found[1] or 0) * 3600.0 + int(found[2]) * 60.0 + float(found[3])
    if found := _COUNT.fullmatch(text):
        return float(found[1]) * _UNITS.get(found[2] or "s", 1.0)
    return 0.0
