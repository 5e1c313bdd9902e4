"""Plain text to canonical HTML: escaped, one block a line, nothing but `h2`, `p`, `ul` and `li`.

Two forms. "text" is what people type: blank lines part the paragraphs; lines that were filled to a width by hand are
joined again, others (verses, addresses, lists) stay lines. "wikiextractor" is what WikiExtractor writes: every line
is a block, and a section heading is a line of its own with a full stop after it ("Early life."). The form does not
record the level of a heading, so all are `h2`; how a heading is told from a short sentence stands at `is_heading`.

Only strings are cut and joined here, no tree is built: this is the path that whole dumps take.
Source: 205 MB of WikiExtractor text, one core, 2026-11-23: see `plain_to_html`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Literal

from galactica.model.projection import Projection

Form = Literal["text", "wikiextractor"]
"""How the plain text is laid out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedText:
    """A canonical body and what it projects to."""

    body: str
    outline: Projection


BULLETS = ("- ", "* ", "• ", "BULLET::::- ", "BULLET::::", "· ")
"""What an entry of a list starts with; WikiExtractor before version 3 wrote "BULLET::::- "."""

HEADING_CHARS = 80
"""Longest heading, in characters; 99.9 % of the headings of the English Wikipedia are shorter."""

HEADING_WORDS = 9
"""Most words of a heading."""

SENTENCE_WORDS = frozenset(
    "is are was were be been has have had do does did can could will would may might must shall should says said "
    "it they he she there this these those we i".split()
)
"""English words that make a line of five or more words a sentence."""

HEADING_EXAMPLES: tuple[tuple[str, bool], ...] = (
    # Each line and what it is; the test of this module goes through them.
    ("History.", True),
    ("Etymology and terminology.", True),
    ("The Long March: 1934–1935.", True),
    ("9/11 and after.", True),
    ("Early life (1879–1895).", True),
    ("iPod.", True),
    ("早年生平.", True),
    ("生平。", False),
    ("He died.", True),  # the price: nothing in the form tells this from a heading
    ("What was it?.", True),
    ("There were no survivors of it.", False),
    ("The scholarly consensus is that Paul wrote it.", False),
    ("It rained. Nobody came.", False),
    ("for all positive integers.", False),
    ("And so on...", False),
    ("Founded by Smith, Jones, Brown, Miller, Cooper and many other people of the town.", False),
    ("no full stop", False),
    (".", False),
)

_BULLET_STARTS = frozenset(bullet[0] for bullet in BULLETS)
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
"""Control characters that no text means; they are dropped (tab, line feed and carriage return are white space)."""

_C1 = re.compile("[\x80-\x9f\ufffe\uffff]")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
"""What else has no place in text; and its most frequent part in UTF-8, where it is found five times faster."""

_SPACES = re.compile(r"[ \t\f]+")
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_INNER_STOP = re.compile(r"[.!?]\s|[。！？]")
_LEFTOVER = re.compile(
    r"</?(?:br|dl|dt|dd|ul|ol|li|div|span|ref|references|small|big|center|font|poem|noinclude|onlyinclude|includeonly"
    r"|section|gallery|imagemap|score|math|table|tr|td|th|ruby|rb|rt|rp|dfn|b|i|u|s|em|strong|sub|sup|tt|code|abbr|cite|blockquote|p|hr)"
    r"(?:\s[^<>\n]{0,500})?/?>",
    re.IGNORECASE,
)
"""Tags that WikiExtractor forgets in the text; what they enclose stays."""

_TABLE_REST = re.compile(r'^\|?\s*(?:class|style|align|valign|width|colspan|rowspan|bgcolor)="[^"]*".*$')
"""What it leaves of a broken table: lines of attributes."""


def plain_to_html(text: str, *, form: Form = "text") -> str:
    """The canonical HTML of a plain text; see `convert`."""
    return convert(text, form=form).body


def convert(text: str, *, form: Form = "text") -> ConvertedText:
    """The canonical body of a plain text, and its projection, made together.

    Nothing but escaped lines between tags of its own making gets into the body, so it is a fixed point of cleaning and
    need not be parsed to be cleaned or projected: the tests compare it with both, on any text.

    Args:
        text: any string; unpaired surrogates become U+FFFD, control characters are dropped.
        form: see the module.

    Returns:
        Blocks joined by newlines; "&", "<" and ">" escaped, white space in a block single spaces; "" for no text.

    Source: 205 MB of WikiExtractor text, one core, 2026-11-23: 1.5 s.
    """
    text = _printable(text)
    if form == "wikiextractor":
        return _blocks(_extract_lines(text), headings=True)
    return _blocks(_typed_lines(text), headings=False)


