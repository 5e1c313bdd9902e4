"""What is looked at before an edition is built."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.building import gathering, ground, running
from galactica.building.ledger import Ledger
from galactica.edition import EditionInfo
from galactica.edition.verify import verify_edition
from galactica.errors import InputError, MissingError, UsageError
from galactica.library import build

from .conftest import extract

Make = Callable[..., tuple[Path, EditionInfo]]


def interrupted(made: Make, monkeypatch: pytest.MonkeyPatch, *sources: Path) -> None:
    """A build of a.edition that stopped when its tables were written."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(running, "finish", stop)
        with pytest.raises(KeyboardInterrupt):
            made("a", *sources)


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own on Windows")
def test_a_link_that_leads_nowhere_is_something_that_exists(tmp_path: Path, made: Make) -> None:
    (tmp_path / "a.edition").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="exists already"):
        made("a", extract(tmp_path / "wiki_00", 2))


def test_an_edition_is_not_built_in_its_own_source(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A note\n\nwith some words in it")
    with pytest.raises(UsageError, match="own source"):
        build(tmp_path / "notes" / "a.edition", [tmp_path / "notes"], workers=0)
    assert [f.name for f in (tmp_path / "notes").iterdir()] == ["a.md"]


def test_an_edition_is_no_source(tmp_path: Path, made: Make) -> None:
    out, _ = made("a", extract(tmp_path / "wiki_00", 2))
    with pytest.raises(UsageError, match="edition already"):
        made("b", out)


def test_a_missing_source_is_said_before_the_first_is_read(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("a source was opened")

    monkeypatch.setattr(gathering, "open_source", opened)
    with pytest.raises(InputError, match="nothing at"):
        made("a", extract(tmp_path / "wiki_00", 2), tmp_path / "missing")


def test_what_a_person_put_where_a_build_works_is_left_alone(tmp_path: Path, made: Make) -> None:
    (tmp_path / "a.edition.building").mkdir()
    (tmp_path / "a.edition.building" / "diary.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"diary\.txt"):
        made("a", extract(tmp_path / "wiki_00", 2))
    assert (tmp_path / "a.edition.building" / "diary.txt").read_text() == "mine"


@pytest.mark.parametrize("option", ["title", "language", "licence", "key"])
def test_options_that_are_no_unicode_are_refused(tmp_path: Path, made: Make, option: str) -> None:
    with pytest.raises(UsageError, match="not Unicode"):
        made("a", extract(tmp_path / "wiki_00", 2), **{option: "T\udcff"})


@pytest.mark.parametrize("name", ["b\udcff.edition", "c/..", ""])
def test_paths_that_name_no_new_folder_are_refused(tmp_path: Path, name: str) -> None:
    source = extract(tmp_path / "wiki_00", 2)
    with pytest.raises(UsageError):
        build(tmp_path / name, [source], workers=0)
    assert [f.name for f in tmp_path.iterdir()] == ["wiki_00"]


@pytest.mark.parametrize("name", ["file:x.edition", "article=5.edition", "_ü %20#?.edition", "s3:b", "trailing/"])
def test_odd_names_are_names(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = extract(tmp_path / "wiki_00", 2)
    assert build(Path(name), [source], workers=0).articles == 2
    assert verify_edition(tmp_path / name).ok


def test_a_file_renamed_in_its_folder_starts_a_build_anew(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("# A note\n\nwith some words in it")
    interrupted(made, monkeypatch, folder)
    (folder / "a.md").rename(folder / "b.md")
    out, _ = made("a", folder)
    (tmp_path / "fresh").mkdir()
    fresh = build(tmp_path / "fresh" / "a.edition", [folder], workers=0)
    assert verify_edition(out).root == fresh.root


def test_what_a_killed_worker_had_not_finished_is_not_in_the_edition(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = extract(tmp_path / "wiki_00", 3)
    interrupted(made, monkeypatch, source)
    work = tmp_path / "a.edition.building"
    (work / "bag" / "data" / "articles" / "00000.parquet.17.part").write_bytes(b"half")
    out, _ = made("a", source)
    assert not list(out.rglob("*.part"))
    assert ".part" not in (out / "manifest-sha256.txt").read_text()


def test_a_ledger_that_cannot_be_read_starts_a_build_anew(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = extract(tmp_path / "wiki_00", 3)
    interrupted(made, monkeypatch, source)
    (tmp_path / "a.edition.building" / ground.LEDGER).write_bytes(b"no ledger" * 1000)
    assert made("a", source)[1].articles == 3


def test_a_full_disk_in_the_ledger_is_said_as_one(tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Ledger, "enter", full)
    with pytest.raises(MissingError, match="disk is full"):
        made("a", extract(tmp_path / "wiki_00", 3))


def test_an_edition_is_called_as_its_first_source(tmp_path: Path, made: Make) -> None:
    for name in ("zeta", "alpha"):
        (tmp_path / f"{name}.md").write_text(f"# Note {name}\n\nwith some words in it")
    _, info = made("a", tmp_path / "zeta.md", tmp_path / "alpha.md")
    assert info.title == "zeta"


def test_no_empty_folder_is_left_for_a_table_without_rows(tmp_path: Path, made: Make) -> None:
    out, _ = made("a", extract(tmp_path / "wiki_00", 3))
    assert sorted(f.name for f in (out / "data").iterdir() if f.is_dir()) == [
        "articles",
        "passages",
        "signals",
        "sources",
    ]
