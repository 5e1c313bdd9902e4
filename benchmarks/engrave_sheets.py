"""How much a page carries, and whether it comes back: whole pages of random bytes drawn, printed, scanned and decoded.

    python -m benchmarks.engrave_sheets [--only 600] [--seeds 2]

Printer and scanner are made up (benchmarks/engraving); nothing is counted that was not decoded and compared. For each
resolution, size of cells and setting: bytes a sheet carries, share of codewords that came back, bytes a sheet net where
every fifth sheet of a set is parity (`--survive 25`: 20 % of all sheets may be missing), processor seconds. Pages of
QR codes: `engrave_qr`. Two others are quoted, not run: Optar (199,773 B an A4 page at 600 dpi, its README) and
PaperBack (500 kB claimed at 600 dpi, its site).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks import results
from benchmarks.engraving.scanner import SETTINGS, scan
from galactica.engrave.scans.reading import SheetFound, read_sheet
from galactica.engrave.sheet.drawing import draw_sheet
from galactica.engrave.sheet.header import SheetHeader, sheet_digest
from galactica.engrave.sheet.layout import DEFAULT_CHECK, SheetLayout

A4_MM = (210, 297)
MARGIN_MM, TEXT_MM = 5, 6

ACROSS = 0.8
"""Share of a set's sheets that carry data where any 20 % of all may be missing."""

QUOTED = {"Optar": 199_773, "PaperBack (claimed)": 500_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page: how it is printed, with which cells, how it is scanned."""

    dpi: int
    cell: int
    scan_dpi: int
    setting: str
    check: float = DEFAULT_CHECK


CASES = (
    Case(dpi=600, cell=3, scan_dpi=600, setting="office"),
    Case(dpi=600, cell=3, scan_dpi=600, setting="bad"),
    Case(dpi=600, cell=3, scan_dpi=600, setting="flood"),
    Case(dpi=600, cell=3, scan_dpi=400, setting="office"),
    Case(dpi=600, cell=3, scan_dpi=1200, setting="office"),
    Case(dpi=600, cell=4, scan_dpi=600, setting="bad"),
    Case(dpi=600, cell=4, scan_dpi=600, setting="flood"),
    Case(dpi=600, cell=5, scan_dpi=600, setting="flood", check=40),
    Case(dpi=300, cell=2, scan_dpi=600, setting="office"),
    Case(dpi=300, cell=2, scan_dpi=600, setting="bad"),
    Case(dpi=300, cell=3, scan_dpi=600, setting="flood", check=40),
    Case(dpi=1200, cell=3, scan_dpi=1200, setting="office"),
    Case(dpi=1200, cell=4, scan_dpi=1200, setting="office"),
    Case(dpi=1200, cell=5, scan_dpi=1200, setting="office"),
    Case(dpi=1200, cell=6, scan_dpi=1200, setting="bad"),
)


def page_of(dpi: int) -> tuple[npt.NDArray[np.bool_], tuple[int, int], tuple[int, int]]:
    """(an empty A4 page, left and top of what may be drawn on, its width and height), in pixels."""
    width, height = (round(mm / 25.4 * dpi) for mm in A4_MM)
    left, top = round(MARGIN_MM / 25.4 * dpi), round((MARGIN_MM + TEXT_MM) / 25.4 * dpi)
    return np.zeros((height, width), dtype=np.bool_), (left, top), (width - 2 * left, height - top - left)


def sheet_page(case: Case, seed: int) -> tuple[bytes, npt.NDArray[np.bool_]]:
    """A page with a sheet of random bytes."""
    page, (left, top), (width, height) = page_of(case.dpi)
    layout = SheetLayout(width, height, case.cell, case.check)
    payload = random.Random(seed).randbytes(layout.capacity)
    header = SheetHeader(
        root=bytes(16), set_id=bytes(8), kind="data", sheet=seed, sheets=100, group=0, place=seed, data_sheets=80,
        parity_sheets=20, used=len(payload), digest=sheet_digest(payload),
    )  # fmt: skip
    page[top : top + height, left : left + width] = draw_sheet(payload, header, layout)
    return payload, page


def measured(case: Case, seed: int) -> dict[str, object]:
    """What came back of one page."""
    payload, page = sheet_page(case, seed)
    picture = scan(page, case.dpi, SETTINGS[case.setting], case.scan_dpi, seed)
    begun = time.process_time()
    found: SheetFound = read_sheet(picture)
    seconds = time.process_time() - begun
    whole = found.payload == payload
    return {
        "dpi": case.dpi, "cell_px": case.cell, "check_percent": case.check, "scan_dpi": case.scan_dpi,
        "setting": case.setting, "seed": seed, "bytes": len(payload), "whole": whole,
        "net": round(len(payload) * ACROSS) if whole else 0, "codewords_right": found.right, "bytes_wrong": found.wrong,
        "seconds": round(seconds, 1), "megapixels": round(picture.size / 1e6, 1),
    }  # fmt: skip


def chosen(only: str) -> Iterator[Case]:
    """The cases whose name, "DPI/CELL/SCAN DPI/SETTING", has one of the words that were asked for."""
    words = only.split(",") if only else [""]
    for case in CASES:
        name = f"{case.dpi}/{case.cell}/{case.scan_dpi}/{case.setting}"
        if any(word in name for word in words):
            yield case


def main() -> None:
    """Draw, print, scan, read; print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="cases whose DPI/CELL/SCAN DPI/SETTING has one of these words")
    parser.add_argument("--seeds", type=int, default=1, help="pages a case")
    given = results.arguments(parser).parse_args()
    sheets: list[dict[str, object]] = []
    print(f"{'dpi/cell/scan setting':26} {'check':>5} {'bytes':>9} {'right':>7} {'wrong':>7} {'net':>9} {'s':>6}")
    for case in chosen(given.only):
        for seed in range(given.seeds):
            row = measured(case, seed)
            sheets.append(row)
            name = f"{case.dpi}/{case.cell}/{case.scan_dpi} {case.setting}"
            shares = f"{row['codewords_right']:7.1%} {row['bytes_wrong']:7.2%}"
            print(
                f"{name:26} {case.check:5.0f} {row['bytes']:9,} {shares} {row['net']:9,} {row['seconds']:6}", flush=True
            )
            results.keep(__file__, given, {"sheets": sheets, "quoted": QUOTED})  # a run that is stopped has its rows


if __name__ == "__main__":
    main()
