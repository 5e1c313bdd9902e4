"""What travels as JSON documents: what was published, what was fetched, how much of an edition is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.edition import EditionDocument, PartialDocument, edition_document, partial_document
from galactica.wire.objects import JsonObject
from galactica.wire.terms import Count, Root

if TYPE_CHECKING:
    from galactica.library import EditionInfo, FetchedEdition, PublishedRelease, Release


class ReleaseDocument(JsonObject, frozen=True, kw_only=True):
    """A release of an edition."""

    number: Annotated[int, Meta(ge=1, description="Of the edition; grows with each release.")]
    root: Root
    parent: Annotated[str, Meta(description="Root of the edition it was built upon, or empty.")]
    title: str
    objects: Annotated[Count, Meta(description="Files that it travels in.")]
    bytes: Annotated[Count, Meta(description="Of them that a receiver without an older edition needs.")]


class PublishDocument(JsonObject, frozen=True, kw_only=True):
    """What was published."""

    folder: Annotated[str, Meta(description="Of the publication.")]
    release: ReleaseDocument
    new: Annotated[bool, Meta(description="Whether it was not there before.")]
    added: Annotated[Count, Meta(description="Bytes of objects that were not there before.")]
    signed: Annotated[list[str], Meta(description="Files that vouch for it; empty: nobody does.")]
    releases_pruned: Annotated[Count, Meta(description="Releases that were taken away.")]
    objects_pruned: Annotated[Count, Meta(description="Objects that were taken away.")]


class FetchDocument(JsonObject, frozen=True, kw_only=True):
    """What was fetched."""

    release: ReleaseDocument
    vouched: Annotated[
        str,
        Meta(
            description="What vouches for it.",
            extra_json_schema={"enum": ["root", "publication", "key", "first use", "nobody"]},
        ),
    ]
    publication: Annotated[str, Meta(description="Id of the publication that it is signed for, or empty.")]
    said: Annotated[list[str], Meta(description="What is to be known of that.")]
    fetched: Annotated[Count, Meta(description="Bytes that came now.")]
    there: Annotated[Count, Meta(description="Bytes that were there from an earlier run.")]
    partial: Annotated[PartialDocument | None, Meta(description="How much of it is there; null where it is whole.")]
    edition: EditionDocument


def publish_document(folder: Path, found: PublishedRelease) -> PublishDocument:
    """What was published."""
    return PublishDocument(
        folder=str(folder),
        release=_release(found.release),
        new=found.new,
        added=found.added,
        signed=list(found.signed),
        releases_pruned=found.pruned[0],
        objects_pruned=found.pruned[1],
    )


def fetch_document(out: Path, found: FetchedEdition, made: EditionInfo) -> FetchDocument:
    """What was fetched."""
    trusted = found.chosen.trusted
    return FetchDocument(
        release=_release(found.chosen.release),
        vouched=trusted.vouched,
        publication=trusted.publication,
        said=list(trusted.said),
        fetched=found.fetched,
        there=found.there,
        partial=partial_document(found.partial),
        edition=edition_document(str(out), made, None),
    )


def _release(release: Release) -> ReleaseDocument:
    return ReleaseDocument(
        number=release.number,
        root=release.root,
        parent=release.parent,
        title=release.title,
        objects=len(release.objects),
        bytes=release.bytes,
    )
