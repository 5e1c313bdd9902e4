"""The chain of roots: thresholds, rotation, and what is refused."""

from __future__ import annotations

import json

import pytest
from tuf.api.metadata import Metadata

from galactica.errors import ProofError, UsageError
from galactica.spread.trust.chain import MOST_ROOTS, first_root, follow_roots, key_changes, next_root, root_signatures
from galactica.spread.trust.making_roots import begun_root, collect_signatures, rotated_root, sign_root
from galactica.spread.trust.roots import keyid_of, read_root

from .made import ALICE, BOB, CAROL, DAVE, EVE, FAR, LINE, TEAM, followed, follower, root, signed, unsigned_root

ONE = root()
TWO = followed(ONE, (BOB, CAROL, DAVE), 2, ALICE, BOB, CAROL)
THREE = followed(TWO, (CAROL, DAVE, EVE), 2, BOB, CAROL, EVE)
CHAIN = {each.version: each.document.raw for each in (ONE, TWO, THREE)}


def test_a_chain_leads_to_its_newest_root_and_every_change_is_told() -> None:
    newest = follow_roots(CHAIN)
    assert newest == THREE
    assert follow_roots(CHAIN, ONE) == follow_roots(CHAIN, TWO) == follow_roots(CHAIN, THREE) == THREE
    assert newest.publication == ONE.publication == ONE.document.digest
    told = " ".join(key_changes(ONE, THREE))
    assert "Dave" in told
    assert "Eve" in told
    assert "no more: Alice" in told
    assert key_changes(THREE, THREE) == ()


def test_python_tuf_itself_takes_each_step() -> None:
    one, two = (Metadata.from_bytes(each.document.raw) for each in (ONE, TWO))
    one.signed.verify_delegate("root", two.signed_bytes, two.signatures)
    two.signed.verify_delegate("root", two.signed_bytes, two.signatures)


def test_key_ids_are_those_that_tufs_own_library_computes() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from securesystemslib.signer import SSlibKey

    raw = ALICE.secret.public.raw
    assert keyid_of(raw) == SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(raw)).keyid


def test_a_chain_with_a_gap_is_refused() -> None:
    with pytest.raises(ProofError, match="Root document 2 is missing"):
        follow_roots({1: CHAIN[1], 3: CHAIN[3]})
    with pytest.raises(ProofError, match="does not begin"):
        follow_roots({2: CHAIN[2], 3: CHAIN[3]})
    with pytest.raises(ProofError, match="followed by 3, not by 2"):
        next_root(ONE, CHAIN[3])


def test_a_root_that_goes_back_is_refused() -> None:
    with pytest.raises(ProofError, match="followed by 1"):
        next_root(TWO, CHAIN[1])
    with pytest.raises(ProofError, match="followed by 2"):
        next_root(TWO, CHAIN[2])
    with pytest.raises(ProofError, match="followed by 1"):
        follow_roots({1: CHAIN[1], 2: CHAIN[1]})


def test_a_copy_that_is_behind_what_is_trusted_leads_nowhere_else() -> None:
    assert follow_roots({1: CHAIN[1]}, THREE) == THREE


def test_a_fork_by_the_same_people_is_refused_by_who_knows_the_other_branch() -> None:
    other = followed(ONE, (ALICE,), 1, ALICE, BOB)
    with pytest.raises(ProofError, match="two root documents 2"):
        follow_roots({1: CHAIN[1], 2: other.document.raw}, TWO)
    with pytest.raises(ProofError, match="not signed by enough"):
        next_root(other, CHAIN[3])


def test_one_thief_of_three_cannot_change_the_keys() -> None:
    raw = follower(ONE, (EVE,), 1, ALICE, EVE)
    with pytest.raises(ProofError, match=r"by root 1, 1 signed and 1 more must"):
        next_root(ONE, raw)


def test_a_threshold_of_thieves_can_and_it_is_told() -> None:
    raw = follower(ONE, (EVE,), 1, ALICE, BOB, EVE)
    assert "Eve" in " ".join(key_changes(ONE, next_root(ONE, raw)))


