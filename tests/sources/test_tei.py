"""A text in TEI becomes what a reader is to read: verse, notes, corrected words, printed pages."""

from __future__ import annotations

from pathlib import Path

from galactica.model import Work
from tests.sources.retold import Told, items_of_file, told

HEADER = """<teiHeader><fileDesc><titleStmt><title>Faust</title><author>Goethe</author></titleStmt><publicationStmt>
<publisher>DTA</publisher><date>2011</date><idno type="URN">urn:nbn:de:kobv:b4</idno><availability><licence
target="https://creativecommons.org/licenses/by-sa/4.0/">CC</licence></availability></publicationStmt><sourceDesc>
<bibl><date>1790</date></bibl></sourceDesc></fileDesc><encodingDesc><p>x</p></encodingDesc><profileDesc><langUsage>
<language ident="de">German</language></langUsage><textClass><keywords><term>Drama</term></keywords></textClass>
</profileDesc></teiHeader>"""


def text(body: str, header: str = HEADER) -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>'


def read(folder: Path, body: str) -> Told:
    named = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
    return told(folder, "a.xml", text(body, named))


def test_the_header_says_whose_text_it_is_and_when_it_appeared(tmp_path: Path) -> None:
    found = told(tmp_path, "a.tei", text("<p>Habe nun.</p>"))
    document = found.document
    assert (document.title, document.creators, document.published) == ("Faust", ("Goethe",), "1790")
    assert (document.language, document.licence, document.categories) == ("de", "CC-BY-SA-4.0", ("Drama",))
    assert document.identifiers == ("urn:nbn:de:kobv:b4",)
    assert found.text == "Goethe\nHabe nun."
    assert found.dropped == {"tei:encodingDesc": 1}


def test_of_several_forms_of_a_word_the_reader_s_is_read_and_the_others_are_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "<p>Er gieng <choice><sic>nahc</sic><corr>nach</corr></choice> Kiel, <del>nie</del><add>oft</add>. "
        "<choice><abbr>Dr.</abbr><expan>Doktor</expan></choice> <app><lem>sagte</lem><rdg>rief</rdg></app> "
        '<hi rend="strikethrough">zwei</hi><sic>dreii</sic> 10<hi rend="superscript">5</hi><lb/>Zeilen '
        'Wor<lb break="no"/>te.</p>',
    )
    assert found.text == "Er gieng nach Kiel, oft. Doktor sagte dreii 10^5 Zeilen Worte."
    assert found.dropped == {"struck": 1, "tei:abbr": 1, "tei:del": 1, "tei:rdg": 1, "tei:sic": 1}


def test_verses_stay_lines_and_speakers_stand_above_them(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "<div><head>Akt</head><sp><speaker>Faust.</speaker><l>Habe nun</l><l>Juristerei</l></sp>"
        "<lg><head>Lied</head><lg><l>Es war</l><l>ein Kings</l></lg><lg><l>Zwei</l></lg></lg></div>",
    )
    assert found.text == "Akt\nFaust.\nHabe nun\nJuristerei\nLied\nEs war\nein Kings\nZwei"
    assert "<p>Es war<br>ein Kings</p>\n<p>Zwei</p>" in found.body


def test_notes_stand_behind_their_section_and_pages_keep_their_numbers(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '<pb n="12"/><div><head>A</head><p>One<note place="foot" n="7">A note.</note> two</p><pb n="13"/><p>x</p></div>'
        "<div><head>B</head><p>three</p></div>",
    )
    assert found.text == "A\nOne two\nx\nA note.\nB\nthree"
    assert 'One<sup role="doc-noteref"><a href="#note-1">7</a></sup> two' in found.body
    assert '<h2 id="page:12">A</h2>' in found.body
    assert '<p><span id="page:13"></span>x</p>' in found.body


def test_tables_lists_and_pictures_are_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '<table><head>Tafel</head><row role="label"><cell>Ort</cell><cell>m</cell></row><row><cell>Kiel</cell>'
        '<cell>1,5</cell></row></table><list><label>Tiefe</label><item>7 m</item></list><list type="ordered">'
        '<item>eins</item></list><figure><graphic url="a.png"/><figDesc>Ein Bild</figDesc></figure>',
    )
    assert found.text == "Tafel\nOrt\tm\nKiel\t1,5\nTiefe\n7 m\neins\nEin Bild"
    assert "<th>Ort</th>" in found.body


def test_a_long_text_is_a_work_whose_sections_are_parts(tmp_path: Path) -> None:
    parts = "".join(
        f'<div xml:id="d{n}"><head>Part {n}</head><p>{"Word. " * 2_000}<ref target="#d2">on</ref></p></div>'
        for n in (1, 2)
    )
    items = items_of_file(tmp_path, "a.tei", text(parts))
    work = items[0]
    assert isinstance(work, Work)
    assert (work.title, work.creators, work.publisher) == ("Faust", ("Goethe",), "DTA")
    assert [getattr(each, "title", "") for each in items[1:]] == ["Part 1", "Part 2"]
    assert 'href="/a.tei%23d2#d2"' in getattr(items[1], "content", "")


def test_words_that_are_tags_each_are_parted(tmp_path: Path) -> None:
    assert read(tmp_path, "<p><w>The</w><w>ship</w><pc>.</pc></p>").text == "The ship."


def test_depth_without_measure_is_counted_and_loses_no_text(tmp_path: Path) -> None:
    found = read(tmp_path, "<div>" * 5_000 + "<p>deep</p>" + "</div>" * 5_000)
    assert "deep" in found.text
    assert found.dropped["tei:too-deep"] == 1


def test_a_text_without_a_title_is_called_by_its_first_heading_which_stands_once(tmp_path: Path) -> None:
    found = told(tmp_path, "a.xml", text("<head>Letter</head><p>The ship left.</p>", ""))
    assert (found.document.title, found.text) == ("Letter", "The ship left.")
