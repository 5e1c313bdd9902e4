"""A text as it runs: headings, paragraphs, items of lists, tables and notes, gathered in order and written as HTML.

Readers of formats give blocks; here items that follow each other become nested lists, levels of headings become tags,
and notes are put where their text is. Nothing is decided about which block is a page of its own (`parts`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from galactica.model import MediaFile
from galactica.sources.office.inline import Line, anchor, attribute_text, text_html

MAX_LIST_LEVEL = 12
"""Deepest list; Word has nine levels, OpenDocument ten."""

FAR = 1_000_000
"""Greatest number of an item of a list."""


_BLOCK = re.compile(r"<(?:p|h[1-6]|[uod]l|table|blockquote|aside|section|div|figure|pre|hr)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowBlock:
    """A block of a text.

    Attributes:
        kind: "heading", "item" or "block".
        html: what stands in it (heading, item), or all of it.
        level: of a heading from 1, of an item from 0.
        form: how an item is numbered: "1", "a", "A", "i", "I"; "" for a bullet.
        number: of the item.
        words: a heading's text.
        notes: ids of the notes whose marks stand in it.
    """

    kind: str
    html: str
    level: int = 0
    form: str = ""
    number: int = 0
    words: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A footnote, an endnote or a comment: its mark in the text, and what it says."""

    mark: str
    html: str


@dataclass(slots=True, kw_only=True)
class TextFlow:
    """What a reader of a format has gathered.

    Attributes:
        path: of the file in its source.
        key: of its source.
        blocks: in order.
        notes: id → note.
        media: pictures, in the order in which they are shown.
        dropped: what was left out or put right → how often.
        pending: anchors that wait for the block they stand in.
        marks: ids of notes whose marks were written since the last block.
        title: a title that the text itself shows as its title; "" where there is none.
    """

    path: str
    key: str
    blocks: list[FlowBlock] = field(default_factory=list)
    notes: dict[str, Remark] = field(default_factory=dict)
    media: dict[str, MediaFile] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)
    pending: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    title: str = ""

    def anchor(self, kind: str, value: str) -> None:
        """A place of the source begins with the next block."""
        self.pending.append(anchor(kind, value))

    def heading(self, level: int, line: Line) -> None:
        """Add a heading; one without words is none."""
        words = line.plain
        if words:
            self._add("heading", line.html(), level=max(1, level), words=words[:500])
        elif line.held:
            self.paragraph(line)

    def paragraph(self, line: Line) -> None:
        """Add a paragraph; an empty one is none."""
        html = line.html()
        if line.held:
            self._add("block", f"<p>{self._taken()}{html}</p>")
        elif html:
            self.pending.append(html.replace("<br>", ""))

    def item(self, level: int, form: str, number: int, line: Line) -> None:
        """Add an item of a list."""
        html = line.html()
        if line.held:
            self._add("item", html, level=min(max(level, 0), MAX_LIST_LEVEL), form=form, number=min(number, FAR))
        elif html:
            self.pending.append(html.replace("<br>", ""))

    def block(self, html: str) -> None:
        """Add a block as it is; text that stands in none is a paragraph."""
        html = as_block(html)
        if html:
            self._add("block", f"<p>{self._taken()}</p>{html}" if self.pending else html)

    def note(self, identifier: str, mark: str, line: Line) -> None:
        """Put the mark of a note into a line; its text is added to `notes` by whoever reads it."""
        self.marks.append(identifier)
        name = attribute_text(identifier)
        line.markup(f'<sup role="doc-noteref"><a href="#{name}">{text_html(mark)}</a></sup>', seen=True)

    def remarked(self, html: str, notes: list[str]) -> str:
        """Keep a remark on a cell; returns its mark.

        Args:
            html: what it says.
            notes: its id is added.
        """
        count = len(self.notes) + 1
        name, mark = f"comment-{count}", f"c{count}"
        self.notes[name] = Remark(mark=mark, html=html)
        notes.append(name)
        return f'<sup role="doc-noteref"><a href="#{attribute_text(name)}">{mark}</a></sup>'

    def _taken(self) -> str:
        pending = "".join(self.pending)
        self.pending.clear()
        return pending

    def _add(self, kind: str, html: str, *, level: int = 0, form: str = "", number: int = 0, words: str = "") -> None:
        html = self._taken() + html
        notes, self.marks = tuple(self.marks), []
        self.blocks.append(
            FlowBlock(kind=kind, html=html, level=level, form=form, number=number, words=words, notes=notes)
        )

    def finish(self) -> None:
        """No block comes any more: what waits for one is put at the end."""
        if self.pending:
            self._add("block", f"<p>{self._taken()}</p>")

    def inner(self) -> TextFlow:
        """A text in this one (a cell, a box, a note), which shares its notes, pictures and counts."""
        return TextFlow(path=self.path, key=self.key, notes=self.notes, media=self.media, dropped=self.dropped)

    def close(self, inner: TextFlow) -> str:
        """The HTML of a text in this one; its notes are those of the block that comes next here."""
        inner.finish()
        self.marks.extend(note for block in inner.blocks for note in block.notes)
        self.marks.extend(inner.marks)
        return fitted(blocks_html(inner.blocks))


