"""What to expect of a link, as a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject
from galactica.wire.terms import Count, Share

if TYPE_CHECKING:
    from galactica.library import LinkPlan

Seconds = Annotated[float, Meta(ge=0, description="Seconds since the sender began.")]


class LinkMoment(JsonObject, frozen=True, kw_only=True):
    """What can be read at a time."""

    time: Seconds
    mean: Annotated[Share, Meta(description="Share that can be read, on average.")]
    low: Annotated[Share, Meta(description="One receiver in twenty can read less.")]
    high: Annotated[Share, Meta(description="One receiver in twenty can read more.")]
    some: Annotated[Share, Meta(description="Chance that something can be read.")]
    all: Annotated[Share, Meta(description="Chance that all can be read.")]


class ShareReached(JsonObject, frozen=True, kw_only=True):
    """When a share can be read."""

    share: Share
    time: Annotated[Seconds, Meta(description="When it can be read, on average; seconds since the sender began.")]


class PlanDocument(JsonObject, frozen=True, kw_only=True):
    """What to expect of a link."""

    bytes: Annotated[Count, Meta(description="To be sent.")]
    rate: Annotated[float, Meta(description="Bits a second while it is open.")]
    loss: Annotated[Share, Meta(description="Share of packets lost.")]
    burst: Annotated[float, Meta(description="Mean packets in a run of lost ones.")]
    light_time: Annotated[float, Meta(ge=0, description="Seconds one way.")]
    packet: Annotated[Count, Meta(description="Bytes of a packet, without what the link adds.")]
    redundancy: Annotated[float, Meta(ge=0, description="Repair symbols for each symbol: --redundancy of broadcast.")]
    rounds: Annotated[float, Meta(ge=0, description="What rounds send for each symbol.")]
    aim: Annotated[str, Meta(description="What the redundancy was chosen for: early, all; empty where it was given.")]
    chance: Annotated[Share, Meta(description="With which first and all hold.")]
    first: Seconds
    shares: list[ShareReached]
    all: Seconds
    plain: Annotated[
        float | None,
        Meta(description="The same with packets sent over and over, without a code; null: hundreds of cycles."),
    ]
    least: Annotated[Seconds, Meta(description="No way of sending is faster: every packet that arrives is of use.")]
    cycles: Annotated[float, Meta(ge=0, description="Cycles of the carousel until then.")]
    curve: list[LinkMoment]


def plan_document(found: LinkPlan) -> PlanDocument:
    """What to expect of a link."""
    return PlanDocument(
        bytes=found.load.size,
        rate=found.link.rate,
        loss=found.link.loss,
        burst=found.link.run,
        light_time=found.link.delay,
        packet=found.load.packet,
        redundancy=found.load.redundancy,
        rounds=found.load.rounds,
        aim=str(found.aim or ""),
        chance=found.chance,
        first=found.first,
        shares=[ShareReached(share=share, time=time) for share, time in found.shares],
        all=found.all,
        plain=found.plain,
        least=found.least,
        cycles=found.cycles,
        curve=[
            LinkMoment(time=each.time, mean=each.mean, low=each.low, high=each.high, some=each.some, all=each.all)
            for each in found.curve
        ],
    )
