"""Ukrainian as its file tells it, beside Russian, whose letters it shares."""

from __future__ import annotations

import pytest

from galactica.ask.denying import denies
from galactica.ask.forms import formed
from galactica.ask.kinds import Kind
from galactica.ask.question import read_question
from galactica.ask.sought import question_language, sought
from galactica.search.asking import looks_asked
from galactica.values.amounts import amounts
from galactica.values.dates import Date, dates

CASES = [
    ("Хто збудував маяк на острові Тендра?", Kind.PERSON, ""),
    ("Який художник розписав каплицю?", Kind.PERSON, "художник"),
    ("Коли заснували університет у Львові?", Kind.DATE, ""),
    ("У якому році згоріло місто?", Kind.DATE, ""),
    ("Де народилася ця поетка?", Kind.PLACE, ""),
    ("Яка річка тече через Відень?", Kind.PLACE, "річка"),
    ("Скільки людей живе в Бергені?", Kind.NUMBER, ""),
    ("Яка висота гори Говерла?", Kind.MEASURE, "висота"),
    ("Чому небо синє?", Kind.REASON, ""),
    ("Як працює компас?", Kind.MANNER, ""),
    ("Чи є Плутон планетою?", Kind.YES_NO, ""),
    ("Що таке фотосинтез?", Kind.DEFINITION, ""),
    ("Хто така Леся Українка?", Kind.DEFINITION, ""),
]


@pytest.mark.parametrize(("question", "kind", "focus"), CASES)
def test_what_is_asked_for_is_told(question: str, kind: Kind, focus: str) -> None:
    found = sought(question, "uk")
    assert found.kind is kind
    if focus:
        assert found.focus == focus


@pytest.mark.parametrize(("question", "kind", "focus"), CASES)
@pytest.mark.parametrize("library", [("en",), ("ru", "uk"), ("uk",)])
def test_a_question_is_told_to_be_ukrainian(question: str, kind: Kind, focus: str, library: tuple[str, ...]) -> None:
    assert question_language(question, library) == "uk"
    assert looks_asked(question)


@pytest.mark.parametrize("question", ["Кто построил маяк?", "В каком году сгорел город?", "Сколько людей живёт там?"])
def test_a_russian_question_stays_russian(question: str) -> None:
    assert question_language(question, ("uk", "ru")) == "ru"


def shown(question: str, text: str, marked: str) -> str | None:
    start = text.index(marked)
    found = formed(read_question(question, "uk"), text, start, start + len(marked), "uk")
    return None if found is None else text[slice(*found)]


def test_an_answer_has_the_form_that_is_asked_for() -> None:
    built = "Маяк збудували Іван Котенко та Петро Лось 3 травня 1911 року, бо рибалки втрачали човни."
    assert shown("Хто збудував маяк?", built, "Петро Лось") == "Іван Котенко та Петро Лось"
    assert shown("Коли збудували маяк?", built, "Петро Лось") is None
    assert (shown("Коли збудували маяк?", built, "1911") or "").startswith("3 травня 1911")
    assert shown("Скільки там жило людей?", "Там жили рибалки.", "рибалки") is None


def test_what_denies_is_known() -> None:
    assert denies("Вона не написала цієї книги.", "uk")
    assert not denies("Вона написала цю книгу.", "uk")


def test_dates_and_amounts_are_read() -> None:
    assert dates("24 серпня 1991") == [Date(year=1991, month=8, day=24)]
    assert dates("44 до н.е.") == [Date(year=-44)]
    (people,) = amounts("3 мільйони")
    assert people.low <= 3_000_000 <= people.high
    (rough,) = amounts("близько 300")
    assert rough.low < 280 < 320 < rough.high
