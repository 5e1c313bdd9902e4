"""Names as they are typed in a hurry, in lower case, in the plural, with initials, are those of articles."""

from __future__ import annotations

import pytest

from galactica.ask.base_forms import as_titled, singular_forms, with_initials, with_roman_number
from galactica.ask.named import named_in
from galactica.ask.question import read_question

from .group.pretended import Shelf, article

SHELF = Shelf(
    article("Koala", "The koala is an animal."),
    article("Fox", "Foxes are animals."),
    article("Nile", "The Nile is a river."),
    article("Eat", "Eat is a word."),
    article("Country", "A country is a region."),
    article("C. S. Marsh", "C. S. Marsh was a writer."),
    article("Osric II", "Osric II was a king."),
)


def names(question: str, language: str = "en") -> list[str]:
    found = named_in(read_question(question, language), SHELF.titled)
    pages = (SHELF.page(*each.place) for each in found)
    return [page.article.title for page in pages if page is not None]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("how long do koalas sleep", ["Koala"]),
        ("are foxes clever", ["Fox"]),
        ("how long is the nile", ["Nile"]),
        ("what do koalas eat", ["Koala"]),  # what they do is no name, though there is an article of that name
        ("which countries have koalas", ["Koala"]),
        ("where was c.s. marsh born", ["C. S. Marsh"]),
        ("where was c s marsh born", ["C. S. Marsh"]),
        ("who was c.s. marsh's father", ["C. S. Marsh"]),
        ("where was osric the second born", ["Osric II"]),
        ("what was osric the second's name", ["Osric II"]),
    ],
)
def test_a_name_is_known_as_it_is_typed(question: str, found: list[str]) -> None:
    assert names(question) == found


def test_an_ordinal_behind_a_name_is_a_number_of_titles() -> None:
    assert with_roman_number("Osric the Fourteenth", "en") == ("Osric XIV",)
    assert with_roman_number("the fourteenth", "en") == ()
    assert with_roman_number("osric der vierte", "de") == ()


def test_nothing_is_guessed_of_names_with_capitals_or_in_languages_without_plurals() -> None:
    assert as_titled("Koalas", "en") == ()
    assert singular_forms("koalas", "zh") == ()
    assert singular_forms("Kinder", "de") == ()


@pytest.mark.parametrize(
    ("several", "one"), [("berries", "berry"), ("wolves", "wolf"), ("mice", "mouse"), ("great apes", "great ape")]
)
def test_what_several_are_called_leads_to_one(several: str, one: str) -> None:
    assert one in singular_forms(several, "en")


def test_initials_are_written_as_titles_have_them() -> None:
    assert with_initials("c.s. lewis") == with_initials("c s lewis") == ("C. S. lewis",)
    assert with_initials("clive lewis") == ()
