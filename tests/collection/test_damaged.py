"""An edition that is damaged where some of its articles lie: the others are found, and the damage is told."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from galactica.collection.opened import Library
from galactica.collection.opening import open_library
from galactica.collection.tables import sql
from galactica.errors import EditionError
from galactica.library import build
from galactica.web import create_app

from ..web.visitor import Visitor

WORDS = {
    "kiln": "A kiln is an oven in which clay is burnt to pottery.",
    "glaze": "Glaze makes pottery shine and keeps water in it.",
}


@pytest.fixture
def shelf(tmp_path: Path) -> tuple[Path, Path]:
    """Two editions that speak of pottery, the first with every body overwritten."""
    made = []
    for name, text in WORDS.items():
        (tmp_path / f"{name}.txt").write_text(text)
        made.append(tmp_path / f"{name}.edition")
        build(made[-1], [tmp_path / f"{name}.txt"], title=name.title(), workers=0, meaning=False)
    file = made[0] / "data" / "articles" / "00000.parquet"
    group = pq.ParquetFile(file).metadata.row_group(0)
    chunk = next(group.column(at) for at in range(group.num_columns) if group.column(at).path_in_schema == "body")
    with file.open("r+b") as stream:
        stream.seek(chunk.data_page_offset + chunk.total_compressed_size // 2)
        stream.write(b"\xff" * (chunk.total_compressed_size // 2))
    return made[0], made[1]


@pytest.fixture
def library(shelf: tuple[Path, Path]) -> Library:
    return open_library(shelf)


@pytest.mark.parametrize("query", ["pottery", '"pottery"', "what is pottery?"])
def test_what_can_be_read_is_found_and_what_cannot_is_told(
    shelf: tuple[Path, Path], library: Library, query: str
) -> None:
    page = library.search(query)
    assert [hit.title for hit in page.hits] == ["glaze"]
    (note,) = [note for note in page.notes if "damaged" in note]
    assert note == (
        f"{shelf[0]} is damaged: articles that could not be read and are left out here: 1. "
        f"Run `galactica verify {shelf[0]}` to see where."
    )
    assert {hit.title for hit in library.passages(query)} == {"glaze"}


def test_a_query_that_meets_nothing_damaged_says_nothing_of_it(library: Library) -> None:
    page = library.search("shine")
    assert [hit.title for hit in page.hits] == ["glaze"]
    assert not [note for note in page.notes if "damaged" in note]


def test_an_article_that_is_damaged_raises_words_for_a_person(shelf: tuple[Path, Path], library: Library) -> None:
    with pytest.raises(EditionError) as told:
        library.page(library.editions[0], 0)
    assert str(shelf[0]) in told.value.problem
    assert f"galactica verify {shelf[0]}" in told.value.remedy


def test_the_room_names_the_edition_and_the_command_and_its_first_page_says_so(
    shelf: tuple[Path, Path], library: Library
) -> None:
    room = Visitor(create_app(library))
    edition = library.editions[0]
    assert "is damaged" not in room.get("/").text
    for language, words in (("en", "is damaged"), ("zh", "已损坏")):
        address = f"/a/{edition.root[:12]}/{edition.sources[0].key}/{library.editions[0].head(0).path}"
        page = room.get(address, headers={"accept-language": language})
        assert page.status_code == 500
        assert f"{shelf[0]} {words}" in page.text
        assert f"galactica verify {shelf[0]}" in page.text
    assert "A part of this edition is damaged" in room.get("/").text
    assert "could not be read since" in room.get(f"/about/{edition.root[:12]}").text
    results = room.get("/search?q=pottery")
    assert results.status_code == 200
    assert "left out here: 1" in results.text


def test_strangers_are_not_told_the_folders_of_this_machine(shelf: tuple[Path, Path], library: Library) -> None:
    room = Visitor(create_app(library, public=True))
    edition = library.editions[0]
    pages = [
        room.get(f"/a/{edition.root[:12]}/{edition.sources[0].key}/{edition.head(0).path}"),
        room.get("/search?q=pottery", headers={"accept-language": "zh"}),
        room.get("/api/v1/search?q=pottery"),
        room.get(f"/about/{edition.root[:12]}"),
    ]
    for page in pages:
        assert str(shelf[0].parent) not in page.text
        assert "galactica verify kiln.edition" in page.text


def test_a_question_to_the_tables_is_told_the_same_without_a_library(shelf: tuple[Path, Path]) -> None:
    with pytest.raises(EditionError) as told:
        sql("select title, body from articles order by body", [shelf[0]])
    assert (told.value.problem, told.value.remedy) == (
        "A table of the edition cannot be read.",
        "Run galactica verify on the edition.",
    )
