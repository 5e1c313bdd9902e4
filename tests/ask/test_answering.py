"""An answer comes with quotations that resolve, or nothing is found and that is said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.answering import answer, answer_key, put_together
from galactica.ask.asked import Asked, tidy
from galactica.ask.evidence import resolves
from galactica.ask.proving import JUDGED
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.model import Step, Verdict

from .group.pretended import Doubting, Pointing, Shelf, article

BRIDGE = article("Green Bridge", "The Green Bridge was built in 1823 by Maria Holt. It crosses the Vara.")
TOWN = article("Aldova", "Aldova is a town on the Vara. The Green Bridge of 1823 is its only bridge.")
SHELF = Shelf(BRIDGE, TOWN)


def ask(question: str, **words: float) -> Asked:
    return Asked(question=read_question(question, "en"), holdings=SHELF, reader=Pointing(**words))


def test_the_answer_is_quoted_with_its_sentence_and_marked_in_it() -> None:
    found = answer(ask("Who built the Green Bridge?", Maria_Holt=3.0))
    assert (found.verdict, found.text) == (Verdict.ANSWERED, "Maria Holt")
    citation = found.statements[0].citations[0]
    assert citation.quote == "The Green Bridge was built in 1823 by Maria Holt."
    assert citation.quote[slice(*citation.mark)] == "Maria Holt"
    assert resolves(citation, SHELF.page(citation.edition, citation.id))


def test_articles_that_agree_are_cited_together() -> None:
    found = answer(ask("When was the Green Bridge built?", **{"1823": 3.0}))
    assert {citation.title for citation in found.statements[0].citations} == {"Green Bridge", "Aldova"}
    assert found.verdict is Verdict.ANSWERED


def test_below_the_threshold_nothing_is_found_and_what_came_nearest_is_shown() -> None:
    found = answer(ask("Who painted the Green Bridge?", Maria_Holt=-6.0))
    assert (found.verdict, found.text, found.statements) == (Verdict.NOT_FOUND, "", ())
    assert found.near
    assert found.confidence < 0.5


def test_without_passages_or_words_nothing_is_found() -> None:
    for question in ("", "???", "qwertyuiop"):
        assert answer(ask(question, Maria_Holt=3.0)).verdict is Verdict.NOT_FOUND


def test_each_step_is_told_as_it_is_done() -> None:
    told: list[Step] = []
    asked = Asked(
        question=read_question("Who built the Green Bridge?", "en"),
        holdings=SHELF,
        reader=Pointing(Maria_Holt=3.0),
        tell=told.append,
    )
    found = answer(asked)
    assert tuple(told) == found.work
    assert [step.who for step in told] == ["search", "reader", "checker"]


def test_only_the_sources_that_are_named_are_asked() -> None:
    shelf = Shelf(BRIDGE, article("Green Bridge", "The Green Bridge was built in 1832.", source="atlas"))
    reader = Pointing(**{"1823": 3.0, "1832": 3.0})
    for source, year in (("atlas", "1832"), ("wiki", "1823")):
        asked = Asked(
            question=read_question("When was the Green Bridge built?", "en"),
            holdings=shelf,
            reader=reader,
            sources=(source,),
        )
        assert answer(asked).text == year
    asked = Asked(
        question=read_question("When was the Green Bridge built?", "en"),
        holdings=shelf,
        reader=reader,
        sources=("atlas", "none"),
    )
    assert answer(asked).text == "1832"


def test_what_search_takes_for_a_command_is_a_word_in_a_question() -> None:
    shelf = Shelf(BRIDGE)
    asked = Asked(
        question=read_question("lang:de Who built -the Green Bridge?", "en"),
        holdings=shelf,
        reader=Pointing(Maria_Holt=3.0),
    )
    answer(asked)
    assert all("lang:" not in query and " -" not in query for _, query in shelf.searches)


def test_a_question_is_tidied() -> None:
    assert tidy(" a\x1b[2J\nb\u202e  c ") == "a [2J b c"
    assert len(tidy("x" * 5_000)) == 2_000


def test_equal_answers_in_other_words_have_one_key() -> None:
    assert answer_key("the Vistula", "en") == answer_key("Vistula", "en")
    assert answer_key("維斯瓦河", "zh") == answer_key("维斯瓦河", "zh")


def test_nothing_marked_is_nothing_together() -> None:
    assert put_together([]) == []


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_raises(question: str) -> None:
    found = answer(Asked(question=read_question(tidy(question), "en"), holdings=SHELF, reader=RuleReader()))
    for statement in found.statements:
        for citation in statement.citations:
            assert resolves(citation, SHELF.page(citation.edition, citation.id))


def test_what_is_about_to_be_shown_is_judged_as_an_answer_to_the_question_and_no_more() -> None:
    towns = [article(f"Town {n}", f"The Green Bridge of town {n} was built by Holt{n}.") for n in range(8)]
    reader = Doubting("Holt0", **{f"Holt{n}": 3.0 for n in range(8)})
    asked = Asked(question=read_question("Who built the Green Bridge?", "en"), holdings=Shelf(*towns), reader=reader)
    answer(asked)
    assert 1 <= len(reader.judged) <= JUDGED
    assert all(claim.question == asked.question.text for claim, _ in reader.judged)
    assert all(claim.text.startswith("Holt") and claim.text in given[0].text for claim, given in reader.judged)
