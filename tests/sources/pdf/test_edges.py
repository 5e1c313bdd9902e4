"""Headers, footers and page numbers are told by repetition; broken words by how the file spells them."""

from __future__ import annotations

import pytest

from galactica.sources.pdf.hyphens import Spellings
from galactica.sources.pdf.page import PdfLine, PdfPage, PdfSpan
from galactica.sources.pdf.running import EdgeLine, edge_lines, running_lines


def line(text: str, base: float, size: float = 10, **more: object) -> PdfLine:
    given = {"left": 50.0, "right": 550.0, "top": base - 8, "bottom": base + 2, **more}
    return PdfLine(spans=(PdfSpan(text=text),), base=base, size=size, **given)  # type: ignore[arg-type]


def page(*lines: PdfLine) -> PdfPage:
    order = tuple(("l", at) for at in range(len(lines)))
    return PdfPage(width=600, height=800, lines=lines, order=order, letters=9)


def left_out(pages: list[PdfPage], labels: tuple[str, ...] = ()) -> list[str]:
    edges = [edge for number, each in enumerate(pages) for edge in edge_lines(number, each)]
    found = running_lines(edges, labels, 10)
    return [pages[number].lines[at].text for number in sorted(found) for at in sorted(found[number])]


def body(number: int) -> list[PdfLine]:
    return [
        line(f"Words of their own on leaf {'abcdefgh'[number]}, line {'xyz'[at]}.", 120 + 20 * at) for at in range(3)
    ]


def test_what_stands_on_three_pages_at_one_height_is_a_header() -> None:
    pages = [page(line("The rivers", 40), *body(n)) for n in range(3)]
    assert left_out(pages) == ["The rivers"] * 3


def test_what_stands_on_two_pages_stays() -> None:
    assert left_out([page(line("The rivers", 40), *body(n)) for n in range(2)]) == []


def test_numbers_that_count_up_are_page_numbers_with_words_around_them_too() -> None:
    pages = [page(*body(n), line(f"Page {n + 11} of 40", 770)) for n in range(2)]
    assert left_out(pages) == ["Page 11 of 40", "Page 12 of 40"]


def test_a_number_that_does_not_count_stays() -> None:
    assert left_out([page(*body(n), line(str(1900 + 7 * n), 770)) for n in range(2)]) == []


def test_the_label_of_a_page_is_its_number() -> None:
    pages = [page(*body(n), line(label, 770)) for n, label in enumerate(("iv", "v"))]
    assert left_out(pages, ("iv", "v")) == ["iv", "v"]


def test_a_single_page_may_have_its_number_and_other_numbered_lines_stay() -> None:
    assert left_out([page(line("Sheet1", 40), line("Chapter 1", 60), *body(0), line("Page 1", 770))]) == ["Page 1"]


def test_a_large_title_that_comes_again_stays() -> None:
    assert left_out([page(line("Rivers", 60, size=24), *body(n)) for n in range(4)]) == []


def test_the_name_of_a_short_chapter_goes_where_other_chapters_have_theirs() -> None:
    pages = [page(line("Chapter one" if n != 3 else "Chapter two", 40), *body(n)) for n in range(6)]
    assert len(left_out(pages)) == 6


def test_a_header_may_hold_several_numbers() -> None:
    pages = [page(line(f"{n + 70} 4.1. Axioms of the plane", 40), *body(n)) for n in range(3)]
    assert len(left_out(pages)) == 3


def test_rows_of_figures_at_the_top_of_pages_stay() -> None:
    pages = [page(line(f"{n} {n + 3} {n * 7} {n + 9}", 60), *body(n)) for n in range(4)]
    assert left_out(pages) == []


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the long river-", "bank of it", "the long riverbank of it"),
        ("a well-", "known name", "a well-known name"),
        ("the Anglo-", "American war", "the Anglo-American war"),
        ("in the 19-", "20 season", "in the 19-20 season"),
        ("a sedi\u00ad", "ment", "a sediment"),
        ("a state-of-the-", "art bridge", "a state-of-the-art bridge"),
        ("a half-", "built dam", "a half-built dam"),
        ("and so -", "on", None),
    ],
)
def test_broken_words_are_joined_as_the_file_spells_them(before: str, after: str, joined: str | None) -> None:
    spellings = Spellings()
    spellings.learn(page(line("A riverbank and a well-known half-timbered house, built of wood", 100)))
    assert spellings.joined(before, after) == joined


def test_what_a_form_says_on_each_page_is_no_header_though_its_numbers_alone_differ() -> None:
    pages = [page(line(f"Pressure of the main pump: {n + 1}.{3 * n} bar", 40), *body(n)) for n in range(4)]
    assert left_out(pages) == []


def test_one_number_that_goes_with_the_pages_is_allowed_in_a_header_and_another_that_differs_is_not() -> None:
    assert len(left_out([page(line(f"Log of the ship, leaf {n + 7} of 40", 40), *body(n)) for n in range(3)])) == 3
    assert left_out([page(line(f"Tank {5 * n}, level of leaf {n + 7}", 40), *body(n)) for n in range(3)]) == []


def test_lines_are_not_each_put_beside_all_others() -> None:
    class Counted(str):
        compared = 0

        def __eq__(self, other: object) -> bool:
            Counted.compared += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    many = 300
    edges = [
        EdgeLine(n, 0, "top", 40.0, 9.0, "Page # of #", Counted(f"Page {7 * n} of {3 * n}"), False) for n in range(many)
    ]
    assert running_lines(edges, (), 10.0) == {n: {} for n in range(many)}
    assert Counted.compared < 20 * many


def test_pages_numbered_in_roman_have_a_header() -> None:
    pages = [page(line(f"Log {label}", 40), *body(n)) for n, label in enumerate(("iv", "v", "vi"))]
    assert len(left_out(pages)) == 3
