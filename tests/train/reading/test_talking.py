"""Talks made of questions: what is said of oneself, what is asked, and that no answer is touched."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from galactica.codes.turns import is_talk
from galactica.train.reading.lesson import Lesson, Real
from galactica.train.reading.made import answer_places
from galactica.train.reading.talking import talks
from galactica.train.reading.talking_words import in_language, talk_words


def real(question: str, title: str, passage: str, answer: str) -> Real:
    return Real(question=question, title=title, passage=passage, answers=answer_places(answer, passage))


VERA = (
    "Vera Holt (born 3 May 1911) was a painter of harbours. She was taught by her uncle, the miller of Corvey. "
    "In 1932 she moved to Arden with two brothers. Vera Holt is known for the blue of her boats.\n"
    "Her largest picture hangs in the town hall of Belfort. She has a museum of her own since 1990. "
    "The museum is tiny."
)
LIN = (
    "林知秋（1911年5月3日生）是一位画家。他的舅舅教他画船，后来他搬到了安平。1932年，林知秋在安平开了一家小小的画室，"
    "收了七个学生。其他人都说他的蓝色最好看。他最大的一幅画挂在贝城的市政厅里。"
)
ASKED = (
    real("Who taught Vera Holt?", "Vera Holt", VERA, "her uncle"),
    real("When did Vera Holt move to Arden?", "Vera Holt", VERA, "1932"),
    real("Where does her largest picture hang?", "Vera Holt", VERA, "the town hall of Belfort"),
    real("What is Vera Holt known for?", "Vera Holt", VERA, "the blue of her boats"),
    real("林知秋是什么时候出生的？", "林知秋", LIN, "1911年5月3日"),
    real("林知秋收了几个学生？", "林知秋", LIN, "七个"),
    real("林知秋最大的画挂在哪里？", "林知秋", LIN, "贝城的市政厅里"),
)


def many(asked: tuple[Real, ...] = ASKED, seeds: int = 60) -> Iterator[tuple[Real, Lesson]]:
    for seed in range(seeds):
        for lesson in talks(asked, 1.0, str(seed)):
            yield next(each for each in asked if each.question == lesson.question), lesson


def test_answers_are_carried_over_to_the_letter() -> None:
    for each, lesson in many():
        said = {each.passage[a:b] for a, b in each.answers}
        assert {lesson.passage[a:b] for a, b in lesson.answers} <= said
        if lesson.answers:
            assert lesson.relevant is True
        else:
            assert lesson.relevant is None
            assert not any(answer.casefold() in lesson.passage.casefold() for answer in said)


def test_about_a_fifth_are_without_an_answer() -> None:
    found = [not lesson.answers for _, lesson in many()]
    assert 0.12 < sum(found) / len(found) < 0.3


def test_the_same_seed_makes_the_same_and_another_others() -> None:
    assert talks(ASKED, 1.0, "one") == talks(ASKED, 1.0, "one")
    assert talks(ASKED, 1.0, "one") != talks(ASKED, 1.0, "two")


def test_a_share_of_the_questions_with_an_answer_is_taken() -> None:
    unanswerable = Real(question="Who sold Vera Holt?", passage=VERA, answers=())
    assert talks([unanswerable], 1.0, "x") == []
    assert talks(ASKED, 0.0, "x") == []
    made = sum(len(talks(ASKED, 0.3, str(seed))) for seed in range(60)) / (60 * len(ASKED))
    assert 0.2 < made < 0.4


def test_no_turn_asks_what_the_lesson_asks_nor_tells_its_answer() -> None:
    for each, lesson in many():
        assert each.question not in lesson.passage
        answered = [lesson.passage[a:b] for a, b in lesson.answers]
        if len(answered) == 1:
            assert lesson.passage.count(answered[0]) == 1 or each.passage.count(answered[0]) > 1


def test_what_is_told_of_somebody_becomes_what_somebody_tells_of_himself() -> None:
    english = " ".join(lesson.passage for each, lesson in many() if each.passage == VERA)
    for said in (
        "I was taught by my uncle",
        "I am known for the blue of",
        "I have a museum of my own",
        "I moved to Arden",
    ):
        assert said in english.replace("I mean, ", "").replace("in 1932 I", "In 1932 I"), said
    assert "were taught by her uncle" not in english
    chinese = " ".join(lesson.passage for each, lesson in many() if each.passage == LIN)
    assert "我搬到了安平" in chinese
    assert "其我" not in chinese
    assert re.search("我（1911年5月3日生）是一位画家|我是一位画家", chinese)


def test_of_a_name_the_last_is_one_too_but_not_where_it_is_of_somewhere() -> None:
    text = "Ina {} Moor was born by the sea. She left it, and she came back. Later Moor was married in 1950."
    for between, said in (("Maria", True), ("of", False)):
        passage = text.format(between)
        asked = real("In which year?", f"Ina {between} Moor", passage, "1950")
        found = "".join(lesson.passage for _, lesson in many((asked,)))
        assert ("Later I was married" in found or "later I was married" in found) is said


def test_of_a_short_passage_more_of_the_article_is_said() -> None:
    asked = Real(
        question="When was the mill built?",
        passage="The mill was built in 1901.",
        answers=((22, 26),),
        others=("The mill has two wheels. It stands by the river.", "In 1901 it rained."),
    )
    found = [lesson for _, lesson in many((asked,))]
    assert any("two wheels" in lesson.passage for lesson in found)
    assert not any("rained" in lesson.passage for lesson in found)
    assert {lesson.passage[a:b] for lesson in found for a, b in lesson.answers} == {"1901"}


def test_whoever_asks_says_you() -> None:
    english = " ".join(lesson.passage for each, lesson in many(seeds=120) if each.passage == VERA)
    assert "What are you known for?" in english
    assert "When did you move to Arden?" in english


def test_most_of_them_look_like_talk() -> None:
    longer = [lesson.passage for _, lesson in many() if lesson.passage.count("\n") >= 5]
    assert sum(map(is_talk, longer)) > 0.6 * len(longer) > 0
    assert any("\n记者：" in f"\n{passage}" for passage in (lesson.passage for _, lesson in many()))


def test_titles_are_of_interviews_of_articles_or_none() -> None:
    titles = {lesson.title for each, lesson in many() if each.passage == VERA}
    assert {"", "Vera Holt", "Interview with Vera Holt"} <= titles


def test_what_nothing_is_known_of_is_left_out() -> None:
    assert talks([real("ለምን?", "ሀ", "ሀለሐመሠ ረሰሸ። ቀበተ ቸኀነ።", "ረሰሸ")], 1.0, "x") == []


def test_an_answer_over_two_lines_is_left_out() -> None:
    assert (
        talks([real("What was said by whom?", "", "It was said\nby the miller of Corvey.", "said\nby")], 1.0, "x") == []
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The town of the miller is old and it was built in 1901.", "I"),
        ("Die Stadt ist alt und wurde von dem Müller gebaut.", "ich"),
        ("這個城市很舊，是由磨坊主人建造的，後來變成學校。", "我"),
        ("这个城市很旧，是由磨坊主人建造的，后来变成学校。", "我"),
        ("この町はとても古いです。粉屋が建てました。", "私"),
    ],
)
def test_how_people_talk_is_told_by_the_text(text: str, first: str) -> None:
    words = talk_words(text)
    assert words is not None
    assert words.one.title[-1][1] == first
    assert in_language(text, words)


def test_traditional_letters_are_asked_in_traditional_ones() -> None:
    words = talk_words("這個城市很舊，是由磨坊主人建造的，後來變成學校。")
    assert words is not None
    assert "後來呢？" in words.prompts


def test_odd_answers_and_passages_break_nothing() -> None:
    """Passages of chance, in several scripts, with answers anywhere."""
    chance = random.Random(7)
    parts = (
        "Vera ",
        "is ",
        "he ",
        "他",
        "，",
        "。",
        ". ",
        "\n",
        "1. ",
        "(x) ",
        "II. ",
        "林知秋",
        "「",
        "ß",
        "İ",
        "the ",
        "[SEP] ",
    )
    for _ in range(400):
        passage = "".join(chance.choices(parts, k=chance.randint(1, 40)))
        a = chance.randrange(len(passage))
        b = min(len(passage), a + chance.randint(1, 9))
        each = Real(
            question="who?", passage=passage, answers=((a, b),), title=chance.choice(("Vera", "林知秋", "", "("))
        )
        for lesson in talks([each], 1.0, str(a)):
            assert all(lesson.passage[x:y] == passage[a:b] for x, y in lesson.answers)
