"""Bodies come out in canonical form, whatever goes in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.model.body import TAGS, VOID_TAGS, attributes_of
from galactica.refine.clean import Unclean, clean, sanitise
from tests.properties import examples

WHOLE = re.compile(r'[^<>]*(?:<(?:/[a-z][a-z0-9]*|[a-z][a-z0-9]*(?: [a-z]+="[^"<>]*")*)>[^<>]*)*')


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("plain text", "<p>plain text</p>"),
        ("<div>one<div>two</div>three</div>", "<p>one</p>\n<p>two</p>\n<p>three</p>"),
        ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
        ("<p>  a \n <b> b </b>  c </p>", "<p>a <b>b</b> c</p>"),
        ("<p>a<b> </b>b</p>", "<p>a b</p>"),
        ("<p></p><p><b></b></p><ul><li></li></ul>x", "<p>x</p>"),
        ("<b><p>x</p><p>y</p></b>", "<p><b>x</b></p>\n<p><b>y</b></p>"),
        ("<center><font color=red>x</font></center>", "<p>x</p>"),
        ("<p>a<br><br>b<br></p>", "<p>a<br><br>b</p>"),
        ('<p>5 &lt; 6 &amp; 7 &gt; 6 "q" &eacute;</p>', '<p>5 &lt; 6 &amp; 7 &gt; 6 "q" é</p>'),
        ("<p>a&nbsp;b</p><p>&nbsp;</p>", "<p>a\xa0b</p>"),
        ("<h2>a</h2><h3>b</h3>", "<h2>a</h2>\n<h3>b</h3>"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<ul><ul><li>a</ul></ul>", "<ul><li><ul><li>a</li></ul></li></ul>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<li>a</li><dd>b</dd>", "<p>a</p>\n<p>b</p>"),
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<dl>a<dd><p>b</dl>", "<dl><dd>a</dd><dd><p>b</p></dd></dl>"),
        ('<ol start="3" type="a"><li value=7>a<li></ol>', '<ol start="3" type="a"><li value="7">a</li><li></li></ol>'),
        ("<table><tr><td>a<td></table>", "<table><tbody><tr><td>a</td><td></td></tr></tbody></table>"),
        ("<table><tr><td> <td></table>x", "<p>x</p>"),
        (
            "<table><caption>c</caption><thead><tr><th scope=col>a</table>",
            '<table><caption>c</caption><thead><tr><th scope="col">a</th></tr></thead></table>',
        ),
        (
            '<table><tr><td rowspan=2 colspan="3" style="x">a</table>',
            '<table><tbody><tr><td colspan="3" rowspan="2">a</td></tr></tbody></table>',
        ),
        ("<table><tr><td><div>a</div><div>b</div></table>", "<table><tbody><tr><td>a<br>b</td></tr></tbody></table>"),
        ("<pre>\n a\n  b</pre>", "<pre> a\n  b</pre>"),
        ("<pre><code>a <b> b</b>\n c</code></pre>", "<pre><code>a <b> b</b>\n c</code></pre>"),
        ("<p>a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("<blockquote>a<p>b</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        (
            "<ins>a</ins> <tt>b</tt> <acronym title=c>d</acronym>",
            '<p><u>a</u> <code>b</code> <abbr title="c">d</abbr></p>',
        ),
        ("<p>H<sub>2</sub>O 10<sup>6</sup></p>", "<p>H<sub>2</sub>O 10<sup>6</sup></p>"),
        ("<p>a<wbr>b<!-- c -->d</p>", "<p>abd</p>"),
        ("<p>x\x01y&#2;z\ud800</p>", "<p>xyz</p>"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>"),
        ("<a href=b><a href=c>d</a></a>", '<p><a href="./c">d</a></p>'),
        (
            "<figure><img src=a.png alt='a \"b\"'><figcaption>c</figure>",
            '<figure><img alt="a &quot;b&quot;" src="./a.png"><figcaption>c</figcaption></figure>',
        ),
        (
            "<video src=a.webm controls>old browser<track src=a.vtt kind=subtitles srclang=en></video>",
            '<p><video controls="" src="./a.webm"><track kind="subtitles" src="./a.vtt" srclang="en"></video></p>',
        ),
        ("<audio src='http://a.example/x.ogg'>text</audio>", ""),
    ],
)
def test_a_fragment_becomes(html, wanted):
    assert clean(html, base="X").body == wanted


@pytest.mark.parametrize(
    ("html", "language", "wanted"),
    [
        ("<p><span lang=fr>oui</span> <span lang=en>yes</span></p>", "en", '<p><span lang="fr">oui</span> yes</p>'),
        ("<div lang=fr>oui <i lang=en>yes</i></div>", "en", '<div lang="fr">oui <i lang="en">yes</i></div>'),
        ("<div dir=ltr>a</div><div dir=rtl>b</div>", "en", '<p>a</p>\n<div dir="rtl">b</div>'),
        ("<div dir=rtl>a</div><p dir=ltr>b</p>", "ar", '<p>a</p>\n<p dir="ltr">b</p>'),
        ("<html lang=de><body><p lang=de>ja</p></body></html>", "", "<p>ja</p>"),
        ("<p><bdo dir=ltr>a</bdo></p>", "en", '<p><bdo dir="ltr">a</bdo></p>'),
    ],
)
def test_a_language_is_told_where_it_is_new(html, language, wanted):
    assert clean(html, base="X", language=language).body == wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<p id="a">x</p>', '<p id="a">x</p>'),
        ('<p id="mwAb">x</p>', "<p>x</p>"),
        ('<h2><span id="Life">Life</span></h2>', '<h2 id="Life">Life</h2>'),
        ('<a name="Life"></a><h2>Life</h2>', '<h2 id="Life">Life</h2>'),
        ('<div id="d">x</div>', "<p>x</p>"),
        ('<div id="d">x</div><a href="#d">y</a>', '<p><span id="d"></span>x</p>\n<p><a href="#d">y</a></p>'),
        ('<b id="i"><p>x</p><p>y</p></b>', '<p><b id="i">x</b></p>\n<p><b>y</b></p>'),
        ('<p id="a b">x</p>', "<p>x</p>"),
    ],
)
def test_places_that_links_lead_to_stay(html, wanted):
    assert clean(html, base="X").body == wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<pre>0\f</pre>", "<pre>0 </pre>"),
        ("<pre>a\fb&#12;c</pre>", "<pre>a b c</pre>"),
        ("<pre>a&#13;b&#13;\nc</pre>", "<pre>a\nb\nc</pre>"),
    ],
)
def test_preformatted_text_has_no_control_characters_but_line_feeds(html, wanted):
    assert clean(html, base="X").body == wanted


NAMES = "p div b i a span ul ol li dl dt dd table tr td th caption h1 h2 pre code blockquote section math sup".split()
SPECIALS = [
    *('<a href="b">', "<a name=x>", "<br>", "<hr>", "<img src=a>", "<div lang=fr>", "<sup class=reference>"),
    *("<math>", "<mi>", "<mtext>", "<svg>", "<title>", "<style>", "<script>", "<template>", "<select>", "<option>"),
    *("<ruby>", "<rt>", "<details>", "<summary>", "<figure>", "<figcaption>", "<!-- x -->", "<td colspan=2>"),
    *("<span style='display:none'>", "<nav>", "<main>", "<font>", "<annotation-xml encoding='text/html'>", "<h3 id=x>"),
    *(" ", "\n", "&amp;", "&nbsp;", "&lt;", "x", "[1]"),
]
PIECE = st.one_of(
    st.sampled_from(NAMES).map("<{}>".format),
    st.sampled_from(NAMES).map("</{}>".format),
    st.sampled_from(SPECIALS),
    st.text(max_size=6),
)
SOUP = st.lists(PIECE, max_size=30).map("".join)


@examples(300)
@given(SOUP)
def test_any_soup_becomes_a_body_that_both_gates_leave_alone(html):
    body = clean(html, base="A/B").body
    assert sanitise(body) == body
    assert clean(body, base="").body == body
    _check_form(body)


def _check_form(body):
    assert WHOLE.fullmatch(body)
    open_tags = []
    for closing, name, attributes in re.findall(r"<(/?)([a-z][a-z0-9]*)([^>]*)>", body):
        assert name in TAGS
        if closing:
            assert open_tags.pop() == name
        elif name not in VOID_TAGS:
            open_tags.append(name)
        names = re.findall(r' ([a-z]+)="', attributes)
        assert names == sorted(set(names))
        assert set(names) <= attributes_of(name)
    assert not open_tags
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", body)
    if "<pre" not in body:
        assert "  " not in body
        assert "\t" not in body


@examples(200)
@given(SOUP, st.text(alphabet="wxyz", min_size=3, max_size=9))
def test_the_result_depends_on_the_input_alone(html, word):
    first = clean(html, base="A/B")
    clean(f"<p id={word}>{word}</p>", base=word)
    assert clean(html, base="A/B") == first


def test_words_are_not_glued():
    page = "<table><tr><td>a</td><td>b</td></tr></table><div>c</div>d<span>e</span><li>f<dd>g<section>h</section>i"
    text = re.sub(r"<(?!/?span)[^>]*>", " ", clean(page, base="X").body)
    assert text.split() == ["a", "b", "c", "de", "f", "g", "h", "i"]


def test_markup_that_two_parsers_never_agree_on_is_refused(monkeypatch):
    monkeypatch.setattr("galactica.refine.clean.reparse", lambda body: body + "<p>more</p>")
    with pytest.raises(Unclean) as caught:
        clean("<b>x</b>", base="X")
    assert caught.value.reason == "unstable"
