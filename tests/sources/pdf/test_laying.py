"""Grids of lines, tags, headings and paragraphs: what is made of lines once they are found."""

from __future__ import annotations

from collections import Counter

from galactica.sources.pdf.articles import kept_path
from galactica.sources.pdf.blocks import Block, Blocks
from galactica.sources.pdf.documents import page_ranges
from galactica.sources.pdf.garbled import plausible
from galactica.sources.pdf.headings import Headings, Looks
from galactica.sources.pdf.hyphens import Spellings
from galactica.sources.pdf.native_page import Element
from galactica.sources.pdf.page import OutlineEntry, PdfLine, PdfSpan
from galactica.sources.pdf.paragraphs import footnotes
from galactica.sources.pdf.parts import parts_of
from galactica.sources.pdf.rulings import grids
from galactica.sources.pdf.tags import marks_of, tables_of
from galactica.sources.pdf.view import PageView, turned_box

SENTENCE = "Rivers run to the sea and carry sand and stones and all that falls into them."


def line(text: str, base: float, left: float = 50, right: float = 500, size: float = 10, **more: object) -> PdfLine:
    given = {"top": base - 8, "bottom": base + 2, **more}
    return PdfLine(spans=(PdfSpan(text=text),), base=base, size=size, left=left, right=right, **given)  # type: ignore[arg-type]


def made(lines: list[PdfLine], outline: tuple[OutlineEntry, ...] = ()) -> list[tuple[str, str]]:
    looks = Looks()
    looks.learn([*lines, *(line(SENTENCE, 900 + n) for n in range(40))])
    blocks = Blocks(Spellings(), Counter())
    found = [*blocks.page(0, "1", lines, Headings(looks, outline).of_page(0, lines)), *blocks.finish()]
    return [(block.kind, block.html.replace('<span id="page:1"></span>', "")) for block in found]


def test_lines_that_cross_are_a_grid_and_a_cell_reaches_as_far_as_no_line_parts_it() -> None:
    lying = [(0, y, 200, y) for y in (0, 20, 40)]
    standing = [(0, 0, 0, 40), (200, 0, 200, 40), (100, 20, 100, 40)]
    (grid,) = grids([*lying, *standing])
    assert grid.cells == ((0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1))
    assert grid.cell_at(150, 30) == 2


def test_lines_that_run_one_way_are_no_grid() -> None:
    assert list(grids([(0, y, 200, y) for y in range(0, 200, 20)])) == []


def test_a_line_is_told_to_be_the_innermost_element_but_for_parts_of_an_item() -> None:
    item = Element("LI", (Element("Lbl", (3,)), Element("LBody", (Element("P", (4,)),))))
    marks = marks_of([Element("Document", (Element("H1", (1,)), Element("P", (2,)), Element("L", (item,))))])
    assert [marks[number][0] for number in (1, 2, 3, 4)] == ["H1", "P", "LI", "LI"]
    assert marks[3][1] == marks[4][1]


def test_a_tagged_table_has_its_rows_and_headings() -> None:
    row = Element("TR", (Element("TH", (1,)), Element("TD", (Element("P", (2,)),))))
    tree = [Element("Document", (Element("Table", (Element("TBody", (row, row)),)),))]
    (table,) = tables_of(tree)
    assert table.rows == (((True, (1,)), (False, (2,))),) * 2
    assert list(tables_of([Element("Table", (row,))])) == []


def test_a_paragraph_ends_at_white_at_a_list_and_where_its_last_line_is_short() -> None:
    lines = [
        line("Rivers run to the sea and", 100),
        line("carry sand.", 112, right=100),
        line("Rain falls on the hills and", 124),
        line("runs down.", 136, right=100),
        line("After some white.", 170, right=130),
        line("• one thing", 182, right=100),
        line("• another", 194, right=100),
    ]
    assert made(lines) == [
        ("p", "Rivers run to the sea and carry sand."),
        ("p", "Rain falls on the hills and runs down."),
        ("p", "After some white."),
        ("li", "one thing"),
        ("li", "another"),
    ]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    lines = [line("It begins in one column and", 100), line("ends in the other.", 100, left=520, right=700, column=1)]
    assert made(lines) == [("p", "It begins in one column and ends in the other.")]


