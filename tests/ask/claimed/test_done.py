"""Yes or no is said where a sentence says that the thing does what is asked, has it, or had it done to it."""

from __future__ import annotations

import pytest

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import ClaimsOfArticles
from galactica.ask.claimed.done import done
from galactica.ask.question import read_question
from tests.ask.group.pretended import Pointing, Shelf, article

SHELF = Shelf(
    article(
        "Tarbo",
        "The tarbo is a small marsupial. Tarbos live in Vara. They also commonly eat grass, roots and other plants, as "
        "well as beetles and frogs. Tarbos rarely eat birds. Tarbos eat leaves and avoid spiders. Tarbos do "
        "not eat fish. "
        "Tarbos eat moth larvae. Most tarbos dig tunnels. The friend of tarbos digs wells. The worm has no lungs.\n"
        "Tarbos have no gills. Tarbos possess thick fur. It is a myth that tarbos eat children.",
    ),
    article(
        "Vara",
        'Vara, despite its size, has bridges, canals, and mills. When the "Meru" was built in Vara, it was the '
        "largest ship. Vara had walls. In 1870 Vara joined New Norra. Vara is used to fog.",
    ),
    article(
        "Ida Thorn",
        "Ida Thorn (1850 – 1920) was a painter. Beginning in 1880, Thorn began to work closely with Per Lund. "
        "Thorn, Berg, and Ole Dahl were awarded the Great Prize in 1901. The academy awarded the Small "
        "Medal to a rival. "
        "Unlike most painters, she never married anyone. She might have visited Sund.",
    ),
    article("Per Lund", "Per Lund (1840 – 1899) was a sculptor."),
)


def told(question: str) -> str:
    asked = Asked(question=read_question(question, "en"), holdings=SHELF, reader=Pointing())
    found = done(asked, ClaimsOfArticles(SHELF))
    if found is None:
        return ""
    assert [len(each.citations) for each in found.values] == [1]
    return f"{found.text}: {found.values[0].value}"


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


TALES = Shelf(
    article(
        "Wumo",
        "The wumo is a bird. Wumos do not always eat grain. Wumos do not eat raw fish. Wumos do not merely dig holes. "
        "In the film Norra, wumos have horns. In local mythology, wumos have scales. According to Berg, wumos have "
        "gills. Do wumos have wings? Wumos have zero teeth. Wumos apparently have lungs. Wumos do not eat moss.",
    ),
    article(
        "Ida Thorn",
        "Ida Thorn (1850 – 1920) was a painter. Thorn was to marry Per Lund. Her rival was Eva Berg. She visited Vara. "
        "She lived in Sund.\nShe studied in Norra.",
    ),
    article("Per Lund", "Per Lund was a sculptor."),
)


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
        ("did ida thorn marry per lund", ""),  # she was to
        ("did ida thorn visit vara", ""),  # her rival did
        ("did ida thorn live in sund", ""),
        ("did ida thorn study in norra", "Yes"),
    ],
)
def test_less_than_all_of_it_a_tale_and_the_deed_of_another_tell_nothing(question: str, answer: str) -> None:
    asked = Asked(question=read_question(question, "en"), holdings=TALES, reader=Pointing())
    found = done(asked, ClaimsOfArticles(TALES))
    assert (found.text if found is not None else "") == answer
