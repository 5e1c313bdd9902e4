"""All chapters of a primer, in order: the one list of pieces that text and pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from galactica.engrave.primer.chapters.beginning import beginning_chapter
from galactica.engrave.primer.chapters.field import field_chapter
from galactica.engrave.primer.chapters.hashes import digest_chapter, tree_chapter
from galactica.engrave.primer.chapters.header import header_chapter
from galactica.engrave.primer.chapters.inflate import inflate_chapter
from galactica.engrave.primer.chapters.lost import lost_chapter
from galactica.engrave.primer.chapters.mending import mending_chapter
from galactica.engrave.primer.chapters.numbers import numbers_chapter
from galactica.engrave.primer.chapters.program import program_chapter
from galactica.engrave.primer.chapters.records import records_chapter
from galactica.engrave.primer.chapters.rosetta import RosettaText, rosetta_chapter
from galactica.engrave.primer.chapters.sheets import sheets_chapter
from galactica.engrave.primer.chapters.stream import stream_chapter
from galactica.engrave.primer.chapters.texts import texts_chapter
from galactica.engrave.primer.document import Piece, PrimerHeading
from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.practice import practice_sheet
from galactica.engrave.primer.printed import printed_program


def primer_pieces(
    facts: PrimerFacts, *, drawn: Callable[[RosettaText], bool] = lambda each: True, part: int = 0
) -> list[Piece]:
    """Everything that the primer says.

    Args:
        drawn: whether the fonts at hand can draw a language.
        part: bytes of the program in a QR code; 0: without such codes.
    """
    practice = practice_sheet()
    makers: tuple[Callable[[int], Iterator[Piece]], ...] = (
        numbers_chapter,
        lambda number: sheets_chapter(number, facts, practice),
        field_chapter,
        lambda number: mending_chapter(number, facts, practice),
        lambda number: header_chapter(number, facts),
        lost_chapter,
        lambda number: stream_chapter(number, facts, practice),
        inflate_chapter,
        texts_chapter,
        lambda number: records_chapter(number, facts.record, practice),
        digest_chapter,
        lambda number: tree_chapter(number, facts, practice),
        lambda number: rosetta_chapter(number, facts.languages, drawn),
        lambda number: program_chapter(number, printed_program(), part=part),
    )
    pieces = [piece for number, maker in enumerate(makers, 2) for piece in maker(number)]
    titles = [piece.text for piece in pieces if isinstance(piece, PrimerHeading) and piece.level == 1]
    return [*beginning_chapter(1, facts, titles), *pieces]
