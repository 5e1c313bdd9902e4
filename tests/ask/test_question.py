"""A question is understood once: what its words say is told when it is asked, and nobody reads it again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from galactica.ask import question as module
from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.kinds import Kind
from galactica.ask.question import read_question
from galactica.ask.sought import Sought, question_language, sought
from galactica.model import Verdict

from .group.pretended import Pointing, Shelf, article

RIVER = article("Vara", "The Vara is a river of Aldova. It is 212 kilometres long.")
QUESTION = "How long is the Vara?"


def test_what_the_words_say_is_told_at_once() -> None:
    found = read_question("Could you tell me which river is the longest in Aldova?", "en")
    assert found.plain.text == "which river is the longest in Aldova?"
    assert (found.plain.kind, found.plain.sought.focus) == (Kind.PLACE, "river")
    assert found.most is not None
    assert found.plain.most is not None
    assert "river" in found.plain.most.narrowed
    assert max(found.weights, key=lambda key: found.weights[key]) == "aldova"
    assert "the" in found.known
    assert "the" not in found.keys


def test_without_words_of_courtesy_it_is_its_own_plain_form() -> None:
    found = read_question(QUESTION, "en")
    assert found.plain is found
    assert (found.kind, found.form) == (Kind.MEASURE, "quantity")
    assert found.measures.fit("212 kilometres")
    assert not found.measures.fit("212 km²")


def test_beside_passages_of_one_language_it_is_made_ready_once() -> None:
    compared = read_question("Wie lang ist die Vara?", "de").compared
    assert compared.beside("de") is compared.beside("de")
    assert compared.beside("de") is not compared.beside("en")
    assert compared.beside("de").sought.kind is Kind.MEASURE


class Counting(Shelf):
    """A shelf that counts the names that are looked up."""

    looked = 0

    def titled(self, title: str) -> tuple[str, bytes] | None:
        self.looked += 1
        return super().titled(title)


def test_what_it_names_is_looked_up_once_and_anew_in_another_library() -> None:
    shelf, empty = Counting(RIVER), Counting()
    asked = Asked(question=read_question(QUESTION, "en"), holdings=shelf, reader=Pointing())
    assert [each.name for each in asked.names] == ["Vara"]
    assert [each.thing for each in asked.wishes] == ["Vara"]
    looked = shelf.looked
    assert asked.names
    assert asked.wishes
    assert shelf.looked == looked
    assert replace(asked, holdings=empty).names == ()
    assert empty.looked


def test_an_answer_reads_no_question_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(question=read_question(QUESTION, "en"), holdings=Shelf(RIVER), reader=Pointing(**{"212": 5.0}))
    read: list[str] = []

    def again(question: str, language: str) -> Sought:
        read.append(language)
        return sought(question, language)

    monkeypatch.setattr(module, "sought", again)
    monkeypatch.setattr("galactica.ask.comparing.sought", again)
    assert answer(asked).verdict is not Verdict.NOT_FOUND
    assert read == []


@pytest.mark.parametrize(
    ("question", "language", "form"),
    [
        ("他为什么离开？", "zh", "reason"),
        ("天空是蓝的，为什么？", "zh", "reason"),
        ("为什么她被称为“独臂将军”？", "zh", "reason"),
        ("有期徒刑在瓦拉被稱為什麼?", "zh", ""),
        ("被擊落的物體為什麼?", "zh", ""),
        ("山脈以東為什麼樣的地形?", "zh", ""),
        ("盘龙江被作为什么分界线？", "zh", ""),
        ("¿Cómo murió?", "es", "manner"),
        ("¿Qué parte identifica el número como bueno?", "es", ""),
        ("¿Cómo se le llama al río?", "es", ""),
        ("Bu köprü eski mi?", "tr", "sentence"),
        ("Türkiye'de deniz var mı acaba?", "tr", "sentence"),
        ("Imvura nyinshi mu Rwanda igwa muyahe mezi?", "tr", ""),
    ],
)
def test_a_form_is_wanted_by_the_phrase_that_asks_and_not_by_its_letters_elsewhere(
    question: str, language: str, form: str
) -> None:
    assert read_question(question, language).form == form


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Grenzt Deutschland an Polen?", "de"),
        ("Со сколькими странами граничит Австралия?", "ru"),
        ("Does Germany border Poland?", "en"),
        ("What does Deutschland mean?", "en"),
        ("¿Dónde está Polonia?", "es"),
    ],
)
def test_the_countries_of_a_short_question_tell_its_language(question: str, language: str) -> None:
    pytest.importorskip("babel")
    assert question_language(question, ("en",)) == language
