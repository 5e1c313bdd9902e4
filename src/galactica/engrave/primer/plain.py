"""The primer as plain text: the same pieces as the pages, 100 columns wide, figures told in words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from galactica.engrave.primer.document import (
    COLUMNS,
    Listing,
    NewPage,
    Piece,
    PrimerFigure,
    PrimerHeading,
    PrimerParagraph,
    Steps,
)


def pieces_text(pieces: Iterable[Piece]) -> str:
    """The pieces as text in UTF-8's characters, lines of at most `COLUMNS`, a line feed at the end."""
    return "\n".join("\n".join(_lines(piece)) for piece in pieces).strip("\n") + "\n"


def _lines(piece: Piece) -> Iterator[str]:
    match piece:
        case PrimerHeading(level=1, text=text):
            yield from ("", "", "=" * COLUMNS, text, "=" * COLUMNS, "")
        case PrimerHeading(text=text):
            yield from ("", text, "-" * len(text), "")
        case PrimerParagraph(text=text):
            yield from textwrap.wrap(text, COLUMNS, break_on_hyphens=False)
            yield ""
        case Steps(items=items, numbered=numbered):
            for number, item in enumerate(items, 1):
                mark = f"{number:2d}. " if numbered else "  - "
                yield from textwrap.wrap(
                    item, COLUMNS, initial_indent=mark, subsequent_indent="    ", break_on_hyphens=False
                )
            yield ""
        case Listing(lines=lines, caption=caption):
            if caption:
                yield from textwrap.wrap(f"[{caption}]", COLUMNS)
            yield from lines
            yield ""
        case PrimerFigure(told=told, caption=caption):
            yield from textwrap.wrap(f"[Picture: {caption}]", COLUMNS)
            yield from told
            yield ""
        case NewPage():
            return
