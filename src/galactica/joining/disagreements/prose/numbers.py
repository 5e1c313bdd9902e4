"""Counts, measures and ranks of one thing that differ between two sentences.

1. A count is a number right before its noun ("three monks", "87 tornadoes"), with what stands between; two are of one
   thing where the nouns are, what stands between does not tell them apart, and the sentences share what else they say.
2. A measure is a number with its unit; both sentences must name the same thing besides it.
3. A rank is an ordinal before a superlative; both must be by the same measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.joining.disagreements.prose.sentences import Sentence, StemmedWord, stem_of_word, stems_of, words_listed
from galactica.values.amounts import Amount, amounts, same_amount
from galactica.values.number_words import number_at, ordinals

MOST_BETWEEN = 2
"""Words between a number and its noun."""

MOST_APART = 3.0
"""How many times as large one number may be as another that it contradicts; with more they count two things."""

LEAST_SHARED = 2
"""What two sentences must say alike besides the count and its noun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedThing:
    """A count, a measure or a rank.

    Attributes:
        value: as an amount.
        head: stem of its noun, name of its unit, or the superlative.
        between: stems between the number and its noun.
        start, end: of the number with its noun, in the text.
    """

    value: Amount
    head: str
    between: frozenset[str]
    start: int
    end: int


def counts_of(sentence: Sentence) -> Iterator[CountedThing]:
    """The counts of a sentence: numbers with their nouns, that are neither parts of something nor loose."""
    words = sentence.words
    lowered = [word.text.lower() for word in words]
    at = 0
    while at < len(words):
        value, used = _number(words, lowered, at)
        if value is None:
            at += 1
            continue
        noun = _noun(words, at + used)
        before = set(lowered[max(0, at - 3) : at])
        if (
            noun is not None
            and not set(sentence.text[words[at].start - sentence.start : words[noun].end - sentence.start])
            & set('("“\t')
            and "\t" not in sentence.text
            and not before & words_listed("parts")
            and not _of_some(lowered, at + used)
        ):
            between = frozenset(word.stem for word in words[at + used : noun] if word.stem)
            yield CountedThing(
                value=Amount(low=value, high=value),
                head=words[noun].stem,
                between=between,
                start=words[at].start,
                end=words[noun].end,
            )
        at += used


def counts_in_row(sentence: Sentence) -> Iterator[CountedThing]:
    """The count of a row of two cells: "Members<tab>650", "Tornadoes confirmed<tab>69 confirmed"."""
    label, tab, cell = sentence.text.partition("\t")
    match = re.match(r"\s*(\d{1,3}(?:,\d{3})*|\d{1,9})(?![\d.,:/–-])", cell)
    heads = [word for word in sentence.words if word.end <= sentence.start + len(label) and word.stem]
    if tab and match and 1 <= len(heads) <= 4 and heads[0].text.lower().endswith("s"):
        value = float(match[1].replace(",", ""))
        start = sentence.start + len(label) + 1 + match.start(1)
        between = frozenset(word.stem for word in heads[1:])
        yield CountedThing(
            value=Amount(low=value, high=value),
            head=heads[0].stem,
            between=between,
            start=start,
            end=start + len(match[1]),
        )


def _number(words: tuple[StemmedWord, ...], lowered: list[str], at: int) -> tuple[float | None, int]:
    text = lowered[at]
    if text[0].isdigit():
        plain = text.replace(",", "")
        if not re.fullmatch(r"\d{1,9}", plain) or (len(plain) == 4 and "," not in text and plain[:2] in _CENTURIES):
            return None, 1
        return float(plain), 1
    if text in ("a", "an", "one", "once"):
        return None, 1
    found = number_at(lowered, at)
    return (float(found[0]), found[1]) if found else (None, 1)


_CENTURIES = ("10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20")


def _noun(words: tuple[StemmedWord, ...], at: int) -> int | None:
    """The number of the plural noun that a count is of; None where there is none near."""
    for number in range(at, min(at + MOST_BETWEEN + 1, len(words))):
        word = words[number]
        lower = word.text.lower()
        if not word.stem or lower in words_listed("months_or_years") or word.text[0].isdigit():
            return None
        if lower.endswith("s") and not lower.endswith("ss") and word.text.islower():
            return number
        if lower.endswith("ed") and number == at:  # "three survived"
            return number
    return None


def _of_some(lowered: list[str], at: int) -> bool:
    """Whether "of" follows a number: "three of the monks"."""
    return at < len(lowered) and lowered[at] in ("of", "out")


