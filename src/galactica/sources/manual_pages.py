"""Pages of manuals in roff (.1 to .9, .man, .mdoc; packed or not): those of man(7) and of mdoc(7), one article each.

Headings, terms with what is said of them, lists, code and tables are told, fonts kept, signs resolved. Requests that
only lay out are passed over; macros that a page defines itself, equations, other files and what is not known are
counted, the words of the last kept. Standards: groff_man(7), groff_mdoc(7), tbl(1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from galactica.languages import tag
from galactica.model import Document, Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format, title_line
from galactica.sources.mdoc import MACROS, MdocLines, mdoc_words
from galactica.sources.paths import stem
from galactica.sources.roff import RoffFonts, inline_html, plain_text, request_words
from galactica.sources.trees import TreeFile, rejected

_NAMED = re.compile(r"\.(?:[1-9nl][a-z]{0,4}|man|mdoc|roff|me|ms)$")
_BEGINS = re.compile(r"^[.'][ \t]*(?:TH|Dt|Dd|SH|Sh)\b", re.MULTILINE)
_FONTS = {"B": "b", "I": "i", "SM": "", "SB": "b"}
_PAIRS = frozenset(("BR", "RB", "IR", "RI", "BI", "IB"))
_LAYOUT = frozenset(
    "ad na ne nh hy in ti ta ft ps vs ll pl po ce fi hw lg cu ul mk rt ss fam tr pc c2 cc ec eo als rm rn nr ds as PD "
    "DT AT UC ns rs nop evc ev pm rj mso do ftr fp char lf PU TA tm ab warn".split()
)
_DEFINES = frozenset(("de", "de1", "am", "ig", "dei", "ami"))
_CONDITIONS = frozenset(("if", "ie", "el", "while"))
_TABLE_FORMAT = re.compile(r"\.\s*$")


class ManLines(MdocLines):
    """A page being told, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self._fonts = RoffFonts()
        self._term = False  # whether the next line is a term
        self._next = ""  # what the next line of text is set in

    def page(self, text: str) -> None:
        """Tell all lines of a page."""
        lines = iter(re.sub(r"\\\n", " ", text).split("\n"))
        for line in lines:
            if line[:1] not in (".", "'") or not line[1:].strip():
                self._text(line)
                continue
            name, _, rest = line[1:].strip().partition(" ")
            name, tab, more = name.partition("\t")
            rest = rest.split(' \\"')[0].strip() if not tab else f"{more} {rest}"
            if name in _DEFINES:
                self.dropped["roff:macro"] += 1
                end = rest.split()[1] if len(rest.split()) > 1 else "."
                for skipped in lines:
                    if skipped.startswith("." + end) or skipped.startswith(".." if end == "." else "\0"):
                        break
            elif name in _CONDITIONS:
                self._condition(rest, lines)
            elif name == "TS":
                self._table(lines)
            elif name == "EQ":
                said = list(_until(lines, ".EN"))
                self.dropped["roff:equation"] += 1
                self.put(f"<p><code>{escape(' '.join(said), quote=False)}</code></p>")
            else:
                self._request(name, rest)
        self.close_all()

    def _text(self, line: str) -> None:
        if not line.strip():
            if self.pre:
                self.put("\n")
            else:
                self.paragraph()
            return
        said = inline_html(line, self._fonts)
        if self._next:
            said, self._next = f"<{self._next}>{said}</{self._next}>", ""
        self._flows(said)

    def _flows(self, html: str) -> None:
        """Text, or the term that is waited for."""
        if self._term:
            self._term = False
            self.term(html)
            return
        self.put(html + ("\n" if self.pre else " "))

    def _condition(self, rest: str, lines: Iterator[str]) -> None:
        """What stands under a condition is for a device of another time: it goes, and is counted."""
        self.dropped["roff:condition"] += 1
        depth = rest.count("\\{") - rest.count("\\}")
        while depth > 0:
            line = next(lines, None)
            if line is None:
                return
            depth += line.count("\\{") - line.count("\\}")

    def _table(self, lines: Iterator[str]) -> None:
        rows: list[str] = []
        between, formats, cell = "\t", True, ""
        blocked = False
        for line in lines:
            if line.startswith(".TE"):
                break
            if formats:
                if found := re.search(r"tab\s*\(?\s*(\S)", line):
                    between = found[1]
                formats = _TABLE_FORMAT.search(line) is None
                continue
            if line.startswith(".T&"):
                formats = True
            elif line[:1] == "." and line[1:2].isalpha():
                words = request_words(line[1:])[1:]
                cell += " ".join(words) + " " if blocked else ""
            elif line.strip() not in ("_", "="):
                if blocked and not line.startswith("T}"):
                    cell += line + " "
                    continue
                line = cell + line[2:] if blocked else line
                cell, blocked = "", line.endswith("T{")
                if blocked:
                    cell = line[:-2]
                    continue
                fonts = RoffFonts()
                told = "".join(f"<td>{inline_html(each.strip(), fonts)}</td>" for each in line.split(between))
                rows.append(f"<tr>{told}</tr>")
        if rows:
            self.block(f"<table><tbody>{''.join(rows)}</tbody></table>")

    def _request(self, name: str, rest: str) -> None:
        words = request_words(rest)
        match name:
            case "TH":
                self.title = f"{plain_text(words[0])}({words[1]})" if len(words) > 1 else plain_text(" ".join(words))
                self.about = [plain_text(each) for each in words[2:5] if each.strip()]
            case "SH" | "SS":
                self._fonts = RoffFonts()
                self.heading(plain_text(" ".join(words)), 2 if name == "SH" else 3)
            case "PP" | "P" | "LP" | "HP":
                self.paragraph(apart=True)
            case "TP" | "TQ":
                self._term = True
            case "IP":
                self.term(inline_html(words[0], self._fonts) if words else "")
            case "RS" | "RE" | "sp" | "br" | "RSB":
                self.line_break() if name in ("br", "sp") else self.nest(name == "RS")
            case "nf" | "EX":
                self.code(True)
            case "fi" | "EE":
                self.code(False)
            case name if name in _FONTS:
                html = inline_html(" ".join(words), RoffFonts())
                font = _FONTS[name]
                if not words:
                    self._next = font
                else:
                    self._flows(f"<{font}>{html}</{font}>" if font else html)
            case name if name in _PAIRS:
                self._flows("".join(_set(each, name[number % 2]) for number, each in enumerate(words)))
            case "UR" | "MT":
                self._flows(escape(plain_text(words[0]), quote=False) if words else "")
            case "UE" | "ME":
                self._flows(inline_html(" ".join(words), RoffFonts()))
            case "SY" | "OP":
                self._flows(f"<b>{inline_html(' '.join(words), RoffFonts())}</b>")
            case "so":
                self.dropped["roff:file"] += 1
            case name if name in _LAYOUT or name.startswith(("\\", '"', "#")):
                pass
            case name if name in MACROS:
                told = self.mdoc(name, words)
                if told:
                    self._flows(told)
            case _:
                self.dropped["roff:request"] += 1
                if name[:1].isupper() and words:
                    self._flows(mdoc_words(words))


