"""The order of sending: known from cycle and place alone, with new symbols as long as there are any."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise

import pytest

from galactica.codes.erasure import symbols_of
from galactica.spread.packets.layout import Layout, lay_out
from galactica.spread.packets.schedule import CarouselPlan, SendingOrder, extra, in_a_round, used_symbols
from tests.spread.packets.test_layout import objects

PLAN = CarouselPlan(redundancy=1100, rounds=2500, announcements=5)


def blocks(count: int = 400, size: int = 6400) -> Layout:
    return lay_out(objects(*[size] * count), 64)


def test_a_cycle_sends_each_block_whole_with_its_repair_symbols_and_its_rounds() -> None:
    found = SendingOrder(blocks(), 7, PLAN)
    sent = Counter(found.slot(0, index) for index in range(found.packets))
    assert max(sent.values()) == 1
    for block in blocks().blocks:
        numbers = sorted(slot.number for slot in sent if slot.block == block.number)
        rounds = 64 * in_a_round(block.symbols)
        twice = block.symbols if block.number == 0 else 0
        assert numbers == list(range(block.symbols + twice + extra(block.symbols, 1100) + rounds))


def test_the_announcement_stands_first_and_comes_again_as_often_as_the_plan_says() -> None:
    found = SendingOrder(blocks(), 7, PLAN)
    places = [index for index in range(found.packets) if found.slot(0, index).block < 0]
    opening = 7 + extra(7, 2500)
    assert places[:opening] == list(range(opening))
    between = {after - before for before, after in pairwise(places[opening:])}
    assert len(between) == 1
    assert 5 <= (len(places) - opening) / 7 < 6


def test_the_next_cycle_goes_on_with_other_symbols() -> None:
    found = SendingOrder(blocks(), 7, PLAN)
    one, two = ({found.slot(cycle, index) for index in range(found.packets)} for cycle in (0, 1))
    assert not {slot for slot in one if slot.block >= 0} & {slot for slot in two if slot.block >= 0}


def test_when_all_symbols_were_sent_the_first_come_again() -> None:
    small = lay_out(objects(100), 64)
    found = SendingOrder(small, 1, PLAN)
    numbers = [slot.number for _, _, slot in islice(found.slots(0, 0), 40_000) if slot.block == 0]
    turn = used_symbols(2)
    assert turn == 2 + 4096
    assert numbers[:turn] == list(range(turn))
    assert numbers[turn : 2 * turn] == list(range(turn))


def test_whoever_begins_anywhere_goes_on_as_if_nothing_had_been() -> None:
    found = SendingOrder(blocks(40), 7, PLAN)
    every = list(islice(found.slots(0, 0), 2 * found.packets + 100))
    for cut in (0, 1, 500, found.packets - 1, found.packets, found.packets + 3):
        cycle, index = divmod(cut, found.packets)
        assert list(islice(found.slots(cycle, index), len(every) - cut)) == every[cut:]


def test_a_burst_takes_few_symbols_of_a_small_block() -> None:
    found = SendingOrder(blocks(), 7, PLAN)
    order = [found.slot(0, index).block for index in range(2000)]
    first = [place for place, block in enumerate(order) if block == 0]
    repairs = first[100 : 100 + extra(100, 1100)]
    assert max(repairs) - min(repairs) > 150


def test_the_first_block_is_sent_twice_through_the_others_where_it_is_small() -> None:
    found = SendingOrder(blocks(), 7, PLAN)
    places = [index for index in range(found.packets) if found.slot(0, index).block == 0]
    in_pass = places[: 200 + extra(100, 1100)]
    assert in_pass[-1] > 0.2 * found.packets
    alone = SendingOrder(lay_out(objects(6400), 64), 7, PLAN)
    numbers = [slot.number for _, _, slot in islice(alone.slots(0, 0), alone.packets) if slot.block == 0]
    assert len(numbers) == 100 + extra(100, 1100) + 64 * in_a_round(100)


def test_large_blocks_stand_one_behind_another() -> None:
    found = SendingOrder(blocks(3000), 7, PLAN)
    large = [block.number for block in blocks(3000).blocks if block.symbols >= 4096]
    order = [found.slot(0, index).block for index in range(found.packets // 2)]
    seen = [block for block in order if block in large]
    assert seen == sorted(seen)


def test_repair_symbols_grow_with_the_share_and_with_chance() -> None:
    assert [extra(count, 1111) for count in (1, 64, 1000, 16_384)] == [4, 17, 145, 1907]
    assert extra(1000, 0) == 0
    assert [in_a_round(count) for count in (1, 256, 1000, 4096, 16_384)] == [8, 8, 8, 16, 64]
    assert extra(3, 40_000) <= symbols_of(3) - 3


@pytest.mark.parametrize(
    "wrong", [{"redundancy": -1}, {"redundancy": 40_001}, {"rounds": -1}, {"announcements": 0}, {"announcements": 1001}]
)
def test_a_plan_beyond_its_bounds_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        CarouselPlan(**wrong)
