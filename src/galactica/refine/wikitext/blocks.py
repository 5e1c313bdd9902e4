"""Lines to blocks: headings, paragraphs, lists, indented text, rules, tables; marks within a line by `quotes`.

Runs on text whose templates, tags and links are done. Rules (MediaWiki's BlockLevelPass): a block mark counts only
at the start of a line; an empty line ends a paragraph; a list goes on while its marks share a beginning; a line that
begins with a space is preformatted; a block tag of HTML ends a paragraph. A figure moves before its paragraph.
"""

from __future__ import annotations

import re
from html import escape

from galactica.refine.wikitext.page import BLOCK_MARKER, LEFT, MARKER, WikiPage
from galactica.refine.wikitext.quotes import quotes
from galactica.refine.wikitext.tables import TableReader, starts_table
from galactica.refine.wikitext.tags import VOID

MAX_DEPTH = 1
"""Tables that begin inside a cell and were not seen as its table's own: beyond this they are read as text."""

MAX_LIST = 20
"""Levels of a list; deeper marks are cut."""

_HEADING = re.compile(r"(={1,6})(.+?)(={1,6})[ \t]*\Z")
_RULE = re.compile(r"-{4,}")
_MARKS = re.compile(r"[*#:;]+")
_BLOCK_TAG = re.compile(
    r"(</?(?:div|table|thead|tbody|tfoot|tr|td|th|caption|blockquote|ul|ol|li|dl|dt|dd|h[1-6]|p|hr|pre|section|figure"
    r"|figcaption)\b[^<>]*>|\ufdd2[0-9]+\ufdd1)"
)
_COLON = re.compile(r"<(/?)(\w+)[^<>]*>|:(?!//)")
_SCHEME = re.compile(r"(?<![\w-])(?:news|mailto|urn|tel|sips?|xmpp)\Z", re.IGNORECASE)
_BARE = ("td", "th", "li", "dt", "dd", "caption", "figcaption", "p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table",
         "ul", "ol", "dl", "tbody", "thead", "tfoot")  # fmt: skip
_TAG_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_SPECIAL = frozenset("*#:;={|!- \t\n\ufdd2<")
_LIST = {"*": ("ul", "li"), "#": ("ol", "li"), ":": ("dl", "dd"), ";": ("dl", "dt")}


def blocks(page: WikiPage, text: str) -> str:
    """HTML (with markers) of text."""
    if "\n" not in text and text[:1] not in _SPECIAL and "<" not in text and "\ufdd2" not in text:
        return f"<p>{quotes(text)}</p>" if text else ""
    return _Blocks(page).run(text.split("\n"))


