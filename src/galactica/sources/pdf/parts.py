"""The documents that a file becomes: one, or the parts of a work where it is long and has chapters.

Rules: a file of few pages is one document. Of a longer one the headings that its bookmarks name, those of the highest
depth of which there are two, else those of its look, begin parts; a part that is long is parted again by the headings
inside it; what stands before the first is a part too. A long file without any is cut every `CUT` pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from galactica.sources.pdf.blocks import Block

SHORT = 15
"""Pages of a file that is one document."""

LONG = 50
"""Pages of a part that is parted again."""

CUT = 20
"""Pages of a part of a file that has no headings."""

MAX_PARTS = 2_000
"""Parts of a file; an encyclopedia with bookmarks for each entry has some thousands, and is parted by its letters."""


@dataclass(frozen=True, slots=True)
class PdfPart:
    """A part.

    Attributes:
        title: "" for what stands before the first heading.
        above: headings above it, the outermost first.
        blocks: its blocks, without its own heading.
        opened: the block of its own heading, or None.
        page: number of its first page, from 0.
    """

    title: str
    above: tuple[str, ...]
    blocks: tuple[Block, ...]
    opened: Block | None
    page: int


def parts_of(blocks: Sequence[Block], pages: int) -> list[PdfPart]:
    """The parts of a file in their order; one where it is short.

    Args:
        pages: how many it has.
    """
    whole = PdfPart("", (), tuple(blocks), None, blocks[0].page if blocks else 0)
    if pages <= SHORT:
        return [whole]
    parts = _parted(whole, ()) or _cut(blocks)
    return parts if 1 < len(parts) <= MAX_PARTS else [whole]


def _parted(part: PdfPart, above: tuple[str, ...]) -> list[PdfPart]:
    """The parts of a part by the headings of its highest depth of which there are two; [] where there is none."""
    marked = [block for block in part.blocks if block.entry >= 0]
    headings = marked if len({block.page for block in marked}) > 1 else [
        block for block in part.blocks if block.kind == "heading"
    ]  # fmt: skip
    level = next(
        (level for level in sorted({block.level for block in headings})
         if sum(block.level == level for block in headings) > 1), -1
    )  # fmt: skip
    if level < 0:
        return []
    borders = {id(block) for block in headings if block.level <= level}
    found: list[PdfPart] = []
    opened: Block | None = part.opened
    title, held = part.title, list[Block]()
    for block in part.blocks:
        if id(block) in borders:
            if held or opened:
                found.append(_part(title, above, held, opened))
            opened, title, held = block, block.text, []
        else:
            held.append(block)
    if held or opened:
        found.append(_part(title, above, held, opened))
    return [deeper for each in found for deeper in _deeper(each, above)]


def _deeper(part: PdfPart, above: tuple[str, ...]) -> list[PdfPart]:
    if part.blocks and part.blocks[-1].page - part.page > LONG and len(above) < 3:
        inner = _parted(part, (*above, part.title) if part.title else above)
        if len(inner) > 1:
            return inner
    return [part]


def _part(title: str, above: tuple[str, ...], held: Sequence[Block], opened: Block | None) -> PdfPart:
    page = opened.page if opened else held[0].page
    own = above[:-1] if above and title == above[-1] else above  # what a chapter says before its first section
    return PdfPart(title, own, tuple(held), opened, page)


def _cut(blocks: Sequence[Block]) -> list[PdfPart]:
    """A long file without headings, every `CUT` pages at the first block that begins there."""
    if not blocks or blocks[-1].page - blocks[0].page < 2 * CUT:
        return []
    found: list[list[Block]] = []
    border = -1
    for block in blocks:
        if block.page // CUT > border:
            border = block.page // CUT
            found.append([])
        found[-1].append(block)
    return [PdfPart("", (), tuple(held), None, held[0].page) for held in found]
