"""PowerPoint presentations: what is on their slides, and what was said beside them."""

from __future__ import annotations

from pathlib import Path

from tests.sources.office.made import PNG, P, pptx, shape
from tests.sources.office.reading import body, items, media, single


def read(tmp_path: Path, slides: list[str], **more: object) -> str:
    return body(single(tmp_path, "a.pptx", pptx(slides, core="<dc:title>Talk</dc:title>", **more)))  # type: ignore[arg-type]


def test_each_slide_has_its_anchor_and_title(tmp_path: Path):
    one = shape("Round.", kind="") + shape("Sky", kind="title") + shape("7", kind="sldNum")
    assert read(tmp_path, [one, shape("A box.")]) == (
        '<h2><span id="slide:1"></span>Sky</h2>\n<ul><li>Round.</li></ul>\n'
        '<p><span id="slide:2"></span></p>\n<p>A box.</p>'
    )


def test_levels_and_numbers_of_items(tmp_path: Path):
    def para(words: str, properties: str) -> str:
        return f"<a:p>{properties}<a:r><a:t>{words}</a:t></a:r></a:p>"

    number = '<a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr>'
    found = read(
        tmp_path,
        [
            shape("a", para("b", '<a:pPr lvl="1"/>'), para("c", "<a:pPr><a:buNone/></a:pPr>"), kind="body")
            + shape(para("d", number), para("e", number))
        ],
    )
    assert found == (
        '<p><span id="slide:1"></span></p>\n<ul><li>a<ul><li>b</li></ul></li></ul>\n<p>c</p>\n'
        "<ol><li>d</li><li>e</li></ol>"
    )


def test_tables_with_merged_cells(tmp_path: Path):
    def cell(words: str, more: str = "") -> str:
        return f"<a:tc{more}><a:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></a:txBody></a:tc>"

    both, under = ' gridSpan="2"', ' hMerge="1"'
    rows = f"<a:tr>{cell('Both', both)}{cell('', under)}</a:tr>"
    rows += f"<a:tr>{cell('1')}{cell('2')}</a:tr>"
    frame = f'<p:graphicFrame><a:graphic><a:tbl><a:tblPr firstRow="1"/>{rows}</a:tbl></a:graphic></p:graphicFrame>'
    assert read(tmp_path, [frame]).endswith(
        '<table><thead><tr><th scope="col" colspan="2">Both</th></tr></thead>'
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_notes_and_remarks_follow_their_slide(tmp_path: Path):
    shapes = shape("Say it.", kind="body") + shape("3", kind="sldNum")
    notes = f"<p:notes {P}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:notes>"
    remarks = f'<p:cmLst {P}><p:cm authorId="1"><p:text>Why?</p:text></p:cm></p:cmLst>'
    parts = {"ppt/notesSlides/n1.xml": notes, "ppt/comments/c1.xml": remarks}
    links = {1: {"rId8": ("notesSlide", "../notesSlides/n1.xml"), "rId9": ("comments", "../comments/c1.xml")}}
    assert read(tmp_path, [shape("Sky", kind="title")], links=links, parts=parts) == (
        '<h2><span id="slide:1"></span>Sky</h2>\n<aside role="note"><p>Say it.</p></aside>\n'
        '<aside role="note"><p>Why?</p></aside>'
    )


def test_links_lead_out_and_to_other_slides(tmp_path: Path):
    def linked(identifier: str) -> str:
        return f'<a:p><a:r><a:rPr><a:hlinkClick r:id="{identifier}"/></a:rPr><a:t>x</a:t></a:r></a:p>'

    links = {1: {"rId1": ("hyperlink", "https://a.example/"), "rId2": ("slide", "slide2.xml")}}
    found = read(tmp_path, [shape(linked("rId1"), linked("rId2")), shape("y")], links=links)
    assert '<a href="https://a.example/">x</a>' in found
    assert '<a href="#slide:2">x</a>' in found


def test_pictures_of_groups_are_media_and_films_are_counted(tmp_path: Path):
    picture = (
        '<p:grpSp><p:pic><p:nvPicPr><p:cNvPr descr="Moon"/><p:nvPr><a:videoFile r:link="rId7"/></p:nvPr></p:nvPicPr>'
    )
    picture += '<p:blipFill><a:blip r:embed="rId3"/></p:blipFill></p:pic></p:grpSp>'
    raw = pptx([picture], links={1: {"rId3": ("image", "../media/i.png")}}, parts={"ppt/media/i.png": PNG})
    found = items(tmp_path, "a.pptx", raw)
    assert [file.path for file in media(found)] == ["a.pptx/ppt/media/i.png"]
    assert "('office:film-or-sound', 1)" in repr(found)


CHART = """<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><a:t>Ducks</a:t></c:title><c:plotArea>
<c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Lake</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>2019</c:v></c:pt></c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:numCache><c:formatCode>0%</c:formatCode><c:pt idx="0"><c:v>0.25</c:v></c:pt></c:numCache></c:numRef>
</c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"""


def test_a_chart_is_a_table_of_what_it_shows(tmp_path: Path):
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    frame = f'<p:graphicFrame><c:chart xmlns:c="{space}" r:id="rId3"/></p:graphicFrame>'
    found = read(
        tmp_path, [frame], links={1: {"rId3": ("chart", "../charts/c.xml")}}, parts={"ppt/charts/c.xml": CHART}
    )
    assert found.endswith(
        '<table><caption>Ducks</caption><thead><tr><td></td><th scope="col">Lake</th></tr></thead>'
        '<tbody><tr><th scope="row">2019</th><td>25%</td></tr></tbody></table>'
    )
