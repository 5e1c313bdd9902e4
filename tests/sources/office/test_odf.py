"""OpenDocument texts, presentations and spreadsheets: what a reader sees of them."""

from __future__ import annotations

import base64
from pathlib import Path

from galactica.sources.formats import open_source
from tests.sources.office.made import ODF, PNG, odf
from tests.sources.office.reading import body, documents, items, media, single, work


def text(tmp_path: Path, content: str, **more: object) -> str:
    return body(single(tmp_path, "a.odt", odf("text", content, **more)))  # type: ignore[arg-type]


def test_headings_paragraphs_and_marks(tmp_path: Path):
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    content = '<text:h text:outline-level="1">Sky</text:h><text:p>A <text:span text:style-name="T1">big</text:span>'
    content += '<text:s text:c="2"/>one<text:line-break/>here</text:p><text:h text:outline-level="2">Phases</text:h>'
    found = text(tmp_path, "<text:p>Begin.</text:p>" + content, automatic=automatic)
    assert found == "<p>Begin.</p>\n<h2>Sky</h2>\n<p>A <b>big</b>  one<br>here</p>\n<h3>Phases</h3>"


def test_what_the_file_says_of_itself(tmp_path: Path):
    meta = (
        "<dc:title>The Moon</dc:title><meta:initial-creator>Ada</meta:initial-creator><dc:language>de-DE</dc:language>"
    )
    meta += "<meta:creation-date>2019-03-04T10:00:00</meta:creation-date><meta:keyword>sky</meta:keyword>"
    found = single(tmp_path, "a.odt", odf("text", "<text:p>x</text:p>", meta=meta))
    assert (found.title, found.creators, found.language) == ("The Moon", ("Ada",), "de-DE")
    assert (found.published, found.categories) == ("2019-03-04", ("sky",))


def test_lists_in_lists_with_numbers(tmp_path: Path):
    style = '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    style += '<text:list-level-style-bullet text:level="2"/></text:list-style>'
    inner = "<text:list><text:list-item><text:p>b</text:p></text:list-item></text:list>"
    content = f'<text:list text:style-name="L"><text:list-item><text:p>a</text:p>{inner}</text:list-item>'
    content += '<text:list-item text:start-value="5"><text:p>c</text:p></text:list-item></text:list>'
    found = text(tmp_path, content, automatic=style)
    assert found == '<ol><li>a<ul><li>b</li></ul></li><li value="5">c</li></ol>'


def test_notes_remarks_and_tracked_changes(tmp_path: Path):
    content = "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion>"
    content += '</text:changed-region></text:tracked-changes><text:p>Round<text:note text:note-class="footnote">'
    content += "<text:note-citation>7</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
    content += (
        "</text:note><office:annotation><dc:creator>Ada</dc:creator><text:p>Why?</text:p></office:annotation></text:p>"
    )
    found = single(tmp_path, "a.odt", odf("text", content))
    assert found.dropped == (("office:deleted-text", 1),)
    assert body(found) == (
        '<p>Round<sup role="doc-noteref"><a href="#note-1">7</a></sup>'
        '<sup role="doc-noteref"><a href="#comment-2">c1</a></sup></p>\n'
        '<ul role="doc-endnotes"><li id="note-1">7 A note.</li><li id="comment-2">c1 <b>Ada:</b> Why?</li></ul>'
    )


