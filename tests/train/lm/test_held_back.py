"""What is held back: by the hash of the text, the same in every view."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import UsageError
from galactica.train.lm.held_back import ViewPart, split_view
from galactica.train.views.view import DocumentFacts


class Texts:
    """Documents in memory."""

    path = Path("made.view")
    group_names: tuple[str, ...] = ("all",)
    weights: tuple[float, ...] = (1.0,)

    def __init__(self, texts: Sequence[bytes]) -> None:
        self.texts = texts
        self.hash = hashlib.sha256(b"|".join(texts)).hexdigest()
        self.sizes = np.array([len(each) for each in texts], np.uint32)
        self.groups = np.arange(len(texts), dtype=np.uint16)
        self.text_digests = np.array([list(hashlib.sha256(each).digest()[:16]) for each in texts], np.uint8).reshape(
            -1, 16
        )

    def __len__(self) -> int:
        return len(self.texts)

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        return [self.texts[number] for number in numbers]

    def scan(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        yield from list(enumerate(self.texts))[start:stop]

    def about(self, number: int) -> DocumentFacts:
        raise KeyError(number)


MANY = [f"text {number}".encode() for number in range(2000)]


def test_each_document_is_on_one_side_and_about_as_many_as_asked_are_held_back() -> None:
    parts = split_view(Texts(MANY), 0.1)
    assert sorted([*parts.learned.numbers, *parts.held.numbers]) == list(range(2000))
    assert 150 < len(parts.held) < 250
    assert parts.held.length == sum(len(MANY[number]) for number in parts.held.numbers)


def test_a_text_is_on_the_same_side_whatever_else_is_in_the_view() -> None:
    one = split_view(Texts(MANY), 0.1).held
    other = split_view(Texts(MANY[::-3]), 0.1).held
    assert set(other.read(range(len(other)))) == {*one.read(range(len(one)))} & set(MANY[::-3])


def test_two_that_say_the_same_are_on_one_side() -> None:
    parts = split_view(Texts([*MANY, *MANY]), 0.3)
    assert not {*parts.held.read(range(len(parts.held)))} & {*parts.learned.read(range(len(parts.learned)))}


def test_there_is_always_something_to_measure_with() -> None:
    few = Texts(MANY[:5])
    assert len(split_view(few, 0.0001).held) == 1
    assert len(split_view(few, 0).held) == 0


def test_a_view_of_one_text_cannot_be_split() -> None:
    with pytest.raises(UsageError, match="same"):
        split_view(Texts([b"a", b"a"]), 0.01)
    with pytest.raises(UsageError, match="no documents"):
        split_view(Texts([]), 0.01)


@pytest.mark.parametrize("share", [-0.1, 0.51, float("nan"), float("inf")])
def test_shares_out_of_range_are_refused(share: float) -> None:
    with pytest.raises(UsageError):
        split_view(Texts(MANY), share)


@pytest.mark.parametrize("numbers", [[0, 1, 2, 5], [7], [3, 900, 1999], []])
def test_a_part_is_read_and_scanned_like_a_view(numbers: list[int]) -> None:
    part = ViewPart(Texts(MANY), np.array(numbers, np.int64), "x")
    assert part.read(range(len(part))) == [MANY[number] for number in numbers]
    assert list(part.scan()) == list(enumerate(MANY[number] for number in numbers))
    assert list(part.scan(1, 3)) == list(enumerate((MANY[number] for number in numbers[1:3]), 1))
    assert part.groups.tolist() == numbers


def test_parts_have_names_of_their_own() -> None:
    one, other = split_view(Texts(MANY), 0.1), split_view(Texts(MANY), 0.2)
    assert len({one.learned.hash, one.held.hash, other.learned.hash, other.held.hash, Texts(MANY).hash}) == 5
