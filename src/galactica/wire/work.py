"""A work as a JSON document, and where an article stands in one: the same over HTTP, in MCP and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.model import Work
from galactica.wire.addresses import address_of, page_of_article, page_of_work
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import (
    ArticleAddress,
    ArticleId,
    ArticlePageAddress,
    Count,
    Headings,
    Identifiers,
    LanguageTag,
    Names,
    Offset,
    Published,
    Root,
    SourceKey,
    Title,
    Url,
    WorkPageAddress,
)

if TYPE_CHECKING:
    from galactica.library import Head, InWork, PartEntry


class HeadDocument(JsonObject, frozen=True, kw_only=True):
    """Another article."""

    id: ArticleId
    title: Title
    language: LanguageTag
    address: ArticleAddress
    page: ArticlePageAddress


class WorkDocument(JsonObject, frozen=True, kw_only=True):
    """Something published whose parts are articles."""

    source: SourceKey
    path: Annotated[str, Meta(description="Its own path there.")]
    title: Title
    kind: Annotated[
        str,
        Meta(
            description="book, report, periodical, presentation, spreadsheet, recording, site, collection, or another "
            "word."
        ),
    ]
    language: LanguageTag
    creators: Names
    publisher: Annotated[str, Meta(description="Who published it, or empty.")]
    published: Published
    identifiers: Identifiers
    licence: Annotated[str, Meta(description="Only where it differs from its source's, else empty.")]
    url: Url
    description: Annotated[str, Meta(description="A sentence or a paragraph about it, or empty.")]
    page: WorkPageAddress


class StandingDocument(WorkDocument, frozen=True, kw_only=True):
    """The work that an article is a part of, and where it stands there."""

    number: Annotated[
        Count, Meta(description="Its number among the parts, from 1; 0 where the list of parts cannot be read.")
    ]
    parts: Annotated[Count, Meta(description="How many parts there are.")]
    previous: Annotated[HeadDocument | None, Meta(description="The part before it.")]
    next: Annotated[HeadDocument | None, Meta(description="The part after it.")]


class PartDocument(HeadDocument, frozen=True, kw_only=True):
    """A part of a work."""

    number: Annotated[int, Meta(ge=1, description="From 1.")]
    headings: Headings


class WorkPartsDocument(JsonObject, frozen=True, kw_only=True):
    """A work and its parts."""

    edition: Root
    work: WorkDocument
    page: WorkPageAddress
    total: Annotated[Count, Meta(description="Parts in all.")]
    offset: Offset
    parts: list[PartDocument]


class WorksDocument(JsonObject, frozen=True, kw_only=True):
    """The works of an edition, by title."""

    edition: Root
    total: Annotated[Count, Meta(description="Works in all.")]
    offset: Offset
    works: list[WorkDocument]


def head_document(root: str, head: Head) -> HeadDocument:
    """An article in a few words.

    Args:
        root: of its edition.
    """
    return copied(HeadDocument, head, **_addresses(root, head))


def work_document(root: str, work: Work) -> WorkDocument:
    """A work of the edition with this root."""
    return copied(WorkDocument, work, page=page_of_work(root, work))


def standing_document(root: str, standing: InWork) -> StandingDocument:
    """The work that an article of this edition is a part of, and the parts beside it."""
    beside = [None if head is None else head_document(root, head) for head in (standing.previous, standing.next)]
    return copied(
        StandingDocument,
        standing.work,
        page=page_of_work(root, standing.work),
        number=standing.number,
        parts=standing.parts,
        previous=beside[0],
        next=beside[1],
    )


def parts_document(root: str, work: Work, parts: Sequence[PartEntry], *, total: int, offset: int) -> WorkPartsDocument:
    """A work and some of its parts.

    Args:
        total: how many there are.
        offset: how many come before these.
    """
    return WorkPartsDocument(
        edition=root,
        work=work_document(root, work),
        page=page_of_work(root, work),
        total=total,
        offset=offset,
        parts=[
            copied(
                PartDocument,
                each.head,
                number=each.number,
                headings=list(each.headings),
                **_addresses(root, each.head),
            )
            for each in parts
        ],
    )


def _addresses(root: str, head: Head) -> dict[str, str]:
    return {"address": address_of(root, head.id), "page": page_of_article(root, head.source, head.path)}
