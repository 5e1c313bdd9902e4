"""How the chair weighs: what agrees, from where, and of what it speaks."""

from __future__ import annotations

from itertools import pairwise

from galactica.ask.answering import Marked
from galactica.ask.contract import AnswerSpan
from galactica.ask.group.chair import agreement, beginnings_of_names, once
from galactica.ask.group.desk import Finding
from galactica.model import Citation, PassageHit


def marked(article: str, text: str, *, value: float = 2.0, passage: int = 0, start: int = 0) -> Marked:
    hit = PassageHit(
        edition="e",
        id=article.encode(),
        title=article,
        language="en",
        source="wiki",
        path=article,
        passage=passage,
        start=100 * passage,
        end=100 * passage + len(text),
        text=text,
        score=1.0,
    )
    span = AnswerSpan(passage=0, start=start, end=start + 3, text=text[start : start + 3], score=0.5, margin=value)
    return Marked(hit=hit, span=span, value=value)


def found(who: str, each: Marked) -> Finding:
    citation = Citation(
        edition="e",
        id=each.hit.id,
        title=each.hit.title,
        language="en",
        source="wiki",
        source_title="Wiki",
        path=each.hit.path,
        url="",
        licence="",
        date="",
        passage=each.hit.passage,
        start=each.hit.start,
        end=each.hit.end,
        quote=each.hit.text,
    )
    return Finding(who=who, marked=each, citation=citation, reason="")


FIRST = marked("One", "Ann built it in Oldham.")


def test_nobody_agreeing_adds_nothing():
    assert agreement([FIRST]) == 0.0
    assert agreement([FIRST, FIRST, FIRST]) == 0.0


def test_another_article_adds_more_than_another_passage_of_the_same():
    elsewhere = agreement([FIRST, marked("Two", "It was Ann who built.")])
    beside = agreement([FIRST, marked("One", "It was Ann who built.", passage=1)])
    assert elsewhere > 3 * beside > 0


def test_each_further_article_adds_less_and_all_together_not_much():
    several = [FIRST, *(marked(f"More {n}", f"Ann, says witness {n}.") for n in range(50))]
    steps = [agreement(several[:n]) for n in range(1, 6)]
    gains = [later - earlier for earlier, later in pairwise(steps)]
    assert gains == sorted(gains, reverse=True)
    assert agreement(several) < 4.0


def test_a_copy_adds_nothing():
    assert agreement([FIRST, marked("Copy", "ANN built it in Oldham.")]) == 0.0


def test_what_is_unlikely_hardly_adds():
    assert agreement([FIRST, marked("Two", "Ann, perhaps.", value=-5.0)]) < 0.02


def test_what_speaks_of_something_else_adds_nothing():
    names = beginnings_of_names("Who built the bridge of Oldham?")
    assert agreement([FIRST, marked("Two", "Ann built the one of Leeds.")], names) == 0.0
    assert agreement([FIRST, marked("Two", "Ann built the one of Oldham.")], names) > 0
    assert agreement([FIRST, marked("Oldham", "Ann built the bridge.")], names) > 0


def test_the_first_word_of_a_question_is_no_name():
    assert beginnings_of_names("Who built it?") == ()
    assert beginnings_of_names("") == ()
    assert beginnings_of_names("谁建造了它？") == ()


def test_a_stretch_is_heard_once_with_the_most_that_it_was_given():
    low, high = marked("One", "Ann built it."), marked("One", "Ann built it.", value=3.0)
    heard = once([found("words", low), found("meaning", high), found("links", low)])
    assert heard == [high]
