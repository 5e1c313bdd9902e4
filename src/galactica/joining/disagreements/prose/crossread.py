"""Values that a reader finds to answer one question, and that cannot both be right: said in whatever words.

1. A value of one text is asked for in the other one (`questions`). What a reader marks there must be of the same kind:
   a date, a number, a name, and must differ from it as `values` has it.
2. That value is asked for in the first text, where the first value must be marked. Both ways, the reader must be sure.
3. No text says the other's value too, and no clause is of another year, month, number or name, the opposite, or kin.
4. A name among several ("HTML and CSS", "such as Apache") is one of many, and so is one of which the clause says that
   there was another before or after it. Days of a life are compared with days that are said of a life.

It knows no words of a language but those that ask, so that it reads what the reader reads. Each question costs a
reading of the other text: `MOST_QUESTIONS` at the most, and only of a value that has a rival there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from galactica.joining.disagreements.prose.numbers import MOST_APART
from galactica.joining.disagreements.prose.questions import (
    MONTH,
    AskedValue,
    in_life,
    is_adjective,
    of_several,
    values_to_ask,
)
from galactica.joining.disagreements.prose.sentences import Sentence, english_lists, stem_of_word, words_listed
from galactica.values.amounts import same_amount
from galactica.values.dates import same_date
from galactica.values.differing import names_differ

Marks = Callable[[str, str, str], Sequence[tuple[int, int, float]]]
"""Question, text, title → (start, end, margin in logits over "it is not here") of the best answers in the text, best
first."""

SURE = -3.7
"""Margin from which both answers count: of 49 pairs of WikiContradict ten are found so that no rule finds, from -3
seven. Of 150 other pairs of paragraphs of one article 5 are called a contradiction, 4 for two names (2026-11-30). To
be chosen anew for each reader, by `python -m benchmarks.contradictions --half even --reader`."""

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
    def sure(self) -> float:
        """The margin of what was marked less surely."""
        return min(self.there, self.back)


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
            yield max(several, key=lambda each: each.sure)


def may_rival(one: AskedValue, other: AskedValue, topic: frozenset[str]) -> bool:
    """Whether two values are of one kind, not the same, and stand where one thing may be spoken of: their sentences
    share a word, neither has a word against one of the other; their clauses have no other year, number or name each."""
    left, right = one.sentence, other.sentence
    if one.kind != other.kind or not (left.stems & right.stems) - topic or not _differ(one, other):
        return False
    if _kin(left) != _kin(right) or _contrasted(left, right) or of_several(one) or of_several(other):
        return False
    if one.kind == "date" and in_life(one) != in_life(other):
        return False
    if one.kind == "name" and (_in_turn(one) or _in_turn(other)):
        return False
    return not any(_apart(tell(one, topic), tell(other, topic)) for tell in (_years, _months, _numbers, _names))


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name something, and nothing that the other names."""
    return bool(one and other) and not one & other


def _besides(each: AskedValue) -> str:
    """A value's clause without it."""
    first, last = each.clause
    said = each.sentence.text
    return f"{said[first : each.start]} {said[each.end : last]}"


def _numbers(each: AskedValue, topic: frozenset[str]) -> frozenset[str]:
    """The numbers of a value's clause besides it; none of a number's, which is often written in two units."""
    if each.kind == "number":
        return frozenset()
    found = {word for word in re.findall(r"\d+(?:[.,]\d+)*|[a-z]+", _besides(each).lower()) if word not in topic}
    written = {word: str(number) for word, number in _counted().items()}
    return frozenset(written.get(word, word) for word in found if word[0].isdigit() or word in written)


@cache
def _counted() -> Mapping[str, int]:
    """The numbers that are written as one word, from two on."""
    words = "two three four five six seven eight nine ten eleven twelve"
    return {word: number for number, word in enumerate(words.split(), 2)}


def _years(each: AskedValue, topic: frozenset[str]) -> frozenset[str]:
    """The years of a value's clause besides its own; of a number or a name, of its whole sentence."""
    years = {str(year) for year in each.sentence.years}
    return frozenset(years & _numbers(each, topic) if each.kind == "date" else years)


def _months(each: AskedValue, topic: frozenset[str]) -> frozenset[str]:
    """The months of a number's or a name's sentence: what somebody moved to in May is not where in August."""
    return frozenset() if each.kind == "date" else frozenset(MONTH.findall(each.sentence.text)) - topic


def _in_turn(each: AskedValue) -> bool:
    """Whether a value's clause says that there was another before or after it: "then", "until"."""
    return bool(words_listed("turns") & set(re.findall(r"\w+", _besides(each).lower())))


def _names(each: AskedValue, topic: frozenset[str]) -> frozenset[str]:
    """Stems of the names in a value's clause besides it."""
    first, last = each.clause
    words = _CAPITAL.finditer(each.sentence.text, first, last)
    found = [match for match in words if match.start() and not is_adjective(match[0])]
    besides = (match[0] for match in found if match.end() <= each.start or match.start() >= each.end)
    return frozenset(stem_of_word(word) for word in besides) - topic - {""}


_CAPITAL = re.compile(r"(?<!\w)[A-Z][^\W\d]+")


def _kin(sentence: Sentence) -> bool:
    """Whether a sentence speaks of somebody's father, wife or child."""
    return any(word.text.lower() in words_listed("kin") for word in sentence.words)


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
            if number is not None and margin >= SURE:
                best[number] = max(margin, best.get(number, SURE))
    return [(rivals[number], best[number]) for number in sorted(best, key=lambda number: (-best[number], number))]


def _covered(value: AskedValue, start: int, end: int) -> bool:
    """Whether what was marked has the value, and hardly anything before it."""
    first, last = value.place
    return first < end and start < last and first - start <= BEFORE
