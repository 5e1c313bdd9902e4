"""The shelf."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.collection.shelf import Shelf
from galactica.edition import EditionInfo

from ..building.conftest import extract


def test_an_entry_that_cannot_be_read_does_not_hide_the_others(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, _ = made("a", extract(tmp_path / "wiki_00", 2))
    shelf = Shelf(tmp_path / "shelf")
    place = shelf.add(out)
    (shelf.folder / "b.edition.path").write_bytes(b"\xff\xfe")
    (shelf.folder / "c.edition.path").write_text("x" * 5000)
    (shelf.folder / "d.edition.path").write_text("")
    assert shelf.editions() == (place,)


Make = Callable[..., tuple[Path, EditionInfo]]


@pytest.fixture
def three(tmp_path: Path, made: Make) -> tuple[Path, Path, Path]:
    """An edition of a file, one made from it, and one made from that."""
    file = tmp_path / "wiki_00"
    paths: list[Path] = []
    for number in range(3):
        parent = {"parent": paths[-1]} if paths else {}
        out, _ = made(
            f"state{number}", extract(file, 2, changed=frozenset(range(1, number + 1))), meaning=False, **parent
        )
        paths.append(out)
    return paths[0], paths[1], paths[2]


def test_of_an_edition_and_those_made_from_it_the_newest_alone_is_read(
    tmp_path: Path, three: tuple[Path, Path, Path]
) -> None:
    shelf = Shelf(tmp_path / "shelf")
    places = [shelf.add(path) for path in three]
    copy = shelf.add(shutil.copytree(three[0], tmp_path / "copy" / "older.edition"))
    assert shelf.current() == (places[2],)
    assert shelf.replaced() == dict.fromkeys([places[0], places[1], copy], places[2])
    shelf.remove("state2")
    assert shelf.current() == (places[1],)
    shelf.remove("state1")
    assert shelf.current() == shelf.editions() == (copy, places[0])
    assert shelf.replaced() == {}


def test_what_was_made_of_other_sources_replaces_nothing(tmp_path: Path, made: Make) -> None:
    old, _ = made("old", extract(tmp_path / "wiki_00", 2), meaning=False, key="one")
    new, _ = made("new", extract(tmp_path / "wiki_01", 2, start=5), meaning=False, key="two", parent=old)
    shelf = Shelf(tmp_path / "shelf")
    shelf.add(old)
    shelf.add(new)
    assert shelf.current() == shelf.editions()
