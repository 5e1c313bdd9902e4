"""Words of windows exchanged for words of other languages, piece for piece."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.encode.pieces import SPECIAL
from galactica.train.reading import exchanging
from galactica.train.reading.exchanging import piece_dictionary
from galactica.train.reading.translating import SCRIPTS

from .test_translating import WORDS, centre, vocabulary

PIECES = [*SPECIAL, *vocabulary(), "▁River", "s", "▁of", "."]
NUMBERS = {piece: number for number, piece in enumerate(PIECES)}


def ids(*pieces: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array([[NUMBERS["<s>"], *(NUMBERS[each] for each in pieces), NUMBERS["</s>"]]], np.int64)


def told(window: np.ndarray[tuple[int, ...], np.dtype[np.int64]], share: float = 1.0, seed: int = 0) -> set[str]:
    """What the pieces of a window become, over many draws."""
    words = piece_dictionary(PIECES, centre, ())
    found = set()
    for each in range(seed, seed + 60):
        found.add(" ".join(PIECES[number] for number in words.exchanged(window, share, (each,))[0]))
    return found


def test_whole_words_become_words_that_mean_the_same_where_they_stand() -> None:
    found = told(ids("▁long", "▁river", "▁of", "."))
    assert "<s> ▁длинный ▁река ▁of . </s>" in found
    assert "<s> 很长 河流 ▁of . </s>" in found
    assert all(len(each.split()) == 6 and each.endswith("▁of . </s>") for each in found)


def test_parts_of_words_stay() -> None:
    assert told(ids("▁river", "s", ".")) == {"<s> ▁river s . </s>"}


def test_names_are_exchanged_only_for_what_is_nearer_and_what_is_first_is_small() -> None:
    assert any("▁река" in each for each in told(ids("▁River", ".")))  # its likeness is one


def test_a_share_of_the_windows_is_changed_and_the_same_for_the_same_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanging, "WORD", 1.0)
    words = piece_dictionary(PIECES, centre, ())
    window = np.repeat(ids("▁long", "▁river", "."), 400, 0)
    changed = (words.exchanged(window, 0.25, (1, 2)) != window).any(1).mean()
    assert 0.02 < changed < 0.15  # three of twelve languages have these words
    assert np.array_equal(words.exchanged(window, 0.25, (1, 2)), words.exchanged(window, 0.25, (1, 2)))
    assert np.array_equal(words.exchanged(window, 0.0, (1, 2)), window)


def test_a_word_is_never_exchanged_for_itself() -> None:
    words = piece_dictionary(PIECES, centre, ())
    assert words.choices.shape[0] == len(SCRIPTS)
    for word in WORDS:
        for piece in (word, f"▁{word}"):
            if piece in NUMBERS:
                assert NUMBERS[piece] not in words.choices[:, NUMBERS[piece]]
