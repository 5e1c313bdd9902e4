"""A tiny made-up source of every format, for the contract that all readers keep.

A new format registers here: a name, how to write its sample into a folder, and what is in it.
"""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from tests.sources import books, warcs
from tests.sources.countries import UTOPIA
from tests.sources.entities import ADA, HUMAN, WORD, dump
from tests.sources.office import decks, made, mails, old, words
from tests.sources.pdf.made import lines, pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Attributes: `documents` paths that must come out; `cheap` False where opening starts a process."""

    name: str
    write: Callable[[Path], Path]
    documents: tuple[str, ...]
    cheap: bool = True
    known_by_content: bool = True


WIKI_BLOCKS = """<doc id="7" url="https://en.wikipedia.org/wiki?curid=7" title="Moon">
Moon

The Moon circles the Earth.
Phases.
It waxes and wanes.

</doc>
<doc id="8" url="https://en.wikipedia.org/wiki?curid=8" title="Salt &amp; Pepper">
Salt &amp; Pepper

They stand on tables &amp; shelves.

</doc>
<doc id="9" url="https://en.wikipedia.org/wiki?curid=9" title="Nothing">
Nothing

</doc>
"""

PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>Moon - Site</title></head><body><h1>Moon</h1><p>Round.</p></body></html>"
)
ROWS = (
    {"id": "a", "title": "Moon", "text": "The Moon is round."},
    {"id": "b", "title": "Sun", "text": "The Sun shines."},
)
SUBSTATION = """[Script Info]
Title: Moon

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ada,0,0,0,,{\\i1}The Moon{\\i0} is\\Nround, and grey.
"""
TIMED_TEXT = (
    '<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body><div><p begin="1s" end="2s">The Moon<br/>is round.</p>'
    "</div></body></tt>"
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30

DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
<siteinfo><sitename>Testpedia</sitename><dbname>testwiki</dbname><base>https://xx.example.org/wiki/Main_Page</base>
<case>first-letter</case><namespaces><namespace key="0" case="first-letter" /></namespaces></siteinfo>
<page><title>Moon</title><ns>0</ns><id>1</id><revision><id>7</id><timestamp>2020-01-02T03:04:05Z</timestamp>
<model>wikitext</model><format>text/x-wiki</format><text xml:space="preserve">The '''Moon''' is round.</text>
</revision></page></mediawiki>
"""

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Sky</title><link>https://example.org/</link>
<item><title>Moon</title><guid>https://example.org/moon</guid><description>The Moon is &lt;b&gt;round&lt;/b&gt;.
</description><pubDate>Fri, 05 Sep 2025 18:00:00 GMT</pubDate></item>
<item><title>Sun</title><guid isPermaLink="false">2</guid><description>The Sun shines.</description></item>
</channel></rss>
"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Sky",
        "items": [
            {"id": "https://example.org/moon", "title": "Moon", "content_html": "<p>The Moon is <b>round</b>.</p>"},
            {"id": "2", "title": "Sun", "content_text": "The Sun shines."},
        ],
    }
)

FILES = {
    "index.html": PAGE.encode(),
    "notes/moon.md": b"# Moon\n\nSee [the sun](sun.md).\n",
    "notes/sun.md": b"# Sun\n\nIt shines.\n",
    "plain.txt": b"A day\n\nIt rained.\n",
    "picture.png": PNG,
    "style.css": b"p { color: red }",
}
FOLDER_PATHS = ("index.html", "notes/moon.md", "notes/sun.md", "plain.txt")


