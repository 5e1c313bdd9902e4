"""What articles that a question names claim, in an edition that is not joined."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from galactica.ask.claimed.ages import age_asked
from galactica.ask.question import read_question
from galactica.library import Library, open_library
from galactica.model import Verdict
from tests.joining.making import built, paragraphs

ARTICLES = {
    "Anna Lindqvist": "Anna Lindqvist (3 May 1850 – 2 April 1920) was a Swedish painter. She was born in Uppsala.",
    "Per Lindqvist": "Per Lindqvist (1 June 1900 – 1 July 1990) was a Swedish chemist. He was born in Lund.",
    "Ole Dahlberg": "Ole Dahlberg (9 March 1849 – 9 March 1920) was a Danish poet. He was born in Odense.",
    "Eva Strand": "Eva Strand (1870 – 1950) was a Danish singer.",
    "Vellum Street": "Vellum Street is a street in the town.",
    "Bramble": "Bramble, in the old sense, is a game of cards for four players, played with two packs. It is quick.",
    "Low Energy Radio": "Low Energy Radio is a way of sending.",
    "LERE": "LERE, abbreviated from Low Energy Radio Exchange, is a way of sending. It is used by ships.",
    "Ostia": "Ostia is a country in Northern Europe. It has an area of 1,200 km2. Its capital is Vik.",
    "Nordia": "Nordia is a country in Northern Europe. It has an area of 9,850 km2.",
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    rows = [(name, name, paragraphs(text)) for name, text in ARTICLES.items()]
    edition = built(tmp_path_factory.mktemp("unjoined"), almanac=rows)
    edition.close()
    with open_library([edition.path]) as library:
        yield library


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the capital of Ostia?", "Vik"),
        ("Where was Anna Lindqvist born?", "Uppsala"),
        ("and where was dahlberg born", "Odense"),
        ("what is bramble", "a game of cards for four players, played with two packs"),
        ("bramble meaning", "a game of cards for four players, played with two packs"),
        ("what does LERE stand for", "Low Energy Radio Exchange"),
        ("Is Nordia bigger than Ostia?", "Yes"),
        ("which is bigger, ostia or nordia", "nordia"),
        ("who was born first, Dahlberg or Anna Lindqvist?", "Dahlberg"),
        ("how old was Anna Lindqvist when she died", "69"),
        ("how old was Dahlberg when he died?", "71"),
    ],
)
def test_what_the_named_articles_claim_is_told(opened: Library, question: str, text: str) -> None:
    found = opened.ask(question, reader="rules")
    assert found.verdict in (Verdict.ANSWERED, Verdict.PROBABLY)
    assert found.text == text
    assert all(each.citations for each in found.statements)


def test_an_age_of_which_the_days_are_not_told_is_not_reckoned(opened: Library) -> None:
    found = opened.ask("how old was Eva Strand when she died", reader="rules")
    assert not found.values
    assert found.text not in ("79", "80")


def test_a_last_name_is_no_name_of_what_is_not_a_person(opened: Library) -> None:
    found = opened.ask("Where was street born?", reader="rules")
    assert "town" not in found.text


def test_two_of_one_last_name_are_not_mixed(opened: Library) -> None:
    found = opened.ask("where was lindqvist born", reader="rules")
    titles = {each.title for statement in found.statements for each in statement.citations}
    assert len(titles) <= 1


@pytest.mark.parametrize(
    ("question", "language", "name"),
    [
        ("How old was Ann Lee when she died?", "en", "Ann Lee"),
        ("at what age did ann lee die", "en", "ann lee"),
        ("安娜去世时多大？", "zh", "安娜"),
        ("Wie alt wurde Ann Lee?", "de", "Ann Lee"),
        ("В каком возрасте умерла Анна Ли?", "ru", "Анна Ли"),
        ("How old is Ann Lee?", "en", ""),
        ("How old was Ann Lee when she married?", "en", ""),
    ],
)
def test_whose_age_at_the_end_is_asked(question: str, language: str, name: str) -> None:
    assert age_asked(read_question(question, language)) == name
