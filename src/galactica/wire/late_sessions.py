"""What was asked for over a late link, and what was sent, as JSON documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject
from galactica.wire.terms import Count, Root

if TYPE_CHECKING:
    from galactica.library import LateRequest, Responded


class RequestDocument(JsonObject, frozen=True, kw_only=True):
    """A report that was written or sent."""

    number: Annotated[Count, Meta(description="Of the report; each is higher than the one before.")]
    bytes: Annotated[Count, Meta(description="Of the report.")]
    done: Annotated[Count, Meta(description="Blocks that are here.")]
    blocks: Annotated[Count, Meta(description="Blocks of the release.")]
    wishes: Annotated[list[str], Meta(description="What is wanted first.")]


class RespondDocument(JsonObject, frozen=True, kw_only=True):
    """What was sent."""

    root: Root
    packets: Count
    bytes: Annotated[Count, Meta(description="Of the packets.")]
    reports: Annotated[Count, Meta(description="That changed what is sent.")]
    ignored: Annotated[Count, Meta(description="Reports that were damaged, of others, or came before.")]


def request_document(made: LateRequest) -> RequestDocument:
    """A report that was written or sent."""
    return RequestDocument(
        number=made.number, bytes=len(made.report), done=made.done, blocks=made.blocks, wishes=list(made.wishes)
    )


def respond_document(sent: Responded) -> RespondDocument:
    """What was sent."""
    return RespondDocument(
        root=sent.on_air.release.root,
        packets=sent.packets,
        bytes=sent.bytes,
        reports=sent.taken,
        ignored=sent.ignored,
    )
