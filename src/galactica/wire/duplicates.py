"""What is the same in an edition, as a JSON document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

from msgspec import Meta

from galactica.wire.objects import JsonObject
from galactica.wire.terms import ArticleId, ArticlePath, Count, Day, LanguageTag, Root, Share, SourceKey, Span, Title

if TYPE_CHECKING:
    from galactica.library import DatedArticle, DuplicatesFound


class SameArticle(JsonObject, frozen=True, kw_only=True):
    """An article of a cluster."""

    id: ArticleId
    title: Title
    language: LanguageTag
    source: SourceKey
    path: ArticlePath
    date: Day


class CopyFound(JsonObject, frozen=True, kw_only=True):
    """What an article is to the one that is kept."""

    article: SameArticle
    kind: Annotated[
        str,
        Meta(
            description="exact: letter by letter; version: the same article in another source or at another date; "
            "near: with parts left out, added or spelled anew; contained: a stretch of the kept one.",
            extra_json_schema={"enum": ["exact", "version", "near", "contained"]},
        ),
    ]
    jaccard: Annotated[Share, Meta(description="Runs of four words that both have, of those that either has.")]
    contained: Annotated[Share, Meta(description="Of its runs of four words, those that the kept one has.")]
    containing: Annotated[Share, Meta(description="Of the kept one's, those that it has.")]


class ClusterDocument(JsonObject, frozen=True, kw_only=True):
    """An article that is kept, and what is the same."""

    kept: SameArticle
    copies: list[CopyFound]


class ParagraphFound(JsonObject, frozen=True, kw_only=True):
    """A paragraph that several articles have."""

    text: str
    articles: Annotated[Count, Meta(description="How many have it; of copies, the kept one is counted.")]
    leads: Annotated[Count, Meta(description="How many begin with it.")]
    first: SameArticle
    span: Span


class DuplicatesDocument(JsonObject, frozen=True, kw_only=True):
    """What is the same in an edition."""

    path: Annotated[str, Meta(description="Its folder.")]
    root: Root
    articles: Count
    found: Annotated[dict[str, Count], Meta(description="Articles of each kind, and paragraphs.")]
    apart: Annotated[
        dict[str, Count],
        Meta(description="Pairs as like as copies that say different things, by what differs; they are not joined."),
    ]
    passed_over: Annotated[
        dict[str, Count],
        Meta(description="What was not looked at: empty, short and long texts, and what a bound left out."),
    ]
    total: Annotated[Count, Meta(description="Clusters of what was asked for.")]
    clusters: list[ClusterDocument]
    paragraphs: list[ParagraphFound]


def duplicates_document(path: Path, found: DuplicatesFound) -> DuplicatesDocument:
    """What is the same in an edition."""
    summary = found.summary
    return DuplicatesDocument(
        path=str(path),
        root=found.root,
        articles=_count(summary, "articles"),
        found=_counts(summary, "found"),
        apart=_counts(summary, "apart"),
        passed_over={name: _count(summary, name) for name in ("empty", "short", "long", "passed_over", "left")},
        total=found.total,
        clusters=[
            ClusterDocument(
                kept=_article(cluster.kept),
                copies=[
                    CopyFound(
                        article=_article(article),
                        kind=same.kind,
                        jaccard=same.jaccard,
                        contained=same.contained,
                        containing=same.containing,
                    )
                    for article, same in cluster.copies
                ],
            )
            for cluster in found.clusters
        ],
        paragraphs=[
            ParagraphFound(
                text=each.text,
                articles=each.articles,
                leads=each.leads,
                first=_article(each.first),
                span=[each.start, each.end],
            )
            for each in found.paragraphs
        ],
    )


def _article(named: DatedArticle) -> SameArticle:
    head = named.head
    return SameArticle(
        id=head.id.hex(),
        title=head.title,
        language=head.language,
        source=head.source,
        path=head.path,
        date=named.date,
    )


def _count(summary: Mapping[str, object], name: str) -> int:
    value = summary.get(name, 0)
    return value if isinstance(value, int) else 0


def _counts(summary: Mapping[str, object], name: str) -> dict[str, int]:
    value = summary.get(name)
    return dict(cast("Mapping[str, int]", value)) if isinstance(value, dict) else {}
