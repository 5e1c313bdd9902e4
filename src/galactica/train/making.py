"""Questions made from sentences, as text: for languages in which nobody has written questions to learn from.

A made question is one or a few clauses of a sentence of its passage. A number, a name or some letters are taken out and
asked for, and some of what is left is dropped. It is nearer to its passage in words than a person's question would be;
what a ranker learns from it is how words find in such a language, not how people ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from galactica.codes.han import unspaced
from galactica.languages import primary

FEWEST, MOST = 12, 120
"""Characters of what a question is made from; in scripts without spaces a third of that."""

DROPPED = 0.2
"""Of the words that are left, how many are dropped, on the average."""

_SENTENCE = re.compile(r"[.!?。！？\n]+")
_CLAUSE = re.compile(r"[,;:，；：、]+")
_ASKING = {
    "zh": ("什么", "哪里", "谁", "多少", "哪一年", "哪个"),
    "ja": ("何", "どこ", "誰", "いくつ", "いつ"),
    "vi": ("gì", "ở đâu", "ai", "bao nhiêu", "khi nào"),
    "ko": ("무엇", "어디", "누구", "언제"),
}
"""Question words of languages that editions are often in; others are asked without."""


def question(text: str, language: str, chance: np.random.Generator) -> str:
    """A question that a passage answers; "" where no sentence of it serves."""
    least, most = (FEWEST // 3, MOST // 3) if unspaced(text) else (FEWEST, MOST)
    sentences = [s.strip() for s in _SENTENCE.split(text) if len(s.strip()) >= 2 * least]
    if not sentences:
        return ""
    clauses = [c.strip() for c in _CLAUSE.split(str(chance.choice(sentences))) if c.strip()]
    start = int(chance.integers(len(clauses)))
    kept = clauses[start]
    for clause in clauses[start + 1 :]:
        if len(kept) >= 2 * least:
            break
        kept = f"{kept} {clause}"
    kept = kept[:most]
    if len(kept) < least:
        return ""
    units = list(kept) if unspaced(kept) else kept.split()
    return _asked(units, primary(language), " " if not unspaced(kept) else "", chance)


def _asked(units: Sequence[str], language: str, space: str, chance: np.random.Generator) -> str:
    """Words, or characters, of a clause without its answer."""
    width = int(chance.integers(1, 4 if space else 6))
    at = int(chance.integers(0, max(1, len(units) - width)))
    left, right = list(units[:at]), list(units[at + width :])
    asking = _ASKING.get(language, ())
    if space:
        left, right = ([word for word in part if chance.random() > DROPPED] for part in (left, right))
    elif len(right) > 6:
        right = right[int(chance.integers(0, 3)) :]
    middle = [str(chance.choice(asking))] if asking else []
    return space.join([*left, *middle, *right]).strip()
