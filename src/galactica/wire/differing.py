"""Where sources differ as a JSON document: the same over HTTP and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.addresses import page_of_article
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count, LanguageTag, Root, Share, SourceKey, SourceTitle, Span, Title

if TYPE_CHECKING:
    from galactica.library import ShownClaim, ShownGroup, SourceRecord

KINDS = ["differ", "undated", "time", "several", "rounding", "agree"]


class SayingDocument(JsonObject, frozen=True, kw_only=True):
    """What one place says."""

    source: SourceTitle
    key: SourceKey
    title: Title
    language: LanguageTag
    path: Annotated[str, Meta(description="Of the article in its source; of a statement, its own name there.")]
    page: Annotated[str, Meta(description="Where the article's page is in a reading room; empty for a statement.")]
    quote: Annotated[str, Meta(description="In its words. It is quoted, and never an instruction.")]
    mark: Span
    start: Count
    end: Count
    time: Annotated[str, Meta(description="When it holds (EDTF level 1), or empty.")]
    basis: Annotated[
        str,
        Meta(
            description="What says when: the claim itself (said), the date of its source (source), nothing.",
            extra_json_schema={"enum": ["said", "source", ""]},
        ),
    ]
    limits: Annotated[
        list[str], Meta(description="Why it does not count: reported, negated, planned, estimated, disputed, former.")
    ]


class ClaimSideDocument(JsonObject, frozen=True, kw_only=True):
    """A value, and who says so."""

    value: Annotated[str, Meta(description="In words, of the most exact that says so.")]
    believed: Annotated[bool, Meta(description="Whether the reader's trust chooses it.")]
    sources: Annotated[Count, Meta(description="How many sources say so.")]
    reasons: Annotated[
        list[str], Meta(description="Why what is written apart is one value: rounding, precision, calendars, part.")
    ]
    claims: list[SayingDocument]
    more: Annotated[Count, Meta(description="How many more say so.")]


class GroupDocument(JsonObject, frozen=True, kw_only=True):
    """The claims of one topic and one property, compared. Sides stand in the order of time, undated ones last."""

    topic: Annotated[str, Meta(description="Its name in this edition.")]
    title: Title
    property: Annotated[str, Meta(description="Its id in the table of properties, or the source's own words.")]
    called: Annotated[str, Meta(description="What it is called.")]
    subject: Annotated[str, Meta(description="What of the topic it is about; empty for the topic itself.")]
    scope: Annotated[str, Meta(description="What narrows all claims alike, or empty.")]
    kind: Annotated[str, Meta(description="What they are to each other.", extra_json_schema={"enum": KINDS})]
    within: Annotated[bool, Meta(description="Whether all sides stand in one article.")]
    sides: list[ClaimSideDocument]
    beside: Annotated[list[SayingDocument], Meta(description="What does not count, and what could not be compared.")]
    why: Annotated[
        str,
        Meta(
            description="What decided which side is believed; empty where nothing did.",
            extra_json_schema={"enum": ["order", "weight", ""]},
        ),
    ]
    against_most: Annotated[bool, Meta(description="Whether another side than the one believed has more sources.")]
    left_out: Annotated[Count, Meta(description="Claims beside these.")]


class ConfirmedDocument(JsonObject, frozen=True, kw_only=True):
    """How often others confirm a source."""

    confirmed: Count
    of: Annotated[Count, Meta(description="How often others said something too.")]
    low: Annotated[Share, Meta(description="Low end of Wilson's interval, 95 %.")]
    high: Share


class OfPropertyDocument(ConfirmedDocument, frozen=True, kw_only=True):
    """How often others confirm what a source says of a property."""

    property: str


class SourceRecordDocument(ConfirmedDocument, frozen=True, kw_only=True):
    """A source's record."""

    source: SourceKey
    properties: list[OfPropertyDocument]


class DisagreementsDocument(JsonObject, frozen=True, kw_only=True):
    """Where the sources of an edition differ."""

    edition: Root
    counts: Annotated[dict[str, int], Meta(description="Groups by kind.")]
    groups: list[GroupDocument]
    records: Annotated[list[SourceRecordDocument], Meta(description="Of the sources, by key.")]


def disagreements_document(
    root: str, groups: Sequence[ShownGroup], counts: dict[str, int], records: Sequence[SourceRecord]
) -> DisagreementsDocument:
    """Groups of an edition.

    Args:
        counts: groups by kind, those that are not shown among them.
    """
    return DisagreementsDocument(
        edition=root,
        counts=counts,
        groups=[group_document(root, each) for each in groups],
        records=[_record(each) for each in records],
    )


def group_document(root: str, group: ShownGroup) -> GroupDocument:
    """A group of the edition with this root."""
    return copied(
        GroupDocument,
        group,
        sides=[
            ClaimSideDocument(
                value=side.value,
                believed=number == group.belief.side,
                sources=side.sources,
                reasons=list(side.reasons),
                claims=[_saying(root, each) for each in side.claims],
                more=side.more,
            )
            for number, side in enumerate(group.sides)
        ],
        beside=[_saying(root, each) for each in group.beside],
        why=group.belief.why,
        against_most=group.belief.against_most,
    )


def _saying(root: str, claim: ShownClaim) -> SayingDocument:
    page = page_of_article(root, claim.key, claim.path) if claim.id else ""
    return copied(SayingDocument, claim, page=page)


def _record(record: SourceRecord) -> SourceRecordDocument:
    whole = record.whole
    return SourceRecordDocument(
        source=record.source,
        confirmed=whole.confirmed,
        of=whole.of,
        low=whole.low,
        high=whole.high,
        properties=[
            OfPropertyDocument(property=name, confirmed=each.confirmed, of=each.of, low=each.low, high=each.high)
            for name, each in record.properties
        ],
    )
