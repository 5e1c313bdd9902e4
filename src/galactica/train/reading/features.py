"""Lessons in numbers: a window of pieces, and which of them begin and end an answer; and batches of them."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.encode.claims import ClaimHead, ClaimRoom, claim_head
from galactica.encode.pieces import Tokenizer, Tokens, shortened
from galactica.train.reading.lesson import CheckedClaim, Graded, Lesson

QUESTION, TITLE = 56, 16
"""Pieces of a question and of a title that are read; 99 of 100 questions of SQuAD have fewer than 35."""

MOST_ANSWERS = 4
"""Places of the answer in a window that count; the others are taken for wrong, which hardly ever happens."""

AT_ONCE = 4_096
POOL = 24
"""Batches whose lessons are sorted by length together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingExample:
    """A lesson or a claim in numbers.

    Attributes:
        ids: of the window, as `encode.pieces.Window`.
        first, count: which of its pieces are of the passage.
        answers: (first piece, last piece) in the window, any of them right; (0, 0) where it does not answer; none: it
            is not said.
        weight: how much it counts.
        relevant: whether a search should find the passage; None: not to be said.
        near: how near question and passage are, 0 to 1; None: not to be said.
        supported: whether the claim is; None: it is no claim.
        claimed: pieces of the claim, from the second of the window on.
        doubted: (first, end) of these that are wrong; (0, 0): that is not said.
    """

    ids: tuple[int, ...]
    first: int
    count: int
    answers: tuple[tuple[int, int], ...]
    weight: float = 1.0
    relevant: bool | None = None
    near: float | None = None
    supported: bool | None = None
    claimed: int = 0
    doubted: tuple[int, int] = (0, 0)


def examples(lessons: Sequence[Lesson], pieces: Tokenizer, longest: int, seed: int) -> list[TrainingExample]:
    """The lessons in numbers, in order; one whose answer is no whole pieces of its passage is left out.

    Args:
        longest: pieces of a window. Of a longer passage one stretch is taken, with an answer where there is one.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    found: list[TrainingExample] = []
    for start in range(0, len(lessons), AT_ONCE):
        some = lessons[start : start + AT_ONCE]
        questions = pieces.cut([each.question for each in some])
        titles = pieces.cut([each.title for each in some])
        passages = pieces.cut([each.passage for each in some])
        for lesson, question, title, passage in zip(some, questions, titles, passages, strict=True):
            example = _example(lesson, question, title, passage, pieces, longest, chance)
            if example is not None:
                found.append(example)
    return found


def _example(
    lesson: Lesson,
    question: Tokens,
    title: Tokens,
    passage: Tokens,
    pieces: Tokenizer,
    longest: int,
    chance: random.Random,
) -> TrainingExample | None:
    question, title = shortened(question, QUESTION), shortened(title, TITLE)
    places = [place for each in lesson.answers if (place := _pieces_of(passage, *each)) is not None]
    if not len(passage) or (lesson.answers and not places):
        return None
    head = pieces.head(question, title)
    room = longest - len(head) - 1
    begin, end = 0, len(passage)
    if end > room:
        low, high = 0, end - room
        if places:
            first, last = chance.choice(places)
            low, high = max(low, last + 1 - room), min(high, first)
        begin = chance.randint(min(low, high), max(low, high))
        end = begin + room
    window = pieces.window(head, passage.ids[begin:end], begin)
    inside = [(a, b) for a, b in places if begin <= a and b < end][:MOST_ANSWERS]
    if places and not inside:
        return None
    shift = window.first - begin
    answers = tuple((a + shift, b + shift) for a, b in inside) or ((0, 0),)
    return TrainingExample(
        ids=window.ids,
        first=window.first,
        count=window.count,
        answers=answers,
        weight=lesson.weight,
        relevant=lesson.relevant,
        near=1.0 if lesson.relevant else None,
    )


def graded_examples(graded: Sequence[Graded], pieces: Tokenizer, longest: int) -> list[TrainingExample]:
    """The graded pairs in numbers, in order; of a longer passage its beginning."""
    questions = pieces.cut([each.question for each in graded])
    titles = pieces.cut([each.title for each in graded])
    passages = pieces.cut([each.passage for each in graded])
    found = []
    for each, question, title, passage in zip(graded, questions, titles, passages, strict=True):
        head = pieces.head(shortened(question, QUESTION), shortened(title, TITLE))
        window = pieces.window(head, passage.ids[: longest - len(head) - 1], 0)
        if window.count:
            found.append(
                TrainingExample(ids=window.ids, first=window.first, count=window.count, answers=(), near=each.near)
            )
    return found


def claim_examples(claims: Sequence[CheckedClaim], pieces: Tokenizer, longest: int) -> list[TrainingExample]:
    """The claims in numbers, in order."""
    found = []
    room = ClaimRoom(question=QUESTION, title=TITLE)
    questions = pieces.cut([each.question for each in claims])
    answers = pieces.cut([each.answer for each in claims])
    titles = pieces.cut([each.title for each in claims])
    quotations = pieces.cut([each.quotation for each in claims])
    for claim, question, answer, title, quotation in zip(claims, questions, answers, titles, quotations, strict=True):
        head = claim_head(question, answer, title, room)
        window = pieces.window(head.ids, quotation.ids[: longest - len(head.ids) - 1], 0)
        found.append(
            TrainingExample(
                ids=window.ids,
                first=window.first,
                count=window.count,
                answers=(),
                supported=claim.supported,
                claimed=head.claimed,
                doubted=_doubted(claim, answer, head),
            )
        )
    return found


def _doubted(claim: CheckedClaim, answer: Tokens, head: ClaimHead) -> tuple[int, int]:
    """(first, end) of the pieces of a claim that are wrong, as far as they are read; (0, 0): that is not said."""
    found = _pieces_of(answer, *claim.doubted) if claim.doubted[1] > claim.doubted[0] else None
    if found is None:
        return 0, 0
    before = head.claimed - head.answered
    first, end = before + found[0], before + min(found[1] + 1, head.answered)
    return (first, end) if first < end else (0, 0)


def _pieces_of(passage: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """(first, last) piece of a stretch of a passage; None where it has none."""
    first = bisect_right(passage.ends, start)
    last = bisect_left(passage.starts, end) - 1
    return (first, last) if first <= last else None


def batches(lengths: Sequence[int], tokens: int, seed: int) -> list[list[int]]:
    """Numbers of examples in batches of at most `tokens` with what fills them up, each once, drawn anew by `seed`.

    Examples of about one length stand together, so that little is filled up; the batches are in random order.

    Args:
        lengths: pieces of each example.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    order = list(range(len(lengths)))
    chance.shuffle(order)
    size = max(1, POOL * tokens * len(lengths) // max(1, sum(lengths)))
    out: list[list[int]] = []
    for start in range(0, len(order), size):
        pool = sorted(order[start : start + size], key=lambda number: lengths[number])
        now: list[int] = []
        for number in pool:
            if now and (len(now) + 1) * lengths[number] > tokens:
                out.append(now)
                now = []
            now.append(number)
        if now:
            out.append(now)
    chance.shuffle(out)
    return out
