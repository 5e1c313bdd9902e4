"""Characters at places become words: vertical text, what is printed twice, glyphs of several letters, accents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from galactica.sources.pdf.columns import in_order
from galactica.sources.pdf.lines import lines_of
from galactica.sources.pdf.native_page import PdfLetter, TextObject
from galactica.sources.pdf.view import PageView
from galactica.sources.pdf.words import PdfWord, glyphs_of, pdf_words

VIEW = PageView((0, 0, 600, 800), 0)
LOOK = TextObject(10, (1, 0), False, False, "Made", -1, False)
SPACE = PdfLetter(0, 0, 0, 0, 0, 0, 0, False, False, None)


def letter(
    char: str, x: float, y: float = 500, wide: float = 5, size: float = 10, look: TextObject = LOOK
) -> PdfLetter:
    return PdfLetter(ord(char), x, y - 0.2 * size, x + wide, y + 0.7 * size, x, y, False, False, look)


def texts(letters: Iterable[PdfLetter]) -> tuple[list[str], Counter[str]]:
    dropped: Counter[str] = Counter()
    words = pdf_words(glyphs_of(letters, VIEW, dropped), (), VIEW)
    lines = [line.text for column in in_order(words) for line in lines_of(column, 0)]
    return lines, dropped


def test_han_below_each_other_is_vertical_text_from_the_right() -> None:
    down = [letter(char, 400, 700 - 11 * at, 10) for at, char in enumerate("河水流向")]
    next_down = [letter(char, 380, 700 - 11 * at, 10) for at, char in enumerate("大海带来")]
    assert texts([*next_down, *down])[0] == ["河水流向", "大海带来"]


def test_what_is_printed_twice_at_nearly_one_place_is_read_once() -> None:
    bold = [letter(char, 50 + 5 * at) for at, char in enumerate("bold")]
    again = [letter(char, 50.4 + 5 * at) for at, char in enumerate("bold")]
    lines, dropped = texts([*bold, SPACE, *again])
    assert lines == ["bold"]
    assert dropped == {"pdf:printed-twice": 4}


def test_letters_that_come_twice_in_a_word_are_kept() -> None:
    assert texts([letter(char, 50 + 2.2 * at, wide=2.2) for at, char in enumerate("illi")])[0] == ["illi"]


def test_what_lies_off_the_page_is_counted() -> None:
    lines, dropped = texts([letter("a", 50), letter("b", 900), letter("c", 55, -50)])
    assert lines == ["a"]
    assert dropped == {"pdf:off-page": 2}


def test_a_gap_without_a_space_parts_words_and_a_small_one_does_not() -> None:
    near = [letter("a", 50), letter("b", 55.4), letter("c", 64.5)]
    assert texts(near)[0] == ["ab c"]


def test_an_accent_that_is_printed_over_a_letter_belongs_to_it() -> None:
    assert texts([letter("¨", 50.5, wide=4), letter("u", 50), letter("b", 55), letter("e", 60), letter("r", 65)])[
        0
    ] == ["über"]


def test_a_glyph_of_several_arabic_letters_is_turned_the_right_way_round() -> None:
    # PDFium gives the letters of one glyph from the last to the first
    glyph = [letter(char, 50, wide=20) for char in reversed("محمد")]
    assert texts(glyph)[0] == ["محمد"]
    assert texts([letter(char, 50, wide=6) for char in "لا"])[0] == ["لا"]


def test_words_of_another_direction_keep_their_order_in_a_line_from_the_right() -> None:
    hebrew = [letter(char, 290 - 5 * at) for at, char in enumerate("שלום")]
    latin = [letter(char, 230 + 5 * at) for at, char in enumerate("PDF")]
    number = [letter(char, 250 + 5 * at) for at, char in enumerate("17")]
    last = [letter(char, 215 - 5 * at) for at, char in enumerate("עולם")]
    assert texts([*hebrew, SPACE, *latin, SPACE, *number, SPACE, *last])[0] == ["שלום PDF 17 עולם"]


def test_small_capitals_old_figures_and_ligatures_are_letters() -> None:
    codes = (0xF76F, 0xF770, 0xF731, 0xFB01)
    assert texts([letter(chr(code), 50 + 5 * at) for at, code in enumerate(codes)])[0] == ["op1fi"]


def test_a_sign_of_a_symbol_font_is_what_it_looks_like() -> None:
    symbol = TextObject(10, (1, 0), False, False, "ABCDEF+Symbol", -1, False)
    other = TextObject(10, (1, 0), False, False, "MT-Extra", -1, False)
    assert texts([letter("\uf061", 50, look=symbol), letter("\uf0b1", 55, look=symbol)])[0] == ["α±"]
    assert texts([letter("\uf076", 50, look=other)])[0] == ["\ufffd"]


def word(text: str, x: float, y: float, wide: float = 0, size: float = 10) -> PdfWord:
    return PdfWord(
        text=text, left=x, top=y - 7.5, right=x + (wide or 5 * len(text)), bottom=y + 2.2, base=y, size=size
    )  # fmt: skip


def columns(words: list[PdfWord]) -> list[str]:
    return [" ".join(each.text for each in part) for part in in_order(words)]


def test_three_columns_are_read_one_after_the_other() -> None:
    made = [
        word(f"{name}{row}-{at}", x + 30 * at, 100 + 12 * row, 27)
        for row in range(12)
        for name, x in (("a", 50), ("b", 220), ("c", 390))
        for at in range(5)
    ]
    assert [part[0] for part in columns(made)] == ["a", "b", "c"]


def test_the_numbers_of_a_list_and_the_cells_of_a_table_make_no_columns() -> None:
    numbered = [
        each
        for row in range(10)
        for each in (
            word(f"{row}.", 50, 100 + 12 * row),
            word("an item of some length in words", 75, 100 + 12 * row, 400),
        )
    ]
    assert len(columns(numbered)) == 1
    table = [
        each
        for row in range(10)
        for each in (
            word("name" * (1 + row % 4), 50, 100 + 14 * row, 30 + 30 * (row % 4)),
            word("value" * (1 + row % 3), 300, 100 + 14 * row, 30 + 40 * (row % 3)),
        )
    ]
    assert len(columns(table)) == 1


def test_boxes_beside_each_other_are_read_as_they_are_drawn_and_rows_of_a_table_across() -> None:
    boxes = [
        word(f"{name}{row}", x, 100 + 14 * row, 60)
        for name, x in (("a", 50), ("b", 250), ("c", 450))
        for row in range(3)
    ]
    assert columns(boxes) == ["a0 a1 a2", "b0 b1 b2", "c0 c1 c2"]
    table = [word(f"{name}{row}", x, 100 + 14 * row, 60) for row in range(3) for name, x in (("a", 50), ("b", 250))]
    assert len(columns(table)) == 1


def test_columns_below_text_over_the_whole_page_are_found() -> None:
    wide = [word(f"w{row}-{at}", 50 + 33 * at, 100 + 12 * row, 30) for row in range(15) for at in range(15)]
    below = [
        word(f"{name}{row}-{at}", x + 32 * at, 320 + 12 * row, 29)
        for row in range(10)
        for name, x in (("a", 50), ("b", 320))
        for at in range(7)
    ]
    assert [part[0] for part in columns([*wide, *below])] == ["w", "a", "b"]
