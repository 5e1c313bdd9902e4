"""Formulas whose text says what they show: 10 with a raised 23 reads "10^23", not "1023"; a half "1/2", not "12".

The projection of a body is its text in order (docs/formats/body.md). In MathML only places tell a power from a digit;
so each place gets a sign that stands in the text and takes no room on the page: "^" before a power, "_" before an
index, "/" in a fraction, "√" before a root, "," and ";" between the cells of a matrix, brackets around what has several
parts. A formula that has them already comes back as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BEGIN, _END = '<mstyle scriptlevel="9"><mphantom><mtext>', "</mtext></mphantom></mstyle>"
"""What is not drawn, in letters too small to move what stands beside it (MathML Core §3.3.6, §3.4.3)."""

_SIGN = re.compile(f"{_BEGIN}[^<]{{1,8}}{_END}")
_PLACED = re.compile(r"<m(?:sup|sub|frac|sqrt|root|under|over|table)")
_PIECE = re.compile(r"<[^>]*>|[^<]+")
_NAME = re.compile(r"</?([a-z-]+)")
_SIMPLE = re.compile(r"[+\u2212-]?(?:[\w.,\u2032\u2033]|&[a-z]+;)*")
_SCRIPTED = re.compile(r"[\w+\-\u2212(\u221e]")
_ROWS = ("math", "mrow", "mstyle", "semantics", "mpadded", "mtd", "msqrt")
_LEAVES = ("mi", "mn", "mo", "ms", "mtext", "mspace")
_SILENT = ("annotation", "annotation-xml")
_SPACE = "\xa0"


@dataclass(slots=True)
class _Element:
    """An element of a formula; text has no name."""

    opening: str
    name: str = ""
    inside: list[_Element] = field(default_factory=list)

    def text(self) -> str:
        """What is drawn of it."""
        if not self.name:
            return self.opening
        return "" if self.name in _SILENT else "".join(each.text() for each in self.inside)

    def written(self) -> str:
        """As MathML."""
        inside = "".join(each.written() for each in self.inside)
        return f"{self.opening}{inside}</{self.name}>" if self.name else self.opening


def readable_formula(formula: str) -> str:
    """A formula in canonical MathML with what its text lacks to be read in a line."""
    if not _PLACED.search(formula):
        return formula
    root = _parsed(_SIGN.sub("", formula))
    _mark(root, "")
    return "".join(each.written() for each in root.inside)


def _parsed(formula: str) -> _Element:
    root = _Element("")
    stack = [root]
    for piece in _PIECE.findall(formula):
        if piece.startswith("</"):
            stack.pop()
        elif piece.startswith("<"):
            name = _NAME.match(piece)
            element = _Element(piece, name[1] if name else "")
            stack[-1].inside.append(element)
            stack.append(element)
        else:
            stack[-1].inside.append(_Element(piece))
    return root


def _mark(element: _Element, begun: str, after: str = "") -> None:
    """Put the signs into an element; `begun`, `after`: what is drawn right beside it."""
    before = begun
    inside = [each for each in element.inside if each.name not in _SILENT]
    texts = [each.text() for each in inside]
    behind = [after if element.name in _ROWS else ""]
    for text in reversed(texts[1:]):
        behind.append(text or behind[-1])
    for each, text, following in zip(inside, texts, reversed(behind), strict=False):
        if each.name:
            _mark(each, before, following)
        before = text or before
    parts = [each for each in element.inside if each.name]
    match element.name, parts:
        case "msup", [base, power]:
            _around(base if base.name in _LEAVES else _row(element, base), "")
            _script(element, power, "^", after)
        case "msub", [_, index]:
            _script(element, index, "_", after)
        case (("msubsup" | "munderover"), [_, index, power]):
            _script(element, index, "_", "")
            _script(element, power, "^", after)
        case "munder", [_, index] if "accentunder" not in element.opening:
            _script(element, index, "_", after)
        case "mover", [base, power] if "accent" not in element.opening and base.name == "mo":
            _script(element, power, "^", after)
        case "mfrac", [above, below] if "linethickness" not in element.opening:
            _fraction(element, above, below, begun)
        case "msqrt", [*_]:
            _around(element, "√")
        case "mroot", [base, degree]:
            _around(_row(element, base), "")
            _around(_row(element, degree), "^(1/", always=")")
        case "mtable", rows:
            _table(rows)
        case _:
            pass


def _script(parent: _Element, script: _Element, sign: str, after: str) -> None:
    """A power or an index, parted from what stands behind it: the logarithm of 8 is "log_2 8", not "log_28"."""
    if _SCRIPTED.match(script.text().strip()):
        row = _row(parent, script)
        _around(row, sign)
        if after[:1].isalnum():
            row.inside.append(_sign(_SPACE))


def _fraction(parent: _Element, above: _Element, below: _Element, before: str) -> None:
    """One and a half is "1 1/2", not "11/2"."""
    _around(_row(parent, above), _SPACE if before[-1:].isalnum() else "")
    _around(_row(parent, below), "/")


def _table(rows: list[_Element]) -> None:
    for row, every in enumerate(rows, 1):
        cells = [each for each in every.inside if each.name == "mtd"]
        for place, cell in enumerate(cells, 1):
            sign = "," if place < len(cells) else ";" if row < len(rows) else ""
            if sign:
                cell.inside.append(_sign(sign))


def _around(element: _Element, sign: str, *, always: str = "") -> None:
    """A sign before what is in an element, and brackets around that where it has several parts."""
    text = element.text()
    simple = _SIMPLE.fullmatch(text) is not None or (text.startswith("(") and text.endswith(")"))
    opening = sign if simple or always else f"{sign}("
    closing = always or ("" if simple else ")")
    if opening:
        element.inside.insert(0, _sign(opening))
    if closing:
        element.inside.append(_sign(closing))


def _row(parent: _Element, element: _Element) -> _Element:
    """An element that can take a sign in: a row, made around what is none."""
    if element.name == "mrow":
        return element
    row = _Element("<mrow>", "mrow", [element])
    parent.inside[next(place for place, each in enumerate(parent.inside) if each is element)] = row
    return row


def _sign(text: str) -> _Element:
    return _Element(f"{_BEGIN}{text}{_END}")
