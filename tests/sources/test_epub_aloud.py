"""A book that is read aloud leads from its text to the second of its recording."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.model.projection import outline
from galactica.refine.article import Refined, refine
from galactica.sources.contract import Item
from galactica.sources.epub_aloud import seconds
from tests.sources.books import files_of, left_out, media, nav, package, packed, page, parts, read

SPOKEN = """<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body><seq>
<par><text src="a.xhtml#h"/><audio src="one.mp3" clipBegin="0s" clipEnd="1s"/></par>
<par><text src="a.xhtml#p"/><audio src="one.mp3" clipBegin="0:00:02.500"/></par>
<par><text src="a.xhtml#w"/><audio src="one.mp3" clipBegin="2.9s"/></par>
<par><text src="a.xhtml#c"/><audio src="two.mp3" clipBegin="00:01"/></par>
<par><text src="a.xhtml#t"/></par></seq></body></smil>"""
TEXT = (
    '<h1 id="h">Ebb</h1><p id="p">It <b id="w">goes</b>.</p>'
    '<h2 id="c">Flow</h2><p>It comes.</p><p id="t">By a machine.</p>'
)


def spoken(folder: Path, listed: str) -> list[Item]:
    names = ["nav.xhtml", "a.xhtml", "a.smil"]
    opf = package(names).replace('<item id="i1"', '<item media-overlay="i2" id="i1"')
    pages: dict[str, str | bytes] = {"nav.xhtml": nav(listed), "a.xhtml": page(TEXT), "a.smil": SPOKEN}
    files = files_of(pages, extra={"OPS/one.mp3": b"ID3 one", "OPS/two.mp3": b"ID3 two"})
    path = folder / "tides.epub"
    path.write_bytes(packed(files | {"OPS/book.opf": opf.encode()}))
    return read(path)


def test_places_of_the_text_have_the_second_at_which_they_are_said(tmp_path: Path) -> None:
    items = spoken(tmp_path, '<li><a href="a.xhtml">Tides</a></li>')
    found = refine(parts(items)[0], language="en")
    assert isinstance(found, Refined)
    seen = outline(found.body)
    assert [(anchor, seen.text[at:][:4]) for at, anchor in seen.anchors if anchor] == [
        ("time:0", "Ebb\n"),
        ("time:2.5", "It g"),
        ("time:1", "Flow"),
    ]
    assert found.body.count("<audio") == 2
    assert media(items) == ["OPS/one.mp3", "OPS/two.mp3"]
    assert ("epub:media-overlay", 1) in parts(items)[0].dropped
    assert left_out(items) == []


def test_a_part_that_is_cut_off_has_its_recording_too(tmp_path: Path) -> None:
    items = spoken(tmp_path, '<li><a href="a.xhtml#p">Ebb</a></li><li><a href="a.xhtml#w">Goes</a></li>')
    assert [each.content.count("<audio") for each in parts(items)] == [1, 2]


@pytest.mark.parametrize(
    ("clock", "told"),
    [
        ("0:01:02.5", 62.5),
        ("02:03", 123.0),
        ("1.5min", 90.0),
        ("2h", 7200.0),
        ("500ms", 0.5),
        ("7", 7.0),
        (" 12.25s ", 12.25),
        ("npt=1", 0.0),
        ("", 0.0),
    ],
)
def test_clock_values_are_seconds(clock: str, told: float) -> None:
    assert seconds(clock) == told
