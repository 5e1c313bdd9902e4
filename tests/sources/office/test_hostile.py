"""Office files that are broken, locked, not what they say, or made to do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources.contract import Item
from galactica.sources.formats import open_source
from galactica.sources.office import leaves, xmltree
from galactica.sources.office import xlsx as reader
from tests.sources.office.hostile import replaced
from tests.sources.office.made import W, docx, odf, para, pptx, relations, row, rtf, shape, xlsx, zipped
from tests.sources.office.reading import body, single

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def shelf(tmp_path: Path, files: dict[str, bytes]) -> list[Item]:
    root = tmp_path / "shelf"
    root.mkdir()
    for name, content in {**files, "note.txt": b"A day\n\nIt rained.\n"}.items():
        (root / name).write_bytes(content)
    with open_source(root) as source:
        return list(source.read())


def told(items: list[Item]) -> dict[str, str]:
    return {item.where: item.reason for item in items if isinstance(item, Rejected)}


def test_locked_old_and_other_files_are_refused_in_words(tmp_path: Path):
    locked = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99
    files = {"a.docx": locked, "b.xlsx": OLE, "c.odt": b"not a zip file\n", "d.docx": b"", "e.pptx": zipped({"x": "y"})}
    assert told(shelf(tmp_path, files)) == {
        "a.docx": "encrypted",
        "b.xlsx": "truncated",
        "c.odt": "unsupported",
        "d.docx": "empty",
        "e.pptx": "truncated",
    }


def test_a_table_in_plain_text_that_is_called_a_workbook_is_a_sheet(tmp_path: Path):
    found = single(tmp_path, "a.xls", 'Name\tAge\nBo\t7\n"Al\tice"\t8\n'.encode("utf-16"))
    assert body(found) == (
        '<table id="sheet:a"><thead><tr id="row:1"><th scope="col">Name</th><th scope="col">Age</th></tr></thead>'
        '<tbody><tr id="row:2"><td>Bo</td><td>7</td></tr><tr id="row:3"><td>Al\tice</td><td>8</td></tr></tbody></table>'
    )
    assert found.dropped == (("office:not-what-its-name-says", 1),)
    with pytest.raises(InputError, match="is none"):
        single(tmp_path, "b.xlsx", b"It rained.\n\nAll day.\n")


def test_texts_that_share_an_ending_with_old_office_files_are_none(tmp_path: Path):
    texts = {"a.dot": b"digraph g { a -> b }\n", "b.msg": b"namespace eval ::msgcat {}\n", "c.pot": b"x y z\n"}
    items = shelf(tmp_path, texts)
    assert [item.path for item in items if isinstance(item, Document)] == ["note.txt"]
    assert not [item for item in items if isinstance(item, Rejected) and "named like" in item.detail]


def test_one_that_was_named_is_refused_with_a_remedy(tmp_path: Path):
    path = tmp_path / "a.docx"
    path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(InputError, match="under a password"):
        list(open_source(path).read())


def test_in_a_folder_and_in_an_archive_a_file_is_a_page_or_a_work_of_it(tmp_path: Path):
    files = {"a.docx": docx(para("x")), "b.xlsx": xlsx({"A": row(1, "x"), "B": row(1, "y")})}
    items = shelf(tmp_path, files)
    paths = [(item.source, item.path, item.work) for item in items if isinstance(item, Document)]
    expected = [("a.docx", ""), ("b.xlsx", "b.xlsx"), ("b.xlsx/2", "b.xlsx"), ("note.txt", "")]
    assert paths == [("shelf", path, work) for path, work in expected]
    out = tmp_path / "shelf.zip"
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"in/{name}", content)
    with open_source(out) as source:
        paths = [(item.source, item.path, item.work) for item in source.read() if isinstance(item, Document)]
    assert paths == [("shelf", f"in/{path}", work and f"in/{work}") for path, work in expected[:3]]


def test_an_archive_with_a_folder_called_word_is_a_folder(tmp_path: Path):
    out = tmp_path / "shelf.zip"
    out.write_bytes(zipped({"word/day.txt": "A day\n\nIt rained.\n"}))
    with open_source(out) as source:
        assert [item.path for item in source.read() if isinstance(item, Document)] == ["word/day.txt"]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_entities_are_never_resolved(tmp_path: Path, part: str):
    raw = docx(para("x"), links={"rIds": ("styles", "styles.xml")})
    text = (
        f'<?xml version="1.0"?>{BOMB}<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    )
    files = {"a.docx": replaced(raw, {part: text}), "b.docx": replaced(raw, {part: text.encode("utf-16")})}
    items = shelf(tmp_path, files)
    assert "haha" not in repr(items)
    if part == "word/document.xml":
        assert told(items) == {"a.docx": "unsupported", "b.docx": "unsupported"}


def test_entities_are_not_resolved_in_sheets_either(tmp_path: Path):
    sheet = (
        f'<?xml version="1.0"?>{BOMB}<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    )
    items = shelf(tmp_path, {"a.xlsx": replaced(xlsx({"A": row(1, "x")}), {"xl/worksheets/sheet1.xml": sheet})})
    assert "haha" not in repr(items)
    assert told(items) == {"a.xlsx": "empty"}


def test_depth_is_bounded(tmp_path: Path):
    deep = "<w:sdt><w:sdtContent>" * 400 + para("x") + "</w:sdtContent></w:sdt>" * 400
    boxes = "<draw:g>" * 400 + "</draw:g>" * 400
    files = {"a.docx": docx(deep), "b.odt": odf("text", boxes), "c.rtf": rtf("{" * 5_000 + "x" + "}" * 5_000)}
    assert told(shelf(tmp_path, files)) == {"a.docx": "too-deep", "b.odt": "too-deep", "c.rtf": "too-deep"}


def test_the_number_of_tags_and_the_size_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xmltree, "MAX_TAGS", 50)
    monkeypatch.setattr(leaves, "MAX_PLAIN_FILE", 1_000)
    files = {"a.docx": docx(para("x") * 50), "b.rtf": rtf("x" * 2_000)}
    assert told(shelf(tmp_path, files)) == {"a.docx": "too-large", "b.rtf": "too-large"}


def test_a_sheet_above_the_bound_is_left_out_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader, "MAX_SHEET", 2_000)
    many = "".join(row(number, "x" * 50) for number in range(1, 100))
    found = single(tmp_path, "a.xlsx", xlsx({"A": many, "B": row(1, "y")}))
    assert found.dropped == (("office:damaged-sheet", 1),)


def test_xml_that_breaks_off_is_read_up_to_there(tmp_path: Path):
    raw = docx(para("Kept.") + para("Gone."))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        text = archive.read("word/document.xml").decode()
    cut = text[: text.index("Gone")]
    found = single(tmp_path, "a.docx", replaced(raw, {"word/document.xml": cut}))
    assert (body(found), found.dropped) == ("<p>Kept.</p>", (("office:broken-xml", 1),))


def test_an_encoding_that_there_is_not_is_taken_for_utf8(tmp_path: Path):
    text = f'<?xml version="1.0" encoding="UTF-42"?><w:document {W}><w:body>{para("Köln")}</w:body></w:document>'
    assert body(single(tmp_path, "a.docx", replaced(docx(para("x")), {"word/document.xml": text}))) == "<p>Köln</p>"


def test_an_archive_that_breaks_off_is_read_up_to_there(tmp_path: Path):
    raw = docx(para("Kept."), parts={"word/media/z.bin": bytes(range(256)) * 40})
    found = single(tmp_path, "a.docx", raw[: raw.rindex(b"word/media/z.bin", 0, raw.index(b"PK\x01\x02")) + 50])
    assert body(found) == "<p>Kept.</p>"
    assert found.dropped


def test_styles_lists_and_notes_that_lead_in_circles_end(tmp_path: Path):
    circle = '<w:style w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    parts = {
        "word/styles.xml": f"<w:styles {W}>{circle.format('A', 'B')}{circle.format('B', 'A')}</w:styles>",
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/>'
        "<w:t>x</w:t></w:r></w:p></w:footnote></w:footnotes>",
    }
    links = {"rId1": ("styles", "styles.xml"), "rId2": ("footnotes", "footnotes.xml")}
    content = para("a", style="A") + '<w:p><w:r><w:t>b</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert "1 x" in single(tmp_path, "a.docx", docx(content, parts=parts, links=links)).content


def test_relations_lead_to_no_file_of_the_machine(tmp_path: Path):
    content = '<w:p><w:r><w:t>x</w:t><w:drawing><a:blip r:embed="rId1"/><a:blip r:link="rId2"/></w:drawing></w:r></w:p>'
    links = {"rId1": ("image", "../../../../etc/passwd"), "rId2": ("image", "file:///etc/passwd")}
    found = single(tmp_path, "a.docx", docx(content, links=links))
    assert body(found) == "<p>x</p>"
    assert dict(found.dropped) == {"office:missing-picture": 1, "office:picture-elsewhere": 1}


def test_text_is_escaped_wherever_it_stands(tmp_path: Path):
    evil = "&lt;img src=x onerror=alert(1)&gt;&quot;"
    files = {
        "a.docx": docx(para(evil)),
        "b.pptx": pptx([shape(evil, kind="title")]),
        "c.xlsx": xlsx({evil: row(1, evil)}),
        "d.odt": odf("text", f"<text:p>{evil}</text:p>"),
        "e.rtf": rtf("<img src=x onerror=alert(1)>"),
    }
    for item in shelf(tmp_path, files):
        if isinstance(item, Document):
            assert "<img" not in item.content


def test_numbers_that_make_no_sense_do_no_harm(tmp_path: Path):
    cells = row(1, "<c><v>1e999</v></c>", "<c><v>nan</v></c>", "<c><v>x</v></c>", '<c s="99"><v>1</v></c>')
    span = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge w:val="x"/></w:tcPr><w:p/></w:tc>'
    files = {
        "a.xlsx": xlsx({"A": cells + '<row r="x"><c r="ZZZZ1"><v>2</v></c></row>'}),
        "b.docx": docx(f"<w:tbl><w:tr>{span}</w:tr></w:tbl>{para('x')}"),
        "c.rtf": rtf(r"\u99999999999? \cellx-99999 \ilvl99999 \cell \row \bin99999999 x"),
        "d.pptx": pptx([shape('<a:p><a:pPr lvl="-7"/><a:r><a:t>x</a:t></a:r></a:p>', kind="")]),
    }
    assert {item.path for item in shelf(tmp_path, files) if isinstance(item, Document)} >= {
        "a.xlsx",
        "b.docx",
        "d.pptx",
    }


def test_a_main_part_may_have_any_name(tmp_path: Path):
    raw = docx(para("x"))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        main = archive.read("word/document.xml")
    other = zipped({"_rels/.rels": relations({"r": ("officeDocument", "here/it.xml")}), "here/it.xml": main})
    assert body(single(tmp_path, "a.docx", other)) == "<p>x</p>"


def test_text_in_very_many_pieces_is_put_together_once(tmp_path: Path):
    pieces = "<r><t>abcdefgh</t></r>" * 200_000
    sheet = f'<row r="1"><c r="A1" t="inlineStr"><is>{pieces}</is></c></row>'
    assert "abcdefgh" * 1000 in body(single(tmp_path, "a.xlsx", xlsx({"One": sheet})))
    begun = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + f"<w:r><w:instrText>{'x' * 999}</w:instrText></w:r>" * 10_000
    )
    shown = '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>two</w:t></w:r>'
    marks = '<w:bookmarkStart w:name="a"/>' * 1_000
    found = single(tmp_path, "b.docx", docx(f"<w:p>{begun}{shown}</w:p>{marks}{para('three')}"))
    assert "two" in body(found)
    assert "three" in body(found)
    groups = "{a\\b }" * 100_000
    found = single(tmp_path, "c.rtf", rtf("{\\field{\\*\\fldinst " + groups + "}{\\fldrslt two}}"))
    assert "two" in body(found)


def test_a_cell_beyond_the_last_column_is_counted(tmp_path: Path):
    sheet = '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZ1"><v>2</v></c></row>'
    assert single(tmp_path, "a.xlsx", xlsx({"One": sheet})).dropped == (("office:bad-place", 1),)
