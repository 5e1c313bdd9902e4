"""Word documents: what a reader sees of them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.sources.office.made import PNG, W, docx, para, styles, val
from tests.sources.office.reading import body, items, media, single

HEADED = {"word/styles.xml": styles({"H1": "heading 1", "H2": "heading 2", "T": "Title", "Q": "Quote"})}
STYLES = {"rIds": ("styles", "styles.xml")}


def read(tmp_path: Path, content: str, **more: object) -> str:
    return body(single(tmp_path, "a.docx", docx(content, **more)))  # type: ignore[arg-type]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_headings_are_told_by_the_names_of_their_styles(tmp_path: Path):
    content = para("Sky", style="H1") + para("Round.") + para("Phases", style="H2")
    found = read(tmp_path, para("Begin.") + content, parts=HEADED, links=STYLES)
    assert found == "<p>Begin.</p>\n<h2>Sky</h2>\n<p>Round.</p>\n<h3>Phases</h3>"


@pytest.mark.parametrize("parts", [None, {"word/styles.xml": styles({"Q": "Quote"})}])
def test_a_style_of_which_a_file_says_nothing_is_words_own_of_that_id(tmp_path: Path, parts: dict[str, str] | None):
    links = STYLES if parts else {}
    text = para("Drinking Water", style="Heading1") + para("Boil it.") + para("Wells", style="Heading2")
    found = single(tmp_path, "water.docx", docx(text, parts=parts or {}, links=links))
    assert found.title == "Drinking Water"
    assert body(found) == "<p>Boil it.</p>\n<h2>Wells</h2>"
    below = docx(para("The Clinic", style="Title") + text, parts=parts or {}, links=links)
    assert single(tmp_path, "clinic.docx", below).title == "The Clinic"


def test_a_style_that_a_file_tells_of_is_what_it_says_whatever_its_id(tmp_path: Path):
    parts = {"word/styles.xml": styles({"Heading1": "My text"})}
    found = single(tmp_path, "water.docx", docx(para("Boil it.", style="Heading1"), parts=parts, links=STYLES))
    assert (found.title, body(found)) == ("water", "<p>Boil it.</p>")


def test_a_title_in_the_text_is_the_title_of_the_article_and_the_files_own_only_without_one(tmp_path: Path):
    core = "<dc:title>Draft</dc:title><dc:creator>Ada Byron; Bo Li</dc:creator><cp:keywords>sky, night</cp:keywords>"
    core += "<dcterms:created>2020-05-06T07:08:09Z</dcterms:created>"
    core += "<dcterms:modified>2021-02-03T04:05:06Z</dcterms:modified>"
    found = single(
        tmp_path, "a.docx", docx(para("The Moon", style="T") + para("x"), parts=HEADED, links=STYLES, core=core)
    )
    assert (found.title, found.creators, found.categories) == ("The Moon", ("Ada Byron", "Bo Li"), ("sky", "night"))
    assert (found.published, found.modified) == ("2020-05-06", "2021-02-03T04:05:06Z")
    assert single(tmp_path, "b.docx", docx(para("x"), core=core)).title == "Draft"


@pytest.mark.parametrize("title", ["", "Microsoft Word - letter.doc", "Document1", "untitled", "report.docx"])
def test_a_title_that_a_program_wrote_is_none(tmp_path: Path, title: str):
    core = f"<dc:title>{title}</dc:title><dc:creator>Administrator</dc:creator>"
    found = single(tmp_path, "the_moon.docx", docx(para("x"), core=core))
    assert (found.title, found.creators) == ("the moon", ())


def test_marks_of_letters_are_kept_and_neighbours_of_the_same_marks_stand_together(tmp_path: Path):
    runs = run("E=mc", "<w:b/>") + run("2", '<w:b/><w:vertAlign w:val="superscript"/>') + run(" a") + run("b")
    assert read(tmp_path, f"<w:p>{runs}</w:p>") == "<p><b>E=mc</b><sup><b>2</b></sup> ab</p>"
    assert read(tmp_path, f"<w:p>{run('x', '<w:b w:val=' + chr(34) + '0' + chr(34) + '/>')}</w:p>") == "<p>x</p>"


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""
NUMBERED = {"word/numbering.xml": NUMBERING}
LISTED = {"rIdn": ("numbering", "numbering.xml")}


def item(text: str, list_id: int, level: int = 0, style: str = "") -> str:
    extra = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return para(text, extra=extra, style=style)


def test_lists_are_numbered_as_word_counts_them(tmp_path: Path):
    content = item("a", 5) + item("x", 6) + para("Between.") + item("b", 5) + item("c", 5, 1) + item("d", 5, 1)
    assert read(tmp_path, content, parts=NUMBERED, links=LISTED) == (
        "<ol><li>a</li></ol><ul><li>x</li></ul>\n<p>Between.</p>\n"
        '<ol start="2"><li>b</li></ol>\n<p>2.1 c</p>\n<p>2.2 d</p>'
    )


def test_a_list_begins_anew_where_it_says_so_and_deeper_levels_after_a_higher_one(tmp_path: Path):
    content = item("a", 5) + item("b", 5, 2) + item("c", 5, 2) + item("d", 5) + item("e", 5, 2) + item("f", 7)
    assert read(tmp_path, content, parts=NUMBERED, links=LISTED) == (
        '<ol><li>a<ol start="3" type="i"><li>b</li><li>c</li></ol></li>'
        '<li>d<ol start="3" type="i"><li>e</li></ol></li></ol><ol><li>f</li></ol>'
    )


def test_a_numbered_heading_has_its_number(tmp_path: Path):
    parts = {**HEADED, **NUMBERED}
    links = {**STYLES, **LISTED}
    content = para("x") + item("Scope", 5, style="H1") + item("Terms", 5, 1, style="H2")
    assert "<h2>1. Scope</h2>\n<h3>1.1 Terms</h3>" in read(tmp_path, content, parts=parts, links=links)


def test_cells_that_span_columns_and_rows_and_heads_of_tables(tmp_path: Path):
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(text) if text else '<w:p/>'}</w:tc>"

    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Both', val('gridSpan', '2'))}</w:tr>"
        f"<w:tr>{cell('Down', val('vMerge', 'restart'))}{cell('1')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('2')}</w:tr>"
    )
    assert read(tmp_path, f"<w:tbl>{rows}</w:tbl>") == (
        '<table><thead><tr><th scope="col" colspan="2">Both</th></tr></thead><tbody><tr><td rowspan="2">Down</td>'
        "<td>1</td></tr><tr><td>2</td></tr></tbody></table>"
    )


def test_notes_and_comments_stand_at_the_end_and_are_led_to(tmp_path: Path):
    parts = {
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2">{para("A note.")}</w:footnote></w:footnotes>',
        "word/comments.xml": f'<w:comments {W}><w:comment w:id="0" w:author="Ada">{para("Why?")}</w:comment>'
        "</w:comments>",
    }
    links = {"rId1": ("footnotes", "footnotes.xml"), "rId2": ("comments", "comments.xml")}
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    assert read(tmp_path, f"<w:p>{run('Round')}{marks}</w:p>", parts=parts, links=links) == (
        '<p>Round<sup role="doc-noteref"><a href="#footnote-2">1</a></sup>'
        '<sup role="doc-noteref"><a href="#comment-0">c1</a></sup></p>\n'
        '<ul role="doc-endnotes"><li id="footnote-2">1 A note.</li><li id="comment-0">c1 <b>Ada:</b> Why?</li></ul>'
    )


def test_of_tracked_changes_what_was_inserted_stays_and_what_was_deleted_is_counted(tmp_path: Path):
    changes = f"<w:ins>{run('new ')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    content = f"<w:p>{run('a ')}{changes}{run('z')}</w:p>"
    found = single(tmp_path, "a.docx", docx(content))
    assert (body(found), found.dropped) == ("<p>a new z</p>", (("office:deleted-text", 1),))


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path):
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('one ')}</w:p>"
    assert read(tmp_path, f"{first}{para('two')}") == "<p>one two</p>"


def test_hidden_text_is_counted(tmp_path: Path):
    found = single(tmp_path, "a.docx", docx(f"<w:p>{run('a')}{run('secret', '<w:vanish/>')}</w:p>"))
    assert (body(found), found.dropped) == ("<p>a</p>", (("office:hidden-text", 1),))


def test_links_lead_by_relation_by_field_and_to_bookmarks(tmp_path: Path):
    content = f"""<w:p><w:hyperlink r:id="rId9">{run("out")}</w:hyperlink>
    <w:hyperlink w:anchor="here">{run("in")}</w:hyperlink>
    <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.example/" </w:instrText></w:r>
    <w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("field")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
    <w:p><w:bookmarkStart w:id="1" w:name="here"/>{run("place")}</w:p>"""
    found = read(tmp_path, content, links={"rId9": ("hyperlink", "https://a.example/")})
    assert '<a href="https://a.example/">out</a>' in found
    assert '<a href="#at-here">in</a>' in found
    assert '<a href="https://b.example/">field</a>' in found
    assert "HYPERLINK" not in found
    assert '<span id="at-here"></span>place' in found


def test_text_in_a_field_that_has_no_end_is_counted(tmp_path: Path):
    begun = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
    found = single(tmp_path, "a.docx", docx(para("one") + begun + para("two") + para("three")))
    assert (body(found), found.dropped) == ("<p>one</p>", (("office:field-text", 2),))


def test_a_formula_is_mathml(tmp_path: Path):
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    content = f"<w:p><m:oMath>{power}</m:oMath></w:p>"
    inner = "<msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup>"
    assert read(tmp_path, content) == f"<p><math><mrow>{inner}</mrow></math></p>"


def test_text_boxes_follow_their_paragraph_and_are_read_once(tmp_path: Path):
    box = f"<w:txbxContent>{para('In a box.')}</w:txbxContent>"
    content = f"""<w:p>{run("Before.")}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>
    <a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>
    </mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>
    </w:r></w:p>"""
    assert read(tmp_path, content) == "<p>Before.</p>\n<p>In a box.</p>"


def test_pictures_are_media_with_what_is_said_of_them(tmp_path: Path):
    content = """<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="The  Moon"/><a:graphic>
    <a:graphicData><a:blip r:embed="rId3"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
    raw = docx(content, links={"rId3": ("image", "media/moon.png")}, parts={"word/media/moon.png": PNG})
    found = items(tmp_path, "a b.docx", raw)
    assert [(file.path, file.mime) for file in media(found)] == [("a b.docx/word/media/moon.png", "image/png")]
    assert '<img src="/a%20b.docx/word/media/moon.png" alt="The Moon">' in repr(found)


