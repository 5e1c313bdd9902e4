"""Statements made of questions and their passages, some of which the passage supports and some not: what a network
learns from to judge whether a quotation says what somebody says, and which of the words it does not.

In two ways. A question is said with its answer where it asks: "When was Apple founded?" gives "was Apple founded 1976",
which is how somebody asks for yes or no, in the words of people who had read the passage and did not repeat it (claims
made of questions: Pan et al. 2021, arXiv:2105.14682). And a sentence of the passage is said shorter. A statement is
made wrong by another answer of the same passage, another number, a name or an opposite exchanged, two names that change
places, or a denial; or it is held against a quotation that does not speak of it.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from galactica.codes.han import fold_han
from galactica.codes.segment import sentences
from galactica.languages import guess
from galactica.train.reading.asking_words import asking_words
from galactica.train.reading.lesson import CheckedClaim, Real
from galactica.train.reading.spans import AnswerKind, CandidateSpan, candidates
from galactica.train.reading.spoiling import OPPOSITES, spoiled

SUPPORTED = 0.5
"""Share of the statements that their quotation supports."""

SENTENCE = 0.4
"""Share of the statements that are made of a sentence of the passage."""

SILENT = 0.25
"""Share of the wrong ones that are held against a quotation that does not speak of them."""

TITLED = 0.8
"""Share that is given the article's title."""

SHORTEST, LONGEST = 30, 260
"""Characters of a sentence that a statement is made of."""

CHANGED = (AnswerKind.NAME, AnswerKind.YEAR, AnswerKind.DATE, AnswerKind.NUMBER, AnswerKind.THING)
"""What of a sentence is exchanged."""

_AUXILIARY = frozenset("is are was were did does do has have had can could will would should must may might".split())
_FRONT = 6
"""Words behind what an English question asks with, among which its auxiliary is looked for."""

_WORD = re.compile(r"[\w'’-]+")
_NUMBER = re.compile(r"\d+")
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
_ENDS = " ?？.。؟!"

Span = tuple[int, int]
"""(start, end) of a stretch of a text."""

Said = tuple[str, Span]
"""(a statement, (start, end) of the words of it that are to be doubted; (0, 0): none, or which is not known)."""


def made_statements(asked: Sequence[Real], share: float, seed: str) -> list[CheckedClaim]:
    """`share` statements of each question with an answer on the average; the same for the same seed."""
    chance = random.Random(f"{seed} statements")  # noqa: S311 - no secret
    answers: dict[str, list[str]] = defaultdict(list)
    for each in asked:
        if each.answers and (said := _answer(each)) not in answers[each.passage]:
            answers[each.passage].append(said)
    found = []
    for each in asked:
        count = int(share) + (chance.random() < share % 1)
        for _ in range(count if each.answers else 0):
            claim = _statement(each, answers[each.passage], chance)
            if claim is not None:
                found.append(claim)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statable:
    """What can be said of a sentence.

    Attributes:
        place: of the sentence in its passage.
        right: a statement that it supports.
        wrong: makes one that it does not.
    """

    place: Span
    right: str
    wrong: Callable[[], Said | None]


def _statement(each: Real, others: Sequence[str], chance: random.Random) -> CheckedClaim | None:
    spans = list(sentences(each.passage))
    able = (
        _of_sentence(each, spans, chance) if chance.random() < SENTENCE else _of_question(each, others, spans, chance)
    )
    if able is None:
        return None
    text, doubted, supported = able.right, (0, 0), chance.random() < SUPPORTED
    evidence = _around(each.passage, spans, able.place, chance)
    if not supported and chance.random() < SILENT:
        evidence = _silent(each, spans, able.place, chance)
        if not evidence:
            return None
    elif not supported:
        made = able.wrong()
        if made is None:
            return None
        text, doubted = made
    title = each.title if chance.random() < TITLED else ""
    return CheckedClaim(question="", answer=text, title=title, quotation=evidence, supported=supported, doubted=doubted)


