"""What speaks for what a reader marked, besides the reader: where it stands, and what the rules say of it.

A reader compares stretches of one passage well and passages with each other less well: each looks to it as if it were
the only one. So its margin is put together with how well search liked the passage, how much of the question stands in
the sentence, the passage and the title, and how well the stretch fits the kind of thing that is asked for (the margin
that `rules` give it).

Source: `benchmarks/ask_weights.py`, 2026-11-26.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from galactica.ask.comparing import Wanted, keys_of, sentences_of, share, wanted
from galactica.ask.contract import Given, Reader, Span
from galactica.ask.kinds import primary, sought
from galactica.ask.pieces import cut
from galactica.ask.rules import LONGEST_PASSAGE, RuleReader

NAMES = (
    "margin",  # of the reader, over its threshold
    "behind",  # how far the passage's score in search is behind the best one's
    "rules",  # margin of the rules for the stretch, over their threshold
    "sentence",  # share of the question in the sentence
    "told",  # share of the question in the sentence or the title
    "passage",  # share of the question in the passage or the title
    "title",  # share of the question in the title
    "about",  # share of the title that the question has
    "own",  # share of the stretch that the question has
    "bias",
)

MOST_BEHIND = 6.0
LEAST_RULES = -12.0


BEHIND = 3.427
"""What a passage counts less for each unit that its score in search is behind the best one's."""

WEIGHTS = {
    "trained": (1.755, -BEHIND, 0.11, -0.843, 2.196, 0.523, -1.018, -0.472, -0.2, -0.786),
    "rules": (0.388, -2.94, 0.0, -0.379, 1.093, 0.93, -1.193, -0.131, 0.299, -1.7),
}
"""What each counts, in the order of `NAMES`, by the name of the reader; for any other reader its margin alone, and how
far its passage is behind."""


ELSEWHERE = 1.0
"""What is added where the rules read another language than English. Nobody asked training questions in those, so this
is a judgement: their words are bent more, so that less of a question stands in its answer. English passages read as if
their language were unknown lose 0.2 to 0.3 (2026-11-26)."""


def values(
    question: str, tongue: str, given: Given, spans: Sequence[Span], *, behind: float, reader: Reader
) -> list[float]:
    """What each of some stretches of one passage counts; from 0 on it may be an answer.

    Args:
        spans: of this passage, by `reader`.
        behind: how far its score in search is behind the best one's.
    """
    if reader.name not in WEIGHTS:
        less = BEHIND * min(MOST_BEHIND, behind)
        return [span.margin - reader.threshold - less for span in spans]
    found = signals(
        question,
        tongue,
        given,
        spans,
        behind=behind,
        threshold=reader.threshold,
        rules=rule_reader(),
        ruled=reader.name == "rules",
    )
    counts = found @ np.array(WEIGHTS[reader.name], np.float32)
    if reader.name == "rules" and primary(given.language or tongue) != "en":
        counts += np.float32(ELSEWHERE)
    counted: list[float] = counts.tolist()
    return counted


def chance(value: float) -> float:
    """1 / (1 + e^-value), for any number."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def rule_reader() -> RuleReader:
    """The rules, made once."""
    return RuleReader()


def signals(
    question: str,
    tongue: str,
    given: Given,
    spans: Sequence[Span],
    *,
    behind: float,
    threshold: float,
    rules: RuleReader,
    ruled: bool = False,
) -> NDArray[np.float32]:
    """What speaks for stretches of one passage: `float32 [spans, len(NAMES)]`.

    Args:
        spans: of this passage.
        behind: how far its score in search is behind the best one's.
        threshold: of their reader.
        rules: for their margins.
        ruled: whether the spans are theirs.
    """
    out = np.zeros((len(spans), len(NAMES)), np.float32)
    if not spans:
        return out
    language = given.language or tongue
    asked = wanted(question, sought(question, tongue), language)
    cuts = sentences_of(given.text[:LONGEST_PASSAGE], language)
    title = keys_of([cut(given.title, language)]) if given.title else set()
    passage = share(asked, keys_of(cuts) | title)
    of_title = share(asked, title)
    about = len(title & asked.weights.keys()) / len(title) if title else 0.0
    margins = [span.margin for span in spans]
    if not ruled:
        margins = rules.margins(question, given, [(span.start, span.end) for span in spans])
    for row, (span, margin) in enumerate(zip(spans, margins, strict=True)):
        here = {
            key
            for pieces in cuts
            if pieces.starts[0] < span.end and span.start < pieces.ends[-1]
            for key in pieces.keys
        }
        out[row] = (
            span.margin - threshold,
            min(MOST_BEHIND, behind),
            max(LEAST_RULES, margin - rules.threshold),
            share(asked, here),
            share(asked, here | title),
            passage,
            of_title,
            about,
            _own(asked, given.text[span.start : span.end], language),
            1.0,
        )
    return out


def _own(asked: Wanted, text: str, language: str) -> float:
    pieces = cut(text, language)
    content = [key for key, common in zip(pieces.keys, pieces.common, strict=True) if not common]
    return sum(key in asked.weights for key in content) / len(content) if content else 1.0
