"""What speaks for what a reader marked, besides the reader: where it stands, and what the rules say of it.

A reader compares stretches of one passage well and passages with each other less well: each looks to it as if it were
the only one. So its margin is put together with how well search liked the passage, and with the margin that the rules
give the same stretch, which look at the kind of thing that is asked for.

`data/weighing.json` holds what each counts, by the name of the reader; `python -m benchmarks.ask_weights --write` makes
it (2026-11-29). The biases put the thresholds of both readers 2.5 below even odds: of questions asked openly that
neither was taught, what the network marks keeps 77.0 of 77.5 points of F1 there. What is said of an answer is decided
later (`confidence`). What did not help was left out: the shares of the question that stand in the sentence, the
passage and the title, the share of the title that the question has, the place in the ranking.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from galactica.ask.comparing import Readings
from galactica.ask.contract import AnswerSpan, Given, Reader
from galactica.ask.question import ReadQuestion
from galactica.ask.rules import RuleReader
from galactica.ask.shipped_weights import weights_by_reader
from galactica.languages import primary

NAMES = (
    "margin",  # of the reader, over its threshold
    "behind",  # how far the passage is behind the best one in search
    "rules",  # margin of the rules for the stretch, over their threshold
    "bias",
)

MOST_BEHIND = 6.0
LEAST_RULES = -12.0
NEARLY = 1e-4
"""Chances nearer to 0 and 1 than this are all alike."""

FILE = "weighing.json"

ELSEWHERE = 1.0
"""What is added where the rules read another language than English. Nobody asked training questions in those, so this
is a judgement: their words are bent more, so that less of a question stands in its answer. English passages read as if
their language were unknown lose 0.2 to 0.3 (2026-11-26)."""


def values(
    question: ReadQuestion, given: Given, spans: Sequence[AnswerSpan], *, less: float, reader: Reader
) -> list[float]:
    """What each of some stretches of one passage counts; from 0 on it may be an answer.

    Args:
        spans: of this passage, by `reader`.
        less: how far the passage is `behind` the best one.

    A reader that `reader_weights` does not know counts by its margin alone, and by how far its passage is behind.
    """
    own = reader_weights().get(reader.name)
    if own is None:
        return [span.margin - reader.threshold - discount(less) for span in spans]
    speaks = signals(question.compared, given, spans, less=less, reader=reader)
    counts = speaks @ np.array([own[name] for name in NAMES], np.float32)
    if reader.name == "rules" and primary(given.language or question.language) != "en":
        counts += np.float32(ELSEWHERE)
    counted: list[float] = counts.tolist()
    return counted


@cache
def reader_weights() -> Mapping[str, Mapping[str, float]]:
    """Name of a reader → what each of `NAMES` counts with it.

    Raises:
        MissingError: they are not there, or damaged.
    """
    return weights_by_reader(FILE, NAMES)


def discount(less: float) -> float:
    """What a passage counts less that is so far `behind` the best one in search."""
    return -reader_weights()["trained"]["behind"] * less


def behind(best: float, score: float, nearly: float = NEARLY) -> float:
    """How far a passage is behind the best one: 0 to `MOST_BEHIND`.

    Search by both ways gives chances, of which the best are all near 1: what is compared is their logits. Search by
    words gives scores of any size: there the share that is lacking counts.
    """
    if 0 <= score <= best <= 1:
        return min(MOST_BEHIND, max(0.0, logit(best, nearly) - logit(score, nearly)))
    return min(MOST_BEHIND, max(0.0, MOST_BEHIND * (best - score) / best)) if best > 0 else 0.0


def logit(share: float, nearly: float = NEARLY) -> float:
    """The logarithm of the odds of a probability; see `NEARLY`."""
    inside = max(nearly, min(1 - nearly, share))
    return math.log(inside / (1 - inside))


def chance(value: float) -> float:
    """1 / (1 + e^-value), for any number."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def rule_reader() -> RuleReader:
    """The rules, made once."""
    return RuleReader()


def signals(
    question: Readings, given: Given, spans: Sequence[AnswerSpan], *, less: float, reader: Reader
) -> NDArray[np.float32]:
    """What speaks for stretches of one passage: `float32 [spans, len(NAMES)]`; see `values`."""
    rules = rule_reader()
    margins = [span.margin for span in spans]
    if reader.name != "rules":
        margins = rules.margins(question, given, [(span.start, span.end) for span in spans])
    rows = [
        (span.margin - reader.threshold, less, max(LEAST_RULES, margin - rules.threshold), 1.0)
        for span, margin in zip(spans, margins, strict=True)
    ]
    return np.array(rows, np.float32).reshape(len(rows), len(NAMES))
