"""What is planned for is what galactica broadcast sends."""

from __future__ import annotations

import pytest

from galactica.errors import UsageError
from galactica.spread.packets.layout import SentObject, lay_out
from galactica.spread.packets.schedule import CarouselPlan, SendingOrder
from galactica.spread.plan import Load
from galactica.spread.plan.load import Segment


def sent(segment: Segment, place: float) -> float:
    share = (place - segment.begin) / (segment.end - segment.begin)
    return min(max(share, 0.0), 1.0) * segment.symbols


@pytest.mark.parametrize(
    ("size", "each", "redundancy"), [(3_000_000, 262_144, 0.12), (900_000, 70_000, 0.05), (30_000_000, 50_000_000, 0.3)]
)
def test_the_blocks_and_the_order_are_those_of_the_carousel(size: int, each: int, redundancy: float) -> None:
    load = Load(size=size, object=each, redundancy=redundancy)
    objects = [SentObject(hash=bytes(32), size=min(each, size - at)) for at in range(0, size, each)]
    layout = lay_out(objects, load.symbol)
    order = SendingOrder(layout, load.announced, CarouselPlan(redundancy=round(redundancy * 10_000)))
    assert load.sizes == tuple(block.symbols for block in layout.blocks)
    assert load.cycle == order.packets
    counts = dict.fromkeys(range(-1, len(load.blocks)), 0)
    for index in range(order.packets):
        counts[order.slot(0, index).block] += 1
        if index % 997 == 0 or index + 1 == order.packets:
            for number, block in enumerate((load.announcement, *load.blocks), -1):
                reckoned = sum(sent(segment, index + 1) for segment in block.segments)
                assert reckoned == pytest.approx(counts[number], abs=30)  # of thousands: spread evenly in between
    assert [block.each for block in load.blocks] == [counts[number] for number in range(len(load.blocks))]


def test_without_a_code_each_object_is_a_block_of_its_own() -> None:
    load = Load(size=1_000_000, object=100_000, plain=True)
    assert len(load.blocks) == 10
    assert all(block.each == block.sources == block.period for block in load.blocks)


@pytest.mark.parametrize(
    "odd",
    [
        {"size": 0},
        {"size": 1 << 60},
        {"size": 1, "packet": 10},
        {"size": 1, "redundancy": 5},
        {"size": 1, "redundancy": float("nan")},
        {"size": 1, "object": 0},
        {"size": 1, "rounds": -1},
        {"size": 1 << 40, "object": 100},
    ],
)
def test_what_nobody_can_send_is_refused(odd: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Load(**odd)  # type: ignore[arg-type]
