"""The primer's pages as pictures, one by one. Memory: one page, and the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from galactica.engrave.primer.chapters.program import CODE_MM
from galactica.engrave.primer.codes import part_bytes
from galactica.engrave.primer.contents import primer_pieces
from galactica.engrave.primer.document import SQUARE_DOTS
from galactica.engrave.primer.drawing import PageArtist
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.fonts import Fonts
from galactica.engrave.primer.typesetting import footer, set_pages
from galactica.errors import UsageError

_TITLE = 60
"""Letters of the edition's title in the line at the bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimerPage:
    """One page of the primer.

    Attributes:
        number, count: of the page, from 1, and of all.
        text: what stands on it, line by line, in reading order: for a PDF that can be searched.
        picture: bool [height, width], True is ink.
    """

    number: int
    count: int
    text: tuple[str, ...]
    picture: npt.NDArray[np.bool_]


class Primer:
    """The primer of one printing, laid out: its number of pages is known before one is drawn.

    Args:
        codes: with QR codes of the program.

    Raises:
        MissingError: Pillow or segno is not installed.
        UsageError: a page has fewer dots than the codes need.
    """

    def __init__(self, facts: PrimerFacts, *, codes: bool = True) -> None:
        fonts = Fonts(facts.fonts)
        facts = replace(facts, title=fonts.drawable(facts.title))
        self._artist = PageArtist(facts.width_px, facts.height_px, fonts)
        part = part_bytes(self._artist.dots(CODE_MM) // SQUARE_DOTS) if codes else 0
        if codes and not part:
            raise UsageError(
                f"Pages of {facts.width_px} by {facts.height_px} dots are too coarse for the primer's QR codes.",
                "Take larger pages or more dots.",
            )
        pieces = primer_pieces(facts, drawn=lambda each: fonts.can_draw(each.text + each.name), part=part)
        self._pages = set_pages(pieces, fonts, height=self._artist.height_mm)
        self._title, self._root = facts.title[:_TITLE], facts.root.hex()

    def __len__(self) -> int:
        return len(self._pages)

    def pages(self) -> Iterator[PrimerPage]:
        """The pages, drawn one by one."""
        for number, placed in enumerate(self._pages, 1):
            foot = footer(f"Primer page {number} of {len(self)} - {self._title}", self._root, self._artist.height_mm)
            yield PrimerPage(
                number=number,
                count=len(self),
                text=tuple(each.text for each in placed if each.figure is None),
                picture=self._artist.drawn([*placed, *foot]),
            )


def primer_pages(facts: PrimerFacts) -> Iterator[PrimerPage]:
    """The primer's pages in order.

    Raises:
        MissingError: Pillow or segno is not installed.
    """
    yield from Primer(facts).pages()
