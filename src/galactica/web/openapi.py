"""The HTTP API described for programs: OpenAPI 3.1.1 with JSON Schema 2020-12, as data.

Every object lists all its fields as required and allows no other, so that the tests, which hold the schemas against
real answers, notice when one of them moves.
"""

from __future__ import annotations

from galactica import __version__
from galactica.library.answer_schema import answer_schemas
from galactica.web.answer import Json
from galactica.web.asking import MAX_BODY, MAX_LANGUAGE, MAX_QUESTION, MAX_SOURCE, MAX_SOURCES

Schema = dict[str, Json]


def _object(description: str, **fields: Json) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _text(description: str, **more: Json) -> Schema:
    return {"type": "string", "description": description, **more}


def _whole(description: str, **more: Json) -> Schema:
    return {"type": "integer", "minimum": 0, "description": description, **more}


def _list(items: Json, description: str = "") -> Schema:
    return {"type": "array", "items": items, **({"description": description} if description else {})}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_ROOT = _text("Root of the edition.", pattern="^[0-9a-f]{64}$")
_ID = _text("Article id: the first 128 bits of SHA-256(source key, NUL, path).", pattern="^[0-9a-f]{32}$")
_PAGE = _text("Address of the article's page in this reading room.", pattern="^/a/")
_LANGUAGE = _text("BCP 47 tag.")

SCHEMAS: Schema = {
    "Problem": _object(
        "Why there is no answer.",
        problem=_text("What happened."),
        remedy=_text("What can be done."),
    ),
    "Hit": _object(
        "A result: an article and the passage of it that fits best.",
        edition=_ROOT,
        id=_ID,
        title=_text("Title."),
        language=_LANGUAGE,
        source=_text("Key of the source."),
        path=_text("Where the article lies in its source."),
        url=_text("Where it was published, or empty."),
        licence=_text("Its licence, or empty."),
        date=_text("Its date, or its source's, or empty."),
        score={"type": "number", "description": "Higher is better; comparable within one answer."},
        passage=_object(
            "The best passage: code points [start, end) of the article's text.",
            number=_whole("Number of the passage in its article."),
            start=_whole("First code point."),
            end=_whole("After the last."),
        ),
        snippet=_text("A stretch of the passage, plain text."),
        marks=_list(
            {"type": "array", "items": _whole("Code point."), "minItems": 2, "maxItems": 2},
            "Spans [start, end) of the snippet that match.",
        ),
        exact={"type": "boolean", "description": "The query is the title or an alias."},
        page=_PAGE,
    ),
    "Results": _object(
        "A page of results, best first.",
        query=_text("The query as it was read."),
        total=_whole("Results in all."),
        offset=_whole("How many come before these."),
        corrected=_text("What may have been meant, or empty."),
        notes=_list(_text("What was understood or could not be done.")),
        hits=_list(_ref("Hit")),
    ),
    "Suggestion": _object(
        "A title that what was typed may become.",
        edition=_ROOT,
        id=_ID,
        title=_text("The article's title."),
        matched=_text("The title or alias that was matched."),
        language=_LANGUAGE,
        source=_text("Key of the source."),
        source_title=_text("What a person calls the source."),
        path=_text("Where the article lies in its source."),
        typos=_whole("Typing mistakes that were forgiven."),
        page=_PAGE,
    ),
    "Suggestions": _object(
        "Titles, best first.", query=_text("What was typed."), suggestions=_list(_ref("Suggestion"))
    ),
    "Source": _object(
        "Where articles come from, and on what terms.",
        key=_text("Stable name; part of every article's id."),
        title=_text("What a person calls it."),
        format=_text("The reader that read it."),
        language=_LANGUAGE,
        licence=_text("SPDX identifier where one fits, else the source's own words, or empty."),
        publisher=_text("Who made it, or empty."),
        date=_text("The day of the data, ISO 8601, or empty."),
        url=_text("Home of the source, or empty."),
        attribution=_text("The sentence its licence asks readers to be shown, or empty."),
    ),
    "Head": _object("Another article.", title=_text("Title."), language=_LANGUAGE, page=_PAGE),
    "Article": _object(
        "One article.",
        edition=_ROOT,
        id=_ID,
        title=_text("Title."),
        language=_LANGUAGE,
        aliases=_list(_text("Another title.")),
        categories=_list(_text("A category.")),
        source=_ref("Source"),
        path=_text("Where the article lies in its source."),
        url=_text("Where it was published, or empty."),
        revision=_text("The source's own revision, or empty."),
        date=_text("Its date, or its source's, or empty."),
        licence=_text("Its licence, or empty."),
        format=_text("What the body is.", enum=["html", "text"]),
        body=_text("Clean semantic HTML (links are relative to the source), or plain text."),
        languages=_list(_ref("Head"), "The same subject in other languages."),
        previous={"oneOf": [_ref("Head"), {"type": "null"}]},
        next={"oneOf": [_ref("Head"), {"type": "null"}]},
        page=_PAGE,
    ),
    "Edition": _object(
        "The figures of an edition.",
        title=_text("What it is called."),
        root=_ROOT,
        format_version=_whole("Of the format on disk."),
        parent=_text("Root of the edition it was built upon, or empty.", pattern="^([0-9a-f]{64})?$"),
        articles=_whole("Articles."),
        passages=_whole("Passages."),
        rejected=_whole("Left out, each with its reason."),
        media=_whole("Media files."),
        aliases=_whole("Other titles."),
        languages={
            "type": "object",
            "description": "BCP 47 tag to number of articles.",
            "additionalProperties": _whole("Articles."),
        },
        sources=_list(_ref("Source")),
        licences=_list(_text("A licence of an article.")),
        bytes=_whole("Size on disk."),
    ),
    "Editions": _object("The open editions.", editions=_list(_ref("Edition"))),
    "Question": {
        "type": "object",
        "description": "What is asked, and of what part of the library.",
        "properties": {
            "question": _text("In any language.", minLength=1, maxLength=MAX_QUESTION),
            "language": _text("Only articles in this language (BCP 47).", maxLength=MAX_LANGUAGE, default=""),
            "sources": {
                **_list(_text("Key of a source.", maxLength=MAX_SOURCE), "Only articles of these; none for all."),
                "maxItems": MAX_SOURCES,
            },
            "group": {
                "type": "boolean",
                "description": "Whether several researchers look in different ways; slower.",
                "default": False,
            },
        },
        "required": ["question"],
        "additionalProperties": False,
    },
    **answer_schemas("#/components/schemas/"),
}


