"""What a page full of QR codes carries, in the same made-up printer and scanner as `engrave_sheets`.

    python -m benchmarks.engrave_qr [--modules 3,4,5] [--settings office,bad]

Codes of version 40, level L, made by segno and read by zxing-cpp, edge to edge on A4 at 600 dpi; only codes that came
back with what was put into them count. A code that fails is lost: net is what was read, less the fifth
that parity across pages takes.
"""

from __future__ import annotations

import argparse
import random
import time

import numpy as np
import segno
import zxingcpp

from benchmarks import results
from benchmarks.engrave_sheets import ACROSS, page_of
from benchmarks.engraving.scanner import SETTINGS, scan


def qr_measured(module: int, setting: str, seed: int) -> dict[str, object]:
    """What came back of a page full of QR codes of version 40, level L, at 600 dpi."""
    page, (left, top), (width, height) = page_of(600)
    drawn, capacity = random.Random(seed), 2_953
    side = (177 + 8) * module
    sent: set[bytes] = set()
    for y in range(top, top + height - side + 1, side):
        for x in range(left, left + width - side + 1, side):
            said = drawn.randbytes(capacity)
            code = segno.make(said, version=40, error="l", mode="byte", boost_error=False)
            cells = np.array([list(row) for row in code.matrix_iter(border=4)], dtype=np.bool_)
            page[y : y + side, x : x + side] = np.repeat(np.repeat(cells, module, axis=0), module, axis=1)
            sent.add(said)
    picture = scan(page, 600, SETTINGS[setting], 600, seed)
    begun = time.process_time()
    read = {
        code.bytes
        for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    }
    return {
        "module_px": module, "setting": setting, "seed": seed, "codes": len(sent), "read": len(sent & read),
        "bytes": len(sent) * capacity, "bytes_read": len(sent & read) * capacity,
        "net": round(len(sent & read) * capacity * ACROSS), "seconds": round(time.process_time() - begun, 1),
    }  # fmt: skip


def main() -> None:
    """Draw, print, scan, read; print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modules", default="3,4,5", help="pixels of a module, with commas")
    parser.add_argument("--settings", default="office,bad", help="with commas")
    given = results.arguments(parser).parse_args()
    rows: list[dict[str, object]] = []
    for setting in given.settings.split(","):
        for module in map(int, given.modules.split(",")):
            row = qr_measured(module, setting, 0)
            rows.append(row)
            print(
                f"{module} px {setting}: {row['read']} of {row['codes']} codes, {row['bytes_read']:,} bytes", flush=True
            )
            results.keep(__file__, given, {"pages": rows})  # a run that is stopped has its rows


if __name__ == "__main__":
    main()
