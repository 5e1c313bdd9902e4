"""From a question to an answer that is proved, by one reader: search, read, weigh, quote, check, decide.

Each edition is asked by itself, as if no other were open:

1. Passages are searched for by words and meaning; of those that speak of what is asked the best are read, where the
   reader can tell in the order that it gives them (`finding`).
   In talk each sentence of an exchange is weighed instead (`spoken`).
2. What the reader marks is weighed (`weighing`). Answers that are the same in other words are put together; several
   passages that agree add up.
3. Each answer, best first, is quoted with the sentence that holds it, and checked; what fails is refused.

A question over several things is answered from claims or all rows of a table (`reckoned`); one about what another one
asks for is two (`stepwise`). Of all that pass, the likeliest (`confidence`) is the answer, a probable answer, or not
likely enough to be one; then what came nearest is shown. Others that are likely enough dispute it (`deciding`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from galactica.ask.alike import Marked, Same, answer_key, put_together
from galactica.ask.asked import Asked
from galactica.ask.check import Checked
from galactica.ask.contract import Reader
from galactica.ask.deciding import NEAREST, Part, decided
from galactica.ask.finding import READ, SEARCHED, PassagesToRead, searched_for, worth_reading
from galactica.ask.holdings import Page
from galactica.ask.marking import (
    SPANS,
    marks_worth_reading,
    read_passages,
    reader_marks,
    stated_marks,
)
from galactica.ask.proving import Proved, prove_answers, quote
from galactica.ask.reckoned import reckoned, reckoned_over_rows
from galactica.ask.spoken.choosing import ToldInTalk, told_in_talk
from galactica.model import Answer, Citation, PassageHit, Step
from galactica.model.said import said

__all__ = [
    "READ",
    "SEARCHED",
    "SPANS",
    "Marked",
    "Part",
    "Proved",
    "Same",
    "answer",
    "answer_key",
    "decided",
    "marks_worth_reading",
    "prove_answers",
    "put_together",
    "quote",
    "read_passages",
    "reader_marks",
]


def answer(asked: Asked) -> Answer:
    """Answer a question; see the module. Nothing that can be typed raises."""
    over = reckoned(asked)
    if over is not None:
        return over
    work: list[Step] = []

    def tell(who: str, did: str, begun: float, found: Sequence[Citation] = ()) -> None:
        work.append(Step(who=who, did=did, found=tuple(found), seconds=time.perf_counter() - begun))
        asked.tell(work[-1])

    begun = time.perf_counter()
    found = [searched_for(each) for each in asked.alone]
    over = reckoned_over_rows(asked, found)
    if over is not None:
        return over
    tell("search", _searched([hit for hits in found for hit in hits]), begun)
    begun = time.perf_counter()
    groups, worth, heard = _read(asked.alone, found)
    every = [group for own, told in zip(groups, heard, strict=True) for group in (*own, *told.groups)]
    tell("reader", _marked(sorted(every, key=lambda group: -group.value), asked.reader), begun)
    begun = time.perf_counter()
    parts = [
        _proved(each, own, some.named, told)
        for each, own, some, told in zip(asked.alone, groups, worth, heard, strict=True)
    ]
    proved = sorted((p for part in parts for p in part.proved), key=lambda p: -p.value)
    refused = [each for part in parts for each in part.refused]
    tell("checker", _checked(proved, refused), begun, [each.citations[0] for each in proved])
    return decided(asked, parts, work)


def _read(
    several: Sequence[Asked], found: Sequence[Sequence[PassageHit]]
) -> tuple[list[list[Same]], list[PassagesToRead], list[ToldInTalk]]:
    """(answers, what was read, what is told in talk) in each edition: what is marked, put together; where no passage of
    any speaks of what is asked, what comes nearest in the first few, which is only to be shown. Nothing is ranked and
    read where an article states it."""
    told = [stated_marks(each, hits) for each, hits in zip(several, found, strict=True)]
    worth = [
        PassagesToRead(hits=tuple(hits[:NEAREST])) if own else worth_reading(each, hits)
        for each, hits, own in zip(several, found, told, strict=True)
    ]
    heard = [
        ToldInTalk(rest=own) if states else told_in_talk(each, hits, own)
        for each, hits, states, own in zip(several, found, told, worth, strict=True)
    ]
    worth = [own.rest for own in heard]
    if not any(own.hits for own in worth) and not any(own.groups for own in heard):
        worth = [replace(own, hits=tuple(hits[:NEAREST])) for own, hits in zip(worth, found, strict=True)]
    groups = [
        put_together(own or marks_worth_reading(each, some), places=each.question.form == "place")
        for each, own, some in zip(several, told, worth, strict=True)
    ]
    return groups, worth, heard


def _proved(asked: Asked, groups: Sequence[Same], named: Sequence[Page], heard: ToldInTalk) -> Part:
    (spoken, doubted), (proved, refused) = (prove_answers(asked, some) for some in (heard.groups, groups))
    every = sorted((*heard.groups, *groups), key=lambda group: -group.order)
    return Part(asked=asked, groups=every, proved=[*spoken, *proved], refused=[*doubted, *refused], named=named)


def _searched(hits: Sequence[PassageHit]) -> str:
    if not hits:
        return said("searched-nothing", "Looked by words and by meaning; no passage was found.")
    titles = list(dict.fromkeys(hit.title for hit in hits))
    named = [f"“{title[:60]}”" for title in titles[:3]]
    return said(
        "searched",
        "Looked by words and by meaning: {passages:passage} of {articles:article}, first {titles}.",
        passages=len(hits),
        articles=len(titles),
        titles=named,
    )


def _marked(groups: Sequence[Same], reader: Reader) -> str:
    able = [group for group in groups if group.value >= 0]
    if not able:
        return said("read-nothing", "Read the best passages; none says it surely enough.")
    named = [f"“{' '.join(group.text.split())[:60]}”" for group in able[:3]]
    return said("read-passages", "Read the best passages: {answers}.", answers=named)


def _checked(proved: Sequence[Proved], refused: Sequence[Checked]) -> str:
    if not proved and not refused:
        return said("nothing-to-check", "There was nothing to check.")
    stands = refusals = ""
    if proved:
        text = " ".join(proved[0].text.split())[:60]
        stands = said("stands", "“{text}” stands in its quotation, and read alone that says the same.", text=text)
    if refused:
        reasons = list(dict.fromkeys(reason for each in refused for reason in each.reasons))
        first, second = (*reasons[:2], "", "")[:2]
        both = said("two-sentences", "{first} {second}", first=first, second=second) if second else first
        refusals = said("refused", "Refused {number}: {reasons}", number=len(refused), reasons=both)
    if stands and refusals:
        return said("two-sentences", "{first} {second}", first=stands, second=refusals)
    return stands or refusals
