"""The text of a page on its way into parts: pieces of HTML, the tags that are open, where it is cut (`PageFlow`).

A cut closes what is open and opens it again in the new part, without its ids. It comes before the block that only
begins where the id stands, and never goes through a heading; the printed page goes on in the new part.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from galactica.sources import epub_marks, epub_tags
from galactica.sources.epub_tags import HEADINGS
from galactica.sources.xml_stream import MATHML, SVG, XHTML, TooMuchError

MAX_PIECES = 2_000_000
"""Tags and texts of one page; a Bible in one file has 150,000. Some 80 bytes of memory each."""

SHORT = 64
"""Pieces that the text of a mark, a link or a heading is looked for in."""

MOST_SAID = 4_000
"""Characters of the text of a tag that are looked at; titles are cut at 500."""

_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True, kw_only=True)
class PageHeading:
    """A heading of a part: where its tags stand among the pieces, its level, its text, how much text is before it.

    Attributes:
        leads: whether it stands over what leads through the book, and says nothing of the page.
    """

    at: int
    level: int
    before: int
    attributes: str
    leads: bool = False
    end: int = -1
    text: str = ""


@dataclass(slots=True, kw_only=True)
class PagePart:
    """A stretch of a page: pieces of HTML, the headings among them, how much text and how many pictures they hold."""

    cut: int
    pieces: list[str] = field(default_factory=list)
    headings: list[PageHeading] = field(default_factory=list)
    size: int = 0
    shown: int = 0


@dataclass(slots=True, kw_only=True)
class OpenTag:
    """A tag that is open: how it is closed and opened again, where it began, how much text stood before it."""

    name: str
    out: str = ""
    again: str = ""
    at: int
    before: int
    special: str = ""
    label: str = ""
    after: str = ""
    heading: PageHeading | None = None


class PageFlow:
    """The pieces of a page.

    Attributes:
        parts: so far; the last one is being written.
        dropped: rule → how often something was left out by it.
    """

    def __init__(self) -> None:
        self.parts = [PagePart(cut=0)]
        self.dropped: Counter[str] = Counter()
        self._open: list[OpenTag] = []
        self._skipping = ""
        self._depth = 0
        self._page = ""
        self._recording = ""
        self._second = 0.0
        self._left = MAX_PIECES

    def _close(self) -> None:
        """The innermost tag ends."""
        tag = self._open.pop()
        part = self.parts[-1]
        if tag.heading is not None:
            tag.heading.end = len(part.pieces)
            tag.heading.text = self._said(tag.at, tag.at + SHORT)
        if tag.out:
            self._write(f"</{tag.out}>{tag.after}")
        self._closed(tag)

    def _closed(self, tag: OpenTag) -> None:
        """What a tag leads to that has just ended."""

    def _write(self, piece: str) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuchError
        self.parts[-1].pieces.append(piece)

    def _take_back(self, tag: OpenTag) -> None:
        """A tag and all in it are as if they had never been."""
        part = self.parts[-1]
        del part.pieces[tag.at :]
        part.size = tag.before
        while part.headings and part.headings[-1].at >= tag.at:
            part.headings.pop()

    def _push(
        self,
        name: str,
        out: str = "",
        told: str = "",
        again: str = "",
        *,
        special: str = "",
        label: str = "",
        after: str = "",
        heading: PageHeading | None = None,
    ) -> None:
        part = self.parts[-1]
        if special == "film":
            at = len(part.pieces) - 1
        else:
            at = len(part.pieces)
            if out:
                self._write(f"<{out}{told}>")
        self._open.append(
            OpenTag(
                name=name,
                out=out,
                again=f"<{out}{again}>" if out else "",
                at=at,
                before=part.size,
                special=special,
                label=label,
                after=after,
                heading=heading,
            )
        )

    def _skip(self, name: str) -> None:
        """Pass over everything up to the end of the tag that has just begun."""
        self._skipping, self._depth = name, 1

    def _choose(self, name: str, attributes: dict[str, str]) -> None:
        """Of the cases of a switch the first that is understood (EPUB Content Documents 3.0.1, 2.4.2)."""
        around = next(reversed(self._open), None)
        if name == "switch" or around is None or around.special != "switch":
            self._push(name, special="switch" if name == "switch" else "")
        elif around.label or (name == "case" and attributes.get("required-namespace", "") not in (MATHML, SVG, XHTML)):
            self._skip(name)
        else:
            around.label = "chosen"
            self._push(name)

    def _inside(self, name: str) -> bool:
        return any(each.name == name for each in self._open)

    def _around(self, name: str) -> OpenTag | None:
        return next((each for each in reversed(self._open[-8:]) if each.name == name), None)

    def begin_page(self, label: str) -> None:
        """A printed page begins here."""
        if label != self._page:
            self._page = label
            self._write(epub_marks.page_mark(label))

    def _end_page(self, tag: OpenTag) -> None:
        """A tag that says that a page begins: its anchor stands for it, unless there is more in it than a number."""
        part, kind = self.parts[-1], tag.special.partition(" ")[2]
        whole = len(part.pieces) - tag.at > SHORT
        said = "…" if whole else self._said(tag.at)
        shown = whole or "<img" in "".join(part.pieces[tag.at :])
        label = epub_marks.break_label(kind, tag.label, tag.after, "" if whole and kind == "told" else said)
        if kind != "told" and (not label or shown):  # it only looked like one
            mark = epub_marks.kept_id(tag.after)
            part.pieces.insert(tag.at, f'<span id="{html.escape(mark)}"></span>' if mark else "")
            self._shift(part, tag.at)
            return
        if not shown and len(said) <= epub_marks.LONGEST_LABEL:
            self._take_back(tag)
        if not label:
            self.dropped["epub:page-without-label"] += 1
            return
        self._page = label
        part.pieces.insert(tag.at, epub_marks.page_mark(label))
        self._shift(part, tag.at)

    def _shift(self, part: PagePart, at: int) -> None:
        """A piece was put in at a place: headings behind it stand one further on."""
        for heading in reversed(part.headings):
            if heading.at < at:
                break
            heading.at, heading.end = heading.at + 1, heading.end + 1

    def _show(self, markup: str, mark: str = "") -> None:
        """A picture or the like."""
        if mark and markup:
            self._write(f'<span id="{html.escape(epub_marks.kept_id(mark))}"></span>')
        self.parts[-1].shown += markup.startswith("<")
        self._write(markup)

    def _is_hollow(self, tag: OpenTag) -> bool:
        """Whether neither text nor a picture stands in a tag."""
        return tag.before == self.parts[-1].size and "<img" not in "".join(self.parts[-1].pieces[tag.at :])

    def _mark_list(self) -> None:
        """The list that a footnote stands in is a list of footnotes."""
        around = self._open[-1] if self._open else None
        if around is not None and around.out in ("ol", "ul") and "role=" not in around.again:
            plain, noted = f"<{around.out}", f'<{around.out} role="doc-endnotes"'
            around.again = around.again.replace(plain, noted, 1)
            pieces = self.parts[-1].pieces
            pieces[around.at] = pieces[around.at].replace(plain, noted, 1)

    def _among_notes(self) -> bool:
        return any(each.special == "notes" for each in self._open)

    def _said(self, start: int, end: int | None = None) -> str:
        """The text of pieces, `MOST_SAID` characters of it or a little more."""
        found: list[str] = []
        size = 0
        for piece in self.parts[-1].pieces[start:end]:
            found.append(piece[:MOST_SAID])
            size += 0 if piece.startswith("<") else len(piece)
            if size > MOST_SAID:
                break
        return " ".join(html.unescape(_TAG.sub("", "".join(found))).split())

    def _imply_ends(self, name: str) -> None:
        """Close what a tag of HTML closes that begins here."""
        if epub_tags.closes_paragraph(name):
            if self._open and self._open[-1].name == "p":
                self._close()
            return
        around = epub_tags.SIBLINGS.get(name)
        if around is None:
            return
        for depth in range(len(self._open) - 1, max(-1, len(self._open) - 32), -1):
            open_ = self._open[depth].name
            if open_ in around:
                return
            if open_ == name or {open_, name} in ({"dt", "dd"}, {"td", "th"}):
                while len(self._open) > depth:
                    self._close()
                return

    def _cut(self, number: int) -> None:
        """A part begins here, or where the block begins that only begins here; a heading is never cut in two."""
        old = self.parts[-1]
        depth, at, size = len(self._open), len(old.pieces), old.size
        for place in range(len(self._open) - 1, -1, -1):
            tag = self._open[place]
            if tag.name in ("html", "body") or (tag.before < size and tag.out not in HEADINGS):
                break
            depth, at, size = place, tag.at, tag.before
        moved = old.pieces[at:]
        del old.pieces[at:]
        self._left -= 2 * depth
        self._recording = ""  # it is shown in the new part, too
        old.pieces.extend(f"</{tag.out}>" for tag in reversed(self._open[:depth]) if tag.out)
        new = PagePart(cut=number)
        if self._page and not any(piece.startswith('<span id="page:') for piece in moved):
            new.pieces.append(epub_marks.page_mark(self._page))
        for tag in self._open[:depth]:
            tag.at, tag.before = len(new.pieces), 0
            if tag.out:
                new.pieces.append(tag.again)
        shift = len(new.pieces) - at
        for tag in self._open[depth:]:
            tag.at, tag.before = tag.at + shift, tag.before - size
        new.headings = [each for each in old.headings if each.at >= at]
        old.headings = [each for each in old.headings if each.at < at]
        for each in new.headings:
            each.at, each.end, each.before = each.at + shift, each.end + shift, each.before - size
        new.size, old.size = old.size - size, size
        new.shown = sum(1 for piece in moved if piece.startswith("<img"))
        old.shown -= new.shown
        new.pieces.extend(moved)
        self.parts.append(new)
