"""Lessons from questions that people asked: each as it is, and some made unanswerable.

Those that somebody judged unanswerable stay as they are. Others are made, in six ways (`WAYS`): the question with
another article's title in place of its own, or with something else exchanged (`spoiling.spoiled`); the passage with
something exchanged in the sentence that answers, or without that sentence; another passage of the article that looks
alike, or one of another article. The last two are what a search would find and should not.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from galactica.codes.segment import sentences
from galactica.train.reading.lesson import CheckedClaim, Lesson, Real
from galactica.train.reading.spans import STOPS
from galactica.train.reading.spoiling import changed, sentence_of, spoiled, without
from galactica.train.reading.vocabulary import script

TITLED = 0.8
"""Share of the lessons that are given the article's title: a reader is not always told it."""

SUPPORTED = 0.45
"""Share of the claims that their quotation supports; of the others, four of five have a wrong answer, the fifth a
quotation that does not speak of it."""

ALIKE = 3
"""Of the other passages, one of so many that look most like the question is taken."""

ELSEWHERE = 24
"""Passages of other articles that are looked at for those."""

NEARBY = 3
"""Other passages whose names and numbers a question's are exchanged for."""

RUN = 3
"""Letters of a run that a question and a passage share, in whatever script."""

_LETTERS = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\s*[(（].*")


@dataclass(frozen=True, slots=True)
class Around:
    """What else is asked about, by script: titles of articles, and passages with their titles."""

    titles: Mapping[str, Sequence[str]]
    passages: Mapping[str, Sequence[tuple[str, str]]]


def lessons(asked: Sequence[Real], spoil: float, seed: str, around: Around | None = None) -> list[Lesson]:
    """A lesson of each question, and of each with an answer `spoil` unanswerable ones on the average; the same for the
    same seed.

    Args:
        around: what else is asked about, where these are some of more questions.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    around = around or asked_about(asked)
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
            lesson = _unanswerable(each, title, around, chance)
            if lesson is not None:
                found.append(lesson)
    return found


def asked_about(asked: Sequence[Real]) -> Around:
    """What questions are about: what others are made unanswerable with."""
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    passages: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for each in asked:
        title = _plain(each.title)
        if len(title) > 1:
            titles[script(title)][title] = None
        passages[script(each.passage)][each.passage, each.title] = None
    return Around(
        {name: list(found) for name, found in titles.items()}, {name: list(found) for name, found in passages.items()}
    )


def _plain(title: str) -> str:
    return _BRACKETS.sub("", title.replace("_", " ")).strip()


def _unanswerable(each: Real, title: str, around: Around, chance: random.Random) -> Lesson | None:
    """The question made unanswerable in the first way of several that can be gone with it."""
    for way in sorted(WAYS, key=lambda way: -WAYS[way] * chance.random()):
        made = way(each, around, chance)
        if made is not None and len(made.passage) >= 40:
            given = title if made.relevant is None or not title else made.title
            return dataclasses.replace(made, title=given, weight=each.weight)
    return None


def _other_title(each: Real, around: Around, chance: random.Random) -> Lesson | None:
    own = _plain(each.title)
    if len(own) < 2 or own not in each.question:
        return None
    other = chance.choice(around.titles[script(own)])
    if other in each.passage or other == own:
        return None
    return Lesson(question=each.question.replace(own, other), passage=each.passage, answers=())


def _other_question(each: Real, around: Around, chance: random.Random) -> Lesson | None:
    nearby = chance.sample(each.others, min(NEARBY, len(each.others)))
    question = spoiled(each.question, " ".join((each.passage, *nearby)), chance)
    return Lesson(question=question, passage=each.passage, answers=()) if question else None


def _other_words(each: Real, around: Around, chance: random.Random) -> Lesson | None:
    passage = changed(each.passage, sentence_of(each.passage, *each.answers[0]), each.answers, chance)
    return Lesson(question=each.question, passage=passage, answers=()) if passage else None


def _without_sentence(each: Real, around: Around, chance: random.Random) -> Lesson | None:
    if len(each.answers) > 1:
        return None
    passage = without(each.passage, sentence_of(each.passage, *each.answers[0]))
    return Lesson(question=each.question, passage=passage, answers=())


def _of_the_article(each: Real, around: Around, chance: random.Random) -> Lesson | None:
    found = _most_alike(each.question, [(text, each.title) for text in each.others], chance)
    return (
        None
        if found is None
        else Lesson(question=each.question, passage=found[0], title=found[1], answers=(), relevant=False)
    )


def _of_another(each: Real, around: Around, chance: random.Random) -> Lesson | None:
    pool = around.passages[script(each.passage)]
    said = {each.passage[a:b].lower() for a, b in each.answers}
    some = [
        (text, title)
        for text, title in chance.sample(pool, min(len(pool), ELSEWHERE))
        if (title != each.title or not title) and not any(answer in text.lower() for answer in said)
    ]
    found = _most_alike(each.question, some, chance)
    return (
        None
        if found is None
        else Lesson(question=each.question, passage=found[0], title=found[1], answers=(), relevant=False)
    )


WAYS: dict[Callable[[Real, Around, random.Random], Lesson | None], float] = {
    _other_title: 0.9,
    _other_question: 1.3,
    _other_words: 1.0,
    _without_sentence: 0.8,
    _of_the_article: 1.1,
    _of_another: 1.1,
}
"""How readily each is gone, where it can be."""


def _most_alike(question: str, passages: Sequence[tuple[str, str]], chance: random.Random) -> tuple[str, str] | None:
    """One of the passages (with their titles) that share most runs of letters with a question."""
    words = [word.lower() for word in _LETTERS.findall(question) if word.lower() not in STOPS]
    runs = {word[at : at + RUN] for word in words for at in range(max(1, len(word) - RUN + 1))}

    def shared(passage: tuple[str, str]) -> tuple[int, str]:
        text = passage[0].lower()
        return -sum(run in text for run in runs), passage[0]

    best = sorted(passages, key=shared)[:ALIKE]
    return chance.choice(best) if best else None


def made_claims(asked: Sequence[Real], share: float, seed: str) -> list[CheckedClaim]:
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


def _claim(each: Real, others: Sequence[tuple[int, int]], chance: random.Random) -> CheckedClaim | None:
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
        return CheckedClaim(question=each.question, answer=said, title=title, quotation=quotation, supported=True)
    if way < 0.9:
        wrong = [text[a:b] for a, b in others if (b <= start or a >= end) and text[a:b] not in said]
        inside = [each for each in wrong if each in quotation] or wrong
        if not inside:
            return None
        answer = chance.choice(inside)
        return CheckedClaim(
            question=each.question,
            answer=answer,
            title=title,
            quotation=quotation,
            supported=False,
            doubted=(0, len(answer)),
        )
    rest = [text[a:b] for a, b in spans if said not in text[a:b] and b - a > 30]
    if not rest:
        return None
    return CheckedClaim(
        question=each.question,
        answer=said,
        title=title,
        quotation=chance.choice(rest),
        supported=False,
        doubted=(0, len(said)),
    )
