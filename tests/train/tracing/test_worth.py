"""What is not searched is too short to be told, or held by what was followed."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from galactica.train.tracing.matching import DEEPEST, UNFOLLOWED, match_pieces
from galactica.train.tracing.pieces import traced_pieces
from galactica.train.tracing.tracing import Tracer
from galactica.train.tracing.worth import NEVER, SURE, ends_worth_it, fewest_pieces, word_begins
from tests.properties import examples
from tests.train.tracing.made import made_index, made_tracer, some_text

NUMBERS = itertools.count()
ROW = [f"{chr(97 + n % 26)}{chr(97 + n * 7 % 26)}{n * 37 % 101:02d}" for n in range(400)]
"""Words of which four in a row stand nowhere else."""

SLICES = st.lists(st.tuples(st.integers(0, 330), st.integers(1, 70)), min_size=1, max_size=6)


def joined(slices: list[tuple[int, int]]) -> list[bytes]:
    return [" ".join(ROW[start : start + size]).encode() for start, size in slices]


def longest_common(text: bytes, texts: list[bytes], least: int) -> list[tuple[int, int]]:
    """Every stretch of `least` bytes or more that stands in one of the texts and in no longer one, found plainly."""
    found: list[tuple[int, int]] = []
    for start in range(len(text)):
        end = found[-1][1] if found else start
        while end < len(text) and any(text[start : end + 1] in each for each in texts):
            end += 1
        if end - start >= least and (not found or end > found[-1][1]):
            found.append((start, end))
    return found


def whole_words(text: bytes, start: int, end: int) -> tuple[int, int]:
    """A stretch without the parts of words at its ends."""
    while start and start < end and text[start] != ord(" "):
        start += 1
    while start < end < len(text) and text[end] != ord(" "):
        end -= 1
    return start, end


@settings(examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=SLICES, asked=SLICES, each=st.integers(1, 3), least=st.sampled_from((12, 30, 60, 200)))
def test_long_stretches_that_overlap_are_found_whatever_was_followed(
    tmp_path: Path, held: list[tuple[int, int]], asked: list[tuple[int, int]], each: int, least: int
) -> None:
    texts, text = joined(held), b" | ".join(joined(asked))
    traced = made_tracer(tmp_path / f"{next(NUMBERS)}.trace", texts, each).trace(text, least=least, places=16)
    found = [(span.start, span.end) for span in traced.spans]
    common = longest_common(text, texts, least)
    assert all(end - start >= least and any(text[start:end] in each for each in texts) for start, end in found)
    for start, end in (whole_words(text, *each) for each in common):
        assert end - start < least or any(a <= start and end <= b for a, b in found), (text[start:end], found)


def test_the_ends_that_are_worth_a_search_have_all_that_is_long_enough(tmp_path: Path) -> None:
    texts = [some_text(seed, 60).encode() for seed in range(6)]
    index = made_index(tmp_path / "made.trace", texts)
    raw = np.frombuffer(some_text(77, 300).encode(), np.uint8)
    starts, pieces = traced_pieces(raw)
    words, nobody = index.words_of(pieces), np.full(len(pieces), UNFOLLOWED)
    every = match_pieces(index, pieces, words, np.ones(len(pieces), np.bool_), nobody).deepest
    for least in (1, 10, 25, 60, 10**6):
        fewest = fewest_pieces(starts, len(raw), least)
        worth = ends_worth_it(index, pieces, words, fewest).worth
        assert not ((every >= fewest) & ~worth).any()
        assert (np.diff(fewest) <= 1).all()
    assert not worth.any()
    assert not ends_worth_it(index, pieces, words, fewest_pieces(starts, len(raw), 25)).worth.all()


def test_how_many_pieces_an_end_needs_counts_what_may_be_the_same_on_both_sides() -> None:
    raw = np.frombuffer(b"one two three four five", np.uint8)
    starts, _ = traced_pieces(raw)
    assert fewest_pieces(starts, len(raw), 1).tolist() == [1, 1, 1, 1, 1]
    assert fewest_pieces(starts, len(raw), 14).tolist() == [NEVER, NEVER, 1, 1, 2]
    assert fewest_pieces(starts, len(raw), 24).tolist() == [NEVER] * 5


def test_a_word_that_was_cut_begins_where_its_first_piece_does() -> None:
    raw = np.frombuffer(b"a internationalization b", np.uint8)
    starts, _ = traced_pieces(raw)
    assert word_begins(starts, len(raw)).tolist() == [0, 1, 1, 1, 22]


def test_runs_of_sure_windows_stand_where_they_say(tmp_path: Path) -> None:
    texts = joined([(0, 120), (130, 120), (90, 20)])
    index = made_index(tmp_path / "made.trace", texts, 1)
    raw = np.frombuffer(b"and so: " + texts[1] + b" " + texts[0], np.uint8)
    starts, pieces = traced_pieces(raw)
    sampled = ends_worth_it(index, pieces, index.words_of(pieces), fewest_pieces(starts, len(raw), 30))
    assert sampled.sure
    for window in itertools.chain.from_iterable(sampled.sure):
        assert SURE <= window.end + 1 - window.first <= DEEPEST
        document, offset = index.places(np.array([window.part]), np.array([window.row]))
        words = raw[starts[window.first] : starts[window.end + 1] if window.end + 1 < len(starts) else None].tobytes()
        assert texts[int(document[0])][int(offset[0]) :].startswith(words)


def test_a_text_that_is_copied_from_one_place_needs_a_search_of_few_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracer = made_tracer(tmp_path / "made.trace", joined([(0, 300), (300, 90)]), 1)
    searched: list[int] = []

    def counted(*given: object) -> object:
        searched.append(int(np.count_nonzero(given[3]) - np.count_nonzero(np.asarray(given[4]) != UNFOLLOWED)))
        return match_pieces(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("galactica.train.tracing.tracing.match_pieces", counted)
    text = joined([(20, 250)])[0]
    assert [(span.start, span.end) for span in Tracer(tracer.view, tracer.index).trace(text).spans] == [(0, len(text))]
    assert searched[0] < 2 * DEEPEST
