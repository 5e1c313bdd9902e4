"""Lessons made from an edition's own text: questions without anybody who asked them.

Three kinds, drawn at random from the passages of an article:
1. *Told*: a question phrased (`phrasing`) from a sentence of the passage that it is asked of.
2. *Recurring*: what answers stands in two passages; the question is phrased from a sentence of the one and asked of the
   other (after Ram et al. 2021, doi:10.18653/v1/2021.acl-long.239). The two must share more than the answer.
3. *Without an answer*: a told question asked of a passage of the same article that does not hold the answer, of its own
   passage without the sentence, or with a name or number in it exchanged (`spoiled`).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from galactica.codes.segment import sentences
from galactica.train.reading.lesson import Lesson
from galactica.train.reading.phrasing import question
from galactica.train.reading.spans import STOPS, AnswerKind, CandidateSpan, candidates
from galactica.train.reading.spoiling import spoiled, without

SHORTEST, LONGEST = 40, 320
"""Characters of a sentence that a question is made from."""

NEARBY = 3
"""Other passages whose names and numbers a question's are exchanged for."""

_WORD = re.compile(r"[^\W_]{3,}")
_WORTH = {
    AnswerKind.DATE: 3.0,
    AnswerKind.YEAR: 2.0,
    AnswerKind.NAME: 3.0,
    AnswerKind.NUMBER: 2.5,
    AnswerKind.TITLE: 1.5,
    AnswerKind.THING: 1.0,
    AnswerKind.REASON: 3.0,
}
"""How often each kind is chosen where there are several; about as SQuAD's answers are spread (its table 2)."""


def lessons(
    title: str, passages: Sequence[str], *, most: int, unanswered: float, known: Callable[[str], bool], seed: str
) -> list[Lesson]:
    """Lessons from an article, at most `most`; the same for the same seed.

    Args:
        passages: of the article, in order.
        unanswered: share of those without an answer.
        known: whether a word is one.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    found: list[Lesson] = []
    standing = _standing(passages)
    for _ in range(3 * most):
        if len(found) >= most:
            break
        at = chance.randrange(len(passages))
        lesson = _one(title, passages, at, standing, unanswered, known, chance)
        if lesson is not None:
            found.append(lesson)
    return found


def _one(
    title: str,
    passages: Sequence[str],
    at: int,
    standing: dict[str, list[int]],
    unanswered: float,
    known: Callable[[str], bool],
    chance: random.Random,
) -> Lesson | None:
    text = passages[at]
    chosen = _chosen(text, chance)
    if chosen is None:
        return None
    (start, end), answer = chosen
    sentence = text[start:end]
    asked = question(sentence, answer, title=title, known=known, chance=chance)
    if not asked:
        return None
    said = sentence[answer.start : answer.end]
    shown = title if chance.random() < 0.7 else ""
    if chance.random() < unanswered:
        return _unanswered(asked, shown, passages, at, (start, end), said, chance)
    if chance.random() < 0.5:
        others = [n for n in standing.get(said, ()) if n != at and _alike(sentence, said, passages[n])]
        if others:
            text = passages[chance.choice(others)]
            return Lesson(question=asked, title=shown, passage=text, answers=answer_places(said, text))
    return Lesson(question=asked, title=shown, passage=text, answers=((start + answer.start, start + answer.end),))


def _unanswered(
    asked: str, shown: str, passages: Sequence[str], at: int, place: tuple[int, int], said: str, chance: random.Random
) -> Lesson | None:
    text, way = passages[at], chance.random()
    if way < 0.45:
        nearby = chance.sample(passages, min(NEARBY, len(passages)))
        other = spoiled(asked, " ".join((text, *nearby)), chance)
        return Lesson(question=other, title=shown, passage=text, answers=()) if other else None
    if way < 0.7:
        cut = without(text, place)
        if len(cut) > 100 and said not in cut:
            return Lesson(question=asked, title=shown, passage=cut, answers=())
        return None
    others = [other for other in passages if said.lower() not in other.lower()]
    return Lesson(question=asked, title=shown, passage=chance.choice(others), answers=()) if others else None


def _chosen(text: str, chance: random.Random) -> tuple[tuple[int, int], CandidateSpan] | None:
    """A sentence of a passage and what of it is asked for."""
    able = [(a, b) for a, b in sentences(text) if SHORTEST <= b - a <= LONGEST and "\n" not in text[a:b]]
    if not able:
        return None
    start, end = chance.choice(able)
    found = list(candidates(text[start:end]))
    if not found:
        return None
    return (start, end), chance.choices(found, [_WORTH[each.kind] for each in found])[0]


def _standing(passages: Sequence[str]) -> dict[str, list[int]]:
    """In which passages each name, date and number stands, where in more than one."""
    at: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(passages):
        said = {
            text[f.start : f.end]
            for f in candidates(text)
            if f.kind in (AnswerKind.NAME, AnswerKind.DATE, AnswerKind.YEAR, AnswerKind.TITLE)
        }
        for each in sorted(said):
            at[each].append(number)
    return {each: numbers for each, numbers in at.items() if 1 < len(numbers) <= 6}


def _alike(sentence: str, said: str, text: str) -> bool:
    """Whether a passage shares three words with a sentence beside the answer."""
    words = {word.lower() for word in _WORD.findall(sentence)} - STOPS - {word.lower() for word in _WORD.findall(said)}
    return len(words & {word.lower() for word in _WORD.findall(text)}) >= 3


def answer_places(answer: str, text: str, most: int = 4) -> tuple[tuple[int, int], ...]:
    """Where an answer stands in a text: as words of its own, else inside of words (as in languages without spaces, or
    with endings)."""
    for pattern in (rf"(?<!\w){re.escape(answer)}(?!\w)", re.escape(answer)):
        found = tuple(match.span() for match, _ in zip(re.finditer(pattern, text), range(most), strict=False))
        if found or not answer:
            return found
    return ()
