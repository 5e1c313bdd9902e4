"""Which articles are read."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from galactica.search.choosing import NAMES, TURN, Considered, choose_articles, consider
from galactica.search.meant import NearestPassages, Scored
from galactica.search.rank import Candidate
from galactica.search.ranker import Ranker


def weighing(**weights: float) -> Ranker:
    """Adds up features with these weights."""
    names = tuple(weights)
    none, one = np.zeros(len(names), np.float32), np.ones(len(names), np.float32)
    layer = (np.array(list(weights.values()), np.float32)[:, None], np.zeros(1, np.float32))
    return Ranker(features=names, mean=none, scale=one, layers=(layer,), direct=none, known=NAMES)


def worded(*scores: float) -> list[Candidate]:
    return [Candidate(edition=0, row=row, score=score) for row, score in enumerate(scores)]


def near(first: float, passages: int = 1) -> NearestPassages:
    return NearestPassages(first=first, second=first, passages=passages, numbers=(0,))


def rows(found: list[Candidate]) -> list[int]:
    return [candidate.row for candidate in found]


def considered(scores: list[float], nearness: list[float], passages: list[int]) -> Considered:
    both = zip(nearness, passages, strict=True)
    return consider(worded(*scores), (), {(0, row): near(n, p) for row, (n, p) in enumerate(both)}, 2.0)


def test_what_speaks_for_an_article_is_counted_from_the_best_one() -> None:
    found = considered([4.0, 2.0], [0.3, 0.6], [1, 9])
    column = {name: found.features[:, at].tolist() for at, name in enumerate(NAMES)}
    assert column["words_best"] == [1.0, 0.5]
    assert column["words"] == [2.0, 1.0]
    assert np.allclose(column["near_best"], [0.5, 1.0])
    assert np.allclose(column["passages"], np.log([2, 10]))
    assert found.costs.tolist() == [TURN + 1, TURN + 9]


def test_an_article_that_only_meaning_found_is_thought_of_too() -> None:
    meant = [Scored(edition=0, row=7, passage=2, score=0.5), Scored(edition=0, row=0, passage=1, score=0.4)]
    found = consider(worded(3.0), meant, {(0, 0): near(0.4), (0, 7): near(0.5)}, 1.0)
    assert rows(list(found.candidates)) == [0, 7]
    assert found.features[:, NAMES.index("by_words")].tolist() == [1, 0]
    assert found.features[:, NAMES.index("by_meaning")].tolist() == [1, 1]


def test_what_is_not_known_of_an_edition_without_meaning_counts_as_the_mean() -> None:
    found = consider(worded(3.0, 2.0), (), {}, 1.0)
    assert np.isnan(found.features[:, NAMES.index("near")]).all()
    chooser = weighing(near=5.0, passages=-3.0, words_best=1.0)
    assert rows(choose_articles(found, chooser, room=100, most=9, least=1)) == [0, 1]


def test_the_most_promising_come_first_and_every_fourth_is_by_words() -> None:
    found = considered([8.0, 7.0, 6.0, 5.0, 4.0, 3.0], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [1] * 6)
    assert rows(choose_articles(found, weighing(near=1.0), room=1_000, most=6, least=1)) == [5, 4, 3, 0, 2, 1]


def test_long_articles_leave_room_for_fewer() -> None:
    short = considered([1.0] * 9, [0.5] * 9, [5] * 9)
    long = considered([1.0] * 9, [0.5] * 9, [95] * 9)
    assert len(choose_articles(short, weighing(near=1.0), room=100, most=99, least=2)) == 9
    assert len(choose_articles(long, weighing(near=1.0), room=100, most=99, least=2)) == 2


@given(
    st.lists(st.tuples(st.floats(0, 9), st.floats(-1, 1), st.integers(1, 400)), max_size=30),
    st.integers(0, 3_000),
    st.integers(1, 40),
    st.integers(1, 9),
)
def test_none_is_chosen_twice_and_bounds_hold(
    articles: list[tuple[float, float, int]], room: int, most: int, least: int
) -> None:
    scores, nearness, passages = ([each[at] for each in articles] for at in range(3))
    found = consider(
        worded(*scores),
        (),
        {(0, row): near(n, p) for row, (n, p) in enumerate(zip(nearness, passages, strict=True))},
        1,
    )
    chosen = choose_articles(found, weighing(near=1.0, words_best=0.5), room, most, least)
    assert len(set(rows(chosen))) == len(chosen) <= most
    assert len(chosen) >= min(least, most, len(articles))
    if len(chosen) > least:
        assert sum(int(found.costs[row]) for row in rows(chosen)) <= room
