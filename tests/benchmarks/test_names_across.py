"""Names of one thing in two languages: the halves, what is counted, and how letters that stand together are learned."""

from __future__ import annotations

import pytest

pytest.importorskip("babel")

from benchmarks.names_across import VERDICTS, cldr_names, half, told, unglossed_name
from benchmarks.names_fit import fitted

A, B = ("root", b"a"), ("root", b"b")


def test_a_name_is_in_one_half_whatever_language_it_is_asked_in() -> None:
    names = [english for _, english in cldr_names("ru")]
    assert {half(name) for name in names} == {"develop", "held"}
    assert all(half(name) == half(name) for name in names)
    assert abs(sum(half(name) == "held" for name in names) / len(names) - 0.5) < 0.1


def test_what_tells_a_name_apart_is_left_out() -> None:
    assert [unglossed_name(name) for name in ("Java (language)", "哥伦布（城市）", "Rush")] == [
        "Java",
        "哥伦布",
        "Rush",
    ]


def test_every_verdict_is_one_that_is_counted() -> None:
    found = [told(found, right) for found in (None, A, B) for right in (None, A)]
    assert set(found) == set(VERDICTS)


def test_letters_that_stand_together_are_learned_and_others_are_not() -> None:
    pairs = [("karpo", "carpo"), ("korona", "corona"), ("kit", "cit"), ("rak", "rac"), ("mak", "mac")] * 8
    table, used = fitted(pairs)
    assert used > len(pairs) / 2
    said = {entry[0]: float(entry[1:]) for entry in table["k"].split()}
    assert said["c"] > 1
    assert said["c"] == max(said.values())
