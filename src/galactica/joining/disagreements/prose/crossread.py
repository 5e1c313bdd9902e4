"""Values that a reader finds to answer one question, and that cannot both be right: said in whatever words.

1. A value of one text is asked for in the other one (`questions`). What a reader marks there must be of the same kind:
   a date, a number, a name, and must differ from it as `values` has it.
2. That value is asked for in the first text, where the first value must be marked.
3. How surely both were marked is weighed (`likely.json`): how likely it is that a person would call the texts
   contradicting.
4. No text says the other's value too, and no clause is about another year or the opposite.

It knows no words of a language but those that ask, so that it reads what the reader reads. Each question costs a
reading of the other text: `MOST_QUESTIONS` at the most, and only of a value that has a rival there.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.joining.disagreements.prose.numbers import MOST_APART
from galactica.joining.disagreements.prose.questions import AskedValue, values_to_ask
from galactica.joining.disagreements.prose.sentences import Sentence, english_lists, stem_of_word, words_listed
from galactica.values.amounts import same_amount
from galactica.values.dates import same_date
from galactica.values.differing import names_differ

Marks = Callable[[str, str, str], Sequence[tuple[int, int, float]]]
"""Question, text, title → (start, end, margin in logits over "it is not here") of the best answers in the text, best
first."""

SURE = 0.75
"""Likelihood from which two values are called a contradiction."""

LOWEST = -5.0
"""Margin below which nothing is taken for marked."""

MOST_MARKED = 3
"""Stretches that are looked at for each question: those behind the best one are less sure, as their margins say."""

MOST_RIVALS = 2
"""Rivals that are asked for in turn, of those that were marked for a value."""

MOST_QUESTIONS = 48
"""Questions for values of the first text that the other one is asked; as many again are asked back, at the most."""

BEFORE = 12
"""Characters of an answer before the value in it: "in the year 1971"."""

MOST_VALUES = 60
"""Values of a text that are compared with those of the other."""

WEIGHTS = "likely.json"
"""What each of `signals` counts; `python -m benchmarks.contradictions --fit` makes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAcross:
    """Two values that answer one question.

    Attributes:
        there, back: margins of the other value where the first is asked for, and of the first where the other is.
    """

    one: AskedValue
    other: AskedValue
    there: float
    back: float

    @property
    def signals(self) -> Mapping[str, float]:
        """What speaks for a contradiction, by name."""
        return {
            "bias": 1.0,
            "less sure": min(self.there, self.back),
            "surer": max(self.there, self.back),
            "name": float(self.one.kind == "name"),
        }

    @property
    def likely(self) -> float:
        """How likely it is a contradiction, in [0, 1], where as many texts contradict each other as do not."""
        total = sum(weights_of_signals()[name] * value for name, value in self.signals.items())
        return 1 / (1 + math.exp(-total))


@cache
def weights_of_signals() -> Mapping[str, float]:
    """The learned weights, by name of the signal."""
    found: dict[str, float] = json.loads(files(__package__).joinpath(WEIGHTS).read_text("utf-8"))["weights"]
    return found


def read_across(
    left: Sequence[Sentence], right: Sequence[Sentence], texts: tuple[str, str], title: str, marks: Marks
) -> Iterator[ReadAcross]:
    """Pairs of values of two texts that answer one question and cannot both be right, in the order of the first."""
    topic = frozenset(stem_of_word(word) for word in re.findall(r"\w+", title)) - {""}
    ones, others = (
        [each for sentence in several for each in values_to_ask(sentence, topic)][:MOST_VALUES]
        for several in (left, right)
    )
    here = [each for each in ones if not _said(each, others)]
    those = [each for each in others if not _said(each, ones)]
    asked = 0
    for one in here:
        rivals = [other for other in those if may_rival(one, other, topic)]
        if not rivals:
            continue
        asked += 2 * len(one.questions)
        if asked > MOST_QUESTIONS:
            return
        several = []
        for other, there in _marked(one, rivals, texts[1], title, marks)[:MOST_RIVALS]:
            for _, back in _marked(other, [one], texts[0], title, marks):
                several.append(ReadAcross(one=one, other=other, there=there, back=back))
        if several:
            yield max(several, key=lambda each: each.likely)


