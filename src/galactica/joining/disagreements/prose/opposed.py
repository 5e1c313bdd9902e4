"""Where two texts about one thing contradict each other, each contradiction with the two stretches that say so.

Careful: what is reported, supposed, planned or counted in part is not compared; what both texts may mean of different
years or parts is not; a text that says the other's value too contradicts nothing. Nothing is said of a pair of which
this is not sure, so that most contradictions that need thought are missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from galactica.claims.property_table import known_properties
from galactica.claims.sentences.reading import sentence_claims
from galactica.joining.disagreements.comparing import compare_claims
from galactica.joining.disagreements.group import GroupKind, Nature
from galactica.joining.disagreements.natures import NESTED
from galactica.joining.disagreements.prose.contradiction import Contradiction
from galactica.joining.disagreements.prose.crossread import Marks, read_across
from galactica.joining.disagreements.prose.denied import denials, may_deny
from galactica.joining.disagreements.prose.events import Dated, Placed, events_differ, places_differ
from galactica.joining.disagreements.prose.exclusive import only_there, there_too
from galactica.joining.disagreements.prose.numbers import CountedThing, counts_differ
from galactica.joining.disagreements.prose.sentences import (
    Sentence,
    english_lists,
    event_rows,
    sentences_of_text,
    stem_of_word,
)
from galactica.joining.disagreements.prose.told import Said, ToldText, told_text
from galactica.values.amounts import same_amount

MOST_FOUND = 50
"""Contradictions of two texts that are told."""


def contradictions(
    one: str, other: str, *, title: str = "", language: str = "en", marks: Marks | None = None
) -> list[Contradiction]:
    """Where two texts about one thing contradict each other, in the order of the first text; each stretch once.

    Args:
        title: what they are about.
        language: of both.
        marks: a reader, who finds what is said in other words, too; None: by rules alone.
    """
    found = list(_by_claims(one, other, title, language))
    if language.partition("-")[0] == "en":
        left = told_text(one, title)
        right = left if one == other else told_text(other, title)
        found += [*lists_in(left), *opposed_texts(left, right)]
    if marks is not None and one != other:
        sentences = sentences_of_text(one), sentences_of_text(other)
        found += [
            Contradiction(
                rule="read",
                one=each.one.place,
                other=each.other.place,
                one_sentence=_whole(each.one.sentence),
                other_sentence=_whole(each.other.sentence),
            )
            for each in read_across(*sentences, (one, other), title, marks)
        ]
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
        if known is None or known.many or name in NESTED:
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


def opposed_texts(left: ToldText, right: ToldText) -> Iterator[Contradiction]:
    """Where what one text says contradicts what another one says, by rules for English."""
    topic = left.topic
    yield from _pairs("count", left, right, lambda a, b, s, t: counts_differ(a, b, s, t, topic))
    yield from _pairs("measure", left, right, lambda a, b, s, t: counts_differ(a, b, s, t, topic))
    yield from _pairs("rank", left, right, _ranks)
    pronouns = not (left.both or right.both)
    yield from _pairs(
        "event",
        left,
        right,
        lambda a, b, s, t: (
            (pronouns or not a.own or bool(s.stems & topic and t.stems & topic)) and events_differ(a, b, s, t, topic)
        ),
    )
    yield from _pairs("name", left, right, lambda a, b, s, t: places_differ(a, b, s, t, topic))
    yield from _only(left, right)
    yield from _only(right, left, turned=True)
    yield from _ages(left, right)
    yield from _ages(right, left, turned=True)
    yield from _kinds(left, right)
    yield from _titles(left, right)
    yield from _denied(left, right)
    if left is not right:
        yield from _denied(right, left, turned=True)


def lists_in(text: ToldText) -> Iterator[Contradiction]:
    """Counts of a text that the list behind them contradicts."""
    for sentence, (counted, _) in text.said["list"]:
        yield _told("list", sentence, sentence, counted, counted)


def _pairs(rule: str, left: ToldText, right: ToldText, differ: Callable[..., bool]) -> Iterator[Contradiction]:
    """What is said on both sides and differs, where no side says the other's value too."""
    ones, others = left.said[rule], right.said[rule]
    alike: dict[object, list[Said]] = {}
    for said in others:
        alike.setdefault(_of(rule, said[1]), []).append(said)
    for sentence, each in ones:
        for there, value in alike.get(_of(rule, each), ()):
            if differ(each, value, sentence, there):
                if not _said_there(rule, each, others) and not _said_there(rule, value, ones):
                    yield _told(rule, sentence, there, each, value)
                break


