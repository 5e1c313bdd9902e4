"""A folder may hold whatever can be read alone: dumps, ZIMs, tables, archives of them, each as a source of its own."""

from __future__ import annotations

import bz2
import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from galactica.model import Attachment, Document, Rejected, Source
from galactica.sources import nested
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.folder import TreeSource
from galactica.sources.formats import open_source
from galactica.sources.nested import Scratch
from tests.sources.samples import DUMP, PAGE, ROWS, SAMPLES, WIKI_BLOCKS, tar_of, zip_of

CSV = b"id,title,text\na,Hill,A hill is high.\n"


def zim_of(folder: Path) -> bytes:
    write = next(sample.write for sample in SAMPLES if sample.name == "zim")
    return write(folder).read_bytes()


def parquet_of() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(ROWS)), out)
    return out.getvalue()


def put(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def read(path: Path, options: SourceOptions | None = None) -> list[Item]:
    with open_source(path, options) as source:
        return list(source.read())


def articles(items: list[Item]) -> list[tuple[str, str]]:
    return [(i.source, i.path) for i in items if isinstance(i, Document)]


def found(items: list[Item]) -> dict[str, str]:
    return {i.key: i.format for i in items if isinstance(i, Source)}


def refused(items: list[Item]) -> dict[str, str]:
    return {i.where: i.reason for i in items if isinstance(i, Rejected)}


@pytest.fixture
def mixed(tmp_path: Path) -> dict[str, bytes]:
    (tmp_path / "made").mkdir()
    return {
        "README.md": b"# About\n\nA mixture.\n",
        "a/dump.xml.bz2": bz2.compress(DUMP.encode()),
        "a/sample.zim": zim_of(tmp_path / "made"),
        "site/index.html": PAGE.encode(),
        "tables/hills.csv": CSV,
        "tables/rows.csv.gz": gzip.compress(CSV),
        "tables/rows.parquet": parquet_of(),
        "wiki/AA/wiki_00": WIKI_BLOCKS.encode(),
    }


MIXED = [
    ("shelf", "README.md"),
    ("testwiki", "Moon"),
    ("sample", "Moon"),
    ("shelf", "site/index.html"),
    ("hills", "a"),
    ("rows", "a"),
    ("tables/rows", "a"),
    ("tables/rows", "b"),
    ("enwiki", "7"),
    ("enwiki", "8"),
]


def test_each_file_is_a_source_of_its_own_and_pages_are_the_folders(tmp_path: Path, mixed: dict[str, bytes]):
    items = read(put(tmp_path / "shelf", mixed))
    assert articles(items) == MIXED
    assert found(items) == {
        "testwiki": "mediawiki",
        "sample": "zim",
        "hills": "csv",
        "rows": "csv",
        "tables/rows": "parquet",
        "enwiki": "wikiextractor",
    }
    assert str(tmp_path) not in repr(items)


def test_a_source_comes_before_the_first_item_of_it(tmp_path: Path, mixed: dict[str, bytes]):
    known = {"shelf"}
    for item in read(put(tmp_path / "shelf", mixed)):
        if isinstance(item, Source):
            known.add(item.key)
        else:
            assert item.source in known


@pytest.mark.parametrize("pack", [zip_of, tar_of, lambda files: tar_of(files, "w:xz")])
def test_an_archive_may_hold_the_same(tmp_path: Path, mixed: dict[str, bytes], pack):
    path = tmp_path / "shelf.bin"
    path.write_bytes(pack(mixed))
    items = read(path, SourceOptions(scratch=tmp_path / "scratch"))
    assert articles(items) == MIXED
    assert not list((tmp_path / "scratch").iterdir())


def test_an_archive_in_the_folder_may_hold_them_too(tmp_path: Path, mixed: dict[str, bytes]):
    items = read(put(tmp_path / "shelf", {"z.zip": zip_of({"in.tar": tar_of(mixed)})}))
    assert [source for source, _ in articles(items)] == [
        *("shelf", "testwiki", "sample", "shelf", "hills", "rows"),
        *("z/in/tables/rows", "z/in/tables/rows", "enwiki", "enwiki"),
    ]


def test_a_source_is_as_when_it_is_named_alone(tmp_path: Path):
    root = put(tmp_path / "shelf", {"x/dump.xml": DUMP.encode(), "x/hills.csv": CSV})
    inside = {item.key: item for item in read(root) if isinstance(item, Source)}
    for name, key in (("dump.xml", "testwiki"), ("hills.csv", "hills")):
        with open_source(root / "x" / name) as alone:
            assert inside[key] == alone.source


def test_parts_of_one_dump_are_one_source(tmp_path: Path):
    second = DUMP.replace("Moon", "Sun")
    items = read(put(tmp_path / "shelf", {"p1.xml": DUMP.encode(), "p2.xml": second.encode()}))
    assert articles(items) == [("testwiki", "Moon"), ("testwiki", "Sun")]
    assert found(items) == {"testwiki": "mediawiki"}


def test_two_states_of_one_wiki_lose_nothing_to_each_other(tmp_path: Path):
    (tmp_path / "made").mkdir()
    zim = zim_of(tmp_path / "made")
    newer = DUMP.replace("is round", "is a ball")
    files = {"2015/w.xml": DUMP.encode(), "2022/w.xml": newer.encode(), "a.zim": zim, "b.zim": zim}
    items = read(put(tmp_path / "shelf", files))
    assert articles(items) == [
        ("testwiki", "Moon"),
        ("2022/w", "Moon"),
        ("sample", "Moon"),
        ("b", "Moon"),
    ]


def test_a_key_that_another_kind_of_source_has_is_not_taken_again(tmp_path: Path):
    blocks = WIKI_BLOCKS.replace("en.wikipedia", "test.wikipedia")
    files = {"a/dump.xml": DUMP.encode(), "b/wiki_00": blocks.encode(), "c/testwiki.csv": CSV}
    items = read(put(tmp_path / "shelf", files))
    assert dict.fromkeys(source for source, _ in articles(items)) == dict.fromkeys(
        ("testwiki", "b/testwiki", "c/testwiki")
    )
    taken = SourceOptions(taken=(("testwiki", "mediawiki"), ("hills", "csv")))
    again = read(put(tmp_path / "shelf2", {"d/hills.csv": CSV, "d/t.xml": DUMP.encode()}), taken)
    assert articles(again) == [("d/hills", "a"), ("d/t", "Moon")]


def test_language_and_licence_that_the_person_says_hold_inside_and_the_key_for_the_folder(tmp_path: Path):
    root = put(tmp_path / "shelf", {"hills.csv": CSV, "page.html": PAGE.encode(), "wiki_00": WIKI_BLOCKS.encode()})
    said = SourceOptions(key="mine", title="My own", language="fr", licence="CC0-1.0")
    with open_source(root, said) as source:
        about, items = source.source, list(source.read())
    assert (about.key, about.title) == ("mine", "My own")
    assert [i for i in items if isinstance(i, Source)] == [
        i for i in items if isinstance(i, Source) and i.key != "mine"
    ]
    assert {(i.language, i.licence) for i in items if isinstance(i, Source)} == {("fr", "CC0-1.0")}


def test_a_file_that_cannot_be_opened_is_told_and_the_rest_stays(tmp_path: Path):
    files = {"a.zim": b"ZIM\x04" + b"\0" * 200, "b.html": PAGE.encode(), "c.parquet": b"PAR1" + b"x" * 100}
    items = read(put(tmp_path / "shelf", files))
    assert articles(items) == [("shelf", "b.html")]
    assert refused(items) == {"a.zim": "unsupported", "c.parquet": "unsupported"}
    assert [i.key for i in items if isinstance(i, Source)] == []  # what gives nothing is no source
    assert str(tmp_path) not in repr(items)


@pytest.mark.parametrize("pack", [None, zip_of, tar_of])
def test_a_split_zim_is_read_once(tmp_path: Path, pack):
    (tmp_path / "made").mkdir()
    raw = zim_of(tmp_path / "made")
    cut = len(raw) // 2
    files = {"z/s.zimab": raw[cut:], "z/s.zimaa": raw[:cut], "z/page.html": PAGE.encode(), "z/lost.zimac": b"x"}
    if pack:
        (tmp_path / "shelf.bin").write_bytes(pack(files))
        items = read(tmp_path / "shelf.bin")
    else:
        items = read(put(tmp_path / "shelf", files))
    assert sorted(articles(items)) == [("sample", "Moon"), ("shelf", "z/page.html")]
    assert [i.reason for i in items if isinstance(i, Rejected) and i.source == "shelf"] == ["unsupported"]


def test_wiki_text_and_a_page_beside_it_are_two_sources(tmp_path: Path):
    items = read(put(tmp_path / "shelf", {"AA/wiki_00": WIKI_BLOCKS.encode(), "page.html": PAGE.encode()}))
    assert articles(items) == [("enwiki", "7"), ("enwiki", "8"), ("shelf", "page.html")]
    assert found(items) == {"shelf": "folder"}


def test_a_file_that_is_read_can_be_linked_to_as_well(tmp_path: Path):
    items = read(put(tmp_path / "shelf", {"hills.csv": CSV, "more.zip": zip_of({"page.html": PAGE.encode()})}))
    assert [(i.path, i.mime, i.reason) for i in items if isinstance(i, Attachment)] == [
        ("hills.csv", "text/csv", ""),
        ("more.zip", "application/zip", ""),
    ]


@pytest.mark.parametrize("pack", [None, zip_of, tar_of, lambda files: tar_of(files, "w:gz")])
def test_files_that_are_wanted_are_fetched_as_they_are(tmp_path: Path, pack):
    files = {
        "a/one.ps": b"%!PS one",
        "b.zip": zip_of({"two.ps": b"%!PS two", "page.html": PAGE.encode()}),
        "c.csv": CSV,
        "d.bin": b"unwanted",
        "e.txt": b"Day\n\nIt rained.\n",
    }
    if pack:
        path = tmp_path / "shelf.bin"
        path.write_bytes(pack(files))
    else:
        path = put(tmp_path / "shelf", files)
    wanted = {"a/one.ps", "b/two.ps", "c.csv"}
    with open_source(path) as source:
        assert isinstance(source, TreeSource)
        list(source.read())
        got = list(source.fetch(wanted.__contains__, lambda prefix: any(w.startswith(prefix) for w in wanted), 1000))
    assert [(i.path, i.mime) for i in got] == [
        ("a/one.ps", "application/postscript"),
        ("b/two.ps", "application/postscript"),
        ("c.csv", "text/csv"),
    ]
    assert got[2].content == CSV


@pytest.mark.parametrize("pack", [zip_of, tar_of])
@pytest.mark.parametrize("inner", [("b.zip", zip_of), ("b.tgz", lambda files: tar_of(files, "w:gz"))])
def test_an_archive_in_an_archive_and_a_file_in_it_may_both_be_wanted(tmp_path: Path, pack, inner):
    name, packing = inner
    raw = packing({"two.ps": b"%!PS two"})
    (tmp_path / "shelf.bin").write_bytes(pack({name: raw, "page.html": PAGE.encode(), "z.ps": b"%!PS z"}))
    wanted = {name, "b/two.ps", "z.ps"}
    with open_source(tmp_path / "shelf.bin") as source:
        assert isinstance(source, TreeSource)
        list(source.read())
        got = list(source.fetch(wanted.__contains__, lambda prefix: any(w.startswith(prefix) for w in wanted), 10_000))
    assert {i.path: i.content for i in got} == {
        name: raw,
        "b/two.ps": b"%!PS two",
        "z.ps": b"%!PS z",
    }


def test_a_wanted_file_over_the_limit_is_rejected(tmp_path: Path):
    with open_source(put(tmp_path / "shelf", {"a.ps": b"%!PS" + b"x" * 100, "b.html": PAGE.encode()})) as source:
        assert isinstance(source, TreeSource)
        list(source.read())
        got = list(source.fetch(lambda path: path == "a.ps", lambda prefix: True, 50))
    assert refused(got) == {"a.ps": "too-large"}  # type: ignore[arg-type]


def test_what_has_no_room_to_be_unpacked_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nested, "MAX_UNPACKED", 10)
    (tmp_path / "shelf.tar").write_bytes(tar_of({"dump.xml": DUMP.encode(), "page.html": PAGE.encode()}))
    items = read(tmp_path / "shelf.tar")
    assert articles(items) == [("shelf", "page.html")]
    assert refused(items) == {"dump.xml": "too-large"}


def test_scratch_files_keep_their_names_and_go(tmp_path: Path):
    with Scratch(tmp_path / "s").file(io.BytesIO(b"bytes"), "a/b/c.zim") as place:
        assert (place.name, place.read_bytes()) == ("c.zim", b"bytes")
    assert not place.exists()
