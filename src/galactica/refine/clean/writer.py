"""Writes a body in canonical form: blocks in order, text never glued, nothing empty (docs/formats/body.md).

How it works. The page's tags come in order and are properly nested. Open blocks and, above them, open inline tags are
kept on two stacks; a tag is written only when text follows, so that empty tags vanish and white space at the borders
of blocks is known to be superfluous. A block that opens inside inline tags closes them and opens them again inside,
so that `<b><p>x</p></b>` becomes `<p><b>x</b></p>`. Where text needs a parent (a paragraph at the top, an item in a
list, a cell in a row) one is made.
"""

from __future__ import annotations

import re
from typing import Final

from galactica.refine.clean.frame import NEEDED, STRUCTURE, Frame

MAX_OPEN: Final = 96
"""Blocks or inline tags open at once; deeper ones are unwrapped."""

MAX_ANCHORS: Final = 16
"""Places without text that can wait for the same text."""

_IMPLIED = {name: Frame(name, implied=True) for names in NEEDED.values() for name in names}
_SPACES = re.compile("  +")


class Writer:
    """The body being written. Call `text`, `open_…`, `close_…` in the page's order, then `end`."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.blocks: list[Frame] = [Frame("")]
        self.written = 1  # how many of `blocks` are in `out`
        self.inlines: list[Frame] = []
        self.inlines_written = 0
        self.run = False  # inline content stands in the block since its start or its last inner block
        self.space = False  # white space is due before the next inline content
        self.breaks = 0  # line breaks are due before it
        self.count = 0  # pieces of content written
        self.anchors: list[str] = []  # ids of places that have no tag
        self.hot = False  # everything is written: text can follow at once
        self.held = ""  # white space at the start of a <pre>, kept if text follows

    # -- text -------------------------------------------------------------------------------------------------------

    def text(self, text: str) -> None:
        """Text whose white space is spaces only; not empty."""
        if text[0] == " ":
            text = text.lstrip(" ")
            self.space = self.run
            if not text:
                return
        # No-break spaces at the start of a block indent nothing.
        if (not self.run or self.written < len(self.blocks)) and text.isspace():
            return
        if self.space or not self.hot:
            self.ready()
        if "  " in text:
            text = _SPACES.sub(" ", text)
        if text[-1] == " ":
            text = text[:-1]
            self.space = True
        self.out.append(text)
        self.run = True
        self.count += 1

    def preformatted(self, text: str) -> None:
        """Text inside <pre>, as it is, but for line breaks at the very start.

        Each line break becomes a line feed, and a form feed a space: bodies have no other control characters.
        """
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
        if not self.run or self.written < len(self.blocks):
            text = (self.held + text).lstrip("\n")
            self.held = ""
            if text.isspace() or not text:
                self.held = text
                return
        self.space = False
        self.ready(line="\n")
        self.out.append(text)
        self.run = True
        self.count += 1

    def content(self, markup: str) -> None:
        """Something that is seen and is no text: a picture, a formula."""
        self.ready()
        self.out.append(markup)
        self.run = True
        self.count += 1

    def ready(self, line: str = "<br>") -> None:
        """Write what is due, so that inline content can follow."""
        for name in self.blocks[-1].needed:
            self.blocks.append(_IMPLIED[name])
        if self.written < len(self.blocks):
            self.write_blocks(len(self.blocks))
        if self.run:
            if self.breaks:
                self.out.append(line * min(self.breaks, 2))
                self.space = False
            elif self.space:
                self.out.append(" ")
                self.space = False
        self.breaks = 0
        if self.anchors:
            self.out.extend(f'<span id="{anchor}"></span>' for anchor in self.anchors)
            self.anchors.clear()
        while self.inlines_written < len(self.inlines):
            frame = self.inlines[self.inlines_written]
            self.out.append(frame.open)
            frame.open = frame.again
            self.inlines_written += 1
        self.hot = True

    def write_blocks(self, upto: int) -> None:
        """Write the start tags of the first `upto` blocks that are not yet written."""
        if self.written == 1 and self.out:
            self.out.append("\n")
        for frame in self.blocks[self.written : upto]:
            self.out.append(frame.open)
        self.written = upto
        self.run = self.space = False
        self.breaks = 0

    # -- inline tags ------------------------------------------------------------------------------------------------

    def open_inline(self, frame: Frame) -> bool:
        """Open an inline tag; False where it may not stand here (its text then runs on)."""
        if len(self.inlines) >= MAX_OPEN:
            return False
        if frame.name in ("rt", "rp") and (not self.inlines or self.inlines[-1].name != "ruby"):
            return False
        self.inlines.append(frame)
        self.hot = False
        return True

    def close_inline(self) -> None:
        """Close the innermost inline tag."""
        frame = self.inlines.pop()
        if self.inlines_written > len(self.inlines):
            self.inlines_written = len(self.inlines)
            self.out.append(frame.close)

    def anchor(self, identifier: str) -> None:
        """Note a place that something leads to; it is written before the next inline content."""
        self.anchors.append(identifier)
        if len(self.anchors) > MAX_ANCHORS:
            del self.anchors[0]
        self.hot = False

    def inside(self, name: str) -> bool:
        """Whether an inline tag of this name is open."""
        return any(frame.name == name for frame in self.inlines)

    # -- blocks -----------------------------------------------------------------------------------------------------

    def boundary(self) -> None:
        """A border of an unwrapped block: what follows starts a line of its own."""
        if self.blocks[-1].implied and self.blocks[-1].name == "p":
            self.close_block(self.blocks[-1])
        elif self.run and not self.breaks:
            self.breaks = 1
            self.hot = False

    def line_break(self) -> None:
        """A <br>; those at the borders of a block vanish."""
        if self.run:
            self.breaks += 1
            self.hot = False

    def open_block(self, frame: Frame) -> bool:
        """Open a block; False where it may not stand here (it then only parts the text)."""
        above = self.blocks[-1]
        if not (above.name in frame.parents if frame.parents else above.holds) and not self._make_room(frame):
            self.boundary()
            return False
        above = self.blocks[-1]
        if len(self.blocks) >= MAX_OPEN:
            self.boundary()
            return False
        if self.inlines_written:
            self.shut_inlines()
        if self.run and not self.breaks:
            self.breaks = 1
        self.blocks.append(frame)
        self.hot = False
        if frame.kept or (frame.name == "li" and above.name == "ol"):
            if self.written > 1 and self.written == len(self.blocks) - 1:  # its table or list is begun
                self.out.append(frame.open)
                self.written += 1
                self.run = self.space = False
                self.breaks = 0
            else:
                self._keep_empty()
        return True

    def _make_room(self, frame: Frame) -> bool:
        """Close implied blocks, or open needed ones, until `frame` may stand there; False if it never may."""
        while True:
            above = self.blocks[-1]
            if above.name in frame.parents if frame.parents else above.holds:
                return True
            if above.implied:
                self.close_block(above)
            elif frame.parents or above.name not in STRUCTURE:
                return False
            else:
                for needed in above.needed:
                    self.blocks.append(_IMPLIED[needed])

    def close_block(self, frame: Frame) -> None:
        """Close a block and the implied ones inside it."""
        if self.inlines_written:
            self.shut_inlines()
        while self.blocks[-1] is not frame:
            self._close_top()
        self._close_top()

    def rule(self) -> None:
        """A thematic break between blocks."""
        frame = Frame("hr")
        if not self.open_block(frame):
            return
        if self.count == 0:  # nothing stands before it
            self.blocks.pop()
            return
        self.write_blocks(len(self.blocks))
        self.blocks.pop()
        self.written = len(self.blocks)
        self.count += 1

    def shut_inlines(self) -> None:
        """Close the inline tags that are written; they stay open and are written again when text follows."""
        while self.inlines_written:
            self.hot = False
            self.inlines_written -= 1
            self.out.append(self.inlines[self.inlines_written].close)

    def _close_top(self) -> None:
        frame = self.blocks.pop()
        self.hot = False
        if self.written <= len(self.blocks):
            self.held = ""
            return
        self.written = len(self.blocks)
        if frame.mark is not None and frame.mark[1] == self.count:
            place, _, self.written, self.run, self.breaks = frame.mark
            del self.out[place:]
            self.space = False
            return
        self.out.append(frame.close)
        self.run = self.space = False
        self.breaks = 0

    def _keep_empty(self) -> None:
        """Write the block on top although it may stay empty: cells and numbered items keep their places."""
        whole = next(f for f in reversed(self.blocks) if f.name in ("table", "ol"))
        if self.blocks.index(whole) >= self.written:
            whole.mark = (len(self.out), self.count, self.written, self.run, self.breaks)
        self.write_blocks(len(self.blocks))

    def end(self) -> str:
        """The body."""
        self.inlines.clear() if not self.inlines_written else self.shut_inlines()
        while len(self.blocks) > 1:
            self._close_top()
        return "".join(self.out)
