"""RTF: letters of every code page, lists, tables, notes, links."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.office.made import PNG, rtf
from tests.sources.office.reading import body, documents, items, media, single


def read(tmp_path: Path, content: str, head: str = "") -> str:
    return body(single(tmp_path, "a.rtf", rtf(content, head=head)))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"caf\'e9", "café"),
        (r"\u1052?\u1086?", "Мо"),
        (r"{\f1 \'cc\'ee}", "Мо"),
        (r"{\f3 \'83\'65\'83X}", "テス"),
        (r"{\f2 a\'62}", "αβ"),
        (r"\uc2\u233\'c3\'a9x", "éx"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"a\~b\_c\-d \{e\}\emdash f\tab g", "a\u00a0b\u2011cd {e}—f\tg"),
        (r"{\upr{Mo}{\*\ud{\u1052?}}}", "М"),
        (r"\ansicpg125 caf\'e9", "café"),
        (r"{\*\unknown gone}kept{\v hidden}", "kept"),
        (r"{\f0\fs24\*\cs7 not a group to leave out}", "not a group to leave out"),
    ],
)
def test_letters(tmp_path: Path, written: str, meant: str):
    assert read(tmp_path, written) == f"<p>{meant}</p>"


def test_headings_marks_and_what_the_file_says_of_itself(tmp_path: Path):
    info = r"{\info{\title The Moon}{\author Ada}{\keywords sky, night}{\creatim\yr2011\mo5\dy3}}"
    found = single(
        tmp_path, "a.rtf", rtf(r"Begin.\par\pard\s1 Sky\par\pard\s0 A {\b big} one{\super 2}\par", head=info)
    )
    assert (found.title, found.creators, found.categories) == ("The Moon", ("Ada",), ("sky", "night"))
    assert found.published == "2011-05-03"
    assert body(found) == "<p>Begin.</p>\n<h2>Sky</h2>\n<p>A <b>big</b> one<sup>2</sup></p>"


def test_lists_are_as_their_labels_say(tmp_path: Path):
    content = r"\pard{\listtext 1.\tab}\ls1 one\par\pard{\listtext 2.\tab}\ls1 two\par"
    content += r"\pard{\listtext\f2\'b7\tab}\ls2 dot\par\pard{\listtext a)\tab}\ls3 letter\par"
    assert read(tmp_path, content) == "<ol><li>one</li><li>two</li></ol><ul><li>dot</li></ul>\n<p>a) letter</p>"


def test_tables_with_merged_cells(tmp_path: Path):
    content = r"Before\par\trowd\trhdr\cellx2000\pard\intbl Both\cell\row"
    content += r"\trowd\clvmgf\cellx1000\cellx2000\pard\intbl Down\cell 1\cell\row"
    content += r"\trowd\clvmrg\cellx1000\cellx2000\pard\intbl\cell 2\par more\cell\row\pard After\par"
    assert read(tmp_path, content) == (
        '<p>Before</p>\n<table><thead><tr><th scope="col" colspan="2">Both</th></tr></thead>'
        '<tbody><tr><td rowspan="2">Down</td>'
        "<td>1</td></tr><tr><td><p>2</p>\n<p>more</p></td></tr></tbody></table>\n<p>After</p>"
    )


def test_notes_and_remarks(tmp_path: Path):
    content = r"Round{\super\chftn{\footnote\pard{\super\chftn} A note.}}{\*\atnid A}{\*\atnauthor Ada}\chatn"
    content += r"{\*\annotation\pard Why?}.\par"
    assert read(tmp_path, content) == (
        '<p>Round<sup role="doc-noteref"><a href="#note-1">1</a></sup>'
        '<sup role="doc-noteref"><a href="#note-2">c2</a></sup>.</p>\n'
        '<ul role="doc-endnotes"><li id="note-1">1  A note.</li><li id="note-2">c2 <b>Ada:</b> Why?</li></ul>'
    )


def test_links_pictures_and_heads_of_pages(tmp_path: Path):
    content = r'{\header Secret\par}{\field{\*\fldinst HYPERLINK "https://a.example/"}{\fldrslt out}} '
    content += rf"{{\*\shppict{{\pict\pngblip {PNG.hex()}}}}}\par"
    found = items(tmp_path, "a.rtf", rtf(content))
    assert media(found)[0].content == PNG
    assert body(documents(found)[0]) == (
        '<p><a href="https://a.example/">out</a> <img src="/a.rtf/picture1.png" alt=""></p>\n'
        '<aside role="note"><p>Secret</p></aside>'
    )


def test_deleted_and_hidden_text_embedded_files_and_a_missing_end_are_counted(tmp_path: Path):
    content = r"a{\deleted gone}{\v secret}{\object{\*\objdata 00}{\result seen}}"
    found = single(tmp_path, "a.rtf", rtf(content)[:-1])
    assert body(found) == "<p>aseen</p>"
    assert dict(found.dropped) == {
        "office:cut-off": 1,
        "office:deleted-text": 1,
        "office:embedded-file": 1,
        "office:hidden-text": 1,
    }


def test_letters_set_higher_or_lower_are_raised_or_lowered(tmp_path: Path):
    found = body(single(tmp_path, "a.rtf", rtf(r"10{\up6 4} m, H{\dn6 2}O, 7{\up2 8}\par")))
    assert found == "<p>10<sup>4</sup> m, H<sub>2</sub>O, 78</p>"
