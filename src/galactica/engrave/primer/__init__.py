"""The first pages: how the sheets are read, for somebody who has nothing but them.

`primer_text(facts)` is the text; `pages.primer_pages(facts)` are pictures of the same (Pillow and segno are needed).
The pieces come from `contents`, a chapter a module; `worked` computes the examples, `printed` is the program on paper.
"""

from __future__ import annotations

from galactica.engrave.primer.contents import primer_pieces
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.plain import pieces_text

__all__ = ["PrimerFacts", "primer_text"]


def primer_text(facts: PrimerFacts) -> str:
    """The primer as plain text, figures told in words; the same for the same facts, on every machine."""
    return pieces_text(primer_pieces(facts))
