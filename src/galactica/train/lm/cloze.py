"""Questions with a gap, made of a text itself: which of four numbers, names or words stood there?

Of each sentence that has one, a number, a name or a word is taken out; three others of the same kind and of about the
same length come from other documents. The model chooses the one with which the stretch is likeliest. Nothing is drawn
by chance but from a seed, so that two models answer the same questions. One in four is right by chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from galactica.train.lm.scoring import Scorer
from galactica.train.loading.vocabulary import Vocabulary

OPTIONS = 4
BEFORE, AFTER = 240, 48
"""Code points of the text that are shown before and behind the gap."""

MOST_POOL = 20_000
"""Candidates of a kind that are kept to draw wrong ones from."""

MOST_OF_DOCUMENT = 12
"""Questions that are made of one document, so that many documents are met."""

SENTENCE = (20, 400)
"""Code points of a sentence that is looked at."""

_SENTENCE = re.compile(r"[^\n.!?。！？]+")
_ENDS = ".!?。！？"
_KINDS = (
    ("number", re.compile(r"(?<![\d.,])\d{2,4}(?![\d.,]*\d)")),
    ("name", re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,14}(?: [A-Z][a-z]{2,14})?(?![a-z])")),
    ("word", re.compile(r"(?<= )[a-z]{6,12}(?=[ ,])|(?<=[\u4e00-\u9fff])[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff])")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeQuestion:
    """A gap.

    Attributes:
        kind: "number", "name" or "word".
        before, after: what stands on both sides.
        options: what may stand there.
        right: which of them did.
    """

    kind: str
    before: str
    after: str
    options: tuple[str, ...]
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeScore:
    """How many were right.

    Attributes:
        kind: of the questions; "" for all.
        questions, right: how many.
    """

    kind: str
    questions: int
    right: int


@dataclass(frozen=True, slots=True)
class _Gap:
    kind: str
    document: int
    before: str
    word: str
    after: str


def cloze_questions(texts: Iterable[str], count: int, seed: int = 0) -> list[ClozeQuestion]:
    """Questions out of texts, at most `count`, as many of each kind as can be.

    Args:
        texts: documents, in an order of their own.
        seed: of what is drawn.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    gaps = [gap for number, text in enumerate(texts) for gap in _gaps(number, text, chance)]
    by_kind = {kind: [gap for gap in gaps if gap.kind == kind][:MOST_POOL] for kind, _ in _KINDS}
    found: list[ClozeQuestion] = []
    for several in by_kind.values():
        chance.shuffle(several)
        made = 0
        for gap in several:
            if made * len(by_kind) >= count:
                break
            question = _question(gap, several, chance)
            if question is not None:
                found.append(question)
                made += 1
    return found[:count]


def _gaps(number: int, text: str, chance: random.Random) -> list[_Gap]:
    found = []
    for sentence in _SENTENCE.finditer(text):
        if (
            not SENTENCE[0] <= len(sentence.group()) <= SENTENCE[1]
            or text[sentence.end() : sentence.end() + 1] not in _ENDS
        ):
            continue
        for kind, pattern in _KINDS:
            places = [each for each in pattern.finditer(sentence.group()) if each.start() >= 12]
            if places:
                at = chance.choice(places)
                start, end = sentence.start() + at.start(), sentence.start() + at.end()
                before, after = text[max(0, start - BEFORE) : start], text[end : min(end + AFTER, sentence.end())]
                if at.group() not in before:  # what stands there already is only to be copied
                    found.append(_Gap(kind, number, before, at.group(), after))
    chance.shuffle(found)
    return found[:MOST_OF_DOCUMENT]


def _question(gap: _Gap, others: Sequence[_Gap], chance: random.Random) -> ClozeQuestion | None:
    wrong: list[str] = []
    for _ in range(200):
        other = chance.choice(others)
        near = abs(len(other.word) - len(gap.word)) <= (0 if gap.kind == "number" else 2)
        new = other.word not in (gap.word, *wrong) and other.document != gap.document
        if near and new and _script(other.word) == _script(gap.word) and other.word not in gap.before:
            wrong.append(other.word)
        if len(wrong) == OPTIONS - 1:
            right = chance.randrange(OPTIONS)
            options = (*wrong[:right], gap.word, *wrong[right:])
            return ClozeQuestion(kind=gap.kind, before=gap.before, after=gap.after, options=options, right=right)
    return None


def _script(word: str) -> bool:
    return word[0] > "\u2e80"


def cloze_choice(question: ClozeQuestion, scorer: Scorer, vocabulary: Vocabulary) -> int:
    """Which option a model takes: the one with which the whole stretch costs least, of equal ones the first."""
    stretches = [f"{question.before}{option}{question.after}" for option in question.options]
    windows = []
    for tokens in vocabulary.encode(stretches):
        window = [scorer.end, *tokens.tolist()]
        windows.append(window[-(scorer.context + 1) :])
    costs = [float(each.sum(dtype="float64")) for each in scorer.costs(windows)]
    return costs.index(min(costs))


def cloze_scores(questions: Sequence[ClozeQuestion], choices: Sequence[int]) -> tuple[ClozeScore, ...]:
    """How many were right, of all and by kind."""
    rows = list(zip(questions, choices, strict=True))
    found = []
    for kind in ("", *(kind for kind, _ in _KINDS)):
        right = [question.right == choice for question, choice in rows if kind in ("", question.kind)]
        if right:
            found.append(ClozeScore(kind=kind, questions=len(right), right=sum(right)))
    return tuple(found)
