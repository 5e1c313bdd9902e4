"""What a property is asked by in a script without spaces where only a noun stands beside the thing: 波兰人口密度."""

from __future__ import annotations

import re
from collections.abc import Sequence

from galactica.ask.kinds import Kind
from galactica.ask.question import ReadQuestion
from galactica.ask.wishes import Wish
from galactica.codes.han import unspaced


def bare_noun(question: ReadQuestion, found: Sequence[Wish]) -> str:
    """The end of the noun that a bare property is asked by in a script without spaces (密度 of 波兰人口密度): the
    sentence of an answer has to have it, because nothing else shows that it speaks of that. "" for other questions.

    Args:
        found: its `wishes`.
    """
    if not unspaced(question.text) or question.kind is not Kind.OTHER:
        return ""
    left = found[0].left if found and found[0].property is None else ""
    return left[-2:] if isinstance(left, str) and _NOUN.fullmatch(left) else ""


_NOUN = re.compile(r"[\u3400-\u9fff]{3,8}")
"""A noun that is made of several, in Han letters alone: what else is left of a question ends with its verb
(세워졌나요, 見なしていましたか)."""
