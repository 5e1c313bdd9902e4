"""A question in another language than the library's is put to it in its own, where it is understood wholly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from galactica.ask.across import across
from galactica.ask.asked import Asked
from galactica.ask.finding import searched_for, speaks_of_named, worth_reading
from galactica.ask.question import read_question
from galactica.ask.sought import question_language

from .group.pretended import Glancing, Pointing, Shelf, article

ENGLISH = Shelf(
    article("Ludwig van Beethoven", "Ludwig van Beethoven (17 December 1770 – 26 March 1827) was a composer."),
    article("Octopus", "An octopus has three hearts."),
    article("Moby-Dick", "Moby-Dick is a novel by Herman Melville."),
    article("Finland", "Finland is a country. Its capital is Helsinki."),
    article("Vienna", "Vienna is a city."),
    article("Piano", "The piano is an instrument. A piano has keys."),
    article("Eiffel Tower", "The Eiffel Tower is a tower in Paris."),
    article("Dynamite", "Dynamite is an explosive. Most dynamite was made by Nobel."),
    article("Polvo", "Polvo is a band."),
    article("Vara", "Vara is a town.", aliases=("Вара",)),
    article("Mercury (planet)", "Mercury is a planet."),
    article("Ada Norrby", "Ada Norrby (1 May 1850 – 2 June 1920) was a painter."),
)
CHINESE = Shelf(article("贝多芬", "贝多芬是作曲家。", language="zh"))


def asked(question: str, shelf: Shelf = ENGLISH) -> Asked:
    language = question_language(question, shelf.languages)
    return Asked(question=read_question(question, language), holdings=shelf, reader=Pointing())


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("贝多芬是什么时候去世的", "when did Ludwig van Beethoven die"),
        ("Когда умер Бетховен?", "when did Ludwig van Beethoven die"),
        ("ベートーヴェンはいつ死んだの", "when did Ludwig van Beethoven die"),
        ("متى مات بيتهوفن", "when did Ludwig van Beethoven die"),
        ("बीथोवेन की मृत्यु कब हुई", "when did Ludwig van Beethoven die"),
        ("quand est mort beethoven", "when did Ludwig van Beethoven die"),
        ("Beethoven ne zaman öldü", "when did Ludwig van Beethoven die"),
        ("《白鯨記》是誰寫的", "who wrote Moby-Dick"),
        ("Quem escreveu Moby Dick?", "who wrote Moby-Dick"),
        ("Nani aliandika Moby Dick?", "who wrote Moby-Dick"),
        ("Siapa penulis Moby Dick?", "who wrote Moby-Dick"),
        ("谁发明了钢琴", "who invented the piano"),
        ("من اخترع الديناميت", "who invented dynamite"),
        ("Какова высота Эйфелевой башни?", "how high is the Eiffel Tower"),
        ("Wo wurde Norrby geboren?", "where was Ada Norrby born"),
        ("Сколько жителей в Варе?", "what is the population of Vara"),
    ],
)
def test_what_is_understood_wholly_is_asked_in_the_librarys_language(question: str, put: str) -> None:
    found = across(asked(question)).question
    assert (found.text, found.language) == (put, "en")


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("Was ist die Hauptstadt von Finnland?", "what is the capital of Finland"),
        ("芬兰的首都是哪里", "what is the capital of Finland"),
        ("フィンランドの首都はどこ", "what is the capital of Finland"),
        ("quantos habitantes tem viena?", "what is the population of Vienna"),
        ("Wie viele Einwohner hat Wien?", "what is the population of Vienna"),
        ("Mit wie vielen Ländern hat Finnland eine gemeinsame Grenze?", "how many countries border Finland"),
        ("有多少国家与芬兰接壤？", "how many countries border Finland"),
    ],
)
def test_countries_and_cities_are_called_as_the_locale_data_say(question: str, put: str) -> None:
    pytest.importorskip("babel")
    assert across(asked(question)).question.text == put


def test_an_english_question_is_put_to_a_chinese_library_in_chinese() -> None:
    found = across(asked("When did Ludwig van Beethoven die?", CHINESE)).question
    assert (found.text, found.language) == ("贝多芬是什么时候去世的", "zh")


@pytest.mark.parametrize(
    "question",
    [
        "When did Beethoven die?",  # in the library's language
        "章鱼有几个心脏",  # more than a thing and a property
        "贝多芬和莫扎特是什么时候去世的",  # of two things
        "Wann starb niemand?",  # of nothing that is here
        "qwrt zxcv",
        "",
    ],
)
def test_what_is_not_understood_wholly_stays_as_it_was_typed(question: str) -> None:
    before = asked(question)
    assert across(before).question is before.question


def test_what_would_be_read_as_something_else_stays_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = asked("Когда умер Бетховен?")
    monkeypatch.setattr("galactica.ask.across._patterns", lambda: {"died": {"en": "the last day of ~"}})
    assert across(before).question is before.question


def test_a_library_that_has_the_language_is_asked_in_it() -> None:
    both = Shelf(article("Octopus", "An octopus."), article("Finnland", "Ein Land.", language="de"))
    before = asked("Was ist die Hauptstadt von Finnland?", both)
    assert across(before) is before


def test_a_name_that_is_another_thing_in_the_librarys_language_is_that_of_the_questions() -> None:
    assert [each.name for each in asked("quantos corações tem um polvo").names] == ["Octopus"]
    assert [each.name for each in asked("who is in polvo").names] == ["polvo"]


def test_what_tells_a_title_from_others_is_kept_where_it_is_not_found_without() -> None:
    assert across(asked("水星为什么热")).here == ("Mercury (planet)",)


def test_names_are_searched_for_by_what_the_library_calls_them() -> None:
    question = across(asked("章鱼有几个心脏"))
    assert (question.here, question.worded) == (("Octopus",), "Octopus 有几个心脏")
    assert [hit.title for hit in searched_for(question)] == ["Octopus"]
    assert ("meaning", "Octopus 有几个心脏") in ENGLISH.searches
    assert across(asked("how many hearts has an octopus")).here == ()


@pytest.mark.parametrize(
    ("here", "title", "text", "speaks"),
    [
        ("Octopus", "Animals", "Two octopuses were seen.", True),
        ("Octopus", "Octopus", "It has three hearts.", True),
        ("Octopus", "Heart", "Fish have a two-chambered heart.", False),
        ("Ludwig van Beethoven", "Bonn", "Beethoven was born here.", True),
        ("", "Heart", "Fish have one.", True),
    ],
)
def test_a_passage_speaks_of_what_it_or_its_title_names(here: str, title: str, text: str, speaks: bool) -> None:
    (hit,) = Shelf(article(title, text)).passages(title, limit=1)
    question = replace(asked("?"), here=(here,) if here else ())
    assert speaks_of_named(question, hit) is speaks


def test_what_does_not_speak_of_what_is_named_is_not_read() -> None:
    shelf = Shelf(
        article("Octopus", "An octopus has three hearts. 心"),
        article("Heart", "A fish has a two-chambered heart. 心"),
    )
    reader = Glancing({"An octopus has three hearts. 心": 1.0, "A fish has a two-chambered heart. 心": 9.0})
    question = replace(across(asked("章鱼有几个心脏", shelf)), reader=reader)
    read = worth_reading(question, searched_for(question))
    assert [hit.title for hit in read.hits] == ["Octopus"]


@pytest.mark.parametrize(("name", "language"), [("América", "es"), ("Amérique", "fr"), ("Amerika", "de")])
def test_a_continent_is_not_the_country_that_the_library_calls_so(name: str, language: str) -> None:
    country = article("United States", "A country.", aliases=("America", "América", "Amérique", "Amerika"))
    question = read_question(f"{name}?", language)
    both = (country, article("Americas", "Two continents."))
    found = [Asked(question=question, holdings=Shelf(*on), reader=Pointing()).called(name) for on in ([country], both)]
    assert found == ["", "Americas"]