def as_block(html: str) -> str:
    """HTML as blocks: what begins with text or an inline tag is a paragraph."""
    return html if not html or _BLOCK.match(html) else f"<p>{html}</p>"


def fitted(html: str) -> str:
    """A text that stands in a cell or an item without the tags of its only paragraph."""
    single = html.startswith("<p>") and html.count("<p>") == 1 and html.endswith("</p>")
    return html[3:-4] if single else html


def blocks_html(blocks: Sequence[FlowBlock], deepest: int = 6) -> str:
    """Blocks as HTML; a heading of level 1 is an `h2`, because the title of the article is its `h1`."""
    pieces: list[str] = []
    items: list[FlowBlock] = []
    for block in blocks:
        if block.kind == "item":
            items.append(block)
            continue
        if items:
            pieces.append(_lists(items))
            items = []
        if block.kind == "heading":
            tag = f"h{min(block.level + 1, deepest)}"
            pieces.append(f"<{tag}>{block.html}</{tag}>")
        else:
            pieces.append(block.html)
    if items:
        pieces.append(_lists(items))
    return "\n".join(pieces)


def _lists(items: Iterable[FlowBlock]) -> str:
    """Items that follow each other as lists in lists."""
    pieces: list[str] = []
    open_: list[tuple[int, str, int]] = []  # level, how it is numbered, number of the last item
    for item in items:
        while open_ and open_[-1][0] > item.level:
            pieces.append(f"</li></{_tag(open_.pop()[1])}>")
        anew = item.form and item.number == 1
        if open_ and open_[-1][0] == item.level and (open_[-1][1] != item.form or anew):
            pieces.append(f"</li></{_tag(open_.pop()[1])}>")
        if open_ and open_[-1][0] == item.level:
            follows = not item.form or item.number == open_[-1][2] + 1
            pieces.append("</li><li>" if follows else f'</li><li value="{item.number}">')
            open_[-1] = (item.level, item.form, item.number)
        else:
            form = f' type="{item.form}"' if item.form not in ("", "1") else ""
            start = f' start="{item.number}"' if item.form and item.number != 1 else ""
            pieces.append(f"<{_tag(item.form)}{start}{form}><li>")
            open_.append((item.level, item.form, item.number))
        pieces.append(item.html)
    pieces.extend(f"</li></{_tag(form)}>" for _, form, _ in reversed(open_))
    return "".join(pieces)


def _tag(form: str) -> str:
    return "ol" if form else "ul"


def endnotes(identifiers: Iterable[str], notes: dict[str, Remark]) -> str:
    """The notes whose marks stand in a page, in the order of their marks."""
    found = [(each, notes[each]) for each in dict.fromkeys(identifiers) if each in notes]
    if not found:
        return ""
    items = "".join(
        f'<li id="{attribute_text(identifier)}">{_marked(note)}</li>' for identifier, note in found if note.html
    )
    return f'<ul role="doc-endnotes">{items}</ul>' if items else ""


def _marked(note: Remark) -> str:
    mark = f"{text_html(note.mark)} "
    return f"<p>{mark}{note.html[3:]}" if note.html.startswith("<p>") else mark + note.html


def signed(author: str, html: str) -> str:
    """A comment with the name of whoever wrote it."""
    if not author.strip() or not html:
        return html
    name = f"<b>{text_html(author.strip())}:</b>"
    return f"<p>{name}</p>{html}" if _BLOCK.match(html) else f"{name} {html}"
