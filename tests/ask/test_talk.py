"""Where people talk is told by the form of a text; there more is read, and what is asked is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from galactica.ask.alike import put_together
from galactica.ask.answering import answer, marks_worth_reading
from galactica.ask.asked import Asked
from galactica.ask.bare_nouns import bare_noun
from galactica.ask.bearing import bears_on
from galactica.ask.check import check
from galactica.ask.confidence import NAMES, signals
from galactica.ask.contract import AnswerSpan, Given
from galactica.ask.evidence import asked_above, cite
from galactica.ask.finding import READ, searched_for, worth_reading
from galactica.ask.holdings import Page
from galactica.ask.marking import SHAPELESS, UNREASONED
from galactica.ask.proving import prove_answers
from galactica.ask.question import read_question
from galactica.ask.wishes import wishes
from galactica.codes.turns import is_asked, is_talk
from galactica.model import Article, Verdict

from .group.pretended import ROOT, Doubting, Glancing, Shelf, article

ENGLISH = "Q: Who are you?\nA: A miller.\nQ: Since when?\nA: Since the flood."
CHINESE = "问：您是谁？\n答：我是磨坊主。\n问：哪年来的？\n答：七八年。"
MINUTES = "Notes of June\n\nAnna Holm: We begin.\nOtto Reed: Not yet.\nAnna Holm: Why?\nOtto Reed: The key is lost."
BOX = "Capital: Ulmen\nArea: 12 km²\nCurrency: crown\nPopulation: 40\nAnthem: The Salt"


@pytest.mark.parametrize(
    "text", [ENGLISH, CHINESE, MINUTES, ENGLISH.replace("Q:", "  Host:").replace("A:", "Mia Reed:")]
)
def test_lines_that_begin_with_one_of_a_few_who_speak_are_talk(text: str) -> None:
    assert is_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Anna Holm built the bridge. Otto Reed: he paid.",
        BOX,
        f"{ENGLISH}\n" + "A line that nobody says.\n" * 9,
        "Q: Who?\nA: I.",
        "12:30 begins\n12:40 ends\n12:50 begins\n13:00 ends",
        ":" * 50_000,
        "a" * 50_000,
        "Q:\n" * 20_000,
    ],
)
def test_a_table_a_note_and_prose_are_none(text: str) -> None:
    assert not is_talk(text)


@pytest.mark.parametrize("sentence", ["Why?", "“Why?” ", "为什么？", "لماذا؟"])
def test_a_sentence_asks_that_ends_with_the_mark_of_its_script(sentence: str) -> None:
    assert is_asked(sentence)
    assert not is_asked(sentence.rstrip("?？؟”“ ") + ".")


TURNS = [f"Q: And on day {n}?\nA: We mended sails." for n in range(12)]
TALK = article("Living", "\n".join([*TURNS, "Q: Your father?\nA: He burned lime, all his life."]))
PROSE = article(
    "Living", "\n".join([*(["On that day sails were mended, they say."] * 24), "He burned lime, all his life."])
)
TRADE = "How did Mia Holm's dad earn a living?"


def asked_of(shelf: Shelf, question: str, reader: Glancing) -> Asked:
    return Asked(question=read_question(question, "en"), holdings=shelf, reader=reader)


def test_of_talk_what_shares_no_word_with_the_question_is_read_too() -> None:
    reader = Glancing({"lime": 1.0, "sails": -1.0}, lime=4.0)
    asked = asked_of(Shelf(TALK), TRADE, reader)
    worth = worth_reading(asked, searched_for(asked))
    assert any("burned lime" in hit.text for hit in worth.hits)
    assert len(worth.hits) <= READ
    assert worth.more == ()


def test_what_the_reader_finds_beside_the_question_is_not_read_even_of_talk() -> None:
    asked = asked_of(Shelf(TALK), TRADE, Glancing({"lime": -5.0, "sails": -5.0}))
    worth = worth_reading(asked, searched_for(asked))
    assert (worth.hits, worth.more) == ((), ())


def test_of_other_texts_it_is_read_only_where_nothing_else_can_be_an_answer() -> None:
    asked = asked_of(Shelf(PROSE), TRADE, Glancing({"lime": 1.0, "sails": 0.5}, lime=4.0))
    worth = worth_reading(asked, searched_for(asked))
    assert worth.hits == ()
    assert any("burned lime" in hit.text for hit in worth.more)
    assert [each.span.text for each in marks_worth_reading(asked, worth)][:1] == ["He burned lime"]
    known = article("Mia Holm", "Mia Holm's dad earned a living with nets.")
    asked = asked_of(Shelf(known, PROSE), TRADE, Glancing({"nets": 3.0, "lime": 1.0, "sails": 0.5}, nets=3.0, lime=4.0))
    worth = worth_reading(asked, searched_for(asked))
    assert [each.span.text for each in marks_worth_reading(asked, worth)] == ["with nets"]


def test_what_is_asked_in_talk_is_no_answer() -> None:
    talk = article("Ostrel", "Q: Was the mill built by Reed?\nA: No, by Holm.\nQ: By Holm?\nA: By her.")
    asked = asked_of(Shelf(talk), "Who built the mill?", Glancing({"mill": 3.0}, Reed=5.0))
    found = answer(asked)
    assert found.verdict is Verdict.NOT_FOUND
    assert SHAPELESS > UNREASONED


def test_a_reason_that_has_no_word_for_it_counts_less_and_can_be_an_answer() -> None:
    shelf = Shelf(article("Mill", "The mill of Ostrel closed. The stream had run dry."))
    asked = asked_of(shelf, "Why did the mill of Ostrel close?", Glancing({"mill": 3.0}, stream=6.0))
    worth = worth_reading(asked, searched_for(asked))
    best = marks_worth_reading(asked, worth)[0]
    assert best.span.text == "The stream had run dry."
    assert 0 < best.value < 6.0 - UNREASONED + 1.0


@pytest.mark.parametrize(("text", "talk"), [(TALK, 1.0), (article("Living", "The man burned lime."), 0.0)])
def test_confidence_is_told_whether_an_answer_stands_in_talk(text: object, talk: float) -> None:
    asked = asked_of(Shelf(text), TRADE, Glancing({"lime": 3.0}, lime=6.0))  # type: ignore[arg-type]
    worth = worth_reading(asked, searched_for(asked))
    groups = put_together(marks_worth_reading(asked, worth))
    proved, _ = prove_answers(asked, groups)
    told = dict(zip(NAMES, signals(asked, proved[0], groups).tolist(), strict=True))
    assert told["talk"] == talk


@pytest.mark.parametrize(
    ("question", "language", "noun"),
    [
        ("瓦拉国湖盐产量", "zh", "产量"),
        ("瓦拉国請辭後保留瓦拉国的稱號，只是職務名稱變更為?", "zh", ""),
        ("瓦拉国は語をいくつ見なしていましたか", "ja", ""),
        ("발라국은 언제 세워졌나요?", "ko", ""),
    ],
)
def test_only_a_short_noun_alone_is_wanted_in_the_sentence_and_never_the_end_of_a_verb(
    question: str, language: str, noun: str
) -> None:
    asked = read_question(question, language)
    assert bare_noun(asked, wishes(asked, lambda name: name if name in ("瓦拉国", "발라국") else "")) == noun


SKIPPER = article(
    "The crossing",
    "Q: How long does the crossing take?\nA: Well, eleven minutes.\nQ: And the boat?\nA: The Morag.\n"
    "Q: Tell us of your wife.\nA: Trina sold tickets.",
)


def page_of(shelf: Shelf, one: Article) -> Page:
    page = shelf.page(ROOT, one.id)
    assert page is not None
    return page


class Reading(Doubting):
    """The same, and it is remembered what was read."""

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        with self._lock:
            self.seen = [each.text for each in passages]
        return super().read(question, passages, most=most)


def test_a_quotation_is_read_alone_behind_the_turn_that_it_answers() -> None:
    shelf, reader = Shelf(SKIPPER), Reading(eleven=4.0, crossing=3.0)
    page = page_of(shelf, SKIPPER)
    start = page.text.index("A: Well")
    end = page.text.index("\n", start)
    cited = cite(page, start, end, (9, 23))
    checked = check(cited.quote, (cited,), shelf.page, reader, "How many minutes on the water?", judged=True)
    asked = "Q: How long does the crossing take?\n"
    assert checked.citations[0].quote == "A: Well, eleven minutes."
    assert reader.seen == [asked + cited.quote]
    ((claim, evidence),) = reader.judged
    assert (claim.text, evidence[0].text) == ("eleven minutes", asked + cited.quote)
    assert checked.margin > 0  # what is marked in the question is not what the quotation says


def test_the_words_of_the_turn_that_it_answers_count_for_what_a_quotation_speaks_of() -> None:
    page = page_of(Shelf(SKIPPER), SKIPPER)
    start = page.text.index("A: Well")
    cited = cite(page, start, page.text.index("\n", start), (9, 23))
    question = read_question("How long does a crossing take?", "en")
    assert not bears_on(question, replace(cited, title=""))
    assert bears_on(question, replace(cited, title=""), asked=asked_above(page, start))
    assert asked_above(page, page.text.index("Trina")) == "Q: Tell us of your wife."
    assert asked_above(page_of(Shelf(PROSE), PROSE), 40) == ""
