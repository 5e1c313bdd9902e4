"""Slides, texts of OpenDocument, RTF."""

from __future__ import annotations

from collections.abc import Iterator

from tests.sources.office.made import P, odf, pptx, relations, rtf, shape

from benchmarks.strange.case import StrangeFile, strange


def slides() -> Iterator[StrangeFile]:
    """Presentations."""
    grouped = f"<p:grpSp><p:grpSp>{shape('Inner box')}</p:grpSp>{shape('Outer box')}</p:grpSp>"
    yield strange("groups.pptx", "shapes in groups of groups", pptx([shape("Safety", kind="title") + grouped]),
                  "Safety", "Inner box", "Outer box")  # fmt: skip
    raised = '<a:p><a:r><a:t>Load 10</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>5</a:t></a:r><a:r><a:t> N of H</a:t></a:r>'
    raised += '<a:r><a:rPr baseline="-25000"/><a:t>2</a:t></a:r><a:r><a:t>O</a:t></a:r></a:p>'
    yield strange("raised.pptx", "raised and lowered letters", pptx([shape("Loads", kind="title") + shape(raised)]),
                  "Load 10^5 N of H2O", never=("105",))  # fmt: skip
    struck = '<a:p><a:r><a:rPr strike="sngStrike"/><a:t>50</a:t></a:r><a:r><a:t> 5 mg</a:t></a:r></a:p>'
    yield strange(
        "struck.pptx", "struck text", pptx([shape("Dose", kind="title") + shape(struck)]), "5 mg", never=("50",)
    )
    cells = "".join(
        f"<a:tr>{''.join(f'<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>' for cell in line)}</a:tr>"
        for line in (("Port", "Depth"), ("Kiel", "11,0"))
    )
    table = (
        f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    yield strange("table.pptx", "a table", pptx([shape("Ports", kind="title") + table]), "Port\tDepth\nKiel\t11,0")
    notes = f"<p:notes {P}><p:cSld><p:spTree>{shape('Say it slowly.', kind='body')}</p:spTree></p:cSld></p:notes>"
    yield strange("notes.pptx", "notes of the speaker",
                  pptx([shape("Welcome", kind="title")], links={1: {"n": ("notesSlide", "../notesSlides/n1.xml")}},
                       parts={"ppt/notesSlides/n1.xml": notes}), "Welcome", "Say it slowly.")  # fmt: skip
    hidden = pptx([shape("Shown", kind="title"), shape("Hidden", kind="title")])
    yield strange("plain.pptx", "a title and no more on each slide", hidden, "Shown", "Hidden")
    broken = "<a:p><a:r><a:t>Pier 5</a:t></a:r><a:br/><a:r><a:t>Kiel</a:t></a:r></a:p>"
    yield strange("break.pptx", "a break of a line", pptx([shape("At", kind="title") + shape(broken)]), "Pier 5\nKiel")
    field = '<a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p>'
    yield strange("number.pptx", "the number of the slide is none of its text",
                  pptx([shape("At", kind="title") + shape("Load 3 t") + shape(field, kind="sldNum")]), "Load 3 t",
                  never=("7",))  # fmt: skip
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart><c:ser>'
        '<c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Catch</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        '<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Cod</c:v></c:pt><c:pt idx="2"><c:v>Eel</c:v></c:pt></c:strCache></c:strRef></c:cat>'
        '<c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>12</c:v></c:pt><c:pt idx="2"><c:v>3</c:v></c:pt></c:numCache></c:numRef></c:val>'
        "</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    frame = '<p:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="c"/></a:graphicData></a:graphic></p:graphicFrame>'
    yield strange("chart.pptx", "a chart with a point that is missing",
                  pptx([shape("Catch of the year", kind="title") + frame], links={1: {"c": ("chart", "../charts/c1.xml")}},
                       parts={"ppt/charts/c1.xml": chart, "ppt/charts/_rels/c1.xml.rels": relations({})}),
                  "Cod\t12", "Eel\t3")  # fmt: skip


def _text(body: str, automatic: str = "") -> bytes:
    return odf("text", body, automatic=automatic)


def open_texts() -> Iterator[StrangeFile]:
    """Texts and slides of OpenDocument."""
    raised = (
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>'
        '<style:style style:name="T3" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="T4" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    yield strange("raised.odt", "raised, lowered and struck letters",
                  _text('<text:p>10<text:span text:style-name="T1">3</text:span> CFU, CO<text:span text:style-name="T2">2</text:span>, '
                        '<text:span text:style-name="T3">50</text:span> 5 mg<text:span text:style-name="T4">hid</text:span></text:p>', raised),
                  "10^3 CFU, CO2", "5 mg", never=("103", "50", "hid"))  # fmt: skip
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>99</text:p></text:deletion>'
        "</text:changed-region></text:tracked-changes>"
    )
    yield strange("tracked.odt", "a tracked deletion",
                  _text(f'{tracked}<text:p>Give <text:change text:change-id="c1"/>9 mg.</text:p>'), "Give 9 mg.",
                  never=("99",))  # fmt: skip
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Trade.</text:p></text:note-body></text:note>'
    yield strange("note.odt", "a footnote behind a number", _text(f"<text:p>In 1912{note} she sank.</text:p>"),
                  "In 1912 she sank.", "Trade.", never=("19121",))  # fmt: skip
    yield strange("spaces.odt", "several spaces, tabs, breaks, a soft page break",
                  _text('<text:p>A<text:s text:c="3"/>B<text:tab/>C<text:line-break/>D<text:soft-page-break/>E</text:p>'),
                  "A B C\nDE")  # fmt: skip
    yield strange("field.odt", "fields, references, a condition that is not met",
                  _text('<text:p>On <text:date text:date-value="2024-05-03">3. Mai 2024</text:date>, page '
                        "<text:page-number>4</text:page-number>.</text:p>"), "On 3. Mai 2024, page 4.")  # fmt: skip
    hiddenp = '<text:section text:name="s" text:display="none"><text:p>Secret part</text:p></text:section><text:p>Open part</text:p>'
    yield strange("section.odt", "a hidden section", _text(hiddenp), "Open part", never=("Secret part",))
    frame = (
        "<text:p><draw:frame><draw:text-box><text:p>Shake well</text:p></draw:text-box></draw:frame>Before use</text:p>"
    )
    yield strange("box.odt", "a box of text", _text(frame), "Shake well", "Before use")
    listed = (
        '<text:list><text:list-header><text:p>To do</text:p></text:list-header><text:list-item text:start-value="4"><text:p>Close</text:p>'
        "<text:list><text:list-item><text:p>left</text:p></text:list-item></text:list></text:list-item></text:list>"
    )
    yield strange("list.odt", "a list with a head and a start", _text(listed), "To do", "Close", "left")
    ruby = "<text:p><text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby>の人口</text:p>"
    yield strange("ruby.odt", "readings above characters", _text(ruby), "東京")
    table = (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell>"
        "<table:table-cell><text:p>m</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>Kiel</text:p></table:table-cell><table:table-cell><text:p>1,5</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    yield strange("table.odt", "a table with a head", _text(table), "Port\tm\nKiel\t1,5")
    page = '<draw:page draw:name="p1"><draw:frame presentation:class="title"><draw:text-box><text:p>Drill</text:p></draw:text-box></draw:frame>'
    page += "<draw:g><draw:custom-shape><text:p>Muster at 10:30</text:p></draw:custom-shape></draw:g><presentation:notes><draw:frame><draw:text-box>"
    page += "<text:p>Speak loud</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>"
    yield strange(
        "drill.odp", "grouped shapes and notes", odf("presentation", page), "Drill", "Muster at 10:30", "Speak loud"
    )
    flat = ('<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text">'
            "<office:body><office:text><text:p>Flat and plain.</text:p></office:text></office:body></office:document>")  # fmt: skip
    yield strange("flat.fodt", "a text in one file of XML", flat, "Flat and plain.")


def rich_texts() -> Iterator[StrangeFile]:
    """RTF."""
    yield strange("unicode.rtf", "signs by number with what old programs show",
                  rtf(r"Caf\u233\'e9 \u8364?5, \u-10179?\u-8704? ok\par"), "Café €5", "😀 ok")  # fmt: skip
    yield strange("uc.rtf", "signs by number with two or no signs beside them",
                  rtf(r"{\uc0 \u945 }{\uc2 \u946??}{\uc1 \u947?}\par"), "αβγ")  # fmt: skip
    yield strange(
        "cyr.rtf",
        "fonts of other alphabets",
        rtf(r"{\f1 \'cc\'ee\'f1\'ea\'e2\'e0} {\f3 \'93\'8c\'8b\'9e}\par"),
        "Москва",
        "東京",
    )
    yield strange(
        "cp.rtf",
        "a code page of the whole file",
        rb"{\rtf1\ansi\ansicpg1250 Z\'e1le\'9eitost \'e8. 5\par}",
        "Záležitost č. 5",
    )
    yield strange("raised.rtf", "raised, lowered, struck and hidden letters",
                  rtf(r"10{\super 3} CFU, H{\sub 2}O, {\strike 50} 5 mg{\v hid}, 10{\up6 4} m\par"), "10^3 CFU, H2O", "5 mg", "10^4 m",
                  never=("103", "50", "hid", "104"))  # fmt: skip
    yield strange(
        "deleted.rtf", "tracked changes", rtf(r"Give {\deleted 50}{\revised 5} mg\par"), "Give 5 mg", never=("50",)
    )
    yield strange("table.rtf", "a table", rtf(r"\trowd\cellx1000\cellx2000\intbl Port\cell Depth\cell\row\trowd\cellx1000\cellx2000\intbl Kiel\cell 11,0\cell\row\pard End\par"),
                  "Port\tDepth\nKiel\t11,0", "End")  # fmt: skip
    yield strange("note.rtf", "a footnote", rtf(r"In 1912{\super\chftn}{\footnote\pard{\super\chftn} Trade.} she sank.\par"),
                  "In 1912 she sank.", "Trade.", never=("1912 Trade",))  # fmt: skip
    yield strange("signs.rtf", "signs by name, braces and backslashes, hyphens and spaces",
                  rtf(r"\ldblquote Hi\rdblquote  \endash  5\~m, 20\_30, a\-b, \{x\} C:\\dir \bullet\par"), "“Hi” – 5 m, 20‑30, ab, {x} C:\\dir")  # fmt: skip
    yield strange(
        "symbol.rtf", "the font Symbol", rtf(r"5 {\f2 m}g and {\f2\'b3} 38\par"), "5 μg", "≥ 38", never=("5 mg",)
    )
    yield strange(
        "bin.rtf", "bytes of a picture in the middle", rtf(r"Before {\pict\bin5 }}}}}}after 7\par"), "Before after 7"
    )
    yield strange(
        "field.rtf",
        "a link",
        rtf(r'See {\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt the list}}.\par'),
        "See the list.",
    )
    yield strange(
        "cut.rtf",
        "a file that is cut off",
        rtf(r"The pump runs at 1.5 bar.\par Then {\b stop")[:-1],
        "The pump runs at 1.5 bar.",
        "stop",
    )


def page_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from slides()
    yield from open_texts()
    yield from rich_texts()
