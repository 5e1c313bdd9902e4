"""What is sent next, and what reports can and cannot change about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import cycle

from galactica.spread.late.order import MARKS, MOST_REPORTERS, LateOrder

SOURCES = (100, 100, 200, 400)


def base() -> Iterator[int]:
    """Every block with a tenth more, one after the other, again and again."""
    yield from cycle([block for block, size in enumerate(SOURCES) for _ in range(size * 11 // 10)])


def order(for_all: int = 4) -> LateOrder:
    return LateOrder(SOURCES, [4 * size for size in SOURCES] + [10], base(), for_all=for_all)


def sent(one: LateOrder, packets: int) -> list[tuple[int, int]]:
    return [one.next() for _ in range(packets)]


def test_without_reports_it_is_what_a_carousel_sends_and_each_symbol_once() -> None:
    one = order()
    found = sent(one, 880 * 2)
    assert [block for block, _ in found[:880]] == [block for block, _ in found[880:]]
    assert len(set(found)) == len(found)
    assert found[0] == (0, 0)
    assert found[880] == (0, 110)


def test_what_is_on_its_way_is_not_sent_again() -> None:
    one = order(for_all=0)
    sent(one, 110)
    settled = one.settle(b"a", 1, (0, 49), (50, 0, 0, 0))
    assert settled.jobs == ()  # 60 more are coming
    assert one.next()[0] == 1


def test_what_was_lost_is_sent_before_what_comes_after_it() -> None:
    one = order(for_all=0)
    sent(one, 220)
    settled = one.settle(b"a", 1, (1, 109), (70, None, 0, 0))
    assert [block for block, _ in settled.jobs] == [0]
    more = settled.jobs[0][1]
    assert 30 <= more <= 60
    found = sent(one, more + 1)
    assert [block for block, _ in found] == [0] * more + [2]
    assert found[0] == (0, 110)  # new symbols


def test_what_is_wished_for_comes_first() -> None:
    one = order(for_all=0)
    sent(one, 50)
    one.settle(b"a", 1, (0, 49), (45, 0, 0, 0), [3])
    found = Counter(block for block, _ in sent(one, 400))
    assert found == {3: 400}


def test_a_report_that_came_before_changes_nothing() -> None:
    one, other = order(), order()
    for each in (one, other):
        sent(each, 300)
        assert each.settle(b"a", 5, (1, 50), (90, 40, 0, 0)).taken
    assert not one.settle(b"a", 5, (1, 50), (0, 0, 0, 0), [3]).taken
    assert not one.settle(b"a", 4, None, (0, 0, 0, 0), [3]).taken
    assert sent(one, 2000) == sent(other, 2000)


def test_a_quarter_goes_to_those_who_do_not_report_whatever_reports_say() -> None:
    one = order()
    one.settle(b"liar", 1, None, (None, None, None, 0), [3])
    found = sent(one, 4000)
    plain = [block for at, (block, _) in enumerate(found) if at % 4 == 0]
    assert plain == [block for block, _ in zip(base(), plain, strict=False)]


def test_a_liar_who_wants_everything_again_takes_no_more_than_his_turns_from_another() -> None:
    one = order(for_all=0)
    sent(one, 880)
    number, got = 1, 0
    one.settle(b"honest", 1, (3, 439), (None, None, None, 200))
    for _ in range(400):
        number += 1
        one.settle(b"liar", number, (0, 0), (0, 0, 0, None), [0, 1, 2])
        got += sum(block == 3 for block, _ in sent(one, 2))
    assert got > 200


def test_who_says_that_all_is_done_stops_nothing_for_others() -> None:
    one = order()
    one.settle(b"liar", 1, (0, 0), (None,) * 4)
    assert Counter(block for block, _ in sent(one, 4000)).keys() == {0, 1, 2, 3}


def test_who_has_received_from_elsewhere_is_believed() -> None:
    one = order(for_all=0)
    settled = one.settle(b"a", 1, (2, 300), (None, None, 150, 0))
    assert settled.taken
    assert Counter(block for block, _ in sent(one, 40)) == {2: 40}


def test_a_flood_of_reporters_is_forgotten_but_for_the_last_ones() -> None:
    one = order()
    for number in range(5000):
        one.settle(number.to_bytes(8, "big"), 1, None, (0, 0, 0, 0), [number % 4])
    assert len(one._reporters) == MOST_REPORTERS
    assert len(one._jobs) <= MOST_REPORTERS
    assert len(sent(one, 1000)) == 1000


def test_hostile_numbers_are_no_blocks() -> None:
    one = order()
    one.settle(b"a", 1, (10**6, 10**6), (10**9, -5, *(0,) * 1000), [-1, 99, 10**9, 2])
    assert len(sent(one, 5000)) == 5000
    one.settle(b"a", 2**32 - 1, (0, 4), ())
    assert len(sent(one, 5000)) == 5000


def test_memory_does_not_grow_with_what_is_sent() -> None:
    one = order(for_all=0)
    one.settle(b"a", 1, (0, 0), (0, 0, 0, 0))
    sent(one, 50_000)
    assert all(len(marks.index) <= MARKS + 1 for marks in one._marks)


def test_the_share_that_is_lost_is_learned() -> None:
    one = order(for_all=0)
    sent(one, 880)
    assert one.settle(b"a", 1, (3, 439), (None, None, 150, 300)).loss > 0.28
    assert one.settle(b"a", 2, (3, 439), (0, 0, 0, 0)).loss == 0.9  # no more than that is believed


def test_it_goes_on_when_all_is_done() -> None:
    one = order(for_all=0)
    one.settle(b"a", 1, (0, 0), (None,) * 4)
    assert len(sent(one, 1000)) == 1000
