"""A file has its name only when it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.codes.files import whole


@pytest.mark.parametrize("durable", [False, True])
def test_what_the_block_writes_gets_the_name_at_its_end(tmp_path: Path, durable: bool) -> None:
    with whole(tmp_path / "a", durable=durable) as part:
        part.write_text("new")
        assert not (tmp_path / "a").exists()
    assert (tmp_path / "a").read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_block_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    def half() -> None:
        with whole(tmp_path / "a") as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]
