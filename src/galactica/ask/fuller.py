"""The whole name of somebody whom a sentence calls by a part of it: "Warhol" in the article "Andy Warhol".

An encyclopedia gives a name once and then a part of it. Where somebody is asked for, the answer is a part of the title
it stands under, and that article is about a person, the title is said; in an article about something else, the whole
name that it gives within a sentence, where it is always the same one. The quotation and what is marked in it stay as
they are.
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
    if question.kind is not Kind.PERSON or not said:
        return text
    if words[-len(said) :] != said:
        return _named_in(page.text, said[0]) or text if len(said) == 1 else text
    if not len(said) < len(words) <= LONGEST or not all(map(_name, words)) or not told_life(page.text):
        return text
    return title


def _named_in(text: str, last: str) -> str:
    """The one whole name with a last name that a text gives, behind a word in small letters; "" for none or several."""
    if not (last.isalpha() and last[0].isupper() and last[1:].islower()):
        return ""
    found = re.finditer(rf"(?<=[a-z,;] )((?:{_FIRST} ){{1,3}}){last}(?!\w)", text[:LONGEST_READ])
    every = {" ".join(word for word in match[1].split() if word not in _ADDRESSED) for match in found} - {""}
    whole = max(every, key=lambda each: (len(each), each), default="")
    return f"{whole} {last}" if whole and all(f" {whole}".endswith(f" {each}") for each in every) else ""


_FIRST = r"[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ’'-]+|\.)"
_ADDRESSED = frozenset("Sir Dame Dr Dr. Mr Mr. Mrs Mrs. Ms Ms. Professor Prof. Lord Lady Saint St.".split())
"""What people are addressed by."""

LONGEST_READ = 200_000
"""Characters of an article in which the whole name is looked for."""


def _name(word: str) -> bool:
    return word in _PARTICLES or (word[0].isupper() and not any(map(str.isdigit, word)) and word[-1] not in ",;:")
