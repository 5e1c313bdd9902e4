"""What a publication says of itself: made by people who sign apart, one after the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Targets
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from galactica.errors import ProofError, UsageError
from galactica.spread.trust.chain import follow_roots
from galactica.spread.trust.folder import read_roots, read_signatures, write_root
from galactica.spread.trust.making_roots import rotated_root, sign_root
from galactica.spread.trust.metadata import TARGETS_DAYS, TIMESTAMP_DAYS, write_metadata
from galactica.spread.trust.signing import PublicationSigner, add_pending_root, sign_publication
from galactica.spread.trust.tuf_parts import KeySigner

from .made import ALICE, BOB, CAROL, DAVE, EVE, FAR, LINE, Person, publish, release, root, unsigned_root

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def always(_told: str) -> bool:
    return True


def sign(folder: Path, *people: Person):
    return sign_publication(folder, [each.secret for each in people], NOW, agree=always)


def test_one_person_with_one_key_begins_a_publication_by_publishing(tmp_path: Path) -> None:
    signer = PublicationSigner(tmp_path, [(ALICE.secret, "Alice")], NOW, title="Alice's library")
    publish(tmp_path, release(1), signer)
    assert signer.state is not None
    assert signer.state.complete
    assert signer.state.pending == ()
    assert signer.root.document.title == "Alice's library"
    again = PublicationSigner(tmp_path, [(ALICE.secret, "another name")], NOW)
    assert again.root == signer.root


def test_several_keys_begin_nothing_before_it_is_said_how_many_must_sign(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no root document"):
        PublicationSigner(tmp_path, [(ALICE.secret, ""), (BOB.secret, "")], NOW)


def test_a_stranger_publishes_nothing_in_a_publication_of_others(tmp_path: Path) -> None:
    write_root(tmp_path / "metadata", 1, root().document.raw)
    with pytest.raises(UsageError, match="may sign releases"):
        PublicationSigner(tmp_path, [(EVE.secret, "")], NOW)


def test_a_release_is_listed_when_enough_people_have_signed_it_each_on_a_machine_of_their_own(tmp_path: Path) -> None:
    write_root(tmp_path / "metadata", 1, root().document.raw)
    signer = PublicationSigner(tmp_path, [(ALICE.secret, "")], NOW)
    publish(tmp_path, release(1), signer)
    assert signer.state.listed == ()
    assert len(signer.state.unlisted) == 1
    assert "needs 2 of 3 signatures; 1 hold: Alice" in signer.state.pending[0]
    assert [each.name for each in (tmp_path / "metadata").glob("*.json")] == ["1.root.json"]

    second = sign(tmp_path, BOB)
    assert len(second.signed) == 1
    assert "'Small', by Bob" in second.signed[0]
    # Alice's signature of the list waited for his.
    assert second.state.listed == signer.state.unlisted
    assert "snapshot.json" in " ".join(second.pending)
    last = sign(tmp_path, LINE)
    assert last.state.complete
    assert last.pending == ()
    assert [each.name for each in (tmp_path / "metadata" / "pending").iterdir()] == [".lock"]


def test_a_list_that_waits_with_somebody_elses_release_is_signed_by_nobody_who_has_not_signed_that(
    tmp_path: Path,
) -> None:
    write_root(tmp_path / "metadata", 1, root().document.raw)
    two = PublicationSigner(tmp_path, [(ALICE.secret, ""), (BOB.secret, "")], NOW)
    publish(tmp_path, release(1), two)
    sign(tmp_path, LINE)
    publish(tmp_path, release(2), PublicationSigner(tmp_path, [(ALICE.secret, "")], NOW))
    waiting = tmp_path / "metadata" / "pending" / "2.targets.json"
    kept = waiting.read_bytes()
    state = write_metadata(tmp_path, [BOB.secret, LINE.secret], NOW + timedelta(days=1))
    assert state.complete
    assert len(state.listed) == 1
    assert waiting.read_bytes() == kept
    # A file in Bob's name, which he has not made, makes his program sign nothing either.
    place = tmp_path / "releases" / next(each.split("/")[1] for each in state.unlisted)
    forged = next(place.glob("*.minisig")).read_bytes()
    (place / f"release.json.{BOB.named.keyid}.minisig").write_bytes(forged)
    write_metadata(tmp_path, [BOB.secret], NOW)
    assert waiting.read_bytes() == kept
    assert len(sign(tmp_path, BOB).state.listed) == 2


def test_who_does_not_agree_signs_nothing(tmp_path: Path) -> None:
    write_root(tmp_path / "metadata", 1, root().document.raw)
    place = publish(tmp_path, release(1), PublicationSigner(tmp_path, [(ALICE.secret, "")], NOW))
    told: list[str] = []

    def never(what: str) -> bool:
        told.append(what)
        return False

    found = sign_publication(tmp_path, [BOB.secret], NOW, agree=never)
    assert found.signed == ()
    assert len(told) == 1
    assert "Release 1" in told[0]
    assert list(read_signatures(place)) == [ALICE.named.keyid]


def test_what_is_complete_is_not_made_anew_and_the_timestamp_is_when_its_key_is_there(tmp_path: Path) -> None:
    signer = PublicationSigner(tmp_path, [(ALICE.secret, "")], NOW)
    publish(tmp_path, release(1), signer)
    place = tmp_path / "metadata"
    before = {each.name: each.read_bytes() for each in place.glob("*.json")}
    write_metadata(tmp_path, [ALICE.secret], NOW)
    assert {each.name: each.read_bytes() for each in place.glob("*.json")} == before
    write_metadata(tmp_path, [], NOW + timedelta(days=300))
    assert {each.name: each.read_bytes() for each in place.glob("*.json")} == before
    write_metadata(tmp_path, [ALICE.secret], NOW + timedelta(days=1))
    after = {each.name: each.read_bytes() for each in place.glob("*.json")}
    assert {name for name in after if after[name] != before.get(name)} == {"timestamp.json"}
    found = Metadata.from_bytes(after["timestamp.json"]).signed
    assert (found.version, found.expires) == (2, NOW + timedelta(days=1 + TIMESTAMP_DAYS))
    late = NOW + timedelta(days=TARGETS_DAYS * 0.7)
    write_metadata(tmp_path, [ALICE.secret], late)
    assert (place / "2.targets.json").is_file()


def test_a_rotation_waits_until_the_old_and_the_new_have_signed_and_then_everything_is_signed_anew(
    tmp_path: Path,
) -> None:
    write_root(tmp_path / "metadata", 1, root().document.raw)
    publish(tmp_path, release(1), PublicationSigner(tmp_path, [(ALICE.secret, ""), (BOB.secret, "")], NOW))
    sign(tmp_path, LINE)
    raw = rotated_root(root().document, expires=FAR, add=[DAVE.named], remove=[ALICE.named.keyid])
    assert len(add_pending_root(tmp_path, raw)) == 2
    assert list(read_roots(tmp_path / "metadata")) == [1]
    sign(tmp_path, EVE)
    told = sign(tmp_path, BOB)
    assert any("Root 2" in each and "Dave" in each for each in told.signed)
    apart = add_pending_root(tmp_path, sign_root(raw, ALICE.secret))  # Alice signed a copy of her own
    assert len(apart) == 1
    last = sign(tmp_path, DAVE)
    assert list(read_roots(tmp_path / "metadata")) == [1, 2]
    assert follow_roots(read_roots(tmp_path / "metadata")).version == 2
    assert last.state.listed  # the release has Bob's and Dave's signatures now
    assert sign(tmp_path, LINE, BOB).state.complete


def test_a_root_that_does_not_follow_is_not_put_anywhere(tmp_path: Path) -> None:
    write_root(tmp_path / "metadata", 1, root().document.raw)
    with pytest.raises(ProofError, match="has root 1 already"):
        add_pending_root(tmp_path, unsigned_root())
    raw = unsigned_root(version=2, publication="0" * 64)
    for each in (ALICE, BOB, CAROL):
        raw = sign_root(raw, each.secret)
    with pytest.raises(ProofError, match="another publication"):
        add_pending_root(tmp_path, raw)
    assert list(read_roots(tmp_path / "metadata")) == [1]


def test_a_release_that_too_few_signed_is_never_told_of(tmp_path: Path) -> None:
    write_root(tmp_path / "metadata", 1, root().document.raw)
    two = PublicationSigner(tmp_path, [(ALICE.secret, ""), (BOB.secret, "")], NOW)
    publish(tmp_path, release(1), two)
    publish(tmp_path, release(2), PublicationSigner(tmp_path, [(CAROL.secret, "")], NOW))
    state = write_metadata(tmp_path, [BOB.secret, CAROL.secret, LINE.secret], NOW)
    assert [each.split("/")[1][:2] for each in state.listed] == ["1-"]
    assert [each.split("/")[1][:2] for each in state.unlisted] == ["2-"]


class Mirror(FetcherInterface):  # type: ignore[misc]
    """Serves a folder to python-tuf's own client."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _fetch(self, url: str):
        from tuf.api.exceptions import DownloadHTTPError

        file = self.folder / url.removeprefix("https://x.example/")
        if not file.is_file():
            raise DownloadHTTPError("none", 404)
        yield file.read_bytes()


