"""Questions made from passages: deterministic, about something that was taken out, next to real ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from galactica.errors import InputError
from galactica.train import pairs as making
from galactica.train.pairs import FEWEST_WORDS, TOGETHER, Pair, Pairs, QuestionPair

from .samples import WORDS, all_rows, numbered


def same(one: list[Pair], other: list[Pair]) -> bool:
    return len(one) == len(other) and all(
        np.array_equal(a.question, b.question) and np.array_equal(a.passage, b.passage)
        for a, b in zip(one, other, strict=True)
    )


def made(*, asked: tuple[QuestionPair, ...] = (), share: float = 0.0, repeat: bool = False, **options: int) -> Pairs:
    corpus = numbered(repeat=repeat, **options)
    return Pairs(corpus, all_rows(corpus), asked, share)


def test_the_same_number_gives_the_same_batch_whatever_was_made_before() -> None:
    first, second = made(), made()
    second.batch(3, 40)
    assert same(first.batch(7, 40), second.batch(7, 40))
    assert not same(first.batch(7, 40), first.batch(8, 40))


def test_a_batch_is_as_large_as_was_asked_for_or_a_little_larger() -> None:
    for size in (1, 16, 100):
        assert size <= len(made().batch(0, size)) < size + TOGETHER


def test_a_question_is_about_one_sentence_of_its_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "TITLED", 0.0)
    monkeypatch.setattr(making, "HEADED", 0.0)
    monkeypatch.setattr(making, "STAYS", 1.0)
    corpus = numbered()
    passages = [set(corpus.passage(n).tolist()) - {0} for n in range(len(corpus.borders) - 1)]
    for pair in Pairs(corpus, all_rows(corpus), (), 0.0).batch(1, 200):
        assert set(pair.passage.tolist()) in passages
        assert set(pair.question.tolist()) < set(pair.passage.tolist())
        numbers = sorted(int(corpus.names[n].split("x")[2]) for n in pair.question)
        assert numbers[0] == numbers[-1], "all words are of one sentence"
        assert len(pair.question) < WORDS, "something was taken out"


def test_half_of_the_time_the_sentence_is_taken_out_of_the_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "TITLED", 0.0)
    batch = made().batch(2, 400)
    stays = [set(pair.question.tolist()) <= set(pair.passage.tolist()) for pair in batch]
    apart = [not set(pair.question.tolist()) & set(pair.passage.tolist()) for pair in batch]
    assert all(one != other for one, other in zip(stays, apart, strict=True))
    assert 0.4 < np.mean(stays) < 0.6


@pytest.mark.parametrize("repeat", [False, True])
def test_an_answer_is_never_in_its_question(monkeypatch: pytest.MonkeyPatch, repeat: bool) -> None:
    answers: list[set[int]] = []
    cut = making._without_answer

    def watched(words: np.ndarray, kinds: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, slice]:
        kept, answer = cut(words, kinds, chance)
        answers.append(set(words[answer].tolist()))
        assert not set(words[kept].tolist()) & answers[-1]
        return kept, answer

    monkeypatch.setattr(making, "_without_answer", watched)
    corpus = numbered(repeat=repeat)
    first = [int(corpus.passage(passage)[0]) for passage in range(len(corpus.borders) - 1)]
    titles = [[first[article * 3], *title] for article, title in enumerate(corpus.titles)]
    pairs = Pairs(replace(corpus, titles=titles), all_rows(corpus), (), 0.0)
    monkeypatch.setattr(making, "TITLED", 1.0)
    for number in range(6):
        answers.clear()
        batch = pairs.batch(number, 60)
        if len(batch) == len(answers):  # none was thrown away, so each answer belongs to its pair
            for pair, answer in zip(batch, answers, strict=True):
                assert not set(pair.question.tolist()) & answer
    assert answers


def test_names_and_numbers_are_asked_for_more_often_than_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = numbered()
    words, kinds = corpus.passage(0)[:WORDS], corpus.kinds[:WORDS]
    asked = [making._without_answer(words, kinds, np.random.default_rng(n))[1] for n in range(300)]
    assert np.mean([answer.start < 3 for answer in asked]) > 0.7
    assert {(answer.start, answer.stop) for answer in asked} >= {(0, 1), (1, 3), (2, 3), (5, 6)}


def test_real_questions_take_their_share_of_a_batch() -> None:
    corpus = numbered()
    names = corpus.names
    asked = [
        QuestionPair(
            question=f"{names[n]} {names[n + 1]} unknown?", passage=f"{names[n]}. {' '.join(names[n + 2 : n + 6])}"
        )
        for n in range(10, 90, 8)
    ]
    pairs = Pairs(corpus, all_rows(corpus), [*asked, QuestionPair(question="all unknown", passage="unknown too")], 0.25)
    batch = pairs.batch(0, 32)
    expected = {(tuple(pairs.rows(each.question)), tuple(pairs.rows(each.passage))) for each in asked}
    real = [pair for pair in batch if (tuple(pair.question), tuple(pair.passage)) in expected]
    assert len(real) == 8
    assert len({tuple(pair.passage) for pair in real}) == 8, "one question for each passage"
    assert {tuple(pair.passage) for n in range(20) for pair in pairs.batch(n, 32)} >= {p for _, p in expected}


def test_passages_of_one_article_stand_together_as_hard_wrong_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "TITLED", 0.0)
    corpus = numbered(articles=30, passages=5)
    batch = Pairs(corpus, all_rows(corpus), (), 0.0).batch(0, 10)
    articles = [corpus.names[pair.question[0]].split("x")[0] for pair in batch]
    assert len(set(articles)) < len(articles) / 2


def test_words_without_a_row_are_in_no_pair() -> None:
    corpus = numbered()
    table = all_rows(corpus)
    table[::2] = -1
    kept = set(table[table >= 0].tolist())
    for pair in Pairs(corpus, table, (), 0.0).batch(0, 100):
        assert set(pair.question.tolist()) <= kept
        assert set(pair.passage.tolist()) <= kept


def test_too_little_text_is_said_to_be_too_little() -> None:
    corpus = numbered(articles=1, passages=1)
    short = replace(
        corpus,
        words=corpus.words[: FEWEST_WORDS - 1],
        kinds=corpus.kinds[: FEWEST_WORDS - 1],
        borders=np.array([0, FEWEST_WORDS - 1]),
    )
    with pytest.raises(InputError):
        Pairs(short, all_rows(short), (), 0.0).batch(0, 4)
    without = replace(corpus, words=np.zeros_like(corpus.words))
    with pytest.raises(InputError):
        Pairs(without, all_rows(without), (), 0.0).batch(0, 4)
