"""A static edition of a publication that several people sign is theirs, too."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="needs the extra spread")
pytest.importorskip("tuf", reason="needs the extra spread")

from galactica.errors import ProofError
from galactica.library import open_static, publish
from galactica.library.static_signing import sign_static
from galactica.spread.trust.folder import write_root, write_signature
from galactica.spread.trust.releases import sign_release
from galactica.spread.trust.store import TrustStore

from ..spread.trust.made import ALICE, BOB, CAROL, root

NOW = datetime(2027, 1, 1, tzinfo=UTC)
EDITION = Path(__file__).parents[1] / "compat" / "edition-v2"
CHAIN = root()


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    folder = tmp_path / "publication"
    write_root(folder / "metadata", 1, CHAIN.document.raw)
    publish(EDITION, folder, keys=[(ALICE.secret, "Alice")], static=True, workers=0, now=NOW)
    return folder


def bob_signs(publication: Path) -> None:
    (place,) = (publication / "releases").glob("*-*")
    raw = (place / "release.json").read_bytes()
    write_signature(place, BOB.secret.public, sign_release(raw, BOB.secret, CHAIN.publication))


def read(publication: Path, tmp_path: Path, store: TrustStore) -> int:
    with open_static(str(publication / "static"), kept=tmp_path / "kept", store=store) as reader:
        return len(reader.root)


def test_it_is_read_when_enough_people_have_signed_the_release_that_names_it(publication: Path, tmp_path: Path) -> None:
    store = TrustStore(tmp_path / "trust")
    store.add_root(CHAIN)
    with pytest.raises(ProofError, match="1 hold: Alice"):
        read(publication, tmp_path, store)
    assert sign_static(publication, [BOB.secret]) == ()  # he has not signed the release
    bob_signs(publication)
    assert len(sign_static(publication, [BOB.secret, CAROL.secret])) == 1
    assert sign_static(publication, [BOB.secret]) == ()
    assert read(publication, tmp_path, store) == 64


def test_a_manifest_that_no_release_names_is_signed_by_nobody(publication: Path) -> None:
    bob_signs(publication)
    file = publication / "static" / "manifest.json"
    kept = file.read_bytes()
    place = kept.index(b'"hash": "') + len(b'"hash": "')
    file.write_bytes(kept[:place] + (b"1" if kept[place : place + 1] == b"0" else b"0") + kept[place + 1 :])
    assert sign_static(publication, [BOB.secret]) == ()
    file.write_bytes(kept)
    assert len(sign_static(publication, [BOB.secret])) == 1