def _until(lines: Iterator[str], end: str) -> Iterator[str]:
    for line in lines:
        if line.startswith(end):
            return
        yield line


def _set(text: str, font: str) -> str:
    html = inline_html(text, RoffFonts())
    out = {"B": "b", "I": "i"}.get(font, "")
    return f"<{out}>{html}</{out}>" if out else html


def recognise(name: str, head: bytes) -> int:
    """90 for what begins as a page of a manual does under such a name, 60 under any."""
    start = leaf.text_head(head)
    if not start.startswith((".", "'")) or not _BEGINS.search(start):
        return 0
    return 90 if _NAMED.search(name.lower()) else 60


def read_manual_page(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the article."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    telling = ManLines()
    telling.page(text)
    if not telling.has_text:
        linked = telling.dropped["roff:file"]
        yield rejected(key, entry.path, "empty", "it only names another page" if linked else "a page without text")
        return
    about = f"<p>{escape(', '.join(telling.about), quote=False)}</p>" if telling.about else ""
    folder = entry.path.split("/")[-3:-2]
    yield Document(
        source=key,
        path=entry.path,
        title=title_line(telling.title) or stem(entry.path),
        markup="html",
        content="".join((*telling.pieces, about)),
        language=tag(folder[0].partition(".")[0]) if folder and "man" in entry.path else "",
        dropped=tuple(sorted((rule, count) for rule, count in telling.dropped.items() if count)),
    )


LEAF = Leaf(
    name="manual",
    suffixes=(".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9", ".man", ".mdoc"),
    recognise=recognise,
    read=read_manual_page,
    whole=True,
)
FORMAT = file_format(LEAF)
