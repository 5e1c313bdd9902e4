"""Pages of the web, Markdown, books."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from benchmarks.strange.case import StrangeFile, strange


def _page(body: str, head: str = "", charset: str = "utf-8") -> str:
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>Page</title>{head}</head><body><h1>Page</h1>{body}</body></html>'


def pages() -> Iterator[StrangeFile]:
    """HTML."""
    yield strange("sup.html", "raised and lowered", _page("<p>10<sup>3</sup> CFU, 10<sup>-6</sup>, H<sub>2</sub>O, 5 m<sup>2</sup>, x<sup>n</sup>, ½</p>"),
                  "10^3 CFU", "10^-6", "H2O", "m^2")  # fmt: skip
    yield strange(
        "css.html",
        "raised by a style",
        _page('<p>Load 10<span style="vertical-align: super; font-size: 70%">5</span> N</p>'),
        "10^5 N",
        never=("105",),
    )
    yield strange("cssclass.html", "raised by a class", _page('<p>Load 10<span class="up">6</span> N</p>', "<style>.up { vertical-align: super }</style>"),
                  "10^6 N", never=("106",))  # fmt: skip
    yield strange(
        "struck.html",
        "deleted and struck",
        _page("<p>Give <del>50</del><ins>5</ins> mg. Price <s>99</s> 80.</p>"),
        "Give 5 mg. Price 80.",
        never=("50", "99"),
    )
    yield strange("hidden.html", "hidden text", _page('<p>Seen</p><p hidden>Secret1</p><p style="display:none">Secret2</p><p aria-hidden="true">☆</p>'
                  '<div style="visibility: hidden">Secret3</div>'), "Seen", never=("Secret1", "Secret2", "Secret3"))  # fmt: skip
    yield strange(
        "details.html",
        "text that opens",
        _page("<details><summary>More</summary><p>Dose: 5 mg</p></details>"),
        "More",
        "Dose: 5 mg",
    )
    yield strange("spans.html", "rowspan and colspan", _page("<table><tr><th rowspan=2>Port<th colspan=2>High<tr><th>time<th>m<tr><td>Kiel<td>06:12<td>1.5</table>"),
                  "Kiel\t06:12\t1.5")  # fmt: skip
    yield strange(
        "ruby.html",
        "ruby",
        _page("<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>の人口</p>"),
        "東京",
        "の人口",
    )
    yield strange(
        "math.html",
        "MathML with a power",
        _page("<p>About <math><mn>6</mn><mo>×</mo><msup><mn>10</mn><mn>23</mn></msup></math> of them</p>"),
        "About 6",
        never=("1023",),
    )
    yield strange(
        "mathfrac.html",
        "MathML with a fraction",
        _page("<p>Give <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> tablet</p>"),
        "Give",
        "tablet",
        never=("Give 12 tablet",),
    )
    yield strange(
        "mixedfrac.html",
        "a fraction of raised and lowered digits",
        _page("<p>Give 1<sup>1</sup>⁄<sub>2</sub> tablets</p>"),
        "tablets",
        never=("11⁄2 tablets",),
    )
    yield strange(
        "wrong.html",
        "Windows-1252 that says UTF-8",
        _page("<p>Café, 5 € – naïve</p>").encode("cp1252"),
        "Café, 5 € – naïve",
    )
    yield strange(
        "wrong2.html",
        "UTF-8 that says ISO 8859-1",
        _page("<p>Café, 5 € – naïve Ł</p>", charset="iso-8859-1"),
        "Café, 5 € – naïve Ł",
    )
    yield strange(
        "cyrillic.html",
        "Windows-1251",
        _page("<p>Доза пять миллиграмм</p>", charset="windows-1251").encode("cp1251"),
        "Доза пять миллиграмм",
    )
    yield strange(
        "polish.htm",
        "ISO 8859-2",
        _page("<p>Zażółć gęślą jaźń</p>", charset="iso-8859-2").encode("iso-8859-2"),
        "Zażółć gęślą jaźń",
    )
    yield strange("pre.html", "text as it is set", _page("<pre>Kiel   1.5\nOslo  -2.0</pre>"), "Kiel 1.5\nOslo -2.0")
    yield strange("br.html", "breaks and no spaces between blocks", _page("<div>Pier 5<br>Kiel</div><div>Berth 7</div><ul><li>one</li><li>two</li></ul>"),
                  "Pier 5\nKiel\nBerth 7\none\ntwo")  # fmt: skip
    yield strange(
        "dl.html",
        "a list of terms",
        _page("<dl><dt>Draught<dd>7.5 m<dt>Beam<dd>12 m</dl>"),
        "Draught\n7.5 m\nBeam\n12 m",
    )
    yield strange(
        "ol.html",
        "lists that count down, from 5, by letters",
        _page('<ol start="5"><li>Close<li>Pump</ol><ol reversed><li>x<li value="9">y</ol>'),
        "Close\nPump",
    )
    yield strange("entities.html", "signs by name, old ones too", _page("<p>5&nbsp;m &lt; 6&thinsp;m &plusmn; 0.1&#8239;&micro;g &#150; &euro;5 &frac12;</p>"),
                  "5 m < 6 m ± 0.1 µg – €5 ½")  # fmt: skip
    yield strange(
        "wbr.html", "places where a word may break", _page("<p>para<wbr>ceta&shy;mol 1<wbr>000</p>"), "paracetamol 1000"
    )
    yield strange("q.html", "quotations", _page("<p>He said <q>Stop</q>.</p>"), "He said", "Stop")
    yield strange(
        "abbr.html",
        "an abbreviation with its meaning",
        _page('<p>Give <abbr title="oral rehydration salts">ORS</abbr> now.</p>'),
        "Give ORS now.",
    )
    yield strange(
        "form.html",
        "values that stand in a form",
        _page(
            '<p>Name: <input value="Amina"> <textarea>Fever</textarea> <select><option>A<option selected>B</select></p><p>End</p>'
        ),
        "End",
    )
    yield strange(
        "img.html", "a picture with words instead", _page('<p>Turn <img src="x.png" alt="left"> now.</p>'), "now."
    )
    yield strange(
        "fragment.html",
        "no html, head or body",
        "<p>Just a <b>fragment</b> at 1.5 bar.</p>",
        "Just a fragment at 1.5 bar.",
    )
    yield strange(
        "unclosed.html",
        "tags that are not closed",
        "<html><body><h1>Plan<p>One <b>two<p>three<table><tr><td>4<td>5",
        "three",
        "4\t5",
    )
    yield strange(
        "quirks.html",
        "a table in a paragraph of a page of old",
        "<html><body><h1>Tides</h1><p align=center><table><tr><th>Port<th>m<tr><td>Kiel<td>1.5</table></p>",
        "Port\tm\nKiel\t1.5",
    )
    yield strange(
        "titlebreak.html",
        "a title of two lines",
        "<html><body><h1>Harbour<br>Guide</h1><p>At 1.5 bar</p></body></html>",
        "Harbour Guide",
        "At 1.5 bar",
    )
    yield strange(
        "xhtml.xhtml",
        "XHTML",
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>At <i/>1.5 bar</p></body></html>',
        "At 1.5 bar",
    )
    yield strange(
        "tiny.html",
        "numbers in small print that stand as fractions",
        _page("<p>1<small>50</small> and <span>7</span><span>5</span></p>"),
        "75",
    )
    yield strange(
        "nestedtable.html",
        "tables to lay out a page",
        _page("<table><tr><td><table><tr><td>Kiel<td>1.5</table><td>Menu</table>"),
        "Kiel\t1.5",
    )
    yield strange("thead.html", "a head, a foot and a caption", _page("<table><caption>Tides</caption><tfoot><tr><td>sum<td>9</tfoot><thead><tr><th>Port<th>m</thead><tbody><tr><td>Kiel<td>1.5</table>"),
                  "Tides", "Port\tm", "Kiel\t1.5", "sum\t9")  # fmt: skip
    yield strange(
        "rtl.html",
        "Hebrew and Arabic",
        _page('<p dir="rtl">טלפון 03-1234567, מינון 2.5 מ״ג</p>'),
        "טלפון 03-1234567, מינון 2.5 מ״ג",
    )
    yield strange(
        "data.html",
        "values that only an attribute has",
        _page('<p><time datetime="2024-05-03">yesterday</time> <data value="5">five</data></p>'),
        "yesterday five",
    )


def styles() -> Iterator[StrangeFile]:
    """What style sheets do to letters."""
    sheet = "<style>/* looks */ .up { vertical-align: 0.4em; font-size: 60% } td.old, #gone { text-decoration: line-through } .no{display:none}</style>"
    yield strange(
        "sheet.html",
        "raised by a length, struck by a class and an id, hidden by a class",
        _page(
            '<p>Load 10<span class="up">6</span> N</p><table><tr><td>Dose<td class="old">50<td>5 mg</table><p id="gone">Twice</p><p class="no">Secret</p>',
            sheet,
        ),
        "10^6 N",
        "5 mg",
        never=("106", "50", "Twice", "Secret"),
        counted=("struck", "hidden"),
    )
    yield strange(
        "tabs.html",
        "hidden by a class that a script shows again, and by rules for print",
        _page(
            '<p class="tab">Second tab: 7 m</p><p class="noprint">On the screen</p>',
            "<style>.tab { display: none } @media print { .noprint { display: none } }</style><script>show()</script>",
        ),
        "Second tab: 7 m",
        "On the screen",
    )
    yield strange(
        "cascade.html",
        "rules of which the later and the heavier hold, and one that is not understood",
        _page(
            '<p class="a">Seen one</p><p class="a" id="b">Hidden two</p><p>Seen 10<i class="up">3</i></p>',
            "<style>.a { display: none } .a { display: block } #b { display: none } i.up { vertical-align: super } p > .a { display: none }</style>",
        ),
        "Seen one",
        "Seen 10^3",
        never=("Hidden two",),
        counted=("style-rules",),
    )


def markdown() -> Iterator[StrangeFile]:
    """Markdown of several flavours."""
    yield strange(
        "table.md",
        "a table, cells with bars and code",
        "# Tides\n\n| Port | m |\n|:--|--:|\n| Kiel \\| Süd | -1.5 |\n| `a|b` | 2 |\n",
        "Kiel | Süd\t-1.5",
    )
    yield strange(
        "foot.md",
        "footnotes",
        "# A\n\nIn 1912[^1] she sank.\n\n[^1]: Board of Trade.\n",
        "In 1912 she sank.",
        "Board of Trade.",
        never=("[^1]",),
    )
    yield strange(
        "math.md",
        "formulas",
        "# A\n\nSpeed $v = \\frac{s}{t}$ and\n\n$$E = mc^2$$\n\ncosts $5 and $6.\n",
        "costs $5 and $6.",
        "mc^2",
    )
    yield strange(
        "pandoc.md",
        "raised, lowered, struck, terms",
        "# A\n\n10^3^ CFU, H~2~O, ~~50~~ 5 mg.\n\nDraught\n: 7.5 m\n",
        "5 mg",
        "7.5 m",
        never=("50",),
    )
    yield strange("htmlsup.md", "HTML in it", "# A\n\n10<sup>3</sup> CFU and H<sub>2</sub>O\n", "10^3 CFU and H2O")
    yield strange("front.md", "front matter", "---\ntitle: Tides of Kiel\ndate: 2024-05-03\ntags: [sea, port]\nrevision: 1.10\n---\n\nHigh water at 06:12.\n",
                  "Tides of Kiel", "High water at 06:12.", never=("---",))  # fmt: skip
    yield strange(
        "toml.md",
        "front matter in TOML",
        '+++\ntitle = "Tides of Kiel"\n+++\n\nHigh water at 06:12.\n',
        "Tides of Kiel",
        "High water at 06:12.",
        never=("+++",),
    )
    yield strange("tasks.md", "tasks", "# A\n\n- [x] Pump tested\n- [ ] Hull painted\n", "Pump tested", "Hull painted")
    yield strange(
        "starts.md",
        "lines that begin like lists",
        "# A\n\n1986. A great year.\n\n5. Close\n6. Pump\n\n-5 °C at night\n\n+3 by day\n",
        "A great year.",
        "-5 °C at night",
        "+3 by day",
    )
    yield strange(
        "hard.md",
        "hard breaks, escaped signs, entities",
        "# A\n\nPier 5  \nKiel\\\nBerth \\*7\\* &amp; 5 < 6\n",
        "Pier 5\nKiel\nBerth *7* & 5 < 6",
    )
    yield strange(
        "wiki.md",
        "links of notes",
        "# A\n\nSee [[Kiel|the port]] and [[Oslo]], ==marked== text, %%comment%% end\n",
        "the port",
        "Oslo",
        "marked",
        "end",
    )
    yield strange(
        "emph.md",
        "stars that are signs of multiplication",
        "# A\n\nArea 3 * 4 * 5 and 2*3*4 snake_case_name\n",
        "3 * 4 * 5",
        "snake_case_name",
        "2*3*4",
    )
    yield strange(
        "code.md",
        "code and a quotation",
        "# A\n\n> Stop at 1.5 bar\n\n```py\nx = 1.5 < 2\n```\n",
        "Stop at 1.5 bar",
        "x = 1.5 < 2",
    )
    yield strange(
        "callout.md",
        "callouts",
        "# A\n\n> [!WARNING]\n> Never above 80 °C\n\n::: tip\nWash first\n:::\n",
        "Never above 80 °C",
        "Wash first",
    )
    yield strange(
        "setext.markdown", "headings by lines", "Tides\n=====\n\nKiel\n----\n\n1.5 m\n", "Tides", "Kiel\n1.5 m"
    )
    yield strange(
        "crlf.md",
        "carriage returns and a table without outer bars",
        "# A\r\n\r\nPort | m\r\n--- | ---\r\nKiel | 1.5\r\n",
        "Port\tm\nKiel\t1.5",
    )


def _epub(opf: str, files: dict[str, str], *, folder: str = "OEBPS/") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                         f'<rootfile full-path="{folder}c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')  # fmt: skip
        archive.writestr(f"{folder}c.opf", opf)
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return out.getvalue()


def _xhtml(title: str, body: str) -> str:
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head><body>{body}</body></html>'


def books() -> Iterator[StrangeFile]:
    """EPUB."""
    head = '<package xmlns="http://www.idpf.org/2007/opf" version="{}" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier><dc:title>Seamanship</dc:title><dc:language>en</dc:language></metadata>'
    one = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="b%20two.xhtml" media-type="application/xhtml+xml"/>'
    opf = (
        head.format("2.0")
        + f'<manifest>{one}</manifest><spine><itemref idref="b"/><itemref idref="a" linear="no"/></spine></package>'
    )
    note = '<p>In 1912<a epub:type="noteref" href="#n1"><sup>1</sup></a> she sank, 10<sup>3</sup> t.</p><aside epub:type="footnote" id="n1"><p>1. Board of Trade.</p></aside>'
    yield strange("spine.epub", "an order of its own, a part outside of it, names with spaces, no contents",
                  _epub(opf, {"a.xhtml": _xhtml("A", "<h1>Appendix</h1><p>Knots at 1.5 m</p>"), "b two.xhtml": _xhtml("B", f"<h1>One</h1>{note}")}),
                  "In 1912 she sank, 10^3 t.", "Board of Trade.", "Knots at 1.5 m", never=("19121",))  # fmt: skip
    opf3 = (
        head.format("3.0")
        + f'<manifest>{one}<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    nav = '<nav epub:type="toc"><ol><li><a href="a.xhtml">Knots and ropes</a></li></ol></nav>'
    yield strange("outside.epub", "a chapter that is in the list of files and not in the order",
                  _epub(opf3, {"a.xhtml": _xhtml("A", "<p>Bowline 2 turns</p>"), "b two.xhtml": _xhtml("B", "<p>Lost chapter text</p>"), "nav.xhtml": _xhtml("N", nav)}),
                  "Knots and ropes", "Bowline 2 turns")  # fmt: skip


def styled_books() -> Iterator[StrangeFile]:
    """EPUB with style sheets."""
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="i">x</dc:identifier><dc:title>Seamanship</dc:title><dc:language>en</dc:language></metadata><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="c" href="css/book.css" media-type="text/css"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    link = '<link rel="stylesheet" type="text/css" href="css/book.css"/>'

    def book(sheet: str, body: str, head: str = link) -> bytes:
        page = _xhtml("A", body).replace("</title>", f"</title>{head}")
        return _epub(opf, {"a.xhtml": page, "css/book.css": sheet})

    yield strange("raised.epub", "raised and lowered by the book's style sheet", book(".sup { font-size: 0.7em; vertical-align: super } .inf { vertical-align: sub }",
                  '<h1>One</h1><p>10<span class="sup">6</span> of H<span class="inf">2</span>O</p>'), "10^6 of H2O", never=("106",))  # fmt: skip
    yield strange("struck.epub", "struck by a class, hidden by a class, a note that is hidden until it is asked for",
                  book(".strike { text-decoration: line-through } .mobi, aside { display: none }",
                       '<h1>One</h1><p>Give <span class="strike">50</span> 5 mg<span class="mobi">only on Kindle</span></p><aside epub:type="footnote" id="n"><p>By weight.</p></aside>'),
                  "Give 5 mg", "By weight.", never=("50", "Kindle"))  # fmt: skip
    yield strange("inline.epub", "raised by the tag's own style and by a style in the page", book("", '<h1>One</h1><p>10<span style="vertical-align: super">3</span> and 10<span class="e">4</span></p>',
                  "<style>.e { vertical-align: super }</style>"), "10^3 and 10^4", never=("103", "104"))  # fmt: skip


def web_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from pages()
    yield from styles()
    yield from markdown()
    yield from books()
    yield from styled_books()
