"""What neighbours say of two records: rarely shared ones say much, hubs little, and relations are learned."""

from __future__ import annotations

import numpy as np

from galactica.joining.topics.neighbours import MOST_PAIRS, Neighbours


def links(*rows: tuple[int, int, int]) -> np.ndarray:
    return np.array(rows, np.int64)


def said(neighbours: Neighbours, matched: list[tuple[int, int]], right: int) -> dict[tuple[int, int], float]:
    pairs, bits = neighbours.votes(np.array(matched, np.int64), np.ones(len(matched)))
    return {divmod(pair, right): value for pair, value in zip(pairs.tolist(), bits.tolist(), strict=True)}


def test_a_neighbour_in_common_speaks_for_a_pair_in_both_directions() -> None:
    neighbours = Neighbours((links((0, 0, 1)), links((0, 0, 1))), (3, 3))
    assert set(said(neighbours, [(1, 1)], 3)) == {(0, 0)}
    assert set(said(neighbours, [(0, 0)], 3)) == {(1, 1)}


def test_a_neighbour_that_few_have_says_more_than_a_hub() -> None:
    hub = [(at, 0, 20) for at in range(12)]
    neighbours = Neighbours((links(*hub, (0, 1, 21)), links(*hub, (0, 1, 21))), (30, 30))
    found = said(neighbours, [(20, 20), (21, 21)], 30)
    assert found[0, 0] > 2 * found[1, 1]
    assert found[1, 1] == found[1, 2]


def test_relations_that_known_pairs_have_both_of_say_more() -> None:
    ours = [(at, 0, 50 + at) for at in range(9)] + [(at, 1, 70 + at) for at in range(9)]
    theirs = [(at, 0, 50 + at) for at in range(9)] + [((at + 1) % 9, 1, 70 + at) for at in range(9)]
    neighbours = Neighbours((links(*ours), links(*theirs)), (90, 90))
    known = [(at, at) for at in range(8)] + [
        (58, 58),
        *((50 + at, 50 + at) for at in range(8)),
        *((70 + at, 70 + at) for at in range(9)),
    ]
    found = said(neighbours, known, 90)
    assert found[8, 8] > found[8, 0]


def test_two_links_with_one_neighbour_count_once() -> None:
    once = Neighbours((links((0, 0, 1)), links((0, 0, 1))), (3, 3))
    twice = Neighbours((links((0, 0, 1), (0, 1, 1)), links((0, 0, 1), (0, 1, 1))), (3, 3))
    assert said(twice, [(1, 1)], 3) == said(once, [(1, 1)], 3)


def test_what_too_many_are_linked_with_gives_no_pairs() -> None:
    many = links(*((at, 0, 0) for at in range(1, 1 + int(MOST_PAIRS**0.5) + 1)))
    assert said(Neighbours((many, many), (200, 200)), [(0, 0)], 200) == {}


def test_nothing_is_said_where_nothing_is_linked_or_matched() -> None:
    none = np.zeros((0, 3), np.int64)
    assert said(Neighbours((none, none), (2, 2)), [(0, 0)], 2) == {}
    some = Neighbours((links((0, 0, 1)), links((0, 0, 1))), (2, 2))
    pairs, bits = some.votes(np.zeros((0, 2), np.int64), np.zeros(0))
    assert len(pairs) == len(bits) == 0
    assert some.known(np.zeros((0, 2), np.int64), 0).tolist() == [0.0, 0.0]


def test_what_could_be_said_is_of_matched_neighbours_alone() -> None:
    neighbours = Neighbours((links((0, 0, 1), (0, 0, 2)), links((0, 0, 1))), (3, 3))
    one = neighbours.known(np.array([(1, 1)]), 0)
    both = neighbours.known(np.array([(1, 1), (2, 2)]), 0)
    assert 0 < one[0] < both[0]
    assert one[1] == 0
