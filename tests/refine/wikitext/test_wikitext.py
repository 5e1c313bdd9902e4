"""Wikitext to HTML: what each mark becomes, and that nothing a page holds can break the conversion."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.model import Site
from galactica.refine import wikitext
from galactica.refine.wikitext import FAILED, ConvertedPage, wikitext_to_html
from galactica.refine.wikitext.arithmetic import evaluate
from galactica.refine.wikitext.conversions import converted
from tests.properties import examples

SITE = Site(
    namespaces=(("kategorija", 14), ("category", 14), ("attēls", 6), ("dalībnieks", 2)),
    language="lv",
    first_letter=True,
    base="https://lv.wikipedia.org/wiki/",
)


def convert(text: str, *, site: Site | None = SITE, language: str = "en", title: str = "Example") -> ConvertedPage:
    return wikitext_to_html(text, title=title, site=site, language=language)


def html(text: str, *, language: str = "en", site: Site | None = SITE) -> str:
    return convert(text, language=language, site=site).html


def note(label: str, number: str = "1", cited: str = "1") -> str:
    back = number if cited == "1" else f"{number}-{cited}"
    return f'<sup role="doc-noteref"><a href="#fn-{number}" id="fnref-{back}">{label}</a></sup>'


# ------------------------------------------------------------------ marks within a line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("''i'' '''b''' '''''x'''''", "<i>i</i> <b>b</b> <b><i>x</i></b>"),
        ("'''''a'' b'''", "<b><i>a</i> b</b>"),
        ("'''''a''' b''", "<i><b>a</b> b</i>"),
        ("''a '''b''' c''", "<i>a <b>b</b> c</i>"),
        ("''a '''b'' c'''", "<i>a <b>b</b></i><b> c</b>"),
        ("''''b''''", "'<b>b'</b>"),
        ("L'''amour'' est", "L'<i>amour</i> est"),
        ("''open", "<i>open</i>"),
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("&nbsp;&eacute;&lt;&#91;&bogus;", "\u00a0é&lt;&#91;&amp;bogus;"),
        ("x<sup>2</sup>H<sub>2</sub>O", "x<sup>2</sup>H<sub>2</sub>O"),
        ("<nowiki>'''[[x]]'''</nowiki>", "'''[[x]]'''"),
        ("a<!-- gone -->b", "ab"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('<span onclick="x" lang="de">y</span>', '<span lang="de">y</span>'),
        ("<tt>c</tt><font color=red>d</font>", "<code>c</code>d"),
        ("a<br/>b<br clear=all>c", "a<br>b<br>c"),
        ('a<span style="display:none">sort</span>b', "ab"),
        ("-{zh-hans:联邦州; zh-hant:邦}-", "联邦州"),
        ("<code>a</code>__NOTOC__", "<code>a</code>"),
    ],
)
def test_marks_within_a_line(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_the_variant_follows_the_language() -> None:
    assert html("-{zh-hans:联邦州; zh-hant:邦}-", language="zh-Hant") == "<p>邦</p>"
    assert html("-{T|zh-cn:x;zh-tw:y}-a-{R|b}-", language="zh") == "<p>ab</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[berlin wall]]", '<a href="./Berlin_wall">berlin wall</a>'),
        ("[[A b|c]]s!", '<a href="./A_b">cs</a>!'),
        ("[[A#B c|d]]", '<a href="./A#B_c">d</a>'),
        ("[[#B c]]", '<a href="#B_c">#B c</a>'),
        ("[[Zürich]]", '<a href="./Z%C3%BCrich">Zürich</a>'),
        ("[[AT&amp;T]]", '<a href="./AT%26T">AT&amp;T</a>'),
        ("[[Riga (city)|]]", '<a href="./Riga_(city)">Riga</a>'),
        ("[[What?]]", '<a href="./What%3F">What?</a>'),
        ("[[a|''b'']]", '<a href="./A"><i>b</i></a>'),
        ("[[de:Berlin]]x", "x"),
        ("[[:de:Berlin|dort]]", "dort"),
        ("[[wikt:word|word]]", "word"),
        ("[[dalībnieks:Jo|Jo]]", "Jo"),
        ("[[2001: A Film]]", '<a href="./2001:_A_Film">2001: A Film</a>'),
        ("[[IPA|[a]]]", '<a href="./IPA">[a]</a>'),
        ("[[open", "[[open"),
        ("[http://a.example/x words here]", '<a href="http://a.example/x">words here</a>'),
        ("see http://a.example/x.", 'see <a href="http://a.example/x">http://a.example/x</a>.'),
        ("http://a.example/?a&amp;", '<a href="http://a.example/?a&amp;">http://a.example/?a&amp;</a>'),
        ("http://a.example/?a&amp;b;", '<a href="http://a.example/?a&amp;b">http://a.example/?a&amp;b</a>;'),
        ("(http://a.example)", '(<a href="http://a.example">http://a.example</a>)'),
        ("[http://www.a.example/x]", '<a href="http://www.a.example/x">[a.example]</a>'),
        ("[mailto:a@b.example write]", "write"),
        ("[javascript:alert(1) x]", "[javascript:alert(1) x]"),
    ],
)
def test_links(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_a_case_sensitive_wiki_keeps_its_small_letters() -> None:
    assert 'href="./word"' in html("[[word]]", site=Site(first_letter=False))


@pytest.mark.parametrize("name", ["Category", "kategorija", "Kategorie", "分类", "Категория"])
def test_categories_leave_the_text_in_every_language(name: str) -> None:
    result = convert(f"a\n[[{name}:some people|key]]\n[[{name}:Some_people]]")
    assert result.categories == ("Some people",)
    assert result.html == "<p>a</p>"


@pytest.mark.parametrize("name", ["File", "Image", "Attēls", "Datei", "ファイル", "Файл", "Tập tin"])
def test_a_picture_leaves_its_caption(name: str) -> None:
    text = f"[[{name}:A b.jpg|thumb|right|200px|alt=x|A [[tree]] [http://a.example there]]]\n'''T''' is"
    expected = (
        '<figure><figcaption>A <a href="./Tree">tree</a> <a href="http://a.example">there</a></figcaption></figure>'
        "<p><b>T</b> is</p>"
    )
    assert html(text) == expected


def test_a_picture_without_a_caption_leaves_no_preformatted_line() -> None:
    assert html("[[File:A.jpg|20px]] words") == "<p>words</p>"
    assert html("{{no such thing}} words") == "<p>words</p>"


def test_a_gallery_keeps_its_captions() -> None:
    text = "<gallery>\nFile:A.jpg|A [[b|c]]\nFile:B.jpg\nFile:C.jpg|alt=x|D\n</gallery>"
    figures = ['A <a href="./B">c</a>', "D"]
    assert html(text) == "".join(f"<figure><figcaption>{figure}</figcaption></figure>" for figure in figures)


# ------------------------------------------------------------------ blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", "<p>a\nb</p><p>c</p>"),
        ("= a =\nx", '<h2 id="a">a</h2><p>x</p>'),
        ("== ''A'' b ==\nx", '<h2 id="A_b"><i>A</i> b</h2><p>x</p>'),
        ("===== a =====\nx", '<h5 id="a">a</h5><p>x</p>'),
        ("== a ==\nx\n== a ==\ny", '<h2 id="a">a</h2><p>x</p><h2 id="a_2">a</h2><p>y</p>'),
        ("* a\n** b\n* c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("# a\n#* b\n#* c\n# d", "<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>"),
        ("*** a", "<ul><li><ul><li><ul><li>a</li></ul></li></ul></li></ul>"),
        ("* a\n# b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("; t : d\n: e", "<dl><dt>t</dt><dd>d</dd><dd>e</dd></dl>"),
        ("; [http://a.example x]", '<dl><dt><a href="http://a.example">x</a></dt></dl>'),
        (": a", "<dl><dd>a</dd></dl>"),
        (" a\n b", "<pre>a\nb</pre>"),
        ("----", "<hr>"),
        ("<pre>\n'''a'''\n</pre>", "<pre>'''a'''\n</pre>"),
        (
            '<syntaxhighlight lang="C">\nint x<y;\n</syntaxhighlight>',
            '<pre><code class="language-c">int x&lt;y;</code></pre>',
        ),
        ("<poem>\na\nb\n\nc\n</poem>", "<blockquote><p>a<br>b</p><p>c</p></blockquote>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<math>x^2 < y</math>", '<p><math alttext="x^2 &lt; y" display="inline"><mtext>x^2 &lt; y</mtext></math></p>'),
        ("a\n<!-- alone -->\nb", "<p>a\nb</p>"),
        ("<includeonly>a</includeonly><noinclude>b</noinclude>", "<p>b</p>"),
    ],
)
def test_blocks(text: str, expected: str) -> None:
    assert html(text) == expected


def test_a_heading_with_nothing_under_it_goes() -> None:
    assert (
        html("x\n== Links ==\n{{gone}}\n=== More ===\n{{too}}\n== Last ==\ny")
        == '<p>x</p><h2 id="Last">Last</h2><p>y</p>'
    )


def test_a_heading_that_its_author_left_bare_stays() -> None:
    assert html("== A ==\n\n== B ==\nx\n=== C ===") == '<h2 id="A">A</h2><h2 id="B">B</h2><p>x</p><h3 id="C">C</h3>'
    assert html("x\n== Notes ==\n<references />") == "<p>x</p>"
    assert html("x\n== Links ==\n[[File:A.png]]\n== B ==\ny") == '<p>x</p><h2 id="B">B</h2><p>y</p>'


def test_a_heading_over_a_deeper_one_with_text_stays() -> None:
    assert html("== A ==\n=== B ===\ny") == '<h2 id="A">A</h2><h3 id="B">B</h3><p>y</p>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{|\n! a !! b\n|-\n| c || d\n|}", "<tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr>"),
        (
            "{| class=x\n|+ Cap\n|-\n! scope=row | a\n| rowspan=2 style='x' | b\n|}",
            '<caption>Cap</caption><tr><th scope="row">a</th><td rowspan="2">b</td></tr>',
        ),
        ("{|\n| a\n* b\n* c\n|}", "<tr><td>a<ul><li>b</li><li>c</li></ul></td></tr>"),
        ("{|\n| [[a|b]] || c\n|}", '<tr><td><a href="./A">b</a></td><td>c</td></tr>'),
        ("{|\n|\n{|\n| in\n|}\n| out\n|}", "<tr><td><table><tr><td>in</td></tr></table></td><td>out</td></tr>"),
        ("{|\n|-\n|-\n| a\n", "<tr><td>a</td></tr>"),
        ("{|\n| a {{!}} b\n|}", "<tr><td>b</td></tr>"),
        ('{|\n| colspan="evil" | a\n|}', "<tr><td>a</td></tr>"),
    ],
)
def test_tables(text: str, expected: str) -> None:
    assert html(text) == f"<table>{expected}</table>"


def test_tables_of_html_tags_are_closed_in_order() -> None:
    assert html("<table><tr><td>a<td>b<tr><th>c</table>d") == (
        "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table><p>d</p>"
    )


# ------------------------------------------------------------------ footnotes


def test_footnotes_are_numbered_as_they_are_met_and_names_reuse_numbers() -> None:
    text = 'a<ref name="x">X</ref>b<ref>Y</ref>c<ref name=x />\n\n<references />'
    assert html(text) == (
        f'<p>a{note("1")}b{note("2", "2")}c{note("1", "1", "2")}</p><section role="doc-endnotes"><ol>'
        '<li id="fn-1">X</li><li id="fn-2">Y</li></ol></section>'
    )


def test_a_note_may_be_defined_inside_the_list() -> None:
    text = "a<ref name=x />\n<references><ref name=x>''X''</ref></references>"
    assert '<li id="fn-1"><i>X</i></li>' in html(text)


def test_notes_of_what_was_dropped_get_no_number() -> None:
    assert html("{{gone|<ref>lost</ref>}}a<ref>kept</ref>") == (
        f'<p>a{note("1")}</p><section role="doc-endnotes"><ol><li id="fn-1">kept</li></ol></section>'
    )


def test_a_note_that_cites_itself_ends() -> None:
    assert html("a<ref name=x>{{r|x}}</ref>").count("doc-noteref") == 2


# ------------------------------------------------------------------ templates and functions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{#if: x | yes | no}}", "yes"),
        ("{{#if: | yes | no}}", "no"),
        ("{{#ifeq: 1 | 1.0 | same | other}}", "same"),
        ("{{#switch: b | a = 1 | b | c = 2 | #default = 3}}", "2"),
        ("{{#switch: z | a = 1 | 9}}", "9"),
        ("{{#expr: 1 + 2 * 3 ^ 2 / 2}}", "10"),
        ("{{#ifexpr: 2 > 1 | yes | no}}", "yes"),
        ("{{lc:ABC}}{{ucfirst:abc}}{{formatnum:1234567.5}}", "abcAbc1,234,567.5"),
        ("{{PAGENAME}} {{FULLPAGENAME}}", "Example Example"),
        ("{{{1|default}}}", "default"),
        ("a{{DEFAULTSORT:x}}{{ORDENAR:y}}", "a"),
        ("{{small|{{nowrap|''a''}}}}", "<i>a</i>"),
        ("{{small|[[a|b]]}}", '<a href="./A">b</a>'),
        ("{{ small\n| 1 = a }}", "a"),
        ("{{unclosed | a", "{{unclosed | a"),
        ("a }} b", "a }} b"),
    ],
)
def test_functions_and_templates(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_unknown_templates_are_dropped_and_counted() -> None:
    result = convert("a{{Foo bar|x}}{{foo_bar}}{{#invoke:Mod|f}}")
    assert result.html == "<p>a</p>"
    assert result.dropped == (("foo bar", 2), ("#invoke:Mod", 1))


def test_an_unknown_template_of_many_lines_at_the_top_is_read_as_an_infobox() -> None:
    box = "{{Rivière\n| nom = Loire\n| longueur = 1006 km\n| pays = [[France]]\n| source = Gerbier\n| image = L.jpg\n}}"
    result = convert(f"{box}\n'''Loire'''")
    assert result.html.startswith("<table><caption>Loire</caption>")
    assert '<th scope="row">Pays</th><td><a href="./France">France</a></td>' in result.html
    assert "L.jpg" not in result.html
    assert convert(f"a\n\n== b ==\n{box}\nc").dropped == (("rivière", 1),)


def test_values_of_an_infobox_cannot_break_out_of_their_cells() -> None:
    text = "{{Infobox\n| a = '''x\n| b = </td></tr></table>y\n| c = {{ubl|1|2}}\n}}z"
    assert html(text) == (
        '<table><caption>Example</caption><tr><th scope="row">A</th><td><b>x</b></td></tr><tr><th scope="row">B</th>'
        '<td>y</td></tr><tr><th scope="row">C</th><td><ul><li>1</li><li>2</li></ul></td></tr></table><p>z</p>'
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "12. März 1950"),
        ("ja", "1950年3月12日"),
        ("ru", "12 марта 1950"),
        ("es", "12 de marzo de 1950"),
        ("xx", "1950-03-12"),
    ],
)
def test_dates_are_written_in_the_language_of_the_page(language: str, expected: str) -> None:
    assert html("{{birth date|1950|3|12}}", language=language) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("5", "km", "3.1 mi"),
        ("100", "km", "62 mi"),
        ("1000", "ft", "300 m"),
        ("1,234", "kg", "2,720 lb"),
        ("0", "C", "32 °F"),
        ("x", "km", ""),
    ],
)
def test_converted_values_keep_the_digits_that_were_given(value: str, unit: str, expected: str) -> None:
    assert converted(value, unit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2^10", "1024"),
        ("7 mod 4", "3"),
        ("5.55 round 1", "5.6"),
        ("not 0", "1"),
        ("1/0", ""),
        ("9^9^9^9", ""),
        ("(" * 500, ""),
        ("1 +", ""),
    ],
)
def test_arithmetic_ends_with_a_number_or_nothing(text: str, expected: str) -> None:
    assert evaluate(text) == expected


# ------------------------------------------------------------------ hostile text


def parsed(body: str) -> ElementTree.Element:
    """The body as XML: fails where it is not well-formed."""
    for void in ("br", "hr", "wbr"):
        body = body.replace(f"<{void}>", f"<{void}/>")
    return ElementTree.fromstring(f"<body>{body}</body>")


def depth(element: ElementTree.Element) -> int:
    level, row = 0, [element]
    while row:
        row = [child for one in row for child in one]
        level += 1
    return level


# fmt: off
REPEATED = [
    "{{", "}}", "{{{", "{{a|", "[[", "[[a|", "]]", "'", "''a", "'''''a''", "<ref>", "<ref>x</ref>", "<div>",
    "</div>", "<table>", "<td>", "{|\n", "{|\n|\n", "*", "==", "= a =\n", "<!--", "-{", "-{a:b;",
    "[http://a ", "http://a;.", "__", "<", "&", "<span style='display:none'>", "||", "{{#if:x|",
    "[[File:a|thumb|", "[[a|[b]", "<nowiki>", "<gallery>\na|", ";a:", " a\n", "{{!}}", "{{small|",
    "{{infobox|a=", "{{efn|", "<b>", "{{coord|1|", "{{{!}}", "\ufdd00\ufdd1", "{{cite web|title=",
]


# fmt: on


@pytest.mark.parametrize("mark", REPEATED)
def test_ten_thousand_of_a_mark_neither_fail_nor_grow_nor_nest_without_bound(mark: str) -> None:
    text = mark * 10_000
    result = convert(text)
    assert FAILED not in dict(result.dropped)
    assert len(result.html) <= 60 * len(text) + 1000
    assert depth(parsed(result.html)) < 300


def test_templates_that_repeat_their_arguments_cannot_grow_without_bound() -> None:
    text = "{{su|p=" * 50 + "x" * 1000 + "|b=y}}" * 50
    double = "{{native name list|name1=" * 50 + "x" * 100 + "}}" * 50
    for one in (text, double):
        assert len(convert(one).html) < 10_000_000


def test_a_failure_inside_gives_escaped_paragraphs_and_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("a bug")

    monkeypatch.setattr(wikitext, "expand", broken)
    result = convert("a <b>\n\n'''c'''")
    assert result.html == "<p>a &lt;b&gt;</p><p>'''c'''</p>"
    assert result.dropped == ((FAILED, 1),)


# fmt: off
PIECES = st.sampled_from(
    [
    "{{", "}}", "[[", "]]", "|", "=", "''", "'''", "\n", "\n\n", "* ", "# ", "; ", ":", "== ", " ==", "{|",
    "|}", "|-", "! ", "<ref>", "</ref>", "<ref name=a/>", "<references/>", "<div>", "</div>", "<td>",
    "<table>", "</table>", "<li>", "<p>", "</p>", "<nowiki>", "</nowiki>", "<!--", "-->", "File:a.jpg",
    "Category:b", "http://a.example", "[", "]", "a", "b c", "&amp;", "&", "small", "infobox", "ubl",
    "cite web", "title", "#if:", "-{", "}-", "<b>", "</i>", "<br>", "----", " ", "\ufdd0", "0", "\ufdd1",
    "<gallery>", "</gallery>", "<poem>", "</poem>", "<pre>", "</pre>", "thumb", "{{!}}", "{{{1|", "}}}", "é",
    "\x00",]
)


# fmt: on


@given(st.lists(PIECES, max_size=60).map("".join))
@examples(400)
def test_whatever_comes_in_what_comes_out_is_well_formed_and_not_a_fallback(text: str) -> None:
    result = convert(text)
    assert FAILED not in dict(result.dropped)
    parsed(result.html)
    assert not set("\ufdd0\ufdd1\ufdd2\ufdd3\x00") & set(result.html)
    assert convert(text) == result
