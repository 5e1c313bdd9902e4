"""Lessons from questions that people asked: each as it is, and some made unanswerable.

Those that somebody judged unanswerable stay as they are. Others are made, in four ways: the question with something
exchanged (`spoiling.spoiled`), the passage with something exchanged in the sentence that answers, the passage without
that sentence, and another passage that looks alike.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from galactica.train.reading.lesson import Lesson, Real
from galactica.train.reading.spans import STOPS
from galactica.train.reading.spoiling import changed, sentence_of, spoiled, without

TITLED = 0.8
"""Share of the lessons that are given the article's title: a reader is not always told it."""

ALIKE = 3
"""Of the other passages, one of so many that share most words with the question is taken."""

NEARBY = 3
"""Other passages whose names and numbers a question's are exchanged for."""

_WORD = re.compile(r"[^\W_]+")


def lessons(asked: Sequence[Real], spoil: float, seed: str) -> list[Lesson]:
    """A lesson of each question, and of each with an answer `spoil` unanswerable ones on the average; the same for the
    same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    found = []
    for each in asked:
        title = each.title if chance.random() < TITLED else ""
        found.append(
            Lesson(question=each.question, title=title, passage=each.passage, answers=each.answers, weight=each.weight)
        )
        if each.answers and chance.random() < spoil:
            lesson = _unanswerable(each, title, chance)
            if lesson is not None:
                found.append(lesson)
    return found


def _unanswerable(each: Real, title: str, chance: random.Random) -> Lesson | None:
    start, end = sentence_of(each.passage, *each.answers[0])
    way, question, passage = chance.random(), each.question, each.passage
    if way < 0.4:
        nearby = chance.sample(each.others, min(NEARBY, len(each.others)))
        question = spoiled(each.question, " ".join((each.passage, *nearby)), chance)
    elif way < 0.6:
        passage = changed(each.passage, (start, end), each.answers, chance)
    elif way < 0.7 and len(each.answers) == 1:
        passage = without(each.passage, (start, end))
    else:
        passage = _alike(each, chance)
    if not question or len(passage) < 40:
        return None
    return Lesson(question=question, title=title, passage=passage, answers=(), weight=each.weight)


def _alike(each: Real, chance: random.Random) -> str:
    """Another passage that shares much with the question."""
    words = {word.lower() for word in _WORD.findall(each.question)} - STOPS

    def shared(text: str) -> int:
        return len(words & {word.lower() for word in _WORD.findall(text)})

    best = sorted(each.others, key=lambda text: (-shared(text), text))[:ALIKE]
    return chance.choice(best) if best else ""