def may_rival(one: AskedValue, other: AskedValue, topic: frozenset[str]) -> bool:
    """Whether two values are of one kind, not the same, and stand in sentences that may speak of one thing: they share
    a word, and have no other year, no other number, and neither of them a word against one of the other."""
    left, right = one.sentence, other.sentence
    if one.kind != other.kind or not (left.stems & right.stems) - topic or not _differ(one, other):
        return False
    years = [_years(each) for each in (one, other)]
    if years[0] and years[1] and not years[0] & years[1]:
        return False
    if one.kind == "date" and _numbers(one) and _numbers(other) and not _numbers(one) & _numbers(other):
        return False
    return not _contrasted(left, right)


def _numbers(each: AskedValue) -> set[str]:
    """The numbers of a value's clause besides it, as they are written."""
    first, last = each.clause
    said = each.sentence.text
    return set(re.findall(r"\d+(?:[.,]\d+)*", f"{said[first : each.start]} {said[each.end : last]}"))


def _years(each: AskedValue) -> set[int]:
    """The years of a value's clause besides its own; of a number or a name, of its whole sentence."""
    if each.kind != "date":
        return set(each.sentence.years)
    own = {date.year for date in each.days}
    return {int(number) for number in _numbers(each) if number.isdecimal()} & each.sentence.years - own


def _contrasted(left: Sentence, right: Sentence) -> bool:
    """Whether one sentence has the opposite of a word of the other's, or denies what it says."""
    words = [{word.text.lower() for word in each.words} for each in (left, right)]
    if any(several & words_listed("negations") for several in words):
        return True
    pairs = [pair.split() for pair in english_lists()["contrasts"]]
    return any(
        (a in words[0] and b in words[1]) or (b in words[0] and a in words[1])
        for a, b in pairs
        if not {a, b} <= words[0] and not {a, b} <= words[1]
    )


def _differ(one: AskedValue, other: AskedValue) -> bool:
    if one.kind == "name":
        return names_differ(one.text, other.text)
    if one.kind == "date":
        return bool(one.days and other.days) and not any(same_date(a, b) for a in one.days for b in other.days)
    if one.amount is None or other.amount is None or same_amount(one.amount, other.amount) is not False:
        return False
    least, most = sorted(abs(each.low + each.high) for each in (one.amount, other.amount))
    return one.noun == other.noun and (one.amount.unit != other.amount.unit or most <= MOST_APART * least)


def _said(each: AskedValue, others: Sequence[AskedValue]) -> bool:
    """Whether the other text says the same value, of whatever it says it."""
    return any(each.kind == other.kind and _same(each, other) for other in others)


def _same(one: AskedValue, other: AskedValue) -> bool:
    if one.kind != "number":
        return not _differ(one, other)
    if one.amount is None or other.amount is None or one.noun != other.noun:
        return False
    return same_amount(one.amount, other.amount) is True


def _marked(
    asked: AskedValue, rivals: Sequence[AskedValue], text: str, title: str, marks: Marks
) -> list[tuple[AskedValue, float]]:
    """The rivals that a reader marks as answers to the questions for a value, each with the best of its margins, the
    surest first."""
    best: dict[int, float] = {}
    for question in asked.questions:
        for start, end, margin in marks(question, text, title)[:MOST_MARKED]:
            number = next((n for n, each in enumerate(rivals) if _covered(each, start, end)), None)
            if number is not None and margin >= LOWEST:
                best[number] = max(margin, best.get(number, LOWEST))
    return [(rivals[number], best[number]) for number in sorted(best, key=lambda number: (-best[number], number))]


def _covered(value: AskedValue, start: int, end: int) -> bool:
    """Whether what was marked has the value, and hardly anything before it."""
    first, last = value.place
    return first < end and start < last and first - start <= BEFORE
