"""What is remembered of a verification."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from galactica.building.indexing import reindex
from galactica.edition import EditionInfo
from galactica.edition.sealing import Verified, known, verified
from galactica.library.joining import join
from galactica.library.verifying import verify

from ..building.conftest import extract

DAY = datetime(2026, 11, 23, tzinfo=UTC)


def test_the_last_result_is_remembered_until_the_edition_changes(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state = tmp_path / "state"
    assert verified(out, info.root, state=state) is None
    assert verify(out, state=state, now=DAY).ok
    assert verified(out, info.root, state=state) == Verified(day="2026-11-23", state="whole")
    with (out / "data" / "edition.json").open("a") as file:
        file.write(" ")
    assert verified(out, info.root, state=state) == Verified(day="2026-11-23", state="changed")
    assert not verify(out, state=state, now=DAY).ok
    assert verified(out, info.root, state=state) == Verified(day="2026-11-23", state="damaged")
    (out / "tagmanifest-sha256.txt").write_text("")
    assert verified(out, info.root, state=state) == Verified(day="2026-11-23", state="changed")


FILES = ("data/articles/00000.parquet", "data/passages/00000.parquet", "index/text/text.json", "bagit.txt")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["overwritten", "replaced", "with its old time", "removed", "linked"])
def test_a_file_that_is_not_the_one_that_was_verified_is_noticed_without_reading_it(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]], name: str, how: str
) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state, file = tmp_path / "state", out / name
    verify(out, state=state)
    assert verified(out, info.root, state=state).ok
    old, other = file.stat(), tmp_path / "other"
    other.write_bytes(file.read_bytes()[::-1])
    if how == "overwritten":
        file.write_bytes(other.read_bytes())
    elif how == "with its old time":
        other.replace(file)
        os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))
    else:
        file.unlink()
        if how == "replaced":
            other.replace(file)
        elif how == "linked":
            file.symlink_to(other)
    assert verified(out, info.root, state=state).state == "changed"


def test_a_file_that_is_new_is_noticed(tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state = tmp_path / "state"
    verify(out, state=state)
    (out / "data" / "articles" / "00001.parquet").write_bytes(b"")
    assert verified(out, info.root, state=state).state == "changed"


def test_what_is_derived_when_asked_for_is_no_change(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state = tmp_path / "state"
    verify(out, state=state)
    (note,) = (state / "verified").iterdir()
    join(out)
    assert (out / "joined" / "claims").is_dir()
    assert verified(out, info.root, state=state).ok
    kept = json.loads(note.read_text())
    kept[0]["files"]["joined/claims/made.json"] = [1, 2, 3]  # as an earlier version kept it
    note.write_text(json.dumps(kept))
    assert verified(out, info.root, state=state).ok


def test_a_copy_that_was_moved_is_known_again_and_another_copy_is_not(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state = tmp_path / "state"
    verify(out, state=state)
    moved, copy = tmp_path / "moved.edition", tmp_path / "copy.edition"
    shutil.copytree(out, copy)
    out.rename(moved)
    assert verified(moved, info.root, state=state).ok
    assert verified(copy, info.root, state=state) is None
    verify(copy, state=state)
    assert verified(copy, info.root, state=state).ok
    assert verified(moved, info.root, state=state).ok


def test_an_index_that_is_made_anew_here_is_no_change(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, _ = made("a", extract(tmp_path / "wiki_00", 3))
    verify(out, now=DAY)
    reindex(out, threads=1, meaning=False)
    assert known(out) == Verified(day="2026-11-23", state="whole")


def test_what_is_remembered_may_be_broken_or_of_an_older_form(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state = tmp_path / "state"
    file = state / "verified" / f"{info.root}.json"
    file.parent.mkdir(parents=True)
    for text in (
        "",
        "[",
        "[1, null]",
        '{"day": "2026-01-01", "ok": true, "manifest": [1, 2]}',
        '[{"files": 3}]',
        "\xff",
    ):
        file.write_text(text, encoding="latin-1")
        assert verified(out, info.root, state=state) is None
    assert known(tmp_path) is None


def test_a_machine_that_cannot_remember_still_verifies(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state = tmp_path / "state"
    state.write_text("a file where a folder should be")
    assert verify(out, state=state, now=DAY).ok
    assert verified(out, info.root, state=state) is None


def test_an_edition_that_is_built_anew_at_its_place_is_not_called_changed(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    source = extract(tmp_path / "wiki_00", 3)
    out, info = made("a", source)
    verify(out, now=DAY)
    shutil.rmtree(out)
    again, same = made("a", source)
    assert (again, same.root) == (out, info.root)
    assert known(out) is None