def test_a_picture_that_no_browser_shows_is_told_by_its_description_and_counted(tmp_path: Path):
    drawn = '<wp:inline><wp:docPr descr="A chart"/><a:blip r:embed="rId3"/></wp:inline>'
    content = f"<w:p><w:r><w:drawing>{drawn}</w:drawing></w:r></w:p>"
    found = single(
        tmp_path, "a.docx", docx(content, links={"rId3": ("image", "media/i.emf")}, parts={"word/media/i.emf": b"EMF"})
    )
    assert (body(found), found.dropped) == ("<p>A chart</p>", (("office:picture-no-browser-shows", 1),))


PAGED = (
    para("One.")
    + '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>Two.</w:t></w:r></w:p>'
    + "<w:p><w:r><w:t>Still two, </w:t><w:lastRenderedPageBreak/><w:t>three.</w:t></w:r></w:p>"
)


def app(pages: int) -> dict[str, str]:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return {"docProps/app.xml": f'<Properties xmlns="{space}"><Pages>{pages}</Pages></Properties>'}


def test_pages_are_told_where_the_marks_come_to_the_number_that_the_file_states(tmp_path: Path):
    found = read(tmp_path, PAGED, parts=app(3))
    assert found == (
        '<p><span id="page:1"></span>One.</p>\n<p><span id="page:2"></span>Two.</p>\n'
        '<p>Still two, <span id="page:3"></span>three.</p>'
    )
    assert "page:" not in read(tmp_path, PAGED, parts=app(4))
    assert "page:" not in read(tmp_path, PAGED)


