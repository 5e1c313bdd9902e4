"""Training on a small corpus: what is learned, that it can be stopped, and that it is the same again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import InputError
from galactica.progress import silent
from galactica.train.corpus import Corpus
from galactica.train.cutting import PLAIN, STOPS
from galactica.train.pairs import Pair, Pairs, QuestionPair
from galactica.train.table import EncoderTable, Plan

torch = pytest.importorskip("torch", reason="training needs PyTorch: pip install 'galactica[train]'")

from galactica.train import encoder as learning  # noqa: E402 - cannot be imported without PyTorch
from galactica.train.encoder import start, train  # noqa: E402

# Tables are small here, and threads that wait for each other take a hundred times as long where others work too.
torch.set_num_threads(1)

PLAN = Plan(dimensions=64, steps=30, batch=48, teacher=0.0)


def topical(topics: int = 40, passages: int = 6) -> Corpus:
    """Passages of a topic draw their words from the topic's own, which share no letters; so nothing but learning which
    words go together tells which passage a question is about."""
    chance = np.random.default_rng(3)
    names, words, borders, articles = [*STOPS], [], [0], []
    names += [f"{n:05d}" for n in range(topics * 60)]
    for topic in range(topics):
        own = np.arange(len(STOPS) + topic * 60, len(STOPS) + (topic + 1) * 60)
        for _ in range(passages):
            for _ in range(5):
                words += [*chance.choice(own, 10, replace=False).tolist(), 0]
            borders.append(len(words))
            articles.append(topic)
    return Corpus(
        names=names,
        words=np.array(words, np.int32),
        kinds=np.full(len(words), PLAIN, np.int8),
        borders=np.array(borders, np.int64),
        articles=np.array(articles, np.int32),
        titles=[[len(STOPS) + topic * 60] for topic in range(topics)],
        held_out=(),
    )


def trained(
    state: Path,
    corpus: Corpus,
    plan: Plan = PLAN,
    mark: str = "",
    look: Callable[[int, EncoderTable], None] | None = None,
) -> EncoderTable:
    begin = start(corpus, plan, None)
    return train(corpus, begin, (), plan, state=state, mark=mark, report=silent, look=look)


def recall(table: EncoderTable, pairs: list[Pair]) -> float:
    """Of questions, how many are nearer to their own passage than to any of another topic."""

    def vectors(texts: list[np.ndarray]) -> np.ndarray:
        sums = np.stack([table.rows[text].sum(axis=0) for text in texts])
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)

    scores = vectors([pair.question for pair in pairs]) @ vectors([pair.passage for pair in pairs]).T
    return float((scores.argmax(axis=1) == np.arange(len(pairs))).mean())


def test_training_finds_what_words_alone_do_not(tmp_path: Path) -> None:
    corpus = topical(passages=12)
    begin = start(corpus, PLAN, None)
    # Of each topic one question, and its passage without the question's words: only words that go together lead there.
    asked: dict[int, Pair] = {}
    for number in range(1_000, 1_040):
        for pair in Pairs(corpus, begin.of_word, (), 0.0).batch(number, 32):
            rest = pair.passage[~np.isin(pair.passage, pair.question)]
            asked.setdefault(int(begin.names[rest[0]]) // 60, Pair(question=pair.question, passage=rest))
    pairs = list(asked.values())
    before = recall(
        EncoderTable(names=begin.names, rows=begin.rows, asked=np.ones(1, np.float32), counts=begin.counts), pairs
    )
    longer = Plan(dimensions=64, steps=80, batch=64, teacher=0.0)
    after = recall(trained(tmp_path / "state.pt", corpus, longer), pairs)
    assert len(pairs) > 30
    assert before < 0.5
    assert after > before + 0.3


def test_stopped_and_resumed_it_ends_as_if_it_had_never_been_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "EVERY", 10)
    corpus = topical(topics=10)
    whole = trained(tmp_path / "whole.pt", corpus)
    seen: list[int] = []

    def stop(steps: int, table: EncoderTable) -> None:
        seen.append(steps)
        if steps == 20 and seen.count(20) == 1:
            raise KeyboardInterrupt  # after ten steps since the last state

    with pytest.raises(KeyboardInterrupt):
        trained(tmp_path / "state.pt", corpus, look=stop)
    resumed = trained(tmp_path / "state.pt", corpus, look=stop)
    assert seen == [10, 20, 20, 30]
    assert np.array_equal(resumed.rows, whole.rows)
    assert np.array_equal(resumed.asked, whole.asked)
    assert resumed.names == whole.names


@pytest.mark.parametrize("other", ["mark", "plan", "damaged"])
def test_the_state_of_another_training_is_not_gone_on_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.setattr(learning, "EVERY", 10)
    corpus, state, seen = topical(topics=10), tmp_path / "state.pt", []
    plan = Plan(dimensions=64, steps=20, batch=16, teacher=0.0)
    trained(state, corpus, plan, mark="one")
    if other == "damaged":
        state.write_bytes(state.read_bytes()[:100])
    if other == "plan":
        plan = Plan(dimensions=64, steps=20, batch=17, teacher=0.0)
    trained(state, corpus, plan, "two" if other == "mark" else "one", look=lambda steps, table: seen.append(steps))
    assert seen == [10, 20]
    trained(state, corpus, plan, "two" if other == "mark" else "one", look=lambda steps, table: seen.append(steps))
    assert seen == [10, 20], "what is finished is not done again"


def test_the_untrained_table_is_a_pattern_for_each_word_as_long_as_the_word_is_rare(towns_corpus: Corpus) -> None:
    begin = start(towns_corpus, PLAN, None)
    assert (begin.counts >= learning.FEWEST).all()
    assert (np.diff(begin.counts) <= 0).all(), "commonest first"
    assert not set(begin.names) & set(STOPS)
    lengths = dict(zip(begin.names, np.linalg.norm(begin.rows, axis=1), strict=True))
    assert lengths["the"] < lengths["harbour"] < lengths["town7"]
    assert [begin.of_word[towns_corpus.names.index(name)] for name in begin.names] == list(range(len(begin.names)))


def test_a_teacher_pulls_words_together_that_it_holds_alike(towns_corpus: Corpus) -> None:
    def teacher(words: object) -> np.ndarray:
        alike = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]])
        return np.stack([alike[0 if w in ("river", "harbour") else 1 if len(w) % 2 else 2] for w in words])  # type: ignore[attr-defined]

    def cosine(begin: object, one: str, other: str) -> float:
        rows = dict(zip(begin.names, begin.rows, strict=True))  # type: ignore[attr-defined]
        return float(rows[one] @ rows[other] / np.linalg.norm(rows[one]) / np.linalg.norm(rows[other]))

    alone = start(towns_corpus, PLAN, None)
    taught = start(towns_corpus, Plan(dimensions=64, teacher=1.0), teacher)
    assert cosine(taught, "river", "harbour") > cosine(alone, "river", "harbour") + 0.3


def test_too_little_text_is_said_to_be_too_little() -> None:
    corpus = topical(topics=1, passages=1)
    few = Corpus(
        names=corpus.names,
        words=np.arange(len(STOPS), len(STOPS) + 50, dtype=np.int32),
        kinds=corpus.kinds[:50],
        borders=np.array([0, 50]),
        articles=np.array([0], np.int32),
        titles=corpus.titles,
        held_out=(),
    )
    with pytest.raises(InputError):
        start(few, PLAN, None)


def test_real_questions_are_learned_from(tmp_path: Path) -> None:
    corpus = topical(topics=10)
    plan = Plan(dimensions=64, steps=10, batch=16, teacher=0.0, real=0.5)
    asked = [
        QuestionPair(question=corpus.names[10 + n], passage=" ".join(corpus.names[100 + n : 110 + n]))
        for n in range(20)
    ]
    begin = start(corpus, plan, None)
    row = begin.of_word[10]
    before = begin.rows[row].copy()
    table = train(corpus, begin, asked, plan, state=tmp_path / "state.pt", report=silent)
    assert not np.array_equal(table.rows[row], before)
    assert (table.asked > 0).all()
    assert table.asked.std() > 0
