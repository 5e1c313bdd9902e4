"""What vouches for an edition is handed on with it, and never mixed with what vouches for others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="needs the extra spread")
pytest.importorskip("tuf", reason="needs the extra spread")

from galactica.library.passing_on import CarriedSignatures
from galactica.spread.release.document import Release
from galactica.spread.trust.folder import read_roots, write_root

from ..spread.trust.made import EVE, root

KEPT = Path(__file__).parents[1] / "compat" / "trust-v1"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    beside = tmp_path / "an.edition" / "release"
    (place,) = (KEPT / "releases").iterdir()
    shutil.copytree(place, beside)
    for file in (KEPT / "metadata").glob("*.root.json"):
        shutil.copy(file, beside)
    return beside.parent


def test_signatures_and_the_chain_go_where_a_publication_has_them(
    edition: Path, tmp_path: Path, release: Release
) -> None:
    signer = CarriedSignatures(edition)
    raw = (edition / "release" / "release.json").read_bytes()
    assert sorted(signer.beside(raw)) == sorted(each.name for each in (edition / "release").glob("*.minisig"))
    assert signer.beside(raw + b" ") == {}
    signer.announce(tmp_path / "new", release, raw)
    assert read_roots(tmp_path / "new" / "metadata") == read_roots(KEPT / "metadata")


def test_two_chains_are_not_mixed(edition: Path, tmp_path: Path, release: Release) -> None:
    raw = (edition / "release" / "release.json").read_bytes()
    write_root(tmp_path / "others" / "metadata", 1, root((EVE,), 1).document.raw)
    CarriedSignatures(edition).announce(tmp_path / "others", release, raw)
    assert list(read_roots(tmp_path / "others" / "metadata")) == [1]


@pytest.fixture
def release() -> Release:
    return Release(
        format=2,
        root="0" * 64,
        number=1,
        parent="",
        title="",
        languages=(),
        licences=(),
        tables=(),
        objects=(),
    )
