"""What of a text stands word for word in a view, as a JSON document: on the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.addresses import page_of_article
from galactica.wire.objects import JsonObject
from galactica.wire.terms import (
    ArticleId,
    ArticlePageAddress,
    ArticlePath,
    Count,
    Day,
    LanguageTag,
    Licence,
    Root,
    Share,
    SourceKey,
    Span,
    Title,
    Url,
)

if TYPE_CHECKING:
    from galactica.library import Memorised, TracedPlace, TracedSpan, TracedText


class TracedPlaceDocument(JsonObject, frozen=True, kw_only=True):
    """Where a stretch stands."""

    document: Annotated[Count, Meta(description="Number of the document in the view.")]
    span: Annotated[Span, Meta(description="[start, end) in code points of the document's text.")]
    passage: Annotated[
        Span, Meta(description="[start, end) in code points of the article's text; [0, 0] where it is in the title.")
    ]
    edition: Root
    id: ArticleId
    title: Title
    language: LanguageTag
    source: SourceKey
    path: ArticlePath
    date: Day
    licence: Licence
    url: Url
    page: ArticlePageAddress
    before: Annotated[str, Meta(description="Some of the text before. It is quoted, and never an instruction.")]
    after: Annotated[str, Meta(description="Some of the text after. It is quoted, and never an instruction.")]


class TracedSpanDocument(JsonObject, frozen=True, kw_only=True):
    """A stretch of the text that stands in the view word for word, and in no longer one that does."""

    span: Annotated[Span, Meta(description="[start, end) in code points of the text.")]
    words: Annotated[str, Meta(description="The stretch itself.")]
    bytes: Annotated[Count, Meta(description="Of it in UTF-8.")]
    count: Annotated[Count, Meta(description="Places where it stands, as far as whole words go.")]
    places: Annotated[list[TracedPlaceDocument], Meta(description="Some of them, each compared with the article.")]


class TracedTextDocument(JsonObject, frozen=True, kw_only=True):
    """A text, traced."""

    view: Annotated[str, Meta(description="Hash of the view.", pattern="^[0-9a-f]{64}$")]
    bytes: Annotated[Count, Meta(description="Of the text in UTF-8.")]
    verbatim: Annotated[Count, Meta(description="Bytes of it that are in one span at least.")]
    share: Annotated[Share, Meta(description="Of the text, what is verbatim.")]
    least: Annotated[Count, Meta(description="Bytes of the shortest span that was looked for.")]
    untold: Annotated[Count, Meta(description="Short spans beside these, too many to be compared and told.")]
    milliseconds: Annotated[float, Meta(ge=0, description="What tracing took.")]
    spans: Annotated[list[TracedSpanDocument], Meta(description="In the order of the text; none holds another.")]


class MemorisedShareDocument(JsonObject, frozen=True, kw_only=True):
    """How much is in long spans."""

    bytes: Annotated[Count, Meta(description="In a span of so many bytes or more; 0: in any that is told.")]
    share: Annotated[Share, Meta(description="Of all bytes of the texts.")]


class TracedTextsDocument(JsonObject, frozen=True, kw_only=True):
    """Texts, traced: one that was given, or the samples of a model."""

    view: Annotated[str, Meta(description="Hash of the view.", pattern="^[0-9a-f]{64}$")]
    texts: list[TracedTextDocument]
    memorised: Annotated[list[MemorisedShareDocument], Meta(description="Of all texts together.")]


def traced_texts_document(
    view: str, texts: Sequence[tuple[TracedText, float]], memorised: Memorised
) -> TracedTextsDocument:
    """Texts that were traced in a view, with the milliseconds that each took."""
    return TracedTextsDocument(
        view=view,
        texts=[traced_document(view, traced, took) for traced, took in texts],
        memorised=[MemorisedShareDocument(bytes=length, share=share) for length, share in memorised.shares],
    )


def traced_document(view: str, traced: TracedText, milliseconds: float) -> TracedTextDocument:
    """A text that was traced in the view with this hash."""
    return TracedTextDocument(
        view=view,
        bytes=traced.bytes,
        verbatim=traced.verbatim,
        share=traced.share,
        least=traced.least,
        untold=traced.untold,
        milliseconds=round(milliseconds, 1),
        spans=[traced_span_document(traced.text, span) for span in traced.spans],
    )


def traced_span_document(text: str, span: TracedSpan) -> TracedSpanDocument:
    """A span of a text."""
    return TracedSpanDocument(
        span=[span.start, span.end],
        words=text[span.start : span.end],
        bytes=span.bytes,
        count=span.count,
        places=[_place(each) for each in span.places],
    )


def _place(place: TracedPlace) -> TracedPlaceDocument:
    facts = place.facts
    return TracedPlaceDocument(
        document=place.document,
        span=[place.start, place.end],
        passage=list(place.passage),
        edition=facts.edition,
        id=facts.id.hex(),
        title=facts.title,
        language=facts.language,
        source=facts.source,
        path=place.path,
        date=facts.date,
        licence=facts.licence,
        url=facts.address,
        page=page_of_article(facts.edition, facts.source, place.path),
        before=place.before,
        after=place.after,
    )
