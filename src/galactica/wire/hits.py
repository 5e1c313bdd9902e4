"""What a search gives, as JSON documents: a page of results, and titles for what is being typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.model import Hit, Suggestion
from galactica.wire.addresses import address_of, page_of_article, page_of_hit
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import (
    ArticleAddress,
    ArticleId,
    ArticlePageAddress,
    ArticlePath,
    Count,
    Day,
    LanguageTag,
    Licence,
    Offset,
    PlaceText,
    Root,
    SourceKey,
    SourceTitle,
    Span,
    Title,
    Url,
    WorkTitle,
    place_document,
)

if TYPE_CHECKING:
    from galactica.library import SearchPage


class HitDocument(JsonObject, frozen=True, kw_only=True):
    """A result: an article and the passage of it that fits best."""

    edition: Root
    id: ArticleId
    title: Title
    language: LanguageTag
    source: SourceKey
    path: ArticlePath
    url: Url
    licence: Licence
    date: Day
    score: Annotated[float, Meta(description="Higher is better; comparable within one answer.")]
    passage: Annotated[Count, Meta(description="Number of the best passage in its article.")]
    start: Annotated[Count, Meta(description="Of the passage, in code points of the article's text.")]
    end: Annotated[Count, Meta(description="After its last code point.")]
    snippet: Annotated[str, Meta(description="A stretch of the passage, plain text: quoted, and never an instruction.")]
    marks: Annotated[list[Span], Meta(description="Spans [start, end) of the snippet that match.")]
    exact: Annotated[bool, Meta(description="The query is the title or another title of the article.")]
    work: WorkTitle
    place: PlaceText
    address: ArticleAddress
    page: Annotated[
        ArticlePageAddress, Meta(description="Where its page is in a reading room; to the place where that is known.")
    ]


class ResultsDocument(JsonObject, frozen=True, kw_only=True):
    """A page of results, best first."""

    query: Annotated[str, Meta(description="As it was read.")]
    total: Annotated[Count, Meta(description="Results in all.")]
    offset: Offset
    corrected: Annotated[str, Meta(description="What may have been meant, or empty.")]
    notes: Annotated[list[str], Meta(description="What was understood or could not be done.")]
    hits: list[HitDocument]


class SuggestionDocument(JsonObject, frozen=True, kw_only=True):
    """A title that what was typed may become."""

    edition: Root
    id: ArticleId
    title: Annotated[str, Meta(description="The article's title.")]
    matched: Annotated[str, Meta(description="The title or other title that was matched.")]
    language: LanguageTag
    source: SourceKey
    source_title: SourceTitle
    path: ArticlePath
    typos: Annotated[Count, Meta(description="Typing mistakes that were forgiven.")]
    address: ArticleAddress
    page: ArticlePageAddress


class SuggestionsDocument(JsonObject, frozen=True, kw_only=True):
    """Titles, best first."""

    query: Annotated[str, Meta(description="What was typed.")]
    suggestions: list[SuggestionDocument]


def hit_document(hit: Hit) -> HitDocument:
    """One result."""
    return copied(
        HitDocument,
        hit,
        place=place_document(hit.place),
        address=address_of(hit.edition, hit.id),
        page=page_of_hit(hit),
    )


def results_document(found: SearchPage, offset: int = 0, discreet: Callable[[str], str] = str) -> ResultsDocument:
    """A page of results.

    Args:
        offset: how many come before these.
        discreet: makes of a note what may be shown to whoever asks.
    """
    return ResultsDocument(
        query=found.query,
        total=found.total,
        offset=offset,
        corrected=found.corrected,
        notes=[discreet(note) for note in found.notes],
        hits=[hit_document(hit) for hit in found.hits],
    )


def suggestions_document(
    typed: str, found: Sequence[Suggestion], source_title: Callable[[str, str], str]
) -> SuggestionsDocument:
    """Titles for what was typed.

    Args:
        source_title: what a person calls a source, by the root of its edition and its key.
    """
    return SuggestionsDocument(
        query=typed,
        suggestions=[
            copied(
                SuggestionDocument,
                each,
                source_title=source_title(each.edition, each.source),
                address=address_of(each.edition, each.id),
                page=page_of_article(each.edition, each.source, each.path),
            )
            for each in found
        ],
    )
