"""Two folders trade their names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from galactica.codes.exchange import ASIDE, exchange, settle


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    new, old = tmp_path / "new", tmp_path / "old"
    for folder in (new, old):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    return new, old


@pytest.mark.parametrize("platform", ["linux", "elsewhere"])
def test_each_is_called_as_the_other_was(
    two: tuple[Path, Path], platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    new, old = two
    exchange(new, old)
    assert (old / "name").read_text() == "new"
    assert (new / "name").read_text() == "old"
    assert sorted(each.name for each in new.parent.iterdir()) == ["new", "old"]


def test_what_is_missing_is_not_exchanged(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with pytest.raises(OSError):
        exchange(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "new").is_dir()


def test_what_was_moved_aside_is_put_back(two: tuple[Path, Path]) -> None:
    _, old = two
    old.rename(old.with_name(old.name + ASIDE))
    settle(old)
    assert (old / "name").read_text() == "old"


def test_nothing_is_put_over_what_is_there(two: tuple[Path, Path]) -> None:
    new, old = two
    new.rename(old.with_name(old.name + ASIDE))
    settle(old)
    assert (old / "name").read_text() == "old"
