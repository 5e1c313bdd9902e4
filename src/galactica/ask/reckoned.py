"""Answers over several things, taken from claims: which has most, which of two has more, how many, which has a value.

1. A question is answered so only where all that it says is understood: what is compared, of which sort of things, and
   nothing else.
2. Every value is quoted. Over how many things the answer was taken, and of how many the library says nothing, is told:
   it is an answer about what is here, which need not be all there is.
3. Where what sources say of two things overlaps, neither has more. Things of which nothing is said make an answer less
   likely, by their share.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import ClaimsOfArticles
from galactica.ask.claimed.asserted import is_so
from galactica.ask.claimed.having import having
from galactica.ask.claimed.of_named import age_told, compared_two
from galactica.ask.claimed.quoting import far_from, position
from galactica.ask.claimed.several import put_together
from galactica.ask.claimed.sorts import Sort, of_sort, sort_called, sort_words, stems
from galactica.ask.claimed.telling import Reckoned, by_property, told_over, topic_title
from galactica.ask.claimed.told import likely, told_by_claims, topics_of
from galactica.ask.claimed.valued import listed_side, position_of, valued, whole_list
from galactica.ask.claimed.words import ComparedBy, compared_by, reckoning_words, told_by_zero
from galactica.ask.confidence import calibration
from galactica.ask.holdings import ClaimedThings
from galactica.ask.kinds import Kind
from galactica.ask.tabular.told import told_by_tables
from galactica.ask.wishes import COUNTING
from galactica.ask.yes_no.by_sentence import by_sentence
from galactica.claims.property_table import known_properties
from galactica.codes.han import unspaced
from galactica.languages import primary
from galactica.model import Answer, PassageHit, Statement, Step, TakenOver, Verdict
from galactica.model.claim import Claim
from galactica.model.said import said

LEAST_TOPICS = 3
"""Things of a sort from which on one is said to have most: fewer happen to be here."""

LEAST_HAVING = 0.5
"""Share of the things of a sort that have to have a property, before they are compared by it."""

MOST_SHOWN = 5
"""Things that are shown beside the one that has most."""

MOST_LISTED = 60
"""Things of a list."""


def reckoned(asked: Asked) -> Answer | None:
    """The answer to a question over several things; None where it is none.

    Where nothing is joined, only over the things that the question names.
    """
    begun = time.perf_counter()
    for part in asked.alone:
        joined = part.holdings.claimed
        if asked.language or asked.sources:
            continue
        things = ClaimsOfArticles(part.holdings) if joined is None else joined
        for way in _WAYS if joined is not None else _OF_NAMED:
            found = way(part, things)
            if found is None:
                continue
            over = _answer(found, time.perf_counter() - begun)
            if over is None:
                return None
            asked.tell(over.work[0])
            return replace(over, question=asked.question.text, reader=asked.reader.name)
    return None


def reckoned_over_rows(asked: Asked, found: Sequence[Sequence[PassageHit]]) -> Answer | None:
    """The answer of a table over all its rows; None where there is none, or several tables say different things.

    Args:
        found: passages that were found in each edition.
    """
    begun = time.perf_counter()
    several = [told_by_tables(part, hits) for part, hits in zip(asked.alone, found, strict=True)]
    told = {each.text: each for each in several if each is not None}
    over = _answer(next(iter(told.values())), time.perf_counter() - begun) if len(told) == 1 else None
    if over is None:
        return None
    asked.tell(over.work[0])
    return replace(over, question=asked.question.text, reader=asked.reader.name)


def _answer(found: Reckoned, seconds: float) -> Answer | None:
    """What was reckoned, with its values and its one step; None where it is too unlikely."""
    verdict = calibration().verdict(found.confidence)
    if verdict is Verdict.NOT_FOUND or not found.values:
        return None
    notes = list(found.notes)
    if found.over is not None:
        notes.insert(0, told_over(found.over))
    step = Step(
        who="reader",
        did=said("took-claims", "Took it from what sources claim: {values:value}.", values=len(found.values)),
        found=tuple(each.citations[0] for each in found.values[:MOST_SHOWN]),
        seconds=seconds,
    )
    return Answer(
        question="",
        verdict=verdict,
        text=found.text,
        confidence=found.confidence,
        statements=tuple(
            Statement(text=f"{each.of}: {each.value}", citations=each.citations, support=each.support)
            for each in found.values
        ),
        values=found.values,
        over=found.over,
        work=(step,),
        notes=tuple(notes),
    )


def _most(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Which thing of a sort has most of something."""
    question = asked.question.plain
    wish = question.most
    wanted = compared_by(wish.of) if wish is not None else None
    if wish is None or wanted is None or question.kind in (Kind.YES_NO, Kind.REASON, Kind.MANNER, Kind.DATE):
        return None
    called = sort_words(question.text, question.language)
    if not called or not _is_all(wish.narrowed, called, question.language):
        return None
    return _of_sort(asked, things, sort_called(called, question.language), wanted)


def _is_all(narrowed: frozenset[str] | str, called: str, language: str) -> bool:
    """Whether a question says nothing of the things but their sort."""
    if isinstance(narrowed, str):
        return narrowed in (called, called[:-1], "") and unspaced(called)
    return narrowed <= stems(called, language)


