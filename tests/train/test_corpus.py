"""An edition as numbers, without the articles that hold what is held out."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from galactica.edition import Edition
from galactica.model.projection import project
from galactica.progress import silent
from galactica.train.corpus import Corpus, read_corpus
from galactica.train.cutting import STOPS, units
from galactica.train.held_out import free_of

from .conftest import edition, text


def corpus_of(path: Path, held_out: tuple[str, ...] = ()) -> Corpus:
    with Edition.open(path) as opened:
        return read_corpus([opened], held_out, silent)


def test_every_word_of_every_passage_is_there_in_order(towns: Path) -> None:
    corpus = corpus_of(towns)
    assert tuple(corpus.names[: len(STOPS)]) == STOPS
    assert len(set(corpus.names)) == len(corpus.names)
    expected, kinds, articles = [], [], []
    with Edition.open(towns) as opened:
        for row, article in opened.scan():
            whole = project(article.body)
            for start, end in zip(*opened.spans(row), strict=True):
                found = units(whole[start:end])
                expected.append([unit for unit, _ in found])
                kinds += [kind for _, kind in found]
                articles.append(row)
            assert [corpus.names[n] for n in corpus.titles[row]] == [unit for unit, _ in units(article.title)]
    passages = [[corpus.names[n] for n in corpus.passage(k)] for k in range(len(corpus.borders) - 1)]
    assert passages == expected
    assert corpus.kinds.tolist() == kinds
    assert corpus.articles.tolist() == articles
    assert corpus.words.dtype == np.int32
    assert corpus.kinds.dtype == np.int8
    assert corpus.held_out == ()


def test_an_article_that_shares_text_with_what_is_held_out_is_left_out_whatever_its_title(tmp_path: Path) -> None:
    copied = text(3).split(". ")
    texts = {f"Town {n}": text(n) for n in range(8)}
    texts["An unsuspicious name"] = text(99) + " " + ". ".join(copied[4:9]) + "."
    path = edition(tmp_path, texts)
    corpus = corpus_of(path, (". ".join(copied[:12]) + ".",))
    assert sorted(corpus.held_out) == ["An unsuspicious name", "Town 3"]
    with Edition.open(path) as opened:
        named = {opened.head(opened.row_of(identity) or 0).title for root, identity in corpus.held_ids}
        assert {root for root, _ in corpus.held_ids} == {opened.root}
    assert named == set(corpus.held_out)
    assert len(corpus.titles) == len(texts) - 2
    assert set(corpus.articles.tolist()) == set(range(len(texts) - 2))


def test_common_phrases_alone_do_not_leave_an_article_out(tmp_path: Path) -> None:
    texts = {f"Town {n}": text(n) for n in range(4)}
    path = edition(tmp_path, texts)
    assert corpus_of(path, ("In 1712 Amber of town3 measured the river beside the tower.",)).held_out == ()


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (text(5), False),
        (text(5)[:400], False),
        ("  " + text(5)[200:600].upper() + " and more", False),
        ("Amber of town5 sailed.", True),
        (text(6), True),
        ("", True),
        ("Short.", False),
    ],
)
def test_a_passage_stands_apart_only_where_it_has_nothing_that_is_held_out(passage: str, expected: bool) -> None:
    assert free_of([passage], [text(5), "Short."]) == [expected]


def thai(seed: int, words: int = 150) -> str:
    """Made-up Thai, whose words are drawn from a few, so that any two texts have short stretches in common."""
    drawn = random.Random(seed)
    vocabulary = ["".join(random.Random(n).choices("กขคงจชตทนปมรลวสหอ", k=3)) + "า" for n in range(40)]
    return "".join(drawn.choices(vocabulary, k=words))


def test_short_stretches_that_thai_texts_share_by_chance_leave_nothing_out() -> None:
    held = [thai(seed) for seed in range(60)]
    others = [thai(seed) for seed in range(100, 130)]
    copied = [f"{thai(200, 20)}{text[100:420]}{thai(201, 20)}" for text in held[:30]]
    assert sum(free_of(others, held)) >= 28
    assert not any(free_of(copied, held))


def test_nothing_held_out_leaves_nothing_out() -> None:
    assert free_of([text(1), ""], []) == [True, True]
