"""What stands in a book's page comes into the article: notes, printed pages, ruby, formulas, pictures, in order."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from galactica.model import MediaFile, Rejected
from galactica.model.projection import outline
from galactica.refine import clean as cleaning
from galactica.refine.article import Refined, refine
from galactica.sources.epub_marks import kept_id
from tests.sources.books import book, media, nav, page, parts
from tests.sources.samples import PNG

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><annotation-xml>no</annotation-xml></math>'


def articles(tmp_path: Path, pages: dict[str, str | bytes]) -> list[Refined]:
    found = [refine(each, language="en") for each in parts(book(tmp_path, pages))]
    return [each for each in found if not isinstance(each, Rejected)]


def body(tmp_path: Path, inside: str, **pages: str | bytes) -> str:
    """The body of the first page's article."""
    return articles(tmp_path, {"a.xhtml": page(inside), **{name.replace("_", "."): it for name, it in pages.items()}})[
        0
    ].body


def test_notes_and_their_marks_keep_their_meaning(tmp_path: Path) -> None:
    found = body(
        tmp_path,
        '<p>Fact<a epub:type="noteref" href="#n1">1</a> and<sup><a href="n.xhtml#n2">2</a></sup> so'
        '<a href="#n1"><sup>*</sup></a>, x<sup>2</sup>.</p><aside epub:type="footnote" id="n1" hidden="">'
        '<p>A book. <a role="doc-backlink" href="#r">↩</a></p></aside>',
        n_xhtml=page('<section epub:type="endnotes"><ol><li id="n2" epub:type="endnote">End.</li></ol></section>'),
    )
    assert found == (
        '<p>Fact<sup role="doc-noteref"><a href="#n1">1</a></sup> and<sup role="doc-noteref">'
        '<a href="./OPS/n.xhtml#n2">2</a></sup> so<sup role="doc-noteref"><a href="#n1">*</a></sup>, x<sup>2</sup>.</p>'
        '\n<aside id="n1" role="doc-footnote"><p>A book.</p></aside>'
    )
    assert outline(found).text == "Fact and so, x^2.\nA book."


def test_lists_of_notes_are_such(tmp_path: Path) -> None:
    listed = '<ol><li epub:type="footnote" id="a">One.</li></ol><div role="doc-endnotes"><ol><li>Two.</li></ol></div>'
    found = body(tmp_path, listed)
    assert found == (
        '<ol role="doc-endnotes"><li id="a" role="doc-footnote">One.</li></ol>\n'
        '<ol role="doc-endnotes"><li>Two.</li></ol>'
    )


def test_printed_pages_are_anchors_whichever_way_they_are_told(tmp_path: Path) -> None:
    inside = (
        '<span epub:type="pagebreak" id="p5" title="5"/><p>Five.</p><p id="six">Six.</p>'
        '<p>Mid<span role="doc-pagebreak" id="pg_7">7</span>dle <a href="#p5">back</a> '
        '<a href="b.xhtml#pg_xi">on</a></p>'
        '<div epub:type="pagebreak" aria-label="Page 8. "><p>8</p></div><p>Eight.</p>'
    )
    pages = '<nav epub:type="page-list"><ol><li><a href="a.xhtml#six">6</a></li></ol></nav>'
    found = articles(
        tmp_path,
        {
            "nav.xhtml": nav('<li><a href="a.xhtml">A</a></li>', pages),
            "a.xhtml": page(inside),
            "b.xhtml": page('<p>x<span epub:type="pagebreak" id="pg_xi"/>y</p>'),
        },
    )
    ids = [anchor for _, anchor in outline(found[0].body).anchors]
    assert ids == ["page:5", "page:6", "page:7", "page:8"]
    assert outline(found[0].body).text == "Five.\nSix.\nMiddle back on\nEight."
    assert '<a href="#page:5">back</a>' in found[0].body
    assert '<a href="./OPS/b.xhtml#page:xi">on</a>' in found[0].body
    assert outline(found[1].body).anchors == ((1, "page:xi"),)


