"""A work as a JSON document, and where an article stands in one: the same over HTTP, in MCP and on the command line."""

from __future__ import annotations

from galactica.model import Article, Work
from galactica.wire.json_schema import LANGUAGE, Json, Schema, closed, many, text, whole

_CREATORS = many(text("A name."), "Who made it, in the order of the source.")
_PUBLISHED = text("When it was published (EDTF level 1), or empty.")
_IDENTIFIERS = many(
    text("SCHEME:VALUE."), "What it is called elsewhere: wikidata:Q42, doi:10.1000/182, isbn:9780141439761."
)

WORK_FIELDS: Schema = {
    "source": text("Key of its source."),
    "path": text("Its own path there."),
    "title": text("Title."),
    "kind": text("book, report, periodical, presentation, spreadsheet, recording, site, collection, or another word."),
    "language": LANGUAGE,
    "creators": _CREATORS,
    "publisher": text("Who published it, or empty."),
    "published": _PUBLISHED,
    "identifiers": _IDENTIFIERS,
    "licence": text("Only where it differs from its source's, else empty."),
    "url": text("Where it was published, or empty."),
    "description": text("A sentence or a paragraph about it, or empty."),
}

ARTICLE_FIELDS: Schema = {
    "headings": many(text("A heading."), "Those above it in its work, the outermost first."),
    "creators": _CREATORS,
    "published": _PUBLISHED,
    "identifiers": _IDENTIFIERS,
}
"""What an article says of itself beside its text."""


def work_document(work: Work) -> dict[str, Json]:
    """A work."""
    return {
        "source": work.source,
        "path": work.path,
        "title": work.title,
        "kind": work.kind,
        "language": work.language,
        "creators": list(work.creators),
        "publisher": work.publisher,
        "published": work.published,
        "identifiers": list(work.identifiers),
        "licence": work.licence,
        "url": work.url,
        "description": work.description,
    }


def article_fields(article: Article) -> dict[str, Json]:
    """What an article says of itself beside its text; see `ARTICLE_FIELDS`."""
    return {
        "headings": list(article.headings),
        "creators": list(article.creators),
        "published": article.published,
        "identifiers": list(article.identifiers),
    }


def standing_document(work: Work, number: int, parts: int, previous: Json, after: Json) -> dict[str, Json]:
    """Where an article stands in a work; the neighbours are written as the door names articles."""
    return {**work_document(work), "number": number, "parts": parts, "previous": previous, "next": after}


def standing_schema(part: Json, **more: Json) -> Schema:
    """The schema of `standing_document`, or null; `more` is what the door adds to it.

    Args:
        part: schema of a neighbour.
    """
    standing = closed(
        "The work that it is a part of.",
        **WORK_FIELDS,
        number=whole("Its number among the parts, from 1; 0 where the list of parts cannot be read."),
        parts=whole("How many parts there are."),
        previous={"oneOf": [part, {"type": "null"}]},
        next={"oneOf": [part, {"type": "null"}]},
        **more,
    )
    return {"oneOf": [standing, {"type": "null"}], "description": "The work that it is a part of; null where none."}
