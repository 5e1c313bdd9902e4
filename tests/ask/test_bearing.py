"""Does a quotation speak of what is asked?"""

from __future__ import annotations

from galactica.ask.bearing import ENOUGH, bearing, widened
from galactica.ask.question import read_question

from .group.pretended import ROOT, Shelf, article


def share(question: str, quote: str, title: str = "") -> float:
    return bearing(read_question(question, "en"), quote, title, "en")


def test_the_right_kind_of_thing_in_a_sentence_about_something_else_is_not_enough() -> None:
    assert share("Which school did Isaac Newton go to?", "He was admitted a member of the Royal Society.") < ENOUGH
    assert share("When did Ian Thorpe become famous?", "Students have celebrated the day since 1969.") < ENOUGH
    assert share("When was the Tesla Company formed?", "In April 1887 they formed the Tesla Company.") >= ENOUGH


def test_the_title_says_what_a_sentence_calls_it() -> None:
    assert share("Where was Marie Curie born?", "She was born in Warsaw.") < ENOUGH
    assert share("Where was Marie Curie born?", "She was born in Warsaw.", "Marie Curie") >= ENOUGH


def test_the_noun_that_is_asked_by_need_not_stand_there() -> None:
    assert share("Which river does Elmtown lie on?", "Elmtown lies on the Oder.") == 1.0


def test_of_another_language_nothing_is_asked() -> None:
    assert bearing(read_question("Where was Marie Curie born?", "en"), "玛丽·居里出生于华沙。", "", "zh") == 1.0


def test_sentences_before_are_quoted_where_they_name_what_is_asked() -> None:
    text = "Filler stands here. Isaac Newton grew up in the country. He went to the school of Grantham."
    of_newton = Shelf(article("Schools", text)).page(ROOT, article("Schools", text).id)
    assert of_newton is not None
    start = text.index("He went")
    begin = widened(read_question("Which school did Isaac Newton go to?", "en"), of_newton, start, len(text))
    assert text[begin:].startswith("Isaac Newton grew up")
    assert widened(read_question("Which school is in Grantham?", "en"), of_newton, start, len(text)) == start


def test_nothing_that_can_be_typed_raises() -> None:
    for text in ("", "?", "\0", "\ud800", "a" * 5_000, "谁", "🜁", "why? " * 500):
        assert 0 <= bearing(read_question(text, "en"), text, text, "en") <= 1
