"""Values that a reader finds to answer one question, and that cannot both be right: said in whatever words.

1. A sentence of one text with a value taken out is a question ("It was renamed when in honour of a mayor?"). A reader
   marks what answers it in the other text. What is marked must be of the same kind: a date, a number, a name.
2. The same the other way round must mark the value that was taken out. Both ways, the reader must be sure.
3. Two values differ as `values` has it; no text says the other's value too, and no sentence is about another year.

It knows no words of a language but those that ask (`words.toml`), so that it reads what the reader reads. Each question
costs a reading of the other text: `MOST_QUESTIONS` at the most, and only of a value that has a rival there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from galactica.joining.disagreements.prose.events import MONTHS
from galactica.joining.disagreements.prose.numbers import MOST_APART
from galactica.joining.disagreements.prose.sentences import (
    Sentence,
    english_lists,
    stem_of_word,
    words_listed,
)
from galactica.values.amounts import Amount, amounts, same_amount
from galactica.values.dates import Date, dates, same_date
from galactica.values.differing import names_differ

Marks = Callable[[str, str, str], tuple[int, int, float] | None]
"""Question, text, title → (start, end, margin in logits over "it is not here") of the best answer in the text."""

SURE = -0.5
"""Margin from which both answers count. Of 69 questions of WikiContradict the ten right ones that it finds have -0.02
and more, of 250 pairs of paragraphs of one article the one false alarm had -2.8 (2026-11-29)."""

MOST_QUESTIONS = 24
"""Questions that two texts are asked in each direction."""

MOST_OF_SENTENCE = 6
"""Values of a sentence that are asked about."""

LONGEST_QUESTION = 300
"""Characters of a question: the reader cuts longer ones anyway."""

BEFORE = 12
"""Characters of an answer before the value in it: "in the year 1971"."""

MOST_VALUES = 60
"""Values of a text that are compared with those of the other."""

LONGEST_UNIT = 30
"""Characters behind a number in which its unit stands."""

_DATE = re.compile(
    rf"(?:\d{{1,2}} (?:{MONTHS}),? )?(?<![\d.,/–-])\b(?:1[0-9]\d\d|20\d\d)\b(?![\d–-]|[.,]\d)"
    rf"|(?:{MONTHS}) \d{{1,2}},? \d{{4}}|(?:{MONTHS}) \d{{4}}"
)
_NUMBER = re.compile(
    r"(?<![\w.,–-])(?:\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?= [a-z])"
)
_NAME = re.compile(r"[A-Z][\w'’-]+(?: (?:(?:of|de|von|van|der|al) )?[A-Z][\w'’-]+){1,4}")
_ASKING = {"date": "when", "number": "how many", "name": "who or what"}
_PATTERNS = {"date": _DATE, "number": _NUMBER, "name": _NAME}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedValue:
    """A value with the sentence that says it.

    Attributes:
        kind: "date", "number" or "name".
        start, end: in the text of the sentence.
        amount, noun, days: a number with its unit; the stem of what it counts; what dates a date may be.
    """

    sentence: Sentence
    kind: str
    text: str
    start: int
    end: int
    amount: Amount | None = None
    noun: str = ""
    days: tuple[Date, ...] = ()

    @property
    def question(self) -> str:
        """The sentence with a word that asks in the place of the value."""
        said = self.sentence.text
        return f"{said[: self.start]} {_ASKING[self.kind]} {said[self.end :]}"[:LONGEST_QUESTION].rstrip(" .") + "?"

    @property
    def place(self) -> tuple[int, int]:
        """(start, end) in the whole text."""
        return self.sentence.start + self.start, self.sentence.start + self.end


def values_to_ask(sentence: Sentence, topic: frozenset[str]) -> list[AskedValue]:
    """The dates, numbers and names of a sentence that can be asked for; none where it reports or supposes."""
    if sentence.hedged:
        return []
    found: list[AskedValue] = []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(sentence.text):
            stems = {stem_of_word(word) for word in re.findall(r"\w+", match[0])}
            before = set(sentence.text[max(0, match.start() - 24) : match.start()].lower().split()[-3:])
            if any(each.start < match.end() and match.start() < each.end for each in found):
                continue
            if kind == "name" and (stems & topic or stems & _MONTHS):
                continue
            if kind == "number" and before & words_listed("parts"):
                continue
            found.append(_value(sentence, kind, match))
    return sorted(found, key=lambda each: each.start)[:MOST_OF_SENTENCE]


def _value(sentence: Sentence, kind: str, match: re.Match[str]) -> AskedValue:
    """A value as it is compared; a number with the word behind it, which may be its unit."""
    behind = re.findall(r"[^\s(,;]+", sentence.text[match.end() : match.end() + LONGEST_UNIT])[:2]
    found = amounts(f"{match[0]} {' '.join(behind)}") if kind == "number" else []
    return AskedValue(
        sentence=sentence,
        kind=kind,
        text=match[0],
        start=match.start(),
        end=match.end(),
        amount=found[0] if found else None,
        noun="" if not found or found[0].unit or not behind else stem_of_word(behind[0]),
        days=tuple(dates(match[0])) if kind == "date" else (),
    )


_MONTHS = frozenset(stem_of_word(name) for name in MONTHS.split("|"))


def read_across(
    left: Sequence[Sentence], right: Sequence[Sentence], texts: tuple[str, str], title: str, marks: Marks
) -> Iterator[tuple[AskedValue, AskedValue]]:
    """Pairs of values of two texts that answer one question and cannot both be right, in the order of the first."""
    topic = frozenset(stem_of_word(word) for word in re.findall(r"\w+", title)) - {""}
    ones, others = (
        [each for sentence in several for each in values_to_ask(sentence, topic)][:MOST_VALUES]
        for several in (left, right)
    )
    here = [each for each in ones if not _said(each, others)]
    there = [each for each in others if not _said(each, ones)]
    asked = 0
    for one in here:
        rivals = [other for other in there if may_rival(one, other, topic)]
        if not rivals:
            continue
        asked += 1
        if asked > MOST_QUESTIONS:
            return
        found = _marked(one, rivals, texts[1], title, marks)
        if found is not None and _marked(found, [one], texts[0], title, marks) is not None:
            yield one, found


def may_rival(one: AskedValue, other: AskedValue, topic: frozenset[str]) -> bool:
    """Whether two values are of one kind, not the same, and stand in sentences that may speak of one thing: they share
    a word, and have no other year, no other number, and neither of them a word against one of the other."""
    left, right = one.sentence, other.sentence
    if one.kind != other.kind or not (left.stems & right.stems) - topic or not _differ(one, other):
        return False
    years = [each.sentence.years - {date.year for date in each.days} for each in (one, other)]
    if years[0] and years[1] and not years[0] & years[1]:
        return False
    if one.kind == "date" and _numbers(one) and _numbers(other) and not _numbers(one) & _numbers(other):
        return False
    return not _contrasted(left, right)


def _numbers(each: AskedValue) -> set[str]:
    """The numbers of a sentence besides a value, as they are written."""
    said = each.sentence.text
    return set(re.findall(r"\d+(?:[.,]\d+)*", f"{said[: each.start]} {said[each.end :]}"))


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


def _marked(asked: AskedValue, rivals: Sequence[AskedValue], text: str, title: str, marks: Marks) -> AskedValue | None:
    """The rival that a reader marks as the answer to the question for a value; None where it marks none, or none
    surely."""
    found = marks(asked.question, text, title)
    if found is None or found[2] < SURE:
        return None
    start, end, _ = found
    for rival in rivals:
        first, last = rival.place
        if first < end and start < last and first - start <= BEFORE:
            return rival
    return None
