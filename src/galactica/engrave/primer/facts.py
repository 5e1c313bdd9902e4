"""What the primer is told of a printing: everything in its examples that belongs to this printing and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.engrave.sheet.header import SheetHeader
from galactica.engrave.sheet.layout import SheetGrid


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
        pages: how many pages of the primer stand before the sheets is said by the pages themselves; this is what each
            sheet's page is called in its line of text, with {number} for the number of the sheet.
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
