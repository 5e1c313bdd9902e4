"""What the primer is told of a printing: everything in its examples that belongs to this printing and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.engrave.sheet.header import SheetHeader
from galactica.engrave.sheet.layout import SheetGrid, SheetLayout
from galactica.engrave.stream.blocks import EDITION, LIST, RECORDS, PieceJoiner, SheetBlock, pieces_in
from galactica.engrave.stream.contents import edition_of, list_of, records_of
from galactica.engrave.stream.engraving import Engraving

_LOOKED_AT = 8
"""Sheets in which an article for the example and the list of titles are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimerFacts:
    """What a primer says of its printing.

    Attributes:
        title: of the edition.
        root: of the edition, 32 bytes.
        articles: how many the set holds.
        sheets, data_sheets, groups, parity: of the set; parity sheets of each group.
        header, payload: of the first sheet of the set, taken apart as an example.
        grid: cells of a sheet.
        record: bytes of one article's record, taken apart as an example; a short one shows more.
        languages: tags of the languages in the set, the most frequent first.
        width_px, height_px: of a page.
        cell_px: dots of a cell.
        fonts: files of fonts, looked into first for scripts that the primer's own fonts lack.
    """

    title: str
    root: bytes
    articles: int
    sheets: int
    data_sheets: int
    groups: int
    parity: int
    header: SheetHeader
    payload: bytes
    grid: SheetGrid
    record: bytes
    languages: Sequence[str]
    width_px: int
    height_px: int
    cell_px: int
    fonts: Sequence[Path] = ()


def printing_facts(
    engraving: Engraving, layout: SheetLayout, *, width_px: int, height_px: int, fonts: Sequence[Path] = ()
) -> PrimerFacts:
    """What the primer of a set says of it.

    Args:
        layout: how its sheets are drawn.
        width_px, height_px: of a page of the primer.
        fonts: files of fonts for scripts that the primer's own lack.

    Raises:
        ValueError: the sheets do not say what the edition is, or hold no article.
    """
    title, record = "", b""
    languages: Counter[str] = Counter()
    for block in _blocks(engraving):
        if block.kind == EDITION and not title:
            title = edition_of(block.content()).title
        elif block.kind == LIST:
            languages.update(each.language for each in list_of(block.content()))
        elif block.kind == RECORDS:
            for table, raw in records_of(block.content()):
                if table == "articles" and (not record or _worth(raw) < _worth(record)):
                    record = raw
    if not record:
        raise ValueError("the sheets hold no article")
    return PrimerFacts(
        title=title,
        root=engraving.root,
        articles=engraving.articles,
        sheets=engraving.plan.sheets,
        data_sheets=engraving.plan.data,
        groups=engraving.plan.groups,
        parity=engraving.plan.parity,
        header=engraving.sheets[0].header,
        payload=engraving.payload(0),
        grid=layout.grid,
        record=record,
        languages=tuple(tag for tag, _ in sorted(languages.items(), key=lambda each: (-each[1], each[0]))),
        width_px=width_px,
        height_px=height_px,
        cell_px=layout.cell_px,
        fonts=fonts,
    )


def _worth(record: bytes) -> tuple[float, int]:
    """The less, the better as an example: few letters that the listing shows as "?", then few letters."""
    strange = sum(byte >= 0xE0 for byte in record)
    return round(strange / len(record), 1), len(record)


def _blocks(engraving: Engraving) -> Iterator[SheetBlock]:
    """Blocks of the first sheets, and on to the first block of records where a list fills those."""
    joiner = PieceJoiner()
    seen = False
    for sheet in range(engraving.plan.data):
        if seen and sheet >= _LOOKED_AT:
            return
        for piece in pieces_in(engraving.payload(sheet)):
            block = joiner.joined(piece)
            if block is not None:
                seen = seen or block.kind == RECORDS
                yield block
