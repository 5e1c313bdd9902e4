"""Yes or no is said where a sentence says that the thing does what is asked, has it, or had it done to it."""

from __future__ import annotations

import pytest

from tests.ask.yes_no.shelf import holm, told


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("do tarbos eat beetles", "Yes: They also commonly eat grass"),
        ("does a tarbo eat frogs?", "Yes: They also commonly eat grass"),
        ("do tarbos eat fish", "No: Tarbos do not eat fish."),
        ("do tarbos have gills", "No: Tarbos have no gills."),
        ("do tarbos have fur", "Yes: Tarbos possess thick fur."),
        ("are there mills in vara", "Yes: Vara, despite its size"),
        ("was the meru built in vara", 'Yes: When the "Meru" was built'),
        ("did ida thorn work with per lund", "Yes: Beginning in 1880, Thorn began to work"),
        ("did vara join new norra", "Yes: On 1 May 1870 Vara joined New Norra."),  # May is a month
        ("did ida thorn win the great prize", "Yes: Thorn, Berg, and Ole Dahl were awarded"),
    ],
)
def test_a_sentence_that_says_so_is_quoted(question: str, answer: str) -> None:
    assert told(question).startswith(answer)


@pytest.mark.parametrize(
    "question",
    [
        "do tarbos eat birds",  # rarely
        "do tarbos eat spiders",  # they avoid them
        "do tarbos eat moths",  # their larvae
        "do tarbos eat plants in vara",  # each by itself
        "do tarbos dig tunnels",  # most do
        "do tarbos dig wells",  # their friend does
        "do tarbos eat children",  # a tale
        "does vara have walls",  # it had
        "did vara join norra",  # New Norra
        "did ida thorn win the small medal",  # somebody else did
        "did ida thorn visit sund",  # she might have
        "do tarbos eat beetles or frogs",
        "what do tarbos eat",
    ],
)
def test_of_anything_else_nothing_is_told(question: str) -> None:
    assert told(question) == ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("do wumos eat grain", ""),  # not always
        ("do wumos eat fish", ""),  # not raw
        ("do wumos eat moss", "No"),
        ("do wumos dig holes", ""),  # not merely
        ("do wumos have horns", ""),  # in a film
        ("do wumos have scales", ""),
        ("do wumos have gills", ""),
        ("do wumos have wings", ""),  # that is a question
        ("do wumos have teeth", ""),
        ("do wumos have lungs", ""),
        ("did ada holm marry per lund", ""),  # she was to
        ("did ada holm visit vara", ""),  # her rival did
        ("did ada holm live in sund", ""),
        ("did ada holm study in norra", "Yes"),
    ],
)
def test_less_than_all_of_it_a_tale_and_the_deed_of_another_tell_nothing(question: str, answer: str) -> None:
    assert told(question).partition(":")[0] == answer


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("Holm painted kings, the Dahl painted queens.", "did ada holm paint queens", ""),
        ("Holm painted kings, Dahl queens.", "did ada holm paint queens", ""),
        ("Holm painted kings, their enemies queens.", "did ada holm paint queens", ""),
        ("Holm painted kings, Danish and other queens.", "did ada holm paint kings", "Yes"),
        ("Holm won medals, the Great Prize was won by Lund.", "did ada holm win the great prize", ""),
        ("Critics of Lund and Holm visited Paris.", "did ada holm visit paris", ""),
        ("Lund and Holm visited Paris.", "did ada holm visit paris", "Yes"),
        ("In May 1880, Holm visited Paris.", "did ada holm visit paris", "Yes"),
        ("Lund beat Berg, Holm, and Dahl and won the Great Prize.", "did ada holm win the great prize", ""),
        ("Lund, Holm, and Dahl won the Great Prize.", "did ada holm win the great prize", "Yes"),
        ("After Holm, Berg also won the Great Prize.", "did ada holm win the great prize", ""),
        ("After Holm and Lund, Berg won the Great Prize.", "did ada holm win the great prize", ""),
        ("Having beaten Berg, Holm, Dahl won the Great Prize.", "did ada holm win the great prize", ""),
        ("Holm never visited Paris again.", "did ada holm visit paris", ""),
        ("Holm never visited Paris.", "did ada holm visit paris", "No"),
        ("Paris was destroyed by fire, rebuilt by Lund.", "was paris destroyed by lund", ""),
        ("Holm went to kill Berg.", "did ada holm kill berg", ""),
        ("Holm continued to visit Paris.", "did ada holm visit paris", "Yes"),
    ],
)
def test_what_another_does_in_the_same_sentence_tells_nothing(sentence: str, question: str, answer: str) -> None:
    assert told(question, shelf=holm(sentence)).partition(":")[0] == answer
