"""Lessons from questions that people asked: each as it is, and some made unanswerable.

Those that somebody judged unanswerable stay as they are. Others are made, in five ways: the question with another
article's title in place of its own, or with something else exchanged (`spoiling.spoiled`), the passage with something
exchanged in the sentence that answers, the passage without that sentence, and another passage that looks alike.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from galactica.codes.segment import sentences
from galactica.train.reading.lesson import Claim, Lesson, Real
from galactica.train.reading.spans import STOPS
from galactica.train.reading.spoiling import changed, sentence_of, spoiled, without
from galactica.train.reading.vocabulary import script

TITLED = 0.8
"""Share of the lessons that are given the article's title: a reader is not always told it."""

SUPPORTED = 0.45
"""Share of the claims that their quotation supports; of the others, four of five have a wrong answer, the fifth a
quotation that does not speak of it."""

ALIKE = 3
"""Of the other passages, one of so many that share most words with the question is taken."""

NEARBY = 3
"""Other passages whose names and numbers a question's are exchanged for."""

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\s*[(（].*")


def lessons(asked: Sequence[Real], spoil: float, seed: str) -> list[Lesson]:
    """A lesson of each question, and of each with an answer `spoil` unanswerable ones on the average; the same for the
    same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    titles = _titles(asked)
    found = []
    for each in asked:
        title = each.title if chance.random() < TITLED else ""
        relevant = True if each.answers else None
        found.append(
            Lesson(
                question=each.question,
                title=title,
                passage=each.passage,
                answers=each.answers,
                relevant=relevant,
                weight=each.weight,
            )
        )
        if each.answers and chance.random() < spoil:
            lesson = _unanswerable(each, title, titles, chance)
            if lesson is not None:
                found.append(lesson)
    return found


def _titles(asked: Sequence[Real]) -> dict[str, list[str]]:
    """Titles of all articles that are asked about, without what stands in brackets, by script."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for each in asked:
        title = _plain(each.title)
        if len(title) > 1:
            found[script(title)][title] = None
    return {name: list(titles) for name, titles in found.items()}


def _plain(title: str) -> str:
    return _BRACKETS.sub("", title.replace("_", " ")).strip()


def _exchanged(each: Real, titles: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """The question with another article's title in the place of its own's; "" where that does not stand in it."""
    own = _plain(each.title)
    if len(own) < 2 or own not in each.question:
        return ""
    other = chance.choice(titles[script(own)])
    return "" if other in each.passage else each.question.replace(own, other)


def _unanswerable(each: Real, title: str, titles: Mapping[str, Sequence[str]], chance: random.Random) -> Lesson | None:
    start, end = sentence_of(each.passage, *each.answers[0])
    way, question, passage, relevant = chance.random(), each.question, each.passage, None
    if way < 0.15 and (other := _exchanged(each, titles, chance)):
        question = other
    elif way < 0.4:
        nearby = chance.sample(each.others, min(NEARBY, len(each.others)))
        question = spoiled(each.question, " ".join((each.passage, *nearby)), chance)
    elif way < 0.6:
        passage = changed(each.passage, (start, end), each.answers, chance)
    elif way < 0.7 and len(each.answers) == 1:
        passage = without(each.passage, (start, end))
    else:
        passage, relevant = _alike(each, chance), False
    if not question or len(passage) < 40:
        return None
    return Lesson(question=question, title=title, passage=passage, answers=(), relevant=relevant, weight=each.weight)


def _alike(each: Real, chance: random.Random) -> str:
    """Another passage that shares much with the question."""
    words = {word.lower() for word in _WORD.findall(each.question)} - STOPS

    def shared(text: str) -> int:
        return len(words & {word.lower() for word in _WORD.findall(text)})

    best = sorted(each.others, key=lambda text: (-shared(text), text))[:ALIKE]
    return chance.choice(best) if best else ""


def claims(asked: Sequence[Real], share: float, seed: str) -> list[Claim]:
    """`share` claims of each question with an answer on the average; the same for the same seed.

    A wrong answer is one of another question of the same passage.
    """
    chance = random.Random(f"{seed} claims")  # noqa: S311 - no secret
    answers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for each in asked:
        answers[each.passage] += each.answers[:1]
    return [
        claim
        for each in asked
        if each.answers and chance.random() < share and (claim := _claim(each, answers[each.passage], chance))
    ]


def _claim(each: Real, others: Sequence[tuple[int, int]], chance: random.Random) -> Claim | None:
    start, end = each.answers[0]
    said, text = each.passage[start:end], each.passage
    spans = list(sentences(text))
    at = next((number for number, (a, b) in enumerate(spans) if a <= start < b), None)
    if at is None:
        return None
    title = each.title if chance.random() < TITLED else ""
    first, last = max(0, at - chance.choice((0, 0, 1))), min(len(spans) - 1, at + chance.choice((0, 0, 1)))
    quotation = text[spans[first][0] : spans[last][1]]
    way = chance.random()
    if way < SUPPORTED:
        return Claim(question=each.question, answer=said, title=title, quotation=quotation, supported=True)
    if way < 0.9:
        wrong = [text[a:b] for a, b in others if (b <= start or a >= end) and text[a:b] not in said]
        inside = [each for each in wrong if each in quotation] or wrong
        if not inside:
            return None
        answer = chance.choice(inside)
        return Claim(question=each.question, answer=answer, title=title, quotation=quotation, supported=False)
    rest = [text[a:b] for a, b in spans if said not in text[a:b] and b - a > 30]
    if not rest:
        return None
    return Claim(question=each.question, answer=said, title=title, quotation=chance.choice(rest), supported=False)
