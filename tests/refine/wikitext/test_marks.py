"""Marks of wikitext that are met seldom and go wrong easily: each as MediaWiki shows it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from galactica.model import Site
from galactica.refine.wikitext import FAILED, wikitext_to_html


def html(
    text: str, *, language: str = "en", title: str = "Example", base: str = "https://xx.wikipedia.org/wiki/"
) -> str:
    site = Site(namespaces=(("kategori", 14), ("kullanıcı", 2)), language=language, first_letter=True, base=base)
    result = wikitext_to_html(text, title=title, site=site, language=language)
    assert FAILED not in dict(result.dropped)
    return result.html


def words(text: str, *, language: str = "en") -> str:
    return " ".join(
        unescape(
            re.sub("<[^<>]*>", "", re.sub(r"</?(?:p|td|th|tr|li|dt|dd|br|figure)>", " ", html(text, language=language)))
        ).split()
    )


# ------------------------------------------------------------------ what is raw


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("d'<nowiki/>''Étoile'' et ''Nuit''<nowiki/>'s", "d'<i>Étoile</i> et <i>Nuit</i>'s"),
        ("'''a'''<nowiki></nowiki>'''b'''", "<b>a</b><b>b</b>"),
        ("''x''<nowiki />''y''", "<i>x</i><i>y</i>"),
        ("l'<nowiki/>'''été''' 1'<nowiki/>''", "l'<b>été</b> 1'"),
        ("<nowiki/>* no list", "* no list"),
        ("<nowiki/> no box", " no box"),
        ("[[Cat]]<nowiki/>s", '<a href="./Cat">Cat</a>s'),
        ("[[Cat|a <nowiki>[[b]]</nowiki>]]", '<a href="./Cat">a [[b]]</a>'),
        ("<nowiki>{{x|[[y]]}} &eacute; <b></nowiki>", "{{x|[[y]]}} é &lt;b&gt;"),
        ("[[Lo<nowiki>ndon</nowiki>]]", "&#91;&#91;London&#93;&#93;"),
        ("{{lc:A<nowiki>B</nowiki>C}}", "aBc"),
    ],
)
def test_nowiki_parts_what_stands_around_it(text: str, expected: str) -> None:
    assert html(text).removeprefix("<p>").removesuffix("</p>").strip() == expected.strip()


def test_nowiki_in_a_cells_attributes_and_in_preformatted_text() -> None:
    assert "<td>red</td>" in html('{|\n| style="<nowiki>a|b</nowiki>" | red\n|}')
    assert html("<pre>a <nowiki>[[b]]</nowiki> </nowiki></pre>") == "<pre>a [[b]] &lt;/nowiki&gt;</pre>"


# ------------------------------------------------------------------ links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[http://a.example Map of [[Oslo|the town]] 2001]",
         '<a href="http://a.example">Map of</a> <a href="./Oslo">the town</a> 2001'),
        ("[http://a.example [[Oslo]] from above]",
         '<a href="./Oslo">Oslo</a> <a href="http://a.example">from above</a>'),
        ("[http://a.example [[Oslo]]]", '<a href="./Oslo">Oslo</a>'),
        ("[//a.example ''x'' [y]", '<a href="//a.example"><i>x</i> [y</a>'),
        ("[http://[2001:db8::1]:8080/p six]", '<a href="http://[2001:db8::1]:8080/p">six</a>'),
        ("[http://a.example/''b'' c]", '<a href="http://a.example/"><i>b</i> c</a>'),
        ("[mailto:jo@a.example]", "[jo@a.example]"),
        ("[[http://a.example]]", '[<a href="http://a.example">[a.example]</a>]'),
        ('"http://a.example" <b>http://b.example</b>',
         '"<a href="http://a.example">http://a.example</a>" <b><a href="http://b.example">http://b.example</a></b>'),
        ("''http://a.example/b''!", '<i><a href="http://a.example/b">http://a.example/b</a></i>!'),
        ("http://a.example/b_(c), d", '<a href="http://a.example/b_(c)">http://a.example/b_(c)</a>, d'),
        ("[[Wine|see http://a.example]]", '<a href="./Wine">see http&#58;//a.example</a>'),
        ("[[Wine|[red]]]", '<a href="./Wine">[red]</a>'),
        ("[[Wine|red [1] and [2]]]", '<a href="./Wine">red [1] and [2]</a>'),
        ("[[Wine]]]", '<a href="./Wine">Wine</a>]'),
        ("[[[[Ann Ng]]]] won", '<a href="./Ann_Ng">Ann Ng</a> won'),
        ("[[[[Ann Ng]]|A. Ng]]", '<a href="./Ann_Ng">A. Ng</a>'),
        ("[[Ann Ng (runner)|[[Ann Ng]]]]", '<a href="./Ann_Ng">Ann Ng</a>'),
        ("{{flag|[[Norway|Norge]]}}", '<a href="./Norway">Norge</a>'),
        ("[[{{lang|de|Weser}}]]", '<a href="./Weser"><span lang="de">Weser</span></a>'),
        ("{{flag|<b>Peru</b>}}", '<a href="./Peru"><b>Peru</b></a>'),
        ("[[''Emma'']]", '<a href="./Emma"><i>Emma</i></a>'),
        ("[[Category:<b>x</b>]]", "Category:<b>x</b>"),
        ("{{main|Tea}} text", '<i>Main article: <a href="./Tea">Tea</a></i></p><p>text'),
        ("[[D''o mare]]", '<a href="./D&#x27;&#x27;o_mare">D&#39;&#39;o mare</a>'),
        ("[[:File:A b.png]] [[Media:C.ogg]]", "File&#58;A b.png Media&#58;C.ogg"),
        ("[[:de:Berlin]]", "de&#58;Berlin"),
        ("[[]] [[|x]]", "&#91;&#91;&#93;&#93; x"),
        ("[[Tea| ]]x", "x"),
        ('<span title="[http://a.example b] http://c.example">d</span>',
         '<span title="&#91;http&#58;//a.example b&#93; http&#58;//c.example">d</span>'),
        ("[[Tea|<span title='[[a]] | b'>c</span>]]",
         '<a href="./Tea"><span title="&#91;&#91;a&#93;&#93; &#124; b">c</span></a>'),
    ],
)  # fmt: skip
def test_links(text: str, expected: str) -> None:
    assert html(text).removeprefix("<p>").removesuffix("</p>").strip() == expected.strip()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("[[kedi]]ler", "tr", '<a href="./Kedi">kediler</a>'),
        ("[[кот]]ы", "ru", '<a href="./%D0%9A%D0%BE%D1%82">коты</a>'),
        ("[[სახლი]]ში", "ka", '<a href="./%E1%83%A1%E1%83%90%E1%83%AE%E1%83%9A%E1%83%98">სახლიში</a>'),
        ("[[տուն]]ը", "hy", '<a href="./%D5%8F%D5%B8%D6%82%D5%B6">տունը</a>'),
        ("[[بيت]]ها", "ar", '<a href="./%D8%A8%D9%8A%D8%AA">بيتها</a>'),
        ("[[家]]庭", "zh", '<a href="./%E5%AE%B6">家</a>庭'),
        ("[[DNA]]s", "zh", '<a href="./DNA">DNA</a>s'),
        ("[[inek]]", "tr", '<a href="./%C4%B0nek">inek</a>'),
        ("[[ırmak]]", "az", '<a href="./Irmak">ırmak</a>'),
        ("[[inek]]", "en", '<a href="./Inek">inek</a>'),
        ("[[ბათუმი]]", "ka", '<a href="./%E1%83%91%E1%83%90%E1%83%97%E1%83%A3%E1%83%9B%E1%83%98">ბათუმი</a>'),
        ("{{uc:iğne}} {{lc:IŞIK}} {{ucfirst:iğne}} {{lcfirst:Işık}}", "tr", "İĞNE ışık İğne ışık"),
        ("{{uc:a&nbsp;b <i>c</i>}}", "en", "A\u00a0B <i>C</i>"),
    ],
)  # fmt: skip
def test_letters_of_a_language(text: str, language: str, expected: str) -> None:
    assert html(text, language=language) == f"<p>{expected}</p>"


def test_categories_have_the_capital_of_their_language() -> None:
    site = Site(language="tr")
    assert wikitext_to_html("[[Kategori:ilçeler]]", title="T", site=site, language="tr").categories == ("İlçeler",)


def test_subpages_where_a_wiki_has_them() -> None:
    book = "https://en.wikibooks.org/wiki/"
    assert html("[[/Part/]] [[/Two|b]]", title="Book", base=book) == (
        '<p><a href="./Book/Part">Part</a> <a href="./Book/Two">b</a></p>'
    )
    assert html("[[../]] [[../Two/]]", title="Book/Part", base=book) == (
        '<p><a href="./Book">Book</a> <a href="./Book/Two">Two</a></p>'
    )
    assert html("[[/dev/null]]") == '<p><a href=".//dev/null">/dev/null</a></p>'


def test_captions_of_pictures() -> None:
    assert words("[[File:A.png|thumb|http://a.example/b|alt=c]]") == "http://a.example/b"
    assert words("[[File:A.png|frameless|a hint]]x") == "x"
    assert words("[[File:A.png|thumb|see [http://a.example this [1] page]]]") == "see this [1 page]"
    assert words("[[File:A.png|thumb|see [http://a.example this page]]]") == "see this page"
    assert words("[[File:A.png|thumb|with [[File:B.png|20px]] inside]]") == "with inside"


# ------------------------------------------------------------------ switches


@pytest.mark.parametrize(
    "switch",
    """NOTOC notoc NoToC toc FORCETOC noindex Hiddencat DISAMBIG KEIN_INHALTSVERZEICHNIS kein_inhaltsverzeichnis
    AUCUNSOMMAIRE aucunsommaire INGENINNEHÅLLSFÖRTECKNING ОГЛ огл БЕЗ_ОГЛАВЛЕНИЯ без_оглавления ЗМІСТ 強制目次 목차없음
    لا_فهرس बिना_अनुक्रम सूची_नहीं İÇİNDEKİLERYOK içindekileryok ללא_תוכן_עניינים KHÔNGMỤCLỤC ΧΩΡΙΣΠΠ""".split(),
)
def test_switches_say_nothing(switch: str) -> None:
    assert html(f"__{switch}__\nWords.") == "<p>Words.</p>"
    assert words(f"One __{switch}__ two") == "One two"


@pytest.mark.parametrize("name", ["__FILE__", "__init__", "__DATE__", "__x__", "a__b", "____", "__not a switch__"])
def test_what_is_no_switch_stays(name: str) -> None:
    assert words(f"{name} is text") == f"{name} is text"


# ------------------------------------------------------------------ tables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{|\n|-\nStray ''words''\n| in\n|}", "<p>Stray <i>words</i></p><table><tr><td>in</td></tr></table>"),
        ("{|\nStray\n| in\n|}", "<p>Stray</p><table><tr><td>in</td></tr></table>"),
        ("{|\n* one\n* two\n|-\n| in\n|}", "<ul><li>one</li><li>two</li></ul><table><tr><td>in</td></tr></table>"),
        ("{|\n| a\n|-\nStray\n|-\n| b\n|}", "<p>Stray</p><table><tr><td>a</td></tr><tr><td>b</td></tr></table>"),
        ("{|\n|-\nOnly stray\n|}", "<p>Only stray</p>"),
        ("{|\n| a\n{|\nStray\n| b\n|}\n|}",
         "<table><tr><td>a<p>Stray</p><table><tr><td>b</td></tr></table></td></tr></table>"),
        ("{|\n|+ One\n|+ Two\n| a\n|}", "<table><caption>One<br>Two</caption><tr><td>a</td></tr></table>"),
        ("{|\n| a\nb\n|}", "<table><tr><td>a<p>b</p></td></tr></table>"),
        ("{|\n| <small>a</small> | b\n|}", "<table><tr><td><small>a</small> | b</td></tr></table>"),
        ("{|\n! a !! b\n! c\n|}", "<table><tr><th>a</th><th>b</th><th>c</th></tr></table>"),
    ],
)  # fmt: skip
def test_text_outside_the_cells_and_lines_inside(text: str, expected: str) -> None:
    assert html(text) == expected


# ------------------------------------------------------------------ lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("; [[User:Jo]] : who", "<dl><dt>User&#58;Jo</dt><dd>who</dd></dl>"),
        ("; [[Two: Back]]: film", '<dl><dt><a href="./Two:_Back">Two: Back</a></dt><dd>film</dd></dl>'),
        ("; <b>a : b</b> : c", "<dl><dt><b>a : b</b></dt><dd>c</dd></dl>"),
        ("; a<br>b : c", "<dl><dt>a<br>b</dt><dd>c</dd></dl>"),
        ("; http://a.example/ : c", '<dl><dt><a href="http://a.example/">http://a.example/</a></dt><dd>c</dd></dl>'),
        ("; a:", "<dl><dt>a</dt></dl>"),
        ("; a : b : c", "<dl><dt>a</dt><dd>b : c</dd></dl>"),
        ("one\n box\ntwo", "<p>one</p><pre>box</pre><p>two</p>"),
        (" box\n {|\n | a\n |}", "<pre>box</pre><table><tr><td>a</td></tr></table>"),
        ("a\n<!-- x --><!-- y -->\nb", "<p>a\nb</p>"),
        ("a\n <!-- x --> <!-- y --> \nb", "<p>a\nb</p>"),
        ("a <!-- x --> b", "<p>a  b</p>"),
        ("== a == <!-- x -->\nb", '<h2 id="a">a</h2><p>b</p>'),
        ("a<br/ >b<br />c</br>d", "<p>a<br>b<br>c<br>d</p>"),
    ],
)
def test_lines(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5&thinsp;km&ensp;on", "5\u2009km\u2002on"),
        ("می&zwnj;روم", "می\u200cروم"),
        ("&#x0000041;&#000000066;", "AB"),
        (
            "&#8; &#128; &#xD800; &#xfffe; &#0; &#x110000;",
            "&amp;#8; &amp;#128; &amp;#xD800; &amp;#xfffe; &amp;#0; &amp;#x110000;",
        ),
        ("&ampx; &nosuch;", "&amp;ampx; &amp;nosuch;"),
        ("&acE;&Sigma;", "∾̳Σ"),
        ("&#91;&#91;a&#93;&#93; &#39;&#39;b&#39;&#39;", "&#91;&#91;a&#93;&#93; &#39;&#39;b&#39;&#39;"),
        ("&#xfdd0;0&#xfdd1;", "&amp;#xfdd0;0&amp;#xfdd1;"),
    ],
)
def test_character_references(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("-{R|zh-cn:a;zh-tw:b}-", "zh", "zh-cn:a;zh-tw:b"),
        ("-{zh;zh-hans;zh-hant|same}-", "zh", "same"),
        ("-{zh-Hant-TW:乙;zh-Hans:甲}-", "zh-Hant", "乙"),
        ("-{词=>zh-cn:甲;词=>zh-tw:乙}-", "zh-Hant", "乙"),
        ("-{zh-cn:a&nbsp;b&amp;c;zh-tw:d}-", "zh", "a\u00a0b&amp;c"),
        ("-{zh-cn:http://a.example/;zh-tw:d}-", "zh-TW", "d"),
        ("-{H|zh-cn:a;zh-tw:b}-x", "zh", "x"),
    ],
)
def test_variants(text: str, language: str, expected: str) -> None:
    assert html(text, language=language) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{#switch:b|a|b|c=yes|no}}", "yes"),
        ("{{#switch:q|a=1|#default|z=rest}}", "rest"),
        ("{{#switch:q|#default=rest|a=1}}", "rest"),
        ("{{#switch:q|a=1|last}}", "last"),
        ("{{#switch: 2 |2.0=two|3=three}}", "two"),
        ("{{#switch:|=none|a=1}}", "none"),
        ("{{#switch:a|a=x=y}}", "x=y"),
    ],
)
def test_cases_of_a_switch(text: str, expected: str) -> None:
    assert words(text) == expected


# ------------------------------------------------------------------ pictures, verses, notes


def test_what_stands_in_a_caption() -> None:
    assert words("[[File:A.png|thumb|Sizes\n{|\n| big || small\n|}\nof it]]") == "Sizes big small of it"
    assert words("[[File:A.png|thumb|from [http://a.example/?b|left|c here]]]") == "from here"


def test_a_gallery_shows_the_last_of_its_words() -> None:
    assert words("<gallery>\nA.png|One|alt=x|Two\nB.png|200px|Three|\nC.png|[[d|e]]\n</gallery>") == "Two Three e"


def test_a_picture_goes_before_its_paragraph_and_other_blocks_stay_in_place() -> None:
    assert html("a\n[[File:A.png|thumb|b]]\nc") == "<figure><figcaption>b</figcaption></figure><p>a\nc</p>"
    assert html("a\n<pre>b</pre>\nc") == "<p>a</p><pre>b</pre><p>c</p>"
    assert html("a\n<gallery>\nA.png|b\n</gallery>\nc").replace("\n", "") == (
        "<p>a</p><figure><figcaption>b</figcaption></figure><p>c</p>"
    )
    page = html("a<ref>one</ref>\n<references />\nb<ref>two</ref>\n<references />")
    assert page.index("one") < page.index("<p>b") < page.index("two")


def test_lines_of_a_poem_inside_nowiki() -> None:
    assert html("<poem>\na\n<nowiki>[[b]]\n''c''</nowiki>\nd\n</poem>") == (
        "<blockquote><p>a<br>[[b]]<br>''c''<br>d</p></blockquote>"
    )


def test_a_note_that_goes_on() -> None:
    page = html('a<ref name="n">One</ref> b<ref follow="n">and more</ref>')
    assert "One and more" in page
    assert page.count("doc-noteref") == 1
    assert "alone" in html('a<ref follow="nobody">alone</ref>')


def test_names_of_notes_are_read_as_text() -> None:
    assert html('a<ref name="b & c">One</ref> d<ref name="b &amp; c" />').count("<li") == 1


def test_the_id_of_a_heading_holds_what_nowiki_holds() -> None:
    assert html("== a <nowiki>[[b]]</nowiki> ==\nx") == '<h2 id="a_[[b]]">a [[b]]</h2><p>x</p>'


def test_verses_keep_the_space_before_them() -> None:
    assert html("<poem>\none\n  two\n: three\n</poem>") == (
        "<blockquote><p>one<br>\xa0\xa0two<br>\xa0\xa0three</p></blockquote>"
    )


def test_a_bar_of_a_gallerys_template_parts_nothing() -> None:
    assert words("<gallery>\nA.png|{{lang|de|Fluss}} b\nB.png|c{{!}}d\n</gallery>") == "Fluss b c|d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'''[[Oak|'''big''' tree]]'''", '<a href="./Oak">big<b> tree</b></a>'),
        ("''x [[Oak|y'' z]]", '<i>x <a href="./Oak">y</a></i><a href="./Oak"> z</a>'),
        ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b><i>c</i>"),
        ("[[http://a.example|words]]", '<a href="http://a.example">words</a>'),
        ("http://a.example/b|c", '<a href="http://a.example/b">http://a.example/b</a>|c'),
    ],
)
def test_marks_that_cross(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_an_address_does_not_run_into_the_next_cell() -> None:
    address = '<a href="http://a.example/b">http://a.example/b</a>'
    assert html("{|\n| http://a.example/b|| c\n|}") == f"<table><tr><td>{address}</td><td>c</td></tr></table>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("===\nx", '<h2 id="=">=</h2>'), ("======\nx", '<h2 id="==">==</h2>'), ("==\nx", "<p>==")],
)
def test_a_line_of_equals_signs(text: str, expected: str) -> None:
    assert html(text).startswith(expected)
