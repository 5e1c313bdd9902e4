"""Thresholds against a count by hand: whoever signs, in whatever files, under whatever names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import ProofError
from galactica.spread.trust.chain import follow_roots
from galactica.spread.trust.releases import check_release, sign_release

from ...properties import examples
from .made import ALICE, BOB, CAROL, DAVE, EVE, LINE, Person, follower, release, root, signed, unsigned_root

PEOPLE = (ALICE, BOB, CAROL, DAVE, EVE, LINE)
people = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5, unique=True)
FOREIGN = root((EVE,), 1, title="Another library").publication


@examples(40)
@given(data=st.data(), holders=people)
def test_a_release_is_taken_exactly_where_enough_of_its_keys_have_signed_these_bytes_for_this_publication(
    data: st.DataObject, holders: list[Person]
) -> None:
    threshold = data.draw(st.integers(1, len(holders)))
    chain = root(holders, threshold)
    raw, other = release(1), release(2)
    kinds = {
        "good": (raw, chain.publication),
        "other bytes": (other, chain.publication),
        "foreign": (raw, FOREIGN),
    }
    files = data.draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(sorted(kinds))), max_size=8))
    beside = {
        f"{number:064x}": sign_release(kinds[kind][0], who.secret, kinds[kind][1])
        for number, (who, kind) in enumerate(files)
    }
    counted = {who.name for who, kind in files if kind == "good"} & {each.name for each in holders}
    if len(counted) < threshold:
        with pytest.raises(ProofError, match=f"; {len(counted)} hold"):
            check_release(raw, beside, chain)
    else:
        assert {each.name for each in check_release(raw, beside, chain).signers} == counted


@examples(40)
@given(data=st.data(), steps=st.lists(people, min_size=1, max_size=4))
def test_a_chain_holds_exactly_where_each_step_has_enough_of_the_old_keys_and_of_the_new(
    data: st.DataObject, steps: list[list[Person]]
) -> None:
    before = root(steps[0], 1)
    roots, rule = {1: before.document.raw}, (steps[0], 1)
    holds = True
    for version, holders in enumerate(steps[1:], start=2):
        threshold = data.draw(st.integers(1, len(holders)))
        signers = data.draw(st.lists(st.sampled_from(PEOPLE), max_size=6, unique=True))
        raw = unsigned_root(holders, threshold, version=version, publication=before.publication)
        roots[version] = signed(raw, *signers)
        old, needed = rule
        names = {each.name for each in signers}
        holds &= len(names & {each.name for each in old}) >= needed
        holds &= len(names & {each.name for each in holders}) >= threshold
        rule = holders, threshold
    if holds:
        newest = follow_roots(roots)
        assert (newest.version, newest.threshold) == (len(steps), rule[1])
        assert {each.name for each in newest.release_keys.values()} == {each.name for each in rule[0]}
    else:
        with pytest.raises(ProofError, match="not signed by enough"):
            follow_roots(roots)


def test_a_threshold_of_all_is_not_met_without_the_last() -> None:
    chain = root(PEOPLE, len(PEOPLE))
    raw = release(1)
    beside = {each.name: sign_release(raw, each.secret, chain.publication) for each in PEOPLE}
    assert len(check_release(raw, beside, chain).signers) == len(PEOPLE)
    for each in PEOPLE:
        with pytest.raises(ProofError, match=f"{len(PEOPLE) - 1} hold"):
            check_release(raw, {name: text for name, text in beside.items() if name != each.name}, chain)
    assert follow_roots({1: chain.document.raw, 2: follower(chain, PEOPLE[:1], 1, *PEOPLE)}).version == 2
    with pytest.raises(ProofError, match="1 more must"):
        follow_roots({1: chain.document.raw, 2: follower(chain, PEOPLE[:1], 1, *PEOPLE[:-1])})
