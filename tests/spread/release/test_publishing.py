"""Publishing: everything of an edition is in its objects, the same on every machine; what is listed is whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from galactica.codes import merkle
from galactica.edition import decode
from galactica.edition.info import read_statement
from galactica.edition.keyed import key_of_fields
from galactica.errors import EditionError, InputError, UsageError
from galactica.library import build
from galactica.spread.release import packing
from galactica.spread.release.document import Release
from galactica.spread.release.objects import object_path
from galactica.spread.release.pack import PackEntry, check_object, read_leaves, read_pack
from galactica.spread.release.publication import LIST, PUBLISHING, RELEASES, published_releases, read_list
from galactica.spread.release.publishing import publish_edition


def release_in(folder: Path) -> Release:
    return Release.from_bytes(next(iter(published_releases(folder)))[1])


def entries_of(folder: Path, release: Release) -> list[PackEntry]:
    found: list[PackEntry] = []
    for each in release.objects:
        if each.kind == "pack":
            raw = (folder / object_path(each.hash)).read_bytes()
            found += read_pack(check_object(raw, each), release.format)
    return found


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and PUBLISHING not in each.parts
    }


def texts(folder: Path, count: int, word: str = "river") -> Path:
    """A folder of short texts, each of which has much that no other has."""
    folder.mkdir()
    for number in range(count):
        lines = " ".join(f"{word}{number * 7919 + i * i * 31}" for i in range(200))
        (folder / f"{word}{number}.txt").write_text(f"{word.title()} {number}\n\n{lines}.\n")
    return folder


def test_the_records_of_all_packs_give_the_root(kept: Path, tmp_path: Path) -> None:
    publish_edition(kept, tmp_path / "pub", workers=0)
    release = release_in(tmp_path / "pub")
    tables: dict[str, dict[bytes, bytes]] = {}
    for entry in entries_of(tmp_path / "pub", release):
        if entry.table != "content":
            fields = decode.fields_of(entry.record, entry.table, release.format)
            tables.setdefault(entry.table, {})[key_of_fields(entry.table, fields)] = entry.record
    for name, count, head in release.tables:
        records = tables.get(name, {}) if name != "edition" else {b"": release.edition_record()}
        assert len(records) == count
        assert merkle.tree_head(merkle.leaf_hash(records[key]) for key in sorted(records)) == head
    assert release.root == read_statement(kept).root


def test_the_leaves_that_travel_give_the_head_of_articles(publication: Path) -> None:
    release = release_in(publication)
    hashes = b""
    for each in release.objects:
        if each.kind == "leaves":
            raw = (publication / object_path(each.hash)).read_bytes()
            first, more = read_leaves(check_object(raw, each))
            assert 32 * first == len(hashes)
            hashes += more
    leaves = [hashes[at : at + 32] for at in range(0, len(hashes), 32)]
    assert merkle.tree_head(leaves) == release.head("articles")


def test_the_number_of_workers_changes_no_byte(newest: Path, publication: Path, tmp_path: Path) -> None:
    publish_edition(newest, tmp_path / "pub", workers=2)
    assert files_of(tmp_path / "pub") == files_of(publication)


def test_publishing_again_changes_nothing(newest: Path, publication: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(publication, tmp_path / "pub"))
    again = publish_edition(newest, folder, workers=0)
    assert not again.new
    assert again.added == 0
    assert files_of(folder) == files_of(publication)


def test_an_object_that_was_lost_or_damaged_is_made_again(newest: Path, publication: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(publication, tmp_path / "pub"))
    first, second, *_ = release_in(folder).objects
    (folder / object_path(first.hash)).unlink()
    (folder / object_path(second.hash)).write_bytes(b"x" * second.size)
    publish_edition(newest, folder, workers=0)
    assert files_of(folder) == files_of(publication)


def test_a_second_release_shares_the_packs_that_did_not_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LEAST", 1_500)
    monkeypatch.setattr(packing, "MOST", 3_000)
    source = texts(tmp_path / "texts", 60)
    build(tmp_path / "a.edition", [source], workers=0, meaning=False)
    first = publish_edition(tmp_path / "a.edition", tmp_path / "pub", workers=0)
    (source / "river7.txt").write_text("River 7\n\nIt dried up.\n")
    build(tmp_path / "b.edition", [source], workers=0, meaning=False, parent=tmp_path / "a.edition")
    second = publish_edition(tmp_path / "b.edition", tmp_path / "pub", workers=0)
    assert second.release.number == 2
    assert second.release.parent == first.release.root
    assert len(first.release.objects) > 8
    assert 0 < second.added < second.bytes / 2
    listed = read_list((tmp_path / "pub" / RELEASES / LIST).read_bytes())
    assert [each.number for each in listed] == [2, 1]


def test_a_number_that_does_not_grow_is_refused(publication: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(publication, tmp_path / "pub"))
    build(tmp_path / "other.edition", [texts(tmp_path / "texts", 2)], workers=0, meaning=False)
    with pytest.raises(UsageError, match="another root"):
        publish_edition(tmp_path / "other.edition", folder, workers=0)
    assert files_of(folder) == files_of(publication)


def test_pruning_keeps_what_the_newest_releases_need(tmp_path: Path) -> None:
    source = texts(tmp_path / "texts", 3)
    build(tmp_path / "a.edition", [source], workers=0, meaning=False)
    publish_edition(tmp_path / "a.edition", tmp_path / "pub", workers=0)
    texts(tmp_path / "more", 1, "lake")
    build(tmp_path / "b.edition", [source, tmp_path / "more"], workers=0, meaning=False, parent=tmp_path / "a.edition")
    done = publish_edition(tmp_path / "b.edition", tmp_path / "pub", workers=0, keep=1)
    assert done.pruned[0] == 1
    assert done.pruned[1] > 0
    assert [Release.from_bytes(raw).number for _, raw in published_releases(tmp_path / "pub")] == [2]
    publish_edition(tmp_path / "b.edition", tmp_path / "fresh", workers=0)
    fresh = files_of(tmp_path / "fresh")
    assert {name: raw for name, raw in files_of(tmp_path / "pub").items() if name in fresh} == fresh
    assert len(files_of(tmp_path / "pub")) == len(fresh)


def test_a_damaged_edition_is_not_published(newest: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(newest, tmp_path / "broken.edition"))
    (broken / "data" / "works" / "00000.parquet").write_bytes(b"PAR1")
    with pytest.raises(EditionError):
        publish_edition(broken, tmp_path / "pub", workers=0)
    assert not any(published_releases(tmp_path / "pub"))


def test_a_folder_of_something_else_is_left_alone(newest: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"miaow")
    with pytest.raises(UsageError):
        publish_edition(newest, tmp_path / "photos", workers=0)
    assert [each.name for each in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_nothing_is_published_inside_the_edition(newest: Path) -> None:
    with pytest.raises(UsageError):
        publish_edition(newest, newest / "pub", workers=0)


def test_what_a_policy_names_travels_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST", 1)
    source = texts(tmp_path / "texts", 8)
    (source / "burn.txt").write_text("First aid\n\nCool a burn with water for twenty minutes.\n")
    build(tmp_path / "a.edition", [source], workers=0, meaning=False)
    publish_edition(tmp_path / "a.edition", tmp_path / "pub", workers=0)
    articles = [e.record for e in entries_of(tmp_path / "pub", release_in(tmp_path / "pub")) if e.table == "articles"]
    assert decode.fields_of(articles[0], "articles", 2)["title"] == "First aid"
    policy = tmp_path / "policy.toml"
    policy.write_text('policy = 1\n[[first]]\ntitles = ["RIVER 5"]\n[order]\nby = ["short"]\n')
    publish_edition(tmp_path / "a.edition", tmp_path / "mine", workers=0, policy=policy)
    articles = [e.record for e in entries_of(tmp_path / "mine", release_in(tmp_path / "mine")) if e.table == "articles"]
    assert decode.fields_of(articles[0], "articles", 2)["title"] == "River 5"
    assert decode.fields_of(articles[1], "articles", 2)["title"] == "First aid"


@pytest.mark.parametrize(
    "text",
    ["", "policy = 2", "policy = 1\nmore = 1", "policy = 1\nfirst = 3", 'policy = 1\n[order]\nby = ["luck"]', "\0"],
)
def test_a_policy_that_is_none_is_said(text: str, newest: Path, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(text)
    with pytest.raises(InputError, match=r"policy\.toml"):
        publish_edition(newest, tmp_path / "pub", workers=0, policy=tmp_path / "policy.toml")
