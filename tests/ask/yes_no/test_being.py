"""Yes or no is said where a sentence of the article says or denies just what is asked, with that sentence."""

from __future__ import annotations

import pytest

from tests.ask.yes_no.shelf import holm, told


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


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("Holm was called a thief by Lund.", "was ada holm a thief", ""),
        ("Holm was mistaken for a thief.", "was ada holm a thief", ""),
        ("Holm was elected president of Norra.", "was ada holm president of norra", "Yes"),
        ("Holm was vice president of Norra.", "was ada holm president of norra", ""),
        ("Holm was famous for a Danish novel.", "was ada holm danish", ""),
        ("Holm was as good as a poet.", "was ada holm a poet", ""),
        ("Holm was hardly a poet.", "was ada holm a poet", ""),
        ("Holm was married, her brother a poet.", "was ada holm a poet", ""),
        ("Holm was a friend, Lund a poet.", "was ada holm a poet", ""),
        ("Holm was a friend and a poet.", "was ada holm a poet", "Yes"),
        ("Holm was defeated, president of Norra was Lund.", "was ada holm president of norra", ""),
        ("Holm was opposite Sund, the capital of Norra.", "was ada holm the capital of norra", ""),
        ("Holm was a capital of Norra.", "was ada holm the capital of norra", ""),
        ("Holm was the capital of Norra.", "was ada holm the capital of norra", "Yes"),
        ("Holm was not a member of the Academy at first.", "was ada holm a member of the academy", ""),
        ("Holm was not a member of the Academy.", "was ada holm a member of the academy", "No"),
    ],
)
def test_what_is_said_of_another_or_is_only_a_name_tells_nothing(sentence: str, question: str, answer: str) -> None:
    assert told(question, shelf=holm(sentence)).partition(":")[0] == answer
