"""Signatures of a release, each test an attack or an accident."""

from __future__ import annotations

import pytest

from galactica.errors import ProofError
from galactica.spread.trust.minisign import DetachedSignature, digest_of
from galactica.spread.trust.releases import (
    MOST_SIGNATURES,
    check_release,
    read_head,
    release_comment,
    sign_release,
    signed_by_key,
)
from galactica.spread.trust.secret import SecretKey

from .made import ALICE, BOB, CAROL, DAVE, EVE, LINE, TEAM, followed, release, root, signatures

ROOT = root()
RAW = release(3)
GOOD = signatures(RAW, ROOT.publication, ALICE, BOB)


def test_two_of_three_are_enough_and_who_signed_is_told() -> None:
    found = check_release(RAW, GOOD, ROOT)
    assert {each.name for each in found.signers} == {"Alice", "Bob"}
    assert (found.head.number, found.head.title, found.publication) == (3, "Small", ROOT.publication)
    assert found.remarks == ()


def test_signing_twice_gives_the_same_bytes() -> None:
    assert sign_release(RAW, ALICE.secret, ROOT.publication) == sign_release(RAW, ALICE.secret, ROOT.publication)


def test_one_of_three_is_too_few() -> None:
    with pytest.raises(ProofError, match=r"needs 2 of 3 signatures; 1 hold: Alice"):
        check_release(RAW, signatures(RAW, ROOT.publication, ALICE), ROOT)


def test_duplicate_signatures_of_one_key_are_counted_once() -> None:
    one = sign_release(RAW, ALICE.secret, ROOT.publication)
    many = {f"{number:064x}": one for number in range(5)}
    again = ALICE.secret.sign_file(RAW, release_comment(read_head(RAW), ROOT.publication)).to_text()
    many["another"] = again.replace("signature of a Galactica release", "another comment").encode()
    with pytest.raises(ProofError, match="1 hold"):
        check_release(RAW, many, ROOT)


def test_signatures_over_other_bytes_do_not_count() -> None:
    for changed in (RAW.replace(b'"Small"', b'"Smell"'), RAW + b"\n", RAW.replace(b"\n", b"\r\n", 1)):
        with pytest.raises(ProofError, match="over other bytes"):
            check_release(changed, GOOD, ROOT)


def test_every_flipped_byte_of_a_release_is_found() -> None:
    for place in range(len(RAW)):
        changed = bytearray(RAW)
        changed[place] ^= 1
        with pytest.raises(ProofError):
            check_release(bytes(changed), GOOD, ROOT)


def test_the_signature_of_another_edition_does_not_count() -> None:
    other = release(4)
    with pytest.raises(ProofError, match="over other bytes"):
        check_release(RAW, signatures(other, ROOT.publication, *TEAM), ROOT)


def test_a_release_that_was_signed_for_another_publication_of_the_same_people_is_refused() -> None:
    other = root(title="Another library")
    assert other.publication != ROOT.publication
    with pytest.raises(ProofError, match="for another publication"):
        check_release(RAW, signatures(RAW, other.publication, *TEAM), ROOT)


def test_extraneous_keys_neither_help_nor_harm() -> None:
    beside = signatures(RAW, ROOT.publication, EVE, DAVE, LINE)
    found = check_release(RAW, GOOD | beside, ROOT)
    assert len(found.signers) == 2
    assert len(found.remarks) == 3
    with pytest.raises(ProofError, match="may not sign releases"):
        check_release(RAW, signatures(RAW, ROOT.publication, ALICE) | beside, ROOT)


def test_a_key_that_takes_the_number_of_another_is_not_that_other() -> None:
    forged = SecretKey(EVE.secret._seed, BOB.secret.public.number)
    names = signatures(RAW, ROOT.publication, ALICE)
    names[BOB.named.keyid] = sign_release(RAW, forged, ROOT.publication)
    with pytest.raises(ProofError, match="forged"):
        check_release(RAW, names, ROOT)


def test_a_file_under_anothers_name_counts_for_who_signed_it() -> None:
    swapped = dict(zip(GOOD, reversed(GOOD.values()), strict=True))
    assert len(check_release(RAW, swapped, ROOT).signers) == 2


def test_a_comment_that_was_changed_after_signing_does_not_count() -> None:
    one = DetachedSignature.from_bytes(GOOD[ALICE.named.keyid])
    other = DetachedSignature(
        number=one.number,
        signature=one.signature,
        comment=one.comment.replace("number 3", "number 9"),
        sealed=one.sealed,
    )
    assert one.holds(ALICE.secret.public, digest_of(RAW))
    with pytest.raises(ProofError, match="1 hold: Bob"):
        check_release(RAW, GOOD | {ALICE.named.keyid: other.to_text().encode()}, ROOT)


def test_keys_that_were_rotated_out_sign_no_more() -> None:
    newer = followed(ROOT, (CAROL, DAVE, EVE), 2, ALICE, BOB, CAROL, DAVE)
    with pytest.raises(ProofError, match="may not sign"):
        check_release(RAW, GOOD, newer)
    assert check_release(RAW, signatures(RAW, ROOT.publication, CAROL, EVE), newer)


def test_rubbish_beside_good_signatures_is_told_and_harms_nothing() -> None:
    found = check_release(RAW, GOOD | {"a": b"", "b": b"\xff" * 99, "c": bytes(100_000)}, ROOT)
    assert len(found.remarks) == 3


def test_more_signatures_than_a_publisher_makes_are_refused() -> None:
    with pytest.raises(ProofError, match="more than"):
        check_release(RAW, {str(number): b"" for number in range(MOST_SIGNATURES + 1)}, ROOT)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[" * 10_000,
        b"\xff\xfe",
        RAW.replace(b' "number": 3', b' "number": 0'),
        RAW.replace(b' "number": 3', b' "number": 3.0'),
        RAW.replace(b' "number": 3', b' "number": 99999999999'),
        RAW.replace(b' "number": 3', b' "number": 3,\n "number": 4'),
        RAW.replace(b' "number": 3', b' "number": 3,\n "number": 3'),
        b'\n "number": 1,' * 1_000_000,
        RAW.replace(b'"root": "', b'"root": "x'),
        RAW.replace(b'"Small"', b'"Sm"all"'),
        RAW.replace(b' "title"', b'  "title"'),
        RAW.replace(b'"Small"', b'"' + b"x" * 5_000 + b'"'),
    ],
)
def test_what_is_no_release_is_refused(raw: bytes) -> None:
    with pytest.raises(ProofError, match="no release"):
        read_head(raw)


def test_a_member_inside_of_another_is_not_taken_for_the_releases_own() -> None:
    raw = RAW.replace(
        b' "objects": []', b' "objects": [\n  {\n   "number": 9,\n   "root": "' + b"0" * 64 + b'"\n  }\n ]'
    )
    assert read_head(raw) == read_head(RAW)


def test_a_single_key_says_for_which_publication_it_signed() -> None:
    assert signed_by_key(RAW, GOOD, [EVE.named, ALICE.named]) == (ALICE.named, ROOT.publication)
    assert signed_by_key(RAW, GOOD, [CAROL.named]) is None
    assert signed_by_key(release(4), GOOD, [ALICE.named]) is None
