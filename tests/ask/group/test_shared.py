"""What is shared gives what it wraps gives, once, whoever asks and however many."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.contract import Given
from galactica.ask.group.shared import SharedHoldings, SharedReader
from tests.ask.group.pretended import Pointing, Shelf, article

TEXTS = [Given(text=text) for text in ("A rose is red.", "Roses are red, a rose is blue.", "Nothing.", "A rose, red.")]
READER = Pointing(rose=2.0, red=3.0, blue=1.0)


@given(st.lists(st.sampled_from(TEXTS), max_size=8), st.integers(1, 3))
def test_a_shared_reader_marks_what_the_reader_marks(given_, most):
    shared = SharedReader(READER)
    shared.read("?", TEXTS[:2], most=1)
    assert shared.read("?", given_, most=most) == READER.read("?", given_, most=most)


def test_each_passage_is_read_once_by_many_threads():
    reader = Pointing(rose=2.0)
    shared = SharedReader(reader)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: shared.read("?", TEXTS), range(40)))
    assert all(each == found[0] for each in found)
    assert sorted(reader.read_texts) == sorted(given.text for given in TEXTS)


def test_each_search_is_made_once_by_many_threads():
    shelf = Shelf(article("Rose", "A rose is red."))
    holdings = SharedHoldings(shelf)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: holdings.passages("rose", limit=5), range(40)))
    assert shelf.searches == [("hybrid", "rose")]
    holdings.passages("rose", limit=5, by="words")
    assert len(shelf.searches) == 2


class Breaking(Pointing):
    """A reader that breaks."""

    def read(self, question, passages, *, most=3):
        raise ZeroDivisionError


def test_a_reader_that_breaks_breaks_for_all_and_nobody_waits():
    shared = SharedReader(Breaking())
    errors = []

    def ask() -> None:
        try:
            shared.read("?", TEXTS)
        except ZeroDivisionError as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(errors) == 6


def test_another_question_is_another_reading():
    reader = Pointing(rose=2.0)
    shared = SharedReader(reader)
    shared.read("one?", TEXTS[:1])
    shared.read("two?", TEXTS[:1])
    assert len(reader.read_texts) == 2


@pytest.mark.parametrize("name", ["languages"])
def test_the_rest_is_the_library_itself(name):
    shelf = Shelf(article("Rose", "A rose is red."))
    holdings = SharedHoldings(shelf)
    assert getattr(holdings, name) == getattr(shelf, name)
    place = holdings.titled("rose")
    assert place is not None
    page = holdings.page(*place)
    assert page == shelf.page(*place)
    assert page is not None
    assert holdings.linked(page) == []
