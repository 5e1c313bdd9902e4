"""Readability is told where it is defined; syllables are counted as the table's examples say."""

from __future__ import annotations

import pytest

from galactica.joining.quality.readability import readability_of, reading_formulas, syllables_of

CASES = [(tag, word, count) for tag, of in reading_formulas().items() for word, count in of.examples.items()]


@pytest.mark.parametrize(("tag", "word", "count"), CASES)
def test_syllables_are_counted_as_the_table_says(tag: str, word: str, count: int) -> None:
    assert syllables_of(word, reading_formulas()[tag]) == count


@pytest.mark.parametrize("tag", [tag for tag, of in reading_formulas().items() if of.flesch])
def test_every_language_with_a_formula_of_syllables_has_examples(tag: str) -> None:
    assert len(reading_formulas()[tag].examples) >= 4


def test_short_words_in_short_sentences_are_easy() -> None:
    easy, lix = readability_of(["The cat sat on the mat. It had a hat. "] * 12, "en")
    hard, higher = readability_of(
        ["Considerable administrative responsibilities necessitate comprehensive organisational preparation, "
         "notwithstanding institutional limitations of international representatives. "] * 12, "en"
    )  # fmt: skip
    assert easy is not None
    assert hard is not None
    assert lix is not None
    assert higher is not None
    assert easy > 100
    assert hard < 0
    assert lix < 20 < 60 < higher


def test_there_is_no_figure_where_nobody_defined_one_or_the_text_is_short() -> None:
    assert readability_of(["文字很多。"] * 100, "zh") == (None, None)
    assert readability_of(["The cat sat."], "en") == (None, None)
    assert readability_of(["Katten satt på mattan och sov gott. "] * 20, "sv")[0] is None
