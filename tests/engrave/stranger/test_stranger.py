"""A second reader of sheets, in another language, by somebody who had the primer's words and nothing else.

`reader.js` was written on 2026-11-29 from chapters 1 to 14 of a printed primer, without the program's source, its
printed decoder or its documents, for node alone. What its writer found unclear was mended in the primer; the reader
itself is kept as it was written: where the format or the primer change so that it no longer reads, this tells.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("zopfli")

from galactica.engrave.sheet.drawing import draw_sheet
from galactica.engrave.sheet.layout import SheetLayout
from galactica.engrave.stream.engraving import Engraving
from tests.engrave.stream.made import build, engraved, records_in

READER = Path(__file__).with_name("reader.js")
LAYOUT = SheetLayout(600, 800, 3)

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("tarns"), articles=24, words=150)


@pytest.fixture(scope="module")
def sheets(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Engraving:
    return engraved(edition, tmp_path_factory.mktemp("sheets"), capacity=LAYOUT.capacity)


def scanned(sheets: Engraving, folder: Path, numbers: list[int]) -> None:
    """Pictures of some sheets, each turned another way, grey, with noise and uneven light."""
    folder.mkdir()
    for at, number in enumerate(numbers):
        ink = np.pad(draw_sheet(sheets.payload(number), sheets.sheets[number].header, LAYOUT), 24)
        light = np.linspace(235, 190, ink.shape[1])[None, :]
        noise = np.random.default_rng(at).normal(0, 9, ink.shape)
        grey = np.clip(np.where(ink, 45, light) + noise, 0, 255).astype(np.uint8)
        turned = np.rot90(grey, at % 4)
        head = b"P5 %d %d 255\n" % (turned.shape[1], turned.shape[0])
        (folder / f"picture-{(at * 7) % 11:02d}.pgm").write_bytes(head + turned.tobytes())


def read(folder: Path, out: Path, root: str) -> str:
    """What the reader says of a folder of pictures."""
    command = ["node", str(READER), str(folder), str(out), root]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_restores_and_proves_every_article_with_a_data_sheet_missing(
    sheets: Engraving, edition: Path, tmp_path: Path
) -> None:
    numbers = [each.header.sheet for each in sheets.sheets if each.header.sheet != 1]
    scanned(sheets, tmp_path / "scans", [*numbers[::-1], numbers[0]])  # in another order, one twice
    said = read(tmp_path / "scans", tmp_path / "out", sheets.root.hex())
    count = len(records_in(edition))
    assert "1 data sheets made good" in said
    assert f"articles found: {count}; on the list: {count}; missing: 0" in said
    assert f"articles proved: {count} of {count}" in said
    assert len(list((tmp_path / "out").glob("0*.txt"))) == count


def test_it_proves_nothing_against_another_root(sheets: Engraving, tmp_path: Path) -> None:
    scanned(sheets, tmp_path / "scans", [each.header.sheet for each in sheets.sheets])
    assert "articles proved: 0 of" in read(tmp_path / "scans", tmp_path / "out", "00" * 32)


def test_of_too_few_sheets_it_gives_the_articles_that_are_there(sheets: Engraving, tmp_path: Path) -> None:
    scanned(sheets, tmp_path / "scans", [0])
    said = read(tmp_path / "scans", tmp_path / "out", sheets.root.hex())
    assert "articles found: 0" not in said
    assert "missing: 0" not in said
