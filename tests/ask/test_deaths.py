"""How somebody died is told by a sentence of his article that says so, and by none that speaks of it otherwise."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.deaths import death_in, who_died
from galactica.ask.question import read_question
from galactica.model import Answer

from .group.pretended import Pointing, Shelf, article

LEAD = "Karl Reed (3 May 1901 – 6 June 1954) was a weaver of Vara. He wove mats. "


def told(sentence: str, title: str = "Karl Reed", language: str = "en") -> str:
    text = LEAD + sentence
    found = death_in(text, title, language)
    return "" if found is None else text[found[0] : found[1]]


@pytest.mark.parametrize(
    ("sentence", "way"),
    [
        ("Reed died of typhus in 1954.", "died of typhus in 1954"),
        ("He died in Vara on 6 June 1954, from lung cancer.", "died in Vara on 6 June 1954, from lung cancer"),
        ("In 1954, he died in a car crash, and his loom was sold.", "died in a car crash"),
        ("Karl Reed was shot dead.", "was shot dead"),
        ("He committed suicide by drowning; nobody knows why.", "committed suicide by drowning"),
        ("Reed, a smoker, died as a result of a stroke.", "died as a result of a stroke"),
        (
            "Reed died in the siege of Vara when he was killed by a soldier.",
            "died in the siege of Vara when he was killed by a soldier",
        ),
        ("After his death from poisoning, several mats were sold.", "death from poisoning"),
        (
            "He was found dead on 7 June, the victim of an overdose.",
            "was found dead on 7 June, the victim of an overdose",
        ),
    ],
)
def test_a_sentence_about_the_person_tells_it(sentence: str, way: str) -> None:
    assert told(sentence) == way


@pytest.mark.parametrize(
    "sentence",
    [
        "He died in Vara in 1954.",
        "After his death in 1954, several mats were sold.",
        "After her death from poisoning, several mats were sold.",
        "He died at the age of 53.",
        "He died on 6 June.",
        "She died of typhus.",
        "His brother died of typhus in 1954.",
        "He was shot dead in the film of 1954.",
        "He did not die of typhus, and he died of nothing.",
        "Some claimed that he died of typhus.",
        "He was killed by a goat, if one believes the legend.",
        "In 1931 he was killed by a goat in a dream.",
    ],
)
def test_no_other_sentence_does(sentence: str) -> None:
    assert not told(sentence)


def test_of_the_living_and_in_other_languages_nothing_is_told() -> None:
    assert death_in("Karl Reed (born 1901) is a weaver. He died of typhus.", "Karl Reed", "en") is None
    assert not told("Reed died of typhus.", language="de")


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("how did karl reed die", "karl reed"),
        ("What did Karl Reed die of?", "Karl Reed"),
        ("what was Karl Reed's cause of death?", "Karl Reed"),
        ("when did Karl Reed die", ""),
        ("how did the war end", ""),
    ],
)
def test_who_is_asked_about_is_told_by_the_question(question: str, who: str) -> None:
    assert who_died(question, "en") == who
    assert not who_died(question, "zh")


def ask(question: str) -> Answer:
    shelf = Shelf(article("Karl Reed", LEAD + "He was mourned in Vara. Reed died of typhus."))
    return answer(Asked(question=read_question(question, "en"), holdings=shelf, reader=Pointing(Vara=5.0)))


def test_what_is_told_is_the_answer_with_its_sentence() -> None:
    found = ask("how did Karl Reed die")
    assert found.text == "died of typhus"
    assert found.statements[0].citations[0].quote.strip() == "Reed died of typhus."
    assert ask("where did Karl Reed die").text != "died of typhus"