def _of_sentence(each: Real, spans: Sequence[Span], chance: random.Random) -> _Statable | None:
    """What a sentence of the passage says, shorter."""
    able = [span for span in spans if SHORTEST <= span[1] - span[0] <= LONGEST]
    if not able:
        return None
    place = chance.choice(able)
    right = shorter(each.passage[place[0] : place[1]], chance)
    return _Statable(place=place, right=right, wrong=lambda: exchanged(right, each.passage, chance))


def _of_question(each: Real, others: Sequence[str], spans: Sequence[Span], chance: random.Random) -> _Statable | None:
    """The question with its answer, in half of the cases with the sign of a question: what is said is the same."""
    start = each.answers[0][0]
    place = next((span for span in spans if span[0] <= start < span[1]), None)
    told = with_answer(each.question, _answer(each))
    if told is None or place is None:
        return None
    right = f"{told[0]}?" if chance.random() < 0.5 else told[0]
    return _Statable(place=place, right=right, wrong=lambda: _with_another(each, others, chance))


def _answer(each: Real) -> str:
    start, end = each.answers[0]
    return each.passage[start:end]


def with_answer(question: str, answer: str) -> Said | None:
    """(the question with an answer where it asks, where the answer stands there); None where how it asks is not known.

    In English what asks gives way to an auxiliary behind it, and the answer stands last ("did Kalashnikov design the
    AK-47"); where there is none, and in other languages, the answer takes the place of what asks.
    """
    language = guess(question).partition("-")[0]
    asking = asking_words().get(language)
    plain = fold_han(question).lower()
    found = asking.asks(plain) if asking is not None and len(plain) == len(question) else None
    if found is None:
        return None
    before, after = question[: found[0]].strip(), question[found[1] :].strip(_ENDS)
    if language == "en":
        words = list(_WORD.finditer(after))
        place = next((n for n, word in enumerate(words[:_FRONT]) if word[0].lower() in _AUXILIARY), None)
        if place is not None and place + 1 < len(words):
            told = " ".join(filter(None, (after[words[place].start() :], before.lower())))
            return f"{told} {answer}", (len(told) + 1, len(told) + 1 + len(answer))
    head = f"{before} " if before and (asking is None or asking.spaced) else before
    gap = " " if asking is not None and asking.spaced and after else ""
    return f"{head}{answer}{gap}{after}", (len(head), len(head) + len(answer))


def shorter(sentence: str, chance: random.Random) -> str:
    """A sentence without what stands in brackets, in half of the cases only as far as a comma that leaves enough."""
    text = _BRACKETS.sub("", sentence).strip()
    commas = [at for at in (text.find(mark, SHORTEST) for mark in (", ", "，", "、", "; ")) if at > 0]
    return text[: min(commas)] if commas and chance.random() < 0.5 else text


def _with_another(each: Real, others: Sequence[str], chance: random.Random) -> Said | None:
    """The question with a wrong answer, or with the right one and something exchanged in it."""
    own = _answer(each)
    ways: list[Callable[[], Said | None]] = []
    wrong = [other for other in others if other.lower() not in own.lower() and own.lower() not in other.lower()]
    alike = [other for other in wrong if _shape(other) == _shape(own)] or wrong
    if alike:
        ways += [lambda: with_answer(each.question, chance.choice(alike))] * 3
    if _NUMBER.search(own):
        ways.append(lambda: with_answer(each.question, other_number(own, chance)))
    told = with_answer(each.question, own)
    assert told is not None
    nearby = " ".join((each.passage, *each.others[:2]))
    ways.append(lambda: _apart(told[0], spoiled(told[0], nearby, chance)))
    return chance.choice(ways)()


def _shape(answer: str) -> tuple[bool, bool]:
    return bool(_NUMBER.search(answer)), answer[:1].isupper()