def _of_sort(asked: Asked, things: ClaimedThings, sort: Sort, wanted: ComparedBy) -> Reckoned | None:
    every = of_sort(things.topics(), sort)
    if len(every) < LEAST_TOPICS:
        return None
    language = primary(asked.question.language)
    for name in wanted.properties:
        found = valued(things, name, counted=wanted.counted)
        own = [found[each.topic] for each in every if each.topic in found]
        if len(own) < LEAST_HAVING * len(every):
            continue
        own.sort(key=lambda each: (-each.value if wanted.most else each.value, each.topic))
        if wanted.counted and any(whole_list(things, each.side) is None for each in own[:MOST_SHOWN]):
            return None  # something in one of these lists was not understood
        best = own[0]
        rivals = [each for each in own[1:] if (each.high >= best.low if wanted.most else each.low <= best.high)]
        entries = {each.topic: each for each in every}
        shown = []
        for each in own[: MOST_SHOWN + len(rivals)][:MOST_LISTED]:
            quoted = each.quoted(things, language)
            if quoted:
                shown.append(position_of(quoted, topic_title(entries[each.topic], language), each, wanted.counted))
        quoted = best.quoted(things, language)
        if not quoted or not shown:
            return None
        lacking = len(every) - len(own)
        notes = [by_property(name)]
        if rivals:
            titles = [topic_title(entries[each.topic], language) for each in rivals[:MOST_SHOWN]]
            notes.append(said("may-be-more", "By what other sources say it may as well be {titles}.", titles=titles))
        confidence = likely(quoted, quoted[0].page.article.title) * (1 - lacking / len(every))
        return Reckoned(
            text=topic_title(entries[best.topic], language),
            values=tuple(shown[:MOST_SHOWN]),
            confidence=confidence / (1 + len(rivals)),
            over=TakenOver(
                sort=sort.called,
                property=name,
                topics=len(every),
                lacking=lacking,
                differing=sum(each.differs for each in own),
            ),
            notes=tuple(notes),
        )
    return None


def _who_has(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Which things have a value, or how many do."""
    question = asked.question.plain
    words = reckoning_words(question.language)
    if words is None:
        return None
    language = primary(question.language)
    counts = question.kind in COUNTING
    if (counts and asked.wishes) or told_by_claims(asked):
        return None  # a property of a thing is asked for
    found = having(asked, things)
    if found is None:
        return None
    quoted = [(entry, claims) for entry, claims in found.having if claims][:MOST_LISTED]
    if not quoted:
        return None
    titles = [topic_title(entry, language) for entry, _ in quoted]
    lacking = found.topics - found.told
    share = 1 - lacking / max(1, found.topics)
    confidence = min(likely(claims, claims[0].page.article.title) for _, claims in quoted)
    joint = "、" if unspaced("".join(titles[:1])) else ", "
    return Reckoned(
        text=str(len(quoted)) if counts else joint.join(titles),
        values=tuple(position(claims, of=title) for (_, claims), title in zip(quoted, titles, strict=True)),
        confidence=confidence * share if counts or len(quoted) > 1 else confidence,
        over=TakenOver(sort=found.sort, property=found.property, topics=found.topics, lacking=lacking),
    )


def _how_many(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """How many values a thing has: its neighbours, its official languages."""
    question = asked.question.plain
    if question.kind not in COUNTING:
        return None
    for wish in asked.wishes:
        if wish.property is None or wish.year:
            continue
        for name in wish.property.claims:
            each = known_properties()[name]
            if not each.many:
                continue
            for topic in topics_of(things, wish.thing)[:1]:
                found = _counted(asked, things, name, topic, wish.thing) or _zero(
                    asked, things, name, topic, wish.thing
                )
                if found is not None:
                    return found
    return None


def _counted(asked: Asked, things: ClaimedThings, name: str, topic: str, thing: str) -> Reckoned | None:
    language = primary(asked.question.language)

    def near(claim: Claim) -> int:
        page = things.page(claim)
        return -3 if page is None else -far_from(language, page)

    side = listed_side([group for group in things.of(name, topic) if not group.subject], near)
    found = whole_list(things, side) if side is not None else None
    if found is None:
        return None
    quoted, values = found
    number = str(len(values))
    told = position([quoted], of=thing, value=number)
    return Reckoned(text=number, values=(told,), confidence=likely([quoted], thing))


def _zero(asked: Asked, things: ClaimedThings, name: str, topic: str, thing: str) -> Reckoned | None:
    """None of something, where the zero of another property says so."""
    other = told_by_zero(name)
    one = valued(things, other, topic=topic).get(topic) if other and not things.of(name, topic) else None
    if one is None or one.value:
        return None
    quoted = one.quoted(things, primary(asked.question.language))
    return (
        Reckoned(text="0", values=(position(quoted, of=thing),), confidence=likely(quoted, thing)) if quoted else None
    )


_WAYS: tuple[Callable[[Asked, ClaimedThings], Reckoned | None], ...] = (
    age_told,
    compared_two,
    is_so,
    by_sentence,
    put_together,
    _how_many,
    _most,
    _who_has,
)
"""In the order in which a question is tried."""

_OF_NAMED = (age_told, compared_two, by_sentence)
"""Those that need the claims of nothing but what the question names."""
