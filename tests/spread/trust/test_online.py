"""What a mirror sends and what is kept of it: rubbish, swapped documents, mirrors that disagree."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from galactica.errors import ProofError
from galactica.spread.trust.making_roots import rotated_root
from galactica.spread.trust.metadata import write_metadata
from galactica.spread.trust.releases import check_release, sign_release
from galactica.spread.trust.signing import add_pending_root
from galactica.spread.trust.store import TrustStore

from .made import ALICE, DAVE, FAR, TEAM, signed
from .mirror import ALL, NOW, ONE, Mirror, Publisher, read


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "publication")


@pytest.mark.parametrize("raw", [b"", b"{}", b"null", b"[" * 16_000, b'{"a":' * 3_000, b"\xff" * 99, b"9" * 16_000])
def test_a_mirror_that_sends_rubbish_is_refused(publisher: Publisher, raw: bytes) -> None:
    mirror = publisher.release()
    for name in ("2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"):
        with pytest.raises(ProofError):
            read(Mirror(mirror.files | {f"metadata/{name}": raw}))


def test_one_document_in_the_place_of_another_is_refused(publisher: Publisher) -> None:
    files = publisher.release().files
    names = ["metadata/timestamp.json", "metadata/1.snapshot.json", "metadata/1.targets.json", "metadata/1.root.json"]
    for one in names[:3]:
        for other in names:
            if one != other:
                with pytest.raises(ProofError):
                    read(Mirror(files | {one: files[other]}))


def test_two_mirrors_that_disagree_are_each_held_to_what_the_other_showed(publisher: Publisher) -> None:
    behind = publisher.release()
    ahead = publisher.release(now=NOW + timedelta(days=1))
    kept = dict(read(behind).kept)
    kept = dict(read(ahead, kept, days=1).kept)
    with pytest.raises(ProofError, match="must be >="):
        read(behind, kept, days=1)


def test_what_was_seen_on_line_is_kept_for_who_is_trusted_and_for_nobody_else(
    publisher: Publisher, tmp_path: Path
) -> None:
    store = TrustStore(tmp_path / "trust")
    found = read(publisher.release())
    store.keep_online(found.root, found.kept)
    assert store.kept_online(ONE.publication) == {}
    store.add_root(ONE)
    store.keep_online(found.root, found.kept)
    assert store.kept_online(ONE.publication) == dict(found.kept)
    store.remove("Test library")
    assert store.kept_online(ONE.publication) == {}


def test_a_newer_root_that_was_seen_on_line_is_kept_so_that_no_mirror_hides_it_again(
    publisher: Publisher, tmp_path: Path
) -> None:
    store = TrustStore(tmp_path / "trust")
    store.add_root(ONE)
    publisher.release()
    add_pending_root(publisher.folder, signed(rotated_root(ONE.document, expires=FAR, add=[DAVE.named]), *TEAM))
    write_metadata(publisher.folder, [each.secret for each in ALL], NOW)
    found = read(publisher.copy())
    store.keep_online(found.root, found.kept)
    assert store.publications()[0].root.version == 2


def test_a_listed_release_has_its_signatures_besides(publisher: Publisher) -> None:
    mirror = publisher.release()
    found = read(mirror)
    place = found.releases[0].path.rpartition("/")[0]
    raw = mirror.files[found.releases[0].path]
    beside = {path: text for path, text in mirror.files.items() if path.startswith(place) and path.endswith("minisig")}
    assert len(check_release(raw, beside, found.root).signers) == 3
    assert sign_release(raw, ALICE.secret, ONE.publication) in beside.values()
