"""A publication that was signed on 2026-11-29 is taken for ever: by this program, and its releases by minisign.

`tests/compat/trust-v1` was made once of the people in `made.py` (two of Alice, Bob, Carol; then of Bob, Carol, Dave)
and is never made again.
"""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from galactica.errors import ProofError
from galactica.spread.trust.chain import first_root
from galactica.spread.trust.deciding import decide
from galactica.spread.trust.folder import METADATA, read_release, read_roots, read_signatures, release_folders
from galactica.spread.trust.metadata import TIMESTAMP_DAYS
from galactica.spread.trust.online import StaleError, read_online
from galactica.spread.trust.store import TrustStore

from .mirror import NOW, Mirror
from .test_minisign import has_minisign

KEPT = Path(__file__).parents[2] / "compat" / "trust-v1"
PUBLICATION = "16a41d87e6cdea1755736783b5787b6e1220725135b6016cad580d9bcfa1b0e3"


def test_it_is_taken_at_first_use_and_as_one_that_is_trusted(tmp_path: Path) -> None:
    roots, (place,) = read_roots(KEPT / METADATA), release_folders(KEPT)
    store = TrustStore(tmp_path / "trust")
    found = decide(read_release(place), read_signatures(place), roots, store=store)
    assert (found.vouched, found.publication) == ("first use", PUBLICATION)
    assert {each.name for each in found.signers} == {"Bob", "Dave"}
    store.add_root(first_root(roots[1]))
    again = decide(read_release(place), read_signatures(place), roots, store=store)
    assert again.vouched == "publication"
    assert "no more: Alice" in " ".join(again.said)
    with pytest.raises(ProofError, match="needs 2 of 3"):
        decide(read_release(place), read_signatures(place), {1: roots[1]}, store=store)


def test_what_it_says_on_line_is_taken_while_it_holds() -> None:
    files = {each.relative_to(KEPT).as_posix(): each.read_bytes() for each in KEPT.rglob("*") if each.is_file()}
    trusted = first_root(files["metadata/1.root.json"])
    found = read_online(trusted, {}, Mirror(files), NOW)
    assert found is not None
    assert [each.number for each in found.releases] == [3]
    found.releases[0].check(files[found.releases[0].path])
    with pytest.raises(StaleError):
        read_online(trusted, {}, Mirror(files), NOW + timedelta(days=TIMESTAMP_DAYS))


@has_minisign
def test_minisign_verifies_its_signatures_without_this_program() -> None:
    roots, (place,) = read_roots(KEPT / METADATA), release_folders(KEPT)
    keys = first_root(roots[2]).release_keys
    signatures = read_signatures(place)
    assert len(signatures) == 2
    for keyid in signatures:
        done = subprocess.run(
            [
                *("minisign", "-V", "-H", "-P", keys[keyid].key.line, "-m", place / "release.json"),
                *("-x", place / f"release.json.{keyid}.minisig"),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"Galactica release number 3 root {place.name[2:]}" in done.stdout
        assert PUBLICATION in done.stdout
