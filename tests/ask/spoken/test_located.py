"""How surely an answer lies in a place is added up from all stretches that begin there."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.ask.contract import Begun
from galactica.ask.spoken.located import NOWHERE, located
from galactica.encode.cross import HeadsRead
from galactica.encode.pieces import Tokens, Window

CUT = Tokens(ids=(7, 8, 9, 10), starts=(0, 3, 6, 9), ends=(2, 5, 8, 11))
"""Four words of two letters: the first two are a sentence, the last two another."""

PLACES = [(0, 6), (6, 12)]

BEGUN = Begun(question="Who?", relevant=1.5)


def heads(first: int = 0, count: int = 4, near: float = 0.0) -> HeadsRead:
    window = Window(ids=(0,) * (count + 2), first=1, piece=first, count=count)
    return HeadsRead(
        window=window,
        marks=np.zeros((count + 2, 2), np.float32),
        answerable=0.5,
        supported=0.0,
        unsupported=np.zeros(count + 2, np.float32),
        near=near,
    )


def margins(size: int, **marked: float) -> np.ndarray:
    """Of stretches named by their first and last piece: `a01=2.0`."""
    found = np.full((size, size), -np.inf, np.float32)
    for name, margin in marked.items():
        found[int(name[1]), int(name[2])] = margin
    return found


def test_several_stretches_of_a_sentence_outweigh_a_surer_one_of_another() -> None:
    found = located(CUT, [(heads(), margins(4, a00=1.0, a01=1.0, a11=1.0, a22=1.5))], BEGUN, PLACES)
    assert found.sums[0] == pytest.approx(1.0 + np.log(3), abs=1e-5)
    assert found.sums[1] == pytest.approx(1.5, abs=1e-5)
    assert found.marks == ((0, 2), (6, 8))
    assert (found.relevant, found.answerable) == (1.5, 0.5)


def test_the_share_is_of_the_surest_stretch_with_those_in_it_and_around_it() -> None:
    found = located(CUT, [(heads(), margins(4, a00=0.0, a01=1.0, a22=3.0, a33=3.0))], BEGUN, PLACES)
    assert found.shares == pytest.approx((1.0, 0.5), abs=1e-6)


def test_what_nobody_marks_is_nowhere_and_marked_as_a_whole() -> None:
    found = located(CUT, [(heads(), margins(4, a00=2.0))], BEGUN, PLACES)
    assert (found.sums[1], found.marks[1], found.shares[1]) == (NOWHERE, (6, 12), 0.0)
    empty = located(None, [], None, [(0, 0)])
    assert (empty.sums, empty.marks, empty.relevant, empty.near) == ((NOWHERE,), ((0, 0),), NOWHERE, NOWHERE)


def test_a_stretch_that_goes_on_behind_its_place_is_cut_there() -> None:
    found = located(CUT, [(heads(), margins(4, a12=2.0))], BEGUN, PLACES)
    assert found.marks[0] == (3, 6)


def test_of_windows_that_overlap_the_surer_counts() -> None:
    read = [(heads(0, 3), margins(3, a22=1.0)), (heads(2, 2, near=4.0), margins(2, a00=2.0))]
    found = located(CUT, read, BEGUN, PLACES)
    assert found.sums[1] == pytest.approx(2.0, abs=1e-5)
    assert found.near == 4.0