def _of(rule: str, each: object) -> object:
    """What two things must have in common to be compared."""
    if isinstance(each, Dated):
        return each.row
    if isinstance(each, Placed):
        return each.place
    return each.head if isinstance(each, CountedThing) and rule != "measure" else ""


def _said_there(rule: str, each: object, others: Sequence[Said]) -> bool:
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


def _only(left: ToldText, right: ToldText, *, turned: bool = False) -> Iterator[Contradiction]:
    """What is only in one country, or of one kind, on the left, and in another, or of several, on the right."""
    for sentence in left.sentences:
        for country, start, end in only_there(sentence, left.topic):
            for there in right.sentences:
                for _, first, last in list(there_too(there, left.topic, country))[:1]:
                    yield _opposed("only", (sentence, start, end), (there, first, last), turned=turned)


def _denied(left: ToldText, right: ToldText, *, turned: bool = False) -> Iterator[Contradiction]:
    """What a sentence on the left denies and another one on the right says."""
    for sentence in left.sentences:
        if not may_deny(sentence):
            continue
        for there in right.sentences:
            if there.text == sentence.text:
                continue
            for start, end, first, last in list(denials(sentence, there, left.topic))[:1]:
                back = turned or (left is right and first < start)
                yield _opposed("denied", (sentence, start, end), (there, first, last), turned=back)


def _ages(left: ToldText, right: ToldText, *, turned: bool = False) -> Iterator[Contradiction]:
    """An age in a year that does not fit the year of birth."""
    born = event_rows()[stem_of_word("born")]
    births = [(there, each) for there, each in right.said["birth"] if each.own and each.row == born]
    for sentence, (year, start, end) in left.said["age"]:
        for there, each in births:
            if abs(each.date.year - year) > OFF and abs(each.date.year - year) < 100 and each.date.span == 1:
                yield _opposed("age", (sentence, start, end), (there, each.start, each.end), turned=turned)


def _opposed(
    rule: str, here: tuple[Sentence, int, int], there: tuple[Sentence, int, int], *, turned: bool
) -> Contradiction:
    """Two stretches with their sentences; turned where the first is of the other text."""
    (left, *one), (right, *other) = (there, here) if turned else (here, there)
    return Contradiction(
        rule=rule,
        one=(one[0], one[1]),
        other=(other[0], other[1]),
        one_sentence=_whole(left),
        other_sentence=_whole(right),
    )


def _whole(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, sentence.end


OFF = 1
"""Years that a birthday yet to come explains."""


def _kinds(left: ToldText, right: ToldText) -> Iterator[Contradiction]:
    """A town that is a village."""
    ones, others = left.said["settlement"], right.said["settlement"]
    called = {each[0] for _, each in ones}, {each[0] for _, each in others}
    defined = any(each[3] for _, each in (*ones, *others))
    if len(called[0]) != 1 or len(called[1]) != 1 or called[0] == called[1] or not defined:
        return
    (sentence, one), (there, other) = ones[0], others[0]
    yield Contradiction(
        rule="settlement",
        one=one[1:3],
        other=other[1:3],
        one_sentence=_whole(sentence),
        other_sentence=_whole(there),
    )


def _titles(left: ToldText, right: ToldText) -> Iterator[Contradiction]:
    others: dict[str, list[tuple[int, int, int, Sentence]]] = {}
    for sentence, (title, year, start, end) in right.said["title"]:
        others.setdefault(title, []).append((year, start, end, sentence))
    for sentence, (title, year, start, end) in left.said["title"]:
        found = others.get(title, [])
        if found and all(each[0] != year for each in found):
            yield Contradiction(
                rule="title",
                one=(start, end),
                other=found[0][1:3],
                one_sentence=_whole(sentence),
                other_sentence=_whole(found[0][3]),
            )


def _told(rule: str, left: Sentence, right: Sentence, one: object, other: object) -> Contradiction:
    return Contradiction(
        rule=rule,
        one=(one.start, one.end),  # type: ignore[attr-defined]
        other=(other.start, other.end),  # type: ignore[attr-defined]
        one_sentence=_whole(left),
        other_sentence=_whole(right),
        about=_about(one, left),
    )


def _about(said: object, sentence: Sentence) -> str:
    """What a date, a name or a number is of: "renamed", "father", "monks"."""
    if isinstance(said, Dated):
        return str(english_lists()["once"][said.row]).split()[0]
    if isinstance(said, Placed):
        return said.place.partition(" ")[2] if said.place.startswith("role") else "by whom"
    if not isinstance(said, CountedThing):
        return ""
    words = [word.text.lower() for word in sentence.words if said.start <= word.start and word.end <= said.end]
    return words[-1] if words and words[-1].isalpha() else ""
