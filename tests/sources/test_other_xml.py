"""XML that has no reader of its own: data as JSON is told, prose as a page, nothing lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.other_xml import recognise
from galactica.sources.other_xml_values import XmlValues
from galactica.sources.xml_tree import grown_tree
from tests.properties import examples
from tests.sources.retold import items_of_file, told, told_all

BOOKS = """<?xml version="1.0"?><catalog xmlns="urn:x"><book id="b1" lang="en"><author>Ada Lind</author>
<title>Tides</title>
<price currency="EUR">44.90</price><description>On the sea.</description></book><book id="b2"><title>Knots</title>
<price currency="USD">5</price><description>On ropes.</description></book></catalog>"""


def test_records_with_a_text_are_documents_of_it(tmp_path: Path) -> None:
    tides, knots = told_all(tmp_path, "books.xml", BOOKS)
    assert (tides.document.title, tides.document.creators, tides.document.language) == ("Tides", ("Ada Lind",), "en")
    assert tides.text == "On the sea.\nprice: 44.90\nprice currency: EUR"
    assert knots.document.path == "b2"


def test_records_with_a_name_are_articles_of_their_fields_with_attributes(tmp_path: Path) -> None:
    text = (
        '<ports><port code="K"><name>Kiel</name><depth unit="m">11.50</depth><tel>1</tel><tel kind="fax">2</tel></port>'
    )
    kiel, oslo = told_all(
        tmp_path, "ports.xml", f"{text}<port code='O'><name>Oslo</name><depth>9</depth></port></ports>"
    )
    assert kiel.text.split("\n") == [
        *("code\tK", "depth\t11.50", "depth unit\tm", "tel 1\t1", "tel 2: kind\tfax", "tel 2: value\t2")
    ]
    assert oslo.text == "code\tO\ndepth\t9"


def test_things_of_rdf_are_articles_of_what_is_said_of_them(tmp_path: Path) -> None:
    space = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="urn:d#"'
    one = '<rdf:Description rdf:about="u:1"><d:title>Kiel</d:title><d:near rdf:resource="u:2"/></rdf:Description>'
    two = '<rdf:Description rdf:about="u:2"><d:title>Oslo</d:title></rdf:Description>'
    rdf = f"<rdf:RDF {space}>{one}{two}</rdf:RDF>"
    kiel, _ = told_all(tmp_path, "a.rdf", rdf)
    assert (kiel.document.title, kiel.text) == ("Kiel", "about\tu:1\nnear\tu:2")


def test_one_thing_is_one_article_of_its_fields(tmp_path: Path) -> None:
    found = told(
        tmp_path, "pump.xml", '<pump version="2"><bar>1.50</bar><on>no</on><part/><seat><n>7</n></seat></pump>'
    )
    assert found.text == "version\t2\nbar\t1.50\non\tno\nseat: n\t7"


def test_one_thing_with_a_text_is_the_article_of_its_file(tmp_path: Path) -> None:
    found = told(tmp_path, "a b.xml", '<note to="Li"><text>Open the valve.</text><at>06:12</at></note>')
    assert (found.document.path, found.document.title) == ("a b.xml", "a b")
    assert found.text == "Open the valve.\nto: Li\nat: 06:12"


def test_prose_is_a_page_in_the_order_of_the_document(tmp_path: Path) -> None:
    text = (
        '<paper year="1912"><title>Tides</title><author>Ada Lind</author><section><title>Method</title><p>We read the '
        '<em>gauge</em> 10<sup>3</sup> times, <odd why="x">then</odd> left.</p><own>Alone.</own>'
        '<link href="https://x.example/">More</link></section></paper>'
    )
    found = told(tmp_path, "a.xml", text)
    assert found.document.title == "Tides"
    assert found.text == "Ada Lind\nMethod\nWe read the gauge 10^3 times, then left.\nAlone.\nMore"
    assert "https://x.example/" in found.document.content
    assert found.dropped == {"xml:attribute": 2, "xml:unknown-tag": 3}


def test_lines_that_follow_each_other_are_no_data(tmp_path: Path) -> None:
    lines = "<LINE>Here, master: what cheer?</LINE><LINE>Good, speak to the mariners</LINE>"
    act = f"<ACT><TITLE>ACT I</TITLE><SPEECH><SPEAKER>B.</SPEAKER>{lines}</SPEECH></ACT>"
    play = f"<PLAY><TITLE>The Tempest</TITLE>{act}</PLAY>"
    found = told(tmp_path, "play.xml", play)
    assert found.document.title == "The Tempest"
    assert found.text == "ACT I\nB.\nHere, master: what cheer?\nGood, speak to the mariners"


@pytest.mark.parametrize("root", ["urlset", "svg", "xsl:stylesheet", "Project", "container"])
def test_what_is_written_for_programs_is_not_read(root: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f'<?xml version="1.0"?><{root}><a>b</a></{root}>')
    with pytest.raises(InputError, match="not known"), open_source(path, SourceOptions()):
        pass


@pytest.mark.parametrize(
    ("name", "start", "sure"),
    [
        ("a.xml", "<a>", 20),
        ("a.dita", "<?xml version='1.0'?><a>", 18),
        ("a.dita", "<a>", 0),
        ("a.svg", "<?xml version='1.0'?><a>", 0),
        ("a.xml", "no tag", 0),
    ],
)
def test_it_is_told_by_its_first_tag(name: str, start: str, sure: int) -> None:
    assert recognise(name, start.encode()) == sure


def test_what_is_broken_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    found = told(tmp_path, "a.xml", "<list><a>Kiel & Bonn</a><b>no end</list>")
    assert found.text == "a\tKiel & Bonn\nb\tno end"
    assert found.dropped == {"xml:not-well-formed": 1}


def test_in_a_folder_a_file_of_one_article_is_a_page_and_records_are_a_source(tmp_path: Path) -> None:
    for name, text in (("a.xml", "<a><b>1</b><c>2</c></a>"), ("books.xml", BOOKS)):
        (tmp_path / name).write_text(text)
    with open_source(tmp_path, SourceOptions()) as source:
        found = [item for item in source.read() if isinstance(item, Document)]
    assert [(each.path, each.source == "books") for each in found] == [("a.xml", False), ("b1", True), ("b2", True)]


def test_hostile_depth_and_entities_end_within_bounds(tmp_path: Path) -> None:
    deep = told(tmp_path, "deep.xml", "<a>" * 1_500 + "text" + "</a>" * 1_500)
    assert "text" in deep.text
    assert deep.dropped["xml:too-deep"] == 1
    names = "".join(
        f'<!ENTITY {b} "{"&" + a + ";" * 1}{"&" + a + ";"}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f'<!DOCTYPE x [<!ENTITY a "boom">{names}]><x><y>&i;</y><z>2</z></x>'
    items = items_of_file(tmp_path, "bomb.xml", bomb)
    assert sum(each.content.count("boom") for each in items if isinstance(each, Document)) <= 1
    assert all(isinstance(each, Document | Rejected) for each in items)


@given(
    st.recursive(
        st.text("ab &<", max_size=5), lambda inside: st.lists(st.tuples(st.sampled_from("xyz"), inside), max_size=4)
    )
)
@examples(60)
def test_no_text_of_data_is_lost(tree: object) -> None:
    said: list[str] = []

    def written(node: object) -> str:
        if isinstance(node, list):
            return "".join(f"<{name}>{written(inside)}</{name}>" for name, inside in node)
        text = str(node).replace("&", "").replace("<", "").strip()
        said.extend(text.split())
        return text

    document = f"<root>{written(tree)}</root>"
    told_value = str(XmlValues().of(grown_tree(document, every=True).root.children()[0]))
    assert all(word in told_value for word in said)


def test_text_with_marks_and_paragraphs_in_a_record_are_one_text_in_their_order(tmp_path: Path) -> None:
    one = (
        "<title>A</title><n>10<sup>3</sup></n><body><p>One <b>bold</b> word.</p><ul><li>Two<br/>lines.</li></ul></body>"
    )
    two = "<title>B</title><n>7<unit>m</unit></n><body><p why='x'>Three.</p></body>"
    more = "<code>RX-0000-1111-2222-3333</code>"
    text = f"<list><item>{one}{more}</item><item>{two}{more}</item></list>"
    first, second = told_all(tmp_path, "a.xml", text)
    assert first.text == "One bold word.\nTwo lines.\nn: 10^3\ncode: RX-0000-1111-2222-3333"
    assert second.text.split("\n")[:3] == ["Three.", "n: unit: m", "n: value: 7"]
    assert (first.document.dropped, second.document.dropped) == ((("xml:attribute", 1),), ())


def test_paragraphs_among_other_tags_are_prose_and_a_later_title_is_none_of_the_whole(tmp_path: Path) -> None:
    text = (
        "<report title='Boats'><p>The first words of all.</p><table><tr><td>1</td></tr></table><p>The words after a "
        "table.</p><box><title>Inside</title><p>Of a box.</p></box></report>"
    )
    found = told(tmp_path, "a.xml", text)
    assert found.document.title == "Boats"
    assert found.text == "The first words of all.\n1\nThe words after a table.\nInside\nOf a box."


def test_how_space_is_kept_is_for_programs(tmp_path: Path) -> None:
    found = told(tmp_path, "a.xml", "<a><b xml:space='preserve'>1</b><c>2</c></a>")
    assert (found.text, found.dropped) == ("b\t1\nc\t2", {"xml:for-programs": 1})


def test_what_takes_turns_is_told_in_its_order(tmp_path: Path) -> None:
    turns = "<who>What is your name then?</who><she>I am called Ada.</she>"
    found = told(tmp_path, "a.xml", f"<talk>{turns}<who>And where do you live?</who><she>I live in Kiel.</she></talk>")
    assert found.text == "What is your name then?\nI am called Ada.\nAnd where do you live?\nI live in Kiel."


def test_records_that_are_called_as_paragraphs_are_records(tmp_path: Path) -> None:
    text = "<r><p code='K'><name>Kiel</name><v>1</v></p><p code='O'><name>Oslo</name><v>2</v></p></r>"
    kiel, oslo = told_all(tmp_path, "a.xml", text)
    assert (kiel.document.title, kiel.text, oslo.text) == ("Kiel", "code\tK\nv\t1", "code\tO\nv\t2")
