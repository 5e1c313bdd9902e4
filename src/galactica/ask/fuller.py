"""The whole name of somebody whom a sentence calls by a part of it: "Warhol" in the article "Andy Warhol".

An encyclopedia gives a name once and then a part of it. Where somebody is asked for, the answer is a part of the title
it stands under, and that article is about a person, the title is said. The quotation and what is marked in it stay as
they are: the title stands beside them.
"""

from __future__ import annotations

import re

from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.lives import told_life
from galactica.ask.question import ReadQuestion

LONGEST = 5
"""Words of a title that may be somebody's name."""

_PARTICLES = frozenset("da de del della der di do dos du el ibn la le van von y zu".split())
"""Words inside a name that begin with no capital. Not "of": what is "of" something is mostly no person."""


def fuller(text: str, page: Page, question: ReadQuestion) -> str:
    """The whole name that a person's article has, where `text` is its last words; else `text`.

    Args:
        text: an answer.
        page: the article that it is quoted from.
        question: what was asked.
    """
    title = re.sub(r"\s*\([^()]*\)$", "", page.article.title)
    words, said = title.split(), text.split()
    if not 0 < len(said) < len(words) <= LONGEST or words[-len(said) :] != said:
        return text
    if question.kind is not Kind.PERSON or not all(map(_name, words)) or not told_life(page.text):
        return text
    return title


def _name(word: str) -> bool:
    return word in _PARTICLES or (word[0].isupper() and not any(map(str.isdigit, word)) and word[-1] not in ",;:")
