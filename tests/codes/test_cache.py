"""What was made is kept as long as it weighs little enough; the least used goes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.cache import Cache, one


def test_a_value_is_made_once_and_the_least_used_goes_first() -> None:
    cache = Cache(2)
    made: list[str] = []

    def get(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key.upper()

        return cache.get(key, make, one)

    assert [get(key) for key in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]


def test_nothing_is_not_kept() -> None:
    cache = Cache(2)
    answers = iter([None, "later"])
    assert cache.get("a", lambda: next(answers), one) is None
    assert cache.get("a", lambda: next(answers), one) == "later"


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30)), max_size=60), st.integers(1, 40))
def test_what_is_kept_is_bounded_but_for_the_newest(asked: list[tuple[int, int]], limit: int) -> None:
    cache = Cache(limit)
    weights: dict[int, int] = {}
    for key, weight in asked:
        weights.setdefault(key, weight)
        assert cache.get(key, lambda key=key: f"value {key}", lambda _, key=key: weights[key]) == f"value {key}"  # type: ignore[misc]
        held = [key for key in weights if key in cache._values]  # what is kept cannot be seen otherwise
        assert sum(weights[key] for key in held) <= limit or len(held) == 1
