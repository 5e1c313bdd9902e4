"""How right is an answer? Exact match and F1 against the answers that people gave, as SQuAD defines them.

Both are compared in lower case, without punctuation, without the articles a, an and the, with single spaces; in
languages written without spaces each character is a word, as CMRC 2018 counts them. The best of several right answers
counts. Source: Rajpurkar et al. 2016, doi:10.18653/v1/D16-1264, section 6.1; Cui et al. 2019, doi:10.18653/v1/D19-1600.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from galactica.codes.han import PAIRS, TRIPLES, fold_han, unspaced

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_UNSPACED = re.compile(f"([{PAIRS}{TRIPLES}])")


def exact_match(answer: str, golds: Sequence[str], language: str = "en") -> float:
    """1 where the answer is one of the right ones, else 0."""
    return float(any(_words(answer, language) == _words(gold, language) for gold in golds))


def f1(answer: str, golds: Sequence[str], language: str = "en") -> float:
    """Harmonic mean of precision and recall of words, 0 to 1, of the right answer that fits best."""
    return max((_overlap(_words(answer, language), _words(gold, language)) for gold in golds), default=0.0)


def _overlap(answer: list[str], gold: list[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    same = sum((Counter(answer) & Counter(gold)).values())
    return 2 * same / (len(answer) + len(gold)) if same else 0.0


def _words(text: str, language: str) -> list[str]:
    plain = "".join(c for c in fold_han(text).lower() if unicodedata.category(c)[0] not in "PS")
    if unspaced(plain):
        plain = _UNSPACED.sub(r" \1 ", plain)
    return _ARTICLES.sub(" ", plain).split()