def _parameter(name: str, description: str, schema: Schema, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "description": description, "required": required, "schema": schema}


def _string(most: int, **more: Json) -> Schema:
    return {"type": "string", "maxLength": most, **more}


def _number(low: int, high: int, default: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high, "default": default}


def _get(summary: str, answer: str, *parameters: Json, missing: bool = False) -> Schema:
    def content(name: str) -> Schema:
        return {"application/json": {"schema": _ref(name)}}

    responses: dict[str, Json] = {
        "200": {"description": "The answer.", "content": content(answer)},
        "400": {"description": "Asked wrongly.", "content": content("Problem")},
        "500": {"description": "Something is wrong here.", "content": content("Problem")},
    }
    if missing:
        responses["404"] = {"description": "There is no such thing.", "content": content("Problem")}
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
        problem: Json = {"application/json": {"schema": _ref("Problem")}}
        answer: Json = {
            "application/json": {"schema": _ref("Answer")},
            "text/event-stream": {"schema": _text(_STREAM)},
        }
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
            ],
            "responses": responses(_REFUSED),
        },
        "post": {
            "summary": "Ask a question, with the parameters in a body",
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Question")}}},
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
            "Results",
            _parameter("q", "Words, a title or a question.", _string(500, minLength=1), required=True),
            _parameter("lang", "Only this language.", _string(64)),
            _parameter("source", "Only this source.", _string(200)),
            _parameter("limit", "How many results.", _number(1, 100, 10)),
            _parameter("offset", "How many to pass over.", _number(0, 1000, 0)),
            _parameter("by", "Words and meaning, or words alone.", {"enum": ["hybrid", "words"], "default": "hybrid"}),
        ),
        "/suggest": _get(
            "Titles for what is being typed",
            "Suggestions",
            _parameter("q", "What was typed so far.", _string(500, minLength=1), required=True),
            _parameter("limit", "How many titles.", _number(1, 20, 8)),
        ),
        "/article": _get(
            "One article, by id, by title, or by edition, source and path",
            "Article",
            _parameter("id", "Article id.", _string(32, pattern="^[0-9a-fA-F]{32}$")),
            _parameter("title", "Title or alias.", _string(500)),
            _parameter("edition", "With path: first 12 digits of the root, or all.", _string(64)),
            _parameter("source", "With path: key of the source.", _string(200)),
            _parameter("path", "Where the article lies in its source.", _string(4096)),
            _parameter("format", "What the body is.", {"enum": ["html", "text"], "default": "html"}),
            missing=True,
        ),
        "/ask": _ask(),
        "/edition": _get(
            "The open editions, or one of them",
            "Editions",
            _parameter("name", "First digits of a root, or a folder's name.", _string(200)),
            missing=True,
        ),
    },
    "components": {"schemas": SCHEMAS},
}
"""The whole description, as served at /api/v1/openapi.json."""
