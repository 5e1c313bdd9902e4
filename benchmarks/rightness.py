"""Is an answer right? Yes or no, by the questions' own answers.

Right is what matches a known answer: F1 of at least `OVERLAP` as SQuAD counts it; or a known answer whole, within at
most three times as many words and three; or a part of a known answer that is no list, at least two fifths of its
words; for TREC its pattern, in at most `LONGEST` words. What a question says itself adds nothing to an answer of it:
"station number KK02" and "KK02" are one. Letters count in their composed form, with one kind of apostrophes, and a
number is a word of its own whatever letters follow it. A question without answers has no right one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from galactica.codes.han import unspaced
from galactica.codes.letters import folded
from galactica.evaluate.answer_match import comparable
from galactica.evaluate.answers import scored, tokens
from galactica.evaluate.question import Question

OVERLAP = 0.6
"""F1 from which an answer is right."""

LONGEST = 10
"""Words of an answer to a question of TREC."""

_LISTED = re.compile(r",|、|，|;|\band\b|\bor\b|和|及|与")

_GLUED = re.compile(r"(?<=\d)(?=[^\W\d_])")
"""Between a number and what is written to it ("1995లో", "17лет")."""


def right(question: Question, text: str) -> bool:
    """Whether an answer is right; see the module."""
    if question.pattern:
        return re.search(question.pattern, text, re.IGNORECASE) is not None and len(text.split()) <= LONGEST
    if not question.answers or not text.strip():
        return False
    language = question.language.partition("-")[0]
    text, golds = _form(text), [_form(gold) for gold in question.answers]
    if scored(text, golds, language).f1 >= OVERLAP:
        return True
    said, asked = tokens(text, language), set(tokens(_form(question.text), language))
    new = [word for word in said if word not in asked]
    for gold in golds:
        known = tokens(gold, language)
        if new and new == [word for word in known if word not in asked]:
            return True
        if within(known, said) and len(said) <= 3 * len(known) + 3:
            return True
        if within(said, known) and 5 * len(said) >= 2 * len(known) and not _LISTED.search(gold):
            return True
    return False


def _form(text: str) -> str:
    return _GLUED.sub(" ", comparable(text))


def names(text: str, value: str) -> bool:
    """Whether a text has a value in it as a whole number or words: "12" is neither in "128" nor in "12.5"."""
    plain, wanted = (folded(each).replace(",", "").strip() for each in (text, value))
    if not wanted or unspaced(wanted):
        return bool(wanted) and wanted in plain
    before = r"(?<![\d.])" if wanted[0].isdigit() else r"(?<![^\W\d_])"
    behind = r"(?!\.?\d)" if wanted[-1].isdigit() else r"(?![^\W\d_])"
    return re.search(before + re.escape(wanted) + behind, plain) is not None


def within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether some words stand in others, in a row."""
    size = len(short)
    return size > 0 and any(list(long[at : at + size]) == list(short) for at in range(len(long) - size + 1))
