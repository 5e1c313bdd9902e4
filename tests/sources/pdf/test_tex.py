"""Signs of TeX's fonts that a file gives no letter for: they are no numbers and no letters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from galactica.sources.pdf.garbled import without_letters
from galactica.sources.pdf.signs import UNKNOWN
from galactica.sources.pdf.tex import tex_sign, with_signs_of_tex
from galactica.sources.pdf.words import Glyph, glyphs_of
from tests.sources.pdf.test_words import LOOK, VIEW, letter

SIGNS = replace(LOOK, font="ABCDEF+CMSY10")


def told(*letters: tuple[str, float, bool]) -> list[Glyph]:
    """The characters at their places, the third of each says whether it is in the font of signs."""
    made = [letter(char, x, look=SIGNS if sign else LOOK) for char, x, sign in letters]
    return with_signs_of_tex(glyphs_of([replace(each, unknown=each.object is SIGNS) for each in made], VIEW, Counter()))


def texts(glyphs: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


@pytest.mark.parametrize(
    ("char", "font", "sign"),
    [
        ("k", "CMSY8", "‖"),
        ("h", "XYZABC+CMBSY10", "⟨"),
        ("=", "CMSY10", "ℑ"),
        ("(", "MSBM10", "⊊"),
        ("\x04", "MSAM10", "□"),
        ("A", "CMSY10", ""),
        ("∈", "CMSY10", ""),
        ("6", "CMR10", ""),
        ("6", "CMSY10Extended", ""),
    ],
)
def test_a_digit_or_small_letter_of_a_font_of_signs_is_the_sign(char: str, font: str, sign: str) -> None:
    assert tex_sign(ord(char), font) == sign


def test_a_stroke_goes_through_the_next_sign_or_the_one_it_is_printed_on() -> None:
    assert texts(told(("x", 50, False), ("6", 60, True), ("=", 60, False), ("y", 70, False))) == "x≠y"
    assert texts(told(("x", 50, False), ("=", 60, False), ("6", 60, True), ("y", 70, False))) == "x≠y"


def test_a_foot_and_an_arrow_are_one() -> None:
    assert texts(told(("7", 50, True), ("→", 50, True), ("y", 70, False))) == "↦y"
    assert texts(told(("7", 50, True), ("y", 54, False))) == "↦y"


def test_a_stroke_that_stands_alone_is_kept() -> None:
    assert texts(told(("6", 50, True))) == "\u0338"


def test_signs_that_are_known_are_not_taken_for_garbled_text() -> None:
    glyphs = told(("h", 50, True), ("x", 56, False), ("i", 62, True))
    assert without_letters(glyphs) == 0
    assert texts(glyphs) == "⟨x⟩"
    assert UNKNOWN not in texts(glyphs)
