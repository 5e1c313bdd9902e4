"""Two ways of cutting text agree with each other, and with what the encoder looks up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.encode.words import words
from galactica.train.cutting import CAPITAL, NUMBER, PLAIN, STOPS, CutTexts, cut_texts, units

HARD = (
    "aB1,.!?。！？ \n\t学大龙氧é’“–−üØ\u0301\u0903\u0964कทยำကｱＡ，９²ǅ𝐀𠀀\x00\x03\x04\x1e\x1c\x85\xa0_-\ud800İßẞʼ０："
)
"""Letters of many scripts, marks without letters, wide forms, controls, half of a pair: each was once cut wrongly."""


def listed(found: CutTexts) -> list[list[tuple[str, int]]]:
    """What `cut_texts` found as `units` says it, a list for each text."""
    words = iter(found.words)
    flat = [(STOPS[s] if s >= 0 else next(words), int(k)) for s, k in zip(found.stops, found.kinds, strict=True)]
    assert next(words, None) is None
    ends = [sum(found.sizes[: n + 1]) for n in range(len(found.sizes))]
    return [flat[end - size : end] for end, size in zip(ends, found.sizes, strict=True)]


@given(st.lists(st.text(st.sampled_from(HARD), max_size=40), max_size=5))
def test_both_ways_cut_alike_whatever_the_letters(texts: list[str]) -> None:
    assert listed(cut_texts(texts)) == [units(text) for text in texts]


@given(st.lists(st.text(max_size=200), max_size=4))
def test_both_ways_cut_any_text_alike(texts: list[str]) -> None:
    assert listed(cut_texts(texts)) == [units(text) for text in texts]


@given(st.text(st.sampled_from(HARD), max_size=60))
def test_the_words_that_are_learned_are_those_that_are_looked_up(text: str) -> None:
    assert cut_texts([text]).words == words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Marie Curie was born in Warsaw in 1867. She moved to Paris!",
        "L’été, à Évry: 1,200 élèves. “Oui?” Ça va…",
        "北京大學位于北京。成立於1898年！",
        "Ωμέγα и Москва. ราชอาณาจักรไทย",
        "दिल्ली भारत की राजधानी है।",
        "x" * 200 + ". " + "é" * 200,
        "",
    ],
)
def test_both_ways_cut_real_text_alike(text: str) -> None:
    assert listed(cut_texts([text, text])) == [units(text)] * 2
    assert cut_texts([text]).words == words(text)


def test_words_come_with_how_they_were_written_and_where_sentences_end() -> None:
    assert units("In 1,867 Marie found radium (e.g. here). Really?") == [
        ("in", CAPITAL),
        ("1867", NUMBER),
        ("marie", CAPITAL),
        ("found", PLAIN),
        ("radium", PLAIN),
        ("e", PLAIN),
        ("g", PLAIN),
        (".", PLAIN),
        ("here", PLAIN),
        (".", PLAIN),
        ("really", CAPITAL),
        ("?", PLAIN),
    ]
