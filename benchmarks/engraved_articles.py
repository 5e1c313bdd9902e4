"""Real articles on pages, printed and scanned by simulation, a fifth of all sheets missing: what comes back?

    python -m benchmarks.engraved_articles EDITION [--articles 100] [--pages A4 A6] [--dpi 600] [--scan-dpi 600]
        [--settings office bad flood] [--missing 20] [--seeds 1]

The most important articles of an edition are engraved, each sheet is printed and scanned by the simulator of
`engraving`, and the pictures go into a folder: in mixed order, some upside down, one sheet twice, a share of all
sheets not at all. Then `recover --scans` makes an edition of the folder. Counted are articles that are equal to the
edition's, byte by byte, and that are proved; a record that is none of the edition's would be an error. Net bytes are
payload of data sheets by all sheets, parity reckoned in. On A6, a quarter of A4, the same articles make so many
sheets that a fifth of them is several. Seconds are of the processor, without those of the simulator.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import tempfile
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks import results
from benchmarks.engraving.scanner import SETTINGS, scan
from galactica.building.order.ordering import ordered_articles
from galactica.building.order.policy import default_policy
from galactica.edition import Edition, record
from galactica.engrave.pages.printing import sheet_picture, told_lines
from galactica.engrave.pages.sizes import PageLayout, page_layout
from galactica.engrave.primer.fonts import Fonts
from galactica.engrave.sheet.layout import SheetLayout
from galactica.engrave.stream.chosen import ChosenArticles
from galactica.engrave.stream.engraving import Engraving, engrave_articles
from galactica.errors import GalacticaError
from galactica.library.scans import RecoveredScans, recover_scans
from galactica.progress import silent


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("edition", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--pages", nargs="+", default=["A4", "A6"], choices=["A4", "A6"])
    parser.add_argument("--dpi", type=int, default=600)
    parser.add_argument("--scan-dpi", type=int, default=600)
    parser.add_argument("--settings", nargs="+", default=list(SETTINGS), choices=list(SETTINGS))
    parser.add_argument("--missing", type=float, default=20.0, help="percent of all sheets")
    parser.add_argument("--survive", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="processes that print and scan")
    given = parser.parse_args()
    rows: list[dict[str, object]] = []
    with Edition.open(given.edition) as edition, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ordered = ordered_articles(edition, default_policy(), silent)
        chosen = ChosenArticles(edition, ordered, ordered.rows[: given.articles])
        raw = {record.article_record(edition.article(row), edition.statement.format) for row in chosen.rows}
        pool = stack.enter_context(ProcessPoolExecutor(given.workers))
        made = [_engraved(name, chosen, Path(folder) / name, given) for name in given.pages]
        for setting in given.settings:
            for seed in range(given.seeds):
                for engraving, layout, told in made:
                    row = _recovered(engraving, layout, raw, setting, seed, given, pool)
                    rows.append({**told, "record_bytes": sum(map(len, raw)), **row})
                    print(rows[-1], flush=True)
                    results.keep(__file__, given, {"runs": rows})


def _engraved(
    name: str, chosen: ChosenArticles, folder: Path, given: argparse.Namespace
) -> tuple[Engraving, PageLayout, dict[str, object]]:
    """Fill the sheets."""
    layout = page_layout("A4", given.dpi)
    if name == "A6":
        size = replace(layout.size, name="A6", width_mm=105, height_mm=148)
        width, height = (round((mm - 2 * size.margin_mm) / 25.4 * given.dpi) for mm in (105, 140))
        sheet = SheetLayout(width, height, layout.sheet.cell_px)
        layout = replace(layout, size=size, sheet=sheet)
    folder.mkdir()
    begun = _seconds()
    engraving = engrave_articles(chosen, folder, capacity=layout.sheet.capacity, survive=given.survive)
    plan = engraving.plan
    told: dict[str, object] = {
        "pages": name,
        "dpi": given.dpi,
        "articles": engraving.articles,
        "data_sheets": plan.data,
        "sheets": plan.sheets,
        "payload": engraving.bytes,
        "capacity": layout.sheet.capacity,
        "net_a_sheet": engraving.bytes // plan.sheets,
        "net_a_sheet_of_a_full_group": layout.sheet.capacity * (100 - given.survive) // 100,
        "seconds_to_fill": round(_seconds() - begun, 1),
    }
    print(told, flush=True)
    return engraving, layout, told


def _seconds() -> float:
    """Of the processor: this process and the children that have ended."""
    return sum(os.times()[:4])


def _recovered(
    engraving: Engraving,
    layout: PageLayout,
    raw: set[bytes],
    setting: str,
    seed: int,
    given: argparse.Namespace,
    pool: Executor,
) -> dict[str, object]:
    """Print and scan the sheets that are there, and recover from them."""
    drawn = random.Random(seed)
    plan = engraving.plan
    lost = drawn.sample(range(plan.sheets), math.ceil(plan.sheets * given.missing / 100))
    there = [number for number in range(plan.sheets) if number not in lost]
    with tempfile.TemporaryDirectory() as folder:
        scans, out = Path(folder) / "scans", Path(folder) / "out"
        scans.mkdir()
        _scan_all([*there, there[0]], engraving, layout, setting, drawn, scans, given.scan_dpi, pool)
        begun = _seconds()
        try:
            found = recover_scans(scans, out)
        except GalacticaError as error:
            return {"setting": setting, "seed": seed, "missing_sheets": len(lost), "error": error.problem}
        seconds = _seconds() - begun
        with Edition.open(out) as back:
            records = {record.article_record(each, back.statement.format) for _, each in back.scan()}
    return {
        "setting": setting,
        "seed": seed,
        "missing_sheets": len(lost),
        "scanned_pages": found.pages,
        **_told(found),
        "right": len(records & raw),
        "wrong": len(records - raw),
        "seconds_to_recover": round(seconds, 1),
        "seconds_a_page": round(seconds / max(1, found.pages), 1),
    }


def _scan_all(
    numbers: Sequence[int],
    engraving: Engraving,
    layout: PageLayout,
    setting: str,
    drawn: random.Random,
    folder: Path,
    scan_dpi: int,
    pool: Executor,
) -> None:
    """Write a picture of each page, named in no order, some upside down."""
    names = drawn.sample(range(10_000), len(numbers))
    waiting = []
    for name, number in zip(names, numbers, strict=True):
        sheet = engraving.sheets[number]
        lines = told_lines(sheet, engraving, title="Wikipedia", primer=0)
        page = sheet_picture(engraving.payload(number), sheet, layout, lines, Fonts())
        packed = np.packbits(page, axis=1)
        given = (packed, page.shape[1], layout.dpi, setting, scan_dpi, drawn.randrange(2**31), drawn.random() < 0.3)
        waiting.append(pool.submit(_scanned, folder / f"{name:05d}.png", *given))
    for each in waiting:
        each.result()


def _scanned(
    path: Path,
    packed: npt.NDArray[np.uint8],
    width: int,
    dpi: int,
    setting: str,
    scan_dpi: int,
    seed: int,
    turned: bool,
) -> None:
    page = np.unpackbits(packed, axis=1, count=width).astype(np.bool_)
    picture = scan(page, dpi, SETTINGS[setting], scan_dpi, seed)
    Image.fromarray(np.rot90(picture, 2) if turned else picture).save(path, compress_level=1)


def _told(found: RecoveredScans) -> dict[str, object]:
    return {
        "sheets_read": found.read,
        "unread_pages": len(found.unread),
        "made_good": found.made,
        "lost_data_sheets": len(found.lost),
        "proved": found.here,
        "missing_articles": len(found.missing),
        "list_complete": found.complete,
    }


if __name__ == "__main__":
    main()
