"""Yes or no is said where a sentence of the article says or denies just what is asked, with that sentence."""

from __future__ import annotations

import pytest

from tests.ask.yes_no.shelf import told


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is a tarbo a marsupial", "Yes: The tarbo is a small marsupial from the family Tarbidae."),
        ("are tarbos nocturnal?", "Yes: It is nocturnal due to its prey."),
        ("are tarbos rodents", "No: Tarbos are not rodents."),
        ("do tarbos build nests", "Yes: Tarbos build nests."),
        ("was ida thorn danish", "Yes: Ida Thorn (1850 – 1920) was a Danish painter and poet."),
        ("is kelo a planet", "No: Kelo is a dwarf planet."),
        ("was ida thorn a poet", "Yes: Ida Thorn (1850 – 1920) was a Danish painter and poet."),
    ],
)
def test_a_sentence_that_says_so_is_quoted(question: str, answer: str) -> None:
    assert told(question) == answer


def test_what_is_the_only_one_may_be_a_member_of_a_list() -> None:
    assert told("is vara the capital of aldova").startswith(
        "Yes: Vara, officially the Free City of Vara, is a large city"
    )


@pytest.mark.parametrize(
    "question",
    [
        "is a tarbo a rodent family",
        "is a tarbo a climber",  # "not always" is neither
        "is a tarbo a swimmer",  # it may be one
        "is a tarbo a family",  # it is from one
        "is vara the capital of sund",  # it was
        "is vara the capital of norra",  # of New Norra
        "is ida thorn a painter",  # she was one
        "was ida thorn a spy",
        "is kelo a country",  # one sentence says so, another one denies it
        "is a tarbo or a kelo a marsupial",
        "was ada holm a queen",  # in a novel
        "what is a tarbo",
    ],
)
def test_of_anything_else_nothing_is_told(question: str) -> None:
    assert told(question) == ""