def test_the_new_keys_must_sign_as_well_as_the_old() -> None:
    with pytest.raises(ProofError, match="by root 2, 1 signed and 1 more must"):
        next_root(ONE, follower(ONE, (CAROL, DAVE, EVE), 2, ALICE, BOB, EVE))


def test_strangers_signatures_do_not_count_for_a_root() -> None:
    with pytest.raises(ProofError, match="not signed by enough"):
        first_root(signed(unsigned_root(), ALICE, DAVE, EVE, LINE))


def test_a_root_of_another_publication_does_not_follow() -> None:
    raw = signed(unsigned_root(version=2, publication="0" * 64), *TEAM)
    with pytest.raises(ProofError, match="another publication"):
        next_root(ONE, raw)


def test_three_people_sign_on_three_machines_one_after_another_or_apart() -> None:
    raw = unsigned_root()
    assert not root_signatures(read_root(raw), None).enough
    one = sign_root(raw, ALICE.secret)
    told = root_signatures(read_root(one), None)
    assert [each.name for each in told.signed] == ["Alice"]
    assert [(each.have, each.more) for each in told.missing] == [(1, 1)]
    both = sign_root(one, BOB.secret)
    assert first_root(both).document.digest == read_root(raw).digest
    apart = collect_signatures(one, [sign_root(raw, CAROL.secret), sign_root(raw, BOB.secret)])
    assert len(root_signatures(first_root(apart).document, None).signed) == 3
    assert sign_root(both, BOB.secret) == both


def test_signatures_of_another_root_are_not_collected() -> None:
    with pytest.raises(ProofError, match="differ"):
        collect_signatures(unsigned_root(), [unsigned_root(title="Another")])


def test_rotation_replaces_one_key_and_keeps_the_rest() -> None:
    raw = rotated_root(ONE.document, expires=FAR, add=[DAVE.named], remove=[ALICE.named.keyid])
    newer = next_root(ONE, signed(raw, ALICE, BOB, DAVE))
    assert {each.name for each in newer.release_keys.values()} == {"Bob", "Carol", "Dave"}
    assert newer.threshold == 2
    assert newer.document.title == ONE.document.title
    assert [each.name for each in newer.document.holders("timestamp")] == ["the server"]


def test_a_root_that_nobody_could_follow_is_not_made() -> None:
    with pytest.raises(UsageError, match="needs 4 of 3"):
        begun_root("x", [each.named for each in TEAM], 4, expires=FAR)
    with pytest.raises(UsageError):
        begun_root("x", [], 1, expires=FAR)
    with pytest.raises(UsageError, match="no key"):
        rotated_root(ONE.document, expires=FAR, remove=[EVE.named.keyid])
    with pytest.raises(UsageError):
        rotated_root(ONE.document, expires=FAR, remove=[ALICE.named.keyid, BOB.named.keyid])


def changed(raw: bytes, edit: str) -> bytes:
    """A root whose document was edited by a statement about `r` (all of it) and `s` (what is signed of it)."""
    document = json.loads(raw)
    exec(edit, {"r": document, "s": document["signed"], "json": json})  # statements of the test below
    return json.dumps(document, sort_keys=True, indent=1, separators=(",", ": ")).encode()


