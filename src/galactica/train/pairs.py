"""Questions made from passages, and real ones: the pairs that an encoder learns from.

A made question is a sentence of its passage with some words taken out: one that could be an answer (a name, a number)
always, others by chance; often with a question word that fits what was taken out, sometimes with the article's title.
Half of the time the sentence is taken out of the passage too (the inverse cloze task, Lee et al. 2019,
doi:10.18653/v1/P19-1612), so that words which merely go together are learned; half of the time it stays, so that the
same words in question and passage keep counting. A batch takes several passages from each of its articles: the others
are the hard wrong answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.errors import InputError
from galactica.train.corpus import Corpus
from galactica.train.cutting import CAPITAL, NUMBER, PLAIN, STOPS, units

Words = NDArray[np.int64]

FEWEST_WORDS = 25
"""Of a passage that questions are made from."""

SHORTEST, LONGEST = 6, 40
"""Words of a sentence that a question is made from; a longer one gives a stretch of it."""

TOGETHER = 16
"""Passages of one article in a batch."""

STAYS = 0.5
"""How often the sentence stays in its passage."""

ASKED = 0.7
"""How often a made question has a question word."""

TITLED, HEADED = 0.25, 0.5
"""How often the title stands in a made question, and before a passage."""

FRUITLESS = 1_000
"""Articles, one after the other, of which nothing can be asked: more is no bad luck."""

MOST_ANSWER = 5
"""Words of a name or number that is asked for."""

_ASKING = {
    NUMBER: ("how many", "what year", "when", "how much", "in what year", "what number of"),
    CAPITAL: ("who", "what", "where", "which", "what is the name of", "in what", "who was", "what did", "what was"),
    PLAIN: ("what", "what type of", "why", "how", "what kind of", "what is", "what does", "which"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPair:
    """A real question and the passage that answers it, as text."""

    question: str
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The words of a question and of the passage that answers it: `int64 [words]` each."""

    question: Words
    passage: Words


