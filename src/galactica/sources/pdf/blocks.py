"""From pages to blocks of HTML: headings, paragraphs, items of lists, tables; each page an anchor where it begins."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from galactica.model.anchors import anchor_id
from galactica.sources.pdf import paragraphs
from galactica.sources.pdf.headings import PdfHeading
from galactica.sources.pdf.hyphens import Spellings
from galactica.sources.pdf.page import PdfLine, PdfSpan, PdfTable
from galactica.sources.pdf.signs import unparted

_WHITE = re.compile(r"\s+")
_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Block:
    """A block.

    Attributes:
        html: its content without the tag around it; of a table all of it.
        kind: "heading", "p", "li", "table" or "note" (at the foot of a page).
        text: of a heading.
        level: of a heading, from 0.
        entry: number of its bookmark, -1 for none.
        page: number of the page that it begins on, from 0.
    """

    html: str
    kind: str
    text: str = ""
    level: int = 0
    entry: int = -1
    page: int = 0


@dataclass(slots=True)
class _Open:
    """A paragraph that is not finished: its pieces of HTML, the text so far of its last line."""

    kind: str
    page: int
    pieces: list[str] = field(default_factory=list)
    last: PdfLine | None = None
    column: paragraphs.Column | None = None


class Blocks:
    """Makes blocks of the lines of one page after the other.

    Args:
        spellings: of the file.
        dropped: what was put right is counted there.
    """

    def __init__(self, spellings: Spellings, dropped: Counter[str]) -> None:
        self._spellings = spellings
        self._dropped = dropped
        self._open: _Open | None = None
        self._anchors: list[str] = []

    def page(
        self,
        number: int,
        label: str,
        content: Sequence[PdfLine | PdfTable],
        headings: dict[int, PdfHeading],
        notes: Sequence[PdfLine] = (),
    ) -> Iterator[Block]:
        """The blocks that end on a page; notes at its foot stand before a paragraph that may go on after it.

        Args:
            content: its lines and tables in reading order, without notes.
            headings: number of a line, tables not counted → the heading that begins there.
            notes: lines of the notes at its foot.
        """
        self._anchors.append(anchor_id("page", label))
        yield from self._flow(number, content, headings)
        if notes:
            last = self._open.last if self._open else None
            if last is not None and paragraphs.has_end(last):
                yield from self.finish()
            apart = Blocks(self._spellings, self._dropped)
            apart._anchors = self._anchors
            for block in [*apart._flow(number, notes, {}), *apart.finish()]:
                yield replace(block, kind="note")

    def _flow(
        self, number: int, content: Sequence[PdfLine | PdfTable], headings: dict[int, PdfHeading]
    ) -> Iterator[Block]:
        lines = [each for each in content if isinstance(each, PdfLine)]
        columns = paragraphs.column_facts(lines)
        at = 0
        skip = 0
        first = True
        for each in content:
            if isinstance(each, PdfTable):
                yield from self.finish()
                yield Block(self._table(each), "table", page=number)
                first = False
                continue
            if skip:
                skip, at = skip - 1, at + 1
                continue
            if at in headings:
                found = headings[at]
                yield from self.finish()
                yield self._heading(number, lines[at : at + found.lines], found)
                skip, first = found.lines - 1, False
            else:
                yield from self._line(number, at, lines, columns, first)
                first = False
            at += 1

    def finish(self) -> Iterator[Block]:
        """The block that is not finished, if there is one."""
        if self._open and self._open.pieces:
            yield Block("".join(self._open.pieces).strip(), self._open.kind, page=self._open.page)
        self._open = None

    def _line(
        self, number: int, at: int, lines: Sequence[PdfLine], columns: dict[int, paragraphs.Column], first: bool
    ) -> Iterator[Block]:
        line = lines[at]
        now = self._open
        if now and now.last is not None:
            if now.page != number and first and now.column is not None:
                over = not paragraphs.goes_on(now.last, line, now.column)
            elif at and lines[at - 1] is now.last:
                after = lines[at + 1] if at + 1 < len(lines) and lines[at + 1].column == line.column else None
                over = paragraphs.ends(now.last, line, after, columns)
            else:
                over = True
            if over:
                yield from self.finish()
        if self._open is None:
            bullet = paragraphs.BULLET.match(line.text)
            self._open = _Open("li" if bullet else "p", number)
        now = self._open
        self._add(now, line)
        now.last, now.column = line, columns[line.column]

    def _add(self, now: _Open, line: PdfLine) -> None:
        """A line more for a paragraph: with a space, or as the second half of a word."""
        spans = list(line.spans)
        if not now.pieces and now.kind == "li" and (bullet := paragraphs.BULLET.match(line.text)):
            spans = _without(spans, bullet.end())
        made = self._marked(spans)
        if now.last is not None and now.pieces:
            before, text = now.last.text.rstrip(), line.text.lstrip()
            joined = self._spellings.joined(before, text) if before[-1:] in "-\u2010\u00ad" else None
            if joined is not None:
                if len(joined) < len(before) + len(text):
                    self._dropped["pdf:hyphen-undone"] += 1
                    now.pieces[-1] = _without_hyphen(now.pieces[-1])
            elif not (before and text and unparted(before[-1]) and unparted(text[0])):
                now.pieces.append(" ")
        now.pieces.append(made)

    def _heading(self, number: int, lines: Sequence[PdfLine], found: PdfHeading) -> Block:
        text = ""
        for line in lines:
            part = line.text.strip()
            joined = self._spellings.joined(text, part) if text[-1:] in "-\u2010\u00ad" else None
            glue = "" if not text or (unparted(text[-1]) and part and unparted(part[0])) else " "
            text = joined if joined is not None else text + glue + part
        plain = _WHITE.sub(" ", text).strip()
        made = self._marked([PdfSpan(text=plain)])
        return Block(made, "heading", plain, found.level, found.entry, number)

    def _table(self, table: PdfTable) -> str:
        rows = []
        for row in table.rows:
            cells = []
            for cell in row:
                name = "th" if cell.heading else "td"
                wide = f' colspan="{cell.across}"' if cell.across > 1 else ""
                high = f' rowspan="{cell.down}"' if cell.down > 1 else ""
                inner = "<br>".join(self._marked(line.spans) for line in cell.lines)
                cells.append(f"<{name}{wide}{high}>{inner}</{name}>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>{''.join(rows)}</table>"

    def _marked(self, spans: Sequence[PdfSpan]) -> str:
        """Spans as HTML, behind the anchors that wait for text."""
        parts = []
        for span in spans:
            text = html.escape(span.text, quote=False)
            if span.mark and text.strip():
                text = f"<{span.mark}>{text}</{span.mark}>"
            if span.href.startswith(_SCHEMES) and text.strip():
                text = f'<a href="{html.escape(span.href)}">{text}</a>'
            parts.append(text)
        made = "".join(parts)
        if not made.strip():
            return made
        anchors = "".join(f'<span id="{html.escape(anchor)}"></span>' for anchor in self._anchors)
        self._anchors.clear()
        return anchors + made


def _without(spans: Sequence[PdfSpan], count: int) -> list[PdfSpan]:
    """Spans without their first characters."""
    found = []
    for span in spans:
        cut = min(count, len(span.text))
        count -= cut
        if span.text[cut:]:
            found.append(PdfSpan(text=span.text[cut:], mark=span.mark, href=span.href))
    return found


def _without_hyphen(piece: str) -> str:
    """A piece of HTML without the hyphen that its text ends in."""
    return re.sub(r"[-\u2010\u00ad]\s*((?:</[a-z]{1,3}>)*)\s*$", r"\1", piece)
