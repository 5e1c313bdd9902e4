"""Weights, blocks, neighbours, clusters: the half that knows no encyclopedia."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

from galactica.joining.topics import blocking, pairing
from galactica.joining.topics.blocking import MOST_SHARING, SharedKeys, shared_key
from galactica.joining.topics.clustering import TopicEdge, clustered, undecided
from galactica.joining.topics.gathering import SLOTS, states_of_others
from galactica.joining.topics.learning import Pattern, Weights, learned_weights, probability
from galactica.joining.topics.nearest import nearest_pairs
from galactica.joining.topics.thing import Thing
from galactica.model import Source

BEGUN = Weights(share=0.1, same=((0.7, 0.2, 0.1), (0.6, 0.4)), other=((0.2, 0.3, 0.5), (0.4, 0.6)))


def nothing(low: int, high: int) -> str:
    return ""


def test_weights_are_learned_without_labels_where_two_kinds_of_pairs_are_mixed() -> None:
    rng = np.random.default_rng(3)
    begun = Weights(share=0.1, same=(*BEGUN.same, (0.6, 0.4)), other=(*BEGUN.other, (0.4, 0.6)))
    pairs: Counter[tuple[int, ...]] = Counter()
    apart: Counter[tuple[int, ...]] = Counter()
    for same, count in ((True, 900), (False, 9_000)):
        chances = ((0.9, 0.08, 0.02), (0.95, 0.05)) if same else ((0.01, 0.09, 0.9), (0.05, 0.95))
        fields = [rng.choice(len(each), size=count, p=each).tolist() for each in (*chances, chances[1])]
        pairs.update(zip(*fields, strict=True))
        if not same:
            apart.update(zip(*fields, strict=True))
    found = learned_weights(pairs, apart, 9_900, begun, strength=20)
    assert abs(found.share - 900 / 9_900) < 0.02
    assert abs(found.same[0][0] - 0.9) < 0.05
    assert abs(found.other[0][0] - 0.01) < 0.01
    assert found.of((0, 0, 0))[0] > 5_000
    assert found.of((2, -1, -1))[1] == 0


def test_pairs_that_nobody_compared_make_each_pair_less_likely() -> None:
    few = learned_weights({(0, 0): 50.0}, {(2, 1): 900.0}, 1_000, BEGUN)
    many = learned_weights({(0, 0): 50.0}, {(2, 1): 900.0}, 1_000_000, BEGUN)
    assert many.before < few.before


def test_a_nearer_level_is_never_worth_less_than_a_farther_one() -> None:
    seen: dict[Pattern, float] = {(2, 0): 500.0, (0, 1): 400.0, (1, 1): 300.0, (2, 1): 100.0}
    found = learned_weights(seen, seen, 10_000, BEGUN, strength=1)
    bits = [found.of((level, -1))[0] for level in range(3)]
    assert bits == sorted(bits, reverse=True)


def test_nothing_is_learned_of_nothing() -> None:
    assert learned_weights({}, {}, 10, BEGUN) is BEGUN
    assert probability(0) == 0.5


def test_the_order_of_pairs_changes_nothing() -> None:
    rows: list[tuple[Pattern, float]] = [((0, 0), 3.0), ((1, 0), 5.0), ((2, 1), 70.0)]
    there, back = dict(rows), dict(reversed(rows))
    assert learned_weights(there, back, 900, BEGUN) == learned_weights(back, there, 900, BEGUN)


def test_records_that_share_a_key_make_a_pair_once(tmp_path: Path) -> None:
    blocks = SharedKeys(tmp_path)
    blocks.add(4, {shared_key("name", "a"), shared_key("word", "b")})
    blocks.add(2, {shared_key("name", "a"), shared_key("word", "b")})
    blocks.add(3, {shared_key("word", "b")})
    blocks.add_pairs(np.array([[9, 2], [5, 5]], np.int64))
    found = [tuple(pair) for part in blocks.pairs() for pair in part.tolist()]
    assert sorted(found) == [(2, 3), (2, 4), (2, 9), (3, 4)]


def test_a_key_that_too_many_have_makes_no_pairs_and_is_counted(tmp_path: Path) -> None:
    blocks = SharedKeys(tmp_path)
    for row in range(MOST_SHARING + 1):
        blocks.add(row, {shared_key("name", "same")})
    assert [len(part) for part in blocks.pairs()] == []
    assert blocks.crowded == 1


def test_keys_are_written_before_there_are_too_many(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(blocking, "WAITING", 2)
    blocks = SharedKeys(tmp_path)
    for row in range(10):
        blocks.add(row, {shared_key("name", str(row % 5))})
    found = [tuple(pair) for part in blocks.pairs() for pair in part.tolist()]
    assert sorted(found) == [(row, row + 5) for row in range(5)]


def near(vectors: np.ndarray, sides: np.ndarray) -> list[tuple[int, ...]]:
    """The pairs that are nearest, once or more."""
    parts = nearest_pairs(vectors.astype(np.int8), sides, most=1, least=0.8)
    return [tuple(pair) for part in parts for pair in part.tolist()]


def test_vectors_that_are_near_are_found_by_trees_as_by_comparing_all(monkeypatch) -> None:
    rng = np.random.default_rng(5)
    centres = rng.integers(-100, 100, (300, 32))
    vectors = np.repeat(centres, 2, axis=0) + rng.integers(-5, 5, (600, 32))
    sides = np.tile([0, 1], 300).astype(np.int64)
    wanted = {(2 * at, 2 * at + 1) for at in range(300)}
    whole = set(near(vectors, sides))
    assert whole == wanted
    monkeypatch.setattr("galactica.joining.topics.nearest.EXACT", 10)
    trees = set(near(vectors, sides))
    assert len(trees & wanted) > 280


def test_a_vector_of_zeros_is_near_to_nothing() -> None:
    assert not any(map(len, nearest_pairs(np.zeros((3, 8), np.int8), np.arange(3))))


def test_of_two_records_of_one_source_that_are_as_near_neither_is_joined() -> None:
    edges = [
        TopicEdge(bits=9_000, low=0, high=1),
        TopicEdge(bits=8_500, low=0, high=2),
        TopicEdge(bits=9_000, low=3, high=4),
    ]
    found = undecided(edges, [0, 1, 1, 0, 1], 1_000)
    assert found == {(0, 1): "undecided", (0, 2): "undecided"}
    assert undecided(edges, [0, 1, 1, 0, 1], 100) == {(0, 2): "another is nearer"}


def test_no_chain_joins_two_records_of_one_source() -> None:
    edges = [TopicEdge(bits=9_000, low=0, high=1), TopicEdge(bits=8_000, low=1, high=2)]
    found = clustered(edges, [0, 1, 0], nothing)
    assert found.clusters == ((0, 1),)
    assert found.refused == {(1, 2): "one of a source"}


def test_no_chain_joins_what_is_forbidden() -> None:
    edges = [TopicEdge(bits=9_000, low=0, high=1), TopicEdge(bits=8_000, low=1, high=2)]
    found = clustered(edges, [-1, -1, -1], lambda low, high: "parted" if (low, high) == (0, 2) else "")
    assert found.clusters == ((0, 1),)
    assert found.refused == {(1, 2): "parted"}


def test_one_likely_pair_does_not_join_clusters_whose_other_pairs_are_against_it() -> None:
    first, second = range(5), range(5, 10)
    inside = [(a, b) for rows in (first, second) for a in rows for b in rows if a < b]
    worth = dict.fromkeys(inside, 9_000) | {(a, b): -3_000 for a in first for b in second} | {(4, 5): 5_000}
    edges = [TopicEdge(bits=bits, low=a, high=b) for (a, b), bits in worth.items() if bits >= 0]
    assert len(clustered(edges, [-1] * 10, nothing).clusters) == 1
    found = clustered(edges, [-1] * 10, nothing, compared=worth)
    assert found.clusters == (tuple(first), tuple(second))
    assert found.refused[4, 5] == "most of their pairs are against it"


def test_what_a_person_joins_is_joined_first() -> None:
    found = clustered([TopicEdge(bits=9_000, low=0, high=1)], [0, 1, 0], nothing, [(0, 2)])
    assert found.clusters == ((0, 2),) or found.clusters == ((0, 1, 2),)
    assert any({0, 2} <= set(rows) for rows in found.clusters)


def test_another_state_of_a_source_is_told_by_title_format_and_address() -> None:
    first = Source(key="a", title="Almanac", format="factbook", language="en", url="https://almanac.example/")
    later, unplaced, other = (
        replace(first, key="b"),
        replace(first, key="c", url=""),
        replace(first, key="d", title="B"),
    )
    assert states_of_others([first, later, unplaced, other]) == {"b"}


def test_the_rarest_words_are_keys_by_themselves_until_they_stand_in_too_many_articles(monkeypatch) -> None:
    monkeypatch.setattr(pairing, "MOST_MARKED", 20)
    counts = {1: 3, 2: 7, 3: 10, 4: 11, 5: 12}
    words = np.zeros(SLOTS, np.uint32)
    words[list(counts)] = list(counts.values())
    rarity = tuple(200 - count for count in counts.values())
    found = pairing.keys_of_thing(
        Thing(source="s", path="p", title="t", language="en", marks=tuple(counts), rarity=rarity),
        np.zeros(SLOTS, np.uint32),
        words,
    )
    assert [mark for mark in counts if shared_key("mark", str(mark)) in found] == [1, 2, 3]
    assert all(shared_key("marks", str(one), str(other)) in found for one, other in combinations(counts, 2))
