"""Every byte is looked at, at a rate that is kept, from where it was stopped, and it is written down."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from galactica.errors import EditionError
from galactica.library.preserving import protect, scrub
from galactica.preserve import checks
from galactica.preserve.chosen import sum_of
from galactica.preserve.pacing import Pace
from galactica.preserve.scrubbing import scrub_folders
from tests.preserve.made import copied, files_of, flip


class Stopping:
    """A report that is stopped at a stage."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, stage: str, done: int, total: int | None, unit: str) -> None:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def test_each_byte_that_is_flipped_anywhere_is_found(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    protect(copy, percent=5)
    state = tmp_path / "state"
    assert scrub([copy], state=state).ok
    everything = sorted(path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size)
    for path in everything:
        if {"text", "state"} & set(path.parts) or path.name == "SHA256SUMS":
            continue
        right = path.read_bytes()
        flip(path, [len(right) // 3])
        found = scrub([copy], state=state)
        assert not found.ok, path
        assert any(path.name in each.where for each in found.damage), path
        path.write_bytes(right)
    assert scrub([copy], state=state).ok


def test_volumes_are_checked_alone_and_what_is_missing_is_found(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert scrub(volumes, state=state).ok
    shutil.copytree(volumes[0], tmp_path / "one")
    shutil.rmtree(tmp_path / "one" / "files" / "data")
    found = scrub([tmp_path / "one"], state=state)
    assert {each.what for each in found.damage} >= {"missing, too short or unreadable"}
    assert all(each.folder == str(tmp_path / "one") for each in found.damage)


def test_an_edition_without_parity_is_checked_by_its_manifests(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    assert scrub([copy], state=tmp_path / "state").protected == ()
    flip(copy / "data/articles/00000.parquet", [5])
    flip(copy / "index/ids", [5])
    found = scrub([copy], state=tmp_path / "state")
    assert sorted(each.where for each in found.damage) == ["data/articles/00000.parquet", "index/ids"]


def test_a_file_with_many_wrong_pieces_is_hashed_once(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copied(edition, tmp_path)
    protect(copy, percent=5)
    file = max((copy / "data").rglob("*"), key=lambda path: path.stat().st_size)
    flip(file, range(0, file.stat().st_size, 500))
    hashed = list[Path]()

    def counted(path: Path) -> tuple[str, int]:
        hashed.append(path)
        return sum_of(path)

    monkeypatch.setattr(checks, "sum_of", counted)
    assert len(scrub([copy], state=tmp_path / "state").damage) > 3
    assert hashed.count(file) == 1


def test_each_byte_of_the_list_that_no_list_names_is_checked_without_parity_too(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    tags = copy / "tagmanifest-sha256.txt"
    right = tags.read_bytes()
    for at in range(len(right)):
        flip(tags, [at])
        assert not scrub([copy]).ok, at
        tags.write_bytes(right)
    tags.unlink()
    assert [(each.where, each.what) for each in scrub([copy]).damage] == [(tags.name, "missing")]


def test_what_is_stopped_goes_on_and_finds_what_it_had_found(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    protect(copy, percent=10)
    flip(copy / "bag-info.txt", [3])
    state, log = tmp_path / "state", tmp_path / "log"
    with pytest.raises(KeyboardInterrupt):
        scrub([copy], state=state, log=log, day=lambda: "2026-01-02", report=Stopping(50))
    found = scrub([copy], state=state, log=log, day=lambda: "2026-01-03")
    assert found.resumed
    assert len(found.damage) == 1
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["time"] for line in lines] == ["2026-01-02", "2026-01-03"]
    assert lines[0]["where"] == "bag-info.txt"
    assert lines[1]["damage"] == 1
    assert not scrub([copy], state=state, log=log).resumed


def test_a_state_of_something_else_or_a_broken_one_is_begun_anew(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    state = tmp_path / "state"
    with pytest.raises(KeyboardInterrupt):
        scrub([copy], state=state, report=Stopping(3))
    kept = next(state.glob("*.state"))
    kept.write_text("{")
    assert not scrub([copy], state=state).resumed
    with pytest.raises(KeyboardInterrupt):
        scrub([copy], state=state, report=Stopping(3))
    protect(copy, percent=10)
    assert not scrub([copy], state=state).resumed
    with pytest.raises(KeyboardInterrupt):
        scrub([copy], state=state, report=Stopping(3))
    assert not scrub([copy], state=state, again=True).resumed


def test_nothing_is_changed_in_what_is_checked(edition: Path, tmp_path: Path) -> None:
    copy = copied(edition, tmp_path)
    protect(copy, percent=10)
    before = files_of(tmp_path, index=True)
    scrub([copy], state=tmp_path.with_name("state-of-nothing"))
    assert files_of(tmp_path, index=True) == before


def test_the_rate_is_kept_whatever_the_disk_can(edition: Path) -> None:
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    found = scrub_folders([edition], pace=Pace(1_000_000, lambda: now[0], sleep))
    assert found.bytes / now[0] == pytest.approx(1_000_000, rel=0.01)


def test_a_folder_that_is_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="no folder"):
        scrub([tmp_path / "nowhere"], state=tmp_path)
    (tmp_path / "mine").mkdir()
    with pytest.raises(EditionError, match="nothing of it can be checked"):
        scrub([tmp_path / "mine"], state=tmp_path)
