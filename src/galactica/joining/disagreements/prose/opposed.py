"""Where two texts about one thing contradict each other, each contradiction with the two stretches that say so.

Careful: what is reported, supposed, planned or counted in part is not compared; what both texts may mean of different
years or parts is not; a text that says the other's value too contradicts nothing. Nothing is said of a pair of which
this is not sure, so that most contradictions that need thought are missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from galactica.claims.property_table import known_properties
from galactica.claims.sentences.reading import sentence_claims
from galactica.joining.disagreements.comparing import compare_claims
from galactica.joining.disagreements.group import GroupKind, Nature
from galactica.joining.disagreements.prose.events import (
    Dated,
    aged,
    dated_events,
    events_differ,
    names_in_places,
    places_differ,
    published_titles,
    settlements,
)
from galactica.joining.disagreements.prose.numbers import (
    CountedThing,
    counts_differ,
    counts_in_row,
    counts_of,
    lists_against,
    measured_things,
    ranks_of,
)
from galactica.joining.disagreements.prose.sentences import Sentence, event_rows, sentences_of_text, stem_of_word
from galactica.values.amounts import same_amount

MOST_FOUND = 50
"""Contradictions of two texts that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two stretches that cannot both be right.

    Attributes:
        rule: which rule found it: "claim PROPERTY", "count", "measure", "rank", "event", "name", "age", "settlement",
            "title", "list" (both stretches are of the first text).
        one, other: (start, end) of the values in the two texts.
        one_sentence, other_sentence: (start, end) of the sentences they stand in.
    """

    rule: str
    one: tuple[int, int]
    other: tuple[int, int]
    one_sentence: tuple[int, int]
    other_sentence: tuple[int, int]


def contradictions(one: str, other: str, *, title: str = "", language: str = "en") -> list[Contradiction]:
    """Where two texts about one thing contradict each other, in the order of the first text; each stretch once.

    Args:
        title: what they are about.
        language: of both.
    """
    found = list(_by_claims(one, other, title, language))
    if language.partition("-")[0] == "en":
        found += _by_sentences(one, other, title)
    kept: dict[tuple[tuple[int, int], tuple[int, int]], Contradiction] = {}
    for each in sorted(found, key=lambda each: (each.one, each.other, each.rule)):
        kept.setdefault((each.one, each.other), each)
    return list(kept.values())[:MOST_FOUND]


def _by_claims(one: str, other: str, title: str, language: str) -> Iterator[Contradiction]:
    """By what the rules for properties read on both sides."""
    if not title:
        return
    both = [
        sentence_claims(text, source=key, path=key, title=title, language=language)
        for key, text in (("one", one), ("other", other))
    ]
    names = {claim.property for claim in both[0]} & {claim.property for claim in both[1]}
    for name in sorted(names):
        known = known_properties().get(name)
        if known is None or known.many:
            continue
        for subject in sorted({claim.subject for claim in both[0] if claim.property == name}):
            claims = [claim for side in both for claim in side if (claim.property, claim.subject) == (name, subject)]
            for group in compare_claims(claims, Nature(single=True, changes=known.changes)):
                sides = [[each.claim for each in side.claims] for side in group.sides]
                spread = [{claim.source for claim in side} for side in sides]
                if group.kind is not GroupKind.DIFFER or any(len(sources) > 1 for sources in spread):
                    continue
                left = next((side[0] for side in sides if side[0].source == "one"), None)
                right = next((side[0] for side in sides if side[0].source == "other"), None)
                if left is not None and right is not None:
                    yield Contradiction(
                        rule=f"claim {name}",
                        one=(left.value_start, left.value_end),
                        other=(right.value_start, right.value_end),
                        one_sentence=(left.start, left.end),
                        other_sentence=(right.start, right.end),
                    )


def _by_sentences(one: str, other: str, title: str) -> Iterator[Contradiction]:
    left, right = sentences_of_text(one), sentences_of_text(other)
    topic = frozenset(stem_of_word(word) for word in title.split()) - {""}
    for sentence in left:
        for counted, _ in lists_against(sentence):
            yield _told("list", sentence, sentence, counted, counted)
    yield from _pairs(
        "count",
        left,
        right,
        lambda s: [*counts_of(s), *counts_in_row(s)],
        lambda a, b, s, t: counts_differ(a, b, s, t, topic),
    )
    yield from _pairs(
        "measure", left, right, lambda s: list(measured_things(s)), lambda a, b, s, t: counts_differ(a, b, s, t, topic)
    )
    yield from _pairs("rank", left, right, lambda s: list(ranks_of(s)), _ranks)
    yield from _pairs(
        "event",
        left,
        right,
        lambda s: list(dated_events(s, topic)),
        lambda a, b, s, t: events_differ(a, b, s, t, topic),
    )
    yield from _pairs(
        "name", left, right, lambda s: list(names_in_places(s)), lambda a, b, s, t: places_differ(a, b, s, t, topic)
    )
    yield from _ages(left, right, topic)
    yield from _ages(right, left, topic, turned=True)
    yield from _kinds(left, right, topic)
    yield from _titles(left, right)


def _pairs(
    rule: str,
    left: Sequence[Sentence],
    right: Sequence[Sentence],
    read: Callable[[Sentence], list],  # type: ignore[type-arg]
    differ: Callable[..., bool],
) -> Iterator[Contradiction]:
    """What is read on both sides and differs, where no side says the other's value too."""
    ones = [(sentence, each) for sentence in left if not sentence.hedged for each in read(sentence)]
    others = [(sentence, each) for sentence in right if not sentence.hedged for each in read(sentence)]
    for sentence, each in ones:
        against = [(there, value) for there, value in others if differ(each, value, sentence, there)]
        if not against:
            continue
        there, value = against[0]
        if _said_there(rule, each, others) or _said_there(rule, value, ones):
            continue
        yield _told(rule, sentence, there, each, value)