def test_pages_are_called_by_their_labels(tmp_path: Path):
    roman = (
        '<w:p><w:pPr><w:sectPr><w:pgNumType w:fmt="lowerRoman"/></w:sectPr></w:pPr><w:r><w:t>Preface.</w:t></w:r></w:p>'
    )
    body_ = roman + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Begin.</w:t></w:r></w:p>"
    found = read(tmp_path, body_, parts=app(2), section='<w:sectPr><w:pgNumType w:start="1"/></w:sectPr>')
    assert found == '<p><span id="page:i"></span>Preface.</p>\n<p><span id="page:1"></span>Begin.</p>'


def test_heads_and_feet_of_pages_stand_once_at_the_end_without_bare_numbers(tmp_path: Path):
    parts = {
        "word/header1.xml": f"<w:hdr {W}>{para('Secret')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {W}>{para('Secret')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{para('3')}</w:ftr>",
    }
    links = {
        "rId1": ("header", "header1.xml"),
        "rId2": ("header", "header2.xml"),
        "rId3": ("footer", "footer1.xml"),
    }
    assert read(tmp_path, para("x"), parts=parts, links=links) == '<p>x</p>\n<aside role="note"><p>Secret</p></aside>'


def test_the_strict_form_of_the_standard_is_read_too(tmp_path: Path):
    raw = docx(para("Round."))
    strict = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main"
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for before, after in strict.items():
                text = text.replace(before, after)
            new.writestr(name, text)
    assert body(single(tmp_path, "a.docx", out.getvalue())) == "<p>Round.</p>"


