"""The HTTP API described for programs: OpenAPI 3.1.1 with JSON Schema 2020-12, as data.

What is answered is described by the types of the documents (`wire`), what is asked stands here. Tests hold the schemas
against real answers.
"""

from __future__ import annotations

from typing import Any

from galactica import __version__
from galactica.model.json import Json
from galactica.web.asking import MAX_BODY
from galactica.web.tracing import MAX_ADDRESS_TEXT
from galactica.wire.answer import AnswerDocument
from galactica.wire.article import FORMATS, ArticleDocument
from galactica.wire.asked import MAX_LANGUAGE, MAX_QUERY, MAX_QUESTION, MAX_SOURCE, QuestionDocument
from galactica.wire.differing import DisagreementsDocument
from galactica.wire.edition import EditionsDocument
from galactica.wire.hits import ResultsDocument, SuggestionsDocument
from galactica.wire.program import ProblemDocument
from galactica.wire.report import EditionReportDocument
from galactica.wire.schema import Schema, components, schema_name
from galactica.wire.traced import TracedTextDocument
from galactica.wire.work import WorkPartsDocument, WorksDocument

_PLACE = "#/components/schemas/"
_TYPES = (
    AnswerDocument,
    ArticleDocument,
    DisagreementsDocument,
    EditionReportDocument,
    EditionsDocument,
    ProblemDocument,
    QuestionDocument,
    ResultsDocument,
    SuggestionsDocument,
    TracedTextDocument,
    WorkPartsDocument,
    WorksDocument,
)
SCHEMAS = components(_TYPES, _PLACE)


def _content(kind: type[Any], type_: str = "application/json") -> Schema:
    return {type_: {"schema": {"$ref": _PLACE + schema_name(kind.__name__)}}}


def _parameter(name: str, description: str, schema: Schema, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "description": description, "required": required, "schema": schema}


def _string(most: int, **more: Json) -> Schema:
    return {"type": "string", "maxLength": most, **more}


def _number(low: int, high: int, default: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high, "default": default}


def _get(summary: str, answer: type[Any], *parameters: Json, missing: bool = False) -> Schema:
    responses: dict[str, Json] = {
        "200": {"description": "The answer.", "content": _content(answer)},
        "400": {"description": "Asked wrongly.", "content": _content(ProblemDocument)},
        "500": {"description": "Something is wrong here.", "content": _content(ProblemDocument)},
    }
    if missing:
        responses["404"] = {"description": "There is no such thing.", "content": _content(ProblemDocument)}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": responses}}


_STREAM = (
    "The same, step by step (server-sent events), for whoever accepts it: `step` with a Step for each thing that was "
    "done, then `answer` with the Answer, or `problem` with a Problem. Lines that start with a colon are to be ignored."
)
_REFUSED = {
    "400": "Asked wrongly.",
    "403": "A page of another site asked.",
    "500": "Something is wrong here.",
    "503": "Too many questions at this moment (with Retry-After), or no answer in time.",
}
_REFUSED_BODY = {
    "408": "The body did not arrive in time.",
    "413": f"The body has more than {MAX_BODY:,} bytes.",
    "415": "The body is not application/json.",
}


def _ask() -> Schema:
    """`/ask`: the only path that takes a body, and that answers in two ways."""

    def responses(refused: dict[str, str]) -> dict[str, Json]:
        problem: Json = _content(ProblemDocument)
        stream: Json = {"schema": {"type": "string", "description": _STREAM}}
        answer: Json = {**_content(AnswerDocument), "text/event-stream": stream}
        return {
            "200": {"description": "What the library says.", "content": answer},
            **{code: {"description": words, "content": problem} for code, words in refused.items()},
        }

    return {
        "get": {
            "summary": "Ask a question",
            "parameters": [
                _parameter("q", "The question.", _string(MAX_QUESTION, minLength=1), required=True),
                _parameter("lang", "Only articles in this language.", _string(MAX_LANGUAGE)),
                _parameter("source", "Only articles of this source.", _string(MAX_SOURCE)),
                _parameter("group", "1: several researchers look in different ways.", _number(0, 1, 0)),
                _parameter("fast", "1: what search finds is read in its order, not ranked before.", _number(0, 1, 0)),
            ],
            "responses": responses(_REFUSED),
        },
        "post": {
            "summary": "Ask a question, with the parameters in a body",
            "requestBody": {"required": True, "content": _content(QuestionDocument)},
            "responses": responses({**_REFUSED, **_REFUSED_BODY}),
        },
    }


