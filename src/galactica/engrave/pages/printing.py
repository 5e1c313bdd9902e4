"""The pages of an engraving, one by one, into a PDF and a folder of masters: first the primer, then the sheets.

Memory: one page, a byte a pixel (35 MB for A4 at 600 dpi). The PDF and the masters get their names when they are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from galactica.engrave.pages.lettering import text_line
from galactica.engrave.pages.masters import write_master
from galactica.engrave.pages.pdf import PdfWriter
from galactica.engrave.pages.sizes import PageLayout
from galactica.engrave.primer.fonts import Fonts
from galactica.engrave.primer.pages import Primer
from galactica.engrave.sheet.drawing import draw_sheet
from galactica.engrave.stream.engraving import EngravedSheet, Engraving
from galactica.model.said import counted
from galactica.placing import placed
from galactica.progress import Report, silent

Picture = npt.NDArray[np.bool_]

_TITLE: Final = 60
"""Letters of a title in a line of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """A page.

    Attributes:
        picture: bool [height, width], True is ink.
        text: what stands on it in letters, line by line.
        name: of its master, without an ending.
    """

    picture: Picture
    text: tuple[str, ...]
    name: str


def primer_pages_of(primer: Primer) -> Iterator[PrintedPage]:
    """The primer's pages."""
    for page in primer.pages():
        yield PrintedPage(picture=page.picture, text=page.text, name=f"primer-{page.number:04d}")


def sheet_pages(
    engraving: Engraving, layout: PageLayout, fonts: Fonts, *, title: str, primer: int
) -> Iterator[PrintedPage]:
    """The pages of all sheets, in order.

    Args:
        fonts: for their lines of text.
        title: of the edition.
        primer: pages in front of them that say how they are read.
    """
    for sheet in engraving.sheets:
        lines = told_lines(sheet, engraving, title=title, primer=primer)
        yield PrintedPage(
            picture=sheet_picture(engraving.payload(sheet.header.sheet), sheet, layout, lines, fonts),
            text=lines,
            name=f"sheet-{sheet.header.sheet + 1:06d}",
        )


def sheet_picture(
    payload: bytes, sheet: EngravedSheet, layout: PageLayout, lines: Sequence[str], fonts: Fonts
) -> Picture:
    """The picture of a page: bool [height, width], True is ink."""
    picture = np.zeros((layout.height_px, layout.width_px), dtype=np.bool_)
    left, top = layout.sheet_at
    drawn = draw_sheet(payload, sheet.header, layout.sheet)
    picture[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    at = layout.margin_px
    for line in lines:
        strip = text_line(line, fonts, width_px=layout.width_px - 2 * left, height_px=layout.line_px)
        picture[at : at + layout.line_px, left : left + strip.shape[1]] = strip
        at += layout.line_px
    return picture


def told_lines(sheet: EngravedSheet, engraving: Engraving, *, title: str, primer: int) -> tuple[str, str]:
    """What a sheet says of itself in plain words."""
    header, plan = sheet.header, engraving.plan
    number = f"Sheet {header.sheet + 1:,} of {header.sheets:,}"
    if header.kind == "parity":
        holds = "parity: makes good what sheets of its group are missing"
    elif sheet.articles == 1:
        holds = f"1 article: {_short(sheet.first)}"
    elif sheet.articles:
        holds = f"{counted(sheet.articles, 'article')}: {_short(sheet.first)} … {_short(sheet.last)}"
    else:
        holds = "continues an article of the sheet before, or the list of articles"
    begin = f"Begin with the {primer:,} pages in front: they say how the squares are read." if primer else ""
    group = f"Group {header.group + 1:,} of {plan.groups:,}" if plan.groups > 1 else "One group"
    belongs = (
        f"{group}, place {header.place + 1:,} of {header.data_sheets + header.parity_sheets:,}: any "
        f"{header.data_sheets:,} of these restore all. Set {header.set_id.hex()}."
    )
    return f"{number} · {_short(title)} · {holds}", f"{belongs} {begin}".rstrip()


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"


def print_pages(
    pages: Iterable[PrintedPage],
    out: Path,
    *,
    dpi: int,
    title: str,
    identity: bytes,
    total: int,
    force: bool = False,
    masters: Path | None = None,
    form: str = "tiff",
    report: Report = silent,
) -> int:
    """Write pages into a PDF and, if a folder is named, each as a master.

    Args:
        out: the PDF.
        identity: 16 bytes that no other document has.
        total: pages, for the report.
        force: whether what stands at `out` may be replaced.
        masters: a folder that is there, and empty.
        form: of the masters, "tiff" or "png".
        report: stage "draw", pages.

    Returns:
        Bytes of the PDF.

    Raises:
        UsageError: something stands at `out`.
        LimitError: there are too many pages for a PDF.
    """
    with placed(out, force="--force", replace=force) as file:
        pdf = PdfWriter(file, dpi=dpi, title=title, identity=identity)
        for done, page in enumerate(pages):
            report("draw", done, total, "pages")
            pdf.add(page.picture, page.text)
            if masters is not None:
                ending = "tif" if form == "tiff" else form
                write_master(page.picture, masters / f"{page.name}.{ending}", form=form, dpi=dpi)
        pdf.close()
        size = file.tell()
        report("draw", total, total, "pages")
    return size
