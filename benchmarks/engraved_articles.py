"""Real articles on pages, printed and scanned by simulation, a fifth of all sheets missing: what comes back?

    python -m benchmarks.engraved_articles EDITION [--articles 100] [--dpi 600 300] [--settings office bad flood]
        [--missing 20] [--seeds 2] [--scan-dpi 600]

The most important articles of an edition are engraved, each sheet is printed and scanned by the simulator of
`engraving`, and the pictures go into a folder: in mixed order, some upside down, one sheet twice, a share of all
sheets not at all. Then `recover --scans` makes an edition of the folder. Counted are articles that are equal to the
edition's, byte by byte, and that are proved; a record that is none of the edition's would be an error. Net bytes are
payload of data sheets by all sheets, parity reckoned in. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import results
from benchmarks.engraving.scanner import SETTINGS, scan
from galactica.building.order.ordering import ordered_articles
from galactica.building.order.policy import default_policy
from galactica.edition import Edition, record
from galactica.engrave.pages.printing import sheet_picture, told_lines
from galactica.engrave.pages.sizes import PageLayout, page_layout
from galactica.engrave.stream.chosen import ChosenArticles
from galactica.engrave.stream.engraving import Engraving, engrave_articles
from galactica.errors import GalacticaError
from galactica.library.scans import RecoveredScans, recover_scans
from galactica.progress import silent


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("edition", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[100])
    parser.add_argument("--dpi", type=int, nargs="+", default=[600, 300])
    parser.add_argument("--scan-dpi", type=int, default=600)
    parser.add_argument("--settings", nargs="+", default=list(SETTINGS), choices=list(SETTINGS))
    parser.add_argument("--missing", type=float, default=20.0, help="percent of all sheets")
    parser.add_argument("--survive", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=2)
    given = parser.parse_args()
    rows: list[dict[str, object]] = []
    with Edition.open(given.edition) as edition:
        ordered = ordered_articles(edition, default_policy(), silent)
        for articles in given.articles:
            chosen = ChosenArticles(edition, ordered, ordered.rows[:articles])
            for dpi in given.dpi:
                rows += _engraved(edition, chosen, dpi, given)
    results.keep(__file__, given, {"runs": rows})


def _engraved(edition: Edition, chosen: ChosenArticles, dpi: int, given: argparse.Namespace) -> list[dict[str, object]]:
    layout = page_layout("A4", dpi)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        engraving = engrave_articles(chosen, Path(folder), capacity=layout.sheet.capacity, survive=given.survive)
        filled = time.process_time() - begun
        raw = {record.article_record(edition.article(row), edition.statement.format) for row in chosen.rows}
        plan = engraving.plan
        told = {
            "dpi": dpi,
            "articles": engraving.articles,
            "record_bytes": sum(map(len, raw)),
            "data_sheets": plan.data,
            "sheets": plan.sheets,
            "payload": engraving.bytes,
            "capacity": layout.sheet.capacity,
            "net_of_a_full_sheet": layout.sheet.capacity * plan.data // plan.sheets,
            "net_a_sheet": engraving.bytes // plan.sheets,
            "seconds_to_fill": round(filled, 1),
        }
        print(told, flush=True)
        for setting in given.settings:
            for seed in range(given.seeds):
                row = _recovered(engraving, layout, edition.statement.title, raw, setting, seed, given)
                rows.append({**told, **row})
                print(row, flush=True)
    return rows


def _recovered(
    engraving: Engraving,
    layout: PageLayout,
    title: str,
    raw: set[bytes],
    setting: str,
    seed: int,
    given: argparse.Namespace,
) -> dict[str, object]:
    """Print and scan the sheets that are there, and recover from them."""
    drawn = random.Random(seed)
    plan = engraving.plan
    lost = drawn.sample(range(plan.sheets), int(plan.sheets * given.missing / 100))
    there = [number for number in range(plan.sheets) if number not in lost]
    with tempfile.TemporaryDirectory() as folder:
        scans, out = Path(folder) / "scans", Path(folder) / "out"
        scans.mkdir()
        begun = time.process_time()
        _scan_all([*there, there[0]], engraving, layout, title, setting, drawn, scans, given.scan_dpi)
        simulated = time.process_time() - begun
        begun = time.process_time()
        try:
            found = recover_scans(scans, out)
        except GalacticaError as error:
            return {"setting": setting, "seed": seed, "missing_sheets": len(lost), "error": error.problem}
        seconds = time.process_time() - begun
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
        "seconds_simulated": round(simulated, 1),
        "seconds_a_page": round(seconds / max(1, found.pages), 1),
        "seconds_to_recover": round(seconds, 1),
    }


def _scan_all(
    numbers: Sequence[int],
    engraving: Engraving,
    layout: PageLayout,
    title: str,
    setting: str,
    drawn: random.Random,
    folder: Path,
    scan_dpi: int,
) -> None:
    """Write a picture of each page, named in no order, some upside down."""
    names = drawn.sample(range(10_000), len(numbers))
    for name, number in zip(names, numbers, strict=True):
        sheet = engraving.sheets[number]
        lines = told_lines(sheet, engraving, title=title, primer=0)
        page = sheet_picture(engraving.payload(number), sheet, layout, lines)
        picture = scan(page, layout.dpi, SETTINGS[setting], scan_dpi, drawn.randrange(2**31))
        if drawn.random() < 0.3:
            picture = np.rot90(picture, 2)
        Image.fromarray(picture).save(folder / f"{name:05d}.png", compress_level=1)


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
