"""Which recording subtitles belong to, by their names, and how a page plays it.

"talk.vtt", "talk.en.vtt", "talk_de.srt" and "talk.chapters.vtt" belong to "talk.mp4" or "talk.mp3", and "2_English.srt"
to the only recording near it. The recording is looked for beside the subtitles, then in the folders beside them, in the
folder above, and in the folders beside theirs. What is spoken in each language is an article of its own; where there
are several they are the parts of a work. Chapters are headings in all of them. Subtitles of other kinds than WebVTT are
shown by a WebVTT file that is made of them.
"""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from galactica.languages import known_languages, primary, tag
from galactica.model import Work
from galactica.sources import encoding
from galactica.sources.beside import Surroundings
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile

VIDEO = {".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg"}
AUDIO = {
    ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".m4a": "audio/mp4",
    ".flac": "audio/flac", ".wav": "audio/wav",
}  # fmt: skip
"""Endings of what browsers play, and their media types; as `signatures` knows them."""

SUBTITLES = frozenset((".vtt", ".srt", ".sbv", ".ass", ".ssa", ".ttml", ".dfxp"))

MAX_TRACKS = 100
"""Subtitles of one recording that its player offers."""

MAX_CHAPTERS = 2**20
"""Bytes of a file of chapters."""

_KINDS = {"chapters": "chapters", "captions": "captions", "cc": "captions", "sdh": "captions", "hi": "captions"}
_KINDS |= {"descriptions": "descriptions", "subtitles": "subtitles", "subs": "subtitles", "sub": "subtitles"}
_KINDS |= {"forced": "subtitles", "default": "subtitles"}
"""What the last word of a name says of the kind of a track (HTML Standard, `track`)."""

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A file of subtitles of a recording; `language` is "" where its name does not say it."""

    path: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording, as the page of one of its subtitles shows it.

    Attributes:
        path: of the file that stands for it.
        own: the subtitles that are read.
        files: (path, media type) of its forms, film before sound.
        tracks: all its subtitles, by path.
    """

    path: str
    own: str
    files: tuple[tuple[str, str], ...]
    tracks: tuple[Track, ...]
    local: Path
    """Where `own` lies."""

    @property
    def title(self) -> str:
        """The name of the file, for people."""
        return stem(self.path)

    @property
    def spoken(self) -> tuple[str, ...]:
        """Paths of the tracks that are what is spoken, and not chapters."""
        return tuple(each.path for each in self.tracks if each.kind != "chapters")

    @property
    def is_chapters(self) -> bool:
        """Whether the file that is read is one of chapters."""
        return self.own not in self.spoken

    @property
    def first(self) -> bool:
        """Whether the file that is read tells of the work, if there is one."""
        return len(self.spoken) > 1 and self.own == self.spoken[0]

    @property
    def part(self) -> int:
        """The place of the file that is read among what is spoken, from 1; 0 for chapters."""
        return self.spoken.index(self.own) + 1 if self.own in self.spoken else 0

    @property
    def language(self) -> str:
        """Of the file that is read, by its name; "" where that does not say it."""
        return next((each.language for each in self.tracks if each.path == self.own), "")


def recording_of(entry: TreeFile) -> Recording | None:
    """The recording that a file of subtitles belongs to; None where none lies around it."""
    folder = entry.folder
    if entry.local is None or folder is None:
        return None
    name, forms = _forms(entry.path, folder)
    if not forms:
        return None
    tracks = folder.once(f"tracks:{forms[0]}", lambda root: _tracks(name, forms[0], folder))
    if entry.path not in tracks:
        return None
    return Recording(
        path=forms[0],
        own=entry.path,
        files=tuple((path, VIDEO.get(_ending(path)) or AUDIO[_ending(path)]) for path in forms),
        tracks=tuple(_track(path, name) for path in tracks),
        local=entry.local,
    )


def _tracks(name: str, film: str, folder: Surroundings) -> tuple[str, ...]:
    """The subtitles of the recording called `name` that lies at `film`, in the order of their paths."""
    by_name = folder.once(f"subtitles:{posixpath.dirname(film)}", lambda root: _subtitles_around(film, folder))
    found = {path for path in (*by_name.get(name, ()), *by_name.get("", ())) if _forms(path, folder)[1][:1] == [film]}
    return tuple(sorted(found)[:MAX_TRACKS])


def _subtitles_around(film: str, folder: Surroundings) -> dict[str, list[str]]:
    """What a recording may be called → the subtitles around a file that may be its; "" for those that say no name."""
    found: dict[str, list[str]] = {}
    for path in folder.around(film):
        if _ending(path) in SUBTITLES:
            for known, _ in _readings(_stem(path)):
                found.setdefault(known, []).append(path)
            if _only_words(path):
                found.setdefault("", []).append(path)
    return found


def _forms(path: str, folder: Surroundings) -> tuple[str, list[str]]:
    """(what the recording of the subtitles at `path` is called, its files: film before sound); none where there is
    none. Asked of each of its subtitles, so that all of them name the same."""
    media = folder.once(f"media:{posixpath.dirname(path)}", lambda root: _media_around(path, folder))
    name = _media_of(path, media) if media else None
    if name is None:
        return "", []
    place = posixpath.dirname(media[name][0])
    near = [each for each in media[name] if posixpath.dirname(each) == place]
    return name, sorted(near, key=lambda each: (_ending(each) in AUDIO, each))


