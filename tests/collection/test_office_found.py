"""What lies in office files is found by a word of it, and the page, slide or row is right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from galactica import library as api
from galactica.building.build import build
from galactica.collection.opened import Library
from galactica.model.anchors import told
from tests.sources.office.made import docx, odf, para, pptx, row, rtf, shape, xlsx

PAGED = para("The first page is of apples.") + (
    '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    "<w:p><w:r><w:lastRenderedPageBreak/><w:t>On the second page quinces are pickled.</w:t></w:r></w:p>"
)
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
APP = {"docProps/app.xml": f'<Properties xmlns="{EXTENDED}"><Pages>2</Pages></Properties>'}
SHEET = row(1, "Town", "Bakers") + row(2, "Ambleford", 7) + row(3, "Wexcombe", 12)
MAIL = b"From: ada@example.org\nTo: bo@example.org\nSubject: Ovens\n\nThe kiln in Dunmere is cold.\n"
FILES = {
    "a.docx": docx(PAGED, parts=APP),
    "b.pptx": pptx([shape("Yeast", kind="title"), shape("Rye", kind="title") + shape("Sourdough rises overnight.")]),
    "c.xlsx": xlsx({"Guild": SHEET, "Empty": ""}),
    "d.odt": odf("text", "<text:p>Marzipan keeps for a month.</text:p>"),
    "e.rtf": rtf(r"The cellar holds caraway.\par"),
    "f.eml": MAIL,
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("home")
    (folder / "home").mkdir()
    for name, content in FILES.items():
        (folder / "home" / name).write_bytes(content)
    build(folder / "home.edition", [folder / "home"], workers=0)
    with api.open_library([folder / "home.edition"]) as found:
        yield found


@pytest.mark.parametrize(
    ("word", "path", "place"),
    [
        ("quinces", "a.docx", "page 2"),
        ("sourdough", "b.pptx", "slide 2"),
        ("Wexcombe", "c.xlsx", "sheet Guild, row 3"),
        ("marzipan", "d.odt", ""),
        ("caraway", "e.rtf", ""),
        ("Dunmere", "f.eml", ""),
    ],
)
def test_a_word_leads_to_its_file_and_place(library: Library, word: str, path: str, place: str) -> None:
    first = library.search(word, limit=1).hits[0]
    assert (first.path, told(first.place)) == (path, place)
