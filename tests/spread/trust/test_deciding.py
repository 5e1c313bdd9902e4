"""Whether a release is taken: first use, changed keys, replays, and what the person is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from galactica.errors import ProofError, UsageError
from galactica.spread.trust.chain import TrustedRoot
from galactica.spread.trust.deciding import TrustedRelease, decide
from galactica.spread.trust.releases import read_head
from galactica.spread.trust.roots import NamedKey
from galactica.spread.trust.store import TrustStore

from .made import (
    ALICE,
    BOB,
    CAROL,
    DAVE,
    EVE,
    TEAM,
    Person,
    followed,
    follower,
    release,
    root,
    signatures,
    signed,
    unsigned_root,
)

URL = "https://mirror.example/library"
ONE = root()
TWO = followed(ONE, (BOB, CAROL, DAVE), 2, ALICE, BOB, CAROL)
ROOTS = {1: ONE.document.raw}
BOTH = {1: ONE.document.raw, 2: TWO.document.raw}
OTHER = root((EVE,), 1, title="Another library")
FOREIGN = {1: OTHER.document.raw}


@pytest.fixture
def store(tmp_path: Path) -> TrustStore:
    return TrustStore(tmp_path / "trust")


def taken(
    store: TrustStore,
    number: int,
    roots: dict[int, bytes] = ROOTS,
    *people: Person,
    of: TrustedRoot = ONE,
    **more: Any,
) -> TrustedRelease:
    raw = release(number)
    return decide(raw, signatures(raw, of.publication, *(people or TEAM)), roots, store=store, **more)


def test_first_use_is_said_with_all_that_can_be_compared(store: TrustStore) -> None:
    found = taken(store, 1)
    assert found.vouched == "first use"
    said = " ".join(found.said)
    assert "FIRST USE" in said
    assert ONE.publication in said
    assert all(name in said for name in ("Alice", "Bob", "Carol", "Test library"))
    assert not store.folder.exists()


def test_what_was_taken_at_first_use_is_trusted_from_then_on_and_that_is_said(store: TrustStore) -> None:
    taken(store, 1).remember(store)
    found = taken(store, 2)
    assert found.vouched == "publication"
    assert "nobody named it" in " ".join(found.said)


def test_a_publication_that_the_person_added_is_taken_without_a_word(store: TrustStore) -> None:
    store.add_root(ONE)
    found = taken(store, 1, ROOTS, ALICE, CAROL)
    assert (found.vouched, found.said) == ("publication", ())
    assert {each.name for each in found.signers} == {"Alice", "Carol"}


def test_a_named_root_decides_alone(store: TrustStore) -> None:
    raw = release(5)
    edition = read_head(raw).root
    assert decide(raw, {}, {}, store=store, named_root=edition).vouched == "root"
    with pytest.raises(ProofError, match="not of"):
        decide(raw, signatures(raw, ONE.publication, *TEAM), ROOTS, store=store, named_root="0" * 64)


def test_unsigned_is_said_plainly(store: TrustStore) -> None:
    raw = release(1)
    found = decide(raw, {}, {}, store=store)
    assert found.vouched == "nobody"
    assert "NOTHING VOUCHES" in found.said[0]
    assert read_head(raw).root in found.said[0]
    found.remember(store)
    assert not store.folder.exists()


def test_what_is_called_as_a_trusted_publication_and_is_not_from_it_is_said_to_be_none_of_theirs(
    store: TrustStore,
) -> None:
    store.add_root(ONE)
    raw = release(1, title="Test library")
    unsigned = decide(raw, {}, {}, store=store)
    assert "is NOT from those" in " ".join(unsigned.said)
    like = root((EVE,), 1)
    forged = decide(raw, signatures(raw, like.publication, EVE), {1: like.document.raw}, store=store)
    assert forged.vouched == "first use"
    assert "is NOT from those" in " ".join(forged.said)
    other = release(1)
    assert "is NOT" not in " ".join(decide(other, {}, {}, store=store).said)


def test_an_old_manifest_that_is_replayed_is_refused_and_taken_where_it_is_asked_for(store: TrustStore) -> None:
    taken(store, 5).remember(store)
    taken(store, 3, older=True).remember(store)
    with pytest.raises(ProofError, match="edition 3; edition 5 was taken"):
        taken(store, 3)
    assert "you asked for it" in " ".join(taken(store, 3, older=True).said)
    assert store.seen(ONE.publication).number == 5
    assert taken(store, 5).vouched == "publication"


def test_two_editions_of_one_number_are_refused(store: TrustStore) -> None:
    taken(store, 5).remember(store)
    raw = release(5, words="other words")
    with pytest.raises(ProofError, match="two editions of number 5"):
        decide(raw, signatures(raw, ONE.publication, *TEAM), ROOTS, store=store, older=True)


def test_what_was_not_delivered_takes_nobodys_older_edition_away(store: TrustStore) -> None:
    store.add_root(ONE)
    assert taken(store, 9).head.number == 9  # decided, and never remembered: its packs were not there
    assert taken(store, 4).vouched == "publication"


def test_keys_that_were_rotated_are_told_and_the_old_ones_sign_no_more(store: TrustStore) -> None:
    taken(store, 1).remember(store)
    found = taken(store, 2, BOTH, CAROL, DAVE)
    assert "no more: Alice" in " ".join(found.said)
    found.remember(store)
    with pytest.raises(ProofError, match="may not sign"):
        taken(store, 3, BOTH, ALICE, BOB)
    with pytest.raises(ProofError, match="may not sign"):
        taken(store, 3, ROOTS, ALICE, BOB)  # a mirror that hides the rotation
    assert taken(store, 3, ROOTS, BOB, CAROL).vouched == "publication"


def test_one_stolen_key_of_three_releases_nothing_and_rotates_nothing(store: TrustStore) -> None:
    store.add_root(ONE)
    with pytest.raises(ProofError, match="needs 2 of 3"):
        taken(store, 2, ROOTS, ALICE)
    forged = {1: ONE.document.raw, 2: follower(ONE, (EVE,), 1, ALICE, EVE)}
    with pytest.raises(ProofError, match="not signed by enough"):
        taken(store, 2, forged, EVE)


def test_a_root_that_replaces_the_first_is_another_publication_and_said_to_be(store: TrustStore) -> None:
    taken(store, 1).remember(store, URL)
    with pytest.raises(ProofError, match="THE KEYS WERE CHANGED"):
        taken(store, 2, FOREIGN, EVE, of=OTHER, place=URL)
    with pytest.raises(ProofError, match="The edition here was of publication"):
        taken(store, 2, FOREIGN, EVE, of=OTHER, expected=ONE.publication)
    assert taken(store, 2, FOREIGN, EVE, of=OTHER).vouched == "first use"


def test_a_mirror_that_strips_the_signatures_is_refused(store: TrustStore) -> None:
    taken(store, 1).remember(store, URL)
    with pytest.raises(ProofError, match="SIGNED BY NOBODY"):
        decide(release(2), {}, {}, store=store, place=URL)
    with pytest.raises(ProofError, match="SIGNED BY NOBODY"):
        decide(release(2), {}, {}, store=store, expected=ONE.publication)


def test_who_adds_the_new_publisher_of_an_address_is_believed(store: TrustStore) -> None:
    taken(store, 1).remember(store, URL)
    store.add_root(OTHER)
    taken(store, 1, FOREIGN, EVE, of=OTHER, place=URL).remember(store, URL)
    assert store.found_at(URL) == OTHER.publication


def test_a_single_key_that_the_person_trusts_vouches_for_what_it_signed(store: TrustStore) -> None:
    store.add_key(NamedKey(key=ALICE.secret.public, name="Alice from the club"))
    found = taken(store, 4, {}, ALICE)
    assert found.vouched == "key"
    assert "Alice from the club" in found.said[0]
    found.remember(store)
    with pytest.raises(ProofError, match="edition 4 was taken"):
        taken(store, 3, {}, ALICE)
    assert taken(store, 5, {}, BOB).vouched == "nobody"


def test_a_trusted_key_vouches_for_the_chain_that_it_signs_with(store: TrustStore) -> None:
    store.add_key(NamedKey(key=ALICE.secret.public))
    taken(store, 4, ROOTS, ALICE, BOB).remember(store)
    assert store.publication(ONE.publication) is not None
    with pytest.raises(ProofError, match="needs 2 of 3"):
        taken(store, 5, ROOTS, ALICE)


def test_that_its_own_publication_would_not_take_it_is_told(store: TrustStore) -> None:
    store.add_key(NamedKey(key=ALICE.secret.public))
    found = taken(store, 4, ROOTS, ALICE)
    assert "would not be taken" in " ".join(found.said)
    found.remember(store)
    assert store.publication(ONE.publication) is None


def test_a_release_without_its_roots_is_held_to_the_publication_that_its_signatures_name(store: TrustStore) -> None:
    store.add_root(ONE)
    assert taken(store, 2, {}, ALICE, BOB).vouched == "publication"
    with pytest.raises(ProofError, match="needs 2 of 3"):
        taken(store, 3, {}, ALICE)
    assert taken(store, 3, {}, EVE, of=OTHER).vouched == "nobody"


def test_roots_of_two_publications_in_one_folder_are_refused(store: TrustStore) -> None:
    second = signed(unsigned_root((EVE,), 1, version=2, publication=OTHER.publication), EVE)
    with pytest.raises(ProofError, match="different publications"):
        taken(store, 1, {1: ONE.document.raw, 2: second})


def test_what_is_trusted_no_more_is_first_use_again_but_its_number_stays(store: TrustStore) -> None:
    taken(store, 5).remember(store, URL)
    assert "Test library" in store.remove("Test library")
    assert store.publications() == ()
    assert store.found_at(URL) == ""
    with pytest.raises(ProofError, match="edition 5 was taken"):
        taken(store, 4)
    assert taken(store, 6).vouched == "first use"


def test_what_is_kept_and_damaged_is_said_not_forgotten(store: TrustStore) -> None:
    taken(store, 5).remember(store)
    for name in ("seen.json", f"{ONE.publication}/root.json"):
        file = store.folder / name
        kept = file.read_bytes()
        for raw in (
            b"",
            b"{}",
            b"[" * 50_000,
            kept[:-9],
            b"\xff",
            bytes(7_000_000) if name == "seen.json" else bytes(300_000),
        ):
            file.write_bytes(raw)
            with pytest.raises(UsageError, match="cannot be read"):
                taken(store, 4)
        file.write_bytes(kept)


def test_an_older_root_and_a_fork_take_no_trusted_roots_place(store: TrustStore) -> None:
    store.add_root(TWO)
    with pytest.raises(ProofError, match="older than root 2"):
        store.add_root(ONE)
    with pytest.raises(ProofError, match="Another root document 2"):
        store.add_root(followed(ONE, (ALICE,), 1, ALICE, BOB))
    assert store.publications()[0].root == TWO


def test_nothing_or_two_things_of_a_name_are_not_removed(store: TrustStore) -> None:
    store.add_root(ONE)
    store.add_root(root((EVE,), 1))
    for name in ("Test library", "nobody", "", "../..", ONE.publication[:4]):
        with pytest.raises(UsageError):
            store.remove(name)
    store.remove(ONE.publication[:12])
    assert len(store.publications()) == 1


def test_a_release_that_was_decided_on_before_a_rotation_does_not_take_the_newer_root_away(store: TrustStore) -> None:
    early = taken(store, 1)
    store.add_root(TWO)
    early.remember(store)
    assert store.publications()[0].root == TWO
