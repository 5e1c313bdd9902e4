"""Texts of a workbook of Excel as HTML: runs that are raised, lowered or struck, lines, signs by number (ECMA-376-1
§18.4).

Readings of East Asian characters (`rPh`) are left out. "_x000D_" stands for the character of that number (§22.9.2.19).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from galactica.sources.office.inline import MARKS, broken_lines_html, text_html

_NUMBERED = re.compile("_x([0-9A-Fa-f]{4})_")
_RAISED = {"superscript": "sup", "subscript": "sub"}


def lines_html(text: str) -> str:
    """A text of several lines in a cell as HTML."""
    return broken_lines_html(_unescaped(text))


def _unescaped(text: str) -> str:
    return _NUMBERED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class RichText:
    """Puts one text together from the tags inside of it (`si`, `is`); names come without their prefixes.

    Args:
        in_struck: filled: HTML of a text → what it is in a cell whose style strikes its text, where runs of it say
            themselves how they look and may not be struck.
    """

    def __init__(self, in_struck: dict[str, str]) -> None:
        self._in_struck = in_struck
        self._pieces: list[tuple[str, bool]] = []
        self._own = False
        self._said: list[str] = []
        self._marks: set[str] = set()
        self._phonetic = 0
        self._open = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        match name:
            case "rPh":
                self._phonetic += 1
            case "r":
                self._marks, self._own = set(), False
            case "rPr":
                self._own = True
            case "vertAlign":
                self._marks |= {_RAISED[raised]} if (raised := attributes.get("val", "")) in _RAISED else set()
            case "strike":
                self._marks |= {"s"} if attributes.get("val", "1") in ("1", "true") else set()
            case "t":
                self._open = not self._phonetic
            case _:
                pass

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._open:
            self._said.append(data)

    def end(self, name: str) -> None:
        """A tag ends."""
        match name:
            case "rPh":
                self._phonetic -= 1
            case "r":
                self._marks, self._own = set(), False
            case "t" if self._said:
                marks = [mark for mark in MARKS if mark in self._marks]
                html = text_html(_unescaped("".join(self._said)))
                opening = "".join(f"<{mark}>" for mark in marks)
                closing = "".join(f"</{mark}>" for mark in reversed(marks))
                self._pieces.append((f"{opening}{html}{closing}", self._own))
                self._said = []
                self._open = False
            case "t":
                self._open = False
            case _:
                pass

    def taken(self) -> str:
        """All of it as HTML; the next text begins."""
        html = _broken("".join(piece for piece, _ in self._pieces))
        if any(own for _, own in self._pieces):
            self._in_struck[html] = _broken(
                "".join(piece if own or not piece.strip() else f"<s>{piece}</s>" for piece, own in self._pieces)
            )
        self._pieces, self._said, self._marks, self._open, self._own = [], [], set(), False, False
        return html


def _broken(html: str) -> str:
    return "<br>".join(html.strip().splitlines())


def shared_texts(raw: bytes, put: Callable[[str], None], in_struck: dict[str, str]) -> None:
    """Give every shared text (`si`) to `put`, as HTML; `in_struck` is filled as by `RichText`."""
    rich = RichText(in_struck)

    def start(name: str, attributes: dict[str, str]) -> None:
        rich.start(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        rich.end(name)
        if name == "si":
            put(rich.taken())

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, rich.text
    parser.Parse(raw, True)
