"""Long texts become works of several parts, cut at their headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.sources.office import parts
from tests.sources.office.made import W, docx, para, styles
from tests.sources.office.reading import body, documents, items, single, work

LINKS = {"rIds": ("styles", "styles.xml")}
STYLES = {"word/styles.xml": styles({"H1": "heading 1", "H2": "heading 2", "T": "Title"})}
FILLED = "Words that fill a paragraph. " * 4


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LONG", 400)
    monkeypatch.setattr(parts, "SHORTEST", 10)
    monkeypatch.setattr(parts, "LONGEST_PART", 900)


def test_a_long_text_is_cut_at_its_headings_and_a_long_part_at_the_next_ones(tmp_path: Path):
    content = para("The Sky", style="T") + para(FILLED) + para("Moon", style="H1") + para(FILLED)
    content += para("Sun", style="H1") + para(FILLED * 2)
    content += para("Light", style="H2") + para(FILLED) + para("Heat", style="H2") + para(FILLED)
    found = items(tmp_path, "sky.docx", docx(content, links=LINKS, parts=STYLES, core="<dc:creator>Ada</dc:creator>"))
    about = work(found)
    assert (about.path, about.title, about.kind, about.creators) == ("sky.docx", "The Sky", "document", ("Ada",))
    assert [(each.path, each.title, each.headings, each.part) for each in documents(found)] == [
        ("sky.docx", "The Sky", (), 1),
        ("sky.docx/2", "Moon", (), 2),
        ("sky.docx/3", "Sun", (), 3),
        ("sky.docx/4", "Light", ("Sun",), 4),
        ("sky.docx/5", "Heat", ("Sun",), 5),
    ]
    assert {each.work for each in documents(found)} == {"sky.docx"}
    assert body(documents(found)[1]) == f"<p>{FILLED}</p>"


def test_notes_stand_in_the_part_that_has_their_mark_and_links_lead_from_part_to_part(tmp_path: Path):
    notes = "".join(f'<w:footnote w:id="{n}">{para(f"Note {n}.")}</w:footnote>' for n in (1, 2))
    mark = '<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="{}"/></w:r></w:p>'
    content = para("One", style="H1") + para(FILLED) + mark.format(1)
    content += '<w:p><w:hyperlink w:anchor="far"><w:r><w:t>there</w:t></w:r></w:hyperlink></w:p>'
    content += (
        '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:bookmarkStart w:name="far"/><w:r><w:t>Two</w:t></w:r></w:p>'
    )
    content += para(FILLED) + mark.format(2)
    links = {**LINKS, "rId2": ("footnotes", "footnotes.xml")}
    held = {**STYLES, "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>"}
    one, two = documents(items(tmp_path, "a.docx", docx(content, links=links, parts=held)))
    assert "Note 1." in one.content
    assert "Note 2." not in one.content
    assert "Note 2." in two.content
    assert '<a href="/a.docx/2#at-far">there</a>' in one.content
    assert '<span id="at-far"></span>' in two.content


def test_a_long_text_without_headings_is_cut_between_paragraphs(tmp_path: Path):
    found = documents(items(tmp_path, "a.docx", docx(para(FILLED) * 12)))
    assert [each.title for each in found] == ["a", "a (2)", "a (3)", "a (4)"]
    assert sum(each.content.count("<p>") for each in found) == 12


def test_a_heading_over_every_sentence_cuts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parts, "SHORTEST", 100)
    content = "".join(para(f"H{number}", style="H1") + para("x") for number in range(20))
    assert single(tmp_path, "a.docx", docx(content, links=LINKS, parts=STYLES)).work == ""
