"""How sure is an answer? The probability that its quotation says so, of one that stood the check.

The best of what was marked is always worth showing; it is *the* answer only where it is likely to be proved. What a
value (`weighing`) does not say is added here: whether another answer comes close, how much of what is asked the
quotation speaks of, how many passages agree, whether the article is the one that is asked about, what the rules say,
and what makes a quotation suspicious: that it denies what is asked, or an answer that only says the question again.

Source: `benchmarks/ask_sureness.py`, 2026-11-26: 533 answers that somebody judged from their quotations
(`docs/evaluation`): 357 to training questions, as that command writes them, and 176 of a list of `ask_supported`, of
which 125 are to questions of SQuAD dev A.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.ask.asked import Asked
from galactica.ask.bearing import bearing
from galactica.ask.check import denies
from galactica.ask.contract import Given
from galactica.ask.marking import Same, knows
from galactica.ask.pieces import cut
from galactica.ask.proving import Proved
from galactica.ask.weighing import LEAST_RULES, chance, rule_reader
from galactica.model import Citation

NAMES = (
    "value",  # over the threshold of `weighing`
    "ahead",  # of the best answer that is another one
    "bearing",  # share of what is asked that the best quotation speaks of
    "agreeing",  # passages beyond the first that give it, at most `MOST_AGREEING`
    "titled",  # 1 where the title it stands under is named in the question
    "rules",  # margin that the rules give the stretch, over their threshold, at least `LEAST_RULES`
    "denied",  # 1 where the clause that answers denies and the question does not, or the other way round
    "repeated",  # share of the answer's words that the question has
    "bias",
)

MOST_AHEAD = 6.0
MOST_AGREEING = 3

WEIGHTS = {
    "trained": (0.435, 0.454, 1.335, 0.105, 0.524, 0.095, -0.705, -1.132, -4.044),
    "rules": (0.272, 0.824, 0.218, 0.0, 0.0, 0.0, 0.0, -0.536, -1.371),
}
"""What each counts, in the order of `NAMES`, by the name of the reader. The rules were fitted to 536 answers in
nine languages that are right or not by their questions' own answers (SQuAD's training part; XQuAD in ar, el, hi, ro,
ru, th, tr, vi)."""

ENOUGH = 0.75
"""The probability from which an answer is given. Of the judged answers from there on 86 % were supported, each half by
the weights of the other; from 0.65 on 80 %, from 0.85 on 88 %, and half as many."""

UNKNOWN = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, math.log(ENOUGH / (1 - ENOUGH)))
"""What each signal counts for any other reader: from its own threshold on an answer is given."""

STATED = 0.97
"""The probability where an article states what is asked of its own thing in so many words."""

_CLAUSE = re.compile("[,;:()–—。，；：、！？.!?]\\s|[。，；：、！？–—()]")


def sureness(asked: Asked, proved: Proved, groups: Sequence[Same], stood: Collection[str] = ()) -> float:
    """How sure an answer is: 0 to 1.

    Args:
        groups: all answers that were marked, it among them.
        stood: keys of those that stood the check: of other sources, languages or editions, they agree or dispute and do
            not make it less sure.
    """
    if proved.group.marked[0].stated is not None:
        return STATED
    read = knows(asked.reader, proved.citations[0].language, asked.tongue)
    weights = WEIGHTS.get(asked.reader.name if read else "rules", UNKNOWN)
    return chance(float(signals(asked, proved, groups, stood) @ np.array(weights, np.float32)))


def signals(asked: Asked, proved: Proved, groups: Sequence[Same], stood: Collection[str] = ()) -> NDArray[np.float32]:
    """What speaks for an answer: `float32 [len(NAMES)]`; see `sureness`."""
    key = proved.group.key
    rival = max((group.value for group in groups if group.key != key and group.key not in stood), default=-np.inf)
    first = proved.citations[0]
    best = proved.group.marked[0]
    rules, given = rule_reader(), Given(text=best.hit.text, title=best.hit.title, language=best.hit.language)
    (margin,) = rules.margins(asked.question, given, [(best.span.start, best.span.end)])
    passages = {(m.hit.edition, m.hit.id, m.hit.passage) for m in proved.group.marked if m.value >= 0}
    row = (
        proved.value,
        min(MOST_AHEAD, max(-MOST_AHEAD, proved.value - rival)),
        bearing(asked.question, asked.tongue, first.quote, first.title, first.language),
        min(MOST_AGREEING, max(0, len(passages) - 1)),
        float(_named(first.title, asked)),
        max(LEAST_RULES, margin - rules.threshold),
        float(denies(clause(first), first.language) != denies(asked.question, asked.tongue)),
        repeated(proved.text, first.language, asked.question, asked.tongue),
        1.0,
    )
    return np.array(row, np.float32)


def _named(title: str, asked: Asked) -> bool:
    """Whether all words of a title are in the question."""
    keys = set(cut(title, asked.tongue).keys)
    return bool(keys) and keys <= set(cut(asked.question, asked.tongue).keys)


def clause(citation: Citation) -> str:
    """What stands between two marks of punctuation around what answers; all, where nothing is marked."""
    quote, (start, end) = citation.quote, citation.mark
    if start == end:
        return quote
    low = max((match.end() for match in _CLAUSE.finditer(quote, 0, start)), default=0)
    after = _CLAUSE.search(quote, end)
    return quote[low : after.start() if after else len(quote)]


def repeated(text: str, language: str, question: str, tongue: str) -> float:
    """The share of an answer's words, without common ones, that the question has too: 0 to 1."""
    pieces = cut(text, language)
    keys = [key for key, common in zip(pieces.keys, pieces.common, strict=True) if not common]
    known = set(cut(question, tongue).keys)
    return sum(key in known for key in keys) / max(1, len(keys))
