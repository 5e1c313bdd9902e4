"""Which articles are worth reading: those whose best passage probably answers, before any text is read.

Words are counted over whole articles, and a long one easily has them all, spread over a hundred passages; codes say of
each passage how near it is in meaning, of articles that only words found too. What each of these counts for, and how
much the length of an article takes away, is learned (`ranker`, "articles"). Every `WORDED`th is the next best by words
alone, whatever else is said: where an article is about what is asked, they are hardly ever wrong.

Of questions about paragraphs that nothing was learned from, among an encyclopedia of 292,000 passages, the first 16
articles held the paragraph (2026-11-26; by the better of words and meaning / by what was learned / so and every 4th
by words): each paragraph an article 57, 84, 83 %; three together 61, 86, 84 %; all of an article 82, 82, 90 %. Of the
paragraphs alone, 95, 96, 96 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.search.meant import NearestPassages, Scored
from galactica.search.rank import Candidate
from galactica.search.ranker import Ranker

NAMES = (
    "words_best",  # score of the article by BM25, as a share of the best article's
    "words",  # the same, for each unit of weight of the question's words
    "near_best",  # likeness of question and nearest passage as codes say it, as a share of the best article's
    "near",  # the same as it is; not a number where there is no index of meaning
    "second_best",  # as `near_best`, mean of the two nearest passages
    "passages",  # logarithm of 1 + how many passages it has
    "by_words",  # 1 where words found it
    "by_meaning",  # 1 where meaning found it
    "words_passages",  # `words_best` times `passages`
)

FOUND = 200
"""Articles by words, and passages by meaning, that are thought of."""

WORDED = 4
"""Every so-manieth article is the next best by words."""

TURN = 5
"""What an article costs beside its passages, counted in passages: opening one takes 0.3 ms, a passage 0.06 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """Articles that may be read.

    Attributes:
        candidates: those by words first; their scores are those by words, 0 where they have none.
        features: `float32 [candidates, len(NAMES)]`; not a number where something is not known.
        costs: `int64 [candidates]`, of reading each, in passages.
    """

    candidates: tuple[Candidate, ...]
    features: NDArray[np.float32]
    costs: NDArray[np.int64]


def consider(
    candidates: Sequence[Candidate],
    meant: Sequence[Scored],
    near: Mapping[tuple[int, int], NearestPassages],
    weight: float,
) -> Considered:
    """What speaks for each article that was found.

    Args:
        candidates: by words, best first.
        meant: by meaning.
        near: article → how near its nearest passages are; none where its edition has no index of meaning.
        weight: of the question's words together.
    """
    worded = {(c.edition, c.row): c for c in candidates}
    meaning = dict.fromkeys(scored.article for scored in meant)
    articles = list(dict.fromkeys([*worded, *meaning]))
    words = np.array([worded[a].score if a in worded else 0.0 for a in articles], np.float32)
    unknown = NearestPassages(first=np.nan, second=np.nan, passages=0, numbers=())
    told = [near.get(a, unknown) for a in articles]
    first = np.array([each.first for each in told], np.float32)
    second = np.array([(each.first + each.second) / 2 for each in told], np.float32)
    passages = np.array([each.passages or np.nan for each in told], np.float32)
    length = np.log1p(passages)
    words_best = words / max(float(words.max(initial=0.0)), 1e-6)
    columns = {
        "words_best": words_best,
        "words": words / weight if weight else words,
        "near_best": _share(first),
        "near": first,
        "second_best": _share(second),
        "passages": length,
        "by_words": np.array([a in worded for a in articles]),
        "by_meaning": np.array([a in meaning for a in articles]),
        "words_passages": words_best * length,
    }
    return Considered(
        candidates=tuple(
            Candidate(edition=a[0], row=a[1], score=float(w)) for a, w in zip(articles, words, strict=True)
        ),
        features=np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32),
        costs=TURN + np.nan_to_num(passages, nan=0.0).astype(np.int64),
    )


def choose_articles(considered: Considered, chooser: Ranker, room: int, most: int, least: int) -> list[Candidate]:
    """The articles to read, the most promising first.

    Args:
        chooser: weighs `Considered.features`.
        room: what reading them may cost together; `least` of them are read whatever they cost.
        most, least: how many.
    """
    learned = np.argsort(-chooser.scores(considered.features), kind="stable").tolist()
    worded = (at for at, candidate in enumerate(considered.candidates) if candidate.score > 0)
    chosen: dict[int, None] = {}
    cost = 0
    while len(chosen) < min(most, len(considered.candidates)):
        by_words = len(chosen) % WORDED == WORDED - 1
        place = next((at for at in worded if at not in chosen), None) if by_words else None
        if place is None:
            place = next(at for at in learned if at not in chosen)
        cost += int(considered.costs[place])
        if cost > room and len(chosen) >= least:
            break
        chosen[place] = None
    return [considered.candidates[at] for at in chosen]


def _share(values: NDArray[np.float32]) -> NDArray[np.float32]:
    best = float(np.nanmax(values)) if np.isfinite(values).any() else 0.0
    return values / np.float32(best if best > 1e-6 else 1.0)
