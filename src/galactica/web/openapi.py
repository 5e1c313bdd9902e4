"""The HTTP API described for programs: OpenAPI 3.1.1 with JSON Schema 2020-12, as data.

Every object lists all its fields as required and allows no other, so that the tests, which hold the schemas against
real answers, notice when one of them moves.
"""

from __future__ import annotations

from galactica import __version__
from galactica.web.asking import MAX_BODY, MAX_LANGUAGE, MAX_QUESTION, MAX_SOURCE, MAX_SOURCES
from galactica.wire.answer_schema import answer_schemas
from galactica.wire.json_schema import LANGUAGE, PLACE, ROOT, WORK_TITLE, Json, Schema, closed, many, text, whole
from galactica.wire.work import ARTICLE_FIELDS, WORK_FIELDS, standing_schema


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_ID = text("Article id: the first 128 bits of SHA-256(source key, NUL, path).", pattern="^[0-9a-f]{32}$")
_PAGE = text("Address of the article's page in this reading room.", pattern="^/a/")

_WORK_PAGE = text("Address of the work's page in this reading room.", pattern="^/works/")

SCHEMAS: Schema = {
    "Problem": closed(
        "Why there is no answer.",
        problem=text("What happened."),
        remedy=text("What can be done."),
    ),
    "Hit": closed(
        "A result: an article and the passage of it that fits best.",
        edition=ROOT,
        id=_ID,
        title=text("Title."),
        language=LANGUAGE,
        source=text("Key of the source."),
        path=text("Where the article lies in its source."),
        url=text("Where it was published, or empty."),
        licence=text("Its licence, or empty."),
        date=text("Its date, or its source's, or empty."),
        score={"type": "number", "description": "Higher is better; comparable within one answer."},
        passage=closed(
            "The best passage: code points [start, end) of the article's text.",
            number=whole("Number of the passage in its article."),
            start=whole("First code point."),
            end=whole("After the last."),
        ),
        snippet=text("A stretch of the passage, plain text."),
        marks=many(
            {"type": "array", "items": whole("Code point."), "minItems": 2, "maxItems": 2},
            "Spans [start, end) of the snippet that match.",
        ),
        exact={"type": "boolean", "description": "The query is the title or an alias."},
        work=WORK_TITLE,
        place=PLACE,
        page=_PAGE,
    ),
    "Results": closed(
        "A page of results, best first.",
        query=text("The query as it was read."),
        total=whole("Results in all."),
        offset=whole("How many come before these."),
        corrected=text("What may have been meant, or empty."),
        notes=many(text("What was understood or could not be done.")),
        hits=many(_ref("Hit")),
    ),
    "Suggestion": closed(
        "A title that what was typed may become.",
        edition=ROOT,
        id=_ID,
        title=text("The article's title."),
        matched=text("The title or alias that was matched."),
        language=LANGUAGE,
        source=text("Key of the source."),
        source_title=text("What a person calls the source."),
        path=text("Where the article lies in its source."),
        typos=whole("Typing mistakes that were forgiven."),
        page=_PAGE,
    ),
    "Suggestions": closed("Titles, best first.", query=text("What was typed."), suggestions=many(_ref("Suggestion"))),
    "Source": closed(
        "Where articles come from, and on what terms.",
        key=text("Stable name; part of every article's id."),
        title=text("What a person calls it."),
        format=text("The reader that read it."),
        language=LANGUAGE,
        licence=text("SPDX identifier where one fits, else the source's own words, or empty."),
        publisher=text("Who made it, or empty."),
        date=text("The day of the data, ISO 8601, or empty."),
        url=text("Home of the source, or empty."),
        attribution=text("The sentence its licence asks readers to be shown, or empty."),
        creators=many(text("A name."), "Who made it, where one name or a few stand for all of it."),
    ),
    "Head": closed("Another article.", title=text("Title."), language=LANGUAGE, page=_PAGE),
    "Article": closed(
        "One article.",
        edition=ROOT,
        id=_ID,
        title=text("Title."),
        language=LANGUAGE,
        aliases=many(text("Another title.")),
        categories=many(text("A category.")),
        source=_ref("Source"),
        path=text("Where the article lies in its source."),
        url=text("Where it was published, or empty."),
        revision=text("The source's own revision, or empty."),
        date=text("Of its last change, else of its publication, its work's, or its source's; or empty."),
        licence=text("Its licence, or empty."),
        **ARTICLE_FIELDS,
        work=standing_schema(_ref("Head"), page=_WORK_PAGE),
        format=text("What the body is.", enum=["html", "text", "md"]),
        body=text("Clean semantic HTML (links are relative to the source), or plain text."),
        languages=many(_ref("Head"), "The same subject in other languages."),
        previous={"oneOf": [_ref("Head"), {"type": "null"}]},
        next={"oneOf": [_ref("Head"), {"type": "null"}]},
        page=_PAGE,
    ),
    "Work": closed("Something published whose parts are articles.", **WORK_FIELDS),
    "WorkParts": closed(
        "A work and its parts.",
        edition=ROOT,
        work=_ref("Work"),
        page=_WORK_PAGE,
        total=whole("Parts in all."),
        offset=whole("How many come before these."),
        parts=many(
            closed(
                "A part.",
                number=whole("From 1.", 1),
                headings=many(text("A heading."), "Those above it in the work, the outermost first."),
                id=_ID,
                title=text("Title."),
                language=LANGUAGE,
                page=_PAGE,
            ),
            "In the work's order.",
        ),
    ),
    "Works": closed(
        "Works by title.",
        edition=ROOT,
        total=whole("Works in all."),
        offset=whole("How many come before these."),
        works=many(closed("A work.", **WORK_FIELDS, page=_WORK_PAGE)),
    ),
    "Edition": closed(
        "The figures of an edition.",
        title=text("What it is called."),
        root=ROOT,
        format_version=whole("Of the format on disk."),
        number=whole("Its parent's number and 1; 1 where it has none."),
        parent=text("Root of the edition it was built upon, or empty.", pattern="^([0-9a-f]{64})?$"),
        articles=whole("Articles."),
        passages=whole("Passages."),
        rejected=whole("Left out, each with its reason."),
        media=whole("Media files."),
        aliases=whole("Other titles."),
        works=whole("Books, reports, sites and others whose parts are articles."),
        statements=whole("What sources state outside of articles."),
        languages={
            "type": "object",
            "description": "BCP 47 tag to number of articles.",
            "additionalProperties": whole("Articles."),
        },
        sources=many(_ref("Source")),
        licences=many(text("A licence of an article.")),
        bytes=whole("Size on disk."),
        verified=closed(
            "What is known on this machine of its being whole.",
            state=text(
                "As it was found; changed: some file is another since, and unknown: never verified here.",
                enum=["whole", "damaged", "changed", "unknown"],
            ),
            day=text("When it was verified (ISO 8601), or empty."),
        ),
    ),
    "Editions": closed("The open editions.", editions=many(_ref("Edition"))),
    "Question": {
        "type": "object",
        "description": "What is asked, and of what part of the library.",
        "properties": {
            "question": text("In any language.", minLength=1, maxLength=MAX_QUESTION),
            "language": text("Only articles in this language (BCP 47).", maxLength=MAX_LANGUAGE, default=""),
            "sources": {
                **many(text("Key of a source.", maxLength=MAX_SOURCE), "Only articles of these; none for all."),
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
            "text/event-stream": {"schema": text(_STREAM)},
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
            _parameter("format", "What the body is.", {"enum": ["html", "text", "md"], "default": "html"}),
            missing=True,
        ),
        "/work": _get(
            "A work and its parts",
            "WorkParts",
            _parameter("edition", "First 12 digits of the root, or all.", _string(64), required=True),
            _parameter("source", "Key of its source.", _string(200), required=True),
            _parameter("path", "Its own path there.", _string(4096), required=True),
            _parameter("limit", "How many parts.", _number(1, 500, 500)),
            _parameter("offset", "How many to pass over.", _number(0, 10**9, 0)),
            missing=True,
        ),
        "/works": _get(
            "The works of an edition by title",
            "Works",
            _parameter("edition", "First 12 digits of the root, or all.", _string(64), required=True),
            _parameter("limit", "How many works.", _number(1, 500, 100)),
            _parameter("offset", "How many to pass over.", _number(0, 10**9, 0)),
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
