"""One study from the question to the answer: who looks, how long, and in what order what is done."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from galactica.ask.asked import Asked, Tell, tell_nobody, tidy
from galactica.ask.contract import Reader
from galactica.ask.group.chair import hear, minutes, synthesis
from galactica.ask.group.desk import Workspace
from galactica.ask.group.prose import write_prose
from galactica.ask.group.researchers import PATIENCE, RESEARCHERS, Looked, Researcher
from galactica.ask.group.shared import SharedHoldings, SharedReader
from galactica.ask.group.visiting import visitors
from galactica.ask.holdings import Holdings
from galactica.ask.models import Model
from galactica.ask.models.calling import warm_up
from galactica.ask.question import read_question
from galactica.ask.reckoned import reckoned
from galactica.ask.sought import question_language
from galactica.errors import GalacticaError
from galactica.model import Answer, Step, Verdict
from galactica.model.said import said

SECONDS = 90.0
"""For all researchers together, on the slowest machine; a study takes half a second on two cores."""

MOST_SHOWN = 5
"""Findings of one researcher that its step shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyReport:
    """What came of one researcher.

    Attributes:
        looked: what it did; None where it failed.
        note: why there is nothing of it.
    """

    researcher: Researcher
    looked: Looked | None
    seconds: float
    note: str = ""


