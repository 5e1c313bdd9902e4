"""An answer as a JSON document: the same for `galactica ask --json`, HTTP and MCP. docs/formats/answer.md is its rule.

Ids are hex; spans are [start, end] in code points; no key is ever missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from galactica.model import Answer, Citation, Position, Statement, Step
from galactica.model.anchors import Place

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
"""Any JSON value."""


def answer_document(answer: Answer) -> dict[str, Json]:
    """The whole answer."""
    return {
        "question": answer.question,
        "verdict": answer.verdict.value,
        "text": answer.text,
        "confidence": round(answer.confidence, 4),
        "statements": [statement_document(each) for each in answer.statements],
        "positions": [position_document(each) for each in answer.positions],
        "near": [citation_document(each) for each in answer.near],
        "reader": answer.reader,
        "work": [step_document(each) for each in answer.work],
        "notes": list(answer.notes),
    }


def citation_document(citation: Citation) -> dict[str, Json]:
    """A quotation, and where it stands."""
    return {
        "edition": citation.edition,
        "id": citation.id.hex(),
        "title": citation.title,
        "language": citation.language,
        "source": citation.source,
        "source_title": citation.source_title,
        "path": citation.path,
        "url": citation.url,
        "licence": citation.licence,
        "date": citation.date,
        "passage": citation.passage,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "mark": list(citation.mark),
        "work": citation.work,
        "place": place_document(citation.place),
    }


def place_document(place: Place) -> list[Json]:
    """Where in its source something stands, the outermost kind first."""
    return [{"kind": kind, "value": value} for kind, value in place]


def statement_document(statement: Statement) -> dict[str, Json]:
    """A sentence of the answer with what proves it."""
    return {
        "text": statement.text,
        "support": round(statement.support, 4),
        "citations": [citation_document(each) for each in statement.citations],
    }


def position_document(position: Position) -> dict[str, Json]:
    """One side of a dispute."""
    return {
        "value": position.value,
        "support": round(position.support, 4),
        "citations": [citation_document(each) for each in position.citations],
    }


def step_document(step: Step) -> dict[str, Json]:
    """Something that was done."""
    return {
        "who": step.who,
        "did": step.did,
        "seconds": round(step.seconds, 4),
        "found": [citation_document(each) for each in step.found],
    }
