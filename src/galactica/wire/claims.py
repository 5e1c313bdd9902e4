"""Claims as JSON documents, and what came of joining an edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import ArticlePath, Count, Root, SourceKey

if TYPE_CHECKING:
    from galactica.library import ClaimFate, Joined, WordedClaim
    from galactica.model.claim import Claim

Edtf = Annotated[str, Meta(description="EDTF level 1, or empty.")]


class ClaimQualifier(JsonObject, frozen=True, kw_only=True):
    """What narrows a claim."""

    property: str
    kind: str
    value: str
    unit: str


class ClaimDocument(JsonObject, frozen=True, kw_only=True):
    """A claim, and where that is said."""

    source: SourceKey
    path: Annotated[ArticlePath, Meta(description="Of the article that says it; of a statement its own name.")]
    subject: Annotated[str, Meta(description="Empty for what the article is about; else a name, or an identifier.")]
    property: Annotated[str, Meta(description="An id of the table of properties, or the source's own words.")]
    kind: Annotated[str, Meta(description="text, item, quantity, time, place or url.")]
    value: str
    unit: Annotated[str, Meta(description="Of a quantity; empty for a mere number.")]
    bounds: Annotated[list[str], Meta(description="The least and the greatest that is meant, or nothing.")]
    time: Edtf
    qualifiers: list[ClaimQualifier]
    start: Annotated[Count, Meta(description="Code points of the article's text: the row, item or sentence.")]
    end: Count
    value_start: Annotated[Count, Meta(description="Of these, what the value was read from.")]
    value_end: Count
    origin: Annotated[str, Meta(description="statement, infobox, table, list, sentence or tagger.")]
    rule: Annotated[str, Meta(description="The row, column or rule that found it.")]
    confidence: Annotated[float, Meta(ge=0, le=1, description="How often claims of its kind were right.")]


class WordedClaimDocument(JsonObject, frozen=True, kw_only=True):
    """A claim with the words that say it."""

    title: Annotated[str, Meta(description="Of the article; empty of a statement.")]
    wording: Annotated[str, Meta(description="As it stands in the article's text; empty of a statement.")]
    claim: ClaimDocument


class FateDocument(JsonObject, frozen=True, kw_only=True):
    """What became of a claim of an older edition."""

    state: Annotated[str, Meta(description="kept, moved, changed or gone.")]
    old: ClaimDocument
    new: ClaimDocument | None


class ClaimsDocument(JsonObject, frozen=True, kw_only=True):
    """Claims of an edition; with an older one what became of its claims."""

    claims: list[WordedClaimDocument]
    fates: list[FateDocument]


class JoiningStageDocument(JsonObject, frozen=True, kw_only=True):
    """A stage of joining."""

    name: str
    made: Annotated[bool, Meta(description="Whether it was made now, or was there.")]


class NotUnderstood(JsonObject, frozen=True, kw_only=True):
    """What looked like a claim and gave no value."""

    origin: str
    property: str
    reason: str
    count: Count


class JoinDocument(JsonObject, frozen=True, kw_only=True):
    """What came of joining an edition."""

    path: Annotated[str, Meta(description="Its folder.")]
    root: Root
    stages: list[JoiningStageDocument]
    claims: Count
    not_understood: list[NotUnderstood]
    fates: Annotated[dict[str, int], Meta(description="State → how many claims of the older edition.")]


def claim_document(claim: Claim) -> ClaimDocument:
    """A claim."""
    return copied(ClaimDocument, claim, qualifiers=[copied(ClaimQualifier, each) for each in claim.qualifiers])


def claims_document(shown: Iterable[WordedClaim], fates: Iterable[ClaimFate] = ()) -> ClaimsDocument:
    """Claims with their wording, and what became of an older edition's."""
    return ClaimsDocument(
        claims=[copied(WordedClaimDocument, each, claim=claim_document(each.claim)) for each in shown],
        fates=[
            FateDocument(
                state=each.state,
                old=claim_document(each.old),
                new=claim_document(each.new) if each.new is not None else None,
            )
            for each in fates
        ],
    )


def join_document(found: Joined) -> JoinDocument:
    """What came of joining an edition."""
    return JoinDocument(
        path=str(found.path),
        root=found.root,
        stages=[JoiningStageDocument(name=name, made=made) for name, made in found.stages.items()],
        claims=found.claims,
        not_understood=[
            NotUnderstood(origin=origin, property=name, reason=reason, count=count)
            for (origin, name, reason), count in sorted(found.not_understood.items())
        ],
        fates=dict(found.fates),
    )