def _media_around(path: str, folder: Surroundings) -> dict[str, list[str]]:
    """What recordings around a file are called → their files, the nearest first."""
    media: dict[str, list[str]] = {}
    for each in folder.around(path):
        if _ending(each) in VIDEO or _ending(each) in AUDIO:
            media.setdefault(_stem(each), []).append(each)
    return media


def work_of(recording: Recording, key: str) -> Work:
    """A recording that has subtitles in several languages, as the work that they are parts of."""
    return Work(source=key, path=recording.path, title=recording.title, kind="recording")


def player(recording: Recording) -> str:
    """The recording with its subtitles, in HTML whose addresses are relative to the subtitles that are read."""
    film = recording.files[0][1].startswith("video/")
    name = "video" if film else "audio"
    files = [each for each in recording.files if each[1].startswith(name)]
    src = f' src="{_address(files[0][0], recording.own)}"' if len(files) == 1 else ""
    inside = (
        "" if src else "".join(f'<source src="{_address(path, recording.own)}" type="{mime}">' for path, mime in files)
    )
    for each in recording.tracks:
        language = f' srclang="{html.escape(each.language)}"' if each.language else ""
        shown = _address(track_path(each.path), recording.own)
        inside += f'<track kind="{each.kind}"{language} src="{shown}">'
    return f"<figure><{name} controls{src}>{inside}</{name}></figure>"


def track_path(path: str) -> str:
    """The path of the WebVTT file that shows the subtitles at `path`."""
    return path if _ending(path) == ".vtt" else f"{path}.vtt"


def chapters_text(recording: Recording) -> str:
    """The text of the chapters of a recording that lie beside the subtitles that are read; "" where there are none."""
    for each in recording.tracks:
        beside = posixpath.dirname(each.path) == posixpath.dirname(recording.own)
        if each.kind == "chapters" and beside and each.path != recording.own:
            try:
                with (recording.local.parent / posixpath.basename(each.path)).open("rb") as stream:
                    raw = stream.read(MAX_CHAPTERS + 1)
            except OSError:
                return ""
            return (encoding.decode(raw, "") or "") if len(raw) <= MAX_CHAPTERS else ""
    return ""


def title_of_name(path: str) -> str:
    """What subtitles without a recording are called: their name without the language in it."""
    base = posixpath.basename(path).rpartition(".")[0]
    first, dot, last = base.rpartition(".")
    return stem(f"{first}.") if dot and first and _said(last) is not None else stem(path)


def language_of_name(path: str) -> str:
    """The language that the last word of a name says ("talk.pt-BR.srt"); "" where it says none."""
    base = posixpath.basename(path).rpartition(".")[0]
    for word in reversed(base.split(".")[1:]):
        said = _said(word)
        if said is None:
            return ""
        if said[0]:
            return said[0]
    return ""


def _media_of(path: str, media: dict[str, list[str]]) -> str | None:
    """The stem of the recording that subtitles belong to: the longest that their name begins with."""
    for known, _ in _readings(_stem(path)):
        if known in media:
            return known
    if len(media) == 1 and _only_words(path):
        (alone,) = media
        folder, film = posixpath.dirname(path), posixpath.dirname(media[alone][0])
        return alone if film in (folder, posixpath.dirname(folder)) else None
    return None


def _only_words(path: str) -> str:
    """The words of a name that says nothing but a language and a kind ("2_English.srt"), parted by full stops."""
    words = [word for word in re.split(r"[._ -]+", _stem(path)) if not word.isdigit()]
    return ".".join(words) if words and all(_said(word) is not None for word in words) else ""


def _readings(base: str) -> list[tuple[str, str]]:
    """(what the recording would be called, the words behind that) for each way to read a name, the longest first."""
    found = [(base, "")]
    for _ in range(3):
        match = re.fullmatch(r"(.+)[._ -]([A-Za-z]{2,12}(?:[-_][A-Za-z0-9]{2,8})?)", found[-1][0])
        narrow = re.fullmatch(r"(.+)[._ -]([A-Za-z]{2,12})", found[-1][0])
        match = match if match and _said(match[2]) is not None else narrow
        if match is None or _said(match[2]) is None:
            break
        found.append((match[1], f"{match[2]}.{found[-1][1]}"))
    return found


def _track(path: str, recording: str) -> Track:
    """A file of subtitles of the recording called `recording`."""
    behind = next((words for known, words in _readings(_stem(path)) if known == recording), "") or _only_words(path)
    said = [each for each in map(_said, filter(None, behind.split("."))) if each]
    language = next((each[0] for each in said if each[0]), "")
    kind = next((each[1] for each in said if each[1]), "subtitles")
    return Track(path=path, language=language, kind=kind)


def _said(word: str) -> tuple[str, str] | None:
    """(language, kind) that a word of a name says, one of them ""; None where it says neither."""
    kind = _KINDS.get(word.lower())
    if kind:
        return "", kind
    found = tag(word) if _CODE.fullmatch(word) or word.isalpha() else ""
    return (found, "") if found and primary(found) in known_languages() else None  # "new" and "man" are words, too


def _address(path: str, base: str) -> str:
    relative = posixpath.relpath(path, posixpath.dirname(base) or ".")
    return html.escape(quote(relative if ":" not in relative.partition("/")[0] else f"./{relative}", safe="/"))


def _stem(path: str) -> str:
    """The name of a file without its ending, in lower case: cameras write theirs in capitals."""
    return posixpath.basename(path).rpartition(".")[0].casefold()


def _ending(path: str) -> str:
    return f".{path.rpartition('.')[2].lower()}" if "." in posixpath.basename(path) else ""
