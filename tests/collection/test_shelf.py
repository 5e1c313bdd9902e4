"""The shelf."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
