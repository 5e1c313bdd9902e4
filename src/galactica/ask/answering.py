"""From a question to an answer that is proved, by one reader: search, read, weigh, quote, check, decide.

1. `SEARCHED` passages by words and meaning; the first `READ` are read.
2. What the reader marks is weighed (`weighing`). Answers that are the same in other words are put together; several
   passages that agree add up.
3. Each answer, best first, is quoted with the sentence that holds it, and checked; what fails is refused.
4. The first that passes is the answer where it is likely that its quotation proves it (`sureness`); otherwise nothing
   is found, and what came nearest is shown.
5. Other answers that pass and are as sure are compared with it where they are of another source, language or edition
   (`disputes`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from galactica.ask.asked import Asked
from galactica.ask.check import Checked
from galactica.ask.contract import Reader
from galactica.ask.disputes import apart, disputed, drifted, same_thing
from galactica.ask.kinds import Kind, sought
from galactica.ask.marking import READ, SEARCHED, SPANS, Marked, Same, answer_key, read, searched_for, together
from galactica.ask.proving import Proved, prove, quote
from galactica.ask.sureness import ENOUGH, sureness
from galactica.ask.weighing import BEHIND
from galactica.model import Answer, Citation, PassageHit, Position, Statement, Step, Verdict

__all__ = [
    "BEHIND",
    "READ",
    "SEARCHED",
    "SPANS",
    "Marked",
    "Proved",
    "Same",
    "answer",
    "answer_key",
    "decided",
    "prove",
    "quote",
    "read",
    "together",
]

NO_YES = "This asks for yes or no; what is shown is the part of the quotation that comes nearest to it."
"""What the person is told, because a quotation is never turned into a yes."""

FAILED = "What was found did not stand the check."
"""What the person is told where that is why nothing is answered."""

NEAREST = 3
"""Quotations that are shown where nothing was found."""


def answer(asked: Asked) -> Answer:
    """Answer a question; see the module. Nothing that can be typed raises."""
    work: list[Step] = []

    def tell(who: str, did: str, begun: float, found: Sequence[Citation] = ()) -> None:
        work.append(Step(who=who, did=did, found=tuple(found), seconds=time.perf_counter() - begun))
        asked.tell(work[-1])

    begun = time.perf_counter()
    hits = searched_for(asked)
    tell("search", _searched(hits), begun)
    begun = time.perf_counter()
    marked = read(asked, hits[:READ])
    groups = together(marked)
    tell("reader", _marked(groups, asked.reader), begun)
    begun = time.perf_counter()
    proved, refused = prove(asked, groups)
    tell("checker", _checked(proved, refused), begun, [each.citations[0] for each in proved])
    return decided(asked, groups, proved, refused, work)


def decided(
    asked: Asked, groups: Sequence[Same], proved: Sequence[Proved], refused: Sequence[Checked], work: Sequence[Step]
) -> Answer:
    """The answer and its verdict."""
    plain = Answer(
        question=asked.question,
        verdict=Verdict.NOT_FOUND,
        text="",
        confidence=0.0,
        reader=asked.reader.name,
        work=tuple(work),
    )
    if not proved:
        notes = (FAILED,) if refused else ()
        return replace(plain, near=_nearest(asked, groups, ()), notes=notes)
    first = proved[0]
    stood = [each.group.key for each in proved]
    sure = {each.group.key: sureness(asked, each, groups, stood) for each in proved}
    confidence = sure[first.group.key]
    if confidence < ENOUGH:
        near = _nearest(asked, groups, first.citations[:1])
        return replace(plain, confidence=confidence, near=near)
    answered = replace(
        plain,
        verdict=Verdict.ANSWERED,
        text=_one_line(first.text),
        confidence=confidence,
        statements=(_statement(first),),
        notes=(NO_YES,) if sought(asked.question, asked.tongue).kind is Kind.YES_NO else (),
    )
    sides = [first, *_others(asked, [each for each in proved if each is first or sure[each.group.key] >= ENOUGH])]
    if len(sides) == 1:
        return answered
    sides.sort(key=lambda each: -sure[each.group.key])
    positions = tuple(
        Position(value=_one_line(each.text), citations=each.citations, support=sure[each.group.key]) for each in sides
    )
    statements = tuple(map(_statement, sides))
    text = positions[0].value
    return replace(answered, verdict=Verdict.DISPUTED, text=text, positions=positions, statements=statements)


def _nearest(asked: Asked, groups: Sequence[Same], first: Sequence[Citation]) -> tuple[Citation, ...]:
    """What to show where there is no answer: some quotation, then what else came nearest."""
    found = {each.quote: each for each in first}
    for group in groups[:NEAREST]:
        quoted = quote(asked, group.marked[0])
        if quoted is not None:
            found.setdefault(quoted[0].quote, quoted[0])
    return tuple(found.values())[:NEAREST]


def _statement(proved: Proved) -> Statement:
    """The sentence that is quoted, as a sentence of the answer."""
    text = _one_line(proved.citations[0].quote)
    return Statement(text=text, citations=proved.citations, support=proved.checked.support)


def _others(asked: Asked, proved: Sequence[Proved]) -> list[Proved]:
    """The answers that dispute the first: of another side, about the same thing, incompatible with all before."""
    kind = sought(asked.question, asked.tongue).kind
    sides = [proved[0]]
    for other in proved[1:]:
        against = all(
            apart(side.citations[0], other.citations[0])
            and disputed(
                side.text,
                other.text,
                kind,
                languages=(side.citations[0].language, other.citations[0].language),
            )
            and not drifted(side.citations[0], other.citations[0])
            and _of_one_thing(asked, side, other)
            for side in sides
        )
        if against:
            sides.append(other)
    return sides[1:]


def _of_one_thing(asked: Asked, one: Proved, other: Proved) -> bool:
    """Whether two answers are about the same; what two articles state of their own thing is."""
    if all(each.group.marked[0].stated is not None for each in (one, other)):
        return True
    sides = [(each.page, each.citations[0]) for each in (one, other)]
    return same_thing(asked.question, asked.tongue, sides[0], sides[1])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _searched(hits: Sequence[PassageHit]) -> str:
    if not hits:
        return "Looked by words and by meaning; no passage was found."
    titles = list(dict.fromkeys(hit.title for hit in hits))
    named = ", ".join(f"“{title[:60]}”" for title in titles[:3])
    return f"Looked by words and by meaning: {len(hits)} passages of {len(titles)} articles, first {named}."


def _marked(groups: Sequence[Same], reader: Reader) -> str:
    able = [group for group in groups if group.value >= 0]
    if not able:
        return "Read the best passages; none says it surely enough."
    named = ", ".join(f"“{_one_line(group.text)[:60]}”" for group in able[:3])
    return f"Read the best passages: {named}."


def _checked(proved: Sequence[Proved], refused: Sequence[Checked]) -> str:
    if not proved and not refused:
        return "There was nothing to check."
    parts = []
    if proved:
        parts.append(f"“{_one_line(proved[0].text)[:60]}” stands in its quotation, and read alone that says the same.")
    reasons = dict.fromkeys(reason for each in refused for reason in each.reasons)
    if refused:
        parts.append(f"Refused {len(refused)}: {' '.join(list(reasons)[:2])}")
    return " ".join(parts)