def is_heading(line: str) -> bool:
    """Whether a line of WikiExtractor's text is a section heading rather than a short paragraph.

    It ends with exactly one full stop; has at most `HEADING_CHARS` characters and `HEADING_WORDS` words; holds no
    other end of a sentence; does not start like a list entry or with a lower-case word; and, from five words on,
    holds no `SENTENCE_WORDS`. See `HEADING_EXAMPLES`.
    """
    if not 2 <= len(line) <= HEADING_CHARS or line[-1] != "." or line[-2] in ".。,;:":
        return False
    first = line[0]
    if not (first.isalnum() or first in "\"'“‘«「『《(¡¿$#@.’") or (first.islower() and line[1:2].islower()):
        return False
    words = line[:-1].split(" ")
    if len(words) > HEADING_WORDS or _INNER_STOP.search(line, 3):
        return False
    return len(words) < 5 or SENTENCE_WORDS.isdisjoint(word.lower() for word in words)


def _printable(text: str) -> str:
    """Without control characters and unpaired surrogates; through bytes, where deleting is one pass in C."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raw = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
        text = raw.decode()
    clean = raw.translate(None, _CONTROLS)
    if len(clean) != len(raw):
        text = clean.decode()
    if _C1_BYTES.search(clean) or b"\xef\xbf\xbe" in clean or b"\xef\xbf\xbf" in clean:
        text = _C1.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _extract_lines(text: str) -> list[str]:
    if "<" in text:
        text = _LEFTOVER.sub("", text)
    lines = text.split("\n")
    if '="' in text:
        lines = [line for line in lines if '="' not in line or not _TABLE_REST.match(line)]
    return lines


def _typed_lines(text: str) -> list[str]:
    """The paragraphs of a typed text, each on one line."""
    lines: list[str] = []
    for block in _BLANK.split(text):
        if "\n" not in block:
            lines.append(block)
            continue
        rows = [row.strip() for row in block.strip("\n").split("\n")]
        if _is_filled(rows):
            lines.append(" ".join(rows))
        else:
            lines.extend(rows)
    return lines


def _is_filled(rows: list[str]) -> bool:
    """Whether these lines are one paragraph that was broken at a width: no line had room for the next one's first word.

    A tenth of the width is forgiven, because people and programs break a little earlier than they must.
    """
    width = max(map(len, rows))
    if not 20 <= width <= 200 or any(row.startswith(BULLETS) for row in rows):
        return False
    return all(
        len(row) + 1 + len(following.partition(" ")[0]) > width * 0.9 for row, following in itertools.pairwise(rows)
    )


def _blocks(lines: list[str], *, headings: bool) -> ConvertedText:
    blocks: list[str] = []
    entries: list[str] = []
    said: list[str] = []
    heads: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        line = line.strip()  # of every white space of Unicode: none of it is text at the ends of a block
        if not line:
            continue
        if "  " in line or "\t" in line or "\f" in line:
            line = _SPACES.sub(" ", line)
        if line[0] in _BULLET_STARTS and (entry := _entry(line)):
            line = entry
            entries.append(f"<li>{_escape(entry)}</li>")
        else:
            if entries:
                blocks.append(f"<ul>{''.join(entries)}</ul>")
                entries = []
            if headings and line[-1] == "." and is_heading(line):
                line = line[:-1].rstrip()
                heads.append((length, length + len(line)))
                blocks.append(f"<h2>{_escape(line)}</h2>")
            else:
                blocks.append(f"<p>{_escape(line)}</p>")
        said.append(line)
        length += len(line) + 1
    if entries:
        blocks.append(f"<ul>{''.join(entries)}</ul>")
    return ConvertedText(body="\n".join(blocks), outline=Projection(text="\n".join(said), headings=tuple(heads)))


def _entry(line: str) -> str:
    """What a list entry says, "" where the line is none."""
    for bullet in BULLETS:
        if line.startswith(bullet):
            return line[len(bullet) :].strip()
    return ""


def _escape(line: str) -> str:
    if "&" in line:
        line = line.replace("&", "&amp;")
    if "<" in line:
        line = line.replace("<", "&lt;")
    if ">" in line:
        line = line.replace(">", "&gt;")
    return line
