"""Which of the answers that stood the check is given, and what it is called: answered, probably, disputed, not found.

1. Each edition was searched, read and checked by itself (`Part`): how likely an answer is right (`confidence`) depends
   on nothing that stands in another.
2. The likeliest is the answer, where it is likely enough; where editions give the same, their quotations stand together
   and it is as likely as the likeliest of them.
3. Others that are likely enough to be an answer dispute it, where they are of another source, language or edition, or
   are stated by another article of the same name, or by another row of the same article (`sides`), speak of the same
   thing, and cannot be right beside it (`disputes`).
4. What other sources, languages or editions say besides is told with what was given, however it is called, from
   `LEAST_OTHER` on: an answer never stands alone where another source says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from galactica.ask.alike import Same
from galactica.ask.asked import Asked
from galactica.ask.by_side import Likely, said_by_sides
from galactica.ask.check import Checked
from galactica.ask.confidence import calibration
from galactica.ask.disputes import agrees_in_words, disputed, drifted, of_different_sides, same_thing
from galactica.ask.evidence import cite, first_sentences
from galactica.ask.fuller import fuller
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.proving import MOST_CITATIONS, Proved, quote
from galactica.ask.sides import compared_as, unglossed
from galactica.ask.stated_value import OfClaims, Stated
from galactica.model import Answer, Citation, Position, Statement, Step, Verdict
from galactica.model.said import said

NO_YES = said("no-yes", "This asks for yes or no; what is shown is the part of the quotation that comes nearest to it.")
"""What the person is told, because a quotation is never turned into a yes."""

FAILED = said("check-failed", "What was found did not stand the check.")
"""What the person is told where that is why nothing is answered."""

LEAST_OTHER = 0.2
"""How likely an answer of another side has to be to be told beside what is given: from 0.1 on, few more right ones of
namesakes would be told, and half as many more wrong ones where sources do not differ at all (`benchmarks.ramdocs`)."""

LEAST_ALONE = 0.05
"""The same for the likeliest of them where nothing else is told: misinformation should not stand alone."""

MOST_OTHERS = 5
"""Other answers that are told."""

NEAREST = 3
"""Quotations that are shown where nothing was found; behind them stands how the article begins that is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one edition says to a question.

    Attributes:
        asked: the question as it was put to it.
        groups: all answers that were marked, best first.
        proved, refused: of those that were quoted and checked.
        named: the articles that the question names.
    """

    asked: Asked
    groups: Sequence[Same] = ()
    proved: Sequence[Proved] = ()
    refused: Sequence[Checked] = ()
    named: Sequence[Page] = ()


def decided(asked: Asked, parts: Sequence[Part], work: Sequence[Step]) -> Answer:
    """The answer and its verdict."""
    several = likeliest(parts)
    plain = Answer(
        question=asked.question.text,
        verdict=Verdict.NOT_FOUND,
        text="",
        confidence=several[0].confidence if several else 0.0,
        reader=(several[0].asked if several else asked).reader.name,
        work=tuple(work),
    )
    verdict = calibration().verdict(plain.confidence)
    whether = asked.question.plain.kind is Kind.YES_NO  # of which a stretch of text says neither
    if not several or whether or verdict is Verdict.NOT_FOUND:
        notes = (FAILED,) if not several and any(part.refused for part in parts) else (NO_YES,) if whether else ()
        return replace(plain, near=_nearest(asked, parts, [each.first for each in several[:NEAREST]]), notes=notes)
    first = several[0]
    claimed = _claimed(first)
    answered = replace(
        plain,
        verdict=verdict,
        text=_told(first),
        statements=(_statement(first),),
        notes=claimed.notes if claimed else (),
        positions=(_position(first),) if claimed else (),
        series=claimed.series if claimed else (),
    )
    able = [each for each in several if calibration().verdict(each.confidence) is not Verdict.NOT_FOUND]
    sides = [first, *_others(able)]
    answered = replace(answered, others=claimed.others if claimed else _besides(several, sides))
    if len(sides) == 1:
        return answered
    return replace(
        answered,
        verdict=Verdict.DISPUTED,
        positions=tuple(_position(each) for each in sides),
        statements=tuple(_statement(each) for each in sides),
    )


def likeliest(parts: Sequence[Part]) -> list[Likely]:
    """The answers of all editions that stood the check, the likeliest first; equal ones together."""
    found = [each for part in parts for each in said_by_sides(part.asked, part.groups, part.proved)]
    found.sort(key=lambda each: -each.confidence)
    kept: dict[str, Likely] = {}
    for each in found:
        key = each.proved.group.key
        known = kept.get(key)
        kept[key] = each if known is None else replace(known, proved=_beside(known.proved, each.proved.citations))
    return list(kept.values())


def _beside(proved: Proved, more: Iterable[Citation]) -> Proved:
    """An answer with the quotations of another edition that says the same; none word for word again."""
    citations = {each.quote: each for each in proved.citations}
    for each in more:
        citations.setdefault(each.quote, each)
    return replace(proved, citations=tuple(citations.values())[:MOST_CITATIONS])


def _nearest(asked: Asked, parts: Sequence[Part], first: Sequence[Citation]) -> tuple[Citation, ...]:
    """What to show where there is no answer: some quotation, what else came nearest, and the first sentences of the
    article that the question names."""
    found = {each.quote: each for each in first}
    groups = sorted(
        ((group, part.asked) for part in parts for group in part.groups[:NEAREST]), key=lambda pair: -pair[0].value
    )
    for group, own in groups[:NEAREST]:
        quoted = quote(own, group.marked[0])
        if quoted is not None:
            found.setdefault(quoted[0].quote, quoted[0])
    shown = tuple(found.values())[:NEAREST]
    return (*shown, *(each for each in _beginning(parts) if not any(_overlap(each, other) for other in shown)))


def _beginning(parts: Sequence[Part]) -> list[Citation]:
    """How the first article begins that a question names; none where it names none."""
    for part in parts:
        for page in part.named[:1]:
            start, end = first_sentences(page)
            return [cite(page, start, end)] if page.text[start:end].strip() else []
    return []


def _overlap(one: Citation, other: Citation) -> bool:
    """Whether two quotations have a stretch in common."""
    same = (one.edition, one.id) == (other.edition, other.id)
    return same and one.start < other.end and other.start < one.end


def _statement(likely: Likely) -> Statement:
    """The sentence that is quoted, as a sentence of the answer."""
    proved = likely.proved
    text = _one_line(proved.citations[0].quote)
    return Statement(text=text, citations=proved.citations, support=proved.checked.support)


def _position(likely: Likely) -> Position:
    told, claimed = _told(likely), _claimed(likely)
    found = Position(value=told, citations=likely.proved.citations, support=likely.confidence)
    if claimed is None:
        return found
    return replace(found, time=claimed.time, basis=claimed.basis, limits=claimed.limits)


def _claimed(likely: Likely) -> OfClaims | None:
    """What claims say of an answer besides; None of one that was read."""
    stated = likely.proved.group.marked[0].stated
    return stated.claimed if stated is not None else None


def _besides(likely: Sequence[Likely], given: Sequence[Likely]) -> tuple[Position, ...]:
    """What sides that are not quoted say besides what is given, the likeliest first, each value once."""
    if given[0].proved.group.marked[0].stated is not None:
        return ()  # an article says it of its own thing, in so many words; what else was marked hardly speaks of it
    quoted = [citation for each in given for citation in each.proved.citations]
    told: list[Likely] = []
    for other in likely:
        least = LEAST_OTHER if told or len(given) > 1 else LEAST_ALONE
        if len(told) >= MOST_OTHERS or other.confidence < least:
            break
        new = (all(of_different_sides(own, each) for each in quoted) for own in other.proved.citations)
        if any(new) and all(_says_else(other, each) for each in (*given, *told)):
            told.append(other)
    return tuple(_position(each) for each in told)


def _says_else(one: Likely, other: Likely) -> bool:
    """Whether two answers are not the same, nor one a part of the other, told otherwise; what cannot be compared, as
    names in two scripts, is."""
    kind, left, right = one.asked.question.kind, one.proved.text, other.proved.text
    if kind is Kind.DATE:
        return disputed(left, right, kind)
    return not agrees_in_words(left, right)


def _others(likely: Sequence[Likely]) -> list[Likely]:
    """The answers that dispute the first: of another side, about the same thing, incompatible with all before."""
    sides = [likely[0]]
    for other in likely[1:]:
        if all(_against(side, other) for side in sides):
            sides.append(other)
    return sides[1:]


def _against(one: Likely, other: Likely) -> bool:
    """Whether two answers of different sides to the same thing cannot both be right."""
    told, others = (each.proved.group.marked[0].stated for each in (one, other))
    if all(each is not None and each.claimed is not None for each in (told, others)) and one.asked is other.asked:
        return True  # they were compared when the edition was joined
    kind = one.asked.question.kind
    within = False
    if told is not None and others is not None and told.form == others.form and told.thing == others.thing:
        within = bool(told.thing) and _within_source(one.first, other.first, told, others)
        kind = compared_as(told.form, Kind.PLACE if within else kind)
    left, right = one.proved.text, other.proved.text
    if within:
        left, right = unglossed(left), unglossed(right)
    return (
        (within or of_different_sides(one.first, other.first))
        and disputed(left, right, kind, languages=(one.first.language, other.first.language))
        and (within or not drifted(one.first, other.first))
        and _of_one_thing(one, other)
    )


def _within_source(one: Citation, other: Citation, told: Stated, others: Stated) -> bool:
    """Whether two values of one source are sides: of two articles of one name, or both told by one article."""
    if of_different_sides(one, other):
        return False
    return one.id != other.id or (told.rival and others.rival)


def _of_one_thing(one: Likely, other: Likely) -> bool:
    """Whether two answers are about the same; what two articles state of their own thing is."""
    if all(each.proved.group.marked[0].stated is not None for each in (one, other)):
        return True
    sides = [(each.proved.page, each.first) for each in (one, other)]
    return same_thing(one.asked.question, sides[0], sides[1])


def _told(likely: Likely) -> str:
    """An answer as it is said: on one line, a person by the whole name."""
    text = _one_line(likely.proved.text)
    return fuller(text, likely.proved.page, likely.asked.question)


def _one_line(text: str) -> str:
    return " ".join(text.split())
