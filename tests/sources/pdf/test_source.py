"""PDF files become documents whose pages are anchors; what they have no text for is told with its pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Document, MediaFile, Rejected, Work
from galactica.model.anchors import Anchors
from galactica.model.projection import outline
from galactica.refine.clean import clean
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source, recognised
from galactica.sources.pdf import source
from tests.sources.pdf.made import (
    HEIGHT,
    Made,
    lines,
    named_by_glyphs,
    page_numbers,
    pdf,
    prose,
    shown,
    shown_glyphs,
)


def items_of(folder: Path, raw: bytes, name: str = "report.pdf", **options: object) -> list[Item]:
    path = folder / name
    path.write_bytes(raw)
    with open_source(path, SourceOptions(**options)) as opened:  # type: ignore[arg-type]
        return list(opened.read())


def one(items: list[Item]) -> Document:
    (document,) = [item for item in items if isinstance(item, Document)]
    return document


def refused(items: list[Item]) -> dict[str, str]:
    return {item.reason: item.where for item in items if isinstance(item, Rejected)}


def body_of(document: Document) -> str:
    return clean(document.content, base=document.path, language="en").body


def page_of(body: str, words: str) -> str:
    projection = outline(body)
    at = projection.text.index(words)
    return dict(Anchors(projection.anchors).at(at))["page"]


def with_edges(number: int, body: str) -> str:
    return shown("Annual report of the river board", 72, 800) + body + shown(str(number), 300, 30)


def test_a_short_file_is_one_document_whose_words_stand_on_their_pages(tmp_path: Path) -> None:
    pages = [with_edges(n, lines([f"Chapter page {n} begins.", *prose(20, seed=n)])) for n in range(1, 5)]
    document = one(items_of(tmp_path, pdf(pages, info="/Title (Rivers of the north) /Author (Ada Lind)")))
    assert (document.path, document.title, document.creators) == ("report.pdf", "Rivers of the north", ("Ada Lind",))
    body = body_of(document)
    assert [page_of(body, f"Chapter page {n}") for n in range(1, 5)] == ["1", "2", "3", "4"]
    assert "Annual report" not in body
    assert dict(document.dropped) == {"pdf:header": 4, "pdf:page-number": 4}


def test_pages_are_called_by_their_labels(tmp_path: Path) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 214 >>] >>"
    pages = [lines([f"Leaf {n} of the book.", *prose(5, seed=n)]) for n in range(4)]
    body = body_of(one(items_of(tmp_path, pdf(pages, catalogue=labels))))
    assert [page_of(body, f"Leaf {n}") for n in range(4)] == ["i", "ii", "214", "215"]


def test_pages_are_numbered_where_their_labels_are_all_the_same(tmp_path: Path) -> None:
    labels = "/PageLabels << /Nums [0 << /P (x) >>] >>"
    pages = [lines([f"Leaf {n} of the book.", *prose(5, seed=n)]) for n in range(4)]
    body = body_of(one(items_of(tmp_path, pdf(pages, catalogue=labels))))
    assert page_of(body, "Leaf 3") == "4"


def test_a_long_file_with_bookmarks_is_a_work_with_a_part_for_each(tmp_path: Path) -> None:
    made = Made()
    titles = ("Rain", "Snow", "Ice")
    marks = [made.add("null") for _ in titles]
    root = made.add(f"<< /Type /Outlines /First {marks[0]} 0 R /Last {marks[-1]} 0 R /Count 3 >>")
    numbers = page_numbers(made, 24)
    for at, (mark, title) in enumerate(zip(marks, titles, strict=True)):
        near = f"/Next {marks[at + 1]} 0 R" if at < 2 else ""
        made.objects[mark] = (
            f"<< /Title ({title}) /Parent {root} 0 R {near} /Dest [{numbers[2 + 7 * at]} 0 R /XYZ 72 720 0] >>".encode()
        )
    pages = [lines([f"Front matter {n}."]) if n < 2 else lines(prose(12, seed=n)) for n in range(24)]
    for at, title in enumerate(titles):
        pages[2 + 7 * at] = shown(title, 72, 715, 16) + pages[2 + 7 * at]
    items = items_of(tmp_path, pdf(pages, made=made, catalogue=f"/Outlines {root} 0 R", info="/Title (Weather)"))
    (work,) = [item for item in items if isinstance(item, Work)]
    parts = [item for item in items if isinstance(item, Document)]
    assert (work.path, work.title, work.kind) == ("report.pdf", "Weather", "report")
    assert [(part.title, part.part, part.path) for part in parts] == [
        ("Weather", 1, "report.pdf"),
        ("Rain", 2, "report.pdf/2"),
        ("Snow", 3, "report.pdf/3"),
        ("Ice", 4, "report.pdf/4"),
    ]
    assert {part.work for part in parts} == {"report.pdf"}
    assert "Snow" not in body_of(parts[2])
    assert page_of(body_of(parts[2]), " ".join(prose(1, seed=9)[0].split()[:4])) == "10"


def test_two_columns_are_read_one_after_the_other_and_what_spans_them_in_its_place(tmp_path: Path) -> None:
    left = prose(18, 6, seed=1)
    right = prose(18, 6, seed=2)
    page = shown("A title that goes over both columns of this page", 110, 760, 18)
    for number in range(18):  # drawn line by line across, as some programs do
        page += shown(left[number], 72, 700 - 12 * number) + shown(right[number], 320, 700 - 12 * number)
    text = outline(body_of(one(items_of(tmp_path, pdf([page]))))).text
    flat = " ".join(text.split())
    assert flat.endswith(" ".join([*left, *right]))


def test_broken_words_are_put_together_as_the_file_spells_them(tmp_path: Path) -> None:
    texts = [
        "Rivers bring a well-known sediment and a landscape to the coast of it, and the well-",
        "known sediment covers all the land and the hills of this long and winding land-",
        "scape until it is gone into the sea which is deep and cold and far from all the Anglo-",
        "American towns of the coast where nobody has seen it or heard of it for many days.",
    ]
    document = one(items_of(tmp_path, pdf([lines(texts)])))
    text = outline(body_of(document)).text
    assert "the well-known sediment covers" in text
    assert "winding landscape until" in text
    assert "Anglo-American towns" in text
    assert dict(document.dropped) == {"pdf:hyphen-undone": 1}


def test_a_link_keeps_where_it_leads(tmp_path: Path) -> None:
    made = Made()
    link = made.add(
        f"<< /Type /Annot /Subtype /Link /Rect [70 {HEIGHT - 145} 140 {HEIGHT - 130}] "
        "/A << /S /URI /URI (https://example.org/a?b=1&c=2) >> >>"
    )
    raw = pdf([lines(["Example leads elsewhere, and this does not."])], made=made, page=f"/Annots [{link} 0 R]")
    assert '<a href="https://example.org/a?b=1&amp;c=2">Example' in body_of(one(items_of(tmp_path, raw)))


def test_raised_figures_are_powers_and_not_digits(tmp_path: Path) -> None:
    page = shown("The lake holds 10", 72, 700) + shown("6", 148.5, 704, 6) + shown("cubic metres.", 156, 700)
    assert "10^6 cubic metres" in outline(body_of(one(items_of(tmp_path, pdf([page]))))).text


def test_a_ruled_table_has_its_rows_and_cells(tmp_path: Path) -> None:
    page = lines(prose(4), y=780)
    for x in (72, 172, 272):
        page += f"{x} 640 m {x} 700 l S\n"
    for y in (640, 660, 680, 700):
        page += f"72 {y} m 272 {y} l S\n"
    for row, (name, count) in enumerate((("River", "Length"), ("Elbe", "1094"), ("Oder", "840"))):
        page += shown(name, 80, 686 - 20 * row) + shown(count, 180, 686 - 20 * row)
    body = body_of(one(items_of(tmp_path, pdf([page]))))
    assert "<td>Elbe</td><td>1094</td></tr>" in body
    assert outline(body).text.endswith("River\tLength\nElbe\t1094\nOder\t840")


def test_a_turned_page_and_turned_text_are_read(tmp_path: Path) -> None:
    page = shown("Down the margin it says this.", 560, 400, matrix="0 -1 1 0") + lines(prose(6))
    text = outline(body_of(one(items_of(tmp_path, pdf([page], page="/Rotate 90"))))).text
    assert "Down the margin it says this." in text
    assert " ".join(prose(6)) in " ".join(text.split())


def test_a_word_across_the_page_is_one_and_stands_after_the_text(tmp_path: Path) -> None:
    across = shown("DRAFT", 150, 300, 80, matrix="0.7071 0.7071 -0.7071 0.7071")
    text = outline(body_of(one(items_of(tmp_path, pdf([across + lines(prose(30))]))))).text
    assert text.split("\n")[-1] == "DRAFT"
    assert " ".join(prose(30)) in " ".join(text.split())


def test_text_in_han_has_no_spaces_of_its_own(tmp_path: Path) -> None:
    made = Made()
    text = "河水流向大海带来泥沙"
    font, codes = named_by_glyphs(made, text)
    apart = "4 Tc " + shown_glyphs(codes, 72, 500, 12)
    found = outline(body_of(one(items_of(tmp_path, pdf([apart], made=made, fonts=f"/F9 {font} 0 R"))))).text
    assert found == text


def test_hebrew_is_in_the_order_in_which_it_is_read(tmp_path: Path) -> None:
    made = Made()
    text = "לפי סעיף 15(ב) לחוק"
    visual = "קוחל )ב(15 ףיעס יפל"
    font, codes = named_by_glyphs(made, visual)
    raw = pdf([shown_glyphs(codes, 200, 500, 12)], made=made, fonts=f"/F9 {font} 0 R")
    assert outline(body_of(one(items_of(tmp_path, raw)))).text == text


def test_text_without_letters_is_told_and_not_taken_in(tmp_path: Path) -> None:
    made = Made()
    font, codes = named_by_glyphs(made, "".join(prose(8)), letters=False)
    garbled = "".join(shown_glyphs(codes[n * 120 : n * 120 + 120], 72, 700 - 14 * n, 6) for n in range(8))
    pages = [lines(prose(6)), garbled, garbled, lines(prose(6, seed=3))]
    items = items_of(tmp_path, pdf(pages, made=made, fonts=f"/F9 {font} 0 R"))
    assert refused(items) == {"no-letters": "report.pdf: page 2–3"}
    assert outline(body_of(one(items))).text.count("\n") <= 3


def test_pages_without_text_are_counted_by_what_they_are(tmp_path: Path) -> None:
    pages = [lines(prose(6)), "10 10 m 300 500 l S", "", "10 10 m 300 500 l S"]
    items = items_of(tmp_path, pdf(pages))
    assert refused(items) == {"pictures-only": "report.pdf: page 2, 4"}
    assert "2 of 4 pages (2, 4)" in next(item.detail for item in items if isinstance(item, Rejected))


def test_a_file_of_pictures_only_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pictures-only .*have no text"):
        items_of(tmp_path, pdf(["10 10 m 300 500 l S"] * 3))


@pytest.mark.parametrize("raw", [b"%PDF-1.7\nnothing", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_what_only_begins_like_a_pdf_is_refused_in_words(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(InputError, match="cannot be read as pdf"):
        items_of(tmp_path, raw)


def test_a_file_that_is_attached_is_told(tmp_path: Path) -> None:
    made = Made()
    held = made.stream(b"x,y", "/Type /EmbeddedFile")
    spec = made.add(f"<< /Type /Filespec /F (data.csv) /UF (data.csv) /EF << /F {held} 0 R >> >>")
    names = f"/Names << /EmbeddedFiles << /Names [(data.csv) {spec} 0 R] >> >>"
    items = items_of(tmp_path, pdf([lines(prose(3))], made=made, catalogue=names))
    assert refused(items) == {"unsupported": "report.pdf: attached data.csv"}


def test_a_pdf_is_known_wherever_its_mark_stands_and_read_packed(tmp_path: Path) -> None:
    import gzip

    raw = pdf([lines(["Packed words."])])
    path = tmp_path / "a.txt"
    path.write_bytes(b"junk before\n" + raw)
    assert recognised(path).name == "pdf"
    assert "Packed words." in one(items_of(tmp_path, gzip.compress(raw), "b.pdf.gz")).content
    assert one(items_of(tmp_path, gzip.compress(raw), "b.pdf.gz")).path == "b.pdf"


def test_the_file_itself_is_kept_where_it_is_asked_for_and_its_articles_link_to_its_page(tmp_path: Path) -> None:
    raw = pdf(["", lines(["Words on the second page."])])
    folder = tmp_path / "shelf"
    folder.mkdir()
    items = items_of(folder, raw, "a b.pdf", keep_files=True)
    (kept,) = [item for item in items if isinstance(item, MediaFile)]
    assert (kept.path, kept.mime, kept.content) == ("a b.pdf/a b.pdf", "application/pdf", raw)
    assert '<a href="./a%20b.pdf/a%20b.pdf#page=2">a b.pdf, p. 2</a>' in body_of(one(items))
    assert not [item for item in items_of(folder, raw) if isinstance(item, MediaFile)]


def test_a_file_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    place = tmp_path / os.fsdecode(b"r\xff.pdf")
    try:
        place.write_bytes(pdf([lines(["Words of it."])]))
    except OSError:
        pytest.skip("this file system has names in Unicode only")
    with open_source(place) as opened:
        assert "Words of it." in one(list(opened.read())).content


def child_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> bytes:
    """A stand-in for the child: `tell`, `start`, `page(n)`, and whatever it does to itself."""
    script = tmp_path / "child.py"
    script.write_text(
        "import os, sys, time\n"
        "from galactica.sources.child_message import ChildMessage, Teller\n"
        "from galactica.sources.pdf.page import PdfFacts, PdfLine, PdfPage, PdfSpan, packed_value\n"
        "tell, start = Teller(sys.stdout.buffer).tell, int(sys.argv[2])\n"
        "def page(n):\n"
        "    line = PdfLine(spans=(PdfSpan(text=f'Words {n}.'),), left=0, top=0, right=9, bottom=9, base=400, size=9)\n"
        "    content = packed_value(PdfPage(width=600, height=800, lines=(line,), order=(('l', 0),), letters=8))\n"
        "    tell(ChildMessage(kind='page', number=n, content=content))\n"
        "tell(ChildMessage(kind='metadata', path='facts', content=packed_value(PdfFacts())))\n"
        "tell(ChildMessage(kind='ready', number=4, size=10))\n" + body
    )
    monkeypatch.setattr(source, "COMMAND", (sys.executable, "-P", str(script)))
    return pdf(["", "", "", ""])


def test_a_page_that_kills_pdfium_is_rejected_and_the_rest_is_read(tmp_path: Path, monkeypatch) -> None:
    body = "for n in range(start, 4):\n    if n == 1: os.abort()\n    page(n)\ntell(ChildMessage(kind='end'))"
    items = items_of(tmp_path, child_that(tmp_path, monkeypatch, body))
    text = outline(body_of(one(items))).text
    assert all(f"Words {n}." in text for n in (0, 2, 3))
    assert refused(items) == {"unreadable": "report.pdf: page 2"}


def test_a_page_on_which_pdfium_never_answers_is_given_up(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(source, "SILENCE_SECONDS", 0.5)
    body = "for n in range(start, 4):\n    if n == 2: time.sleep(60)\n    page(n)\ntell(ChildMessage(kind='end'))"
    items = items_of(tmp_path, child_that(tmp_path, monkeypatch, body))
    assert refused(items) == {"unreadable": "report.pdf: page 3"}
    assert "did not answer" in next(item.detail for item in items if isinstance(item, Rejected))


def test_a_child_that_tells_what_is_no_page_is_not_believed(tmp_path: Path, monkeypatch) -> None:
    body = "tell(ChildMessage(kind='page', number=0, content=b'{\"width\": []}'))\ntell(ChildMessage(kind='end'))"
    with pytest.raises(InputError, match="makes no sense"):
        items_of(tmp_path, child_that(tmp_path, monkeypatch, body))


def test_a_page_that_wants_too_much_memory_is_rejected(tmp_path: Path, monkeypatch) -> None:
    body = (
        "from galactica.sources.child_frame import bound_memory\n"
        "bound_memory(200 * 2**20)\n"
        "for n in range(start, 4):\n    x = bytearray(2**30) if n == 1 else b''\n    page(n)\n"
        "tell(ChildMessage(kind='end'))"
    )
    items = items_of(tmp_path, child_that(tmp_path, monkeypatch, body))
    if sys.platform == "linux":
        assert refused(items) == {"unreadable": "report.pdf: page 2"}
