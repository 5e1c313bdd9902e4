"""Editions of every version of the format ever written can be read, and have the root they had.

They are made once by tools/make_compat.py and never again; their indexes, which are derived, are left out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.edition.verify import verify
from galactica.library import index, open_library

HERE = Path(__file__).parent
ROOTS = {"edition-v1": "26155a9e1e96496da41e70b385efd05e29e794ff1b0b505177b566923bd11268"}


@pytest.mark.parametrize("name", ROOTS)
def test_an_edition_of_an_old_version_verifies(name: str) -> None:
    found = verify(HERE / name)
    assert found.root == ROOTS[name]
    assert [p for p in found.problems if not p.where.startswith("index/")] == []


@pytest.mark.parametrize("name", ROOTS)
def test_an_edition_of_an_old_version_is_read_and_searched(name: str, tmp_path: Path) -> None:
    copy = tmp_path / f"{name}.edition"
    shutil.copytree(HERE / name, copy)
    index(copy, threads=1)
    with Edition.open(copy) as edition:
        assert [a.title for _, a in edition.scan()] == ["海湾", "The harbour", "A note"]
        assert 'href="./b/zh.html"' in edition.article(1).body
        found = edition.media("harbour", "boat.png")
        assert found is not None
        assert found[0].mime == "image/png"
    with open_library([copy]) as library:
        assert library.search("depth of the harbour").hits[0].title == "The harbour"
        assert library.search("港口").hits[0].title == "海湾"
