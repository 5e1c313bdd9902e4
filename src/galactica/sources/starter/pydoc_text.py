"""Plain text that Python's documentation is made of → HTML: one small careful converter.

Two kinds of text are read here: what Sphinx's text writer leaves in `pydoc_data.topics`, and docstrings. Both are
indented plain text; the shapes that are understood are headings underlined with one repeated sign, paragraphs, bullet
and numbered lists, literal blocks and doctests, grid tables, footnotes, "signature over an indented description",
labelled notes, and three marks inside a line (``*emphasis*``, ``**strong**``, quoted or back-quoted code). Whatever
is not understood stays a paragraph or, where it is indented, a literal block: nothing is dropped.

Rules:
1. Every word of the text ends up in the result, escaped; the result holds only the tags written here. (Role names
   before code, `:mod:`, say how a page is linked, not what it says: they go.)
2. Linear in the size of the text; nesting is bounded by `MAX_DEPTH`, below which text is kept as a literal block.

Source: Sphinx, `sphinx.writers.text` (the signs it underlines with: * = - ~ " ' ^); PEP 257 for docstrings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise

MAX_DEPTH = 8
"""How deep blocks may lie in blocks; real documentation stays below 5."""

_UNDERLINE = re.compile(r"([*=\-~\"'^#])\1{2,}\Z")
_BULLET = re.compile(r"([*\-•])\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_FOOTNOTE = re.compile(r"\[(\d{1,3})\]\s+(?=\S)")
_RUBRIC = re.compile(r"-\[ (.+) \]-\Z")
_LABEL = re.compile(r"(Note|Notes|See also|Warning|Important|Tip|CPython implementation detail):\Z")
_CALL = re.compile(r"(?:class |async |exception |coroutine )?[A-Za-z_][\w.]*(?:\(|\Z)")
_TERM = re.compile(r".{1,78}[^.:;,\s]\Z")
_PROSE = re.compile(r"\s*(?:[A-Z][a-z]*|[*\"\w`]+)[ ,](?=.*[a-z]{2,} [a-z*\"]{2,})")
_RULE = re.compile(r"[=\-*~_]{4,}\Z")
_ROLE = re.compile(r":(?:[a-z]{1,12}:){1,2}(?=`)")
_GRID = re.compile(r"\+[-=+]{3,}\+?\Z")
_CODE_MARKS = frozenset("()[]{}<>=*_.@%\\/|&+-~^'`,:;#$!0123456789")
_INLINE = re.compile(
    r"``(?P<tick>[^`\n]+)``|`(?P<one>[^`\n]+)[`']"
    r'|(?<![\w"])"(?P<quoted>"[^"\n]*"|[^"\n]+)"(?![\w"])'
    r"|(?<![\w*])\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*(?![\w*])"
    r"|(?<![\w*/])\*(?P<emphasis>[^\s*,)](?:[^*\n]*[^\s*(])?)\*(?![\w*])"
)


def pydoc_to_html(text: str, *, level: int = 2) -> str:
    """The whole of `text` as an HTML fragment; its headings start at `level` (2 to 6)."""
    lines = [line.expandtabs(8).rstrip() for line in text.splitlines()]
    return _blocks(_dedent(lines), level, 0, {})


def inline(text: str) -> str:
    """One run of text, without blocks, as HTML; white space is collapsed."""
    text = _ROLE.sub("", " ".join(text.split()))
    out: list[str] = []
    done = 0
    for match in _INLINE.finditer(text):
        out.append(html.escape(text[done : match.start()], quote=False))
        out.append(_marked(match))
        done = match.end()
    out.append(html.escape(text[done:], quote=False))
    return "".join(out)


def heading_title(text: str) -> tuple[str, str]:
    """(plain first heading, the text after it); ("", text) where it does not start with a heading."""
    lines = text.strip("\n").splitlines()
    if len(lines) < 2 or not _is_heading(lines, 0):
        return "", text
    return lines[0].strip().replace('"', ""), "\n".join(lines[2:])


def _marked(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    content = match.group(kind)
    escaped = html.escape(content, quote=False)
    if kind == "strong":
        return f"<strong>{escaped}</strong>"
    if kind == "emphasis":
        return f"<em>{escaped}</em>"
    # Sphinx writes code between plain double quotes; a quoted phrase of words is left as the quotation it may be.
    if kind == "quoted" and " " in content and not _CODE_MARKS & set(content):
        return f'"{escaped}"'
    return f"<code>{escaped}</code>"


def _dedent(lines: Sequence[str]) -> list[str]:
    margins = [_margin(line) for line in lines if line]
    cut = min(margins, default=0)
    return [line[cut:] for line in lines]


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_heading(lines: Sequence[str], at: int) -> bool:
    if at + 1 >= len(lines) or not lines[at] or lines[at][0] == " ":
        return False
    under = lines[at + 1]
    return bool(_UNDERLINE.match(under)) and abs(len(under) - len(lines[at])) <= 2


def _blocks(lines: Sequence[str], level: int, depth: int, signs: dict[str, int]) -> str:
    """The blocks of dedented lines, one after the other. `signs` remembers which underline means which level."""
    out: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line:
            at += 1
        elif _is_heading(lines, at):
            rank = min(signs.setdefault(lines[at + 1][0], level + len(signs)), 6)
            out.append(f"<h{rank}>{inline(line)}</h{rank}>")
            at += 2
        elif line[0] == " ":
            end = _indented_end(lines, at)
            out.append(_literal(lines[at:end]))
            at = end
        elif _RULE.match(line):
            out.append("<hr>")
            at += 1
        elif _GRID.match(line):
            end = _paragraph_end(lines, at)
            out.append(_grid(lines[at:end]))
            at = end
        elif line.startswith((">>> ", "... ")):
            end = _paragraph_end(lines, at)
            out.append(_literal(lines[at:end]))
            at = end
        else:
            block, at = _text_block(lines, at, level, depth, signs)
            out.append(block)
    # One description list a stretch: entries that follow each other belong together.
    return "\n".join(out).replace("</dd></dl>\n<dl><dt>", "</dd><dt>")


def _text_block(lines: Sequence[str], at: int, level: int, depth: int, signs: dict[str, int]) -> tuple[str, int]:
    """A block that starts with text at the margin: list, footnotes, rubric, labelled note, signature, paragraph."""
    line = lines[at]
    for marker, tag in ((_BULLET, "ul"), (_NUMBER, "ol"), (_FOOTNOTE, "dl")):
        if marker.match(line):
            return _list(lines, at, marker, tag, level, depth, signs)
    if rubric := _RUBRIC.match(line):
        return f"<p><strong>{inline(rubric[1])}</strong></p>", at + 1
    end = _paragraph_end(lines, at, stop_at_indent=True)
    after = _next_text(lines, end)
    indented = after < len(lines) and lines[after].startswith("  ")
    if indented and _LABEL.match(line) and end == at + 1:
        stop = _indented_end(lines, after)
        return f"<p><strong>{inline(line)}</strong></p>\n{_nested(lines[after:stop], level, depth, signs)}", stop
    if indented and _is_described(lines, at, end, after):
        stop = _indented_end(lines, after)
        terms = "".join(f"<dt>{_term(one)}</dt>" for one in lines[at:end])
        return f"<dl>{terms}<dd>{_nested(lines[after:stop], level, depth, signs)}</dd></dl>", stop
    text = " ".join(lines[at:end])
    return f"<p>{inline(text[:-1] if text.endswith('::') else text)}</p>", end


def _is_described(lines: Sequence[str], at: int, end: int, after: int) -> bool:
    """Whether lines[at:end] are terms that the indented lines from `after` on describe (and not code they announce)."""
    terms = lines[at:end]
    if not all(_TERM.match(term) for term in terms):
        return False
    return all(_CALL.match(term) for term in terms) or bool(_PROSE.match(lines[after]))


def _term(line: str) -> str:
    return f"<code>{html.escape(line, quote=False)}</code>" if _CALL.match(line) else inline(line)


def _nested(lines: Sequence[str], level: int, depth: int, signs: dict[str, int]) -> str:
    if depth >= MAX_DEPTH:
        return _literal(lines)
    return _blocks(_dedent(lines), level, depth + 1, signs)


def _list(
    lines: Sequence[str], at: int, marker: re.Pattern[str], tag: str, level: int, depth: int, signs: dict[str, int]
) -> tuple[str, int]:
    """All the items of one list: each runs on while lines are indented under its marker."""
    items: list[str] = []
    while at < len(lines) and (found := marker.match(lines[at])):
        width = found.end()
        first = lines[at][width:]
        end = at + 1
        while end < len(lines):
            here = _next_text(lines, end)
            if here >= len(lines) or _margin(lines[here]) < min(width, 2):
                # A docstring may run an item on at the margin; a blank line or a new marker ends it there.
                lazy = here == end and here < len(lines) and not _starts_block(lines, here)
                if not lazy:
                    break
            end = here + 1
        body = [first, *_dedent(lines[at + 1 : end])]
        content = _literal(body) if depth >= MAX_DEPTH else _blocks(body, level, depth + 1, signs)
        content = _unwrap(content)
        items.append(f"<dt>[{found[1]}]</dt><dd>{content}</dd>" if tag == "dl" else f"<li>{content}</li>")
        at = _next_text(lines, end)
    return f"<{tag}>{''.join(items)}</{tag}>", at


def _unwrap(content: str) -> str:
    """A list item of a single paragraph needs no paragraph of its own."""
    if content.startswith("<p>") and content.endswith("</p>") and content.count("<p>") == 1:
        return content[3:-4]
    return content


def _starts_block(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    marked = _BULLET.match(line) or _NUMBER.match(line) or _FOOTNOTE.match(line) or _RUBRIC.match(line)
    return bool(marked) or bool(_GRID.match(line)) or line.startswith(">>> ") or _is_heading(lines, at)


def _paragraph_end(lines: Sequence[str], at: int, *, stop_at_indent: bool = False) -> int:
    """The line after the run of lines without a blank one that starts at `at`."""
    end = at + 1
    while end < len(lines) and lines[end]:
        if stop_at_indent and (lines[end][0] == " " or _starts_block(lines, end)):
            break
        end += 1
    return end


def _indented_end(lines: Sequence[str], at: int) -> int:
    """The line after the indented stretch that starts at `at`; blank lines inside belong to it."""
    end = at
    while end < len(lines) and (not lines[end] or lines[end][0] == " "):
        end += 1
    while end > at and not lines[end - 1]:
        end -= 1
    return end


def _next_text(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at]:
        at += 1
    return at


def _literal(lines: Sequence[str]) -> str:
    body = html.escape("\n".join(_dedent(lines)).strip("\n"), quote=False)
    return f"<pre><code>{body}</code></pre>" if body else ""


def _grid(lines: Sequence[str]) -> str:
    """A grid table (docutils "Grid Tables", without spans); a table with spans stays a literal block."""
    edges = [number for number, sign in enumerate(lines[0]) if sign == "+"]
    rows: list[list[str]] = []
    header = -1
    row: list[list[str]] = [[] for _ in edges[1:]]
    for line in lines[1:]:
        if line[:1] in "+|" and not line.strip("+-=|"):
            rows.append([" ".join(cell) for cell in row])
            row = [[] for _ in edges[1:]]
            if "=" in line:
                header = len(rows)
        elif any(edge >= len(line) or line[edge] != "|" for edge in edges):
            return _literal(lines)
        else:
            for number, (left, right) in enumerate(pairwise(edges)):
                row[number].append(line[left + 1 : right].strip())
    out = []
    for number, cells in enumerate(rows):
        tag = "th" if number < header else "td"
        out.append("<tr>" + "".join(f"<{tag}>{inline(cell)}</{tag}>" for cell in cells) + "</tr>")
    return f"<table>{''.join(out)}</table>"
