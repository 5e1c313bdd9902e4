"""WikiExtractor's output: `<doc id= url= title=>` blocks of plain text, one file or a folder of many.

Rules: a block starts at the start of a line and ends at `</doc>` on a line of its own; the first line of the text
repeats the title and is dropped; the path of a document is its page id, which outlives a renaming; titles are HTML-
escaped, texts are in newer versions, and are resolved where they are so throughout. The file is searched for borders
in pieces of `CHUNK` bytes and never line by line.
Source: github.com/attardi/wikiextractor, README "output"; measured on 205 MB, 2026-11-23: 0.5 s.
"""

from __future__ import annotations

import html
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from galactica.model import Document, Rejected, Source
from galactica.sources.contract import MAX_DOCUMENT, Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format, title_line
from galactica.sources.paths import clean_path
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.wikis import wiki_language

CHUNK = 4 * 2**20
"""Bytes read at a time."""

LICENCE = "CC-BY-SA-3.0"
"""What Wikipedia's text was under until June 2023, when most such files were made."""

ATTRIBUTION = "Text from {host}, by its contributors, under Creative Commons Attribution-ShareAlike."

_HEADER = re.compile(
    rb'<doc id="([^"\n]{1,200})"(?: revid="([^"\n]{0,200})")? url="([^"\n]{0,4000})" title="([^\n]{0,4000})">[ \r]*\n'
)
_HOST = re.compile(r"https?://([a-z0-9-]+)\.(?:m\.)?([a-z]+)\.org/")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#39|#x27|#\d{1,7});)")

_PROJECTS = {
    "wikipedia": "wiki",
    "wiktionary": "wiktionary",
    "wikibooks": "wikibooks",
    "wikiquote": "wikiquote",
    "wikisource": "wikisource",
    "wikinews": "wikinews",
    "wikiversity": "wikiversity",
    "wikivoyage": "wikivoyage",
}


def recognise(name: str, head: bytes) -> int:
    """95 where the first thing in the file is a block's header."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return 95 if _HEADER.match(start) else 0


def describe_wiki(head: bytes, source: Source) -> Source:
    """The wiki that the first block's address names: its database name as key, its language, its licence."""
    header = _HEADER.search(head)
    place = _HOST.match(header[3].decode("utf-8", "replace")) if header else None
    if not place or place[2] not in _PROJECTS:
        return source
    wiki, project = place[1], place[2]
    host = f"{wiki}.{project}.org"
    return replace(
        source,
        key=wiki.replace("-", "_") + _PROJECTS[project],
        title=f"{project.title()} ({wiki})",
        language=wiki_language(wiki),
        licence=LICENCE,
        publisher=f"{project.title()} contributors",
        url=f"https://{host}/",
        attribution=ATTRIBUTION.format(host=host),
    )


@dataclass(slots=True)
class _Window:
    """A stretch of the file: `data` lies at byte `offset` of it; `last` where nothing follows."""

    data: bytes = b""
    offset: int = 0
    last: bool = False


def read_wikiextractor(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the file's documents in order."""
    window = _Window()
    with entry.open() as stream:
        while not window.last:
            # Nothing can be appended to bytes in place, so grow by more where one document is larger than a chunk.
            piece = stream.read(max(CHUNK, len(window.data)))
            window.last = not piece
            window.data += piece.translate(None, _CONTROLS)
            used = yield from _documents(window, entry.path, key)
            window.offset += used
            window.data = window.data[used:]


def _documents(window: _Window, where: str, key: str) -> Generator[Item, None, int]:
    """Yield what is whole in the window; return how many bytes of it are done with."""
    data = window.data
    at = end = 0
    while True:
        start = _line_start(data, b"<doc ", at)
        if start < 0:
            return (yield from _between(window, at, len(data), where, key, keep=8))
        if data[at:start].strip():
            yield from _between(window, at, start, where, key, keep=0)
        if -1 < end <= start:  # looked for once, however many headers stand before it
            end = _line_start(data, b"</doc>", start)
        following = _line_start(data, b"<doc ", start + 5, end if end > 0 else len(data))
        if following > 0 and _HEADER.match(data, following):
            yield rejected(key, f"{where}:{window.offset + start}", "truncated", "the document has no end")
            at = following
            continue
        if end < 0:
            if window.last:
                yield rejected(key, f"{where}:{window.offset + start}", "truncated", "breaks off inside a document")
                return len(data)
            if len(data) - start > MAX_DOCUMENT:
                yield rejected(key, f"{where}:{window.offset + start}", "too-large")
                return len(data)
            return start
        yield _document(data[start:end], f"{where}:{window.offset + start}", key)
        at = end + len(b"</doc>")


def _line_start(data: bytes, mark: bytes, start: int, stop: int | None = None) -> int:
    """Where `mark` next stands at the start of a line, -1 for nowhere."""
    at = data.find(mark, start, stop)
    while at > 0 and data[at - 1 : at] != b"\n":
        at = data.find(mark, at + 1, stop)
    return at


def _between(window: _Window, at: int, stop: int, where: str, key: str, *, keep: int) -> Generator[Rejected, None, int]:
    """Reject what stands between two documents, if anything; returns how far it is done with.

    Args:
        keep: bytes at the end that may be the beginning of a header and are looked at again.
    """
    stop = stop if window.last else max(at, stop - keep)
    if window.data[at:stop].strip(b" \t\r\n\xef\xbb\xbf"):
        yield rejected(key, f"{where}:{window.offset + at}", "not-an-article", "bytes outside a document")
    return stop


def _document(block: bytes, where: str, key: str) -> Document | Rejected:
    header = _HEADER.match(block)
    if not header:
        return rejected(key, where, "bad-header", block[:200].decode("utf-8", "replace"))
    try:
        identity, revision, url, raw_title = (part.decode() if part else "" for part in header.groups())
        text = block[header.end() :].decode()
    except UnicodeDecodeError:
        return rejected(key, where, "bad-encoding", block[:200].decode("utf-8", "replace"))
    title = title_line(html.unescape(raw_title))
    path = clean_path(identity)
    if path is None or not title:
        return rejected(key, where, "bad-path" if title else "bad-header", identity)
    first, _, rest = text.partition("\n")
    if first.strip() in (title, raw_title) or title_line(html.unescape(first)) == title:
        text = rest
    text = text.strip("\r\n ")
    if not text:
        return rejected(key, path, "empty", title)
    if "&" in text and not _ENTITY.search(text) and "<" not in text:
        text = html.unescape(text)
    return Document(
        source=key,
        path=path,
        title=title,
        markup="wikiextractor",
        content=text,
        url=url if url.startswith(("http://", "https://")) else "",
        revision=revision,
    )


LEAF = Leaf(
    name="wikiextractor",
    suffixes=(),
    recognise=recognise,
    read=read_wikiextractor,
    describe=describe_wiki,
    own=True,
    names_itself=True,
)
FORMAT = file_format(LEAF)