def test_stretches_that_are_pages_or_text_are_read_and_others_counted(tmp_path: Path):
    content = "".join(f'<w:altChunk r:id="rId{number}"/>' for number in (1, 2, 3))
    links = {f"rId{n}": ("aFChunk", name) for n, name in enumerate(("a.html", "b.txt", "c.docx"), 1)}
    page = "<html><head><title>x</title></head><body><h1>Sky</h1><p>K\u00f6ln</p></body></html>"
    parts: dict[str, str | bytes] = {"word/a.html": page, "word/b.txt": "One <b>\n\nTwo", "word/c.docx": b"PK"}
    found = single(tmp_path, "a.docx", docx(content, links=links, parts=parts))
    assert body(found) == "<div><h1>Sky</h1><p>K\u00f6ln</p></div>\n<p>One &lt;b&gt;</p><p>Two</p>"
    assert found.dropped == (("office:embedded-file", 1),)


def test_signs_of_fonts_are_letters_and_those_that_are_not_known_are_counted(tmp_path: Path):
    content = '<w:p><w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Webdings" w:char="F061"/></w:r></w:p>'
    found = single(tmp_path, "a.docx", docx(content))
    assert (body(found), found.dropped) == ("<p>α\ufffd</p>", (("office:sign-without-letter", 1),))


@pytest.mark.parametrize(
    ("properties", "html"),
    [
        ('<w:vertAlign w:val="superscript"/>', "10<sup>5</sup>"),
        ('<w:rStyle w:val="Power"/>', "10<sup>5</sup>"),
        ('<w:rStyle w:val="Power"/><w:vertAlign w:val="baseline"/>', "105"),
        ('<w:position w:val="12"/>', "10<sup>5</sup>"),
        ('<w:position w:val="-12"/>', "10<sub>5</sub>"),
        ('<w:position w:val="2"/>', "105"),
        ('<w:rStyle w:val="Gone"/>', "10<s>5</s>"),
        ('<w:rStyle w:val="Gone"/><w:strike w:val="0"/>', "105"),
    ],
)
def test_letters_are_raised_lowered_or_struck_by_what_is_said_of_them(tmp_path: Path, properties: str, html: str):
    styled = (
        f'<w:styles {W}><w:style w:type="character" w:styleId="Power"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        '</w:style><w:style w:type="character" w:styleId="Gone"><w:rPr><w:dstrike/></w:rPr></w:style></w:styles>'
    )
    run = f"<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>5</w:t></w:r></w:p>"
    made = docx(run, links={"s": ("styles", "styles.xml")}, parts={"word/styles.xml": styled})
    assert body(single(tmp_path, "a.docx", made)) == f"<p>{html}</p>"


def test_a_long_text_that_stands_higher_is_no_power(tmp_path: Path):
    run = '<w:p><w:r><w:t>10 </w:t></w:r><w:r><w:rPr><w:position w:val="12"/></w:rPr><w:t>long words</w:t></w:r></w:p>'
    assert body(single(tmp_path, "a.docx", docx(run))) == "<p>10 long words</p>"
