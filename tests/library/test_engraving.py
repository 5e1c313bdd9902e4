"""Editions on pages: what is put there, how many pages it takes, and that the same command gives the same file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("PIL", reason="pages are drawn with Pillow (the extra engrave)")
pytest.importorskip("zopfli", reason="pages are packed with zopfli (the extra engrave)")

from galactica.engrave.pages.sizes import page_layout
from galactica.errors import UsageError
from galactica.library.engraving import EngraveOptions, engrave
from tests.engrave.stream.made import build
from tests.engrave.stream.made import text as text_of


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("pages"), articles=50, words=150)


def options(**changed: Any) -> EngraveOptions:
    return EngraveOptions(**{"pages": "film", "dpi": 1200, "primer": False, **changed})


def test_the_same_command_gives_the_same_file_and_masters(edition: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made = engrave(edition, tmp_path / name / "out.pdf", options=options(masters=tmp_path / name / "masters"))
        assert made.sheets == made.data + made.parity == made.pages
        assert made.articles == made.of == 50
        assert made.left_out == ()
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )
    assert first == second
    assert len(first) == 1 + made.pages
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["masters", "out.pdf"]


def test_a_pdf_shows_the_masters_at_the_size_of_the_page(edition: Path, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="the PDF is looked at with pypdfium2")
    image = pytest.importorskip("PIL.Image")
    made = engrave(edition, tmp_path / "out.pdf", options=options(masters=tmp_path / "masters", form="png"))
    document = pdfium.PdfDocument(tmp_path / "out.pdf")
    layout = page_layout("film", 1200)
    assert len(document) == made.pages
    for number, page in enumerate(document):
        width, height = page.get_size()
        assert (round(width * 1200 / 72), round(height * 1200 / 72)) == (layout.width_px, layout.height_px)
        assert abs(width / 72 * 25.4 - 24) < 0.02
        (picture,) = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])
        shown = np.asarray(picture.get_bitmap().to_pil().convert("L")) < 128
        with image.open(tmp_path / "masters" / f"sheet-{number + 1:06d}.png") as master:
            assert master.mode == "1"
            assert [round(each) for each in master.info["dpi"]] == [1200, 1200]
            assert (shown == ~np.asarray(master)).all()
        text = page.get_textpage().get_text_range()
        assert text.startswith(f"Sheet {number + 1} of {made.sheets}")
        assert made.set_id in text
    document.close()


def test_masters_in_tiff_have_one_bit_a_pixel(edition: Path, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    engrave(edition, tmp_path / "out.pdf", options=options(masters=tmp_path / "m", select=("Tarn 3",)))
    with image.open(tmp_path / "m" / "sheet-000001.tif") as master:
        assert master.mode == "1"
        assert master.info["compression"] == "group4"


@pytest.mark.parametrize("budget", [2])
def test_a_budget_is_never_exceeded_and_is_used(budget: int, edition: Path, tmp_path: Path) -> None:
    made = engrave(edition, tmp_path / "out.pdf", options=options(budget=budget))
    assert made.pages <= budget
    assert 0 < made.articles < 50
    assert dict(made.left_out) == {"articles": 50 - made.articles}
    assert made.payload > 0.9 * made.data * made.capacity


def test_what_is_named_is_put_on_pages_and_what_is_not_there_is_said(edition: Path, tmp_path: Path) -> None:
    made = engrave(edition, tmp_path / "out.pdf", options=options(select=("Tarn 7", "tarn 9", "No such thing")))
    assert made.articles == 2
    assert made.missing == ("No such thing",)
    word = text_of(7, 150).split()[0]  # in no title and no category: searched for
    found = engrave(edition, tmp_path / "more.pdf", options=options(select=(word,)))
    assert found.articles == 1
    assert found.missing == ()


def test_nothing_chosen_is_an_error_and_leaves_nothing(edition: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No article"):
        engrave(edition, tmp_path / "out.pdf", options=options(select=("No such thing",), masters=tmp_path / "m"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"pages": "A5"}, "Pages cannot be"),
        ({"dpi": 300}, "300 dpi"),
        ({"dpi": 601, "pages": "A4"}, "601 dpi"),
        ({"cell": 20}, "cells"),
        ({"cell": 1}, "one dot"),
        ({"check": 95}, "95.0 percent of check bytes"),
        ({"cell": 65, "pages": "A4"}, "65 pixels"),
        ({"survive": 0}, "percent"),
        ({"survive": 95}, "percent"),
        ({"budget": 1}, "hold nothing"),
        ({"form": "gif", "masters": Path("masters")}, "gif"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    changed: dict[str, Any], told: str, edition: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=told):
        engrave(edition, tmp_path / "out.pdf", options=options(**changed))
    assert not list(tmp_path.iterdir())


def test_what_stands_at_a_place_is_not_replaced_unless_it_is_said(edition: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        engrave(edition, out, options=options(select=("Tarn 7",)))
    assert out.read_text() == "mine"
    engrave(edition, out, options=options(select=("Tarn 7",), force=True))
    assert out.read_bytes().startswith(b"%PDF-1.4")
    (tmp_path / "masters").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        engrave(edition, tmp_path / "b.pdf", options=options(masters=tmp_path / "masters"))


def test_what_a_run_that_was_killed_left_is_taken_away(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.pdf.engraving").mkdir()
    (tmp_path / "out.pdf.engraving" / "data.bin").write_bytes(b"half")
    (tmp_path / ".out.pdf.partial").write_bytes(b"half")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("galactica.engrave.pages.pdf.PdfWriter.close", stop)
        with pytest.raises(KeyboardInterrupt):
            engrave(edition, tmp_path / "out.pdf", options=options(select=("Tarn 7",), masters=tmp_path / "m"))
    assert not list(tmp_path.iterdir())
    engrave(edition, tmp_path / "out.pdf", options=options(select=("Tarn 7",), masters=tmp_path / "m"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m", "out.pdf"]


def test_an_edition_with_media_says_that_they_are_left_out(tmp_path: Path) -> None:
    kept = Path(__file__).parent.parent / "compat" / "edition-v2"
    made = engrave(kept, tmp_path / "out.pdf", options=options())
    tables = json.loads((kept / "data" / "edition.json").read_text())["tables"]
    assert dict(made.left_out) == {
        name: tables[name]["count"] for name in ("files", "media", "statements") if tables[name]["count"]
    }
