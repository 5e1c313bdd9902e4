"""Indexes that were carried over find what indexes made anew find, word for word and score for score."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import tantivy

from galactica.building.indexing import index_words, reindex
from galactica.edition import Edition, bag
from galactica.edition.catalogue import Catalogue
from galactica.edition.nodes import read_nodes
from galactica.library import open_library
from galactica.progress import silent
from galactica.search import renewing
from galactica.search.segments import segment_tokens, segments_of
from galactica.search.store import TextIndex
from tests.spread.delta.test_applying import applied

QUESTIONS = (
    "number 9",
    "history of the number 64",
    "square 4900 changed since",
    "another title",
    "海湾",
    "it came back",
)


_anew = renewing._Part._anew


def only_the_new_one(part: renewing._Part, *given: object) -> None:
    assert part._name == "grams"
    _anew(part, *given)  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["merged", "anew"])
def pair(request: pytest.FixtureRequest, line: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The third edition by deltas, and a copy of it whose indexes were made anew."""
    folder = tmp_path_factory.mktemp("pair")
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "merged":
            patch.setattr(renewing, "LEAST", 0)
            patch.setattr(renewing._Part, "_anew", only_the_new_one)
        applied(line / "a.edition", folder / "b.edition", line / "ab.delta")
        applied(folder / "b.edition", folder / "carried.edition", line / "bc.delta")
    shutil.copytree(folder / "carried.edition", folder / "anew.edition")
    reindex(folder / "anew.edition", threads=1, meaning=False)
    return folder / "carried.edition", folder / "anew.edition"


def test_the_same_is_found_with_the_same_scores(pair: tuple[Path, Path]) -> None:
    for question in QUESTIONS:
        found = []
        for path in pair:
            with open_library([path]) as library:
                hits = library.search(question, limit=30).hits
                found.append(sorted((hit.score, hit.title) for hit in hits))
        assert [title for _, title in found[0]] == [title for _, title in found[1]]
        assert np.allclose([score for score, _ in found[0]], [score for score, _ in found[1]], rtol=1e-6)
        assert found[0]


def test_words_are_counted_as_in_an_index_made_anew(pair: tuple[Path, Path]) -> None:
    carried, anew = (path / "index" / "text" for path in pair)
    names = sorted(folder.name for folder in anew.glob("words-*"))
    assert names == sorted(folder.name for folder in carried.glob("words-*")) == ["words-en", "words-grams"]
    for name in names:
        totals = []
        for index in (carried / name, anew / name):
            segments = segments_of(index)
            assert all(segment.removed == 0 for segment in segments)
            several = [segment_tokens(index, segment) for segment in segments]
            totals.append([sum(each.get(field, 0) for each in several) for field in (0, 1)])
        assert totals[0] == totals[1]
    with Edition.open(pair[0]) as one, Edition.open(pair[1]) as other:
        first, second = (TextIndex.open(each, each.index_dir() / "text") for each in (one, other))
        for a, b in zip(first.shards, second.shards, strict=True):
            terms = [term for term, _ in b.searcher.terms_with_prefix("body", "", limit=5000)]
            assert [a.frequency(term) for term in terms] == [b.frequency(term) for term in terms]
        assert np.array_equal(first.prominence, second.prominence)


def test_lists_are_those_of_an_index_made_anew(pair: tuple[Path, Path]) -> None:
    for name in ("ids", "titles", "letters.json", "nodes", "categories.parquet", "works.parquet", "subjects"):
        assert (pair[0] / "index" / name).read_bytes() == (pair[1] / "index" / name).read_bytes(), name
    with Edition.open(pair[0]) as edition:
        assert len(read_nodes(edition.index_dir() / "nodes", len(edition))) == 2
        assert Catalogue(edition).category("Even", limit=100)
    assert list(bag.check_index(pair[0] / "index", Edition.open(pair[0]).root)) == []


def test_nothing_of_a_writer_is_left(pair: tuple[Path, Path]) -> None:
    for folder in (pair[0] / "index" / "text").glob("words-*"):
        named = {segment.name for segment in segments_of(folder)}
        assert {file.stem for file in folder.iterdir()} == {*named, "meta"}


def test_an_index_of_a_form_that_is_not_known_is_made_anew(
    line: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "LEAST", 0)

    def refuse(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(renewing, "segment_tokens", refuse)
    applied(line / "a.edition", tmp_path / "out.edition", line / "ab.delta")
    index = tantivy.Index.open(str(tmp_path / "out.edition" / "index" / "text" / "words-en"))
    assert index.searcher().num_docs == 68
    with open_library([tmp_path / "out.edition"]) as library:
        assert library.search("changed since").hits[0].title == "Number 9"


def test_an_edition_without_indexes_gets_them(line: Path, tmp_path: Path) -> None:
    shutil.copytree(line / "a.edition", tmp_path / "a.edition")
    shutil.rmtree(tmp_path / "a.edition" / "index")
    (tmp_path / "anew").mkdir()
    applied(tmp_path / "a.edition", tmp_path / "out.edition", line / "ab.delta")
    index_words(tmp_path / "out.edition", tmp_path / "anew", 1, silent)
    assert (tmp_path / "out.edition" / "index" / "nodes").read_bytes() == (tmp_path / "anew" / "nodes").read_bytes()
    with open_library([tmp_path / "out.edition"]) as library:
        assert library.search("changed since").hits[0].title == "Number 9"