def test_numbers_of_pages_that_older_books_set_into_the_text_are_anchors(tmp_path: Path) -> None:
    inside = (
        '<p>One<span class="pagenum"><a name="Page_5" id="Page_5">[Pg 5]</a></span> two <a id="page_6"></a>three '
        '<span class="x pageno" title="7"></span>four. <a href="#Page_5">5</a></p>'
        '<p>A <span class="pagenum">note</span> and <span id="page_8">text</span>, <a href="#page_8">8</a>.</p>'
    )
    found = articles(tmp_path, {"a.xhtml": page(inside)})[0]
    assert outline(found.body).anchors[:3] == ((4, "page:5"), (8, "page:6"), (14, "page:7"))
    assert found.text == "One two three four. 5\nA note and text, 8."
    assert '<a href="#page:5">5</a>' in found.body
    assert '<span id="page_8"></span>text, <a href="#page_8">8</a>' in found.body


def test_a_printed_page_goes_on_where_a_page_is_cut(tmp_path: Path) -> None:
    inside = '<p><span epub:type="pagebreak" title="9"/>x</p><h2 id="c">C</h2><p>y</p>'
    listed = '<li><a href="a.xhtml">A</a></li><li><a href="a.xhtml#c">C</a></li>'
    found = articles(tmp_path, {"nav.xhtml": nav(listed), "a.xhtml": page(inside)})
    assert [outline(each.body).anchors for each in found] == [((0, "page:9"),), ((0, "page:9"),)]


def test_a_page_break_with_a_whole_page_in_it_loses_no_word(tmp_path: Path) -> None:
    text = "A whole page that somebody wrapped into its own break."
    assert text in body(tmp_path, f'<div epub:type="pagebreak" title="3"><p>{text}</p></div>')


def test_a_page_that_begins_in_the_titles_heading_is_not_lost_with_it(tmp_path: Path) -> None:
    listed = nav('<li><a href="a.xhtml">Ebb</a></li>')
    inside = '<h1><span epub:type="pagebreak" title="4">4</span>Ebb</h1><p>x</p>'
    (found,) = articles(tmp_path, {"nav.xhtml": listed, "a.xhtml": page(inside)})
    assert (found.text, outline(found.body).anchors) == ("x", ((0, "page:4"),))


def test_of_printed_pages_without_text_before_a_heading_the_last_counts(tmp_path: Path) -> None:
    breaks = "".join(f'<p epub:type="pagebreak" title="{n}"/>' for n in (4, 5, 6))
    listed = nav('<li><a href="a.xhtml">Ebb</a></li><li><a href="a.xhtml#c">C</a></li>')
    inside = (
        f"<p>x</p>{breaks}<h2>Low</h2><p>y</p><div id='c'><p epub:type='pagebreak' title='7'/><h2>C</h2><p>z</p></div>"
    )
    one, two = articles(tmp_path, {"nav.xhtml": listed, "a.xhtml": page(inside)})
    assert outline(one.body).anchors == ((2, "page:4"), (2, "page:5"), (2, "page:6"))
    assert outline(two.body).anchors[-1] == (0, "page:7")


def test_a_heading_that_is_only_a_page_break_names_nothing(tmp_path: Path) -> None:
    title = '<h1>Ebb<sup id="r"><a href="#n">1</a></sup></h1>'
    inside = f'<div epub:type="pagebreak" id="page_iv"><h5>iv</h5></div>{title}<p>x</p>'
    (found,) = articles(tmp_path, {"a.xhtml": page(inside)})
    assert found.body.startswith('<h2 id="page:iv">Ebb<sup id="r" role="doc-noteref"><a href="#n">1</a></sup></h2>')


def test_ruby_is_readable_and_brackets_of_its_own_are_left(tmp_path: Path) -> None:
    bare = "<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby><ruby><rb>東</rb><rp>(</rp><rt>とう</rt><rp>)</rp></ruby></p>"
    assert outline(body(tmp_path, bare)).text == "漢(かん)字(じ)東(とう)"


def test_formulas_stay_and_of_a_switch_the_case_that_is_understood(tmp_path: Path) -> None:
    chosen = f'<epub:switch><epub:case required-namespace="http://www.w3.org/1998/Math/MathML">{MATH}</epub:case>'
    left = "<epub:default>x in words</epub:default></epub:switch>"
    case = '<epub:case required-namespace="urn:x">no</epub:case>'
    other = f"<epub:switch>{case}<epub:default>yes</epub:default></epub:switch>"
    assert body(tmp_path, f"<p>{chosen}{left} {other}</p>") == "<p><math><mi>x</mi></math> yes</p>"


