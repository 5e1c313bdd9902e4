"""Text in a line: runs with their marks as HTML, neighbours of the same marks together, nothing but text escaped."""

from __future__ import annotations

import re
from html import escape

from galactica.model.anchors import anchor_id

MARKS = ("sup", "sub", "b", "i", "u", "s", "code")
"""How a run may be marked, the outermost first; each is a tag."""

RAISED = 4
"""Half-points by which letters are raised or lowered that mean something (§17.3.2.24); less sets a line straight."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def text_html(text: str) -> str:
    """Text as HTML has it; without control characters."""
    return escape(_CONTROL.sub("", text), quote=False)


def broken_lines_html(text: str) -> str:
    """A text of several lines in a cell as HTML."""
    return "<br>".join(text_html(line) for line in text.strip().splitlines())


def attribute_text(text: str) -> str:
    """Text as an attribute has it, without its quotation marks."""
    return escape(_CONTROL.sub("", text))


def anchor(kind: str, value: str) -> str:
    """An empty tag at which a place of the source begins."""
    return f'<span id="{attribute_text(anchor_id(kind, value))}"></span>'


def place_id(name: str) -> str:
    """The id of a place that a document names itself: never one that says a place of the source."""
    name = "_".join(_CONTROL.sub("", name).split())[:200]
    return f"at-{name}" if name else ""


def place_mark(name: str) -> str:
    """An empty tag at a place that links of the document lead to."""
    identifier = place_id(name)
    return f'<span id="{attribute_text(identifier)}"></span>' if identifier and name != "_GoBack" else ""


class Line:
    """What stands in one paragraph, as it is put together.

    Attributes:
        words: its text, for those who must know it without its marks.
        held: whether there is anything in it that a reader sees.
    """

    __slots__ = ("_link", "_marks", "_open", "_pieces", "_run", "held", "words")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._run: list[str] = []
        self._marks: tuple[str, ...] = ()
        self._link = ""
        self._open = ""
        self.words: list[str] = []
        self.held = False

    def text(self, text: str, marks: tuple[str, ...] = ()) -> None:
        """Add text."""
        if not text:
            return
        self.words.append(text)
        self.held = self.held or not text.isspace()
        self.markup(text_html(text), marks)

    def markup(self, html: str, marks: tuple[str, ...] = (), *, seen: bool = False) -> None:
        """Add HTML that stands in a line; `seen`: a reader sees it even if it has no text."""
        self.held = self.held or seen
        if marks != self._marks:
            self._flush()
            self._marks = marks
        self._run.append(html)

    def link(self, address: str) -> None:
        """From here on the text leads to an address; "" ends that."""
        if address == self._link:
            return
        self._flush()
        self._link = address

    def br(self) -> None:
        """A new line in the same paragraph."""
        self.words.append("\n")
        self.markup("<br>", self._marks)

    def labelled(self, label: str) -> Line:
        """The line with its number before it; itself where there is none."""
        if not label:
            return self
        found = Line()
        found.text(f"{label} ")
        found.markup(self.html(), seen=self.held)
        found.words.extend(self.words)
        return found

    def html(self) -> str:
        """All of it."""
        self._flush()
        self._close()
        return "".join(self._pieces)

    @property
    def plain(self) -> str:
        """Its words in one line."""
        return " ".join("".join(self.words).split())

    def _flush(self) -> None:
        if self._run:
            if self._open != self._link:
                self._close()
                if self._link:
                    self._pieces.append(f'<a href="{attribute_text(self._link)}">')
                    self._open = self._link
            marks = [each for each in MARKS if each in self._marks]
            self._pieces.extend(f"<{each}>" for each in marks)
            self._pieces.extend(self._run)
            self._pieces.extend(f"</{each}>" for each in reversed(marks))
            self._run = []

    def _close(self) -> None:
        if self._open:
            self._pieces.append("</a>")
            self._open = ""