class Pairs:
    """Makes batches; the same number gives the same batch.

    Args:
        corpus: where questions are made from.
        table: number of a word in the corpus → its row in the table to train, −1 where it has none.
        asked: real questions; one for each passage is taken into a batch.
        share: of a batch that is real questions, where there are enough.
    """

    def __init__(self, corpus: Corpus, table: NDArray[np.int64], asked: Sequence[QuestionPair], share: float) -> None:
        self._corpus = corpus
        self._numbers = {name: number for number, name in enumerate(corpus.names)}
        self._table = table
        self._share = share
        long = np.diff(corpus.borders) >= FEWEST_WORDS
        self._passages = np.flatnonzero(long)
        self._of_article = _grouped(corpus.articles, self._passages)
        self._asking = {
            kind: [rows for phrase in phrases if len(rows := self.rows(phrase))] or [np.zeros(0, np.int64)]
            for kind, phrases in _ASKING.items()
        }
        by_passage: dict[str, list[Words]] = {}
        for each in asked:
            if len(row := self.rows(each.question)):
                by_passage.setdefault(each.passage, []).append(row)
        self._real = [(self.rows(passage), questions) for passage, questions in by_passage.items()]
        self._real = [(passage, questions) for passage, questions in self._real if len(passage)]

    def rows(self, text: str) -> Words:
        """The rows of the words of a text; words without one are left out."""
        numbers = (self._numbers.get(unit, -1) for unit, _ in units(text) if unit not in STOPS)
        rows = np.array([self._table[n] for n in numbers if n >= 0], np.int64)
        return rows[rows >= 0]

    def batch(self, number: int, size: int) -> list[Pair]:
        """The batch of that number: `size` pairs or a few more.

        Raises:
            InputError: the corpus is too small, or has no sentences.
        """
        chance = np.random.default_rng([2026, number])
        pairs: list[Pair] = []
        wanted = min(len(self._real), int(size * self._share))
        for at in chance.permutation(len(self._real))[:wanted]:
            passage, questions = self._real[at]
            pairs.append(Pair(question=questions[chance.integers(len(questions))], passage=passage))
        if not len(self._passages):
            raise InputError("The editions have no passage to make questions from.", "Name larger editions.")
        fruitless = 0
        while len(pairs) < size:
            before = len(pairs)
            article = self._corpus.articles[self._passages[chance.integers(len(self._passages))]]
            own = self._of_article[int(article)]
            for passage_number in chance.permutation(own)[:TOGETHER]:
                pair = self._made(int(passage_number), chance)
                if pair is not None:
                    pairs.append(pair)
            fruitless = 0 if len(pairs) > before else fruitless + 1
            if fruitless > FRUITLESS:
                raise InputError("Hardly any question can be made from the editions.", "Name larger editions.")
        return pairs

    def _made(self, number: int, chance: np.random.Generator) -> Pair | None:
        corpus = self._corpus
        words = corpus.passage(number)
        kinds = corpus.kinds[corpus.borders[number] : corpus.borders[number + 1]]
        sentence = _sentence(words, chance)
        if sentence is None:
            return None
        start, end = sentence
        kept, answer = _without_answer(words[start:end], kinds[start:end], chance)
        title = np.array(corpus.titles[int(corpus.articles[number])], np.int64)
        question = [self._table[words[start:end][kept]]]
        if chance.random() < ASKED:
            phrases = self._asking[int(kinds[start:end][answer.start])]
            question.insert(0, phrases[chance.integers(len(phrases))])
        if chance.random() < TITLED:
            question.append(self._table[title[~np.isin(title, words[start:end][answer])]])
        whole = chance.random() < STAYS
        rows = self._table[words]
        passage = [rows] if whole else [rows[:start], rows[end:]]
        if chance.random() < HEADED:
            passage.insert(0, self._table[title])
        asked, answering = self._kept(np.concatenate(question)), self._kept(np.concatenate(passage))
        return Pair(question=asked, passage=answering) if len(asked) > 1 and len(answering) > 4 else None

    @staticmethod
    def _kept(rows: NDArray[np.int64]) -> Words:
        return rows[rows >= 0]


def _grouped(articles: NDArray[np.int32], passages: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
    groups: dict[int, list[int]] = {}
    for passage in passages.tolist():
        groups.setdefault(int(articles[passage]), []).append(passage)
    return {article: np.array(own, np.int64) for article, own in groups.items()}


def _sentence(words: NDArray[np.int32], chance: np.random.Generator) -> tuple[int, int] | None:
    """(start, end) of a sentence of a passage that is long enough, or of a stretch of it."""
    cuts = np.flatnonzero(words < len(STOPS))
    starts, ends = np.append(0, cuts + 1), np.append(cuts, len(words))
    long = np.flatnonzero(ends - starts >= SHORTEST)
    if not len(long):
        return None
    chosen = chance.choice(long)
    start, end = int(starts[chosen]), int(ends[chosen])
    if end - start > LONGEST:
        start += int(chance.integers(0, end - start - LONGEST))
        end = start + LONGEST
    return start, end


def _without_answer(
    words: NDArray[np.int32], kinds: NDArray[np.int8], chance: np.random.Generator
) -> tuple[NDArray[np.bool_], slice]:
    """Which words of a sentence its question keeps, and where in it the answer stands, whose words it never keeps."""
    candidates = np.flatnonzero(kinds > PLAIN) if chance.random() < ASKED else np.arange(len(kinds))
    if not len(candidates):
        candidates = np.arange(len(kinds))
    start = int(chance.choice(candidates))
    kind = int(kinds[start])
    end = start + 1
    while kind != PLAIN and end < min(len(kinds), start + MOST_ANSWER) and kinds[end] == kind:
        end += 1
    kept = chance.random(len(kinds)) < chance.uniform(0.35, 0.9)
    return kept & ~np.isin(words, words[start:end]), slice(start, end)
