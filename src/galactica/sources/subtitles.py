"""Subtitles (WebVTT and SubRip): what is said in a recording, each piece with the second at which it is said.

A file is one document. Cues that follow each other at once are a paragraph until a sentence ends; every cue begins with
an anchor (`time:12.5`), so that a search or a citation leads to the second. Who speaks is said where the file says it.
A line that only repeats what the cue before showed (captions that roll up) stands once. A block that is no cue, note,
style or region is counted.

Standards: WebVTT (W3C Candidate Recommendation 2019-04-04) §4; SubRip has none: blocks of a number, a line of times
with commas, and text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.model import Document, Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected

PAUSE = 3.0
"""Seconds without speech after which a paragraph ends."""

ENOUGH = 200
"""Characters after which a paragraph ends with the sentence."""

LONGEST = 2_000
"""Characters after which it ends anyway: captions made by machines have no sentences."""

_TIME = r"[ \t]*(?:(\d{1,6}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"{_TIME}[ \t]*-->{_TIME}")
_SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]{1,200})>")
_TAG = re.compile(r"<[^<>\n]{0,500}>|\{\\[^{}\n]{0,200}\}")
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»）)]?$")
_UNSPOKEN = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What is shown from `start` to `end`, in seconds; `speaker` is "" where it is not said."""

    start: float
    end: float
    speaker: str
    text: str


def recognise(name: str, head: bytes) -> int:
    """95 for what begins with WEBVTT, 60 for a file named .srt whose first block is a cue."""
    start = leaf.text_head(head)
    if start.startswith("WEBVTT") and start[6:7] in ("", " ", "\t", "\r", "\n"):
        return 95
    lines = start.splitlines()[:3]
    return 60 if leaf.suffix_of(name) == ".srt" and any(_TIMES.match(line) for line in lines) else 0


def read_subtitles(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the document, or why there is none."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    title, found, unread = cues(text)
    if not found:
        yield rejected(key, entry.path, "empty", "no cue with text in it")
        return
    yield Document(
        source=key,
        path=entry.path,
        title=title or stem(entry.path),
        markup="html",
        content="\n".join(paragraphs(found)),
        dropped=(("subtitles:no-cue", unread),) if unread else (),
    )


def cues(text: str) -> tuple[str, list[Cue], int]:
    """(title that the file gives itself, its cues in their order, blocks that were not understood)."""
    title = ""
    found: list[Cue] = []
    unread = 0
    shown: list[str] = []
    for number, block in enumerate(re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))):
        lines = [line for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        if number == 0 and lines[0].lstrip("\ufeff").startswith("WEBVTT"):
            title = leaf.title_line(lines[0].lstrip("\ufeff")[6:].strip(" \t-–—:"))
            lines = lines[1:] if any(_TIMES.match(line) for line in lines) else []
        if not lines or lines[0].split()[0] in _UNSPOKEN:
            continue
        at = next((i for i, line in enumerate(lines[:2]) if _TIMES.match(line)), -1)
        if at < 0:
            unread += 1
            continue
        times = _TIMES.match(lines[at])
        assert times is not None
        said = [plain for line in lines[at + 1 :] if (plain := _plain(line))]
        speaker = next((match[1] for line in lines[at + 1 :] if (match := _SPEAKER.search(line))), "")
        new = [line for line in said if line not in shown]
        shown = said
        if new:
            start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
            found.append(Cue(start=start, end=max(start, end), speaker=_plain(speaker), text=" ".join(new)))
    return title, found, unread


def paragraphs(found: list[Cue]) -> Iterator[str]:
    """The cues as paragraphs of HTML."""
    pieces: list[str] = []
    size, speaker, end = 0, "", 0.0
    for cue in found:
        over = size > LONGEST or (size > ENOUGH and _SENTENCE.search(pieces[-1]))
        if pieces and (over or cue.start - end > PAUSE or (cue.speaker and cue.speaker != speaker)):
            yield f"<p>{' '.join(pieces)}</p>"
            pieces, size = [], 0
        name = f"<b>{html.escape(cue.speaker)}:</b> " if cue.speaker and (not pieces or cue.speaker != speaker) else ""
        pieces.append(f'<span id="time:{_anchor(cue.start)}"></span>{name}{html.escape(cue.text, quote=False)}')
        size += len(cue.text)
        speaker, end = cue.speaker or speaker, cue.end
    if pieces:
        yield f"<p>{' '.join(pieces)}</p>"


def _plain(line: str) -> str:
    """A line of a cue without its marks, references resolved."""
    return leaf.title_line(html.unescape(_TAG.sub("", line)))


def _anchor(seconds: float) -> str:
    """Seconds as an anchor has them: at most three decimals, none that are nought."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


LEAF = Leaf(
    name="subtitles", suffixes=(".vtt", ".srt"), recognise=recognise, read=read_subtitles, whole=True, shown=True
)
FORMAT = file_format(LEAF)