def _said_there(rule: str, each: object, others: Sequence[tuple[Sentence, object]]) -> bool:
    """Whether the other text says the same value of the same thing."""
    for _, other in others:
        if isinstance(each, CountedThing) and isinstance(other, CountedThing):
            if (
                each.head == other.head
                and same_amount(each.value, other.value)
                and not (rule == "rank" and not each.between & other.between)
            ):
                return True
        elif isinstance(each, Dated) and isinstance(other, Dated) and (each.row, each.date) == (other.row, other.date):
            return True
    return False


def _ranks(one: CountedThing, other: CountedThing, left: Sentence, right: Sentence) -> bool:
    return one.head == other.head and one.value != other.value and bool(one.between & other.between)


def _ages(
    left: Sequence[Sentence], right: Sequence[Sentence], topic: frozenset[str], *, turned: bool = False
) -> Iterator[Contradiction]:
    """An age in a year that does not fit the year of birth."""
    born = [(sentence, each) for sentence in right for each in dated_events(sentence, topic) if each.own]
    births = [(sentence, each) for sentence, each in born if each.row == event_rows()[stem_of_word("born")]]
    for sentence in left:
        for year, start, end in () if sentence.hedged else aged(sentence):
            for there, each in births:
                if abs(each.date.year - year) > OFF and abs(each.date.year - year) < 100 and each.date.span == 1:
                    spans = (
                        ((start, end), (each.start, each.end)),
                        ((sentence.start, sentence.end), (there.start, there.end)),
                    )
                    (one, other), (first, second) = (pair[::-1] for pair in spans) if turned else spans
                    yield Contradiction(rule="age", one=one, other=other, one_sentence=first, other_sentence=second)


OFF = 1
"""Years that a birthday yet to come explains."""


def _kinds(left: Sequence[Sentence], right: Sequence[Sentence], topic: frozenset[str]) -> Iterator[Contradiction]:
    """A town that is a village."""
    ones = [(sentence, *each) for sentence in left for each in settlements(sentence, topic)]
    others = [(sentence, *each) for sentence in right for each in settlements(sentence, topic)]
    called = {each[1] for each in ones}, {each[1] for each in others}
    defined = any(each[4] for each in (*ones, *others))
    if len(called[0]) != 1 or len(called[1]) != 1 or called[0] == called[1] or not defined:
        return
    one, other = ones[0], others[0]
    yield Contradiction(
        rule="settlement",
        one=one[2:4],
        other=other[2:4],
        one_sentence=(one[0].start, one[0].end),
        other_sentence=(other[0].start, other[0].end),
    )


def _titles(left: Sequence[Sentence], right: Sequence[Sentence]) -> Iterator[Contradiction]:
    others: dict[str, list[tuple[int, int, int, Sentence]]] = {}
    for sentence in right:
        for title, year, start, end in published_titles(sentence):
            others.setdefault(title, []).append((year, start, end, sentence))
    for sentence in left:
        for title, year, start, end in published_titles(sentence):
            found = others.get(title, [])
            if found and all(each[0] != year for each in found):
                there = found[0]
                yield Contradiction(
                    rule="title",
                    one=(start, end),
                    other=there[1:3],
                    one_sentence=(sentence.start, sentence.end),
                    other_sentence=(there[3].start, there[3].end),
                )


def _told(rule: str, left: Sentence, right: Sentence, one: object, other: object) -> Contradiction:
    return Contradiction(
        rule=rule,
        one=(one.start, one.end),  # type: ignore[attr-defined]
        other=(other.start, other.end),  # type: ignore[attr-defined]
        one_sentence=(left.start, left.end),
        other_sentence=(right.start, right.end),
    )