def study(
    question: str,
    place: Holdings,
    reader: Reader,
    *,
    language: str = "",
    sources: Sequence[str] = (),
    model: Model | None = None,
    report: Tell = tell_nobody,
    researchers: Sequence[Researcher] | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Study a question in a library.

    Args:
        question: any text; nothing that can be typed raises.
        place: the library.
        reader: who reads.
        language: only articles in this language; "" for all.
        sources: only articles of these sources; none for all.
        model: a language model that may write the sentences; None: none is called.
        report: told each step when it is done, in the thread of the caller; the answer has them in a fixed order.
        researchers: who looks; None: all there are.
        seconds: for the researchers together.
    """
    words = tidy(question)
    asked = Asked(
        question=read_question(words, question_language(words, place.languages)),
        holdings=place,
        reader=reader,
        language=language,
        sources=tuple(dict.fromkeys(sources)),
        tell=report,
        model=model,
    )
    return answer_as_group(asked, researchers=researchers, seconds=seconds)


def answer_as_group(
    asked: Asked, *, researchers: Sequence[Researcher] | None = None, seconds: float = SECONDS
) -> Answer:
    """Study a question; see `study`."""
    work: list[Step] = []

    def tell(step: Step) -> None:
        work.append(step)
        asked.tell(step)

    if not asked.question.text:
        return Answer(question="", verdict=Verdict.NOT_FOUND, text="", confidence=0.0, reader=asked.reader.name)
    over = reckoned(asked)
    if over is not None:
        return over
    if asked.model is not None:
        warm_up()
    shared = _shared(asked)
    invited, notes = (tuple(researchers), ()) if researchers is not None else _invited()
    places = {each.name: place for place, each in enumerate(invited)}
    reports: list[StudyReport] = []
    for each in look(Workspace(shared, time.monotonic() + seconds), invited):
        reports.append(each)
        tell(_step(each))
    reports.sort(key=lambda each: places[each.researcher.name])
    work.sort(key=lambda step: places[step.who])
    looked = [each.looked for each in reports if each.looked is not None]
    findings = [finding for each in looked for finding in each.findings]
    more = [*notes, *(note for each in looked for note in each.notes), *(each.note for each in reports if each.note)]
    begun = time.monotonic()
    heard = hear(shared, findings)
    statements = synthesis(shared, heard)
    shown = tuple(statement.citations[0] for statement in statements)
    tell(Step(who="chair", did=minutes(findings, heard), found=shown, seconds=time.monotonic() - begun))
    found_answer = replace(heard.answer, statements=statements)
    if asked.model is not None and statements:
        begun = time.monotonic()
        prose = write_prose(shared, asked.model, found_answer, statements)
        cited = tuple(citation for statement in prose.statements for citation in statement.citations[:1])
        tell(Step(who="model", did=prose.did, found=cited, seconds=time.monotonic() - begun))
        more += prose.notes
        if prose.statements:
            found_answer = replace(found_answer, statements=prose.statements, reader=f"model {asked.model.name}")
    return replace(found_answer, work=tuple(work), notes=tuple(dict.fromkeys([*found_answer.notes, *more])))


def _shared(asked: Asked) -> Asked:
    """The question with a library and readers that do each thing once."""
    readers = {each.reader.name: SharedReader(each.reader) for each in (asked, *asked.parts)}
    parts = tuple(replace(p, holdings=SharedHoldings(p.holdings), reader=readers[p.reader.name]) for p in asked.parts)
    return replace(asked, holdings=SharedHoldings(asked.holdings), reader=readers[asked.reader.name], parts=parts)


def look(desk: Workspace, researchers: Sequence[Researcher]) -> Iterator[StudyReport]:
    """Let all look at once; yields what came of each, as they are done or their time is over."""
    inbox: queue.SimpleQueue[StudyReport] = queue.SimpleQueue()
    begun = time.monotonic()
    for each in researchers:
        thread = threading.Thread(target=_work, args=(desk, each, inbox), name=f"galactica-{each.name}", daemon=True)
        thread.start()
    waiting = {each.name: each for each in researchers}
    pace = 0.0
    while waiting:
        first, limit = _next_to_leave(waiting.values(), pace)
        try:
            report = inbox.get(timeout=max(0.0, min(desk.until, begun + limit) - time.monotonic()))
        except queue.Empty:
            note = said("not-in-time", "The researcher “{name}” was not done in time and is left out.", name=first.name)
            report = StudyReport(researcher=first, looked=None, seconds=time.monotonic() - begun, note=note)
        if report.researcher.leads and report.looked is not None:
            pace = report.seconds
        if waiting.pop(report.researcher.name, None) is not None:
            yield report


def _next_to_leave(waiting: Collection[Researcher], pace: float) -> tuple[Researcher, float]:
    """(who is left behind first, after how many seconds); nobody else as long as one who leads works."""
    leading = [each for each in waiting if each.leads]
    first = min(leading or waiting, key=lambda each: each.seconds)
    return first, max(first.seconds, PATIENCE * pace)


def _work(desk: Workspace, researcher: Researcher, inbox: queue.SimpleQueue[StudyReport]) -> None:
    """One researcher's thread; whatever happens, a report comes of it."""
    begun = time.monotonic()
    looked, note = None, ""
    try:
        looked = researcher.looked(desk)
    except GalacticaError as error:
        note = said(
            "left-out", "The researcher “{name}” is left out: {problem}", name=researcher.name, problem=error.problem
        )
    except Exception as error:  # one way of looking that breaks must not take the others with it
        note = said(
            "failed",
            "The researcher “{name}” failed and is left out ({error}).",
            name=researcher.name,
            error=type(error).__name__,
        )
    inbox.put(StudyReport(researcher=researcher, looked=looked, seconds=time.monotonic() - begun, note=note))


def _step(report: StudyReport) -> Step:
    """What a researcher did, for the person."""
    if report.looked is None:
        return Step(who=report.researcher.name, did=report.note, seconds=report.seconds)
    findings = report.looked.findings[:MOST_SHOWN]
    did = report.looked.did
    if findings:
        did = said("two-sentences", "{first} {second}", first=did, second=findings[0].reason)
    found = tuple(dict.fromkeys(finding.citation for finding in findings))
    return Step(who=report.researcher.name, did=did, found=found, seconds=report.seconds)


def _invited() -> tuple[tuple[Researcher, ...], tuple[str, ...]]:
    """The program's own researchers, and those that come with packages."""
    guests, notes = visitors()
    return (*RESEARCHERS, *guests), notes
