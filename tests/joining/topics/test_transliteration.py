"""How names in other characters are spelt is learned of pairs of names, and known beforehand of readings."""

from __future__ import annotations

import random

import numpy as np
import pytest

from galactica.joining.topics.aligning import AlignedSide, Alignment
from galactica.joining.topics.candidates import Candidates
from galactica.joining.topics.name_readings import other_readings, reading_of
from galactica.joining.topics.translating import fold_numbers
from galactica.joining.topics.transliterated_names import CHARACTERS, LETTERS, TransliteratedNames
from galactica.joining.topics.transliterated_sides import TaughtTransliteration
from galactica.joining.topics.transliteration import explained_words, learn_transliteration

SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in ("a", "in", "or", "u")]
SIGNS = [chr(0x1400 + at) for at in range(len(SYLLABLES))]
"""Letters of another script, whose syllables nothing is known of beforehand."""

NONE_TAUGHT = np.zeros((0, 2), np.int64), np.zeros(0)


def spelt(count: int, seed: int = 5) -> tuple[list[str], list[str]]:
    """Names in signs, and the same in syllables, the two words exchanged."""
    rng = random.Random(seed)
    ours, theirs = [], []
    for _ in range(count):
        words = [[rng.randrange(len(SYLLABLES)) for _ in range(3)] for _ in range(2)]
        ours.append("".join(SIGNS[at] for word in words for at in word))
        theirs.append(" ".join("".join(SYLLABLES[at] for at in word) for word in reversed(words)))
    return ours, theirs


def paired(count: int, first: int = 0) -> np.ndarray:
    return np.stack([np.arange(first, count)] * 2, axis=1)


def explained(names: TransliteratedNames, taught: tuple[np.ndarray, np.ndarray], ours: int, theirs: int) -> float:
    letters = learn_transliteration(names, *taught)
    return float(explained_words(names, letters, np.array([ours]), np.array([theirs]))[0])


def test_pairs_teach_how_names_are_spelt_that_no_pair_has() -> None:
    names = TransliteratedNames(*spelt(120))
    letters = learn_transliteration(names, paired(100), np.ones(100))
    asked = np.arange(100, 120)
    right = explained_words(names, letters, asked, asked)
    wrong = explained_words(names, letters, asked, np.roll(asked, 1))
    assert (right > wrong + 1).all()


def test_what_was_learned_is_gone_on_from() -> None:
    names = TransliteratedNames(*spelt(120))
    before = learn_transliteration(names, paired(60), np.ones(60))
    letters = learn_transliteration(names, paired(100), np.ones(100), before)
    asked = np.arange(100, 120)
    assert (
        explained_words(names, letters, asked, asked).mean()
        >= explained_words(names, before, asked, asked).mean() - 0.1
    )


def test_pairs_that_are_not_sure_teach_nothing() -> None:
    names = TransliteratedNames(*spelt(120))
    taught = learn_transliteration(names, paired(100), np.zeros(100))
    untaught = learn_transliteration(names, *NONE_TAUGHT)
    assert np.array_equal(taught.keys, untaught.keys)
    assert np.allclose(taught.chances, untaught.chances)


@pytest.mark.parametrize(
    ("name", "right", "other"),
    [
        ("秋田県", "Akita Prefecture", "Miyagi Prefecture"),
        ("山口", "Yamaguchi", "Yamagata"),
        ("嘉義市", "Chiayi", "Changhua"),
        ("平顶山市", "Pingdingshan", "Pyongyang"),
        ("박지성", "Park Ji-sung", "Kim Min-jae"),
        ("キム", "Kim", "Tom"),
    ],
)
def test_readings_are_known_before_any_pair(name: str, right: str, other: str) -> None:
    names = TransliteratedNames([name], [right, other, "Paris", "George Washington", "Vladimir"])
    assert explained(names, NONE_TAUGHT, 0, 0) > explained(names, NONE_TAUGHT, 0, 1) + 0.3


def test_characters_have_other_readings_than_mandarin() -> None:
    assert reading_of("山") == "shan"
    assert {"yama", "san"} <= set(other_readings("山"))
    assert "chia" in other_readings("嘉")
    assert "wong" in other_readings("黄")
    assert other_readings("黄") == {**other_readings("黃")}
    assert other_readings("a") == other_readings("キ") == other_readings("") == {}
    assert all(0 < chance <= 0.5 for each in "山田藤金李陳" for chance in other_readings(each).values())