def other_number(text: str, chance: random.Random) -> str:
    """A text with one of its numbers a little, or much, larger or smaller."""
    place = chance.choice(list(_NUMBER.finditer(text)))
    value = int(place[0])
    near = max(2, value // 50) if value > 99 else max(3, value // 2)
    other = max(0, value + chance.choice((-1, 1)) * chance.randint(1, near))
    other = other if other != value else value + 1
    return text[: place.start()] + str(other) + text[place.end() :]


def exchanged(text: str, source: str, chance: random.Random) -> Said | None:
    """A sentence with something of it exchanged, (0, 0) where two things of it changed places; None where it has
    nothing that can be.

    Args:
        source: a text where others of the same kind are taken from.
    """
    own = [each for each in candidates(text) if each.kind in CHANGED]
    ways: list[Callable[[], Said | None]] = []
    names = [each for each in own if each.kind is AnswerKind.NAME]
    if len(names) > 1 and text[names[0].start : names[0].end] != text[names[-1].start : names[-1].end]:
        first, last = sorted((names[0], names[-1]), key=lambda each: each.start)
        one, other = text[first.start : first.end], text[last.start : last.end]
        ways.append(
            lambda: (f"{text[: first.start]}{other}{text[first.end : last.start]}{one}{text[last.end :]}", (0, 0))
        )
    if own:
        ways += [lambda: _of_source(text, own, source, chance)] * 3
    if _NUMBER.search(text):
        ways.append(lambda: _apart(text, other_number(text, chance)))
    opposite = [word for word in _WORD.finditer(text) if word[0].lower() in OPPOSITES]
    if opposite:
        ways.append(lambda: _opposed(text, chance.choice(opposite), chance))
    return chance.choice(ways)() if ways else None


def _of_source(text: str, own: Sequence[CandidateSpan], source: str, chance: random.Random) -> Said | None:
    each = chance.choice(own)
    said = text[each.start : each.end]
    lower = text.lower()
    others = [
        source[other.start : other.end]
        for other in candidates(source)
        if other.kind is each.kind and source[other.start : other.end].lower() not in lower
    ]
    if not others:
        return None
    other = chance.choice(others)
    if said.lower() in other.lower():
        return None
    return f"{text[: each.start]}{other}{text[each.end :]}", (each.start, each.start + len(other))


def _opposed(text: str, word: re.Match[str], chance: random.Random) -> Said:
    other = chance.choice(OPPOSITES[word[0].lower()])
    return f"{text[: word.start()]}{other}{text[word.end() :]}", (word.start(), word.start() + len(other))


def _apart(text: str, other: str) -> Said | None:
    """(a changed text, the whole words in which it is another one than before); None where it was not changed."""
    if not other or other == text:
        return None
    start = next((n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    left = min(len(text), len(other)) - start
    same = next((n for n in range(left) if text[-1 - n] != other[-1 - n]), left)
    end = len(other) - same
    while start > 0 and other[start - 1].isalnum():
        start -= 1
    while end < len(other) and other[end].isalnum():
        end += 1
    return other, (start, max(end, start))


def _around(text: str, spans: Sequence[Span], place: Span, chance: random.Random) -> str:
    """The sentence at `place` with none to three of those before and behind it."""
    at = next(number for number, span in enumerate(spans) if span == place)
    first, last = max(0, at - chance.choice((0, 0, 1, 2))), min(len(spans) - 1, at + chance.choice((0, 0, 1, 3)))
    return text[spans[first][0] : spans[last][1]]


def _silent(each: Real, spans: Sequence[Span], place: Span, chance: random.Random) -> str:
    """Sentences of the passage, or of another one of its article, without the one at `place`."""
    own = _answer(each)
    if each.others and chance.random() < 0.5:
        return chance.choice(each.others)[:600]
    at = next(number for number, span in enumerate(spans) if span == place)
    rest = [run for run in (spans[max(0, at - 3) : at], spans[at + 1 : at + 4]) if run]
    if not rest:
        return ""
    run = chance.choice(rest)
    text = each.passage[run[0][0] : run[-1][1]]
    return "" if own.lower() in text.lower() or len(text) < SHORTEST else text
