"""Swedish as its file tells it: what a language is asked in, and how its answers look, stands in its file alone."""

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
    ("Vem skrev romanen om fyren på Holmön?", Kind.PERSON, ""),
    ("Vilken konstnär målade taket i kapellet?", Kind.PERSON, "konstnär"),
    ("Vad heter kungen som lät bygga slottet?", Kind.OTHER, ""),
    ("När grundades universitetet i Lund?", Kind.DATE, ""),
    ("Vilket år brann staden ner?", Kind.DATE, "år"),
    ("Vilket är det högsta berget i Norge?", Kind.PLACE, "berget"),
    ("I vilket århundrade levde hon?", Kind.DATE, "århundrade"),
    ("Var ligger vulkanen Hekla?", Kind.PLACE, ""),
    ("Var föddes hon?", Kind.PLACE, ""),
    ("Vilken flod rinner genom Wien?", Kind.PLACE, "flod"),
    ("Vid vilken sjö ligger Jönköping?", Kind.PLACE, "sjö"),
    ("Hur många invånare har Bergen?", Kind.NUMBER, ""),
    ("Hur hög är Kebnekaise?", Kind.MEASURE, ""),
    ("Hur långt är det till månen?", Kind.MEASURE, ""),
    ("Varför är himlen blå?", Kind.REASON, ""),
    ("Vad är orsaken till tidvattnet?", Kind.REASON, ""),
    ("Hur fungerar en kompass?", Kind.MANNER, ""),
    ("Är Pluto en planet?", Kind.YES_NO, ""),
    ("Var Strindberg målare?", Kind.YES_NO, ""),
    ("Vilka är de nordiska länderna?", Kind.LIST, ""),
    ("Vad är fotosyntes?", Kind.DEFINITION, ""),
    ("Vem var Selma Lagerlöf?", Kind.DEFINITION, ""),
]


@pytest.mark.parametrize(("question", "kind", "focus"), CASES)
def test_what_is_asked_for_is_told(question: str, kind: Kind, focus: str) -> None:
    found = sought(question, "sv")
    assert found.kind is kind
    if focus:
        assert found.focus == focus


@pytest.mark.parametrize(("question", "kind", "focus"), [case for case in CASES if case[0][0] != "Ä"])
def test_a_question_is_told_to_be_swedish_and_offered_to_be_asked(question: str, kind: Kind, focus: str) -> None:
    assert question_language(question, ("en", "sv")) == "sv"
    assert looks_asked(question)


def test_a_name_keeps_its_article_in_another_language() -> None:
    assert sought("Vad är en kompass?", "sv").name == "kompass"
    assert sought("What is En Gedi?", "en").name == "En Gedi"


def shown(question: str, text: str, marked: str) -> str | None:
    start = text.index(marked)
    found = formed(read_question(question, "sv"), text, start, start + len(marked), "sv")
    return None if found is None else text[slice(*found)]


def test_an_answer_has_the_form_that_is_asked_for() -> None:
    built = "Färjan byggdes av Ola Berg, Tuva Lind och Per Moe den 3 maj 1911, eftersom fiskarna behövde den."
    assert shown("Vem byggde färjan?", built, "Tuva Lind") == "Ola Berg, Tuva Lind och Per Moe"
    assert shown("När byggdes färjan?", built, "1911") == "3 maj 1911"
    assert shown("När byggdes färjan?", built, "Per Moe") is None
    assert shown("Hur många bodde där?", "Där bodde tolv fiskare.", "tolv") is not None
    assert shown("Hur många bodde där?", "Där bodde fiskare.", "fiskare") is None


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Hon skrev inte boken.", True),
        ("Ingen såg det.", True),
        ("Hon skrev boken.", False),
        ("Intendenten kom.", False),
    ],
)
def test_what_denies_is_known(text: str, denied: bool) -> None:
    assert denies(text, "sv") is denied


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("den 14 augusti 1897", Date(year=1897, month=8, day=14)),
        ("5 okt. 1920", Date(year=1920, month=10, day=5)),
        ("maj 1756", Date(year=1756, month=5)),
        ("44 f.Kr.", Date(year=-44)),
    ],
)
def test_dates_are_read(text: str, date: Date) -> None:
    assert dates(text) == [date]


def test_large_numbers_and_rough_ones_are_read() -> None:
    (people,) = amounts("2 miljoner")
    assert people.low <= 2_000_000 <= people.high
    (rough,) = amounts("ungefär 300")
    assert rough.low < 280 < 320 < rough.high
    (more,) = amounts("minst 500")
    assert more.high == float("inf")