@pytest.mark.parametrize(
    "edit",
    [
        "s['version'] = 0",
        "s['version'] = True",
        "s['version'] = 1.0",
        "s['version'] = '1'",
        "s['version'] = 2**63",
        "s['version'] = 2",
        "s['consistent_snapshot'] = False",
        "s['spec_version'] = '2.0.0'",
        "s['expires'] = '2040-1-1T0:0:0Z'",
        "s['expires'] = 'never'",
        "s['_type'] = 'targets'",
        "s['keys'] = {}",
        "s['roles']['root']['threshold'] = 0",
        "s['roles']['root']['threshold'] = 4",
        "s['roles']['root']['threshold'] = True",
        "s['roles']['root']['threshold'] = 1.5",
        "s['roles']['targets']['keyids'].append('0' * 64)",
        "s['roles']['targets']['keyids'].append(s['roles']['targets']['keyids'][0])",
        "del s['roles']['timestamp']",
        "s['roles']['mirrors'] = s['roles']['root']",
        "next(iter(s['keys'].values()))['keytype'] = 'rsa'",
        "next(iter(s['keys'].values()))['scheme'] = 'rsassa-pss-sha256'",
        "next(iter(s['keys'].values()))['keyval']['public'] = '01' + '00' * 31",
        "next(iter(s['keys'].values()))['keyval']['public'] = 'zz'",
        "next(iter(s['keys'].values()))['keyval']['public'] = 7",
        "next(iter(s['keys'].values()))['keyval'] = []",
        "next(iter(s['keys'].values()))['x-galactica-minisign'] = 'x'",
        "next(iter(s['keys'].values()))['x-galactica-name'] = 'a\\nb'",
        "next(iter(s['keys'].values()))['x-galactica-name'] = 'a' * 81",
        "s['keys']['f' * 64] = next(iter(s['keys'].values()))",
        "s['x-galactica-title'] = ['deep']",
        "s['x-galactica-publication'] = '0' * 64",
        "s['x'] = float('nan')",
        "s['x'] = 0.5",
        "s['x'] = list(range(20000))",
        "s['x'] = 'x' * 300000",
        "r['signatures'] = r['signatures'] * 2",
        "r['signatures'] = [{'keyid': str(n), 'sig': ''} for n in range(129)]",
        "r['signatures'] = 'none'",
        "r['signatures'][0]['sig'] = r['signatures'][0]['sig'].upper()",
        "r['signatures'][0]['sig'] = 'zz'",
        "r['signatures'][0]['sig'] = '00' * 10000",
        "r['signatures'][0]['sig'] = None",
        "r['signatures'][0]['more'] = 1",
        "del r['signed']",
        "r['more'] = s",
    ],
)
def test_a_root_of_another_form_is_refused(edit: str) -> None:
    raw = changed(CHAIN[1], edit)
    with pytest.raises(ProofError):
        read_root(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"signed":' * 5_000,
        b'{"signatures": [], "signed": ' + b"9" * 10_000 + b"}",
        CHAIN[1] + b"\n",
        CHAIN[1] + b" ",
        CHAIN[1].replace(b"\n", b"", 1),
        CHAIN[1].replace(b'"_type": "root",', b'"_type": "root",\n  "_type": "root",'),
        CHAIN[1].replace(b"Test", b"\\u0054est"),
        bytes(2**18 + 1),
    ],
)
def test_bytes_that_are_not_the_one_text_of_a_root_are_refused(raw: bytes) -> None:
    with pytest.raises(ProofError):
        read_root(raw)


def test_signatures_that_are_no_signatures_do_not_count() -> None:
    for sig in ("", "00" * 64, "0", "00" * 32):
        raw = changed(CHAIN[1], f"r['signatures'][0]['sig'] = {sig!r}; r['signatures'] = r['signatures'][:2]")
        with pytest.raises(ProofError, match="not signed by enough"):
            first_root(raw)


def test_every_flipped_bit_of_a_root_is_found() -> None:
    raw = signed(unsigned_root((ALICE, BOB), 2), ALICE, BOB)
    publication = first_root(raw).publication
    for place in range(len(raw)):
        for bit in (0, 5):
            other = bytearray(raw)
            other[place] ^= 1 << bit
            try:
                found = first_root(bytes(other))
            except ProofError:
                continue
            raise AssertionError((place, bit, found.publication == publication))


def test_more_roots_than_a_publisher_makes_are_refused() -> None:
    with pytest.raises(ProofError, match="more than"):
        follow_roots(dict.fromkeys(range(1, MOST_ROOTS + 2), b""))
