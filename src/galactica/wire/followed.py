"""What came of a round of following as a JSON document."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.edition import EditionDocument, edition_document
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import Count

if TYPE_CHECKING:
    from galactica.library import Followed, Tally


class FollowedSourceDocument(JsonObject, frozen=True, kw_only=True):
    """What came of asking one source."""

    url: Annotated[str, Meta(description="The address that is followed.")]
    key: Annotated[str, Meta(description="Its key in editions.")]
    kind: Annotated[
        str,
        Meta(
            description="Empty where it was not reached yet.",
            extra_json_schema={"enum": ["feed", "sitemap", "wiki", "stream", ""]},
        ),
    ]
    title: Annotated[str, Meta(description="What it calls itself, or empty.")]
    new: Annotated[Count, Meta(description="Items that were not there before.")]
    changed: Annotated[Count, Meta(description="Items that say something else.")]
    deleted: Annotated[Count, Meta(description="Items that it took back.")]
    same: Annotated[Count, Meta(description="Items that are as they were.")]
    refused: Annotated[Count, Meta(description="What came and is no article.")]
    waiting: Annotated[Count, Meta(description="Pages that are fetched in later rounds.")]
    problem: Annotated[str, Meta(description="Why it could not be asked, or not whole; empty where it could.")]
    remedy: Annotated[str, Meta(description="What can be done about that, or empty.")]
    again: Annotated[str, Meta(description="Time before which it is not asked again (ISO 8601), or empty.")]


class FollowDocument(JsonObject, frozen=True, kw_only=True):
    """What came of a round, and the edition that was built of it."""

    folder: str
    sources: list[FollowedSourceDocument]
    edition: Annotated[EditionDocument | None, Meta(description="The edition that was built; null where none was.")]


def follow_document(found: Followed) -> FollowDocument:
    """What came of a round."""
    made = found.edition
    return FollowDocument(
        folder=str(found.folder),
        sources=[_source(each) for each in found.sources],
        edition=edition_document(str(found.path), made, None) if made is not None else None,
    )


def _source(tally: Tally) -> FollowedSourceDocument:
    again = datetime.fromtimestamp(tally.again, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if tally.again else ""
    return copied(FollowedSourceDocument, tally, again=again)
