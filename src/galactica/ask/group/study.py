"""One study from the question to the answer: who looks, how long, and in what order what is done."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from galactica.ask.asked import Asked, Tell, tidy, unheard
from galactica.ask.contract import Reader
from galactica.ask.group.chair import hear, minutes, synthesis
from galactica.ask.group.desk import Desk, Finding
from galactica.ask.group.prose import write
from galactica.ask.group.researchers import RESEARCHERS, Looked, Researcher
from galactica.ask.group.shared import SharedReader, SharedRoom
from galactica.ask.group.visiting import visitors
from galactica.ask.kinds import tongue_of
from galactica.ask.models import Model
from galactica.ask.models.calling import warm
from galactica.ask.place import Place
from galactica.errors import GalacticaError
from galactica.model import Answer, Step, Verdict

SECONDS = 8.0
"""For all researchers together; most studies take a sixth of it."""

MOST_SHOWN = 5
"""Findings of one researcher that its step shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
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
    place: Place,
    reader: Reader,
    *,
    language: str = "",
    sources: Sequence[str] = (),
    model: Model | None = None,
    report: Tell = unheard,
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
        report: told each step when it is done, in the thread of the caller.
        researchers: who looks; None: all there are.
        seconds: for the researchers together.
    """
    words = tidy(question)
    asked = Asked(
        question=words,
        room=place,
        reader=reader,
        tongue=tongue_of(words, place.languages),
        language=language,
        sources=tuple(dict.fromkeys(sources)),
        tell=report,
        model=model,
    )
    return answer(asked, researchers=researchers, seconds=seconds)


def answer(asked: Asked, *, researchers: Sequence[Researcher] | None = None, seconds: float = SECONDS) -> Answer:
    """Study a question; see `study`."""
    work: list[Step] = []

    def tell(step: Step) -> None:
        work.append(step)
        asked.tell(step)

    if not asked.question:
        return Answer(question="", verdict=Verdict.NOT_FOUND, text="", confidence=0.0, reader=asked.reader.name)
    if asked.model is not None:
        warm()
    shared = replace(asked, room=SharedRoom(asked.room), reader=SharedReader(asked.reader))
    invited, notes = (tuple(researchers), ()) if researchers is not None else _invited()
    findings: list[Finding] = []
    more = list(notes)
    for each in look(Desk(shared, time.monotonic() + seconds), invited):
        brought = each.looked.findings if each.looked is not None else ()
        did = each.looked.did if each.looked is not None else each.note
        found = tuple(finding.citation for finding in brought[:MOST_SHOWN])
        why = f" {brought[0].reason}" if brought else ""
        tell(Step(who=each.researcher.name, did=did + why, found=found, seconds=each.seconds))
        findings += brought
        more += [*(each.looked.notes if each.looked is not None else ()), *([each.note] if each.note else [])]
    begun = time.monotonic()
    heard = hear(shared, _ordered(findings, invited))
    statements = synthesis(shared, heard)
    shown = tuple(statement.citations[0] for statement in statements)
    tell(Step(who="chair", did=minutes(findings, heard), found=shown, seconds=time.monotonic() - begun))
    found_answer = replace(heard.answer, statements=statements)
    if asked.model is not None and statements:
        begun = time.monotonic()
        prose = write(shared, asked.model, found_answer, statements)
        cited = tuple(citation for statement in prose.statements for citation in statement.citations[:1])
        tell(Step(who="model", did=prose.did, found=cited, seconds=time.monotonic() - begun))
        more += prose.notes
        if prose.statements:
            found_answer = replace(found_answer, statements=prose.statements, reader=f"model {asked.model.name}")
    return replace(found_answer, work=tuple(work), notes=tuple(dict.fromkeys([*found_answer.notes, *more])))


def look(desk: Desk, researchers: Sequence[Researcher]) -> list[Report]:
    """Let all look at once; the reports in the order of the researchers, whoever was done first."""
    inbox: queue.SimpleQueue[Report] = queue.SimpleQueue()
    begun = time.monotonic()
    for each in researchers:
        thread = threading.Thread(target=_work, args=(desk, each, inbox), name=f"galactica-{each.name}", daemon=True)
        thread.start()
    reports: dict[str, Report] = {}
    waiting = {each.name: each for each in researchers}
    while waiting:
        now = time.monotonic()
        last = min(desk.until, begun + max(each.seconds for each in waiting.values()))
        try:
            report = inbox.get(timeout=max(0.001, last - now))
        except queue.Empty:
            break
        reports[report.researcher.name] = report
        waiting.pop(report.researcher.name, None)
    for each in waiting.values():
        seconds = time.monotonic() - begun
        note = f"The researcher “{each.name}” was not done in time and is left out."
        reports[each.name] = Report(researcher=each, looked=None, seconds=seconds, note=note)
    return [reports[each.name] for each in researchers]


def _work(desk: Desk, researcher: Researcher, inbox: queue.SimpleQueue[Report]) -> None:
    """One researcher's thread; whatever happens, a report comes of it."""
    begun = time.monotonic()
    looked, note = None, ""
    try:
        looked = researcher.look(desk)
    except GalacticaError as error:
        note = f"The researcher “{researcher.name}” is left out: {error.problem}"
    except Exception as error:  # one way of looking that breaks must not take the others with it
        note = f"The researcher “{researcher.name}” failed and is left out ({type(error).__name__})."
    inbox.put(Report(researcher=researcher, looked=looked, seconds=time.monotonic() - begun, note=note))


def _invited() -> tuple[tuple[Researcher, ...], tuple[str, ...]]:
    """The program's own researchers, and those that come with packages."""
    guests, notes = visitors()
    return (*RESEARCHERS, *guests), notes


def _ordered(findings: Sequence[Finding], researchers: Sequence[Researcher]) -> list[Finding]:
    """Findings in an order that does not depend on who was done first."""
    places = {each.name: place for place, each in enumerate(researchers)}
    return sorted(findings, key=lambda each: (-each.marked.value, places.get(each.who, len(places))))
