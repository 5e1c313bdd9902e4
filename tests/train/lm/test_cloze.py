"""Questions with a gap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from galactica.train.lm.cloze import OPTIONS, cloze_choice, cloze_questions, cloze_scores
from galactica.train.loading.vocabulary import Vocabulary

PLACES = "Bergen Ostend Genoa Lisbon Tromso Odense Rostock Calais".split()
DEEDS = "measured crossed surveyed described repaired abandoned flooded visited".split()
TEXTS = [
    f"Title {n}\n\nIn the summer of {1801 + n * 3} the harbour of {PLACES[n]} Castle was {DEEDS[n]} by engineers of "
    f"the northern company. The keepers counted {211 + n * 7} ships that passed it. 灯塔在港口的北边建成{n}年。"
    for n in range(8)
]


def test_what_is_taken_out_is_right_and_the_others_are_of_its_kind() -> None:
    questions = cloze_questions(TEXTS, 60)
    assert {each.kind for each in questions} == {"number", "name", "word"}
    whole = "\n".join(TEXTS)
    for each in questions:
        assert len(set(each.options)) == OPTIONS
        right = each.options[each.right]
        assert each.before + right + each.after in whole
        assert right not in each.before
        assert all(option in whole for option in each.options)
        assert all(option.isdigit() == right.isdigit() for option in each.options)


def test_the_same_seed_asks_the_same() -> None:
    assert cloze_questions(TEXTS, 30, 1) == cloze_questions(TEXTS, 30, 1)
    assert cloze_questions(TEXTS, 30, 1) != cloze_questions(TEXTS, 30, 2)
    assert len(cloze_questions(TEXTS, 5)) <= 5
    assert cloze_questions([], 5) == []
    assert cloze_questions(["", "no end"], 5) == []


class Knowing:
    """Finds cheap what stands in the texts, dear what does not."""

    context, end, at_once = 500, 0, 4

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def costs(self, windows: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        known = ["\n".join(TEXTS).find(self._vocabulary.decode(window[1:])) >= 0 for window in windows]
        return [np.full(len(w) - 1, 0.5 if k else 9.0, np.float32) for w, k in zip(windows, known, strict=True)]


def test_who_knows_the_text_has_all_of_them_right(tokenizer: Path) -> None:
    vocabulary = Vocabulary.open(tokenizer)
    questions = cloze_questions(TEXTS, 40)
    choices = [cloze_choice(each, Knowing(vocabulary), vocabulary) for each in questions]
    every, *kinds = cloze_scores(questions, choices)
    assert (every.kind, every.right) == ("", every.questions)
    assert sum(each.questions for each in kinds) == every.questions == len(questions)


def test_a_sentence_of_a_hundred_thousand_letters_is_passed_over_quickly() -> None:
    assert cloze_questions(["x" * 100_000 + ".", "9" * 100_000 + ".", "A" * 100_000, " a" * 50_000], 5) == []


@pytest.mark.parametrize("count", [0, 1, 7])
def test_no_more_are_asked_than_were_wished_for(count: int) -> None:
    assert len(cloze_questions(TEXTS, count)) <= count
