"""The tags of FictionBook 2 told as those of a page (`FictionEvents`): such a book is read like one page in EPUB.

A section is a chapter: its title is a heading at its depth and an entry of the contents; sections of a body of notes
are footnotes. What the book says of itself, and the files inside it, are kept apart.
Standard: FictionBook 2.1 and 2.2 (their XML schemas; there is no other description).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from galactica.sources.epub_contents import MAX_ENTRIES, MAX_LEVELS, ContentsEntry
from galactica.sources.leaf import title_line
from galactica.sources.xml_stream import XmlEvents
from galactica.sources.xml_tree import XmlTree

_NOTES = frozenset({"notes", "comments", "footnotes"})
_BECOMES = {
    **{"emphasis": "em", "strong": "strong", "strikethrough": "s", "style": "span", "code": "code", "sub": "sub"},
    **{"sup": "sup", "p": "p", "epigraph": "blockquote", "cite": "blockquote", "poem": "blockquote", "stanza": "p"},
    **{"text-author": "p", "date": "p", "annotation": "div", "table": "table", "tr": "tr", "th": "th", "td": "td"},
}
_SPACE = re.compile(r"\s+")


class FictionEvents:
    """A listener to a FictionBook that tells another one of it.

    Args:
        page: who is told.
        path: where the book lies, for the entries of its contents.

    Attributes:
        entries: the contents: sections that have a title.
        about: what the book says of itself, as a tree.
        dropped: style sheets that were left out.
    """

    def __init__(self, page: XmlEvents, path: str) -> None:
        self.entries: list[ContentsEntry] = []
        self.about = XmlTree()
        self.dropped = 0
        self._page = page
        self._path = path
        self._open: list[tuple[str, str]] = []
        self._sections: list[tuple[str, ContentsEntry | None]] = []
        self._count = 0
        self._notes = False
        self._title: list[str] | None = None
        self._apart = ""
        self._binary: tuple[str, str, list[str]] | None = None
        self._files: list[tuple[str, str, list[str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        if self._apart:
            if self._apart == "description":
                self.about.start(name, attributes)
            return
        if name in ("description", "stylesheet"):
            self._apart = name
            self.dropped += name == "stylesheet"
            return
        if name == "binary":
            self._binary = (attributes.get("id", ""), attributes.get("content-type", ""), [])
            return
        out, told = self._told(name, attributes)
        self._open.append((name, out))
        self._page.start(out, told)

    def end(self, name: str) -> None:
        """A tag ends."""
        if self._apart:
            if name == self._apart:
                self._apart = ""
            elif self._apart == "description":
                self.about.end(name)
            return
        if name == "binary" and self._binary is not None:
            self._files.append(self._binary)
            self._binary = None
            return
        if not any(each == name for each, _ in self._open[-64:]):
            return
        while self._open:
            opened, out = self._open.pop()
            self._close(opened, out)
            if opened == name:
                return

    def text(self, text: str) -> None:
        """Text."""
        if self._apart:
            if self._apart == "description":
                self.about.text(text)
        elif self._binary is not None:
            self._binary[2].append(text)
        else:
            if self._title is not None:
                self._title.append(text)
            self._page.text(text)

    def finish(self) -> None:
        """Close what a book that breaks off has left open."""
        while self._open:
            self._close(*self._open.pop())

    def files(self) -> Iterator[tuple[str, str, bytes | None]]:
        """(id, media type, content) of the files inside; None for content that is none."""
        for name, mime, pieces in self._files:
            try:
                content = base64.b64decode(_SPACE.sub("", "".join(pieces)) + "==", validate=False)
            except (binascii.Error, ValueError):
                content = b""
            yield name, mime.partition(";")[0].strip().lower(), content or None

    def _told(self, name: str, attributes: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The tag of a page, with its attributes."""
        told = {key: value for key, value in attributes.items() if key in ("id", "xml:lang", "colspan", "rowspan")}
        match name:
            case "body":
                self._notes = attributes.get("name", "").lower() in _NOTES
                self._sections = []
                return "section", told | self._begun(told) | ({"epub:type": "footnotes"} if self._notes else {})
            case "section" if self._notes:
                return "aside", told | {"epub:type": "footnote"}
            case "section":
                return "section", told | self._begun(told)
            case "title" if self._notes and len(self._open) > 2:
                return "p", told
            case "title" | "subtitle":
                if name == "title":
                    self._title = []
                depth = sum(1 for opened, _ in self._open if opened == "section")
                return f"h{min(6, max(1, depth + (name == 'subtitle')))}", told
            case "p" | "v" if self._title is not None or name == "v":
                return "span", told
            case "image":
                return "img", told | {"src": _href(attributes), "alt": attributes.get("alt", "")}
            case "a":
                note = {"epub:type": "noteref"} if attributes.get("type") == "note" else {}
                return "a", told | {"href": _href(attributes)} | note
            case _:
                return _BECOMES.get(name, ""), told

    def _begun(self, told: dict[str, str]) -> dict[str, str]:
        """The id of a section; one that has none gets one."""
        self._count += 1
        mark = told.get("id") or f"section-{self._count}"
        self._sections.append((mark, None))
        return {"id": mark}

    def _close(self, name: str, out: str) -> None:
        self._page.end(out)
        if name == "title" and self._title is not None:
            label, self._title = title_line("".join(self._title)), None
            self._name(label)
        elif name in ("section", "body") and self._sections and out == "section":
            self._sections.pop()
        elif name == "v":
            self._page.start("br", {})
            self._page.end("br")
        elif name == "p" and self._title is not None:
            self.text(" ")

    def _name(self, label: str) -> None:
        """The innermost section has a title: it is an entry below that of the section around it that has one."""
        if not label or not self._sections or self._sections[-1][1] is not None or self._count > MAX_ENTRIES:
            return
        mark, _ = self._sections[-1]
        entry = ContentsEntry(label=label, path=self._path, fragment=mark)
        around = [found for _, found in self._sections[1:-1] if found is not None][: MAX_LEVELS - 1]
        (around[-1].entries if around else self.entries).append(entry)
        self._sections[-1] = (mark, entry)


def _href(attributes: dict[str, str]) -> str:
    return attributes.get("xlink:href") or attributes.get("l:href") or attributes.get("href", "")
