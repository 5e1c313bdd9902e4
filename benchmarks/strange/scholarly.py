"""Articles and books in XML: JATS, TEI, DocBook."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.strange.case import StrangeFile, strange

_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def _jats(front: str, body: str, back: str = "", head: str = "", encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>{head}<article {_XLINK} article-type="research-article">'
        f"<front><article-meta>{front}</article-meta></front><body>{body}</body><back>{back}</back></article>"
    ).encode(encoding)


def jats() -> Iterator[StrangeFile]:
    """Articles of journals."""
    title = "<title-group><article-title>Zinc</article-title></title-group>"
    people = (
        '<contrib-group><contrib contrib-type="author"><name><surname>Lind</surname><given-names>Ada</given-names></name>'
        '<xref ref-type="aff" rid="a"/></contrib><aff id="a"><label>1</label>University of Kiel</aff></contrib-group>'
    )
    yield strange(
        "front.nxml",
        "an article with authors, an abstract and words for it",
        _jats(f"{title}{people}<abstract><p>Doses of 10<sup>6</sup>.</p></abstract>", "<p>Give 5 mg.</p>"),
        "Zinc",
        "Ada Lind (University of Kiel)",
        "Doses of 10^6.",
        "Give 5 mg.",
        never=("LindAda",),
    )
    formula = (
        "<p>About <inline-formula><mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>23</mml:mn></mml:msup></mml:math>"
        "</inline-formula> and <inline-formula><tex-math>\\begin{document}$$x^2$$\\end{document}</tex-math></inline-formula>"
        ' of them<xref ref-type="fn" rid="f1"><sup>1</sup></xref>, 2<xref ref-type="bibr" rid="r1"><sup>3</sup></xref></p>'
    )
    notes = '<fn-group><fn id="f1"><label>1</label><p>Counted by hand.</p></fn></fn-group>'
    yield strange(
        "formula.nxml",
        "formulas in MathML and TeX, marks of notes and of references",
        _jats(
            title, formula, notes + '<ref-list><ref id="r1"><mixed-citation>Berg 1999</mixed-citation></ref></ref-list>'
        ),
        "About 10^23 and x^2 of them, 2",
        "Counted by hand.",
        "Berg 1999",
        never=("1023", "them1", "23\n", "begin{document}"),
    )
    table = (
        '<table-wrap><label>Table 1</label><caption><p>Tides</p></caption><table><tr><th rowspan="2">Port</th><th>m</th></tr>'
        "<tr><td>-1.5</td></tr></table></table-wrap><fig><label>Fig. 2</label><caption><p>The pump.</p></caption>"
        '<graphic xlink:href="f2"/></fig>'
    )
    fields = (
        "<ref-list><ref><element-citation><person-group><name><surname>Berg</surname><given-names>O</given-names></name>"
        "</person-group><article-title>On tides</article-title><year>1999</year><volume>12</volume><fpage>3</fpage>"
        "</element-citation></ref></ref-list>"
    )
    yield strange(
        "fields.nxml",
        "a table, a figure without a file, references kept as fields, in ISO 8859-1 with names of signs and a DTD",
        _jats(title, f"<p>Caf\u00e9 &mdash; 5 &mu;g</p>{table}", fields, '<!DOCTYPE article SYSTEM "http://127.0.0.1:9/a.dtd">', "iso-8859-1"),
        "Café — 5 μg",
        "Table 1 Tides\nPort\tm\n-1.5",
        "Fig. 2 The pump.",
        "O Berg. On tides. 1999; 12:3",
        never=("BergO", "199912"),
        counted=("jats:picture",),
    )  # fmt: skip


def _tei(body: str, header: str = "") -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Log</title></titleStmt></fileDesc>{header}</teiHeader><text><body>{body}</body></text></TEI>'


def tei() -> Iterator[StrangeFile]:
    """Editions of texts."""
    yield strange(
        "choice.xml",
        "corrections, deletions, abbreviations",
        _tei(
            "<p>Give <del>50</del><add>5</add> <choice><abbr>mg</abbr><expan>milligrams</expan></choice> to the "
            "<choice><sic>cerw</sic><corr>crew</corr></choice>, 10<hi rend='superscript'>3</hi> times<gap/></p>"
        ),
        "Give 5 milligrams to the crew, 10^3 times",
        never=("50", "cerw"),
        counted=("tei:del", "tei:sic"),
    )
    yield strange(
        "verse.xml",
        "a poem in stanzas, a play, notes, pages",
        _tei(
            '<pb n="7"/><div><head>Song</head><lg><l>The sea is wide<note n="2">Or deep.</note></l><l>and cold</l></lg>'
            "<sp><speaker>OLE</speaker><p>Stop at 1.5 bar!</p></sp></div>"
        ),
        "Song\nThe sea is wide\nand cold",
        "Or deep.",
        "OLE\nStop at 1.5 bar!",
        never=("wide2",),
    )
    yield strange(
        "words.xml",
        "words that are a tag each, a list of terms, a table",
        _tei(
            "<p><w>High</w><w>water</w> <w>at</w> <time>06:12</time></p><list><label>Draught</label><item>7 m</item></list>"
            "<table><row role='label'><cell>Port</cell><cell>m</cell></row><row><cell>Kiel</cell><cell>1.5</cell></row></table>"
        ),
        "High water at 06:12",
        "Draught\n7 m",
        "Port\tm\nKiel\t1.5",
        never=("Highwater",),
    )


def docbook() -> Iterator[StrangeFile]:
    """Manuals."""
    doctype = '<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "http://127.0.0.1:9/d.dtd" [<!ENTITY press "1.5 bar">]>'
    yield strange(
        "four.xml",
        "DocBook 4 with entities of its own and of HTML",
        f"{doctype}<article><articleinfo><title>Pump</title></articleinfo><para>Runs at &press; &ndash; 10<superscript>3</superscript> L.</para></article>",
        "Pump",
        "Runs at 1.5 bar – 10^3 L.",
        never=("&press;",),
    )
    book = '<article xmlns="http://docbook.org/ns/docbook"><title>Pump</title>{}</article>'
    yield strange(
        "steps.dbk",
        "steps, a warning, a footnote, keys, what is struck",
        book.format(
            "<procedure><step><para>Open the valve.<footnote><para>By hand.</para></footnote></para></step><step><para>Press "
            "<keycombo><keycap>Ctrl</keycap><keycap>C</keycap></keycombo>.</para></step></procedure><warning><para>Never above "
            '<emphasis role="strikethrough">90</emphasis> 80 °C</para></warning><remark>ask Ole</remark>'
        ),
        "Open the valve.",
        "By hand.",
        "Press Ctrl+C.",
        "Never above 80 °C",
        never=("90", "ask Ole", "valve.1"),
        counted=("docbook:remark",),
    )
    yield strange(
        "cals.dbk",
        "a table of the CALS model, a place that is called by its title",
        book.format(
            '<section xml:id="t"><title>Tides</title><informaltable><tgroup cols="2"><colspec colname="a"/><colspec colname="b"/>'
            '<thead><row><entry namest="a" nameend="b">High water</entry></row></thead><tbody><row><entry>Kiel</entry>'
            '<entry>1.5</entry></row></tbody></tgroup></informaltable></section><section><title>More</title><para>See <xref linkend="t"/>.'
            "</para></section>"
        ),
        "High water\nKiel\t1.5",
        "See Tides.",
    )


def scholarly_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from jats()
    yield from tei()
    yield from docbook()
