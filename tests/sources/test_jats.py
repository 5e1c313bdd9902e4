"""An article in JATS becomes one article: what it says of itself, its text, its references."""

from __future__ import annotations

from pathlib import Path

from galactica.model import Rejected
from galactica.sources import jats
from tests.sources.retold import Told, items_of_file, told

FRONT = """<journal-meta><journal-title-group><journal-title>Pumps</journal-title></journal-title-group>
<publisher><publisher-name>Harbour</publisher-name></publisher></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1000/p.1</article-id><title-group><article-title>Zinc &amp; <italic>pumps</italic>
</article-title><trans-title-group xml:lang="en"><trans-title>Zinc</trans-title></trans-title-group></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Lind</surname><given-names>Ada</given-names></name>
<xref ref-type="aff" rid="a1"/></contrib><contrib contrib-type="editor"><name><surname>Not</surname></name></contrib>
<aff id="a1"><label>1</label><institution>U Kiel</institution><country>DE</country></aff></contrib-group>
<pub-date><day>3</day><month>5</month><year>2019</year></pub-date><volume>12</volume><issue>3</issue><fpage>4</fpage>
<lpage>9</lpage><history><date><year>2018</year></date></history><permissions><license
xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>Free</license-p></license></permissions>
<abstract><p>Short.</p></abstract><kwd-group><kwd>zinc</kwd></kwd-group></article-meta>"""


def article(body: str = "<p>Text.</p>", back: str = "", front: str = FRONT) -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.3//EN" "http://127.0.0.1:9/never.dtd">'
        '<article xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'article-type="research-article" xml:lang="fr"><front>{front}</front><body>{body}</body>'
        f"<back>{back}</back></article>"
    )


def read(folder: Path, body: str = "<p>Text.</p>", back: str = "") -> Told:
    return told(folder, "a.nxml", article(body, back))


def test_the_front_says_who_wrote_it_when_and_where_it_appeared(tmp_path: Path) -> None:
    found = read(tmp_path)
    document = found.document
    assert (document.title, document.aliases, document.creators) == ("Zinc & pumps", ("Zinc",), ("Ada Lind",))
    assert (document.published, document.identifiers) == ("2019-05-03", ("doi:10.1000/p.1",))
    assert (document.url, document.licence) == ("https://doi.org/10.1000/p.1", "CC-BY-4.0")
    assert (document.language, document.categories, document.work) == ("fr", ("zinc",), "")
    assert found.text == "Pumps 12 (3): 4–9, 2019-05-03\nAda Lind (U Kiel, DE)\nShort.\nText.\nFree"
    assert found.dropped == {"jats:history": 1}


def test_sections_figures_tables_and_lists_keep_their_words(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '<sec id="s"><label>1</label><title>Dose</title><p>As in <xref ref-type="fig" rid="g">Fig. 1</xref>.</p>'
        '<sec><title>Below</title><p>More.</p></sec><fig id="g"><label>Fig. 1</label><caption><title>A pump.</title>'
        '<p>Seen.</p></caption><graphic xlink:href="p.png"/></fig><table-wrap id="t"><label>Table 1</label><caption>'
        "<p>Tides</p></caption><table><tbody><tr><td>Kiel</td><td>1.5</td></tr></tbody></table></table-wrap>"
        '<list list-type="order"><list-item><label>1.</label><p>one</p></list-item></list></sec>',
    )
    assert '<h2>1 Dose</h2>\n<p>As in <a href="#g">Fig. 1</a>.</p>\n<h3>Below</h3>' in found.body
    assert '<figure id="g"><img alt="" src="./p.png"><figcaption>Fig. 1 A pump. Seen.</figcaption>' in found.body
    assert '<table id="t"><caption>Table 1 Tides</caption><tbody><tr><td>Kiel</td><td>1.5</td></tr>' in found.body
    assert "<ol><li><p>one</p></li></ol>" in found.body


