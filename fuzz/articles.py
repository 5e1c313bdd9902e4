"""Target of the fuzzer: any bytes as an article or book in XML: JATS, TEI, DocBook, or XML that has no reader of its own."""

from __future__ import annotations

from fuzz import reading
from galactica.sources import docbook, jats, other_xml, tei

SEEDS = (
    b"<article><front><article-meta><title-group><article-title>a</article-title></title-group><contrib-group><contrib>"
    b'<name><surname>b</surname></name><xref ref-type="aff" rid="x"/></contrib><aff id="x">c</aff></contrib-group>'
    b'</article-meta></front><body><sec id="s"><title>d</title><p>e<xref rid="f1">1</xref><fn id="f1"><p>f</p></fn></p>'
    b"<table-wrap><table><tr><td>g</td></tr></table></table-wrap></sec></body><back><ref-list><ref><element-citation>"
    b"<year>1912</year></element-citation></ref></ref-list></back></article>",
    b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><div><head>a</head><lg><l n="1">b</l></lg><p>'
    b'<choice><sic>c</sic><corr>d</corr></choice><note>e</note><pb n="2"/><gap/></p></div></body></text></TEI>',
    b'<book xmlns="http://docbook.org/ns/docbook"><title>a</title><chapter xml:id="c"><title>b</title><para>d<xref '
    b'linkend="c"/><footnote><para>e</para></footnote></para><informaltable><tgroup cols="2"><colspec colname="x"/>'
    b'<tbody><row><entry namest="x" nameend="x" morerows="1">f</entry></row></tbody></tgroup></informaltable></chapter></book>',
    b'<ports><port id="1"><name>a</name><d unit="m">1.50</d></port><port><name>b</name></port></ports>',
)
PIECES = (
    "<sec>", "</sec>", "<title>", "</title>", "<p>", "</p>", "<fn>", "<xref rid='a'/>", "<list>", "<list-item>", "<table>",
    "<tr>", "<td colspan='9'>", "<row>", "<entry morerows='9'>", "<div>", "<lg>", "<l>", "<note>", "<choice>", "<sic>",
    "<para>", "<footnote>", "<a b='c' d='e'>", "<a>", "</a>", "<a/>", "x ", "&", "&amp;", "<![CDATA[", "<!--", "<?", "]]>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
)  # fmt: skip

READINGS = 4


def one(data: bytes) -> None:
    """Read `data` as each of them."""
    for each, name in ((jats, "t.nxml"), (tei, "t.tei"), (docbook, "t.dbk"), (other_xml, "t.xml")):
        reading.read(each.LEAF, data, name)
