import json
from dataclasses import replace
from pathlib import Path

import pytest

from galactica.errors import EditionError
from galactica.model.projection import project
from galactica.search import IndexWriter, TextIndex, prominence
from galactica.search.layout import PROMINENCE, RECORD, length_step, link_step
from galactica.search.prominence import LinkCounter
from tests.search.pretended import FILLER, WORLD, PretendedEdition, article, indexed


@pytest.fixture
def written(tmp_path):
    folder = tmp_path / "text"
    edition, _ = indexed(folder, WORLD)
    return edition, folder


def test_every_language_gets_an_index_of_its_own(written):
    _, folder = written
    assert sorted(path.name for path in folder.iterdir()) == [
        PROMINENCE, RECORD, "titles", "words-de", "words-en", "words-grams", "words-marks"
    ]  # fmt: skip
    shards = json.loads((folder / RECORD).read_text())["shards"]
    assert sum(shard["articles"] for shard in shards) == len(WORLD)


def test_what_is_written_is_for_everyone_to_read(written):
    _, folder = written
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in files)
    assert not [path for path in files if path.name.startswith(".")]


def test_articles_may_come_in_any_order(tmp_path):
    edition = PretendedEdition(WORLD)
    with IndexWriter(tmp_path / "text") as writer:
        for row, each in reversed(list(enumerate(WORLD))):
            writer.add(row, each, project(each.body))
        writer.finish(edition.root)
    with TextIndex.open(edition, tmp_path / "text") as index:
        assert [title.row for title in index.titles("oxygen", 5)] == [0]


def test_reading_an_index_writes_nothing_into_it(written):
    edition, folder = written
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with TextIndex.open(edition, folder) as index:
        assert index.titles("oxygen", 5)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_links_and_length_make_an_article_prominent(written):
    edition, folder = written
    with TextIndex.open(edition, folder) as index:
        links, length = index.prominence[0].tolist()
    assert links == link_step(2)
    assert length == length_step(len(project(WORLD[0].body)))


def test_a_link_to_a_redirect_counts_for_the_article_that_it_leads_to(tmp_path):
    pages = [article("Oxygen", "x", aliases=["Old name"]), article("B", "y", links="Old_name Old%5Fname Missing")]
    _, index = indexed(tmp_path / "text", pages)
    assert index.prominence[:, 0].tolist() == [link_step(1), 0]


def test_prominence_is_the_same_however_many_articles_are_told_together(monkeypatch):
    pages = [
        article(f"Page {n}", "word " * (7 * n % 5), aliases=[f"Name {n}"] * (n % 2), links=f"Page_{n * n % 9} Name_{n}")
        for n in range(9)
    ]

    def told():
        links = LinkCounter()
        for row, each in reversed(list(enumerate(pages))):
            links.add(row, each, len(each.body))
        return links.prominence(len(pages)).tolist()

    at_once = told()
    monkeypatch.setattr(prominence, "_AT_ONCE", 2)
    assert told() == at_once
    assert [length for _, length in at_once] == [length_step(len(each.body)) for each in pages]
    assert len({links for links, _ in at_once}) > 1


def test_an_index_of_another_edition_is_refused(written):
    _, folder = written
    with pytest.raises(EditionError):
        TextIndex.open(PretendedEdition(WORLD, root="f" * 64), folder)
    with pytest.raises(EditionError):
        TextIndex.open(PretendedEdition(WORLD[:-1]), folder)


@pytest.mark.parametrize("name", [RECORD, PROMINENCE, "titles", "words-en"])
def test_an_index_with_a_part_missing_is_refused(written, name):
    edition, folder = written
    gone = folder / name
    gone.rename(folder.parent / "gone")
    with pytest.raises(EditionError):
        TextIndex.open(edition, folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"version": 99, "root": "", "articles": 21, "shards": []}'])
def test_a_broken_record_is_refused(written, content):
    edition, folder = written
    (folder / RECORD).write_text(content)
    with pytest.raises(EditionError):
        TextIndex.open(edition, folder)


def test_a_damaged_file_is_refused(written):
    edition, folder = written
    (folder / "words-en" / "meta.json").write_bytes(b"\xff\x00{")
    with pytest.raises(EditionError):
        TextIndex.open(edition, folder)


def test_an_unfinished_index_has_no_record(tmp_path):
    with IndexWriter(tmp_path / "text") as writer:
        writer.add(0, FILLER[0], "x")
    assert not (tmp_path / "text" / RECORD).exists()


def test_an_edition_without_articles_can_be_indexed(tmp_path):
    _, index = indexed(tmp_path / "text", [])
    assert index.titles("anything", 5) == []


def test_hostile_titles_and_texts_are_taken_in(tmp_path):
    lone = replace(article("Lone", "a \udfff b"), title="\ud800 lone")
    strange = [lone, article("x" * 5000, "y" * 100_000), article(" ", "\x00")]
    _, index = indexed(Path(tmp_path) / "text", strange)
    assert index.titles("x" * 1000, 5)[0].row == 1


def test_the_name_of_a_title_is_the_one_that_was_looked_up(tmp_path):
    pages = [article("Oxygen", "x", aliases=["Oxigen gas", "Oxygène", "O2"]), *FILLER]
    with indexed(tmp_path / "text", pages)[1] as index:
        assert [title.name for title in index.titles("o2", 5)] == ["O2"]
        assert [title.name for title in index.titles("oxigen", 5, typos=1)] == ["Oxygen"]
        assert index.name(0, "oxigen", prefix=True) == "Oxigen gas"


def test_a_damaged_table_of_prominence_is_said_to_be_damaged(written):
    edition, folder = written
    (folder / PROMINENCE).write_bytes(b"not packed")
    with pytest.raises(EditionError, match="damaged"):
        TextIndex.open(edition, folder)


@pytest.mark.parametrize(("language", "read"), [("en", True), ("zh", True), ("fa", False), ("ru", False)])
def test_an_index_of_the_version_before_is_read_where_its_words_are_the_same(tmp_path, language, read):
    edition, _ = indexed(tmp_path / "text", [article("A", "Some text.", language=language)])
    record = tmp_path / "text" / "text.json"
    record.write_text(record.read_text().replace('"version": 3', '"version": 2'))
    if read:
        assert TextIndex.open(edition, tmp_path / "text").edition is edition
    else:
        with pytest.raises(EditionError, match="version 2"):
            TextIndex.open(edition, tmp_path / "text")
