"""A page that was saved as one file with what it shows: its parts, found by the addresses that the page knows them by.

The page becomes a document with its links and pictures turned to where they lie; pictures that it shows are kept below
its path; frames, styles and scripts are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from galactica.model import Document, MediaFile
from galactica.sources import encoding, html, signatures
from galactica.sources.captured import captured_at
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.web_links import with_places

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
"""Types of parts that may be the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPart:
    """Attributes: `kind` media type in lower case; `at` and `identity` its address and id, "" for none."""

    kind: str
    charset: str
    at: str
    identity: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedTold:
    """What a file says of the page in it: its address, its title, fourteen digits of when it was saved; "" for none."""

    address: str
    title: str = ""
    when: str = ""


def saved_items(
    entry: TreeFile, key: str, options: SourceOptions, root: SavedPart | None, parts: list[SavedPart], told: SavedTold
) -> Iterator[Item]:
    """Yield the page and what it shows, or why there is none.

    Args:
        root: the part that is the page; None where none is.
        parts: all of them.
    """
    if root is None:
        yield rejected(key, entry.path, "unsupported", "no page in it")
        return
    text = encoding.decode(root.content, root.charset or html.declared(root.content))
    if not text or not text.strip():
        yield rejected(key, entry.path, "bad-encoding" if text is None else "empty", "no text in it that can be read")
        return
    shown = _ShownParts(key, entry.path, parts)
    content = with_places(text, told.address or "http://localhost/", shown.place)
    title = html.page_title(text[: html.HEAD_CHARS])
    yield Document(
        source=key,
        path=entry.path,
        title="" if title and not options.whole_pages else title or told.title or stem(entry.path),
        markup="html" if options.whole_pages else "webpage",
        content=content,
        language=html.page_language(text),
        url=told.address if told.address.startswith(("http://", "https://")) else "",
        revision=told.when,
        dropped=shown.left(root),
    )
    yield from shown.files()
    if told.when:
        yield captured_at(key, entry.path, told.when)


class _ShownParts:
    """The parts that a page shows, given paths below its own."""

    def __init__(self, key: str, path: str, parts: list[SavedPart]) -> None:
        self._key = key
        self._path = path
        self._parts = parts
        self._by_name: dict[str, int] = {}
        for number, part in enumerate(parts):
            for name in (part.at.partition("#")[0], f"cid:{part.identity}" if part.identity else ""):
                if name:
                    self._by_name.setdefault(name, number)
        self._found: dict[int, MediaFile] = {}

    def place(self, address: str) -> str:
        number = self._by_name.get(address, -1)
        if number < 0:
            return ""
        if number not in self._found:
            part = self._parts[number]
            ending = _ending(part)
            mime = signatures.media_type(f"x{ending}", part.content[: signatures.LOOKED_AT])
            if not mime:
                return ""
            path = f"{self._path}/{len(self._found) + 1}{ending}"
            self._found[number] = MediaFile(source=self._key, path=path, mime=mime, content=part.content)
        return self._found[number].path

    def files(self) -> Iterator[MediaFile]:
        yield from self._found.values()

    def left(self, root: SavedPart) -> tuple[tuple[str, int], ...]:
        """(rule, how often) of the parts that are neither the page nor shown."""
        others = [p for number, p in enumerate(self._parts) if number not in self._found and p is not root]
        frames = sum(part.kind in PAGE_TYPES for part in others)
        counts = (("saved:frame", frames), ("saved:not-shown", len(others) - frames))
        return tuple((rule, count) for rule, count in counts if count)


def _ending(part: SavedPart) -> str:
    known = {"jpeg": "jpg", "svg+xml": "svg", "mpeg": "mp3", "x-wav": "wav", "quicktime": "mov"}
    name = part.kind.partition("/")[2]
    return f".{known.get(name, name)}" if re.fullmatch(r"[a-z0-9+]{1,12}", name) else ".bin"