class _Blocks:
    """The blocks of one text, in order; `paragraph` holds the lines of the one that is open."""

    def __init__(self, page: WikiPage, depth: int = 0) -> None:
        self.page = page
        self.depth = depth
        self.out: list[str] = []
        self.paragraph: list[str] = []
        self.inside = ""  # the HTML block tag that was opened last and not closed, where text needs no <p>

    def run(self, lines: list[str]) -> str:
        index, count = 0, len(lines)
        while index < count:
            line = lines[index]
            first = line[:1]
            if not first or first == LEFT or (first.isspace() and not line.strip()):
                self.flush()
                if self.inside == "p":
                    self.inside = ""
                index += 1
            elif first in "*#:;" and not (first == ":" and self.opens_table(line)):
                index = self.lists(lines, index)
            elif first == "=" and self.heading(line, lines, index):
                index += 1
            elif first in "{: \t" and self.opens_table(line):
                index = self.table(lines, index)
            elif first == "-" and line.startswith("----"):
                self.flush()
                self.out.append("<hr>")
                rest = _RULE.sub("", line, count=1)
                if rest.strip():
                    lines[index] = rest
                else:
                    index += 1
            elif first == " " and not self.inside and self.is_preformatted(line):
                index = self.preformatted(lines, index)
            else:
                self.text(line)
                index += 1
        self.flush()
        return "".join(self.out)

    def opens_table(self, line: str) -> bool:
        return self.depth <= MAX_DEPTH and starts_table(line)

    def flush(self) -> None:
        if self.paragraph:
            text = quotes("\n".join(self.paragraph)).strip()
            if text:
                self.out.append(f"<p>{text}</p>")
            self.paragraph = []

    def text(self, line: str) -> None:
        """A line of running text, cut at block tags and figures."""
        if "<" not in line and "\ufdd2" not in line:
            self.paragraph.append(line)
            return
        parts = _BLOCK_TAG.split(line)
        if len(parts) == 1:
            self.paragraph.append(line)
            return
        for index, part in enumerate(parts):
            if index % 2:
                self.block(part)
            elif part.strip():
                if self.inside:
                    self.out.append(quotes(part))
                else:
                    self.paragraph.append(part)

    def block(self, part: str) -> None:
        if part[0] == "\ufdd2":
            if not self.page.floats(part):
                self.flush()
            # A picture goes before the paragraph it stands in.
            self.out.append(part)
            return
        self.flush()
        self.out.append(part)
        match = _TAG_NAME.match(part)
        assert match is not None
        opened = not match[1] and match[2] in _BARE
        self.inside = match[2] if opened else ""
        if match[1] and match[2] in ("td", "th", "tr", "li", "dt", "dd", "caption"):
            self.inside = "table"

    def heading(self, line: str, lines: list[str], index: int) -> bool:
        match = _HEADING.match(line)
        if match is None:
            return False
        self.flush()
        self.inside = ""
        level = min(len(match[1]), len(match[3]))
        signs = len(line.rstrip())
        if signs == line.count("="):  # "=====" is a heading that says "="
            level = min(6, (signs - 1) // 2)
            return self.titled(level, "=" * (signs - 2 * level), lines, index)
        extra = "=" * (len(match[1]) - level)
        return self.titled(level, (extra + match[2] + "=" * (len(match[3]) - level)).strip(), lines, index)

    def titled(self, level: int, words: str, lines: list[str], index: int) -> bool:
        """A heading of the words in `lines[index]`."""
        content = quotes(words)
        plain = " ".join(self.page.words(content).split())
        content = BLOCK_MARKER.sub("", content).strip()
        if plain or MARKER.search(content):
            tag = f"h{max(2, level)}"
            anchor = escape(self.page.anchor(plain))
            self.out.append(f'<{tag} id="{anchor}">{content}</{tag}>')
            if _is_bare(level, lines, index + 1):
                self.page.bare.add(anchor)
        return True

    def table(self, lines: list[str], index: int) -> int:
        self.flush()
        reader = TableReader(self.cell, lambda html: self.page.set_aside(html, block=True))
        html, index, rest = reader.read(lines, index)
        self.out.append(html)
        if rest.strip():
            index -= 1
            lines[index] = rest
        return index

    def cell(self, lines: list[str]) -> str:
        """A cell's HTML; a single run of text comes without <p>."""
        first = lines[0].strip()
        plain = first[:1] not in _SPECIAL and "\ufdd2" not in first
        if not any(line.strip() for line in lines[1:]):
            if not first or plain:
                return quotes(first)
        elif first and plain and ("<" not in first or _BLOCK_TAG.search(first) is None):
            # What stands on the cell's own line is no paragraph; the lines below it are.
            return quotes(first) + _Blocks(self.page, self.depth + 1).run(lines[1:])
        html = _Blocks(self.page, self.depth + 1).run([first, *lines[1:]])
        if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
            return html[3:-4]
        return html

    def is_preformatted(self, line: str) -> bool:
        plain = MARKER.sub("", line).strip() if "\ufdd1" in line else line
        return bool(plain.strip()) and _BLOCK_TAG.search(line) is None

    def preformatted(self, lines: list[str], index: int) -> int:
        self.flush()
        kept = []
        while index < len(lines) and lines[index][:1] == " " and _BLOCK_TAG.search(lines[index]) is None:
            if self.opens_table(lines[index]):
                break
            kept.append(quotes(lines[index][1:]))
            index += 1
        while kept and not kept[-1].strip():
            kept.pop()
        self.out.append("<pre>" + "\n".join(kept) + "</pre>")
        return index

    def lists(self, lines: list[str], index: int) -> int:
        """Consecutive lines of list marks."""
        self.flush()
        marks = ""
        out = self.out
        while index < len(lines):
            match = _MARKS.match(lines[index])
            if match is None or (lines[index][0] == ":" and self.opens_table(lines[index])):
                break
            line_marks = match[0][:MAX_LIST]
            content = lines[index][match.end() :].strip()
            index += 1
            if not content:
                continue
            marks = self.item(marks, line_marks, content)
        out += [_closing(mark) for mark in reversed(marks)]
        return index

    def item(self, marks: str, line_marks: str, content: str) -> str:
        """One line of a list, `marks` being open; returns what is open after it."""
        common = 0
        shared = min(len(marks), len(line_marks))
        while common < shared and marks[common] == line_marks[common]:
            common += 1
        if common == len(line_marks) - 1 and common < shared and marks[common] + line_marks[-1] in (";:", ":;"):
            common += 1  # a term and its definition are items of one list
        self.out += [_closing(mark) for mark in reversed(marks[common:])]
        if common == len(line_marks):
            # Another item of a list that is open.
            self.out.append(f"</{_LIST[marks[common - 1]][1]}><{_LIST[line_marks[-1]][1]}>")
        for mark in line_marks[common:]:
            kind, item = _LIST[mark]
            self.out.append(f"<{kind}><{item}>")
        if line_marks[-1] == ";" and ":" in content:
            term, definition = _split_term(content)
            if term != content and not definition:
                content = term  # "; term:" with nothing after its colon
            elif definition:
                self.out.append(f"{quotes(term)}</dt><dd>{quotes(definition)}")
                return line_marks[:-1] + ":"
        self.out.append(quotes(content))
        return line_marks


def _is_bare(level: int, lines: list[str], index: int) -> bool:
    """Whether a heading's author wrote nothing under it: the next that is no empty line is a heading, or the end."""
    while index < len(lines) and not lines[index].strip():
        index += 1
    match = _HEADING.match(lines[index]) if index < len(lines) else None
    return index == len(lines) or (match is not None and min(len(match[1]), len(match[3])) <= level)


def _closing(mark: str) -> str:
    kind, item = _LIST[mark]
    return f"</{item}></{kind}>"


def _split_term(content: str) -> tuple[str, str]:
    """`term : definition`, the colon being outside elements (MediaWiki's findColonNoLinks)."""
    depth = 0
    for match in _COLON.finditer(content):
        if match[2] is None:
            if not depth and not _SCHEME.search(content, max(0, match.start() - 8), match.start()):
                return content[: match.start()].strip(), content[match.end() :].strip()
        elif match[1]:
            depth = max(0, depth - 1)
        elif match[2] not in VOID and not match[0].endswith("/>"):
            depth += 1
    return content, ""