def _file(name: str, content: bytes | str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def _bundle(folder: Path) -> Path:
    place = folder / "bundle"
    (place / "galactica").mkdir(parents=True)
    about = {"key": "sky", "title": "Sky", "format": "okf", "language": "en", "creators": []}
    (place / "galactica.json").write_text(json.dumps({"bundle": 1, "title": "Sky", "sources": [about]}))
    rows = [{"file": f"{name}.md", "source": "sky", "path": name} for name in ("Moon", "Sun")]
    (place / "galactica" / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (place / "Moon.md").write_text('---\ntype: Article\ntitle: "Moon"\n---\n\nRound. [Sun](/Sun.md).\n')
    (place / "Sun.md").write_text('---\ntype: Article\ntitle: "Sun"\n---\n\nIt shines.\n')
    return place


def _folder(folder: Path) -> Path:
    root = folder / "shelf"
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def tar_of(files: dict[str, bytes], mode: Literal["w", "w:gz", "w:bz2", "w:xz"] = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _parquet(folder: Path) -> Path:
    path = folder / "table.parquet"
    pq.write_table(pa.Table.from_pylist(list(ROWS)), path)
    return path


def _zim(folder: Path) -> Path:
    from libzim.writer import Creator, Hint, Item, StringProvider

    class Page(Item):
        def get_path(self) -> str:
            return "Moon"

        def get_title(self) -> str:
            return "Moon"

        def get_mimetype(self) -> str:
            return "text/html"

        def get_contentprovider(self) -> StringProvider:
            return StringProvider(PAGE)

        def get_hints(self) -> dict[Hint, bool]:
            return {Hint.FRONT_ARTICLE: True}

    path = folder / "sample.zim"
    with Creator(path) as creator:
        creator.set_mainpath("Moon")
        creator.add_item(Page())
        for name, value in (("Name", "sample"), ("Title", "Sample"), ("Language", "eng"), ("Date", "2020-01-01")):
            creator.add_metadata(name, value)
    return path


SITE = ("example.com/moon", "example.com/sun")
WACZ = zip_of({"archive/a.warc": warcs.SAMPLE, "pages/pages.jsonl": b"{}\n"})


def _word(word: str) -> Callable[[Path], Path]:
    return lambda folder: Path(word)


BOOK = books.files_of(
    {
        "nav.xhtml": books.nav('<li><a href="one.xhtml">Ebb</a></li><li><a href="two.xhtml#b">Flow</a></li>'),
        "one.xhtml": books.page('<h1>Ebb</h1><p>It goes. <a href="two.xhtml#b">On</a> <img src="a.png" alt=""/></p>'),
        "two.xhtml": books.page('<h1 id="b">Flow</h1><p>It comes.</p>'),
        "a.png": PNG,
    }
)

FICTION = (
    '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info><book-title>Tides'
    "</book-title></title-info></description><body><section><title><p>Ebb</p></title><p>It goes.</p></section>"
    '<section id="b"><title><p>Flow</p></title><p>It comes.</p></section></body></FictionBook>'
)

JATS = (
    '<article article-type="research-article"><front><article-meta><title-group><article-title>Moon</article-title>'
    "</title-group></article-meta></front><body><sec><title>Shape</title><p>It is round.</p></sec></body></article>"
)
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><head>Moon</head><p>It is round.</p></body></text></TEI>'
DOCBOOK = (
    '<book xmlns="http://docbook.org/ns/docbook"><title>Sky</title><chapter xml:id="moon"><title>Moon</title>'
    f'<para>{"It is round. " * 600}</para></chapter><chapter xml:id="sun"><title>Sun</title>'
    f"<para>{'It shines. ' * 600}</para></chapter></book>"
)

SAMPLES: tuple[Sample, ...] = (
    Sample(name="zim", write=_zim, documents=("Moon",), cheap=False),
    Sample(name="warc", write=_file("site.warc", warcs.SAMPLE), documents=SITE),
    Sample(name="wacz", write=_file("site.wacz", WACZ), documents=SITE, known_by_content=False),
    Sample(name="warc", write=_file("site.arc", warcs.ARC), documents=("example.com/moon",)),
    Sample(name="mediawiki", write=_file("dump.xml", DUMP), documents=("Moon",)),
    Sample(name="wikiextractor", write=_file("wiki_00", WIKI_BLOCKS), documents=("7", "8")),
    Sample(name="epub", write=_file("tides.epub", books.packed(BOOK)), documents=("OPS/one.xhtml", "OPS/two.xhtml")),
    Sample(
        name="fictionbook",
        write=_file("tides.fb2", FICTION),
        documents=("tides.fb2", "tides.fb2#b"),
    ),
    Sample(name="jats", write=_file("moon.nxml", JATS), documents=("moon.nxml",)),
    Sample(name="tei", write=_file("moon.xml", TEI), documents=("moon.xml",)),
    Sample(name="docbook", write=_file("sky.xml", DOCBOOK), documents=("sky.xml", "sky.xml#sun")),
    Sample(
        name="xml",
        write=_file(
            "sky.xml", "<sky><o><name>Moon</name><days>27.3</days></o><o><name>Sun</name><days>25</days></o></sky>"
        ),
        documents=("1", "2"),
        known_by_content=False,
    ),
    Sample(name="html", write=_file("page.html", PAGE), documents=("page.html",)),
    Sample(name="webarchive", write=_file("page.webarchive", warcs.WEBARCHIVE), documents=("page.webarchive",)),
    Sample(name="mhtml", write=_file("page.mht", warcs.MHTML), documents=("page.mht",)),
    Sample(
        name="markdown",
        write=_file("moon.md", "---\ntitle: Moon\ntags: [sky, night]\n---\nRound.\n"),
        documents=("moon.md",),
        known_by_content=False,
    ),
    Sample(
        name="notebook",
        write=_file(
            "moon.ipynb", '{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": ["# Moon\\n", "Round."]}]}'
        ),
        documents=("moon.ipynb",),
        known_by_content=False,
    ),
    Sample(
        name="subtitles",
        write=_file("talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nThe Moon is round.\n"),
        documents=("talk.vtt",),
    ),
    Sample(
        name="rdf",
        write=_file("moon.nt", '<http://x.example/moon> <http://schema.org/name> "Moon" .\n'),
        documents=("x.example/moon",),
    ),
    Sample(name="subtitles", write=_file("talk.ass", SUBSTATION), documents=("talk.ass",)),
    Sample(name="subtitles", write=_file("talk.ttml", TIMED_TEXT), documents=("talk.ttml",)),
    Sample(
        name="subtitles",
        write=_file("talk.sbv", "0:00:01.000,0:00:02.000\nThe Moon is round.\n"),
        documents=("talk.sbv",),
        known_by_content=False,
    ),
    Sample(
        name="icalendar",
        write=_file("moon.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Full moon\nEND:VEVENT\nEND:VCALENDAR\n"),
        documents=("moon.ics",),
    ),
    Sample(
        name="vcard",
        write=_file("crew.vcf", "BEGIN:VCARD\nFN:Ada\nEND:VCARD\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n"),
        documents=("crew.vcf/1", "crew.vcf/2"),
    ),
    Sample(
        name="map",
        write=_file("sky.gpx", '<gpx><wpt lat="1" lon="2"><name>Moon</name></wpt></gpx>'),
        documents=("sky.gpx",),
    ),
    Sample(
        name="outline",
        write=_file("sky.opml", '<opml version="2.0"><body><outline text="Moon"/></body></opml>'),
        documents=("sky.opml",),
    ),
    Sample(
        name="translations",
        write=_file("de.po", 'msgid ""\nmsgstr ""\n"Language: de\\n"\n\nmsgid "Moon"\nmsgstr "Mond"\n'),
        documents=("de.po",),
    ),
    Sample(
        name="settings",
        write=_file("sky.yaml", "moon: round\nsun: bright\n"),
        documents=("sky.yaml",),
        known_by_content=False,
    ),
    Sample(
        name="references",
        write=_file("sky.bib", "@book{moon, title={Moon}}\n@book{sun, title={Sun}}\n"),
        documents=("sky.bib/moon", "sky.bib/sun"),
    ),
    Sample(
        name="latex",
        write=_file("moon.tex", "\\documentclass{article}\n\\begin{document}\nRound.\n\\end{document}\n"),
        documents=("moon.tex",),
    ),
    Sample(
        name="manual",
        write=_file("moon.1", ".TH MOON 1\n.SH NAME\nmoon \\- round\n"),
        documents=("moon.1",),
    ),
    Sample(name="factbook", write=_file("ut.json", json.dumps(UTOPIA)), documents=("ut",)),
    Sample(name="wikidata", write=_file("dump.json", dump(ADA, HUMAN, WORD)), documents=("Q70001", "Q5", "L7")),
    Sample(name="feed", write=_file("news.rss", RSS), documents=("example.org/moon", "2")),
    Sample(name="feed", write=_file("news.json", JSON_FEED), documents=("example.org/moon", "2")),
    Sample(name="docx", write=_file("moon.docx", made.docx(made.para("Round."))), documents=("moon.docx",)),
    Sample(name="pptx", write=_file("moon.pptx", made.pptx([made.shape("Round.")])), documents=("moon.pptx",)),
    Sample(
        name="xlsx",
        write=_file("moons.xlsx", made.xlsx({"Moons": made.row(1, "Moon", 1), "Suns": made.row(1, "Sun")})),
        documents=("moons.xlsx", "moons.xlsx/2"),
    ),
    Sample(name="odt", write=_file("moon.odt", made.odf("text", "<text:p>Round.</text:p>")), documents=("moon.odt",)),
    Sample(
        name="odp",
        write=_file(
            "moon.odp",
            made.odf("presentation", "<draw:page><draw:rect><text:p>Round.</text:p></draw:rect></draw:page>"),
        ),
        documents=("moon.odp",),
    ),
    Sample(
        name="ods",
        write=_file(
            "moons.ods",
            made.odf(
                "spreadsheet",
                '<table:table table:name="A"><table:table-row><table:table-cell><text:p>Moon</text:p>'
                "</table:table-cell></table:table-row></table:table>",
            ),
        ),
        documents=("moons.ods",),
    ),
    Sample(
        name="mail",
        write=_file("moon.eml", "From: ada@example.org\nTo: bo@example.org\nSubject: Moon\n\nIt is round.\n"),
        documents=("moon.eml",),
    ),
    Sample(
        name="mailbox",
        write=_file("box.mbox", "From a@b Mon Jun 01 10:00:00 2009\nFrom: a@b\nSubject: Moon\n\nRound.\n"),
        documents=("box.mbox",),
    ),
    Sample(name="xls", write=_file("moon.xls", old.xls({"A": old.cell(0, 0, "Moon")})), documents=("moon.xls",)),
    Sample(name="doc", write=_file("moon.doc", words.doc([words.para("Round.")])), documents=("moon.doc",)),
    Sample(
        name="ppt",
        write=_file("moon.ppt", decks.deck([[decks.title("Moon"), decks.box(decks.said("Round."))]])),
        documents=("moon.ppt",),
    ),
    Sample(
        name="msg",
        write=_file("moon.msg", mails.msg(mails.Mail({mails.SUBJECT: "Moon", mails.BODY: "It is round."}))),
        documents=("moon.msg",),
    ),
    Sample(name="rtf", write=_file("moon.rtf", made.rtf(r"Round.\par")), documents=("moon.rtf",)),
    Sample(
        name="pdf",
        write=_file("moon.pdf", pdf([lines(["The Moon is round.", "It shines at night."])])),
        documents=("moon.pdf",),
        cheap=False,
    ),
    Sample(
        name="text", write=_file("day.txt", "A day\n\nIt rained.\n"), documents=("day.txt",), known_by_content=False
    ),
    Sample(name="jsonl", write=_file("rows.jsonl", "".join(json.dumps(r) + "\n" for r in ROWS)), documents=("a", "b")),
    Sample(
        name="csv",
        write=_file("rows.csv", 'id,title,text\na,Moon,"Round, and grey."\nb,Sun,Shines.\n'),
        documents=("a", "b"),
    ),
    Sample(name="parquet", write=_parquet, documents=("a", "b")),
    Sample(name="okf", write=_bundle, documents=("Moon", "Sun"), known_by_content=False),
    Sample(name="folder", write=_folder, documents=FOLDER_PATHS, known_by_content=False),
    Sample(name="folder", write=_file("shelf.tar", tar_of(FILES)), documents=FOLDER_PATHS),
    Sample(name="folder", write=_file("shelf.tar.gz", tar_of(FILES, "w:gz")), documents=FOLDER_PATHS),
    Sample(name="folder", write=_file("shelf.zip", zip_of(FILES)), documents=FOLDER_PATHS),
    Sample(
        name="wikiextractor", write=_file("AA.tar", tar_of({"AA/wiki_00": WIKI_BLOCKS.encode()})), documents=("7", "8")
    ),
)
