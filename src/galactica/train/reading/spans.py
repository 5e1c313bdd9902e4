"""What of a text could be an answer: dates, numbers, names, titles, things and reasons, by how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from galactica.values.months import months_of


class AnswerKind(StrEnum):
    """What an answer is."""

    DATE = "date"
    YEAR = "year"
    NUMBER = "number"
    NAME = "name"
    TITLE = "title"
    THING = "thing"
    REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSpan:
    """A stretch that could be an answer: `start`, `end` in code points, half-open."""

    start: int
    end: int
    kind: AnswerKind


_MONTH = "|".join(months_of("en"))
_DATE = re.compile(
    rf"\b(?:(?:{_MONTH})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?"
    rf"|(?:{_MONTH})\s+(?:\d{{4}}|\d{{1,2}})|(?:the\s+)?(?:early\s+|late\s+|mid-)?(?:1\d|20)\d0s"
    r"|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\s+century|\d{1,4}\s+(?:BC|AD|BCE|CE))\b"
)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b(?![-–]\d|,\d|\s*(?:km|m|people|years|feet|miles))")
_COUNT = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred|thousand|dozen"
)
_NUMBER = re.compile(
    rf"(?:(?:US)?[$£€]\s?)?\b(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?"
    rf"(?:\s?%|\s(?:percent|million|billion|thousand|trillion))*"
    rf"|\b(?:{_COUNT})\b",
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĽŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽȘȚΆ-ΏΑ-ΫЀ-Я]"
_WORD = rf"{_CAPITAL}[\w'’.-]*\w|{_CAPITAL}\b\.?"
_NAME = re.compile(rf"(?:{_WORD})(?:\s(?:(?:of|the|de|la|von|van|and|for|in)\s){{0,2}}(?:{_WORD})|\s\d+\b(?!\s))*")
_TITLE = re.compile(r'["“]([^"“”\n]{3,60}?)[,.]?["”]')
_REASON = re.compile(
    r"\b(?:because(?: of)?|due to|in order to|so that|as a result of"
    r"|to (?=(?:avoid|prevent|make|help|get|allow|protect|"
    r"reduce|increase|improve|support|provide|ensure|create|keep|gain|find|raise|stop|give|save)\b))"
    r"\s*([^.;:,()\n]{8,90})"
)
_TOKEN = re.compile(r"[a-z'’-]+")

STOPS = frozenset(
    "a an the and or but nor so yet if then than that this these those it its he she they them his her their him "
    "we our i you your who whom whose which what when where why how there here is are was were be been being am "
    "has have had do does did will would shall should can could may might must not no as at by for from in into "
    "of on onto to with about after before over under between through during against without within along among "
    "upon toward towards per via also such only more most less least very much many some any each every all both "
    "either neither few several other another same own just even still while because although though however "
    "since until up down out off again once too often usually sometimes generally mainly mostly usually well "
    "first later early late became become made known called used based found given took take taken came come went "
    "go gone said say says see seen get got began begun led held set including include includes included became "
    "using like unlike due rather ever never always one two three".split()
)
"""Words that no thing's name begins or ends with."""

_BEFORE = frozenset(
    "the a an of in on for with by as into from its their his her and or this no some many any between through "
    "like is are was were such".split()
)
"""Words behind which a thing is named."""

_SENTENCE_OPENERS = frozenset(
    "The A An In On At By For From With As After Before During When While Since Although However It He She They "
    "This That These Those There His Her Their Its Some Many Most Several Other One Two Three If Then Thus Also "
    "And But Or Both Under Over Through Between Among Because Despite Unlike Like To Of Such According Each Every "
    "All Another Later Early Following Today Until Once Upon Within Without Not No".split()
)


def candidates(sentence: str) -> Iterator[CandidateSpan]:
    """What could be an answer in a sentence; what is a date is no number, and so on."""
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    for pattern, kind in (
        (_DATE, AnswerKind.DATE),
        (_YEAR, AnswerKind.YEAR),
        (_TITLE, AnswerKind.TITLE),
        (_NAME, AnswerKind.NAME),
    ):
        for match in pattern.finditer(sentence):
            start, end = match.span(1) if kind is AnswerKind.TITLE else match.span()
            if kind is AnswerKind.NAME:
                start = _after_opener(sentence, start, end)
                if start == 0 and " " not in sentence[start:end] and not sentence[start:end].isupper():
                    continue
            if end - start >= 2 and free(start, end):
                taken.append((start, end))
                yield CandidateSpan(start=start, end=end, kind=kind)
    for match in _NUMBER.finditer(sentence):
        if free(*match.span()):
            taken.append(match.span())
            yield CandidateSpan(start=match.start(), end=match.end(), kind=AnswerKind.NUMBER)
    for match in _REASON.finditer(sentence):
        if free(*match.span(1)):
            yield CandidateSpan(start=match.start(1), end=match.end(1), kind=AnswerKind.REASON)
    yield from _things(sentence, free)


def _after_opener(sentence: str, start: int, end: int) -> int:
    """Where a name begins, without the word that only opens its sentence."""
    first = sentence[start:end].split(" ", 1)
    if first[0] in _SENTENCE_OPENERS and (start == 0 or len(first) > 1):
        return start + len(first[0]) + 1 if len(first) > 1 else end
    return start


def _things(sentence: str, free: object) -> Iterator[CandidateSpan]:
    """Runs of one to four common words between words that only join."""
    assert callable(free)
    run: list[re.Match[str]] = []
    before = ""

    def whole() -> Iterator[CandidateSpan]:
        if (
            run
            and len(run) <= 4
            and not run[-1][0].endswith(("ly", "ed"))
            and run[-1].end() - run[0].start() >= 4
            and free(run[0].start(), run[-1].end())
        ):
            yield CandidateSpan(start=run[0].start(), end=run[-1].end(), kind=AnswerKind.THING)

    for match in re.finditer(r"[^\W_][\w'’-]*", sentence):
        apart = bool(run) and sentence[run[-1].end() : match.start()] != " "
        common = _TOKEN.fullmatch(match[0]) is not None and match[0] not in STOPS
        if apart or not common:
            yield from whole()
            run = []
        if common and (run or before in _BEFORE):
            run.append(match)
        before = match[0].lower()
    yield from whole()
