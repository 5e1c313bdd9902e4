"""The printed program, alone under a bare Python: it gives the articles back, proves them, and says what it cannot."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cbor2
import numpy as np
import pytest

pytest.importorskip("PIL")
pytest.importorskip("zopfli")

from PIL import Image, ImageFilter

from galactica.engrave.primer.practice import GRID, practice_sheet
from galactica.engrave.primer.printed import printed_program
from galactica.engrave.sheet.drawing import draw_sheet
from galactica.engrave.sheet.header import sheet_digest
from galactica.engrave.sheet.layout import SheetLayout, finder_pattern
from galactica.engrave.stream.blocks import packed_block
from galactica.engrave.stream.engraving import Engraving
from tests.engrave.primer.made import write_pgm
from tests.engrave.stream.made import build, engraved, records_in

LAYOUT = SheetLayout(600, 800, 3)


def run(folder: Path, pictures: Path, *root: str) -> tuple[int, str, Path]:
    """(exit code, what it said, folder of the articles) of the program in a folder of its own."""
    source = folder / "decoder.py"
    source.write_text(printed_program(), encoding="utf-8")
    out = folder / "out"
    done = subprocess.run(
        [sys.executable, "-I", str(source), str(pictures), str(out), *root],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
        env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr, out


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("tarns"), articles=24, words=150)


@pytest.fixture(scope="module")
def sheets(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Engraving:
    return engraved(edition, tmp_path_factory.mktemp("sheets"), capacity=LAYOUT.capacity)


def draw(sheets: Engraving, folder: Path, numbers: list[int]) -> None:
    for at, number in enumerate(numbers):
        sheet = sheets.sheets[number]
        picture = draw_sheet(sheets.payload(number), sheet.header, LAYOUT)
        write_pgm(folder / f"picture-{(at * 7) % 11:02d}.pgm", np.rot90(picture, at % 4))


def test_the_program_is_ascii_in_short_lines_and_runs_on_old_pythons() -> None:
    assert printed_program().isascii()
    assert max(map(len, printed_program().split("\n"))) <= 99
    ast.parse(printed_program(), feature_version=(3, 8))
    assert "galactica" not in printed_program().replace('"galactica"', "")


def test_every_article_comes_back_proved_from_mixed_and_turned_pictures_with_a_sheet_missing(
    tmp_path: Path, edition: Path, sheets: Engraving
) -> None:
    numbers = [each.header.sheet for each in sheets.sheets]
    assert sheets.plan.data >= 3
    draw(sheets, tmp_path, [number for number in numbers if number != 1][::-1])
    code, said, out = run(tmp_path, tmp_path, sheets.root.hex())
    assert code == 0, said
    records = records_in(edition)
    assert f"{len(records)} articles of {len(records)} - {len(records)} of them proved, 0 missing by the list" in said
    pages = {page.read_text("utf-8").split("</title>")[0].split("<title>")[1]: page for page in out.glob("*.html")}
    assert pages.keys() == records.keys()
    for title, page in pages.items():
        assert cbor2.loads(records[title])["body"] in page.read_text("utf-8")
        assert page.with_suffix(".txt").read_text("utf-8").startswith(f"{title}\n\n")
    assert (out / "missing.txt").read_text("utf-8") == ""


def test_what_cannot_be_had_is_listed_and_the_rest_is_given(tmp_path: Path, sheets: Engraving) -> None:
    draw(sheets, tmp_path, [0])
    code, said, out = run(tmp_path, tmp_path)
    assert code == 1
    have = len(list(out.glob("*.html")))
    missing = (out / "missing.txt").read_text("utf-8").splitlines()
    assert have > 0
    assert have + len(missing) == 24
    assert f"{have} articles of 24 - {have} of them proved" in said


def test_another_root_than_the_one_that_is_known_is_told(tmp_path: Path, sheets: Engraving) -> None:
    draw(sheets, tmp_path, [0])
    code, said, _ = run(tmp_path, tmp_path, "ab" * 32)
    assert code == 1
    assert "THIS IS NOT THE ROOT" in said
    assert " 0 of them proved" in said


def test_a_scratched_dusty_slanted_sheet_is_mended(tmp_path: Path) -> None:
    practice = practice_sheet()
    drawn = draw_sheet(practice.payload, practice.header, SheetLayout(GRID.width * 4, GRID.height * 4, 4, 24.3))
    grey = np.full((drawn.shape[0] + 120, drawn.shape[1] + 120), 230, dtype=np.uint8)
    grey[60:-60, 60:-60][drawn] = 60
    turned = Image.fromarray(grey).rotate(1.2, Image.Resampling.BILINEAR, fillcolor=230)
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.7)))
    noise = np.random.default_rng(5).normal(0, 9, grey.shape)
    grey = np.clip(grey + noise, 0, 255).astype(np.uint8)
    grey[250:256, 90:600] = 50
    (tmp_path / "a.pgm").write_bytes(b"P5\n# scanned\n%d %d\n255\n" % grey.shape[::-1] + grey.tobytes())
    code, said, out = run(tmp_path, tmp_path)
    assert code == 0, said
    assert "(counted from 0), 0 of" not in said
    assert len(list(out.glob("*.html"))) == 3


def test_pictures_of_one_bit_a_dot_are_read(tmp_path: Path) -> None:
    practice = practice_sheet()
    drawn = draw_sheet(
        practice.payload, practice.header, SheetLayout(GRID.width * 3 + 50, GRID.height * 3 + 30, 3, 24.3)
    )
    raw = np.packbits(drawn, axis=1).tobytes()
    (tmp_path / "a.pbm").write_bytes(b"P4 %d %d\n" % drawn.shape[::-1] + raw)
    assert run(tmp_path, tmp_path)[0] == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"P5",
        b"P5 4 4 255\n",
        b"P5 0 0 255\n",
        b"P5 99999999999 99999999999 255\n" + bytes(50),
        b"P5 40 40 255\n" + bytes(1600),
        b"P5 40 40 65535\n" + bytes(3200),
        b"P4 7 3\n\xff\x00\xff",
        b"P6 2 2 255\n" + bytes(12),
    ],
)
def test_what_is_no_picture_of_a_sheet_is_said_and_no_more(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.pgm").write_bytes(raw)
    code, said, _ = run(tmp_path, tmp_path)
    assert code == 1
    assert "There are no sheets." in said
    assert "a.pgm" in said


def test_a_sheet_that_is_spoilt_beyond_mending_is_not_given_out(tmp_path: Path) -> None:
    practice = practice_sheet()
    drawn = draw_sheet(practice.payload, practice.header, SheetLayout(GRID.width * 3, GRID.height * 3, 3, 24.3))
    drawn[90:320, 66:] ^= np.random.default_rng(1).random((230, drawn.shape[1] - 66)) < 0.5
    write_pgm(tmp_path / "a.pgm", drawn)
    code, said, _ = run(tmp_path, tmp_path)
    assert code == 1
    assert "a.pgm cannot be read" in said


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"A\xff\xff\xff\xff", b"A\x00\x00\x00\x03\xa1\x80\x80"])
@pytest.mark.parametrize("kind", ["E", "L", "R", "P", "N"])
def test_blocks_that_say_what_they_should_not_are_passed_over(tmp_path: Path, kind: str, content: bytes) -> None:
    practice = practice_sheet()
    payload = packed_block(kind, 0, content).whole() + practice.payload
    header = replace(practice.header, used=len(payload), digest=sheet_digest(payload))
    drawn = draw_sheet(payload, header, SheetLayout(GRID.width * 3, GRID.height * 3, 3, 24.3))
    write_pgm(tmp_path / "a.pgm", drawn)
    assert run(tmp_path, tmp_path)[0] == (0 if kind == "L" else 1)  # articles do not need the list


def test_a_picture_full_of_corners_is_given_up(tmp_path: Path) -> None:
    finder = finder_pattern(upper_left=False).repeat(2, axis=0).repeat(2, axis=1)
    write_pgm(tmp_path / "a.pgm", np.tile(finder, (30, 30)))
    code, said, _ = run(tmp_path, tmp_path)
    assert code == 1
    assert "0 corners were found" in said


def test_pictures_seen_aslant_in_uneven_light_are_read(tmp_path: Path) -> None:
    practice = practice_sheet()
    drawn = draw_sheet(practice.payload, practice.header, SheetLayout(GRID.width * 4, GRID.height * 4, 4, 24.3))
    grey = np.full((drawn.shape[0] + 120, drawn.shape[1] + 120), 240, dtype=np.uint8)
    grey[60:-60, 60:-60][drawn] = 25
    high, wide = grey.shape
    corners = ((0, 0), (wide, 0), (0, high), (wide, high))
    seen = ((10, 20), (wide - 15, 5), (0, high - 10), (wide - 45, high - 50))
    grey = np.asarray(
        Image.fromarray(grey).transform(
            (wide, high),
            Image.Transform.PERSPECTIVE,
            _leading(seen, corners),
            Image.Resampling.BILINEAR,
            fillcolor=240,
        )
    )
    light = np.linspace(0.5, 1.0, wide)[None, :] * np.linspace(0.85, 1.0, high)[:, None]
    (tmp_path / "a.pgm").write_bytes(b"P5 %d %d 255\n" % (wide, high) + (grey * light).astype(np.uint8).tobytes())
    code, said, _ = run(tmp_path, tmp_path)
    assert code == 0, said


def test_the_practice_sheet_among_others_is_passed_over(tmp_path: Path, sheets: Engraving) -> None:
    draw(sheets, tmp_path, [0])
    practice = practice_sheet()
    drawn = draw_sheet(practice.payload, practice.header, SheetLayout(GRID.width * 3, GRID.height * 3, 3, 24.3))
    write_pgm(tmp_path / "a.pgm", drawn)
    _, said, _ = run(tmp_path, tmp_path)
    assert "a.pgm is sheet 0 of 1" in said
    assert f"The root is {sheets.root.hex()}" in said


def test_the_practice_sheet_is_read_off_the_primers_own_page(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    from galactica.engrave.primer.pages import Primer
    from tests.engrave.primer.made import facts

    pages = Primer(facts(width_px=1240, height_px=1754), codes=False).pages()
    page = next(page for page in pages if page.text[:1] == ("The practice sheet",))
    write_pgm(tmp_path / "a.pgm", page.picture)
    code, said, out = run(tmp_path, tmp_path, practice_sheet().root.hex())
    assert code == 0, said
    assert sorted(path.name[7:] for path in out.glob("*.html")) == ["Ink.html", "Paper.html", "Soot.html"]


@pytest.mark.parametrize("corner", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_a_sheet_with_a_corner_torn_off_is_read_whichever_it_is(
    tmp_path: Path, sheets: Engraving, corner: tuple[int, int]
) -> None:
    sheet = sheets.sheets[0]
    drawn = draw_sheet(sheets.payload(0), sheet.header, LAYOUT)
    high, wide = drawn.shape
    down, across = corner
    drawn[down * (high - 90) : high if down else 90, across * (wide - 80) : wide if across else 80] = False
    write_pgm(tmp_path / "a.pgm", np.rot90(drawn, across))
    _, said, _ = run(tmp_path, tmp_path)
    assert f"a.pgm is sheet 0 of {sheet.header.sheets}" in said


def _leading(places: Sequence[tuple[int, int]], origins: Sequence[tuple[int, int]]) -> list[float]:
    """The eight numbers of the perspective that leads each place of the new picture to where it was in the old one."""
    rows, values = [], []
    for (x, y), (u, v) in zip(places, origins, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(each) for each in np.linalg.solve(np.array(rows, float), np.array(values, float))]
