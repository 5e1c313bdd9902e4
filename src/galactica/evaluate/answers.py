"""Is an answer right? Exact match and F1, as the makers of the question sets define them.

* English: letters lowered, punctuation and the articles a, an, the taken away, white space evened; exact match compares
  what is left, F1 its words (Rajpurkar et al. 2016, the official scripts of SQuAD v1.1 and v2.0). Of several right
  answers the one that fits best counts. A question without an answer is right where none is given, and wrong where one
  is (v2.0).
* Other languages with spaces: the same without taking articles away but for those that MLQA names (Lewis et al. 2020).
* Scripts without spaces (Han, kana, Thai, Lao, Khmer, Burmese): each character counts as a word (CMRC 2018, Cui et al.
  2019, counts by the longest common run; MLQA by characters: we do as MLQA).
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from galactica.languages import primary

_ARTICLES = {
    "en": re.compile(r"\b(a|an|the)\b"),
    "es": re.compile(r"\b(un|una|unos|unas|el|la|los|las)\b"),
    "de": re.compile(r"\b(ein|eine|einen|einem|eines|einer|der|die|das|den|dem|des)\b"),
    "ar": re.compile("ال"),
    "vi": re.compile(r"\b(của|là|cái|chiếc|những)\b"),
}
_UNSPACED = re.compile(
    "[\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, kana, Han."""

_ASCII_MARKS = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerScore:
    """How right an answer is: `exact` and `f1` from 0 to 1."""

    exact: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An answer to a question.

    Attributes:
        answer: what was answered; "" where nothing was.
        margin: how surely; an answer below a threshold is withdrawn.
        right: the right answers; none where the question has none.
    """

    answer: str
    margin: float
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """What comes of answering only from a margin on.

    Attributes:
        margin: the threshold.
        answered_f1, answered_exact: means over the questions that have an answer.
        abstained: share of the questions without an answer that got none.
        exact, f1: means over all questions, by the definition of SQuAD v2.0.
    """

    margin: float
    answered_f1: float
    answered_exact: float
    abstained: float
    exact: float
    f1: float


def normal(answer: str, language: str = "en") -> str:
    """The form in which answers are compared."""
    plain = answer.lower()
    articles = _ARTICLES.get(primary(language))
    if primary(language) == "en":
        plain = plain.translate(_ASCII_MARKS)
    else:
        plain = "".join(c for c in plain if not unicodedata.category(c).startswith("P"))
    if articles is not None:
        plain = articles.sub(" ", plain)
    return " ".join(plain.split())


def tokens(answer: str, language: str = "en") -> list[str]:
    """What F1 counts: words, in scripts without spaces characters."""
    found: list[str] = []
    for word in normal(answer, language).split():
        run = ""
        for character in word:
            if _UNSPACED.match(character):
                found += [run, character] if run else [character]
                run = ""
            else:
                run += character
        if run:
            found.append(run)
    return found


def exact(answer: str, right: str, language: str = "en") -> float:
    """1 where the two are the same."""
    same = normal(answer, language) == normal(right, language)
    return float(same)


def f1(answer: str, right: str, language: str = "en") -> float:
    """The harmonic mean of the shares of words that the two have in common; where either is empty, 1 if both are."""
    one, other = tokens(answer, language), tokens(right, language)
    if not one or not other:
        return float(one == other)
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / (len(one) + len(other))


def scored(answer: str, right: Sequence[str], language: str = "en") -> AnswerScore:
    """How right an answer is, by the right one that it fits best; a question without any wants ""."""
    # As the official script: what is nothing but articles and punctuation is no right answer.
    able = [each for each in right if normal(each, language)] or [""]
    return AnswerScore(
        exact=max(exact(answer, each, language) for each in able),
        f1=max(f1(answer, each, language) for each in able),
    )


def curve(attempts: Sequence[Attempt], thresholds: Iterable[float], language: str = "en") -> list[Threshold]:
    """What each threshold would give; shares of nothing are 0."""
    kept = [(each, scored(each.answer, each.right, language)) for each in attempts]
    having = [(each, score) for each, score in kept if each.right]
    lacking = [each for each, _ in kept if not each.right]
    out = []
    for margin in thresholds:
        given = [score for each, score in having if each.answer and each.margin >= margin]
        none = sum(not each.answer or each.margin < margin for each in lacking)
        total_f1, total_exact = sum(s.f1 for s in given), sum(s.exact for s in given)
        out.append(
            Threshold(
                margin=margin,
                answered_f1=total_f1 / max(1, len(having)),
                answered_exact=total_exact / max(1, len(having)),
                abstained=none / max(1, len(lacking)),
                exact=(total_exact + none) / max(1, len(attempts)),
                f1=(total_f1 + none) / max(1, len(attempts)),
            )
        )
    return out
