"""Formulas: MathML as it stands, reduced to the allowlist; pictures of formulas become MathML that holds their TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.model.body import MATH_TAGS
from galactica.refine.clean.attributes import (
    attributes_in,
    escape_attribute,
    tag_name,
    unescape_attribute,
    write_attributes,
)
from galactica.refine.clean.maths_said import readable_formula
from galactica.refine.clean.tags import VOID

_SPACE = re.compile(r"[ \t\n\f\r]+")
_DISPLAY = re.compile(r"\{\\(?:display|text|script)style\s?(.*)\}", re.DOTALL)

_LEAVES = frozenset({"annotation", "mi", "mn", "mo", "ms", "mspace", "mtext"})
"""Elements that hold text and no other element; text anywhere else is white space."""

MAX_MATH_DEPTH = 64
"""Elements of a formula that are open at once; deeper ones are unwrapped."""


def tex_of(alternative: str) -> str:
    """TeX from the alternative text of MediaWiki's formula pictures: "{\\displaystyle x}" → "x"."""
    hit = _DISPLAY.fullmatch(alternative.strip())
    return (hit[1] if hit else alternative).strip()


def formula(alternative: str) -> str:
    """A formula known by its TeX only; "" where there is none."""
    tex = tex_of(alternative)
    if not tex:
        return ""
    return f'<math alttext="{escape_attribute(tex)}"><mtext>{_text(escape_attribute(tex))}</mtext></math>'


def math(opening: str, tokens: Iterator[tuple[str, str]]) -> str:
    """Write one formula; consumes tokens up to its end tag.

    Args:
        opening: its start tag.
        tokens: (text, tag after it) pairs of the serialised page.

    Returns:
        Canonical MathML; "" where nothing would be seen.
    """
    attributes = attributes_in(opening)
    if "alttext" in attributes:
        attributes["alttext"] = tex_of(attributes["alttext"])
    writer = _Formula(f"<math{write_attributes('math', attributes)}>")
    for text, tag in tokens:
        if text:
            writer.text(text)
        if tag == "</math>" or not tag:
            break
        if tag.startswith("</"):
            writer.close()
        else:
            writer.open(tag, tokens)
    return writer.end()


class _Formula:
    """A formula being written: elements open, and where the text of the innermost leaf began."""

    def __init__(self, opening: str) -> None:
        self.parts = [opening]
        self.stack: list[str] = []  # "" is an element that is not written
        self.leaf = 0  # where in `parts` the open leaf's text starts; 0 outside of leaves
        self.seen = False

    def text(self, text: str) -> None:
        """Text of a leaf as it is; elsewhere white space goes and other text gets a leaf of its own."""
        shown = _SPACE.sub(" ", text)
        if not self.leaf:
            shown = shown.strip(" ")
            shown = f"<mtext>{shown}</mtext>" if shown else ""
        if shown:
            self.parts.append(shown)
            self.seen = self.seen or shown != " "

    def open(self, tag: str, tokens: Iterator[tuple[str, str]]) -> None:
        """Open one element."""
        name = tag_name(tag)
        if name.startswith("!") or name in VOID:
            return
        attributes = attributes_in(tag)
        if name == "annotation-xml" or (name == "annotation" and attributes.get("encoding") != "application/x-tex"):
            _skip(name, tokens)
        elif name not in MATH_TAGS or name == "math" or self.leaf or len(self.stack) >= MAX_MATH_DEPTH:
            self.stack.append("")
        else:
            self.stack.append(name)
            self.parts.append(f"<{name}{write_attributes(name, attributes)}>")
            if name in _LEAVES:
                self.leaf = len(self.parts)

    def close(self) -> None:
        """Close the innermost element."""
        name = self.stack.pop() if self.stack else ""
        if not name:
            return
        if self.leaf:
            shown = _SPACE.sub(" ", "".join(self.parts[self.leaf :])).strip(" ")
            if name == "annotation":
                shown = escape_attribute(tex_of(unescape_attribute(shown))).replace("&quot;", '"')
            self.parts[self.leaf :] = [shown]
            self.leaf = 0
        self.parts.append(f"</{name}>")

    def end(self) -> str:
        """The whole formula; "" where nothing would be seen."""
        while self.stack:
            self.close()
        return readable_formula("".join([*self.parts, "</math>"])) if self.seen else ""


def _skip(name: str, tokens: Iterator[tuple[str, str]]) -> None:
    depth = 1
    opening, closing = f"<{name}", f"</{name}>"
    for _, tag in tokens:
        if tag == closing:
            depth -= 1
            if not depth:
                return
        elif tag.startswith(opening) and tag[len(opening)] in " >":
            depth += 1


def _text(escaped: str) -> str:
    """Text escaped for an attribute, as it stands between tags."""
    return escaped.replace("&quot;", '"')
