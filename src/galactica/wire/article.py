"""An article as a JSON document: with its text and passages for a terminal, with its neighbours over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

from msgspec import Meta

from galactica.model import Article, Passage, Source, date_of, licence_of
from galactica.wire.addresses import address_of, page_of_article
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import (
    ArticleAddress,
    ArticleId,
    ArticlePageAddress,
    ArticlePath,
    Day,
    Headings,
    Identifiers,
    LanguageTag,
    Licence,
    Names,
    Published,
    Root,
    SourceTitle,
    Span,
    Title,
    Url,
)
from galactica.wire.work import HeadDocument, StandingDocument, head_document, standing_document

if TYPE_CHECKING:
    from galactica.library import ArticlePage, Head, InWork, StatedElsewhere, ToldStatement

FORMATS = ("html", "text", "md")
"""In which a body is given over HTTP."""


class SourceDocument(JsonObject, frozen=True, kw_only=True):
    """Where articles come from, and on what terms."""

    key: Annotated[str, Meta(description="Stable name; part of every article's id.")]
    title: SourceTitle
    format: Annotated[str, Meta(description="The reader that read it.")]
    language: LanguageTag
    licence: Annotated[str, Meta(description="SPDX identifier where one fits, else the source's own words, or empty.")]
    publisher: Annotated[str, Meta(description="Who made it, or empty.")]
    date: Annotated[str, Meta(description="The day of the data, ISO 8601, or empty.")]
    url: Annotated[str, Meta(description="Home of the source, or empty.")]
    attribution: Annotated[str, Meta(description="The sentence its licence asks readers to be shown, or empty.")]
    creators: Annotated[list[str], Meta(description="Who made it, where one name or a few stand for all of it.")]


class StatedDocument(JsonObject, frozen=True, kw_only=True):
    """What another source states about what an article is about, in words."""

    source: SourceTitle
    property: Annotated[str, Meta(description="What is stated, as the edition or the source calls it.")]
    value: Annotated[str, Meta(description="In words; a dash where the source says that there is none.")]
    page: Annotated[str, Meta(description="Where the article is read that the value is, or empty.")]
    rank: Annotated[str, Meta(description="preferred, deprecated, or empty.")]
    qualifiers: Annotated[list[list[str]], Meta(description="[property, value] of what narrows it.")]
    references: Annotated[int, Meta(ge=0, description="How many references the source gives.")]


class DescribedArticle(JsonObject, frozen=True, kw_only=True):
    """What is said of an article beside its text."""

    edition: Root
    id: ArticleId
    title: Title
    language: LanguageTag
    aliases: Annotated[list[str], Meta(description="Other titles.")]
    categories: list[str]
    source: SourceDocument
    path: ArticlePath
    url: Url
    revision: Annotated[str, Meta(description="The source's own revision, or empty.")]
    modified: Annotated[str, Meta(description="When it was last changed, or empty.")]
    date: Day
    licence: Licence
    headings: Headings
    creators: Names
    published: Published
    identifiers: Identifiers
    work: Annotated[StandingDocument | None, Meta(description="The work that it is a part of; null where none.")]
    statements: Annotated[
        list[StatedDocument],
        Meta(description="What other sources of the edition state about it, by its identifiers; the first 200."),
    ]
    address: ArticleAddress
    page: ArticlePageAddress


class ArticleDocument(DescribedArticle, frozen=True, kw_only=True):
    """One article."""

    format: Annotated[str, Meta(description="What the body is.", extra_json_schema={"enum": list(FORMATS)})]
    body: Annotated[
        str, Meta(description="Clean semantic HTML (links are relative to the source), plain text or Markdown.")
    ]
    languages: Annotated[list[HeadDocument], Meta(description="The same subject in other languages.")]
    previous: Annotated[HeadDocument | None, Meta(description="The article before it in its edition.")]
    next: Annotated[HeadDocument | None, Meta(description="The article after it.")]


class ArticleTextDocument(DescribedArticle, frozen=True, kw_only=True):
    """One article with its text."""

    body: Annotated[str, Meta(description="Clean semantic HTML (docs/formats/body.md).")]
    text: Annotated[str, Meta(description="The projection of the body; passages are spans of it.")]
    passages: list[Span]


class ListedArticle(JsonObject, frozen=True, kw_only=True):
    """An article in a list."""

    edition: Root
    id: ArticleId
    title: Title
    language: LanguageTag
    source: Annotated[str, Meta(description="Key of its source.")]
    path: ArticlePath


class ListDocument(JsonObject, frozen=True, kw_only=True):
    """Articles from A to Z."""

    articles: list[ListedArticle]


def list_document(listed: Iterable[tuple[str, Head]]) -> ListDocument:
    """Articles, each with the root of its edition."""
    return ListDocument(articles=[copied(ListedArticle, head, edition=root) for root, head in listed])


def source_document(source: Source) -> SourceDocument:
    """Where articles come from."""
    return copied(SourceDocument, source)


def article_document(root: str, page: ArticlePage, *, format: str, body: str) -> ArticleDocument:
    """An article with its neighbours.

    Args:
        root: of its edition.
        format: one of `FORMATS`, in which its body is given.
    """
    return _described(
        ArticleDocument,
        root,
        page.article,
        page.source,
        page.work,
        page.stated,
        format=format,
        body=body,
        languages=[head_document(edition.root, head) for edition, head in page.translations],
        previous=head_document(root, page.previous) if page.previous else None,
        next=head_document(root, page.next) if page.next else None,
    )


def article_text_document(
    root: str,
    article: Article,
    source: Source,
    work: InWork | None,
    *,
    stated: StatedElsewhere,
    text: str,
    passages: Sequence[Passage],
) -> ArticleTextDocument:
    """An article with its text, and the spans of its passages in it."""
    spans = [[passage.start, passage.end] for passage in passages]
    return _described(
        ArticleTextDocument, root, article, source, work, stated, body=article.body, text=text, passages=spans
    )


Described = TypeVar("Described", bound=DescribedArticle)


def _described(
    kind: type[Described],
    root: str,
    article: Article,
    source: Source,
    standing: InWork | None,
    stated: StatedElsewhere,
    **more: object,
) -> Described:
    work = standing.work if standing is not None else None
    return copied(
        kind,
        article,
        edition=root,
        aliases=sorted({alias.title for alias in article.aliases}),
        source=source_document(source),
        date=date_of(article.modified, article.published, work, source),
        licence=licence_of(article.licence, work, source),
        work=standing_document(root, standing) if standing is not None else None,
        statements=[_statement(root, each) for each in stated.told],
        address=address_of(root, article.id),
        page=page_of_article(root, article.source, article.path),
        **more,
    )


def _statement(root: str, told: ToldStatement) -> StatedDocument:
    page = page_of_article(root, told.key, told.path) if told.path else ""
    return copied(StatedDocument, told, page=page, qualifiers=[list(pair) for pair in told.qualifiers])
