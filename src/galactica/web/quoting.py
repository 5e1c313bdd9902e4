"""What the page of an answer shows of it: quotations in their places, with where they are from.

The text around a quotation is read from the article it is in, and is shown only where the article says, at that span,
what the citation says it does. Text is plain here: templates escape it, `marked` does it for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from galactica.errors import GalacticaError
from galactica.model import Answer, Citation, Position, Step
from galactica.model.anchors import told
from galactica.model.projection import project
from galactica.web.desk import Desk, quotation_address
from galactica.web.exchange import NotFoundError
from galactica.web.pages import marked

AROUND = 200
"""Characters shown before a quotation, and as many after it: two or three lines of a page."""

IN_PLACE = 12
"""Quotations of one page that are shown in their places; a bound on the articles that are read for it."""

SHOWN = 50
"""Quotations, or findings of one step, that one list of a page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A quotation as the page shows it.

    Attributes:
        address: the article's page, with the quotation marked and in sight.
        before, after: the text around it; "" where it begins or ends a paragraph, or is not shown in its place.
        said: the quotation, what answers in <mark>.
        source: what a person calls the source.
        date: year, month and day; "" where it is not known.
        licence: in the source's words, "" where it states none.
        work: title of the work that the article is a part of; "" where it is none.
        place: where in its source it stands, in words; "" where nothing says it.
    """

    address: str
    title: str
    language: str
    before: str
    said: Markup
    after: str
    source: str
    date: str
    licence: str
    work: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedStatement:
    """A sentence of an answer, or one side of a dispute, with its proofs, best first.

    Attributes:
        text: "" where the first proof says the same in the same words.
        proofs: the one that is shown in full.
        more: others that say so too.
    """

    text: str
    proofs: tuple[Proof, ...]
    more: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step of the work as the page shows it."""

    who: str
    did: str
    seconds: float
    found: tuple[Proof, ...]


class Quoter:
    """Makes proofs for one page; counts how many articles were read for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._left = IN_PLACE
        self._texts: dict[tuple[str, bytes], str] = {}

    def sentences(self, answer: Answer) -> tuple[QuotedStatement, ...]:
        """The sentences of an answer."""
        return tuple(self._said(each.text, each.citations) for each in answer.statements[:SHOWN])

    def sides(self, answer: Answer) -> tuple[QuotedStatement, ...]:
        """The sides of a dispute; the value of each is never left out."""
        return tuple(
            QuotedStatement(
                text=_dated(each), proofs=self._proofs(each.citations[:2]), more=self._plain(each.citations[2:])
            )
            for each in answer.positions[:SHOWN]
        )

    def series(self, answer: Answer) -> tuple[QuotedStatement, ...]:
        """What the answer was at other times, the oldest first."""
        return tuple(
            QuotedStatement(text=_dated(each), proofs=(), more=self._plain(each.citations))
            for each in answer.series[-SHOWN:]
        )

    def besides(self, answer: Answer) -> tuple[QuotedStatement, ...]:
        """What other sources say, less likely."""
        return tuple(
            QuotedStatement(text=_dated(each), proofs=(), more=self._plain(each.citations))
            for each in answer.others[:SHOWN]
        )

    def near(self, answer: Answer) -> tuple[Proof, ...]:
        """What came nearest."""
        return self._proofs(answer.near[:5])

    def work(self, steps: Sequence[Step]) -> tuple[Done, ...]:
        """What was done, without the text around what was found."""
        return tuple(
            Done(who=step.who, did=step.did, seconds=step.seconds, found=self._plain(step.found)) for step in steps
        )

    def _said(self, text: str, citations: Sequence[Citation]) -> QuotedStatement:
        first = " ".join(citations[0].quote.split()) if citations else ""
        return QuotedStatement(
            text="" if " ".join(text.split()) == first else text,
            proofs=self._proofs(citations[:1]),
            more=self._plain(citations[1:]),
        )

    def _proofs(self, citations: Sequence[Citation]) -> tuple[Proof, ...]:
        return tuple(self._proof(each, *self._around(each)) for each in citations)

    def _plain(self, citations: Sequence[Citation]) -> tuple[Proof, ...]:
        return tuple(self._proof(each, "", "") for each in citations[:SHOWN])

    def _proof(self, citation: Citation, before: str, after: str) -> Proof:
        return Proof(
            address=quotation_address(citation),
            title=citation.title,
            language=citation.language,
            before=before,
            said=marked(citation.quote, (citation.mark,)),
            after=after,
            source=citation.source_title or citation.source,
            date=citation.date[:10],
            licence=citation.licence,
            work=citation.work,
            place=told(citation.place),
        )

    def _around(self, citation: Citation) -> tuple[str, str]:
        text = self._text(citation)
        if text[citation.start : citation.end] != citation.quote:
            return "", ""
        return before(text, citation.start), after(text, citation.end)

    def _text(self, citation: Citation) -> str:
        place = (citation.edition, citation.id)
        if place not in self._texts:
            if self._left <= 0:
                return ""
            self._left -= 1
            self._texts[place] = self._read(citation)
        return self._texts[place]

    def _read(self, citation: Citation) -> str:
        try:
            edition = self._desk.edition(citation.edition)
            row = edition.row_of(citation.id)
            return "" if row is None else project(self._desk.library.page(edition, row).article.body)
        except (NotFoundError, GalacticaError):  # the quotation is shown without its place
            return ""


def before(text: str, start: int) -> str:
    """What stands before `start` in its paragraph; where that is long, its end, from the start of a word."""
    from_ = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    piece = text[from_:start]
    if from_ and text[from_ - 1] != "\n":
        piece = "…" + piece[_space(piece, len(piece) // 2) :]
    return piece


def after(text: str, end: int) -> str:
    """What stands after `end` in its paragraph; where that is long, its start, to the end of a word."""
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    if stop - end <= AROUND:
        return text[end:stop]
    piece = text[end : end + AROUND]
    cut = piece.rfind(" ", AROUND // 2)
    return piece[: cut if cut > 0 else AROUND] + "…"


def _space(piece: str, limit: int) -> int:
    """Where the first word begins that is whole, within `limit`; 0 where there are no spaces."""
    found = piece.find(" ", 0, limit)
    return found + 1 if found >= 0 else 0


def _dated(position: Position) -> str:
    """A value with when it holds, where its quotation says so."""
    return f"{position.value} ({position.time})" if position.basis == "said" and position.time else position.value
