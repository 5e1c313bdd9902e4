"""A claim before the evidence it is held against, as the network reads both: taught so and asked so.

`<s> question answer </s> </s> title </s> pieces of the evidence </s>`, without a title as in `pieces.Window`. A
sentence by itself stands where the question and its answer do, and may be as long as both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from galactica.encode.pieces import Tokenizer, Tokens, shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRoom:
    """How many pieces of what stands before the evidence are read.

    Attributes:
        question, title: of them.
        answer: of the question's answer.
    """

    question: int
    title: int
    answer: int = 24

    @classmethod
    def of(cls, about: Mapping[str, str]) -> Self:
        """As a network's file says.

        Raises:
            KeyError, ValueError: it does not.
        """
        return cls(question=int(about["question"]), title=int(about["title"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHead:
    """What stands before the evidence.

    Attributes:
        ids: of the pieces.
        first: number of the first piece of the answer, or of the sentence, among its own.
        claimed: pieces of the claim, from the second of the window on.
        answered: of these, the last ones, which are the answer, or the sentence.
    """

    ids: tuple[int, ...]
    first: int
    claimed: int
    answered: int


def claim_head(question: Tokens, answer: Tokens, title: Tokens, room: ClaimRoom) -> ClaimHead:
    """What stands before the evidence of a claim, of a longer one the beginning.

    Args:
        question: none: the answer is a sentence by itself.
    """
    return next(claim_heads(question, answer, title, room))


def claim_heads(question: Tokens, answer: Tokens, title: Tokens, room: ClaimRoom) -> Iterator[ClaimHead]:
    """The same for every part of a longer claim, one after the other."""
    question, title = shortened(question, room.question), shortened(title, room.title)
    size = room.answer if len(question) else room.question + room.answer
    for first in range(0, max(1, len(answer)), size):
        part = answer.ids[first : first + size]
        ids = question.ids + part
        both = Tokens(ids=ids, starts=(0,) * len(ids), ends=(0,) * len(ids))
        yield ClaimHead(ids=Tokenizer.head(both, title), first=first, claimed=len(ids), answered=len(part))