def test_drawings_become_pictures_and_a_frame_is_its_picture(tmp_path: Path) -> None:
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg"><title>A ship</title><path d="M0 0"/><text>Sail &amp; oar</text></svg>'
    )
    framed = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<image xlink:href="c.png" width="9"/></svg>'
    )
    data = '<img alt="dot" src="data:image/png;base64,iVBORw0KGgo="/>'
    items = book(tmp_path, {"a.xhtml": page(f"<p>{drawn}{framed}{data}</p>"), "c.png": PNG})
    assert media(items) == ["OPS/a.xhtml.1.svg", "OPS/a.xhtml.2.png", "OPS/c.png"]
    (svg, *_) = (item for item in items if isinstance(item, MediaFile))
    assert svg.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert b"Sail &amp; oar" in svg.content
    assert '<img src="/OPS/a.xhtml.1.svg" alt="A ship Sail &amp; oar">' in parts(items)[0].content


def test_sound_and_film_are_shown_with_what_belongs_to_them(tmp_path: Path) -> None:
    inside = (
        '<p>Hear <audio src="s.mp3">No sound here.</audio></p><video><source src="v.mp4" type="video/mp4"/>'
        '<source src="gone.webm"/><track src="t.vtt" kind="captions" srclang="en"/><p>Old.</p></video><p>After.</p>'
        '<object data="o.svg" type="image/svg+xml">Fallback</object><iframe src="b.xhtml"/>'
    )
    files: dict[str, str | bytes] = {"s.mp3": b"ID3", "v.mp4": b"0000ftyp", "t.vtt": "WEBVTT", "o.svg": "<svg/>"}
    items = book(tmp_path, {"a.xhtml": page(inside), "b.xhtml": page("<p>b</p>"), **files})
    assert media(items) == ["OPS/s.mp3", "OPS/v.mp4", "OPS/t.vtt", "OPS/o.svg"]
    found = refine(parts(items)[0], language="en")
    assert isinstance(found, Refined)
    assert found.body == (
        '<p>Hear <audio controls="" src="./OPS/s.mp3"></audio></p>\n<p><video controls=""><source src="./OPS/v.mp4" '
        'type="video/mp4"><track kind="captions" src="./OPS/t.vtt" srclang="en"></video></p>\n<p>After.</p>\n'
        '<p><img alt="" src="./OPS/o.svg"><a href="./OPS/b.xhtml">b.xhtml</a></p>'
    )


def test_what_stands_inside_for_an_object_that_cannot_be_shown_is_kept(tmp_path: Path) -> None:
    inside = (
        '<object data="g.xml" type="application/x-gallery"><p>Figures</p><img src="p.png" alt=""/></object>'
        '<object data="g.xml" type="application/x-gallery" title="Gallery"/><object><p>No file</p></object>'
    )
    found = body(tmp_path, inside, g_xml="<g/>", p_png=PNG)
    assert found == (
        '<p>Figures</p>\n<p><img alt="" src="./OPS/p.png"><a href="./OPS/g.xml">Gallery</a></p>\n<p>No file</p>'
    )


@pytest.mark.parametrize("tag", ["section", "article", "main", "header", "footer", "nav", "aside", "figure", "center"])
def test_no_word_is_lost_in_what_a_page_is_arranged_by(tag: str, tmp_path: Path) -> None:
    inside = f'<p>One.</p><{tag} class="toc navbox" id="toc"><p>Two.</p></{tag}><p>Three.</p>'
    assert outline(body(tmp_path, inside)).text == "One.\nTwo.\nThree."


def test_ids_that_mean_something_to_cleaning_are_renamed() -> None:
    rules = tomllib.loads((Path(cleaning.__file__).parent / "rules.toml").read_text())["rule"]
    ids = {each[1:] for rule in rules for each in rule["selectors"] if each.startswith("#")}
    assert len(ids) > 10
    assert {each for each in ids if kept_id(each) == each} == set()
    assert kept_id("page:5") == "id-page:5"
    assert kept_id("chapter1") == "chapter1"