def test_a_note_at_the_foot_of_a_page_does_not_part_the_paragraph_that_goes_on_after_it() -> None:
    page = [
        line(SENTENCE, 100),
        line("and where they", 112),
        line("* A note.", 140, size=8),
        line("Its end.", 150, size=8),
    ]
    assert footnotes(page, 10) == [2, 3]
    blocks = Blocks(Spellings(), Counter())
    found = [
        *blocks.page(0, "1", page[:2], {}, page[2:]),
        *blocks.page(1, "2", [line("meet the tide.", 100)], {}),
        *blocks.finish(),
    ]
    assert [block.kind for block in found] == ["note", "p"]
    assert found[-1].html.endswith('and where they <span id="page:2"></span>meet the tide.')


def test_headings_are_told_by_bookmarks_whatever_they_look_like() -> None:
    lines = [line("1 The rivers", 100, right=120), line(SENTENCE, 124)]
    assert made(lines, (OutlineEntry(level=0, title="The rivers", page=0),))[0] == ("heading", "1 The rivers")
    assert made(lines)[0][0] == "p"


def test_headings_are_told_by_size_and_lines_of_a_list_of_contents_are_none() -> None:
    lines = [
        line("Rivers", 100, right=120, size=16),
        line("1 Rain . . . . . . 7", 130, size=12),
        line(SENTENCE, 150),
    ]
    assert [kind for kind, _ in made(lines)] == ["heading", "p", "p"]


def block(text: str, page: int, level: int = -1) -> Block:
    return Block(text, "p" if level < 0 else "heading", text if level >= 0 else "", max(level, 0), -1, page)


def test_a_long_file_is_parted_by_the_highest_headings_of_which_there_are_two() -> None:
    blocks = [
        block("A book", 0, 0),
        block("x", 0),
        block("One", 1, 1),
        block("y", 9),
        block("Two", 20, 1),
        block("z", 29),
    ]
    parts = parts_of(blocks, 30)
    assert [(part.title, part.page, len(part.blocks)) for part in parts] == [
        ("A book", 0, 1),
        ("One", 1, 1),
        ("Two", 20, 1),
    ]
    assert len(parts_of(blocks, 10)) == 1


def test_a_very_long_part_is_parted_again_below_its_own_heading() -> None:
    blocks = [block("One", 0, 0), block("intro", 0), block("Two", 90, 0)]
    blocks[2:2] = [block("a", 10, 1), block("x", 40), block("b", 50, 1), block("y", 89)]
    told = [(part.title, part.above) for part in parts_of(blocks, 100)]
    assert told == [("One", ()), ("a", ("One",)), ("b", ("One",)), ("Two", ())]


def test_a_long_file_without_headings_is_cut_by_pages() -> None:
    parts = parts_of([block("x", page) for page in range(90)], 90)
    assert [part.page for part in parts] == [0, 20, 40, 60, 80]


def test_codes_in_the_place_of_letters_are_told_from_letters() -> None:
    assert plausible("the river runs down to the sea")
    assert plausible("メニューの「スタート」から削除")
    assert not plausible("WKH ULYHU UXQV GRZQ WR WKH VHD")
    assert not plausible("a\ufffdb\ufffdc")
    assert not plausible("Ԕ ϸЇ ΰÎ ߙ Ψ ϣ ķ ϙ ʆ")
    assert not plausible("킜킰톁톁킰킜킰톁톈톂킰킱킘킷킼")


def test_pages_that_follow_each_other_are_told_as_a_range() -> None:
    assert page_ranges([0, 2, 3, 4], ("i", "ii", "1", "2", "3")) == "i, 1–3"
    assert page_ranges(range(0, 60, 2), tuple(map(str, range(60)))).endswith(", …")


def test_a_turned_page_is_seen_upright() -> None:
    view = PageView((0, 0, 600, 800), 1)
    assert (view.width, view.height) == (800, 600)
    assert view.box(10, 20, 30, 25) == (20, 10, 25, 30)
    assert view.turn((0, 1)) == 0
    assert turned_box((10, 20, 30, 40), 1) == (20, -30, 40, -10)
    assert PageView((0, 0, 600, 800), 2).point(600, 0) == (0, 0)


def test_a_file_that_is_kept_lies_below_its_article() -> None:
    assert kept_path("shelf/a.pdf") == "shelf/a.pdf/a.pdf"
