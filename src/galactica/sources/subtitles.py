"""Subtitles (WebVTT, SubRip, SBV, SubStation Alpha, TTML): what is said in a recording, each piece with its second.

A file is one document. Cues that follow each other at once are a paragraph until a sentence ends; every cue begins with
an anchor (`time:12.5`), so that a search or a citation leads to the second. Who speaks is said where the file says it.
A line that only repeats what the cue before showed (captions that roll up) stands once. A block that is no cue, note,
style or region is counted. Where the recording lies beside it (`recordings`), the page plays it.

Standards: WebVTT (W3C Candidate Recommendation 2019-04-04) §4; SubRip has none: blocks of a number, a line of times
with commas, and text. The others: `captions`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from galactica.languages import tag
from galactica.model import Document, MediaFile, Redirect, Rejected
from galactica.sources import captions, leaf, recordings
from galactica.sources.captions import Cue
from galactica.sources.contract import HEAD_BYTES, Item, SourceOptions
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
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z0-9-]{2,35})[ \t]*$", re.MULTILINE)


def recognise(name: str, head: bytes) -> int:
    """95 for what begins as WebVTT, SubStation Alpha or TTML does, 60 for a file named .srt or .sbv that begins with a
    cue."""
    start = leaf.text_head(head)
    if start.startswith("WEBVTT") and start[6:7] in ("", " ", "\t", "\r", "\n"):
        return 95
    if captions.is_substation(start) or captions.is_timed_text(start):
        return 95
    suffix, lines = leaf.suffix_of(name), start.splitlines()[:3]
    if suffix == ".sbv":
        return 60 if lines and captions.is_sbv_time(lines[0]) else 0
    return 60 if suffix == ".srt" and any(_TIMES.match(line) for line in lines) else 0


def read_subtitles(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the document, or why there is none; and what its recording needs to be played with it."""
    recording = recordings.recording_of(entry)
    if recording and recording.first:
        yield recordings.work_of(recording, key)
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    parsed = parse(text)
    if not parsed.cues:
        yield rejected(key, entry.path, "empty", "no cue with text in it")
        return
    if recording and recording.is_chapters and recording.spoken:
        # its headings stand in what is said, which is what its name leads to
        yield Redirect(source=key, path=entry.path, title=stem(entry.path), target=recording.spoken[0])
        return
    if recording and not entry.path.lower().endswith(".vtt"):  # browsers show no subtitles of another kind
        made = captions.as_webvtt(parsed.cues).encode()
        yield MediaFile(source=key, path=recordings.track_path(entry.path), mime="text/vtt", content=made)
    chapters = parse(recordings.chapters_text(recording)).cues if recording else ()
    content = [recordings.player(recording)] if recording else []
    content += paragraphs(parsed.cues, () if recording and recording.is_chapters else chapters)
    yield Document(
        source=key,
        path=entry.path,
        title=parsed.title or (recording.title if recording else recordings.title_of_name(entry.path)),
        markup="html",
        content="\n".join(content),
        language=recording.language if recording and recording.language else _language(entry.path, parsed.language),
        dropped=tuple((rule, count) for rule, count in parsed.dropped if count),
        work=recording.path if recording and len(recording.spoken) > 1 else "",
        part=recording.part if recording and len(recording.spoken) > 1 else 0,
    )


def parse(text: str) -> captions.Parsed:
    """What a file of any of the kinds says."""
    start = text[:HEAD_BYTES].lstrip("\ufeff \t\r\n")
    if captions.is_substation(start):
        return captions.substation(text)
    if captions.is_timed_text(start):
        return captions.timed_text(text)
    if captions.is_sbv_time(start.split("\n", 1)[0]):
        return captions.sbv(text)
    title, found, unread = cues(text)
    return captions.Parsed(
        title=title, language=_said(text), cues=tuple(found), dropped=(("subtitles:no-cue", unread),)
    )


def _said(text: str) -> str:
    """The language that the head of a WebVTT file states, as some tools write it there."""
    head = text[:2_000].replace("\r\n", "\n").partition("\n\n")[0]
    found = _LANGUAGE.search(head) if "WEBVTT" in head[:10] else None
    return found[1] if found else ""


def _language(path: str, stated: str) -> str:
    """The language of a file by what it states, else by its name ("talk.pt-BR.srt"); "" where neither tells."""
    return tag(stated) or recordings.language_of_name(path)


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
        for part in _cues_of(lines):
            at = next((i for i, line in enumerate(part[:2]) if _TIMES.match(line)), -1)
            times = _TIMES.match(part[at]) if at >= 0 else None
            if times is None or len(found) >= captions.MAX_CUES:
                unread += 1
                continue
            said = [plain for line in part[at + 1 :] if (plain := _plain(line))]
            speaker = next((match[1] for line in part[at + 1 :] if (match := _SPEAKER.search(line))), "")
            new = [line for line in said if line not in shown]
            shown = said
            if new:
                start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
                found.append(Cue(start=start, end=max(start, end), speaker=_plain(speaker), text=" ".join(new)))
    return title, found, unread


def _cues_of(lines: list[str]) -> Iterator[list[str]]:
    """The lines of a block, cut before each further line of times: no blank line stands before some (WebVTT §6.3)."""
    begun, timed = 0, False
    for at, line in enumerate(lines):
        if not _TIMES.match(line):
            continue
        if timed:
            numbered = lines[at - 1].strip().isdigit() and at - 1 > begun + 1
            yield lines[begun : at - numbered]
            begun = at - numbered
        timed = True
    yield lines[begun:]


def paragraphs(found: Sequence[Cue], chapters: Sequence[Cue] = ()) -> Iterator[str]:
    """The cues as paragraphs of HTML, under the chapters as headings where there are any."""
    pieces: list[str] = []
    size, speaker, end = 0, "", 0.0
    waiting = list(reversed(chapters))
    for cue in found:
        over = size > LONGEST or (size > ENOUGH and _SENTENCE.search(pieces[-1]))
        turned = cue.speaker and cue.speaker != speaker
        begun = bool(waiting) and waiting[-1].start <= cue.start
        if pieces and (over or cue.start - end > PAUSE or turned or begun):
            yield f"<p>{' '.join(pieces)}</p>"
            pieces, size = [], 0
        while waiting and waiting[-1].start <= cue.start:
            yield _heading(waiting.pop())
        name = f"<b>{html.escape(cue.speaker)}:</b> " if cue.speaker and (not pieces or turned) else ""
        pieces.append(f'<span id="time:{_anchor(cue.start)}"></span>{name}{html.escape(cue.text, quote=False)}')
        size += len(cue.text)
        speaker, end = cue.speaker or speaker, cue.end
    if pieces:
        yield f"<p>{' '.join(pieces)}</p>"
    yield from map(_heading, reversed(waiting))


def _heading(chapter: Cue) -> str:
    return f'<h2 id="time:{_anchor(chapter.start)}">{html.escape(chapter.text, quote=False)}</h2>'


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
    name="subtitles",
    suffixes=(".vtt", ".srt", ".sbv", ".ass", ".ssa", ".ttml", ".dfxp"),
    recognise=recognise,
    read=read_subtitles,
    whole=True,
    shown=True,
)
FORMAT = file_format(LEAF)