DOCUMENT: Schema = {
    "openapi": "3.1.1",
    "info": {
        "title": "Galactica reading room",
        "version": __version__,
        "description": "Search, read and ask the editions of this library. Read-only; no key is needed.",
        "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
    },
    "servers": [{"url": "/api/v1"}],
    "paths": {
        "/search": _get(
            "Search all open editions",
            ResultsDocument,
            _parameter("q", "Words, a title or a question.", _string(MAX_QUERY, minLength=1), required=True),
            _parameter("lang", "Only this language.", _string(MAX_LANGUAGE)),
            _parameter("source", "Only this source.", _string(MAX_SOURCE)),
            _parameter("limit", "How many results.", _number(1, 100, 10)),
            _parameter("offset", "How many to pass over.", _number(0, 1000, 0)),
            _parameter("by", "Words and meaning, or words alone.", {"enum": ["hybrid", "words"], "default": "hybrid"}),
        ),
        "/suggest": _get(
            "Titles for what is being typed",
            SuggestionsDocument,
            _parameter("q", "What was typed so far.", _string(MAX_QUERY, minLength=1), required=True),
            _parameter("limit", "How many titles.", _number(1, 20, 8)),
        ),
        "/article": _get(
            "One article, by id, by title, or by edition, source and path",
            ArticleDocument,
            _parameter("id", "Article id.", _string(32, pattern="^[0-9a-fA-F]{32}$")),
            _parameter("title", "Title or alias.", _string(MAX_QUERY)),
            _parameter("edition", "With path: first 12 digits of the root, or all.", _string(MAX_LANGUAGE)),
            _parameter("source", "With path: key of the source.", _string(MAX_SOURCE)),
            _parameter("path", "Where the article lies in its source.", _string(4096)),
            _parameter("format", "What the body is.", {"enum": list(FORMATS), "default": "html"}),
            missing=True,
        ),
        "/work": _get(
            "A work and its parts",
            WorkPartsDocument,
            _parameter("edition", "First 12 digits of the root, or all.", _string(MAX_LANGUAGE), required=True),
            _parameter("source", "Key of its source.", _string(MAX_SOURCE), required=True),
            _parameter("path", "Its own path there.", _string(4096), required=True),
            _parameter("limit", "How many parts.", _number(1, 500, 500)),
            _parameter("offset", "How many to pass over.", _number(0, 10**9, 0)),
            missing=True,
        ),
        "/works": _get(
            "The works of an edition by title",
            WorksDocument,
            _parameter("edition", "First 12 digits of the root, or all.", _string(MAX_LANGUAGE), required=True),
            _parameter("limit", "How many works.", _number(1, 500, 100)),
            _parameter("offset", "How many to pass over.", _number(0, 10**9, 0)),
            missing=True,
        ),
        "/report": _get(
            "What came of everything that an edition was made of",
            EditionReportDocument,
            _parameter("edition", "First 12 digits of the root, or all.", _string(MAX_LANGUAGE), required=True),
            missing=True,
        ),
        "/disagreements": _get(
            "Where the sources of an edition differ on what an article is about",
            DisagreementsDocument,
            _parameter("id", "Its id.", _string(32)),
            _parameter("title", "Its title.", _string(MAX_QUERY)),
            _parameter("edition", "First 12 digits of the root, or all, with source and path.", _string(MAX_LANGUAGE)),
            _parameter("source", "Key of its source.", _string(MAX_SOURCE)),
            _parameter("path", "Its path there.", _string(4096)),
            _parameter("trust", "Key of a source that is believed first.", _string(MAX_SOURCE)),
            missing=True,
        ),
        "/trace": _get(
            "What of a text stands word for word in the view of this room; longer texts by POST: {text, least}",
            TracedTextDocument,
            _parameter("q", "The text.", _string(MAX_ADDRESS_TEXT, minLength=1), required=True),
            _parameter("least", "Bytes of the shortest stretch; 0: what is beyond chance.", _number(0, 10**6, 0)),
            missing=True,
        ),
        "/ask": _ask(),
        "/edition": _get(
            "The open editions, or one of them",
            EditionsDocument,
            _parameter("name", "First digits of a root, or a folder's name.", _string(MAX_SOURCE)),
            missing=True,
        ),
    },
    "components": {"schemas": SCHEMAS},
}
"""The whole description, as served at /api/v1/openapi.json."""
