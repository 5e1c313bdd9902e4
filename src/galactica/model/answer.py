"""What asking gives back: an answer, each sentence of it with the quotation that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from galactica.model.anchors import Place


class Verdict(StrEnum):
    """What became of a question: answered, answered in all likelihood, not, or differently by several sides."""

    ANSWERED = "answered"
    PROBABLY = "probably"
    NOT_FOUND = "not_found"
    DISPUTED = "disputed"


LEAST_TOLD = 0.25
"""The probability from which on it is told how often what came nearest is right. Of 180 everyday questions
(`benchmarks.ask_cases benchmarks/everyday/daily.jsonl`, 2026-11-30) what was shown first was right for 5 of 14 between
0.3 and 0.4, 8 of 14 between 0.4 and 0.5, 15 of 22 between 0.5 and 0.6."""


def times_in_ten(confidence: float) -> int:
    """A probability as a person is told it: so many times in ten, 1 to 9, because nothing is certain or impossible."""
    return max(1, min(9, int(10 * confidence + 0.5)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A stretch of an article, word for word, and all that is needed to find it again.

    Attributes:
        edition: root of the edition, 64 hex digits.
        id: article id, 16 bytes.
        title, language, source, path, url, licence: as in `Article`; `source` is a key.
        source_title: what a person calls the source.
        date: as `article.date_of` says; "" where none is known.
        passage: number of the passage that the quotation is in.
        start, end: of the quotation in code points of the projection (`model.projection.project`), half-open.
        quote: the projection from `start` to `end`, nothing changed.
        mark: (start, end) within `quote` of what answers; (0, 0) where no part of it stands out.
        work: title of the work that the article is a part of; "" where it is none.
        place: where in its source the quotation begins; () where nothing says it.
    """

    edition: str
    id: bytes
    title: str
    language: str
    source: str
    source_title: str
    path: str
    url: str
    licence: str
    date: str
    passage: int
    start: int
    end: int
    quote: str
    mark: tuple[int, int] = (0, 0)
    work: str = ""
    place: Place = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of an answer.

    Attributes:
        text: as it is shown.
        citations: what proves it, best first; never empty.
        support: how surely they do, 0 to 1.
    """

    text: str
    citations: tuple[Citation, ...]
    support: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A value that one side gives.

    Attributes:
        value: the answer in its words.
        citations: who says so; never empty.
        support: how much speaks for it, 0 to 1.
        time: when it holds, EDTF level 1; "" where that is not said.
        basis: what says the time: "said", the quotation itself; "source", the date of what it stands in; "".
        limits: what makes it no plain claim: "reported", "negated", "planned", "estimated", "disputed", "former".
        of: what it is a value of, where the answer is over several things; "" elsewhere.
    """

    value: str
    citations: tuple[Citation, ...]
    support: float
    time: str = ""
    basis: str = ""
    limits: tuple[str, ...] = ()
    of: str = ""

    @property
    def dated(self) -> str:
        """The value with what it is of, when it holds where a quotation says so, and what makes it no plain claim."""
        more = ", ".join(each for each in (self.time if self.basis == "said" else "", *self.limits) if each)
        return (f"{self.of}: " if self.of else "") + self.value + (f" ({more})" if more else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """Over which things an answer was taken: all of a sort that the library has, which need not be all that there are.

    Attributes:
        sort: what they are called, in the question's words.
        property: what was looked at, an id of the table of properties.
        topics: how many there are.
        lacking: of how many of them the library says nothing of the property.
        differing: of how many of them sources differ on it.
    """

    sort: str
    property: str
    topics: int
    lacking: int
    differing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was done to find the answer.

    Attributes:
        who: the one that did it: "search", "reader", a researcher's name, "chair", "checker", "model".
        did: what, in a sentence for a person.
        found: what came of it, best first.
        seconds: how long it took.
    """

    who: str
    did: str
    found: tuple[Citation, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question led to.

    Attributes:
        question: as it was understood (without control characters).
        verdict: whether the library answers it, does not, or disagrees with itself.
        text: the answer in a phrase; "" where none was found; where it is disputed, the position with most support.
        confidence: 0 to 1; how likely it is right, as measured on questions whose answers are known; where none was
            found, of what came nearest.
        statements: the answer in sentences, each with what proves it; none where nothing was found.
        positions: where it is disputed, each incompatible value with who gives it; otherwise none or one.
        others: what other sources, languages or editions give that is none of what was given, each less likely than
            what is called an answer, the likeliest first; none where nothing was found.
        series: where the answer changes with time, what it was at other times, the oldest first.
        values: where it was taken from values of several things, or counted, these, each with what it is of.
        over: where it was taken over all things of a sort, over which; None elsewhere.
        near: where nothing was found, what came nearest, the best guess first; not likely enough to be an answer.
            Behind it, how the article begins that the question names.
        reader: who read: "trained", "rules", or "model NAME".
        work: what was done, in order.
        notes: what the person should know.
    """

    question: str
    verdict: Verdict
    text: str
    confidence: float
    statements: tuple[Statement, ...] = ()
    positions: tuple[Position, ...] = ()
    others: tuple[Position, ...] = ()
    series: tuple[Position, ...] = ()
    values: tuple[Position, ...] = ()
    over: TakenOver | None = None
    near: tuple[Citation, ...] = ()
    reader: str = ""
    work: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
