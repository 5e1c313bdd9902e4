"""Values that are made when they are first looked up."""

import pytest

from galactica.codes.on_demand import OnDemand


def test_a_value_is_made_when_it_is_looked_up_and_once() -> None:
    made: list[str] = []

    def make(name: str) -> int:
        made.append(name)
        return len(name)

    several = OnDemand(("one", "three", "one"), make)
    assert (list(several), len(several), "three" in several, made) == (["one", "three"], 2, True, [])
    assert several["three"] == 5
    assert several["three"] == 5
    assert made == ["three"]
    assert dict(several) == {"one": 3, "three": 5}


def test_a_key_that_is_none_of_them_is_missing() -> None:
    several = OnDemand(("one",), len)
    assert several.get("two") is None
    with pytest.raises(KeyError):
        several["two"]


def test_what_making_raises_is_raised_each_time() -> None:
    several = OnDemand(("one",), int)
    for _ in range(2):
        with pytest.raises(ValueError, match="one"):
            several["one"]