def test_tables_with_spans_and_a_head(tmp_path: Path):
    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell{more}><text:p>{words}</text:p></table:table-cell>"

    content = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("Both", ' table:number-columns-spanned="2"')
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        + cell("1")
        + cell("2")
        + "</table:table-row></table:table>"
    )
    assert text(tmp_path, content) == (
        '<table><thead><tr><th scope="col" colspan="2">Both</th></tr></thead>'
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_pictures_boxes_and_formulas(tmp_path: Path):
    content = '<text:p>a<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>The Moon</svg:desc></draw:frame>'
    content += "</text:p>"
    content += "<text:p>b<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame></text:p>"
    content += '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>x</mi></semantics></math>'
    raw = odf("text", content, parts={"Pictures/1.png": PNG, "Object 1/content.xml": formula})
    found = items(tmp_path, "a.odt", raw)
    assert [file.path for file in media(found)] == ["a.odt/Pictures/1.png"]
    assert body(documents(found)[0]) == (
        '<p>a<img src="/a.odt/Pictures/1.png" alt="The Moon"></p>\n<p>b</p>\n<p>In a box.</p>\n'
        "<p><math><semantics><mi>x</mi></semantics></math></p>"
    )


PAGED = '<text:p>One<text:soft-page-break/>two.</text:p><text:p text:style-name="B">Three.</text:p>'
BREAK = '<style:style style:name="B" style:family="paragraph">'
BREAK += '<style:paragraph-properties fo:break-before="page"/></style:style>'


def test_pages_are_told_where_the_breaks_come_to_the_number_that_the_file_states(tmp_path: Path):
    right = text(tmp_path, PAGED, automatic=BREAK, meta='<meta:document-statistic meta:page-count="3"/>')
    assert (
        right
        == '<p><span id="page:1"></span>One<span id="page:2"></span>two.</p>\n<p><span id="page:3"></span>Three.</p>'
    )
    assert "page:" not in text(tmp_path, PAGED, automatic=BREAK, meta='<meta:document-statistic meta:page-count="4"/>')


def test_an_encrypted_file_is_refused_in_words(tmp_path: Path):
    manifest = (
        f'<manifest:manifest {ODF}><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    )
    manifest += "</manifest:file-entry></manifest:manifest>"
    root = tmp_path / "shelf"
    root.mkdir()
    (root / "note.txt").write_text("A day\n\nIt rained.\n")
    raw = odf("text", "<text:p>x</text:p>", parts={"META-INF/manifest.xml": manifest})
    (root / "a.odt").write_bytes(raw)
    with open_source(root) as source:
        told = {item.where: item.reason for item in source.read() if hasattr(item, "reason") and hasattr(item, "where")}
    assert told == {"a.odt": "encrypted"}


def test_a_file_in_one_piece_is_read_with_its_pictures(tmp_path: Path):
    picture = f"<office:binary-data>{base64.b64encode(PNG).decode()}</office:binary-data>"
    raw = f'<?xml version="1.0"?><office:document {ODF} office:mimetype="application/vnd.oasis.opendocument.text">'
    raw += f"<office:body><office:text><text:p>a<draw:frame><draw:image>{picture}</draw:image></draw:frame></text:p>"
    raw += "</office:text></office:body></office:document>"
    found = items(tmp_path, "a.fodt", raw.encode())
    assert media(found)[0].content == PNG
    assert body(documents(found)[0]) == '<p>a<img src="/a.fodt/picture1" alt=""></p>'


TITLE = ' presentation:class="title"'


def test_slides_have_anchors_and_titles_and_their_notes_follow(tmp_path: Path):
    def box(words: str, more: str = "") -> str:
        return f"<draw:frame{more}><draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame>"

    notes = f"<presentation:notes>{box('Say it.')}</presentation:notes>"
    slide = f"<draw:page>{box('Sky', TITLE)}{box('Round.')}{notes}</draw:page>"
    second = "<draw:page><draw:rect><text:p>Grey.</text:p></draw:rect></draw:page>"
    found = single(tmp_path, "a.odp", odf("presentation", slide + second, meta="<dc:title>Talk</dc:title>"))
    assert (found.title, body(found)) == (
        "Talk",
        '<h2><span id="slide:1"></span>Sky</h2>\n<p>Round.</p>\n<aside role="note"><p>Say it.</p></aside>\n'
        '<p><span id="slide:2"></span></p>\n<p>Grey.</p>',
    )


def sheet(name: str, *rows: str, style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def line(*cells: str, more: str = "") -> str:
    each = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in cells)
    return f"<table:table-row{more}>{each}</table:table-row>"


def test_sheets_are_parts_and_rows_have_their_numbers(tmp_path: Path):
    gap = '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="9"/>'
    gap += "</table:table-row>"
    hidden = (
        '<style:style style:name="H" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    content = sheet("Moons", line("Moon", "1"), gap, line("Io", "2")) + sheet("Gone", line("x"), style="H")
    found = items(tmp_path, "a.ods", odf("spreadsheet", content + sheet("Suns", line("Sun")), automatic=hidden))
    one, two = documents(found)
    assert (work(found).kind, work(found).path) == ("spreadsheet", "a.ods")
    assert [(each.path, each.title, each.part, each.work) for each in (one, two)] == [
        ("a.ods", "Moons", 1, "a.ods"),
        ("a.ods/2", "Suns", 2, "a.ods"),
    ]
    assert body(one) == (
        '<table id="sheet:Moons"><thead><tr id="row:1"><th scope="col">Moon</th><th scope="col">1</th></tr></thead>'
        '<tbody><tr id="row:5"><td>Io</td><td>2</td></tr></tbody></table>'
    )
    assert two.dropped == (("office:hidden-sheet", 1),)


def test_a_date_says_which_day_it_is_and_what_is_repeated_beyond_all_sense_is_counted(tmp_path: Path):
    cell = '<table:table-cell office:value-type="date" office:date-value="2024-03-05"><text:p>5.3.24</text:p>'
    cell += "</table:table-cell>"
    many = line("x", more=' table:number-rows-repeated="1000000"')
    found = documents(
        items(tmp_path, "a.ods", odf("spreadsheet", sheet("A", f"<table:table-row>{cell}</table:table-row>", many)))
    )
    assert '<td><time datetime="2024-03-05">5.3.24</time></td>' in found[0].content
    assert found[-1].dropped == (("office:repeated-row", 995_000),)


def test_a_section_that_is_not_shown_is_counted(tmp_path: Path):
    hidden = '<text:section text:display="none"><text:p>Secret</text:p></text:section>'
    found = single(tmp_path, "a.odt", odf("text", f"{hidden}<text:p>Open</text:p>"))
    assert body(found) == "<p>Open</p>"
    assert ("office:hidden-text", 1) in found.dropped


def test_a_cell_that_is_struck_by_its_style_is_marked(tmp_path: Path):
    struck = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    cells = '<table:table-cell table:style-name="ce1"><text:p>50</text:p></table:table-cell>'
    cells += "<table:table-cell><text:p>5</text:p></table:table-cell>"
    rows = f'<table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>'
    assert "<td><s>50</s></td><td>5</td>" in body(single(tmp_path, "a.ods", odf("spreadsheet", rows, automatic=struck)))
