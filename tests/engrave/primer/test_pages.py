"""Pages: nothing is cut off, what is written can be found again, the same facts give the same dots."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PIL")
pytest.importorskip("segno")
pytest.importorskip("zopfli")

from galactica.engrave.primer.document import (
    Listing,
    Piece,
    PrimerFigure,
    PrimerHeading,
    PrimerParagraph,
    Symbols,
    h1,
    listing,
    p,
)
from galactica.engrave.primer.fonts import Fonts
from galactica.engrave.primer.pages import Primer, primer_pages
from galactica.engrave.primer.typesetting import PAGE_MM, broken_lines, set_pages
from galactica.errors import UsageError
from tests.engrave.primer.made import facts

WIDTH, HEIGHT = 827, 1169


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts()


@pytest.fixture(scope="module")
def primer() -> Primer:
    return Primer(facts(width_px=WIDTH, height_px=HEIGHT), codes=False)


def test_pages_have_the_size_asked_for_and_ink_only_inside_their_margins(primer: Primer) -> None:
    edge = round(WIDTH * 6 / PAGE_MM)
    for page in primer.pages():
        assert page.picture.shape == (HEIGHT, WIDTH)
        assert page.picture.dtype == np.bool_
        inner = page.picture[edge:-edge, edge:-edge]
        assert 0.001 < inner.mean() < 0.5
        assert page.picture.sum() == inner.sum()


def test_pages_are_counted_and_say_what_stands_on_them(primer: Primer) -> None:
    pages = list(primer.pages())
    assert [page.number for page in pages] == list(range(1, len(primer) + 1))
    assert {page.count for page in pages} == {len(primer)}
    assert pages[0].text[0] == "1. What this is"
    everything = "\n".join(line for page in pages for line in page.text)
    assert "for each picture:" in everything
    assert "Table L. Row: first sign of a" in everything


def test_the_same_facts_give_the_same_pages() -> None:
    one, other = (Primer(facts(width_px=413, height_px=585), codes=False) for _ in range(2))
    assert [page.picture.tobytes() for page in one.pages()] == [page.picture.tobytes() for page in other.pages()]


@pytest.mark.parametrize(("width", "height"), [(600, 800), (900, 600)])
def test_other_shapes_of_pages_hold_all_of_it_within_their_margins(width: int, height: int, primer: Primer) -> None:
    made = list(Primer(facts(width_px=width, height_px=height), codes=False).pages())
    lines = [line for page in primer.pages() for line in page.text]
    assert [line for page in made for line in page.text] == lines
    for page in made:
        assert not page.picture[:, :10].any()
        assert not page.picture[:, -10:].any()
        assert not page.picture[-8:].any()


def test_line_breaks_do_not_depend_on_the_resolution(primer: Primer) -> None:
    other = Primer(facts(width_px=WIDTH // 2, height_px=HEIGHT // 2), codes=False)
    lines = [line for page in primer.pages() for line in page.text]
    assert [line for page in other.pages() for line in page.text] == lines


def test_pages_too_coarse_for_codes_are_refused() -> None:
    with pytest.raises(UsageError, match="too coarse"):
        next(iter(primer_pages(facts(width_px=600, height_px=840))))


def test_no_line_is_wider_than_the_text(fonts: Fonts) -> None:
    long = "antidisestablishmentarianism" * 12
    for line in broken_lines(f"a word {long} and 人" + "民" * 90, fonts, 4.1, 100.0):
        assert (fonts.for_text(line, 100) or fonts.text(100)).getlength(line) * 4.1 / 100 <= 100.0


def test_a_heading_is_not_left_alone_at_the_end_of_a_page() -> None:
    pieces: list[Piece] = [h1("One"), *(p("word " * 150) for _ in range(9)), PrimerHeading(level=2, text="Two")]
    pieces.append(p("word " * 30))
    for page in set_pages(pieces, Fonts(), height=297.0):
        assert page[-1].text != "Two"


def test_a_listing_longer_than_a_page_goes_on_on_the_next_one_whole() -> None:
    lines = tuple(f"line {number}" for number in range(200))
    placed = [each for page in set_pages([listing(*lines)], Fonts(), height=297.0) for each in page]
    assert [each.text for each in placed] == list(lines)


def test_a_line_that_would_be_cut_off_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than"):
        Listing(lines=("x" * 109,))


def test_a_language_is_named_and_not_drawn_as_boxes_where_no_font_has_its_letters(primer: Primer) -> None:
    fonts = Fonts()
    drawn = "\n".join(line for page in primer.pages() for line in page.text)
    for text, english in (("私たちは", "Japanese"), ("我们", "Chinese")):
        if not fonts.can_draw(text):
            assert text not in drawn
            assert english in drawn


def test_scripts_that_need_shaping_are_left_out_without_a_shaper() -> None:
    fonts = Fonts()
    fonts.shaper = False
    assert not fonts.can_draw("\u0645\u0627\u0621")
    assert fonts.can_draw("water")


def test_a_title_in_letters_that_no_font_has_is_not_drawn_as_boxes() -> None:
    fonts = Fonts()
    assert fonts.drawable("Tarns") == "Tarns"
    assert fonts.drawable("T\U0010fffd") == "T?"


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    from galactica.errors import MissingError

    bad = tmp_path / "letters.ttf"
    bad.write_bytes(b"none")
    with pytest.raises(MissingError, match=r"letters\.ttf"):
        Fonts([bad]).for_text("\u4eba\U0010fffd", 20)


def test_squares_of_codes_are_four_dots_wide_at_least() -> None:
    from galactica.engrave.primer.drawing import PageArtist
    from galactica.engrave.primer.typesetting import PlacedPiece

    shape = Symbols(rows=("101", "010", "101"), x=0.0, y=0.0, module=0.01)
    drawn = PageArtist(300, 300, Fonts()).drawn(
        [PlacedPiece(x=10.0, y=10.0, figure=PrimerFigure(shapes=(shape,), height=5.0))]
    )
    rows, columns = np.nonzero(drawn)
    assert [int(np.ptp(each)) + 1 for each in (rows, columns)] == [12, 12]


def test_text_in_another_language_keeps_its_tag() -> None:
    placed = set_pages([PrimerParagraph(text="aqua", language="la")], Fonts(), height=297.0)
    assert placed[0][0].language == "la"


def test_without_font_packages_all_is_drawn_with_what_pillow_carries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galactica.engrave.primer.fonts._found", lambda role: None)
    pages = list(Primer(facts(width_px=WIDTH, height_px=HEIGHT), codes=False).pages())
    drawn = " ".join(line for page in pages for line in page.text)
    assert "We wrote these pages for people we will never meet." in drawn
    assert "Hindi" in drawn
    assert all(page.picture.any() for page in pages)
