"""A book in EPUB becomes a work with its chapters: in order, named, cut and linked as its contents say."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Rejected
from galactica.sources.contract import SourceOptions
from galactica.sources.epub_plan import LONG
from galactica.sources.formats import open_source, recognised
from tests.sources.books import (
    ABOUT,
    CONTAINER,
    book,
    files_of,
    left_out,
    media,
    nav,
    package,
    packed,
    page,
    parts,
    read,
    work,
)
from tests.sources.samples import PNG

Pages = dict[str, str | bytes]

TWO = {
    "nav.xhtml": nav('<li><a href="b.xhtml">Flow</a></li>'),
    "b.xhtml": page("<p>It comes.</p>"),
    "a.xhtml": page("<p>It goes.</p>"),
}


def place(items, path: str) -> tuple[int, str, tuple[str, ...]]:
    (found,) = (each for each in parts(items) if each.path == path)
    return found.part, found.title, found.headings


def written(folder: Path, files: dict[str, bytes], name: str = "tides.epub") -> Path:
    path = folder / name
    path.write_bytes(packed(files))
    return path


def test_chapters_come_in_reading_order_as_parts_of_the_work(tmp_path: Path) -> None:
    items = book(tmp_path, TWO, spine=["b.xhtml", "a.xhtml"])
    assert [(each.part, each.path, each.work) for each in parts(items)] == [
        (1, "OPS/b.xhtml", "OPS/book.opf"),
        (2, "OPS/a.xhtml", "OPS/book.opf"),
    ]
    assert (work(items).title, work(items).kind, work(items).creators) == ("Tides", "book", ("Ada Lind",))


def test_the_contents_name_chapters_and_what_stands_around_them_is_above(tmp_path: Path) -> None:
    inner = '<ol><li><a href="b.xhtml">Flow</a></li></ol>'
    listed = f'<li><span>Seas</span><ol><li><a href="a.xhtml">Ebb</a>{inner}</li></ol></li>'
    items = book(tmp_path, {"nav.xhtml": nav(listed), "a.xhtml": page("<p>1</p>"), "b.xhtml": page("<p>2</p>")})
    assert place(items, "OPS/a.xhtml") == (1, "Ebb", ("Seas",))
    assert place(items, "OPS/b.xhtml") == (2, "Flow", ("Seas", "Ebb"))


def test_the_contents_of_an_older_book_are_in_its_ncx(tmp_path: Path) -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Sea &amp; shore</text>'
        '</navLabel><content src="a.xhtml"/><navPoint><navLabel><text>Ebb</text></navLabel>'
        '<content src="b.xhtml#x"/></navPoint></navPoint></navMap></ncx>'
    )
    items = book(tmp_path, {"a.xhtml": page("<p>1</p>"), "b.xhtml": page("<p id='x'>2</p>"), "toc.ncx": ncx})
    assert place(items, "OPS/b.xhtml") == (2, "Ebb", ("Sea & shore",))


def test_a_page_with_several_chapters_is_cut_where_the_contents_say(tmp_path: Path) -> None:
    listed = "".join(f'<li><a href="a.xhtml#c{n}">Chapter {n}</a></li>' for n in (1, 2, 3))
    body = (
        '<div class="all"><h2 id="c1">Chapter 1</h2><p>One <a href="#c3">on</a>.</p><div><h2><a id="c2"></a>'
        'Chapter 2</h2><p>Two.</p></div><p>More.</p><h2>Chapter <b id="c3">3</b></h2><p>Three.</p></div>'
    )
    items = book(tmp_path, {"nav.xhtml": nav(listed), "a.xhtml": page(body)})
    assert [(each.path, each.title) for each in parts(items)] == [
        ("OPS/a.xhtml", "Chapter 1"),
        ("OPS/a.xhtml#c2", "Chapter 2"),
        ("OPS/a.xhtml#c3", "Chapter 3"),
    ]
    one, two, three = (each.content for each in parts(items))
    assert '<a href="/OPS/a.xhtml%23c3#c3">on</a>' in one
    assert "Two." in two
    assert "More." in two
    assert "Chapter" not in two.replace("<h1>", "").partition("</h1>")[2]
    assert "Three." in three


def test_sections_inside_a_chapter_are_cut_only_where_it_is_long(tmp_path: Path) -> None:
    listed = (
        '<li><a href="a.xhtml">Ebb</a><ol><li><a href="a.xhtml#s">Low</a></li>'
        '<li><a href="a.xhtml#t">High</a></li></ol></li>'
    )
    for length, expected in ((10, ["Ebb"]), (LONG, ["Ebb", "Low", "High"])):
        body = f"<p>{'x' * 500}</p><p id='s'>{'y' * length}</p><p id='t'>z</p>"
        items = book(tmp_path, {"nav.xhtml": nav(listed), "a.xhtml": page(body)})
        assert [each.title for each in parts(items)] == expected
    assert place(items, "OPS/a.xhtml#t") == (3, "High", ("Ebb",))


def test_further_pages_of_a_chapter_are_found_below_it(tmp_path: Path) -> None:
    pages = {
        "nav.xhtml": nav('<li><a href="a.xhtml">Ebb</a></li>'),
        "a.xhtml": page("<p>1</p>"),
        "b.xhtml": page("<p>2</p>", title="Tides"),
        "c.xhtml": page("<h2>Neap</h2><p>3</p>"),
    }
    items = book(tmp_path, pages)
    assert place(items, "OPS/b.xhtml") == (2, "Ebb (2)", ("Ebb",))
    assert place(items, "OPS/c.xhtml") == (3, "Neap", ("Ebb",))


def test_headings_are_kept_where_they_say_more_than_the_title(tmp_path: Path) -> None:
    pages = {
        "nav.xhtml": nav('<li><a href="a.xhtml">1. Ebb</a></li><li><a href="b.xhtml">Two</a></li>'),
        "a.xhtml": page("<h1>1 EBB</h1><h2>Low</h2><p>x</p>"),
        "b.xhtml": page("<h1>Chapter the second</h1><h2>Which is long</h2><p>y</p>"),
    }
    one, two = (each.content for each in parts(book(tmp_path, pages)))
    assert "<h1>1 EBB</h1><h2>Low</h2>" in one
    assert "<h2>Chapter the second</h2><h3>Which is long</h3>" in two


def test_links_lead_to_parts_files_and_the_world_and_broken_ones_are_counted(tmp_path: Path) -> None:
    links = ("b.xhtml", "B.XHTML#x", "../OPS/b.xhtml", "gone.xhtml", "https://a.example/x?y=1&amp;z", "javascript:x()")
    body = "".join(f'<p><a href="{link}">{n}</a></p>' for n, link in enumerate(links))
    pages = {"a.xhtml": page(body), "b.xhtml": page('<p id="x">x</p>')}
    found = parts(book(tmp_path, pages))[0]
    for shown in (
        '<a href="/OPS/b.xhtml">0</a>',
        '<a href="/OPS/b.xhtml#x">1</a>',
        '<a href="/OPS/b.xhtml">2</a>',
        "<a>3</a>",
        '<a href="https://a.example/x?y=1&amp;z">4</a>',
        "<a>5</a>",
    ):
        assert shown in found.content
    assert ("epub:link", 2) in found.dropped


def test_pictures_come_once_after_the_page_that_shows_them_first_and_the_cover_always(tmp_path: Path) -> None:
    pages: Pages = {
        "a.xhtml": page('<p><img src="P%201.png" alt="x"/></p>'),
        "b.xhtml": page('<p><img src="p 1.png" alt=""/><img src="gone.png" alt="a boat"/></p>'),
        "p 1.png": PNG,
        "c.png": PNG,
        "d.png": PNG,
    }
    items = book(tmp_path, pages, about=f'{ABOUT}<meta name="cover" content="i3"/>')
    assert media(items) == ["OPS/c.png", "OPS/p 1.png"]
    assert "a boat" in parts(items)[1].content
    assert left_out(items) == [("OPS/d.png", "not-linked")]


def test_pictures_and_texts_in_the_reading_order_are_pages(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>Moon</title><text>Full</text></svg>'
    pages: Pages = {"a.svg": svg, "b.png": PNG, "c.txt": "Plain <words>."}
    items = book(tmp_path, pages, spine=list(pages))
    assert [each.path for each in parts(items)] == ["OPS/a.svg", "OPS/b.png", "OPS/c.txt"]
    assert "<p>Full</p>" in parts(items)[0].content
    assert "Plain &lt;words&gt;." in parts(items)[2].content
    assert media(items) == ["OPS/a.svg", "OPS/b.png"]


def test_what_is_named_and_missing_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    files = files_of({"a.xhtml": page("<p>1</p>"), "b.xhtml": page("<p>2</p>")}, spine=["a.xhtml", "zzz", "b.xhtml"])
    del files["OPS/a.xhtml"]
    items = read(written(tmp_path, files))
    assert [each.path for each in parts(items)] == ["OPS/b.xhtml"]
    assert {reason for _, reason in left_out(items)} == {"broken-link"}
    assert len(left_out(items)) == 3


def test_a_foreign_page_is_read_as_its_fallback(tmp_path: Path) -> None:
    opf = package(["a.xhtml"]).replace(
        "</manifest><spine>",
        '<item id="f" href="f.xyz" media-type="x/y" fallback="i0"/></manifest><spine><itemref idref="f"/>',
    )
    files = files_of({"a.xhtml": page("<p>1</p>"), "f.xyz": "?"}) | {"OPS/book.opf": opf.encode()}
    items = read(written(tmp_path, files))
    assert [each.path for each in parts(items)] == ["OPS/a.xhtml"]
    assert ("OPS/f.xyz", "unsupported") in left_out(items)


def test_pages_beside_the_reading_order_come_after_it(tmp_path: Path) -> None:
    items = book(tmp_path, {"note.xhtml": page("<p>N</p>"), "a.xhtml": page("<p>1</p>")}, spine=["a.xhtml"])
    assert [(each.part, each.path) for each in parts(items)] == [(1, "OPS/a.xhtml"), (2, "OPS/note.xhtml")]


def test_without_a_package_pages_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    files = {f"t/p{n}.html": page(f"<p>{n}</p>").encode() for n in (10, 2)}
    items = read(written(tmp_path, files | {"META-INF/container.xml": CONTAINER.encode()}))
    assert [each.path for each in parts(items)] == ["t/p2.html", "t/p10.html"]
    assert work(items).title == "tides"


def test_renditions_are_works_and_shared_pages_come_once(tmp_path: Path) -> None:
    container = CONTAINER.replace("</rootfiles>", '<rootfile full-path="OPS/two.opf"/></rootfiles>')
    files = files_of({"a.xhtml": page("<p>1</p>"), "b.xhtml": page("<p>2</p>")}, spine=["a.xhtml"])
    files["OPS/book.opf"] = package(["a.xhtml"]).encode()
    files["OPS/two.opf"] = package(["a.xhtml", "b.xhtml"]).encode()
    items = read(written(tmp_path, files | {"META-INF/container.xml": container.encode()}))
    assert [(each.path, each.work, each.part) for each in parts(items)] == [
        ("OPS/a.xhtml", "OPS/book.opf", 1),
        ("OPS/b.xhtml", "OPS/two.opf", 1),
    ]


@pytest.mark.parametrize("name", ["book.zip", "book", "book.EPUB"])
def test_a_book_is_known_under_any_name_and_wherever_its_mimetype_stands(name: str, tmp_path: Path) -> None:
    files = files_of({"a.xhtml": page("<p>1</p>")})
    assert recognised(written(tmp_path, files, name)).name == "epub"
    late = {key: files[key] for key in sorted(files, reverse=True)}
    assert recognised(written(tmp_path, late, name)).name == "epub"


def test_in_a_folder_each_book_is_a_source_of_its_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, files_of({"a.xhtml": page(f"<p>{name}</p>")}))
    items = read(tmp_path)
    assert [each.source for each in parts(items)] == ["tides", "two/tides"]


def test_books_of_one_name_are_two_sources(tmp_path: Path) -> None:
    path = written(tmp_path, files_of({"a.xhtml": page("<p>1</p>")}))
    with open_source(path, SourceOptions(taken=(("tides", "epub"),))) as source:
        assert source.source.key == "tides (2)"
        assert {item.source for item in source.read()} == {"tides (2)"}


@pytest.mark.parametrize("files", [{"mimetype": b"application/epub+zip"}, files_of({"a.png": PNG})])
def test_a_book_without_a_page_is_refused_in_words(files: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no page"):
        open_source(written(tmp_path, files))


def test_pages_that_are_no_text_are_rejected_alone_and_nesting_without_end_is_flattened(tmp_path: Path) -> None:
    deep = page("<div>" * 5_000 + "x" + "</div>" * 5_000)
    pages: Pages = {"a.xhtml": bytes(range(256)) * 9, "b.xhtml": deep, "c.xhtml": "", "d.xhtml": page("<p>fine</p>")}
    items = book(tmp_path, pages)
    assert [each.path for each in parts(items)] == ["OPS/b.xhtml", "OPS/d.xhtml"]
    assert parts(items)[0].content.count("<div>") < 2_100
    assert "x" in parts(items)[0].content
    assert left_out(items) == [("OPS/a.xhtml", "bad-encoding"), ("OPS/c.xhtml", "empty")]


def test_what_lies_in_the_archive_besides_is_told(tmp_path: Path) -> None:
    extra = {"OPS/style.css": "p {}", "OPS/f.ttf": b"\0\1\0\0", "__MACOSX/x": b"x", "../up.xhtml": b"x"}
    items = book(tmp_path, {"a.xhtml": page("<p>1</p>")}, extra=extra)
    assert sorted(left_out(items)) == [
        ("../up.xhtml", "bad-path"),
        ("OPS/f.ttf", "unsupported"),
        ("OPS/style.css", "unsupported"),
        ("__MACOSX/x", "hidden"),
    ]
    assert all(item.detail for item in items if isinstance(item, Rejected) and item.reason == "unsupported")


def test_contents_that_name_another_folder_find_the_only_page_of_that_name(tmp_path: Path) -> None:
    pages: Pages = {"nav.xhtml": nav('<li><a href="../t/a.xhtml">Ebb</a></li>'), "text/a.xhtml": page("<p>1</p>")}
    items = book(tmp_path, pages)
    assert place(items, "OPS/text/a.xhtml") == (1, "Ebb", ())
    assert ("epub:contents-mended", 1) in parts(items)[0].dropped


def test_an_entry_that_is_only_a_heading_leaves_its_chapters_their_own_parts(tmp_path: Path) -> None:
    inner = '<ol><li><a href="a.xhtml#x">Low</a></li><li><a href="a.xhtml#y">High</a></li></ol>'
    body = "<h1 id='p'>Part One</h1><h2 id='x'>Low</h2><p>1</p><h2 id='y'>High</h2><p>2</p>"
    items = book(
        tmp_path, {"nav.xhtml": nav(f'<li><a href="a.xhtml#p">Part One</a>{inner}</li>'), "a.xhtml": page(body)}
    )
    assert [(each.title, each.headings) for each in parts(items)] == [
        ("Part One", ()),
        ("Low", ("Part One",)),
        ("High", ("Part One",)),
    ]


def test_what_leads_through_the_book_does_not_name_its_pages(tmp_path: Path) -> None:
    body = '<div role="navigation"><h3>Navigation</h3></div><h1>Ebb</h1><p>1</p>'
    assert place(book(tmp_path, {"a.xhtml": page(body)}), "OPS/a.xhtml") == (1, "Ebb", ())


def test_a_huge_page_that_the_contents_do_not_cut_is_cut_at_its_headings(tmp_path: Path) -> None:
    text = f"<p>{'tide ' * 8_000}</p>"
    body = f"<h1>Tides</h1><h2>Ebb</h2>{text}<h2 id='f'>Flow</h2>{text}<h3>Deep</h3><p>1 <a href='#f'>back</a></p>"
    items = book(tmp_path, {"nav.xhtml": nav('<li><a href="a.xhtml">All</a></li>'), "a.xhtml": page(body)})
    assert [(each.path, each.title, each.headings) for each in parts(items)] == [
        ("OPS/a.xhtml", "All", ()),
        ("OPS/a.xhtml#heading-2", "Ebb", ("All",)),
        ("OPS/a.xhtml#f", "Flow", ("All",)),
    ]
    items = book(tmp_path, {"a.xhtml": page(body)})
    assert [each.title for each in parts(items)] == ["Tides", "Ebb", "Flow"]


def test_vocabularies_that_are_older_or_nobodys_are_taken_for_what_they_mean(tmp_path: Path) -> None:
    about = '<dc-metadata xmlns:dc="http://purl.org/dc/elements/1.0/"><dc:Title>Old</dc:Title></dc-metadata>'
    text = page("<p>One.</p><p>Two.</p>").replace("http://www.w3.org/1999/xhtml", "urn:mine")
    items = book(tmp_path, {"a.xhtml": text}, about=about)
    assert work(items).title == "Old"
    assert "<p>One.</p><p>Two.</p>" in parts(items)[0].content
