"""How an article is laid out for the network."""

from __future__ import annotations

import numpy as np

from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.tagging.features import FACTS, STATES, features_of
from galactica.claims.tagging.windows import ROOM, LaidArticle, TaggedWindow, laid_article, windows_of
from galactica.encode.pieces import SPECIAL, Tokenizer

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,"
PIECES = Tokenizer([*SPECIAL, "▁", *LETTERS], [0.0] * (5 + len(LETTERS)))


def laid(text: str) -> LaidArticle:
    words = lexicon("en")
    assert words is not None
    return laid_article(text, "Ida Noddack", words)


def said(tagged: TaggedWindow) -> list[str]:
    return [each.spoken.sentence[each.candidate.start : each.candidate.end] for each in tagged.placed]


def test_candidates_stand_where_their_pieces_are() -> None:
    article = laid("Ida Noddack was a chemist. She was born in Wesel on 25 February 1896.")
    (tagged,) = windows_of(article, PIECES)
    assert said(tagged) == ["Wesel", "25 February 1896"]
    for placed in tagged.placed:
        length = placed.candidate.end - placed.candidate.start
        spaces = article.text[placed.start + placed.candidate.start : placed.start + placed.candidate.end].count(" ")
        assert placed.last - placed.first + 1 in (length, length + 1, length - spaces)
    assert tagged.window.ids[0] == 0


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    article = laid("Ida Noddack was a chemist. " + "She once went from Wesel to far Berlin. " * 30)
    found = list(windows_of(article, PIECES))
    assert len(found) > 1
    assert all(len(tagged.window.ids) <= ROOM + 64 for tagged in found)
    assert sum(len(tagged.placed) for tagged in found) == 60


def test_only_paragraphs_that_are_asked_for_are_read() -> None:
    article = laid("Ida Noddack was a chemist of Wesel.\nShe moved to Berlin with friends.")
    assert [said(tagged) for tagged in windows_of(article, PIECES, {1})] == [["Berlin"]]


def test_features_have_states_and_facts() -> None:
    (tagged,) = windows_of(laid("Ida Noddack was a chemist. She was born in Wesel."), PIECES)
    state = np.arange(len(tagged.window.ids) * 3, dtype=np.float32).reshape(-1, 3)
    found = features_of(tagged, state)
    assert found.shape == (1, STATES * 3 + FACTS)
    assert set(found[0, STATES * 3 :]) <= {0.0, 1.0}