def test_language_and_direction_of_a_page_are_kept(tmp_path: Path) -> None:
    rtl = page("<p>שלום <span xml:lang='en' dir='ltr'>sea</span></p>", of=' xml:lang="he" dir="rtl"')
    found = articles(tmp_path, {"a.xhtml": rtl})[0]
    assert found.language == "he"
    assert found.body == '<p>שלום <span dir="ltr" lang="en">sea</span></p>'
    odd = page("<p>sea</p>", of=' xml:lang="en" dir="rtl"')
    assert articles(tmp_path, {"a.xhtml": odd})[0].body == '<div dir="rtl"><p>sea</p></div>'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>caf&eacute; &nbsp;&amp; &lt;b&gt;</p>", "café \xa0& <b>"),
        ("<p>a & b < c</p>", "a & b < c"),
        ("<p>one<p>two<ul><li>three<li>four</ul><P>five</P>", "one\ntwo\nthree\nfour\nfive"),
        ("<p>a<br>b<img src='x'>c</p></div></p><p>d", "a\nbc\nd"),
        ("<p>x<![CDATA[ <y> ]]>z</p><!-- gone -->", "x <y> z"),
        ("<p foo:bar='1'>p<foo:it>q</foo:it></p>", "pq"),
        ("<p>a</p><script>if (a<b) { document.write('<p>') }</script><p>z</p><title>t<p>w</p>", "a\nz\nt\nw"),
        ("<h:p xmlns:h='http://www.w3.org/1999/xhtml'>pre<h:i>fix</h:i>ed</h:p>", "prefixed"),
        ("<p>&undefined; <b>bold</p>", "&undefined; bold"),
        ("<p>a<?php echo ?>b</p>", "ab"),
        ("<p>unclosed <!-- comment</p>", "unclosed <!-- comment"),
    ],
)
def test_pages_in_any_state_keep_their_words(inside: str, text: str, tmp_path: Path) -> None:
    assert outline(body(tmp_path, inside)).text == text


def test_entities_of_a_document_do_not_grow_without_end(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY l{n} "&l0;&l0;&l0;&l0;&l0;&l0;">'.replace("l0;", f"l{n - 1};") for n in range(1, 9))
    begin = "<!DOCTYPE html>"
    document = page("<p>x &l8; y</p>").replace(begin, f'<!DOCTYPE html [<!ENTITY l0 "lol">{bomb}]>')
    honest = page("<p>&name;</p>").replace(begin, '<!DOCTYPE html [<!ENTITY name "Ada">]>')
    found = articles(tmp_path, {"a.xhtml": document, "b.xhtml": honest})
    assert found[0].text == "x &l8; y"
    assert found[1].text == "Ada"


def test_a_page_in_another_encoding_is_read_by_what_it_says(tmp_path: Path) -> None:
    text = page("<p>Ärger über Öl</p>").replace("utf-8", "iso-8859-1")
    assert articles(tmp_path, {"a.xhtml": text.encode("latin-1")})[0].text == "Ärger über Öl"
    assert articles(tmp_path, {"a.xhtml": text.encode("utf-16")})[0].text == "Ärger über Öl"


def test_what_the_book_s_style_sheets_raise_strike_and_hide_is_seen(tmp_path: Path) -> None:
    head = '<link rel="stylesheet" href="css/all.css"/><style>.old { text-decoration: line-through }</style>'
    sheet = ".up { vertical-align: super } .gone, aside { display: none } p .deep { display: none }"
    inside = (
        '<p>Load 10<span class="up">6</span> N, <b class="old">50</b> 5 mg <i class="gone">x</i>H'
        '<span style="vertical-align: sub">2</span>O</p><aside epub:type="footnote"><p>A note.</p></aside>'
    )
    pages: dict[str, str | bytes] = {"a.xhtml": page(inside, head=head), "css/all.css": sheet}
    (found,) = articles(tmp_path, pages)
    assert found.text == "Load 10^6 N, 5 mg H2O\nA note."
    dropped = dict(found.dropped)
    assert (dropped["struck"], dropped["hidden"], dropped["epub:style-rules"]) == (1, 1, 1)


def test_a_style_sheet_that_is_not_there_or_too_large_changes_nothing(tmp_path: Path) -> None:
    head = '<link rel="stylesheet" href="no.css"/><link rel="alternate stylesheet" href="b.css"/>'
    pages: dict[str, str | bytes] = {"a.xhtml": page("<p class='b'>Seen</p>", head=head), "b.css": ".b {display: none}"}
    (found,) = articles(tmp_path, pages)
    assert found.text == "Seen"