def test_words_that_many_names_have_say_less() -> None:
    names = TransliteratedNames(["汤", "汤"], ["Tang", *(f"Tong {at}" for at in range(40))])
    assert explained(names, NONE_TAUGHT, 0, 0) > 0
    common, rare = (names.words.index(each) for each in ("tong", "tang"))
    assert names.informs[common] < names.informs[rare]


def test_long_names_names_of_nothing_and_no_names_are_no_fault() -> None:
    names = TransliteratedNames(["山" * 300, "", "()", "?!"], ["a" * 300 + " b" * 300, "", "()"])
    assert names.lengths.tolist()[:2] == [CHARACTERS, 0]
    assert names.sizes.max() == LETTERS
    letters = learn_transliteration(names, np.array([(0, 0), (1, 1), (3, 2)]), np.ones(3))
    left, right = np.divmod(np.arange(12), 3)
    assert np.isfinite(explained_words(names, letters, left, right)).all()
    nobody = TransliteratedNames([], [])
    assert len(learn_transliteration(nobody, *NONE_TAUGHT).keys) == 0
    assert len(explained_words(nobody, learn_transliteration(nobody, *NONE_TAUGHT), *np.zeros((2, 0), np.int64))) == 0


@pytest.mark.parametrize("turned", [False, True])
def test_names_are_looked_for_by_how_they_are_spelt(turned: bool) -> None:
    names = spelt(200)[::-1] if turned else spelt(200)
    taught = TaughtTransliteration(names)
    assert taught.is_used
    folds = [fold_numbers(200, side) for side in (0, 1)]
    taught.teach(paired(150), np.ones(150), folds)
    asked = np.arange(150, 200)
    found = set(map(tuple, taught.nearest(asked, asked, (200, 200)).tolist()))
    assert sum((at, at) in found for at in asked.tolist()) > 45
    rows = Candidates(
        np.sort(np.array([at * 200 + other for at in range(150, 200) for other in (at, 350 - at - 1)])), (200, 200)
    )
    said = taught.said(rows)
    assert said[rows.left == rows.right].min() > said[rows.left != rows.right].max()


def test_what_a_pair_teaches_is_not_asked_of_that_pair() -> None:
    """Wrong pairs, each of letters that no other has, do not vouch for themselves."""
    ours, theirs = spelt(150)
    strange = ["".join(chr(0x1500 + 3 * at + each) for each in range(3)) for at in range(20)]
    names = [*ours, *strange], [*theirs, *(f"{SYLLABLES[at]}{SYLLABLES[-at]}{SYLLABLES[at + 9]}" for at in range(20))]
    taught = TaughtTransliteration(names)
    taught.teach(paired(170), np.ones(170), [fold_numbers(170, side) for side in (0, 1)])
    rows = Candidates(np.arange(150, 170) * 171, (170, 170))
    assert (taught.said(rows) <= 0).all()
    seen = TransliteratedNames(*names)
    letters = learn_transliteration(seen, paired(170), np.ones(170))
    assert (explained_words(seen, letters, rows.left, rows.right) > 0.5).sum() > 10


def test_names_in_latin_letters_alone_have_nothing_to_learn() -> None:
    assert not TaughtTransliteration((["Paris", "Łódź", "Việt Nam"], ["Paris", "Lodz", "Vietnam"])).is_used
    assert not TaughtTransliteration(([], [])).is_used


def test_names_that_only_their_spelling_tells_are_matched() -> None:
    ours, theirs = spelt(240)
    none, vectors = np.zeros((0, 3), np.int64), np.zeros((240, 0), np.float32)
    known = paired(100)
    alignment = Alignment(
        (AlignedSide(names=ours, vectors=vectors, links=none), AlignedSide(names=theirs, vectors=vectors, links=none))
    )
    for _ in range(4):
        alignment.know(known)
        alignment.advance()
    found = [(low, high) for low, high in alignment.matched.tolist() if low >= 100]
    assert sum(low == high for low, high in found) > 60
    assert "transliterated" in alignment.said
