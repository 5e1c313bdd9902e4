"""A study from the question to the answer: who brings what, how it is weighed, and what happens when somebody fails."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.evidence import resolves
from galactica.ask.group import study
from galactica.ask.group.desk import Workspace
from galactica.ask.group.researchers import Looked, Researcher
from galactica.errors import EditionError
from galactica.model import Answer, Step, Verdict
from tests.ask.group.pretended import ROOT, Glancing, Pointing, Shelf, article
from tests.properties import examples

SUNRISE = "The river of the town of Oldham was crossed by a bridge that was built by John Smith in 1850."
WORLD = (
    article("Oldham bridge", SUNRISE),
    article("John Smith", "John Smith was an engineer. He built the bridge of Oldham, and died in 1880."),
    article("Oldham", "Oldham is a town. Its bridge over the river was built by John Smith, some say by Jane Doe."),
    article("Filler", "It is also told that the bridge of Oldham was built by Paul Brown."),
)
QUESTION = "Who built the bridge of Oldham?"


def whole(answer: Answer, shelf: Shelf) -> None:
    """Every quotation of an answer stands where it says."""
    cited = [
        *(each for statement in answer.statements for each in statement.citations),
        *(each for position in answer.positions for each in position.citations),
        *(each for step in answer.work for each in step.found),
        *answer.near,
    ]
    assert all(resolves(each, shelf.page(each.edition, each.id)) for each in cited)
    assert all(statement.citations for statement in answer.statements)


def test_an_answer_has_cited_sentences_of_different_articles_and_all_the_work():
    shelf = Shelf(*WORLD)
    answer = study(QUESTION, shelf, Pointing(John_Smith=3.0))
    assert answer.verdict is Verdict.ANSWERED
    assert answer.text == "John Smith"
    titles = [statement.citations[0].title for statement in answer.statements]
    assert 2 <= len(titles) <= 4
    assert len(set(titles)) == len(titles)
    assert len({statement.text for statement in answer.statements}) == len(answer.statements)
    assert {step.who for step in answer.work} >= {
        "words",
        "meaning",
        "tables",
        "links",
        "languages",
        "sources",
        "chair",
    }
    assert all(step.did.endswith((".", "”")) for step in answer.work)
    whole(answer, shelf)


def test_what_was_ranked_for_one_is_ranked_once_and_gone_on_from_by_all():
    shelf = Shelf(*WORLD)
    reader = Glancing({"John Smith": 3.0}, John_Smith=3.0)
    answer = study(QUESTION, shelf, reader)
    assert answer.text == "John Smith"
    texts = [given.text for given in reader.ranked]
    assert len(texts) == len(set(texts)) == len(WORLD)
    assert sorted(reader.gone_on) == sorted(texts)
    whole(answer, shelf)


def test_what_other_articles_say_too_outweighs_what_one_says_a_little_better():
    shelf = Shelf(*WORLD)
    assert study(QUESTION, shelf, Pointing(John_Smith=2.0, Paul_Brown=2.5)).text == "John Smith"
    assert study(QUESTION, shelf, Pointing(John_Smith=2.0, Paul_Brown=9.0)).text == "Paul Brown"


def test_one_passage_counts_once_however_many_bring_it():
    shelf = Shelf(
        article("One", "Oldham bridge was built by Ann Lee."), article("Two", "The bridge of Oldham: Bob Ray.")
    )
    many = [*(_brings(f"copy {n}", "One", "Ann Lee") for n in range(9)), _brings("other", "Two", "Bob Ray")]
    assert study(QUESTION, shelf, Pointing(Ann_Lee=2.0, Bob_Ray=2.1), researchers=many).text == "Bob Ray"


def test_the_same_words_copied_into_other_articles_count_once():
    copied = "The bridge of Oldham was built by Ann Lee in the year of the flood."
    copies = [article(f"Copy {n}", copied) for n in range(6)]
    shelf = Shelf(*copies, article("Two", "The bridge of Oldham was built by Bob Ray, as is told."))
    assert study(QUESTION, shelf, Pointing(Ann_Lee=2.0, Bob_Ray=2.1)).text == "Bob Ray"


def test_nothing_found_is_said_with_what_came_nearest():
    shelf = Shelf(*WORLD)
    answer = study(QUESTION, shelf, Pointing(John_Smith=-3.0))
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.text == ""
    assert not answer.statements
    assert answer.near
    whole(answer, shelf)


def test_sources_that_disagree_are_all_shown():
    shelf = Shelf(
        article("Lake Elm", "Lake Elm is a lake in the north, and its depth is 120 metres.", source="wiki"),
        article("Lake Elm", "Lake Elm, a lake. The depth of Lake Elm is 310 metres.", source="atlas"),
    )
    answer = study("How many metres deep is Lake Elm?", shelf, Pointing(**{"120 metres": 4.0, "310 metres": 3.5}))
    assert answer.verdict is Verdict.DISPUTED
    assert {position.value for position in answer.positions} == {"120 metres", "310 metres"}
    assert {position.citations[0].source for position in answer.positions} == {"wiki", "atlas"}
    whole(answer, shelf)


def test_a_table_answers_with_its_row():
    body = (
        "<p>Elmland is a country.</p><table><tr><th>Fact</th><th>Value</th></tr>"
        "<tr><th>Capital</th><td>Elmtown</td></tr><tr><th>Population</th><td>4,321,000</td></tr></table>"
    )
    shelf = Shelf(article("Elmland", body=body))
    answer = study("What is the population of Elmland?", shelf, Pointing())
    assert answer.text == "4,321,000"
    assert answer.statements[0].citations[0].quote == "Population\t4,321,000"
    whole(answer, shelf)


def test_links_lead_to_the_article_that_answers():
    shelf = Shelf(
        article("The Elm", body='<p>The Elm is a novel by <a href="./Ann_Lee">Ann Lee</a>.</p>'),
        article("Ann Lee", "She was born in Oakville and wrote little."),
        *(article(f"Elm {n}", "A novel: where was the author of the elm born?") for n in range(40)),
    )
    answer = study("Where was the author of The Elm born?", shelf, Pointing(Oakville=5.0))
    step = next(step for step in answer.work if step.who == "links")
    assert "Ann Lee" in {citation.title for citation in step.found}
    assert "leads to it" in step.did
    assert answer.text == "Oakville"


def test_the_table_of_claims_is_asked_where_there_is_one():
    town = article("Elmtown", "Elmtown is a town. Its mayor is Ann Lee since 1990.")
    shelf = Shelf(town, claims=[(town.id.hex(), 19, 51, "mayor", "Ann Lee"), (town.id.hex(), 5, 9999, "mayor", "x")])
    answer = study("Who is the mayor of Elmtown?", shelf, Pointing())
    assert answer.text == "Ann Lee"
    assert any("claims" in query for query in shelf.queries)
    whole(answer, shelf)


def test_other_languages_are_looked_into_by_their_titles():
    shelf = Shelf(
        article("Vistula", "The Vistula is a river.", aliases=["Weichsel"]),
        article("Weichsel", "Die Weichsel ist 1047 Kilometer lang.", language="de"),
    )
    answer = study("How long is the Vistula?", shelf, Pointing(**{"1047 Kilometer": 4.0}))
    assert answer.text == "1047 Kilometer"
    assert answer.statements[0].citations[0].language == "de"
    assert any("Weichsel" in query for _, query in shelf.searches)
    assert "in Deutsch." in next(step.did for step in answer.work if step.who == "languages")


def test_a_language_or_source_that_was_asked_for_is_kept_to():
    shelf = Shelf(
        article("Vistula", "The Vistula is 1047 km long.", source="wiki"),
        article("Vistula", "The Vistula is 1068 km long.", source="atlas"),
        article("Weichsel", "Die Weichsel ist 1050 km lang.", language="de"),
    )
    reader = Pointing(**{"1047 km": 1.0, "1068 km": 3.0, "1050 km": 3.0})
    one = study("How long is the Vistula?", shelf, reader, sources=["wiki"], language="en")
    assert one.text == "1047 km"
    every = [*one.near, *(citation for step in one.work for citation in step.found)]
    assert {(each.source, each.language) for each in every} == {("wiki", "en")}


def test_what_can_be_reckoned_is_a_note():
    pytest.importorskip("pint")
    answer = study("What is 5 miles in km?", Shelf(*WORLD), Pointing())
    assert "Reckoned, not quoted: 5 miles in km = 8.04672 km." in answer.notes
    shelf = Shelf(article("Ann Lee", "Ann Lee (1 March 1810 – 17 October 1849) was a composer."))
    answer = study("How old was Ann Lee when she died?", shelf, Pointing())
    assert answer.text == "39"


def _brings(name: str, title: str, word: str) -> Researcher:
    def look(desk: Workspace) -> Looked:
        hits = [hit for hit in desk.first() if hit.title == title]
        return Looked(did="Looked.", findings=tuple(desk.findings(name, desk.read(hits), f"It has {word}.")))

    return Researcher(name=name, look=look)


def _hangs(desk: Workspace) -> Looked:
    time.sleep(0.3)
    return Looked(did="Too late.")


def _breaks(desk: Workspace) -> Looked:
    raise ZeroDivisionError("secret")


def _damaged(desk: Workspace) -> Looked:
    raise EditionError("A table is damaged.", "Verify it.")


@pytest.mark.parametrize(
    ("look", "note"), [(_hangs, "not done in time"), (_breaks, "failed"), (_damaged, "A table is damaged.")]
)
def test_a_researcher_that_fails_is_left_out_with_a_note(look, note):
    shelf = Shelf(*WORLD)
    bad = Researcher(name="bad", look=look, seconds=0.05)
    good = _brings("good", "Oldham bridge", "John Smith")
    answer = study(QUESTION, shelf, Pointing(John_Smith=3.0), researchers=[bad, good])
    assert answer.text == "John Smith"
    assert any("bad" in each and note in each for each in answer.notes)
    assert "secret" not in str(answer)
    assert [step.who for step in answer.work] == ["bad", "good", "chair"]


def test_on_a_slow_machine_nobody_is_left_behind_as_long_as_the_one_who_leads_works():
    def slow(desk: Workspace) -> Looked:
        time.sleep(0.2)
        return _brings("slow", "Oldham bridge", "John Smith").look(desk)

    def slower(desk: Workspace) -> Looked:
        time.sleep(0.3)
        return _brings("slower", "Oldham", "John Smith").look(desk)

    both = [
        Researcher(name="slow", look=slow, seconds=20, leads=True),
        Researcher(name="slower", look=slower, seconds=0),
    ]
    answer = study(QUESTION, Shelf(*WORLD), Pointing(John_Smith=3.0), researchers=both)
    assert not answer.notes
    assert {step.who for step in answer.work if step.found} == {"slow", "slower", "chair"}


def test_all_of_them_failing_is_no_answer_and_no_error():
    answer = study(QUESTION, Shelf(*WORLD), Pointing(), researchers=[Researcher(name="bad", look=_breaks)])
    assert answer.verdict is Verdict.NOT_FOUND


def test_the_same_question_gets_the_same_answer_whoever_is_done_first():
    answers = set()
    for _ in range(5):
        answer = study(QUESTION, Shelf(*WORLD), Pointing(John_Smith=3.0, Jane_Doe=2.9, Paul_Brown=2.8))
        answers.add((answer.text, answer.statements, answer.confidence, tuple(step.did for step in answer.work)))
    assert len(answers) == 1


def test_no_passage_is_read_twice():
    reader = Pointing(John_Smith=3.0)
    study(QUESTION, Shelf(*WORLD), reader)
    passages = [text for text in reader.read_texts if text == WORLD[2].body[3:-4]]
    assert len(passages) == 1


def test_steps_are_told_as_they_are_done_in_the_thread_that_asked():
    told: list[tuple[Step, threading.Thread]] = []
    answer = study(
        QUESTION, Shelf(*WORLD), Pointing(John_Smith=3.0), report=lambda s: told.append((s, threading.current_thread()))
    )
    assert sorted(step.who for step, _ in told) == sorted(step.who for step in answer.work)
    assert told[-1][0] == answer.work[-1]
    assert {thread for _, thread in told} == {threading.current_thread()}


@pytest.mark.parametrize(
    "question",
    ["", " ", "?", "\x00\x1b[31m", "a" * 5000, "title:x source:y -z", "谁？", "\ud800", '"', "How old was ?"],
)
def test_nothing_that_can_be_typed_raises(question):
    assert study(question, Shelf(*WORLD), Pointing()).verdict is Verdict.NOT_FOUND


@examples(30)
@given(st.text(max_size=60))
def test_no_text_raises(question):
    assert isinstance(study(question, Shelf(*WORLD), Pointing()), Answer)


def test_an_empty_library_has_no_answer():
    assert study(QUESTION, Shelf(), Pointing()).verdict is Verdict.NOT_FOUND


def test_citations_are_of_the_edition_that_was_asked():
    answer = study(QUESTION, Shelf(*WORLD), Pointing(John_Smith=3.0))
    assert {citation.edition for statement in answer.statements for citation in statement.citations} == {ROOT}
