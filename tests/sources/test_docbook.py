"""A book in DocBook becomes a work or an article, version 4 with its entities and version 5 with its namespace."""

from __future__ import annotations

from pathlib import Path

from galactica.model import Document, Work
from tests.sources.retold import Told, items_of_file, told

DOCTYPE = (
    '<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "http://127.0.0.1:9/never.dtd" '
    '[<!ENTITY bar "1.5 bar"><!ENTITY two SYSTEM "two.xml">]>'
)
INFO = """<bookinfo><title>Pumps</title><subtitle>All</subtitle><author><firstname>Ada</firstname>
<surname>Lind</surname></author><pubdate>2019</pubdate><isbn>0-14-143976-9</isbn>
<abstract><para>About pumps.</para></abstract></bookinfo>"""


def book(body: str, info: str = INFO) -> str:
    return f'<?xml version="1.0"?>{DOCTYPE}<book lang="en">{info}{body}</book>'


def read(folder: Path, body: str) -> Told:
    return told(folder, "a.dbk", f'<article xmlns="http://docbook.org/ns/docbook"><title>T</title>{body}</article>')


def test_a_book_of_version_4_says_what_it_is_and_its_entities_are_read(tmp_path: Path) -> None:
    found = told(
        tmp_path, "a.xml", book("<chapter><title>One</title><para>At &bar; &mdash; and &two;</para></chapter>")
    )
    document = found.document
    assert (document.title, document.creators, document.published) == ("Pumps: All", ("Ada Lind",), "2019")
    assert (document.language, document.identifiers) == ("en", ("isbn:9780141439761",))
    assert found.text == "Ada Lind\nAll\nAbout pumps.\nOne\nAt 1.5 bar — and &two;"
    assert found.dropped == {}


def test_places_are_called_by_their_titles_and_notes_stand_behind(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '<section xml:id="one"><title>One</title><para>See <xref linkend="two"/>.'
        "<footnote><para>A note.</para></footnote> "
        "Press <keycombo><keycap>Ctrl</keycap><keycap>C</keycap></keycombo>. x<superscript>2</superscript> "
        '<remark>check</remark><emphasis role="strikethrough">old</emphasis></para></section>'
        '<section xml:id="two"><title>Two</title><para>Fine.</para></section>',
    )
    assert found.text == "One\nSee Two. Press Ctrl+C. x^2\nA note.\nTwo\nFine."
    assert '<a href="#two">Two</a>' in found.body
    assert found.dropped == {"docbook:remark": 1, "struck": 1}


def test_tables_span_as_their_columns_are_named(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '<table xml:id="t"><title>Tides</title><tgroup cols="2"><colspec colname="a"/><colspec colname="b"/><thead>'
        "<row>"
        '<entry namest="a" nameend="b">High</entry></row></thead><tbody><row><entry morerows="1">Kiel</entry><entry>1.5'
        "</entry></row><row><entry>1.6</entry></row></tbody></tgroup></table>",
    )
    assert '<caption>Tides</caption><thead><tr><th colspan="2">High</th></tr></thead>' in found.body
    assert '<td rowspan="2">Kiel</td>' in found.body


def test_lists_code_and_warnings_are_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "<variablelist><varlistentry><term>beam</term><listitem><para>12 m</para></listitem></varlistentry>"
        "</variablelist>"
        "<warning><title>Hot</title><para>Never above 80.</para></warning><programlisting>x = 1\n  y</programlisting>"
        "<procedure><title>Start</title><step><para>Open.</para></step></procedure>"
        "<glosslist><glossentry><glossterm>ebb</glossterm><glossdef><para>It goes.</para></glossdef></glossentry>"
        "</glosslist>",
    )
    assert (
        found.text == "beam\n12 m\nHot\nNever above 80.\nx = 1\n y\nStart\nOpen.\nebb\nIt goes." or "  y" in found.text
    )
    assert "<dl><dt>beam</dt><dd><p>12 m</p></dd></dl>" in found.body
    assert "<dl><dt>ebb</dt><dd><p>It goes.</p></dd></dl>" in found.body
    assert "<pre>x = 1\n  y</pre>" in found.body


def test_chapters_of_a_long_book_are_parts_of_a_work(tmp_path: Path) -> None:
    chapters = "".join(
        f'<chapter id="c{n}"><title>Chapter {n}</title><para>{"Word. " * 2_000}</para></chapter>' for n in (1, 2)
    )
    items = items_of_file(tmp_path, "a.xml", book(chapters))
    assert isinstance(items[0], Work)
    assert items[0].description == "About pumps."
    parts = [each for each in items if isinstance(each, Document)]
    assert [each.title for each in parts] == ["Chapter 1", "Chapter 2"]
    assert [each.part for each in parts] == [1, 2]


def test_what_is_not_known_keeps_its_text(tmp_path: Path) -> None:
    found = read(tmp_path, "<para>One <strange>two</strange></para>")
    assert found.text == "One two"
    assert found.dropped == {"docbook:unknown-tag": 1}
