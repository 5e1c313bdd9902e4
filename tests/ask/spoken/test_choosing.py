"""Of talk the sentence is given that tells what is asked, as likely as its own weights say, and quoted."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.question import read_question
from galactica.ask.spoken.choosing import LONGEST_SAID, among, spoken_weights, told_in_talk
from galactica.ask.spoken.signs import SIGNS
from galactica.model import Verdict

from ..group.pretended import Pointing, Shelf, article
from .pretended import Listening

MILL = article(
    "The mill at Ostrel",
    "Interviewer: Who built the mill of Ostrel?\nMia Holm: My aunt did, with stones from Vara. She sold it.\n"
    "Interviewer: And the dam?\nMia Holm: A beaver, would you believe it. It took three years.\n"
    "Interviewer: Tell us of the flood.\nMia Holm: In ninety-one it came to the stairs, and it took the hens, and my "
    "father sat upon the roof with the lamp, and nobody came for him until the second day.",
)
FAQ = article("The pool", "When does it open?\nAt seven in the morning.\nMay I bring my dog?\nNo, only guide dogs.\n"
              "What does it cost?\nFour crowns a head.")  # fmt: skip
PROSE = article("Stones of Vara", "The stones of Vara are cut in winter by Otto Reed.")

SURE = {"mill": 6.0, "dam": 6.0, "flood": 6.0, "cost": 6.0}


def ask(shelf: Shelf, question: str, reader: Pointing, language: str = "en") -> Asked:
    return Asked(question=read_question(question, language), holdings=shelf, reader=reader)


def test_the_sentence_that_tells_is_quoted_and_its_stretch_is_the_answer() -> None:
    found = answer(ask(Shelf(MILL), "Who made the mill of Ostrel?", Listening(SURE, aunt=8.0)))
    assert found.verdict in (Verdict.ANSWERED, Verdict.PROBABLY)
    assert found.text == "aunt"
    assert found.statements[0].citations[0].quote.endswith("My aunt did, with stones from Vara.")


def test_where_no_stretch_is_sure_the_sentence_is_the_answer() -> None:
    reader = Listening(SURE, {"aunt": 0.3}, aunt=8.0)
    found = answer(ask(Shelf(MILL), "Who made the mill of Ostrel?", reader))
    assert found.text == "My aunt did, with stones from Vara."


def test_of_a_long_sentence_the_clause_is() -> None:
    reader = Listening(SURE, {"roof": 0.3}, roof=8.0)
    found = answer(ask(Shelf(MILL), "What did the man do in the flood of Ostrel?", reader))
    assert found.text == "and my father sat upon the roof with the lamp"
    assert len(found.text) <= LONGEST_SAID


def test_what_the_reader_hardly_finds_is_shown_and_not_said() -> None:
    found = answer(ask(Shelf(MILL), "Who painted the mill of Ostrel?", Listening({}, aunt=-7.0)))
    assert found.verdict is Verdict.NOT_FOUND
    assert found.near[0].quote[slice(*found.near[0].mark)] == "aunt"


def test_questions_with_their_answers_are_talk_too() -> None:
    found = answer(ask(Shelf(FAQ), "How much does the pool cost?", Listening(SURE, Four_crowns=8.0)))
    assert found.text == "Four crowns"


def test_what_is_no_talk_is_read_as_before_beside_it() -> None:
    shelf = Shelf(MILL, PROSE)
    asked = ask(shelf, "Who cuts the stones of Vara?", Listening({"stones": 6.0}, Otto_Reed=6.0, aunt=-9.0))
    found = searched_for(asked)
    heard = told_in_talk(asked, found, worth_reading(asked, found))
    assert {hit.title for hit in heard.rest.hits} == {"Stones of Vara"}
    assert answer(asked).text == "Otto Reed"


def test_a_reader_that_cannot_tell_places_reads_talk_as_before() -> None:
    asked = ask(Shelf(MILL), "Who made the mill of Ostrel?", Pointing(aunt=4.0))
    found = searched_for(asked)
    heard = told_in_talk(asked, found, worth_reading(asked, found))
    assert heard.groups == ()
    assert heard.rest.hits


def test_surer_readings_make_an_answer_likelier() -> None:
    likely = []
    for margin in (-6.0, 0.0, 6.0):
        asked = ask(Shelf(MILL), "Who made the mill of Ostrel?", Listening(SURE, aunt=margin))
        found = searched_for(asked)
        likely.append(told_in_talk(asked, found, worth_reading(asked, found)).groups[0].marked[0].likely)
    assert None not in likely
    assert likely == sorted(likely)  # type: ignore[type-var]


def test_a_share_among_sentences_is_a_logit() -> None:
    assert among(np.zeros(2, np.float32), 0) == 0.0
    assert among(np.array([9.0, 0.0], np.float32), 0) == pytest.approx(6.9, abs=0.1)
    assert among(np.zeros(1, np.float32), 0) == pytest.approx(6.9, abs=0.1)


def test_what_the_readings_say_speaks_for_a_sentence_by_the_weights_that_ship() -> None:
    choice = spoken_weights().choice
    row = np.zeros((1, len(SIGNS)), np.float32)
    for name in ("passage", "exchange", "alone"):
        better = row.copy()
        better[0, SIGNS.index(name)] = 3.0
        assert choice.scores(better)[0] > choice.scores(row)[0]
