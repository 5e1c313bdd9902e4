"""Pages of a PDF as pictures, drawn by PDFium as finely as the finest picture on each. In the child process only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from galactica.engrave.scans.pictures import MOST_PAGES, NoPagesError
from galactica.engrave.scans.pixels import Grey
from galactica.engrave.scans.reading import MOST_PIXELS
from galactica.errors import MissingError

LEAST_DPI, MOST_DPI = 150, 1200
"""Points an inch that a page is drawn with."""

_OBJECTS: Final = 200
"""Objects of a page that are looked at for pictures; a scan is the first."""

_POINTS: Final = 72.0

_SMALLEST: Final = 20.0
"""Points across a picture that may be a scan; a logo that is finer than the page would only cost time."""


def pdf_pages(path: Path, first: int) -> Iterator[Grey | NoPagesError]:
    """The pages of a PDF from number `first` (from 0) on, in grey; in place of one that cannot be drawn, why.

    Raises:
        MissingError: pypdfium2 is not installed.
        NoPagesError: it is no PDF, damaged or encrypted.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingError(
            "A PDF is drawn by pypdfium2, which is not installed.", "Install it: pip install 'galactica[engrave]'"
        ) from error
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise NoPagesError(f"the PDF cannot be opened: {error}"[:200]) from error
    for number in range(first, min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            width, height = page.get_size()
            if not (0 < width < 1e5 and 0 < height < 1e5):
                yield NoPagesError("the page has no size")
                continue
            dpi = min(MOST_DPI, max(LEAST_DPI, _finest(page)), _POINTS * (MOST_PIXELS / 2 / (width * height)) ** 0.5)
            drawn = page.render(scale=dpi / _POINTS, grayscale=True, may_draw_forms=False)
            yield np.array(drawn.to_numpy().reshape(drawn.height, drawn.width, -1)[:, :, 0], np.uint8)
            page.close()
        except (pypdfium2.PdfiumError, ValueError, IndexError) as error:
            yield NoPagesError(f"the page cannot be drawn: {error}"[:200])


def _finest(page: object) -> float:
    """Points an inch of the finest large picture on a page; 0 where there is none."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    assert isinstance(page, pypdfium2.PdfPage)
    best = 0.0
    for number, each in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4)):
        if number >= _OBJECTS:
            break
        try:
            pixels = each.get_px_size()
            left, bottom, right, top = each.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        wide, high = right - left, top - bottom
        if wide > _SMALLEST and high > _SMALLEST:
            best = max(best, max(pixels) / max(wide, high) * _POINTS)  # it may be turned
    return best
