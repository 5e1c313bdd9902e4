"""Other ways in which sentences say yes or no: turned round, with "which", by what a thing is a kind of or lacks."""

from __future__ import annotations

import pytest

from tests.ask.yes_no.shelf import MORE, told


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("do bees make honey", "Yes: Honey is a sweet food made by bees"),  # turned round
        ("did karl reed invade norra", "Yes: On 12 June 1812"),  # in an article that is found
        ("was norra invaded by karl reed", "Yes: On 12 June 1812"),
        ("does pelo have moons", "No: Eclipses are impossible"),  # "which"
        ("does mora have moons", ""),  # nearer to another name
        ("does karo have ice", ""),  # its moon has
        ("does zinka have a colour", ""),  # all except
        ("is zinka a nonmetal", "No: Zinka is a metal."),  # another kind
        ("is zinka a metal", "Yes: Zinka is a metal."),
        ("are bees insects", "Yes: Many insects, such as ants and bees"),  # such as
        ("are lizards reptiles", "Yes: Reptiles, including"),
        ("are kites raptors", "Yes: Kites and other raptors"),
        ("are raptors insects", ""),
        ("can mowas fly", "No: The mowa is a flightless bird."),
        ("can mowas swim", "No: Mowas cannot swim."),
        ("are mowas geese", "No: Mowas are often called geese"),  # "not geese"
        ("do mowas eat moss", "Yes: The mowa is a bird that eats moss."),
        ("is mowa spoken in vara", "Yes: Mowa is a word spoken"),
        ("do mowas have nests", ""),  # no known ones of mud
        ("is vara in aldova", "Yes: Vara is a city in the state of Aldova"),
        ("is vara in sund", "Yes: Vara is a city"),
        ("does norra have mills", ""),  # "Norra, Vara has": whose, is not told
        ("is vara the largest port", ""),  # "Vara, Norra is"
        ("is sund bordered by vara", "Yes: Sund is bordered by Norra in the west"),
        ("does vara border sund", "Yes: Sund is bordered by Norra in the west"),
        ("was vara burned by sund", ""),  # Norra was
        ("is sund a country", ""),  # nothing that excludes it
    ],
)
def test_ways_of_telling(question: str, answer: str) -> None:
    found = told(question, shelf=MORE)
    assert found.startswith(answer) if answer else not found, found