def test_python_tufs_own_client_takes_what_is_published(tmp_path: Path) -> None:
    folder = tmp_path / "publication"
    now = datetime.now(UTC)  # its client asks the clock of the machine
    signer = PublicationSigner(folder, [(ALICE.secret, "Alice")], now)
    publish(folder, release(1), signer)
    (tmp_path / "cache").mkdir()
    client = Updater(
        str(tmp_path / "cache"),
        "https://x.example/metadata/",
        target_dir=str(tmp_path),
        target_base_url="https://x.example/",
        fetcher=Mirror(folder),
        config=UpdaterConfig(prefix_targets_with_hash=False),
        bootstrap=signer.root.document.raw,
    )
    client.refresh()
    path = signer.state.listed[0]
    found = client.get_targetinfo(path)
    assert found is not None
    got = client.download_target(found, str(tmp_path / "got"))
    assert Path(got).read_bytes() == release(1)
    assert isinstance(Metadata.from_bytes((folder / "metadata/1.targets.json").read_bytes()).signed, Targets)


def test_what_signs_documents_names_the_key_that_verifies_them_and_takes_no_address_of_one() -> None:
    signer = KeySigner(ALICE.secret, ALICE.named.keyid)
    signer.public_key.verify_signature(signer.sign(b"a document"), b"a document")
    with pytest.raises(UsageError, match="keys are files"):
        KeySigner.from_priv_key_uri("file:alice.key", signer.public_key)
