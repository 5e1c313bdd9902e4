"""Two sides are matched by names, and by neighbours where names say nothing."""

from __future__ import annotations

import numpy as np

from galactica.joining.topics.aligning import Alignment, Vectors, nearest_names, of_length_one

MANY = 240
NAMED = 160
"""Records whose names are near on both sides; the others' are not."""


def sides(seed: int = 3) -> tuple[list[list[Vectors]], tuple[np.ndarray, np.ndarray]]:
    """Record n of one side is record n of the other; each is linked with three others."""
    rng = np.random.default_rng(seed)
    names = rng.standard_normal((MANY, 256)).astype(np.float32)
    others = names + 0.3 * rng.standard_normal(names.shape).astype(np.float32)
    others[NAMED:] = rng.standard_normal((MANY - NAMED, 256))
    kinds = [
        [of_length_one(names), of_length_one(others)],
        [of_length_one(names[:, :160]), of_length_one(others[:, :160])],
    ]
    links = np.array([(at, step % 2, (7 * at + step) % MANY) for at in range(MANY) for step in (1, 50, 93)], np.int64)
    return kinds, (links, links.copy())


def right(alignment: Alignment, of: range) -> int:
    return sum(low == high for low, high in alignment.matched.tolist() if low in of)


def test_what_names_do_not_say_neighbours_do() -> None:
    alignment = Alignment(*sides())
    alignment.advance()
    assert right(alignment, range(NAMED)) > 0.9 * NAMED
    assert right(alignment, range(NAMED, MANY)) < 8
    for _ in range(4):
        alignment.advance()
    assert right(alignment, range(NAMED)) > 0.9 * NAMED
    assert right(alignment, range(NAMED, MANY)) > 0.5 * (MANY - NAMED)
    assert len(alignment.matched) == len({low for low, _ in alignment.matched.tolist()}) <= MANY


def test_the_same_sides_are_matched_alike() -> None:
    found = []
    for _ in range(2):
        alignment = Alignment(*sides())
        alignment.advance()
        alignment.advance()
        found.append((alignment.pairs.tolist(), alignment.worth.tolist(), alignment.matched.tolist()))
    assert found[0] == found[1]


def test_records_without_links_are_matched_by_their_names() -> None:
    kinds, _ = sides()
    none = np.zeros((0, 3), np.int64)
    alignment = Alignment(kinds, (none, none))
    alignment.advance()
    alignment.advance()
    assert right(alignment, range(NAMED)) > 0.9 * NAMED


def test_the_nearest_of_either_side_are_candidates() -> None:
    (one, other), _ = sides()[0]
    pairs, means = nearest_names(one, other)
    assert {at * MANY + at for at in range(NAMED)} <= set(pairs.tolist())
    assert means[0].shape == means[1].shape == (MANY,)


def test_few_records_and_names_of_nothing_are_no_fault() -> None:
    one, other = np.eye(3, 4, dtype=np.float32), np.zeros((2, 4), np.float32)
    none = np.zeros((0, 3), np.int64)
    alignment = Alignment([[one, other], [one, other]], (none, none))
    alignment.advance()
    alignment.advance()
    assert len(alignment.matched) <= 2
