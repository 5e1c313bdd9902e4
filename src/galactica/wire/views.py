"""What is trained on as JSON documents: a view that was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count, Root

if TYPE_CHECKING:
    from galactica.train.instruct.making import InstructSet
    from galactica.train.views.making import MadeView

ViewHash = Annotated[str, Meta(description="Name of the view: SHA-256 of its view.json.", pattern="^[0-9a-f]{64}$")]


class CountedDocument(JsonObject, frozen=True, kw_only=True):
    """How much there is of a language, a licence or a source."""

    name: Annotated[str, Meta(description="Empty for a licence that is not stated.")]
    documents: Count
    bytes: Count


class ViewEdition(JsonObject, frozen=True, kw_only=True):
    """An edition that a view is of."""

    root: Root
    title: str


class LeftOutOfView(JsonObject, frozen=True, kw_only=True):
    """How many articles were left out for a reason."""

    reason: Annotated[
        str,
        Meta(
            description="source, language, licence, quality, duplicate, empty, copy, near, evaluation, mix, max-tokens."
        ),
    ]
    articles: Count


class ExcludedSet(JsonObject, frozen=True, kw_only=True):
    """What became of an evaluation set."""

    name: str
    sha256: str
    items: Annotated[int, Meta(ge=0, description="Texts that were looked for.")]
    short: Annotated[int, Meta(ge=0, description="Texts that were too short to be.")]
    passages: Annotated[int, Meta(ge=0, description="Stretches of documents that were found.")]
    found: Annotated[int, Meta(ge=0, description="Texts of which something was found.")]


class ViewDocument(JsonObject, frozen=True, kw_only=True):
    """A view that was made."""

    path: str
    hash: ViewHash
    editions: list[ViewEdition]
    articles: Annotated[int, Meta(ge=0, description="Of the editions: documents and what was left out.")]
    documents: Count
    bytes: Annotated[int, Meta(ge=0, description="Of UTF-8 text.")]
    tokens: Count
    tokens_by: Annotated[str, Meta(description="estimate, or the SHA-256 of the tokenizer's file.")]
    languages: list[CountedDocument]
    licences: list[CountedDocument]
    sources: list[CountedDocument]
    mix: Annotated[dict[str, float], Meta(description="Share of the tokens that each group has in training.")]
    left_out: list[LeftOutOfView]
    passages: Annotated[int, Meta(ge=0, description="That were cut out of documents that stay.")]
    excluded: list[ExcludedSet]


def view_document(made: MadeView) -> ViewDocument:
    """A view that was made."""
    header, counts = made.header, made.header.counts

    def counted(every: tuple[tuple[str, int, int], ...]) -> list[CountedDocument]:
        return [CountedDocument(name=name, documents=documents, bytes=size) for name, documents, size in every]

    return copied(
        ViewDocument,
        made,
        path=str(made.path),
        editions=[ViewEdition(root=root, title=title) for root, title in header.editions],
        documents=counts.documents,
        bytes=counts.bytes,
        tokens=counts.tokens,
        tokens_by=header.tokens_by,
        languages=counted(counts.languages),
        licences=counted(counts.licences),
        sources=counted(counts.sources),
        mix=dict(header.mix),
        left_out=[LeftOutOfView(reason=reason, articles=count) for reason, count in made.left_out],
        excluded=[copied(ExcludedSet, each) for each in made.excluded],
    )


class InstructDocument(JsonObject, frozen=True, kw_only=True):
    """A data set of questions and cited answers that was made."""

    path: str
    card: str
    pairs: Count
    kinds: Annotated[dict[str, Count], Meta(description="definition, section, claim: lines of each.")]
    languages: dict[str, Count]
    licences: Annotated[dict[str, Count], Meta(description="Of the articles that are quoted; empty: not stated.")]
    left_out: Annotated[dict[str, Count], Meta(description="again, evaluation, most: pairs that were left out.")]
    excluded: list[ExcludedSet]
    without_claims: Annotated[list[str], Meta(description="Editions whose claims were not made.")]


def instruct_document(made: InstructSet) -> InstructDocument:
    """A data set that was made."""
    return copied(
        InstructDocument,
        made,
        path=str(made.path),
        card=str(made.card),
        kinds=dict(made.kinds),
        languages=dict(made.languages),
        licences=dict(made.licences),
        left_out=dict(made.left_out),
        excluded=[copied(ExcludedSet, each) for each in made.excluded],
        without_claims=list(made.without_claims),
    )
