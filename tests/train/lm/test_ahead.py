"""Batches made ahead: the same ones in the same order, a place in the text that is of the batch given last, an end."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from galactica.train.lm.ahead import BatchesAhead


@dataclass(frozen=True)
class One:
    tokens: npt.NDArray[np.int32]


class Counting:
    """A loader of batches that say their number; after `fails` of them it fails."""

    def __init__(self, fails: int = 10**9) -> None:
        self.given, self.fails, self.closed = 0, fails, False
        self.many = threading.Event()

    def __next__(self) -> One:
        if self.given == self.fails:
            raise OSError("the disk is gone")
        self.given += 1
        if self.given == 3:
            self.many.set()
        return One(np.full((2, 3), self.given, np.int32))

    @property
    def epochs(self) -> tuple[float, ...]:
        return (self.given / 100,)

    def state(self) -> dict[str, Any]:
        return {"given": self.given}

    def close(self) -> None:
        self.closed = True


def test_batches_come_in_order_with_the_place_behind_each_however_many_were_made() -> None:
    loader = Counting()
    ahead = BatchesAhead(loader)
    assert ahead.state() == {"given": 0}
    assert loader.many.wait(30), "they are made before they are asked for"
    for number in range(1, 20):
        assert int(next(ahead).tokens[0, 0]) == number
        assert ahead.state() == {"given": number}
        assert ahead.epochs == (number / 100,)
    ahead.close()
    assert loader.closed
    assert not any(each.name == "batches ahead" for each in threading.enumerate())


def test_what_goes_wrong_is_said_when_its_batch_is_asked_for_and_each_time_again() -> None:
    ahead = BatchesAhead(Counting(fails=1))
    assert int(next(ahead).tokens[0, 0]) == 1
    for _ in range(2):
        with pytest.raises(OSError, match="disk"):
            next(ahead)
    assert ahead.state() == {"given": 1}
    ahead.close()


def test_it_ends_while_nobody_takes_what_it_made() -> None:
    loader = Counting()
    ahead = BatchesAhead(loader)
    assert loader.many.wait(30)
    ahead.close()
    assert loader.closed
