"""Works of open editions, read from part to part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica import library
from galactica.collection.opened import Library
from galactica.errors import EditionError
from galactica.model.anchors import told
from tests.worked import build_works


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_works(tmp_path_factory.mktemp("works"))


@pytest.fixture
def opened(path: Path) -> Iterator[Library]:
    with library.open_library([path]) as one:
        yield one


def standing(opened: Library, title: str) -> tuple[str, int, int, str, str] | None:
    found = opened.find(title)
    assert found is not None
    stands = opened.page(*found).work
    assert stands == opened.in_work(*found)
    if stands is None:
        return None
    beside = [head.title if head is not None else "" for head in (stands.previous, stands.next)]
    return stands.work.title, stands.number, stands.parts, beside[0], beside[1]


def test_a_part_knows_its_number_and_the_parts_beside_it(opened: Library) -> None:
    assert standing(opened, "Foreword") == ("The Peat Cutters", 1, 3, "", "First chapter")
    assert standing(opened, "First chapter") == ("The Peat Cutters", 2, 3, "Foreword", "Second chapter")
    assert standing(opened, "Second chapter") == ("The Peat Cutters", 3, 3, "First chapter", "")
    assert standing(opened, "Stock list") == ("Stock", 1, 1, "", "")
    assert standing(opened, "Sphagnum") is None


def test_parts_are_listed_in_their_order_with_the_headings_above_them(opened: Library) -> None:
    (edition,) = opened.editions
    work = edition.work("bog", "The Peat Cutters")
    assert work is not None
    entries, total = opened.parts(edition, work)
    assert total == 3
    assert [(each.number, each.head.title, each.headings) for each in entries] == [
        (1, "Foreword", ()),
        (2, "First chapter", ("Part One: The bog",)),
        (3, "Second chapter", ("Part Two: The village", "Winter")),
    ]
    assert [each.number for each in opened.parts(edition, work, limit=1, offset=1)[0]] == [2]
    assert list(opened.parts(edition, work, offset=9)[0]) == []


def test_works_are_listed_by_title(opened: Library) -> None:
    (edition,) = opened.editions
    assert [work.title for work in opened.works(edition)] == ["Stock", "The Peat Cutters"]
    assert [work.title for work in opened.works(edition, limit=1, offset=1)] == ["The Peat Cutters"]


def test_a_result_says_its_work_its_place_and_its_date(opened: Library) -> None:
    found = {word: opened.search(word, limit=1).hits[0] for word in ("Tarrant", "sledge", "lantern", "slowly", "moss")}
    assert {word: (hit.work, told(hit.place), hit.anchor, hit.date) for word, hit in found.items()} == {
        "Tarrant": ("The Peat Cutters", "page 2", "page:2", "1868"),
        "sledge": ("Stock", "sheet Store A, row 3", "row:3", ""),
        "lantern": ("Stock", "sheet Store B, row 2", "sheet:Store%20B", ""),
        "slowly": ("", "00:12:05", "time:725.5", "2019-04"),
        "moss": ("", "", "", ""),
    }


def test_an_answer_is_quoted_with_its_work_and_page(opened: Library) -> None:
    answer = opened.ask("Who was the foreman?", reader="rules")
    citations = [each for statement in answer.statements for each in statement.citations] or list(answer.near)
    assert ("The Peat Cutters", (("page", "2"),)) in {(each.work, each.place) for each in citations}


def test_an_article_is_read_where_the_list_of_parts_is_missing_or_broken(tmp_path: Path) -> None:
    path = build_works(tmp_path)
    for content in (b"", b"no table", None):
        file = path / "index" / "works.parquet"
        file.unlink() if content is None else file.write_bytes(content)
        with library.open_library([path]) as opened:
            (edition,) = opened.editions
            work = edition.works()[1]
            assert standing(opened, "First chapter") == ("The Peat Cutters", 0, 0, "", "")
            with pytest.raises(EditionError, match="list of parts") as caught:
                opened.parts(edition, work)
            assert "galactica index" in caught.value.remedy


def test_lines_that_were_exported_are_read_back_as_the_same_edition(path: Path, tmp_path: Path) -> None:
    lines = tmp_path / "bog.jsonl"
    library.export(path, lines, format="jsonl")
    again = tmp_path / "again.edition"
    library.build(again, [lines], title="bog", workers=0, meaning=False)
    difference = library.diff(path, again)
    assert (difference.same, difference.added, difference.removed, difference.changed) == (6, (), (), ())
    with library.open_library([path]) as one, library.open_library([again]) as other:
        assert one.editions[0].works() == other.editions[0].works()
        assert [article for _, article in one.editions[0].scan()] == [
            article for _, article in other.editions[0].scan()
        ]
