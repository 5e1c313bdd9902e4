"""Things of one name are told apart by what differs, and by no more."""

from __future__ import annotations

from galactica.model.apart import apart


def test_a_name_that_stands_once_needs_nothing() -> None:
    assert apart([("Mercury", ("English", "Atlas")), ("Venus", ("English", "Atlas"))]) == [(), ()]


def test_only_what_differs_is_shown_and_no_more_than_is_needed() -> None:
    things = [
        ("Mercury", ("English", "Planets", "one", "p/1")),
        ("Mercury", ("English", "Elements", "one", "e/80")),
        ("Rain", ("English", "Weather", "one", "w/1")),
    ]
    assert apart(things) == [("Planets",), ("Elements",), ()]


def test_where_one_fact_is_not_enough_the_next_is_added() -> None:
    things = [
        ("Java", ("English", "Islands", "a/1")),
        ("Java", ("English", "Coffee", "b/1")),
        ("Java", ("Deutsch", "Coffee", "b/2")),
    ]
    assert apart(things) == [("English", "Islands"), ("English", "Coffee"), ("Deutsch", "Coffee")]


def test_what_differs_in_nothing_stays_as_it_is() -> None:
    assert apart([("Ice", ("English",)), ("Ice", ("English",))]) == [(), ()]
    assert apart([]) == []
