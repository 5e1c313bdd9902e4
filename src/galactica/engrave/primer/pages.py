"""The primer's pages as pictures, one by one. Memory: one page (a byte a dot while it is drawn), and the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from galactica.engrave.primer.contents import primer_pieces
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.fonts import Fonts
from galactica.engrave.primer.typesetting import PAGE_MM, PageArtist, Placed, footer, laid_out

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

    Raises:
        MissingError: Pillow or segno is not installed.
    """

    def __init__(self, facts: PrimerFacts) -> None:
        fonts = Fonts(facts.fonts)
        facts = replace(facts, title=fonts.drawable(facts.title))
        self._artist = PageArtist(facts.width_px, facts.height_px, fonts)
        pieces = primer_pieces(facts, drawn=lambda each: fonts.can_draw(each.text + each.name, each.script))
        self._pages = laid_out(pieces, fonts, height=facts.height_px * PAGE_MM / facts.width_px)
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
                text=tuple(_told(each) for each in placed if each.figure is None),
                picture=self._artist.drawn([*placed, *foot]),
            )


def _told(placed: Placed) -> str:
    return placed.text


def primer_pages(facts: PrimerFacts) -> Iterator[PrimerPage]:
    """The primer's pages in order.

    Raises:
        MissingError: Pillow or segno is not installed.
    """
    yield from Primer(facts).pages()
