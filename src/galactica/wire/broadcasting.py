"""What was sent one way, and what was received, as JSON documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from galactica.wire.objects import JsonObject
from galactica.wire.terms import Count, Root, Share

if TYPE_CHECKING:
    from galactica.library import Broadcasted, ReceivedEdition


class SentRelease(JsonObject, frozen=True, kw_only=True):
    """A release as it is sent."""

    root: Root
    number: Annotated[Count, Meta(description="Which edition of its publication it is.")]
    title: Annotated[str, Meta(description="What it is called.")]


class BroadcastDocument(JsonObject, frozen=True, kw_only=True):
    """What was sent."""

    release: SentRelease
    signed: Annotated[
        list[str], Meta(description="Files of signatures that travel with it; none where nobody vouches.")
    ]
    bytes: Annotated[Count, Meta(description="Of the objects that travel.")]
    packet_bytes: Annotated[Count, Meta(description="Of each packet.")]
    cycle_packets: Annotated[Count, Meta(description="Packets of one cycle.")]
    packets: Annotated[Count, Meta(description="That were sent, or that the folder has.")]
    sent_bytes: Annotated[Count, Meta(description="Of these packets.")]
    files: Annotated[Count, Meta(description="Files in the folder; 0 over UDP; 1 of a film or of sound in one file.")]
    cycle: Annotated[Count, Meta(description="Where the same command goes on: the cycle, from 0.")]
    index: Annotated[Count, Meta(description="Where it goes on: the place in the cycle, from 0.")]
    frames: Annotated[Count, Meta(description="Of a film; else 0.")]
    seconds: Annotated[float, Meta(ge=0, description="That a film or sound plays once; else 0.")]


class ReceivedDocument(JsonObject, frozen=True, kw_only=True):
    """What was received."""

    path: Annotated[str, Meta(description="Where the edition lies, if there is one.")]
    release: Annotated[SentRelease | None, Meta(description="Null where none was announced that is taken.")]
    vouched: Annotated[
        Literal["root", "publication", "key", "first use", "nobody", ""],
        Meta(description="What vouches for it; empty where there is none."),
    ]
    whole: Annotated[bool, Meta(description="Whether the edition is whole, and has the root of the release.")]
    articles: Annotated[Count, Meta(description="Articles that can be read.")]
    of: Annotated[Count, Meta(description="Articles of the release.")]
    share: Annotated[Share, Meta(description="Share of the release's bytes that has arrived.")]
    bytes: Annotated[Count, Meta(description="Bytes of the release's objects.")]
    packets: Annotated[Count, Meta(description="Packets that came.")]
    dropped: Annotated[Count, Meta(description="Of them, damaged ones and those of releases nobody listens to.")]
    false: Annotated[Count, Meta(description="Symbols that others had put among the release's; found and dropped.")]


def broadcast_document(sent: Broadcasted) -> BroadcastDocument:
    """What was sent."""
    release, carousel = sent.on_air.release, sent.on_air.carousel
    return BroadcastDocument(
        release=SentRelease(root=release.root, number=release.number, title=release.title),
        signed=list(sent.on_air.signed),
        bytes=carousel.layout.size,
        packet_bytes=carousel.packet_bytes,
        cycle_packets=carousel.schedule.packets,
        packets=sent.packets,
        sent_bytes=sent.bytes,
        files=sent.files,
        cycle=sent.cycle,
        index=sent.index,
        frames=sent.frames,
        seconds=sent.seconds,
    )


def received_document(path: str, found: ReceivedEdition) -> ReceivedDocument:
    """What was received."""
    chosen = found.chosen
    head = chosen.trusted.head if chosen is not None else None
    return ReceivedDocument(
        path=path,
        release=SentRelease(root=head.root, number=head.number, title=head.title) if head is not None else None,
        vouched=chosen.trusted.vouched if chosen is not None else "",
        whole=found.whole,
        articles=found.articles,
        of=found.of,
        share=found.arrived / found.bytes if found.bytes else 0.0,
        bytes=found.bytes,
        packets=found.packets,
        dropped=found.dropped,
        false=found.false,
    )
