"""Sizes of pages, and where on one the sheet and the lines of text stand. Measures are pixels, of `dpi` an inch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from galactica.engrave.sheet.layout import DEFAULT_CHECK, SheetLayout
from galactica.errors import UsageError

MM_OF_INCH: Final = 25.4

DPIS: Final = (300, 600, 1200)

DEFAULT_CELL_PX: Final = 3
"""Pixels of a cell, across and down: what a laser printer and a scanner of the same dpi keep apart."""

LINES: Final = 2
"""Of text on each sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """A size of pages.

    Attributes:
        name: as a person says it.
        width_mm, height_mm: of the page.
        margin_mm: on each side, that nothing is printed on: 5 mm are more than any office printer leaves bare.
        line_mm: height of a line of text.
        least_dpi: with fewer nobody could read the text.
    """

    name: str
    width_mm: float
    height_mm: float
    margin_mm: float
    line_mm: float
    least_dpi: int


SIZES: Final = (
    PageSize(name="A4", width_mm=210, height_mm=297, margin_mm=5, line_mm=3, least_dpi=300),
    PageSize(name="A3", width_mm=297, height_mm=420, margin_mm=5, line_mm=3, least_dpi=300),
    PageSize(name="film", width_mm=24, height_mm=36, margin_mm=0.5, line_mm=0.4, least_dpi=1200),
)
"""A4 and A3 (ISO 216); film: a frame of 35 mm film (ISO 1007), 24 by 36 mm, upright; its text needs a loupe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayout:
    """A page and what stands where on it.

    Attributes:
        size, dpi: of the page.
        sheet: the sheet's layout; its rectangle is as wide and high as what margins and text leave.
    """

    size: PageSize
    dpi: int
    sheet: SheetLayout

    @property
    def width_px(self) -> int:
        """Of the page."""
        return pixels(self.size.width_mm, self.dpi)

    @property
    def height_px(self) -> int:
        """Of the page."""
        return pixels(self.size.height_mm, self.dpi)

    @property
    def margin_px(self) -> int:
        """On each side."""
        return pixels(self.size.margin_mm, self.dpi)

    @property
    def line_px(self) -> int:
        """Height of a line of text."""
        return pixels(self.size.line_mm, self.dpi)

    @property
    def sheet_at(self) -> tuple[int, int]:
        """(x, y) of the upper left corner of the sheet's rectangle."""
        return self.margin_px, self.margin_px + _strip(self.size, self.dpi)


def pixels(mm: float, dpi: int) -> int:
    """A length in pixels."""
    return round(mm / MM_OF_INCH * dpi)


def _strip(size: PageSize, dpi: int) -> int:
    """Height of what the lines of text take, with a third of a line below them."""
    line = pixels(size.line_mm, dpi)
    return LINES * line + line // 3


def page_layout(name: str, dpi: int, cell_px: int = DEFAULT_CELL_PX, check: float = DEFAULT_CHECK) -> PageLayout:
    """The layout of pages.

    Args:
        name: of one of `SIZES`, in any case.
        dpi: one of `DPIS`.
        cell_px: pixels of a cell.
        check: percent of a sheet that is check bytes.

    Raises:
        UsageError: there are no such pages.
    """
    size = next((each for each in SIZES if each.name.lower() == name.lower()), None)
    if size is None:
        names = ", ".join(each.name for each in SIZES)
        raise UsageError(f"Pages cannot be {name!r}.", f"Choose among {names}.")
    if dpi not in DPIS or dpi < size.least_dpi:
        allowed = ", ".join(str(each) for each in DPIS if each >= size.least_dpi)
        raise UsageError(f"Pages of {size.name} cannot have {dpi} dpi.", f"Choose among {allowed}.")
    margin = pixels(size.margin_mm, dpi)
    width = pixels(size.width_mm, dpi) - 2 * margin
    height = pixels(size.height_mm, dpi) - 2 * margin - _strip(size, dpi)
    try:
        sheet = SheetLayout(width, height, cell_px, check)
        sheet.grid  # noqa: B018  # says whether something fits
    except ValueError as error:
        raise UsageError(
            f"Such pages cannot be made: {error}.", "Choose other cells (--cell), other check bytes (--check) or pages."
        ) from error
    return PageLayout(size=size, dpi=dpi, sheet=sheet)