def measured_things(sentence: Sentence) -> Iterator[CountedThing]:
    """The measures of a sentence, by their units."""
    for match in _MEASURE.finditer(sentence.text):
        found = amounts(match[0])
        if len(found) == 1 and found[0].unit and found[0].unit not in _NOT_SIZES:
            before = sentence.text[max(0, match.start() - 30) : match.start()].lower().split()[-3:]
            if not set(before) & words_listed("parts"):
                yield CountedThing(
                    value=found[0],
                    head=found[0].unit,
                    between=frozenset(),
                    start=sentence.start + match.start(),
                    end=sentence.start + match.end(),
                )


_MEASURE = re.compile(r"(?<![\w.,–-])\d{1,9}(?:[.,]\d{1,9})*\s?(?:[a-zA-Z°%]+[²³]?[23]?)(?:\s[a-z]+)?")
_NOT_SIZES = frozenset(("percent", "year", "day", "hour", "minute", "second", "month", "week"))


def ranks_of(sentence: Sentence) -> Iterator[CountedThing]:
    """The ranks of a sentence: "the fifth largest city"."""
    lowered = [word.text.lower() for word in sentence.words]
    for at in range(len(lowered) - 1):
        word = lowered[at]
        ordinal = ordinals().get(word) or _ordinal(sentence, at)
        follows = at + 1 if lowered[at + 1] not in ("th", "st", "nd", "rd") else at + 2
        if ordinal and follows < len(lowered) and lowered[follows] in words_listed("superlatives"):
            noun = sentence.words[follows + 1].stem if follows + 1 < len(lowered) else ""
            near = _near(sentence, at, follows)
            yield CountedThing(
                value=Amount(low=ordinal, high=ordinal),
                head=f"{lowered[follows]} {noun}",
                between=near,
                start=sentence.words[at].start,
                end=sentence.words[follows].end,
            )


def _near(sentence: Sentence, at: int, last: int) -> frozenset[str]:
    """The aspects that stand near a rank, in its part of the sentence."""
    words = sentence.words
    found = set()
    for number in (*range(at, max(-1, at - 7), -1), *range(last, min(len(words), last + 7))):
        first, second = sorted((number, at if number < at else last))
        if re.search(
            r";| and ", sentence.text[words[first].start - sentence.start : words[second].end - sentence.start]
        ):
            continue
        if words[number].stem in stems_of("aspects"):
            found.add(words[number].stem)
    return frozenset(found)


def _ordinal(sentence: Sentence, at: int) -> float | None:
    word = sentence.words[at]
    if not word.text.isdecimal() or len(word.text) > 3:
        return None
    behind = sentence.text[word.end - sentence.start : word.end - sentence.start + 2]
    return float(word.text) if behind in ("th", "st", "nd", "rd") else None


def counts_differ(
    one: CountedThing, other: CountedThing, left: Sentence, right: Sentence, topic: frozenset[str]
) -> bool:
    """Whether two counts are of one thing and are not the same."""
    if one.head != other.head or one.value.unit != other.value.unit:
        return False
    if one.between and other.between and not (one.between & other.between):
        return False
    if (left.years and right.years and not left.years & right.years) or same_amount(
        one.value, other.value
    ) is not False:
        return False
    least, most = sorted(abs(each.value.low + each.value.high) for each in (one, other))
    if most > MOST_APART * least:
        return False
    shared = (left.stems & right.stems) - {one.head} - topic
    if "\t" in left.text or "\t" in right.text:
        return bool(shared & (one.between | other.between))
    return len(shared) >= LEAST_SHARED or bool((one.between & other.between) and shared)


def lists_against(sentence: Sentence) -> Iterator[tuple[CountedThing, int]]:
    """Counts that a list in brackets right behind them contradicts, each with how many the list has."""
    for match in _LIST.finditer(sentence.text):
        members = [part for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", match[2].strip()) if part.strip()]
        words = match[1].lower().split()
        found = number_at(words, 0)
        value = float(words[0]) if words[0].isdecimal() else float(found[0]) if found else None
        if (
            value is None
            or len(members) < 3
            or value == len(members)
            or any(re.search(r"[:;=(]|etc|\d{4}", each) and not each.strip().isalnum() for each in members)
        ):
            continue
        if "including" in match[0].lower() or any(len(each.split()) > 4 for each in members):
            continue
        start = sentence.start + match.start()
        amount = Amount(low=value, high=value)
        yield (
            CountedThing(
                value=amount,
                head=stem_of_word(words[-1]),
                between=frozenset(),
                start=start,
                end=sentence.start + match.end(),
            ),
            len(members),
        )


_LIST = re.compile(
    r"\b((?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1\d)(?: [a-z]+){1,3}) \(([^()]{5,300})\)"
)
