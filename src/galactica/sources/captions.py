"""Cues of recordings, and the forms of subtitles besides WebVTT and SubRip: SBV, SubStation Alpha, TTML.

What is taken: when something is shown, who speaks, and the plain text; looks and places on the screen are not. Drawings
of SubStation Alpha and what has no time that can be read are counted.

Standards: Timed Text Markup Language 2 (W3C Recommendation 2018-11-08) §12.3, and the times of songs in it, "3:58.64"
and "19.764", which count from the beginning wherever they stand. The other two have none: SBV is YouTube's, a line of
two times and the text; SubStation Alpha v4 is described by its programs ("Format:" names the columns).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.sources.leaf import title_line
from galactica.sources.xml_stream import read_soup, read_xml

MAX_CUES = 200_000
"""Cues of one file; a day of speech has some 30,000. What comes after them is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What is shown from `start` to `end`, in seconds; `speaker` is "" where it is not said."""

    start: float
    end: float
    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file of subtitles says.

    Attributes:
        title, language: as the file gives them itself; "" where it does not.
        cues: in the order of the file.
        dropped: (rule, how often) of what was left out.
    """

    title: str = ""
    language: str = ""
    cues: tuple[Cue, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()


_POINT = r"(\d{1,4}):([0-5]?\d):([0-5]?\d)\.(\d{1,3})"
_SBV = re.compile(rf"[ \t]*{_POINT},{_POINT}[ \t]*\r?$")
_CLOCK = re.compile(r"(\d{1,6}):([0-5]?\d):([0-5]?\d)(?:\.(\d{1,9})|:(\d{1,3})(?:\.\d{1,3})?)?")
_SONG = re.compile(r"(?:(\d{1,4}):)?(\d{1,6})(\.\d{1,9})?")
_OFFSET = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(h|m|s|ms|f|t)")
_OVERRIDE = re.compile(r"\{([^{}\n]{0,2000})\}")
_DRAWING = re.compile(r"\\p[1-9]")
_BREAK = re.compile(r"\\[Nnh]")
_ROOT = re.compile(
    r"(?:<\?xml\b[^<>]{0,500}\?>\s*)?(?:<!--.{0,4000}?-->\s*){0,20}<(?:tt:)?tt\b[^<>]{0,4000}(?:ttml|ttaf1)", re.DOTALL
)


def is_substation(start: str) -> bool:
    """Whether a text begins as SubStation Alpha does."""
    return start[:13].lower() == "[script info]"


def is_timed_text(start: str) -> bool:
    """Whether a text begins as TTML does."""
    return _ROOT.match(start) is not None


def is_sbv_time(line: str) -> bool:
    """Whether a line is the first of a cue of SBV."""
    return _SBV.match(line) is not None


def sbv(text: str) -> Parsed:
    """SBV: blocks of a line with two times, and text."""
    found: list[Cue] = []
    unread = 0
    for block in re.split(r"\n[ \t]*\n", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        times = _SBV.match(lines[0])
        said = title_line_of(lines[1:])
        if times is None or len(found) >= MAX_CUES:
            unread += 1
        elif said:
            start, end = _clock(*times.groups()[:4]), _clock(*times.groups()[4:])
            found.append(Cue(start=start, end=max(start, end), speaker="", text=said))
    return Parsed(cues=tuple(found), dropped=(("subtitles:no-cue", unread),))


def substation(text: str) -> Parsed:
    """SubStation Alpha: the events, in the order of their times."""
    section, title = "", ""
    columns = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
    found: list[Cue] = []
    drawn = unread = 0
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition(":")
        key = key.strip().lower()
        if line.startswith("["):
            section = line.strip().lower()
        elif section == "[script info]" and key == "title" and colon:
            title = title_line(value)
        elif section == "[events]" and key == "format" and colon:
            columns = [column.strip().lower() for column in value.split(",")[:50]]
        elif section == "[events]" and key == "dialogue" and colon:
            cells = dict(zip(columns, value.split(",", len(columns) - 1), strict=False))
            times = [_CLOCK.fullmatch(cells.get(name, "").strip()) for name in ("start", "end")]
            if times[0] is None or times[1] is None or len(found) >= MAX_CUES:
                unread += 1
                continue
            start, end = (_clock(*(each.groups()[:4])) for each in times if each)
            said = cells.get("text", "")
            if any(_DRAWING.search(each) for each in _OVERRIDE.findall(said)):
                drawn += 1
                continue
            said = title_line_of([_BREAK.sub(" ", _OVERRIDE.sub("", said))])
            if said:
                found.append(
                    Cue(start=start, end=max(start, end), speaker=title_line(cells.get("name", "")), text=said)
                )
    found.sort(key=lambda cue: cue.start)
    told = "" if title.lower() in ("default aegisub file", "<untitled>", "script") else title
    return Parsed(
        title=told,
        cues=tuple(cue for number, cue in enumerate(found) if not number or _other(cue, found[number - 1])),
        dropped=(("subtitles:no-cue", unread), ("subtitles:drawing", drawn)),
    )


def timed_text(text: str) -> Parsed:
    """TTML: its paragraphs, each with its time."""
    listener = _TimedText()
    dropped: tuple[tuple[str, int], ...] = ()
    try:
        read_xml(text, listener)
    except ValueError:
        listener, dropped = _TimedText(), (("subtitles:not-well-formed", 1),)
        read_soup(text, listener)
    cues = sorted(listener.cues, key=lambda cue: cue.start)
    return Parsed(
        title=title_line("".join(listener.title)),
        language=listener.language,
        cues=tuple(cues),
        dropped=(("subtitles:no-cue", listener.unread), *dropped),
    )


def as_webvtt(cues: Sequence[Cue]) -> str:
    """Cues as a WebVTT file, which is what browsers show."""
    out = ["WEBVTT\n"]
    for cue in cues:
        said = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        name = re.sub(r"[<>&\n]", " ", cue.speaker)
        voice = f"<v {name}>" if name.strip() else ""
        out.append(f"{_stamp(cue.start)} --> {_stamp(max(cue.end, cue.start + 0.001))}\n{voice}{said}\n")
    return "\n".join(out)


class _TimedText:
    """Takes the paragraphs of a TTML document (`xml_stream.XmlEvents`)."""

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.language = ""
        self.title: list[str] = []
        self.unread = 0
        self._rates = (30.0, 1.0)  # frames and ticks a second
        self._begins: list[float] = []  # of `body` and the `div`s that are open
        self._names: dict[str, str] = {}
        self._agent = self._inside = ""
        self._open: dict[str, str] | None = None
        self._said: list[str] = []
        self._span: tuple[float, float] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        self._inside = name
        if name == "tt":
            self.language = attributes.get("xml:lang", "")
            rate = _number(attributes.get("ttp:frameRate", "")) or 30.0
            self._rates = (rate, _number(attributes.get("ttp:tickRate", "")) or rate)
        elif name == "agent":
            self._agent = attributes.get("xml:id", "")
        elif name in ("body", "div"):
            self._begins.append(self._time(attributes.get("begin", "")) or 0.0)
        elif name == "p":
            self._open, self._said, self._span = attributes, [], None
        elif name == "span" and self._open is not None:
            begin, end = self._time(attributes.get("begin", "")), self._time(attributes.get("end", ""))
            if begin is not None:
                first = self._span[0] if self._span else begin
                self._span = (first, end if end is not None else begin)
        elif name == "br":
            self._said.append(" ")

    def end(self, name: str) -> None:
        """A tag ends."""
        if name in ("body", "div") and self._begins:
            self._begins.pop()
        elif name == "p" and self._open is not None:
            self._take(self._open)
            self._open = None
        elif name == self._inside:
            self._inside = ""

    def text(self, text: str) -> None:
        """Text."""
        if self._open is not None:
            self._said.append(text)
        elif self._inside == "title":
            self.title.append(text)
        elif self._inside == "name" and self._agent:
            self._names[self._agent] = title_line(self._names.get(self._agent, "") + text)

    def _take(self, attributes: dict[str, str]) -> None:
        said = title_line_of(["".join(self._said)])
        if not said:
            return
        begin = self._time(attributes.get("begin", ""))
        end, length = self._time(attributes.get("end", "")), self._time(attributes.get("dur", ""))
        if begin is None and self._span:
            begin, end = self._span
        if begin is None or len(self.cues) >= MAX_CUES:
            self.unread += 1
            return
        plain = _SONG.fullmatch(attributes.get("begin", "").strip()) is not None
        offset = 0.0 if plain else sum(self._begins)
        stop = end if end is not None else begin + (length or 0.0)
        agent = attributes.get("ttm:agent", "").partition(" ")[0]
        self.cues.append(
            Cue(start=begin + offset, end=max(begin, stop) + offset, speaker=self._names.get(agent, ""), text=said)
        )

    def _time(self, written: str) -> float | None:
        """Seconds of a time expression; None where it is none."""
        written = written.strip()
        if clock := _CLOCK.fullmatch(written):
            frames = int(clock[5]) / self._rates[0] if clock[5] else 0.0
            return _clock(*clock.groups()[:4]) + frames
        if song := _SONG.fullmatch(written):
            return round(int(song[1] or 0) * 60 + int(song[2]) + float(f"0{song[3] or '.0'}"), 3)
        offset = _OFFSET.fullmatch(written)
        if offset is None:
            return None
        unit = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "f": 1 / self._rates[0], "t": 1 / self._rates[1]}
        return float(offset[1]) * unit[offset[2]]


def title_line_of(lines: Sequence[str]) -> str:
    """Lines of a cue as one, without white space at its ends or twice in it."""
    return " ".join(" ".join(lines).split())


def _number(written: str) -> float:
    return float(written) if re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", written) else 0.0


def _other(cue: Cue, before: Cue) -> bool:
    """Whether a cue is more than the one before in another layer."""
    return (cue.text, cue.start) != (before.text, before.start)


def _clock(hours: str | None, minutes: str | None, seconds: str | None, fraction: str | None) -> float:
    parts = float(f"0.{fraction}") if fraction else 0.0
    return round(int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + parts, 3)


def _stamp(seconds: float) -> str:
    whole, rest = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{rest:03}"
