"""From an article's body to Markdown (CommonMark 0.31 with GitHub's tables).

The body is in canonical form (docs/formats/body.md): tags are well formed, and white space outside `<pre>` is single
spaces. Nothing is lost: what Markdown has no sign for (sub- and superscripts, formulas, tables with spans, definition
lists) stays as HTML, which CommonMark passes through.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?\s*([a-zA-Z][\w-]*)")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_SPECIAL = re.compile(r"([\\`*_\[\]])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LEADING = re.compile(r"^(\d*)(?=(?:#{1,6}|[-+]|(?<=\d)[.)])(?:\s|$)|>|~~~|===|---)")

_KEPT_WHOLE = frozenset(("math", "dl", "table", "svg", "audio", "video", "details"))
_SIGNS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "aside", "header", "footer", "figure", "figcaption", "address", *_HEADINGS)
)
_VOID = frozenset(("br", "hr", "img", "wbr", "col"))


def to_markdown(body: str, *, exact: bool = False) -> str:
    """The Markdown of a canonical body; ends without a newline.

    Args:
        exact: whether tags that Markdown's signs would make others of (`b`, `i`), and those that only name a place or a
            language, stay as they are.
    """
    return _Writer(exact).write(body)


class _Writer:
    """One pass over the tags: blocks that are finished, the one being written, and what stands before its lines."""

    def __init__(self, exact: bool = False) -> None:
        self._exact = exact
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._first: list[str] = []  # before the first line of the next block ("- ", "> ")
        self._rest: list[str] = []  # before its other lines
        self._fresh: list[bool] = []  # whether `_first` is still to be written, for each level
        self._lists: list[int | None] = []
        self._links: list[str] = []
        self._heading = ""
        self._pre = False
        self._code = 0

    def write(self, body: str) -> str:
        pieces = _TAG.split(body)
        position = 0
        while position < len(pieces):
            piece = pieces[position]
            if position % 2 == 0:
                self._text(piece)
                position += 1
                continue
            name = _name(piece)
            if name in _KEPT_WHOLE and not piece.startswith("</"):
                end = _end_of(pieces, position, name)
                whole = "".join(pieces[position:end])
                self._whole(name, whole)
                position = end
                continue
            self._close(name) if piece.startswith("</") else self._open(name, piece)
            position += 1
        self._finish()
        return "\n".join(self._blocks).strip("\n")

    def _whole(self, name: str, markup: str) -> None:
        """An element that is written as one piece."""
        if name == "math":
            self._line.append(markup)
            return
        self._finish()
        table = _pipes(markup) if name == "table" else ""
        self._emit(table or markup.replace("\n", " "))

    def _text(self, piece: str) -> None:
        text = html.unescape(piece)
        if self._pre:
            self._line.append(text)
        elif self._code:
            self._line.append(text.replace("`", "'"))
        elif text.strip() or self._line:
            self._line.append(escaped(text))

    def _open(self, name: str, tag: str) -> None:
        if name in _BLOCKS or name == "hr":
            self._finish()
            self._heading = _HEADINGS.get(name, "")
            if name == "hr":
                self._emit("---")
        elif name in ("ul", "ol"):
            self._finish()
            start = dict(_ATTRIBUTE.findall(tag)).get("start", "1")
            self._lists.append(None if name == "ul" else int(start) if start.isdigit() else 1)
        elif name == "li":
            self._finish()
            self._enter(self._bullet())
        elif name == "blockquote":
            self._finish()
            self._enter("> ", "> ")
        elif name == "pre":
            self._finish()
            self._pre = True
        elif name == "img":
            self._line.append(_picture(tag))
        elif name == "br":
            self._line.append("  \n")
        elif name == "a":
            self._links.append(html.unescape(dict(_ATTRIBUTE.findall(tag)).get("href", "")))
            self._line.append("[")
        elif name == "code" and not self._pre:
            self._code += 1
            self._line.append("`")
        elif not self._pre:
            self._line.append(self._sign(name, tag))

    def _close(self, name: str) -> None:
        if name in _BLOCKS:
            self._finish()
        elif name in ("ul", "ol"):
            self._finish()
            if self._lists:
                self._lists.pop()
        elif name in ("li", "blockquote"):
            self._finish()
            self._leave()
        elif name == "pre":
            self._fenced()
        elif name == "a":
            target = self._links.pop() if self._links else ""
            self._line.append(f"]({_address(target)})")
        elif name == "code" and not self._pre:
            self._code = max(0, self._code - 1)
            self._line.append("`")
        elif name not in _VOID and not self._pre:
            self._line.append(self._sign(name, f"</{name}>"))

    def _sign(self, name: str, tag: str) -> str:
        """What an inline tag is written as."""
        if self._exact and name not in ("em", "strong"):
            return tag
        return _SIGNS.get(name, "" if name in ("span", "bdi", "wbr") else tag)

    def _bullet(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _enter(self, first: str, rest: str = "") -> None:
        self._first.append(first)
        self._rest.append(rest or " " * len(first))
        self._fresh.append(True)

    def _leave(self) -> None:
        if self._first:
            self._first.pop()
            self._rest.pop()
            self._fresh.pop()

    def _finish(self) -> None:
        """The block that is being written ends here."""
        text = "".join(self._line).strip(" ").removesuffix("  \n")
        self._line.clear()
        if text:
            self._emit(f"{self._heading} {text}" if self._heading else _LEADING.sub(r"\1\\", text))
        self._heading = ""

    def _fenced(self) -> None:
        text = "".join(self._line).strip("\n")
        self._line.clear()
        self._pre = False
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        self._emit(f"{fence}\n{text}\n{fence}")

    def _emit(self, text: str) -> None:
        """Write a block behind the signs of the lists and quotations it stands in, and a blank line before it."""
        in_list = bool(self._lists) and any(self._fresh)
        if self._blocks and not in_list:
            self._blocks.append("".join(self._rest).rstrip())
        for number, line in enumerate(text.split("\n")):
            before = "".join(
                first if number == 0 and fresh else rest
                for first, rest, fresh in zip(self._first, self._rest, self._fresh, strict=True)
            )
            self._blocks.append((before + line).rstrip(" ") if not line.endswith("  ") else before + line)
        self._fresh = [False] * len(self._fresh)


def escaped(text: str) -> str:
    """Plain text in which nothing is a sign of Markdown."""
    return _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", text)).replace("<", "&lt;")


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found.group(1).lower() if found else ""


def _end_of(pieces: list[str], start: int, name: str) -> int:
    """Position after the end tag that belongs to the start tag at `start`."""
    depth = 0
    for position in range(start, len(pieces), 2):
        if _name(pieces[position]) == name:
            depth += -1 if pieces[position].startswith("</") else 1
            if depth == 0:
                return position + 1
    return len(pieces)


def _address(target: str) -> str:
    return f"<{target}>" if re.search(r"[\s()]", target) else target


def _picture(tag: str) -> str:
    attributes = dict(_ATTRIBUTE.findall(tag))
    alt = escaped(html.unescape(attributes.get("alt", "")))
    return f"![{alt}]({_address(html.unescape(attributes.get('src', '')))})"


_CELL = re.compile(r"<(t[dh])(?:\s[^>]*)?>(.*?)</\1>", re.DOTALL)
_ROW = re.compile(r"<tr(?:\s[^>]*)?>(.*?)</tr>", re.DOTALL)
_NOT_PIPES = re.compile(r"(?:row|col)span=|<caption|<(?:p|[uod]l|pre|blockquote|div|h[1-6]|figure)[ >]|<table.*<table")


def _pipes(markup: str) -> str:
    """A plain table in GitHub's form; "" where it has spans, a caption or blocks in its cells (it stays HTML)."""
    if _NOT_PIPES.search(markup):
        return ""
    rows = [[_cell(cell) for _, cell in _CELL.findall(row)] for row in _ROW.findall(markup)]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cell(markup: str) -> str:
    text = _Writer().write(markup.replace("<br>", " "))
    return re.sub(r"\s*\n\s*", " ", text).replace("|", "\\|")
