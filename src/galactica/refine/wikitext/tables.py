"""Tables in wiki marks: {| |+ |- ! | |}, cells with spans, tables inside cells.

One walk over the lines with a stack of open tables, so any nesting costs the same. What a cell holds is given to
`cell`, which makes HTML of it. Text that stands in no cell comes before the table, where browsers show it. Standard:
MediaWiki "Help:Tables"; only attributes that carry meaning stay (colspan, rowspan, scope, lang, dir, id).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from galactica.refine.wikitext.tags import attributes

MAX_TABLES = 20
"""Tables inside each other; deeper ones are read as text."""

_START = re.compile(r"[ :\t]*\{\|")
_LAYOUT = re.compile(
    r"class\s*=[^|]*\b(?:navbox|metadata|noprint|mbox-small|ambox|toccolours\s+noprint|infobox_edit)\b"
)
_BLOCK = re.compile("<(?:p|ul|ol|dl|h[1-6]|table|div|blockquote|pre|hr|figure|section)\\b|\ufdd2")
_WORDS = re.compile(r"<(?!(?:span|font|div|center|br|big)\b)[a-z]")
"""Tags before a bar that hold words for a reader: no attributes, however the wiki reads them."""

_MEANT = re.compile(r"span|scope|lang|dir|\bid\b", re.IGNORECASE)


@dataclass(slots=True)
class _Cell:
    tag: str
    attributes: str
    lines: list[str]


@dataclass(slots=True)
class _Table:
    attributes: str
    layout: bool
    caption: _Cell | None = None
    rows: list[list[_Cell]] = field(default_factory=list)
    open: _Cell | None = None
    loose: list[str] = field(default_factory=list)

    def add(self, cell: _Cell) -> None:
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(cell)
        self.open = cell


def starts_table(line: str) -> bool:
    """True where a line opens a table."""
    return "{|" in line and _START.match(line) is not None


class TableReader:
    """Reads tables out of lines.

    Args:
        cell: the lines of a cell → HTML.
        keep: finished HTML of an inner table → the marker that stands for it in its cell.
    """

    def __init__(self, cell: Callable[[list[str]], str], keep: Callable[[str], str]) -> None:
        self._cell = cell
        self._keep = keep

    def read(self, lines: list[str], index: int) -> tuple[str, int, str]:
        """The table that opens at `lines[index]`: its HTML, the index after it, and what follows on its last line."""
        stack = [self._opened(lines[index])]
        index += 1
        while index < len(lines):
            line = lines[index]
            index += 1
            stripped = line.strip()
            first = stripped[:1]
            if first in ("{", ":") and len(stack) < MAX_TABLES and starts_table(stripped):
                stack.append(self._opened(stripped))
                continue
            if first == "|" and stripped.startswith("|}") and not stripped.startswith("|}}"):
                html, rest = self._written(stack.pop()), stripped[2:]
                if not stack:
                    return html, index, rest
                self._text(stack[-1], self._keep(html))
                if rest.strip():
                    self._text(stack[-1], rest)
            elif first == "|" or first == "!":
                self._mark(stack[-1], stripped)
            else:
                self._text(stack[-1], line)
        while len(stack) > 1:
            html = self._written(stack.pop())
            self._text(stack[-1], self._keep(html))
        return self._written(stack[0]), index, ""

    def _opened(self, line: str) -> _Table:
        given = line.partition("{|")[2]
        return _Table(attributes(given, "table") if _MEANT.search(given) else "", bool(_LAYOUT.search(given)))

    def _text(self, table: _Table, line: str) -> None:
        lines = table.loose if table.open is None else table.open.lines
        if lines or line.strip():
            lines.append(line)

    def _mark(self, table: _Table, line: str) -> None:
        if line.startswith("|-"):
            table.rows.append([])
            table.open = None
        elif line.startswith("|+"):
            cell = self._one("caption", line[2:])
            if table.caption is None:
                table.caption = cell
            else:
                table.caption.lines[-1] += f"<br>{cell.lines[0].strip()}"
            table.open = table.caption
        else:
            tag = "th" if line[0] == "!" else "td"
            text = line[1:]
            if tag == "th" and "!!" in text:
                text = text.replace("!!", "||")
            for part in text.split("||"):
                table.add(self._one(tag, part))

    def _one(self, tag: str, text: str) -> _Cell:
        """A cell: attributes before a single bar, if what stands there can be attributes."""
        before, bar, after = text.partition("|")
        if not bar or "\ufdd2" in before or "[[" in before or ("<" in before and _WORDS.search(before)):
            return _Cell(tag, "", [text])
        if "\ufdd0" in before and "=" not in before:
            return _Cell(tag, "", [text])
        return _Cell(tag, attributes(before, tag) if _MEANT.search(before) else "", [after])

    def _written(self, table: _Table) -> str:
        if table.layout:
            return ""
        rows = []
        for row in table.rows:
            cells = "".join([f"<{c.tag}{c.attributes}>{self._cell(c.lines)}</{c.tag}>" for c in row])
            if cells:
                rows.append(f"<tr>{cells}</tr>")
        caption = self._cell(table.caption.lines) if table.caption is not None else ""
        loose = self._blocks(table.loose)
        if not rows:
            return loose + (f"<p>{caption}</p>" if caption else "")
        head = f"<caption>{caption}</caption>" if caption else ""
        return f"{loose}<table{table.attributes}>{head}{''.join(rows)}</table>"

    def _blocks(self, lines: list[str]) -> str:
        """Lines outside the cells as blocks."""
        html = self._cell(lines) if lines else ""
        return f"<p>{html}</p>" if html and not _BLOCK.match(html) else html
