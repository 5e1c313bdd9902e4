"""galactica engrave, and recover --scans, from an edition to pictures of pages and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="pages are drawn with Pillow (the extra engrave)")
pytest.importorskip("zopfli", reason="pages are packed with zopfli (the extra engrave)")

from PIL import Image

from tests.cli.conftest import call
from tests.cli.test_json import check
from tests.engrave.stream.made import build, records_in

FILM = ("--pages", "film", "--dpi", "1200", "--no-primer")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("engraved"), articles=40, words=150)


@pytest.fixture(scope="module")
def pages(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Masters of all its sheets."""
    folder = tmp_path_factory.mktemp("pages")
    made = call(
        "engrave",
        str(edition),
        str(folder / "all.pdf"),
        *FILM,
        "--masters",
        str(folder / "m"),
        "--form",
        "png",
        "--json",
    )
    assert made.code == 0, made.err
    check("engrave", made.json)
    assert made.json["articles"] == made.json["of"] == 40
    assert made.json["data"] == 2
    assert made.json["parity"] == 1
    return folder


def test_pictures_upside_down_doubled_and_one_missing_give_the_edition(
    edition: Path, pages: Path, tmp_path: Path
) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    with Image.open(pages / "m" / "sheet-000003.png") as page:
        page.convert("L").rotate(180).save(scans / "a.jpg", quality=80)
    shutil.copy(pages / "m" / "sheet-000002.png", scans / "b.png")
    shutil.copy(pages / "m" / "sheet-000002.png", scans / "c.png")
    (scans / "notes.txt").write_text("found in the cellar")
    found = call("recover", "--scans", str(scans), str(tmp_path / "out.edition"), "--json")
    assert found.code == 0, found.err
    check("scans", found.json)
    said = {name: found.json[name] for name in ("whole", "read", "made", "doubles", "here", "missing")}
    assert said == {"whole": True, "read": 2, "made": 1, "doubles": 1, "here": 40, "missing": []}
    assert records_in(tmp_path / "out.edition") == records_in(edition)
    assert call("verify", str(tmp_path / "out.edition")).code == 0
    assert "Tarn 7" in call("search", "tarn 7", "-e", str(tmp_path / "out.edition")).out


def test_one_sheet_alone_gives_its_articles_and_the_names_of_the_others(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    shutil.copy(pages / "m" / "sheet-000001.png", tmp_path / "scans")
    found = call("recover", "--scans", str(tmp_path / "scans"), str(tmp_path / "out.edition"))
    assert found.code == 9
    lines = found.out.splitlines()
    assert "each proved; a part of the edition" in lines[0]
    missing = [line for line in lines if line.startswith("missing: ")]
    assert "of 2 data sheets 0 made good, 1 lost" in found.out
    assert 0 < len(missing) < 40
    part = records_in(tmp_path / "out.edition")
    assert len(part) + len(missing) == 40


def test_the_pdf_itself_can_be_read_back(edition: Path, pages: Path, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="PDFs are drawn with pypdfium2 (the extra engrave)")
    (tmp_path / "scans").mkdir()
    shutil.copy(pages / "all.pdf", tmp_path / "scans")
    found = call("recover", "--scans", str(tmp_path / "scans"), str(tmp_path / "out.edition"))
    assert found.code == 0, found.err
    assert "the whole edition" in found.out
    assert records_in(tmp_path / "out.edition") == records_in(edition)


def test_the_primer_stands_in_front(edition: Path, tmp_path: Path) -> None:
    pytest.importorskip("segno", reason="QR codes are made with segno (the extra engrave)")
    made = call("engrave", str(edition), str(tmp_path / "out.pdf"), *FILM[:4], "--select", "Tarn 3", "--json")
    assert made.code == 0, made.err
    primer, sheets = made.json["primer"], made.json["sheets"]
    assert isinstance(primer, int)
    assert isinstance(sheets, int)
    assert primer > 5
    assert made.json["pages"] == primer + sheets
    few = call("engrave", str(edition), str(tmp_path / "few.pdf"), *FILM[:4], "--budget", "3")
    assert few.code == 2
    assert "the primer has" in few.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("recover", "--scans", "s", "a", "out"), "only the folder to make"),
        (("recover", "a", "out", "--root", "ab"), "are about scans"),
        (("recover", "--scans", "nowhere", "out"), "There is no folder"),
    ],
)
def test_what_makes_no_sense_is_said(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = call(*words)
    assert done.code in (2, 3)
    assert told in done.err
