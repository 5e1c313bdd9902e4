"""Editions that an adversary wrote: found to be wrong, or refused; never an error of any other kind, never a hang."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from galactica.edition import Edition, bag
from galactica.edition.info import read_statement
from galactica.edition.verify import verify_edition
from galactica.errors import EditionError
from galactica.library import build

POSIX = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    site = folder / "site"
    site.mkdir()
    for name, letter in (("a.png", b"a"), ("b.png", b"b")):
        (site / name).write_bytes(bytes.fromhex("89504e470d0a1a0a") + letter * 40)
    for n in range(5):
        (site / f"p{n}.html").write_text(
            f"<html><body><p>Page {n} <img src='a.png'><img src='b.png'> says {n} times {n}.</p></body></html>"
        )
    build(folder / "a.edition", [site], workers=0)
    return folder / "a.edition"


@pytest.fixture
def edition(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "a.edition"))


def restate(edition: Path, **fields: object) -> None:
    file = edition / "data" / "edition.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


def rewrite(edition: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    file = edition / "data" / table / "00000.parquet"
    pq.write_table(change(pq.read_table(file)), file)


def forge(edition: Path) -> None:
    """Make the manifests agree with what lies there."""
    bag.write_bag(edition, title="x", root=json.loads((edition / "data" / "edition.json").read_text())["root"])


@pytest.mark.parametrize(
    "fields",
    [
        {"format": 0},
        {"format": 1.0},
        {"format": "1"},
        {"format": 10**400},
        {"root": ""},
        {"root": "AB" * 32},
        {"root": "../" * 20 + "abcd"},
        {"root": " " * 64},
        {"parent": "ab"},
        {"title": "\ud800"},
        {"title": None},
        {"languages": {"\udfff": 1}},
        {"languages": []},
        {"shards": [10**30]},
        {"shards": [-1, 6]},
        {"shards": [0] * 200_000},
        {"tables": {"articles": {"count": 2**70, "head": "00" * 32}}},
        {"tables": {"articles": 1}},
        {"counts": [1]},
    ],
)
def test_a_statement_not_of_the_form_is_refused(edition: Path, fields: dict[str, object]) -> None:
    restate(edition, **fields)
    with pytest.raises(EditionError):
        read_statement(edition)
    with pytest.raises(EditionError):
        verify_edition(edition)


@POSIX
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "huge", "deep"])
def test_a_statement_that_is_no_honest_file_is_refused(edition: Path, kind: str) -> None:
    file = edition / "data" / "edition.json"
    file.unlink()
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "device":
        file.symlink_to("/dev/zero")
    elif kind == "folder":
        file.mkdir()
    elif kind == "huge":
        with file.open("wb") as stream:
            stream.truncate(2**40)
    else:
        file.write_text("[" * 100_000)
    with pytest.raises(EditionError):
        Edition.open(edition)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{}",
        "[]",
        '{"root": 1, "files": {}}',
        '{"root": "x", "files": [[1, 2]]}',
        '{"root": "x", "files": {"a": 1}}',
        '{"root": "\\ud800", "files": {}}',
        '{"root": "x", "files": {"\\ud800": "x"}}',
        '{"root": "x", "files": {"../data/edition.json": "x", "a\\u0000b": "x", "/etc/passwd": "x"}}',
    ],
)
def test_any_manifest_of_an_index_is_no_more_than_a_problem(edition: Path, text: str) -> None:
    (edition / "index" / "manifest.json").write_text(text)
    assert bag.index_root(edition / "index") in (None, "x")
    assert any(p.where.startswith("index/") for p in verify_edition(edition).problems)


def test_manifests_that_lead_elsewhere_are_a_problem(edition: Path) -> None:
    outside = edition.parent / "outside"
    outside.write_text("secret")
    with (edition / "manifest-sha256.txt").open("a") as manifest:
        for name in ("../outside", str(outside), "data/../../outside", "data/%00", "data/articles/../../x"):
            manifest.write(f"{bag.sha256_of(outside)}  {name}\n")
    lines = {p.where: p.what for p in verify_edition(edition).problems}
    assert sum("outside" in what for what in lines.values()) == 5


@POSIX
def test_a_folder_of_the_payload_that_is_a_link_is_a_problem(edition: Path) -> None:
    (edition / "data" / "articles").rename(edition.parent / "elsewhere")
    (edition / "data" / "articles").symlink_to(edition.parent / "elsewhere")
    assert any("link" in p.what for p in verify_edition(edition).problems)


def test_pictures_under_each_others_names_are_found(edition: Path) -> None:
    def swap(table: pa.Table) -> pa.Table:
        hashes = pa.array(table["hash"].to_pylist()[::-1], pa.binary(32))
        return table.set_column(table.schema.get_field_index("hash"), "hash", hashes)

    rewrite(edition, "media", swap)
    forge(edition)
    assert [p.where for p in verify_edition(edition).problems] == ["data/media"]


def test_articles_that_are_not_counted_are_found(edition: Path) -> None:
    shutil.copy(edition / "data" / "articles" / "00000.parquet", edition / "data" / "articles" / "00001.parquet")
    forge(edition)
    assert [p.where for p in verify_edition(edition).problems] == ["data/articles/00001.parquet"]


def test_a_statement_that_counts_wrong_is_found(edition: Path) -> None:
    tables = json.loads((edition / "data" / "edition.json").read_text())["tables"]
    restate(edition, tables=tables | {"articles": tables["articles"] | {"count": 6}})
    forge(edition)
    assert {p.where for p in verify_edition(edition).problems} == {"data/edition.json"}


def test_damaged_signals_do_not_make_the_articles_unreadable(edition: Path) -> None:
    (edition / "data" / "signals" / "00000.parquet").write_bytes(b"PAR1")
    found = verify_edition(edition)
    assert found.root == found.stated
    assert {p.where for p in found.problems} == {"data/signals/00000.parquet"}


_COLUMNS = [
    *[("articles", c) for c in ("title", "language", "aliases", "body", "categories", "source", "path", "url")],
    *[("passages", c) for c in ("article", "start", "end")],
    *[("signals", c) for c in ("leaf", "input")],
    *[("sources", c) for c in ("key", "title", "date")],
    *[("files", c) for c in ("source", "path", "hash")],
    *[("media", c) for c in ("hash", "mime", "size", "content")],
]


@pytest.mark.parametrize(("table", "column"), _COLUMNS)
@pytest.mark.parametrize("kind", ["missing", "null", "number", "list", "date"])
def test_columns_of_any_other_kind_are_a_problem_or_refused(edition: Path, table: str, column: str, kind: str) -> None:
    def change(rows: pa.Table) -> pa.Table:
        at, count = rows.schema.get_field_index(column), rows.num_rows
        if kind == "missing":
            return rows.remove_column(at)
        value = {
            "null": pa.nulls(count, pa.string()),
            "number": pa.array([2**62] * count),
            "list": pa.array([[b"\xff"]] * count),
            "date": pa.array([2**62] * count, pa.timestamp("us")),
        }[kind]
        return rows.set_column(at, column, value)

    before = verify_edition(edition).root
    rewrite(edition, table, change)
    forge(edition)
    found = verify_edition(edition)
    # Whatever is derived or may be null can be read as well without it; the root then is the same.
    assert not found.ok or found.root == before
