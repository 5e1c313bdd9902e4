"""Three editions, one after the other, and the deltas between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.spread.delta.making import make_delta
from tests.spread.delta.made import first_edition, second_edition, third_edition, write_made

pytest.importorskip("zstandard", reason="deltas need the package zstandard")


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the editions a, b and c, each made from the one before, and the deltas ab and bc."""
    folder = tmp_path_factory.mktemp("line")
    a = write_made(folder / "a.edition", first_edition())
    b = write_made(folder / "b.edition", second_edition(a))
    write_made(folder / "c.edition", third_edition(b))
    for old, new in (("a", "b"), ("b", "c")):
        with (folder / f"{old}{new}.delta").open("wb") as out:
            make_delta(folder / f"{old}.edition", folder / f"{new}.edition", out)
    return folder
