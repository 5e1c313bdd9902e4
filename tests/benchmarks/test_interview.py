"""The interviews say every fact once and their questions give none away; and what counts as right."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from benchmarks.ask_cases import contains
from benchmarks.ask_interview import FOLDER, LANGUAGES, Fact, facts_of, firsts, judged
from benchmarks.talks import FOLDER as TALKS

from galactica.ask.evidence import cite
from galactica.model import Answer, Verdict
from tests.ask.group.pretended import ROOT, Glancing, Shelf, article

STATION = article("Ostrel", "The mill at Ostrel was closed in 1931. Nobody lives there now.")
MILL = Fact(shape="when", asked={}, answers=("1931", "三一年"), stands="closed in 1931")
PLAIN = Answer(question="When?", verdict=Verdict.NOT_FOUND, text="", confidence=0.1, reader="rules", work=())


TEXTS = {"interview": "questions", "hut": "hut"}
"""Each with the file of its questions."""


@cache
def facts(name: str) -> list[Fact]:
    return facts_of(FOLDER / f"{TEXTS[name]}.toml")


@pytest.mark.parametrize("name", TEXTS)
def test_there_are_twenty_facts_of_many_shapes_each_asked_in_both_languages(name: str) -> None:
    assert len(facts(name)) == 20
    assert len({fact.shape for fact in facts(name)}) >= 8
    for language in LANGUAGES:
        assert len({fact.asked[language] for fact in facts(name)}) == 20


@pytest.mark.parametrize(("name", "least", "most"), [("interview", 2_500, 3_500), ("hut", 5_000, 7_000)])
def test_the_text_says_each_fact_in_one_place_that_holds_an_acceptable_answer(name: str, least: int, most: int) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert least <= len(text) <= most
    for fact in facts(name):
        assert text.count(fact.stands) == 1
        assert contains(fact.stands, fact.answers), fact.stands


@pytest.mark.parametrize("name", TEXTS)
def test_no_question_holds_its_answer_but_for_the_sides_of_a_comparison(name: str) -> None:
    for fact in facts(name):
        if fact.shape != "comparison":
            assert not any(contains(asked, fact.answers) for asked in fact.asked.values()), fact.asked


@pytest.mark.parametrize(
    ("verdict", "text", "said"),
    [
        (Verdict.ANSWERED, "in 1931", "answered rightly"),
        (Verdict.PROBABLY, "1931", "probably rightly"),
        (Verdict.PROBABLY, "in 1913", "wrongly"),
        (Verdict.ANSWERED, "It is told that in 1931, " + "as some say, " * 10, "wrongly"),
        (Verdict.NOT_FOUND, "", "nothing right"),
    ],
)
def test_an_answer_is_right_where_it_has_an_acceptable_one_and_is_short(verdict: Verdict, text: str, said: str) -> None:
    assert judged(replace(PLAIN, verdict=verdict, text=text), MILL) == said


def test_what_is_shown_as_nearest_is_told_by_what_is_marked_in_it() -> None:
    page = Shelf(STATION).page(ROOT, STATION.id)
    assert page is not None
    at = page.text.index("1931")
    citation = cite(page, 0, len(page.text))
    assert judged(replace(PLAIN, near=(replace(citation, mark=(at, at + 4)),)), MILL) == "nearest right"
    assert judged(replace(PLAIN, near=(replace(citation, mark=(0, 3)),)), MILL) == "shown"


def test_the_passage_that_says_it_is_looked_for_in_search_and_as_ranked() -> None:
    other = article("Ostrel mill", "The mill is old, and the mill at the mill is a mill.")
    hits = list(Shelf(other, STATION).passages("mill", limit=9))
    hits.sort(key=lambda hit: hit.title == "Ostrel")
    assert firsts(Glancing({"1931": 5.0}), "When was the mill closed?", hits, MILL.stands) == (False, True)
    assert firsts(Glancing({"old": 5.0}), "When was the mill closed?", hits, MILL.stands) == (False, False)
    assert firsts(Glancing({}), "When?", [], MILL.stands) == (False, False)


@pytest.mark.parametrize("name", ["bakery", "depot", "ferry", "orchard"])
def test_each_text_that_confidence_is_fitted_to_tells_its_facts_in_one_place_and_is_another_than_what_is_measured(
    name: str,
) -> None:
    text = (TALKS / f"{name}.txt").read_text(encoding="utf-8")
    told = [fact for fact in facts_of(TALKS / f"{name}.toml") if fact.answers]
    assert len(told) >= 16
    for fact in told:
        assert text.count(fact.stands) == 1, fact.stands
        assert contains(fact.stands, fact.answers) or fact.shape in ("who", "when", "why"), fact.stands
    untold = [fact for fact in facts_of(TALKS / f"{name}.toml") if not fact.answers]
    assert len(untold) >= 4
    assert not {fact.asked["zh"] for fact in (*told, *untold)} & {fact.asked["zh"] for fact in facts("interview")}
