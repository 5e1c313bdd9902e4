"""Errors: their words, and that they cross process borders."""

from __future__ import annotations

import pickle

from galactica.errors import InputError


def test_problem_and_remedy_are_told_as_sentences_whether_they_end_in_a_stop_or_not() -> None:
    assert InputError("It is broken", "Mend it: a, b").told == "It is broken. Mend it: a, b."
    assert InputError("It is broken.", "Will you mend it?").told == "It is broken. Will you mend it?"


def test_an_error_is_the_same_in_another_process() -> None:
    copy = pickle.loads(pickle.dumps(InputError("a", "b")))
    assert (type(copy), copy.problem, copy.remedy) == (InputError, "a", "b")
