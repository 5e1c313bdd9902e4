"""Whose children "they" have, which of two of one name is meant, and how a first sentence says what else a thing is."""

from __future__ import annotations

import pytest

from galactica.claims.sentences.cutting import sentences_in
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.sentences.reading import sentence_claims


def own(title: str, text: str, name: str) -> list[str]:
    """The values of a property that a text claims of its article's thing."""
    claims = sentence_claims(text, source="s", path="p", title=title, language="en")
    return [each.value for each in claims if each.property == name and not each.subject]


def cut(text: str) -> list[str]:
    """The sentences of an English line."""
    words = lexicon("en")
    assert words is not None
    return [text[start:end] for start, end in sentences_in(text, 0, len(text), words)]


MILL = "Ada Mill is an English chemist. "


@pytest.mark.parametrize(
    "text",
    [
        "Mill married Ulf Borg in 1920. They had two sons, Adam and Otto, both of whom left.",
        "Mill married Ulf Borg, with whom she had two sons: Adam (born 1921) and Otto.",
        "She married Ulf Borg in 1920, and they had two sons, Adam and Otto.",
    ],
)
def test_the_children_of_a_couple_are_theirs(text: str) -> None:
    assert own("Ada Mill", MILL + text, "child") == ["Adam", "Otto"]


@pytest.mark.parametrize(
    "text",
    [
        "Mill met the Borgs. They had two sons, Adam and Otto.",
        "Her sister married Ulf Borg. They had two sons, Adam and Otto.",
        "Mill knew a woman who married Ulf Borg, with whom she had two sons, Adam and Otto.",
        "Mill had two sons with her first husband, Ulf.",
    ],
)
def test_the_children_of_another_couple_are_not(text: str) -> None:
    assert own("Ada Mill", MILL + text, "child") == []


def test_children_are_told_in_lists_of_daughters_and_sons() -> None:
    text = MILL + "Mill had three children: two daughters, Eva and Ada, and a son, Karl, born 1920."
    assert own("Ada Mill", text, "child") == ["Eva", "Ada", "Karl"]


def test_who_has_the_same_name_and_is_the_younger_is_somebody_else() -> None:
    begun = "Ulf Borg is a Norwegian judge. "
    assert own("Ulf Borg", begun + "Ulf Borg Jr. was born in Oslo.", "place_of_birth") == []
    assert own("Ulf Borg", begun + "Ulf Borg Jr. is a singer. He was born in Oslo.", "place_of_birth") == []


def test_who_is_the_younger_is_called_so_by_the_own_article() -> None:
    text = "Ulf Adam Borg, Jr. (born 1 May 1920) is a Norwegian judge. Ulf Adam Borg Jr. was born in Oslo."
    assert own("Ulf Borg", text, "place_of_birth") == ["Oslo"]


def test_what_a_first_sentence_calls_a_thing_as_well_is_its_name() -> None:
    text = "Chad, officially the Republic of Chad, is a country. The Republic of Chad has an area of 1284000 km2."
    assert own("Chad", text, "area") == ["1284000"]


def test_adjectives_between_commas_are_not_all_that_a_thing_is() -> None:
    text = "Elm is a small, uninhabited island. The island has an area of 12 km2."
    assert own("Elm", text, "area") == ["12"]


def test_one_of_twelve_provinces_is_a_province() -> None:
    text = "Elm is the southernmost of the 12 provinces of Norway. The province has an area of 12 km2."
    assert own("Elm", text, "area") == ["12"]


def test_a_sentence_does_not_end_inside_a_bracket() -> None:
    assert cut("Leo XX (Latin: Leo; ca. 1106 – 1198) was a pope. He died.") == [
        "Leo XX (Latin: Leo; ca. 1106 – 1198) was a pope.",
        "He died.",
    ]
    assert cut("He left (see below. It was late.") == ["He left (see below.", "It was late."]


def test_a_sentence_ends_behind_a_bearing() -> None:
    assert cut("It lies between 6° and 19° E. To the north it borders Chad.") == [
        "It lies between 6° and 19° E.",
        "To the north it borders Chad.",
    ]


def test_a_place_is_told_with_what_it_lies_in() -> None:
    text = MILL + "Mill was born in Elm, a small town in the Oak region of the former Soviet Union."
    assert own("Ada Mill", text, "place_of_birth") == ["Elm", "Oak", "Soviet Union"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("It was released on 3 May 1991.", ["1991", "1991-05-03"]),
        ("It was released in North America on 17 March 1993.", ["1991"]),
    ],
)
def test_a_release_after_the_year_of_a_work_is_a_later_one(text: str, years: list[str]) -> None:
    assert own("Red Dawn", "Red Dawn is a 1991 film. " + text, "published") == years


def test_the_year_of_an_article_is_not_that_of_another_work() -> None:
    text = "Red Dawn is a 1991 film. Blue Dusk was released on 3 May 1995."
    claims = sentence_claims(text, source="s", path="p", title="Red Dawn", language="en")
    assert [each.value for each in claims if each.subject == "Blue Dusk"] == ["1995-05-03"]
