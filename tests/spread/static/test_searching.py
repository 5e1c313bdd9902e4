"""What is found in a static edition is what the edition on disk finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from galactica import library
from galactica.spread.static import searching
from galactica.spread.static.searching import search_static
from galactica.spread.static.suggesting import suggest_static
from tests.building.conftest import sentence, wiki
from tests.spread.static.made import MemoryFiles, lay_out, opened


def titles(files: MemoryFiles, query: str, **options: Any) -> list[str]:
    return [hit.found.article.title for hit in search_static(opened(files), query, **options).hits]


@pytest.mark.parametrize(
    "query",
    [
        "river",
        "rivers springs",
        "lake hills",
        "Stadt Meer",
        "Fluss",
        "fluesse",
        "河流",
        "流动的水",
        "नदी",
        "पहाड़ों",
        "البحر",
        "نهر",
        "C++",
        "USA",
        "u.s.a.",
        "band London",
        "The Who",
    ],
)
def test_the_first_hit_is_that_of_the_edition_on_disk(files: MemoryFiles, waters: Path, query: str) -> None:
    with library.open_library([waters]) as opened_library:
        expected = [hit.title for hit in opened_library.search(query, by="words").hits]
    assert titles(files, query)[:1] == expected[:1] != []


def test_a_word_is_found_by_its_other_forms(files: MemoryFiles) -> None:
    assert titles(files, "springs")[0] == "Spring (water)"
    assert set(titles(files, "beginning")) == {"River", "Spring (water)"}


def test_traditional_characters_find_simplified_ones_and_the_other_way_round(files: MemoryFiles) -> None:
    assert titles(files, "流動") == titles(files, "流动") == ["河流"]


def test_what_is_called_so_comes_first(files: MemoryFiles) -> None:
    hits = search_static(opened(files), "Stream").hits
    assert hits[0].exact
    assert hits[0].found.article.title == "River"


def test_phrases_excluded_words_and_filters_are_heeded(files: MemoryFiles) -> None:
    assert titles(files, '"river begins"') == ["Spring (water)"]
    assert titles(files, "river -downhill") == ["Spring (water)"]
    assert titles(files, "Meer lang:en") == []
    assert titles(files, "Meer lang:de") == ["Fluß"]
    assert titles(files, "river", source="waters") != []
    assert titles(files, "river", source="other") == []


def test_marks_stand_where_the_words_are(files: MemoryFiles) -> None:
    hit = search_static(opened(files), "springs").hits[0]
    assert [hit.passage.snippet[start:end].lower() for start, end in hit.passage.marks] == ["spring"]


@pytest.mark.parametrize("query", ["", " ", '"', "-", "\0", "zzzzqqq", "a" * 9000, "lang:", "🜁", "\ud800"])
def test_nothing_that_can_be_typed_raises(files: MemoryFiles, query: str) -> None:
    page = search_static(opened(files), query)
    assert isinstance(page.hits, tuple)
    assert isinstance(suggest_static(opened(files), query), tuple)


def test_titles_are_suggested_by_their_beginning(files: MemoryFiles) -> None:
    edition = opened(files)
    assert [(each.name, each.title) for each in suggest_static(edition, "riv")] == [("River", "River")]
    assert [(each.name, each.title) for each in suggest_static(edition, "Str")] == [("Stream", "River")]
    assert [each.name for each in suggest_static(edition, "fluss")] == ["Fluß"]
    assert suggest_static(edition, "xyz") == ()


def test_lists_in_many_cells_give_the_same_as_lists_in_the_dictionary(things: Path, tmp_path: Path) -> None:
    fine = MemoryFiles.of(things)
    coarse = MemoryFiles.of(lay_out(things.parent / "waters.edition", tmp_path / "coarse"))
    assert len(fine.files["postings"]) > 300 > len(coarse.files["postings"])
    for query in ("many things", "stones", "trees of many things", "thing 7"):
        assert titles(fine, query, limit=40) == titles(coarse, query, limit=40) != []
    assert [t.name for t in suggest_static(opened(fine), "t")] == [t.name for t in suggest_static(opened(coarse), "t")]


def test_a_query_reads_no_more_lists_than_it_may(things: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_LISTS", 60)
    files = MemoryFiles.of(things)
    page = search_static(opened(files), "many stones")
    assert page.partial
    assert page.hits
    assert sum(size for name, _, size in files.asked if name == "postings") <= 200


def test_a_question_takes_four_rounds_and_a_second_one_fewer(files: MemoryFiles, laid_out: Path) -> None:
    edition = opened(files)
    files.asked.clear()
    search_static(edition, "where do rivers begin")
    first = len(files.asked)
    files.asked.clear()
    search_static(edition, "where do rivers begin")
    assert len(files.asked) < first <= 16


def test_a_redirect_leads_to_its_article_and_a_link_to_its_own(tmp_path: Path) -> None:
    pages = [("One", sentence(1) + "See [[Uno]]."), ("Two", sentence(2)), ("Uno", "→One"), ("Eins", "→Uno")]
    out = tmp_path / "wiki.edition"
    library.build(out, [wiki(tmp_path / "d.xml", pages)], workers=0, meaning=False)
    edition = opened(MemoryFiles.of(lay_out(out, tmp_path / "static")))
    for path, title in (("One", "One"), ("Two", "Two"), ("Uno", "One"), ("Eins", "One")):
        found = edition.find("testwiki", path)
        assert found is not None, path
        assert found.article.title == title
    assert edition.find("testwiki", "Three") is None
    assert edition.find("other", "One") is None
    assert titles(MemoryFiles.of(tmp_path / "static"), "Eins")[0] == "One"