def test_formulas_are_mathml_or_tex_and_powers_stay_powers(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "<p>10<sup>3</sup>, <inline-formula><mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>23</mml:mn></mml:msup>"
        "</mml:math></inline-formula>, <inline-formula><alternatives><tex-math>\\begin{document}$$x^2$$\\end{document}"
        '</tex-math><graphic xlink:href="q"/></alternatives></inline-formula> &alpha;</p>',
    )
    assert "10^3, 10^23, x^2 α" in found.text


def test_references_of_fields_and_of_words_are_read(tmp_path: Path) -> None:
    back = (
        '<fn-group><fn id="f1"><label>*</label><p>A note.</p></fn></fn-group><ref-list><title>Refs</title><ref id="r1">'
        "<label>1</label><element-citation><person-group><name><surname>Berg</surname><given-names>O</given-names></name>"
        "<etal/></person-group><article-title>Old</article-title><source>J</source><year>1999</year><volume>2</volume>"
        '<issue>5</issue><fpage>1</fpage><lpage>3</lpage><pub-id pub-id-type="doi">10.1/2</pub-id></element-citation>'
        '</ref><ref id="r2"><mixed-citation><name><surname>Li</surname><given-names>W</given-names></name>. New, 2001.'
        "</mixed-citation></ref></ref-list>"
    )
    found = read(tmp_path, '<p>Said<xref ref-type="fn" rid="f1">*</xref> [<xref rid="r1">1</xref>]</p>', back)
    assert "Said [1]\n" in found.text
    assert 'Said<sup role="doc-noteref"><a href="#f1">*</a></sup>' in found.body
    assert "* A note.\nRefs\n1 O Berg, et al.. Old. J. 1999; 2(5):1–3. doi:10.1/2\nW Li. New, 2001." in found.text


def test_what_is_not_known_keeps_its_text_and_is_counted(tmp_path: Path) -> None:
    found = read(tmp_path, "<p>One <strange>two</strange>.</p><odd><p>Three</p></odd><odder>Four</odder>")
    assert "One two.\nThree\nFour" in found.text
    assert found.dropped["jats:unknown-tag"] == 3


def test_what_is_not_well_formed_or_has_no_end_is_read_as_far_as_can_be(tmp_path: Path) -> None:
    found = told(tmp_path, "a.nxml", article("<p>A & B <italic>c</p><p>D</p>"))
    assert "A & B c\nD" in found.text
    assert found.dropped["jats:not-well-formed"] == 1
    deep = told(tmp_path, "b.nxml", article("<sec><title>s</title><p>x</p>" * 300 + "</sec>" * 300))
    assert deep.dropped["jats:too-deep"]
    assert deep.text.count("x") == 300


def test_entities_without_an_end_do_not_expand(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(20))
    text = f'<!DOCTYPE article [{bomb}]><article article-type="x"><front/><body><p>See &a19; end</p></body></article>'
    found = told(tmp_path, "a.nxml", text)
    assert "end" in found.text
    assert len(found.text) < 200


def test_an_article_without_text_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "folder"
    place.mkdir()
    (place / "b.txt").write_text("It rained.\n\nAll day.\n")
    (place / "a.nxml").write_text('<article article-type="x"><front/><body/></article>')
    from galactica.sources.formats import open_source

    with open_source(place) as source:
        left = [each for each in source.read() if isinstance(each, Rejected)]
    assert [(each.where, each.reason) for each in left] == [("a.nxml", "empty")]


def test_an_article_in_a_folder_is_a_page_of_it(tmp_path: Path) -> None:
    items = items_of_file(tmp_path, "a.nxml", article())
    assert [getattr(each, "path", "") for each in items] == ["a.nxml"]


def test_another_article_in_xml_is_none_of_a_journal() -> None:
    other = b"<article><headline>News</headline><text>Something.</text></article>"
    assert jats.recognise("a.xml", other) == 0
    assert jats.recognise("a.nxml", other) > 0
