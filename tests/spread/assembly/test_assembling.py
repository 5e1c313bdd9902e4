"""Records that arrived become an edition with the root of the release, or nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition, decode, record
from galactica.errors import EditionError, InputError, ProofError, UsageError
from galactica.model import Article, article_id
from galactica.spread.assembly.assembling import assemble, missing_records
from galactica.spread.assembly.part import assemble_part
from galactica.spread.assembly.store import LOG, RecordStore
from galactica.spread.release.document import Release, ReleaseObject
from galactica.spread.release.objects import object_path
from galactica.spread.release.pack import CheckedObject, PackEntry, check_object, read_pack
from galactica.spread.release.publication import published_releases
from galactica.spread.release.publishing import publish_edition


def release_in(folder: Path) -> Release:
    return Release.from_bytes(next(iter(published_releases(folder)))[1])


def object_in(folder: Path, stated: ReleaseObject) -> CheckedObject:
    return check_object((folder / object_path(stated.hash)).read_bytes(), stated)


@pytest.fixture
def store(publication: Path, tmp_path: Path) -> Iterator[RecordStore]:
    """A store of everything that travels."""
    release = release_in(publication)
    with RecordStore.of(tmp_path / "store", release) as filled:
        for each in release.objects:
            filled.put_object(object_in(publication, each))
        yield filled


def tables_of(edition: Path) -> dict[str, bytes]:
    """The files of an edition that are not of the machine that made it."""
    return {
        each.relative_to(edition).as_posix(): each.read_bytes()
        for each in sorted((edition / "data").rglob("*"))
        if each.is_file()
    }


def test_what_was_published_comes_out_whole(kept: Path, tmp_path: Path) -> None:
    publish_edition(kept, tmp_path / "pub", workers=0)
    release = release_in(tmp_path / "pub")
    with RecordStore.of(tmp_path / "store", release) as store:
        for each in release.objects:
            store.put_object(object_in(tmp_path / "pub", each))
        assert missing_records(store, release) == 0
        assemble(store, release, tmp_path / "out.edition", work=tmp_path / "work")
    assert library.verify(tmp_path / "out.edition").ok
    with Edition.open(tmp_path / "out.edition") as new, Edition.open(kept) as old:
        assert new.root == old.root
        assert sorted(a.id for _, a in new.scan()) == sorted(a.id for _, a in old.scan())
        assert {i.hash: c for i, c in new.media.items()} == {i.hash: c for i, c in old.media.items()}
        assert list(new.statements()) == list(old.statements())
        assert new.works() == old.works()
    assert (tmp_path / "out.edition" / "release" / "release.json").read_bytes() == release.to_bytes()


def test_neither_the_order_of_arrival_nor_the_workers_change_a_byte(
    store: RecordStore, publication: Path, tmp_path: Path
) -> None:
    release = release_in(publication)
    assemble(store, release, tmp_path / "a.edition", work=tmp_path / "work")
    objects = list(release.objects)
    random.Random(3).shuffle(objects)
    with RecordStore.of(tmp_path / "other", release) as other:
        for each in (*objects, *objects):
            other.put_object(object_in(publication, each))
        assemble(other, release, tmp_path / "b.edition", work=tmp_path / "work", workers=2)
    assert tables_of(tmp_path / "a.edition") == tables_of(tmp_path / "b.edition")


def test_what_came_out_is_published_as_the_same_objects(store: RecordStore, publication: Path, tmp_path: Path) -> None:
    release = release_in(publication)
    assemble(store, release, tmp_path / "a.edition", work=tmp_path / "work")
    assert publish_edition(tmp_path / "a.edition", tmp_path / "again", workers=0).release == release


def test_one_missing_pack_and_there_is_nothing(publication: Path, tmp_path: Path) -> None:
    release = release_in(publication)
    for number, left_out in enumerate(each for each in release.objects if each.kind == "pack"):
        with RecordStore.of(tmp_path / f"store{number}", release) as store:
            for each in release.objects:
                if each != left_out:
                    store.put_object(object_in(publication, each))
            assert missing_records(store, release) > 0
            with pytest.raises(EditionError):
                assemble(store, release, tmp_path / "out.edition", work=tmp_path / "work")
    assert not (tmp_path / "out.edition").exists()


def test_a_record_of_another_edition_and_there_is_nothing(
    store: RecordStore, publication: Path, tmp_path: Path
) -> None:
    _, raw = next(iter(store.records("articles")))
    article = decode.article_of(decode.fields_of(raw, "articles", 2))
    store.put("articles", record.article_record(replace(article, body=article.body + "<p>Not so.</p>"), 2))
    with pytest.raises(EditionError, match="root"):
        assemble(store, release_in(publication), tmp_path / "out.edition", work=tmp_path / "work")
    assert not (tmp_path / "out.edition").exists()


def test_a_picture_whose_bytes_are_others_and_there_is_nothing(
    store: RecordStore, publication: Path, tmp_path: Path
) -> None:
    key, _ = next(iter(store.records("media")))
    size = store.content_size(key)
    assert size is not None
    store.put_entries([PackEntry("content", b"x" * size, key, 0, size)])
    with pytest.raises(EditionError, match="hash"):
        assemble(store, release_in(publication), tmp_path / "out.edition", work=tmp_path / "work")
    assert not (tmp_path / "out.edition").exists()


def test_nothing_is_put_over_what_stands_there(store: RecordStore, publication: Path, tmp_path: Path) -> None:
    (tmp_path / "out.edition").mkdir()
    with pytest.raises(UsageError):
        assemble(store, release_in(publication), tmp_path / "out.edition", work=tmp_path / "work")


def test_nothing_beside_a_release_gets_out_of_its_folder(store: RecordStore, publication: Path, tmp_path: Path) -> None:
    with pytest.raises(EditionError):
        assemble(
            store,
            release_in(publication),
            tmp_path / "out.edition",
            work=tmp_path / "work",
            beside={"../../evil": b"x"},
        )
    assert not (tmp_path / "evil").exists()
    assert not (tmp_path / "out.edition").exists()


@pytest.mark.parametrize(
    ("table", "raw"),
    [
        ("articles", b""),
        ("articles", b"\xa0"),
        ("articles", b"\xff" * 50),
        ("edition", b"\xa0"),
        ("nothing", b"\xa0"),
        ("media", record.encode({"mime": "x"})),
        ("articles", record.encode({"id": b"0" * 16, "source": "s", "path": "p"})),
    ],
)
def test_what_is_no_record_is_refused(store: RecordStore, table: str, raw: bytes) -> None:
    with pytest.raises(ProofError):
        store.put(table, raw)


def test_numbers_that_no_table_holds_are_refused(publication: Path, tmp_path: Path) -> None:
    release = release_in(publication)
    with RecordStore.of(tmp_path / "store", release) as store:
        for each in release.objects:
            store.put_object(object_in(publication, each))
        _, raw = next(iter(store.records("articles")))
        fields = {**decode.fields_of(raw, "articles", 2), "part": 2**40, "work": "w"}
        store.put("articles", record.encode(fields))
        with pytest.raises(EditionError):
            assemble_part(store, release, tmp_path / "out.edition", work=tmp_path / "work")
    assert not (tmp_path / "out.edition").exists()


def test_what_was_committed_survives_and_what_was_not_is_gone(publication: Path, tmp_path: Path) -> None:
    release = release_in(publication)
    packs = [each for each in release.objects if each.kind == "pack"]
    with RecordStore.of(tmp_path / "store", release) as store:
        store.put_object(object_in(publication, packs[0]))
        store.put_entries(read_pack(object_in(publication, packs[1]), 2))
        length = (tmp_path / "store" / LOG).stat().st_size
    with (tmp_path / "store" / LOG).open("ab") as log:
        log.write(b"torn")
    with RecordStore.of(tmp_path / "store", release) as store:
        assert store.objects() == {packs[0].hash}
        assert sum(map(store.count, ("articles", "sources"))) == sum(dict(packs[0].records).values())
        assert (tmp_path / "store" / LOG).stat().st_size <= length
        store.put_object(object_in(publication, packs[1]))
        assert store.objects() == {packs[0].hash, packs[1].hash}


@pytest.mark.parametrize("file", ["index.sqlite", "records.log"])
def test_a_store_that_was_destroyed_is_begun_anew(file: str, publication: Path, tmp_path: Path) -> None:
    release = release_in(publication)
    with RecordStore.of(tmp_path / "store", release) as store:
        store.put_object(object_in(publication, release.objects[0]))
    (tmp_path / "store" / file).write_bytes(b"" if file == "records.log" else b"nonsense" * 1000)
    with RecordStore.of(tmp_path / "store", release) as store:
        assert store.objects() == set()


def test_a_store_of_another_release_is_begun_anew(publication: Path, tmp_path: Path) -> None:
    release = release_in(publication)
    with RecordStore.of(tmp_path / "store", release) as store:
        store.put_object(object_in(publication, release.objects[0]))
    with RecordStore(tmp_path / "store", "0" * 64, 2) as store:
        assert store.objects() == set()


def test_a_part_opens_reads_searches_and_proves_its_articles_against_the_whole(tmp_path: Path) -> None:
    source = tmp_path / "texts"
    source.mkdir()
    for number in range(40):
        (source / f"river{number}.txt").write_text(f"River {number}\n\nThe river {number} has {number * 7} bends.\n")
    library.build(tmp_path / "all.edition", [source], workers=0, meaning=False)
    publish_edition(tmp_path / "all.edition", tmp_path / "pub", workers=0)
    release = release_in(tmp_path / "pub")
    entries = [
        entry
        for each in release.objects
        if each.kind == "pack"
        for entry in read_pack(object_in(tmp_path / "pub", each), 2)
    ]
    with RecordStore.of(tmp_path / "store", release) as store:
        with pytest.raises(InputError):
            assemble_part(store, release, tmp_path / "part.edition", work=tmp_path / "work")
        articles = [entry for entry in entries if entry.table == "articles"]
        store.put_entries([entry for entry in entries if entry.table != "articles"])
        store.put_entries(articles[:9])
        for each in release.objects:
            if each.kind == "leaves":
                store.put_object(object_in(tmp_path / "pub", each))
        header = assemble_part(store, release, tmp_path / "part.edition", work=tmp_path / "work")
        assert header.articles == (9, 40)
        store.put("articles", record.article_record(_other(articles[0].record), 2))
        with pytest.raises(EditionError, match="none of the release"):
            assemble_part(store, release, tmp_path / "bad.edition", work=tmp_path / "work")
    assert library.verify(tmp_path / "part.edition").ok
    with library.open_library([tmp_path / "part.edition"]) as opened:
        assert len(opened.editions[0]) == 9
        title = opened.editions[0].article(4).title
        assert any(hit.title == title for hit in opened.search(title).hits)
    proof = library.prove(tmp_path / "part.edition", title)
    assert proof.root == release.root
    proven = library.verify_proof(proof.to_json().encode(), root=release.root)
    assert proven.article is not None
    assert proven.article.title == title
    assert proof == library.prove(tmp_path / "all.edition", title)


def _other(raw: bytes) -> Article:
    article = decode.article_of(decode.fields_of(raw, "articles", 2))
    return replace(article, body="<p>Forged.</p>", path="forged", id=article_id(article.source, "forged"))


def test_a_part_of_every_table_is_whole_in_itself(store: RecordStore, publication: Path, tmp_path: Path) -> None:
    release = release_in(publication)
    gone, _ = next(iter(store.records("media")))
    store._db.execute("DELETE FROM piece WHERE hash = ?", (gone,))
    store.remove("works", next(iter(store.records("works")))[0])
    header = assemble_part(store, release, tmp_path / "part.edition", work=tmp_path / "work")
    here = {name: number for name, _, _, number in header.tables}
    assert here["media"] == here["files"] == here["works"] == 0
    assert 0 < here["articles"] < release.count("articles")
    assert library.verify(tmp_path / "part.edition").ok


def test_a_part_that_was_tampered_with_is_not_believed(store: RecordStore, publication: Path, tmp_path: Path) -> None:
    release = release_in(publication)
    assemble_part(store, release, tmp_path / "part.edition", work=tmp_path / "work")
    file = tmp_path / "part.edition" / "partial.json"
    raw = file.read_bytes()
    with Edition.open(tmp_path / "part.edition") as part:
        title = part.article(0).title
    for place in range(0, len(raw), 7):
        file.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        try:
            proof = library.prove(tmp_path / "part.edition", title)
        except EditionError:
            continue
        assert proof.root == release.root
    shutil.rmtree(tmp_path / "part.edition" / "release")
    file.write_bytes(raw)
    with pytest.raises(EditionError, match="did not arrive"):
        library.prove(tmp_path / "part.edition", title)
