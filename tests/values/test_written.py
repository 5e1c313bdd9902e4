"""A text is made plain before values are looked for in it, and words of files are folded as it is."""

from __future__ import annotations

import re

import pytest

from galactica.values.written import LONGEST, any_of, as_looked_through, fold_word, scales, words_anywhere


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ＡＢ １２", "ab 12"),
        ("٣٤ كم", "34 كم"),
        ("一千二百零三公里", "1203公里"),
        ("−5\u00a0°C – 7", "-5 °c - 7"),
        ("Février", "fevrier"),
    ],
)
def test_digits_dashes_blanks_width_and_accents_are_made_plain(text: str, plain: str) -> None:
    assert as_looked_through(text) == plain


def test_a_text_is_looked_through_to_a_bound() -> None:
    assert len(as_looked_through("7" * (LONGEST + 50))) == LONGEST


def test_words_of_all_languages_stand_together_folded() -> None:
    assert scales()["millones"] == scales()["millionen"] == 1e6
    assert {"v. chr.", "bc"} <= set(words_anywhere("dates", "before_christ"))
    assert fold_word("Más_de") == "mas de"


def test_the_longest_of_some_words_is_tried_first_and_a_blank_is_any() -> None:
    pattern = re.compile(any_of(["a", "a b", "a.c."]))
    assert [pattern.match(text)[0] for text in ("a b", "a\u00a0b", "a.c.", "axc.")] == ["a b", "a\u00a0b", "a.c.", "a"]
